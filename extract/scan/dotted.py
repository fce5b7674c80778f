"""Hairlines of which a scan of two tones keeps only dots: they stand in one row, in white."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from extract.scan.engine import Grey

# Points: over so many along a hairline a share of them has ink (so much of 255 in three rows of
# pixels together), and beside it, so far away, hardly any has: no more than so much of that share.
WINDOW, SHARE, SEEN, BESIDE, QUIET = 61, 0.3, 7, 1.8, 0.2
# Points: it is so long, and has holes no longer than the second.
LEAST, HOLE = 61, 25
# Points: ink of a hairline is no thicker. Pixels so dark (255 is black) are ink, and darker ones
# than the third count no more than it.
THICKEST, DOT, CAP = 0.5, 25, 60


def dotted(darkness: Grey, point: float) -> list[tuple[int, int, int]]:
    """Return level rows of dots in a picture in which ink is light: row, first and last column.

    Leaders between words are such rows too: only rules across them tell a hairline.
    """
    height, width = darkness.shape
    tiles: Any = cv2.resize(
        np.minimum(_thin(darkness, point), CAP),
        (round(width / point), height),
        interpolation=cv2.INTER_AREA,
    )
    rows = cv2.boxFilter(tiles, cv2.CV_32F, (1, 3), normalize=False)
    dots: Any = (rows >= SEEN).astype(np.float32)
    share: Any = cv2.boxFilter(dots, -1, (WINDOW, 1))
    away = round(BESIDE * point)
    beside = np.zeros_like(share)
    beside[away:] = share[:-away]
    np.maximum(beside[:-away], share[away:], out=beside[:-away])
    sparse = (share >= SHARE) & (beside <= QUIET * share)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(sparse.astype(np.uint8))
    found = []
    for n, (x, y, wide, tall, _) in enumerate(stats.tolist()):
        if n == 0 or tall > 2 * away:
            continue
        own = np.where(
            labels[y : y + tall, x : x + wide] == n, share[y : y + tall, x : x + wide], 0
        )
        row = y + int(own.sum(axis=1).argmax())
        first, last = _ends(np.flatnonzero(dots[row]), x, x + wide)
        if last - first >= LEAST:
            found.append((row, round(first * point), round(last * point)))
    return found


def _thin(darkness: Grey, point: float) -> Any:
    """Keep the ink that is as thin as a hairline: letters that stand in a row are none."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((darkness >= DOT).astype(np.uint8))
    kept = stats[:, cv2.CC_STAT_HEIGHT] <= THICKEST * point + 1
    kept[0] = False
    return np.where(kept[labels], darkness, 0).astype(np.uint8)


def _ends(seen: Any, start: int, end: int) -> tuple[int, int]:
    """Return where the dots around a stretch begin and end."""
    inside = seen[(seen >= start) & (seen < end)]
    if not len(inside):
        return start, start
    parts = np.split(seen, np.flatnonzero(np.diff(seen) > HOLE) + 1)
    part = next(one for one in parts if one[0] <= inside[len(inside) // 2] <= one[-1])
    return int(part[0]), int(part[-1]) + 1
