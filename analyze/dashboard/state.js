// What the page shows stands in its address, behind the #: a link to it shows the same.
import { data } from "./data.js";

export const VIEWS = ["overview", "submissions", "ranking", "heatmap", "gaps", "plans", "scores", "trends", "quality", "agency"];
export const METRICS = ["completeness", "weighted_completeness", "overall", "IIT", "EIT", "OIT"];
export const GROUPS = ["province", "type", "country"];

export let state = {};

const allowed = {
  lang: () => ["th", "en"],
  view: () => VIEWS,
  year: () => data.years.map(String),
  type: () => data.types,
  province: () => data.provinces,
  metric: () => METRICS,
  group: () => GROUPS,
  agency: () => [...data.agencyOf.keys()],
};

const usual = () => ({
  lang: "th", view: "overview", year: String(data.latest ?? ""), type: "", province: "", q: "",
  metric: "completeness", group: data.provinces.length > 1 ? "country" : "province", agency: "", item: "", section: "",
});

// Reads the address; what is not known there is left at what is usual.
export function readState() {
  const told = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const read = usual();
  for (const name of Object.keys(read)) {
    if (told[name] && (!allowed[name] || allowed[name]().includes(told[name]))) read[name] = told[name];
  }
  state = read;
}

export function address(changes = {}) {
  const next = { ...state, item: "", section: "", ...changes };
  const plain = usual();
  const kept = Object.entries(next).filter(([name, value]) => value !== plain[name] && value !== "");
  return `#${new URLSearchParams(kept)}`;
}

// Changes the address in place: going back leaves the view, not each filter.
export function put(changes) {
  history.replaceState(null, "", address(changes) === "#" ? "#view=overview" : address(changes));
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

export const year = () => Number(state.year);

// Agencies that the filters let through, in the order of their names.
export function shownAgencies() {
  const words = state.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return data.agencies.filter((agency) =>
    (!state.type || agency.agency_type === state.type) &&
    (!state.province || agency.province === state.province) &&
    words.every((word) => searched(agency).includes(word)));
}

function searched(agency) {
  agency.searched ??= [agency.agency_name, agency.agency_type, agency.district, agency.province, agency.agency_code]
    .filter(Boolean).join(" ").toLowerCase();
  return agency.searched;
}
