// Medians and counts of what the filters show; the tables of the analysis have the fixed groups.
import { data, completenessOf, scoresOf } from "./data.js";

// Linear between the two nearest values, as pandas does; null of nothing.
export function quantile(values, share) {
  const sorted = values.filter((value) => value !== null && value !== undefined).sort((one, other) => one - other);
  if (!sorted.length) return null;
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  return sorted[low] + ((sorted[low + 1] ?? sorted[low]) - sorted[low]) * (place - low);
}

export function spread(values) {
  const known = values.filter((value) => value !== null && value !== undefined);
  return {
    n: known.length,
    low: quantile(known, 0.25), median: quantile(known, 0.5), high: quantile(known, 0.75),
    min: known.length ? known.reduce((one, other) => Math.min(one, other)) : null,
    max: known.length ? known.reduce((one, other) => Math.max(one, other)) : null,
  };
}

// The value of a metric: shares of completeness run from 0 to 1, scores from 0 to 100.
export function metricOf(agency, year, metric) {
  if (metric === "completeness" || metric === "weighted_completeness") return completenessOf(agency, year)?.[metric] ?? null;
  return scoresOf(agency, year)?.[metric] ?? null;
}

export const isShare = (metric) => metric.endsWith("completeness");

// How many of these agencies have an item in which status; unknown statuses are counted apart.
export function itemCounts(agencies, year) {
  const rows = agencies.map((agency) => completenessOf(agency.position, year)).filter((row) => row?.list_year);
  const list = listOf(rows, year);
  const counts = list.map((item) => ({ item, known: 0, not_observed: 0, ...Object.fromEntries(data.marks.map((mark) => [mark.status, 0])) }));
  for (const row of rows) {
    const letters = lettersBy(row, list);
    counts.forEach((count, n) => {
      const status = data.markOf.get(letters[n])?.status ?? "not_observed";
      count[status] += 1;
      if (!["not_observed", "not_reported", "unclear"].includes(status)) count.known += 1;
    });
  }
  for (const count of counts) count.open = count.known ? 1 - count.complete / count.known : null;
  return { list, counts, agencies: rows.length };
}

// The item list that most of the rows follow; that of the year where none does.
export function listOf(rows, year) {
  const seen = new Map();
  for (const row of rows) seen.set(row.list_year, (seen.get(row.list_year) ?? 0) + 1);
  const most = [...seen].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0];
  return data.lists[most?.[0] ?? year] ?? [];
}

// A row's letters in the order of a list; items of another year's list are found by concept.
export function lettersBy(row, list) {
  const own = data.lists[row.list_year];
  if (own === list) return row.statuses;
  const of = new Map();
  own.forEach((item, n) => item.concept.split("+").forEach((concept) => of.set(concept, row.statuses[n])));
  return list.map((item) => of.get(item.concept.split("+")[0]) ?? ".");
}

// Items of a row whose status is known; blank and unclear ones are not among them.
export const known = (row) => row.complete + row.partial + row.missing + row.in_progress + row.not_started;

export const notComplete = (row) => known(row) - row.complete;
