// Small parts that several views share.
import { h } from "./dom.js";
import { data } from "./data.js";
import { address } from "./state.js";
import { nameOf, percent, statusTitle, t, yearTitle } from "./words.js";

export const section = (title, ...children) => h("section", {}, h("h2", {}, title), children);

// A sentence in the place of what is not there.
export const absent = (text) => h("p", { class: "absent" }, text);

// The same for a year without values; years of the table that have some can be gone to.
export function absentYear(key, table, at) {
  const years = [...new Set([...table.values()].map((row) => row.fiscal_year_be))].filter((one) => one !== at).sort().reverse();
  return h("div", { class: "absent" }, h("p", {}, t(key, { year: yearTitle(at) })),
    years.length ? h("p", {}, t("years_with"), " ", years.map((one) => [h("a", { href: address({ year: String(one) }) }, yearTitle(one)), " "])) : null);
}

export const card = (title, figureText, about, href) =>
  h("a", { class: "card", href }, h("span", { class: "card-title" }, title), h("strong", {}, figureText), h("span", { class: "note" }, about));

export function agencyLink(agency, changes = {}) {
  const place = [agency.district, data.provinces.length > 1 ? agency.province : null].filter(Boolean).join(", ");
  return h("span", { lang: "th" },
    h("a", { href: address({ view: "agency", agency: agency.key, ...changes }) }, nameOf(agency)),
    place && h("span", { class: "where" }, ` ${place}`));
}

// A share as a number with a bar behind it; an empty one has no bar.
export function bar(share, kind = "") {
  if (share === null || share === undefined) return h("span", { class: "bar none" }, percent(share));
  return h("span", { class: `bar ${kind}`, vars: { "--share": share } }, percent(share));
}

export function badge(status) {
  const mark = data.markOf.get(status);
  return h("span", { class: `badge s-${mark?.letter ?? "x"}` }, h("span", { class: "sign", "aria-hidden": "true" }, mark?.mark ?? "\u00a0"), " ", statusTitle(status));
}

// The sign alone, for where there is little room.
export const signOnly = (status) => h("span", { class: `badge s-${data.markOf.get(status).letter}`, title: statusTitle(status) },
  h("span", { class: "sign", "aria-hidden": "true" }, data.markOf.get(status).mark), h("span", { class: "unseen" }, statusTitle(status)));

export function legend() {
  return h("ul", { class: "legend", "aria-label": t("legend") },
    data.marks.map((mark) => h("li", { title: t(`item_status:${mark.status}:about`) }, badge(mark.status))),
    h("li", { title: t("not_observed_about") }, badge(null)));
}

export const choice = (label, name, values, current, change) =>
  h("label", { class: "choice" }, h("span", {}, label),
    h("select", { name, onchange: (event) => change(event.target.value) },
      values.map(([value, title]) => h("option", { value, selected: value === current }, title))));
