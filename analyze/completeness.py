"""How much of the list of items each agency has put online, per fiscal year."""

from __future__ import annotations

import pandas as pd

from normalize.catalogue import catalogue
from normalize.reference import item_lists

AGENCY = ["agency_code", "agency_name", "agency_type", "district", "province"]
UNKNOWN_STATUSES = ("not_reported", "unclear")


def completeness(items: pd.DataFrame) -> pd.DataFrame:
    """Count each agency's items by status and year: one row per agency and fiscal year (be).

    ``items`` is the items table. Only accepted items of a known agency and year count; an item
    that is observed more than once counts once, as unclear where its statuses differ.
    ``completeness`` is the share (0 to 1) of complete items among those with a known status, that
    is neither not_reported nor unclear; it is empty where there is none. Items of a checklist
    without a column of statuses count as observed and in no status.
    """
    spec = catalogue().table("completeness")
    keys = [*AGENCY, "fiscal_year_be"]
    known = items[
        (items["match_status"] == "accepted")
        & items["agency_name"].notna()
        & items["fiscal_year_be"].notna()
    ]
    if known.empty:
        return spec.frame([])
    observed = (
        known.groupby([*keys, "item_list_year_be", "item_no"], dropna=False)["status"]
        .agg(_one_status)
        .reset_index()
    )
    documents = known.groupby(keys, dropna=False)["document_id"].nunique()
    statuses = [status.value for status in catalogue().enum("item_status")]
    rows = []
    for key, group in observed.groupby(keys, dropna=False):
        counts = {status: int((group["status"] == status).sum()) for status in statuses}
        settled = sum(counts[status] for status in statuses if status not in UNKNOWN_STATUSES)
        years = group["item_list_year_be"].dropna().unique()
        rows.append(
            {
                **dict(zip(keys, key, strict=True)),
                "items_in_list": max(
                    (len(item_lists()[int(year)]) for year in years), default=None
                ),
                "observed": len(group),
                **counts,
                "completeness": round(counts["complete"] / settled, 4) if settled else None,
                "n_documents": int(documents.loc[key]),
            }
        )
    frame = spec.frame(rows).sort_values(["agency_code", "fiscal_year_be"], ignore_index=True)
    spec.check(frame)
    return frame


def _one_status(statuses: pd.Series) -> object:
    """Return the status that all observations of an item have; NA where none has any."""
    told = statuses.dropna().unique()
    return "unclear" if len(told) > 1 else told[0] if len(told) else pd.NA
