"""Which items to complete first, so that an agency below the pass mark reaches it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyze.claims import places_of
from analyze.frames import YEAR, to_table
from analyze.framework import item_shares, parts, pass_mark
from analyze.observed import is_known, observed
from analyze.published import Published, published

OIT = "instrument:OIT"

_NOTHING = 1e-9  # what sums of binary fractions may leave

Floats = npt.NDArray[np.float64]


def pass_plan(items: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """List the items to complete for each agency and fiscal year (be) below the year's pass mark.

    ``items`` and ``scores`` are the record tables; items of a year meet the scores of that year. An
    item that is complete has 100 points and another one none, unless a report gives it points; what
    it lacks counts with its share in the sub-indicator, the indicator and OIT, as far as their
    published scores leave room. Steps go by what they add, then by item number, and end where the
    mark is reached; where it is not, items alone do not lift the agency to it. Only items whose
    status is known and not complete, in the list of the year, are steps; an agency that has none
    has one row, step 0. ``basis`` (enum plan_basis) says where ``total_before`` comes from; an
    agency whose total is not known has no plan. Scores are points, 0 to 100.
    """
    return pass_plan_of(items, observed(items), published(scores))


def pass_plan_of(items: pd.DataFrame, settled: pd.DataFrame, found: Published) -> pd.DataFrame:
    """Do the work of :func:`pass_plan` on what reports agree on of items and scores."""
    settled = settled[settled["item_list_year_be"] == settled[YEAR]]
    settled = settled.assign(of=places_of(settled, found)).query("of >= 0")
    start = _starts(found, settled)
    start = start[start["total_before"].round(2) < start["pass_mark"]]
    is_open = is_known(settled["status"]) & (settled["status"] != "complete")
    steps = settled[is_open & settled["of"].isin(start.index)].rename(
        columns={"observation_id": "item_observation_id"}
    )
    steps = steps[["of", "item_no", "concept_id", "item_name", "sub_indicator_no", "status",
                   "item_observation_id"]].astype({"item_no": int})  # fmt: skip
    steps["adds_oit"] = _worth(steps, found, items)
    for level in ("sub_indicator", "indicator"):
        steps["adds_oit"] = _within(steps, found, level)
    steps = steps[steps["adds_oit"] > _NOTHING]
    steps = steps.sort_values(["of", "adds_oit", "item_no"], ascending=[True, False, True])
    plan = start.join(steps.set_index("of"), how="left").rename_axis("of").reset_index()
    plan = _added_up(plan)
    whose = found.agencies.iloc[found.agency[plan["of"]]].set_axis(plan.index)
    return to_table("pass_plan", plan.assign(**whose))


def _starts(found: Published, settled: pd.DataFrame) -> pd.DataFrame:
    """Return the scores before any step for each agency and year whose total is known."""
    oit = found.as_it_counts(OIT)
    told = _from_statuses(settled, len(oit))
    oit = np.where(np.isnan(oit), told, oit)
    frame = pd.DataFrame({YEAR: found.year, "oit_before": oit, "weight": np.nan})
    frame["pass_mark"] = [pass_mark(int(year)) for year in found.year]
    total = found.as_it_counts("overall")
    for year in np.unique(found.year):
        shares = parts(int(year)).get("overall", {})
        rows = found.in_year(year)
        frame.loc[rows, "weight"] = shares.get(OIT)
        others = [found.as_it_counts(name)[rows] * shares[name] for name in shares if name != OIT]
        summed = sum(others) + oit[rows] * shares.get(OIT, np.nan)
        total[rows] = np.where(np.isnan(total[rows]), summed, total[rows])
    frame["total_before"] = total
    frame["basis"] = np.where(np.isnan(found.value("overall")), "computed", "published")
    return frame[frame["pass_mark"].notna() & frame["total_before"].notna()]


def _from_statuses(settled: pd.DataFrame, n: int) -> Floats:
    """Return the OIT score where every item's status is known, else NaN."""
    are_known = is_known(settled["status"]).to_numpy()
    known, score = np.zeros(n), np.zeros(n)
    for year in settled[YEAR].unique():
        own = settled[are_known & (settled[YEAR] == year).to_numpy()]
        shares = pd.Series(item_shares(int(year), OIT), dtype=float)
        share = shares.reindex(own["item_no"]).fillna(0).to_numpy()
        known += np.bincount(own["of"], share, n)
        score += np.bincount(own["of"], share * (own["status"] == "complete").to_numpy() * 100, n)
    return np.where(np.isclose(known, 1), score, np.nan)


def _worth(steps: pd.DataFrame, found: Published, items: pd.DataFrame) -> Floats:
    """Return the OIT points that each item lacks: its share, or what its own points leave."""
    of, item_no = steps["of"].to_numpy(), steps["item_no"].to_numpy()
    is_scored = items["observation_id"].isin(steps["item_observation_id"]) & items["score"].notna()
    told = items[is_scored].set_index("observation_id")["score"]
    own = steps["item_observation_id"].map(told)
    score = np.array(own.to_numpy(dtype=float, na_value=np.nan))
    for number in np.unique(item_no):
        is_it = item_no == number
        printed = found.value(f"item:{number}")[of[is_it]]
        score[is_it] = np.where(np.isnan(printed), score[is_it], printed)
    worth = np.zeros(len(steps))
    years = found.year[of]
    for year in np.unique(years):
        shares = pd.Series(item_shares(int(year), OIT), dtype=float)
        worth[years == year] = shares.reindex(item_no[years == year]).fillna(0)
    lacking: Floats = worth * (100 - np.nan_to_num(score))
    return lacking


def _within(steps: pd.DataFrame, found: Published, level: str) -> pd.Series:
    """Return what steps add as far as the published score of their (sub-)indicator leaves room."""
    number = steps["sub_indicator_no"].astype("string")
    if level == "indicator":
        number = number.str.split(".").str[0]
    keys = ["of", "number"]
    order = steps.assign(number=number).sort_values(
        [*keys, "adds_oit", "item_no"], ascending=[True, True, False, True]
    )
    room = np.full(len(order), np.inf)
    of, years = order["of"].to_numpy(), found.year[order["of"]]
    for year, name in {*zip(years.tolist(), order["number"], strict=True)}:
        is_it = (years == year) & (order["number"] == name).to_numpy()
        lacking = 100 - found.value(f"{level}:{name}")[of[is_it]]
        share = _share_in_oit(year, f"{level}:{name}")
        room[is_it] = np.where(np.isnan(lacking), np.inf, lacking * share)
    after = order.groupby(keys)["adds_oit"].cumsum()
    before = after - order["adds_oit"]
    return (after.clip(upper=room) - before.clip(upper=room)).reindex(steps.index)


def _share_in_oit(year: int, metric: str) -> float:
    """Return the share (0 to 1) of a sub-indicator or an indicator in OIT."""
    shares = parts(year)
    return shares[OIT].get(metric, 0.0) or sum(
        share * shares.get(part, {}).get(metric, 0.0) for part, share in shares[OIT].items()
    )


def _added_up(plan: pd.DataFrame) -> pd.DataFrame:
    """Add the steps up in their order, as far as OIT has room, and leave out what is not needed."""
    plan["adds_oit"] = plan["adds_oit"].fillna(0.0)
    room = (100 - plan["oit_before"]).fillna(np.inf)
    summed = plan.groupby("of")["adds_oit"].cumsum()
    gained, before = summed.clip(upper=room), (summed - plan["adds_oit"]).clip(upper=room)
    total = plan["total_before"] + gained * plan["weight"]
    earlier = plan["total_before"] + before * plan["weight"]
    has_item = plan["item_no"].notna()
    plan = plan.assign(
        step=plan.groupby("of").cumcount() + has_item,
        adds_oit=(gained - before).round(2),
        adds_total=(total - earlier).round(2),
        oit_after=(plan["oit_before"] + gained).round(2),
        total_after=total.round(2),
        total_before=plan["total_before"].round(2),
    )
    plan["is_passing"] = plan["total_after"] >= plan["pass_mark"]
    is_needed = (earlier.round(2) < plan["pass_mark"]) & (gained - before > _NOTHING)
    needed: pd.DataFrame = plan[is_needed | ~has_item].reset_index(drop=True)
    return needed
