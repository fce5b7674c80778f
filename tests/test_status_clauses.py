"""What clauses of remarks say and say together: past and present, contrasts, reasons, asides."""

from __future__ import annotations

import pytest

from normalize.remark_words import words_of
from normalize.status import read_status
from normalize.wording import read_words


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("เดิมลิงก์เสีย แต่แก้ไขแล้ว", "complete"),
        ("ก่อนหน้านี้ไม่ครบ ปัจจุบันครบถ้วนแล้ว", "complete"),
        ("เคยเผยแพร่แต่ถูกลบไปแล้ว", "missing"),
        ("เมื่อก่อนเปิดได้ ตอนนี้เปิดไม่ได้", "partial"),
        ("ปีที่แล้วครบถ้วน", "unclear"),
    ],
)
def test_what_was_gives_way_to_what_is(text: str, status: str) -> None:
    assert read_status(text).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("รูปแบบดี ครบทุกหัวข้อ แต่ขาดลายมือชื่อ", "partial"),
        ("ข้อมูลไม่ครบแต่เป็นปัจจุบัน", "partial"),
        ("ยังไม่มีข้อมูลแต่กำลังจัดทำ", "in_progress"),
        ("ยังไม่ได้ดำเนินการแต่จะดำเนินการ", "not_started"),
        ("มีเมนูแต่ไม่มีข้อมูล", "missing"),
        ("มีแผนแต่ไม่มีรายงานผล", "partial"),
        ("มีรายงานผล แต่ไม่มีปัญหาอุปสรรค", "partial"),
        ("ไม่มีปัญหาแต่ข้อมูลไม่ครบ", "partial"),
    ],
)
def test_clauses_on_both_sides_of_a_contrast(text: str, status: str) -> None:
    assert read_status(text).status == status


def test_no_fault_is_praise() -> None:
    for text in ("ไม่มีข้อบกพร่อง เอกสารครบถ้วน", "ครบถ้วน ปราศจากข้อผิดพลาด", "ไม่ขาดรายการใด"):
        assert read_status(text).status == "complete"
    assert read_status("ไม่พบข้อผิดพลาด").status == "complete"
    assert read_status("ปราศจากข้อมูล").status == "missing"


def test_errors_of_links_and_pages_that_were_removed() -> None:
    for text in ("กดลิงก์แล้วขึ้น 404", "Error 404 Not Found", "404", "เปิดแล้วไม่พบหน้าเว็บ"):
        assert read_status(text).status == "partial"
    assert read_status("ไฟล์ถูกลบออกจากเว็บไซต์").status == "missing"
    assert read_status("คู่มือถูกเผยแพร่แล้ว").status == "complete"
    assert read_status("404 คน").status == "unclear"


def test_a_latin_name_that_is_not_there_is_missing() -> None:
    assert read_status("ไม่มี E-Service").status == "missing"
    assert read_status("ไม่พบ One Stop Service").status == "missing"
    assert read_status("One Stop Service").status == "unclear"


def test_reasons_purposes_and_conditions_are_not_what_is_said() -> None:
    assert read_status("งบประมาณไม่เพียงพอจึงยังไม่ได้ดำเนินการ").status == "not_started"
    assert read_status("เผยแพร่แล้วเพื่อให้ประชาชนรับทราบ").status == "complete"
    assert read_words("ไม่มีข้อมูล หากมีจะแจ้งให้ทราบ").status == "missing"
    for text in ("หากไม่ครบให้แก้ไข", "เพื่อให้ข้อมูลครบถ้วน", "ถ้าไม่มีข้อมูลให้ระบุ"):
        assert read_status(text).status == "unclear"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("เผยแพร่แล้ว 9 เดือน จาก 12 เดือน", "partial"),
        ("ผ่าน 8 ข้อ ไม่ผ่าน 2 ข้อ", "partial"),
        ("แผน - มี / คู่มือ - มี", "complete"),
        ("แผน - มี / คู่มือ - ไม่มี", "partial"),
        ("แผน - ไม่มี / คู่มือ - ไม่มี", "missing"),
        ("วันที่ 3 จาก 2567", "unclear"),
    ],
)
def test_lists_and_counts_of_things(text: str, status: str) -> None:
    assert read_status(text).status == status


def test_a_slip_of_one_letter_in_a_long_word_is_read_and_less_sure() -> None:
    for text, status in (
        ("อยู่ระหว่าวจัดทำ", "in_progress"),
        ("เรียบร้ยแล้ว", "complete"),
        ("ไม่เป็นปัจุบัน", "partial"),
    ):
        reading = read_status(text)
        assert reading.status == status
        assert reading.sure <= 0.8
    for text in ("ผู้ตรวจประเมิน", "ไม่เหมาะสม", "ผู้รับผิดชอบ"):
        assert read_status(text).status == "unclear"


def test_what_brackets_add() -> None:
    assert read_status("ครบถ้วน (ไม่มีข้อแก้ไข)").status == "complete"
    assert read_status("มี (ข้อมูลเก่า)").status == "partial"
    assert read_status("ไม่มี (ยังไม่ได้จัดทำ)").status == "missing"
    assert read_status("☑ มี ☐ ไม่มี (แต่ไม่ครบทุกกอง)").status == "partial"
    assert read_status("☑ มี ☐ ไม่มี (ระบุเหตุผล)").status == "complete"
    assert read_status("✗ ไม่มี").status == "missing"


def test_what_will_be_done_alone_is_not_started() -> None:
    for text in (
        "จะเผยแพร่ภายในเดือนมิถุนายน",
        "มีแผนจะจัดทำปีหน้า",
        "อยู่ในแผนปี 2568",
        "หากได้รับงบประมาณ จะเริ่มดำเนินการ",
        "to be published",
    ):
        assert read_status(text).status == "not_started"
    assert read_words("ยังไม่มีข้อมูล แต่จะจัดทำ").status == "missing"
    assert read_status("คาดว่าจะแล้วเสร็จเดือนมีนาคม").status == "in_progress"


@pytest.mark.parametrize(
    "text",
    [
        "ให้แก้ไขไฟล์ที่เปิดไม่ได้",
        "ขอเอกสารที่ยังขาดเพิ่ม",
        "เอกสารต้องลงนามแล้วเท่านั้น",
        "กรณีไม่พบข้อมูลให้แจ้งผู้ดูแลระบบ",
        "หน่วยงานที่ไม่มีเว็บไซต์ให้ใช้เฟซบุ๊กแทน",
        "เมื่อลงข้อมูลแล้วแจ้งกลับด้วย",
        "อย่าลืมใส่ภาพกิจกรรม",
    ],
)
def test_an_instruction_is_no_status_whatever_it_speaks_of(text: str) -> None:
    assert read_status(text).status == "unclear"


def test_what_stands_elsewhere_is_no_status_but_says_nothing_against_one() -> None:
    for text in ("ดูเอกสารที่แนบแล้ว", "มีในข้อ 8 แล้ว", "เผยแพร่รวมกับข้อ 10", "ใช้ไฟล์เดียวกับข้อ 9"):
        assert read_status(text).status == "unclear"
    assert read_status("มี (ดูหน้า 3 ของรายงาน)").status == "complete"
    assert read_status("ไม่พบข้อมูล ดูข้อ 2").status == "missing"


def test_a_question_about_a_defect_is_no_status() -> None:
    for text in ("ลิงก์ไหนเสีย", "ใครเป็นคนลงข้อมูล", "ทำไมขึ้นว่าไม่ครบ", "ทำถึงไหนแล้ว", "ต้องลงกี่เดือน"):
        assert read_status(text).status == "unclear"


@pytest.mark.parametrize(
    "text",
    [
        "ครบถ้วน ไม่พบข้อมูล",
        "เผยแพร่แล้วแต่ยังไม่เผยแพร่",
        "ไม่มี มีแล้ว",
        "ครบแต่ขาดทั้งหมด",
        "เปิดไม่ได้ เปิดได้",
        "ไม่มีข้อมูล แต่ข้อมูลครบ",
    ],
)
def test_what_is_said_and_denied_is_no_status(text: str) -> None:
    assert read_status(text).status == "unclear"
    assert read_status("เดิมไม่มี แต่ปัจจุบันมีแล้ว").status == "complete"


def test_staff_money_and_things_of_daily_work_are_no_item() -> None:
    for text in (
        "ถนนชำรุด",
        "ซ่อมเครื่องปรับอากาศแล้ว",
        "แต่งตั้งผู้รับผิดชอบแล้ว",
        "งบประมาณอนุมัติแล้ว",
        "ผู้เข้าร่วมครบ 100 คน",
        "แจ้งปลัดแล้ว",
        "มีผู้ร้องเรียน 1 ราย แก้ไขแล้ว",
    ):
        assert read_status(text).status == "unclear"
    assert read_status("ข้อมูลถนนไม่ครบ").status == "partial"
    assert read_status("งบประมาณเบิกจ่ายครบ เผยแพร่รายงานแล้ว").status == "complete"


def test_a_defect_of_what_no_list_knows_goes_to_a_person() -> None:
    for text in ("หมึกซีด", "แบตเตอรี่เสื่อม ขาดหมึก", "รสชาติไม่พอ", "ปรับปรุงฮวงจุ้ยแล้ว", "สวมหมวกครบ"):
        assert read_status(text).status == "unclear"
    assert read_status("ภาพถ่ายซีด").status == "partial"


def test_a_draft_is_work_in_progress() -> None:
    for text in ("จัดทำร่างแล้ว", "ร่างประกาศเสร็จแล้ว รอลงนาม"):
        assert read_status(text).status == "in_progress"


def test_a_part_that_is_not_there_and_a_whole_that_is_not() -> None:
    assert read_status("ไม่มีลายมือชื่อผู้บริหาร").status == "partial"
    assert read_status("ไม่พบทั้ง 6 เดือน").status == "missing"
    assert read_status("1. ไม่พบนโยบาย 2. ไม่พบรายงาน").status == "missing"
    assert read_status("1. มีนโยบาย 2. ไม่มีรายงาน").status == "partial"


def test_another_year_than_is_asked() -> None:
    assert read_status("ข้อมูลเป็นปี 2564 ต้องเป็นปี 2566").status == "partial"
    assert read_status("มีแผน แต่ข้อมูลปี 2563").status == "partial"
    assert read_status("ข้อมูลปี 2563").status == "unclear"


def test_a_word_is_found_behind_the_beginning_of_a_longer_one() -> None:
    """The letters of "put up" and the first of "complete" are those of "link" without its marks."""
    assert read_status("ลงครบแล้ว").status == "complete"


def test_what_is_not_made_yet_is_not_begun_whatever_it_is() -> None:
    for text in ("ยังไม่ได้จัดทำ", "ยังไม่ได้จัดทำแผน", "ยังไม่มีการจัดทำคู่มือ", "ยังไม่ทำรายงาน"):
        assert read_status(text).status == "not_started"
    assert read_status("ไม่ได้จัดทำแผน").status == "missing"
    assert read_status("ยังไม่ได้เผยแพร่แผน").status == "missing"
    for text in ("มีคู่มือแต่ยังไม่ได้จัดทำรายงาน", "จัดทำแผนแล้ว ยังไม่ได้จัดทำรายงาน"):
        assert read_words(text).status == "partial"


def test_what_the_public_can_do_is_a_status_only_of_a_thing_that_is_there() -> None:
    for text in ("ร้องเรียนได้ 3 ช่องทาง", "ติดต่อได้ที่กองช่าง", "สอบถามได้"):
        assert read_status(text).status == "unclear"
    for text in ("ระบบจองคิวได้", "มีช่องทาง ร้องเรียนได้จริง", "ยื่นคำขอได้แล้ว"):
        assert read_status(text).status == "complete"


def test_two_negations_say_no_defect() -> None:
    for text in ("ไม่มีข้อมูลไม่ครบถ้วน", "ไม่มีเอกสารที่ไม่ครบ", "ไม่มีลิงก์ที่เปิดไม่ได้"):
        assert read_status(text).status == "unclear"
    assert read_status("เผยแพร่แล้ว ไม่มีเอกสารที่ไม่ครบ").status == "complete"
    assert read_status("ไม่มีลายมือชื่อ ข้อมูลไม่ครบ").status == "partial"


def test_problems_are_a_section_where_the_report_is_named() -> None:
    assert read_status("ไม่มีอุปสรรคและข้อเสนอแนะในรายงาน").status == "partial"
    for text in ("ไม่มีปัญหาในการรายงาน", "ไม่มีปัญหาอุปสรรคในการดำเนินงาน", "ไม่พบปัญหาในรายงาน"):
        assert read_status(text).status == "unclear"


def test_what_is_lacking_because_it_is_being_made_is_in_progress() -> None:
    for text in ("ยังไม่เผยแพร่ เพราะกำลังปรับปรุงข้อมูล", "ไม่ครบ เนื่องจากกองช่างกำลังจัดทำ"):
        assert read_status(text).status == "in_progress"
    assert read_status("ไม่ได้จัดอบรม เนื่องจากขาดงบประมาณ").status == "missing"
    assert read_status("ยังไม่ดำเนินการ เนื่องจากรองบประมาณ").status == "not_started"


def test_a_contradiction_may_stand_in_brackets() -> None:
    assert read_status("เสร็จแล้ว (ยังไม่เสร็จ)").status == "unclear"
    assert read_status("เผยแพร่แล้ว (ยังไม่ครบ)").status == "partial"


def test_what_was_alone_is_not_what_is() -> None:
    assert read_status("เดิมไม่มี").status == "unclear"
    assert read_status("เดิมไม่มี ตอนนี้มีแล้ว").status == "complete"


def test_advice_to_add_a_thing_is_partial_and_to_add_staff_is_not() -> None:
    for text in ("ควรเพิ่มรายงานรอบ 6 เดือน", "ต้องเพิ่มเอกสารของปีงบประมาณ 2567"):
        assert read_status(text).status == "partial"
    assert read_status("ควรเพิ่มบุคลากร").status == "unclear"


def test_a_month_is_known_and_says_no_status() -> None:
    kinds = [word.kind for word in words_of("ขาดเดือนพ.ย.และธันวาคม")]
    assert kinds == ["lack", "unit", "text.month", "text.month"]
    assert read_status("ต.ค. 66 - มี.ค. 67").status == "unclear"
    assert read_status("เลื่อนออกไปเป็นเดือนกันยายน").status == "not_started"


def test_a_tick_with_a_day_or_page_is_a_tick() -> None:
    for text in ("✓ 12 ก.พ. 67", "✓ (หน้า 5)", "☑ 3 มีนาคม 2567"):
        assert read_status(text).status == "complete"
    for text in ("✓ กองคลัง", "☑ ม.ค. ☐ ก.พ.", "1. ✓"):
        assert read_status(text).status == "unclear"


def test_a_mark_that_fell_behind_the_last_consonant() -> None:
    assert read_words("กำลงัปรับปรุง").status == "in_progress"
    assert read_words("ไม่เป็นปัจจุบนั").status == "partial"


def test_what_is_not_filled_in_or_not_asked_is_not_reported() -> None:
    for text in ("ไม่ระบุ", "(เว้นว่าง)", "หน่วยงานไม่ได้กรอก", "N/A", "not applicable", "ไม่เกี่ยวข้อง"):
        assert read_status(text).status == "not_reported", text
    for text in ("ถ้าไม่มีให้เว้นว่าง", "N/A เดือนมีนาคม", "กรอกให้ครบทุกช่อง"):
        assert read_status(text).status == "unclear", text
    assert read_status("เมนูเว้นว่าง").status == "missing"
    assert read_status("แผนไม่ระบุวงเงิน").status == "partial"
    assert read_status("✓", "ไม่เกี่ยวข้อง").status == "not_reported"


def test_the_day_of_a_look_says_nothing() -> None:
    assert read_words("ไม่ปรากฏ ณ วันที่ตรวจ 14 พ.ค. 2567").status == "missing"
    assert read_words("ข้อมูลครบถ้วน ณ วันที่ 3 มิ.ย. 67").status == "complete"
    assert read_words("ข้อมูล ณ วันที่ 30 กันยายน 2566").status == "unclear"


def test_that_nothing_is_left_to_do_takes_nothing_back() -> None:
    for text in ("เผยแพร่แล้ว ไม่มีประเด็นคงค้าง", "ครบแล้ว เหลือแต่รอคะแนน", "เอกสารครบ ไม่มีหน้าใดขาดหาย"):
        assert read_words(text).status == "complete", text
    for text in ("ไม่มีเรื่องค้าง", "รอผลคะแนน"):
        assert read_words(text).status == "unclear", text
    assert read_words("ไม่มีวันที่ ขาดลายเซ็น").status == "partial"


def test_a_whole_thing_that_is_lacking_is_missing() -> None:
    for text in ("ขาดส่งทั้งเล่ม", "ขาดหายไปทั งข้อ", "ลืมจัดทำ", "ปีนี้งดจัดอบรม"):
        assert read_words(text).status == "missing", text
    assert read_words("ขาดลายเซ็น").status == "partial"
    for text in ("งดดำเนินการ", "อย่าลืมจัดทำ"):
        assert read_words(text).status == "unclear", text


def test_praise_with_a_demand_is_partial() -> None:
    for text in ("ผ่านแบบมีเงื่อนไข", "ผ่าน ต้องแก้ชื่อประกาศ", "เผยแพร่แล้ว ควรแก้ไขตัวเลข"):
        assert read_words(text).status == "partial", text
    for text in ("ให้เพิ่มเอกสาร", "โปรดจัดทำ", "ดีมาก"):
        assert read_words(text).status == "unclear", text


def test_the_code_of_an_item_is_a_section_and_a_lone_letter_is_not() -> None:
    assert [word.kind for word in words_of("o12ครบ")] == ["section.item", "full"]
    assert read_status("O มี O ไม่มี").status == "unclear"
    for text in ("ข้อมูลอยู่ในข้อ O12 แล้ว", "แสดงใน O11 แล้ว", "รวมอยู่ใน O5 ครบแล้ว"):
        assert read_words(text).status == "unclear", text


def test_what_was_late_and_is_there_is_complete() -> None:
    assert read_words("ลงช้าแต่ครบแล้ว").status == "complete"
    assert read_words("เผยแพร่ล่าช้า").status == "partial"
