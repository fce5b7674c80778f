"""The reference facts: every file loads, is whole, and agrees with the others."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from extract.headers import header_words
from extract.thai import skeleton
from normalize.catalogue import catalogue
from normalize.datafiles import DATA, DataFileError, read_rows
from normalize.grades import level_of
from normalize.patterns import bare, pattern
from normalize.reference import (
    INSTRUMENTS,
    bands,
    indicator_name,
    indicators,
    item_lists,
    questions,
    sub_indicators,
    weights,
)
from normalize.wording import NOTHING, STATUS_OF, read_words

ROOT = Path(__file__).resolve().parent.parent
STATUSES = {value.value for value in catalogue().enum("item_status")}
FILES = sorted(DATA.glob("*.csv"))
# Items of each fiscal year's list; that of 2569 is partial.
LIST_LENGTHS = {2562: 48, 2563: 43, 2564: 43, 2565: 43, 2566: 43, 2567: 35, 2568: 28, 2569: 23}
CONFIDENCE = {"report", "page", "recall"}
ROLES = {
    *("ordinal", "item_no", "item", "requirement", "status", "remark", "responsible", "period"),
    *("measure", "steps", "result", "outcome", "follow_up", "done", "in_progress", "not_done"),
    *("indicator", "instrument", "issue", "finding", "score", "level", "problem", "url", "change"),
    *("target", "average", "page_number", "signature"),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_a_table_without_doubles(path: Path) -> None:
    rows = read_rows(path.name)
    assert rows
    doubled = [row for row, n in Counter(tuple(r.values()) for r in rows).items() if n > 1]
    assert doubled == []
    assert not any(value != value.strip() for row in rows for value in row.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_has_its_source_in_a_note(path: Path) -> None:
    notes = "".join(note.read_text("utf-8") for note in DATA.glob("README*.md"))
    assert f"`{path.name}`" in notes


def test_a_row_that_does_not_fit_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text("name,pattern\na,x{1,2}\n", "utf-8")
    monkeypatch.setattr("normalize.datafiles.DATA", tmp_path)
    with pytest.raises(DataFileError, match="line 2: 3 values under 2 columns"):
        read_rows("bad.csv")


def test_item_lists_are_whole() -> None:
    lists = item_lists()
    assert {year: len(items) for year, items in lists.items()} == LIST_LENGTHS
    for year, items in lists.items():
        numbers = [item.item_no for item in items]
        assert len(set(numbers)) == len(numbers)
        assert year == 2569 or numbers == list(range(1, len(items) + 1))
        assert {item.confidence for item in items} <= CONFIDENCE
        assert len({item.name for item in items}) == len(items)


def test_items_stand_in_sub_indicators_of_their_year() -> None:
    for year, items in item_lists().items():
        for item in items:
            if year != 2569:
                assert item.sub_indicator_no in sub_indicators()[year]
                assert item.sub_indicator_no.startswith(f"{item.indicator_no}.")


def test_items_count_what_the_instrument_says() -> None:
    for row in read_rows("instruments.csv"):
        year = int(row["fiscal_year_be"])
        if row["instrument"] == "OIT" and year != 2569:
            assert int(row["item_count"]) == LIST_LENGTHS[year]


def test_aliases_are_of_items_that_are_there() -> None:
    known = {
        (item.fiscal_year_be, item.item_no) for items in item_lists().values() for item in items
    }
    rows = read_rows("item_aliases.csv")
    assert {(int(row["fiscal_year_be"]), int(row["item_no"])) for row in rows} <= known


def test_concepts_link_years_though_numbers_change() -> None:
    numbers = {
        year: next(i.item_no for i in items if "anticorruption_plan" in i.concepts)
        for year, items in item_lists().items()
    }
    assert (numbers[2565], numbers[2566], numbers[2567], numbers[2568]) == (39, 36, 32, 25)
    shared = Counter(c for items in item_lists().values() for i in items for c in i.concepts)
    assert sum(1 for count in shared.values() if count > 1) > 0.8 * len(shared)


def test_ten_indicators_of_three_instruments() -> None:
    assert [i.indicator_no for i in indicators()] == list(range(1, 11))
    by_instrument = Counter(i.instrument for i in indicators())
    assert by_instrument == {"IIT": 5, "EIT": 3, "OIT": 2}
    assert indicator_name(8, 2563) != indicator_name(8, 2564), "both of its names are kept"
    for names in sub_indicators().values():
        assert list(names) == ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]


def test_questions_belong_to_indicators_of_their_instrument() -> None:
    instrument = {i.indicator_no: i.instrument for i in indicators()}
    for (year, name, number), question in questions().items():
        assert (question.fiscal_year_be, question.question_no) == (year, number)
        assert instrument[question.indicator_no] == name


def test_weights_add_up() -> None:
    for shares in weights().values():
        assert set(shares) == set(INSTRUMENTS)
        assert sum(shares.values()) == 100


def test_bands_cover_every_score_of_a_year() -> None:
    for year in bands():
        for score in (0, 49.99, 50, 69.99, 70, 84.99, 85, 94.99, 95, 100):
            all_same = dict.fromkeys(INSTRUMENTS, float(score))
            assert level_of(year, score, all_same), (year, score)


def test_levels_need_every_instrument_from_2566_on() -> None:
    strong = {"IIT": 96.0, "EIT": 96.0, "OIT": 96.0}
    assert level_of(2567, 96.0, strong) == bands()[2567][0].level
    assert level_of(2567, 96.0, strong | {"IIT": 90.0}) == bands()[2567][1].level
    assert level_of(2567, 96.0, strong | {"IIT": 80.0}) == bands()[2567][2].level
    assert level_of(2567, 96.0, {}) is None, "the weakest instrument would decide"
    assert level_of(2565, 96.0, {}) == "AA"


def status_of(rule: dict[str, str]) -> str:
    """Return the status of a text that says nothing but what the rule reads."""
    if not float(rule["sure"]):
        return "unclear"
    return rule["says"] if rule["says"] in STATUSES else STATUS_OF[rule["says"]]


@pytest.mark.parametrize("row", read_rows("status_rules.csv"), ids=lambda row: row["example"])
def test_the_example_of_a_rule_is_read_by_it(row: dict[str, str]) -> None:
    assert read_words(row["example"]).status == status_of(row)


@pytest.mark.parametrize("row", read_rows("status_contrasts.csv"), ids=lambda row: row["example"])
def test_the_example_of_a_contrast_is_read_by_it(row: dict[str, str]) -> None:
    assert row["status"] in STATUSES
    assert read_words(row["example"]).status == row["status"]
    said = {rule["says"] for rule in read_rows("status_rules.csv")} | {NOTHING}
    assert {*row["before"].split(), *row["after"].split()} <= said


def test_contrasts_are_given_once() -> None:
    pairs = [
        (before, after)
        for row in read_rows("status_contrasts.csv")
        for before in row["before"].split()
        for after in row["after"].split()
    ]
    assert [pair for pair in set(pairs) if pairs.count(pair) > 1] == []


def test_words_of_statuses_stand_in_one_class() -> None:
    rows = read_rows("status_words.csv")
    words = [word for row in rows for word in row["words"].split()]
    assert [word for word in set(words) if words.count(word) > 1] == []
    assert len({row["word_class"] for row in rows}) == len(rows)
    kinds = {kind for row in rows for kind in row["word_class"].split()}
    kinds |= {
        "number",
        "none",
        "part",
        "all",
        "text.name",
        "text.unknown",
        "text.month",
        "section.item",
    }
    assert {kind.split(".")[0] for kind in kinds} <= kinds
    for row in read_rows("status_rules.csv"):
        assert set(re.findall(r"[a-z_]+(?:\.[a-z]+)?", row["order"])) <= kinds
        assert 0 <= float(row["sure"]) <= 1
        assert (float(row["sure"]) == 0) == (status_of(row) == "unclear")


def test_patterns_are_named_once_and_all_used() -> None:
    names = [row["name"] for row in read_rows("patterns.csv")]
    assert len(set(names)) == len(names)
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "normalize").rglob("*.py"))
    assert [name for name in names if f'pattern("{name}")' not in sources] == []
    assert [n for n in re.findall(r'pattern\("(\w+)"\)', sources) if n not in names] == []


def test_patterns_find_words_whose_marks_were_lost() -> None:
    for text in ("ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร", "ตัวชีวั้ดที่ ๗ ประสิทธิภาพการสือ่ สาร"):
        match = pattern("indicator_heading").search(bare(text))
        assert match is not None
        assert match["number"] == "7"


@pytest.mark.parametrize("name", ["header_words.csv", "header_parts.csv"])
def test_header_roles_are_known_and_words_unique(name: str) -> None:
    with (ROOT / "extract" / "data" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert {len(row) for row in rows} == {2}
    assert {role for _, role in rows} <= ROLES
    keys = Counter(skeleton(word) for word, _ in rows)
    assert [key for key, count in keys.items() if count > 1] == []
    assert len(header_words()) > 100
