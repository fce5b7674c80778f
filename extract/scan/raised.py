"""The number of a note right behind a number: its digits stand higher, and are none of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.digits import DIGITS, INSIDE
from extract.scan.engine import Cluster, Grey
from extract.scan.lines import INK
from extract.unsure import doubted, guessed

# In em: the digit of a note ends so much higher than those of the number before it.
RAISED = 0.15


def without_notes(picture: Grey, clusters: Sequence[Cluster], em: float) -> list[Cluster]:
    """Doubt digits that are raised behind a number, and so that number.

    ``picture`` is that of the line of the clusters, ``em`` its type size in pixels.
    """
    made = []
    foot: int | None = None  # of the number so far
    for cluster in clusters:
        text = guessed(cluster.text)
        if text in DIGITS:
            bottom = _foot(picture, cluster)
            if foot is not None and bottom is not None and foot - bottom > RAISED * em:
                cluster = cluster._replace(text=doubted(text))
            else:
                foot = bottom
        elif text not in INSIDE:
            foot = None
        made.append(cluster)
    return made


def _foot(picture: Grey, cluster: Cluster) -> int | None:
    """Return the last row of the longest stretch of rows with ink of a cluster; others are dirt."""
    columns = picture[:, max(0, round(cluster.x0)) : round(cluster.x1)]
    is_ink = (columns < INK).any(axis=1)
    edges = np.flatnonzero(np.diff(is_ink, prepend=False, append=False)).reshape(-1, 2)
    return int(max(edges, key=lambda ends: ends[1] - ends[0])[1]) - 1 if len(edges) else None
