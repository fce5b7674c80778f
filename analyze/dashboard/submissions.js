// Who submitted what: a row for each agency, a column for each year, a sign for each kind of report.
import { h } from "./dom.js";
import { data, coverageOf } from "./data.js";
import { shownAgencies, year } from "./state.js";
import { figure } from "./chart.js";
import { sortable } from "./table.js";
import { absent, agencyLink, section } from "./parts.js";
import { nameOf, t, whole, yearTitle } from "./words.js";

const KINDS = ["oit_checklist", "measures", "score_analysis", "mixed"];

export function submissionsView() {
  const agencies = shownAgencies();
  const at = year();
  const silent = agencies.filter((agency) => !coverageOf(agency.position, at)?.is_published);
  const rows = data.years.flatMap((one) => KINDS.map((kind, position) => ({
    year: one, kind: t(`report_type:${kind}`), position, of: agencies.length,
    agencies: agencies.filter((agency) => submitted(agency, one, kind)).length,
  })));
  return [
    section(t("submissions_by_year"),
      figure("coverage", rows, {
        title: t("submissions_by_year"), note: t("n_agencies", { n: whole(agencies.length) }),
        table: [[t("year"), ...KINDS.map((kind) => t(`report_type:${kind}`)), t("agencies")],
          data.years.map((one) => [yearTitle(one), ...rows.filter((row) => row.year === one).map((row) => whole(row.agencies)), whole(agencies.length)])],
      })),
    section(`${t("silent_agencies", { year: yearTitle(at) })} (${whole(silent.length)})`,
      silent.length ? h("ul", { class: "names", lang: "th" }, silent.map((agency) => h("li", {}, agencyLink(agency)))) : absent(t("silent_none"))),
    section(t("submissions_table"),
      h("ul", { class: "legend" }, [...KINDS, "unknown", "failed"].map((kind) => h("li", {}, kindSign(kind), " ", h("span", { "aria-hidden": "true" }, kindTitle(kind))))),
      sortable(agencies, [
        { title: t("agency"), isHead: true, className: "wide", value: nameOf, show: (agency) => agencyLink(agency) },
                ...data.years.map((one) => ({
          title: yearTitle(one), className: "kinds",
          value: (agency) => coverageOf(agency.position, one)?.reports ?? 0, show: (agency) => signs(agency, one),
        })),
      ], { caption: t("submissions_table"), order: [data.years.indexOf(at) + 1, "asc"] })),
  ];
}

// A report of several kinds counts for each kind: the rows that it gave say which.
const submitted = (agency, one, kind) => Boolean(coverageOf(agency.position, one)?.[kind]);

const kindTitle = (kind) => t(kind === "failed" ? "document_status:failed" : `report_type:${kind}`);

const kindSign = (kind) => h("span", { class: `kind k-${kind}`, title: kindTitle(kind) },
  h("span", { "aria-hidden": "true" }, t(`sign_${kind}`)), h("span", { class: "unseen" }, kindTitle(kind)));

function signs(agency, one) {
  const row = coverageOf(agency.position, one);
  if (!row?.reports) return h("span", { class: "nothing" }, t("nothing"));
  return h("span", {}, KINDS.filter((kind) => row[kind]).map(kindSign),
    row.unknown ? kindSign("unknown") : null, row.failed ? kindSign("failed") : null);
}
