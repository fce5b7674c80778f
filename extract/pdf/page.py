"""A page -> paragraphs and grids in reading order."""

from __future__ import annotations

from extract.document import Cell, Paragraph, Part, Place
from extract.grid import Grid
from extract.pdf.cells import TableShape
from extract.pdf.frame import Frame
from extract.pdf.lines import WRAP_MARGIN, Line, cell_text, joined_text, lines_of, passages
from extract.pdf.native import NativePage
from extract.pdf.ruled import joined, ruled_tables
from extract.pdf.runs import Run, glyphs
from extract.pdf.shapes import Area


def page_blocks(page: NativePage, number: int) -> list[Paragraph | Grid]:
    """Return the blocks of a page (numbered from 1) in reading order."""
    upright = glyphs(page, 0)
    runs = upright.runs()
    level, down = joined(page.shapes.level), joined(page.shapes.upright)
    tables = ruled_tables(level, down)
    runs = [run for run in runs if not any(table.take(run, upright) for table in tables)]
    tables = [table for table in tables if table.filled]
    blocks: list[tuple[float, float, Paragraph | Grid]] = [
        (table.area.top, table.area.x0, _grid(table, page.frame, number)) for table in tables
    ]
    blocks += [
        (line.top, line.x0, paragraph)
        for line, paragraph in _paragraphs(runs, tables, page, number)
    ]
    return [block for _, _, block in sorted(blocks, key=lambda entry: entry[:2])]


def _grid(table: TableShape, frame: Frame, number: int) -> Grid:
    grid = Grid(
        row_count=table.rows,
        width=table.columns,
        page_breaks={1},
        column_edges=tuple(table.xs),
        is_cut_above=table.open_top,
        is_cut_below=table.open_bottom,
    )
    for cell in table.cells:
        text, raw = cell_text(cell.runs, cell.area.x0, cell.area.x1)
        part = Part(text, raw, Place(number, None, frame.seen(cell.area)))
        grid.cells.append(
            Cell(
                cell.row + 1,
                cell.column + 1,
                (part,),
                cell.row_span,
                cell.column_span,
                source="text_layer",
            )
        )
    return grid


def _paragraphs(
    runs: list[Run], tables: list[TableShape], page: NativePage, number: int
) -> list[tuple[Line, Paragraph]]:
    lines = lines_of(runs)
    right = max([*(line.x1 for line in lines), *(table.area.x1 for table in tables)], default=0.0)
    found = []
    for group in passages(lines, right, WRAP_MARGIN * right):
        text = joined_text(group)
        if text:
            area = Area(
                min(line.x0 for line in group),
                group[0].top,
                max(line.x1 for line in group),
                group[-1].bottom,
            )
            raw = "\n".join(line.text for line in group)
            place = Place(number, None, page.frame.seen(area))
            found.append((group[0], Paragraph(text, raw, place)))
    return found
