"""Stamps on colour pictures: what differs in colour from the paper around it."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from extract.scan.engine import Grey
from extract.scan.paper import coarse_paper

# A coloured pixel: its brightest and darkest channel differ by so much.
COLOURED = 60
# Inches: a coloured shape at least so wide and high may be a stamp; it fills no more than this
# share of its box, since what fills more is a coloured cell.
STAMP_SIDE, STAMP_FILL = 0.45, 0.45
# So much of a stamp is surely coloured; noise of pictures is so in single dots. So many of the
# pixels are no lighter than the paper; on what has less than this share of its light no stamp is
# seen, nor between the light letters there, which are no wider (inches).
STAMP_SURE, PAPER, DARK, LETTERS = 0.1, 0.7, 0.5, 0.2
# Ink of a stamp has at least about so much of the light of the paper in one channel.
LIGHT = 0.8
REACH = np.ones((3, 3), np.uint8)

Colour = np.ndarray[Any, np.dtype[np.uint8]]


def without_stamps(colour: Colour, dots_per_inch: float) -> Grey:
    """Return a colour picture (blue, green, red) in grey, without the ink of coloured stamps.

    Where a stamp lies, the channel counts that is brightest beside that of the paper around, in
    which black stays black. Small coloured shapes, which may be letters, and filled ones, which may
    be cells, are kept.
    """
    grey: Any = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(colour, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    # Paper may be coloured: colour is what differs from it.
    white = np.maximum(np.quantile(small.reshape(-1, 3), PAPER, axis=0), 1)
    if not (_span(_beside(small, white)) >= COLOURED).any():
        return np.asarray(grey, np.uint8)
    # And so may be the cells that a stamp lies over; their edges are no ink.
    paper = np.dstack([coarse_paper(colour[:, :, n], dots_per_inch) for n in range(3)])
    paper = np.asarray(cv2.erode(paper, REACH))
    own = np.maximum(cv2.resize(paper, small.shape[1::-1]), 1)
    plain = _beside(small, own)
    plain[_dark(own.mean(axis=2) < DARK * white.mean(), dots_per_inch / 4)] = 255
    stamps = _stamps(plain, dots_per_inch / 4)
    if not stamps.any():
        return np.asarray(grey, np.uint8)
    mask = cv2.resize(stamps, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    around = cv2.resize(paper, grey.shape[::-1])
    lightest: Any = cv2.divide(colour, around, scale=255 / LIGHT).max(axis=2)
    clean = cv2.multiply(lightest, cv2.cvtColor(around, cv2.COLOR_BGR2GRAY), scale=1 / 255)
    cv2.copyTo(clean, mask, grey)
    return np.asarray(grey, np.uint8)


def _beside(colour: Any, paper: Any) -> Any:
    """Return a picture as it would be on white paper."""
    return np.minimum(colour * (255 / paper), 255)


def _span(plain: Any) -> Any:
    """Return by how much the brightest and the darkest channel differ."""
    return plain.max(axis=2) - plain.min(axis=2)


def _dark(is_dark: Any, dots: float) -> Any:
    """Return where fills are dark, light letters on them and their edges included."""
    wide = np.ones((round(LETTERS * dots),) * 2, np.uint8)
    whole: Any = cv2.morphologyEx(is_dark.astype(np.uint8), cv2.MORPH_CLOSE, wide)
    return cv2.dilate(whole, REACH) > 0


def _stamps(plain: Any, dots: float) -> Any:
    """Mark (as 1) the stamps on a small picture of so many dots per inch."""
    span = _span(plain)
    tinted = cv2.dilate((span >= COLOURED // 2).astype(np.uint8), REACH)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(tinted)
    left, top, width, height, area = stats.T
    drawn, sure = (
        np.bincount(labels[span >= least], minlength=count) for least in (COLOURED // 2, COLOURED)
    )
    is_stamp = np.minimum(width, height) >= STAMP_SIDE * dots
    is_stamp &= (drawn <= STAMP_FILL * width * height) & (sure >= STAMP_SURE * area)
    is_stamp[0] = False
    if is_stamp.any():
        flat = labels.ravel()
        channels = [np.bincount(flat, one.ravel(), count) for one in cv2.split(plain)]
        kind = np.argmax(channels, axis=0)
        for n in np.flatnonzero(is_stamp):  # its words need not touch its frame
            is_inside = (left >= left[n]) & (left + width <= left[n] + width[n])
            is_inside &= (top >= top[n]) & (top + height <= top[n] + height[n])
            is_stamp |= is_inside & (kind == kind[n])
        is_stamp[0] = False
    return is_stamp.astype(np.uint8)[labels]
