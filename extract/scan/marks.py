"""Which marks, dots and broken letters belong to which line of consonants, and which are specks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from extract.pdf.arrays import Bools, Floats, Integers

# In heights of a line's letters: marks that touch theirs nearly, and how far they may be at all.
NEAR_MARK, FAR_ABOVE, FAR_BELOW = 0.35, 2.3, 0.8
# In heights of a line's letters: the feet of a raised mark stand at least so high above the
# baseline, the head of a lowered one at most; so near beside its letter.
LEAST_RISE, LEAST_DROP, STACK = 0.85, 0.15, 0.2
# In heights of a letter: marks of one kind differ in height by so much; so many alike teach.
LIKE, LEAST_ALIKE = 0.1, 0.3
# In heights of a line's letters: ink in its band that is smaller in both directions is a dot, which
# stands so low, and so near to the letter before it if not and if so, or else a speck.
DOT, DOT_OFF, DOT_NEAR, DOT_AWAY = 0.3, 0.3, 0.4, 0.8
# In heights of a line's letters: what is smaller in both directions is a speck within a loop of a
# letter; of a zero it makes a Thai one.
IN_LOOP = 0.25
# In heights of a line's letters: what is smaller in both directions is no mark that stands apart
# from its letter, but may be the dot of an i.
LEAST_MARK = 0.15
# In heights of a line's letters: what is larger, as a piece of a ring, is no mark of theirs.
MOST_MARK = 2.0
# In heights of a line's letters: what stands in its band is no further from its ends.
REACH = 2.25
# Numbers of no line: ink that may still be taken, and specks.
FREE, SPECKS = -1, -2


@dataclass(slots=True)
class Ink:
    """The components of ink, as arrays; ``line`` is the number of the line they belong to, or -1.

    ``number`` is that of the component in ``labels``.
    """

    labels: Any
    number: Integers
    x0: Integers
    top: Integers
    x1: Integers
    bottom: Integers
    line: Integers

    @property
    def height(self) -> Integers:
        """How many rows each component takes."""
        return self.bottom - self.top

    @property
    def width(self) -> Integers:
        """How many columns each component takes."""
        return self.x1 - self.x0

    @property
    def extent(self) -> Integers:
        """The height or width of each component, whichever is greater."""
        return np.maximum(self.height, self.width)


@dataclass(slots=True)
class Band:
    """The consonants of a line: between ``base - height`` and ``base``, in pixels."""

    x0: float
    x1: float
    base: float
    height: float
    count: int
    is_text: bool = False


def take_marks(ink: Ink, bands: list[Band], usual: float) -> None:
    """Give what stands in a line's band, or right above or below its letters, to the line."""
    if not any(band.count for band in bands):
        return
    x0, x1, base, height, count = (
        np.array([getattr(band, name) for band in bands])
        for name in ("x0", "x1", "base", "height", "count")
    )
    bands_at = x0, x1, base, height
    extent = ink.extent
    for n in np.flatnonzero(ink.line < 0).tolist():
        tall = ink.bottom[n] - ink.top[n]
        reach = REACH * height
        near = (ink.x1[n] > x0 - reach) & (ink.x0[n] < x1 + reach) & (count > 0)
        shared = np.minimum(ink.bottom[n], base + 0.15 * height) - np.maximum(
            ink.top[n], base - 1.1 * height
        )
        inside = near & (shared >= 0.6 * tall)
        is_small = extent[n] < IN_LOOP * height
        is_speck = _is_speck(ink, n, bands_at) | is_small & _is_in_loop(ink, n)
        fits = np.flatnonzero(inside & ~is_speck)
        if inside.any() and not len(fits):
            ink.line[n] = SPECKS
        if len(fits):
            away = np.maximum(x0[fits] - ink.x1[n], ink.x0[n] - x1[fits])
            off = np.abs(base[fits] - height[fits] / 2 - (ink.top[n] + ink.bottom[n]) / 2)
            ink.line[n] = fits[np.argmin(np.maximum(away, 0) + off)]
    _take_stacked(ink, bands)
    for _ in range(3):  # a mark beside its letter stands over a mark of it at most
        held = np.flatnonzero(ink.line >= 0)
        free = np.flatnonzero(ink.line == FREE)
        if not len(free) or not len(held):
            return
        for n in free.tolist():
            line, gap = _nearest(ink, n, held, usual)
            if line < 0 or extent[n] > MOST_MARK * height[line]:
                continue
            if gap <= NEAR_MARK * height[line]:
                ink.line[n] = line


def _is_speck(ink: Ink, n: int, bands: tuple[Floats, Floats, Floats, Floats]) -> Bools:
    """Say for which lines a component in their band is no dot of theirs: no line begins by one."""
    x0, x1, base, height = bands
    is_dot = max(ink.x1[n] - ink.x0[n], ink.bottom[n] - ink.top[n]) < DOT * height
    is_low = np.abs(base - ink.bottom[n]) <= DOT_OFF * height
    is_far = ink.x0[n] - x1 > np.where(is_low, DOT_AWAY, DOT_NEAR) * height
    return np.asarray(is_dot & (is_far | (ink.x1[n] <= x0 + 1)), np.bool_)


def _is_in_loop(ink: Ink, n: int) -> bool:
    """Say whether a component has the strokes of one other above, below and on both sides."""
    x, y = (ink.x0[n] + ink.x1[n]) // 2, (ink.top[n] + ink.bottom[n]) // 2
    around = (ink.x0 < ink.x0[n]) & (ink.x1 > ink.x1[n])
    around &= (ink.top < ink.top[n]) & (ink.bottom > ink.bottom[n])
    for other in np.flatnonzero(around).tolist():
        row = ink.labels[y, ink.x0[other] : ink.x1[other]] == ink.number[other]
        column = ink.labels[ink.top[other] : ink.bottom[other], x] == ink.number[other]
        across, down = x - ink.x0[other], y - ink.top[other]
        if all(one.any() for one in (row[:across], row[across:], column[:down], column[down:])):
            return True
    return False


def _take_stacked(ink: Ink, bands: Sequence[Band]) -> None:
    """Give marks to the letters right below or above them.

    Where lines stand close a mark may be one of either. Then those marks of the page tell that can
    belong to one line only: a font sets its marks at the same heights everywhere.
    """
    held = np.flatnonzero(ink.line >= 0)
    height = np.array([band.height for band in bands])
    base = np.array([band.base for band in bands])
    own_base, own_height = base[ink.line[held]], height[ink.line[held]]
    both: list[tuple[int, list[tuple[int, float, float]]]] = []
    known: list[tuple[float, float]] = []
    extent = ink.extent
    for n in np.flatnonzero(ink.line == FREE).tolist():
        side = STACK * own_height
        over = (ink.x0[held] < ink.x1[n] + side) & (ink.x1[held] > ink.x0[n] - side)
        over &= (extent[n] >= LEAST_MARK * own_height) & (extent[n] <= MOST_MARK * own_height)
        # Heights of the mark's feet and head above the baseline.
        feet, head = (own_base - ink.bottom[n]) / own_height, (own_base - ink.top[n]) / own_height
        raised = np.flatnonzero(over & (feet >= LEAST_RISE) & (feet <= FAR_ABOVE))
        lowered = np.flatnonzero(over & (head <= LEAST_DROP) & (head >= -FAR_BELOW))
        places = []
        for some in (raised, lowered):
            if len(some):
                best = some[np.argmin(np.abs(feet[some] + head[some] - 1))]
                places.append((int(ink.line[held[best]]), float(feet[best]), float(head[best])))
        if len(places) == 1:
            ink.line[n] = places[0][0]
            known.append(places[0][1:])
        elif places:
            both.append((n, places))
    taught = np.array(known, np.float64).reshape(-1, 2)
    for n, places in both:
        alike = [
            float(np.exp(-(((taught - place[1:]) / LIKE) ** 2).sum(axis=1)).sum())
            for place in places
        ]
        if max(alike) > LEAST_ALIKE:
            ink.line[n] = places[int(np.argmax(alike))][0]


def _nearest(ink: Ink, n: int, held: Integers, usual: float) -> tuple[int, float]:
    """Return the line of the ink nearest above or below a component, and the gap between them."""
    side = 0.2 * usual
    under = held[(ink.x0[held] < ink.x1[n] + side) & (ink.x1[held] > ink.x0[n] - side)]
    if not len(under):
        return -1, 0.0
    gap = np.maximum(ink.top[under] - ink.bottom[n], ink.top[n] - ink.bottom[under])
    best = int(np.argmin(np.maximum(gap, 0)))
    return int(ink.line[under[best]]), float(max(gap[best], 0))
