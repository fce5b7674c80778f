"""The tools that the PDF benchmarks run side by side, each under one name and one interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.scoring import Grid, GridCell


@dataclass(frozen=True, slots=True)
class Tool:
    """A way of reading tables.

    ``read`` is what is timed and gives what the tool gives; ``grids`` turns that into tables,
    ``paragraphs`` into the text outside of them and ``notes`` into the doubts that the tool has.
    """

    name: str
    package: str
    module: str
    read: Callable[[Path], Any]
    grids: Callable[[Any], list[Grid]]
    paragraphs: Callable[[Any], list[str]] = lambda _: []
    notes: Callable[[Any], list[str]] = lambda _: []

    def load(self) -> None:
        """Import the tool; raises ImportError where it is not installed."""
        import_module(self.module)


def _prongsai(path: Path) -> Any:
    from extract import read_report

    return read_report(path)


def _prongsai_grids(document: Any) -> list[Grid]:
    def place(cell: Any) -> str:
        at = cell.place
        box = f" at {at.box.x0:.0f},{at.box.top:.0f}" if at.box else ""
        return f"page {at.page}{box}"

    if document.status == "failed":
        raise ValueError(document.error)
    return [
        [
            GridCell(cell.row, cell.column, cell.text, cell.row_span, cell.column_span, place(cell))
            for cell in table.cells
        ]
        for table in document.tables
    ]


def _pdfplumber(settings: dict[str, Any]) -> Callable[[Path], Any]:
    text_settings = {
        key.removeprefix("text_"): value
        for key, value in settings.items()
        if key.startswith("text_")
    }

    def read(path: Path) -> Any:
        import pdfplumber

        # This is page.extract_tables(settings), which throws the boxes of the cells away.
        with pdfplumber.open(path) as pdf:
            return [
                (page.page_number, table, table.extract(**text_settings))
                for page in pdf.pages
                for table in page.find_tables(settings)
            ]

    return read


def _pymupdf(**options: bool) -> Callable[[Path], Any]:
    def read(path: Path) -> Any:
        import pymupdf

        with pymupdf.open(path) as pdf:
            return [
                (number, table, table.extract())
                for number, page in enumerate(pdf, start=1)
                for table in page.find_tables(**options).tables
            ]

    return read


def _boxed_grids(found: Iterable[tuple[int, Any, list[list[str | None]]]]) -> list[Grid]:
    """Take tables whose rows hold a box or None for each column, and the texts beside them."""
    grids = []
    for page, table, texts in found:
        boxes = [box for row in table.rows for box in row.cells if box]
        lefts = sorted({box[0] for box in boxes})
        tops = sorted({box[1] for box in boxes})
        grid = []
        for r, (row, row_texts) in enumerate(zip(table.rows, texts, strict=False), start=1):
            for c, (box, text) in enumerate(zip(row.cells, row_texts, strict=False), start=1):
                if box and text:
                    x0, top, x1, bottom = box
                    row_span = sum(top <= y < bottom for y in tops)
                    column_span = sum(x0 <= x < x1 for x in lefts)
                    grid.append(GridCell(r, c, text, row_span, column_span, f"page {page}"))
        grids.append(grid)
    return grids


def _camelot(flavor: str) -> Callable[[Path], Any]:
    def read(path: Path) -> Any:
        import camelot

        return camelot.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True)

    return read


def _camelot_grids(tables: Any) -> list[Grid]:
    grids = []
    for table in tables:
        grid = []
        for r, row in enumerate(table.df.values.tolist()):
            for c, text in enumerate(row):
                if not text:
                    continue
                # A border that is not drawn joins a cell to its neighbour.
                row_span = column_span = 1
                while c + column_span < len(row) and not table.cells[r][c + column_span - 1].right:
                    column_span += 1
                while (
                    r + row_span < len(table.cells) and not table.cells[r + row_span - 1][c].bottom
                ):
                    row_span += 1
                place = f"page {table.page}"
                grid.append(GridCell(r + 1, c + 1, text, row_span, column_span, place))
        grids.append(grid)
    return grids


def _tabula(**options: bool) -> Callable[[Path], Any]:
    def read(path: Path) -> Any:
        import tabula

        return tabula.read_pdf(str(path), pages="all", output_format="json", silent=True, **options)

    return read


def _tabula_grids(tables: Any) -> list[Grid]:
    return [
        [
            GridCell(r, c, cell["text"], place=f"page {table.get('page_number', '')}")
            for r, row in enumerate(table["data"], start=1)
            for c, cell in enumerate(row, start=1)
            if cell["text"]
        ]
        for table in tables
    ]


_TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}

TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "prongsai",
            "prongsai",
            "extract",
            _prongsai,
            _prongsai_grids,
            lambda document: [paragraph.text for paragraph in document.paragraphs],
            lambda document: [f"{issue.code}: {issue.message}" for issue in document.issues],
        ),
        Tool("pdfplumber", "pdfplumber", "pdfplumber", _pdfplumber({}), _boxed_grids),
        Tool(
            "pdfplumber-flow",
            "pdfplumber",
            "pdfplumber",
            _pdfplumber({"text_use_text_flow": True}),
            _boxed_grids,
        ),
        Tool("pdfplumber-text", "pdfplumber", "pdfplumber", _pdfplumber(_TEXT), _boxed_grids),
        *(
            Tool(f"camelot-{flavor}", "camelot-py", "camelot", _camelot(flavor), _camelot_grids)
            for flavor in ("lattice", "stream", "network", "hybrid")
        ),
        Tool("tabula", "tabula-py", "tabula", _tabula(guess=True), _tabula_grids),
        Tool("tabula-lattice", "tabula-py", "tabula", _tabula(lattice=True), _tabula_grids),
        Tool("tabula-stream", "tabula-py", "tabula", _tabula(stream=True), _tabula_grids),
        # Since 2.0 PyMuPDF asks a neural model of the page's layout first, unless told not to.
        Tool("pymupdf", "PyMuPDF", "pymupdf", _pymupdf(), _boxed_grids),
        Tool("pymupdf-lines", "PyMuPDF", "pymupdf", _pymupdf(use_layout=False), _boxed_grids),
    )
}
