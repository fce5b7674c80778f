"""Where each agency stands among its peers: the country, its type and its province."""

from __future__ import annotations

import pandas as pd

from analyze.completeness import completeness
from analyze.frames import AGENCY, YEAR, numbered, to_table
from analyze.peers import PEER_GROUPS
from analyze.published import Published, published
from normalize.catalogue import catalogue

METRICS = tuple(metric.value for metric in catalogue().enum("rank_metric"))
SHARES = ("completeness", "weighted_completeness")
LEAST_FOR_QUARTILES = 4
"""A smaller group has no quarters."""


def rank_agencies(items: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Rank the agencies by completeness and published scores, per fiscal year (be) and peer group.

    ``items`` and ``scores`` are the tables of these names. One row per agency, year, metric and
    peer group, for each value that is known: completeness is a share (0 to 1), a score is points
    (0 to 100) of the year that was scored; one that reports give differently is not ranked. Rank 1
    is the highest value, and equal values share the smallest rank.
    """
    return ranking_of(completeness(items), published(scores))


def ranking_of(shares: pd.DataFrame, scores: Published) -> pd.DataFrame:
    """Do the work of :func:`rank_agencies` on the completeness table and the published scores."""
    values = pd.concat([_shares(shares), _scores(scores)], ignore_index=True).dropna(
        subset=["value"]
    )
    values["agency"] = numbered(values)[0]
    values["metric"] = pd.Categorical(values["metric"], categories=METRICS)
    values = values.sort_values(["agency", YEAR, "metric"], kind="stable", ignore_index=True)
    ranked = [_ranked(values, group, column) for group, column in PEER_GROUPS.items()]
    frame = pd.concat(ranked).sort_index(kind="stable")
    return to_table("rank_agencies", frame)


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of the completeness table, a row for each."""
    return table.melt([*AGENCY, YEAR], list(SHARES), "metric", "value")


def _scores(scores: Published) -> pd.DataFrame:
    """Return the published scores that agencies are ranked by, a row for each."""
    whose = scores.agencies.iloc[scores.agency].reset_index(drop=True)
    whose[YEAR] = scores.year
    parts = [
        whose.assign(metric=metric, value=scores.value(metric))
        for metric in METRICS
        if metric not in SHARES
    ]
    return pd.concat(parts, ignore_index=True)


def _ranked(values: pd.DataFrame, peer_group: str, column: str | None) -> pd.DataFrame:
    """Rank the values within a peer group; one whose type or province is not known has no rank."""
    own = values.dropna(subset=[column]) if column else values
    keys = [YEAR, "metric", *filter(None, [column])]
    groups = own.groupby(keys, observed=True)["value"]
    rank = groups.rank(method="min", ascending=False).astype("int64")
    peers = groups.transform("size")
    tied = own.groupby([*keys, "value"], observed=True)["value"].transform("size")
    lower = peers - rank - tied + 1
    others = (peers - 1).where(peers > 1)
    # The middle of its ties, in quarters of the group; on a border it is the lower quarter.
    quartile = -(-2 * (2 * lower + tied) // peers)
    return own.assign(
        peer_group=peer_group,
        peers=peers,
        rank=rank,
        tied=tied,
        percentile=((lower + (tied - 1) / 2) / others * 100).round(1),
        quartile=quartile.where(peers >= LEAST_FOR_QUARTILES).astype("Int64"),
    )
