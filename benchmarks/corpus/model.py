"""A report between the facts that compose it and the producers that print it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Rules = Literal["full", "rows", "booktabs", "none", "zebra"]
Align = Literal["left", "center", "right"]
Turn = Literal["", "rotate90", "rotate270", "turned"]

# "{^1}" in a text is a superscript 1.
SUPERSCRIPT = re.compile(r"\{\^(.+?)\}")
# Signs that Thai fonts lack; they are set in a symbol font.
SIGNS = re.compile("[☑☐☒✓✔√]")


@dataclass(frozen=True)
class Cell:
    """A table cell: its paragraphs, spans and look; a boxed cell frames its last paragraph."""

    paragraphs: tuple[str, ...] = ()
    row_span: int = 1
    column_span: int = 1
    align: Align = "left"
    is_bold: bool = False
    is_boxed: bool = False


@dataclass(frozen=True)
class Table:
    """A table as a person understands it; the first ``header_rows`` rows are its header."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    header_rows: int = 1
    rules: Rules = "full"


@dataclass(frozen=True)
class Title:
    """The centred lines at the head of the report, with a picture above them or not."""

    lines: tuple[str, ...]
    has_logo: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; it may be underlined, and its letters may stand apart."""

    text: str
    is_underlined: bool = False
    is_spaced: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class FillIn:
    """Labels with dotted lines to write on after them."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A framed note: it looks like a table of one cell and is none."""

    text: str


@dataclass(frozen=True)
class Signature:
    """The block where a person signs, in the right half of the page."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two tables side by side."""

    left: Table
    right: Table


@dataclass(frozen=True)
class Break:
    """A new page."""


Block = Title | Heading | Text | FillIn | Note | Signature | Table | Pair | Break


@dataclass(frozen=True)
class Style:
    """How a report looks; lengths are in points, colours are "#rrggbb" or ""."""

    font: str
    size: float
    rule_width: float
    rule_kind: Literal["stroke", "rect", "cell"]
    padding: float
    digits: Literal["thai", "arabic"]
    header_fill: str
    is_header_repeated: bool
    can_cut_rows: bool
    is_middle: bool = False
    is_landscape: bool = False
    turn: Turn = ""
    has_frame: bool = False
    has_running_lines: bool = False
    has_symbol_font: bool = False
    variant: int = 0

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the page as it reads: A4."""
        return (841.89, 595.28) if self.is_landscape else (595.28, 841.89)


@dataclass(frozen=True)
class Report:
    """A report ready to be printed."""

    name: str
    producer: str
    layout: str
    style: Style
    agency: str
    blocks: tuple[Block, ...] = field(default=())

    @property
    def running_head(self) -> str:
        """The line at the top of each page, where the style has one."""
        return f"{self.agency} (หน่วยงานสมมติ)"

    def tables(self) -> Iterator[Table]:
        """Yield the tables in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Pair):
                yield from (block.left, block.right)


def placed(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Yield each cell with the row and column, from 0, of its top left corner."""
    covered: set[tuple[int, int]] = set()
    for row_number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (row_number, column) in covered:
                column += 1
            yield row_number, column, cell
            for down in range(cell.row_span):
                for across in range(cell.column_span):
                    covered.add((row_number + down, column + across))
            column += cell.column_span
    area = len(table.rows) * len(table.widths)
    if len(covered) != area:
        raise ValueError(f"the cells cover {len(covered)} of {area} places of the table")


@dataclass(frozen=True)
class Run:
    """A piece of text in one font; its signs need a symbol font."""

    text: str
    is_super: bool = False
    is_sign: bool = False


def runs(text: str) -> list[Run]:
    """Split a text at its superscripts and signs."""
    found: list[Run] = []
    for n, piece in enumerate(SUPERSCRIPT.split(text)):
        if n % 2:
            found.append(Run(piece, is_super=True))
            continue
        at = 0
        for sign in SIGNS.finditer(piece):
            if sign.start() > at:
                found.append(Run(piece[at : sign.start()]))
            found.append(Run(sign[0], is_sign=True))
            at = sign.end()
        if at < len(piece):
            found.append(Run(piece[at:]))
    return found
