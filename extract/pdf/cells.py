"""A table on a page: its cells, where they stand and the runs of text in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area

# In em: a run that reaches this far over an edge of its cell is cut there.
CROSSING = 0.5
# In em: text stands this far above its baseline.
MIDDLE = 0.3


@dataclass(slots=True)
class CellShape:
    """A cell by row and column (from 0), with its spans, its area and the runs that lie in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Area
    runs: list[Run] = field(default_factory=list)
    turned: list[Run] = field(default_factory=list)  # in the frame that their text is upright in


@dataclass(slots=True)
class TableShape:
    """A table, or the part of one that stands on a page.

    ``xs`` and ``ys`` are the edges of its columns and rows, where rules give them; ``edges`` are
    those of the columns where white space does. ``open_top`` and ``open_bottom`` say that its
    upright rules go on where no rule closes it.
    """

    area: Area
    rows: int
    columns: int
    cells: list[CellShape]
    xs: Sequence[float] = ()
    ys: Sequence[float] = ()
    open_top: bool = False
    open_bottom: bool = False
    edges: Sequence[float] = ()
    _at: dict[tuple[int, int], CellShape] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        """How many cells hold text."""
        return sum(1 for cell in self.cells if cell.runs or cell.turned)

    def has(self, area: Area) -> bool:
        """Say whether the middle of an area lies in the table."""
        return self.area.holds((area.x0 + area.x1) / 2, (area.top + area.bottom) / 2)

    def take(self, run: Run, page: Glyphs) -> bool:
        """Put a run into the cells it lies in, cut where it crosses their edges.

        Returns False where it lies outside of the table.
        """
        middle = run.y - MIDDLE * run.size
        if not self.area.holds(run.middle, middle):
            return False
        row = min(bisect_right(self.ys, middle) - 1, self.rows - 1)
        while True:
            reach = min(CROSSING * run.size, (run.x1 - run.x0) / 2)
            column = max(0, min(bisect_right(self.xs, run.x0 + reach) - 1, self.columns - 1))
            cell = self._at[row, column]
            if run.x1 - reach <= cell.area.x1 or cell.area.x1 >= self.area.x1:
                cell.runs.append(run)
                return True
            here, *rest = page.cut(run, cell.area.x1)
            cell.runs.append(here)
            if not rest:
                return True
            run = rest[0]

    def take_turned(self, run: Run, area: Area) -> bool:
        """Put a run of turned text, that lies at ``area``, into the cell with its middle."""
        x, y = (area.x0 + area.x1) / 2, (area.top + area.bottom) / 2
        cell = next((cell for cell in self.cells if cell.area.holds(x, y)), None)
        if cell is not None:
            cell.turned.append(run)
        return cell is not None

    def parted(self, cuts: Mapping[int, Sequence[float]]) -> TableShape:
        """Return the table with rows parted at heights; a cell that spans several stays whole.

        A row that is parted is not cut by its page: its last line is a row of its own.
        """
        ys = sorted({*self.ys, *(y for own in cuts.values() for y in own)})
        boxes = []
        for cell in self.cells:
            first, last = (bisect_left(ys, y) for y in (cell.area.top, cell.area.bottom))
            height = 1 if cell.row_span == 1 and cuts.get(cell.row) else last - first
            starts = range(first, last, height)
            boxes += [(row, cell.column, height, cell.column_span) for row in starts]
        made = self._made_of(ys, boxes)
        made.open_top = self.open_top and not cuts.get(0)
        made.open_bottom = self.open_bottom and not cuts.get(self.rows - 1)
        return made

    def with_columns(self, cells: Iterable[CellShape]) -> TableShape:
        """Return the table with some of its cells parted into their columns."""
        parted = set(map(id, cells))
        boxes = []
        for cell in self.cells:
            width = 1 if id(cell) in parted else cell.column_span
            starts = range(cell.column, cell.column + cell.column_span, width)
            boxes += [(cell.row, column, cell.row_span, width) for column in starts]
        return self._made_of(self.ys, boxes)

    def _made_of(
        self, ys: Sequence[float], boxes: Iterable[tuple[int, int, int, int]]
    ) -> TableShape:
        """Make a table of parts of its cells, and put the runs into them."""
        made = framed(self.xs, ys, boxes)
        made.open_top, made.open_bottom = self.open_top, self.open_bottom
        for cell in self.cells:
            last = cell.column + cell.column_span - 1
            for run in cell.runs:
                row = min(bisect_right(ys, run.y - MIDDLE * run.size) - 1, made.rows - 1)
                column = bisect_right(self.xs, run.middle) - 1
                made._at[row, max(cell.column, min(column, last))].runs.append(run)
        return made


def framed(
    xs: Sequence[float], ys: Sequence[float], boxes: Iterable[tuple[int, int, int, int]]
) -> TableShape:
    """Make a table of column and row edges, and of boxes (row, column, row span, column span)."""
    table = TableShape(Area(xs[0], ys[0], xs[-1], ys[-1]), len(ys) - 1, len(xs) - 1, [], xs, ys)
    for row, column, height, width in sorted(boxes):
        area = Area(xs[column], ys[row], xs[column + width], ys[row + height])
        cell = CellShape(row, column, height, width, area)
        table.cells.append(cell)
        for one in range(row, row + height):
            for other in range(column, column + width):
                table._at[one, other] = cell
    return table
