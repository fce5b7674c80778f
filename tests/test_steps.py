"""Steps: where one begins, and the item that it is about, if that is certain."""

from __future__ import annotations

import pytest

from extract.document import Cell, Part, Place
from normalize.reference import item_lists
from normalize.steps import split_steps, step_item


def steps(*parts: str) -> list[str]:
    made = tuple(Part(text, text, Place(line=n)) for n, text in enumerate(parts, start=1))
    return [step.text for step in split_steps(Cell(2, 3, made))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ก 2. ข", ["1. ก", "2. ข"]),
        ("๑.ก ๒.ข", ["๑.ก", "๒.ข"]),
        ("๑) ก ๒) ข", ["๑) ก", "๒) ข"]),
        ("1.ทำแผน 1.1 ร่าง 1.2 ประชุม 2.เผยแพร่ (1) เว็บ (2) ไลน์", 2),
        ("1. จัดทำแผนปี 2567. 2. รายงานภายใน 31 มี.ค. 2567 3. สรุป", 3),
        ("๑.จัดซื้อวงเงิน 1.5 ล้าน ๒.รายงาน ๑๐ วัน", 2),
        ("1. ก 2. ข 2. ค 3. ง", 4),
        ("1. ก 2. ข 1. ค", 3),
        ("นำ\n1. ก\n2. ข", ["นำ", "1. ก", "2. ข"]),
        ("จัดทำตาม พ.ร.บ. 2540 มาตรา 7. ดังนี้", 1),
        ("- ก\n- ข", ["- ก", "- ข"]),
        ("- ก", ["- ก"]),
        ("ทำ", ["ทำ"]),
        ("", []),
    ],
)
def test_splitting(text: str, expected: list[str] | int) -> None:
    found = steps(text)
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_a_step_keeps_its_place_over_pages() -> None:
    parts = tuple(Part(t, t, Place(page=n)) for n, t in ((1, "1. ก"), (2, "ต่อ 2. ข"), (3, "3. ค")))
    assert [step.place.page for step in split_steps(Cell(2, 3, parts))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("1. จัดทำแผนปฏิบัติการป้องกันการทุจริต", "anticorruption_plan"),
        ("จัดทำแผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2570", "anticorruption_plan"),
        ("๒) เผยแพร่คู่มือหรือมาตรฐานการให้บริการ บนเว็บไซต์", "service_manual"),
        ("ข้อมูลการติดต่อประสานงานกับผู้รับเหมา", None),
        ("ข่าวประชาสัมพันธ์การรับสมัครงาน", None),
        ("โครงสร้างที่จอดรถ", None),
        ("รายงานแผนปฏิบัติการป้องกันการทุจริต", None),
        ("ประชุมชี้แจงแผนปฏิบัติการป้องกันการทุจริต", None),
        ("จัดทำแผนพัฒนาท้องถิ่น", None),
        ("", None),
    ],
)
def test_item_of_a_step(text: str, concept: str | None) -> None:
    item = step_item(text, item_lists()[2566])
    assert (item.concept_id if item else None) == concept
