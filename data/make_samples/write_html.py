"""Reports as HTML pages: published as they are, or printed to PDF by a browser."""

from __future__ import annotations

from html import escape

from .facts import Report
from .model import Block, Cell, Document, Heading, Paragraph, Table, Title
from .write_text import boxes

STYLE = """body { font-family: "FONT", "Laksaman", "Garuda", sans-serif; font-size: SIZE; }
h1 { font-size: 1.15em; text-align: center; margin: 0.1em; }
h2 { font-size: 1em; margin: 0.8em 0 0.3em; break-after: avoid; }
.notice { text-align: center; }
table { border-collapse: collapse; width: 100%; margin-bottom: 0.6em; }
th, td { border: 1px solid #333; padding: 2px 5px; vertical-align: top; text-align: left; }
th { text-align: center; }
thead { display: table-header-group; }
.tick { text-align: center; }
ul { list-style: none; margin: 0; padding: 0; }"""
PAGE = "\n@page { size: A4 ORIENTATION; margin: 15mm; }"
CHARSETS = {"cp874": "windows-874", "utf-8": "utf-8", "": "utf-8"}


def _cell_html(one: Cell, tag: str, report: Report) -> str:
    lines = [boxes(escape(line), report.style["boxes"]) for line in one.paragraphs]
    if report.style["cell_markup"] == "list" and len(lines) > 1:
        inner = "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    else:
        inner = "<br>".join(lines)
    spans = f' colspan="{one.column_span}"' if one.column_span > 1 else ""
    spans += f' rowspan="{one.row_span}"' if one.row_span > 1 else ""
    spans += ' class="tick"' if inner == "✓" else ""
    return f"<{tag}{spans}>{inner}</{tag}>"


def _rows(rows: tuple[tuple[Cell, ...], ...], tag: str, report: Report) -> str:
    return "\n".join(
        "<tr>" + "".join(_cell_html(one, tag, report) for one in row) + "</tr>" for row in rows
    )


def _table(block: Table, report: Report) -> str:
    total = sum(block.widths)
    columns = "".join(f'<col style="width: {100 * w / total:.1f}%">' for w in block.widths)
    head = f"<thead>\n{_rows(block.header, 'th', report)}\n</thead>\n" if block.header else ""
    return (
        f"<table>\n<colgroup>{columns}</colgroup>\n{head}"
        f"<tbody>\n{_rows(block.rows, 'td', report)}\n</tbody>\n</table>"
    )


def _block_html(block: Block, report: Report) -> str:
    if isinstance(block, Title):
        *names, notice = block.lines
        heads = "\n".join(f"<h1>{escape(name)}</h1>" for name in names)
        return f'{heads}\n<p class="notice">{escape(notice)}</p>'
    if isinstance(block, Heading):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    return _table(block, report)


def write_html(document: Document, report: Report) -> bytes:
    """Return the bytes of a page, in the encoding it declares."""
    encoding = report.style["encoding"]
    style = STYLE.replace("FONT", report.style["font"] or "TH Sarabun New")
    printed = report.style["writer"] == "browser"
    style = style.replace("SIZE", "11pt" if printed else "16px")
    if printed:
        orientation = "landscape" if report.style["landscape"] else "portrait"
        style += PAGE.replace("ORIENTATION", orientation)
    title = next(block.lines[0] for block in document.blocks if isinstance(block, Title))
    body = "\n".join(_block_html(block, report) for block in document.blocks)
    page = (
        f'<!DOCTYPE html>\n<html lang="th">\n<head>\n<meta charset="{CHARSETS[encoding]}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}\n</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return page.encode(encoding or "utf-8")
