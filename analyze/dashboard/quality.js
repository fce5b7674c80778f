// The quality of the data: what waits for a person, what could not be read.
import { h } from "./dom.js";
import { data, queueOf, rowsOf } from "./data.js";
import { plainTable, sortable } from "./table.js";
import { placeInFile } from "./evidence.js";
import { absent, agencyLink, section } from "./parts.js";
import { contradicted, nameOf, NONE, t, whole, yearTitle } from "./words.js";

const SEVERITY = ["error", "warning", "info"];

export async function qualityView() {
  const { quality } = data;
  const failed = rowsOf(quality.failed);
  const lists = await queueOf();
  const review = lists ? rowsOf(lists.review) : [];
  const issues = lists ? rowsOf(lists.issues) : [];
  const contradictions = lists ? rowsOf(lists.consistency) : [];
  const counted = (counts, prefix) => Object.entries(counts).map(([name, n]) => [t(`${prefix}:${name}`), whole(n)]);
  return [
    h("div", { class: "triple" },
      section(t("reports_read"), plainTable(t("reports_read"), [t("document_status"), t("reports")], [...counted(quality.statuses, "document_status"), [t("all"), whole(quality.documents)]]),
        h("p", { class: "note" }, t("reports_unnamed", { unnamed: whole(quality.unnamed), undated: whole(quality.undated) }))),
      section(t("in_review"), Object.keys(quality.review).length ? plainTable(t("in_review"), [t("doubt"), t("rows")], counted(quality.review, "review_kind")) : absent(t("review_none"))),
      section(t("issues"), Object.keys(quality.issues).length ? plainTable(t("issues"), [t("severity"), t("rows")], counted(quality.issues, "severity")) : absent(t("issues_none")))),
    section(`${t("failed_reports")} (${whole(failed.length)})`,
      failed.length ? plainTable(t("failed_reports"), [t("source_file"), t("reason")], failed.map((row) => [row.source_file, row.error ?? NONE])) : absent(t("failed_none"))),
    lists ? section(`${t("review_queue")} (${whole(review.length)})`, h("p", { class: "note" }, t("review_note")),
      review.length ? sortable(review, [
        { title: t("source_file"), value: (row) => row.source_file },
        { title: t("doubt"), value: (row) => t(`review_kind:${row.kind}`) },
        { title: t("place"), show: (row) => placeInFile(row) || NONE },
        { title: t("as_written"), value: (row) => row.raw ?? "", show: (row) => h("span", { lang: "th", class: "raw" }, row.raw ?? NONE) },
        { title: t("suggestion"), value: (row) => row.suggestion ?? "", show: (row) => h("span", { lang: "th" }, row.suggestion ?? NONE) },
        { title: t("reason"), value: (row) => row.reason },
      ], { caption: t("review_queue"), searched: true, shown: 25 }) : absent(t("review_none"))) : section(t("review_queue"), absent(t("not_detailed"))),
    lists && section(`${t("contradictions")} (${whole(contradictions.length)})`, contradictionsTable(contradictions)),
    lists && section(`${t("issues")} (${whole(issues.length)})`,
      issues.length ? sortable(issues, [
        { title: t("source_file"), value: (row) => row.source_file },
        { title: t("severity"), value: (row) => SEVERITY.indexOf(row.severity), show: (row) => t(`severity:${row.severity}`) },
        { title: t("code"), value: (row) => row.code },
        { title: t("place"), show: (row) => placeInFile(row) || NONE },
        { title: t("message"), value: (row) => row.message },
      ], { caption: t("issues"), order: [1, "asc"], searched: true, shown: 25 }) : absent(t("issues_none"))),
  ];
}

function contradictionsTable(rows) {
  if (!rows.length) return absent(t("contradictions_none"));
  const agencyOf = (row) => data.agencies[row.agency];
  return sortable(rows, [
    { title: t("agency"), isHead: true, className: "wide", value: (row) => nameOf(agencyOf(row)), show: (row) => agencyLink(agencyOf(row), { year: String(row.fiscal_year_be), section: "doubts" }) },
    { title: t("year"), value: (row) => row.fiscal_year_be, show: (row) => yearTitle(row.fiscal_year_be) },
    { title: t("kind"), value: (row) => t(`consistency_kind:${row.kind}`) },
    { title: t("about"), value: (row) => row.subject_name ?? row.subject, show: (row) => h("span", { lang: "th" }, row.subject_name ?? row.subject) },
    { title: t("first_value"), value: (row) => contradicted(row.value_1) },
    { title: t("second_value"), value: (row) => contradicted(row.value_2) },
  ], { caption: t("contradictions"), searched: true, shown: 25 });
}
