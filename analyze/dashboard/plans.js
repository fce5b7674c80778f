// Agencies below the pass mark, and what would lead each over it.
import { h } from "./dom.js";
import { data, planOf, scoresOf } from "./data.js";
import { shownAgencies, year } from "./state.js";
import { sortable } from "./table.js";
import { planText } from "./ranking.js";
import { absent, absentYear, agencyLink, section } from "./parts.js";
import { nameOf, points, t, whole, yearTitle } from "./words.js";

export function plansView() {
  const at = year();
  const agencies = shownAgencies();
  const scored = agencies.filter((agency) => (scoresOf(agency.position, at)?.overall ?? null) !== null);
  const below = agencies.filter((agency) => planOf(agency.position, at));
  if (!scored.length && !below.length) return section(t("view_plans"), absentYear("no_scores_year", data.scores, at));
  const plan = (agency) => planOf(agency.position, at);
  return section(`${t("view_plans")} ${yearTitle(at)}`,
    h("p", { class: "note" }, t("plans_note", { n: whole(below.length), scored: whole(scored.length), year: yearTitle(at) })),
    below.length ? sortable(below, [
      { title: t("agency"), isHead: true, className: "wide", value: nameOf, show: (agency) => agencyLink(agency, { section: "plan" }) },
      { title: t("overall"), className: "number", value: (agency) => plan(agency).total_before ?? -1, show: (agency) => points(plan(agency).total_before) },
      { title: t("to_go"), className: "number", value: (agency) => plan(agency).pass_mark - plan(agency).total_before, show: (agency) => points(plan(agency).pass_mark - plan(agency).total_before) },
      { title: t("items_to_pass"), className: "number", value: (agency) => plan(agency).steps ?? 999, show: (agency) => planText(plan(agency)) },
      { title: t("first_steps"), show: (agency) => h("span", {}, (plan(agency).items ?? []).map((no) => `O${no}`).join(", ")) },
      { title: t("total_after"), className: "number", value: (agency) => plan(agency).total_after ?? -1, show: (agency) => points(plan(agency).total_after) },
      { title: t("basis"), value: (agency) => plan(agency).basis, show: (agency) => t(`plan_basis:${plan(agency).basis}`) },
    ], { caption: t("view_plans"), order: [1, "asc"] }) : absent(t("plans_none", { year: yearTitle(at) })));
}
