"""Ink that is too large for letters, as a stamp's: print is parted from it, or it may hide some."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from extract.pdf.arrays import Bools
from extract.scan.engine import Grey

# So many times as high as the usual letter, or so many points wide, is too large for letters.
LARGE, WIDEST = 3.0, 150.0
# Of ink that is too large what has this share of the darkness of the page's print (that of its
# darkest tenth) is print, if that share of the ink has it.
SOLID, DARKEST, HELD = 0.75, 0.1, 0.02
# In heights of a line's letters: ink in a line that is too large for letters hides some where it
# reaches so far up, over so much of the line, with gaps no wider than the third.
HIDING, HIDDEN, SLIT = 0.6, 0.45, 0.15


def part(without: Grey, mask: Grey, usual: float, point: float) -> Bools:
    """Part letters from what is too large for letters and paler, as a stamp over them, in place.

    ``mask`` marks the ink of a page, ``usual`` is the height of its letters in pixels. Returns
    where in the ink letters were so parted.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    height, width = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    is_large = (height > LARGE * usual) | (width > WIDEST * point)
    is_large[0] = False
    tied: Bools = is_large[labels]
    letters = without[(mask > 0) & ~tied]
    if not tied.any() or not letters.size:
        return np.zeros_like(tied)
    darkest = 255 - float(np.quantile(letters, DARKEST))
    solid = tied & (without < 255 - SOLID * darkest)
    # What is pale all over, as a large grey heading, holds no letters to part from it.
    counts = np.bincount(labels[solid], minlength=len(stats))
    tied &= (counts >= HELD * stats[:, cv2.CC_STAT_AREA])[labels]
    mask[tied & ~solid] = 0
    return tied & solid


def blots(
    other: Bools, ends: tuple[int, int], baseline: float, tall: float
) -> tuple[tuple[int, int], ...]:
    """Return the columns of a line, from its left end, under whose ink letters of it may be.

    ``other`` marks the ink that is of no line, as it is too large. The line lies between its ends
    and on its baseline, and its letters are so ``tall``, all in pixels of the page.
    """
    left = max(0, round(ends[0] - tall))
    rows = slice(max(0, round(baseline - tall)), round(baseline))
    inside: Any = other[rows, left : round(ends[1] + tall)]
    if not inside.any():
        return ()
    reach = len(inside) - inside.argmax(axis=0) - inside[::-1].argmax(axis=0)
    covered = inside.any(axis=0) & (reach >= HIDING * tall)
    slit = np.ones((1, 2 * round(SLIT * tall / 2) + 1), np.uint8)
    whole = cv2.morphologyEx(covered[None].astype(np.uint8), cv2.MORPH_CLOSE, slit)[0]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], whole, [0])))) + left - ends[0]
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return tuple((x0, x1) for x0, x1 in pairs if x1 - x0 >= HIDDEN * tall)
