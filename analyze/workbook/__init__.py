"""workbook.xlsx: what the comparisons say, in Thai, to read, to filter and to print."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analyze.spreadsheet import new_book
from analyze.workbook.agencies import coverage_view, heat_view, ranking_view, scores_view
from analyze.workbook.cover import write_cover
from analyze.workbook.items import changes_view, gaps_view, plans_view
from analyze.workbook.review import DOUBT, first_doubts, review_view
from analyze.workbook.view import View
from analyze.workbook.words import word
from analyze.workbook.writer import Styles, write_view

__all__ = ["DOUBT", "SHEET_ROWS", "first_doubts", "workbook"]

SHEET_ROWS = 20_000
"""The most rows of a sheet: more than a province has, and what is opened and filtered with ease. A
sheet of the whole country has the latest years first; the cover says how many rows it lacks."""


def workbook(
    records: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    seen: pd.DataFrame,
    rows: Mapping[str, int],
    made_by: Mapping[str, str],
) -> bytes:
    """Return the workbook of a dataset; the same dataset gives the same bytes.

    ``records`` has its documents, review queue and decisions, ``tables`` are those of
    :func:`analyze.tables`, ``seen`` is what :func:`analyze.observed.observed` settles of items,
    ``rows`` counts those of the record tables, and ``made_by`` are the versions of what made it. A
    sheet has no more than SHEET_ROWS rows; of the queue :func:`first_doubts` are enough.
    """
    views = [
        replace(view, rows=view.rows or len(view.frame), frame=view.frame.head(SHEET_ROWS))
        for view in _views(records, tables, seen, rows)
    ]
    made = io.BytesIO()
    with new_book(made, row_by_row=True) as book:
        styles = Styles(book)
        cover = book.add_worksheet(word("cover"))
        sheets = [book.add_worksheet(word(view.key)) for view in views]
        write_cover(cover, views, records, tables, rows, made_by, styles)
        for sheet, view in zip(sheets, views, strict=True):
            write_view(sheet, view, styles)
    return made.getvalue()


def _views(
    records: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    seen: pd.DataFrame,
    rows: Mapping[str, int],
) -> list[View]:
    return [
        coverage_view(tables["coverage"]),
        ranking_view(tables["rank_agencies"]),
        heat_view(seen, tables["completeness"]),
        gaps_view(tables["item_gaps"]),
        changes_view(tables["compare_years"]),
        scores_view(tables["score_comparison"]),
        plans_view(tables["pass_plan"]),
        replace(review_view(records["review"], records["documents"]), rows=rows["review"]),
    ]
