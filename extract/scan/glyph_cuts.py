"""Glyphs cut out of a line: one by one by their own ink, for the reader of digits.

Where to cut comes from the places of the clusters that an engine read; what is cut comes from the
ink. A glyph is a pair of small pictures: it alone, as large as the picture allows, and what stands
around it at the scale of the line, which shows how high it is and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.scan.engine import Cluster, Grey

SIDE = 28  # pixels of both pictures of a glyph
_ALONE = 24  # pixels of the longer side of a glyph in its own picture
_TALL = 14  # pixels that a letter of the line is high in the picture around a glyph
_BELOW = 6  # pixels of that picture below the line on which the letters stand
# Pixels of the height of a line: lower ones are enlarged about so far, but not beyond the second,
# so that glyphs are parted within pixels.
_HIGH, _MOST_ENLARGED = 36, 3
# Levels of grey between paper and ink; what differs less is paper.
_LEAST_CONTRAST = 64
# Shares of the pixels of a line that are brighter than its ink, and darker than its paper.
_INK, _PAPER = 0.005, 0.9
_IS_INK = 105  # of 255
# A cut is looked for within this share of a glyph's width from the end of its cluster.
_REACH = 0.35
# A pixel away from the end of the cluster counts as so much ink in a column.
_STRAY = 40.0
_FAINT = 50  # of 255: paler is no ink where glyphs are parted
# Shares of a part of the ink: one that lies inside so far is whole; one that touches the next
# glyph is cut off if this much of the glyph's ink is of it.
_WHOLE, _TOUCHING = 0.6, 0.35
_SPECK = 0.05  # share of the glyph's largest part; what is smaller is no part of it
_LEAST = 4  # pixels that a glyph is high
_WIDEST = 2.5  # times its height; wider is more than one glyph

Numbers = np.ndarray[Any, np.dtype[Any]]


class Cuts(NamedTuple):
    """The glyphs that could be cut: ``glyphs`` has two pictures (SIDE by SIDE, 255 is ink) each."""

    clusters: list[int]
    glyphs: Grey


def cut(line: Grey, clusters: Sequence[Cluster], wanted: Iterable[int]) -> Cuts:
    """Cut glyphs out of a line; those that cannot be told from their neighbours are left out."""
    ink = _ink(line)
    enlarged = min(max(round(_HIGH / len(ink)), 1), _MOST_ENLARGED)
    if enlarged > 1:
        ink = np.asarray(
            cv2.resize(ink, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_CUBIC)
        )
        clusters = [one._replace(x0=one.x0 * enlarged, x1=one.x1 * enlarged) for one in clusters]
    count, parts, stats, _ = cv2.connectedComponentsWithStats((ink > _IS_INK).view(np.uint8))
    if count == 1:
        return Cuts([], np.zeros((0, 2, SIDE, SIDE), np.uint8))
    edges = _edges(ink, clusters)
    around, scale = _around(ink, stats)
    found: list[int] = []
    glyphs: list[Grey] = []
    for n in wanted:
        first, last = edges[n]
        place = _own_ink(parts[:, first:last], stats, clusters[n])
        if place is None:
            continue
        is_own, (left, top, right, bottom) = place
        own = ink[top:bottom, first + left : first + right] * is_own[top:bottom, left:right]
        middle = round((first + (left + right) / 2) * scale)
        found.append(n)
        glyphs.append(np.stack((_alone(own), around[:, middle : middle + SIDE])))
    return Cuts(found, np.stack(glyphs) if glyphs else np.zeros((0, 2, SIDE, SIDE), np.uint8))


def _ink(line: Grey) -> Grey:
    """Turn grey into ink: 0 is the line's paper, 255 its darkest ink."""
    below = np.bincount(line.ravel(), minlength=256).cumsum() / line.size
    black, paper = (int(np.searchsorted(below, share)) for share in (_INK, _PAPER))
    levels = (paper - np.arange(256)) * (255.0 / max(paper - black, _LEAST_CONTRAST))
    return np.asarray(cv2.LUT(line, np.clip(levels, 0, 255).astype(np.uint8)))


def _edges(ink: Grey, clusters: Sequence[Cluster]) -> list[tuple[int, int]]:
    """Return the columns of each cluster, cut where the ink between two is least."""
    columns = cv2.threshold(ink, _FAINT, 0, cv2.THRESH_TOZERO)[1].sum(axis=0, dtype=np.float64)
    width = len(columns)

    def least(x: float, reach: float) -> int:
        first, last = max(int(x - reach), 0), min(int(x + reach) + 2, width)
        if first >= last:
            return min(max(int(x), 0), width)
        places = np.arange(first, last)
        return first + int((columns[first:last] + _STRAY * abs(places - x)).argmin())

    wide = [_REACH * max(cluster.x1 - cluster.x0, 1.0) for cluster in clusters]
    between = [
        least((one.x1 + two.x0) / 2, min(wide[n], wide[n + 1]))
        for n, (one, two) in enumerate(pairwise(clusters))
    ]
    starts = [max(int(clusters[0].x0 - wide[0]), 0), *between]
    ends = [*between, min(int(clusters[-1].x1 + wide[-1]) + 1, width)]
    return [(start, max(end, start + 1)) for start, end in zip(starts, ends, strict=True)]


def _around(ink: Grey, stats: Numbers) -> tuple[Grey, float]:
    """Return the line with its letters _TALL pixels high, and its scale.

    The column x of the line is in the middle of the columns from ``x * scale``.
    """
    heights, tops = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_TOP]
    is_letter = heights >= 0.5 * heights.max()
    tall = float(np.median(heights[is_letter]))
    foot = float(np.median((tops + heights)[is_letter]))
    scale = _TALL / tall
    height, width = ink.shape
    rows, columns = max(round(height * scale), 1), max(round(width * scale), 1)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(ink, (columns, rows), interpolation=how)
    around = np.zeros((SIDE, columns + 2 * SIDE), np.uint8)
    shift = SIDE - _BELOW - round(foot * scale)
    top, bottom = max(shift, 0), min(rows + shift, SIDE)
    left = SIDE // 2
    around[top:bottom, left : left + columns] = small[top - shift : bottom - shift]
    return around, scale


def _own_ink(
    parts: Numbers, stats: Numbers, cluster: Cluster
) -> tuple[Numbers, tuple[int, int, int, int]] | None:
    """Say which pixels between two cuts are of the glyph, and their box."""
    inside = np.bincount(parts.ravel(), minlength=len(stats))
    lefts = stats[:, cv2.CC_STAT_LEFT]
    rights = lefts + stats[:, cv2.CC_STAT_WIDTH]
    # What stands beside the cluster is the rest of a rule, or dust.
    inside[(rights < cluster.x0 - 1) | (lefts > cluster.x1 + 1)] = 0
    inside[0] = 0
    whole = inside.sum()
    is_part = (inside >= _WHOLE * stats[:, cv2.CC_STAT_AREA]) | (inside > _TOUCHING * whole)
    is_part &= inside > _SPECK * inside.max()
    is_part[0] = False
    is_own = is_part[parts]
    columns, rows = np.flatnonzero(is_own.any(axis=0)), np.flatnonzero(is_own.any(axis=1))
    if not len(rows):
        return None
    left, right, top, bottom = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    height, width = bottom - top, right - left
    if height < _LEAST or width > _WIDEST * height:
        return None
    # With the paler edge of the strokes around it.
    is_own = cv2.dilate(is_own.view(np.uint8), np.ones((3, 3), np.uint8))
    box = (max(left - 1, 0), max(top - 1, 0), min(right + 1, parts.shape[1]), bottom + 1)
    return is_own, box


def _alone(own: Grey) -> Grey:
    """Bring a glyph to the middle of its picture, as large as fits."""
    height, width = own.shape
    scale = _ALONE / max(height, width)
    rows, columns = max(round(height * scale), 1), max(round(width * scale), 1)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    alone = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - rows) // 2, (SIDE - columns) // 2
    alone[top : top + rows, left : left + columns] = cv2.resize(
        own, (columns, rows), interpolation=how
    )
    return alone
