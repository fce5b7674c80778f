// The ranking: any metric, among all agencies, those of the type or those of the province.
import { h } from "./dom.js";
import { data, completenessOf, planOf, rankOf, scoresOf } from "./data.js";
import { GROUPS, METRICS, put, shownAgencies, state, year } from "./state.js";
import { isShare, known, metricOf, notComplete } from "./numbers.js";
import { yearOfScores } from "./overview.js";
import { sortable } from "./table.js";
import { absentYear, agencyLink, bar, choice, section } from "./parts.js";
import { nameOf, NONE, points, signed, t, whole, yearTitle } from "./words.js";

export const rankMetric = (metric) => (["IIT", "EIT", "OIT"].includes(metric) ? `instrument:${metric}` : metric);

export function rankingView() {
  const at = year();
  const agencies = shownAgencies();
  const { metric, group } = state;
  const ranked = agencies.filter((agency) => rankOf(agency.position, at, rankMetric(metric), group));
  const scored = yearOfScores(agencies, at);
  const before = data.years[data.years.indexOf(at) - 1];
  const rank = (agency) => rankOf(agency.position, at, rankMetric(metric), group);
  const change = (agency) => difference(metricOf(agency.position, at, metric), metricOf(agency.position, before, metric));
  const columns = [
    { title: t("rank"), className: "number", value: (agency) => rank(agency).rank, show: (agency) => rankText(rank(agency)) },
    { title: t("agency"), isHead: true, className: "wide", value: nameOf, show: (agency) => agencyLink(agency) },
        { title: t(metric), className: "number", value: (agency) => rank(agency) && metricOf(agency.position, at, metric), show: (agency) => metricNode(metric, metricOf(agency.position, at, metric)) },
    { title: t("change_since", { year: before ?? "" }), className: "number", value: (agency) => change(agency) ?? -Infinity, show: (agency) => metricChange(metric, change(agency)) },
    ...(isShare(metric) ? [
      { title: t("not_complete"), className: "number", value: (agency) => notComplete(completenessOf(agency.position, at)), show: (agency) => whole(notComplete(completenessOf(agency.position, at))) },
      { title: t("n_known"), className: "number", about: t("n_known_about"), value: (agency) => known(completenessOf(agency.position, at)), show: (agency) => whole(known(completenessOf(agency.position, at))) },
      { title: `${t("overall")} ${scored}`, className: "number", value: (agency) => scoresOf(agency.position, scored)?.overall ?? -1, show: (agency) => points(scoresOf(agency.position, scored)?.overall) },
    ] : [
      { title: t("level"), className: "short", value: (agency) => scoresOf(agency.position, at)?.level ?? "", show: (agency) => h("span", { lang: "th" }, scoresOf(agency.position, at)?.level ?? NONE) },
      { title: t("completeness"), className: "number", value: (agency) => completenessOf(agency.position, at)?.completeness ?? -1, show: (agency) => bar(completenessOf(agency.position, at)?.completeness) },
    ]),
    { title: `${t("to_mark")} ${scored}`, about: t("to_mark_about"), className: "number", value: (agency) => stepsOf(agency, scored), show: (agency) => stepsText(agency, scored) },
  ];
  return [
    h("div", { class: "tools" },
      choice(t("metric"), "metric", METRICS.map((one) => [one, t(one)]), metric, (value) => put({ metric: value })),
      choice(t("among"), "group", GROUPS.map((one) => [one, t(`peer_group:${one}`)]), group, (value) => put({ group: value }))),
    section(`${t(metric)} ${yearTitle(at)}`,
      ranked.length ? [
        h("p", { class: "note" }, t("ranking_note", { n: whole(ranked.length), without: whole(agencies.length - ranked.length), year: yearTitle(at) })),
        sortable(ranked, columns, { caption: `${t(metric)} ${yearTitle(at)}`, order: [0, "asc"] }),
      ] : isShare(metric) ? absentYear("no_items_year", data.completeness, at) : absentYear("no_scores_year", data.scores, at)),
  ];
}

export const rankText = (row) => (row ? `${row.rank} / ${row.peers}` : NONE);

export const difference = (one, other) => (one === null || one === undefined || other === null || other === undefined ? null : one - other);

export const metricNode = (metric, value) => (isShare(metric) ? bar(value) : points(value));

export const metricChange = (metric, value) => signed(isShare(metric) && value !== null ? value * 100 : value, isShare(metric) ? (one) => one.toFixed(1) : points);

function stepsOf(agency, at) {
  const plan = planOf(agency.position, at);
  return plan ? plan.steps ?? 999 : scoresOf(agency.position, at)?.overall === undefined ? 1000 : 0;
}

function stepsText(agency, at) {
  const plan = planOf(agency.position, at);
  if (!plan) return (scoresOf(agency.position, at)?.overall ?? null) === null ? NONE : t("above_mark");
  return planText(plan);
}

// How many items lead over the mark, or why none do.
export const planText = (plan) => (plan.steps ? t("n_items", { n: plan.steps }) : t(plan.items ? "out_of_reach" : "no_open_items"));
