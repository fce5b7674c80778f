"""Rows that no rule parts, in tables whose columns have rules, as spreadsheets print them.

What looks like one tall row is many where its columns prove it: two or more hold nothing but
numbers, which stand at the same heights, and beside each of these stands a name. Wrapped text is no
name, and a list beside one line is no column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import inf

from extract.pdf.cells import MIDDLE, CellShape, TableShape
from extract.pdf.lines import ONE_LINE, WRAP_CELL, Line, lines_of, passages

# So many rows, in so many columns of numbers, are proof.
MIN_ROWS, MIN_COLUMNS = 3, 2
# In em: steps that differ by less are alike.
SAME_STEP = 0.05
_VALUE = re.compile(r"[-–(]?[0-9๐-๙][0-9๐-๙,.]*[)%]?|[-–]")
_DIGIT = re.compile(r"[0-9๐-๙]")

# A cell, and its lines by their level: the number of their height, from the top of the row.
Levels = tuple[CellShape, dict[int, Line]]


def with_open_rows(table: TableShape) -> TableShape:
    """Part the rows of a table that are proved to be several; it must hold its runs already."""
    rows: dict[int, list[CellShape]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, []).append(cell)
    cuts = {row: list(_cuts(cells)) for row, cells in rows.items()}
    return table.parted(cuts) if any(cuts.values()) else table


def _cuts(cells: list[CellShape]) -> Iterator[float]:
    """Yield the heights at which a row is to be parted."""
    if sum(len(cell.runs) >= MIN_ROWS for cell in cells) <= MIN_COLUMNS:
        return
    columns = _by_level([cell for cell in cells if cell.runs])
    if len(columns[0][1]) == 1 or any(cell.row_span > 1 for cell in cells):
        return
    valued = _valued(columns)
    if not valued:
        return
    last = max(max(own) for _, own in columns)
    steps = [_step(columns, n) for n in range(last)]
    size = next(iter(columns[0][1].values())).size
    usual = min((steps[n] for n in valued if n + 1 in valued), default=inf)
    for first, after in pairwise(sorted({0, *valued, last})):
        near = min(usual, max(steps[first:after])) - SAME_STEP * size
        is_joined = False
        for n in range(first, after):
            is_joined = _are_joined(columns, n, steps[n] < near, is_joined)
            if not is_joined:
                upper = max(own[n].y for _, own in columns if n in own)
                lower = min(own[n + 1].y for _, own in columns if n + 1 in own)
                yield (upper + lower) / 2 - MIDDLE * size


def _by_level(cells: list[CellShape]) -> list[Levels]:
    """Number the heights that lines of several cells share."""
    found: list[Levels] = [(cell, {}) for cell in cells]
    placed = [(line.y, n, line) for n, cell in enumerate(cells) for line in lines_of(cell.runs)]
    level, y = -1, -inf
    for _, n, line in sorted(placed, key=lambda entry: entry[:2]):
        if line.y - y > ONE_LINE * line.size:
            level, y = level + 1, line.y
        found[n][1][level] = line
    return found


def _valued(columns: list[Levels]) -> set[int]:
    """Return the levels that hold numbers, if these prove that the levels are rows."""
    counts: Counter[int] = Counter()
    texts = []
    for cell, own in columns:
        parts = [line.text.strip() for line in own.values()]
        if all(map(_VALUE.fullmatch, parts)) and any(map(_DIGIT.search, parts)):
            counts.update(own.keys())
        else:
            texts.append((own, (1 - WRAP_CELL) * (cell.area.x1 - cell.area.x0)))
    rows = {level for level, count in counts.items() if count >= MIN_COLUMNS}
    is_named = any(
        2 * sum(own[n].x1 - own[n].x0 <= wide for n in rows) > len(rows)
        for own, wide in texts
        if own.keys() >= rows
    )
    return set(counts) if is_named and len(rows) >= MIN_ROWS else set()


def _step(columns: list[Levels], n: int) -> float:
    """Return how far apart two levels are, by the lines of one cell where it has both."""
    for _, own in columns:
        if n in own and n + 1 in own:
            return own[n + 1].y - own[n].y
    above, below = (min(own[one].y for _, own in columns if one in own) for one in (n, n + 1))
    return below - above


def _are_joined(columns: list[Levels], n: int, is_near: bool, is_above_joined: bool) -> bool:
    """Say whether a level and the next are one row: text that is wrapped, and starts nothing new.

    Where its lines are no nearer than rows are, only one that stands alone can be told.
    """
    above = [cell for cell, own in columns if n in own]
    both = [(cell, own[n], own[n + 1]) for cell, own in columns if n in own and n + 1 in own]
    below = sum(n + 1 in own for _, own in columns)
    if is_near:
        return len(both) in (below, len(above))
    if not both or (below > 1 and (len(above) > 1 or is_above_joined)):
        return False
    return all(
        len(passages(lines, cell.area.x1, WRAP_CELL * (cell.area.x1 - cell.area.x0))) == 1
        for cell, *lines in both
    )
