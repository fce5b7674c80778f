"""The shapes of score analyses: a sentence, a table, two years side by side, sub-indicators."""

from __future__ import annotations

from decimal import Decimal

from .facts import Report, Scores, scores, shows_instruments, table
from .model import Block, Cell, Heading, Paragraph, Table, cell

ADVICE = {
    "IIT": (
        "ควรแจ้งแผนการใช้จ่ายเงินให้บุคลากรทราบอย่างทั่วถึง",
        "ควรทำให้ขั้นตอนยืมทรัพย์สินชัดเจนและตรวจสอบได้",
    ),
    "EIT": (
        "ควรเพิ่มช่องทางสื่อสารที่ประชาชนใช้อยู่เป็นประจำ",
        "ควรแจ้งผลการปรับปรุงบริการกลับไปยังผู้ให้ข้อเสนอแนะ",
    ),
    "OIT": (
        "ควรตรวจความครบถ้วนของข้อมูลบนเว็บไซต์ก่อนครบกำหนด",
        "ควรเผยแพร่ผลการจัดการความเสี่ยงการทุจริต",
    ),
}


def _indicators(year: int) -> list[dict[str, str]]:
    return [row for row in table("indicators") if row["fiscal_year_be"] == str(year)]


def sentence_blocks(report: Report) -> list[Block]:
    """The total and the level in a sentence, where printed with the three instruments."""
    one = scores(report)[0]
    text = (
        f"ผลการประเมินประจำปีงบประมาณ พ.ศ. {one.year} ของ{report.agency_name} "
        f"ได้คะแนนรวม {one.values['overall']} คะแนน จัดอยู่ในระดับ{_spaced(one.level)}"
    )
    if shows_instruments(report):
        parts = [f"แบบวัด {name} {one.values[f'instrument:{name}']} คะแนน" for name in ADVICE]
        text += f" แยกเป็น {parts[0]} {parts[1]} และ{parts[2]}"
    return [Paragraph(report.text(text))]


def _spaced(level: str) -> str:
    return f" {level}" if level.isascii() else level


def score_blocks(report: Report) -> list[Block]:
    """The ten indicators in a table."""
    joined = report.style["item_layout"] == "joined"
    return _joined(report) if joined else _columns(report)


def _joined(report: Report) -> list[Block]:
    """Name and score in one cell, the table broken by a page after indicator 7."""
    one = scores(report)[0]
    header = ((cell("ตัวชี้วัดของการประเมิน ITA"), cell("ประเด็นที่ต้องปรับปรุง")),)
    rows = []
    for row in _indicators(one.year):
        number = row["indicator_no"]
        value = one.values[f"indicator:{number}"]
        advice = ADVICE[row["instrument"]] if number in ("1", "6", "9") else ()
        text = report.text(f"{number}. {row['indicator_name']} {value} คะแนน")
        rows.append((cell(text), cell(*advice)))
    widths = (5, 7)
    return [
        Paragraph("ผลการประเมินรายตัวชี้วัดมีดังนี้"),
        Table(header, tuple(rows[:7]), widths),
        Table((), tuple(rows[7:]), widths),
    ]


def _columns(report: Report) -> list[Block]:
    """A column of numbers, a column of scores and a total row."""
    one = scores(report)[0]
    header = ((cell("ที่"), cell("ตัวชี้วัด"), cell("แบบวัด"), cell("คะแนน")),)
    rows: list[tuple[Cell, ...]] = [
        (
            cell(report.text(row["indicator_no"])),
            cell(row["indicator_name"]),
            cell(row["instrument"]),
            cell(report.text(one.values[f"indicator:{row['indicator_no']}"])),
        )
        for row in _indicators(one.year)
    ]
    rows.append((cell("คะแนนรวม", columns=3), cell(report.text(one.values["overall"]))))
    rows.append((cell("ระดับผลการประเมิน", columns=3), cell(one.level)))
    title = report.text(f"ตารางคะแนนรายตัวชี้วัด ปีงบประมาณ พ.ศ. {one.year}")
    return [Heading(title), Table(header, tuple(rows), (1, 6, 2, 2))]


def two_year_blocks(report: Report) -> list[Block]:
    """Two years under a two-level header, with the difference beside them."""
    before, after = scores(report)
    header = (
        (
            cell("ตัวชี้วัด", rows=2),
            cell("คะแนน", columns=2),
            cell("เพิ่มขึ้น/ลดลง", rows=2),
        ),
        tuple(cell(report.text(f"ปีงบประมาณ พ.ศ. {one.year}")) for one in (before, after)),
    )
    rows = [
        (
            cell(f"{row['indicator_no']}. {row['indicator_name']}"),
            *_pair(before, after, f"indicator:{row['indicator_no']}"),
        )
        for row in _indicators(after.year)
    ]
    rows.append((cell("คะแนนรวม"), *_pair(before, after, "overall")))
    rows.append((cell("ระดับ"), cell(before.level), cell(after.level), cell("-")))
    return [Heading("เปรียบเทียบผลการประเมินสองปี"), Table(header, tuple(rows), (6, 3, 3, 2))]


def _pair(before: Scores, after: Scores, metric: str) -> tuple[Cell, ...]:
    old, new = before.values[metric], after.values[metric]
    return cell(old), cell(new), cell(f"{Decimal(new) - Decimal(old):+.2f}")


def sub_score_blocks(report: Report) -> list[Block]:
    """The scores of the sub-indicators of OIT."""
    one = scores(report)[0]
    names = {
        row["sub_indicator_no"]: row["sub_indicator_name"]
        for row in table("sub_indicators")
        if row["fiscal_year_be"] == str(one.year)
    }
    header = ((cell("ตัวชี้วัดย่อย"), cell("คะแนนเฉลี่ย")),)
    rows = tuple(
        (
            cell(report.text(f"{number} {name}")),
            cell(report.text(one.values[f"sub_indicator:{number}"])),
        )
        for number, name in names.items()
    )
    return [Heading("คะแนนตัวชี้วัดย่อยของแบบวัด OIT"), Table(header, rows, (6, 2))]


def follow_up_blocks(report: Report) -> list[Block]:
    """What the agency draws from its scores, in running text."""
    return [
        Heading("ข้อเสนอแนะเพื่อการพัฒนา"),
        *(
            Paragraph(report.text(f"{number}. แบบวัด {name} {' และ'.join(texts)}"))
            for number, (name, texts) in enumerate(ADVICE.items(), 1)
        ),
    ]
