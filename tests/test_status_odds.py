"""What remarks say by learned weights, with what the rules found among their pieces."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from report_text import normalized, pick, table

from normalize import status_odds
from normalize.datafiles import read_rows
from normalize.remark_words import words_of
from normalize.status import read_status
from normalize.status_odds import (
    ACCEPTED,
    AGAINST_RULES,
    BIAS,
    CLASSES,
    RULES,
    STATUSES,
    WORDS,
    Spans,
    knows_all,
    pieces,
    pieces_of_rules,
    probabilities,
    values_of,
)
from normalize.wording import read_words

ROOT = Path(__file__).parents[1]
NAMES = ("โครงสร้าง", "ข้อมูลผู้บริหาร", "อำนาจหน้าที่", "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน")


def texts(path: str) -> list[str]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def test_a_remark_that_no_rule_fits_is_read_by_its_weights_with_the_words_that_decided() -> None:
    reading = read_status("ลิงก์กระโดดไปหน้าเว็บพนัน เข้าดูแผนไม่ได้เลย")
    assert reading.status == "partial"
    reading = read_status("แฟ้มวางอยู่ที่ห้องปลัด ยังไม่ได้เซ็นกลับมา")
    assert reading.status == "in_progress"
    assert reading.reason in "แฟ้มวางอยู่ที่ห้องปลัดยังไม่ได้เซ็นกลับมา"
    assert ACCEPTED <= reading.sure <= 0.95


@pytest.mark.parametrize(
    ("text", "likeliest", "chance", "status"),
    [
        ("ข้อมูลไม่ครบถ้วน", "partial", 0.4, "partial"),
        ("ข้อมูลไม่ครบถ้วน", "missing", ACCEPTED, "unclear"),
        ("ข้อมูลไม่ครบถ้วน", "missing", AGAINST_RULES, "missing"),
        ("ไม่มีข้อร้องเรียน", "complete", ACCEPTED, "unclear"),
        ("ไม่มีข้อร้องเรียน", "complete", AGAINST_RULES, "complete"),
        ("should be published", "complete", ACCEPTED, "unclear"),
    ],
)
def test_a_rule_that_knows_every_word_needs_little_and_what_is_against_it_much(
    monkeypatch: pytest.MonkeyPatch, text: str, likeliest: str, chance: float, status: str
) -> None:
    chances = dict.fromkeys(STATUSES, 0.01) | {likeliest: chance}
    monkeypatch.setattr(status_odds, "probabilities", lambda _: chances)
    assert read_status(text).status == status


def test_a_score_is_no_surer_than_what_the_weights_make_of_a_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chances = dict.fromkeys(STATUSES, 0.01) | {"partial": 0.4}
    monkeypatch.setattr(status_odds, "probabilities", lambda _: chances)
    assert read_status("ข้อมูลไม่ครบถ้วน").sure == 0.8


def test_what_only_weights_find_not_reported_gives_way_to_no_score_and_no_tick(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chances = dict.fromkeys(STATUSES, 0.001) | {"not_reported": 0.98}
    monkeypatch.setattr(status_odds, "probabilities", lambda _: chances)
    remark = "ปลัดกำลังตามเรื่องนี้อยู่กับลุงบุญมี"
    head = ("ข้อ", "ข้อมูล", "ผลการดำเนินงาน", "คะแนน")
    rows = [(f"O{n}", name, remark, 100) for n, name in enumerate(NAMES, start=1)]
    _, records = normalized(table(head, *rows), 2565)
    assert pick(records.items, "status", "status_raw") == [("not_reported", remark)] * len(NAMES)


def test_brackets_around_a_whole_remark_say_nothing() -> None:
    for text in ("ข้อมูลไม่ถูกต้อง", "ไม่มี", "ดำเนินการแล้ว", "no data"):
        assert read_status(f"({text})") == read_status(text)


def test_what_the_weights_doubt_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    even = dict.fromkeys(STATUSES, 1 / len(STATUSES))
    monkeypatch.setattr(status_odds, "probabilities", lambda *_: even)
    assert read_status("งานซ่อมบำรุงสวนหย่อมของลุงบุญมี ไม่ครบถ้วน").status == "unclear"
    sure = even | {"missing": 0.85}
    monkeypatch.setattr(status_odds, "probabilities", lambda *_: sure)
    reading = read_status("ปลัดกำลังตามเรื่องนี้อยู่กับลุงบุญมี")
    assert (reading.status, reading.sure) == ("missing", 0.8)


def test_names_of_people_places_and_items_stay_unclear() -> None:
    for text in (
        "นายประสิทธิ์ วงศ์สุวรรณ นักทรัพยากรบุคคล",
        "หมู่ 7 ตำบลบ้านกลาง",
        "รายงานผลการสำรวจความพึงพอใจการให้บริการ",
        "จะส่งเล่มนี้ให้ใครต่อคะ",
    ):
        assert read_status(text).status == "unclear", text


def test_pieces_stand_where_they_are_said_to() -> None:
    text = "ลงไม่ครบ2เดือน"
    words = words_of(text)
    found = pieces(text, words)
    for piece, places in found.items():
        for start, end in places:
            assert 0 <= start <= end <= len(text)
            if piece.startswith(WORDS):
                assert text[start:end] == piece.removeprefix(WORDS).strip("^$").replace(" ", "")
            elif not piece.startswith(CLASSES):
                assert text[start:end] == piece.strip("^$")
    assert f"{WORDS}เดือน" in found
    assert f"{WORDS}ไม่ ครบ" in found
    lengths = [value**2 for value in values_of(found).values()]
    assert sum(lengths) == pytest.approx(3)
    assert pieces("", [])


def test_what_the_rules_found_is_a_piece_and_whether_they_know_every_word() -> None:
    def found(text: str) -> Spans:
        return pieces_of_rules(read_words(text), is_known=knows_all(words_of(text)))

    text = "ข้อมูลไม่ครบถ้วน"
    assert {*found(text)} == {
        f"{RULES}partial",
        f"{RULES}partial known",
    }
    text = "ลุงบุญมีไม่ครบถ้วน"
    assert {*found(text)} == {f"{RULES}partial"}


def test_the_table_holds_what_is_looked_up_in_it() -> None:
    weights = [row["piece"] for row in read_rows("status_weights.csv")]
    assert weights.count(BIAS) == 1
    assert len(set(weights)) == len(weights)
    assert {f"{RULES}{status}" for status in STATUSES} < {*weights}
    assert sum(probabilities(pieces("ก", words_of("ก"))).values()) == pytest.approx(1)


def test_what_is_learned_is_not_what_is_counted() -> None:
    learned = texts("training/data/remarks.csv")
    assert len(set(learned)) == len(learned)
    assert not {*learned} & {*texts("benchmarks/cases/statuses.csv")}
    with (ROOT / "tests/data/status_cases.csv").open(encoding="utf-8", newline="") as file:
        assert not {*learned} & {row["text"] for row in csv.DictReader(file)}
