"""The blocks of a report, between the shapes that compose them and the writers that print them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A table cell: its paragraphs (check boxes as ☑ and ☐) and its spans."""

    paragraphs: tuple[str, ...] = ()
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True)
class Title:
    """The centred lines at the head of the report."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; `widths` are relative column widths, `header` is repeated on each page.

    A table without a header goes on with the table before it (a row cut by a page break).
    """

    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]


Block = Title | Heading | Paragraph | Table


@dataclass
class Document:
    """A report ready to be written."""

    blocks: list[Block] = field(default_factory=list)


def cell(*paragraphs: str, columns: int = 1, rows: int = 1) -> Cell:
    """Return a cell of the paragraphs that are not empty."""
    return Cell(tuple(text for text in paragraphs if text), columns, rows)


def grid(rows: tuple[tuple[Cell, ...], ...], width: int) -> list[list[Cell]]:
    """Lay rows with spans out on a grid; a place covered by a span holds an empty cell."""
    covered: set[tuple[int, int]] = set()
    laid: list[list[Cell]] = []
    for row_index, row in enumerate(rows):
        line = [Cell() for _ in range(width)]
        column = 0
        for one in row:
            while (row_index, column) in covered:
                column += 1
            line[column] = one
            for down in range(one.row_span):
                for across in range(one.column_span):
                    covered.add((row_index + down, column + across))
            column += one.column_span
        laid.append(line)
    return laid
