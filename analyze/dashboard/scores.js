// Scores by indicator among the agencies that the filters show, and each agency's scores.
import { h } from "./dom.js";
import { data, scoresOf } from "./data.js";
import { shownAgencies, year } from "./state.js";
import { spread } from "./numbers.js";
import { figure } from "./chart.js";
import { plainTable, sortable } from "./table.js";
import { absent, absentYear, agencyLink, section } from "./parts.js";
import { indicatorTitle, nameOf, NONE, points, t, whole, yearTitle } from "./words.js";

export const SCORES = ["overall", "IIT", "EIT", "OIT", ...Array.from({ length: 10 }, (_, n) => `indicator_${n + 1}`)];

export const scoreTitle = (name) => (name.startsWith("indicator_") ? indicatorTitle(Number(name.slice(10))) : t(name));

// The spread of each score; value(name) gives one agency's, where one is shown.
export function scoreSpreads(agencies, at, value = () => null) {
  const rows = agencies.map((agency) => scoresOf(agency.position, at)).filter(Boolean);
  return SCORES.map((name, position) => ({ name, position, label: scoreTitle(name), value: value(name), ...spread(rows.map((row) => row[name])) }))
    .filter((row) => row.n);
}

// Not every report gives every score: n may differ by score.
export function nOf(spreads) {
  const all = spreads.map((row) => row.n);
  const [few, many] = [Math.min(...all), Math.max(...all)];
  return few === many ? whole(few) : `${whole(few)}–${whole(many)}`;
}

export function scoresView() {
  const at = year();
  const agencies = shownAgencies().filter((agency) => scoresOf(agency.position, at));
  const spreads = scoreSpreads(agencies, at);
  if (!spreads.length) return section(t("view_scores"), absentYear("no_scores_year", data.scores, at));
  const score = (name) => ({
    title: name.startsWith("indicator_") ? name.slice(10) : t(`${name}_short`), about: scoreTitle(name), className: "number",
    value: (agency) => scoresOf(agency.position, at)[name] ?? -1, show: (agency) => points(scoresOf(agency.position, at)[name]),
  });
  return [
    section(`${t("view_scores")} ${yearTitle(at)}`, figure("indicators", spreads, {
      title: t("scores_by_indicator"), note: `${t("middle_half_median")} · ${t("n_year", { n: nOf(spreads), year: yearTitle(at) })}`,
      table: [[t("indicator"), t("median"), t("quartile_low"), t("quartile_high"), t("lowest"), t("highest"), t("n")],
        spreads.map((row) => [row.label, points(row.median), points(row.low), points(row.high), points(row.min), points(row.max), whole(row.n)])],
    })),
    section(t("levels"), levels(agencies, at)),
    section(t("scores_of_agencies"), h("p", { class: "note" }, t("scores_note")),
      sortable(agencies, [
        { title: t("agency"), isHead: true, className: "wide", value: nameOf, show: (agency) => agencyLink(agency) },
        ...SCORES.map(score),
        { title: t("level"), className: "short", value: (agency) => scoresOf(agency.position, at).level ?? "", show: (agency) => h("span", { lang: "th" }, scoresOf(agency.position, at).level ?? NONE) },
      ], { caption: t("scores_of_agencies"), order: [1, "asc"] })),
  ];
}

function levels(agencies, at) {
  const counts = new Map();
  for (const agency of agencies) {
    const { level } = scoresOf(agency.position, at);
    if (level) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const known = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (!known) return absent(t("no_levels_year", { year: yearTitle(at) }));
  return plainTable(t("levels"), [t("level"), t("agencies"), t("share")],
    [...counts].sort((one, other) => other[1] - one[1]).map(([level, n]) => [h("span", { lang: "th" }, level), whole(n), `${(100 * n / known).toFixed(1)}%`]));
}
