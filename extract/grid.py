"""A grid: the rows of a table as its file wrote them, before headers fold and rows join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.document import Cell, Issue, Part, Place, Source
from extract.thai import clean_thai

# A wider table is an error of its file: what stands further right goes into its last column.
MAX_COLUMNS = 200
# A row that goes on over so many lines or pages ends there; what follows is another.
MAX_PARTS = 300


@dataclass(slots=True)
class Grid:
    """Cells by row and column (from 1) as one table element, page or run of lines gave them.

    ``page_breaks`` are rows that begin a page and ``gaps`` those that follow a blank line;
    ``marked_headers`` is how many rows the file itself marks as header (``<th>``, a Markdown rule),
    which may be wrong. ``is_joined`` says that a row is wider than MAX_COLUMNS, and its last cell
    holds all that stands from there on.

    A grid of a page may know more: ``column_edges`` are the left edges of its columns, in points,
    and ``is_cut_above`` and ``is_cut_below`` say that its first or last row is open to the page's
    edge, with no rule to close it.
    """

    cells: list[Cell] = field(default_factory=list)
    row_count: int = 0
    width: int = 0
    page_breaks: set[int] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)
    marked_headers: int = 0
    is_joined: bool = False
    column_edges: tuple[float, ...] = ()
    is_cut_above: bool = False
    is_cut_below: bool = False

    def add_row(self, texts: Iterable[tuple[str, str]], place: Place, source: Source) -> None:
        """Append a row of (text, raw text) pairs, one a column, that all stand at one place."""
        self.row_count += 1
        parts = [Part(clean_thai(text).strip(), raw.strip(), place) for text, raw in texts]
        for column, part in enumerate(parts[:MAX_COLUMNS], start=1):
            self.cells.append(Cell(self.row_count, column, (part,), source=source))
        self.join(parts[MAX_COLUMNS:])
        self.width = max(self.width, min(len(parts), MAX_COLUMNS))

    def join(self, parts: Iterable[Part]) -> None:
        """Add to the last cell what stands beyond the last column."""
        joined = [part for part in parts if part.text]
        if joined:
            raw = "\n".join(part.raw_text for part in joined if part.raw_text)
            whole = Part("\n".join(part.text for part in joined), raw, joined[0].place)
            self.cells[-1] = replace(self.cells[-1], parts=(*self.cells[-1].parts, whole))
            self.is_joined = True

    def issues(self) -> Iterator[Issue]:
        """Yield what a person should know about the grid as it was read."""
        if self.is_joined and self.cells:
            place = self.cells[0].place
            message = (
                f"the table at line {place.line} has more than {MAX_COLUMNS} columns: "
                "the last one holds what stands further right"
            )
            yield Issue("warning", "columns_joined", message, place.page)
