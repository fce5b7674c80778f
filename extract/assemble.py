"""Grids and paragraphs in reading order -> tables: headers folded, cut rows and tables joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extract.document import Block, Cell, Column, Issue, Paragraph, Table
from extract.grid import Grid
from extract.headers import columns_of, is_header, is_second_level
from extract.thai import skeleton

Row = dict[int, Cell]

NUMBER_ROLES = ("ordinal", "item_no")
NAME_ROLES = ("item", "measure", "issue", "indicator")
# A lone page number stands between the halves of a table without ending it.
_PAGE_NUMBER = re.compile(r"[\s\-–—/]*[0-9๐-๙]{0,4}[\s\-–—/]*")


@dataclass(slots=True)
class _Segment:
    """One header (perhaps none) and the rows below it, as they stand in a grid."""

    header: list[Row] = field(default_factory=list)
    body: list[tuple[Row, bool]] = field(default_factory=list)  # a row, and: is it after a break?
    width: int = 0


@dataclass(slots=True)
class _OpenTable:
    header: list[Row]
    columns: tuple[Column, ...]
    width: int
    rows: list[Row] = field(default_factory=list)

    def takes(self, segment: _Segment) -> bool:
        if segment.header:
            return _key(segment.header) == _key(self.header)
        return self.width == segment.width or bool(self.header and segment.width < self.width)

    def add(self, segment: _Segment) -> None:
        for row, after_break in segment.body:
            if self.rows and self._continues(row, after_break):
                _join(self.rows[-1], row)
            else:
                self.rows.append(row)

    def _continues(self, row: Row, after_break: bool) -> bool:
        """Say whether the row goes on with the row above it.

        It does when its number and name are empty; and, right after a page break, when only its
        number is, in a table whose other rows have numbers.
        """
        numbers = self._columns(NUMBER_ROLES)
        names = self._columns(NAME_ROLES)
        if not numbers and not names:
            filled = sum(1 for cell in row.values() if cell.text)
            above = sum(1 for cell in self.rows[-1].values() if cell.text)
            return _is_empty(row, [1]) and 2 * filled <= above
        if not _is_empty(row, numbers):
            return False
        if _is_empty(row, names):
            return True
        numbered = sum(1 for above in self.rows if not _is_empty(above, numbers))
        return bool(numbers) and after_break and 2 * numbered > len(self.rows)

    def _columns(self, roles: tuple[str, ...]) -> list[int]:
        return [n for n, column in enumerate(self.columns, start=1) if column.role in roles]

    def close(self, table_id: str) -> Table:
        rows = [*self.header, *self.rows]
        cells = [
            replace(cell, row=number, is_header=number <= len(self.header))
            for number, row in enumerate(rows, start=1)
            for column, cell in sorted(row.items())
            if cell.column == column and not (number > 1 and rows[number - 2].get(column) is cell)
        ]
        return Table(table_id, len(rows), len(self.header), self.columns, tuple(cells))


def assemble(blocks: Iterable[Paragraph | Grid]) -> tuple[tuple[Block, ...], tuple[Issue, ...]]:
    """Turn grids into tables and say what was unclear about them.

    A header that is repeated is folded into the first. A grid goes on with the table before it when
    nothing but page numbers stands between them and it has the same header, or none and the same
    width. Tables are named t1, t2, ... in reading order.
    """
    made: list[Paragraph | _OpenTable] = []
    issues: list[Issue] = []
    current: _OpenTable | None = None
    last: _OpenTable | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            made.append(block)
            if not _PAGE_NUMBER.fullmatch(block.text):
                current = None
            continue
        for segment in _segments(block):
            if current is None or not current.takes(segment):
                current = _open(segment, last, issues)
                made.append(current)
                last = current
            current.add(segment)
    numbers = iter(range(1, len(made) + 1))
    closed: list[Block] = []
    for entry in made:
        closed.append(entry.close(f"t{next(numbers)}") if isinstance(entry, _OpenTable) else entry)
    return tuple(closed), tuple(issues)


def _open(segment: _Segment, last: _OpenTable | None, issues: list[Issue]) -> _OpenTable:
    """Open a table; one without a header takes the columns of the last table of its width."""
    if segment.header:
        return _OpenTable(segment.header, columns_of(segment.header, segment.width), segment.width)
    place = next(iter(segment.body[0][0].values())).place if segment.body else None
    where = f"line {place.line}" if place and place.line else f"page {place.page}" if place else ""
    page = place.page if place else None
    if last is not None and last.header and last.width == segment.width:
        message = f"the table at {where} has no header: it was read with the header of the last one"
        issues.append(Issue("info", "header_inherited", message, page))
        return _OpenTable([], last.columns, segment.width)
    message = f"the table at {where} has no header that is known: its columns have no meaning here"
    issues.append(Issue("warning", "table_without_header", message, page))
    return _OpenTable([], (Column("", ""),) * segment.width, segment.width)


def _segments(grid: Grid) -> list[_Segment]:
    """Cut a grid at its header rows; rows without any text are dropped."""
    segments = [_Segment(width=grid.width)]
    rows = _rows(grid)
    position = 0
    while position < len(rows):
        row, after_break = rows[position]
        is_marked = position == 0 and grid.marked_headers > 0 and not _begins_with_number(row)
        if is_marked or is_header(row):
            header = [row]
            marked = grid.marked_headers if is_marked else 0
            while position + len(header) < len(rows) and (
                len(header) < marked
                or (len(header) == 1 and is_second_level(row, rows[position + 1][0]))
            ):
                header.append(rows[position + len(header)][0])
            segments.append(_Segment(_with_spans(header), [], grid.width))
            position += len(header)
        else:
            is_first = not segments[-1].body
            segments[-1].body.append((row, after_break or is_first))
            position += 1
    return [segment for segment in segments if segment.header or segment.body]


def _rows(grid: Grid) -> list[tuple[Row, bool]]:
    rows: dict[int, Row] = {number: {} for number in range(1, grid.row_count + 1)}
    for cell in grid.cells:
        for number in range(cell.row, min(cell.row + cell.row_span, grid.row_count + 1)):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[number].setdefault(column, cell)
    found = []
    after_break = False
    for number, row in rows.items():
        after_break = after_break or number in grid.breaks
        if any(cell.text for cell in row.values()):
            found.append((row, after_break))
            after_break = False
    return found


def _with_spans(header: list[Row]) -> list[Row]:
    """Give header cells the spans that empty cells beside and below them stand for."""
    if len(header) != 2 or any(c.row_span > 1 or c.column_span > 1 for c in header[0].values()):
        return header
    top, below = dict(header[0]), dict(header[1])
    for column in sorted(top):
        if column not in top or not top[column].text:
            continue
        if column not in below or not below[column].text:
            spanning = replace(top[column], row_span=2)
            top[column] = below[column] = spanning
            continue
        end = column + 1
        while end in top and not top[end].text and end in below and below[end].text:
            end += 1
        spanning = replace(top[column], column_span=end - column)
        top |= dict.fromkeys(range(column, end), spanning)
    return [top, below]


def _begins_with_number(row: Row) -> bool:
    first = row[min(row)].text if row else ""
    return bool(re.match(r"\s*[oO]?[0-9๐-๙]", first))


def _is_empty(row: Row, columns: list[int]) -> bool:
    return not any(column in row and row[column].text for column in columns)


def _key(header: list[Row]) -> list[list[str]]:
    return [[skeleton(row[column].text) for column in sorted(row)] for row in header]


def _join(above: Row, row: Row) -> None:
    """Append the parts of a continued row to the cells they continue."""
    for column, cell in row.items():
        if not cell.text or cell.column != column:
            continue
        if column in above and above[column].text:
            joined = replace(above[column], parts=above[column].parts + cell.parts)
        else:
            joined = cell
        above[column] = joined
