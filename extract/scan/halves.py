"""Numbers that may go on under other ink, as that of a stamp: half a number is another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.document import HIDDEN
from extract.scan.digits import DIGITS, INSIDE
from extract.scan.engine import Cluster
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from extract.unsure import doubted, guessed

# In em: other ink so near to a number may hide a digit of it; a circle that touches it is one (a 6
# was read so).
HIDING, CIRCLE = 0.4, "\u25cb"
# Behind two decimals nothing follows where so many numbers of the page have two, and none has more.
MIN_DECIMALS = 3
_DIGIT = f"[{ARABIC_DIGITS}{THAI_DIGITS}]"
_DECIMALS = re.compile(rf"[.]({_DIGIT}+)$")

Spans = Sequence[tuple[int, int]]


class Covers(NamedTuple):
    """The other ink at a line: what ``blots`` it and what is ``touched``, as a line of text has it.

    ``em`` is its type size in pixels.
    """

    blots: Spans
    touched: Spans
    em: float


def with_doubts_beside(
    lines: Sequence[Sequence[Cluster]], covers: Sequence[Covers]
) -> list[list[Cluster]]:
    """Return the lines of a page, unsure beside other ink.

    Digits are those of numbers that go on, for all we see, under it or in a circle, and letters may
    be part of what they touch.
    """
    decimals = [
        len(found[1])
        for line in lines
        for start, end in _numbers(line)
        if (found := _DECIMALS.search(_text(line[start:end])))
    ]
    has_two = decimals.count(2) >= MIN_DECIMALS and max(decimals) == 2
    return [
        _touched(_without_halves(line, cover, has_two=has_two), cover)
        for line, cover in zip(lines, covers, strict=True)
    ]


def _numbers(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of a line begin and end."""
    start = 0
    for n, cluster in enumerate([*clusters, Cluster(" ", 0.0, 0.0, 1.0)]):
        text = guessed(cluster.text)
        if text in DIGITS or text in INSIDE:
            continue
        if n > start:
            yield start, n
        start = n + 1


def _text(number: Sequence[Cluster]) -> str:
    return "".join(guessed(one.text) for one in number)


def _without_halves(clusters: Sequence[Cluster], cover: Covers, *, has_two: bool) -> list[Cluster]:
    made = list(clusters)
    near = HIDING * cover.em
    for start, end in _numbers(clusters):
        number = clusters[start:end]
        decimals = _DECIMALS.search(_text(number))
        after = 0.0 if has_two and decimals and len(decimals[1]) == 2 else near
        beside = (one.text for one in (*clusters[max(0, start - 1) : start], *clusters[end:][:1]))
        if CIRCLE in beside or _meets(cover.blots, number[0].x0 - near, number[-1].x1 + after):
            made[start:end] = [one._replace(text=doubted(one.text)) for one in number]
    return made


def _touched(clusters: Sequence[Cluster], cover: Covers) -> list[Cluster]:
    near = HIDING * cover.em
    return [
        cluster._replace(confidence=min(cluster.confidence, HIDDEN))
        if _meets(cover.touched, cluster.x0 - near, cluster.x1 + near)
        else cluster
        for cluster in clusters
    ]


def _meets(spans: Spans, left: float, right: float) -> bool:
    return any(start < right and end > left for start, end in spans)
