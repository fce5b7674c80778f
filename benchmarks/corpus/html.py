"""The report as an HTML page, for the browser and for WeasyPrint."""

from __future__ import annotations

from html import escape

from .fonts import DINGBATS, SYMBOLS, sign, symbol_font, thai_fonts
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

MARGIN, FRAME = 48, 26


def html(report: Report) -> str:
    """Return the page; it loads the fonts and the picture from files of this machine."""
    style = report.style
    body = [_block(block, style) for block in report.blocks]
    return (
        f'<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>{report.name}</title>'
        f"<style>{_css(report)}</style></head><body>{''.join(body)}</body></html>"
    )


def _css(report: Report) -> str:
    style = report.style
    width, height = style.page
    font = thai_fonts()[style.font]
    faces = [(style.font, 400, font.regular), (style.font, 700, font.bold)]
    faces += [
        (one.family, 400, one.regular)
        for one in (symbol_font(is_private=False), symbol_font(is_private=True))
    ]
    rules = [
        f"@font-face{{font-family:'{family}';font-weight:{weight};src:url('{path.as_uri()}')}}"
        for family, weight, path in faces
    ]
    running = ""
    if style.has_running_lines:
        small = f"font:{style.size - 1.5}pt '{style.font}'"
        running = (
            f"@top-right{{content:'{report.running_head}';{small}}}"
            f"@bottom-center{{content:'หน้า ' counter(page);{small}}}"
        )
    edge = f"margin:{MARGIN}pt;"
    if style.has_frame:
        edge = f"margin:{FRAME}pt;border:1pt solid #000;padding:{MARGIN - FRAME}pt;"
    line = f"{style.rule_width}pt solid #000"
    cut = "auto" if style.can_cut_rows else "avoid"
    repeat = "table-header-group" if style.is_header_repeated else "table-row-group"
    white = ";color:#fff" if style.header_fill.startswith("#1") else ""
    header = f"background:{style.header_fill}{white}" if style.header_fill else ""
    collapse = "collapse" if style.rule_kind != "cell" else "separate"
    rules += [
        f"@page{{size:{width}pt {height}pt;{edge}{running}}}",
        f"body{{margin:0;font:{style.size}pt/1.5 '{style.font}';color:#000;"
        "-webkit-print-color-adjust:exact;print-color-adjust:exact}",
        ".title{text-align:center;font-weight:bold;font-size:1.25em}",
        "h2{font-size:1.1em;margin:8pt 0 4pt;break-after:avoid}",
        "h2.under{text-decoration:underline}h2.spaced{letter-spacing:1.6pt}",
        "p{margin:0 0 6pt}",
        f".note{{border:{line};padding:6pt;margin:5pt 0 12pt;break-inside:avoid}}",
        ".sign{margin:20pt 0 0 40%;text-align:center;break-inside:avoid}",
        ".fill{display:flex}.fill i{flex:1;border-bottom:1pt dotted #000;margin-left:4pt}",
        "table{width:100%;table-layout:fixed;margin-bottom:12pt;border-spacing:0;"
        f"border-collapse:{collapse}}}",
        f"thead{{display:{repeat}}}tr{{break-inside:{cut}}}",
        f"td,th{{padding:{style.padding * 0.7}pt {style.padding}pt;overflow-wrap:anywhere;"
        f"vertical-align:{'middle' if style.is_middle else 'top'}}}",
        f"th{{vertical-align:middle;{header}}}",
        "td.loose{padding-top:5pt;padding-bottom:5pt}",
        "tr.odd td{background:#eee}",
        ".box{border:0.5pt solid #000;padding:0 2pt;margin:1pt 0}",
        ".pair{display:flex;gap:24pt;align-items:flex-start}.pair table{width:50%}",
        "sup{font-size:0.62em;line-height:0;vertical-align:0.38em}",
        f".s{{font-family:'{SYMBOLS}'}}.d{{font-family:'{DINGBATS}'}}",
        "table.rows td,table.rows th{border-top:" + line + ";border-bottom:" + line + "}",
        f"table.booktabs{{border-collapse:collapse;border-top:{line};border-bottom:{line}}}",
        "table.rows{border-collapse:collapse}",
        f"table.booktabs tr.last th{{border-bottom:{line}}}",
        # Separate borders: each cell draws its right and lower one, the table the other two.
        f"table.full td,table.full th{{border:{line}}}"
        if collapse == "collapse"
        else f"table.full{{border-top:{line};border-left:{line}}}"
        f"table.full td,table.full th{{border-right:{line};border-bottom:{line}}}",
    ]
    return "".join(rules)


def _text(text: str, style: Style) -> str:
    parts = []
    for run in runs(text):
        if run.is_super:
            parts.append(f"<sup>{escape(run.text)}</sup>")
        elif run.is_sign:
            is_private = style.has_symbol_font and run.text != "√"
            shown = sign(run.text, is_private=is_private)
            parts.append(f'<span class="{"d" if is_private else "s"}">{shown}</span>')
        else:
            parts.append(escape(run.text))
    return "".join(parts)


def _block(block: Block, style: Style) -> str:
    match block:
        case Title():
            lines = "".join(f"<div>{escape(line)}</div>" for line in block.lines)
            picture = f'<img src="{logo().as_uri()}" width="58">' if block.has_logo else ""
            return f'<div class="title">{picture}{lines}</div>'
        case Heading():
            kind = "under" if block.is_underlined else "spaced" if block.is_spaced else ""
            return f'<h2 class="{kind}">{escape(block.text)}</h2>'
        case Text():
            return f"<p>{_text(block.text, style)}</p>"
        case Note():
            return f'<div class="note">{_text(block.text, style)}</div>'
        case FillIn():
            if style.variant % 2:
                rows = [f'<div class="fill">{escape(one)}<i></i></div>' for one in block.labels]
            else:
                rows = [f"<div>{escape(one)} {'.' * 60}</div>" for one in block.labels]
            return "".join(rows)
        case Signature():
            lines = "".join(f"<div>{escape(line)}</div>" for line in block.lines)
            return f'<div class="sign">{lines}</div>'
        case Pair():
            return (
                f'<div class="pair">{_table(block.left, style)}{_table(block.right, style)}</div>'
            )
        case Break():
            return '<div style="break-after:page"></div>'
        case Table():
            return _table(block, style)


def _table(table: Table, style: Style) -> str:
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{width / total:.2%}">' for width in table.widths)
    rows: list[list[str]] = [[] for _ in table.rows]
    for row, _, cell in placed(table):
        rows[row].append(_cell(cell, table, style, is_header=row < table.header_rows))
    n = table.header_rows
    head = "".join(
        f'<tr class="{"last" if at == n - 1 else ""}">{"".join(row)}</tr>'
        for at, row in enumerate(rows[:n])
    )
    odd = table.rules == "zebra"
    body = "".join(
        f'<tr class="{"odd" if odd and at % 2 else ""}">{"".join(row)}</tr>'
        for at, row in enumerate(rows[n:])
    )
    return (
        f'<table class="{table.rules}"><colgroup>{columns}</colgroup>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table>"
    )


def _cell(cell: Cell, table: Table, style: Style, *, is_header: bool) -> str:
    tag = "th" if is_header else "td"
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    loose = "" if table.rules == "full" else ' class="loose"'
    weight = "bold" if cell.is_bold else "normal"
    lines = [f"<div>{_text(text, style)}</div>" for text in cell.paragraphs]
    if cell.is_boxed:
        lines[-1] = lines[-1].replace("<div>", '<div class="box">', 1)
    if style.variant % 2 and len(lines) == 1 and not cell.is_boxed:
        lines = [_text(cell.paragraphs[0], style)]
    look = f' style="text-align:{cell.align};font-weight:{weight}"'
    return f"<{tag}{spans}{loose}{look}>{''.join(lines)}</{tag}>"
