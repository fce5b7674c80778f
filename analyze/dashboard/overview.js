// The overview: who reported, how complete they are, who is weakest, what is missed most.
import { h } from "./dom.js";
import { data, completenessOf, coverageOf, planOf, scoresOf } from "./data.js";
import { address, shownAgencies, year } from "./state.js";
import { itemCounts, known, metricOf, notComplete, spread } from "./numbers.js";
import { NONE, percent, points, t, whole, yearTitle } from "./words.js";
import { itemLink } from "./gaps.js";
import { figure } from "./chart.js";
import { plainTable } from "./table.js";
import { absent, absentYear, agencyLink, bar, card, section } from "./parts.js";

const WEAKEST = 10;

export function overviewView() {
  const agencies = shownAgencies();
  const at = year();
  const told = agencies.map((agency) => coverageOf(agency.position, at));
  const reporting = told.filter((row) => row?.is_published).length;
  const shares = spread(agencies.map((agency) => metricOf(agency.position, at, "completeness")));
  const scored = yearOfScores(agencies, at);
  const totals = spread(agencies.map((agency) => metricOf(agency.position, scored, "overall")));
  const below = agencies.filter((agency) => planOf(agency.position, scored));
  const note = (n, one = at) => t("n_year", { n: whole(n), year: yearTitle(one) });
  return [
    h("div", { class: "cards" },
      card(t("reporting"), `${whole(reporting)} / ${whole(agencies.length)}`, t("reporting_about", { year: yearTitle(at) }), address({ view: "submissions" })),
      card(t("median_completeness"), percent(shares.median), shares.n ? `${t("middle_half")} ${percent(shares.low)}–${percent(shares.high)} · ${note(shares.n)}` : t("no_items_year", { year: yearTitle(at) }), address({ view: "ranking" })),
      card(t("median_overall"), points(totals.median), totals.n ? `${t("middle_half")} ${points(totals.low)}–${points(totals.high)} · ${note(totals.n, scored)}` : t("no_scores"), address({ view: "scores", year: String(scored) })),
      card(t("below_mark"), totals.n ? whole(below.length) : NONE, totals.n ? note(totals.n, scored) : t("no_scores"), address({ view: "plans", year: String(scored) })),
      card(t("in_review"), whole(Object.values(data.quality.review).reduce((sum, n) => sum + n, 0)), t("in_review_about", { failed: whole(data.quality.statuses.failed ?? 0), documents: whole(data.quality.documents) }), address({ view: "quality" })),
    ),
    h("div", { class: "pair" }, weakest(agencies, at, scored), mostMissed(agencies, at)),
    h("div", { class: "pair" },
      section(t("spread_completeness"), shares.n
        ? histogram("completeness", agencies, at, "completeness", 100) : absentYear("no_items_year", data.completeness, at)),
      section(t("spread_overall"), totals.n
        ? histogram("overall", agencies, scored, "overall", 1) : absent(t("no_scores"))),
    ),
  ];
}

// A report of a year tells the scores of the year before: without any of this year, the last is shown.
export function yearOfScores(agencies, at) {
  const told = (one) => agencies.some((agency) => metricOf(agency.position, one, "overall") !== null);
  return [...data.years].reverse().find((one) => one <= at && told(one)) ?? at;
}

function weakest(agencies, at, scored) {
  const rows = agencies.map((agency) => ({ agency, row: completenessOf(agency.position, at), score: scoresOf(agency.position, scored) }))
    .filter(({ row }) => row && row.completeness !== null)
    .sort((one, other) => one.row.completeness - other.row.completeness || one.agency.position - other.agency.position);
  const shown = rows.slice(0, WEAKEST);
  return section(t("weakest_agencies"), shown.length ? [
    plainTable(t("weakest_agencies"), [t("agency"), t("completeness"), t("not_complete"), `${t("overall")} ${scored}`],
      shown.map(({ agency, row, score }) => [agencyLink(agency), bar(row.completeness), `${notComplete(row)} / ${known(row)}`, points(score?.overall)])),
    h("p", { class: "note" }, t("n_year", { n: whole(rows.length), year: yearTitle(at) }), " · ", h("a", { href: address({ view: "ranking" }) }, t("to_ranking"))),
  ] : absentYear("no_items_year", data.completeness, at));
}

function mostMissed(agencies, at) {
  const { counts } = itemCounts(agencies, at);
  const shown = counts.filter((count) => count.known).sort((one, other) => other.open - one.open || one.item.no - other.item.no).slice(0, WEAKEST);
  return section(t("most_missed"), shown.length ? [
    plainTable(t("most_missed"), [t("item"), t("share_open"), t("n")],
      shown.map((count) => [itemLink(count.item), bar(count.open, "open"), whole(count.known)])),
    h("p", { class: "note" }, yearTitle(at), " · ", h("a", { href: address({ view: "gaps" }) }, t("to_gaps"))),
  ] : absentYear("no_items_year", data.completeness, at));
}

function histogram(name, agencies, at, metric, times) {
  const rows = agencies.map((agency) => metricOf(agency.position, at, metric))
    .filter((value) => value !== null).map((value) => ({ value: value * times }));
  const bins = new Map();
  for (const { value } of rows) {
    const low = Math.min(95, Math.floor(value / 5) * 5);
    bins.set(low, (bins.get(low) ?? 0) + 1);
  }
  return figure(name, rows, {
    title: t(metric), note: t("n_year", { n: whole(rows.length), year: yearTitle(at) }),
    table: [[t(metric), t("agencies")], [...bins].sort((one, other) => one[0] - other[0]).map(([low, n]) => [`${low}–${low + 5}`, whole(n)])],
  });
}
