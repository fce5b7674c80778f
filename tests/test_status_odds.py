"""The second reading of remarks: learned weights beside the rules."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from normalize import status_odds
from normalize.datafiles import read_rows
from normalize.remark_words import words_of
from normalize.status import read_status
from normalize.status_odds import ACCEPTED, BIAS, OPEN, STATUSES, pieces, probabilities, values_of

ROOT = Path(__file__).parents[1]


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


def test_a_rule_that_knows_every_word_stands_unless_another_status_is_likelier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    even = dict.fromkeys(STATUSES, 0.1)
    for likeliest, status in (
        ("partial", "partial"),
        ("unclear", "partial"),
        ("missing", "unclear"),
    ):
        chances = even | {likeliest: 0.5}
        monkeypatch.setattr(status_odds, "probabilities", lambda *_, chances=chances: chances)
        assert read_status("ข้อมูลไม่ครบถ้วน").status == status
    chances = even | {"complete": 0.5}
    monkeypatch.setattr(status_odds, "probabilities", lambda *_: chances)
    assert read_status("ถนนชำรุด").status == "unclear"


def test_what_the_weights_doubt_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    even = dict.fromkeys(STATUSES, 1 / len(STATUSES))
    monkeypatch.setattr(status_odds, "probabilities", lambda *_: even)
    assert read_status("งานซ่อมบำรุงสวนหย่อม ไม่ครบถ้วน").status == "unclear"
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
    for piece, places in pieces(text, words).items():
        for start, end in places:
            assert 0 <= start <= end <= len(text)
            if not piece.startswith("#"):
                assert text[start:end] == piece.strip("^$")
    lengths = [value**2 for value in values_of(pieces(text, words)).values()]
    assert sum(lengths) == pytest.approx(2)
    assert pieces("", [])


def test_the_tables_hold_what_is_looked_up_in_them() -> None:
    weights = [row["piece"] for row in read_rows("status_weights.csv")]
    assert weights.count(BIAS) == 1
    assert len(set(weights)) == len(weights)
    firsts = {row["first_reading"] for row in read_rows("status_evidence.csv")}
    assert firsts == {*STATUSES, *OPEN}
    for first in firsts:
        chances = probabilities(pieces("ก", words_of("ก")), first)
        assert sum(chances.values()) == pytest.approx(1)


def test_what_is_learned_is_not_what_is_counted() -> None:
    learned = texts("training/data/remarks.csv")
    assert len(set(learned)) == len(learned)
    assert not {*learned} & {*texts("benchmarks/cases/statuses.csv")}
    with (ROOT / "tests/data/status_cases.csv").open(encoding="utf-8", newline="") as file:
        assert not {*learned} & {row["text"] for row in csv.DictReader(file)}
