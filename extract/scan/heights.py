"""What heights on a line tell: digits of notes stand higher than numbers, letters O are taller."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.scan.digits import DIGITS, INSIDE
from extract.scan.engine import Cluster, Grey
from extract.scan.lines import INK, PALE_INK
from extract.thai import THAI_DIGITS
from extract.unsure import doubted, guessed

# In em: the digit of a note ends so much higher than those of the number before it.
RAISED = 0.15
# In em: no digit of a number or a note is so low.
LOWEST = 0.25
# Times the height of a low Thai digit behind it: a letter O is taller (1.26 and more in the 84
# fonts of the training), a Thai zero is not. It takes so many pixels to tell, and is so sure.
LETTER, LEAST_HEIGHT, SURE = 1.12, 9, 0.95
# Share of the ink of a sign: a piece above or below it that has less is dirt.
DIRT = 0.2
_LETTER_O, _ZERO = "O", THAI_DIGITS[0]
_LOW = (*THAI_DIGITS[:2], THAI_DIGITS[3])  # the others reach above Thai letters in some fonts


def with_thai_zeros(picture: Grey, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Take a letter O before a low Thai digit for a zero where it is as high as the digit.

    There may be a space between them: a font that sets digits far apart is read so.
    """
    made = list(clusters)
    solid = [n for n, cluster in enumerate(clusters) if not cluster.text.isspace()]
    for n, behind in pairwise(solid):
        cluster, after = clusters[n], clusters[behind]
        if cluster.text == _LETTER_O and after.text in _LOW:
            own, other = _rows(picture, cluster), _rows(picture, after)
            height = other[1] - other[0]
            if height >= LEAST_HEIGHT and 0 < own[1] - own[0] <= LETTER * height:
                made[n] = cluster._replace(text=_ZERO, confidence=SURE)
    return made


def without_notes(picture: Grey, clusters: Sequence[Cluster], em: float) -> list[Cluster]:
    """Doubt digits that are raised behind a number, and so that number.

    ``picture`` is that of the line of the clusters, ``em`` its type size in pixels.
    """
    made = []
    foot = 0  # of the number so far
    for n, cluster in enumerate(clusters):
        text = guessed(cluster.text)
        if text in DIGITS:
            bottom = _foot(picture, clusters, n, LOWEST * em)
            if foot and bottom and foot - bottom > RAISED * em:
                cluster = cluster._replace(text=doubted(text))
            else:
                foot = bottom
        elif text not in INSIDE:
            foot = 0
        made.append(cluster)
    return made


def _foot(picture: Grey, clusters: Sequence[Cluster], place: int, least: float) -> int:
    """Return where a digit ends; 0 where it has no ink.

    If its columns have next to none, a point or comma beside it that is so high has it in its own.
    """
    signs = [n for n in (place - 1, place + 1) if 0 <= n < len(clusters)]
    beside = [clusters[n] for n in signs if guessed(clusters[n].text) in INSIDE]
    rows = [_rows(picture, one, PALE_INK) for one in (clusters[place], *beside)]  # thin feet fade
    return next((bottom for top, bottom in rows if bottom - top >= least), rows[0][1])


def height(picture: Grey, cluster: Cluster) -> int:
    """Return how many pixels high the ink of a cluster is; 0 where it is in pieces, as dirt is."""
    top, bottom = _rows(picture, cluster)
    columns = picture[top:bottom, max(0, round(cluster.x0)) : round(cluster.x1)]
    return bottom - top if (columns < INK).any(axis=1).all() else 0


def tail(picture: Grey, clusters: Sequence[Cluster], place: int) -> int:
    """Return by how many pixels a sign between two digits ends lower than they do."""
    foot = max(_rows(picture, clusters[n])[1] for n in (place - 1, place + 1))
    return _rows(picture, clusters[place])[1] - foot


def _rows(picture: Grey, cluster: Cluster, palest: int = INK) -> tuple[int, int]:
    """Return where the rows with ink of a cluster begin and end; without ink both are 0.

    Stretches of rows with little of its ink are dirt; other gaps are strokes that fade.
    """
    columns = picture[:, max(0, round(cluster.x0)) : round(cluster.x1)]
    ink = (columns < palest).sum(axis=1)
    edges = np.flatnonzero(np.diff(ink > 0, prepend=False, append=False)).reshape(-1, 2)
    stretches = [
        (top, bottom) for top, bottom in edges.tolist() if ink[top:bottom].sum() >= DIRT * ink.sum()
    ]
    return (stretches[0][0], stretches[-1][1]) if stretches else (0, 0)
