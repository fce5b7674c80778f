"""Reports of the corpus as ten producers typeset them, with the facts they were typeset from.

``tests/data/pdf`` holds some that ``python -m benchmarks.corpus OUT --seed 4`` made (fictitious
agencies; each says so). Cells are compared without white space. The bars over all are those that
``docs/benchmarks.md`` reports on other seeds; one small report may miss a few cells more.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks.scoring import Count, GridCell, cells_in_place, exact_cells, gold_grids
from extract import Document, read_report

FOLDER = Path(__file__).parent / "data" / "pdf"
NAMES = sorted(path.stem for path in FOLDER.glob("*.pdf"))


@cache
def document(name: str) -> Document:
    return read_report(FOLDER / f"{name}.pdf")


def gold(name: str) -> list[list[GridCell]]:
    return gold_grids(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def found(name: str) -> list[list[GridCell]]:
    return [
        [GridCell(c.row, c.column, c.text, c.row_span, c.column_span) for c in table.cells]
        for table in document(name).tables
    ]


@pytest.mark.parametrize("name", NAMES)
def test_cells_of_a_report_are_right(name: str) -> None:
    count = exact_cells(gold(name), found(name))
    assert count.recall >= 0.9, count
    assert count.precision >= 0.9, count


def test_cells_of_all_reports_are_right() -> None:
    total = sum((exact_cells(gold(name), found(name)) for name in NAMES), Count())
    assert len(NAMES) == 16
    assert total.recall >= 0.99, total
    assert total.precision >= 0.98, total


def test_cells_stand_in_their_rows_and_columns() -> None:
    total = sum((cells_in_place(gold(name), found(name)) for name in NAMES), Count())
    assert total.recall >= 0.9, total


@pytest.mark.parametrize("name", NAMES)
def test_unknown_glyphs_are_told(name: str) -> None:
    read = document(name)
    assert read.status == "ok"
    told = "glyphs_unknown" in {issue.code for issue in read.issues}
    assert told == any("\ufffd" in text for text in read.texts())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_table_is_none(name: str) -> None:
    facts = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    cells = {"".join(cell.text.split()) for table in document(name).tables for cell in table.cells}
    for text in facts["not_tables"]:
        assert "".join(text.split()) not in cells
