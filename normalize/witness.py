"""Scores that were read from a picture: those that the rest of the report speaks against.

An instrument's score is the mean of its indicators and the total is the weighted mean of the
instruments (``grades.py``). Where such a sum comes out, its parts and its result prove each other;
where it does not, one of them was misread, unless another sum has proved it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from normalize.grades import TOLERANCE, instrument_score, overall_score
from normalize.reference import INSTRUMENTS, indicators

_WHOLE = re.compile(r"[0-9]+")


def halved(values: Sequence[str]) -> set[int]:
    """Return which of the printed scores of a table may be half of a number.

    Those of one table have as many decimals each. A whole one among as many or more that have some
    may have lost its beginning or its end, as under a stamp; not so 0 and 100, whose decimals are
    zeros.
    """
    whole = {n for n, value in enumerate(values) if _WHOLE.fullmatch(value)}
    if len(values) < 2 * len(whole):
        return set()
    return {n for n in whole if float(values[n]) not in (0, 100)}


def contradicted(fiscal_year_be: int | None, values: Mapping[str, float]) -> set[str]:
    """Return the metrics of a year whose values do not add up, unless another sum proves them.

    ``values`` are the printed ones (0-100) by metric.
    """
    proved: set[str] = set()
    doubtful: set[str] = set()
    for members, expected in _sums(fiscal_year_be, values):
        is_right = abs(values[members[0]] - expected) <= TOLERANCE
        (proved if is_right else doubtful).update(members)
    return doubtful - proved


def _sums(fiscal_year_be: int | None, values: Mapping[str, float]) -> list[tuple[list[str], float]]:
    """Return each sum that is printed whole: its metrics, the result first, and what it gives."""
    by_indicator = {i.indicator_no: f"indicator:{i.indicator_no}" for i in indicators()}
    known = {number: values[name] for number, name in by_indicator.items() if name in values}
    found: list[tuple[list[str], float]] = []
    for instrument in INSTRUMENTS:
        total, mean = f"instrument:{instrument}", instrument_score(instrument, known)
        if total in values and mean is not None:
            own = [by_indicator[i.indicator_no] for i in indicators() if i.instrument == instrument]
            found.append(([total, *own], mean))
    totals = {i: f"instrument:{i}" for i in INSTRUMENTS if f"instrument:{i}" in values}
    overall = overall_score(fiscal_year_be or 0, {i: values[name] for i, name in totals.items()})
    if "overall" in values and overall is not None:
        found.append((["overall", *totals.values()], overall))
    return found
