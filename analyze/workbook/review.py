"""The sheet of the review queue: which report doubts what."""

from __future__ import annotations

import pandas as pd

from analyze.frames import AGENCY
from analyze.workbook.view import NAMED, View, agency_columns, code_column, named_columns
from analyze.workbook.words import titles
from normalize.catalogue import catalogue

DOUBT = (
    *("kind", "raw", "suggestion", "reason", "source_file", "page", "line", "table_id", "row"),
    "review_id",
)
"""The columns of the queue that the sheet shows."""


def first_doubts(review: pd.DataFrame, documents: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the rows that stand first in the sheet, ``most`` of them, in the order of the table.

    Of two parts of the queue, put together, they are the first of both.
    """
    return review.iloc[sorted(_by_agency(review, documents).index[:most])]


def review_view(review: pd.DataFrame, documents: pd.DataFrame) -> View:
    """Return the open doubts, by agency and report."""
    frame = _by_agency(review, documents).reset_index(drop=True)
    types = {field.name: field.type for field in catalogue().table("review").fields}
    return View(
        "review",
        frame.assign(kind=frame["kind"].map(titles("review_kind"))),
        (
            *agency_columns("documents")[:NAMED],
            *named_columns("documents", {"fiscal_year_be": "year"}),
            *named_columns(
                "review",
                {name: "whole" if types[name] == "integer" else "text" for name in DOUBT},
            ),
            code_column("documents"),
        ),
        catalogue().table("review").path,
    )


def _by_agency(review: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Sort the doubts by agency, year and report; the index says where each stands in the queue."""
    whose = documents.drop_duplicates("document_id")[["document_id", *AGENCY, "fiscal_year_be"]]
    order = ["province", "agency_name", "agency_code", "fiscal_year_be", "source_file"]
    return review.merge(whose, "left", "document_id").sort_values(order, kind="stable")
