"""Rules that a scan has lost in places, as it does hairlines: what is left of their table tells.

A cell over several columns is one for each where all its text keeps to them and stands in two or
more: a rule parts these columns elsewhere in the table. A row is several where dashes stand at one
height between the text of two or more of its cells, and nothing else does: they are a rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import inf

from extract.pdf.cells import MIDDLE, CellShape, TableShape
from extract.pdf.lines import by_baseline
from extract.pdf.runs import Run

# In em: text of a column reaches no further over its edges.
OVER = 0.25
# What pieces of a level rule are read as.
_DASHES = frozenset("-–—_~.·'")
# A rule that is lost leaves something in so many cells at least.
MIN_CELLS = 2


def with_lost_rules(table: TableShape) -> TableShape:
    """Part the cells of a scanned table that are several; it must hold its runs already."""
    wide = [cell for cell in table.cells if cell.column_span > 1 and _is_several(cell, table.xs)]
    if wide:
        table = table.with_columns(wide)
    rows: dict[int, list[CellShape]] = {}
    for cell in table.cells:
        if cell.row_span == 1:
            rows.setdefault(cell.row, []).append(cell)
    cuts = {row: list(_cuts(cells)) for row, cells in rows.items()}
    return table.parted(cuts) if any(cuts.values()) else table


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


def _cuts(cells: list[CellShape]) -> Iterator[float]:
    """Yield the heights of dashes that are a rule between text, and take them out of the cells."""
    for line in by_baseline([run for cell in cells for run in cell.runs]):
        if not all(map(_is_dash, line)):
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
    return any(above < run.y < below and not _is_dash(run) for run in cell.runs)


def _is_dash(run: Run) -> bool:
    return _DASHES.issuperset(run.text.replace(" ", ""))
