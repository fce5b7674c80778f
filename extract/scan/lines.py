"""Lines of text on an upright page whose rules are taken out: which ink belongs to which line.

Thai stacks two marks above a consonant and one below, and its lines stand so close that boxes of
neighbours overlap. So a line is found by its band of consonants, and its picture holds only the
components of ink that belong to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.pdf.shapes import Rule
from extract.scan.engine import Grey

POINTS_PER_INCH = 72
# Evened pixels darker than this are ink.
INK = 165
# Points: letters are between these, and ink smaller than the last (in each direction) is a speck.
LOW_LETTER, HIGH_LETTER, TALLEST, WIDEST, SPECK = 2.5, 20.0, 45.0, 150.0, 0.4
# In heights of the page's usual letter: letters that make lines, without and with marks.
LEAST_LETTER, MOST_LETTER = 0.62, 2.1
# In heights of a letter: its core is so thick, and letters of a line are no further apart.
CORE, GAP = 0.4, 3.0
# In heights of a line's letters: marks that touch theirs nearly, and how far they may be at all.
NEAR_MARK, FAR_ABOVE, FAR_BELOW = 0.35, 2.3, 0.8
# In heights of a line's letters: the feet of a raised mark stand at least so high above the
# baseline, the head of a lowered one at most; so near beside its letter.
LEAST_RISE, LEAST_DROP, STACK = 0.85, 0.15, 0.2
# In heights of a letter: marks of one kind differ in height by so much; so many alike teach.
LIKE, LEAST_ALIKE = 0.1, 0.3
# In heights of a line's letters: marks of a bigger line make no line of their own.
LOWER = 0.9
# In heights of a line's letters: ink in its band that is smaller in both directions is a dot, which
# stands so low, and so near to the letter before it if not and if so, or else a speck.
DOT, DOT_OFF, DOT_NEAR, DOT_AWAY = 0.3, 0.3, 0.4, 0.8
# In heights of a line's letters: what is smaller in both directions is no mark that stands apart
# from its letter, but may be the dot of an i.
LEAST_MARK = 0.15
# Points: what stands alone is no smaller; a lone stroke that is longer than so many heights of a
# letter, and so much longer than thick, is a piece of a rule.
LONE, LONGEST, THIN = 1.6, 1.9, 6.0
# A line of which so many components, and this share of them, have the usual height is surely text.
FLAT_LETTERS, FLAT_SHARE = 4, 0.35
# Type size in heights of its usual letter.
EM = 1.67
# In heights of a letter: the middle of a lone dash stands so high above the baseline.
DASH = 0.5
# Pixels around the ink of a line.
MARGIN = 3

# Numbers of no line: ink that may still be taken, and specks.
FREE, SPECKS = -1, -2

Integers = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(slots=True)
class TextLine:
    """A line of text: its place and baseline in pixels of the page, its type size in points.

    ``picture`` holds the ink of this line only.
    """

    picture: Grey
    left: int
    top: int
    baseline: float
    size: float

    @property
    def right(self) -> int:
        """The first column behind the line's picture."""
        return int(self.left + self.picture.shape[1])

    @property
    def bottom(self) -> int:
        """The first row below the line's picture."""
        return int(self.top + self.picture.shape[0])


@dataclass(slots=True)
class _Ink:
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
        return self.bottom - self.top

    @property
    def width(self) -> Integers:
        return self.x1 - self.x0


@dataclass(slots=True)
class _Band:
    """The consonants of a line: between ``base - height`` and ``base``, in pixels."""

    x0: float
    x1: float
    base: float
    height: float
    count: int
    is_text: bool = False


class PageText(NamedTuple):
    """The lines of a page; the share of it that is ink, and of ink that is surely letters."""

    lines: list[TextLine]
    ink: float
    letters: float


def text_lines(without: Grey, upright: Sequence[Rule], dots_per_inch: float) -> PageText:
    """Return the lines of a page without its rules.

    ``upright`` are the upright rules, in points: no line goes over one.
    """
    point = dots_per_inch / POINTS_PER_INCH
    mask = (without < INK).astype(np.uint8)
    ink, areas = _components(mask, point)
    total = int(np.count_nonzero(mask))
    if not len(ink.number):
        return PageText([], total / mask.size, 0.0)
    usual = _usual_height(ink.height, ink.width, LOW_LETTER * point, HIGH_LETTER * point)
    bands = _bands(ink, usual, without.shape, upright, point)
    _take_marks(ink, bands, usual)
    _lone_lines(ink, bands, usual, without.shape, upright, point)
    is_text = np.array([*(band.is_text for band in bands), False])
    letters = int(areas[is_text[ink.line]].sum())
    return PageText(_cut_out(without, ink, bands, point), total / mask.size, letters / total)


def _components(mask: Grey, point: float) -> tuple[_Ink, Integers]:
    """Return what may be letters or marks of ink, and the pixels that each has."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    x, y, width, height, area = stats.astype(np.int64).T
    speck = SPECK * point
    kept = (height <= TALLEST * point) & (width <= WIDEST * point)
    kept &= ((height >= speck) | (width >= speck)) & (area >= max(2.0, speck * speck))
    kept[0] = False
    some = np.flatnonzero(kept)
    x, y, width, height = x[some], y[some], width[some], height[some]
    ink = _Ink(labels, some, x, y, x + width, y + height, np.full(len(some), -1))
    return ink, area[some]


def _usual_height(heights: Integers, weights: Integers, low: float, high: float) -> float:
    """Return the height that most of the ink has, by its width."""
    fits = (heights >= low) & (heights <= high)
    if not fits.any():
        return float(np.median(heights))
    counts = np.bincount(heights[fits], weights=np.minimum(weights[fits], 3 * heights[fits]))
    kernel = np.ones(max(1, round(0.15 * low)) * 2 + 1)
    return float(np.argmax(np.convolve(counts, kernel, "same")))


def _chains(
    ink: _Ink,
    some: Integers,
    usual: float,
    shape: tuple[int, ...],
    upright: Sequence[Rule],
    point: float,
) -> Integers:
    """Number the lines that letters make whose cores lie side by side with small gaps."""
    canvas = np.zeros(shape, np.uint8)
    reach = np.clip(ink.height[some], 0.8 * usual, 2 * usual) * GAP
    middle = (ink.top[some] + ink.bottom[some]) / 2
    half = np.maximum(1.0, ink.height[some] * CORE / 2)
    for x0, x1, top, bottom in (
        np.column_stack((ink.x0[some], ink.x1[some] + reach, middle - half, middle + half))
        .astype(int)
        .tolist()
    ):
        canvas[max(0, top) : bottom + 1, x0:x1] = 1
    for rule in upright:
        start, end = max(0, int(rule.start * point)), int(rule.end * point) + 1
        canvas[start:end, max(0, int(rule.at * point) - 1) : int(rule.at * point) + 2] = 0
    _, labels = cv2.connectedComponents(canvas, connectivity=4)
    x = np.clip((ink.x0[some] + ink.x1[some]) // 2, 0, shape[1] - 1)
    y = np.clip(middle.astype(int), 0, shape[0] - 1)
    chains = labels[y, x].astype(np.int64)
    return np.unique(chains, return_inverse=True)[1].astype(np.int64)


def _bands(
    ink: _Ink, usual: float, shape: tuple[int, ...], upright: Sequence[Rule], point: float
) -> list[_Band]:
    """Make lines of the letters that are neither marks nor taller than a letter with marks."""
    height = ink.height
    letters = np.flatnonzero((height >= LEAST_LETTER * usual) & (height <= MOST_LETTER * usual))
    bands: list[_Band] = []
    for some in (letters, np.flatnonzero(height > MOST_LETTER * usual)):
        if len(bands):  # tall ink that lies over lines is letters that run together
            over = _covers(bands, ink, some)
            some = some[~over]
        if not len(some):
            continue
        chains = _chains(ink, some, usual, shape, upright, point)
        for chain in range(chains.max() + 1):
            own = some[chains == chain]
            ink.line[own] = len(bands)
            bands.append(_band(ink, own))
    _dissolve_marks(ink, bands)
    return bands


def _covers(bands: Sequence[_Band], ink: _Ink, some: Integers) -> Bools:
    """Say which components lie over the middle of a band."""
    x0, x1 = np.array([band.x0 for band in bands]), np.array([band.x1 for band in bands])
    middle = np.array([band.base - band.height / 2 for band in bands])
    over = (ink.x0[some, None] < x1) & (ink.x1[some, None] > x0)
    over &= (ink.top[some, None] < middle) & (ink.bottom[some, None] > middle)
    return np.asarray(over.any(axis=1), np.bool_)


def _band(ink: _Ink, own: Integers) -> _Band:
    heights, widths = ink.height[own], ink.width[own]
    usual = _usual_height(heights, widths, float(heights.min()), float(heights.max()))
    flat = own[np.abs(heights - usual) <= max(1.0, 0.12 * usual)]
    if not len(flat):
        flat = own
    base = float(np.median(ink.bottom[flat]))
    height = float(np.median(ink.height[flat]))
    is_text = len(flat) >= max(FLAT_LETTERS, FLAT_SHARE * len(own))
    return _Band(
        float(ink.x0[own].min()), float(ink.x1[own].max()), base, height, len(own), is_text
    )


def _dissolve_marks(ink: _Ink, bands: list[_Band]) -> None:
    """Free the marks of big letters that were taken for lines of small ones."""
    for n, band in enumerate(bands):
        middle = band.base - band.height / 2
        for other in bands:
            if other is band or not other.count or band.height > LOWER * other.height:
                continue
            rise = other.base - middle
            inside = other.x0 - other.height <= band.x0 and band.x1 <= other.x1 + other.height
            beside = 0.95 <= rise / other.height <= 2.1 or -0.8 <= rise / other.height <= -0.05
            if inside and beside and band.count < other.count:
                ink.line[ink.line == n] = -1
                band.count = 0
                break


def _take_marks(ink: _Ink, bands: list[_Band], usual: float) -> None:
    """Give what stands in a line's band, or right above or below its letters, to the line."""
    if not any(band.count for band in bands):
        return
    x0, x1, base, height, count = (
        np.array([getattr(band, name) for band in bands])
        for name in ("x0", "x1", "base", "height", "count")
    )
    bands_at = x0, x1, base, height
    for n in np.flatnonzero(ink.line < 0).tolist():
        tall = ink.bottom[n] - ink.top[n]
        reach = 1.5 * GAP / 2 * height
        near = (ink.x1[n] > x0 - reach) & (ink.x0[n] < x1 + reach) & (count > 0)
        shared = np.minimum(ink.bottom[n], base + 0.15 * height) - np.maximum(
            ink.top[n], base - 1.1 * height
        )
        inside = near & (shared >= 0.6 * tall)
        fits = np.flatnonzero(inside & ~_is_speck(ink, n, bands_at))
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
            if line >= 0 and gap <= NEAR_MARK * height[line]:
                ink.line[n] = line


def _is_speck(ink: _Ink, n: int, bands: tuple[Floats, Floats, Floats, Floats]) -> Bools:
    """Say for which lines a component in their band is no dot of theirs: no line begins by one."""
    x0, x1, base, height = bands
    is_dot = max(ink.x1[n] - ink.x0[n], ink.bottom[n] - ink.top[n]) < DOT * height
    is_low = np.abs(base - ink.bottom[n]) <= DOT_OFF * height
    is_far = ink.x0[n] - x1 > np.where(is_low, DOT_AWAY, DOT_NEAR) * height
    return np.asarray(is_dot & (is_far | (ink.x1[n] <= x0 + 1)), np.bool_)


def _take_stacked(ink: _Ink, bands: Sequence[_Band]) -> None:
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
    for n in np.flatnonzero(ink.line == FREE).tolist():
        side = STACK * own_height
        over = (ink.x0[held] < ink.x1[n] + side) & (ink.x1[held] > ink.x0[n] - side)
        long = max(ink.x1[n] - ink.x0[n], ink.bottom[n] - ink.top[n])
        over &= long >= LEAST_MARK * own_height
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


def _nearest(ink: _Ink, n: int, held: Integers, usual: float) -> tuple[int, float]:
    """Return the line of the ink nearest above or below a component, and the gap between them."""
    side = 0.2 * usual
    under = held[(ink.x0[held] < ink.x1[n] + side) & (ink.x1[held] > ink.x0[n] - side)]
    if not len(under):
        return -1, 0.0
    gap = np.maximum(ink.top[under] - ink.bottom[n], ink.top[n] - ink.bottom[under])
    best = int(np.argmin(np.maximum(gap, 0)))
    return int(ink.line[under[best]]), float(max(gap[best], 0))


def _lone_lines(
    ink: _Ink,
    bands: list[_Band],
    usual: float,
    shape: tuple[int, ...],
    upright: Sequence[Rule],
    point: float,
) -> None:
    """Make lines of dashes, dots and quotes that stand alone, as in a cell of a table."""
    free = ink.line == FREE
    long, thick = np.maximum(ink.height, ink.width), np.minimum(ink.height, ink.width)
    free &= long >= LONE * point
    free &= (long <= LONGEST * usual) | (long <= THIN * thick)
    free &= (ink.height <= MOST_LETTER * usual) & (ink.width <= 4 * usual)
    some = np.flatnonzero(free)
    if not len(some):
        return
    chains = _chains(ink, some, usual, shape, upright, point)
    known = [band for band in bands if band.count]
    for chain in range(chains.max() + 1):
        own = some[chains == chain]
        middle = float((ink.top[own].min() + ink.bottom[own].max()) / 2)
        x0, x1 = float(ink.x0[own].min()), float(ink.x1[own].max())
        # A line of the same row tells where the baseline is.
        beside = [
            band for band in known if band.base - 1.1 * band.height <= middle <= band.base + 2
        ]
        made = _Band(x0, x1, middle + DASH * usual, usual, len(own))
        if beside:
            nearest = min(beside, key=lambda band: max(band.x0 - x1, x0 - band.x1))
            made.base, made.height = nearest.base, nearest.height
        ink.line[own] = len(bands)
        bands.append(made)


def _cut_out(without: Grey, ink: _Ink, bands: Sequence[_Band], point: float) -> list[TextLine]:
    """Cut out each line, with the ink of all others painted white."""
    line_of = np.full(int(ink.labels.max()) + 1, -2, np.int32)
    line_of[ink.number] = ink.line
    line_of[0] = -1
    order = np.argsort(ink.line, kind="stable")
    firsts = np.searchsorted(ink.line[order], np.arange(len(bands) + 1))
    grow = np.ones((3, 3), np.uint8)
    found = []
    for n, band in enumerate(bands):
        own = order[firsts[n] : firsts[n + 1]]
        if not len(own):
            continue
        left, right = ink.x0[own].min() - MARGIN, ink.x1[own].max() + MARGIN
        top, bottom = ink.top[own].min() - MARGIN, ink.bottom[own].max() + MARGIN
        left, top = max(0, int(left)), max(0, int(top))
        picture = without[top : int(bottom), left : int(right)].copy()
        owner = line_of[ink.labels[top : int(bottom), left : int(right)]]
        other = ((owner != n) & (owner != -1)).astype(np.uint8)
        if other.any():
            halo = cv2.dilate(other, grow) > 0
            own_halo = cv2.dilate((owner == n).astype(np.uint8), grow) > 0
            picture[halo & ~own_halo] = 255
            picture[other > 0] = 255
        found.append(TextLine(picture, left, top, band.base, EM * band.height / point))
    return found
