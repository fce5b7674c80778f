// Through the years: medians, and items gained and lost.
import { h } from "./dom.js";
import { data } from "./data.js";
import { shownAgencies } from "./state.js";
import { metricOf, spread } from "./numbers.js";
import { figure } from "./chart.js";
import { sortable } from "./table.js";
import { absent, agencyLink, section } from "./parts.js";
import { nameOf, points, signed, t, whole, yearTitle } from "./words.js";

export function trendsView() {
  const agencies = shownAgencies();
  return [
    h("div", { class: "pair" },
      section(t("completeness"), trend(agencies, "completeness", 100)),
      section(t("overall"), trend(agencies, "overall", 1), h("p", { class: "note" }, t("schemes_note")))),
    section(t("items_gained_lost"), changesOf(agencies)),
  ];
}

function trend(agencies, metric, times) {
  const rows = data.years.map((one) => {
    const { n, low, median, high } = spread(agencies.map((agency) => metricOf(agency.position, one, metric)).map((value) => value === null ? null : value * times));
    return { year: one, n, low, median, high };
  }).filter((row) => row.n);
  return figure(`${metric}_trend`, rows, {
    title: t(metric), note: `${t("middle_half_median")} · ${rows.map((row) => `${row.year}: n ${whole(row.n)}`).join(" · ")}`,
    table: [[t("year"), t("median"), t("quartile_low"), t("quartile_high"), t("n")],
      rows.map((row) => [yearTitle(row.year), points(row.median), points(row.low), points(row.high), whole(row.n)])],
  }) ?? absent(t(metric === "overall" ? "no_scores" : "no_items"));
}

const pairOf = (row) => `${row.from_year_be}–${row.to_year_be}`;

function changesOf(agencies) {
  const shown = new Set(agencies.map((agency) => agency.position));
  const rows = data.changes.filter((row) => shown.has(row.agency));
  if (!rows.length) return absent(t("no_changes"));
  const pairs = [...new Set(rows.map(pairOf))].sort();
  const sum = (pair, change) => rows.filter((row) => pairOf(row) === pair).reduce((all, row) => all + row[change], 0);
  const of = (pair) => rows.filter((row) => pairOf(row) === pair).length;
  const drawn = pairs.flatMap((pair) => [
    { years: pair, change: t("year_change:gained"), position: 0, items: sum(pair, "gained") },
    { years: pair, change: t("year_change:lost"), position: 1, items: -sum(pair, "lost") },
  ]);
  const kinds = ["kept", "gained", "lost", "still_open", "new_in_framework", "dropped_from_framework", "unknown"];
  const totals = new Map();
  for (const row of rows) {
    const total = totals.get(row.agency) ?? { agency: data.agencies[row.agency], gained: 0, lost: 0, kept: 0, still_open: 0 };
    for (const change of ["gained", "lost", "kept", "still_open"]) total[change] += row[change];
    totals.set(row.agency, total);
  }
  const column = (name) => ({ title: t(`year_change:${name}`), about: t(`year_change:${name}:about`), className: "number", value: (row) => row[name], show: (row) => whole(row[name]) });
  return [
    figure("changes", drawn, {
      title: t("items_gained_lost"), note: pairs.map((pair) => `${pair}: ${t("n_agencies", { n: whole(of(pair)) })}`).join(" · "),
      table: [[t("years"), ...kinds.map((kind) => t(`year_change:${kind}`)), t("agencies")],
        pairs.map((pair) => [pair, ...kinds.map((kind) => whole(sum(pair, kind))), whole(of(pair))])],
    }),
    h("h3", {}, t("changes_of_agencies")),
    sortable([...totals.values()], [
      { title: t("agency"), isHead: true, className: "wide", value: (row) => nameOf(row.agency), show: (row) => agencyLink(row.agency) },
      { title: t("balance"), about: t("balance_about"), className: "number", value: (row) => row.gained - row.lost, show: (row) => signed(row.gained - row.lost, whole) },
      column("gained"), column("lost"), column("kept"), column("still_open"),
    ], { caption: t("changes_of_agencies"), order: [1, "asc"] }),
  ];
}
