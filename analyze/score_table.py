"""Published scores side by side: a row per agency and year, a column per indicator."""

from __future__ import annotations

import pandas as pd

from analyze.frames import YEAR, to_table
from analyze.published import Published, published

METRICS = {
    "overall": "overall",
    **{f"instrument:{name}": name for name in ("IIT", "EIT", "OIT")},
    **{f"indicator:{number}": f"indicator_{number}" for number in range(1, 11)},
}


def score_table(scores: pd.DataFrame) -> pd.DataFrame:
    """Spread the published scores (0-100): one row per agency and fiscal year scored (be).

    ``scores`` is the scores table. A value that reports of the same agency and year give
    differently stays empty; ``n_documents`` says how many reports gave scores.
    """
    return score_table_of(published(scores))


def score_table_of(scores: Published) -> pd.DataFrame:
    """Do the work of :func:`score_table` on the published scores."""
    frame = scores.agencies.iloc[scores.agency].reset_index(drop=True)
    frame[YEAR] = scores.year
    for metric, column in METRICS.items():
        frame[column] = scores.value(metric)
    frame["level"] = scores.levels.reindex(frame.index)
    frame["n_documents"] = scores.n_documents
    return to_table("score_table", frame)
