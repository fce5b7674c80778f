// Charts: a Vega-Lite spec made by Altair, the rows that the filters show, and the same as a table.
import { h, later } from "./dom.js";
import { data } from "./data.js";
import { state } from "./state.js";
import { t } from "./words.js";
import { plainTable } from "./table.js";

let views = [];

// table: [titles, rows] of the same figures; note: n and year. The title is shown where no heading
// above says the same.
export function figure(name, rows, { title, note, table, isTitled = false }) {
  if (!rows.length) return null;
  const place = h("div", { class: "chart", role: "img", "aria-label": `${title}. ${note}. ${t("as_table_below")}` });
  later(() => drawChart(place, name, rows));
  return h("figure", {},
    h("figcaption", {}, isTitled && h("h3", {}, title), h("p", { class: "note" }, note)),
    place,
    table && h("details", { class: "alternative" }, h("summary", {}, t("as_table")), plainTable(title, ...table)),
  );
}

async function drawChart(place, name, rows) {
  const spec = { ...data.charts[state.lang][name], datasets: { rows } };
  // Vega-Lite warns of a height by steps beside a width of the place, so the steps are counted here.
  if (spec.height.step) spec.height = spec.height.step * new Set(rows.map((row) => row.label)).size;
  const embedded = await window.vegaEmbed(place, spec, {
    mode: "vega-lite", renderer: "svg", actions: false, defaultStyle: false, ast: true,
    tooltip: { disableDefaultStyle: true },
  });
  views.push(embedded);
  // The figure has its own text: the parts of the drawing need none.
  place.querySelector("svg")?.setAttribute("aria-hidden", "true");
}

export function dropCharts() {
  for (const view of views) view.finalize();
  views = [];
}
