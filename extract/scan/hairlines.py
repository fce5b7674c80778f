"""Hairlines that a scan of two tones has worn to dots: which of them are rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.dotted import DOT, TURNED, Hairline, dotted
from extract.scan.engine import Grey
from extract.scan.strokes import TOUCH, Piece, is_inside

# Share of a row of dots that a rule lies along, so that they are one.
MOSTLY = 0.8
# Points: two tables beside or below each other are no further apart; and the share of a hairline's
# dots that it has between them if it goes on from one to the other.
BETWEEN, LEFT = 61.0, 0.25
# Points: what is left of a hairline has no other ink so near beside it; letters and their marks do.
# A hairline may run beside text, so such a share of its dots may have some: of 54 hairlines in
# nine development sets at most 0.18 had, and of 18 columns of letters (as IIT) 0.52 or more. A
# row with the last share of ink is a rule that only its gaps have hidden.
ALONE, BESIDE, SOLID = 4.0, 0.4, 0.7


def hairlines(
    level: list[Piece],
    upright: list[Piece],
    darkness: Grey,
    point: float,
    skew: float,
) -> tuple[list[Piece], list[Piece]]:
    """Return level and upright hairlines that only dots are left of.

    They are sure, or two rules lie across them.

    ``darkness`` is the page with light ink, ``point`` a point in pixels, and ``skew`` by how many
    degrees the page lay askew.
    """
    size, side = darkness.shape, np.ascontiguousarray(darkness.T)
    rows, columns = dotted(darkness, point, skew), dotted(side, point, skew)
    across = list(_unknown(rows, level, [*upright, *columns], size[0], point))
    across = [one for one in across if _is_alone(one, darkness, point)]
    down = list(_unknown(columns, upright, [*level, *rows], size[1], point))
    down = [one for one in down if _is_alone(one, side, point)]
    for _ in range(3):  # what is left out supports no other
        across = [one for one in across if _is_held(one, [*upright, *down], point)]
        down = [one for one in down if _is_held(one, [*level, *across], point)]
    return (
        [_ended(one, [*upright, *down], point) for one in across],
        [_ended(one, [*level, *across], point) for one in down],
    )


def erase_strokes(page: Grey, darkness: Grey, upright: Sequence[Piece], point: float) -> None:
    """Paint over, in place, what is left of upright rules and would be read as letters.

    These are strokes as thin as a hairline that stand alone and in line with another, or with one
    of the ``upright`` rules.
    """
    ink = (darkness >= DOT).astype(np.uint8)
    reach = round(ALONE * point)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    alone = []
    for n in np.flatnonzero((width <= TURNED) & (height >= 2 * width)).tolist():
        x, y, wide, high, _ = stats[n].tolist()
        rows = slice(max(0, y - reach), y + high + reach)
        left = ink[rows, max(0, x - reach) : max(0, x - 1)]
        right = ink[rows, x + wide + 1 : x + wide + reach]
        if not left.any() and not right.any():
            alone.append((x, y, wide, high))
    for n, (x, y, wide, high) in enumerate(alone):
        others = [x for x, *_ in alone[:n] + alone[n + 1 :]] + [one.at for one in upright]
        if any(abs(other - x) <= wide for other in others):
            page[y : y + high, x : x + wide] = 255


class _Gap(NamedTuple):
    """A gap between rules of one row; the rules that end it go from ``first`` to ``last``."""

    start: int
    end: int
    first: int
    last: int


def _unknown(
    found: Sequence[Hairline],
    known: Sequence[Piece],
    across: Sequence[Piece | Hairline],
    size: int,
    point: float,
) -> Iterator[Hairline]:
    """Yield the rows of dots inside the page that lie along no one rule which is known."""
    gaps = sorted(_gaps(known, across, point))
    for one in found:
        if is_inside(one.at, size, point):
            beside = [gap for gap in gaps if gap.first <= one.at <= gap.last]
            for part in _parted(one, beside, point):
                if _along(part, known, point) <= MOSTLY * (part.last - part.first):
                    yield part


def _is_alone(line: Hairline, darkness: Grey, point: float) -> bool:
    """Say whether hardly any dots of a row have other ink beside them, but for rules across it."""
    ink = np.asarray(darkness[:, line.first : line.last] >= DOT, np.bool_)
    at, reach = line.at, round(ALONE * point)
    dots = ink[max(0, at - 1) : at + 2].any(axis=0)
    above, below = ink[max(0, at - reach) : max(0, at - 2)], ink[at + 3 : at + reach]
    dots &= ~(above.all(axis=0) | below.all(axis=0))
    if dots.mean() >= SOLID:
        return True
    beside = above.any(axis=0) | below.any(axis=0)
    return bool((beside & dots).sum() <= BESIDE * dots.sum())


def _gaps(
    known: Sequence[Piece], across: Sequence[Piece | Hairline], point: float
) -> Iterator[_Gap]:
    """Yield gaps between rules of one row that end at rules across them: there one table ends."""
    touch = TOUCH * point
    for one, other in permutations(known, 2):
        start, end = one.end, other.start
        if abs(one.at - other.at) > touch or not 2 * touch < end - start <= BETWEEN * point:
            continue
        before, after = (
            [
                rule
                for rule in across
                if abs(rule.at - at) <= touch and rule.start - touch <= one.at <= rule.end + touch
            ]
            for at in (start, end)
        )
        if before and after:
            sides = [*before, *after]
            first, last = min(rule.start for rule in sides), max(rule.end for rule in sides)
            yield _Gap(start, end, first, last)


def _parted(line: Hairline, gaps: Sequence[_Gap], point: float) -> Iterator[Hairline]:
    """Cut a hairline at gaps in which it has hardly any dots."""
    touch = TOUCH * point
    for start, end, _, _ in gaps:
        if line.last <= start + touch:
            line = line._replace(end=min(line.end, start))
        if line.first >= end - touch:
            line = line._replace(start=max(line.start, end))
        if not line.first < start < end < line.last:
            continue
        own, whole = (
            line.dots[round(left / point) : round(right / point)]
            for left, right in ((start + touch, end - touch), (line.first, line.last))
        )
        if not own.any() or own.mean() < LEFT * whole.mean():
            yield line._replace(last=start, end=start)
            line = line._replace(first=end, start=end)
    yield line


def _along(line: Hairline, known: Sequence[Piece], point: float) -> int:
    """Return how many pixels of a hairline one rule lies along at most.

    Parts of one rule, which is cut at cells that it does not lie in, are at the same place.
    """
    lengths: Counter[float] = Counter()
    for one in known:
        if abs(one.at - line.at) <= TOUCH * point:
            lengths[one.at] += max(0, min(line.last, one.end) - max(line.first, one.start))
    return max(lengths.values(), default=0)


def _is_held(line: Hairline, across: Sequence[Piece | Hairline], point: float) -> bool:
    return line.is_sure or len(_crossings(line, across, point)) >= 2


def _crossings(line: Hairline, across: Sequence[Piece | Hairline], point: float) -> list[float]:
    """Return where rules across a hairline cross it, or end at it."""
    touch = TOUCH * point
    return [
        one.at
        for one in across
        if one.start - touch <= line.at <= one.end + touch
        and line.start - touch <= one.at <= line.end + touch
    ]


def _ended(line: Hairline, across: Sequence[Piece | Hairline], point: float) -> Piece:
    """Make a rule of a hairline that goes on beyond its dots to rules across it only."""
    found = _crossings(line, across, point)
    start, end = round(min([*found, line.first])), round(max([*found, line.last]))
    return Piece(line.at + 0.5, start, end, line.at - 1, line.at + 2, is_even=True)
