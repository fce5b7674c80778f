"""The statuses of the latest fiscal year, item by item: what heat maps show."""

from __future__ import annotations

import pandas as pd

from analyze.frames import AGENCY, YEAR
from normalize.reference import item_lists


def latest_statuses(seen: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """Return the latest fiscal year (be) and the status of each item of its list in each agency.

    ``seen`` is what :func:`analyze.observed.observed` settles. Columns: those of the agency,
    item_no, status. An agency whose report follows the list of another year is told by the items
    of the same concept. The year is 0 where nothing was observed.
    """
    if seen.empty:
        return 0, pd.DataFrame(columns=[*AGENCY, "item_no", "status"])
    year = int(seen[YEAR].max())
    items = item_lists().get(year, ())
    latest = seen.loc[seen[YEAR] == year, [*AGENCY, *_ITEM]].astype(_TEXT)
    numbers = latest["concept_id"].map({item.concept_id: item.item_no for item in items})
    follows = latest["item_list_year_be"] == year
    latest["item_no"] = latest["item_no"].where(follows, numbers).astype("Int64")
    shown = latest["item_no"].isin([item.item_no for item in items])
    return year, latest.loc[shown, [*AGENCY, "item_no", "status"]]


_ITEM = ("item_list_year_be", "item_no", "concept_id", "status")
_TEXT = dict.fromkeys([*AGENCY, "concept_id", "status"], "string")
