"""Rules that a scan has lost in places, as it does hairlines: what is left of their table tells.

A cell over several columns is one for each where all its text keeps to them and stands in two or
more: a rule parts these columns elsewhere in the table. Where a table has lost upright rules so,
level ones are lost too. Then a row is several where dashes stand at one height between the text of
two or more of its cells, and nothing else does: they are a rule; and where a column of codes that
count on, as O12 and O13, or lines at the same heights in all columns, prove it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from extract.pdf.cells import MIDDLE, CellShape, TableShape
from extract.pdf.lines import WRAP_CELL, Line, by_baseline, lines_of, passages
from extract.pdf.runs import Run
from extract.pdf.whites import count_on

# In em: text of a column reaches no further over its edges.
OVER = 0.25
# What pieces of a level rule are read as.
_DASHES = frozenset("-–—_~.·'")
# A rule that is lost leaves something in so many cells at least.
MIN_CELLS = 2
# Each of the rows that are told by their lines fills so many cells.
MIN_FILLED = 3
# In em: a line is beside another if its height differs by no more; that of a tick may.
BESIDE = 0.6


def with_lost_rules(table: TableShape) -> TableShape:
    """Part the cells of a scanned table that are several; it must hold its runs already."""
    wide = [cell for cell in table.cells if cell.column_span > 1 and _is_several(cell, table.xs)]
    if not wide:
        return table
    table = table.with_columns(wide)
    for find in (_dash_cuts, _line_cuts):
        rows: dict[int, list[CellShape]] = {}
        for cell in table.cells:
            if cell.row_span == 1:
                rows.setdefault(cell.row, []).append(cell)
        cuts = {row: list(find(cells)) for row, cells in rows.items()}
        table = table.parted(cuts) if any(cuts.values()) else table
    return table


def _is_several(cell: CellShape, xs: Sequence[float]) -> bool:
    """Say whether the runs of a cell stand in two or more of its columns, each within one."""
    columns = set()
    for run in cell.runs:
        column = bisect_right(xs, run.middle) - 1
        over = OVER * run.size
        if column < 0 or run.x0 < xs[column] - over or run.x1 > xs[column + 1] + over:
            return False
        columns.add(column)
    return len(columns) > 1


def _dash_cuts(cells: list[CellShape]) -> Iterator[float]:
    """Yield the heights of dashes that are a rule between text, and take them out of the cells."""
    for line in by_baseline([run for cell in cells for run in cell.runs]):
        if not all(map(is_dash, line)):
            continue
        held = set(map(id, line))
        own = [cell for cell in cells if any(id(run) in held for run in cell.runs)]
        y = sum(run.y for run in line) / len(line)
        # The dash of an empty cell stands alone in it.
        is_between = all(_has_text(cell, -inf, y) and _has_text(cell, y, inf) for cell in own)
        if len(own) >= MIN_CELLS and is_between:
            for cell in own:
                cell.runs = [run for run in cell.runs if id(run) not in held]
            yield y - MIDDLE * line[0].size


def _has_text(cell: CellShape, above: float, below: float) -> bool:
    return any(above < run.y < below and not is_dash(run) for run in cell.runs)


def is_dash(run: Run) -> bool:
    """Say whether a text is nothing but what pieces of a rule are read as."""
    return _DASHES.issuperset(run.text.replace(" ", ""))


def _line_cuts(cells: list[CellShape]) -> Iterator[float]:
    """Yield the heights at which a row is to be parted because its lines are rows."""
    filled = [cell for cell in cells if cell.runs]
    columns = [lines_of(cell.runs) for cell in filled]
    codes = next((own for own in columns if count_on([line.text for line in own])), None)
    first = codes or (columns[0] if len(filled) == len(cells) else [])
    if len(columns) < MIN_FILLED or len(first) < 2:
        return
    near = BESIDE * first[0].size
    heights = [line.y for line in first]
    if min(after - before for before, after in pairwise(heights)) <= 2 * near:
        return
    beside = [[_beside(own, y, near) for own in columns] for y in heights]
    counts = {sum(found) for found in beside}
    if len(counts) > 1 or min(counts) < MIN_FILLED or not all(map(any, zip(*beside, strict=True))):
        return
    is_full = counts == {len(columns)} and all(len(own) == len(first) for own in columns)
    if codes is None and not is_full:
        return
    cuts = [_gap(columns, before, after) for before, after in pairwise(heights)]
    if not any(
        _joins(cell, own, cut) for cell, own in zip(filled, columns, strict=True) for cut in cuts
    ):
        yield from (cut - MIDDLE * first[0].size for cut in cuts)


def _beside(lines: list[Line], y: float, near: float) -> bool:
    return any(abs(line.y - y) <= near for line in lines)


def _gap(columns: list[list[Line]], above: float, below: float) -> float:
    """Return the middle of the widest gap between the lines of all columns, from one to another."""
    placed = sorted({above, below, *(o.y for own in columns for o in own if above < o.y < below)})
    before, after = max(pairwise(placed), key=lambda step: step[1] - step[0])
    return (before + after) / 2


def _joins(cell: CellShape, lines: list[Line], cut: float) -> bool:
    """Say whether the text of a cell goes on from the line above a cut to that below it."""
    above, below = (
        [line for line in lines if (line.y < cut) is is_above] for is_above in (True, False)
    )
    if not above or not below:
        return False
    margin = WRAP_CELL * (cell.area.x1 - cell.area.x0)
    return len(passages([above[-1], below[0]], cell.area.x1, margin)) == 1
