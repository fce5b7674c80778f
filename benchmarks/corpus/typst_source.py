"""The report as a Typst source."""

from __future__ import annotations

import json
from typing import Any

from .fonts import DINGBATS, SYMBOLS, sign
from .lines import words
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

MARGIN, FRAME = 48, 26
LOGO = "emblem.png"  # lies beside the source


def typst_source(report: Report) -> str:
    """Return the source of a report."""
    style = report.style
    width, height = style.page
    small = style.size - 1.5
    page = f"width: {width}pt, height: {height}pt, margin: {MARGIN}pt"
    page += ", header-ascent: 5pt, footer-descent: 5pt"
    if style.has_running_lines:
        head = _quoted(report.running_head)
        page += f", header: align(right, text(size: {small}pt, {head}))"
        page += (
            f", footer: context align(center, text(size: {small}pt, "
            f'{_quoted("หน้า ")} + counter(page).display("1")))'
        )
    if style.has_frame:
        page += (
            f", background: rect(width: 100% - {2 * FRAME}pt, height: 100% - {2 * FRAME}pt, "
            "stroke: 1pt)"
        )
    lines = [
        f"#set page({page})",
        f'#set text(font: ("{style.font}", "{SYMBOLS}"), size: {style.size}pt, lang: "th")',
        '#set text(top-edge: "ascender", bottom-edge: "descender")',
        "#set par(leading: 0.1em, spacing: 0.35em)",
    ]
    lines += [f"#{_block(block, style)}" for block in report.blocks]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _spelled(text: str, style: Style) -> str:
    """Return a text, in some reports with zero-width spaces between its words, as on web pages."""
    return text if style.variant % 3 else "\u200b".join(words(text))


def _text(text: str, style: Style, *, is_bold: bool = False, colour: str = "") -> str:
    parts = []
    for run in runs(text):
        if run.is_super:
            parts.append(f"super({_quoted(run.text)})")
        elif run.is_sign:
            is_private = style.has_symbol_font and run.text != "√"
            family = DINGBATS if is_private else SYMBOLS
            shown = _quoted(sign(run.text, is_private=is_private))
            parts.append(f'text(font: "{family}", {shown})')
        else:
            parts.append(f"[#{_quoted(_spelled(run.text, style))}]")
    joined = " + ".join(parts) if parts else "[]"
    look = [
        *(['weight: "bold"'] if is_bold else []),
        *([f'fill: rgb("{colour}")'] if colour else []),
    ]
    return f"text({', '.join([*look, joined])})" if look else joined


def _block(block: Block, style: Style) -> str:
    match block:
        case Title():
            lines = [_text(line, style, is_bold=True) for line in block.lines]
            picture = f'image("{LOGO}", width: 44pt) + ' if block.has_logo else ""
            body = " + linebreak() + ".join(lines)
            return f"align(center, {picture}text(size: 1.25em, {body}))"
        case Heading():
            body = _text(block.text, style, is_bold=True)
            if block.is_spaced:
                body = f"text(tracking: 1.6pt, {body})"
            if block.is_underlined:
                body = f"underline({body})"
            return f"block(above: 10pt, below: 6pt, sticky: true, text(size: 1.1em, {body}))"
        case Text():
            return f"par({_text(block.text, style)})"
        case Note():
            body = _text(block.text, style)
            return f"rect(width: 100%, inset: 6pt, stroke: {style.rule_width}pt, {body})"
        case FillIn():
            dots = "box(width: 1fr, repeat[.])"
            if style.variant % 2:
                dots = 'box(width: 1fr, line(length: 100%, stroke: (dash: "dotted")))'
            lines = [f"{_text(one, style)} + [ ] + {dots}" for one in block.labels]
            return "block(" + " + linebreak() + ".join(lines) + ")"
        case Signature():
            body = " + linebreak() + ".join(_text(line, style) for line in block.lines)
            look = "above: 20pt, breakable: false, inset: (left: 40%), width: 100%"
            return f"block({look}, align(center, {body}))"
        case Pair():
            both = f"{_table(block.left, style)}, {_table(block.right, style)}"
            return f"block(grid(columns: (1fr, 1fr), gutter: 24pt, {both}))"
        case Break():
            return "pagebreak()"
        case Table():
            return f"block(above: 8pt, below: 12pt, {_table(block, style)})"


def _table(table: Table, style: Style) -> str:
    stroke = f"{style.rule_width}pt"
    options: list[str] = [f"columns: ({', '.join(f'{one}fr' for one in table.widths)},)"]
    loose = 0 if table.rules == "full" else 2.5
    options.append(f"inset: (x: {style.padding}pt, y: {style.padding * 0.7 + loose}pt)")
    strokes = {"full": stroke, "rows": f"(x: none, y: {stroke})"}
    options.append(f"stroke: {strokes.get(table.rules, 'none')}")
    if table.rules == "zebra":
        n = table.header_rows
        options.append(f'fill: (x, y) => if y >= {n} and calc.odd(y - {n}) {{ rgb("#eeeeee") }}')
    vertical = "horizon" if style.is_middle else "top"
    header: list[str] = []
    body: list[str] = []
    for row, column, cell in placed(table):
        is_header = row < table.header_rows
        made = _cell(cell, row, column, style, vertical, is_header=is_header)
        (header if is_header else body).append(made)
    repeat = str(style.is_header_repeated).lower()
    rule = f"table.hline(stroke: {stroke})"
    if table.rules == "booktabs":
        header = [rule, *header, rule]
        body.append(rule)
    parts = [*options, f"table.header(repeat: {repeat}, {', '.join(header)})", *body]
    return f"table({', '.join(parts)})"


def _cell(
    cell: Cell, row: int, column: int, style: Style, vertical: str, *, is_header: bool
) -> str:
    look: dict[str, Any] = {"x": column, "y": row}
    if cell.row_span > 1:
        look["rowspan"] = cell.row_span
    if cell.column_span > 1:
        look["colspan"] = cell.column_span
    look["align"] = f"{cell.align} + {'horizon' if is_header else vertical}"
    look["breakable"] = str(style.can_cut_rows).lower()
    colour = ""
    if is_header and style.header_fill:
        look["fill"] = f'rgb("{style.header_fill}")'
        colour = "#ffffff" if style.header_fill.startswith("#1") else ""
    lines = [_text(text, style, is_bold=cell.is_bold, colour=colour) for text in cell.paragraphs]
    if cell.is_boxed:
        lines[-1] = f"rect(width: 100%, inset: 2pt, stroke: 0.5pt, {lines[-1]})"
    content = " + parbreak() + ".join(lines) if lines else "[]"
    options = ", ".join(f"{name}: {value}" for name, value in look.items())
    return f"table.cell({options}, {content})"
