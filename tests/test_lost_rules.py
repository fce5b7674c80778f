"""Tables of a scan that lost rules in places: drawn without them, and taken for a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extract import Table
from extract.pdf import reader
from extract.pdf.glyphs import text_sheet
from tests.test_pdf_pages import grid, line, read, rows, words

XS = [20.0, 40.0, 100.0, 140.0, 180.0]
HEAD = words((22, 165, "no"), (42, 165, "name"), (102, 165, "score"), (142, 165, "rank"))


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Table]:
    def scan(drawn: bytes) -> Table:
        monkeypatch.setattr(
            reader, "text_sheet", lambda page: replace(text_sheet(page), source="ocr")
        )
        (table,) = read(drawn).tables
        return table

    return scan


def table_without(*lost: float, ys: tuple[float, ...] = (140, 160, 180)) -> bytes:
    """Draw the header with all rules, and the rows below it without some upright ones."""
    header = grid(XS, [160, 180])
    kept = b"".join(line(x, ys[0], x, 160) for x in XS if x not in lost)
    return header + kept + b"".join(line(20, y, 180, y) for y in ys[:-2])


def row(y: float, *texts: str) -> bytes:
    return words(*((x + 2, y, text) for x, text in zip(XS, texts, strict=False) if text))


def test_cell_whose_text_keeps_to_its_columns_is_several(
    scanned: Callable[[bytes], Table],
) -> None:
    drawn = table_without(100, 140) + HEAD + row(145, "1", "roof", "8.5", "2")
    assert len(rows(read(drawn).tables[0])[1]) == 2  # a text layer has all its rules
    assert rows(scanned(drawn))[1] == ["1", "roof", "8.5", "2"]


@pytest.mark.parametrize("texts", [("1", "a name that runs over its column"), ("1", "alone")])
def test_cell_over_several_columns_is_one(
    scanned: Callable[[bytes], Table], texts: tuple[str, str]
) -> None:
    table = scanned(table_without(100, 140) + HEAD + row(145, *texts))
    assert rows(table)[1] == list(texts)


def test_dashes_between_text_are_a_rule(scanned: Callable[[bytes], Table]) -> None:
    drawn = table_without(ys=(120, 160, 180)) + HEAD
    drawn += row(150, "1", "roof", "8.5", "2") + row(128, "2", "pipe", "7.5", "3")
    table = scanned(drawn + row(139, "-", "", "--"))
    assert rows(table)[1:] == [["1", "roof", "8.5", "2"], ["2", "pipe", "7.5", "3"]]


def test_dashes_of_empty_cells_stay(scanned: Callable[[bytes], Table]) -> None:
    drawn = table_without(ys=(120, 160, 180)) + HEAD
    drawn += (
        row(150, "", "a roof and") + row(139, "1", "", "-", "-") + row(128, "", "what it holds")
    )
    assert rows(scanned(drawn))[1] == ["1", "a roof and\nwhat it holds", "-", "-"]
