"""The report as an .xlsx workbook, for a spreadsheet program.

A sheet cannot show page frames or boxes inside a cell, so these are left out here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from .fonts import DINGBATS, SYMBOLS, line_height, sign
from .lines import broken
from .model import (
    Block,
    Break,
    Cell,
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
    placed,
    runs,
)
from .pens import Face, ReportLabPen
from .pictures import logo

MARGIN_INCHES = 0.6
POINTS_PER_CHARACTER = 5.8  # a unit of column width, with room to spare
INDENT = 14.0  # the gap between columns that no rule parts, on both sides
TIGHT = 0.9  # part of a column that the text is taken to fill
# Layouts whose tables share a sheet; elsewhere each table has its own.
STACKED = ("several", "booktabs", "unruled", "zebra")
AMOUNT = re.compile(r"[\d,]+\.\d\d")
ACCOUNTING = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'


def write_xlsx(report: Report, path: Path) -> None:
    """Write the report."""
    _Writer(report).save(path)


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report, self.style = report, report.style
        self.book: Any = Workbook()
        self.sheet: Any = self.book.active
        self.row = 1
        self.has_table = self.has_pair = False
        self.is_stacked = report.layout in STACKED
        width, _ = self.style.page
        self.width = width - 2 * 72 * MARGIN_INCHES
        self._new_page(self.sheet)
        tables = list(report.tables())
        self.columns = max(len(table.widths) for table in tables)
        self._columns(tables[0])
        self.pen = ReportLabPen(self.style)  # measures only
        self.leading = self.style.size * line_height(self.style.font)

    def save(self, path: Path) -> None:
        blocks = self.report.blocks
        for n, block in enumerate(blocks):
            following = next((one for one in blocks[n + 1 :] if not isinstance(one, Heading)), None)
            starts_table = isinstance(block, Table | Pair) or (
                isinstance(block, Heading) and isinstance(following, Table | Pair)
            )
            table = following if isinstance(block, Heading) else block
            is_apart = self.has_pair or isinstance(table, Pair) or not self.is_stacked
            if starts_table and self.has_table and is_apart:
                self._new_sheet(table)
            self._block(block)
        self.book.save(path)

    def _new_sheet(self, block: Block | None) -> None:
        self.sheet = self.book.create_sheet()
        self._new_page(self.sheet)
        self.row, self.has_table, self.has_pair = 1, False, False
        if isinstance(block, Table):
            self._columns(block)

    def _new_page(self, sheet: Any) -> None:
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if self.style.is_landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for side in ("left", "right", "top", "bottom"):
            setattr(sheet.page_margins, side, MARGIN_INCHES)
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        if self.style.has_running_lines:
            size = round(self.style.size - 1.5)
            font = f'&"{self.style.font},Regular"&{size}'
            sheet.oddHeader.right.text = f"{font} {self.report.running_head}"
            sheet.oddFooter.center.text = f"{font} หน้า &P"

    def _columns(self, table: Table) -> None:
        """Set the column widths for a table, and where tables share a sheet for all of them."""
        tables = list(self.report.tables()) if self.is_stacked else [table]
        self.columns = max(len(one.widths) for one in tables)
        for n in range(self.columns):
            share = max(one.widths[n] / sum(one.widths) for one in tables if n < len(one.widths))
            if len(tables) > 1:
                share = min(share, 0.44)
            letter = get_column_letter(n + 1)
            self.sheet.column_dimensions[letter].width = share * self.width / POINTS_PER_CHARACTER

    def _font(self, size: float, *, is_bold: bool = False, colour: str = "000000") -> Font:
        return Font(name=self.style.font, size=size, bold=is_bold, color=colour)

    def _value(self, text: str, size: float, is_bold: bool) -> Any:
        pieces = runs(text)
        if not any(run.is_super or run.is_sign for run in pieces):
            return text
        blocks = []
        for run in pieces:
            family, shown = self.style.font, run.text
            if run.is_sign:
                is_private = self.style.has_symbol_font and run.text != "√"
                family = DINGBATS if is_private else SYMBOLS
                shown = sign(run.text, is_private=is_private)
            font = InlineFont(rFont=family, sz=size, b=is_bold and not run.is_sign)
            if run.is_super:
                font.vertAlign = "superscript"
            blocks.append(TextBlock(font, shown))
        return CellRichText(*blocks)

    def _line(
        self,
        text: str,
        *,
        size: float = 0,
        is_bold: bool = False,
        align: str = "left",
        lines: int = 1,
    ) -> Any:
        """Write a text over all columns of the sheet and go to the next row."""
        size = size or self.style.size
        place = self.sheet.cell(self.row, 1, self._value(text, size, is_bold))
        place.font = self._font(size, is_bold=is_bold)
        place.alignment = Alignment(horizontal=align, vertical="top", wrap_text=lines > 1)
        self.sheet.merge_cells(
            start_row=self.row, end_row=self.row, start_column=1, end_column=self.columns
        )
        self.sheet.row_dimensions[self.row].height = 1.3 * self.leading * lines
        self.row += 1
        return place

    def _lines_of(self, text: str) -> int:
        return int(len(text) * self.style.size * 0.5 / self.width) + 1

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                if block.has_logo:
                    picture = Image(str(logo()))
                    picture.width = picture.height = 56
                    self.sheet.add_image(picture, f"{get_column_letter(self.columns // 2 + 1)}1")
                    self.sheet.row_dimensions[1].height = 48
                    self.row = 2
                for line in block.lines:
                    self._line(line, size=self.style.size + 3, is_bold=True, align="center")
            case Heading():
                place = self._line(block.text, size=self.style.size + 1, is_bold=True)
                if block.is_underlined:
                    place.font = Font(
                        name=self.style.font,
                        size=self.style.size + 1,
                        bold=True,
                        underline="single",
                    )
            case Text():
                self._line(block.text, lines=self._lines_of(block.text))
                self.row += 1
            case Note():
                first = self.row
                self._line(block.text, lines=self._lines_of(block.text))
                self._frame(first, self.columns)
                self.row += 1
            case FillIn():
                self._fill_in(block)
            case Signature():
                self._signature(block)
            case Table():
                self._table(block, 1)
                self.row += 1
            case Pair():
                self._pair(block)
            case Break():
                pass

    def _frame(self, row: int, last: int) -> None:
        side = self._side()
        for column in range(1, last + 1):
            self.sheet.cell(row, column).border = Border(
                top=side,
                bottom=side,
                left=side if column == 1 else None,
                right=side if column == last else None,
            )

    def _fill_in(self, block: FillIn) -> None:
        dotted = Side(style="dotted")
        for label in block.labels:
            place = self.sheet.cell(self.row, 1, label)
            place.font = self._font(self.style.size)
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=1, end_column=2
            )
            for column in range(3, self.columns + 1):
                self.sheet.cell(self.row, column).border = Border(bottom=dotted)
            self.sheet.row_dimensions[self.row].height = self.leading
            self.row += 1
        self.row += 1

    def _signature(self, block: Signature) -> None:
        self.row += 1
        for line in block.lines:
            start = self.columns // 2 + 1
            place = self.sheet.cell(self.row, start, line)
            place.font = self._font(self.style.size)
            place.alignment = Alignment(horizontal="center")
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=start, end_column=self.columns
            )
            self.sheet.row_dimensions[self.row].height = self.leading
            self.row += 1

    def _pair(self, block: Pair) -> None:
        """Put two tables side by side, with an empty column between them."""
        start = len(block.left.widths) + 2
        for offset, table in ((0, block.left), (start - 1, block.right)):
            for n, share in enumerate(table.widths):
                letter = get_column_letter(offset + n + 1)
                self.sheet.column_dimensions[letter].width = (
                    share / sum(table.widths) * self.width * 0.46 / POINTS_PER_CHARACTER
                )
        self.sheet.column_dimensions[get_column_letter(start - 1)].width = 3
        first = self.row
        self._table(block.left, 1)
        heights = {row: self.sheet.row_dimensions[row].height for row in range(first, self.row)}
        end, self.row = self.row, first
        self._table(block.right, start)
        for row, height in heights.items():
            here = self.sheet.row_dimensions[row]
            here.height = max(here.height or 0, height)
        self.row = max(self.row, end) + 1
        self.has_pair = True

    def _side(self) -> Side:
        width = self.style.rule_width
        return Side(style="hair" if width < 0.5 else "thin" if width < 1 else "medium")

    def _table(self, table: Table, start: int) -> None:
        top = self.row
        if self.style.is_header_repeated and not self.has_table:
            self.sheet.print_title_rows = f"{top}:{top + table.header_rows - 1}"
        for row, column, cell in placed(table):
            self._cell(table, cell, row, top + row, start + column)
        # The program gives rows no height of its own when it reads a workbook.
        # Without rules between them, rows must stand further apart than lines.
        gap = 3.0 if table.rules == "full" else 8.0
        lines = [1] * len(table.rows)
        for row, column, cell in placed(table):
            needed = self._wrapped(cell, start + column) - sum(lines[row : row + cell.row_span - 1])
            last = row + cell.row_span - 1
            lines[last] = max(lines[last], needed)
        for row, count in enumerate(lines):
            self.sheet.row_dimensions[top + row].height = count * self.leading + gap
        self.row = top + len(table.rows)
        self.has_table = True

    def _wrapped(self, cell: Cell, column: int) -> int:
        """Return the lines that a cell needs, rather too many than too few."""
        width = sum(
            self.sheet.column_dimensions[get_column_letter(column + n)].width
            for n in range(cell.column_span)
        )
        limit = width * POINTS_PER_CHARACTER * TIGHT - INDENT
        face: Face = "bold" if cell.is_bold else "regular"

        def measured(run: Run) -> float:
            return self.pen.width(run.text, self.style.size, face)

        return max(1, sum(len(broken(text, limit, measured)) for text in cell.paragraphs))

    def _cell(self, table: Table, cell: Cell, row: int, at: int, column: int) -> None:
        style = self.style
        is_header = row < table.header_rows
        text = "\n".join(cell.paragraphs)
        place = self.sheet.cell(at, column)
        if AMOUNT.fullmatch(text) and text.isascii() and style.variant % 4 < 3:
            place.value = float(text.replace(",", ""))
            place.number_format = ACCOUNTING if style.variant % 2 else "#,##0.00"
        elif text:
            place.value = self._value(text, style.size, cell.is_bold)
            place.data_type = "s"
        dark = is_header and style.header_fill.startswith("#1")
        place.font = self._font(
            style.size, is_bold=cell.is_bold, colour="FFFFFF" if dark else "000000"
        )
        is_middle = is_header or style.is_middle
        place.alignment = Alignment(
            horizontal=cell.align,
            vertical="center" if is_middle else "top",
            wrap_text=True,
            indent=0 if table.rules == "full" or cell.align == "center" else 1,
        )
        fill = style.header_fill.removeprefix("#") if is_header else ""
        if table.rules == "zebra" and not is_header and (row - table.header_rows) % 2:
            fill = "EEEEEE"
        last_row, last_column = at + cell.row_span - 1, column + cell.column_span - 1
        for y in range(at, last_row + 1):
            for x in range(column, last_column + 1):
                one = self.sheet.cell(y, x)
                one.border = self._border(table, row + y - at)
                if fill:
                    one.fill = PatternFill("solid", fgColor=fill)
        if (last_row, last_column) != (at, column):
            self.sheet.merge_cells(
                start_row=at, end_row=last_row, start_column=column, end_column=last_column
            )

    def _border(self, table: Table, row: int) -> Border:
        side = self._side()
        if table.rules == "full":
            return Border(top=side, bottom=side, left=side, right=side)
        if table.rules == "rows":
            return Border(top=side, bottom=side)
        if table.rules == "booktabs":
            return Border(
                top=side if row == 0 else None,
                bottom=side if row in (table.header_rows - 1, len(table.rows) - 1) else None,
            )
        return Border()
