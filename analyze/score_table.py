"""Published scores side by side: a row per agency and year, a column per indicator."""

from __future__ import annotations

import pandas as pd

from analyze.completeness import AGENCY
from normalize.catalogue import catalogue

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
    spec = catalogue().table("score_table")
    keys = [*AGENCY, "fiscal_year_be"]
    known = scores[scores["agency_name"].notna() & scores["fiscal_year_be"].notna()]
    rows = []
    for key, group in known.groupby(keys, dropna=False):
        row: dict[str, object] = dict(zip(keys, key, strict=True))
        for metric, column in METRICS.items():
            row[column] = _agreed(group.loc[group["metric"] == metric, "value"])
        row["level"] = _agreed(group.loc[group["metric"].isin(["overall", "level"]), "level"])
        row["n_documents"] = int(group["document_id"].nunique())
        rows.append(row)
    frame = spec.frame(rows).sort_values(["agency_code", "fiscal_year_be"], ignore_index=True)
    spec.check(frame)
    return frame


def _agreed(values: pd.Series) -> object:
    found = values.dropna().unique()
    return found[0] if len(found) == 1 else None
