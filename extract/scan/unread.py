"""Ink of a page that was read as nothing: a mark may be tied to it, as a tick to a stamp's ring."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools
from extract.scan.covered import Components
from extract.scan.lines import PALE_INK, TextLine

# Points: a tick is no smaller, and dirt hardly larger.
MARK = 4.0


def unread(ink: Components, taken: Bools, lines: Iterable[TextLine], dots_per_inch: float) -> Bools:
    """Say of each point of a page, a row for each, whether ink of none of the lines lies there.

    Specks do not count, which are smaller than marks. ``taken`` marks what was taken out as a
    stamp: a tick in its colour goes with it.
    """
    point = dots_per_inch / POINTS_PER_INCH
    sizes = ink.stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_unread = sizes >= MARK * point
    is_unread[0] = False
    for line in lines:
        own = ink.labels[line.top : line.bottom, line.left : line.right]
        is_unread[own[line.picture < PALE_INK]] = False
    marked: Bools = is_unread[ink.labels] | taken
    for axis, size in enumerate(marked.shape):
        marked = np.maximum.reduceat(marked, np.arange(0, size, point).astype(np.int64), axis=axis)
    return marked
