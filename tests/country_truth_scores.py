"""The comparisons of scores and measures again, in plain Python: loops over dictionaries.

Nothing here calls or copies ``analyze``; the definitions are those of docs/methods.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from statistics import fmean, median
from typing import Any

from country_truth import KNOWN, Row, agency_of, observed, of_peers, status_of

from normalize.grades import level_of
from normalize.reference import INSTRUMENTS, indicators, item_lists, weights

Key = tuple[Any, int]
TOTALS = ("overall", *(f"instrument:{name}" for name in INSTRUMENTS))


def told(scores: Iterable[Row]) -> dict[Key, dict[str, list[Row]]]:
    """Return the rows of scores by agency and year scored, then by metric."""
    found: dict[Key, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in scores:
        if row["agency_name"] and row["fiscal_year_be"]:
            found[agency_of(row), row["fiscal_year_be"]][row["metric"]].append(row)
    return found


def one_value(rows: Iterable[Row], name: str = "value") -> Any:
    """Return what all rows that say something agree on, None where they differ."""
    values = {row[name] for row in rows} - {None}
    return values.pop() if len(values) == 1 else None


def computed(year: int, by_metric: dict[str, list[Row]]) -> dict[str, float]:
    """Return the instruments and the total that follow from what is published below them."""
    values = {metric: one_value(rows) for metric, rows in by_metric.items()}
    found: dict[str, float] = {}
    for number in (9, 10):
        names = sorted({i.sub_indicator_no for i in item_lists()[year] if i.indicator_no == number})
        subs = [values.get(f"sub_indicator:{name}") for name in names]
        if all(value is not None for value in subs):
            found[f"indicator:{number}"] = fmean(subs)
    for instrument in INSTRUMENTS:
        own = [f"indicator:{i.indicator_no}" for i in indicators() if i.instrument == instrument]
        parts = [found.get(m) if values.get(m) is None else values[m] for m in own]
        if all(value is not None for value in parts):
            found[f"instrument:{instrument}"] = fmean(parts)
    own = [f"instrument:{name}" for name in INSTRUMENTS]
    parts = [found.get(m) if values.get(m) is None else values[m] for m in own]
    if all(value is not None for value in parts):
        shares = [weights()[year][name] for name in INSTRUMENTS]
        found["overall"] = sum(s * v for s, v in zip(shares, parts, strict=True)) / 100
    return found


def medians(scores: Iterable[Row], metric: str) -> dict[Key, dict[str, tuple[float, int]]]:
    """Return the median of each group of peers and how many it rests on, by agency and year."""
    values = {
        key: one_value(by_metric[metric])
        for key, by_metric in told(scores).items()
        if metric in by_metric and one_value(by_metric[metric]) is not None
    }
    found: dict[Key, dict[str, tuple[float, int]]] = defaultdict(dict)
    for agency, year in values:
        for group, among in of_peers(values, agency, year).items():
            found[agency, year][group] = (median(among), len(among))
    return found


def contradictions(items: Iterable[Row], scores: Iterable[Row]) -> dict[str, set[tuple[Any, ...]]]:
    """Return by kind the agency, year and subject of statements that contradict each other."""
    found: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    by_key = told(scores)
    for key, by_item in observed(items).items():
        for (list_year, number), rows in by_item.items():
            concept = rows[0]["concept_id"]
            claims = {row["status"] for row in rows} & set(KNOWN)
            if len(claims) > 1:
                found["statuses_differ"].add((*key, concept))
            against = [(row["status"], row["score"]) for row in rows]
            if list_year == key[1] and len(claims) == 1:
                points = one_value(by_key[key][f"item:{number}"]) if key in by_key else None
                against.append((*claims, points))
            for status, points in against:
                if points is None or status not in KNOWN:
                    continue
                if (status == "complete") != (points == 100):
                    found["claim_against_score"].add((*key, concept))
    for key, by_item in observed(items).items():
        if key in by_key and {list_year for list_year, _ in by_item} == {key[1]}:
            statuses = {number: status_of(rows) for (_, number), rows in by_item.items()}
            for metric in denied(key[1], statuses, by_key[key]):
                found["claim_against_score"].add((*key, metric))
    for key, by_metric in by_key.items():
        for metric, rows in by_metric.items():
            for one, other in combinations(rows, 2):
                if one["value"] != other["value"] and None not in (one["value"], other["value"]):
                    found["scores_differ"].add((*key, metric))
        for metric, expected in (parts := computed(key[1], by_metric)).items():
            value = one_value(by_metric[metric]) if metric in by_metric else None
            if value is not None and abs(value - expected) > 0.01:
                found["computed_differs"].add((*key, metric))
        levels = {row["level"] for m in ("overall", "level") for row in by_metric[m]} - {None}
        if len(levels) > 1:
            found["levels_differ"].add(key)
        totals = {m: one_value(by_metric[m]) for m in TOTALS if m in by_metric}
        totals = {m: parts.get(m) if totals.get(m) is None else totals[m] for m in TOTALS}
        by_instrument = {n: v for n in INSTRUMENTS if (v := totals[f"instrument:{n}"]) is not None}
        if len(levels) == 1 and totals["overall"] is not None:
            expected_level = level_of(key[1], totals["overall"], by_instrument)
            if expected_level and {expected_level} != levels:
                found["computed_differs"].add((*key, "level"))
    return found


def denied(
    year: int, statuses: dict[int, str | None], by_metric: dict[str, list[Row]]
) -> Iterable[str]:
    """Yield the published scores of disclosure that the claims of items do not allow.

    Of the scores of which no part is published, as those are finer.
    """
    items = [item for item in item_lists()[year] if item.sub_indicator_no]
    subs = sorted({item.sub_indicator_no for item in items})
    tree = {f"sub_indicator:{sub}": [] for sub in subs}
    tree |= {f"indicator:{n}": [f"sub_indicator:{s}" for s in subs if s.split(".")[0] == str(n)]
             for n in (9, 10)}  # fmt: skip
    tree["instrument:OIT"] = ["indicator:9", "indicator:10"]
    values = {m: one_value(by_metric[m]) if m in by_metric else None for m in tree}
    for metric, parts in tree.items():
        if values[metric] is None or any(values[part] is not None for part in parts):
            continue
        number = metric.split(":")[1]
        low, high = Fraction(0), Fraction(100)
        for item in items:
            alike = sum(i.sub_indicator_no == item.sub_indicator_no for i in items)
            of_indicator = {
                i.sub_indicator_no for i in items if i.indicator_no == item.indicator_no
            }
            worth = {
                item.sub_indicator_no: Fraction(100, alike),
                str(item.indicator_no): Fraction(100, alike * len(of_indicator)),
                "OIT": Fraction(100, 2 * alike * len(of_indicator)),
            }.get(number, Fraction(0))
            status = statuses.get(item.item_no)
            low += worth if status == "complete" else 0
            high -= worth if status in KNOWN[1:] else 0
        if not low - Fraction(1, 2) <= values[metric] <= high + Fraction(1, 2):
            yield metric


def alignment(measures: Iterable[Row], scores: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    """Return by agency, year and indicator: its score, rank from the lowest, and the measures."""
    planned: dict[Key, list[Row]] = defaultdict(list)
    for row in measures:
        if row["agency_name"] and row["fiscal_year_be"]:
            planned[agency_of(row), row["fiscal_year_be"]].append(row)
    by_key = told(scores)
    found = {}
    for (agency, year), own in planned.items():
        by_metric = by_key.get((agency, year - 1), {})
        values = {
            int(metric.split(":")[1]): one_value(rows)
            for metric, rows in by_metric.items()
            if metric.startswith("indicator:") and one_value(rows) is not None
        }
        for number, value in values.items():
            ids = [row["observation_id"] for row in own if row["indicator_no"] == number]
            found[agency, year, number] = {
                "score": value,
                "rank_from_lowest": 1 + sum(other < value for other in values.values()),
                "scored_indicators": len(values),
                "measure_ids": set(ids),
                "measures_without_indicator": sum(row["indicator_no"] is None for row in own),
            }
            unsure = not ids and found[agency, year, number]["measures_without_indicator"]
            found[agency, year, number]["is_addressed"] = None if unsure else bool(ids)
    return found


def item_shares(year: int) -> dict[int, Fraction]:
    """Return what each item of a year's list adds to the OIT score, in points, exactly."""
    items = item_lists()[year]
    found = {}
    for item in items:
        alike = [i for i in items if i.sub_indicator_no == item.sub_indicator_no]
        subs = {i.sub_indicator_no for i in items if i.indicator_no == item.indicator_no}
        found[item.item_no] = Fraction(100, 2 * len(subs) * len(alike))
    return found


def fewest_items(year: int, item_numbers: Iterable[int], needed: Fraction) -> int | None:
    """Return the smallest number of these items that adds so many points to the total, by trying.

    None where all of them do not suffice. No order of gains is supposed: for each number, the best
    choice has the largest gains, which are tried together.
    """
    share = Fraction(int(weights()[year]["OIT"]), 100)
    gains = sorted((item_shares(year)[number] * share for number in item_numbers), reverse=True)
    return next((n for n in range(len(gains) + 1) if sum(gains[:n]) >= needed), None)
