// The items that most agencies lack, the most-missed first.
import { h } from "./dom.js";
import { completenessOf, data } from "./data.js";
import { address, shownAgencies, state, year } from "./state.js";
import { itemCounts, lettersBy } from "./numbers.js";
import { figure } from "./chart.js";
import { sortable } from "./table.js";
import { absent, absentYear, agencyLink, badge, bar, legend, section, signOnly } from "./parts.js";
import { itemTitle, statusTitle, t, whole, yearTitle } from "./words.js";

const CHARTED = 20;
const SETTLED = ["complete", "partial", "missing", "in_progress", "not_started"];

export const itemLink = (item) => h("a", { lang: "th", href: address({ view: "gaps", item: String(item.no) }) }, `O${item.no} ${itemTitle(item)}`);

// The agencies that have not completed the chosen item, by status.
function lacking(list, at) {
  const n = list.findIndex((item) => String(item.no) === state.item);
  if (n < 0) return null;
  const rows = shownAgencies().map((agency) => ({ agency, row: completenessOf(agency.position, at) })).filter(({ row }) => row?.list_year)
    .map(({ agency, row }) => ({ agency, letter: lettersBy(row, list)[n] }));
  const open = data.marks.filter((mark) => mark.status !== "complete").map((mark) => [mark, rows.filter(({ letter }) => letter === mark.letter)]).filter(([, of]) => of.length);
  return section(t("lacking", { item: `O${list[n].no} ${list[n].name}`, year: yearTitle(at) }),
    open.length ? open.map(([mark, of]) => [h("h3", {}, badge(mark.status), ` (${whole(of.length)})`),
      h("ul", { class: "names" }, of.map(({ agency }) => h("li", {}, agencyLink(agency, { item: state.item }))))]) : absent(t("lacking_none")));
}

export function gapsView() {
  const at = year();
  const { list, counts, agencies } = itemCounts(shownAgencies(), at);
  const found = counts.filter((count) => count.known).sort((one, other) => other.open - one.open || other.missing / other.known - one.missing / one.known || one.item.no - other.item.no);
  if (!found.length) return section(t("view_gaps"), absentYear("no_items_year", data.completeness, at));
  const rows = found.slice(0, CHARTED).flatMap((count, position) => SETTLED.map((status, order) => ({
    label: `O${count.item.no} ${count.item.name}`, position, status, order, status_title: statusTitle(status),
    share: 100 * count[status] / count.known, n: count.known,
  })));
  const column = (status) => ({
    title: signOnly(status), className: "number", value: (count) => count[status], show: (count) => whole(count[status]),
  });
  return [
    lacking(list, at),
    section(`${t("most_missed")} ${yearTitle(at)}`,
      figure("items", rows, { title: t("statuses_of_items"), note: `${t("first_items", { n: Math.min(CHARTED, found.length) })} · ${t("n_year", { n: whole(agencies), year: yearTitle(at) })}` })),
    section(t("all_items"), h("p", { class: "note" }, t("gaps_note", { year: yearTitle(at) })), legend(),
      sortable(counts, [
        { title: t("item"), className: "wide", value: (count) => count.item.no, show: (count) => itemLink(count.item) },
        { title: t("sub_indicator"), value: (count) => count.item.sub },
        { title: t("share_open"), className: "number", value: (count) => count.open ?? -1, show: (count) => bar(count.open, "open") },
        { title: t("n_known"), about: t("n_known_about"), className: "number", value: (count) => count.known, show: (count) => whole(count.known) },
        ...data.marks.map((mark) => column(mark.status)),
        { title: t("not_observed"), about: t("not_observed_about"), className: "number", value: (count) => count.not_observed, show: (count) => whole(count.not_observed) },
      ], { caption: t("all_items"), order: [2, "desc"], shown: 60 })),
  ];
}
