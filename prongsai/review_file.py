"""A file of the review queue that a person has filled in: CSV of any spreadsheet, or a workbook."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from analyze.spreadsheet import FORMULA_SIGNS
from normalize.catalogue import catalogue
from normalize.decisions import Decision, read_word
from prongsai.errors import NoInputError, ProngsaiError, UsageError
from prongsai.match_table import read_own_table

NEEDED = ("review_id", "decision")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of the file: its number as the person's program counts, and its cells by column."""

    row: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return a cell as it is meant; "" if it lacks."""
        return meant(self.cells.get(column, ""))


def meant(text: str) -> str:
    """Return what a cell means: on one line, without the apostrophe of a spreadsheet."""
    line = " ".join(text.split())
    return line[1:] if line.startswith("'") and line[1:2] in FORMULA_SIGNS else line


def read_filled(path: Path) -> list[FilledRow]:
    """Read a review file by the names or titles of its columns.

    Raises NoInputError for a file that is not there or not readable, UsageError for one without
    the columns review_id and decision.
    """
    rows = _workbook_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    _, header = next(rows, (1, []))
    names = [_column(heading) for heading in header]
    for name in NEEDED:
        if names.count(name) != 1:
            problem = "lacks" if name not in names else "has more than once"
            raise UsageError(
                f"{path}, row 1: the table {problem} the column {name}",
                "Give a file that `prongsai review export` wrote, with its first row.",
            )
    return [FilledRow(number, dict(zip(names, cells, strict=False))) for number, cells in rows]


def unapplied(path: Path, decisions: Collection[Decision]) -> int:
    """Count the answers in a review file that are not among these decisions.

    Unsure ones do not count: the queue has them as it was written, too.
    """
    try:
        rows = read_filled(path)
    except ProngsaiError:
        return 0  # not there, or no review file
    applied = {made.review_id for made in decisions if not made.is_open}
    answered = [row for row in rows if _is_answer(row.text("decision"))]
    return sum(1 for row in answered if row.text("review_id") not in applied)


def _is_answer(text: str) -> bool:
    return bool(text) and read_word("review_decision", text) != "unsure"


def _column(heading: str) -> str:
    """Return the field that a heading names: by its name, or its title in Thai or English."""
    wanted = " ".join(heading.split()).casefold()
    for field in catalogue().table("review").fields:
        if wanted in (field.name, field.title_en.casefold(), field.title_th):
            return field.name
    return heading


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    table = read_own_table(path)
    if table.doubts:
        raise UsageError(
            f"{path}: {'; '.join(table.doubts)}", "Save it as CSV UTF-8, or as .xlsx, and go on."
        )
    yield 1, table.columns
    yield from zip(table.lines, table.rows, strict=True)


def _workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that has any; blank rows are passed over."""
    try:
        with warnings.catch_warnings():  # of features that a spreadsheet added and we do not use
            warnings.simplefilter("ignore")
            book = load_workbook(path, data_only=True)
    except OSError as error:
        raise NoInputError(
            f"{path} cannot be opened ({error.strerror or error})", "Check the path."
        ) from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise NoInputError(
            f"{path} is no workbook that can be read ({error})", "Save it as .xlsx and run again."
        ) from error
    sheet = next((sheet for sheet in book.worksheets if sheet.max_row > 1), book.worksheets[0])
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(value is not None for value in row):
            yield number, [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
