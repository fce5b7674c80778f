"""PDF through plain pdfplumber: pages -> paragraphs and grids, each with its page and box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from extract.document import Box, Cell, Issue, Paragraph, Part, Place
from extract.grid import Grid
from extract.thai import clean_thai

# Edges of table cells closer than this (points) are one edge.
EDGE_TOLERANCE = 2.0

Blocks = list[Paragraph | Grid]


class PdfError(ValueError):
    """A PDF that cannot be read; the message says why and what to do."""


@dataclass(slots=True)
class PdfContent:
    """What a PDF holds: blocks in reading order, the number of pages, those without any text."""

    blocks: Blocks = field(default_factory=list)
    page_count: int = 0
    blank_pages: list[int] = field(default_factory=list)
    picture_pages: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def read_pdf(data: bytes) -> PdfContent:
    """Read every page; a page that fails is an issue, a file that fails raises PdfError."""
    expected = _page_count(data)
    content = PdfContent()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            content.page_count = len(pdf.pages)
            for page in pdf.pages:
                _read_page(page, content)
                page.close()
    except (PdfminerException, PDFException) as error:
        raise PdfError(f"the PDF cannot be read ({error or type(error).__name__})") from error
    if content.page_count == 0:
        raise PdfError("no page could be read; open the file and save it anew as PDF")
    if content.page_count != expected:
        message = f"{content.page_count} pages read, but a second reader counts {expected}"
        content.issues.append(Issue("error", "pages_lost", message))
        content.page_count = max(content.page_count, expected)
    return content


def _page_count(data: bytes) -> int:
    """Count the pages with a second reader; raises PdfError with the reason it gives."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError("the PDF needs a password; save it without one and run again") from error
        raise PdfError(f"the PDF is damaged ({error}); open it and save it anew as PDF") from error


def _read_page(page: Any, content: PdfContent) -> None:
    number = page.page_number
    try:
        if not any(not char["text"].isspace() for char in page.chars):
            (content.picture_pages if page.images else content.blank_pages).append(number)
            return
        tables = page.find_tables()
        outside = page
        for table in tables:
            outside = outside.outside_bbox(_inside(table.bbox, page), strict=True)
        blocks: list[tuple[float, Paragraph | Grid]] = [
            (table.bbox[1], _grid(table, page)) for table in tables
        ]
        blocks += [(p.place.box.top, p) for p in _paragraphs(outside, number) if p.place.box]
    except (PdfminerException, PDFException, ValueError, KeyError, TypeError) as error:
        message = f"page {number} could not be read ({type(error).__name__}: {error})"
        content.issues.append(Issue("error", "page_failed", message, number))
        return
    content.blocks += [block for _, block in sorted(blocks, key=lambda pair: pair[0])]


def _inside(bbox: tuple[float, float, float, float], page: Any) -> tuple[float, ...]:
    x0, top, x1, bottom = page.bbox
    return max(bbox[0], x0), max(bbox[1], top), min(bbox[2], x1), min(bbox[3], bottom)


def _paragraphs(page: Any, number: int) -> Iterator[Paragraph]:
    for line in page.extract_text_lines(return_chars=False):
        raw = line["text"]
        text = clean_thai(raw).strip()
        if text:
            box = _box((line["x0"], line["top"], line["x1"], line["bottom"]))
            yield Paragraph(text, raw, Place(number, None, box))


def _grid(table: Any, page: Any) -> Grid:
    """Place the table's cell boxes on the grid of its edges, so that spans come out as spans."""
    lefts = _edges(cell[0] for cell in table.cells)
    tops = _edges(cell[1] for cell in table.cells)
    grid = Grid(row_count=len(tops), width=len(lefts), breaks={1})
    for bbox in sorted(table.cells, key=lambda cell: (cell[1], cell[0])):
        row, column = _index(tops, bbox[1]), _index(lefts, bbox[0])
        row_end, column_end = _count_below(tops, bbox[3]), _count_below(lefts, bbox[2])
        raw = page.crop(_inside(bbox, page)).extract_text() or ""
        part = Part(clean_thai(raw).strip(), raw, Place(page.page_number, None, _box(bbox)))
        grid.cells.append(
            Cell(
                row + 1,
                column + 1,
                (part,),
                max(1, row_end - row),
                max(1, column_end - column),
                source="text_layer",
            )
        )
    return grid


def _edges(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > EDGE_TOLERANCE:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - value))


def _count_below(edges: list[float], end: float) -> int:
    return sum(1 for edge in edges if edge < end - EDGE_TOLERANCE)


def _box(bbox: tuple[float, float, float, float]) -> Box:
    x0, top, x1, bottom = (round(float(value), 2) for value in bbox)
    return Box(x0, top, x1, bottom)
