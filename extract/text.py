"""Plain text and Markdown: lines -> paragraphs and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.document import Paragraph, Place
from extract.flow import resolve_markup
from extract.grid import Grid
from extract.html import html_blocks
from extract.thai import clean_thai

_RULE_CELL = re.compile(r"\s*:?-{3,}:?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}\s+")
_EMPHASIS = re.compile(r"^(\*\*|__)(.+?)\1$", re.DOTALL)
_TABLE_START = re.compile(r"\s*<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)

Line = tuple[int, int | None, str]  # line number from 1, page if the file has form feeds, text


def text_blocks(text: str) -> Iterator[Paragraph | Grid]:
    """Yield the paragraphs and grids of a text or Markdown file in order.

    A line with a tab, or a Markdown table line, is a row; rows that follow one another, blank lines
    apart, make a grid. A form feed begins a page. Raw HTML tables are read as HTML.
    """
    lines = _Lines(_numbered(text))
    while (line := lines.next()) is not None:
        number, page, content = line
        if not content.strip():
            continue
        if _TABLE_START.match(content):
            yield from html_blocks(lines.until(_TABLE_END, content), first_line=number, page=page)
        elif split_row(content) is not None:
            yield lines.grid(line)
        else:
            yield _paragraph(number, page, lines.whole_emphasis(content))


def split_row(line: str) -> list[str] | None:
    """Return the cells of a table line, or None for a line that is no table row."""
    if "\t" in line.strip() or (line.startswith("\t\t") and line.strip()):
        return line.split("\t")
    stripped = line.strip()
    if stripped.startswith("|") and len(_PIPE.findall(stripped)) >= 2:
        inner = stripped[1:-1] if stripped.endswith("|") else stripped[1:]
        return [cell.replace("\\|", "|") for cell in _PIPE.split(inner)]
    return None


def _numbered(text: str) -> list[Line]:
    has_pages = "\f" in text.rstrip("\f\n ")
    lines: list[Line] = []
    page = 1
    for number, content in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        pieces = content.split("\f")
        for position, piece in enumerate(pieces):
            page += position > 0
            if piece or len(pieces) == 1:
                lines.append((number, page if has_pages else None, piece))
    return lines


class _Lines:
    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._position = 0

    def next(self) -> Line | None:
        if self._position >= len(self._lines):
            return None
        self._position += 1
        return self._lines[self._position - 1]

    def until(self, end: re.Pattern[str], first: str) -> str:
        """Return the lines from this one to the one that the pattern is found in."""
        gathered = [first]
        while not end.search(gathered[-1]) and (line := self.next()) is not None:
            gathered.append(line[2])
        return "\n".join(gathered)

    def whole_emphasis(self, first: str) -> str:
        """Return the line, with those after it that belong to the same bold passage."""
        if not first.lstrip().startswith("**") or first.count("**") % 2 == 0:
            return first
        for ahead in range(self._position, min(self._position + 5, len(self._lines))):
            if "**" in self._lines[ahead][2]:
                lines = [line[2] for line in self._lines[self._position : ahead + 1]]
                self._position = ahead + 1
                return "\n".join([first, *lines])
        return first

    def grid(self, first: Line) -> Grid:
        """Read rows up to a line that is none, or one that is wider than the rows so far."""
        grid = Grid()
        line: Line | None = first
        is_after_blank = False
        while line is not None:
            number, page, content = line
            cells = split_row(content)
            if cells is None and content.strip() and content.count("\t") == grid.width - 1:
                cells = content.split("\t")
            if cells is None and content.strip():
                break
            if cells is None:
                is_after_blank = True
            elif all(_RULE_CELL.fullmatch(cell) for cell in cells):
                grid.marked_headers = 1 if grid.row_count == 1 else grid.marked_headers
            elif grid.row_count and len(_without_empty_tail(cells)) > grid.width:
                break
            else:
                if grid.row_count:
                    cells = _without_empty_tail(cells)
                    cells += [""] * (grid.width - len(cells))
                texts = [(resolve_markup(cell), cell) for cell in cells]
                grid.add_row(texts, Place(page, number), "text")
                if is_after_blank:
                    grid.breaks.add(grid.row_count)
                is_after_blank = False
            line = self.next()
        if line is not None:
            self._position -= 1
        return grid


def _without_empty_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _paragraph(number: int, page: int | None, content: str) -> Paragraph:
    raw = content.strip()
    text = _HEADING.sub("", raw)
    is_heading = text != raw
    emphasis = _EMPHASIS.match(text)
    if emphasis:
        text, is_heading = emphasis[2].strip(), True
    resolved = clean_thai(resolve_markup(text)).strip()
    return Paragraph(resolved, raw, Place(page, number), is_heading)
