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
# takes to go down a row. So its dots may be few (this share) if they come at that distance, so many
# times at least, and if other ink lies in no more than the last share of the row.
FEW, CYCLES, CROWDED = 0.06, 3, 0.1
# Dashes that take such a share and come so often are a hairline whatever crosses it: signs for none
# in cells beside each other are fewer, or further apart.
SURE_SHARE, SURE_CYCLES = 0.25, 8
# The slope is known within so much, and this share of it; so many distances within are tried. Dots
# that come at one have this share of the concentration that dashes of their length have in full;
# where they are more than the last share, nothing tells.
SLACK, EVENLY, TRIED, PHASE, FULL = 0.0006, 0.15, 61, 0.8, 0.85
# Points: so long a row of dots is a dash, and no point of a row of text.
SEVERAL = 4
# Points: it is so long, and has holes no longer than the second, or, if its dots are even, than so
# many times their distance, and than the window.
LEAST, HOLE, MISSED = 61, 25, 1.3
# Points: ink of a hairline is no thicker, whatever it meets if it is longer than letters are high;
# nor in pixels, of which a single one takes up to three when the page is turned upright.
THICKEST, DASH, TURNED = 0.5, 15.0, 3
# Pixels so dark (255 is black) are ink, and darker ones than the second count no more than it.
DOT, CAP = 25, 60


class Hairline(NamedTuple):
    """A row of dots in pixels, ``first`` to ``last``; it may go on from ``start`` to ``end``.

    ``dots`` says for each point (of 1/72 inch) of the row whether there is ink. It ``is_sure`` if
    nothing but a hairline that the page's slope has cut leaves such dashes.
    """

    at: int
    first: int
    last: int
    start: int
    end: int
    dots: Bools
    is_sure: bool


def dotted(darkness: Grey, point: float, skew: float) -> list[Hairline]:
    """Return level rows of dots in a picture in which ink is light.

    ``point`` is a point in pixels, ``skew`` by how many degrees the page was turned to be upright.
    Leaders between words are such rows too: where it is not sure, only rules across them tell a
    hairline.
    """
    thin = _thin(darkness, point)
    dots = _tiled(thin, point)
    share: Any = cv2.boxFilter(dots.astype(np.float32), -1, (WINDOW, 1))
    away = round(BESIDE * point)
    beside = np.zeros_like(share)
    beside[away:] = share[:-away]
    np.maximum(beside[:-away], share[away:], out=beside[:-away])
    sparse = (share >= FEW) & (beside <= QUIET * share)
    slope = abs(np.tan(np.deg2rad(skew)))
    # A hairline that the page's slope has cut may have longer holes than dots that stand anyhow.
    holes = max(HOLE, min(MISSED / max(slope * point, SLACK), WINDOW)), HOLE
    found: list[Hairline] = []
    shares = np.where(sparse, share, 0).sum(axis=1)
    for row in np.argsort(-shares)[: np.count_nonzero(shares)].tolist():
        for hole, first, last in _stretches(dots[row], sparse[row], holes):
            if any(
                abs(one.at - row) <= 2 * away
                and one.first < last * point
                and one.last > first * point
                for one in found
            ):
                continue
            own = dots[row, first:last]
            apart = _distance(_without_specks(own), slope * point, SLACK * point)
            if apart and not _is_dashed(darkness, thin, row, (first, last), point):
                apart = 0.0
            if apart or (hole == HOLE and own.mean() >= SHARE):
                beyond = apart or HOLE * (1 - float(own.mean()))
                ends = (first, last, first - beyond, last + beyond)
                begin, stop, start, end = (round(place * point) for place in ends)
                often = apart > 0 and len(own) >= SURE_CYCLES * apart
                is_sure = often and own.mean() >= SURE_SHARE
                found.append(Hairline(row, begin, stop, start, end, dots[row], bool(is_sure)))
    return found


def _tiled(darkness: Grey, point: float) -> Bools:
    """Say in which points of each row, with those above and below it, there is ink."""
    height, width = darkness.shape
    size = round(width / point), height
    tiles: Any = cv2.resize(np.minimum(darkness, CAP), size, interpolation=cv2.INTER_AREA)
    rows: Any = cv2.boxFilter(tiles, cv2.CV_32F, (1, 3), normalize=False)
    return np.asarray(rows >= SEEN, np.bool_)


def _is_dashed(darkness: Grey, thin: Grey, row: int, ends: tuple[int, int], point: float) -> bool:
    """Say whether the ink of a row, between points, is dashes and hardly any else.

    What comes at even distances may also be a point of each row of text.
    """
    rows, columns = slice(max(0, row - 1), row + 2), slice(*ends)
    own, all_ink = thin[rows], darkness[rows]
    other = np.where(all_ink >= DOT, all_ink - own, 0).astype(np.uint8)
    dash: Any = cv2.morphologyEx(own, cv2.MORPH_OPEN, np.ones((1, 2 * TURNED), np.uint8))
    seen, dashes, others = (_tiled(ink, point)[1, columns] for ink in (own, dash, other))
    dashes |= _dashes(seen)
    return bool(others.mean() <= CROWDED and 2 * dashes.sum() >= seen.sum())


def _without_specks(dots: Bools) -> Bools:
    """Leave out dots that are no dash, if others are."""
    dashes = _dashes(dots)
    return dashes if 2 * dashes.sum() >= dots.sum() else dots


def _dashes(dots: Bools) -> Bools:
    """Return the dashes of several points among dots; a hole of one point breaks none."""
    row = dots[None].astype(np.uint8)
    whole: Any = cv2.morphologyEx(row, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    dashes: Any = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, SEVERAL), np.uint8))
    return np.asarray(dashes[0] > 0, np.bool_)


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


def _stretches(
    dots: Bools, sparse: Bools, holes: tuple[float, ...]
) -> Iterator[tuple[float, int, int]]:
    """Yield where the dots of a row that hold sparse places begin and end, for longest holes."""
    seen = np.flatnonzero(dots)
    for hole in holes:
        for part in np.split(seen, np.flatnonzero(np.diff(seen) > hole) + 1):
            if len(part) and part[-1] - part[0] >= LEAST and sparse[part[0] : part[-1]].any():
                yield hole, int(part[0]), int(part[-1]) + 1


def _distance(dots: Bools, often: float, slack: float) -> float:
    """Return how far dots are apart that come so often in a point; 0 where they do not."""
    share = float(dots.mean())
    least = max(often - slack - EVENLY * often, CYCLES / len(dots))
    most = often + slack + EVENLY * often
    if share > FULL or least >= most:
        return 0.0
    tried = np.linspace(least, most, TRIED)
    phases = np.exp(2j * np.pi * np.outer(tried, np.flatnonzero(dots)))
    concentration = abs(phases.mean(axis=1))
    best = int(concentration.argmax())
    return float(1 / tried[best]) if concentration[best] >= PHASE * np.sinc(share) else 0.0
