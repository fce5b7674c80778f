// The packed data of the page, and what the views ask of them.

async function unpack(name) {
  const node = document.getElementById(`block-${name}`);
  if (!node) return null;
  const bytes = Uint8Array.from(atob(node.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// Rows as objects, of columns.
export function rowsOf(columns) {
  const names = Object.keys(columns);
  const count = names.length ? columns[names[0]].length : 0;
  return Array.from({ length: count }, (_, n) => {
    const row = {};
    for (const name of names) row[name] = columns[name][n];
    return row;
  });
}

export const data = {};

const keyOf = (agency, year) => `${agency}|${year}`;

function indexed(rows) {
  return new Map(rows.map((row) => [keyOf(row.agency, row.fiscal_year_be), row]));
}

export async function loadData() {
  const [overview, words, marks, charts] = await Promise.all(
    ["overview", "words", "marks", "charts"].map(unpack),
  );
  Object.assign(data, overview, { words, charts });
  data.marks = marks.map(([status, letter, mark, colour, ink]) => ({ status, letter, mark, colour, ink }));
  data.markOf = new Map(data.marks.flatMap((mark) => [[mark.letter, mark], [mark.status, mark]]));
  data.agencies = rowsOf(overview.agencies).map((agency, position) => ({ ...agency, position }));
  data.agencyOf = new Map(data.agencies.map((agency) => [agency.key, agency]));
  for (const year of Object.keys(data.lists)) {
    data.lists[year] = data.lists[year].map(([no, name, concept, indicator, sub]) => ({ no, name, concept, indicator, sub }));
  }
  for (const name of ["completeness", "coverage", "scores", "plans"]) data[name] = indexed(rowsOf(overview[name]));
  data.rankRow = new Map(overview.ranks.agency.map((agency, row) => [keyOf(agency, overview.ranks.fiscal_year_be[row]), row]));
  data.changes = rowsOf(overview.changes);
  data.types = distinct(data.agencies.map((agency) => agency.agency_type));
  data.provinces = distinct(data.agencies.map((agency) => agency.province));
  data.latest = latestYear();
}

function distinct(values) {
  return [...new Set(values.filter(Boolean))].sort((one, other) => one.localeCompare(other, "th"));
}

// The latest year with items, else with scores, else with anything.
function latestYear() {
  for (const table of [data.completeness, data.scores]) {
    const years = [...table.values()].map((row) => row.fiscal_year_be);
    if (years.length) return Math.max(...years);
  }
  return data.years.at(-1);
}

export const completenessOf = (agency, year) => data.completeness.get(keyOf(agency, year));
export const scoresOf = (agency, year) => data.scores.get(keyOf(agency, year));
export const coverageOf = (agency, year) => data.coverage.get(keyOf(agency, year));
export const planOf = (agency, year) => data.plans.get(keyOf(agency, year));

// Where an agency stands by a metric among a group of peers; null where it has no value.
export function rankOf(agency, year, metric, group) {
  const row = data.rankRow.get(keyOf(agency, year));
  const of = (name) => data.ranks[`${metric}|${group}|${name}`]?.[row] ?? null;
  return of("rank") === null ? null : { rank: of("rank"), peers: of("peers"), tied: of("tied"), quartile: of("quartile") };
}

const details = new Map();

// What the page of an agency shows; null where the file holds no pages of agencies.
export async function detailsOf(agency) {
  if (!details.has(agency)) details.set(agency, await unpack(`agency-${agency}`));
  return details.get(agency);
}

let queue;

export async function queueOf() {
  queue ??= await unpack("queue");
  return queue;
}
