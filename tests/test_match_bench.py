"""The labelled bench of the matchers: its cases are sound, and no committed figure gets worse."""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.cases_maker import write_all
from benchmarks.damage import DAMAGES
from benchmarks.match_bench import RESULTS, main, measure, results
from benchmarks.match_cases import CASES, EXPECTED, HALVES, HAND, TIERS, Case, read_cases
from benchmarks.match_scoring import (
    Figures,
    Verdict,
    figures,
    judge_match,
    judge_repair,
    judge_status,
    worse,
)
from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.reference import item_lists

LEAST = {"items": 400, "agencies": 600, "statuses": 200, "thai": 300}
STATUS_CASES = Path(__file__).parent / "data" / "status_cases.csv"

every_set = pytest.mark.parametrize("name", EXPECTED)


@pytest.fixture(scope="module")
def verdicts() -> dict[str, list[Verdict]]:
    return measure()[0]


@every_set
@pytest.mark.parametrize("half", HALVES)
def test_no_figure_is_worse_than_the_committed_one(
    verdicts: dict[str, list[Verdict]], name: str, half: str
) -> None:
    committed = json.loads(RESULTS.read_text("utf-8"))[name][half]
    found = worse(committed, results(verdicts)[name][half])
    assert not found, f"{name}, {half} half: {'; '.join(found)}"


def test_the_maker_makes_the_same_cases_again(tmp_path: Path) -> None:
    write_all(out=tmp_path)
    for name in EXPECTED:
        assert (tmp_path / f"{name}.csv").read_bytes() == (CASES / f"{name}.csv").read_bytes()


@every_set
def test_there_are_cases_of_every_kind_in_both_halves(name: str) -> None:
    cases = read_cases(name)
    assert len(cases) >= LEAST[name]
    assert len({case.text + case.year for case in cases}) == len(cases)
    for half in HALVES:
        inside = [case for case in cases if case.half == half]
        assert 0.4 < len(inside) / len(cases) < 0.6
        assert {case.tier for case in inside} == set(TIERS)
        by_hand = sum(case.source == HAND for case in inside)
        assert 0.1 < by_hand / len(inside) < 0.9


@every_set
def test_ids_and_halves_in_the_files_are_those_of_the_texts(name: str) -> None:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, case in zip(rows, read_cases(name), strict=True):
        assert (row["case_id"], row["half"]) == (f"{name[0]}-{case.digest[:8]}", case.half)


def test_labels_are_facts() -> None:
    concepts = {item.concept_id for items in item_lists().values() for item in items}
    codes = set(Registry.load().by_code)
    statuses = {value.value for value in catalogue().enum("item_status")}
    for name, known in (("items", concepts), ("agencies", codes), ("statuses", statuses)):
        for case in read_cases(name):
            assert set(case.answer[0].split(";")) <= known | {""}, case


def test_items_have_the_number_of_their_year() -> None:
    for case in read_cases("items"):
        concept, number = case.answer
        if case.year and number:
            items = item_lists()[int(case.year)]
            assert [i.concept_id for i in items if str(i.item_no) == number] == [concept], case


def test_no_status_case_served_to_develop() -> None:
    with STATUS_CASES.open(encoding="utf-8", newline="") as file:
        known = {row["text"] for row in csv.DictReader(file)}
    by_hand = {case.text for case in read_cases("statuses") if case.source == HAND}
    assert not by_hand & known - {""}


def test_failures_of_the_held_half_are_never_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["match_bench", "--half", "held", "--failures", "5"])
    with pytest.raises(SystemExit, match="2"):
        main()
    monkeypatch.setattr(sys, "argv", ["match_bench", "--failures", "1000"])
    main()
    shown = capsys.readouterr().out
    held = [c for name in EXPECTED for c in read_cases(name) if c.half == "held"]
    tune = {repr(c.text) for name in EXPECTED for c in read_cases(name) if c.half == "tune"}
    texts = {repr(case.text) for case in held if len(case.text) > 8}
    assert not [text for text in texts - tune if f": {text}" in shown]


def case(*answer: str, text: str = "x", tier: str = "must") -> Case:
    return Case(tier, "kind", text, "", answer, HAND)


@pytest.mark.parametrize(
    ("answer", "row", "outcome"),
    [
        ("1", {"match_status": "accepted", "agency_code": "1"}, "right"),
        ("1", {"match_status": "accepted", "agency_code": "2"}, "wrong"),
        ("1", {"match_status": "review", "alternatives": "1 a; 2 b"}, "open"),
        ("1", {"match_status": "unmatched"}, "open"),
        ("", {"match_status": "unmatched"}, "right"),
        ("", {"match_status": "review", "alternatives": "1 a"}, "open"),
        ("", {"match_status": "accepted", "agency_code": "1"}, "wrong"),
        ("1;2", {"match_status": "review", "alternatives": "2 b; 1 a"}, "right"),
        ("1;2", {"match_status": "review", "alternatives": "2 b"}, "open"),
        ("1;2", {"match_status": "accepted", "agency_code": "1"}, "wrong"),
    ],
)
def test_verdicts_on_matches(answer: str, row: dict[str, str], outcome: str) -> None:
    assert judge_match(case(answer), row, "agency_code").outcome == outcome


def test_an_item_needs_its_number_where_one_is_known() -> None:
    row = {"match_status": "accepted", "concept_id": "a", "item_no": 3}
    assert judge_match(case("a", "3"), row, "concept_id").outcome == "right"
    assert judge_match(case("a", ""), row, "concept_id").outcome == "right"
    assert judge_match(case("a", "4"), row, "concept_id").outcome == "wrong"
    assert judge_match(case("a", "3"), row | {"item_no": None}, "concept_id").outcome == "open"


def test_verdicts_on_statuses_and_repairs() -> None:
    row = {"status": "partial", "score": 50.0, "match_score": 1.0}
    assert judge_status(case("partial", ""), row).outcome == "right"
    assert judge_status(case("partial", "60"), row).outcome == "wrong"
    assert judge_status(case("unclear", ""), row).outcome == "wrong"
    assert judge_status(case("partial", ""), row | {"status": "unclear"}).outcome == "open"
    assert judge_repair(case("abcd", text="a cd"), "abcd").outcome == "right"
    assert judge_repair(case("abcd", text="a  d"), "a cd").outcome == "open"
    assert judge_repair(case("abcd", text="a cd"), "axcde").outcome == "wrong"
    assert judge_repair(case("abcd", text="abcd"), "abc").outcome == "wrong"


def test_figures_and_what_is_worse() -> None:
    accepted = {"match_status": "accepted", "match_score": 0.8}
    good = judge_match(case("1"), accepted | {"agency_code": "1"}, "agency_code")
    bad = judge_match(case("1"), accepted | {"agency_code": "2"}, "agency_code")
    before: Figures = figures([good, good])
    now: Figures = figures([good, bad])
    assert (now["precision"], now["recall"], now["ece"]) == (0.5, 0.5, 0.3)
    assert before["calibration"] == [{"from": 0.8, "count": 2, "mean_score": 0.8, "right": 1.0}]
    assert worse(before, before) == worse(now, before) == []
    assert [text.split(":")[0] for text in worse(before, now)] == [
        *("must wrong", "must right", "precision", "recall", "ece"),
    ]
    assert worse(before, figures([good])) == ["cases: 2 were measured, there are 1"]


def test_damage_is_what_it_says() -> None:
    text = "ที่ทำการองค์การบริหารส่วนตำบลป่าน้ำล้อม"
    again, same = (
        {kind: damage(text, random.Random(kind)) for kind, damage in DAMAGES.items()}  # noqa: S311
        for _ in range(2)
    )
    assert again == same
    assert again["sara_am_split"] == "ที่ท าการองค์การบริหารส่วนต าบลป่าน้ าล้อม"
    assert again["tone_order"] == "ที่ทำการองค์การบริหารส่วนตำบลปา่น้ำล้อม"
    assert "\uf705" in again["pua_glyph"]
    assert "(cid:1004)" in again["cid_glyph"]
    assert Counter(again["column_break"].replace("\n", "")) == Counter(text)
    unchanged = {kind for kind, damaged in again.items() if damaged == text}
    assert unchanged <= {"joined", "misspelling"}
