"""Reports as Word files, to be printed to PDF by a word processor."""

from __future__ import annotations

import io
from typing import Any

import docx as word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .facts import Report
from .model import Cell, Document, Heading, Paragraph, Table, Title

BODY_POINTS, TITLE_POINTS, MARGIN_MM = 12, 15, 18


def _run(paragraph: Any, text: str, font: str, points: int, bold: bool = False) -> None:
    """Add text with its Thai (complex script) font, size and weight set."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = font, Pt(points), bold
    properties = run._r.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for kind in ("w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(kind), font)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(2 * points))
    properties.append(size)
    if bold:
        properties.append(OxmlElement("w:bCs"))
    complex_script = OxmlElement("w:cs")
    properties.append(complex_script)


def _fill(target: Any, one: Cell, font: str, header: bool) -> None:
    for index, line in enumerate(one.paragraphs):
        paragraph = target.paragraphs[0] if index == 0 else target.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if header or line == "✓":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, line, font, BODY_POINTS, bold=header)


def _repeat_header(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _add_table(docx: Any, block: Table, font: str, width_mm: float) -> None:
    rows = (*block.header, *block.rows)
    table = docx.add_table(rows=len(rows), cols=len(block.widths))
    table.style, table.autofit = "Table Grid", False
    for index, share in enumerate(block.widths):
        table.columns[index].width = Mm(width_mm * share / sum(block.widths))
        for one in table.columns[index].cells:
            one.width = Mm(width_mm * share / sum(block.widths))
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for one in row:
            while (r, c) in covered:
                c += 1
            last = (r + one.row_span - 1, c + one.column_span - 1)
            target = table.cell(r, c)
            if last != (r, c):
                target = target.merge(table.cell(*last))
            _fill(target, one, font, header=r < len(block.header))
            covered |= {
                (r + down, c + across)
                for down in range(one.row_span)
                for across in range(one.column_span)
            }
            c += one.column_span
    for row in table.rows[: len(block.header)]:
        _repeat_header(row)
    docx.add_paragraph().paragraph_format.space_after = Pt(0)


def write_word(document: Document, report: Report) -> bytes:
    """Return the bytes of a .docx file."""
    docx, font = word.Document(), report.style["font"]
    section = docx.sections[0]
    size = (Mm(210), Mm(297))
    if report.style["landscape"]:
        section.orientation, size = WD_ORIENT.LANDSCAPE, size[::-1]
    section.page_width, section.page_height = size
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(MARGIN_MM))
    for block in document.blocks:
        if isinstance(block, Table):
            _add_table(docx, block, font, size[0] / Mm(1) - 2 * MARGIN_MM)
            continue
        lines = block.lines if isinstance(block, Title) else (block.text,)
        for line in lines:
            paragraph = docx.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            if isinstance(block, Title):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if isinstance(block, Paragraph):
                paragraph.paragraph_format.first_line_indent = Mm(15)
            paragraph.paragraph_format.keep_with_next = isinstance(block, Heading)
            points = TITLE_POINTS if isinstance(block, Title) else BODY_POINTS
            _run(paragraph, line, font, points, bold=not isinstance(block, Paragraph))
    buffer = io.BytesIO()
    docx.save(buffer)
    return buffer.getvalue()
