"""The report as a .docx file, for a word processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from .fonts import DINGBATS, SYMBOLS, sign
from .model import (
    Block,
    Break,
    Cell,
    FillIn,
    Heading,
    Note,
    Pair,
    Report,
    Signature,
    Style,
    Table,
    Text,
    Title,
    placed,
    runs,
)
from .pictures import logo

MARGIN = 48.0
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def write_docx(report: Report, path: Path) -> None:
    """Write the report."""
    _Writer(report).save(path)


def _element(parent: Any, tag: str, **attributes: object) -> Any:
    """Append a child with attributes of the w: namespace, and return it."""
    child = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), str(value))
    parent.append(child)
    return child


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report, self.style = report, report.style
        self.document: Any = Document()
        self._page()
        self._running_lines()

    def save(self, path: Path) -> None:
        for block in self.report.blocks:
            self._block(block)
        self.document.save(str(path))

    @property
    def width(self) -> float:
        return self.style.page[0] - 2 * MARGIN

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = (Pt(one) for one in self.style.page)
        if self.style.is_landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Pt(MARGIN))
        section.header_distance = section.footer_distance = Pt(24)
        if self.style.has_frame:
            borders = OxmlElement("w:pgBorders")
            borders.set(qn("w:offsetFrom"), "page")
            for side in ("top", "left", "bottom", "right"):
                _element(borders, side, val="single", sz=8, space=22, color="000000")
            before = section._sectPr.find(qn("w:cols"))
            before.addprevious(borders)

    def _running_lines(self) -> None:
        if not self.style.has_running_lines:
            return
        section = self.document.sections[0]
        head = section.header.paragraphs[0]
        head.alignment = ALIGN["right"]
        self._runs(head, self.report.running_head, size=self.style.size - 1.5)
        foot = section.footer.paragraphs[0]
        foot.alignment = ALIGN["center"]
        self._runs(foot, "หน้า ", size=self.style.size - 1.5)
        run = foot.add_run()
        self._font(run, self.style.font, self.style.size - 1.5)
        _element(run._r, "fldChar", fldCharType="begin")
        instruction = _element(run._r, "instrText")
        instruction.text = "PAGE"
        _element(run._r, "fldChar", fldCharType="end")

    def _font(self, run: Any, family: str, size: float, *, is_bold: bool = False) -> None:
        properties = run._r.get_or_add_rPr()
        fonts = OxmlElement("w:rFonts")
        for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{slot}"), family)
        properties.insert(0, fonts)
        run.bold = is_bold
        if is_bold:
            _element(properties, "bCs")
        run.font.size = Pt(size)
        _element(properties, "szCs", val=round(size * 2))
        _element(properties, "lang", val="en-US", bidi="th-TH")

    def _runs(
        self,
        paragraph: Any,
        text: str,
        *,
        size: float | None = None,
        is_bold: bool = False,
        colour: str = "",
        spacing: float = 0,
        is_underlined: bool = False,
    ) -> None:
        style = self.style
        for piece in runs(text):
            run = paragraph.add_run()
            family, shown = style.font, piece.text
            if piece.is_sign:
                is_private = style.has_symbol_font and piece.text != "√"
                family = DINGBATS if is_private else SYMBOLS
                shown = sign(piece.text, is_private=is_private)
            run.text = shown
            self._font(run, family, size or style.size, is_bold=is_bold and not piece.is_sign)
            if piece.is_super:
                run.font.superscript = True
            run.underline = is_underlined
            properties = run._r.get_or_add_rPr()
            if spacing:
                _element(properties, "spacing", val=round(spacing * 20))
            if colour:
                _element(properties, "color", val=colour.removeprefix("#"))

    def _paragraph(self, container: Any, text: str, *, after: float = 6, **look: Any) -> Any:
        paragraph = container.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.0
        self._runs(paragraph, text, **look)
        return paragraph

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                self._title(block)
            case Heading():
                paragraph = self._paragraph(
                    self.document,
                    block.text,
                    after=4,
                    size=self.style.size + 1,
                    is_bold=True,
                    spacing=1.6 if block.is_spaced else 0,
                    is_underlined=block.is_underlined,
                )
                paragraph.paragraph_format.space_before = Pt(6)
                paragraph.paragraph_format.keep_with_next = True
            case Text():
                self._paragraph(self.document, block.text)
            case FillIn():
                for label in block.labels:
                    self._fill_in(label)
            case Note():
                self._note(block)
            case Signature():
                self._signature(block)
            case Table():
                self._table(self.document, block, self.width)
                self._paragraph(self.document, "", after=8)
            case Pair():
                self._pair(block)
            case Break():
                self.document.add_page_break()

    def _title(self, block: Title) -> None:
        if block.has_logo:
            picture = self.document.add_paragraph()
            picture.alignment = ALIGN["center"]
            picture.add_run().add_picture(str(logo()), width=Pt(44))
        for line in block.lines:
            paragraph = self._paragraph(
                self.document, line, after=0, size=self.style.size + 3, is_bold=True
            )
            paragraph.alignment = ALIGN["center"]

    def _fill_in(self, label: str) -> None:
        if self.style.variant % 2 == 0:
            self._paragraph(self.document, f"{label} {'.' * 60}", after=0)
            return
        paragraph = self._paragraph(self.document, f"{label}\t", after=0)
        tabs = _element(paragraph._p.get_or_add_pPr(), "tabs")
        _element(tabs, "tab", val="right", leader="dot", pos=round(self.width * 20))

    def _note(self, block: Note) -> None:
        frame = Table(((Cell((block.text,)),),), (1,), header_rows=0)
        self._table(self.document, frame, self.width)
        self._paragraph(self.document, "", after=4)

    def _signature(self, block: Signature) -> None:
        for n, line in enumerate(block.lines):
            paragraph = self._paragraph(self.document, line, after=0)
            paragraph.alignment = ALIGN["center"]
            paragraph.paragraph_format.left_indent = Pt(self.width * 0.4)
            paragraph.paragraph_format.keep_with_next = n + 1 < len(block.lines)
            if n == 0:
                paragraph.paragraph_format.space_before = Pt(20)

    def _pair(self, block: Pair) -> None:
        """Put the two tables into the cells of one that has no borders."""
        outer = self.document.add_table(1, 2)
        outer.autofit = False
        half = self.width / 2
        for cell, table in zip(outer.rows[0].cells, (block.left, block.right), strict=True):
            cell.width = Pt(half)
            self._table(cell, table, half - 20)
            cell._tc.remove(cell.paragraphs[0]._p)
            cell.add_paragraph()
        self._paragraph(self.document, "", after=4)

    def _table(self, container: Any, table: Table, width: float) -> None:
        style = self.style
        count = len(table.widths)
        inside = container is not self.document
        made = (
            container.add_table(len(table.rows), count)
            if inside
            else self.document.add_table(len(table.rows), count)
        )
        made.autofit = False
        self._borders(made, table, style)
        total = sum(table.widths)
        widths = [one / total * width for one in table.widths]
        for column, one in zip(made.columns, widths, strict=True):
            column.width = Pt(one)
        for n, row in enumerate(made.rows):
            properties = row._tr.get_or_add_trPr()
            if not style.can_cut_rows:
                _element(properties, "cantSplit")
            if n < table.header_rows and style.is_header_repeated:
                _element(properties, "tblHeader")
        grid = [list(row.cells) for row in made.rows]
        for row, column, cell in placed(table):
            place = grid[row][column]
            last = grid[row + cell.row_span - 1][column + cell.column_span - 1]
            if place is not last:
                place = place.merge(last)
            place.width = Pt(sum(widths[column : column + cell.column_span]))
            self._cell(place, cell, table, row)

    def _borders(self, made: Any, table: Table, style: Style) -> None:
        properties = made._tbl.tblPr
        wanted = {
            "full": SIDES,
            "rows": ("top", "bottom", "insideH"),
            "booktabs": ("top", "bottom"),
        }.get(table.rules, ())
        borders = _element(properties, "tblBorders")
        size = max(2, round(style.rule_width * 8))
        for side in SIDES:
            value = "single" if side in wanted else "nil"
            _element(borders, side, val=value, sz=size, space=0, color="000000")
        margins = _element(properties, "tblCellMar")
        # Without rules between them, rows must stand further apart than lines.
        upright = style.padding * 0.5 + (0 if table.rules == "full" else 3.5)
        for side, points in (
            ("top", upright),
            ("left", style.padding),
            ("bottom", upright),
            ("right", style.padding),
        ):
            _element(margins, side, w=round(points * 20), type="dxa")

    def _cell(self, place: Any, cell: Cell, table: Table, row: int) -> None:
        style = self.style
        is_header = row < table.header_rows
        fill = style.header_fill if is_header else ""
        if table.rules == "zebra" and not is_header and (row - table.header_rows) % 2:
            fill = "#eeeeee"
        properties = place._tc.get_or_add_tcPr()
        if table.rules == "booktabs" and row == table.header_rows - 1:
            borders = _element(properties, "tcBorders")
            size = max(2, round(style.rule_width * 8))
            _element(borders, "bottom", val="single", sz=size, space=0, color="000000")
        if fill:
            _element(properties, "shd", val="clear", color="auto", fill=fill.removeprefix("#"))
        if is_header or style.is_middle:
            place.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for spare in place.paragraphs[1:]:
            spare._p.getparent().remove(spare._p)
        first = place.paragraphs[0]
        for n, text in enumerate(cell.paragraphs or ("",)):
            paragraph = first if n == 0 else place.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = 1.0
            paragraph.alignment = ALIGN[cell.align]
            colour = "#ffffff" if is_header and style.header_fill.startswith("#1") else ""
            self._runs(paragraph, text, is_bold=cell.is_bold, colour=colour)
            if cell.is_boxed and n + 1 == len(cell.paragraphs):
                # Inset, so that the frame does not look like a rule across the cell.
                paragraph.paragraph_format.left_indent = Pt(4)
                paragraph.paragraph_format.right_indent = Pt(4)
                box = _element(paragraph._p.get_or_add_pPr(), "pBdr")
                for side in ("top", "left", "bottom", "right"):
                    _element(box, side, val="single", sz=4, space=1, color="000000")
