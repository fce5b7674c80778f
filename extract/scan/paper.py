"""An even page: paper white, ink dark, without shadows, shades and speckle."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.pdf.shapes import Area
from extract.scan.engine import Grey

POINTS_PER_INCH = 72
# The paper is looked for in a picture of about so many dots per inch.
COARSE_DOTS = 50
# Points: strokes and rules are no thicker than this, shades no narrower.
STROKE = 6.0
# Points: paper changes its grey over such distances; a shade is smaller.
SLOW = 120.0
# Paper this dark (grey) carries light letters.
DARK = 110
# Shares of the paper around: a shade is darker than the first; pixels above the second are white.
SHADE, WHITE = 0.965, 0.9
# The darkest of so many (share of the pixels that hold ink) become black.
BLACKEST = 0.1
# Points: sides of a shade, and the share of its box that it fills.
SHADE_SIDE, SHADE_WIDTH, SHADE_FILL = 9.0, 14.0, 0.8


class EvenPage(NamedTuple):
    """A page whose paper is 255; ``shades`` are the areas of darker paper, in points."""

    grey: Grey
    shades: list[Area]


def evened(grey: Grey, dots_per_inch: float) -> EvenPage:
    """Divide a page by the grey of its paper, turn light letters on dark paper dark."""
    step = max(1, round(dots_per_inch / COARSE_DOTS))
    height, width = grey.shape
    size = (-(-width // step), -(-height // step))
    dots = dots_per_inch / step
    dark = _dark_areas(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), grey, step, dots)
    if dark.any():
        full = cv2.resize(dark, (width, height), interpolation=cv2.INTER_NEAREST)
        grey = np.where(full > 0, 255 - grey, grey).astype(np.uint8)
    # Light wins over ink that is thinner than the reach; what is wider keeps its edges.
    thin = cv2.dilate(cv2.blur(grey, (3, 3)), np.ones((5, 5), np.uint8))
    small = cv2.medianBlur(cv2.resize(thin, size, interpolation=cv2.INTER_AREA), 3)
    reach = _odd(STROKE * dots / POINTS_PER_INCH)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    shades = _shades(np.where(dark > 0, 255 - paper, paper).astype(np.uint8), dots)
    scale = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, scale, scale=255)
    return EvenPage(_stretched(np.asarray(even, np.uint8)), shades)


def _dark_areas(small: Any, grey: Grey, step: int, dots: float) -> Grey:
    """Mark the areas of a coarse picture in which most of the page is dark: letters are light."""
    reach = _odd(STROKE * dots / POINTS_PER_INCH)
    dark = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8)) < DARK
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    found = np.zeros_like(small)
    side = SHADE_SIDE * dots / POINTS_PER_INCH
    for x, y, width, height, area in stats[1:].tolist():
        if min(width, height) < side or area < SHADE_FILL * width * height:
            continue
        if np.median(grey[step * y : step * (y + height), step * x : step * (x + width)]) < DARK:
            found[y : y + height, x : x + width] = 1
    return np.asarray(found, np.uint8)


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
    around = cv2.blur(cv2.dilate(paper, np.ones((reach, reach), np.uint8)), (reach, reach))
    darker: Any = (paper < SHADE * around).astype(np.uint8)
    side = max(2, round(SHADE_SIDE * dots / POINTS_PER_INCH) - 2)
    darker = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(darker, connectivity=4)
    points = POINTS_PER_INCH / dots
    return [
        Area(x * points, y * points, (x + width) * points, (y + height) * points)
        for x, y, width, height, area in stats[1:].tolist()
        if area >= SHADE_FILL * width * height and width * points >= SHADE_WIDTH
    ]


def _odd(pixels: float) -> int:
    return 2 * round(pixels / 2) + 1
