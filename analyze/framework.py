"""What each score of a fiscal year is made of: its parts and their shares, from items to total."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from normalize.catalogue import catalogue
from normalize.reference import (
    INSTRUMENTS,
    bands,
    indicator_name,
    indicators,
    item_lists,
    questions,
    sub_indicators,
    weights,
)


@cache
def parts(fiscal_year_be: int) -> dict[str, dict[str, float]]:
    """Return each metric of a year that has parts, with the share (0 to 1) of each; finest first.

    The shares of a metric sum to 1. A sub-indicator is the mean of its items, indicators 9 and 10
    of their sub-indicators, an instrument of its indicators, and the total weighs the instruments.
    Source: the ITA framework, as far as the lists of the year are known (normalize/data).
    """
    found: dict[str, dict[str, float]] = {}
    items = item_lists().get(fiscal_year_be, ())
    numbers = sub_indicators().get(fiscal_year_be, {})
    for number in numbers:
        own = [f"item:{item.item_no}" for item in items if item.sub_indicator_no == number]
        found[f"sub_indicator:{number}"] = _even(own)
    for indicator in indicators():
        prefix = f"{indicator.indicator_no}."
        own = [f"sub_indicator:{number}" for number in numbers if number.startswith(prefix)]
        found[f"indicator:{indicator.indicator_no}"] = _even(own)
    for instrument in INSTRUMENTS:
        own = [f"indicator:{i.indicator_no}" for i in indicators() if i.instrument == instrument]
        found[f"instrument:{instrument}"] = _even(own)
    shares = weights().get(fiscal_year_be, {})
    if all(instrument in shares for instrument in INSTRUMENTS):
        found["overall"] = {f"instrument:{i}": shares[i] / 100 for i in INSTRUMENTS}
    return {metric: shares for metric, shares in found.items() if shares}


def _even(names: Iterable[str]) -> dict[str, float]:
    names = list(names)
    return {name: 1 / len(names) for name in names}


@cache
def item_shares(fiscal_year_be: int, metric: str) -> dict[int, float]:
    """Return by item number the share (0 to 1) that each item of a year has in a metric."""
    found: dict[int, float] = {}
    for part, share in parts(fiscal_year_be).get(metric, {}).items():
        kind, _, name = part.partition(":")
        below = {int(name): 1.0} if kind == "item" else item_shares(fiscal_year_be, part)
        for item_no, its in below.items():
            found[item_no] = found.get(item_no, 0.0) + share * its
    return found


@cache
def pass_mark(fiscal_year_be: int) -> float | None:
    """Return the lowest overall score (0-100) that passes in a year, None where it is not known."""
    return min((b.min_score for b in bands().get(fiscal_year_be, ()) if b.is_pass), default=None)


@cache
def metric_name(metric: str, fiscal_year_be: int) -> str | None:
    """Return the Thai name of a metric in a year, None where the lists have none.

    Of most survey questions the topic is not known.
    """
    kind, _, name = metric.partition(":")
    if kind in ("overall", "instrument"):
        totals = catalogue().enum("rank_metric")
        return next((total.title_th for total in totals if total.value == metric), None)
    if kind == "indicator":
        return indicator_name(int(name), fiscal_year_be)
    if kind == "sub_indicator":
        return sub_indicators().get(fiscal_year_be, {}).get(name)
    if kind == "item":
        named = (i.name for i in item_lists().get(fiscal_year_be, ()) if i.item_no == int(name))
        return next(named, None)
    if kind == "question":
        instrument, _, number = name.partition(":")
        question = questions().get((fiscal_year_be, instrument, int(number)))
        return question.topic or None if question else None
    return None


@cache
def metric_before(metric: str, fiscal_year_be: int) -> str | None:
    """Return the metric of the year before that scored the same thing, None where none did.

    Totals, instruments and indicators keep their numbers; a sub-indicator or a survey question is
    the same where its name is, and an item where its concept is.
    """
    kind, _, name = metric.partition(":")
    if kind in ("overall", "instrument", "indicator"):
        return metric
    if kind == "item":
        lists = [item_lists().get(year, ()) for year in (fiscal_year_be, fiscal_year_be - 1)]
        concept = next((i.concept_id for i in lists[0] if i.item_no == int(name)), None)
        before = (f"item:{i.item_no}" for i in lists[1] if i.concept_id == concept)
        return next(before, None)
    named = metric_name(metric, fiscal_year_be)
    return metric if named and named == metric_name(metric, fiscal_year_be - 1) else None
