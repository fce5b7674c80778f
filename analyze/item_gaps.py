"""Which items agencies miss most, per fiscal year and peer group."""

from __future__ import annotations

import pandas as pd

from analyze.frames import YEAR, to_table
from analyze.observed import ITEM, KNOWN, STATUSES, observed
from analyze.peers import PEER_GROUPS

SHARES = ("share_complete", "share_partial", "share_missing", "share_not_complete")
_GROUP = [YEAR, "peer_group", "peer"]


def item_gaps(items: pd.DataFrame) -> pd.DataFrame:
    """Count the agencies by status of each item: one row per fiscal year (be), group and concept.

    ``items`` is the items table. ``agencies`` is the number with a known status, of which the
    shares (0 to 1) are; they are empty where there is none. ``gap_rank`` is 1 for the item that is
    least often complete, of equal ones that most often missing.
    """
    return item_gaps_of(observed(items))


def item_gaps_of(seen: pd.DataFrame) -> pd.DataFrame:
    """Do the work of :func:`item_gaps` on what :func:`analyze.observed.observed` returned."""
    own = seen.dropna(subset=["concept_id"])
    parts = []
    for peer_group, column in PEER_GROUPS.items():
        keys = [YEAR, *filter(None, [column]), "concept_id"]
        listed = own.groupby(keys, observed=True).size().index
        counts = own.groupby([*keys, "status"], observed=True).size().unstack("status")
        counts = counts.reindex(index=listed, columns=list(STATUSES)).fillna(0).astype("int64")
        counts.columns = list(STATUSES)
        counts = counts.reset_index().rename(columns={column: "peer"} if column else {})
        parts.append(counts.assign(peer_group=peer_group))
    frame = pd.concat(parts, ignore_index=True).astype({"concept_id": "string"})
    if "peer" not in frame:
        frame["peer"] = None
    frame = frame.astype({"peer": "string"}).merge(_named(own), on=[YEAR, "concept_id"])
    frame["agencies"] = frame[list(KNOWN)].sum(axis="columns")
    known = frame["agencies"].where(frame["agencies"] > 0)
    for status in ("complete", "partial", "missing"):
        frame[f"share_{status}"] = frame[status] / known
    frame["share_not_complete"] = (frame["agencies"] - frame["complete"]) / known
    frame = _ranked(frame)
    return to_table("item_gaps", frame.round(dict.fromkeys(SHARES, 4)))


def _named(seen: pd.DataFrame) -> pd.DataFrame:
    """Return each concept of a year with the item that stands for it.

    That is the item of the year's own list, else the one that most agencies have.
    """
    named = seen.groupby([YEAR, *ITEM], dropna=False, observed=True).size().rename("rows")
    frame = named.reset_index().astype({"concept_id": "string"})
    frame["is_own"] = (frame["item_list_year_be"] == frame[YEAR]).fillna(False)
    frame = frame.sort_values(["is_own", "rows"], ascending=False, kind="stable")
    frame = frame.drop_duplicates([YEAR, "concept_id"])
    return frame.drop(columns=["item_list_year_be", "rows", "is_own"])


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort the gaps of each year and group, the worst first, and number them."""
    order = ["share_not_complete", "share_missing"]
    frame["order"] = frame["peer_group"].map({name: n for n, name in enumerate(PEER_GROUPS)})
    frame = frame.sort_values(
        [YEAR, "order", "peer", *order, "item_no"],
        ascending=[True, True, True, False, False, True],
        kind="stable",
        ignore_index=True,
    )
    place = frame.groupby(_GROUP, dropna=False).cumcount() + 1
    shared = place.groupby([frame[name] for name in (*_GROUP, *order)], dropna=False)
    frame["gap_rank"] = shared.transform("min").where(frame["agencies"] > 0)
    return frame
