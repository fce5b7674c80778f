"""The shapes of item checklists: remarks, check boxes, ticks in columns, spans, cut rows."""

from __future__ import annotations

from itertools import groupby

from .facts import Item, Report, items, table
from .model import Block, Cell, Heading, Table, cell

ROWS_PER_PAGE = 7  # in text reports whose table is broken by pages
CUT_EVERY = 3  # every third row that can be cut is cut by the page break


def _header(report: Report, *texts: str) -> tuple[tuple[Cell, ...], ...]:
    return (tuple(cell(report.text(text)) for text in texts),)


def _section_name(report: Report, sub_indicator: str) -> str:
    return next(
        row["sub_indicator_name"]
        for row in table("sub_indicators")
        if (row["fiscal_year_be"], row["sub_indicator_no"])
        == (str(report.list_year), sub_indicator)
    )


def _sections(report: Report) -> list[tuple[str, list[Item]]]:
    grouped = groupby(items(report), key=lambda item: item.sub_indicator)
    return [(number, list(rows)) for number, rows in grouped]


def _indicator_heading(report: Report, sub_indicator: str) -> Heading:
    names = {"9": "การเปิดเผยข้อมูล", "10": "การป้องกันการทุจริต"}
    number = sub_indicator.split(".")[0]
    return Heading(report.text(f"ตัวชี้วัดที่ {number} {names[number]}"))


def _headings(report: Report, sub_indicator: str, before: str) -> list[Block]:
    """The headings over a section; `before` is the sub-indicator before it, or empty."""
    blocks: list[Block] = []
    if before.split(".")[0] != sub_indicator.split(".")[0]:
        blocks.append(_indicator_heading(report, sub_indicator))
    name = _section_name(report, sub_indicator)
    long = report.style["item_layout"].startswith(("boxes", "ticks"))
    words = f"ตัวชี้วัดย่อยที่ {sub_indicator} {name}" if long else f"{sub_indicator} {name}"
    return [*blocks, Heading(report.text(words))]


def _row(report: Report, item: Item) -> tuple[Cell, ...]:
    layout = report.style["item_layout"]
    number, name = cell(item.number_raw), cell(item.name_raw)
    status = cell(*item.status_lines)
    if layout in ("remark", "remark_dash"):
        return number, name, cell(*item.components), status
    if layout == "ticks":
        has, lacks = "✓" if item.status in ("complete", "partial") else "", ""
        if item.status == "missing":
            lacks = "✓"
        remark = item.status_lines[1:] if item.status == "partial" else ()
        return number, name, cell(has), cell(lacks), cell(*remark)
    return number, name, cell(*item.components), cell(item.responsible), status


def _table(report: Report, rows: list[tuple[Cell, ...]], headed: bool = True) -> Table:
    layout = report.style["item_layout"]
    if layout in ("remark", "remark_dash"):
        header = _header(report, "ข้อ", "ข้อมูล", "รายละเอียดที่ต้องมี", "ผลการตรวจสอบเว็บไซต์")
        widths: tuple[float, ...] = (1, 4, 5, 4)
    elif layout == "ticks":
        header = (
            (
                cell("ข้อ", rows=2),
                cell("รายการข้อมูล", rows=2),
                cell("ผลการตรวจสอบ", columns=2),
                cell("หมายเหตุ", rows=2),
            ),
            (cell("มี"), cell("ไม่มี")),
        )
        widths = (1, 6, 1, 1, 4)
    else:
        header = _header(report, "ข้อ", "ข้อมูล", "รายละเอียดที่ต้องมี", "ผู้รับผิดชอบ", "ความก้าวหน้า")
        widths = (1.1, 4, 5, 2.6, 4.6)
    return Table(header if headed else (), tuple(rows), widths)


def _cut(row: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]] | None:
    """Cut a row after the first paragraph of each cell, as a page break does."""
    first = tuple(Cell(one.paragraphs[:1]) for one in row)
    rest = tuple(Cell(one.paragraphs[1:]) for one in row)
    return (first, rest) if any(one.paragraphs for one in rest) else None


def _cut_tables(report: Report, rows: list[tuple[Cell, ...]]) -> list[Block]:
    """Break a section by pages: a repeated header, and rows cut in two without one."""
    tables: list[Block] = []
    page: list[tuple[Cell, ...]] = []
    headed, able = True, 0
    for row in rows:
        parts = _cut(row)
        able += parts is not None
        if parts is not None and able % CUT_EVERY == 0:
            tables.append(_table(report, [*page, parts[0]], headed))
            page, headed = [parts[1]], False
        elif len(page) == ROWS_PER_PAGE:
            tables.append(_table(report, page, headed))
            page, headed = [row], True
        else:
            page.append(row)
    return [*tables, _table(report, page, headed)]


def _spanned(report: Report) -> list[Block]:
    """One table without item numbers, the sub-indicator beside its rows."""
    rows: list[tuple[Cell, ...]] = []
    for number, section in _sections(report):
        label = report.text(f"{number} {_section_name(report, number)}")
        for index, item in enumerate(section):
            head = (cell(label, rows=len(section)),) if index == 0 else ()
            rows.append((*head, cell(item.name_raw), cell(*item.status_lines)))
    header = _header(report, "ตัวชี้วัดย่อย", "รายการข้อมูล", "ผลการตรวจสอบ")
    return [Table(header, tuple(rows), (3, 5, 4))]


def _one_table(report: Report) -> list[Block]:
    """One table over all pages, a row across the table for each sub-indicator."""
    rows: list[tuple[Cell, ...]] = []
    for number, section in _sections(report):
        label = report.text(f"ตัวชี้วัดย่อยที่ {number} {_section_name(report, number)}")
        rows.append((cell(label, columns=5),))
        rows.extend(_row(report, item) for item in section)
    return [_table(report, rows)]


def item_blocks(report: Report) -> list[Block]:
    """Return the checklist of a report."""
    layout = report.style["item_layout"]
    if layout == "remark_span":
        return _spanned(report)
    if layout == "remark_owner":
        return _one_table(report)
    blocks: list[Block] = []
    before = ""
    for number, section in _sections(report):
        blocks += _headings(report, number, before)
        before = number
        rows = [_row(report, item) for item in section]
        blocks += _cut_tables(report, rows) if layout.endswith("_cut") else [_table(report, rows)]
    return blocks
