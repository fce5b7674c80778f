"""Hairlines of which a scan of two tones keeps only dots: they stand in one row, in white."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.pdf.arrays import Bools
from extract.scan.engine import Grey

# Points: over so many along a hairline a share of them has ink (so much of 255 in three rows of
# pixels together), and beside it, so far away, hardly any has: no more than so much of that share.
WINDOW, SHARE, SEEN, BESIDE, QUIET = 61, 0.3, 7, 1.8, 0.2
# On a page that lay askew a hairline is above the threshold once in so many of its columns as it
# takes to go down a row. So its dots may be few (this share) if so many at least come at that
# distance, within this share of it and so much of the slope, as the next share of those do that are
# so many points apart, and if other ink lies in no more than the last share of the row.
FEW, LEAST_EVEN, EVENLY, SLACK, MOST, APART, CROWDED = 0.06, 4, 0.15, 0.0006, 0.8, 5, 0.1
# Points: it is so long, and has holes no longer than the second, than the dashes beside them, or
# than so many times the distance of dots (and a hole no longer than the window).
LEAST, HOLE, MISSED = 61, 25, 1.3
# Points: ink of a hairline is no thicker, whatever it meets if it is longer than letters are high;
# nor in pixels, of which a single one takes up to three when the page is turned upright.
THICKEST, DASH, TURNED = 0.5, 15.0, 3
# Pixels so dark (255 is black) are ink, and darker ones than the second count no more than it.
DOT, CAP = 25, 60


class Hairline(NamedTuple):
    """A row of dots in pixels, ``first`` to ``last``; it may go on from ``start`` to ``end``."""

    at: int
    first: int
    last: int
    start: int
    end: int


def dotted(darkness: Grey, point: float, skew: float) -> list[Hairline]:
    """Return level rows of dots in a picture in which ink is light.

    ``point`` is a point in pixels, ``skew`` by how many degrees the page was turned to be upright.
    Leaders between words are such rows too: only rules across them tell a hairline.
    """
    thin = _thin(darkness, point)
    dots, others = _tiled(thin, point), _tiled(darkness - thin, point)
    share: Any = cv2.boxFilter(dots.astype(np.float32), -1, (WINDOW, 1))
    away = round(BESIDE * point)
    beside = np.zeros_like(share)
    beside[away:] = share[:-away]
    np.maximum(beside[:-away], share[away:], out=beside[:-away])
    sparse = (share >= FEW) & (beside <= QUIET * share)
    slope = abs(np.tan(np.deg2rad(skew)))
    hole = max(HOLE, min(MISSED / max(slope * point, SLACK), WINDOW))
    found: list[Hairline] = []
    shares = np.where(sparse, share, 0).sum(axis=1)
    for row in np.argsort(-shares)[: np.count_nonzero(shares)].tolist():
        for first, last in _stretches(dots[row], sparse[row], hole):
            if any(
                abs(one.at - row) <= 2 * away
                and one.first < last * point
                and one.last > first * point
                for one in found
            ):
                continue
            own = dots[row, first:last]
            apart, is_even = _distance(own, slope, point)
            is_clear = others[row, first:last].mean() <= CROWDED
            if own.mean() >= SHARE or (is_even and is_clear):
                ends = (first, last, first - apart, last + apart)
                found.append(Hairline(row, *(round(end * point) for end in ends)))
    return found


def _tiled(darkness: Grey, point: float) -> Bools:
    """Say in which points of each row, with those above and below it, there is ink."""
    height, width = darkness.shape
    size = round(width / point), height
    tiles: Any = cv2.resize(np.minimum(darkness, CAP), size, interpolation=cv2.INTER_AREA)
    rows: Any = cv2.boxFilter(tiles, cv2.CV_32F, (1, 3), normalize=False)
    return np.asarray(rows >= SEEN, np.bool_)


def _thin(darkness: Grey, point: float) -> Any:
    """Keep the ink that is as thin as a hairline: letters that stand in a row are none."""
    ink = (darkness >= DOT).astype(np.uint8)
    thickest = max(TURNED, int(THICKEST * point) + 1)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    is_thin = stats[:, cv2.CC_STAT_HEIGHT] <= thickest
    is_thin[0] = False
    # Dashes that meet a rule across them.
    dashes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(DASH * point)), np.uint8))
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((thickest + 1, 1), np.uint8))
    return np.where(is_thin[labels] | (dashes > thick), darkness, 0).astype(np.uint8)


def _stretches(dots: Bools, sparse: Bools, hole: float) -> Iterator[tuple[int, int]]:
    """Yield where the dots of a row begin and end, between holes, that hold sparse places."""
    whole = cv2.morphologyEx(dots[None].astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, 3)))[0]
    edges = np.flatnonzero(np.diff(whole.astype(np.int8), prepend=0, append=0))
    starts, ends = edges[::2], edges[1::2]
    dashes = ends - starts
    holes = starts[1:] - ends[:-1] > np.maximum(hole, np.minimum(dashes[1:], dashes[:-1]))
    for part in np.split(np.column_stack((starts, ends)), np.flatnonzero(holes) + 1):
        if not len(part):
            continue
        first, last = int(part[0, 0]), int(part[-1, 1])
        if last - first >= LEAST and sparse[first:last].any():
            yield first, last


def _distance(dots: Bools, slope: float, point: float) -> tuple[float, bool]:
    """Return how far dots are apart, in points, and whether that is even and goes with a slope."""
    starts = np.flatnonzero(np.diff(dots.astype(np.int8), prepend=0) > 0)
    apart = np.diff(starts)
    apart = apart[apart >= APART]
    if not len(apart):
        return 0.0, False
    usual = float(np.median(apart))
    off = abs(apart / usual - np.round(apart / usual))
    is_even = ((off <= EVENLY) & (apart > usual / 2)).mean() >= MOST
    is_even &= len(apart) >= LEAST_EVEN
    return usual, bool(is_even and abs(1 / (usual * point) - slope) <= SLACK + EVENLY * slope)
