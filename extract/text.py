"""Plain text and Markdown: lines -> paragraphs and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.document import Issue, Paragraph, Place
from extract.drawn import PIPE, Line, joined_rows, split_pipes, tabbed_columns
from extract.flow import resolve_markup
from extract.grid import MAX_COLUMNS, Grid
from extract.html import html_blocks
from extract.thai import clean_thai

_RULE_CELL = re.compile(r"\s*(?::?-{2,}:?|:-:?|-:)\s*")
_HEADING = re.compile(r"#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=.*[^\W_])((?:(?!\1).)+)\1", re.DOTALL)
_TABLE_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th)\b", re.IGNORECASE)
_TABLE_START = re.compile(r"\s*<table[\s>]", re.IGNORECASE)
# A bold passage may run over so many lines.
MAX_BOLD_LINES = 6
# Letters indent their paragraphs by so many tabs.
MAX_INDENT = 2


def text_blocks(
    text: str, *, first_line: int = 1, page: int | None = None
) -> Iterator[Paragraph | Grid | Issue]:
    """Yield the paragraphs and grids of a text or Markdown file in order.

    A line with a tab between words, or a Markdown table line, is a row; rows that follow one
    another, blank lines apart, make a grid. A form feed begins a page. Raw HTML tables are read as
    HTML. ``first_line`` and ``page`` say where the text begins in its file.
    """
    lines = _Lines(tabbed_columns(joined_rows(_numbered(text, first_line, page))))
    while (line := lines.next()) is not None:
        number, page, content = line
        if not content.strip():
            continue
        if _TABLE_START.match(content):
            yield from html_blocks(lines.html_table(line), first_line=number, page=page)
        elif lines.begins_grid(content):
            grid = lines.grid(line)
            yield from grid.issues()
            yield grid
        else:
            paragraph = _paragraph(number, page, lines.whole_emphasis(content))
            if paragraph.text:
                yield paragraph


def split_row(line: str) -> list[str] | None:
    """Return the cells of a table line, or None for a line that is no table row.

    Tabs before the only words of a line are indentation; tabs behind them are cells left empty.
    """
    if "\t" in line.strip() or ("\t" in line.lstrip() and line.startswith("\t")):
        return line.split("\t")
    stripped = line.strip()
    if stripped.startswith("|") and len(PIPE.findall(stripped)) > 1:
        return split_pipes(stripped)
    return None


def _is_rule(cells: list[str]) -> bool:
    return all(_RULE_CELL.fullmatch(cell) for cell in cells)


def _numbered(text: str, first_line: int, first_page: int | None) -> list[Line]:
    has_pages = first_page is None and "\f" in text.rstrip("\f\r\n\t ")
    lines: list[Line] = []
    page = 1
    for number, content in enumerate(re.split(r"\r\n|\n|\r", text), start=first_line):
        if not content and lines and not lines[-1][2]:
            continue  # one empty line says as much as a million
        pieces = content.split("\f")
        for position, piece in enumerate(pieces):
            page += position > 0
            if piece or len(pieces) == 1:
                lines.append((number, page if has_pages else first_page, piece))
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

    def html_table(self, first: Line) -> str:
        """Return the lines from this one to the end of its table.

        A table that is never closed ends with the last line that has a tag of a table.
        """
        start = last = self._position - 1
        depth = 0
        for ahead in range(start, len(self._lines)):
            for closing, tag in _TABLE_TAG.findall(self._lines[ahead][2]):
                last = ahead
                if tag.lower() == "table":
                    depth += -1 if closing else 1
            if depth <= 0:
                break
        self._position = last + 1
        text, number = first[2], first[0]
        for line in self._lines[start + 1 : last + 1]:
            text += ("\n" if line[0] > number else " ") + line[2]
            number = line[0]
        return text

    def begins_grid(self, content: str) -> bool:
        """Say whether the line is a row, or the head of a Markdown table without outer pipes."""
        if split_row(content) is not None:
            return True
        cells = split_pipes(content) if "|" in content else None
        below = self._lines[self._position][2] if self._position < len(self._lines) else ""
        rule = split_pipes(below) if cells and "|" in below else None
        return bool(cells and rule and _is_rule(rule) and len(rule) == len(cells))

    def whole_emphasis(self, first: str) -> str:
        """Return the line, with those after it that belong to the same bold passage."""
        if not first.lstrip().startswith("**") or first.count("**") % 2 == 0:
            return first
        end = min(self._position + MAX_BOLD_LINES - 1, len(self._lines))
        for ahead in range(self._position, end):
            if "**" in self._lines[ahead][2]:
                lines = [line[2] for line in self._lines[self._position : ahead + 1]]
                self._position = ahead + 1
                return "\n".join([first, *lines])
        return first

    def grid(self, first: Line) -> Grid:
        """Read rows up to a line that is none, or one that is wider than all rows before a gap.

        Rows are as wide as the widest of them, since editors cut the tabs at the ends of lines.
        """
        split = split_pipes if "\t" not in first[2] and "|" in first[2] else _split_tabs
        grid = Grid()
        rows: list[tuple[list[str], Line]] = []
        line: Line | None = first
        is_after_gap = False
        while line is not None:
            content = line[2]
            if not content.strip():
                is_after_gap = True
                line = self.next()
                continue
            cells = _split_after_gap(content, grid.width) if is_after_gap else split(content)
            if cells is None:
                break
            if _is_rule(cells):
                grid.marked_headers = 1 if len(rows) == 1 else grid.marked_headers
            else:
                cells = _without_empty_tail(cells)
                width = min(len(cells), MAX_COLUMNS)
                if is_after_gap and rows and width > grid.width:
                    break
                grid.width = max(grid.width, width)
                if rows and line[1] != rows[-1][1][1]:
                    grid.page_breaks.add(len(rows) + 1)
                if rows and is_after_gap:
                    grid.gaps.add(len(rows) + 1)
                rows.append((cells, line))
                is_after_gap = False
            line = self.next()
        if line is not None:
            self._position -= 1
        for cells, (number, page, _) in rows:
            cells += [""] * (grid.width - len(cells))
            grid.add_row([(_cell_text(cell), cell) for cell in cells], Place(page, number), "text")
        return grid


def _split_tabs(line: str) -> list[str] | None:
    return line.split("\t") if "\t" in line else split_row(line)


def _split_after_gap(line: str, width: int) -> list[str] | None:
    """Split a line below a blank one, where a few tabs before a passage are but indentation."""
    indent = len(line) - len(line.lstrip("\t"))
    if line.count("\t") == width - 1 and not 0 < indent <= MAX_INDENT:
        return line.split("\t")
    return split_row(line)


def _without_empty_tail(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _cell_text(raw: str) -> str:
    emphasis = _EMPHASIS.fullmatch(raw.strip())
    return resolve_markup(emphasis[2] if emphasis else raw)


def _paragraph(number: int, page: int | None, content: str) -> Paragraph:
    raw = content.strip()
    text = _HEADING.sub("", raw, count=1)
    is_heading = text != raw
    emphasis = _EMPHASIS.fullmatch(text)
    if emphasis:
        text, is_heading = emphasis[2].strip(), True
    resolved = clean_thai(resolve_markup(text)).strip()
    return Paragraph(resolved, raw, Place(page, number), is_heading)
