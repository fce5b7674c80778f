// The items of one agency in one year: status, words of the report, the other years, the evidence.
import { h } from "./dom.js";
import { data, completenessOf } from "./data.js";
import { state } from "./state.js";
import { lettersBy } from "./numbers.js";
import { evidence, rowWithEvidence } from "./evidence.js";
import { absent, badge, legend, section } from "./parts.js";
import { itemTitle, statusTitle, t, whole, yearTitle } from "./words.js";

const COLUMNS = 6;

export function itemsSection(agency, at, found) {
  const counted = completenessOf(agency.position, at);
  if (!counted?.list_year) return section(`${t("items")} ${yearTitle(at)}`, absent(t("no_items_agency", { year: yearTitle(at) })));
  const list = data.lists[counted.list_year];
  const rows = found.items.filter((row) => row.fiscal_year_be === at);
  const accepted = rows.filter((row) => row.match_status === "accepted" && row.item_list_year_be === counted.list_year);
  const others = rows.filter((row) => !accepted.includes(row));
  const years = data.years.filter((one) => completenessOf(agency.position, one)?.list_year);
  return section(`${t("items")} ${yearTitle(at)}`,
    h("p", { class: "note" }, t("items_note", { observed: whole(counted.observed), list: whole(counted.items_in_list), documents: whole(counted.n_documents) })),
    legend(),
    h("div", { class: "scroll" }, h("table", { class: "items" },
      h("caption", { class: "unseen" }, `${t("items")} ${yearTitle(at)}`),
      h("thead", {}, h("tr", {}, [t("no"), t("item"), t("status")].map((title) => h("th", { scope: "col" }, title)), h("th", { scope: "col", class: "raw" }, t("remark")),
        h("th", { scope: "col", class: "history" }, years.map((one) => h("span", { title: yearTitle(one) }, String(one).slice(2)))),
        h("td"))),
      h("tbody", {}, list.map((item, n) => itemRow(agency, at, item, counted.statuses[n], accepted.filter((row) => row.item_no === item.no), years, found.documents))))),
    others.length ? [h("h3", {}, t("items_not_matched")), h("p", { class: "note" }, t("items_not_matched_note")), h("div", { class: "scroll" }, h("table", { class: "items" },
      h("thead", {}, h("tr", {}, [t("as_written"), t("match"), t("status")].map((title) => h("th", { scope: "col" }, title)), h("td"))),
      h("tbody", {}, others.map((row) => rowWithEvidence([
        h("th", { scope: "row", lang: "th" }, [row.item_no_raw, row.item_name_raw].filter(Boolean).join(" ")),
        h("td", {}, t(`match_status:${row.match_status}`)),
        h("td", {}, badge(row.status))], [() => itemEvidence(row, found.documents)], 4)))))] : null,
  );
}

function itemRow(agency, at, item, letter, observations, years, documents) {
  const status = data.markOf.get(letter)?.status;
  const told = new Set(observations.map((row) => row.status).filter((one) => one && one !== "not_reported"));
  const differ = status === "unclear" && told.size > 1;
  const remarks = [...new Set(observations.map((row) => row.status_raw).filter(Boolean))];
  return rowWithEvidence([
    h("td", { class: "number" }, `O${item.no}`),
    h("th", { scope: "row", lang: "th" }, itemTitle(item)),
    h("td", {}, badge(status), differ && h("span", { class: "where" }, ` ${t("disputed")}`)),
    h("td", { class: "raw", lang: "th" }, remarks.join(" / ")),
    h("td", { class: "history" }, years.map((one) => past(agency, one, item, one === at))),
  ], observations.map((row) => () => itemEvidence(row, documents)), COLUMNS, { id: `item-${item.no}`, class: state.item === String(item.no) ? "chosen" : null });
}

// What became of the concept in another year; a gap where that year's list has no such item.
function past(agency, one, item, isNow) {
  const [letter] = lettersBy(completenessOf(agency.position, one), [item]);
  const mark = data.markOf.get(letter);
  return h("span", { class: `step s-${mark?.letter ?? "x"}${isNow ? " now" : ""}`, title: `${yearTitle(one)}: ${statusTitle(mark?.status)}` },
    h("span", { "aria-hidden": "true" }, mark?.mark ?? "\u00a0"), h("span", { class: "unseen" }, `${one} ${statusTitle(mark?.status)} `));
}

const itemEvidence = (row, documents) => evidence(row, documents, [
  ["as_written", [row.item_no_raw, row.item_name_raw].filter(Boolean).join(" ")],
  ["remark", row.status_raw],
  ["read_as", statusTitle(row.status)],
  ["responsible", row.responsible],
  ["score", row.score],
  ["match_score", row.match_score === null ? null : row.match_score.toFixed(2)],
]);
