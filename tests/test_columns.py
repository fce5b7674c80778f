"""Checklists whose headers do not say what a column holds: its cells do."""

from __future__ import annotations

from report_text import codes, doubts, normalized, pick, table

from normalize.reference import item_lists

ITEMS = item_lists()[2566]
STATES = ("ครบถ้วน", "ไม่พบข้อมูล", "อยู่ระหว่างดำเนินการ", "ข้อมูลไม่ครบถ้วน", "ครบถ้วน")
READ = ["complete", "missing", "in_progress", "partial", "complete"]


def rows(*columns: tuple[object, ...]) -> list[tuple[object, ...]]:
    return list(zip(*columns, strict=True))


NUMBERS = tuple(f"O{item.item_no}" for item in ITEMS[:5])
NAMES = tuple(item.name for item in ITEMS[:5])
OWNERS = ("สำนักปลัด", "กองคลัง", "กองช่าง", "สำนักปลัด", "กองคลัง")


def test_statuses_under_a_header_that_does_not_say_so() -> None:
    text = table(("ข้อ", "ข้อมูล", "เรื่องที่พบ", "กองเจ้าของ"), *rows(NUMBERS, NAMES, STATES, OWNERS))
    _, records = normalized(text, 2566)
    assert [status for (status,) in pick(records.items, "status")] == READ


def test_names_under_a_header_that_does_not_say_so() -> None:
    text = table(("ข้อ", "รายละเอียด", "สถานะ"), *rows(NUMBERS, NAMES, STATES))
    _, records = normalized(text, 2566)
    assert pick(records.items, "item_no", "item_name_raw", "status") == list(
        zip(range(1, 6), NAMES, READ, strict=True)
    )


def test_two_columns_that_could_be_the_statuses_leave_them_open() -> None:
    text = table(("ข้อ", "ข้อมูล", "ครั้งแรก", "ครั้งหลัง"), *rows(NUMBERS, NAMES, STATES, STATES[::-1]))
    _, records = normalized(text, 2566)
    assert {status for (status,) in pick(records.items, "status")} == {None}
    assert "no_status_column" in codes(records)


def test_a_checklist_without_statuses_has_none_and_says_so() -> None:
    text = table(("ข้อ", "ข้อมูล", "ผู้รับผิดชอบ"), *rows(NUMBERS, NAMES, OWNERS))
    _, records = normalized(text, 2566)
    assert pick(records.items, "item_no", "status") == [(n, None) for n in range(1, 6)]
    assert "no_status_column" in codes(records)


def test_rows_that_only_count_are_no_checklist() -> None:
    works = ("ก่อสร้างถนน", "ขุดลอกคลอง", "ซื้อคอมพิวเตอร์", "จ้างเหมาบริการ", "ซ่อมอาคาร")
    text = table(("ลำดับ", "รายการ", "งบประมาณ"), *rows(tuple(range(1, 6)), works, (9, 8, 7, 6, 5)))
    _, records = normalized(text, 2566)
    assert (records.items, doubts(records, "item")) == ([], [])


def test_empty_names_beside_plain_numbers_are_no_checklist() -> None:
    text = table(("ลำดับ", "รายการ", "จำนวน"), *rows(tuple(range(1, 6)), ("",) * 5, (1, 2, 3, 4, 5)))
    _, records = normalized(text, 2566)
    assert records.items == []


def test_a_score_of_nothing_with_a_remark_is_a_persons_to_read() -> None:
    scores, remarks = ("100", "0", "0", "50", ""), ("", "", "สถิติถึงเดือนมกราคม", "", "")
    text = table(("ข้อ", "ข้อมูล", "คะแนน", "หมายเหตุ"), *rows(NUMBERS, NAMES, scores, remarks))
    _, records = normalized(text, 2566)
    assert [status for (status,) in pick(records.items, "status")] == [
        "complete",
        "missing",
        "unclear",
        "partial",
        "not_reported",
    ]


def test_measures_of_a_report_on_something_else_are_none() -> None:
    head = ("ลำดับ", "มาตรการ", "ขั้นตอน", "ระยะเวลา")
    body = ("1", "มาตรการประหยัดพลังงาน", "1. ปิดไฟ", "ต.ค. 66")
    _, records = normalized("แผนอนุรักษ์พลังงาน\n\n" + table(head, body))
    assert records.measures == []


def test_indicators_of_another_plan_are_no_measures() -> None:
    head = ("ตัวชี้วัด", "แนวทาง", "ผู้รับผิดชอบ")
    body = [(f"ร้อยละของถนนสายที่ {n}", "1. สำรวจ", "กองช่าง") for n in range(1, 4)]
    _, records = normalized(table(head, *body), 2566)
    assert records.measures == []
