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
    drawn = table_without(140, ys=(120, 160, 180)) + HEAD
    drawn += row(150, "1", "roof", "8.5", "2") + row(128, "2", "pipe", "7.5", "3")
    table = scanned(drawn + row(139, "-", "", "--"))
    assert rows(table)[1:] == [["1", "roof", "8.5", "2"], ["2", "pipe", "7.5", "3"]]


def test_dashes_of_empty_cells_stay(scanned: Callable[[bytes], Table]) -> None:
    drawn = table_without(ys=(120, 160, 180)) + HEAD
    drawn += (
        row(150, "", "a roof and") + row(139, "1", "", "-", "-") + row(128, "", "what it holds")
    )
    assert rows(scanned(drawn))[1] == ["1", "a roof and\nwhat it holds", "-", "-"]


def test_dashes_are_no_rule_where_the_table_has_its_columns(
    scanned: Callable[[bytes], Table],
) -> None:
    drawn = grid(XS, [120, 160, 180]) + HEAD + row(139, "-", "", "--")
    drawn += row(150, "1", "roof", "8.5", "2") + row(128, "2", "pipe", "7.5", "3")
    assert scanned(drawn).row_count == 2


def codes(*rows: bytes) -> bytes:
    """Draw a table that has lost an upright rule of its first row, and the rules of the next."""
    across = b"".join(line(20, y, 180, y) for y in (90, 130))
    kept = b"".join(line(x, 130, x, 160) for x in XS if x != 100)
    kept += b"".join(line(x, 90, x, 130) for x in XS)
    first = row(145, "O1", "well", "v", "Eve")
    return grid(XS, [160, 180]) + across + kept + HEAD + first + b"".join(rows)


def test_rows_are_told_by_codes_that_count_on(scanned: Callable[[bytes], Table]) -> None:
    drawn = codes(row(122, "O2", "roof", "v", "Ann"), row(114, "", "of tiles"))
    table = scanned(drawn + row(98, "O3", "pipe", "", "Bob") + row(100, "", "", "x"))
    assert rows(table)[2:] == [["O2", "roof\nof tiles", "v", "Ann"], ["O3", "pipe", "x", "Bob"]]


@pytest.mark.parametrize(
    "more",
    [
        [row(98, "O3", "pipe", "", "Bob"), row(110, "", "", "v")],  # a tick between both
        [row(98, "O3", "pipe", "", "Bob"), row(122, "", "", "v")],  # one has more beside it
        [row(98, "O5", "pipe", "", "Bob")],  # not the next code
        [row(98, "", "a town hall roof", "v", "Bob"), row(106, "O3"), row(122, "", "", "v")],
        [words((33, 122, "O3")), row(98, "", "pipe", "v", "Bob"), row(122, "", "", "v")],
    ],
)
def test_codes_that_prove_no_rows(scanned: Callable[[bytes], Table], more: list[bytes]) -> None:
    table = scanned(codes(row(122, "O2", "roof", "", "Ann"), *more))
    assert table.row_count == 3


def test_text_that_goes_on_below_is_one_row(scanned: Callable[[bytes], Table]) -> None:
    first = row(122, "O2", "the gifts as given", "v", "Ann")
    table = scanned(codes(first, row(112, "O3", "and as taken", "x", "Bob")))
    assert table.row_count == 3


def test_lines_at_the_same_heights_in_all_columns_are_rows(
    scanned: Callable[[bytes], Table],
) -> None:
    drawn = codes(row(122, "IIT", "roof", "8.5", "good"), row(102, "EIT", "pipe", "7.5", "fair"))
    assert rows(scanned(drawn))[2:] == [
        ["IIT", "roof", "8.5", "good"],
        ["EIT", "pipe", "7.5", "fair"],
    ]
