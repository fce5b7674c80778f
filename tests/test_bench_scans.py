"""The scan benchmark counts what it says it counts, and its corpus is what its seed says."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from benchmarks.scan_scoring import Tally, count_apart, judge_items, judge_scores, tally
from benchmarks.scan_tesseract import Word, _words, filled
from benchmarks.scan_unreadable import unreadable_numbers
from benchmarks.scan_wear import DPIS, TONES, PageWear, Stamp, Wear, make_wear, worn
from benchmarks.scoring import Grid, GridCell
from extract.document import UNSURE_DIGIT, Box, Cell, Column, Document, Part, Place, Table
from tests.pdf_files import pdf

PLACE = {"page": 1, "table_id": "t1", "row": 2}


def grid(*texts: str) -> Grid:
    return [GridCell(1, n, text) for n, text in enumerate(texts, start=1)]


def counts(gold: Grid, got: Grid) -> Counter[str]:
    return tally({}, [gold], [got]).counts


def test_digits_count_where_they_stand() -> None:
    found = counts(grid("๘๗.๖๕", "12"), grid("๕๗.๒๕", "12"))
    assert (found["thai"], found["thai_right"], found["thai_misread"]) == (4, 2, 2)
    assert (found["arabic"], found["arabic_right"]) == (2, 2)
    assert found["edits"] == 2


def test_a_digit_that_is_gone_or_of_the_other_kind_is_not_misread() -> None:
    found = counts(grid("๒๕๖๗"), grid("๒๕7"))
    assert (found["thai_right"], found["thai_misread"]) == (2, 0)


def test_an_unsure_digit_is_neither_right_nor_misread() -> None:
    found = counts(grid("87.65"), grid("87.65".replace("7", UNSURE_DIGIT)))
    assert (found["arabic_right"], found["arabic_misread"], found["arabic_unsure"]) == (3, 0, 1)


def test_right_cells_are_right_wherever_they_stand() -> None:
    found = counts(grid("a", "b", "c"), grid("c", "a", "b"))
    assert (found["cells_right"], found["edits"]) == (3, 0)


def test_the_rest_is_paired_so_that_the_fewest_characters_differ() -> None:
    found = tally({}, [grid("x", "abcd", "efgh")], [grid("x", "efgi", "zz")])
    assert found.pairs == [("abcd", ""), ("efgh", "efgi"), ("", "zz")]
    assert found.counts["edits"] == 4 + 1 + 2


def test_of_texts_that_one_side_has_more_often_the_nearest_are_taken() -> None:
    found = tally({}, [grid("4. x", "b", "c", "4. x")], [grid("4, x", "b", "c", "4. x")])
    assert found.pairs == [("4.x", "4,x")]


def test_digits_of_numbers_that_cannot_be_read_are_counted_apart() -> None:
    found = tally({}, [grid("95.50 of 12", "12", "7")], [grid("9 of 12", "12", "")])
    count_apart(found, "covered", Counter({"95.50": 1, "12": 1}))
    counts = found.counts
    assert (counts["arabic"], counts["arabic_right"]) == (9, 5)
    assert (counts["arabic_covered"], counts["arabic_covered_right"]) == (6, 3)


@pytest.mark.parametrize(
    ("tone", "rotation", "place", "covered"),
    [
        ("bilevel", 0, 0.2, {"2567": 1}),
        ("bilevel", 0, 0.8, {}),
        ("grey", 0, 0.2, {}),
        ("bilevel", 90, 0.8, {"2567": 1}),
        ("bilevel", 90, 0.2, {}),
        ("bilevel", 180, 0.8, {"2567": 1}),
        ("bilevel", 270, 0.2, {"2567": 1}),
        ("bilevel", 270, 0.8, {}),
    ],
)
def test_number_under_a_black_stamp_is_found(
    tmp_path: Path, tone: str, rotation: int, place: float, covered: dict[str, int]
) -> None:
    drawn = b"BT /F 12 Tf 60 150 Td (2567) Tj 0 -60 Td (seven) Tj 0 -60 Td (words) Tj ET"
    turned = pdf(drawn).replace(b"/MediaBox", b"/Rotate %d/MediaBox" % rotation)
    (tmp_path / "a.pdf").write_bytes(turned)
    stamp = Stamp("box", "red", 0.9, 20.0, 0.0, place, ("aa", "bb"))
    recipe = recipe_of(tone, stamp, turn=0)
    assert unreadable_numbers(tmp_path / "a.pdf", recipe)["covered"] == covered


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize(("tone", "found"), [("bilevel", {"2567": 1}), ("grey", {})])
def test_number_whose_strokes_two_tones_have_worn_away_is_found(
    tmp_path: Path, tone: str, found: dict[str, int], turn: int
) -> None:
    """Of thin strokes that are less than black next to nothing is kept."""
    drawn = b"BT /F 12 Tf 60 150 Td 1 Tr 0.2 w 0.5 G (2567) Tj 0 Tr 0 -60 Td (2568) Tj ET"
    (tmp_path / "a.pdf").write_bytes(pdf(drawn))
    recipe = recipe_of(tone, None, turn=turn)
    assert unreadable_numbers(tmp_path / "a.pdf", recipe) == {"covered": {}, "worn": found}


def recipe_of(tone: Any, stamp: Stamp | None, turn: int) -> dict[str, Any]:
    """Return what a scan of one page says was done to it."""
    wear = replace(make_wear(random.Random(1), 200, tone, True, 1), paper="white")  # noqa: S311
    page = replace(wear.pages[0], stamp=stamp, turn=turn)
    return {**asdict(replace(wear, pages=(page,))), "text_pages": []}


def item(number: int, status: str, *, is_accepted: bool = True, row: int = 2) -> dict[str, Any]:
    match = "accepted" if is_accepted else "review"
    place = {**PLACE, "row": row, "item_name_raw": "name"}
    return {"item_no": number, "status": status, "match_status": match, **place}


def test_an_item_is_right_wrong_or_left_to_a_person() -> None:
    gold = [{"item_no": str(n), "status": "complete"} for n in (1, 2, 3, 4)]
    items = [
        item(1, "complete"),
        item(2, "missing", row=3),
        item(3, "complete", is_accepted=False, row=4),
        item(9, "complete", row=5),
    ]
    found = Tally()
    judge_items(found, gold, items, [])
    assert (found.counts["items"], found.counts["items_right"]) == (4, 1)
    assert (found.counts["items_named"], found.counts["items_wrong"]) == (2, 2)
    asked = [{"kind": "status", **PLACE, "row": 3}, {"kind": "item", **PLACE, "row": 5}]
    found = Tally()
    judge_items(found, gold, items, asked)
    assert (found.counts["items_right"], found.counts["items_wrong"]) == (1, 0)


def test_a_status_that_the_report_leaves_unclear_is_right_in_the_review() -> None:
    found = Tally()
    asked = [{"kind": "status", **PLACE}]
    judge_items(found, [{"item_no": "1", "status": "unclear"}], [item(1, "unclear")], asked)
    assert (found.counts["items_right"], found.counts["items_wrong"]) == (1, 0)


def test_a_status_that_is_not_known_is_none_that_is_wrong() -> None:
    found = Tally()
    judge_items(found, [{"item_no": "1", "status": "complete"}], [item(1, "")], [])
    assert (found.counts["items_right"], found.counts["items_wrong"]) == (0, 0)


def score(value: float, *, metric: str = "overall", row: int = 2) -> dict[str, Any]:
    known = {"fiscal_year_be": 2566, "metric": metric, "value": value, "level": None}
    return {**known, "raw": f"{value}", **PLACE, "row": row}


def test_a_score_is_wrong_only_where_no_review_asks_about_it() -> None:
    gold = [{"fiscal_year_be": "2566", "metric": "overall", "value": "87.65", "level": "A"}]
    found = Tally()
    judge_scores(found, gold, [score(87.65), score(50.0, metric="indicator:1", row=3)], [])
    assert (found.counts["scores_right"], found.counts["scores_wrong"]) == (1, 1)
    assert "2566 indicator:1: 50.0, is not there" in found.wrong[0]
    wrong = score(53.25)
    for review, expected in (([], 1), ([{"kind": "score", **wrong}], 0)):
        found = Tally()
        judge_scores(found, gold, [wrong], review)
        assert (found.counts["scores_right"], found.counts["scores_wrong"]) == (0, expected)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    levels = np.full((300, 200), 255, np.uint8)
    levels[100:200:10, 40:160] = 0
    return Image.fromarray(levels)


def test_the_wear_is_that_of_its_seed(page: Image.Image) -> None:
    def wear(seed: int) -> Wear:
        return make_wear(random.Random(seed), DPIS[0], TONES[0], False, 2)  # noqa: S311

    made = [wear(5), wear(5)]
    assert made[0] == made[1] != wear(6)
    first, second = (worn(page, made[0], made[0].pages[0]) for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_is_what_its_name_says(page: Image.Image, tone: Any) -> None:
    here = PageWear(1.0, 90, 0.0, None, 7)
    levels = worn(page, Wear(50, tone, False, "white", 0.02, 2, 0, 80, (here,)), here)
    assert levels.shape == (200, 300)
    assert (set(np.unique(levels)) == {0, 255}) == (tone == "bilevel")
    if tone == "photocopy":
        assert levels.max() < 240
        assert levels.min() > 60


def test_words_are_put_back_where_the_page_was_before_its_skew() -> None:
    """A word at the right edge of a page of 720 pixels, which a skew of 2 degrees raises."""
    head = "level\tleft\ttop\twidth\theight\ttext\n"
    raised = 360 - 300 * np.sin(np.radians(2)), 360 + 300 * np.cos(np.radians(2))
    row = f"5\t{raised[1] - 10}\t{raised[0] - 5}\t20\t10\tword\n"
    (word,) = _words(head + row, (720, 720), 72, 2.0)
    assert (word.x, word.y) == pytest.approx((660, 360))


def test_cells_take_the_words_that_lie_in_them() -> None:
    place = Place(1, None, Box(0, 0, 50, 20))
    cell = Cell(1, 1, (Part("true", "true", place),))
    table = Table("t1", 1, 1, (Column("true", ""),), (cell,))
    document = Document("0" * 16, "a.pdf", "application/pdf", 1, "text_layer", (table,))
    texts = [("น", 6, 5), ("ํ", 9, 5), ("าก", 14, 5), ("two", 32, 5), ("low", 8, 15), ("far", 60, 5)]
    words = {1: [Word(text, x, y, 6, 8) for text, x, y in texts]}
    assert filled(document, words).tables[0].cells[0].text == "นำก two low"
    assert filled(document, {}).tables[0].cells[0].text == "true"
