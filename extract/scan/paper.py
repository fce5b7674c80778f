"""An even page: paper white, ink dark, without shadows, shades and speckle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools
from extract.pdf.shapes import Area
from extract.scan.engine import Grey

# The paper is looked for in a picture of about so many dots per inch.
COARSE_DOTS = 50
# Points: strokes and rules are no thicker than this, shades no narrower.
STROKE = 6.0
# Points: paper changes its grey over such distances; a shade is smaller.
SLOW = 120.0
# Shares of the paper around: an area darker than the first carries light letters if more of it is
# lighter, by the second, than darker.
DARK, TAIL = 0.7, 0.12
# A line of bold print is a dark area too where it is seen coarsely; less than this share is ink.
INKED = 0.5
# Shares of the paper around: a shade is darker than the first, pixels above the second are white.
SHADE, WHITE = 0.975, 0.9
# Coarse pixels: the paper's own grain, without which a shade is looked for, is no wider.
GRAIN = 5
# The darkest of so many (share of the pixels that hold ink) become black.
BLACKEST = 0.1
# Points: sides of a shade, and the share of its box that it fills.
SHADE_SIDE, SHADE_WIDTH, SHADE_FILL = 9.0, 14.0, 0.8
# An area that fills so much of its box may have no more than the second share of all that is dark
# together: the rest, as a stamp, hangs on to it.
SHARP, MOSTLY = 0.97, 0.6
# Share of the light of the paper by which the grey of two shades that touch differs.
STEP = 0.04


# Points: the edge of a fill is blurred so far, and a rule goes on from it so far. Evened pixels
# darker than the third are ink; the share of the way that a rule covers.
EDGE, BEYOND, INK, GOES_ON = 1.5, 6.0, 170, 0.7
# The paper is as light as this share of the pixels is not.
USUAL = 0.7

Box = tuple[int, int, int, int]


class EvenPage(NamedTuple):
    """A page whose paper is 255; ``shades`` are the areas of darker paper, in points."""

    grey: Grey
    shades: list[Area]


def evened(grey: Grey, dots_per_inch: float) -> EvenPage:
    """Divide a page by the grey of its paper, turn light letters on dark paper dark."""
    step = _step(dots_per_inch)
    dots = dots_per_inch / step
    dark, boxes = _dark_areas(grey, _coarse(grey, step), dots)
    full: Any = cv2.resize(dark, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    if boxes:
        grey = np.where(full > 0, 255 - grey, grey).astype(np.uint8)
    paper = _paper(grey, step, dots)
    shades = _shades(np.where(dark > 0, 255 - paper, paper).astype(np.uint8), dots)
    even = _divided(grey, paper)
    if boxes:
        _paint_edges(even, full, boxes, step, dots_per_inch / POINTS_PER_INCH)
    return EvenPage(_stretched(even), shades)


def flattened(grey: Grey, dots_per_inch: float) -> Grey:
    """Divide a page, which may lie askew, by the grey of its paper; dark areas stay dark.

    The boxes in which light letters are turned dark are level, whatever the page is.
    """
    return _stretched(_divided(grey, coarse_paper(grey, dots_per_inch)))


def coarse_paper(grey: Grey, dots_per_inch: float) -> Grey:
    """Return the grey of the paper of a page, in a smaller picture."""
    step = _step(dots_per_inch)
    return _paper(grey, step, dots_per_inch / step)


def _step(dots_per_inch: float) -> int:
    return max(1, round(dots_per_inch / COARSE_DOTS))


def _coarse(grey: Any, step: int) -> Any:
    height, width = grey.shape
    return cv2.resize(grey, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)


def _paper(grey: Grey, step: int, dots: float) -> Grey:
    """Return the grey of the paper, coarsely: without what is no wider than a stroke."""
    # Light wins over ink that is thinner than the reach; what is wider keeps its edges.
    thin = cv2.dilate(cv2.blur(grey, (3, 3)), np.ones((5, 5), np.uint8))
    reach = _odd(STROKE * dots / POINTS_PER_INCH)
    closed = cv2.medianBlur(_coarse(thin, step), 3)
    return np.asarray(
        cv2.morphologyEx(closed, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), np.uint8
    )


def _divided(grey: Grey, paper: Grey) -> Grey:
    scale = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, scale, scale=255), np.uint8)


def _dark_areas(grey: Grey, small: Any, dots: float) -> tuple[Grey, list[Box]]:
    """Mark the areas that carry light letters in ``small``, a coarse picture of ``grey``.

    Return their boxes there, too.
    """
    reach = _odd(STROKE * dots / POINTS_PER_INCH)
    white = float(np.quantile(small, USUAL))
    opened = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))
    areas = (opened < DARK * white).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(areas)
    marked, boxes = np.zeros_like(small), []
    step = len(grey) / len(small)
    side = SHADE_SIDE * dots / POINTS_PER_INCH
    for n, (x, y, width, height, area) in enumerate(stats[1:].tolist(), 1):
        own = labels[y : y + height, x : x + width] == n
        # A heading right above a fill has run into it, or a stamp beside it: rows and columns that
        # are not filled are none of it.
        first, last = _longest(own.mean(axis=1) >= SHADE_FILL)
        own, y, height = own[first:last], y + first, last - first
        if height < side:
            continue
        first, last = _longest(own.mean(axis=0) >= SHADE_FILL)
        own, x, width = own[:, first:last], x + first, last - first
        if width < side or not _is_filled(own, area):
            continue
        top, bottom, left, right = (round(step * n) for n in (y, y + height, x, x + width))
        if (grey[top:bottom, left:right] < DARK * white).mean() < INKED:
            continue
        inside = small[y + 1 : y + height - 1, x + 1 : x + width - 1].astype(np.float32)
        fill, tail = float(np.median(inside)), TAIL * white
        if fill < DARK * white and (inside > fill + tail).sum() > (inside < fill - tail).sum():
            marked[y : y + height, x : x + width][own] = 1
            boxes.append((x, y, width, height))
    return np.asarray(marked, np.uint8), boxes


def _is_filled(own: Bools, area: int) -> bool:
    """Say whether what is dark is a filled box, and nearly all of the ``area`` that is together."""
    filled = int(own.sum())
    least = MOSTLY if filled >= SHARP * own.size else SHADE_FILL
    return filled >= max(SHADE_FILL * own.size, least * area)


def _longest(marked: Bools) -> tuple[int, int]:
    """Return where the longest run of marked places begins and ends (exclusive)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(ends - starts))
    return int(starts[longest]), int(ends[longest])


def _paint_edges(even: Grey, dark: Grey, boxes: list[Box], step: int, point: float) -> None:
    """Paint the edges of fills white, in place: where no rule goes on from one it is none."""
    near, far = round(EDGE * point), round(BEYOND * point)
    for x, y, width, height in boxes:
        left, right, top, bottom = (step * n for n in (x, x + width, y, y + height))
        ends = [
            even[max(0, row) : max(0, row + far), max(0, column - near) : column + near]
            for row in (top - near - far, bottom + near)
            for column in (left, right)
        ]
        if any(end.size and (end.min(axis=1) < INK).mean() > GOES_ON for end in ends):
            continue
        rows = slice(max(0, top - 2 * near), bottom + 2 * near)
        columns = slice(max(0, left - 2 * near), right + 2 * near)
        fill = dark[rows, columns]
        reach = np.ones((2 * near + 1, 2 * near + 1), np.uint8)
        even[rows, columns][cv2.dilate(fill, reach) > cv2.erode(fill, reach)] = 255


def _stretched(even: Grey) -> Grey:
    """Make the paper white and the darkest ink black."""
    counts = np.bincount(even[::3, ::3].ravel(), minlength=256)
    ink = counts[: int(255 * WHITE) - 40].cumsum()
    black = int(np.searchsorted(ink, BLACKEST * ink[-1])) if ink[-1] else 0
    white = 255 * WHITE
    table = np.clip((np.arange(256) - black) * (255 / (white - black)), 0, 255)
    return np.asarray(cv2.LUT(even, table.astype(np.uint8)), np.uint8)


def _shades(paper: Grey, dots: float) -> list[Area]:
    """Return the areas in which the paper is darker than the paper around, filled as boxes are."""
    reach = _odd(SLOW * dots / POINTS_PER_INCH)
    # A shadow lies along an edge of the paper: it is as dark above and below, or across the page.
    along = cv2.blur(cv2.dilate(paper, np.ones((reach, 1), np.uint8)), (1, reach))
    smooth: Any = cv2.medianBlur(paper, GRAIN)
    darker: Any = smooth < SHADE * np.minimum(along, paper.max(axis=1, keepdims=True))
    darker = darker.astype(np.uint8)
    side = max(2, round(SHADE_SIDE * dots / POINTS_PER_INCH) - 2)
    darker = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(darker, connectivity=4)
    points = POINTS_PER_INCH / dots
    deep, wide = paper.shape
    white = float(np.median(paper))
    found: list[Area] = []
    for n, (x, y, width, height, _) in enumerate(stats[1:].tolist(), 1):
        # What runs over the edge of the paper is a shadow.
        if min(x, y) <= 1 or x + width >= wide - 1 or y + height >= deep - 1:
            continue
        own = labels[y : y + height, x : x + width] == n
        first, last = _longest(own.mean(axis=1) >= SHADE_FILL)  # a stamp may hang on to it
        own, y = own[first:last], y + first
        if last - first < side or width * points < SHADE_WIDTH or own.mean() < SHADE_FILL:
            continue
        rows = _of_one_grey(paper[y : y + last - first, x : x + width], y, side, white)
        found += [
            Area(x * points, top * points, (x + width) * points, bottom * points)
            for top, bottom in rows
        ]
    return found


def _of_one_grey(shade: Grey, y: int, least: int, white: float) -> Iterator[tuple[int, int]]:
    """Part a shade where its grey changes: a header and the shaded row below it are two.

    ``least`` is how many rows of pixels each has at least, ``white`` the grey of the paper.
    """
    rows = np.median(shade, axis=1)
    start = 0
    for n in range(least, len(rows) - least):
        if abs(rows[n + 1] - rows[n - 1]) >= STEP * white and n - start >= least:
            yield y + start, y + n
            start = n
    yield y + start, y + len(rows)


def _odd(pixels: float) -> int:
    return 2 * round(pixels / 2) + 1
