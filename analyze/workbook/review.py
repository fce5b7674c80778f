"""The sheet of the review queue: which report doubts what."""

from __future__ import annotations

import pandas as pd

from analyze.frames import AGENCY
from analyze.workbook.view import NAMED, View, agency_columns, code_column, named_columns
from analyze.workbook.words import titles
from normalize.catalogue import catalogue

_COLUMNS = (
    *("kind", "raw", "suggestion", "reason", "source_file", "page", "line", "table_id", "row"),
    "review_id",
)


def review_view(review: pd.DataFrame, documents: pd.DataFrame) -> View:
    """Return the open doubts, by agency and report."""
    whose = documents.drop_duplicates("document_id")[["document_id", *AGENCY, "fiscal_year_be"]]
    frame = review.merge(whose, "left", "document_id")
    order = ["province", "agency_name", "agency_code", "fiscal_year_be", "source_file"]
    frame = frame.sort_values(order, kind="stable", ignore_index=True)
    types = {field.name: field.type for field in catalogue().table("review").fields}
    return View(
        "review",
        frame.assign(kind=frame["kind"].map(titles("review_kind"))),
        (
            *agency_columns("documents")[:NAMED],
            *named_columns("documents", {"fiscal_year_be": "year"}),
            *named_columns(
                "review",
                {name: "whole" if types[name] == "integer" else "text" for name in _COLUMNS},
            ),
            code_column("documents"),
        ),
        catalogue().table("review").path,
    )
