"""Commas that were read as points: between groups of three digits, with decimals behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.scan.engine import Cluster
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from extract.unsure import guessed

_DIGIT = f"[{ARABIC_DIGITS}{THAI_DIGITS}]"
# An amount. Two points are in no number, and dates and numbers of sections have no such groups.
_AMOUNT = re.compile(
    rf"(?<![.,\w]){_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{3}})+(?=[.]{_DIGIT}{{2}}(?![.,\w]))"
)


def with_commas(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters of a line with commas in its amounts; in small type they look alike."""
    made = list(clusters)
    signs = "".join(one[0] if len(one := guessed(c.text)) == 1 else "_" for c in clusters)
    for amount in _AMOUNT.finditer(signs):
        for n in range(*amount.span()):
            if signs[n] == ".":
                made[n] = made[n]._replace(text=",")
    return made
