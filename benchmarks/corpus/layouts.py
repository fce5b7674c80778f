"""The layouts of the corpus: what each kind of report holds and which looks it may have."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .content import Content
from .model import (
    Block,
    Break,
    FillIn,
    Heading,
    Note,
    Pair,
    Report,
    Signature,
    Style,
    Text,
    Title,
    Turn,
)

Composer = Callable[[Content], list[Block]]


def _opening(content: Content, subject: str, *, has_logo: bool = False) -> list[Block]:
    title = Title(
        (subject, content.agency, content.text(f"ปีงบประมาณ พ.ศ. {content.year}")), has_logo
    )
    return [title, Text(content.text("เอกสารทดสอบ หน่วยงานในเอกสารนี้เป็นหน่วยงานสมมติ"))]


def _signature(content: Content) -> Signature:
    return Signature(
        (
            "ลงชื่อ........................................ผู้รายงาน",
            "(นายสมมติ ตัวอย่างดี)",
            "ปลัด" + content.agency,
            content.date(),
        )
    )


def _ruled(content: Content) -> list[Block]:
    return [
        *_opening(content, "แบบตรวจการเปิดเผยข้อมูลสาธารณะ"),
        Heading("๑. ผลการตรวจ" if content.style.digits == "thai" else "1. ผลการตรวจ", True),
        content.checklist(16, with_components=False),
        Text(content.pick("intro")),
        _signature(content),
    ]


def _long(content: Content) -> list[Block]:
    return [
        *_opening(content, "รายงานองค์ประกอบของข้อมูลที่ต้องเปิดเผย"),
        content.components(28 if content.style.is_landscape else 34),
    ]


def _half_ruled(content: Content) -> list[Block]:
    return [
        *_opening(content, "มาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
        Text(content.pick("intro")),
        content.measures(6, rules="rows"),
        Note(content.pick("note")),
    ]


def _booktabs(content: Content) -> list[Block]:
    return [
        *_opening(content, "สรุปผลการประเมินคุณธรรมและความโปร่งใส"),
        Heading("คะแนนรายตัวชี้วัด", is_spaced=True),
        content.scores(rules="booktabs"),
        Heading("เปรียบเทียบกับปีก่อน"),
        content.scores_by_year(rules="booktabs"),
    ]


def _unruled(content: Content) -> list[Block]:
    return [
        *_opening(content, "รายงานการใช้จ่ายงบประมาณ"),
        content.budget(18, rules="none"),
        Text(content.pick("intro")),
        content.services(5, rules="none"),
        _signature(content),
    ]


def _zebra(content: Content) -> list[Block]:
    return [
        *_opening(content, "รายงานการเบิกจ่ายรายโครงการ"),
        content.budget(30, rules="zebra"),
        Heading("สรุปคะแนน", is_underlined=True),
        content.scores(rules="zebra"),
    ]


def _merged(content: Content) -> list[Block]:
    return [
        *_opening(content, "ผลการเปิดเผยข้อมูลจำแนกตามตัวชี้วัดย่อย"),
        content.grouped(24),
        Heading("คะแนนสองปี"),
        content.scores_by_year(),
    ]


def _several(content: Content) -> list[Block]:
    upper, lower = content.scores(count=5), content.services(4)
    return [
        *_opening(content, "สรุปคะแนนและสถิติการให้บริการ"),
        Pair(content.services(5), content.services(6)),
        Heading("คะแนนการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", is_spaced=True),
        upper,
        lower,
        Heading("คะแนนการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก"),
        content.scores(start=5, count=3),
        content.budget(4),
    ]


def _wide(content: Content) -> list[Block]:
    return [
        *_opening(content, "ตารางติดตามองค์ประกอบข้อมูลและผู้รับผิดชอบ"),
        content.checklist(9, with_components=True),
        Break(),
        Heading("มาตรการที่ต้องเร่งดำเนินการ"),
        content.measures(3),
    ]


def _turned(content: Content) -> list[Block]:
    return [
        *_opening(content, "ตารางมาตรการ (กระดาษแนวขวาง)"),
        content.measures(4),
        Heading("คะแนนรายตัวชี้วัด"),
        content.scores(),
    ]


def _framed(content: Content) -> list[Block]:
    return [
        *_opening(content, "แบบรายงานผลการดำเนินงาน", has_logo=True),
        Heading("ส่วนที่ ๑ ข้อมูลผู้รายงาน", is_underlined=True),
        FillIn(("ชื่อผู้รายงาน", "ตำแหน่ง", "หมายเลขโทรศัพท์")),
        Note(content.pick("note")),
        Heading("ส่วนที่ ๒ ผลการตรวจ", is_underlined=True),
        content.components(4),
        Heading("ส่วนที่ ๓ คะแนน", is_underlined=True),
        content.scores(count=4),
        Text(content.pick("intro")),
        _signature(content),
    ]


def _narrow(content: Content) -> list[Block]:
    table = content.checklist(9, with_components=True)
    return [
        *_opening(content, "แบบตรวจข้อมูลรายข้อ (ช่องแคบ)"),
        replace(table, widths=(6, 13, 24, 5.5, 6.5, 16, 14, 15)),
    ]


LAYOUTS: dict[str, tuple[Composer, dict[str, Any]]] = {
    "ruled": (_ruled, {}),
    "long": (_long, {"has_running_lines": True}),
    "half-ruled": (_half_ruled, {}),
    "booktabs": (_booktabs, {}),
    "unruled": (_unruled, {}),
    "zebra": (_zebra, {"header_fill": "#1f4e79"}),
    "merged": (_merged, {"is_header_repeated": True}),
    "several": (_several, {}),
    "wide": (_wide, {"is_landscape": True, "can_cut_rows": True}),
    "turned": (_turned, {"is_landscape": True}),
    "framed": (_framed, {"has_frame": True, "has_running_lines": True}),
    "narrow": (_narrow, {"can_cut_rows": True}),
}
TURNS: tuple[Turn, ...] = ("rotate90", "rotate270", "turned")
SMALL_LETTERS = ("Laksaman", "Sarabun")  # fonts drawn small for their size


def compose(seed: int, producer: str, layout: str, fonts: list[str]) -> Report:
    """Return the report of a producer and layout; the seed decides everything in it."""
    rng = random.Random(f"{seed}/{producer}/{layout}")
    composer, forced = LAYOUTS[layout]
    place = list(LAYOUTS).index(layout)
    # The fonts go round, from one that the seed and the producer choose, so that all are used.
    font = fonts[(random.Random(f"{seed}/{producer}").randrange(len(fonts)) + place) % len(fonts)]
    size = rng.choice((9.0, 9.5, 10.0, 10.5)) + (2.0 if font in SMALL_LETTERS else 0.0)
    if layout in ("wide", "narrow", "ruled"):
        size -= 1
    has_symbol_font = rng.random() < 0.35
    style = Style(
        font=font,
        size=size,
        rule_width=rng.choice((0.25, 0.5, 0.5, 0.75, 1.0, 1.5)),
        rule_kind=rng.choice(("stroke", "rect", "cell")),
        padding=2.0 if layout == "narrow" else rng.choice((2.5, 4.0, 6.0)),
        digits=rng.choice(("thai", "arabic", "arabic")),
        header_fill=rng.choice(("", "", "#d9e2f3", "#e7e6e6", "#ffe699")),
        is_header_repeated=rng.random() < 0.6,
        can_cut_rows=rng.random() < 0.6,
        is_middle=rng.random() < 0.3,
        turn=TURNS[rng.randrange(3)] if layout == "turned" else "",
        has_running_lines=rng.random() < 0.4,
        has_symbol_font=has_symbol_font,
        variant=rng.randrange(12),
    )
    style = replace(style, **forced)
    if layout == "long":
        style = replace(style, can_cut_rows=rng.random() < 0.8)
    content = Content(rng, style)
    blocks = tuple(composer(content))
    return Report(f"{producer}-{layout}", producer, layout, style, content.agency, blocks)
