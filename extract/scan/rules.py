"""The ruled lines of an upright page, and the page without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools, Floats
from extract.pdf.shapes import Rule
from extract.scan.engine import Grey
from extract.scan.hairlines import erase_strokes, hairlines
from extract.scan.strays import without_strays
from extract.scan.strokes import TOUCH, Piece, is_inside

# Darkness (255 is black) that three rows of pixels must have together to be part of a thin rule.
FAINT = 110
# A fainter rule shows as a mean: over so many points along it three rows have together this much
# darkness and no less than so many times that of the rows beside it, so many points away; so much
# in each point, in this share of the points. Darker pixels than the cap count no more than it.
WINDOW, MEAN, CONTRAST, BESIDE = 25, 14, 5, 1.8
SEEN, SEEN_SHARE, CAP = 7, 0.65, 60
# Letters below one another, as the brackets of a list, show so too: no more than this share of the
# points is so dark, or lies so near (points) to what is.
DARK, DARK_SHARE, BLUR = 330, 0.4, 0.7
# One that is so many times fainter is looked for where no hairlines are worn.
FAINTER = 3
# Across a table's upright rules a level one that is so many times fainter is looked for, no nearer
# (points) to another; so much of it is seen.
FAINTEST, APART, HALF = 4, 5.0, 0.5
# Points: a faint rule is so long, goes on through text over such gaps, and through holes over such.
# They are odd, as the window is: even ones would shift what is found.
FAINT_RUN, THROUGH, WHOLE = 41, 37, 7
# Points: a rule holds a straight run so long, is no thicker, and is bridged over such holes.
RUN, THICKEST, HOLE = 8.0, 4.5, 0.8
# Points: so long a piece is a rule by itself; a shorter one must end at rules across it.
LONG_LEVEL, LONG_UPRIGHT, SHORT = 18.0, 40.0, 12.5
# A rule is as dark all along, within this; the tops of letters in a row are not, and no row of
# them goes on for the second (points).
EVEN, LONGER = 120, 80.0
# Rows of a rule have this share of the ink of its darkest.
BODY = 0.15
# Points: pieces of one rule are no further apart along it and across it; and the most of the
# shorter piece's length that a gap may have.
GAP, STEP, PART_GAP = 8.0, 1.0, 0.2
# Evened pixels darker than this are ink.
INK = 170
# Points: an arc of a stamp is no longer where it is level; beyond both its ends it goes on for so
# far, and leaves its row by the second, within the third from point to point.
ARC, BEYOND, BENT, NEAR = 50.0, 6, 1.0, 2.5
# A rule has ink in this share of the length of each cell that it lies along, if it has it in the
# second share of its length.
HELD, UNBROKEN = 0.6, 0.85
# Hairlines in so many places, of which only dots are left, show that a scan has worn them.
WORN = 2
# Pixels that a stroke may shift where it goes through a rule.
SLANT = 3


class Rules(NamedTuple):
    """Rules in points, and the grey page in which they are painted over.

    ``is_worn`` says that of some of them, all hairlines, the scan has kept only dots.
    """

    level: list[Rule]
    upright: list[Rule]
    without: Grey
    is_worn: bool


def ruled_lines(even: Grey, dots_per_inch: float, skew: float = 0.0) -> Rules:
    """Find the level and upright rules of an evened page that was set upright.

    ``skew`` is by how many degrees it lay askew before.
    """
    point = dots_per_inch / POINTS_PER_INCH
    darkness = 255 - even
    sides = darkness, np.ascontiguousarray(darkness.T)
    marked = [_strokes(side, point) for side in sides]
    level, upright = _found(sides, marked, point)
    worn = hairlines(level, upright, darkness, point, skew)
    is_worn = sum(len({one.at for one in found}) for found in worn) >= WORN
    if not is_worn:  # dots that a scan leaves of hairlines are faint too
        fainter = [
            _faint(side, point, FAINTER) & ~own for side, own in zip(sides, marked, strict=True)
        ]
        if any(one.sum(axis=1).max() >= FAINT_RUN * point for one in fainter):
            both = [own | one for own, one in zip(marked, fainter, strict=True)]
            level, upright = _found(sides, both, point)
            worn = hairlines(level, upright, darkness, point, skew)
        level = [*level, *_faintest(darkness, level, upright, point)]
    level, upright = [*level, *worn[0]], [*upright, *worn[1]]
    without = even.copy()
    if is_worn:
        erase_strokes(without, darkness, upright, point)
    turned = without.T
    # Where rules cross, neither is a letter that runs into the other.
    no_level, no_upright = even.copy(), even.copy()
    for one in level:
        no_level[_band(one, point)] = 255
    for one in upright:
        no_upright.T[_band(one, point)] = 255
    _erase(without, no_upright, level, point, has_marks=True)
    _erase(turned, no_level.T, upright, point, has_marks=False)
    kept = without_strays([_rule(o, point) for o in level], [_rule(o, point) for o in upright])
    return Rules(*kept, without, is_worn)


def _found(
    sides: Sequence[Grey], marked: Sequence[Bools], point: float
) -> tuple[list[Piece], list[Piece]]:
    """Return the level and upright rules of a page.

    ``sides`` are the page and the page on its side, in which ink is light, with what is ``marked``
    in them as strokes.
    """
    across, down = (_pieces(side, own, point) for side, own in zip(sides, marked, strict=True))
    # A short piece needs rules that are sure at its ends.
    level = [one for one in across if _is_rule(one, [], LONG_LEVEL, point)]
    upright: list[Piece] = []
    for _ in range(2):  # what is found helps others
        upright = [one for one in down if _is_rule(one, level, LONG_UPRIGHT, point)]
        level = [one for one in across if _is_rule(one, upright, LONG_LEVEL, point)]
    parts = (
        [part for one in pieces for part in _without_gaps(one, others, ink, point)]
        for pieces, others, ink in ((level, upright, sides[0]), (upright, level, sides[1]))
    )
    level, upright = parts
    return level, upright


def _faintest(
    darkness: Grey, level: list[Piece], upright: list[Piece], point: float
) -> Iterator[Piece]:
    """Yield the level rules that are fainter still: seen in parts, from side to side of a table.

    Each part goes on to the next upright rule.
    """
    if len(upright) < 2:
        return
    near, touch = APART * point, TOUCH * point
    rest = sorted(_pieces(darkness, _faint(darkness, point, FAINTEST), point))
    while rest:
        first = rest[0]
        parts = [one for one in rest if one.at - first.at <= near]
        rest = rest[len(parts) :]
        if any(abs(one.at - first.at) <= near for one in level):
            continue
        crossed = sorted(one.at for one in upright if one.start < first.at < one.end)
        seen = [
            any(one.start + touch < after and one.end - touch > before for one in parts)
            for before, after in pairwise(crossed)
        ]
        length = sum(one.end - one.start for one in parts)
        if seen and all(seen) and length >= HALF * (crossed[-1] - crossed[0]):
            yield first._replace(start=round(crossed[0]), end=round(crossed[-1]))


def _without_gaps(
    piece: Piece, across: list[Piece], darkness: Grey, point: float
) -> Iterator[Piece]:
    """Yield the parts of a rule without the cells that it does not lie in.

    What is taken for a faint rule goes on through white and letters, also where a cell spans the
    rows or columns on both sides.
    """
    touch = TOUCH * point
    crossed = sorted(one.at for one in across if one.start - touch <= piece.at <= one.end + touch)
    profile = darkness[max(0, piece.low) : piece.high, :].max(axis=0)
    seen = profile >= np.median(profile[piece.start : piece.end]) / 2
    start = piece.start
    if seen[piece.start : piece.end].mean() < UNBROKEN:
        crossed = []  # holes tell nothing
    for before, after in pairwise(crossed):
        low, high = round(before + touch), round(after - touch)
        is_inside = low < piece.end and high > piece.start and high - low >= touch
        if not is_inside or seen[low:high].mean() >= HELD:
            continue
        if round(before) > start:
            yield piece._replace(start=start, end=round(before))
        start = round(after)
    if start < piece.end:
        yield piece._replace(start=start)


def _rule(piece: Piece, point: float) -> Rule:
    return Rule(piece.at / point, piece.start / point, piece.end / point)


def _strokes(darkness: Grey, point: float) -> Bools:
    """Mark what may be level strokes of a picture in which ink is light."""
    # A hairline lies over two rows, each of which is faint: three rows count together.
    summed = cv2.boxFilter(darkness, cv2.CV_16U, (1, 3), normalize=False)
    return np.asarray((summed >= FAINT) | _faint(darkness, point, 1), np.bool_)


def _pieces(darkness: Grey, marked: Bools, point: float) -> list[Piece]:
    """Return the level strokes that are marked in a picture in which ink is light."""
    strokes: Any = marked.astype(np.uint8)
    hole = max(2, round(HOLE * point))
    strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, hole), np.uint8))
    run = max(3, round(RUN * point))
    strokes = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes)
    found = []
    for n in range(1, count):
        x, y, width, height, _ = stats[n].tolist()
        own = labels[y : y + height, x : x + width] == n
        ink = np.where(own, darkness[y : y + height, x : x + width], 0)
        low, high = _body(ink.sum(axis=1, dtype=float))
        if high - low > (THICKEST + STEP) * point + 2:
            continue  # slanted, as the frame of a stamp is
        own, ink, y = own[low:high], ink[low:high], y + low
        columns = np.flatnonzero(ink.max(axis=0) >= SEEN)
        if not len(columns):
            continue
        x, own, ink = x + int(columns[0]), *(m[:, columns[0] : columns[-1] + 1] for m in (own, ink))
        height, width = own.shape
        thick = own.sum() / width - 2  # three rows were summed
        if thick > THICKEST * point or width < 3 * thick:
            continue
        weight = ink.sum(axis=1, dtype=float)
        at = float((np.arange(y, y + height) * weight).sum() / max(weight.sum(), 1.0)) + 0.5
        light, dark = np.quantile(ink.max(axis=0), (0.1, 0.9))
        found.append(Piece(at, x, x + width, y, y + height, bool(dark - light <= EVEN)))
    return [
        one
        for one in _linked(found, point)
        if is_inside(one.at, len(darkness), point) and not _is_arc(one, darkness, point)
    ]


def _is_arc(piece: Piece, darkness: Grey, point: float) -> bool:
    """Say whether a stroke goes on beyond both ends, bent to one side, as a round stamp does."""
    if piece.end - piece.start > ARC * point:
        return False
    own = np.median(darkness[max(0, piece.low) : piece.high, piece.start : piece.end].max(axis=0))
    least = min(255 - INK, float(own) / 2)  # a stamp may be pale
    before, after = (
        _bend(piece.at, end, step, darkness, least, point)
        for end, step in ((piece.start, -point), (piece.end - 1, point))
    )
    return before * after > 0 and min(abs(before), abs(after)) >= BENT * point


def _bend(at: float, end: int, step: float, darkness: Grey, least: float, point: float) -> float:
    """Return by how many pixels a stroke leaves its row beyond an end; 0 where it ends there.

    Its ink is darker than ``least``.
    """
    rows, reach = [at], max(2, round(NEAR * point))
    for n in range(1, BEYOND + 1):
        top, column = max(0, round(rows[-1]) - reach), end + round(n * step)
        if not 0 <= column < darkness.shape[1]:
            return 0.0
        is_ink = darkness[top : round(rows[-1]) + reach + 1, column] > least
        edges = np.flatnonzero(np.diff(is_ink, prepend=False, append=False))
        if not len(edges):
            return 0.0
        strokes = top + (edges[::2] + edges[1::2]) / 2  # the other edge of a double one too
        rows.append(float(strokes[np.argmin(abs(strokes - rows[-1]))]))
    return rows[-1] - rows[1]


def _body(weight: Floats) -> tuple[int, int]:
    """Return the rows of a stroke around its darkest, without those of strokes that run into it."""
    light = weight < BODY * weight.max()
    darkest = int(weight.argmax())
    before, after = np.flatnonzero(light[:darkest]), np.flatnonzero(light[darkest:])
    low = int(before[-1]) + 1 if len(before) else 0
    high = darkest + int(after[0]) if len(after) else len(weight)
    return max(0, low - 1), min(len(weight), high + 1)


def _faint(darkness: Grey, point: float, fainter: int) -> Any:
    """Mark the rows of level rules that only their mean tells from noise.

    A rule that is so many times fainter shows over a window so many times longer.
    """
    height, width = darkness.shape
    window = WINDOW * fainter
    ink = np.minimum(darkness, CAP // fainter)
    tiles: Any = cv2.resize(ink, (round(width / point), height), interpolation=cv2.INTER_AREA)
    rows = cv2.boxFilter(tiles, cv2.CV_32F, (1, 3), normalize=False)
    dots: Any = (rows * fainter >= SEEN).astype(np.float32)
    seen = cv2.boxFilter(dots, -1, (window, 1)) >= SEEN_SHARE
    inked: Any = cv2.resize(darkness, (tiles.shape[1], height), interpolation=cv2.INTER_AREA)
    inked = cv2.boxFilter(inked, cv2.CV_32F, (1, 3), normalize=False) * fainter >= DARK
    inked = cv2.dilate(inked.astype(np.float32), np.ones((2 * round(BLUR * point) + 1, 1)))
    seen &= cv2.boxFilter(inked, -1, (window, 1)) <= DARK_SHARE
    means: Any = cv2.boxFilter(rows, -1, (window, 1)) * fainter
    away = round(BESIDE * point)
    beside = np.zeros_like(means)
    beside[away:] = means[:-away]
    np.maximum(beside[:-away], means[away:], out=beside[:-away])
    faint: Any = (seen & (means >= MEAN) & (means >= CONTRAST * beside)).astype(np.uint8)
    faint = cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((1, FAINT_RUN), np.uint8))
    faint = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((1, THROUGH), np.uint8))
    # The mean of a faint rule ends before the rule does, and at rules across it.
    solid = cv2.dilate((means >= FAINT).astype(np.uint8), np.ones((1, 2 * window + 1), np.uint8))
    ends = cv2.dilate(faint, np.ones((1, window + 1), np.uint8)) * (1 - solid)
    whole = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, WHOLE), np.uint8)) > 0
    faint = (faint > 0) & seen | (ends > 0) & whole
    return cv2.resize(faint.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0


def _linked(pieces: list[Piece], point: float) -> Iterator[Piece]:
    """Link the pieces of rules that are broken."""
    rest = sorted(pieces, key=lambda one: one.start)
    while rest:
        one, later = rest[0], []
        for other in rest[1:]:
            first, second = one.end - one.start, other.end - other.start
            # Strokes of letters that stand above one another are short for their gaps.
            gap = min(GAP * point, PART_GAP * min(first, second))
            if abs(other.at - one.at) <= STEP * point and abs(other.start - one.end) <= gap:
                at = (one.at * first + other.at * second) / (first + second)
                end, is_even = max(one.end, other.end), one.is_even and other.is_even
                low, high = min(one.low, other.low), max(one.high, other.high)
                one = Piece(at, one.start, end, low, high, is_even)
            else:
                later.append(other)
        rest = later
        yield one


def _is_rule(piece: Piece, across: list[Piece], long: float, point: float) -> bool:
    """Say whether a piece is long, or ends at rules across it."""
    length = piece.end - piece.start
    if length >= long * point and (piece.is_even or length >= LONGER * point):
        return True
    touch = TOUCH * point
    ends = [
        any(
            abs(other.at - end) <= touch and other.start - touch <= piece.at <= other.end + touch
            for other in across
        )
        for end in (piece.start, piece.end)
    ]
    if all(ends):
        return length >= SHORT * point
    return any(ends) and length >= LONG_LEVEL * point


def _band(piece: Piece, point: float) -> tuple[slice, slice]:
    """Return the rows and columns that a level piece takes, with its blurred edges."""
    margin = max(1, round(0.35 * point))
    low, start = max(0, piece.low - margin), max(0, piece.start - 2 * margin - 1)
    return slice(low, piece.high + margin), slice(start, piece.end + 2 * margin + 1)


def _erase(page: Grey, seen: Grey, pieces: list[Piece], point: float, *, has_marks: bool) -> None:
    """Paint level rules white, in place, except where strokes of letters run into them.

    ``seen`` is the page without the rules across them. What touches a rule from one side ends in
    it where it ``has_marks``: those of letters below lie in it. Letters beside a rule end before.
    """
    for piece in pieces:
        rows, columns = _band(piece, point)
        above = _is_stroke(seen[max(0, rows.start - 2) : rows.start, columns])
        below = _is_stroke(seen[rows.stop : rows.stop + 2, columns])
        if has_marks:
            page[rows, columns][:, ~(above | below)] = 255
            continue
        # A stroke that goes through may slant.
        through = (above & _widened(below)) | (below & _widened(above))
        low, high = max(rows.start, piece.low), min(rows.stop, piece.high)
        page[rows.start : low, columns][:, ~above] = 255
        page[low:high, columns][:, ~through] = 255
        page[high : rows.stop, columns][:, ~below] = 255


def _is_stroke(edge: Grey) -> Bools:
    """Say in which columns ink runs into a rule, by the rows of pixels beside it."""
    if not len(edge):
        return np.zeros(edge.shape[1], np.bool_)
    return np.asarray(edge.max(axis=0) < INK, np.bool_)


def _widened(marked: Bools) -> Bools:
    reach = np.ones((1, 2 * SLANT + 1), np.uint8)
    return np.asarray(cv2.dilate(marked[None].astype(np.uint8), reach)[0] > 0, np.bool_)
