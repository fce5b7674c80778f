"""Each score beside what its parts give, the year before and the medians of the agency's peers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyze.discrepancies import discrepancy_reasons
from analyze.frames import AGENCY, YEAR, to_table
from analyze.framework import metric_name
from analyze.peers import PEER_GROUPS
from analyze.published import Published, published
from normalize.reference import INSTRUMENTS, bands

_KINDS = ("overall", "instrument", "indicator", "sub_indicator", "item", "question")


Floats = npt.NDArray[np.float64]


def score_comparison(scores: pd.DataFrame) -> pd.DataFrame:
    """Compare scores (0-100) with their parts, the year before and peers: agency, year, metric.

    ``scores`` is the scores table. ``value`` is what reports agree on. ``value_computed`` follows
    from the published parts, and a metric that only follows so has a row without ``value``.
    ``discrepancy_reason`` says why the two differ by more than 0.01 points where the figures decide
    it. ``previous_value`` is of the year before and of no other. Medians are those of the
    published values of all agencies, of the same type and of the same province, with their n. The
    row of ``overall`` has the levels, which belong to the ``scheme`` of the year.
    """
    return score_comparison_of(published(scores))


def score_comparison_of(found: Published) -> pd.DataFrame:
    """Do the work of :func:`score_comparison` on gathered scores."""
    made = found.computed
    reasons = discrepancy_reasons(found)
    levels = levels_of(found)
    told = found.told
    pieces = []
    for place, metric in enumerate(sorted({*told, *made}, key=_order)):
        value, expected = found.value(metric), made.get(metric, np.full(len(found.year), np.nan))
        piece = pd.DataFrame(
            {
                "metric": metric,
                "metric_name": _names(metric, found.year),
                "value": value,
                "value_computed": expected.round(4),
                "discrepancy": (value - expected).round(4),
                "discrepancy_reason": reasons.get(metric),
                "is_disputed": False,
                "n_documents": found.n_documents,
                "previous_value": found.before(metric),
                **_medians(found, value),
                **(levels if metric == "overall" else {}),
                "place": place,
            }
        )
        piece["value_change"] = (value - piece["previous_value"]).round(2)
        if metric in told:
            own = told[metric]
            piece["metric_name"] = piece["metric_name"].fillna(own["metric_name"])
            piece.loc[own.index, "is_disputed"] = own["is_disputed"]
            piece.loc[own.index, "n_documents"] = own["n_documents"]
        is_row = ~np.isnan(expected)
        is_row[told[metric].index if metric in told else []] = True
        pieces.append(piece[is_row])
    rows = (
        pd.concat(pieces) if pieces else pd.DataFrame({"place": []}, index=pd.Index([], dtype=int))
    )
    rows = rows.iloc[np.lexsort([rows["place"].to_numpy(), rows.index.to_numpy()])]
    of = rows.index.to_numpy(dtype=np.int64)
    whose = found.agencies.iloc[found.agency[of]].set_axis(rows.index)
    return to_table("score_comparison", rows.assign(**{YEAR: found.year[of]}, **whose[AGENCY]))


def levels_of(found: Published) -> dict[str, npt.NDArray[np.object_]]:
    """Return the scheme of each row, the level that reports agree on and the one of its score.

    The level follows from the published overall score, else from the computed one. From 2566 it
    also depends on the weakest instrument; where that is not known and would decide, it is None.
    """
    everything = {metric: found.as_it_counts(metric) for metric in _TOTALS}
    overall = everything.pop("overall").round(2)
    weakest = np.min([*everything.values()], axis=0).round(2)
    made_of: dict[str, npt.NDArray[np.object_]] = {
        name: np.full(len(found.year), None, dtype=object)
        for name in ("scheme", "level", "level_computed")
    }
    made_of["level"][found.levels.index] = found.levels
    for year in np.unique(found.year):
        is_open = found.year == year
        for band in bands().get(int(year), ()):
            made_of["scheme"][found.year == year] = band.scheme
            is_in = is_open & (overall >= band.min_score) & (overall <= band.max_score)
            if band.min_instrument_score is not None:
                is_open &= ~(is_in & np.isnan(weakest))
                is_in &= weakest >= band.min_instrument_score
            made_of["level_computed"][is_in] = band.level
            is_open &= ~is_in
    return made_of


_TOTALS = ("overall", *(f"instrument:{name}" for name in INSTRUMENTS))


def _names(metric: str, years: npt.NDArray[np.int64]) -> pd.Series:
    return pd.Series(years).map({int(y): metric_name(metric, int(y)) for y in np.unique(years)})


def _medians(found: Published, value: Floats) -> dict[str, pd.Series]:
    """Return median, n and difference for each peer group; an agency alone has no difference."""
    columns = {}
    for name, column in PEER_GROUPS.items():
        group = pd.Series(found.year)
        is_known = pd.Series(True, index=group.index)
        if column:
            peers = pd.factorize(found.agencies[column])[0][found.agency]
            group = group * 10_000 + peers
            is_known = pd.Series(peers >= 0)
        values = pd.Series(value).groupby(group)
        n = values.transform("count").where(is_known, 0).astype(int)
        median = values.transform("median").where(is_known)
        columns[f"{name}_median"] = median.round(2)
        columns[f"{name}_n"] = n
        columns[f"{name}_difference"] = (value - median).where(n > 1).round(2)
    return columns


def _order(metric: str) -> tuple[int, str, tuple[int, ...]]:
    kind, *names = metric.split(":")
    numbers = tuple(int(part) for part in names[-1].split(".") if part.isdecimal()) if names else ()
    scope = names[0] if kind in ("instrument", "question") else ""
    return _KINDS.index(kind), str(INSTRUMENTS.index(scope)) if scope else "", numbers
