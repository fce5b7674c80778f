"""Reports as text: tab-separated tables or Markdown tables, with leftover HTML in cells."""

from __future__ import annotations

from .facts import Report
from .model import Block, Cell, Document, Heading, Paragraph, Table, Title, grid

TICKED = '<input type="checkbox" checked>'
UNTICKED = '<input type="checkbox">'


def boxes(text: str, style: str) -> str:
    """Return the text with check boxes as the report writes them: ``input`` or ``glyph``."""
    if style != "input":
        return text
    return text.replace("☑", TICKED).replace("☐", UNTICKED)


def _cell_text(one: Cell, report: Report) -> str:
    lines = [boxes(line, report.style["boxes"]) for line in one.paragraphs]
    markup = report.style["cell_markup"]
    if len(lines) < 2 or markup == "plain":
        return " ".join(lines)
    if markup == "br":
        return "<br>".join(lines)
    return " ".join(f"<{markup}>{line}</{markup}>" for line in lines)


def _lines(rows: tuple[tuple[Cell, ...], ...], width: int, report: Report) -> list[list[str]]:
    return [[_cell_text(one, report) for one in row] for row in grid(rows, width)]


def _tabbed(block: Table, report: Report) -> str:
    width = len(block.widths)
    rows = _lines(block.header, width, report) + _lines(block.rows, width, report)
    return "\n".join("\t".join(row) for row in rows)


def _piped(block: Table, report: Report) -> str:
    width = len(block.widths)
    head, rows = _lines(block.header, width, report), _lines(block.rows, width, report)
    rule = ["---"] * width
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, rule, *rows])


def _block_text(block: Block, report: Report) -> str:
    markdown = report.style["writer"] == "markdown"
    if isinstance(block, Title):
        if markdown:
            return "\n".join((f"# {block.lines[0]}", "", *(f"{x}  " for x in block.lines[1:])))
        return "\n\n".join(("\n".join(block.lines[:2]), *block.lines[2:]))
    if isinstance(block, Heading):
        return f"## {block.text}" if markdown else block.text
    if isinstance(block, Paragraph):
        return block.text
    return _piped(block, report) if markdown else _tabbed(block, report)


def write_text(document: Document, report: Report) -> bytes:
    """Return the bytes of a text or Markdown report, in its encoding."""
    parts = [_block_text(block, report) for block in document.blocks]
    text = "\n\n".join(parts) + "\n"
    return text.encode(report.style["encoding"])
