"""The typesetter of the libraries that only draw: it sets a report's blocks down the pages."""

from __future__ import annotations

from pathlib import Path

from .lines import broken
from .model import (
    Block,
    Break,
    FillIn,
    Heading,
    Note,
    Pair,
    Report,
    Run,
    Signature,
    Table,
    Text,
    Title,
)
from .pens import Pen
from .pictures import logo
from .tables import LEADING, RAISED, TableSetter, face_of, glyphs, set_runs

MARGIN, FRAME = 48.0, 26.0
GAP = 12.0  # between a table and what follows
LOGO = 44.0


class Typesetter:
    """Sets one report with one pen."""

    def __init__(self, pen: Pen, report: Report) -> None:
        self.pen, self.report, self.style = pen, report, report.style
        self.width, self.height = self.style.page
        self.x0, self.x1 = MARGIN, self.width - MARGIN
        self.bottom = self.height - MARGIN - (14 if self.style.has_running_lines else 0)
        self.page, self.y = 0, 0.0

    def set(self, path: Path) -> None:
        """Set the report and save it."""
        self.turn_page()
        for n, block in enumerate(self.report.blocks):
            following = self.report.blocks[n + 1] if n + 1 < len(self.report.blocks) else None
            self._block(block, following)
        self.pen.save(path)

    def turn_page(self) -> float:
        """Begin a page and return where its text starts."""
        self.pen.start_page()
        self.page += 1
        self.y = MARGIN
        if self.style.has_frame:
            self.pen.box(FRAME, FRAME, self.width - FRAME, self.height - FRAME, 1.0)
        if self.style.has_running_lines:
            small = self.style.size - 1.5
            self._line(self.report.running_head, MARGIN - 16, small, "right")
            number = str(self.page)
            self._line(f"หน้า {number}", self.height - MARGIN - 8, small, "center")
        return self.y

    def _room(self, height: float) -> None:
        if self.y + height > self.bottom:
            self.turn_page()

    def _width(self, run: Run, size: float, is_bold: bool = False) -> float:
        height = size * (RAISED if run.is_super else 1.0)
        face = face_of(run, self.style, is_bold=is_bold)
        return self.pen.width(glyphs(run, self.style), height, face)

    def _line(
        self,
        text: str,
        y: float,
        size: float,
        align: str,
        is_bold: bool = False,
        middle: float | None = None,
    ) -> None:
        run = Run(text)
        length = self._width(run, size, is_bold)
        centre = (self.x0 + self.x1) / 2 if middle is None else middle
        x = {"left": self.x0, "center": centre - length / 2, "right": self.x1 - length}[align]
        set_runs(self.pen, self.style, [run], x, y, size, is_bold)

    def _paragraph(self, text: str, x0: float, x1: float) -> None:
        size = self.style.size
        for line in broken(text, x1 - x0, lambda run: self._width(run, size)):
            self._room(size * LEADING)
            set_runs(self.pen, self.style, line, x0, self.y, size)
            self.y += size * LEADING

    def _block(self, block: Block, following: Block | None) -> None:
        size = self.style.size
        if isinstance(block, Title):
            self._title(block)
        elif isinstance(block, Heading):
            need = 2 * size * LEADING + 12
            if isinstance(following, Table):
                setter = TableSetter(self.pen, self.style, following, self.x0, self.x1)
                need += setter.start_height()
            self._room(need)
            self._heading(block)
        elif isinstance(block, Text):
            self._paragraph(block.text, self.x0, self.x1)
            self.y += 6
        elif isinstance(block, FillIn):
            self._fill_in(block)
        elif isinstance(block, Note):
            self._note(block)
        elif isinstance(block, Signature):
            self._room(20 + len(block.lines) * size * LEADING)
            self.y += 20
            for line in block.lines:
                self._line(line, self.y, size, "center", middle=self.x0 * 0.3 + self.x1 * 0.7)
                self.y += size * LEADING
        elif isinstance(block, Table):
            setter = TableSetter(self.pen, self.style, block, self.x0, self.x1)
            self._room(setter.start_height())
            self.y = setter.set(self.y, self.bottom, self.turn_page) + GAP
        elif isinstance(block, Pair):
            middle = (self.x0 + self.x1) / 2
            left = TableSetter(self.pen, self.style, block.left, self.x0, middle - 12)
            right = TableSetter(self.pen, self.style, block.right, middle + 12, self.x1)
            self._room(max(left.height, right.height))
            ends = [one.set(self.y, self.bottom, self.turn_page) for one in (left, right)]
            self.y = max(ends) + GAP
        elif isinstance(block, Break):
            self.turn_page()

    def _title(self, block: Title) -> None:
        if block.has_logo:
            self.pen.image(logo(), (self.x0 + self.x1 - LOGO) / 2, self.y, LOGO)
            self.y += LOGO + 6
        for line in block.lines:
            self._line(line, self.y, self.style.size + 3, "center", is_bold=True)
            self.y += (self.style.size + 3) * LEADING
        self.y += 4

    def _heading(self, block: Heading) -> None:
        size = self.style.size + 1
        self.y += 4
        baseline = self.y + size * 1.08
        if block.is_spaced:
            self.pen.spaced(self.x0, baseline, block.text, size, "bold", 1.6)
        else:
            self._line(block.text, self.y, size, "left", is_bold=True)
        if block.is_underlined:
            length = self._width(Run(block.text), size, is_bold=True)
            self.pen.line(self.x0, baseline + 2.5, self.x0 + length, baseline + 2.5, 0.6)
        self.y += size * LEADING + 4

    def _fill_in(self, block: FillIn) -> None:
        size = self.style.size
        for label in block.labels:
            self._room(size * LEADING)
            self._line(label, self.y, size, "left")
            start = self.x0 + self._width(Run(label), size) + 4
            baseline = self.y + size * 1.08
            if self.style.variant % 2:
                self.pen.dashes(start, self.x1, baseline + 1)
            else:
                count = int((self.x1 - start) / self._width(Run("."), size))
                self.pen.text(start, baseline, "." * count, size, "regular")
            self.y += size * LEADING
        self.y += 6

    def _note(self, block: Note) -> None:
        size, inset = self.style.size, 6.0
        limit = self.x1 - self.x0 - 2 * inset
        count = len(broken(block.text, limit, lambda run: self._width(run, size)))
        height = count * size * LEADING + 2 * inset
        self._room(height + 10)
        self.y += 5
        self.pen.box(self.x0, self.y, self.x1, self.y + height, self.style.rule_width)
        self.y += inset
        self._paragraph(block.text, self.x0 + inset, self.x1 - inset)
        self.y += inset + GAP
