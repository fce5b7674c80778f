"""What all views but an agency's own need: agencies, statuses, ranks, scores and counts by year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analyze.dashboard.columns import Columns, agency_keys, columns
from analyze.frames import AGENCY, plain
from analyze.score_table import METRICS
from analyze.words import marks
from normalize.catalogue import catalogue
from normalize.reference import item_lists

Frames = Mapping[str, pd.DataFrame]

COMPARISONS = (
    *("completeness", "rank_agencies", "coverage", "score_comparison", "pass_plan"),
    "compare_years",
)
"""The tables of the analysis that the views rest on."""

NOT_OBSERVED = "."
"""Stands in a row of statuses for an item of the list that no report of the agency tells of."""

_COUNTS = (
    *("items_in_list", "observed", "complete", "partial", "missing", "in_progress", "not_started"),
    *("not_reported", "unclear", "completeness", "weighted_completeness", "n_documents"),
)
_RANK = ("rank", "peers", "tied", "quartile")
_REPORTS = (
    *("reports", "oit_checklist", "measures", "score_analysis", "mixed", "unknown", "failed"),
    "is_published",
)


def all_agencies(tables: Frames, records: Frames) -> pd.DataFrame:
    """Return every agency that a table names, once each, by name, with its ``key``."""
    sources = [tables["coverage"], tables["completeness"], tables["score_comparison"]]
    sources += [records["measures"], records["documents"]]
    named = [plain(source[AGENCY].drop_duplicates()) for source in sources]
    found = pd.concat(named, ignore_index=True)
    found = found[found["agency_name"].notna()].copy()
    found["key"] = agency_keys(found)
    found = found.drop_duplicates("key")
    return found.sort_values(["province", "agency_name", "key"], ignore_index=True)


def overview(
    tables: Frames, records: Frames, seen: pd.DataFrame, agencies: pd.DataFrame
) -> dict[str, object]:
    """Return the common data of the page as plain columns; years are be, agencies positions.

    ``seen`` is what :func:`analyze.observed.observed` settles of items.
    """
    position = pd.Series(agencies.index, index=agencies["key"])

    def of_agencies(frame: pd.DataFrame) -> pd.DataFrame:
        told = frame[frame["agency_name"].notna()]
        return told.assign(agency=agency_keys(told).map(position).astype(int).to_numpy())

    named = {name: of_agencies(tables[name]) for name in COMPARISONS}
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
        "completeness": _completeness(named["completeness"], of_agencies(seen)),
        "ranks": _ranks(named["rank_agencies"]),
        "coverage": columns(named["coverage"], ("agency", "fiscal_year_be", *_REPORTS)),
        "scores": _scores(named["score_comparison"]),
        "plans": _plans(named["pass_plan"]),
        "changes": _changes(named["compare_years"]),
        "quality": _quality(records),
    }


def _item_list(year: int) -> list[list[object]]:
    return [
        [item.item_no, item.name, item.concept_id, item.indicator_no, item.sub_indicator_no]
        for item in item_lists()[year]
    ]


def _completeness(counted: pd.DataFrame, seen: pd.DataFrame) -> Columns:
    """Return the counts by agency and year with the row of statuses, a letter for each item."""
    found = columns(counted, ("agency", "fiscal_year_be", *_COUNTS))
    rows = status_rows(seen)
    told = [rows.get(key) for key in zip(found["agency"], found["fiscal_year_be"], strict=True)]
    found["list_year"] = [row[0] if row else None for row in told]
    found["statuses"] = [row[1] if row else "" for row in told]
    return found


def status_rows(seen: pd.DataFrame) -> dict[tuple[int, int], tuple[int, str]]:
    """Return for each agency and year (be) the year of its item list and a letter for each item.

    ``seen`` is what :func:`analyze.observed.observed` gives, with the position of the agency. Where
    reports of a year follow several lists, the list is the one that most items stand in; items of
    another are found in it by their concept.
    """
    keys = ["agency", "fiscal_year_be"]
    rows = seen.loc[
        seen["item_list_year_be"].notna() & seen["status"].notna(),
        [*keys, "item_list_year_be", "concept_id", "status"],
    ].astype({"concept_id": "string", "status": "string", "item_list_year_be": int})
    counted = rows.groupby([*keys, "item_list_year_be"]).size().rename("items").reset_index()
    most = counted.sort_values(["items", "item_list_year_be"]).drop_duplicates(keys, keep="last")
    lists = most.set_index(keys)["item_list_year_be"].rename("list_year")
    is_merged = rows["concept_id"].str.contains("+", regex=False)
    parts = rows[is_merged].assign(concept_id=rows["concept_id"].str.split("+"))
    rows = pd.concat([rows[~is_merged], parts.explode("concept_id")]).join(lists, on=keys)
    placed = rows.merge(_places(), on=["list_year", "concept_id"])
    placed = placed.assign(is_other=placed["item_list_year_be"] != placed["list_year"])
    placed = placed.sort_values("is_other").drop_duplicates([*keys, "place"])
    widest = max(map(len, item_lists().values()))
    letters = np.full((len(lists), widest), NOT_OBSERVED)
    told = placed["status"].map({mark.status: mark.letter for mark in marks()})
    places = lists.index.get_indexer(pd.MultiIndex.from_frame(placed[keys]))
    letters[places, placed["place"]] = told
    return {
        (int(agency), int(year)): (list_year, "".join(row[: len(item_lists()[list_year])]))
        for (agency, year), list_year, row in zip(lists.index, lists, letters, strict=True)
    }


def _places() -> pd.DataFrame:
    """Return where each concept stands in the item list of each year; a merged item has several."""
    places = [
        (year, concept, place)
        for year, items in item_lists().items()
        for place, item in enumerate(items)
        for concept in item.concepts
    ]
    frame = pd.DataFrame(places, columns=["list_year", "concept_id", "place"])
    return frame.astype({"concept_id": "string"})


def _ranks(ranked: pd.DataFrame) -> Columns:
    """Return a row for each agency and year, and in it the rank by each metric in each group.

    The columns are named by what they hold: "completeness|province|rank".
    """
    keys = ["agency", "fiscal_year_be"]
    wide = ranked.pivot(index=keys, columns=["metric", "peer_group"], values=list(_RANK))
    named = {column: f"{column[1]}|{column[2]}|{column[0]}" for column in wide.columns}
    wide.columns = pd.Index(named.values())
    return columns(wide.reset_index(), (*keys, *named.values()))


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
    """Return a row for each agency and year below the mark: its total, and what leads over it.

    ``items`` is empty where no open item is known, ``steps`` where all of them do not suffice.
    """
    keys = ["agency", "fiscal_year_be"]
    steps = plan.sort_values([*keys, "step"])
    rows = steps.groupby(keys).agg(
        pass_mark=("pass_mark", "first"),
        total_before=("total_before", "first"),
        total_after=("total_after", "last"),
        basis=("basis", "first"),
    )
    known = steps[steps["item_no"].notna()].astype({"item_no": object})
    items = known.groupby(keys)["item_no"].agg(list).rename("items")
    passing = steps[steps["is_passing"]].groupby(keys)["step"].min().rename("steps")
    names = (*keys, "pass_mark", "total_before", "total_after", "steps", "basis", "items")
    return columns(rows.join([passing, items]).reset_index(), names)


def _changes(compared: pd.DataFrame) -> Columns:
    """Return how many items of each agency changed how between two years, a column for each how."""
    keys = ["agency", "from_year_be", "to_year_be"]
    changes = [value.value for value in catalogue().enum("year_change")]
    counts = compared.groupby([*keys, "change"]).size().unstack("change", fill_value=0)
    counts = counts.reindex(columns=changes, fill_value=0).reset_index()
    return columns(counts, (*keys, *changes))


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
