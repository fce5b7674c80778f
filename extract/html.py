"""HTML: elements -> paragraphs and grids, with row and column spans. Nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError, tostring
from lxml.html import HtmlElement

from extract.document import Cell, Paragraph, Part, Place
from extract.flow import BLOCK_TAGS, SKIPPED_TAGS, flow_text, is_hidden
from extract.grid import Grid
from extract.thai import clean_thai

# A span beyond this is an error of the page, not a table (browsers stop at 1,000 columns too).
MAX_SPAN = 1000
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def html_blocks(
    text: str, *, first_line: int = 1, page: int | None = None
) -> Iterator[Paragraph | Grid]:
    """Yield the paragraphs and tables of an HTML text in order.

    A table that holds another table is layout: its cells are read as blocks. ``first_line`` is the
    line at which the text begins in its file; ``page`` goes to every place.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (ParserError, ValueError):
        return
    yield from _Walk(first_line, page).blocks(root)


class _Walk:
    def __init__(self, first_line: int, page: int | None) -> None:
        self._first_line = first_line
        self._page = page

    def blocks(self, element: HtmlElement) -> Iterator[Paragraph | Grid]:
        """Walk block elements; text that stands directly inside one is a paragraph of its own."""
        if not isinstance(element.tag, str) or element.tag in SKIPPED_TAGS or is_hidden(element):
            return
        if element.tag == "table" and next(element.iterdescendants("table"), None) is None:
            yield from self._table(element)
        elif not any(
            isinstance(e.tag, str) and e.tag in BLOCK_TAGS for e in element.iterdescendants()
        ):
            yield from self._paragraphs(flow_text(element), element)
        else:
            yield from self._mixed(element)

    def _mixed(self, element: HtmlElement) -> Iterator[Paragraph | Grid]:
        inline = element.text or ""
        for child in element:
            is_block = isinstance(child.tag, str) and (
                child.tag in BLOCK_TAGS or child.tag in SKIPPED_TAGS
            )
            if is_block:
                yield from self._paragraphs(inline, element)
                inline = ""
                yield from self.blocks(child)
            elif next(child.iterdescendants(*BLOCK_TAGS), None) is not None:
                yield from self._paragraphs(inline, element)
                inline = ""
                yield from self._mixed(child)
            else:
                inline += "\n" if child.tag == "br" else flow_text(child)
            inline += child.tail or ""
        yield from self._paragraphs(inline, element)

    def _paragraphs(self, text: str, element: HtmlElement) -> Iterator[Paragraph]:
        for line in text.split("\n"):
            resolved = " ".join(line.split())
            if resolved:
                is_heading = element.tag in _HEADINGS
                yield Paragraph(clean_thai(resolved), resolved, self._place(element), is_heading)

    def _table(self, table: HtmlElement) -> Iterator[Paragraph | Grid]:
        caption = table.find("caption")
        if caption is not None:
            yield from self._paragraphs(flow_text(caption), caption)
        grid = Grid()
        taken: set[tuple[int, int]] = set()
        rows = [row for row in table.iter("tr") if not is_hidden(row)]
        for number, row in enumerate(rows, start=1):
            grid.row_count = number
            column = 0
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            for cell in cells:
                column += 1
                while (number, column) in taken:
                    column += 1
                made = self._cell(cell, number, column, len(rows))
                taken |= {
                    (number + down, column + right)
                    for down in range(made.row_span)
                    for right in range(made.column_span)
                }
                grid.cells.append(made)
                column += made.column_span - 1
                grid.width = max(grid.width, column)
            is_marked = bool(cells) and all(cell.tag == "th" for cell in cells)
            if (is_marked or _is_in_head(row)) and grid.marked_headers == number - 1:
                grid.marked_headers = number
        yield grid

    def _cell(self, element: HtmlElement, row: int, column: int, row_count: int) -> Cell:
        raw = "".join(
            [element.text or "", *(tostring(child, encoding="unicode") for child in element)]
        )
        part = Part(clean_thai(flow_text(element)).strip(), raw.strip(), self._place(element))
        row_span = _span(element, "rowspan") or row_count  # rowspan=0 reaches to the end
        column_span = max(1, _span(element, "colspan"))
        return Cell(
            row,
            column,
            (part,),
            min(row_span, row_count - row + 1),
            column_span,
            source="html",
        )

    def _place(self, element: HtmlElement) -> Place:
        line = element.sourceline
        return Place(self._page, None if line is None else int(line) + self._first_line - 1)


def _is_in_head(row: HtmlElement) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _span(element: HtmlElement, name: str) -> int:
    try:
        return max(0, min(MAX_SPAN, int(element.get(name) or "1")))
    except ValueError:
        return 1
