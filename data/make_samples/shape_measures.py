"""The shapes of measures: plain, ticks under a two-level header, indicators, points to improve."""

from __future__ import annotations

from itertools import groupby

from .facts import DONE, NOT_DONE, Measure, Report, measures
from .model import Block, Cell, Heading, Table, cell

INDICATOR_NAMES = {
    "7": "ประสิทธิภาพการสื่อสาร",
    "8": "การปรับปรุงระบบการทำงาน",
    "9": "การเปิดเผยข้อมูล",
    "10": "การป้องกันการทุจริต",
}
QUESTION_BOXES = {"e6": ("☐ เข้าถึงง่าย ไม่ซับซ้อน", "☐ มีหลายช่องทาง")}


def _step_lines(report: Report, measure: Measure) -> list[tuple[str, ...]]:
    dot = "." if report.style["writer"] == "text" else ". "
    return [
        (report.text(f"{number}{dot}{step[0]}"), *step[1:])
        for number, step in enumerate(measure.steps, 1)
    ]


def _flat(steps: list[tuple[str, ...]]) -> list[str]:
    return [line for step in steps for line in step]


def _numbered(report: Report) -> list[Measure]:
    return [measure for measure in measures(report) if measure.key.startswith("m_")]


def plain_blocks(report: Report) -> list[Block]:
    """A table of measures with what was done and what came of it, two measures a page."""
    header = (
        tuple(
            cell(text)
            for text in (
                "ลำดับ",
                "มาตรการ/กิจกรรม",
                "วิธีดำเนินการ",
                "ระยะเวลา",
                "ผู้รับผิดชอบ",
                "สรุปผลการดำเนินการ",
                "ผลลัพธ์หรือความสำเร็จ",
            )
        ),
    )
    rows = [
        (
            cell(report.text(one.number)),
            cell(one.name),
            cell(*_flat(_step_lines(report, one))),
            cell(one.period_raw),
            cell(one.responsible),
            cell(one.result),
            cell(one.outcome),
        )
        for one in _numbered(report)
    ]
    per_page = 2 if report.style["writer"] == "text" else len(rows)
    pages = [rows[at : at + per_page] for at in range(0, len(rows), per_page)]
    return [Table(header, tuple(page), (1.3, 3.6, 5, 2.4, 2.4, 3.4, 3)) for page in pages]


def _ticks_header() -> tuple[tuple[Cell, ...], ...]:
    return (
        (
            cell("ลำดับ ที่", rows=2),
            cell("มาตรการหรือ กิจกรรมที่ดำเนินการ", rows=2),
            cell("ขั้นตอนหรือ วิธีการปฏิบัติ", rows=2),
            cell("ช่วงเวลา ดำเนินการ", rows=2),
            cell("ผู้รับผิดชอบ", rows=2),
            cell("สรุปผลการดำเนินการ", columns=2),
            cell("ผลลัพธ์หรือ ความสำเร็จ", rows=2),
        ),
        (cell("ดำเนินการ แล้วเสร็จ"), cell("ไม่สามารถ ดำเนินการได้")),
    )


def ticks_blocks(report: Report) -> list[Block]:
    """Measures with ticks in two columns; in text, steps go on under a repeated header."""
    rows: list[list[tuple[Cell, ...]]] = [[]]
    for one in _numbered(report):
        steps = _step_lines(report, one)
        keep = 2 if report.style["writer"] == "text" and len(steps) > 2 else len(steps)
        done = "✓" if one.status == "complete" else ""
        undone = "✓" if one.status == "not_started" else ""
        rows[-1].append(
            (
                cell(report.text(one.number)),
                cell(one.name),
                cell(*_flat(steps[:keep])),
                cell(one.period_raw),
                cell(one.responsible),
                cell(done),
                cell(undone),
                cell(one.outcome),
            )
        )
        if steps[keep:]:
            rest = cell(*_flat(steps[keep:]))
            rows.append([(Cell(), Cell(), rest, Cell(), Cell(), Cell(), Cell(), Cell())])
    widths = (1.3, 3.6, 5.2, 2.5, 2.4, 1.9, 2.1, 3.4)
    return [Table(_ticks_header(), tuple(page), widths) for page in rows if page]


def indicator_blocks(report: Report) -> list[Block]:
    """The eight IIT and EIT indicators with a pair of check boxes, cut once by a page."""
    rows = []
    for one in measures(report):
        if not one.key.startswith("i"):
            continue
        done = "☑" if one.status == "complete" else "☐"
        undone = "☑" if one.status == "not_started" else "☐"
        note = f"- {one.result.removeprefix(DONE).strip()}" if one.result else ""
        rows.append(
            (
                cell(one.name),
                cell(*_flat(_step_lines(report, one))),
                cell(one.responsible),
                cell(one.period_raw),
                cell(f"{undone} {NOT_DONE} {done} {DONE}", note),
            )
        )
    texts = ("ตัวชี้วัด", "แนวทางการยกระดับ", "ผู้รับผิดชอบ", "ระยะเวลา", "ความก้าวหน้า")
    header = (tuple(cell(text) for text in texts),)
    pages = [rows[:5], rows[5:]]
    return [
        Heading("ประเด็นการประเมิน IIT และ EIT"),
        *(Table(header, tuple(page), (3, 5, 2.4, 2, 4)) for page in pages),
    ]


def point_blocks(report: Report) -> list[Block]:
    """Points to improve: OIT by sub-indicator, EIT by question, a table for each indicator."""
    texts = (
        "ประเด็นที่ต้องพัฒนา",
        "ผู้รับผิดชอบ",
        "ขั้นตอนหรือวิธีการ",
        "การรายงานและกำกับติดตาม",
        "กำหนดเวลา",
    )
    header = (tuple(cell(text) for text in texts),)
    blocks: list[Block] = []
    grouped = groupby(measures(report), key=lambda one: (one.instrument, one.indicator))
    for (instrument, indicator), points in grouped:
        named = report.text(f"ตัวชี้วัดที่ {indicator} {INDICATOR_NAMES[indicator]}")
        in_cell = report.style["writer"] == "text" and instrument == "OIT"
        if not in_cell:
            blocks.append(Heading(f"แบบวัด {instrument} {named}"))
        rows = []
        for index, one in enumerate(points):
            above = (named, f"แบบวัด {instrument}") if in_cell and index == 0 else ()
            boxes = QUESTION_BOXES.get(one.key, ()) if report.style["boxes"] else ()
            rows.append(
                (
                    cell(*above, one.name, *boxes),
                    cell(one.responsible),
                    cell(*_flat(_step_lines(report, one))),
                    cell(one.result),
                    cell(one.period_raw),
                )
            )
        size = 2 if report.style["writer"] == "text" else len(rows)
        blocks += [
            Table(header, tuple(rows[at : at + size]), (4, 2.4, 5, 3.6, 2.6))
            for at in range(0, len(rows), size)
        ]
    return blocks
