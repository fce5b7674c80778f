// Agencies by items: a table whose cells hold a sign and a colour for the status. It is read by a
// screen reader as a table; arrow keys move in it, and what stands in a cell is told above it.
import { h } from "./dom.js";
import { data, completenessOf } from "./data.js";
import { address, shownAgencies, year } from "./state.js";
import { lettersBy, listOf } from "./numbers.js";
import { absentYear, agencyLink, legend, section } from "./parts.js";
import { itemTitle, nameOf, percent, statusTitle, t, whole, yearTitle } from "./words.js";

// More rows than this are no picture any more; the filters choose.
const MOST_ROWS = 400;

export function heatmapView() {
  const at = year();
  const rows = shownAgencies().map((agency) => ({ agency, row: completenessOf(agency.position, at) }))
    .filter(({ row }) => row?.list_year)
    .sort((one, other) => (one.row.completeness ?? 2) - (other.row.completeness ?? 2) || one.agency.position - other.agency.position);
  if (!rows.length) return section(t("view_heatmap"), absentYear("no_items_year", data.completeness, at));
  const list = listOf(rows.map(({ row }) => row), at);
  const shown = rows.slice(0, MOST_ROWS).map((one) => ({ ...one, letters: lettersBy(one.row, list) }));
  const told = h("p", { class: "told", "aria-live": "polite" }, t("heatmap_hint"));
  return section(`${t("view_heatmap")} ${yearTitle(at)}`,
    h("p", { class: "note" }, t("heatmap_note", { n: whole(rows.length), year: yearTitle(at) }),
      shown.length < rows.length ? ` ${t("heatmap_cut", { n: whole(MOST_ROWS) })}` : ""),
    legend(), told, grid(shown, list, told, at));
}

function grid(rows, list, told, at) {
  const subs = [];
  for (const item of list) {
    if (subs.at(-1)?.sub === item.sub) subs.at(-1).span += 1;
    else subs.push({ sub: item.sub, span: 1 });
  }
  const starts = new Set(list.filter((item, n) => n && list[n - 1].sub !== item.sub));
  const body = h("tbody", {}, rows.map(({ agency, row, letters }) => h("tr", {},
    h("th", { scope: "row" }, agencyLink(agency)),
    h("td", { class: "number" }, percent(row.completeness)),
    list.map((item, n) => h("td", {
      class: `cell s-${letters[n] === "." ? "x" : letters[n]}${starts.has(item) ? " start" : ""}`, tabindex: "-1",
      "aria-label": statusTitle(data.markOf.get(letters[n])?.status),
    }, data.markOf.get(letters[n])?.mark ?? "")),
  )));
  const table = h("table", { class: "heatmap", role: "grid", "aria-label": t("view_heatmap") },
    h("thead", {},
      h("tr", {}, h("td", { colspan: "2" }), subs.map(({ sub, span }, n) => h("th", { colspan: span, scope: "colgroup", class: n ? "start" : null }, sub))),
      h("tr", {}, h("th", { scope: "col" }, t("agency")), h("th", { scope: "col", class: "number" }, t("complete_short")),
        list.map((item) => h("th", { scope: "col", title: `O${item.no} ${itemTitle(item)}`, class: starts.has(item) ? "start" : null }, String(item.no))))),
    body,
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, t("share_open_row")), h("td"),
      list.map((item, n) => h("td", { class: starts.has(item) ? "start" : null }, openShare(rows, n))))),
  );
  const placeOf = (cell) => [cell.parentNode.sectionRowIndex, cell.cellIndex - 2];
  const tell = (cell) => {
    const [row, column] = placeOf(cell);
    const { agency } = rows[row];
    const item = list[column];
    told.replaceChildren(h("strong", { lang: "th" }, nameOf(agency)), " · ", h("span", { lang: "th" }, `O${item.no} ${itemTitle(item)}`), " · ", h("strong", {}, cell.getAttribute("aria-label")));
  };
  const cellOf = (event) => event.target.closest?.("td.cell");
  const open = (cell) => {
    const [row, column] = placeOf(cell);
    location.hash = address({ view: "agency", agency: rows[row].agency.key, item: String(list[column].no) });
  };
  body.querySelector(".cell")?.setAttribute("tabindex", "0");
  body.addEventListener("mouseover", (event) => cellOf(event) && tell(cellOf(event)));
  body.addEventListener("focusin", (event) => cellOf(event) && tell(cellOf(event)));
  body.addEventListener("click", (event) => cellOf(event) && open(cellOf(event)));
  body.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    if (event.key === "Enter") open(cell);
    const next = neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    cell.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  withTip(body, cellOf, (cell) => {
    const [row, column] = placeOf(cell);
    return [nameOf(rows[row].agency), `O${list[column].no} ${itemTitle(list[column])}`, `${cell.textContent} ${cell.getAttribute("aria-label")} (${yearTitle(at)})`];
  });
  return h("div", { class: "scroll high", tabindex: "0", role: "region", "aria-label": t("view_heatmap") }, table);
}

function neighbour(cell, key) {
  const row = cell.parentNode;
  const one = { ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling,
    ArrowUp: row.previousElementSibling?.cells[cell.cellIndex], ArrowDown: row.nextElementSibling?.cells[cell.cellIndex],
    Home: row.cells[2], End: row.cells[row.cells.length - 1] }[key];
  return one?.classList.contains("cell") ? one : null;
}

function openShare(rows, n) {
  const statuses = rows.map(({ letters }) => data.markOf.get(letters[n])?.status);
  const settled = statuses.filter((status) => status && status !== "not_reported" && status !== "unclear");
  return settled.length ? String(Math.round(100 * settled.filter((status) => status !== "complete").length / settled.length)) : "";
}

// A note beside the pointer; what it says stands above the table too.
export function withTip(place, find, lines) {
  const tip = document.getElementById("tip");
  place.addEventListener("mousemove", (event) => {
    const node = find(event);
    tip.hidden = !node;
    if (!node) return;
    tip.replaceChildren(...lines(node).map((line, n) => h(n ? "div" : "strong", {}, line)));
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${event.clientY + 18 + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18}px`;
  });
  place.addEventListener("mouseleave", () => { tip.hidden = true; });
}
