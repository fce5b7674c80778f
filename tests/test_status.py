"""Remarks, ticks and boxes of real-life checklists (data/status_cases.csv, labelled by hand)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from report_text import doubts, normalized, pick, table

from extract.thai import clean_thai
from normalize import wording
from normalize.catalogue import catalogue
from normalize.datafiles import read_rows
from normalize.match import match_status
from normalize.status import box_remark, read_leading_status, read_status, without_choices

STATUSES = {value.value for value in catalogue().enum("item_status")}

CASES = Path(__file__).parent / "data" / "status_cases.csv"
# Floor of right ones and ceiling of wrong ones; "unclear" is neither, it goes to a person.
MIN_RIGHT, MAX_WRONG = 0.97, 0.01
HEAD = ("ข้อ", "ข้อมูล")
NAMES = ("โครงสร้าง", "ข้อมูลผู้บริหาร", "อำนาจหน้าที่", "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน")


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_cases_that_must_be_right() -> None:
    must = [case for case in cases() if case["tier"] == "must"]
    assert len(must) >= 100
    wrong = [c for c in must if read_status(c["text"]).status != c["status"]]
    assert wrong == []


def test_all_cases_together() -> None:
    found = [(case["status"], read_status(case["text"]).status) for case in cases()]
    right = sum(want == got for want, got in found)
    wrong = sum(want != got != "unclear" for want, got in found)
    assert right / len(found) >= MIN_RIGHT
    assert wrong / len(found) <= MAX_WRONG
    assert {want for want, _ in found} == STATUSES


def test_every_rule_gives_its_own_example() -> None:
    for row in read_rows("status_rules.csv"):
        assert row["status"] in STATUSES
        assert read_status(row["example"]).status == row["status"], row["example"]


@pytest.mark.parametrize(
    ("text", "status", "remark"),
    [
        (
            "☐ ยังไม่ได้ดำเนินการ ☑ ดำเนินการ - เมื่อดำเนินการแล้วได้รายงาน",
            "complete",
            "เมื่อดำเนินการแล้วได้รายงาน",
        ),
        ("[ ] มี [x] ไม่มี\n- รอข้อมูล", "missing", "รอข้อมูล"),
        ("( ) แล้วเสร็จ (/) อยู่ระหว่างดำเนินการ", "in_progress", ""),
        ("☑ ยังไม่ดำเนินการ ☑ ดำเนินการแล้ว", "unclear", ""),
        ("☐ มี ☐ ไม่มี - ไม่ระบุ", "not_reported", "ไม่ระบุ"),
        ("☑", "complete", ""),
        ("✗", "unclear", ""),
    ],
)
def test_boxes(text: str, status: str, remark: str) -> None:
    assert read_status(text).status == status
    assert box_remark(text) == remark


def test_a_tick_means_what_its_header_says() -> None:
    assert read_status("✓", "ดำเนินการแล้ว").status == "complete"
    assert read_status("✓", "ไม่ได้ดำเนินการ").status == "not_started"
    assert read_status("✓", "ไม่มี").status == "missing"
    assert read_status("✓", "ผลการตรวจ").status == "complete"
    assert read_status("✓", "ไม่ผ่าน").status == "unclear"
    assert read_status("✓", "ควรปรับปรุง").status == "unclear"


def test_ticks_under_two_levels_of_headers() -> None:
    rows = [("O1", NAMES[0], "✓", ""), ("O2", NAMES[1], "", "✓"), ("O3", NAMES[2], "✓", "✓")]
    text = table((*HEAD, "ผลการตรวจ", ""), ("", "", "ผ่าน", "ไม่ผ่าน"), *rows)
    _, records = normalized(text, 2565)
    assert pick(records.items, "item_no", "status") == [
        (1, "complete"),
        (2, "unclear"),
        (3, "unclear"),
    ]
    assert len(doubts(records, "status")) == 2


def test_a_remark_beside_ticks_counts_where_it_is_understood() -> None:
    rows = [
        ("O1", NAMES[0], "✓", "", "เผยแพร่แล้ว"),
        ("O2", NAMES[1], "", "✓", "กองช่าง"),
        ("O3", NAMES[2], "", "", "อยู่ระหว่างจัดทำ"),
        ("O4", NAMES[3], "", "", ""),
    ]
    _, records = normalized(table((*HEAD, "มี", "ไม่มี", "หมายเหตุ"), *rows), 2565)
    assert pick(records.items, "status") == [
        ("complete",),
        ("missing",),
        ("in_progress",),
        ("not_reported",),
    ]


def test_a_score_alone_gives_the_status_too() -> None:
    rows = [("O1", NAMES[0], "100"), ("O2", NAMES[1], "๐"), ("O3", NAMES[2], "50 คะแนน")]
    _, records = normalized(table((*HEAD, "คะแนน"), *rows), 2565)
    assert pick(records.items, "status", "score") == [
        ("complete", 100),
        ("missing", 0),
        ("partial", 50),
    ]
    assert match_status("100 คะแนน")["status"] == "complete"
    assert match_status("3")["match_status"] == "review"


def test_only_the_first_words_of_a_result_are_its_status() -> None:
    reading, said = read_leading_status("ดำเนินการแล้ว อบรม 1 รุ่น ไม่พบปัญหา")
    assert reading is not None
    assert (reading.status, said) == ("complete", "ดำเนินการแล้ว")
    assert read_leading_status("อบรม 1 รุ่น ดำเนินการแล้ว") == (None, "")
    assert read_leading_status("") == (None, "")


def test_choices_of_a_question_are_not_its_wording() -> None:
    assert without_choices("e6 คำถาม\n☐ ง่าย\n☐ ยาก") == "e6 คำถาม"
    assert without_choices("☐ มาตรการ") == "☐ มาตรการ"


def test_a_link_beside_words_says_nothing_more() -> None:
    assert read_status("มี https://www.example.go.th/a?b=1").status == "complete"
    assert read_status("ไม่พบข้อมูล www.example.go.th").status == "missing"
    assert read_status("https://www.example.go.th/yes").status == "unclear"


def test_a_long_text_is_no_status_and_never_reaches_the_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some rules look for words between words: their time grows with the cube of the length."""
    assert read_status("ครบถ้วน" + "ก" * 300).status == "complete"

    def no_rules() -> None:
        raise AssertionError("the rules were asked")

    monkeypatch.setattr(wording, "_rules", no_rules)
    for text in ("มีแต่" * 800, "☑ " + "มีแต่" * 800):
        assert read_status(text).status == "unclear"
    assert read_leading_status("มีแต่" * 800) == (None, "")


@pytest.mark.parametrize(
    ("sign", "status"),
    [
        ("\uf0fc", "complete"),
        ("\uf0fe", "complete"),
        ("\uf0a8", "not_reported"),
        ("\uf06f", "not_reported"),
    ],
)
def test_ticks_and_boxes_of_a_word_processors_font(sign: str, status: str) -> None:
    assert read_status(clean_thai(sign)).status == status
    assert read_status(clean_thai(f"\uf0a8 มี {sign} ไม่มี")).status in ("missing", "not_reported")
