"""A picture of a line as the recogniser takes it: a strip of ink of one height."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.engine import Grey

HEIGHT = 40  # pixels of a strip
FRAME = 2  # columns of a strip that get one set of scores
SIDE = 8  # empty columns at both ends of a strip
# Small pictures are enlarged no further: lines of digits alone are low, not small.
_MOST_ENLARGED = 2.0
# Levels of grey between ink and paper; what differs less is paper.
_LEAST_CONTRAST = 64
# Percentiles of the grey of a line that are its paper and its darkest ink.
_PAPER, _INK = 90.0, 0.5


def fitted(grey: Grey) -> tuple[Grey, float]:
    """Return the strip of a picture (255 is ink, 0 paper) and how much it was enlarged.

    The column x of the picture is the column ``SIDE + x * enlarged`` of the strip.
    """
    paper, black = np.percentile(grey, (_PAPER, _INK))
    ink = np.clip((paper - grey) * (255.0 / max(paper - black, _LEAST_CONTRAST)), 0, 255)
    height, width = grey.shape
    enlarged = min(HEIGHT / height, _MOST_ENLARGED)
    rows = min(max(round(height * enlarged), 1), HEIGHT)
    columns = max(round(width * enlarged), 1)
    small = cv2.resize(
        ink.astype(np.uint8),
        (columns, rows),
        interpolation=cv2.INTER_AREA if enlarged < 1 else cv2.INTER_LINEAR,
    )
    strip = np.zeros((HEIGHT, columns + 2 * SIDE), np.uint8)
    top = (HEIGHT - rows) // 2
    strip[top : top + rows, SIDE : SIDE + columns] = small
    return strip, columns / width
