"""Setting a table on pages: rows that do not fit go over whole or are cut between two lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from .fonts import sign
from .lines import broken
from .model import Cell, Run, Style, Table, placed
from .pens import Face, Pen

LEADING = 1.5  # line height over font size: room for a tone mark over an upper vowel
RAISED = 0.62  # size of a superscript over the size of its line
ZEBRA, BLACK, WHITE = "#eeeeee", "#000000", "#ffffff"

Segment = tuple[float, float, float]  # a rule: where it lies, and from where to where


def face_of(run: Run, style: Style, *, is_bold: bool = False) -> Face:
    """Return the face a run is set in."""
    if run.is_sign:
        return "dingbats" if style.has_symbol_font and run.text != "√" else "symbols"
    return "bold" if is_bold else "regular"


def glyphs(run: Run, style: Style) -> str:
    """Return the characters to draw for a run."""
    if run.is_sign:
        return sign(run.text, is_private=face_of(run, style) == "dingbats")
    return run.text


@dataclass
class _Line:
    runs: list[Run]
    is_boxed: bool = False


@dataclass
class _Box:
    """A cell on its grid with its broken lines and how many of them stand on a page already."""

    row: int
    column: int
    cell: Cell
    lines: list[_Line]
    drawn: int = 0


@dataclass
class _Strip:
    """A row, or the part of one between two page breaks."""

    row: int
    height: float
    first: int = 0
    last: int | None = None  # None: all lines from the first on

    @property
    def is_cut(self) -> bool:
        return self.first > 0 or self.last is not None


@dataclass
class TableSetter:
    """Sets one table between two edges; `turn_page` begins a page and returns where it starts."""

    pen: Pen
    style: Style
    table: Table
    x0: float
    x1: float
    boxes: list[_Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        total = sum(self.table.widths)
        self.edges = [self.x0]
        for width in self.table.widths:
            self.edges.append(self.edges[-1] + width / total * (self.x1 - self.x0))
        self.leading = self.style.size * LEADING
        self.pad = self.style.padding
        # Without rules between them, rows must stand further apart than lines.
        self.pad_y = max(self.pad * 0.7, 1.5) + (2.5 if self.table.rules != "full" else 0.0)
        for row, column, cell in placed(self.table):
            limit = self.edges[column + cell.column_span] - self.edges[column] - 2 * self.pad
            limit -= 4.0 if cell.is_boxed else 0.0
            measured = partial(self._width, is_bold=cell.is_bold)
            lines = [
                _Line(line, cell.is_boxed and n + 1 == len(cell.paragraphs))
                for n, paragraph in enumerate(cell.paragraphs)
                for line in broken(paragraph, limit, measured)
            ]
            self.boxes.append(_Box(row, column, cell, lines))
        self.heights = self._heights()

    def _width(self, run: Run, *, is_bold: bool) -> float:
        size = self.style.size * (RAISED if run.is_super else 1.0)
        face = face_of(run, self.style, is_bold=is_bold)
        return self.pen.width(glyphs(run, self.style), size, face)

    def _heights(self) -> list[float]:
        empty = self.leading + 2 * self.pad_y
        heights = [empty] * len(self.table.rows)
        for box in self.boxes:
            need = len(box.lines) * self.leading + 2 * self.pad_y
            rows = range(box.row, box.row + box.cell.row_span)
            if box.cell.row_span == 1:
                heights[box.row] = max(heights[box.row], need)
        for box in self.boxes:
            need = len(box.lines) * self.leading + 2 * self.pad_y
            rows = range(box.row, box.row + box.cell.row_span)
            missing = need - sum(heights[row] for row in rows)
            if missing > 0:
                heights[rows[-1]] += missing
        return heights

    @property
    def height(self) -> float:
        """The height of the table on one page."""
        return sum(self.heights)

    def start_height(self) -> float:
        """The height of the header and the first row, or its first lines: they stay together."""
        first = self.table.header_rows
        height = self.heights[first]
        lines = max((len(box.lines) for box in self._of(first)), default=0)
        if self.style.can_cut_rows and height <= lines * self.leading + 2 * self.pad_y:
            height = min(height, self.leading * 2 + 2 * self.pad_y)
        return sum(self.heights[:first]) + height

    def set(self, y: float, bottom: float, turn_page: Callable[[], float]) -> float:
        """Draw the table from y on; return where it ends."""
        header = [_Strip(row, self.heights[row]) for row in range(self.table.header_rows)]
        strips, top = list(header), y
        used = sum(strip.height for strip in strips)
        pending = [
            _Strip(row, self.heights[row])
            for row in range(self.table.header_rows, len(self.table.rows))
        ]
        while pending:
            strip = pending.pop(0)
            if top + used + strip.height <= bottom:
                strips.append(strip)
                used += strip.height
                continue
            fit = int((bottom - top - used - 2 * self.pad_y) / self.leading)
            most = max((len(box.lines) for box in self._of(strip.row)), default=0) - strip.first
            if self.style.can_cut_rows and 1 <= fit < most:
                height = fit * self.leading + 2 * self.pad_y
                strips.append(_Strip(strip.row, height, strip.first, strip.first + fit))
                rest = (most - fit) * self.leading + 2 * self.pad_y
                pending.insert(0, _Strip(strip.row, rest, strip.first + fit))
            elif not strips or (strips == header and top + used + strip.height > bottom):
                raise ValueError(f"row {strip.row + 1} is higher than a page")
            else:
                pending.insert(0, strip)
            self._draw(strips, top, is_end=False)
            top = turn_page()
            strips = list(header) if self.style.is_header_repeated else []
            for box in self.boxes:
                if box.row < self.table.header_rows:
                    box.drawn = 0
            used = sum(strip.height for strip in strips)
        self._draw(strips, top, is_end=True)
        return top + used

    def _of(self, row: int) -> list[_Box]:
        return [box for box in self.boxes if box.row == row and box.cell.row_span == 1]

    def _draw(self, strips: list[_Strip], top: float, *, is_end: bool) -> None:
        tops: list[float] = [top]
        for strip in strips:
            tops.append(tops[-1] + strip.height)
        rows = [strip.row for strip in strips]
        flat: list[Segment] = []
        upright: list[Segment] = []
        drawn: list[tuple[_Box, float, float, int]] = []
        for box in self.boxes:
            inside = [
                n for n, row in enumerate(rows) if box.row <= row < box.row + box.cell.row_span
            ]
            if inside:
                drawn.append((box, tops[inside[0]], tops[inside[-1] + 1], inside[0]))
        for box, y0, y1, _ in drawn:
            self._fill(box, y0, y1)
        for box, y0, y1, n in drawn:
            x0, x1 = self.edges[box.column], self.edges[box.column + box.cell.column_span]
            self._lines(box, strips[n], x0, x1, y0, y1)
            flat += [(y0, x0, x1), (y1, x0, x1)]
            upright += [(x0, y0, y1), (x1, y0, y1)]
        is_open = bool(strips and strips[-1].last is not None and self.style.variant % 3 == 0)
        if is_open:
            flat = [one for one in flat if one[0] != tops[-1]]
        rules = self.table.rules
        if rules == "booktabs":
            header = tops[sum(1 for row in rows if row < self.table.header_rows)]
            keep = {header} | ({tops[-1]} if is_end else set())
            keep |= {tops[0]} if rows[0] == 0 else set()
            flat = [one for one in flat if one[0] in keep]
        if rules in ("full", "rows", "booktabs"):
            self._rule(flat, is_flat=True)
        if rules == "full":
            self._rule(upright, is_flat=False)

    def _fill(self, box: _Box, y0: float, y1: float) -> None:
        colour = ""
        if box.row < self.table.header_rows:
            colour = self.style.header_fill
        elif self.table.rules == "zebra" and (box.row - self.table.header_rows) % 2:
            colour = ZEBRA
        if colour:
            right = self.edges[box.column + box.cell.column_span]
            self.pen.fill(self.edges[box.column], y0, right, y1, colour)

    def _rule(self, segments: list[Segment], *, is_flat: bool) -> None:
        if self.style.rule_kind != "cell":
            segments = _merged(segments)
        width = self.style.rule_width
        for at, start, end in segments:
            if self.style.rule_kind == "rect":
                a, b, c, d = start, at - width / 2, end, at + width / 2
                self.pen.fill(*((a, b, c, d) if is_flat else (b, a, d, c)), BLACK)
            elif is_flat:
                self.pen.line(start, at, end, at, width)
            else:
                self.pen.line(at, start, at, end, width)

    def _lines(self, box: _Box, strip: _Strip, x0: float, x1: float, y0: float, y1: float) -> None:
        room = int((y1 - y0 - 2 * self.pad_y) / self.leading + 0.01)
        if box.cell.row_span == 1:
            lines = box.lines[strip.first : strip.last]
        else:
            lines = box.lines[box.drawn : box.drawn + room]
            box.drawn += len(lines)
        y = y0 + self.pad_y
        is_header = box.row < self.table.header_rows
        if (is_header or self.style.is_middle) and not strip.is_cut:
            y = (y0 + y1 - len(lines) * self.leading) / 2
        dark = is_header and self.style.header_fill.startswith("#1")
        boxed: list[float] = []
        for line in lines:
            self._line(line, box.cell, x0, x1, y, WHITE if dark else BLACK)
            if line.is_boxed:
                boxed += [y, y + self.leading]
            y += self.leading
        if boxed:
            inset = self.pad - 1
            self.pen.box(x0 + inset, min(boxed) + 0.5, x1 - inset, max(boxed) - 0.5, 0.5)

    def _line(self, line: _Line, cell: Cell, x0: float, x1: float, y: float, colour: str) -> None:
        length = sum(self._width(run, is_bold=cell.is_bold) for run in line.runs)
        inset = self.pad + (2.0 if cell.is_boxed else 0.0)
        x = {"left": x0 + inset, "center": (x0 + x1 - length) / 2, "right": x1 - inset - length}[
            cell.align
        ]
        set_runs(self.pen, self.style, line.runs, x, y, self.style.size, cell.is_bold, colour)


def set_runs(
    pen: Pen,
    style: Style,
    line: list[Run],
    x: float,
    y: float,
    size: float,
    is_bold: bool = False,
    colour: str = BLACK,
) -> None:
    """Draw the runs of a line whose top is y, from x on."""
    for run in line:
        face = face_of(run, style, is_bold=is_bold)
        height = size * (RAISED if run.is_super else 1.0)
        baseline = y + size * 1.08 - (size * 0.38 if run.is_super else 0.0)
        text = glyphs(run, style)
        pen.text(x, baseline, text, height, face, colour)
        x += pen.width(text, height, face)


def _merged(segments: list[Segment]) -> list[Segment]:
    """Join the segments that lie on one line and touch."""
    joined: list[Segment] = []
    for at, start, end in sorted((round(a, 3), round(b, 3), round(c, 3)) for a, b, c in segments):
        if joined and joined[-1][0] == at and start <= joined[-1][2] + 0.01:
            joined[-1] = (at, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((at, start, end))
    return joined
