"""A report as a document: title, introduction and the parts that its row names."""

from __future__ import annotations

from collections.abc import Callable

from .facts import Report, scores
from .model import Block, Document, Paragraph, Title
from .shape_items import item_blocks
from .shape_measures import indicator_blocks, plain_blocks, point_blocks, ticks_blocks
from .shape_scores import (
    follow_up_blocks,
    score_blocks,
    sentence_blocks,
    sub_score_blocks,
    two_year_blocks,
)

NOTICE = "(ข้อมูลสมมติเพื่อสาธิตโปรแกรม มิใช่รายงานจริง)"
PARTS: dict[str, Callable[[Report], list[Block]]] = {
    "items": item_blocks,
    "measures": plain_blocks,
    "measures_ticks": ticks_blocks,
    "indicators": indicator_blocks,
    "points": point_blocks,
    "scores": score_blocks,
    "scores_sentence": sentence_blocks,
    "scores_two_years": two_year_blocks,
    "sub_scores": sub_score_blocks,
    "follow_up": follow_up_blocks,
}
SUBJECTS = {
    "oit_checklist": "รายงานผลการตรวจสอบการเปิดเผยข้อมูลสาธารณะ (OIT)",
    "measures": "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
    "score_analysis": "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส (ITA)",
    "mixed": "รายงานการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
}


def _title(report: Report) -> Title:
    half = f"รอบ 6 เดือน (เดือนตุลาคม {report.year - 1} - มีนาคม {report.year})"
    year = f"ประจำปีงบประมาณ พ.ศ. {report.year}"
    when = f"{year} {half}" if report.period == "first_half" else year
    agency = report.agency
    place = f"อำเภอ{agency['district']} จังหวัด{agency['province']}"
    name, misspelt = report.agency_name, report.style["misspelt_name"]
    if misspelt:  # the one misspelling, as happens on the first page of a report
        name = name.replace(agency["agency_name"], misspelt)
    lines = (SUBJECTS[report.report_type], when, name, place, NOTICE)
    return Title(tuple(report.text(line) for line in lines))


def _introduction(report: Report) -> Paragraph:
    name, year = report.agency_name, report.year
    if report.report_type == "oit_checklist":
        months = " 6 เดือนแรกของปี" if report.period == "first_half" else "ปี"
        text = (
            f"{name}ได้มอบหมายคณะทำงานตรวจสอบข้อมูลที่เผยแพร่บนเว็บไซต์ในรอบ{months}"
            f"งบประมาณ พ.ศ. {year} ผลการตรวจสอบปรากฏตามตารางต่อไปนี้"
        )
    elif scores(report):
        text = (
            f"{name}ได้นำผลการประเมินของปีที่ผ่านมาพิจารณาในที่ประชุมหัวหน้าส่วนราชการ "
            f"เพื่อกำหนดแนวทางพัฒนาในปีงบประมาณ พ.ศ. {year}"
        )
    elif "points" in report.parts:
        text = (
            f"คณะทำงานของ{name}ได้ทบทวนผลการประเมินประจำปีงบประมาณ พ.ศ. {year - 1} "
            "แล้วเห็นว่ายังมีประเด็นที่ควรพัฒนา จึงกำหนดผู้รับผิดชอบและกำหนดเวลาไว้ดังนี้"
        )
    else:
        text = (
            f"{name}กำหนดมาตรการไว้ตั้งแต่ต้นปีงบประมาณ พ.ศ. {year} และติดตามผลร่วมกับทุกส่วนราชการ สรุปได้ดังนี้"
        )
    return Paragraph(report.text(text))


def compose(report: Report) -> Document:
    """Return the blocks of a report."""
    blocks: list[Block] = [_title(report), _introduction(report)]
    for part in report.parts:
        blocks += PARTS[part](report)
    return Document(blocks)
