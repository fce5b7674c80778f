"""A grid: the rows of a table as its file wrote them, before headers fold and rows join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.document import Cell, Part, Place, Source
from extract.thai import clean_thai


@dataclass(slots=True)
class Grid:
    """Cells by row and column (from 1) as one table element, page or run of lines gave them.

    ``page_breaks`` are rows that begin a page and ``gaps`` those that follow a blank line;
    ``marked_headers`` is how many rows the file itself marks as header (``<th>``, a Markdown rule),
    which may be wrong.
    """

    cells: list[Cell] = field(default_factory=list)
    row_count: int = 0
    width: int = 0
    page_breaks: set[int] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)
    marked_headers: int = 0

    def add_row(self, texts: Iterable[tuple[str, str]], place: Place, source: Source) -> None:
        """Append a row of (text, raw text) pairs, one a column, that all stand at one place."""
        self.row_count += 1
        column = 0
        for column, (text, raw) in enumerate(texts, start=1):
            part = Part(clean_thai(text).strip(), raw.strip(), place)
            self.cells.append(Cell(self.row_count, column, (part,), source=source))
        self.width = max(self.width, column)
