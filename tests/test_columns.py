"""Checklists whose headers do not say what a column holds: its cells do."""

from __future__ import annotations

import pytest
from report_text import codes, doubts, normalized, pick, table

from extract.headers import is_header
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


def test_shares_under_a_header_that_does_not_say_so_are_no_statuses() -> None:
    for shares in (("3/5", "5/5", "0/5", "1/5", "2/5"), ("80%", "100%", "๕๐ %", "0%", "ร้อยละ 75")):
        text = table(("ข้อ", "ข้อมูล", "ก้าวหน้า"), *rows(NUMBERS, NAMES, shares))
        _, records = normalized(text, 2566)
        assert {status for (status,) in pick(records.items, "status")} == {None}


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


def ticked(*heads: str) -> tuple[str, int]:
    """Return the statuses of a checklist, each row ticked in the next column, and its doubts."""
    body = [
        (NUMBERS[n], NAMES[n], *("✓" if n == column else "" for column in range(len(heads))))
        for n in range(len(heads))
    ]
    _, records = normalized(table(("ข้อ", "ข้อมูล", *heads), *body), 2566)
    statuses = [str(status) for (status,) in pick(records.items, "status")]
    return " ".join(statuses), len(doubts(records, "status"))


@pytest.mark.parametrize(
    ("heads", "statuses", "asked"),
    [
        (("มีการเปิดเผย", "ไม่มีการเปิดเผย"), "complete missing", 0),
        (("ครบถ้วน", "ไม่ครบถ้วน", "ไม่มี"), "complete partial missing", 0),
        (("เผยแพร่แล้ว", "ยังไม่เผยแพร่"), "complete missing", 0),
        (("ผ่าน", "ไม่ผ่าน"), "complete unclear", 1),
        (("มี", "ไม่มี", "อื่น ๆ"), "complete missing unclear", 1),
        (("สีเขียว", "สีแดง"), "None None", 0),
    ],
)
def test_ticks_mean_what_their_headers_say(
    heads: tuple[str, ...], statuses: str, asked: int
) -> None:
    assert ticked(*heads) == (statuses, asked)


def test_the_fuller_column_of_ticks_is_not_the_column_of_statuses() -> None:
    marks = ("✓", "", "", "", ""), ("", "✓", "✓", "✓", "✓")
    head = ("ข้อ", "ข้อมูล", "มีการเปิดเผย", "ไม่มีการเปิดเผย")
    _, records = normalized(table(head, *rows(NUMBERS, NAMES, *marks)), 2566)
    assert pick(records.items, "status") == [("complete",), *[("missing",)] * 4]


def test_ticks_that_contradict_each_other_are_a_persons_to_read() -> None:
    marks = ("✓", "", "✓", "-", "-"), ("", "✓", "✓", "-", "")
    _, records = normalized(
        table(("ข้อ", "ข้อมูล", "ผ่าน", "ไม่ผ่าน"), *rows(NUMBERS, NAMES, *marks)), 2566
    )
    assert [status for (status,) in pick(records.items, "status")] == [
        "complete",
        *["unclear"] * 2,
        *["not_reported"] * 2,
    ]


def test_ticks_of_measures_are_no_steps() -> None:
    head = ("ลำดับ", "มาตรการ", "ดำเนินการ", "ไม่ดำเนินการ", "อื่น ๆ")
    body = [
        ("1", "อบรมจริยธรรม", "✓", "", ""),
        ("2", "จัดทำคู่มือ", "", "✓", ""),
        ("3", "ประชุม", "", "", "✓"),
    ]
    _, records = normalized(table(head, *body), 2566)
    assert pick(records.measures, "status") == [("complete",), ("not_started",), ("unclear",)]
    assert (records.measure_steps, len(doubts(records, "status"))) == ([], 1)


@pytest.mark.parametrize(
    ("heads", "scores", "expected"),
    [
        (("คะแนนเต็ม", "คะแนนที่ได้"), (100, 50), ("partial", 50)),
        (("คะแนนเต็ม", "คะแนนที่ได้ (คะแนนเต็ม 100)"), (100, 0), ("missing", 0)),
        (("น้ำหนักคะแนน", "ผลคะแนน"), (5, 100), ("complete", 100)),
        (("คะแนนปี 2565", "คะแนนปี 2566"), (100, 0), ("missing", 0)),
        (("คะแนนปี 2566", "คะแนนปี 2565"), (0, 100), ("missing", 0)),
        (("คะแนน ๒๕๖๕", "คะแนน ๒๕๖๖"), (100, 0), ("missing", 0)),
        (("คะแนนปี 2565", "คะแนน"), (100, 0), ("missing", 0)),
        (("คะแนนรอบแรก", "คะแนนรอบหลัง"), (100, 0), ("unclear", None)),
        (("คะแนนรอบแรก", "คะแนนรอบหลัง"), (100, 100), ("complete", 100)),
    ],
)
def test_the_score_is_the_agencys_own_of_the_reports_year(
    heads: tuple[str, str], scores: tuple[int, int], expected: tuple[object, object]
) -> None:
    body = rows(NUMBERS, NAMES, *((score,) * len(NUMBERS) for score in scores))
    _, records = normalized(table(("ข้อ", "ข้อมูล", *heads), *body), 2566)
    assert pick(records.items, "status", "score") == [expected] * len(NUMBERS)
    assert len(doubts(records, "status")) == (len(NUMBERS) if expected[0] == "unclear" else 0)


def test_scores_that_differ_beside_a_status_leave_the_score_open() -> None:
    scores = (100,) * 5, (0,) * 5
    head = ("ข้อ", "ข้อมูล", "คะแนนรอบแรก", "คะแนนรอบหลัง", "สถานะ")
    _, records = normalized(table(head, *rows(NUMBERS, NAMES, *scores, STATES)), 2566)
    assert pick(records.items, "status", "score") == [(status, None) for status in READ]
    assert doubts(records, "score")[0]["raw"] == f"O1 {NAMES[0]}: 100 0"


def test_typed_boxes_are_ticks_too() -> None:
    marks = ("[x]", "[ ]", "[ ]", "", ""), ("[ ]", "[x]", "[x]", "( )", "")
    head = ("ข้อ", "ข้อมูล", "ครบถ้วน", "ไม่ครบถ้วน")
    _, records = normalized(table(head, *rows(NUMBERS, NAMES, *marks)), 2566)
    assert [status for (status,) in pick(records.items, "status")] == [
        "complete",
        *["partial"] * 2,
        *["not_reported"] * 2,
    ]


def test_two_header_words_begin_a_header() -> None:
    assert is_header(["ข้อ", "ข้อมูล", "ก", "ข", "ค"])
    assert not is_header(["ข้อ", "ข้อมูล", "ก", "ข", "ค"], is_inside=True)
    assert not is_header(["มี", "ไม่มี", "ก", "ข", "ค"])
    assert not is_header(["ข้อ", "ข้อมูล", "1", "2", "3"])
    assert not is_header(["ข้อ", "โครงสร้าง", "ก", "ข", "ค"])
