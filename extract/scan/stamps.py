"""Stamps on grey pages: broad strokes of ink that is paler than print, or of one tone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools
from extract.pdf.shapes import Area
from extract.scan.engine import Grey

# Evened pixels that are darker than the first of a pair are print, and others that are darker than
# the second are a stamp, or something else that is grey. One that is paler than most is looked for
# beside thin print too, as that is grey itself.
DARK, PALE = (90, 200), (160, 225)
# So many of nine pixels are print together. The edges of a stamp are darker than the second.
SOLID, EDGE = 3, 250
# Under a stamp what is darker than its usual ink by so many times the step to its darker quarter is
# print too, for thin letters are grey; but what keeps more of its light than the second is its
# grain, and what has less than the third of the light of the darkest ink is print for sure.
DARKER, GRAIN, BLACK = 4, 0.8, 0.4
# Points: print is blurred so far; strokes of a stamp are broader than the second, and gaps where
# print runs over them are narrower than the third.
BLUR, STROKE, GAP = 0.5, 0.9, 12.0
# Points: grey ink that hangs together with a stamp is of it so far beyond its hull.
AROUND = 4.0
# Tones of a dark stamp: its usual one is between these, darker ink than the first is print; so much
# of what is dark this far (points) from the edges of its strokes has one tone, within the first of
# two, and its strokes have it within the second.
TONES, INSIDE, ONE_TONE, ALIKE_TONES = (60, 110), 0.55, 0.4, (4, 15)
# Points: print breaks strokes of one tone into parts that are no further apart; their edges are
# blurred so far.
PARTS, BLURRED = 20.0, 1.0
# Points: straight runs so long are rules or edges of shades, and so are thin ones so long, with
# holes no longer than the third.
LONG, SHORT, HOLE = 30.0, 10.0, 2.0
# Points, and shares of its hull: a stamp is at least and at most so wide and high, and its strokes
# fill so much of it; less is enough for one with a frame or ring.
SIDE, MOST_SIDE, LEAST_FILL, MOST_FILL = 45.0, 230.0, (0.06, 0.04), 0.6
# So much of its strokes are in no straight run, less if those are its frame: a grid is none.
BENT = 0.4, 0.25
# Lines of coloured print are none: over so many points between them rows have less than this share
# of the ink of others, and no frame or ring in the outer parts, which are so wide; the first and
# last lines have so much of the ink.
LEADING, SPARSE, END, LINE = 0.7, 0.3, 0.2, 0.05
# Points: where its frame crosses a rule at a small angle a gap is longer, up to the first; what is
# beyond is a piece of the frame if it is so long, and this share of its ink lies so near to the
# edges of its box, turned as the stamp is. So is what is as grey, but for so much, and reaches into
# the box around it.
PIECE, LEAST_PIECE, ALONG, RIM, ALIKE = 20.0, 10.0, 0.9, 2.5, 8
# A pale stamp has ink so near (points) to so much of its edge; other pale things are print.
NEAR, HELD = 1.5, 0.6
# Points: a dark row cuts a stamp in two, which are so wide and high at least.
HALF = 15.0


class _Ink(NamedTuple):
    """A page and, as 0 and 1, the broad strokes on it that are paler than ``darkest``, or some.

    ``bent`` are those in no straight run. Dark print may have ``hidden`` some; an upright rule has
    hidden too little to count. Parts of a stamp are no further apart than ``gap`` (points); it
    ``is_bare`` where it may have no frame or ring.
    """

    even: Grey
    strokes: Any
    bent: Any
    hidden: Any
    gap: float
    is_bare: bool


def without_stamps(even: Grey, dots_per_inch: float, shades: Sequence[Area] = ()) -> Grey:
    """Return an evened, upright page without the grey ink of stamps; print under them stays.

    ``shades`` are the shaded rows that were evened (in points): of a stamp over a dark one what
    stands above and below it is left.
    A stamp that is as black as print, as on pages of two tones, cannot be told from it.
    """
    point = dots_per_inch / POINTS_PER_INCH
    marks = _dark_ink(even, shades, point), _grey_ink(even, shades, point)
    return np.where(marks[0] | marks[1], 255, even).astype(np.uint8)


def _grey_ink(even: Grey, shades: Sequence[Area], point: float) -> Bools:
    """Say what is ink of stamps that is paler than print."""
    stamps = np.zeros_like(even)
    for darkest, palest in (DARK, PALE):
        apart = _apart(_solid(even < darkest), point)
        strokes = _broad((even < palest) & apart, point)
        for ink in _inks(even, strokes, apart, GAP, is_bare=darkest == DARK[0], point=point):
            np.maximum(stamps, _areas(ink, shades, point), out=stamps)
    if not stamps.any():
        return stamps > 0
    limits = cv2.dilate(stamps, _square(AROUND * point))
    grey = (even < DARK[1]) & _apart(_solid(even < DARK[0]), point)
    thin: Any = grey & (cv2.dilate(_broad(grey, point), _square(STROKE * point)) == 0)
    thin = thin.astype(np.uint8)
    rules = _straight(cv2.morphologyEx(thin, cv2.MORPH_CLOSE, _square(HOLE * point)), SHORT * point)
    is_stamp = (limits > 0) & (rules == 0) & _apart(_print(even, limits), point) & (even < EDGE)
    return _with_some(is_stamp, stamps > 0)


def _dark_ink(even: Grey, shades: Sequence[Area], point: float) -> Bools:
    """Say what is ink of stamps that is as dark as thin print, but of one tone.

    They are round or lie askew: a level box of dark letters was printed.
    """
    found = np.zeros(even.shape, np.bool_)
    apart = _apart(_solid(even < TONES[0]), point)
    strokes = _broad((even < DARK[1]) & apart, point)
    counts = np.bincount(even[cv2.erode(strokes, _square(2 * INSIDE * point)) > 0], minlength=256)
    alike = np.convolve(counts, np.ones(2 * ALIKE_TONES[0] + 1), "same")
    tone = int(alike.argmax())
    if not TONES[0] <= tone <= TONES[1] or alike[tone] < ONE_TONE * counts.sum():
        return found
    strokes = _broad(abs(even.astype(np.int16) - tone) <= ALIKE_TONES[1], point)
    edge = _square(2 * BLURRED * point)
    for ink in _inks(even, strokes, apart, PARTS, is_bare=False, point=point):
        if ink.strokes is not ink.bent:
            continue
        limits = cv2.dilate(_areas(ink, shades, point), edge)
        is_ink = (limits > 0) & (even >= limits) & (even < EDGE)
        own = _with_some(_broad(is_ink & (even < DARK[1]), point), ink.strokes > 0)
        found |= is_ink & (cv2.dilate(own.astype(np.uint8), edge) > 0)
        # What is left of their edges is pale all over.
        left = (limits > 0) & (even < EDGE) & ~found
        found |= left & ~_with_some(left, even < DARK[1])
    return found


def _inks(
    even: Grey, strokes: Any, apart: Bools, gap: float, *, is_bare: bool, point: float
) -> Iterator[_Ink]:
    """Yield strokes in which a stamp may be, ``apart`` from print: all, and those that are bent."""
    if cv2.countNonZero(strokes) < LEAST_FILL[1] * (SIDE * point) ** 2 / 2:  # as on most pages
        return
    bent = strokes & (1 - _straight(strokes, LONG * point))
    dark = (~apart).astype(np.uint8)
    long = np.ones((_odd(LONG * point), 1), np.uint8)
    upright: Any = cv2.morphologyEx(dark, cv2.MORPH_OPEN, long)
    # A frame around letters is of the stamp, unless it has run into rules that are grey too.
    for some in (strokes, bent):
        yield _Ink(even, some, bent, dark & (1 - upright), gap, is_bare)


def _with_some(marked: Any, some: Bools) -> Bools:
    """Say what is marked and hangs together with some of it."""
    count, labels = cv2.connectedComponents(marked.astype(np.uint8))
    is_own = np.zeros(count, np.bool_)
    is_own[labels[some & (marked > 0)]] = True
    return np.asarray(is_own[labels], np.bool_)


def _print(even: Grey, limits: Any) -> Any:
    """Say what is print on and beside stamps: pieces that are surely darker somewhere."""
    dark = even < np.maximum(limits, DARK[0])
    # Grain of a dark stamp is as dark as the blurred parts of print, but not as their middle.
    is_print = _with_some(dark, _solid(even < limits) | (limits == 0))
    # A decimal point may be one dark pixel.
    is_point = even < BLACK * limits
    return is_print & _solid(dark) | is_point


def _broad(marked: Any, point: float) -> Any:
    """Return what lies in strokes as broad as those of stamps."""
    return cv2.morphologyEx(marked.astype(np.uint8), cv2.MORPH_OPEN, _square(STROKE * point))


def _solid(dark: Any) -> Any:
    """Say which dark pixels have others beside them."""
    return dark & (cv2.boxFilter(dark.astype(np.uint8), -1, (3, 3), normalize=False) >= SOLID)


def _apart(print_: Any, point: float) -> Bools:
    """Say which pixels are not of print, nor of its blurred edges."""
    return np.asarray(cv2.dilate(print_.astype(np.uint8), _square(2 * BLUR * point)) == 0, np.bool_)


def _areas(ink: _Ink, shades: Sequence[Area], point: float) -> Any:
    """Find where strokes that stand together make a stamp.

    Returns below which tone each pixel of the page is print, 0 for those outside stamps.
    """
    joined = cv2.morphologyEx(ink.strokes, cv2.MORPH_CLOSE, _square(ink.gap * point))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    is_cut = np.zeros(len(stats), np.bool_)
    for shade in shades:
        rows = slice(max(0, round((shade.top - GAP) * point)), round((shade.bottom + GAP) * point))
        columns = slice(max(0, round(shade.x0 * point)), round(shade.x1 * point))
        is_cut[np.unique(labels[rows, columns])] = True
    stamps = np.zeros_like(ink.even)
    for n, (x, y, width, height, _) in enumerate(stats.tolist()):
        if n == 0 or not _is_large(width / point, height / point, is_cut=bool(is_cut[n])):
            continue
        here = np.s_[y : y + height, x : x + width]
        own: Any = (labels[here] == n).astype(np.uint8)
        hull = np.zeros_like(own)
        places = cv2.findNonZero(own)
        cv2.fillConvexPoly(hull, cv2.convexHull(places), 1)
        strokes, bent, hidden = (one[here] & hull for one in (ink.strokes, ink.bent, ink.hidden))
        is_held = _is_held(strokes, hidden, hull, point)
        if not (ink.is_bare or is_held):
            continue
        if not LEAST_FILL[is_held] <= strokes.sum() / hull.sum() <= MOST_FILL:
            continue
        if _are_lines(strokes, hidden, hull, point):
            continue
        angle = float(np.deg2rad(cv2.minAreaRect(places)[2]))
        is_framed = is_held and _is_rim((strokes & (1 - bent)) > 0, angle, point)
        if bent.sum() < BENT[is_framed] * strokes.sum():
            continue
        dark, tone = np.quantile(ink.even[here][strokes > 0], (0.25, 0.5))
        limit = round(min(tone - DARKER * (tone - dark), GRAIN * tone))
        stamps[here] = np.maximum(stamps[here], limit * hull)
        for piece in _pieces(ink, labels, stats, n, tone, angle, point):
            stamps[labels == piece] = limit
    return stamps


def _pieces(
    ink: _Ink, labels: Any, stats: Any, stamp: int, tone: float, angle: float, point: float
) -> Iterator[int]:
    """Yield which of the strokes that stand together are pieces of a stamp, or of its frame.

    ``tone`` is the usual one of its ink, ``angle`` that by which it is turned, in radians.
    """
    left, top, width, height, _ = stats.T
    is_long = np.maximum(width, height) >= LEAST_PIECE * point
    found = [stamp]
    for one in found:
        x, y, wide, high, _ = stats[one].tolist()
        sides = left - x - wide, x - left - width, top - y - high, y - top - height
        apart = np.maximum.reduce(sides)
        for n in np.flatnonzero(is_long & (apart <= PIECE * point)).tolist():
            if n in (0, *found):
                continue
            here = np.s_[top[n] : top[n] + height[n], left[n] : left[n] + width[n]]
            own = (labels[here] == n) & (ink.strokes[here] > 0)
            if (own & (ink.bent[here] > 0)).sum() < BENT[0] * own.sum():
                continue
            is_alike = apart[n] <= 0 and abs(np.median(ink.even[here][own]) - tone) <= ALIKE
            if is_alike or _is_rim(own, angle, point):
                found.append(n)
                yield n


def _is_rim(own: Bools, angle: float, point: float) -> bool:
    """Say whether ink lies along the edges of a box that is turned by an angle (radians)."""
    y, x = np.nonzero(own)
    if not len(x):
        return False
    sides = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    away = np.minimum.reduce(
        [end for side in sides for end in (side - side.min(), side.max() - side)]
    )
    return bool((away <= RIM * point).mean() >= ALONG)


def _is_held(strokes: Any, hidden: Any, hull: Any, point: float) -> bool:
    """Say whether strokes lie along most of the edge of their hull, as a frame or ring does."""
    edge = (hull - cv2.erode(hull, np.ones((3, 3), np.uint8), borderValue=0)) & (1 - hidden)
    near = cv2.dilate(strokes, _square(2 * NEAR * point))
    return bool((near & edge).sum() >= HELD * edge.sum())


def _are_lines(strokes: Any, hidden: Any, hull: Any, point: float) -> bool:
    """Say whether strokes are level lines of letters, and nothing goes on beside them."""
    free = np.maximum((hull & (1 - hidden)).sum(axis=1, dtype=float), 1.0)
    share = strokes.sum(axis=1, dtype=float) / free
    maybe = strokes | hidden
    outer = END * hull.sum(axis=1)
    ends = [
        one.argmax(axis=1) - edge.argmax(axis=1) <= outer
        for one, edge in ((maybe, hull), (maybe[:, ::-1], hull[:, ::-1]))
    ]
    is_held = maybe.any(axis=1) & (ends[0] | ends[1])
    is_white = (share < SPARSE * np.median(share[share > 0])) & ~is_held
    above = np.cumsum(strokes.sum(axis=1)) / strokes.sum()
    is_white &= (above >= LINE) & (above <= 1 - LINE)
    edges = np.flatnonzero(np.diff(is_white, prepend=False, append=False))
    return bool((edges[1::2] - edges[::2] >= LEADING * point).any())


def _is_large(width: float, height: float, *, is_cut: bool) -> bool:
    """Say whether strokes over so many points are a stamp, or what a dark row leaves of one."""
    least = HALF if is_cut else SIDE
    return min(width, height) >= least and SIDE <= max(width, height) <= MOST_SIDE


def _straight(marked: Any, run: float) -> Any:
    """Return what lies in level and upright runs of so many pixels."""
    long = _odd(run)
    level, upright = (
        cv2.morphologyEx(marked, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        for shape in ((1, long), (long, 1))
    )
    return np.bitwise_or(level, upright)


def _square(side: float, least: int = 3) -> Any:
    pixels = max(least, _odd(side))
    return np.ones((pixels, pixels), np.uint8)


def _odd(pixels: float) -> int:
    """Return an odd number of pixels about so large: even ones would shift what is found."""
    return 2 * round((pixels - 1) / 2) + 1
