"""What all views but an agency's own need: agencies, statuses, ranks, scores and counts by year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analyze.dashboard.columns import AGENCY, Columns, agency_keys, columns
from analyze.score_table import METRICS
from analyze.words import marks
from normalize.reference import item_lists

Frames = Mapping[str, pd.DataFrame]

NOT_OBSERVED = "."
"""Stands in a row of statuses for an item of the list that no report of the agency tells of."""

_COUNTS = (
    *("items_in_list", "observed", "complete", "partial", "missing", "in_progress", "not_started"),
    *("not_reported", "unclear", "completeness", "weighted_completeness", "n_documents"),
)
_REPORTS = (
    *("reports", "oit_checklist", "measures", "score_analysis", "mixed", "unknown", "failed"),
    "is_published",
)


def all_agencies(tables: Frames, records: Frames) -> pd.DataFrame:
    """Return every agency that a table names, once each, by name, with its ``key``."""
    sources = [tables["coverage"], tables["completeness"], tables["score_comparison"]]
    sources += [records["measures"], records["documents"]]
    found = pd.concat([source[list(AGENCY)] for source in sources], ignore_index=True)
    found = found[found["agency_name"].notna()].copy()
    found["key"] = agency_keys(found)
    found = found.drop_duplicates("key")
    return found.sort_values(["province", "agency_name", "key"], ignore_index=True)


def overview(tables: Frames, records: Frames, agencies: pd.DataFrame) -> dict[str, object]:
    """Return the common data of the page as plain columns; years are be, agencies positions."""
    position = pd.Series(agencies.index, index=agencies["key"])

    def of_agencies(frame: pd.DataFrame) -> pd.DataFrame:
        told = frame[frame["agency_name"].notna()]
        return told.assign(agency=agency_keys(told).map(position).astype(int).to_numpy())

    named = {name: of_agencies(tables[name]) for name in _TABLES}
    years = sorted(
        {
            int(year)
            for name in ("completeness", "score_comparison", "coverage")
            for year in named[name]["fiscal_year_be"].dropna()
        }
    )
    return {
        "years": years,
        "agencies": columns(agencies, ("key", *AGENCY)),
        "lists": {year: _item_list(year) for year in item_lists()},
        "completeness": _completeness(named["completeness"], of_agencies(records["items"])),
        "ranks": columns(
            named["rank_agencies"],
            ("agency", "fiscal_year_be", "metric", "peer_group", "rank", "peers", "tied")
            + ("percentile", "quartile"),
        ),
        "coverage": columns(named["coverage"], ("agency", "fiscal_year_be", *_REPORTS)),
        "scores": _scores(named["score_comparison"]),
        "plans": _plans(named["pass_plan"]),
        "changes": _changes(named["compare_years"]),
        "quality": _quality(records),
    }


_TABLES = (
    *("completeness", "rank_agencies", "coverage", "score_comparison", "pass_plan"),
    "compare_years",
)


def _item_list(year: int) -> list[list[object]]:
    return [
        [item.item_no, item.name, item.concept_id, item.indicator_no, item.sub_indicator_no]
        for item in item_lists()[year]
    ]


def _completeness(counted: pd.DataFrame, items: pd.DataFrame) -> Columns:
    """Return the counts by agency and year with the row of statuses, a letter for each item."""
    found = columns(counted, ("agency", "fiscal_year_be", *_COUNTS))
    rows = status_rows(items)
    keys = zip(found["agency"], found["fiscal_year_be"], strict=True)
    told = [rows.get((int(str(agency)), int(str(year)))) for agency, year in keys]
    found["list_year"] = [row[0] if row else None for row in told]
    found["statuses"] = [row[1] if row else "" for row in told]
    return found


def status_rows(items: pd.DataFrame) -> dict[tuple[int, int], tuple[int, str]]:
    """Return for each agency and year (be) the year of its item list and a letter for each item.

    Where reports of a year follow several lists, it is the list that most items stand in.
    """
    letters = {mark.status: mark.letter for mark in marks()}
    known = items[
        (items["match_status"] == "accepted")
        & items["fiscal_year_be"].notna()
        & items["item_list_year_be"].notna()
        & items["item_no"].notna()
    ]
    keys = ["agency", "fiscal_year_be", "item_list_year_be", "item_no"]
    told: dict[tuple[int, int], dict[int, dict[int, set[str]]]] = {}
    values = [known[key].astype(int).tolist() for key in keys]
    statuses = known["status"].astype(object).where(known["status"].notna(), "").tolist()
    for agency, year, list_year, item_no, status in zip(*values, statuses, strict=True):
        of_list = told.setdefault((agency, year), {}).setdefault(list_year, {})
        of_list.setdefault(item_no, set()).add(status)
    found = {}
    for key, lists in told.items():
        list_year = max(lists, key=lambda year: (len(lists[year]), year))
        row = []
        for item in item_lists()[list_year]:
            one = lists[list_year].get(item.item_no, set()) - {""}
            status = "unclear" if len(one) > 1 else next(iter(one), "")
            row.append(letters.get(status, NOT_OBSERVED))
        found[key] = (list_year, "".join(row))
    return found


def _scores(comparison: pd.DataFrame) -> Columns:
    """Return the published scores, a row for each agency and year, a column for each metric."""
    keys = ["agency", "fiscal_year_be"]
    known = comparison[comparison["metric"].isin(METRICS)]
    wide = known.pivot(index=keys, columns="metric", values="value")
    wide = wide.reindex(columns=list(METRICS)).rename(columns=METRICS)
    overall = comparison[comparison["metric"] == "overall"].set_index(keys)
    wide = wide.join(overall[["level", "scheme", "value_change", "is_disputed"]]).reset_index()
    return columns(
        wide, (*keys, *METRICS.values(), "level", "scheme", "value_change", "is_disputed")
    )


def _plans(plan: pd.DataFrame) -> Columns:
    """Return a row for each agency and year below the mark: its total, and what leads over it."""
    keys = ["agency", "fiscal_year_be"]
    rows: list[dict[str, object]] = []
    for (agency, year), steps in plan.sort_values([*keys, "step"]).groupby(keys):
        passing = steps.loc[steps["is_passing"], "step"]
        last = steps.iloc[-1]
        rows.append(
            {
                "agency": int(agency),
                "fiscal_year_be": int(year),
                "pass_mark": float(last["pass_mark"]),
                "total_before": _number(last["total_before"]),
                "total_after": _number(last["total_after"]),
                "steps": int(passing.min()) if len(passing) else None,
                "basis": last["basis"],
                "items": [int(number) for number in steps["item_no"].dropna()],
            }
        )
    names = (*keys, "pass_mark", "total_before", "total_after", "steps", "basis", "items")
    return {name: [row[name] for row in rows] for name in names}


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))  # type: ignore[call-overload]


def _changes(compared: pd.DataFrame) -> Columns:
    """Return how many items of each agency changed how between two years."""
    keys = ["agency", "from_year_be", "to_year_be", "change"]
    counts = compared.groupby(keys, dropna=False).size().reset_index(name="items")
    return columns(counts, (*keys, "items"))


def _quality(records: Frames) -> dict[str, object]:
    """Return what was read and what waits, counted, and the reports that failed."""
    documents = records["documents"]
    failed = documents[documents["status"] == "failed"]
    return {
        "documents": len(documents),
        "statuses": _tally(documents["status"]),
        "review": _tally(records["review"]["kind"]),
        "issues": _tally(records["issues"]["severity"]),
        "failed": columns(failed, ("source_file", "error")),
        "unnamed": int(documents["agency_name"].isna().sum()),
        "undated": int(documents["fiscal_year_be"].isna().sum()),
    }


def _tally(column: pd.Series) -> dict[str, int]:
    return {str(value): int(n) for value, n in column.value_counts().sort_index().items()}
