"""HTML: elements -> paragraphs and grids, with row and column spans. Nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from lxml.etree import iterwalk, tostring
from lxml.html import HtmlElement

from extract.document import Cell, Issue, Paragraph, Part, Place
from extract.flow import (
    BLOCK_TAGS,
    SKIPPED_TAGS,
    ListNumbers,
    flow_line,
    flow_lines,
    flow_text,
    is_hidden,
    one_line,
    parse_html,
)
from extract.grid import MAX_COLUMNS, Grid
from extract.headers import is_header
from extract.raised import TAIL
from extract.thai import clean_thai

# Spans beyond these are errors of the page.
MAX_ROW_SPAN, MAX_COLUMN_SPAN = 1000, 100
# Slots (rows times columns) of one table from which its spans are not followed any more.
MAX_SLOTS = 200_000
# The header of a table that holds tables is looked for in so many rows.
HEADER_REACH = 3
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# The parser keeps no line numbers above this.
_LAST_LINE = 65535

Block = Paragraph | Grid | Issue
# A walk yields blocks, and walks of elements inside; so depth costs no recursion.
Walk = Iterator["Block | Walk"]


def html_blocks(text: str, *, first_line: int = 1, page: int | None = None) -> Iterator[Block]:
    """Yield the paragraphs and tables of an HTML text in order.

    A table that holds another table is layout, and its cells are read as blocks, unless it has a
    known header itself. ``first_line`` is the line at which the text begins in its file; ``page``
    goes to every place.
    """
    root, is_cut = parse_html(text)
    if is_cut:
        message = "the HTML is nested too deep or too large: what follows the break was not read"
        yield Issue("error", "html_cut", message, page)
    if root is None:
        return
    lines = _later_lines(root) if text.count("\n") >= _LAST_LINE else {}
    walks = [_Reader(first_line, page, lines).blocks(root)]
    while walks:
        for item in walks[-1]:
            if isinstance(item, Iterator):
                walks.append(item)
                break
            yield item
        else:
            walks.pop()


def _later_lines(root: HtmlElement) -> dict[HtmlElement, int]:
    """Number the lines of the elements that stand below the last line the parser numbers."""
    lines: dict[HtmlElement, int] = {}
    line = 1
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            line = max(line, element.sourceline or 1)
            if line >= _LAST_LINE:
                lines[element] = line
            line += (element.text or "").count("\n")
        else:
            line += (element.tail or "").count("\n")
    return lines


@dataclass(slots=True)
class _Rows:
    """A table's own rows of cells, and the text that stands in it but in no cell."""

    rows: list[tuple[HtmlElement, list[HtmlElement]]] = field(default_factory=list)
    feet: list[tuple[HtmlElement, list[HtmlElement]]] = field(default_factory=list)
    before: list[Paragraph] = field(default_factory=list)
    after: list[Paragraph] = field(default_factory=list)


class _Reader:
    def __init__(self, first_line: int, page: int | None, lines: dict[HtmlElement, int]) -> None:
        self._offset = first_line - 1
        self._page = page
        self._lines = lines
        self._numbers = ListNumbers()
        self._mark = ""  # of a list entry that begins with a block

    def blocks(self, element: HtmlElement) -> Walk:
        """Walk block elements; text that stands directly inside one is a paragraph of its own."""
        if element.tag in SKIPPED_TAGS or is_hidden(element):
            return
        if element.tag == "table":
            yield self._table(element)
        elif element.tag == "pre":
            yield from self._preformatted(element)
        elif next(element.iterdescendants(*BLOCK_TAGS), None) is None:
            text = flow_text(element, self._numbers)
            yield from self._paragraphs(text.split("\n"), element, self._line(element))
        else:
            yield self._mixed(element)

    def _mixed(self, element: HtmlElement) -> Walk:
        if element.tag == "li":
            self._mark = self._numbers.mark(element)
        inline: list[str] = []
        line: int | None = None  # of the first text in `inline`
        if (element.text or "").strip():
            inline.append(one_line(element.text))
            line = self._line(element) + _lines_before_text(element.text)
        for child in element:
            inner: Walk | None = None
            if child.tag in BLOCK_TAGS or child.tag in SKIPPED_TAGS:
                inner = self.blocks(child)
            elif next(child.iterdescendants(*BLOCK_TAGS), None) is not None:
                inner = self._mixed(child)
            if inner is not None:
                yield from self._paragraphs(flow_lines("".join(inline)), element, line)
                yield inner
                inline, line = [], None
            else:
                before = "".join(inline[-TAIL:])
                is_break = child.tag == "br"
                inline.append("\n" if is_break else flow_text(child, self._numbers, before=before))
                line = line or self._line(child)
            if line is None and (child.tail or "").strip():
                line = self._end_line(child) + _lines_before_text(child.tail)
            inline.append(one_line(child.tail))
        yield from self._paragraphs(flow_lines("".join(inline)), element, line)

    def _paragraphs(
        self, lines: list[str], element: HtmlElement, line: int | None
    ) -> Iterator[Paragraph]:
        is_heading = element.tag in _HEADINGS
        for text in filter(None, lines):
            if self._mark:
                text, self._mark = flow_line(self._mark + text), ""
            yield Paragraph(clean_thai(text), text, Place(self._page, line), is_heading)

    def _preformatted(self, element: HtmlElement) -> Iterator[Block]:
        """Read preformatted text as the plain text that it is."""
        from extract.text import text_blocks  # it reads HTML tables in its turn

        text = "".join(element.itertext())
        yield from text_blocks(text, first_line=self._line(element), page=self._page)

    def _table(self, table: HtmlElement) -> Walk:
        self._mark = ""
        caption = table.find("caption")
        if caption is not None:
            lines = flow_text(caption).split("\n")
            yield from self._paragraphs(lines, caption, self._line(caption))
        own = self._rows(table)
        rows = own.rows + own.feet
        is_layout = next(table.iterdescendants("table"), None) is not None and not any(
            _is_known_header(cells) for _, cells in rows[:HEADER_REACH]
        )
        yield from own.before
        if is_layout:
            for _, cells in rows:
                for cell in cells:
                    yield self.blocks(cell)
        else:
            yield from self._grid(rows)
        yield from own.after

    def _rows(self, table: HtmlElement) -> _Rows:
        found = _Rows()
        is_foot = False

        def stray(text: str | None, element: HtmlElement, line: int) -> None:
            place = found.after if found.rows else found.before
            place += self._paragraphs([flow_line(one_line(text))], element, line)

        walk = iterwalk(table, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                is_foot = is_foot and node.tag != "tfoot"
                if node is not table and (node.tail or "").strip():
                    stray(node.tail, node, self._end_line(node) + _lines_before_text(node.tail))
            elif node.tag in ("td", "th"):  # a hidden one too: it keeps the columns in step
                if not (rows := found.feet if is_foot else found.rows):
                    rows.append((node, []))  # a cell outside any row
                rows[-1][1].append(node)
                walk.skip_subtree()
            elif node.tag in SKIPPED_TAGS or node.tag == "caption" or is_hidden(node):
                walk.skip_subtree()
            elif node.tag == "tr":
                (found.feet if is_foot else found.rows).append((node, []))
                stray(node.text, node, self._line(node))
            elif node is table or next(node.iterdescendants("tr", "td", "th"), None) is not None:
                is_foot = is_foot or node.tag == "tfoot"
                stray(node.text, node, self._line(node) + _lines_before_text(node.text))
            else:
                for text in flow_text(node, self._numbers).split("\n"):
                    stray(text, node, self._line(node))
                walk.skip_subtree()
        return found

    def _grid(self, rows: list[tuple[HtmlElement, list[HtmlElement]]]) -> Iterator[Block]:
        spans = [[_spans(cell) for cell in cells] for _, cells in rows]
        starts, width = _starts(spans)
        if len(rows) * width > MAX_SLOTS:
            line = self._line(rows[0][0])
            message = f"the spans of the table at line {line} make it too large: they were left out"
            yield Issue("warning", "spans_ignored", message, self._page)
            spans = [[(1, 1)] * len(cells) for _, cells in rows]
            starts, width = _starts(spans)
        grid = Grid(row_count=len(rows), width=width)
        for number, (row, cells) in enumerate(rows, start=1):
            fitting = len(starts[number - 1])
            for cell, column, (down, right) in zip(
                cells[:fitting], starts[number - 1], spans[number - 1][:fitting], strict=True
            ):
                down = min(down or len(rows), len(rows) - number + 1)  # 0 reaches to the end
                right = min(right, width - column + 1)
                part = self._part(cell)
                grid.cells.append(Cell(number, column, (part,), down, right, source="html"))
            grid.join(self._part(cell) for cell in cells[fitting:])
            is_marked = bool(cells) and all(cell.tag == "th" for cell in cells)
            if (is_marked or _is_in_head(row)) and grid.marked_headers == number - 1:
                grid.marked_headers = number
        yield from grid.issues()
        yield grid

    def _part(self, element: HtmlElement) -> Part:
        inside = (tostring(child, encoding="unicode", method="html") for child in element)
        raw = escape(element.text or "", quote=False) + "".join(inside)
        text = flow_text(element)
        if not text:
            text = " ".join(filter(None, (image.get("alt") for image in element.iter("img"))))
        place = Place(self._page, self._line(element))
        return Part(clean_thai(text).strip(), raw.strip(), place)

    def _line(self, element: HtmlElement) -> int:
        return (self._lines.get(element) or element.sourceline or 1) + self._offset

    def _end_line(self, element: HtmlElement) -> int:
        """Return the line on which the element ends, as far as its text tells."""
        last = element
        while len(last):
            last = last[-1]
        line = self._line(last) + (last.text or "").count("\n")
        while last is not element:
            line += (last.tail or "").count("\n")
            last = last.getparent()
        return line


def _lines_before_text(text: str | None) -> int:
    """Count the line feeds that stand before the first visible character."""
    text = text or ""
    return text.count("\n", 0, len(text) - len(text.lstrip()))


def _is_known_header(cells: list[HtmlElement]) -> bool:
    """Say whether those cells of a row that hold no table make a known header."""
    plain = [cell for cell in cells if next(cell.iterdescendants("table"), None) is None]
    return is_header([flow_text(cell) for cell in plain])


def _is_in_head(row: HtmlElement) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _starts(spans: list[list[tuple[int, int]]]) -> tuple[list[list[int]], int]:
    """Return the column (from 1) at which each cell starts, row by row, and the last of them.

    Spans beyond the last column in which a cell starts hold nothing, and browsers show nothing.
    Cells beyond MAX_COLUMNS have no start.
    """
    starts: list[list[int]] = []
    free_from: dict[int, int] = {}  # by column, the row from which it is free again
    for number, row in enumerate(spans, start=1):
        column = 1
        starts.append([])
        for down, right in row:
            while free_from.get(column, 0) > number:
                column += 1
            if column > MAX_COLUMNS:
                break
            starts[-1].append(column)
            for taken in range(column, min(column + right, MAX_COLUMNS + 1)):
                free_from[taken] = number + (down or len(spans))
            column += right
    return starts, max((column for row in starts for column in row), default=0)


def _spans(cell: HtmlElement) -> tuple[int, int]:
    """Return how many rows (0: all that follow) and columns the cell spans."""
    rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
    return max(0, min(rows, MAX_ROW_SPAN)), max(1, min(columns, MAX_COLUMN_SPAN))


def _span(element: HtmlElement, name: str) -> int:
    try:
        return int(element.get(name) or "1")
    except ValueError:
        return 1
