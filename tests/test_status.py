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
from normalize.status import (
    box_remark,
    is_sign,
    read_leading_status,
    read_status,
    without_choices,
)

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


@pytest.mark.parametrize("tuned", ["yes", "no", "spent"])
def test_all_cases_together(tuned: str) -> None:
    """Cases with "no" were kept aside from rules and weights; "spent" ones were, until counted."""
    asked = [case for case in cases() if case["tuned"] == tuned]
    found = [(case["status"], match_status(case["text"])["status"]) for case in asked]
    right = sum(want == got for want, got in found)
    wrong = sum(want != got != "unclear" for want, got in found)
    assert right / len(found) >= MIN_RIGHT
    assert wrong / len(found) <= MAX_WRONG
    assert {want for want, _ in found} == STATUSES


def test_a_score_is_the_share_of_right_readings() -> None:
    right: dict[float, list[bool]] = {}
    for case in cases():
        row = match_status(case["text"])
        if row["match_status"] == "accepted":
            score = row["match_score"]
            assert isinstance(score, float)
            right.setdefault(score, []).append(row["status"] == case["status"])
    assert set(right) >= {0.9, 0.95, 1.0}
    shares = {score: sum(found) / len(found) for score, found in right.items()}
    assert [score for score, share in shares.items() if share < min(score, 0.99)] == []


def test_every_rule_is_reached_by_its_own_example(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = wording._rules()
    for n, row in enumerate(read_rows("status_rules.csv")):
        monkeypatch.setattr(wording, "_rules", lambda n=n: rules[:n])
        assert wording.read_words(row["example"]) == wording.NO_RULE, row["example"]


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
        ("✗", "missing", ""),
    ],
)
def test_boxes(text: str, status: str, remark: str) -> None:
    assert read_status(text).status == status
    assert box_remark(text) == remark


def test_a_tick_means_what_its_header_says() -> None:
    assert read_status("✓", "ดำเนินการแล้ว").status == "complete"
    assert read_status("✓", "ยังไม่ได้ดำเนินการ").status == "not_started"
    assert read_status("✓", "ไม่ได้ดำเนินการ").status == "not_started"
    assert read_status("✓", "ไม่มี").status == "missing"
    assert read_status("✓", "ผลการตรวจ").status == "complete"
    assert read_status("✓", "ไม่ผ่าน").status == "unclear"
    assert read_status("✓", "ควรปรับปรุง").status == "partial"
    assert read_status("✗", "ผลการตรวจ").status == "missing"
    assert read_status("✗", "ดำเนินการแล้ว").status == "unclear"  # it may choose the column


@pytest.mark.parametrize("tick", [".\n✓", "- ✓", "✓ .", "▯ ✓", "' ✓", "• ✓", "| √", "(✓)"])
def test_a_tick_beside_punctuation_alone_is_a_tick(tick: str) -> None:
    assert is_sign(tick)
    assert read_status(tick).status == "complete"
    assert read_status(tick, "ไม่มี").status == "missing"


def test_punctuation_is_no_label_and_what_may_be_words_is_no_punctuation() -> None:
    assert read_status("ไม่มี ✓ .").status == read_status(". ✓ ไม่มี").status == "missing"
    assert read_status("☐ .").status == "not_reported"
    for text in ("✓ ?", "1. ✓", "/ .", "- ■"):
        assert read_status(text).status == "unclear"
    assert read_status("✗ .").status == "missing"


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


def test_ticks_beside_punctuation_in_columns_of_ticks() -> None:
    rows = [("O1", NAMES[0], "- ✓", ""), ("O2", NAMES[1], "", ". ✓"), ("O3", NAMES[2], "✓ ▯", "-")]
    _, records = normalized(table((*HEAD, "มี", "ไม่มี"), *rows), 2565)
    assert pick(records.items, "status", "status_raw") == [
        ("complete", "มี - ✓"),
        ("missing", "ไม่มี . ✓"),
        ("complete", "มี ✓ ▯"),
    ]


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


def test_a_remark_counts_beside_ticks_whose_header_is_not_read() -> None:
    """Under a stamp such a header was lost, and with it what remarks take back."""
    rows = [
        ("O1", NAMES[0], "✓", "", "ข้อมูลไม่เป็นปัจจุบัน"),
        ("O2", NAMES[1], "✓", "", ""),
        ("O3", NAMES[2], "ดำเนินการแล้ว", "", "ข้อมูลไม่เป็นปัจจุบัน"),
    ]
    _, records = normalized(table((*HEAD, "ผลการตรวจสอบ", "ไม่มี", "หมายเหตุ"), *rows), 2565)
    assert pick(records.items, "status") == [("partial",), ("complete",), ("complete",)]


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


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("5/5", "complete"),
        ("3/5", "partial"),
        ("0/5", "missing"),
        ("ดำเนินการ 0/5", "not_started"),
        ("ดำเนินการแล้ว 3 จาก 5 โครงการ", "in_progress"),
        ("ร้อยละ ๘๐", "partial"),
        ("100%", "complete"),
        ("1/2567", "unclear"),
        ("12/67", "unclear"),
        ("15/1/67", "unclear"),
        ("หน้า 3/5", "unclear"),
        ("7/5", "unclear"),
        ("120%", "unclear"),
    ],
)
def test_shares_and_what_looks_like_them(text: str, status: str) -> None:
    assert match_status(text)["status"] == status


def test_a_report_without_its_problems_is_partial_and_no_problem_is_no_status() -> None:
    assert read_status("รายงานไม่มีปัญหา อุปสรรค").status == "partial"
    assert read_status("ไม่มีปัญหา อุปสรรค").status == "unclear"
    assert read_status("ไม่พบปัญหาอุปสรรคในการดำเนินงาน").status == "unclear"
    assert read_status("ดำเนินการแล้ว ไม่พบปัญหาอุปสรรค").status == "complete"


def test_the_reason_is_the_words_that_decided() -> None:
    assert match_status("ข้อมูลของกองช่าง ไม่ครบถ้วน")["match_method"] == "ไม่ครบถ้วน"
    assert match_status("เว็บไซต์อยู่ระหว่างปรับปรุง")["match_method"] == "อยู่ระหว่างปรับปรุง"
    assert match_status("สำนักปลัด")["match_method"] == "no rule fits"


def test_a_word_inside_another_word_says_nothing() -> None:
    """แต่ in ตั้งแต่, กำลัง in กำลังพล, ล่ม in เล่ม, มี in มีนาคม, เก่า beside เก้า."""
    for text in ("ตั้งแต่เดือนมีนาคม", "กำลังพล", "9 เล่ม", "เก้า", "ผู้มีส่วนได้เสีย"):
        assert read_status(text).status == "unclear"


def test_words_whose_marks_are_lost_are_read_and_less_sure() -> None:
    whole, lost = match_status("ดำเนินการแล้ว"), match_status("ดาเนินการแลว")
    assert whole["status"] == lost["status"] == "complete"
    assert whole["match_score"] == 0.95
    assert lost["match_score"] == 0.9
    assert match_status("ไมเป็นปัจจุบัน")["status"] == "partial"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("มี ☐ ไม่มี ☑", "missing"),
        ("ไม่มี ☑", "missing"),
        ("● ดำเนินการแล้ว ○ ยังไม่ดำเนินการ", "complete"),
        ("□ มี ■ ไม่มี", "missing"),
        ("● ครบถ้วน", "complete"),
    ],
)
def test_boxes_behind_their_labels_and_in_other_shapes(text: str, status: str) -> None:
    assert read_status(text).status == status


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


@pytest.mark.parametrize("rest", ["เป็นปัจจุบัน", "ครบถ้วน", "มีข้อมูล"])
def test_not_with_the_other_vowel_is_not(rest: str) -> None:
    """No word has that vowel before this letter; a scan's "not up to date" was taken for done."""
    assert read_status(f"ใม่{rest}") == read_status(f"ไม่{rest}")
