"""Ink that is too large for letters, as a stamp's: print is parted from it, or it may hide some."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.pdf.arrays import Bools, Integers
from extract.scan.engine import Grey

# So many times as high as the usual letter, or so many points wide, is too large for letters.
LARGE, WIDEST = 3.0, 150.0
# Of ink that is too large what has this share of the darkness of the page's print (that of its
# darkest tenth) is print, if that share of the ink has it.
SOLID, DARKEST, HELD = 0.75, 0.1, 0.02
# In heights of a line's letters: ink in a line that is too large for letters hides some where it
# reaches so far up, over so much of the line, with gaps no wider than the third. A one is a stroke.
REACH, HIDDEN, SLIT = 0.6, 0.1, 0.15


class Components(NamedTuple):
    """The connected ink of a page: the number of each pixel's, 0 for paper, and a row for each."""

    labels: Any
    stats: Integers


def too_large(stats: Integers, usual: float, point: float) -> Bools:
    """Say which connected ink is too large for letters; ``usual`` is their height in pixels."""
    height, width = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    is_large: Bools = (height > LARGE * usual) | (width > WIDEST * point)
    is_large[0] = False
    return is_large


def part(without: Grey, mask: Grey, found: Components, usual: float, point: float) -> Bools | None:
    """Part letters from what is too large for letters and paler, as a stamp over them, in place.

    ``mask`` marks the ink of a page, ``found`` is what hangs together of it, ``usual`` is the
    height of its letters in pixels. Returns where in the ink letters were so parted.
    """
    labels, stats = found
    is_large = too_large(stats, usual, point)
    if not is_large.any():
        return None
    tied: Bools = is_large[labels]
    letters = without[(mask > 0) & ~tied]
    if not letters.size:
        return None
    darkest = 255 - float(np.quantile(letters, DARKEST))
    solid = tied & (without < 255 - SOLID * darkest)
    # What is pale all over, as a large grey heading, holds no letters to part from it.
    counts = np.bincount(labels[solid], minlength=len(stats))
    tied &= (counts >= HELD * stats[:, cv2.CC_STAT_AREA])[labels]
    parted: Bools = tied & solid
    mask[tied & ~solid] = 0
    return parted if parted.any() else None


def blots(
    labels: Integers, is_other: Bools, ends: tuple[int, int], baseline: float, tall: float
) -> tuple[tuple[int, int], ...]:
    """Return the columns of a line, from its left end, under whose ink letters of it may be.

    ``is_other`` says which of the ink that hangs together is of no line, or too large for one. The
    line lies between its ends and on its baseline, and its letters are so ``tall``, all in pixels
    of the page.
    """
    left = max(0, round(ends[0] - tall))
    rows = slice(max(0, round(baseline - tall)), round(baseline))
    inside: Any = is_other[labels[rows, left : round(ends[1] + tall)]]
    if not inside.any():
        return ()
    reach = len(inside) - inside.argmax(axis=0) - inside[::-1].argmax(axis=0)
    covered = inside.any(axis=0) & (reach >= REACH * tall)
    slit = np.ones((1, 2 * round(SLIT * tall / 2) + 1), np.uint8)
    whole = cv2.morphologyEx(covered[None].astype(np.uint8), cv2.MORPH_CLOSE, slit)[0]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], whole, [0])))) + left - ends[0]
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return tuple((x0, x1) for x0, x1 in pairs if x1 - x0 >= HIDDEN * tall)


def touched(
    labels: Integers, is_large: Bools, ends: tuple[int, int], baseline: float, tall: float
) -> tuple[tuple[int, int], ...]:
    """Return the columns of a line, from its left end, in which other ink lies among its letters.

    ``is_large`` says which of the ink that hangs together is too large for letters; the line is
    told as to :func:`blots`. A letter that touches such ink is part of it, and not in the line.
    """
    rows = slice(max(0, round(baseline - tall)), round(baseline))
    inside = is_large[labels[rows, ends[0] : ends[1]]].any(axis=0)
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
