"""How a page lies: turned by quarters, upside down, askew; and the page set upright."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools, Floats
from extract.scan.engine import Grey

# The lie of a page is told from a picture of about so many dots per inch.
COARSE_DOTS = 100
# Evened pixels darker than this are ink.
INK = 150
# Degrees: how far askew a page may lie, and the steps in which that is looked for.
MOST_SKEW, COARSE_STEP, FINE_STEP = 5.0, 0.5, 0.05
# Degrees: a page is left as it is if it lies straighter than this.
STRAIGHT = 0.03
# Points: letters and marks are no higher, lower than these.
TALLEST, LOWEST = 30.0, 1.0
# In heights of a usual letter: a mark is lower and narrower than the first two, no lower than the
# third, and stands no further than the last from its letter.
MARK, WIDE_MARK, LEAST_MARK, REACH = 0.7, 1.2, 0.12, 0.35
# In heights of a usual letter: letters of a line are no further apart.
GAP = 0.5
# Pieces of rules are so much longer than thick, or have less ink than this share of their box.
SLENDER, LEAST_FILL = 5.0, 0.2
# Fewer letters do not tell which way is up; so many deviations of chance are sure.
LEAST_LETTERS, SURE = 12, 5.0
# So many pixels of ink tell the angle.
SAMPLE = 40_000

Integers = np.ndarray[Any, np.dtype[np.int32]]


class Lie(NamedTuple):
    """How a page lies in its picture.

    ``turn`` says by how many degrees clockwise (0, 90, 180, 270) it is turned, ``skew`` by how many
    more, and ``confidence``, from 0 to 1, how sure it is that the page is not the other way up.
    """

    turn: int
    skew: float
    confidence: float


UPRIGHT = Lie(0, 0.0, 1.0)


def lie(even: Grey, dots_per_inch: float) -> Lie:
    """Tell how a page lies from its text lines and rules. ``even`` is an evened picture."""
    scale = min(1.0, COARSE_DOTS / dots_per_inch)
    small = cv2.resize(even, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < INK + 30).astype(np.uint8)
    dots = dots_per_inch * scale
    letters = _letters(ink, dots)
    turn = 90 if _are_sideways(letters) else 0
    inner = _inner(ink)
    skew = _skew(np.ascontiguousarray(np.rot90(inner)) if turn else inner)
    straight = upright(even, Lie(turn, skew, 0.0))
    rise, confidence = _rise(_letters((straight < INK).astype(np.uint8), dots_per_inch))
    if rise < 0:
        turn += 180
    return Lie(turn, skew, confidence)


def upright(grey: Grey, found: Lie) -> Grey:
    """Set a page upright: turned back by quarters without loss, then by its skew."""
    turned = np.ascontiguousarray(np.rot90(grey, found.turn // 90))
    if abs(found.skew) < STRAIGHT:
        return np.asarray(turned, np.uint8)
    return _rotated(turned, -found.skew)


def _rotated(grey: Grey, degrees: float) -> Grey:
    """Rotate clockwise about the middle; what comes in from outside is paper."""
    height, width = grey.shape
    paper = float(np.median(grey[::8, ::8]))  # an edge between paper and white would be a rule
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,)),
        np.uint8,
    )


def _letters(ink: Grey, dots: float) -> Grey:
    """Keep the components that have the size of letters and marks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    point = dots / POINTS_PER_INCH
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    kept = (sides.max(axis=1) <= TALLEST * point) & (sides.max(axis=1) >= LOWEST * point)
    kept[0] = False
    return np.asarray(kept.astype(np.uint8)[labels], np.uint8)


def _inner(ink: Grey) -> Grey:
    """Leave out what touches the edge of the picture, as the shadow of the paper does."""
    _, labels = cv2.connectedComponents(ink)
    kept = np.ones(int(labels.max()) + 1, np.uint8)
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        kept[edge] = 0
    kept[0] = 0
    return np.asarray(kept[labels], np.uint8)


def _are_sideways(letters: Grey) -> bool:
    """Say whether lines of letters stand on end: letters are nearer in a line than lines are."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(letters)
    x, y, width, height, area = stats[1:].T
    sides = np.maximum(width, height)
    is_letter = sides <= SLENDER * np.minimum(width, height)
    is_letter &= area >= LEAST_FILL * width * height
    boxes, sides = stats[1:, :4][is_letter], sides[is_letter]
    if not len(boxes):
        return False
    counts = np.bincount(sides, weights=sides)
    usual = float(np.argmax(np.convolve(counts, np.ones(3), "same")))
    filled = np.zeros_like(letters)
    for x, y, width, height in boxes.tolist():
        filled[y : y + height, x : x + width] = 1
    reach = 2 * round(GAP * usual / 2) + 1
    level, upright = (
        int(cv2.morphologyEx(filled, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)).sum())
        for shape in ((1, reach), (reach, 1))
    )
    return upright > level


def _skew(ink: Grey) -> float:
    """Return the angle, clockwise, that makes the rows and columns of ink sharpest."""
    y, x = (one.astype(np.float64) for one in np.nonzero(ink))
    if len(x) > SAMPLE:
        some = np.random.default_rng(0).permutation(len(x))[:SAMPLE]
        y, x = y[some], x[some]
    if not len(x):
        return 0.0
    x -= ink.shape[1] / 2
    y -= ink.shape[0] / 2

    def sharpness(degrees: float) -> float:
        slope = np.tan(np.deg2rad(degrees))
        return _sharpness(y - slope * x) + _sharpness(x + slope * y)

    coarse = np.arange(-MOST_SKEW, MOST_SKEW + COARSE_STEP / 2, COARSE_STEP)
    best = float(coarse[np.argmax([sharpness(angle) for angle in coarse.tolist()])])
    for step in (COARSE_STEP / 4, FINE_STEP):
        around = best + step * np.arange(-4, 5)
        found = [sharpness(angle) for angle in around.tolist()]
        at = int(np.clip(np.argmax(found), 1, len(found) - 2))
        before, here, after = found[at - 1 : at + 2]
        bend = before - 2 * here + after
        shift = np.clip((before - after) / (2 * bend), -1, 1) if bend else 0.0
        best = float(around[at] + shift * step)
    return best


def _sharpness(places: Floats) -> float:
    """Return how much the ink gathers in rows of a pixel."""
    rows = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return float((np.diff(rows) ** 2).sum())


def _rise(letters: Grey) -> tuple[float, float]:
    """Return by how many more marks stand above letters than below, and how sure that is.

    Thai sets several marks above its consonants for one below; Latin letters have dots above. The
    first is from -1 to 1.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(letters)
    x, top, width, height = stats[1:, :4].T
    if len(x) < LEAST_LETTERS:
        return 0.0, 0.0
    counts = np.bincount(height, weights=width)
    usual = float(np.argmax(np.convolve(counts, np.ones(3), "same")))
    is_mark = (height < MARK * usual) & (width < WIDE_MARK * usual) & (height > LEAST_MARK * usual)
    x, top, right, bottom = (one[is_mark] for one in (x, top, x + width, top + height))
    sums = cv2.integral(letters)

    def has_ink(first: Integers, last: Integers) -> Bools:
        first, last = (np.clip(one, 0, letters.shape[0]) for one in (first, last))
        found = sums[last, right] - sums[first, right] - sums[last, x] + sums[first, x]
        return np.asarray(found > 0, np.bool_)

    reach = max(1, round(REACH * usual))
    below, above = has_ink(bottom, bottom + reach), has_ink(top - reach, top)
    raised, lowered = int((below & ~above).sum()), int((above & ~below).sum())
    if not raised + lowered:
        return 0.0, 0.0
    # Each mark is a witness: the sum against what chance would give.
    more = raised - lowered
    sure = abs(more) / np.sqrt(raised + lowered)
    return more / (raised + lowered), float(np.clip(sure / SURE, 0.0, 1.0))
