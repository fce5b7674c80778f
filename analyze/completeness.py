"""How much of the list of items each agency has put online, per fiscal year."""

from __future__ import annotations

import pandas as pd

from analyze.frames import AGENCY, YEAR, to_table
from analyze.observed import KNOWN, STATUSES, is_known, observed
from normalize.reference import list_sizes

_KEYS = ["agency", YEAR]


def completeness(items: pd.DataFrame) -> pd.DataFrame:
    """Count each agency's items by status and year: one row per agency and fiscal year (be).

    ``items`` is the items table; what counts, and what status an item has that is observed more
    than once, says :func:`analyze.observed.observed`. ``completeness`` is the share (0 to 1) of
    complete items among those with a known status, that is neither not_reported nor unclear, and
    ``weighted_completeness`` the same share built as the OIT score is, from sub-indicators; both
    are empty where there is none. Items of a checklist without a column of statuses count as
    observed and in no status.
    """
    return completeness_of(observed(items))


def completeness_of(seen: pd.DataFrame) -> pd.DataFrame:
    """Do the work of :func:`completeness` on what :func:`analyze.observed.observed` returned."""
    frame = seen.drop_duplicates(_KEYS).set_index(_KEYS)[[*AGENCY, "n_documents"]]
    groups = seen.groupby(_KEYS)
    sizes = seen["item_list_year_be"].map(list_sizes())
    frame["items_in_list"] = sizes.groupby([seen[key] for key in _KEYS]).max()
    frame["observed"] = groups.size()
    by_status = seen.groupby([*_KEYS, "status"], observed=True).size().unstack("status")
    counts = by_status.reindex(index=frame.index, columns=list(STATUSES)).fillna(0).astype("int64")
    settled = counts[list(KNOWN)].sum(axis="columns")
    frame = frame.join(counts)
    frame["completeness"] = (counts["complete"] / settled.where(settled > 0)).round(4)
    frame["weighted_completeness"] = _weighted(seen).round(4)
    return to_table("completeness", frame.reset_index())


def _weighted(seen: pd.DataFrame) -> pd.Series:
    """Return the mean over indicators of the mean over sub-indicators of the share complete."""
    known = seen[is_known(seen["status"])]
    share = known.assign(share=(known["status"] == "complete").astype(float))
    for parts in (["indicator_no", "sub_indicator_no"], ["indicator_no"], []):
        share = share.groupby([*_KEYS, *parts], observed=True)["share"].mean().reset_index()
    return share.set_index(_KEYS)["share"]
