// The page of one agency: all that its reports say, each value with its evidence.
import { h } from "./dom.js";
import { data, completenessOf, coverageOf, detailsOf, planOf, rankOf, rowsOf, scoresOf } from "./data.js";
import { address, GROUPS, state, year } from "./state.js";
import { known, metricOf, notComplete, spread } from "./numbers.js";
import { figure } from "./chart.js";
import { plainTable } from "./table.js";
import { evidence, placeInFile, rowWithEvidence } from "./evidence.js";
import { absent, badge, section } from "./parts.js";
import { itemsSection } from "./agency_items.js";
import { yearOfScores } from "./overview.js";
import { planText, rankMetric } from "./ranking.js";
import { nOf, scoreSpreads } from "./scores.js";
import { contradicted, indicatorTitle, NONE, percent, points, signed, t, typeTitle, whole, yearTitle } from "./words.js";

export async function agencyView() {
  const agency = data.agencyOf.get(state.agency);
  if (!agency) return section(t("view_agency"), absent(t("choose_agency")));
  const at = year();
  const scored = yearOfScores([agency], at);
  const columns = await detailsOf(agency.position);
  const found = columns && Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, rowsOf(one)]));
  if (found) found.documents = new Map(found.documents.map((row) => [row.document_id ?? row.source_file, row]));
  return h("article", {},
    h("header", { class: "agency" },
      h("p", { class: "note" }, [typeTitle(agency.agency_type ?? ""), agency.district, agency.province, agency.agency_code].filter(Boolean).join(" · "))),
    summary(agency, at, scored),
    found ? [
      h("nav", { class: "jump", "aria-label": t("sections") }, ["items", "plan", "scores", "measures", "changes", "doubts", "reports"].map((name) =>
        h("button", { type: "button", class: "small", onclick: () => goTo(name) }, t(name)))),
      anchor("items", itemsSection(agency, at, found)),
      anchor("plan", planSection(found, scored)),
      anchor("scores", scoresSection(agency, scored, found)),
      anchor("measures", measuresSection(found, at)),
      anchor("changes", changesSection(agency, found)),
      anchor("doubts", doubtsSection(found, at)),
      anchor("reports", reportsSection(found)),
    ] : absent(t(data.is_detailed ? "no_reports" : "not_detailed")),
  );
}

const anchor = (name, node) => { node.id = `part-${name}`; node.tabIndex = -1; return node; };

export function goTo(name) {
  const node = document.getElementById(`part-${name}`);
  node?.scrollIntoView({ block: "start" });
  node?.focus({ preventScroll: true });
}

function summary(agency, at, scored) {
  const row = completenessOf(agency.position, at);
  const score = scoresOf(agency.position, scored);
  const plan = planOf(agency.position, scored);
  const ranks = (metric, one) => GROUPS.filter((group) => group !== "country" || data.provinces.length > 1).map((group) => {
    const rank = rankOf(agency.position, one, rankMetric(metric), group);
    return rank && h("li", {}, `${t(`peer_group:${group}`)}: `, h("strong", {}, `${rank.rank} / ${rank.peers}`),
      rank.tied > 1 ? ` (${t("tied", { n: rank.tied })})` : "", rank.quartile ? ` · ${t("quartile", { n: rank.quartile })}` : "");
  });
  const box = (title, value, ...about) => h("div", { class: "card" }, h("span", { class: "card-title" }, title), h("strong", {}, value), about);
  return h("div", { class: "cards" },
    box(`${t("completeness")} ${yearTitle(at)}`, percent(row?.completeness), row ? h("ul", { class: "note" }, h("li", {}, t("open_of", { open: notComplete(row), known: known(row) })), ranks("completeness", at)) : h("span", { class: "note" }, t("no_items_agency", { year: yearTitle(at) }))),
    box(`${t("overall")} ${yearTitle(scored)}`, points(score?.overall), score ? h("ul", { class: "note" },
      score.level ? h("li", {}, `${t("level")}: `, h("strong", { lang: "th" }, score.level)) : null,
      score.value_change !== null ? h("li", {}, `${t("change_since", { year: scored - 1 })}: ${signed(score.value_change)}`) : null,
      score.is_disputed ? h("li", {}, t("disputed")) : null,
      ranks("overall", scored)) : h("span", { class: "note" }, t("no_scores_agency", { year: yearTitle(at) }))),
    box(`${t("to_mark")} ${yearTitle(scored)}`, plan ? planText(plan) : score && score.overall !== null ? t("above_mark") : NONE,
      h("span", { class: "note" }, plan ? t("plan_short", { before: points(plan.total_before), mark: points(plan.pass_mark) }) : t("to_mark_about"))),
    box(`${t("reports")} ${yearTitle(at)}`, whole(coverageOf(agency.position, at)?.reports ?? 0), h("span", { class: "note" }, t("reports_years", { n: data.years.filter((one) => coverageOf(agency.position, one)?.is_published).length, of: data.years.length }))),
  );
}

function planSection(found, at) {
  const all = found.pass_plan.filter((row) => row.fiscal_year_be === at);
  const steps = all.filter((row) => row.step > 0);
  const title = `${t("view_plans")} ${yearTitle(at)}`;
  if (!all.length) return section(title, absent(t("no_plan")));
  if (!steps.length) return section(title, absent(t("plan_without_items", { before: points(all[0].total_before), mark: points(all[0].pass_mark) })));
  const passing = steps.find((row) => row.is_passing);
  return section(title,
    h("p", {}, t(passing ? "plan_passes" : "plan_short_of", { n: passing?.step ?? steps.length, before: points(steps[0].total_before), mark: points(steps[0].pass_mark), after: points((passing ?? steps.at(-1)).total_after) })),
    h("p", { class: "note" }, `${t("basis")}: ${t(`plan_basis:${steps[0].basis}`)}`),
    plainTable(title, [t("step"), t("item"), t("sub_indicator"), t("status"), t("adds_oit"), t("adds_total"), t("total_after")],
      steps.map((row) => h("tr", { class: row.is_passing ? "passing" : null }, h("th", { scope: "row" }, String(row.step)),
        h("td", { lang: "th" }, h("a", { href: address({ year: String(at), item: String(row.item_no) }) }, `O${row.item_no} ${row.item_name}`)), h("td", {}, row.sub_indicator_no), h("td", {}, badge(row.status)),
        h("td", { class: "number" }, signed(row.adds_oit)), h("td", { class: "number" }, signed(row.adds_total)), h("td", { class: "number" }, points(row.total_after), row.is_passing ? " ✓" : "")))));
}

function scoresSection(agency, at, found) {
  const title = `${t("scores")} ${yearTitle(at)}`;
  const rows = found.score_comparison.filter((row) => row.fiscal_year_be === at).sort((one, other) => orderOf(one.metric) - orderOf(other.metric));
  const trend = (metric, times) => {
    const scaled = (value) => (value === null ? null : value * times);
    const years = data.years.map((one) => {
      const all = spread(data.agencies.map((other) => metricOf(other.position, one, metric)));
      return { year: one, own: scaled(metricOf(agency.position, one, metric)), median: scaled(all.median), n: all.n };
    }).filter((row) => row.n);
    const drawn = years.flatMap((row) => [
      { year: row.year, series: t("this_agency"), position: 0, value: row.own },
      { year: row.year, series: t("median_shown"), position: 1, value: row.median },
    ]).filter((row) => row.value !== null);
    return years.some((row) => row.own !== null) ? figure(`agency_${metric}`, drawn, {
      title: t(metric), isTitled: true, note: years.map((row) => `${row.year}: n ${whole(row.n)}`).join(" · "),
      table: [[t("year"), t("this_agency"), t("median_shown"), t("n")], years.map((row) => [yearTitle(row.year), points(row.own), points(row.median), whole(row.n)])],
    }) : null;
  };
  const trends = h("div", { class: "pair" }, [trend("completeness", 100), trend("overall", 1)]);
  if (!rows.length) return section(title, absent(t("no_scores_agency", { year: yearTitle(at) })), trends);
  const own = scoresOf(agency.position, at);
  const peers = data.agencies.filter((other) => other.agency_type === agency.agency_type);
  const spreads = scoreSpreads(peers, at, (name) => own?.[name] ?? null);
  const published = found.scores.filter((row) => row.fiscal_year_be === at);
  return section(title,
    figure("agency_indicators", spreads, { title: t("scores_by_indicator"), note: `${t("agency_against", { type: agency.agency_type ?? "" })} · ${t("n_year", { n: nOf(spreads), year: yearTitle(at) })}` }),
    h("div", { class: "scroll" }, h("table", {},
      h("caption", { class: "unseen" }, title),
      h("thead", {}, h("tr", {}, [t("score"), t("published"), t("computed"), t("change_since", { year: at - 1 }), t("type_median"), t("province_median"), t("level")].map((head) => h("th", { scope: "col" }, head)), h("td"))),
      h("tbody", {}, rows.map((row) => rowWithEvidence([
        h("th", { scope: "row" }, metricTitle(row)),
        h("td", { class: "number" }, row.is_disputed ? t("disputed") : points(row.value)),
        h("td", { class: "number" }, points(row.value_computed), row.discrepancy_reason ? h("span", { class: "where" }, ` ${t(`discrepancy_reason:${row.discrepancy_reason}`)}`) : ""),
        h("td", { class: "number" }, signed(row.value_change)),
        h("td", { class: "number" }, points(row.type_median), h("span", { class: "where" }, ` n ${whole(row.type_n)}`)),
        h("td", { class: "number" }, points(row.province_median), h("span", { class: "where" }, ` n ${whole(row.province_n)}`)),
        h("td", { lang: "th", class: "short" }, row.level ?? ""),
      ], published.filter((one) => one.metric === row.metric || (row.metric === "overall" && one.metric === "level")).map((one) => () => evidence(one, found.documents, [
        ["as_written", one.raw ?? one.metric_name], ["score", one.value], ["level", one.level],
      ])), 8))))),
    trends);
}

const KINDS_OF_METRIC = ["overall", "level", "instrument", "indicator", "sub_indicator", "item", "question"];

// Sorts the whole before its parts, and parts by their numbers.
function orderOf(metric) {
  const [kind, ...numbers] = metric.split(":");
  const instrument = ["IIT", "EIT", "OIT"].indexOf(numbers[0]) + 1;
  const [whole_, part] = (numbers.at(-1) ?? "0").split(".").map(Number);
  return KINDS_OF_METRIC.indexOf(kind) * 1e6 + instrument * 1e4 + (whole_ || 0) * 100 + (part || 0);
}

function metricTitle(row) {
  const [kind, number] = row.metric.split(":");
  if (kind === "indicator") return indicatorTitle(Number(number));
  if (kind === "instrument") return t(number);
  return row.metric === "overall" ? t("overall") : [t(`metric_${kind}`), row.metric.slice(kind.length + 1), row.metric_name].filter(Boolean).join(" ");
}

function measuresSection(found, at) {
  const title = `${t("measures")} ${yearTitle(at)}`;
  const rows = found.measures.filter((row) => row.fiscal_year_be === at);
  const alignment = found.measure_alignment.filter((row) => row.fiscal_year_be === at && row.is_lowest);
  if (!rows.length) return section(title, absent(t("no_measures", { year: yearTitle(at) })));
  const shared = new Map(found.shared_text.map((row) => [row.observation_id, row]));
  return section(title,
    alignment.length ? [h("h3", {}, t("alignment", { year: yearTitle(alignment[0].scored_year_be) })),
      plainTable(t("alignment", { year: alignment[0].scored_year_be }), [t("indicator"), t("score"), t("measures_addressing")],
        alignment.map((row) => [h("span", {}, indicatorTitle(row.indicator_no)), points(row.score), row.is_addressed ? whole(row.measures) : h("strong", { class: "warn" }, t("not_addressed"))]))] : null,
    h("h3", {}, t("measures")),
    h("div", { class: "scroll" }, h("table", { class: "measures" },
      h("thead", {}, h("tr", {}, [t("no"), t("measure"), t("indicator"), t("period"), t("status"), t("result")].map((head) => h("th", { scope: "col" }, head)), h("td"))),
      h("tbody", {}, rows.map((row) => rowWithEvidence([
        h("td", {}, row.measure_no ?? ""),
        h("th", { scope: "row", lang: "th" }, row.measure, sharedNote(shared.get(row.observation_id))),
        h("td", {}, row.indicator_no ? indicatorTitle(row.indicator_no) : row.instrument ?? NONE),
        h("td", { lang: "th" }, row.period_raw ?? NONE),
        h("td", {}, badge(row.status)),
        h("td", { lang: "th" }, row.result ?? NONE),
      ], [() => evidence(row, found.documents, [
        ["steps", row.steps.map((text, n) => `${n + 1}. ${text}`).join("\n")], ["responsible", row.responsible],
        ["remark", row.status_raw], ["outcome", row.outcome],
      ])], 7))))));
}

const sharedNote = (row) => row && h("span", { class: "shared" }, t("shared_with", {
  agency: [row.source_agency_type, row.source_agency_name].filter(Boolean).join(""), share: percent(row.similarity),
}));

function changesSection(agency, found) {
  const shown = ["gained", "lost", "new_in_framework", "dropped_from_framework"];
  const pairs = [...new Set(found.compare_years.map((row) => `${row.from_year_be}|${row.to_year_be}`))].sort().reverse();
  if (!pairs.length) return section(t("changes"), absent(t("no_changes")));
  return section(t("changes"), pairs.map((pair) => {
    const [from, to] = pair.split("|").map(Number);
    const rows = found.compare_years.filter((row) => row.from_year_be === from && row.to_year_be === to);
    const count = (change) => rows.filter((row) => row.change === change).length;
    const told = rows.filter((row) => row.change === "gained" || row.change === "lost");
    return h("details", { open: pair === pairs[0] },
      h("summary", {}, h("strong", {}, `${yearTitle(from)} → ${yearTitle(to)}`), ` ${[...shown.slice(0, 2), "kept", "still_open", ...shown.slice(2), "unknown"].map((change) => `${t(`year_change:${change}`)} ${count(change)}`).join(" · ")}`),
      told.length ? plainTable(`${from} → ${to}`, [t("item"), String(from), String(to), t("change")], told.map((row) => [
        h("span", { lang: "th" }, `O${row.from_item_no} → O${row.to_item_no} ${row.item_name ?? ""}`), badge(row.from_status), badge(row.to_status), t(`year_change:${row.change}`)])) : absent(t("nothing_changed")));
  }));
}

function doubtsSection(found, at) {
  const contradictions = found.consistency.filter((row) => row.fiscal_year_be === at);
  const file = (id) => found.documents.get(id)?.source_file ?? id;
  return section(t("doubts"),
    h("h3", {}, `${t("contradictions")} ${yearTitle(at)}`),
    contradictions.length ? plainTable(t("contradictions"), [t("kind"), t("about"), t("first_value"), t("second_value")], contradictions.map((row) => [
      t(`consistency_kind:${row.kind}`), h("span", { lang: "th" }, row.subject_name ?? row.subject),
      h("span", {}, contradicted(row.value_1), h("span", { class: "where" }, ` ${file(row.document_id_1)}`)),
      h("span", {}, contradicted(row.value_2), h("span", { class: "where" }, ` ${file(row.document_id_2)}`))])) : absent(t("no_contradictions")),
    h("h3", {}, t("in_review")),
    found.review.length ? plainTable(t("in_review"), [t("doubt"), t("place"), t("as_written"), t("suggestion"), t("reason")], found.review.map((row) => [
      t(`review_kind:${row.kind}`), `${file(row.document_id)} ${placeInFile(row)}`, h("span", { lang: "th" }, row.raw ?? NONE), h("span", { lang: "th" }, row.suggestion ?? NONE), row.reason])) : absent(t("review_none")));
}

function reportsSection(found) {
  const rows = [...found.documents.values()].sort((one, other) => (other.fiscal_year_be ?? 0) - (one.fiscal_year_be ?? 0));
  return section(t("reports"), rows.length ? plainTable(t("reports"), [t("source_file"), t("year"), t("report_type"), t("period"), t("pages"), t("document_status")], rows.map((row) => [
    h("span", {}, row.source_file), row.fiscal_year_be ? yearTitle(row.fiscal_year_be) : NONE, t(`report_type:${row.report_type}`), t(`period:${row.period}`), row.pages ? whole(row.pages) : NONE,
    h("span", {}, t(`document_status:${row.status}`), row.error ? h("span", { class: "where" }, ` ${row.error}`) : "")])) : absent(t("no_reports")));
}
