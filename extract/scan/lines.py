"""Lines of text on an upright page whose rules are taken out: which ink belongs to which line.

Thai stacks two marks above a consonant and one below, and its lines stand so close that boxes of
neighbours overlap. So a line is found by its band of consonants, and its picture holds only the
components of ink that belong to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools, Integers
from extract.pdf.shapes import Rule
from extract.scan.covered import (
    DARKEST,
    WIDEST,
    Components,
    blots,
    part,
    too_large,
    touched,
)
from extract.scan.engine import Grey
from extract.scan.marks import FREE, SPECKS, Band, Ink, take_marks

# Evened pixels darker than this are ink. On a page of thin, pale type those up to the second are,
# with this share of the darkness of their part of the ink (that of its darkest tenth).
INK, PALE_INK, HALF = 165, 205, 0.5
# Share of a page that is ink if it has a line of print; less are specks.
LEAST_PRINT = 0.0005
# Points: letters are between these, and ink smaller than the last (in each direction) is a speck.
LOW_LETTER, HIGH_LETTER, TALLEST, SPECK = 2.5, 20.0, 45.0, 0.4
# Points: a stroke within so much of the left or right edge of the paper, so narrow and with nothing
# beside it so far, is the edge's shadow. No printer prints there.
EDGE, SLIVER, ALONE = 12.0, 3.0, 12.0
# Points: where the outermost have ink in this share of the rows that shadow is ragged, and what
# stands so near to the edge of the paper is of it, but for this share of its ink, which are specks.
OUTERMOST, SHADOWED, RAGGED, STRAY = 6.0, 0.25, 20.0, 0.2
# In heights of the page's usual letter: letters that make lines, without and with marks.
LEAST_LETTER, MOST_LETTER = 0.62, 2.1
# In heights of a letter: its core is so thick, and letters of a line are no further apart.
CORE, GAP = 0.4, 3.0
# In heights of a line's letters: marks of a bigger line make no line of their own, nor does a mark
# upon a mark, which is higher and stands alone.
LOWER, STACKED = 0.9, 1.2
# In heights of a line's letters: a comma has its middle so near to the baseline.
COMMA = 0.3
# Points: what stands alone is no smaller; a lone stroke that is longer than so many heights of a
# letter, and so much longer than thick, is a piece of a rule.
LONE, LONGEST, THIN = 1.6, 1.9, 6.0
# The dash of small type may be smaller: in heights of a letter, and how much wider it is than high.
LEAST_DASH, FLAT = 0.3, 1.8
# A line of which so many components, and this share of them, have the usual height is surely text.
FLAT_LETTERS, FLAT_SHARE = 4, 0.35
# Type size in heights of its usual letter.
EM = 1.67
# In heights of a letter: the middle of a lone dash stands so high above the baseline.
DASH = 0.5
# Pixels around the ink of a line.
MARGIN = 3


@dataclass(slots=True)
class TextLine:
    """A line of text: its place and baseline in pixels of the page, its type size in points.

    ``picture`` holds the ink of this line only. ``blots`` are columns of it, or beside it, that
    other ink covers, from the first to behind the last: letters may be under it. In the columns
    ``touched`` ink too large for letters lies among them.
    """

    picture: Grey
    left: int
    top: int
    baseline: float
    size: float
    blots: tuple[tuple[int, int], ...] = ()
    touched: tuple[tuple[int, int], ...] = ()

    @property
    def right(self) -> int:
        """The first column behind the line's picture."""
        return int(self.left + self.picture.shape[1])

    @property
    def bottom(self) -> int:
        """The first row below the line's picture."""
        return int(self.top + self.picture.shape[0])


class PageText(NamedTuple):
    """The lines of a page and its ink; the share of it that is ink, and of ink surely letters."""

    lines: list[TextLine]
    found: Components
    ink: float
    letters: float


def text_lines(without: Grey, upright: Sequence[Rule], dots_per_inch: float) -> PageText:
    """Return the lines of a page without its rules.

    ``upright`` are the upright rules, in points: no line goes over one.
    """
    point = dots_per_inch / POINTS_PER_INCH
    mask = _ink(without)
    found = _components(mask)
    ink, areas = _letters(found, point)
    total = int(np.count_nonzero(mask))
    if not len(ink.number):
        return PageText([], found, total / mask.size, 0.0)
    usual = _usual_height(ink.height, ink.width, LOW_LETTER * point, HIGH_LETTER * point)
    parted = part(without, mask, found, usual, point)
    is_parted = np.zeros(len(ink.number), np.bool_)
    if parted is not None:
        found = _components(mask)
        ink, areas = _letters(found, point)
        is_parted = np.isin(ink.number, np.unique(found.labels[parted]))
    bands = _bands(ink, is_parted, usual, without.shape, upright, point)
    take_marks(ink, bands, usual)
    _lone_lines(ink, bands, usual, without.shape, upright, point)
    is_text = np.array([*(band.is_text for band in bands), False])
    letters = int(areas[is_text[ink.line]].sum())
    lines = _without_shadows(_cut_out(without, ink, bands, point), mask, point)
    is_other = np.ones(len(found.stats), np.bool_)
    is_other[0] = is_other[ink.number] = False
    sizes = {line.size for line in lines}  # a few
    large = {size: too_large(found.stats, size * point / EM, point) for size in sizes}
    for line in lines:
        tall = line.size * point / EM
        is_large = large[line.size]  # a piece of a stamp may be a line itself
        ends = line.left, line.right
        line.blots = blots(found.labels, is_other | is_large, ends, line.baseline, tall)
        line.touched = touched(found.labels, is_large, ends, line.baseline, tall)
    return PageText(lines, found, total / mask.size, letters / total)


def _ink(without: Grey) -> Grey:
    """Mark the ink of a page, each part of it by how dark it is: pale strokes must not break.

    On a page of black print what is pale is a stamp.
    """
    pale = (without < PALE_INK).astype(np.uint8)
    count, labels = cv2.connectedComponents(pale)
    places = np.flatnonzero(pale)
    if not len(places):
        return pale
    own, grey = labels.ravel()[places].astype(np.int64), without.ravel()[places]
    ordered = np.sort(own * 256 + grey)
    firsts = np.searchsorted(ordered, np.arange(count) * 256)
    sizes = np.diff(np.append(firsts, len(ordered)))
    darkest = (
        255 - ordered[np.minimum(firsts + sizes * DARKEST, len(ordered) - 1).astype(int)] % 256
    )
    order = np.argsort(darkest)
    half = sizes[order].cumsum()
    is_print = half[-1] >= LEAST_PRINT * without.size
    usual = darkest[order[np.searchsorted(half, half[-1] / 2)]] if is_print else 255
    limits = np.clip(255 - HALF * np.maximum(darkest, usual), INK, PALE_INK)
    mask = np.zeros(without.size, np.uint8)
    mask[places[grey < limits[own]]] = 1
    return mask.reshape(without.shape)


def _components(mask: Grey) -> Components:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    return Components(labels, stats.astype(np.int64))


def _letters(found: Components, point: float) -> tuple[Ink, Integers]:
    """Return what may be letters or marks of ink, and the pixels that each has."""
    x, y, width, height, area = found.stats.T
    speck = SPECK * point
    kept = (height <= TALLEST * point) & (width <= WIDEST * point)
    kept &= ((height >= speck) | (width >= speck)) & (area >= max(2.0, speck * speck))
    kept[0] = False
    some = np.flatnonzero(kept)
    x, y, width, height = x[some], y[some], width[some], height[some]
    ink = Ink(found.labels, some, x, y, x + width, y + height, np.full(len(some), FREE))
    is_print = ~_are_shadows(ink, found.labels.shape[1], point)
    own = (getattr(ink, name)[is_print] for name in ("number", "x0", "top", "x1", "bottom", "line"))
    return Ink(found.labels, *own), area[some][is_print]


def _are_shadows(ink: Ink, width: int, point: float) -> Bools:
    """Say which components are strokes of the shadow along a side of the paper."""
    edge, alone = EDGE * point, ALONE * point
    found = (ink.x1 <= edge) | (ink.x0 >= width - edge)
    found &= ink.width <= SLIVER * point
    x0, top, x1, bottom = (one[~found] for one in (ink.x0, ink.top, ink.x1, ink.bottom))
    for n in np.flatnonzero(found).tolist():
        beside = (x0 < ink.x1[n] + alone) & (x1 > ink.x0[n] - alone)
        found[n] = not (beside & (top < ink.bottom[n]) & (bottom > ink.top[n])).any()
    return np.asarray(found, np.bool_)


def _usual_height(heights: Integers, weights: Integers, low: float, high: float) -> float:
    """Return the height that most of the ink has, by its width."""
    fits = (heights >= low) & (heights <= high)
    if not fits.any():
        return float(np.median(heights))
    counts = np.bincount(heights[fits], weights=np.minimum(weights[fits], 3 * heights[fits]))
    kernel = np.ones(max(1, round(0.15 * low)) * 2 + 1)
    return float(np.argmax(np.convolve(counts, kernel, "same")))


def _chains(
    ink: Ink,
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
    ink: Ink,
    is_parted: Bools,
    usual: float,
    shape: tuple[int, ...],
    upright: Sequence[Rule],
    point: float,
) -> list[Band]:
    """Make lines of the letters that are neither marks nor taller than a letter with marks.

    What was parted from larger ink makes no line by itself: it may be a piece of a picture.
    """
    height = ink.height
    letters = np.flatnonzero((height >= LEAST_LETTER * usual) & (height <= MOST_LETTER * usual))
    bands: list[Band] = []
    for some in (letters, np.flatnonzero(height > MOST_LETTER * usual)):
        if len(bands):  # tall ink that lies over lines is letters that run together
            over = _covers(bands, ink, some)
            some = some[~over]
        if not len(some):
            continue
        chains = _chains(ink, some, usual, shape, upright, point)
        for chain in range(chains.max() + 1):
            own = some[chains == chain]
            if is_parted[own].all():
                ink.line[own] = SPECKS
                continue
            ink.line[own] = len(bands)
            bands.append(_band(ink, own))
    _dissolve_marks(ink, bands)
    return bands


def _covers(bands: Sequence[Band], ink: Ink, some: Integers) -> Bools:
    """Say which components lie over the middle of a band."""
    x0, x1 = np.array([band.x0 for band in bands]), np.array([band.x1 for band in bands])
    middle = np.array([band.base - band.height / 2 for band in bands])
    over = (ink.x0[some, None] < x1) & (ink.x1[some, None] > x0)
    over &= (ink.top[some, None] < middle) & (ink.bottom[some, None] > middle)
    return np.asarray(over.any(axis=1), np.bool_)


def _band(ink: Ink, own: Integers) -> Band:
    heights, widths = ink.height[own], ink.width[own]
    usual = _usual_height(heights, widths, float(heights.min()), float(heights.max()))
    flat = own[np.abs(heights - usual) <= max(1.0, 0.12 * usual)]
    if not len(flat):
        flat = own
    base = float(np.median(ink.bottom[flat]))
    height = float(np.median(ink.height[flat]))
    is_text = len(flat) >= max(FLAT_LETTERS, FLAT_SHARE * len(own))
    return Band(float(ink.x0[own].min()), float(ink.x1[own].max()), base, height, len(own), is_text)


def _dissolve_marks(ink: Ink, bands: list[Band]) -> None:
    """Free the marks of big letters that were taken for lines of small ones."""
    for n, band in enumerate(bands):
        middle = band.base - band.height / 2
        for other in bands:
            most = STACKED if band.count == 1 else LOWER
            if other is band or not other.count or band.height > most * other.height:
                continue
            rise = other.base - middle
            inside = other.x0 - other.height <= band.x0 and band.x1 <= other.x1 + other.height
            beside = 0.95 <= rise / other.height <= 2.1 or -0.8 <= rise / other.height <= -0.05
            is_comma = abs(rise) <= COMMA * other.height and band.count == 1
            if is_comma and other.x0 <= band.x0 and band.x1 <= other.x1:
                ink.line[ink.line == n] = bands.index(other)
                band.count = 0
                break
            if inside and beside and band.count < other.count:
                ink.line[ink.line == n] = -1
                band.count = 0
                break


def _lone_lines(
    ink: Ink,
    bands: list[Band],
    usual: float,
    shape: tuple[int, ...],
    upright: Sequence[Rule],
    point: float,
) -> None:
    """Make lines of dashes, dots and quotes that stand alone, as in a cell of a table."""
    free = ink.line == FREE
    long, thick = ink.extent, np.minimum(ink.height, ink.width)
    is_dash = (ink.width >= LEAST_DASH * usual) & (ink.width >= FLAT * ink.height)
    free &= (long >= LONE * point) | is_dash
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
        made = Band(x0, x1, middle + DASH * usual, usual, len(own))
        if beside:
            nearest = min(beside, key=lambda band: max(band.x0 - x1, x0 - band.x1))
            made.base, made.height = nearest.base, nearest.height
        ink.line[own] = len(bands)
        bands.append(made)


def _cut_out(without: Grey, ink: Ink, bands: Sequence[Band], point: float) -> list[TextLine]:
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


def _without_shadows(lines: list[TextLine], mask: Grey, point: float) -> list[TextLine]:
    """Leave out what was taken for lines in the ragged shadows along the sides of the paper."""
    strip, reach, width = round(OUTERMOST * point), round(RAGGED * point), mask.shape[1]
    first = reach if mask[:, :strip].any(axis=1).mean() >= SHADOWED else 0
    last = width - (reach if mask[:, -strip:].any(axis=1).mean() >= SHADOWED else 0)
    if (first, last) == (0, width):
        return lines

    def is_print(line: TextLine) -> bool:
        ink = (line.picture < INK).sum(axis=0)
        inside = ink[max(first - line.left, 0) : max(last - line.left, 0)].sum()
        return bool(inside > STRAY * ink.sum())

    return [line for line in lines if is_print(line)]
