"""What the page of one agency shows: every value with its place in the report."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyze.dashboard.columns import Columns, agency_keys, columns, taken
from analyze.dashboard.overview import Frames

_PLACE = ("observation_id", "document_id", "page", "table_id", "row", "line")

# The columns of an agency's page by table; a record table besides has its place.
_RECORDS = {
    "items": (
        *("fiscal_year_be", "item_list_year_be", "item_no", "concept_id", "item_name", "status"),
        *("status_raw", "item_no_raw", "item_name_raw", "match_score", "match_status", "score"),
        *("responsible", *_PLACE),
    ),
    "scores": (
        *("fiscal_year_be", "metric", "metric_name", "value", "value_computed", "discrepancy"),
        *("discrepancy_reason", "level", "level_computed", "raw", *_PLACE),
    ),
    "measures": (
        *("fiscal_year_be", "measure_no", "measure", "instrument", "indicator_no", "question_no"),
        *("responsible", "period_raw", "status", "status_raw", "result", "outcome", *_PLACE),
    ),
    "documents": (
        *("document_id", "source_file", "fiscal_year_be", "report_type", "period", "status"),
        *("error", "pages", "text_source"),
    ),
}
COMPARISONS = {
    "score_comparison": (
        *("fiscal_year_be", "metric", "metric_name", "value", "value_computed"),
        *("discrepancy", "discrepancy_reason", "is_disputed", "value_change"),
        *("country_median", "country_n", "type_median", "type_n", "province_median", "province_n"),
        *("scheme", "level", "level_computed"),
    ),
    "compare_years": (
        *("from_year_be", "to_year_be", "concept_id", "item_name", "from_item_no", "to_item_no"),
        *("from_status", "to_status", "change"),
    ),
    "pass_plan": (
        *("fiscal_year_be", "step", "item_no", "item_name", "sub_indicator_no", "status"),
        *("adds_oit", "adds_total", "oit_after", "total_after", "pass_mark", "is_passing"),
        *("total_before", "basis"),
    ),
    "measure_alignment": (
        *("fiscal_year_be", "scored_year_be", "instrument", "indicator_no", "indicator_name"),
        *("score", "rank_from_lowest", "is_lowest", "measures", "is_addressed", "measure_ids"),
    ),
    "consistency": (
        *("fiscal_year_be", "kind", "subject", "subject_name", "value_1", "value_2"),
        *("observation_id_1", "document_id_1", "observation_id_2", "document_id_2"),
    ),
    "shared_text": (
        *("fiscal_year_be", "text_kind", "agencies", "observation_id", "source_agency_name"),
        *("source_agency_type", "source_province", "similarity", "direction"),
    ),
}
_DOUBTS = (
    *("review_id", "kind", "document_id", "page", "table_id", "row", "line", "raw", "suggestion"),
    "reason",
)
QUEUE = ("source_file", *_DOUBTS)
ISSUES = ("source_file", "severity", "code", "message", "page", "line")


def details(
    records: Frames, tables: Frames, agencies: pd.DataFrame
) -> Iterator[tuple[object, dict[str, Columns]]]:
    """Yield the position of each of these agencies and the columns of its page."""
    frames = {name: (records[name], names) for name, names in _RECORDS.items()}
    frames |= {name: (tables[name], names) for name, names in COMPARISONS.items()}
    found = {name: columns(frame, names) for name, (frame, names) in frames.items()}
    found["measures"]["steps"] = _steps(records, found["measures"]["observation_id"])
    rows = {name: _rows_by(agency_keys(frame)) for name, (frame, _) in frames.items()}
    review = columns(records["review"], _DOUBTS)
    doubts = _rows_by(records["review"]["document_id"])
    for position, key in agencies["key"].items():
        page = {name: taken(found[name], rows[name].get(key, ())) for name in frames}
        ids = page["documents"]["document_id"]
        page["review"] = taken(review, (row for id_ in ids for row in doubts.get(id_, ())))
        yield position, page


def queue(records: Frames, tables: Frames, agencies: pd.DataFrame) -> dict[str, Columns]:
    """Return what waits for a person, what contradicts and what could not be read."""
    position = pd.Series(agencies.index, index=agencies["key"])
    contradictions = tables["consistency"]
    told = contradictions.assign(agency=agency_keys(contradictions).map(position))
    return {
        "review": columns(records["review"], QUEUE),
        "issues": columns(records["issues"], ISSUES),
        "consistency": columns(told, ("agency", *COMPARISONS["consistency"][:6])),
    }


def _steps(records: Frames, ids: list[str]) -> list[list[str]]:
    """Return the texts of the steps of each measure, in their order."""
    steps = records["measure_steps"]
    rows = _rows_by(steps["observation_id"])
    texts = steps["text"].tolist()
    return [[texts[row] for row in rows.get(id_, ())] for id_ in ids]


def _rows_by(keys: pd.Series) -> dict[str, list[int]]:
    """Return the positions of the rows of each key that is known."""
    rows: dict[str, list[int]] = {}
    for row, (key, is_known) in enumerate(zip(keys, keys.notna(), strict=True)):
        if is_known:
            rows.setdefault(str(key), []).append(row)
    return rows
