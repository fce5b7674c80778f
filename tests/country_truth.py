"""The comparisons of items and agencies again, in plain Python: loops over dictionaries.

Nothing here calls or copies ``analyze``; the definitions are those of docs/methods.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from statistics import fmean
from typing import Any

import pandas as pd

from normalize.datafiles import read_rows
from normalize.reference import item_lists

Row = dict[str, Any]
AGENCY = ("agency_code", "agency_name", "agency_type", "district", "province")
KNOWN = ("complete", "partial", "missing", "in_progress", "not_started")
PEERS = {"country": None, "type": "agency_type", "province": "province"}


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as dictionaries; None is not known."""
    columns = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in frame}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def agency_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what says which agency a row is of."""
    return tuple(row[name] for name in AGENCY)


def observed(items: Iterable[Row]) -> dict[tuple[Any, int], dict[tuple[int, int], list[Row]]]:
    """Return the rows that count, by agency and year, then by list year and item number."""
    found: dict[Any, dict[Any, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in items:
        if row["match_status"] == "accepted" and row["agency_name"] and row["fiscal_year_be"]:
            key = (agency_of(row), row["fiscal_year_be"])
            found[key][row["item_list_year_be"], row["item_no"]].append(row)
    return found


def status_of(rows: Iterable[Row]) -> str | None:
    """Return the status that all observations of an item have; unclear where they differ.

    A blank cell says nothing, and so contradicts nothing.
    """
    told = {row["status"] for row in rows} - {None}
    says = told - {"not_reported"} or told
    return "unclear" if len(says) > 1 else says.pop() if says else None


@cache
def list_size(year: int) -> int:
    """Return how many items a year has; of 2569, three names are not known."""
    told = {row["fiscal_year_be"]: row["item_count"] for row in read_rows("instruments.csv")
            if row["instrument"] == "OIT"}  # fmt: skip
    return int(told[str(year)])


def completeness(items: Iterable[Row]) -> list[Row]:
    """Count the items of each agency and year."""
    made = []
    for (agency, year), by_item in observed(items).items():
        statuses = {key: status_of(rows) for key, rows in by_item.items()}
        counts = dict.fromkeys((*KNOWN, "not_reported", "unclear"), 0)
        for status in statuses.values():
            if status:
                counts[status] += 1
        known = sum(counts[status] for status in KNOWN)
        parts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for (list_year, number), status in statuses.items():
            item = next(i for i in item_lists()[list_year] if i.item_no == number)
            if status in KNOWN and item.sub_indicator_no:
                parts[item.sub_indicator_no.split(".")[0]][item.sub_indicator_no].append(
                    status == "complete"
                )
        weighted = [fmean(fmean(one) for one in subs.values()) for subs in parts.values()]
        lists = {list_year for list_year, _ in statuses}
        documents = {row["document_id"] for rows in by_item.values() for row in rows}
        made.append(
            dict(zip(AGENCY, agency, strict=True))
            | {
                "fiscal_year_be": year,
                "items_in_list": max(map(list_size, lists)),
                "observed": len(statuses),
                **counts,
                "completeness": counts["complete"] / known if known else None,
                "weighted_completeness": fmean(weighted) if weighted else None,
                "n_documents": len(documents),
            }
        )
    return made


def agreed(scores: Iterable[Row], metric: str) -> dict[tuple[Any, int], float]:
    """Return the value of a metric by agency and year where all reports give the same one."""
    told: dict[Any, set[float]] = defaultdict(set)
    for row in scores:
        if row["metric"] != metric or row["value"] is None:
            continue
        if row["agency_name"] and row["fiscal_year_be"]:
            told[agency_of(row), row["fiscal_year_be"]].add(row["value"])
    return {key: next(iter(values)) for key, values in told.items() if len(values) == 1}


def of_peers(
    values: Mapping[tuple[Any, int], float], agency: Any, year: int
) -> dict[str, list[float]]:
    """Return by peer group the values of a year of an agency and its peers."""
    own = dict(zip(AGENCY, agency, strict=True))
    return {
        group: [
            value
            for (other, other_year), value in values.items()
            if other_year == year
            and (not column or dict(zip(AGENCY, other, strict=True))[column] == own[column])
        ]
        for group, column in PEERS.items()
    }


def ranks(items: Iterable[Row], scores: Iterable[Row]) -> list[Row]:
    """Rank the agencies by each metric, in each year, among each group of peers."""
    values: dict[str, dict[Any, float]] = {}
    counted = completeness(items)
    for metric in ("completeness", "weighted_completeness"):
        values[metric] = {
            (agency_of(row), row["fiscal_year_be"]): row[metric]
            for row in counted
            if row[metric] is not None
        }
    scores = list(scores)
    for metric in ("overall", "instrument:IIT", "instrument:EIT", "instrument:OIT"):
        values[metric] = agreed(scores, metric)
    made = []
    for metric, by_key in values.items():
        for (agency, year), value in by_key.items():
            own = dict(zip(AGENCY, agency, strict=True))
            for group, others in of_peers(by_key, agency, year).items():
                higher = sum(round(other, 4) > round(value, 4) for other in others)
                tied = sum(round(other, 4) == round(value, 4) for other in others)
                lower = len(others) - higher - tied
                made.append(
                    own
                    | {
                        "fiscal_year_be": year,
                        "metric": metric,
                        "value": value,
                        "peer_group": group,
                        "peers": len(others),
                        "rank": higher + 1,
                        "tied": tied,
                        "percentile": 100 * (lower + (tied - 1) / 2) / (len(others) - 1)
                        if len(others) > 1
                        else None,
                    }
                )
    return made


def gaps(items: Iterable[Row]) -> dict[tuple[int, str, str | None, str], dict[str, int]]:
    """Count the agencies by status, for each year, group, peer and concept."""
    found: dict[Any, dict[str, int]] = defaultdict(
        lambda: dict.fromkeys((*KNOWN, "not_reported", "unclear"), 0)
    )
    for (agency, year), by_item in observed(items).items():
        own = dict(zip(AGENCY, agency, strict=True))
        for rows in by_item.values():
            status = status_of(rows)
            for group, column in PEERS.items():
                peer = own[column] if column else None
                counts = found[year, group, peer, rows[0]["concept_id"]]
                if status:
                    counts[status] += 1
    return found


def changes(items: Iterable[Row]) -> dict[tuple[Any, int, int, frozenset[str]], Row]:
    """Follow each concept of each agency from one year in which it reported to the next.

    Concepts that one item carries in both years are followed together, and only what a report of
    either year speaks of. What a list lacks, of which not all items are known, is unknown.
    """
    years: dict[Any, list[int]] = defaultdict(list)
    found = observed(items)
    for agency, year in sorted(found, key=lambda key: key[1]):
        years[agency].append(year)
    made: dict[Any, Row] = {}
    for agency, reported in years.items():
        for early, late in pairwise(reported):
            sides = [_by_concept(found[agency, year]) for year in (early, late)]
            lists = [next(iter(found[agency, year]))[0] for year in (early, late)]
            together: dict[Any, set[str]] = defaultdict(set)
            for concept in sides[0].keys() | sides[1].keys():
                numbers = tuple(side.get(concept) for side in sides)
                together[numbers].add(concept)
            for numbers, concepts in together.items():
                seen = [
                    found[agency, year].get((one, number))
                    for year, one, number in zip((early, late), lists, numbers, strict=True)
                ]
                if not any(seen):
                    continue
                statuses = [status_of(rows or []) for rows in seen]
                gone = [number is None for number in numbers]
                is_whole = [list_size(one) == len(item_lists()[one]) for one in lists]
                made[agency, early, late, frozenset(concepts)] = {
                    "from_item_no": numbers[0],
                    "to_item_no": numbers[1],
                    "from_status": statuses[0],
                    "to_status": statuses[1],
                    "change": _change(gone, is_whole, statuses),
                }
    return made


def _by_concept(by_item: Mapping[tuple[int, int], list[Row]]) -> dict[str, int]:
    """Return item number by concept, of the whole list that the reports follow."""
    (list_year,) = {list_year for list_year, _ in by_item}
    return {concept: item.item_no for item in item_lists()[list_year] for concept in item.concepts}


def _change(gone: list[bool], is_whole: list[bool], statuses: list[str | None]) -> str:
    """Say what became of an item; ``gone`` and ``is_whole`` are of the two years' lists."""
    if gone[0] and is_whole[0]:
        return "new_in_framework"
    if gone[1] and is_whole[1]:
        return "dropped_from_framework"
    if not all(status in KNOWN for status in statuses):
        return "unknown"
    before, after = (status == "complete" for status in statuses)
    if before and after:
        return "kept"
    if after:
        return "gained"
    return "lost" if before else "still_open"


def coverage(
    documents: Iterable[Row], agencies: Iterable[Row], whole_country: bool
) -> dict[tuple[Any, int | None], dict[str, int]]:
    """Count the reports of each agency and year, the agencies without any included."""
    kinds = ("oit_checklist", "measures", "score_analysis", "mixed", "unknown")
    documents = list(documents)
    own = [row for row in documents if row["agency_name"]]
    provinces = {row["province"] for row in own}
    years = {row["fiscal_year_be"] for row in documents} - {None}
    found = {
        (agency_of(agency), year): dict.fromkeys(("reports", *kinds, "failed"), 0)
        for agency in agencies
        if whole_country or agency["province"] in provinces
        for year in years
    }
    seen = set()
    for row in own:
        key = (agency_of(row), row["fiscal_year_be"])
        counts = found.setdefault(key, dict.fromkeys(("reports", *kinds, "failed"), 0))
        if row["document_id"] not in seen:
            seen.add(row["document_id"])
            counts["reports"] += 1
            counts[row["report_type"]] += 1
            counts["failed"] += row["status"] == "failed"
    return found
