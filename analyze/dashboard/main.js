// Starts the page, and draws the view that the address names.
import { announce, byId, fill, h, madeLater } from "./dom.js";
import { data, loadData } from "./data.js";
import { address, put, readState, shownAgencies, state, VIEWS, year } from "./state.js";
import { dropCharts } from "./chart.js";
import { dropTables } from "./table.js";
import { absent, choice, section } from "./parts.js";
import { nameOf, t, typeTitle, whole, yearTitle } from "./words.js";
import { overviewView } from "./overview.js";
import { submissionsView } from "./submissions.js";
import { rankingView } from "./ranking.js";
import { heatmapView } from "./heatmap.js";
import { gapsView } from "./gaps.js";
import { plansView } from "./plans.js";
import { scoresView } from "./scores.js";
import { trendsView } from "./trends.js";
import { qualityView } from "./quality.js";
import { agencyView, goTo } from "./agency.js";

const DRAW = {
  overview: overviewView, submissions: submissionsView, ranking: rankingView, heatmap: heatmapView, gaps: gapsView,
  plans: plansView, scores: scoresView, trends: trendsView, quality: qualityView, agency: agencyView,
};

let drawn = {};

async function draw() {
  readState();
  delete document.documentElement.dataset.ready;
  const isNewView = state.view !== drawn.view || state.agency !== drawn.agency;
  const isNewFrame = isNewView || state.lang !== drawn.lang || state.year !== drawn.year || state.type !== drawn.type || state.province !== drawn.province;
  const first = drawn.view === undefined;
  const item = state.item !== drawn.item && state.item;
  drawn = { ...state };
  document.documentElement.lang = state.lang;
  if (isNewFrame) frame();
  const content = data.years.length ? await DRAW[state.view]() : section(t("view_overview"), absent(t("no_data")));
  dropCharts();
  dropTables();
  const { name, selectionStart } = document.activeElement;
  fill(byId("main"), heading(), filters(), h("p", { class: "paper note" }, filterText()), content);
  madeLater();
  document.title = `${titleOf()} · Prongsai`;
  document.documentElement.dataset.ready = state.view;
  announce(`${titleOf()}. ${t("n_shown", { n: whole(shownAgencies().length), of: whole(data.agencies.length) })}`);
  if (name) refocus(name, selectionStart);
  if (item && state.view === "agency") openItem(item);
  else if (state.section) goTo(state.section);
  else if (isNewView && !first) {
    window.scrollTo(0, 0);
    byId("title").focus({ preventScroll: true });
  }
}

function titleOf() {
  const agency = state.view === "agency" && data.agencyOf.get(state.agency);
  return agency ? nameOf(agency) : t(`view_${state.view}`);
}

const heading = () => h("h1", { id: "title", tabindex: "-1", lang: state.view === "agency" ? "th" : null }, titleOf());

function openItem(no) {
  const row = byId(`item-${no}`);
  row?.querySelector("button")?.click();
  row?.scrollIntoView({ block: "center" });
  row?.querySelector("button")?.focus({ preventScroll: true });
}

// Header, navigation and footer: what stays while filters are typed.
function frame() {
  const provinces = data.provinces.length === 1 ? data.provinces[0] : t("n_provinces", { n: data.provinces.length });
  fill(byId("skip"), t("skip"));
  fill(byId("header"),
    h("a", { class: "brand", href: address({ view: "overview" }) }, h("strong", {}, "Prongsai"), " ", h("span", { lang: "th" }, t("brand"))),
    h("p", { class: "scope" }, h("span", { lang: "th" }, provinces), ` · ${t("n_agencies", { n: whole(data.agencies.length) })} · ${t("scope_years", { from: data.years[0], to: data.years.at(-1), n: whole(data.quality.documents) })}`),
    finder(),
    h("div", { class: "languages", role: "group", "aria-label": t("language") }, ["th", "en"].map((lang) =>
      h("button", { type: "button", lang, "aria-pressed": String(state.lang === lang), onclick: () => put({ lang, item: state.item }) }, lang === "th" ? data.words.thai.th : data.words.english.en))),
    h("button", { type: "button", class: "print", onclick: () => window.print() }, t("print")));
  const nav = byId("nav");
  nav.setAttribute("aria-label", t("views"));
  fill(nav, h("ul", {}, VIEWS.filter((view) => view !== "agency" || state.agency).map((view) =>
    h("li", {}, h("a", { href: address({ view }), "aria-current": view === state.view ? "page" : null }, t(`view_${view}`))))));
  const current = nav.querySelector("[aria-current]")?.getBoundingClientRect();
  const bar = nav.getBoundingClientRect();
  // By hand: scrollIntoView would also make Tab begin here, behind the skip link.
  if (current) nav.scrollLeft += (current.left + current.right - bar.left - bar.right) / 2;
  fill(byId("footer"), h("p", {}, t("footer_what")), h("p", { class: "note" }, t("footer_made")), data.is_detailed ? null : h("p", { class: "note" }, t("not_detailed")));
}

let names;

// Goes to an agency by its name; the browser offers those that fit.
function finder() {
  const label = (agency) => `${nameOf(agency)} · ${[agency.district, agency.province].filter(Boolean).join(" · ")}`;
  return h("form", { class: "finder", role: "search", onsubmit: (event) => {
    event.preventDefault();
    const typed = event.target.elements.agency.value.trim();
    const found = data.agencies.find((agency) => label(agency) === typed) ?? data.agencies.find((agency) => nameOf(agency).includes(typed));
    if (typed && found) location.hash = address({ view: "agency", agency: found.key });
  } },
  h("label", {}, h("span", { class: "unseen" }, t("find_agency")),
    h("input", { type: "search", name: "agency", list: "agencies", placeholder: t("find_agency"), autocomplete: "off", lang: "th",
      onchange: (event) => data.agencies.some((agency) => label(agency) === event.target.value) && event.target.form.requestSubmit() })),
  names ??= h("datalist", { id: "agencies" }, data.agencies.map((agency) => h("option", { value: label(agency) }))));
}

function filters() {
  const agencyOnly = state.view === "agency";
  if (state.view === "quality") return null;
  const all = ["", t("all")];
  return h("form", { class: "filters", "aria-label": t("filters"), onsubmit: (event) => event.preventDefault() },
    state.view === "trends" ? null : choice(t("fiscal_year"), "year", [...data.years].reverse().map((one) => [String(one), yearTitle(one)]), state.year, (value) => put({ year: value })),
    agencyOnly ? null : [
      choice(t("type"), "type", [all, ...data.types.map((type) => [type, typeTitle(type)])], state.type, (value) => put({ type: value })),
      data.provinces.length > 1 ? choice(t("province"), "province", [all, ...data.provinces.map((one) => [one, one])], state.province, (value) => put({ province: value })) : null,
      h("label", { class: "choice" }, h("span", {}, t("search")),
        h("input", { type: "search", name: "q", value: state.q, placeholder: t("search_about"), oninput: typedSearch })),
      h("p", { class: "count" }, t("n_shown", { n: whole(shownAgencies().length), of: whole(data.agencies.length) })),
    ]);
}

let waiting = 0;

// The view is drawn anew after a pause in typing.
function typedSearch(event) {
  clearTimeout(waiting);
  const { value } = event.target;
  waiting = setTimeout(() => put({ q: value }), 250);
}

// A field that was drawn anew keeps its focus and its caret.
function refocus(name, caret) {
  const field = document.querySelector(`main [name="${name}"]`);
  field?.focus({ preventScroll: true });
  if (caret !== null && caret !== undefined) field?.setSelectionRange?.(caret, caret);
}

const filterText = () => (state.view === "agency" ? t("fiscal_year_of", { year: yearTitle(year()) }) : [t("fiscal_year_of", { year: yearTitle(year()) }), state.type && typeTitle(state.type), state.province, state.q && `“${state.q}”`,
  t("n_shown", { n: whole(shownAgencies().length), of: whole(data.agencies.length) })].filter(Boolean).join(" · "));

let drawing = Promise.resolve();

function redraw() {
  drawing = drawing.then(draw);
}

byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});

// The colours of the statuses are data, so their rules are made of it.
function paint() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(data.marks.map((mark) => `.s-${mark.letter} { --colour: ${mark.colour}; --ink: ${mark.ink}; }`).join("\n"));
  document.adoptedStyleSheets = [sheet];
}

loadData().then(() => {
  paint();
  window.addEventListener("hashchange", redraw);
  redraw();
});
