"""Commas that were read as points, between groups of three digits.

With decimals behind them they are mended. A lone group may be decimals itself: beside amounts with
a comma there it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.scan.engine import Cluster
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from extract.unsure import doubted, guessed

_DIGIT = f"[{ARABIC_DIGITS}{THAI_DIGITS}]"
# An amount. Two points are in no number, and dates and numbers of sections have no such groups.
_AMOUNT = re.compile(
    rf"(?<![.,\w]){_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{3}})+(?=[.]{_DIGIT}{{2}}(?![.,\w]))"
)
# Whole amounts of thousands, and a number that is one if its point is a comma.
_THOUSANDS = re.compile(rf"(?<![.,\w]){_DIGIT}{{1,3}},{_DIGIT}{{3}}(?![.,\w])")
_THOUSANDTHS = re.compile(rf"(?<![.,\w]){_DIGIT}{{1,3}}[.]{_DIGIT}{{3}}(?![.,\w])")


def with_commas(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters of a line with commas in its amounts; in small type they look alike."""
    made = list(clusters)
    signs = _signs(clusters)
    for amount in _AMOUNT.finditer(signs):
        for n in range(*amount.span()):
            if signs[n] == ".":
                made[n] = made[n]._replace(text=",")
    return made


def with_doubts(lines: Sequence[list[Cluster]]) -> list[list[Cluster]]:
    """Return the lines of a page with numbers in doubt whose point may be a comma.

    They have three decimals where other numbers of the page have a comma before three digits.
    """
    signs = [_signs(line) for line in lines]
    if not any(_THOUSANDS.search(one) for one in signs):
        return list(lines)
    made = []
    for line, one in zip(lines, signs, strict=True):
        unsure = {n for number in _THOUSANDTHS.finditer(one) for n in range(*number.span())}
        made.append(
            [c._replace(text=doubted(c.text)) if n in unsure else c for n, c in enumerate(line)]
        )
    return made


def _signs(clusters: Sequence[Cluster]) -> str:
    """Return a character for each cluster, an underscore for one of several characters."""
    return "".join(one if len(one := guessed(c.text)) == 1 else "_" for c in clusters)
