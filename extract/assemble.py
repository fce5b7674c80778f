"""Grids and paragraphs in reading order -> tables: headers folded, cut rows and tables joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extract.document import Block, Cell, Column, Issue, Paragraph, Table
from extract.grid import MAX_PARTS, Grid
from extract.headers import (
    columns_of,
    is_form,
    is_header,
    is_page_number,
    is_repeated,
    is_same_header,
    is_second_level,
)

Row = dict[int, Cell]

NUMBER_ROLES = ("ordinal", "item_no")
NAME_ROLES = ("item", "measure", "issue", "indicator")
# Points by which a column may lie elsewhere on the next page of its table.
EDGE_SHIFT = 6.0
_LIST_MARK = re.compile(r"[-–•*o]|\(?[0-9๐-๙]{1,2}[.)]")
_AMOUNT = re.compile(r"[-–]|-?[0-9๐-๙][0-9๐-๙,.]*")
_NUMBER = re.compile(r"\s*[oO]?[0-9๐-๙]")


@dataclass(slots=True)
class _Segment:
    """One header (perhaps none) and the rows below it, as they stand in a grid."""

    header: list[Row] = field(default_factory=list)
    body: list[tuple[Row, bool]] = field(default_factory=list)  # a row, and: does it begin a page?
    width: int = 0
    edges: tuple[float, ...] = ()
    is_cut_above: bool = False
    is_cut_below: bool = False
    page: int | None = None
    begins_grid: bool = False

    @property
    def begins_page(self) -> bool:
        """Whether its first row is the first of a page."""
        return bool(self.body) and self.body[0][1]

    def trim(self) -> None:
        """Drop the empty columns at the right that only other rows of a text grid needed."""
        rows = [*self.header, *(row for row, _ in self.body)]
        self.width = max(
            (n for row in rows for n, cell in row.items() if cell.text or cell.source != "text"),
            default=0,
        )
        for row in rows:
            for column in [column for column in row if column > self.width]:
                del row[column]


@dataclass(slots=True)
class _OpenTable:
    header: list[Row]
    columns: tuple[Column, ...]
    width: int
    edges: tuple[float, ...] = ()
    is_cut: bool = False  # whether its last row is open to the end of its page
    page: int | None = None  # the last that it stands on
    rows: list[Row] = field(default_factory=list)
    numbered: int = 0  # rows whose number is not empty
    numbers: list[int] = field(init=False)
    names: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = self._columns(NUMBER_ROLES)
        self.names = self._columns(NAME_ROLES)
        if self.numbers and not self.names:
            self.names = [n for n in range(1, self.width + 1) if n not in self.numbers][:1]

    def takes(self, segment: _Segment) -> bool:
        """Say whether a part goes on with this table; two frames on one page are two tables."""
        if segment.begins_grid and segment.page is not None and segment.page == self.page:
            return False
        if segment.header:
            return is_same_header(segment.header, self.header)
        if not _is_same_spacing(self.edges, segment.edges):
            return False
        return self.width == segment.width or bool(self.header and segment.width < self.width)

    def suits(self, segment: _Segment) -> bool:
        """Say whether rows without a header, after a heading, can be more rows of this table.

        They must be as wide; rows of text may be narrower, their last tabs lost, if they have a
        number where this table has it.
        """
        if self.width < 2 or segment.width > self.width:
            return False
        if segment.width == self.width:
            return True
        rows = [row for row, _ in segment.body]
        return bool(self.numbers) and all(
            row[number].source == "text" and _NUMBER.match(row[number].text)
            for row in rows
            for number in self.numbers[:1]
            if number in row
        )

    def fold(self, segment: _Segment) -> None:
        """Take from a part that begins a page the first rows of this table, if it repeats them.

        Rows that are printed on each page are a header, whatever they say.
        """
        mine = [*self.header, *self.rows]
        count = 0
        for row, (other, _) in zip(mine, segment.body, strict=False):
            if not is_repeated(row, other):
                break
            count += 1
        count = min(count, len(segment.body) - 1)
        if count and count > len(self.header):
            self.header, self.rows = mine[:count], mine[count:]
            self.columns = columns_of(self.header, self.width)
            self.__post_init__()
        rest = segment.body[count:]
        segment.body = [(rest[0][0], True), *rest[1:]]

    def add(self, row: Row, begins_page: bool, *, is_cut: bool = False) -> None:
        if self.rows and (is_cut or self._continues(row, begins_page)):
            self._join(row)
        else:
            self.rows.append(row)
            self.numbered += not _is_empty(row, self.numbers)

    def _continues(self, row: Row, begins_page: bool) -> bool:
        """Say whether the row goes on with the row above it.

        It does when its number and name are empty; and, at the top of a page or right below a
        repeated header, when only its number is, in a table whose other rows have numbers. An
        amount below an amount is another, unless it is shorter: the end of a wrapped one.
        """
        above = self.rows[-1]
        if any(len(cell.parts) >= MAX_PARTS for cell in above.values()):
            return False
        if any(n in above and _stands_below(cell.text, above[n].text) for n, cell in row.items()):
            return False
        if not self.numbers and not self.names:
            filled, before = (sum(1 for c in one.values() if c.text) for one in (row, above))
            return _is_empty(row, [1]) and 2 * filled <= before
        if not _is_empty(row, self.numbers):
            return False
        if _is_empty(row, self.names):
            return True
        return bool(self.numbers) and begins_page and 2 * self.numbered > len(self.rows)

    def _join(self, row: Row) -> None:
        """Append the parts of a continued row to the cells they continue."""
        above = self.rows[-1]
        for column, cell in row.items():
            old = above.get(column)
            if not cell.text or cell.column != column or cell is old:
                continue
            if old is not None and set(cell.parts) <= set(old.parts):
                continue  # it spans several rows, and another of them has brought it
            has_text = old is not None and any(part.text for part in old.parts)
            joined = old.joined(cell) if old and has_text else cell
            for earlier in reversed(self.rows):
                if earlier is not above and (old is None or earlier.get(column) is not old):
                    break
                earlier[column] = joined

    def _columns(self, roles: tuple[str, ...]) -> list[int]:
        return [n for n, column in enumerate(self.columns, start=1) if column.role in roles]

    def close(self, table_id: str) -> Table:
        rows = [*self.header, *self.rows]
        cells = []
        for index, row in enumerate(rows):
            for column, cell in sorted(row.items()):
                if cell.column != column or (index and rows[index - 1].get(column) is cell):
                    continue
                end = index + 1
                while end < len(rows) and rows[end].get(column) is cell:
                    end += 1
                made = Cell(
                    row=index + 1,
                    column=column,
                    parts=cell.parts,
                    row_span=end - index,
                    column_span=min(cell.column_span, self.width - column + 1),
                    is_header=index < len(self.header),
                    source=cell.source,
                    confidence=cell.confidence,
                )
                cells.append(made)
        return Table(table_id, len(rows), len(self.header), self.columns, tuple(cells))


def assemble(
    blocks: Iterable[Paragraph | Grid | Issue],
) -> tuple[tuple[Block, ...], tuple[Issue, ...]]:
    """Turn grids into tables and say what was unclear about them.

    A header that is repeated is folded into the first. A grid goes on with the table before it when
    nothing but page numbers stands between them and it has the same header, or none and the same
    width. Tables are named t1, t2, ... in reading order.
    """
    assembler = _Assembler()
    for block in blocks:
        if isinstance(block, Issue):
            assembler.issues.append(block)
        elif isinstance(block, Paragraph):
            assembler.add_paragraph(block)
        else:
            for segment in _segments(block):
                assembler.add_segment(segment)
    return assembler.close(), tuple(assembler.issues)


class _Assembler:
    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self._made: list[Paragraph | _OpenTable] = []
        self._current: _OpenTable | None = None  # the table that the next grid may go on with
        self._known: _OpenTable | None = None  # the last table whose columns have a meaning

    def add_paragraph(self, paragraph: Paragraph) -> None:
        self._made.append(paragraph)
        if not is_page_number(paragraph.text):
            self._current = None

    def add_segment(self, segment: _Segment) -> None:
        form = next((n for n, (row, _) in enumerate(segment.body) if is_form(_texts(row))), None)
        after = [] if form is None else [row for row, _ in segment.body[form:]]
        segment.body = segment.body[:form]
        segment.trim()
        if segment.header or segment.body:
            table = self._current
            if table is None or not table.takes(segment):
                table = self._open(segment)
            elif segment.begins_page and not segment.header:
                table.fold(segment)
            if table is not None:
                is_cut = table.is_cut and segment.is_cut_above
                for row, begins_page in segment.body:
                    table.add(row, begins_page, is_cut=is_cut)
                    is_cut = False
                table.is_cut, table.page = segment.is_cut_below, segment.page
        for row in after:
            self.add_paragraph(_as_paragraph(row))

    def _open(self, segment: _Segment) -> _OpenTable | None:
        """Open a table; one without a header takes the columns of the last table of its width.

        Rows without a header that hold one passage each are no table but paragraphs.
        """
        columns = columns_of(segment.header, segment.width)
        if not segment.header:
            rows = [row for row, _ in segment.body]
            place = next(iter(rows[0].values())).place
            where = f"line {place.line}" if place.line else f"page {place.page}"
            known = self._known
            is_prose = all(_is_one_passage(row) for row in rows)
            if known is not None and known.suits(segment):
                message = f"the table at {where} has no header: it was read with that of the last"
                columns, segment.width = known.columns, known.width
                self.issues.append(Issue("info", "header_inherited", message, place.page))
            elif is_prose:
                for row in rows:
                    self.add_paragraph(_as_paragraph(row))
                return None
            else:
                message = f"the table at {where} has no known header: its columns have no meaning"
                self.issues.append(Issue("warning", "table_without_header", message, place.page))
        self._current = _OpenTable(segment.header, columns, segment.width, segment.edges)
        if any(column.role for column in columns):
            self._known = self._current
        self._made.append(self._current)
        return self._current

    def close(self) -> tuple[Block, ...]:
        closed: list[Block] = []
        tables = 0
        for entry in self._made:
            tables += isinstance(entry, _OpenTable)
            closed.append(entry if isinstance(entry, Paragraph) else entry.close(f"t{tables}"))
        return tuple(closed)


def _segments(grid: Grid) -> list[_Segment]:
    """Cut a grid at its header rows; rows without any text are dropped."""
    segments = [_Segment()]
    rows = _rows(grid)
    titles = 0  # rows above the header with one cell: they name the table, not its columns
    while grid.width > 1 and titles < len(rows) and len(_texts(rows[titles][0])) == 1:
        titles += 1
    marked = grid.marked_headers - titles
    marked = 1 if marked >= len(rows) - titles else marked
    position = 0
    while position < len(rows):
        row, begins_page, is_after_break = rows[position]
        is_marked = position == titles and marked > 0 and not _begins_with_number(row)
        if is_marked or is_header(_texts(row), is_inside=not is_after_break):
            header = [row]
            while position + len(header) < len(rows) and (
                (is_marked and len(header) < marked)
                or (len(header) == 1 and is_second_level(row, rows[position + 1][0]))
            ):
                header.append(rows[position + len(header)][0])
            segments.append(_Segment(_with_spans(header)))
            position += len(header)
        else:
            begins_page = begins_page or not segments[-1].body
            segments[-1].body.append((row, begins_page))
            position += 1
    segments = [segment for segment in segments if segment.header or segment.body]
    for segment in segments:
        segment.edges = grid.column_edges
        segment.page = grid.cells[0].place.page if grid.column_edges else None
    if segments:
        segments[0].begins_grid = True
        segments[0].is_cut_above = grid.is_cut_above
        segments[-1].is_cut_below = grid.is_cut_below
    return segments


def _rows(grid: Grid) -> list[tuple[Row, bool, bool]]:
    """Return the rows that hold text, and: does the row begin a page, does it follow any break?"""
    rows: dict[int, Row] = {number: {} for number in range(1, grid.row_count + 1)}
    for cell in grid.cells:
        for number in range(cell.row, min(cell.row + cell.row_span, grid.row_count + 1)):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[number].setdefault(column, cell)
    found = []
    begins_page, is_after_gap = False, True
    for number, row in rows.items():
        begins_page = begins_page or number in grid.page_breaks
        is_after_gap = is_after_gap or number in grid.gaps
        if any(cell.text for cell in row.values()):
            found.append((row, begins_page, begins_page or is_after_gap))
            begins_page = is_after_gap = False
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
        top |= dict.fromkeys(range(column, end), replace(top[column], column_span=end - column))
    return [top, below]


def _texts(row: Row) -> list[str]:
    """Return the texts of a row's filled cells, each once."""
    return [cell.text for n, cell in sorted(row.items()) if cell.text and cell.column == n]


def _is_same_spacing(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    """Say whether columns lie equally far apart on two pages, whatever their margins are."""
    if not first or not second:
        return True
    return len(first) == len(second) and all(
        abs((one - first[0]) - (other - second[0])) <= EDGE_SHIFT
        for one, other in zip(first, second, strict=True)
    )


def _is_one_passage(row: Row) -> bool:
    texts = _texts(row)
    return len(texts) == 1 or (len(texts) == 2 and bool(_LIST_MARK.fullmatch(texts[0])))


def _as_paragraph(row: Row) -> Paragraph:
    cells = [cell for n, cell in sorted(row.items()) if cell.column == n and cell.text]
    text = " ".join(cell.text for cell in cells)
    return Paragraph(text, "\t".join(cell.raw_text for cell in cells), cells[0].place)


def _begins_with_number(row: Row) -> bool:
    return bool(row and _NUMBER.match(row[min(row)].text))


def _stands_below(amount: str, above: str) -> bool:
    return len(amount) >= len(above) and all(map(_AMOUNT.fullmatch, (amount, above)))


def _is_empty(row: Row, columns: list[int]) -> bool:
    return not any(column in row and row[column].text for column in columns)
