"""A page -> paragraphs and grids in reading order."""

from __future__ import annotations

from extract.document import Cell, Paragraph, Part, Place
from extract.grid import Grid
from extract.pdf.cells import CellShape, TableShape
from extract.pdf.frame import Frame
from extract.pdf.lines import WRAP_MARGIN, Clean, cell_text, joined_text, lines_of, passages
from extract.pdf.lost_rules import with_lost_rules
from extract.pdf.open_rows import with_open_rows
from extract.pdf.open_tables import open_tables
from extract.pdf.ruled import joined, ruled_tables
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area
from extract.pdf.sheet import Sheet
from extract.pdf.worn import worn_tables
from extract.sums import proved
from extract.thai import clean_thai, cleaner
from extract.unsure import guessed, shown

# Blocks with the top and left edge that order them.
Blocks = list[tuple[float, float, Paragraph | Grid]]


def page_blocks(page: Sheet, number: int, known: list[float]) -> list[Paragraph | Grid]:
    """Return the blocks of a page (numbered from 1) in reading order.

    ``known`` are the edges of the columns of the last table without upright rules, which may go on
    over pages; they are replaced, in place.
    """
    upright = page.glyphs
    level, down = joined(page.shapes.level), joined(page.shapes.upright)
    tables, free = ruled_tables(level, down)
    runs = upright.runs()
    clean = cleaner(run.text for run in runs)
    worn: list[TableShape] = []
    if page.is_worn:
        worn, runs = worn_tables(level, down, tables, upright)
    runs = [run for run in runs if not any(t.take(run, upright) for t in tables)]
    if page.source == "ocr":
        tables = [with_lost_rules(table) for table in tables]
    tables = [*map(with_open_rows, tables), *worn]
    shades = [shade for shade in page.shapes.shades if not any(t.has(shade) for t in tables)]
    found, runs = open_tables(runs, free, shades, upright, known)
    tables += found
    known[:] = max(found, key=lambda table: table.area.bottom).edges if found else []
    blocks = _paragraphs(runs, tables, page.frame, upright, number, clean)
    for frame, turned in page.turned:
        blocks += _turned(page, frame, turned, tables, number)
    blocks += [
        (table.area.top, table.area.x0, _grid(table, page, number, clean))
        for table in tables
        if table.filled
    ]
    return [block for _, _, block in sorted(blocks, key=lambda entry: entry[:2])]


def _turned(
    page: Sheet, frame: Frame, turned: Glyphs, tables: list[TableShape], number: int
) -> Blocks:
    """Put text that stands on its side into the cells it lies in; return what lies in none."""
    runs = []
    for run in turned.runs():
        area = page.frame.placed(frame.seen(Area(run.x0, run.top, run.x1, run.bottom)))
        if not any(table.take_turned(run, area) for table in tables):
            runs.append(run)
    return _paragraphs(runs, [], frame, turned, number, clean_thai)


def _grid(table: TableShape, page: Sheet, number: int, clean: Clean) -> Grid:
    grid = Grid(
        row_count=table.rows,
        width=table.columns,
        page_breaks={1},
        column_edges=tuple(table.xs),
        is_cut_above=table.open_top,
        is_cut_below=table.open_bottom,
    )
    texts = [_texts(cell, clean) for cell in table.cells]
    places = [(cell.row, cell.column) for cell in table.cells]
    sure = {}
    if page.source == "ocr":
        sure = proved({place: text for place, (text, _) in zip(places, texts, strict=True)})
    for cell, place, (text, raw) in zip(table.cells, places, texts, strict=True):
        text = sure.get(place, text)
        part = Part(shown(text), guessed(raw), Place(number, None, page.frame.seen(cell.area)))
        made = Cell(
            cell.row + 1,
            cell.column + 1,
            (part,),
            cell.row_span,
            cell.column_span,
            source=page.source,
            confidence=page.confidence(cell.runs, cell.area),
        )
        grid.cells.append(made)
    return grid


def _texts(cell: CellShape, clean: Clean) -> tuple[str, str]:
    """Return the text of a cell and its raw text."""
    text, raw = cell_text(cell.runs, cell.area.x0, cell.area.x1, clean)
    if not cell.turned:
        return text, raw
    edges = min(run.x0 for run in cell.turned), max(run.x1 for run in cell.turned)
    turned_text, turned_raw = cell_text(cell.turned, *edges, clean_thai)
    return f"{text}\n{turned_text}".strip(), f"{raw}\n{turned_raw}".strip()


def _paragraphs(
    runs: list[Run],
    tables: list[TableShape],
    frame: Frame,
    clusters: Glyphs,
    number: int,
    clean: Clean,
) -> Blocks:
    lines = lines_of(runs)
    right = max([*(line.x1 for line in lines), *(table.area.x1 for table in tables)], default=0.0)
    found: Blocks = []
    for group in passages(lines, right, WRAP_MARGIN * right):
        text = joined_text(group, clean)
        if text:
            left, end = min(line.x0 for line in group), max(line.x1 for line in group)
            area = Area(left, group[0].top, end, group[-1].bottom)
            own = (run for run in runs if area.holds(run.middle, run.y))
            paragraph = Paragraph(
                shown(text),
                guessed("\n".join(line.text for line in group)),
                Place(number, None, frame.seen(area)),
                confidence=clusters.least_confidence(own),
            )
            found.append((group[0].top, group[0].x0, paragraph))
    return found
