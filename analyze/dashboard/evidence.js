// Where a value stands: file, page, table and row, and the words of the report.
import { h } from "./dom.js";
import { t } from "./words.js";

export const placeInFile = (row) => [
  row.page && `${t("page")} ${row.page}`,
  row.table_id && `${t("table")} ${row.table_id}`,
  row.row && `${t("row")} ${row.row}`,
  row.line && `${t("line")} ${row.line}`,
].filter(Boolean).join(", ");

// documents: of the agency, by id.
const placeText = (row, documents) => [documents.get(row.document_id)?.source_file, placeInFile(row)].filter(Boolean).join(" · ");

// pairs: [word, text] of what the report says.
export function evidence(row, documents, pairs) {
  return h("div", { class: "evidence" },
    h("p", { class: "place" }, placeText(row, documents)),
    h("dl", {}, pairs.filter(([, text]) => text !== null && text !== undefined && text !== "").map(([key, text]) => [
      h("dt", {}, t(key)), h("dd", {}, String(text)),
    ])),
    h("p", { class: "note" }, t("evidence_command"), " ", h("code", {}, `prongsai show OUT ${row.observation_id}`)),
  );
}

let opened = 0;

// A row of cells with a button that opens, below it, what it rests on.
export function rowWithEvidence(cells, found, columns, attributes = {}) {
  const id = `evidence-${opened += 1}`;
  if (!found.length) return [h("tr", attributes, cells, h("td", { class: "end" }))];
  const below = h("tr", { id, class: "below", hidden: true });
  const button = h("button", { type: "button", class: "small", "aria-expanded": "false", "aria-controls": id }, t("evidence"),
    found.length > 1 ? ` (${found.length})` : "");
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    if (!below.hasChildNodes()) below.append(h("td", { colspan: columns }, found.map((make) => make())));
    button.setAttribute("aria-expanded", String(!isOpen));
    below.hidden = isOpen;
  });
  return [h("tr", attributes, cells, h("td", { class: "end" }, button)), below];
}
