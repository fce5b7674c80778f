// Words and numbers in the language of the page.
import { data } from "./data.js";
import { state } from "./state.js";

// A word, with {names} in it filled; a key without words stands for itself, so that it is seen.
export function t(key, values = {}) {
  if (!has(key)) console.warn(`no word: ${key}`);
  const text = data.words[key]?.[state.lang] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export const has = (key) => key in data.words;

// An agency as people name it: the type, then the name.
export const nameOf = (agency) => [agency.agency_type, agency.agency_name].filter(Boolean).join(" ");

export const typeTitle = (type) => (state.lang === "en" && has(`agency_type:${type}`) ? `${type} (${t(`agency_type:${type}`)})` : type);

export const statusTitle = (status) => (status ? t(`item_status:${status}`) : t("not_observed"));

// A value of a contradiction: a status by its title, a score or level as it is.
export const contradicted = (value) => (has(`item_status:${value}`) ? t(`item_status:${value}`) : value);

// The official name of an item is Thai; in English its concept is told too.
export const itemTitle = (item) =>
  state.lang === "en" && item.concept ? `${item.name} (${item.concept.replaceAll("+", ", ").replaceAll("_", " ")})` : item.name;

export const indicatorTitle = (number) => `${number} ${t(`indicator:${number}`)}`;

export const yearTitle = (year) => (state.lang === "en" ? `${year} (${year - 543})` : `${year}`);

export const NONE = "–";

export const whole = (value) => (value === null || value === undefined ? NONE : value.toLocaleString("en-US"));
export const points = (value) => (value === null || value === undefined ? NONE : value.toFixed(2));
export const percent = (share) => (share === null || share === undefined ? NONE : `${(share * 100).toFixed(1)}%`);
export const signed = (value, write = points) =>
  value === null || value === undefined ? NONE : value > 0 ? `+${write(value)}` : value < 0 ? `−${write(-value)}` : write(0);
