"""What reports claim of items against the scores of the same agency and fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from analyze.frames import AGENCY, YEAR
from analyze.framework import item_shares, metric_name, parts
from analyze.observed import is_known
from analyze.published import Published
from normalize.catalogue.files import plain_number

CLAIM_TOLERANCE = 0.5
"""A score may lie so far (points) from what claims allow: under half of what an item is worth."""

ROW = ["observation_id", "document_id"]
_ITEM = ["item_no", "concept_id", "item_name", "status"]

Floats = npt.NDArray[np.float64]


def denied_claims(settled: pd.DataFrame, found: Published) -> Iterator[pd.DataFrame]:
    """Yield the claims of a year that a score of that year denies, with the rows of both.

    ``settled`` is the frame of :func:`analyze.observed.observed`; a claim is a known status of an
    item of the year's own list. An item that is called complete has all points, and another one
    has not. Complete items give a sub-indicator, an indicator or OIT its share at least, and those
    that are not complete take theirs; a score outside is denied, at the finest level published.
    """
    is_claim = is_known(settled["status"]) & (settled["item_list_year_be"] == settled[YEAR])
    of = places_of(settled, found)
    claims = settled.assign(of=of)[[*AGENCY, YEAR, *_ITEM, *ROW, "of"]][is_claim & (of >= 0)]
    for year in claims[YEAR].unique():
        own = claims[claims[YEAR] == year]
        for item_no in own["item_no"].unique():
            if f"item:{item_no}" in found.told:
                yield _item_scores(own[own["item_no"] == item_no], found, f"item:{item_no}")
        for metric, shares in parts(int(year)).items():
            kind = metric.partition(":")[0]
            if kind == "overall" or not item_shares(int(year), metric):
                continue
            finer = [found.value(part) for part in shares if kind != "sub_indicator"]
            is_finest = np.isnan(finer).all(axis=0) if finer else True
            yield _ranges(own, found, metric, np.where(is_finest, found.value(metric), np.nan))


def places_of(settled: pd.DataFrame, found: Published) -> npt.NDArray[np.int64]:
    """Return which agency and year of the scores each observed item is of, -1 where none is."""
    agencies = settled.drop_duplicates("agency")[AGENCY].astype("string")
    return found.places(agencies, settled["agency"].to_numpy(), settled[YEAR].to_numpy(np.int64))


def denies(status: pd.Series, score: Floats) -> npt.NDArray[np.bool_]:
    """Say where an item called complete has less than all points (0-100), or another one all."""
    is_complete = status.isin(["complete"]).to_numpy(dtype=bool)
    is_open = is_known(status).to_numpy(dtype=bool) & ~is_complete
    return (is_complete & (score < 100)) | (is_open & (score >= 100))


def both_sides(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Put the observations of two frames with the same rows side by side."""
    sides = {f"{name}_1": one[name].array for name in ROW}
    return one.assign(**sides, **{f"{name}_2": other[name].array for name in ROW})


def score_rows(found: Published, metric: str, of: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return the observations of the scores of a metric."""
    told = found.told.get(metric, pd.DataFrame(columns=ROW))
    return told.loc[of, ROW]


def texts(values: pd.Series | Floats) -> ExtensionArray:
    """Write numbers by their shortest digits."""
    told = [None if pd.isna(value) else plain_number(value) for value in values]
    return pd.array(told, dtype="string")


def _item_scores(claims: pd.DataFrame, found: Published, metric: str) -> pd.DataFrame:
    score = found.value(metric)[claims["of"]]
    is_off = denies(claims["status"], score)
    rows = claims[is_off].assign(value_2=texts(score[is_off]))
    rows = rows.assign(
        value_1=rows["status"], subject=rows["concept_id"], subject_name=rows["item_name"]
    )
    return _beside_scores(rows, found, metric)


def _ranges(claims: pd.DataFrame, found: Published, metric: str, score: Floats) -> pd.DataFrame:
    """Return the scores of a metric that are lower, or higher, than the claims of items allow."""
    year = int(claims[YEAR].iloc[0])
    worth = pd.Series(item_shares(year, metric)).mul(100)
    share = worth.reindex(claims["item_no"]).fillna(0).to_numpy(dtype=float)
    of, is_complete = claims["of"].to_numpy(), (claims["status"] == "complete").to_numpy()
    low = np.bincount(of, share * is_complete, len(score))
    high = 100 - np.bincount(of, share * ~is_complete, len(score))
    is_low, is_high = score < low - CLAIM_TOLERANCE, score > high + CLAIM_TOLERANCE
    # The claim to look at is a complete item where the score is too low, else one that is not.
    speaks = (share > 0) & np.where(is_complete, is_low[of], is_high[of])
    rows = claims[speaks].drop_duplicates("of")
    at = rows["of"].to_numpy()
    ends = zip(texts(low[at].round(2)), texts(high[at].round(2)), strict=True)
    rows = rows.assign(
        value_1=[one if one == other else f"{one}-{other}" for one, other in ends],
        value_2=texts(score[at]),
        subject=metric,
        subject_name=metric_name(metric, year),
    )
    return _beside_scores(rows, found, metric)


def _beside_scores(rows: pd.DataFrame, found: Published, metric: str) -> pd.DataFrame:
    if rows.empty:
        return pd.DataFrame()
    return both_sides(rows, score_rows(found, metric, rows["of"].to_numpy()))
