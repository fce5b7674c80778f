"""What all workbooks share: safe text, widths and heights of Thai, the same bytes each time."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MAX_CELL = 32_767
"""The most characters that a cell of a workbook holds."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes text that begins so for a formula, unless an apostrophe stands before it."""

FONT = "Tahoma"  # it has Thai, and every office program has it or something as wide in its place
CELL = {
    "font_name": FONT,
    "font_size": 10,
    "text_wrap": True,
    "valign": "top",
    "border": 1,
    "border_color": "#D9D9D9",
}
HEAD = CELL | {"bold": True, "bg_color": "#DDEBF7"}
LINE_HEIGHT, MAX_HEIGHT = 15, 409
"""Points of a line of text, and the highest row that a spreadsheet has."""
FULL = 0.85
"""How much of a line of a cell its words fill: they end before the edge, and Thai is wide."""

# Files inside of a workbook carry this day as well; the day of a run would make two runs differ.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
_A4 = 9


def new_book(file: BinaryIO, *, row_by_row: bool = False) -> Workbook:
    """Return a workbook that takes no text for a formula, a link or a number.

    ``row_by_row`` keeps no more than a row in memory: rows must then be written in their order.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        ("constant_memory" if row_by_row else "in_memory"): True,
    }
    book = Workbook(file, options)
    book.set_properties({"created": _CREATED})
    return book


def as_text(value: str) -> str:
    """Return text such that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text, cut to what a cell holds."""
    sheet.write_string(row, column, text[:MAX_CELL], style)


def print_on_a4(sheet: Worksheet, header_row: int | None = None, pages: int = 0) -> None:
    """Print a sheet on A4, sideways, as wide as the page, its header on every page.

    ``pages`` is how many it may take; 0 is as many as it needs.
    """
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, pages)
    if header_row is not None:
        sheet.repeat_rows(header_row)


def shown_width(text: str) -> int:
    """Return the characters that a text is wide; marks above and below take no width."""
    return sum(1 for character in text if unicodedata.category(character) != "Mn")


def row_height(texts: Iterable[str], widths: Iterable[float]) -> int:
    """Return the points of a row whose cells show these texts in so many characters each."""
    return min(MAX_HEIGHT, LINE_HEIGHT * max(map(_lines, texts, widths), default=1))


@lru_cache(maxsize=10_000)  # names and years come again and again
def _lines(text: str, width: float) -> int:
    full = FULL * width
    return sum(max(1, math.ceil(shown_width(line) / full)) for line in text.split("\n"))
