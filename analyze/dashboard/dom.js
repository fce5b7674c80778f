// Elements are made one by one and their texts are text nodes: nothing of a report is ever parsed.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "vars") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function fill(place, ...children) {
  place.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return place;
}

export const byId = (id) => document.getElementById(id);

let waitingForPage = [];

// What must measure its place is made once that stands in the page.
export const later = (make) => { waitingForPage.push(make); };

export function madeLater() {
  const all = waitingForPage;
  waitingForPage = [];
  for (const make of all) make();
}

let announced = 0;

// Tells a screen reader what has changed, without moving the focus.
export function announce(text) {
  clearTimeout(announced);
  announced = setTimeout(() => { byId("live").textContent = text; }, 300);
}
