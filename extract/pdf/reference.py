"""PDF through plain pdfplumber: pages -> paragraphs and grids, each with its page and box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2

from extract.document import Box, Cell, Issue, Paragraph, Part, Place
from extract.grid import Grid
from extract.thai import clean_thai

# Edges of table cells closer than this (points) are one edge.
EDGE_TOLERANCE = 2.0
# So many column lines must end together, away from any row line, for a page to have cut a table.
MIN_CUT_LINES = 3
# A horizontal edge is a row line from this length (points); shorter ones are ends of column lines.
MIN_ROW_LINE = 5.0
# A line that ends this near to the right edge goes on below (share of the width of text or cell).
WRAP_MARGIN, WRAP_CELL = 0.06, 0.35
_LIST_MARK = re.compile(r"\s*(?:[-–•*☐☑✓]|\(?[0-9๐-๙]{1,2}[.)])")
_THAI_END = re.compile(r"[\u0e01-\u0e4e]$")
_THAI_START = re.compile(r"[\u0e01-\u0e4e]")

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
    except Exception as error:  # what pdfminer raises on damage has no common kind
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
        tables = page.find_tables({"explicit_horizontal_lines": _cut_ends(page)})
        outside = page
        for table in tables:
            outside = outside.outside_bbox(_inside(table.bbox, page), strict=True)
        blocks: list[tuple[float, Paragraph | Grid]] = [
            (table.bbox[1], _grid(table, page)) for table in tables
        ]
        blocks += [(p.place.box.top, p) for p in _paragraphs(outside, number) if p.place.box]
    except Exception as error:  # what pdfminer raises on damage has no common kind
        message = f"page {number} could not be read ({type(error).__name__}: {error})"
        content.issues.append(Issue("error", "page_failed", message, number))
        return
    content.blocks += [block for _, block in sorted(blocks, key=lambda pair: pair[0])]


def _cut_ends(page: Any) -> list[float]:
    """Return the heights at which a page cuts a table: column lines end where no row line is."""
    across = [
        edge["top"]
        for edge in page.edges
        if edge["orientation"] == "h" and edge["width"] > MIN_ROW_LINE
    ]
    ends: dict[int, int] = {}
    for edge in page.edges:
        if edge["orientation"] == "v":
            for end in (edge["top"], edge["bottom"]):
                if all(abs(end - top) > EDGE_TOLERANCE for top in across):
                    ends[round(end)] = ends.get(round(end), 0) + 1
    return [float(end) for end, count in ends.items() if count >= MIN_CUT_LINES]


def _inside(bbox: tuple[float, float, float, float], page: Any) -> tuple[float, ...]:
    x0, top, x1, bottom = page.bbox
    return max(bbox[0], x0), max(bbox[1], top), min(bbox[2], x1), min(bbox[3], bottom)


def _paragraphs(page: Any, number: int) -> Iterator[Paragraph]:
    lines = page.extract_text_lines(return_chars=False)
    right = max((line["x1"] for line in lines), default=0.0)
    for group in _wrapped(lines, right, WRAP_MARGIN * (right - page.bbox[0])):
        raw = "\n".join(line["text"] for line in group)
        text = _joined([line["text"] for line in group])
        if text:
            box = _box(
                (
                    min(line["x0"] for line in group),
                    group[0]["top"],
                    max(line["x1"] for line in group),
                    group[-1]["bottom"],
                )
            )
            yield Paragraph(text, raw, Place(number, None, box))


def _cell_text(page: Any, bbox: tuple[float, float, float, float]) -> tuple[str, str]:
    """Return a cell's text, wrapped lines joined, and the same as its lines stand."""
    lines = page.crop(_inside(bbox, page)).extract_text_lines(return_chars=False)
    groups = _wrapped(lines, bbox[2], WRAP_CELL * (bbox[2] - bbox[0]))
    text = "\n".join(_joined([line["text"] for line in group]) for group in groups)
    return text.strip(), "\n".join(line["text"] for line in lines)


def _wrapped(lines: list[Any], right: float, margin: float) -> list[list[Any]]:
    """Group lines of which each goes on in the next: it ends near the right edge, and the next
    one begins no list entry."""
    groups: list[list[Any]] = []
    for line in lines:
        above = groups[-1][-1] if groups else None
        goes_on = (
            above is not None
            and right - above["x1"] <= margin
            and line["top"] - above["bottom"] <= line["bottom"] - line["top"]
            and not _LIST_MARK.match(line["text"])
        )
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _joined(lines: list[str]) -> str:
    """Join wrapped lines: Thai goes on without a space, which it does not put between words."""
    text = ""
    for line in map(clean_thai, lines):
        is_thai = bool(text) and _THAI_END.search(text) and _THAI_START.match(line)
        text += line if is_thai or not text else f" {line}"
    return clean_thai(text).strip()


def _grid(table: Any, page: Any) -> Grid:
    """Place the table's cell boxes on the grid of its edges, so that spans come out as spans."""
    lefts = _edges(cell[0] for cell in table.cells)
    tops = _edges(cell[1] for cell in table.cells)
    grid = Grid(row_count=len(tops), width=len(lefts), page_breaks={1})
    for bbox in sorted(table.cells, key=lambda cell: (cell[1], cell[0])):
        row, column = _index(tops, bbox[1]), _index(lefts, bbox[0])
        row_end, column_end = _count_below(tops, bbox[3]), _count_below(lefts, bbox[2])
        text, raw = _cell_text(page, bbox)
        part = Part(text, raw, Place(page.page_number, None, _box(bbox)))
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
