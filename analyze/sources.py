"""What comparisons need of the record tables, read a part at a time.

The tables grow with the reports, what they tell of an agency and year does not: of rows that say
the same only the first is held, and a text that many rows have is held once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd
from pandas.api.types import union_categoricals

from analyze.claims import denies
from analyze.frames import AGENCY, YEAR, of_known_agency_and_year
from analyze.observed import ITEM, telling

_ROW = ("observation_id", "document_id", *AGENCY, YEAR)
SOURCES: dict[str, tuple[str, ...]] = {
    "documents": ("document_id", *AGENCY, YEAR, "report_type", "status"),
    "items": (*_ROW, *ITEM, "match_status", "status", "score"),
    "scores": (*_ROW, "metric", "metric_name", "value", "level"),
    "measures": (
        *(*_ROW, "measure", "result", "outcome", "instrument", "indicator_no", "concept_ids"),
        *("period_start", "match_status"),
    ),
}
"""The record tables that the comparisons rest on, each with the columns that they need."""

REPEATED = frozenset({
    *(*AGENCY, *ITEM, "document_id", "match_status", "status", "metric", "metric_name", "level"),
    *("measure", "result", "outcome", "instrument", "concept_ids"),
})  # fmt: skip
"""The columns of items, scores and measures whose texts stand in many rows."""

_WAITING_ROWS = 500_000
"""So many new rows at least are gathered before they are compared with those that are held."""


Keep = Callable[[pd.DataFrame], pd.DataFrame]


def gathered(parts: Iterable[pd.DataFrame], keep: Keep) -> pd.DataFrame:
    """Return the rows of a table that ``keep`` keeps, in their order, from its parts.

    What ``keep`` returns of two parts, put together, must have what it returns of the whole. No
    more than a part and twice the rows that are kept is held at a time.
    """
    held: list[pd.DataFrame] = []
    for part in parts:
        held.append(keep(part))
        if sum(map(len, held[1:])) >= max(len(held[0]), _WAITING_ROWS):
            held = [keep(_stacked(held))]
    return keep(_stacked(held))


def _telling_items(items: pd.DataFrame) -> pd.DataFrame:
    """Return what settles the statuses, and the rows whose status and score deny each other."""
    score = items["score"].to_numpy(dtype=float, na_value=float("nan"))
    return items[telling(items) | denies(items["status"], score)]


def _of_known_agency(measures: pd.DataFrame) -> pd.DataFrame:
    return measures[measures["agency_name"].notna()]


KEPT: dict[str, Keep] = {
    "items": _telling_items,
    "scores": of_known_agency_and_year,
    "measures": _of_known_agency,
}
"""What returns the rows of a source that comparisons need: they make the same of these as of all.
Texts in the columns REPEATED may be categories."""


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames one under the other; their categories become those of all."""
    columns = {}
    for name in frames[0]:
        pieces = [frame[name] for frame in frames]
        if pieces[0].dtype == "category":
            columns[name] = union_categoricals(pieces)
        else:
            columns[name] = pd.concat(pieces, ignore_index=True).array
    return pd.DataFrame(columns)
