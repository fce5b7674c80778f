"""The Document: what extraction hands to normalization, and nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, NamedTuple

Source = Literal["text_layer", "ocr", "html", "text"]
TextSource = Literal["text_layer", "ocr", "mixed", "text"]
Status = Literal["ok", "partial", "failed"]
Severity = Literal["info", "warning", "error"]
# Boxes are in points.
POINTS_PER_INCH = 72
# Stands in a text that was read from a picture for a digit that could not be read surely.
UNSURE_DIGIT = "\u25af"
# No surer than this is text of a picture with other ink among its letters, which may hide some.
HIDDEN = 0.1
# Behind a number, the digits and brackets of a note's.
RAISED_DIGITS, RAISED_BRACKETS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "⁽⁾"


class Box(NamedTuple):
    """A rectangle in points, measured from the top left of the page as a person sees it."""

    x0: float
    top: float
    x1: float
    bottom: float


class Place(NamedTuple):
    """Where something stands: a page (from 1) and box in a PDF, a line (from 1) in a text file.

    A text or HTML file has no pages unless it carries form feeds; its ``page`` is then None.
    """

    page: int | None = None
    line: int | None = None
    box: Box | None = None


class Part(NamedTuple):
    """A piece of a cell that stands in one place; a cell cut by a page break has several."""

    text: str
    raw_text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``row`` and ``column`` count from 1; header rows are counted too.

    ``confidence`` is how sure its least sure character is, from 0 to 1, where it was read from a
    picture; None where its text is known.
    """

    row: int
    column: int
    parts: tuple[Part, ...]
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    source: Source = "text"
    confidence: float | None = None

    @property
    def text(self) -> str:
        """Repaired text with markup resolved; lines and parts are separated by a line feed."""
        if len(self.parts) == 1:
            return self.parts[0].text
        return "\n".join(part.text for part in self.parts if part.text)

    @property
    def raw_text(self) -> str:
        """Text as the source has it, with its markup (in an HTML table, as a parser reads it)."""
        return "\n".join(part.raw_text for part in self.parts if part.raw_text)

    @property
    def place(self) -> Place:
        """Where the cell begins."""
        return self.parts[0].place

    def joined(self, other: Cell) -> Cell:
        """Return the cell with the parts of another: as sure as the less sure of the two."""
        sure = [one.confidence for one in (self, other) if one.confidence is not None]
        return replace(
            self,
            parts=self.parts + other.parts,
            source="ocr" if "ocr" in (self.source, other.source) else self.source,
            confidence=min(sure, default=None),
        )

    def covers(self, row: int, column: int) -> bool:
        """Say whether the cell, with its spans, lies over this row and column."""
        return (
            self.row <= row < self.row + self.row_span
            and self.column <= column < self.column + self.column_span
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its header (levels joined by " / ") and the role that the header names.

    Roles come from ``extract/data/header_words.csv``; an unknown header has the role "".
    """

    header: str
    role: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may run over several pages; its header stands once, in the first rows."""

    table_id: str
    row_count: int
    header_rows: int
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that lies over this row and column, spans included."""
        return next((cell for cell in self.cells if cell.covers(row, column)), None)

    def body(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield each row below the header: its number, and its cells by column, spans included."""
        rows: dict[int, dict[int, Cell]] = {
            row: {} for row in range(self.header_rows + 1, self.row_count + 1)
        }
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                if row in rows:
                    for column in range(cell.column, cell.column + cell.column_span):
                        rows[row][column] = cell
        yield from rows.items()

    def columns_with(self, role: str) -> list[int]:
        """Return the numbers (from 1) of the columns that have this role."""
        return [n for n, column in enumerate(self.columns, start=1) if column.role == role]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading or a paragraph outside the tables."""

    text: str
    raw_text: str
    place: Place
    is_heading: bool = False
    confidence: float | None = None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that extraction did not understand or cut off."""

    severity: Severity
    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: its paragraphs and tables in reading order, and what went wrong.

    ``document_id`` is the first 16 hex digits of the SHA-256 of the file's bytes and
    ``source_file`` its path relative to the folder of reports, with forward slashes.
    """

    document_id: str
    source_file: str
    media_type: str
    page_count: int | None
    text_source: TextSource | None
    blocks: tuple[Block, ...] = ()
    issues: tuple[Issue, ...] = ()
    status: Status = "ok"
    error: str = ""
    extractor: str = field(default="")

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs and headings in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def texts(self) -> Iterator[str]:
        """Yield every text: of the paragraphs, then of the cells."""
        yield from (paragraph.text for paragraph in self.paragraphs)
        yield from (cell.text for table in self.tables for cell in table.cells)

    def to_json(self) -> str:
        """Serialize, a block a line; the same document always gives the same bytes."""
        content = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "blocks"}
        content["issues"] = [asdict(issue) for issue in self.issues]
        head = json.dumps(content, ensure_ascii=False, indent=1)
        blocks = (json.dumps(_block_fields(block), ensure_ascii=False) for block in self.blocks)
        return head.removesuffix("\n}") + ',\n "blocks": [\n' + ",\n".join(blocks) + "\n]}\n"

    @classmethod
    def from_json(cls, text: str) -> Document:
        """Read what :meth:`to_json` wrote; raises ValueError, KeyError or TypeError on damage."""
        try:
            content = json.loads(text)
            content["blocks"] = tuple(_block(block) for block in content["blocks"])
            content["issues"] = tuple(Issue(**issue) for issue in content["issues"])
            return cls(**content)
        except (AttributeError, RecursionError) as error:
            raise ValueError("this is no document") from error


def failed(document: Document, code: str, reason: str) -> Document:
    """Return the document of a report that cannot be read; the reason says what to do."""
    issues = (*document.issues, Issue("error", code, reason))
    return replace(document, status="failed", error=reason, issues=issues)


def _block_fields(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"type": "paragraph", **_fields(block), "place": _place_fields(block.place)}
    return {
        "type": "table",
        **_fields(block),
        "columns": [_fields(column) for column in block.columns],
        "cells": [_cell_fields(cell) for cell in block.cells],
    }


def _cell_fields(cell: Cell) -> dict[str, Any]:
    return {**_fields(cell), "parts": [part_fields(part) for part in cell.parts]}


def part_fields(part: Part) -> dict[str, Any]:
    """Return a part as JSON has it."""
    return {**part._asdict(), "place": _place_fields(part.place)}


def _place_fields(place: Place) -> dict[str, Any]:
    return {**place._asdict(), "box": place.box._asdict() if place.box else None}


def _fields(value: Cell | Column | Table | Paragraph) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _place(content: dict[str, Any]) -> Place:
    box = content["box"]
    return Place(content["page"], content["line"], Box(**box) if box else None)


def _block(content: dict[str, Any]) -> Block:
    kind = content.pop("type")
    if kind == "paragraph":
        return Paragraph(**{**content, "place": _place(content["place"])})
    content["columns"] = tuple(Column(**column) for column in content["columns"])
    content["cells"] = tuple(_cell(cell) for cell in content["cells"])
    return Table(**content)


def _cell(content: dict[str, Any]) -> Cell:
    parts = tuple(Part(**{**part, "place": _place(part["place"])}) for part in content["parts"])
    return Cell(**{**content, "parts": parts})
