"""Tables without upright rules: parted by level rules, by shaded rows, or by white space alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extract.pdf.blocks import blocks, fitted, going_down, going_on, is_prose
from extract.pdf.cells import CellShape, TableShape
from extract.pdf.channels import cut_at_channels
from extract.pdf.flush import cut_at_flush, cut_at_known
from extract.pdf.following import MIN_LINES
from extract.pdf.heads import levels, reach, with_tall
from extract.pdf.overprint import (
    without_crumbs,
    without_crumbs_beside,
    without_large,
    without_overprint,
)
from extract.pdf.regions import BELOW, SAME_END, Region, between, regions
from extract.pdf.rows import MOST, are_rows, counted_rows, listed_rows, stacked, whole_rows
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area, Rule
from extract.pdf.whites import (
    FILLED,
    LARGEST,
    ROW_STEP,
    TextLine,
    around,
    column_of,
    crossings,
    is_numbered,
    keeps,
    parts_rows,
    separators,
    text_lines,
)

# Lines with several pieces that a table of two columns without any rule has at least.
MIN_LINES_OF_TWO = 4
# Where so many edges lie, they are those of rows.
MANY_ROWS = 4
# In em: lines of one row are no further apart, unless they are so in other rows.
LINE_STEP = 1.6
# Dots to write on, or a name in brackets; the number of a paragraph in brackets is none.
_NO_DATA = re.compile(r"\.{5}|_{5}|\u2026{2}|^\s*\((?![0-9๐-๙]+\))")


def open_tables(
    runs: Sequence[Run],
    level: Sequence[Rule],
    shades: Sequence[Area],
    page: Glyphs,
    known: Sequence[float] = (),
) -> tuple[list[TableShape], list[Run]]:
    """Find the tables among the runs that no frame of rules took; return the runs left over.

    ``level`` are rules that belong to no frame. ``known`` are the edges of the columns of the last
    such table on the page before, which may go on: its end may be too short to show any.
    """
    lines = cut_at_flush(text_lines(runs, page), page)
    if not any(len(line.pieces) > 1 for line in lines):
        return [], list(runs)
    tables: list[TableShape] = []
    found = list(regions(level, shades, without_crumbs_beside(lines, page)))
    for region in found:
        if known and not tables:
            region.go_up([line for line in lines if keeps(line, known[1:-1])])
        inside = [line for line in lines if region.holds(line)]
        if inside:
            bottom = region.edges[-1]
            limit = min(
                (o.edges[0] for o in found if o.edges[0] > bottom and o.has_columns(lines)),
                default=inf,
            )
            below = [line for line in lines if bottom < line.y < limit and region.spans(line)]
            more = going_down(inside, without_overprint(below), region.x0, region.x1)
            if more:
                region.edges.append(more[-1].y + BELOW * more[-1].size)
                inside += more
        table = _ruled(region, inside, page, () if tables else known)
        if table is not None:
            tables.append(table)
            lines = [line for line in lines if not region.holds(line)]
    if known:
        top = min((table.area.top for table in tables), default=inf)
        above = [line for line in lines if line.y < top]
        known = fitted(above, known)
        rest = going_on(above, known)
        if rest:
            rows = parts_rows(rest, known[1:-1])
            tables.append(_from_rows(rows, list(known), goes_on=True))
            gone = set(map(id, rest))
            lines = [line for line in lines if id(line) not in gone]
    for block in blocks(without_overprint(without_crumbs(lines, page))):
        table = _unruled(block)
        if table is not None:
            tables.append(table)
    taken = {piece.first for table in tables for cell in table.cells for piece in cell.runs}
    return tables, [run for run in runs if taken.isdisjoint(range(run.first, run.last))]


def _ruled(
    region: Region, lines: Sequence[TextLine], page: Glyphs, known: Sequence[float]
) -> TableShape | None:
    """Make a table of a region; None if it shows no columns."""
    head = region.edges[1] if len(region.edges) > 2 else -inf
    is_known = (
        len(known) > 2
        and abs(known[0] - region.x0) <= SAME_END
        and abs(known[-1] - region.x1) <= SAME_END
    )
    known = known[1:-1] if is_known else ()
    firsts = {piece.first for line in lines for piece in line.pieces}
    lines = cut_at_known(lines, known, page)
    cut = {piece.first for line in lines for piece in line.pieces} - firsts
    lines = cut_at_channels(lines, [line for line in lines if line.y > head], page)
    intervals = _intervals(region, lines)
    filled = [interval for interval in intervals if interval]
    body = without_overprint([line for interval in filled[1:] for line in interval])
    area = Area(region.x0, region.edges[0], region.x1, region.edges[-1])
    if not lines or sum(len(line.pieces) > 1 for line in lines) < 2:
        return None
    columns = _columns_between(lines, body, area, known)
    if not columns:
        return None
    # A text of a row that comes as near to the next one as words are is cut where columns part.
    lines = cut_at_known([line for line in lines if line.y > head], columns, page)
    intervals[1:] = _intervals(region, lines)[1:]
    filled = [interval for interval in intervals if interval]
    parted = _parted(region, intervals, columns)
    ys, rows = stacked(region.edges, parted)
    xs = [region.x0, *columns, region.x1]
    # A row with a number that goes on a table is no heading, nor are texts that stand as its rows.
    is_row = (bool(known) and is_numbered(rows[0], columns)) or any(
        piece.first in cut for line in rows[0] for piece in line.pieces
    )
    table = laid_out(xs, ys, rows, 0 if is_row else 2 if len(filled) == 1 else 1)
    return table if len(filled) > 1 or table.rows == 1 or is_full(table) else None


def _columns_between(
    lines: Sequence[TextLine], body: Sequence[TextLine], area: Area, known: Sequence[float]
) -> list[float]:
    """Return what parts the columns of a region: where the table went on from, if rows keep to it.

    ``body`` are its lines without those of a header, if there are such.
    """
    if body:
        found = separators(body, area.x0, area.x1), _columns_of_usual(body, area)
        columns = max(found, key=len)
    else:
        columns = columns_of(without_overprint(lines), area)
        body = lines
    is_kept = known and sum(not crossings(line, known) for line in body) >= MOST * len(body)
    return list(known) if is_kept else columns


def _columns_of_usual(lines: Sequence[TextLine], area: Area) -> list[float]:
    """Return what parts the columns of rows, but for the large words of a stamp that lie on them.

    Returns nothing where the other texts do not keep to that.
    """
    sizes = [piece.size for line in lines for piece in line.pieces]
    if not sizes or max(sizes) <= LARGEST * median(sizes):  # as nearly always
        return []
    usual = without_large(lines, LARGEST * median(sizes))
    columns = separators(usual, area.x0, area.x1)
    return [] if any(crossings(line, columns) for line in usual) else columns


def _parted(
    region: Region, intervals: Sequence[list[TextLine]], columns: Sequence[float]
) -> list[list[list[TextLine]]]:
    """Return the rows, each its lines, that stand between each edge of a region and the next."""
    filled = [interval for interval in intervals if interval]
    usual = median(map(len, filled))
    many = len(filled) >= MANY_ROWS and max(map(len, filled)) <= 3 * usual + 3
    sides = zip(intervals, pairwise(region.edges), strict=True)
    lows = [below - above for own, (above, below) in sides if len(own) == 1]
    low = min(lows) if len(lows) > 1 else inf
    has_numbers = any(is_numbered(interval, columns) for interval in filled[1:])
    parted: list[list[list[TextLine]]] = []
    clean = [without_overprint(whole) for whole in intervals]
    listed = listed_rows(clean, columns)
    for whole, interval, numbered in zip(intervals, clean, listed, strict=True):
        is_head = not any(parted) and len(filled) > 1
        parts = counted_rows(interval, columns) or [
            interval
        ]  # also where a header has lost its rule
        if len(parts) == 1 and not (is_head or many) and interval:
            parts = parts_rows(interval, columns)
        # A row that is cut goes on without a number, and all its lines may fill the same columns.
        goes_on = has_numbers and not any(is_numbered(part, columns) for part in parts)
        if goes_on or not are_rows(parts, columns):
            parts = [interval]
        parts = (numbered or whole_rows(interval, columns, low) or parts) if interval else []
        parted.append(_with_overprint(parts, whole))
    return parted


def _with_overprint(
    rows: Sequence[list[TextLine]], lines: Sequence[TextLine]
) -> list[list[TextLine]]:
    """Return the rows of lines with those that lie on them, each in the nearest row."""
    known = {id(line) for row in rows for line in row}
    begins = [row[0].y for row in rows]
    made = [list(row) for row in rows]
    for line in lines:
        if id(line) not in known:
            below = bisect_left(begins, line.y)
            beside = range(max(0, below - 1), min(below + 1, len(rows)))
            nearest = min(beside, key=lambda n: min(abs(one.y - line.y) for one in rows[n]))
            made[nearest].append(line)
    return [sorted(row, key=lambda line: line.y) for row in made]


def _intervals(region: Region, lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return the lines between each edge of a region and the next."""
    return [
        between(lines, region.x0, region.x1, above, below)
        for above, below in pairwise(region.edges)
    ]


def laid_out(
    xs: list[float],
    ys: list[float],
    rows: Sequence[Sequence[TextLine]],
    header: int = 2,
) -> TableShape:
    """Put pieces into cells; a piece over several columns makes its cell span them.

    A first row with such a piece over others is a header of two levels, or such are the first two;
    ``header`` is how many rows may be.
    """
    columns = xs[1:-1]
    cells: list[CellShape] = []
    heads = levels(rows, columns, header)
    wide = heads.spans if heads is not None else {}
    if heads is not None:
        rows = [heads.upper, heads.lower, *rows[heads.rows :]]
        ys = [ys[0], heads.at, *ys[heads.rows :]]
    for number, row in enumerate(rows):
        spans: list[tuple[int, int, list[Run]]] = []
        for first, last, piece in (
            placed for line in row for placed in _placed(line, columns, wide)
        ):
            own = [piece]
            for span in [span for span in spans if span[0] <= last and span[1] >= first]:
                first, last = min(first, span[0]), max(last, span[1])
                own = span[2] + own
                spans.remove(span)
            spans.append((first, last, own))
        spans += [
            (column, column, [])
            for column in range(len(xs) - 1)
            if not any(first <= column <= last for first, last, _ in spans)
        ]
        for first, last, runs in sorted(spans, key=lambda span: span[0]):
            area = Area(xs[first], ys[number], xs[last + 1], ys[number + 1])
            cells.append(CellShape(number, first, 1, last - first + 1, area, runs))
    if heads is not None:
        cells = with_tall(cells)
    area = Area(xs[0], ys[0], xs[-1], ys[-1])
    return TableShape(area, len(rows), len(xs) - 1, cells, edges=xs)


def _placed(
    line: TextLine, columns: Sequence[float], wide: dict[int, tuple[int, int]]
) -> list[tuple[int, int, Run]]:
    """Return the pieces of a line with their first and last columns.

    One that only reaches into the column of its neighbour stands in the column of its middle.
    """
    spans = [
        wide.get(piece.first) or reach(piece.x0, piece.x1, piece.size, columns)
        for piece in line.pieces
    ]
    found = []
    for n, (piece, (first, last)) in enumerate(zip(line.pieces, spans, strict=True)):
        others = spans[:n] + spans[n + 1 :]
        is_known = piece.first in wide
        if (
            first < last
            and not is_known
            and any(start <= last and end >= first for start, end in others)
        ):
            first = last = column_of(piece.middle, columns)
        found.append((first, last, piece))
    return found


def _unruled(block: Sequence[TextLine]) -> TableShape | None:
    """Make a table of a stretch of lines; None if it is rather prose, a form or signatures."""
    several = [line for line in block if len(line.pieces) > 1]
    if len(several) < MIN_LINES:
        return None
    area = around(block)
    columns = columns_of(block, area)
    if not columns or (len(columns) == 1 and len(several) < MIN_LINES_OF_TWO):
        return None
    if is_form(block):
        return None
    xs = [area.x0 - 1, *columns, area.x1 + 1]
    if is_prose(block, xs):
        return None
    found = counted_rows(block, columns), parts_rows(block, columns)
    tables = (_from_rows(rows, xs) for rows in found if rows)
    return next((table for table in tables if is_full(table)), None)


def is_form(lines: Sequence[TextLine]) -> bool:
    """Say whether lines are to be filled in or signed: many have dots, or names in brackets."""
    pieces = [piece for line in lines for piece in line.pieces]
    return sum(bool(_NO_DATA.search(piece.text)) for piece in pieces) > 0.15 * len(pieces)


def columns_of(lines: Sequence[TextLine], area: Area) -> list[float]:
    """Return what parts the columns of most lines: the first ones may be a header over several."""
    starts = range(max(1, min(3, len(lines) - 2)))
    return max((separators(lines[start:], area.x0, area.x1) for start in starts), key=len)


def _from_rows(rows: list[list[TextLine]], xs: list[float], *, goes_on: bool = False) -> TableShape:
    rows = _near(rows, goes_on=goes_on)
    lines = [line for row in rows for line in row]
    middles = [
        (above[-1].y + below[0].y - 0.6 * below[0].size) / 2 for above, below in pairwise(rows)
    ]
    area = around(lines)
    return laid_out(xs, [area.top, *middles, area.bottom], rows)


def _near(rows: list[list[TextLine]], *, goes_on: bool) -> list[list[TextLine]]:
    """Leave out text above the first row and below the last: further off than lines of one row.

    In a table that goes on from the page before, the text above is the end of its last row there.
    """
    steps = [below.y - above.y for row in rows[1:-1] for above, below in pairwise(row)]
    above: list[TextLine] = []
    for row, is_last in ((rows[0], False), (rows[-1], True)):
        fullest = max(range(len(row)), key=lambda n: len(row[n].pieces))
        reach = max([LINE_STEP * row[fullest].size, *(step * ROW_STEP for step in steps)])
        apart = [n for n, (one, two) in enumerate(pairwise(row), 1) if two.y - one.y > reach]
        if is_last:
            del row[min((n for n in apart if n > fullest), default=len(row)) :]
        else:
            begin = max((n for n in apart if n <= fullest), default=0)
            above, row[:] = row[:begin], row[begin:]
    return [above, *rows] if goes_on and above else rows


def is_full(table: TableShape) -> bool:
    """Say whether a table that only white space tells has rows enough, and text in most cells."""
    if table.rows < (MIN_LINES if table.columns > 2 else MIN_LINES_OF_TWO):
        return False
    filled = [cell for cell in table.cells if cell.runs]
    rows = Counter(cell.row for cell in filled)
    full_rows = sum(count > 1 for count in rows.values())
    return len(filled) >= FILLED * len(table.cells) and full_rows >= MOST * table.rows
