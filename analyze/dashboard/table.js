// Tables that can be sorted and paged, by DataTables. Its cells are given as nodes, never as HTML.
import { h, later } from "./dom.js";
import { t } from "./words.js";

const SHOWN = 50;
const NUMBER = /^[\d.,%/+−– ]+$/;
let tables = [];

// columns: {title, value(row) to sort by, show(row) a text or node, className, about}. The column
// with the agency, or else the first, heads its row. order: [column, "asc" or "desc"].
export function sortable(rows, columns, { caption, order = [], searched = false, shown = SHOWN } = {}) {
  const headed = Math.max(0, columns.findIndex((column) => column.isHead));
  const head = h("tr", {}, columns.map((column) => h("th", { scope: "col", title: column.about }, column.title)));
  const table = h("table", { class: "sortable" }, h("caption", { class: "unseen" }, caption), h("thead", {}, head));
  const place = h("div", { class: "scroll" }, table);
  later(() => {
    tables.push(new window.DataTable(table, {
      data: rows,
      columns: columns.map((column, n) => ({
        data: null,
        cellType: n === headed ? "th" : "td",
        className: column.className ?? "",
        orderable: column.value !== undefined,
        type: "any",
        render: (_, kind, row) => (kind === "display" ? shownNode(column, row) : column.value?.(row) ?? null),
        createdCell: n === headed ? (cell) => cell.setAttribute("scope", "row") : undefined,
      })),
      order: order.length ? [order] : [],
      orderMulti: false,
      searching: searched,
      autoWidth: false,
      pageLength: shown,
      paging: rows.length > shown,
      lengthChange: false,
      deferRender: true,
      info: rows.length > shown || searched,
      layout: { topStart: searched ? "search" : null, topEnd: null, bottomStart: "info", bottomEnd: rows.length > shown ? "paging" : null },
      language: {
        search: t("search_in_table"), info: t("table_info"), infoEmpty: t("table_none"), infoFiltered: "",
        emptyTable: t("table_none"), zeroRecords: t("table_none"),
        paginate: { first: "«", previous: "‹", next: "›", last: "»" },
        aria: { orderable: t("aria_sort"), orderableReverse: t("aria_sort_reverse"), orderableRemove: "", paginate: { first: t("page_first"), previous: t("page_previous"), next: t("page_next"), last: t("page_last"), number: "" } },
      },
    }));
  });
  return place;
}

function shownNode(column, row) {
  const shown = column.show ? column.show(row) : column.value(row);
  return shown instanceof Node ? shown : document.createTextNode(shown ?? "");
}

export function dropTables() {
  for (const table of tables) table.destroy();
  tables = [];
}

// A table of few rows, as it stands.
export function plainTable(caption, titles, rows) {
  const numbers = titles.map((_, n) => n > 0 && rows.some((row) => !(row instanceof Node) && (NUMBER.test(row[n]) || row[n]?.classList?.contains("bar"))));
  return h("div", { class: "scroll" }, h("table", {},
    h("caption", { class: "unseen" }, caption),
    h("thead", {}, h("tr", {}, titles.map((title, n) => h("th", { scope: "col", class: numbers[n] ? "number" : null }, title)))),
    h("tbody", {}, rows.map((row) => (row instanceof Node ? row : h("tr", {}, row.map((cell, n) =>
      h(n ? "td" : "th", { scope: n ? null : "row", class: numbers[n] ? "number" : null }, cell ?? "")))))),
  ));
}

// Paper has no pages to turn: all rows are printed.
window.addEventListener("beforeprint", () => tables.forEach((table) => table.page.len(-1).draw()));
window.addEventListener("afterprint", () => tables.forEach((table) => table.page.len(SHOWN).draw()));
