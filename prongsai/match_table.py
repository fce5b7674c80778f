"""A person's own CSV with columns added: what each value of one column is matched to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.encoding import EncodingError, decode
from extract.thai import convert_digits
from normalize.agencies.registry import Registry
from normalize.match import MATCH_COLUMNS, match_agency, match_indicator, match_item, match_status
from normalize.records import Row
from prongsai.errors import NoInputError, UsageError

TAKEN_SUFFIX = "_matched"
Matcher = Callable[[str, int | None], Row]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A CSV as its owner wrote it: every value as text, and whether it began with a BOM."""

    columns: list[str]
    rows: list[list[str]]
    delimiter: str
    has_bom: bool


def read_own_table(path: Path) -> OwnTable:
    """Read a CSV in UTF-8 or CP874 with commas, semicolons or tabs; nothing is converted."""
    try:
        decoded = decode(path.read_bytes())
    except OSError as error:
        raise NoInputError(
            f"{path} cannot be opened ({error.strerror})", "Check the path."
        ) from error
    except EncodingError as error:
        raise NoInputError(f"{path}: {error}", "Save it as CSV UTF-8 and run again.") from error
    text = decoded.text.lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(2**31 - 1)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    rows = [row for row in rows if row]
    if not rows:
        raise NoInputError(f"{path} is empty", "Give a CSV with a header line.")
    width = len(rows[0])
    for number, row in enumerate(rows[1:], start=2):
        if len(row) > width:
            problem = f"{path}: record {number} has {len(row)} values, but the header names {width}"
            raise UsageError(problem, "Put quotes around values that hold the separator.")
    body = [row + [""] * (width - len(row)) for row in rows[1:]]
    return OwnTable(rows[0], body, delimiter, decoded.encoding == "utf-8-sig")


def matched_table(
    kind: str,
    table: OwnTable,
    column: str,
    *,
    year_column: str | None = None,
    year_be: int | None = None,
    registry: Registry | None = None,
) -> tuple[list[str], list[list[str]]]:
    """Return the columns and rows with what was matched; equal values are matched once."""
    values = _column(table, column)
    years = _column(table, year_column) if year_column else [""] * len(table.rows)
    matcher = _matcher(kind, registry or Registry.load())
    found: dict[tuple[str, int | None], list[str]] = {}
    rows = []
    for row, value, year_text in zip(table.rows, values, years, strict=True):
        key = (value, parse_year(year_text) or year_be)
        if key not in found:
            added = matcher(*key) if value.strip() else {"match_status": "unmatched"}
            found[key] = [_text(added.get(name)) for name in MATCH_COLUMNS[kind]]
        rows.append(row + found[key])
    return table.columns + _free_names(table.columns, MATCH_COLUMNS[kind]), rows


def write_own_table(table: OwnTable, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the CSV in the manner of the one that was read."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return ("\ufeff" if table.has_bom else "") + made.getvalue()


def parse_year(text: str) -> int | None:
    """Read a fiscal year (be) from a cell: 2565, ๒๕๖๕, 2565.0, or a year of the Common Era."""
    digits = convert_digits(text, "arabic").strip().removesuffix(".0")
    if not digits.isdecimal():
        return None
    year = int(digits)
    return year + 543 if 1950 <= year <= 2100 else year if 2500 <= year <= 2643 else None


def _matcher(kind: str, registry: Registry) -> Matcher:
    matchers: dict[str, Matcher] = {
        "item": match_item,
        "agency": lambda text, year: match_agency(text, registry, year),
        "indicator": lambda text, _: match_indicator(text),
        "status": lambda text, _: match_status(text),
    }
    return matchers[kind]


def _column(table: OwnTable, name: str) -> list[str]:
    if name not in table.columns:
        names = ", ".join(table.columns)
        raise UsageError(f"there is no column {name!r}", f"The columns are: {names}.")
    place = table.columns.index(name)
    return [row[place] for row in table.rows]


def _free_names(taken: Sequence[str], wanted: Sequence[str]) -> list[str]:
    names: list[str] = []
    for name in wanted:
        free = name
        while free in taken or free in names:
            free += TAKEN_SUFFIX
        names.append(free)
    return names


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
