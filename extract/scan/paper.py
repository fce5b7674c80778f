"""An even page: paper white, ink dark, without shadows, shades and speckle."""

from __future__ import annotations

from typing import NamedTuple

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
SHADE_SIDE, SHADE_FILL = 9.0, 0.8


class EvenPage(NamedTuple):
    """A page whose paper is 255; ``shades`` are the areas of darker paper, in points."""

    grey: Grey
    shades: list[Area]


def evened(grey: Grey, dots_per_inch: float) -> EvenPage:
    """Divide a page by the grey of its paper, turn light letters on dark paper dark."""
    step = max(1, round(dots_per_inch / COARSE_DOTS))
    height, width = grey.shape
    size = (-(-width // step), -(-height // step))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    dots = dots_per_inch / step
    reach = _odd(STROKE * dots / POINTS_PER_INCH)
    # Light wins over ink that is thinner than the reach; what is wider keeps its edges.
    blurred = cv2.medianBlur(small, 3)
    light = cv2.morphologyEx(blurred, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    dark = cv2.morphologyEx(blurred, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))
    is_dark = ((light < DARK) & (dark < DARK)).astype(np.uint8)
    if is_dark.any():
        # In a dark area letters are light, so that the darker estimate is its paper.
        is_dark = cv2.morphologyEx(is_dark, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        full = cv2.resize(is_dark, (width, height), interpolation=cv2.INTER_NEAREST)
        grey = np.where(full > 0, 255 - grey, grey).astype(np.uint8)
        paper = np.where(is_dark > 0, 255 - dark, light).astype(np.uint8)
    else:
        paper = light
    shades = _shades(np.where(is_dark > 0, dark, light).astype(np.uint8), dots)
    scale = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, scale, scale=255)
    return EvenPage(_stretched(even), shades)


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
    darker = (paper < SHADE * around).astype(np.uint8)
    side = max(2, round(SHADE_SIDE * dots / POINTS_PER_INCH) - 2)
    darker = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(darker, connectivity=4)
    points = POINTS_PER_INCH / dots
    return [
        Area(x * points, y * points, (x + width) * points, (y + height) * points)
        for x, y, width, height, area in stats[1:].tolist()
        if area >= SHADE_FILL * width * height
    ]


def _odd(pixels: float) -> int:
    return 2 * round(pixels / 2) + 1
