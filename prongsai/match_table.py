"""A person's own CSV with columns added: what each value of one column is matched to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from extract.encoding import EncodingError, decode
from normalize.agencies.registry import Registry
from normalize.dates import parse_year
from normalize.match import MATCH_COLUMNS, match_agency, match_indicator, match_item, match_status
from normalize.records import Row
from prongsai.errors import NoInputError, UsageError

TAKEN_SUFFIX = "_matched"
ROWS_AT_ONCE = 10_000
_FIRST_RECORD = re.compile(r'(?:[^"\r\n]|"[^"]*")*')
_QUOTED = re.compile(r'"[^"]*"')
Matcher = Callable[[str, int | None], Row]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A CSV as its owner wrote it: every value as text, whether it began with a BOM.

    ``lines`` are those on which the rows begin, from 1; ``doubts`` say what is not certain about
    its encoding.
    """

    columns: list[str]
    rows: list[list[str]]
    delimiter: str
    has_bom: bool
    lines: list[int]
    doubts: tuple[str, ...] = ()


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
    first = _FIRST_RECORD.match(text.lstrip("\r\n"))
    delimiter = max(",;\t", key=_QUOTED.sub("", first[0] if first else "").count)
    records = _records(path, text, delimiter)
    header = next((row for _, row in records if row), [])
    lines = []
    if not header:
        raise NoInputError(f"{path} is empty", "Give a CSV with a header line.")
    body = []
    for line, row in records:
        if len(row) > len(header):
            problem = f"{path}, line {line}: {len(row)} values, but the header names {len(header)}"
            raise UsageError(problem, "Put quotes around values that hold the separator.")
        if row or len(header) == 1:  # a blank line is a value only where there is one column
            body.append(row + [""] * (len(header) - len(row)))
            lines.append(line)
    doubts = tuple(issue.message for issue in decoded.doubts)
    return OwnTable(header, body, delimiter, decoded.encoding == "utf-8-sig", lines, doubts)


def _records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it begins."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {line}: no CSV ({error})",
            'Close each quote, write "" for a quote inside quotes, and run again.',
        ) from error


def matched_table(
    kind: str,
    table: OwnTable,
    column: str,
    *,
    year_column: str | None = None,
    year_be: int | None = None,
    registry: Registry | None = None,
) -> tuple[list[str], Iterator[list[str]]]:
    """Return the columns, and each row with what was matched; equal values are matched once."""
    values = _column(table, column)
    years = _column(table, year_column) if year_column else [""] * len(table.rows)
    matcher = _matcher(kind, registry or Registry.load())

    @cache
    def matched(value: str, year: int | None) -> list[str]:
        is_value = kind == "status" or value.strip()  # a blank status says: not reported
        added = matcher(value, year) if is_value else {"match_status": "unmatched"}
        return [_text(added.get(name)) for name in MATCH_COLUMNS[kind]]

    rows = (
        row + matched(value, parse_year(year_text) or year_be)
        for row, value, year_text in zip(table.rows, values, years, strict=True)
    )
    return table.columns + _free_names(table.columns, MATCH_COLUMNS[kind]), rows


def own_csv(table: OwnTable, columns: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield a CSV in the manner of the one that was read, in pieces."""
    yield "\ufeff" if table.has_bom else ""
    lines = chain([columns], rows)
    while some := list(islice(lines, ROWS_AT_ONCE)):
        piece = io.StringIO(newline="")
        csv.writer(piece, delimiter=table.delimiter, lineterminator="\n").writerows(some)
        yield piece.getvalue()


def _matcher(kind: str, registry: Registry) -> Matcher:
    matchers: dict[str, Matcher] = {
        "item": match_item,
        "agency": lambda text, year: match_agency(text, registry, year),
        "indicator": match_indicator,
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
