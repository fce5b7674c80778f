"""Tables whose hairlines a scan has worn away: their frame and their text tell columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw
from test_open_tables import rows
from test_scan_tables import DOTS, POINT, grey, page, sparse_row, written

from extract.grid import Grid
from extract.pdf.frame import Frame
from extract.pdf.page import page_blocks
from extract.pdf.runs import Glyphs
from extract.pdf.shapes import Area, Rule, Shapes
from extract.pdf.sheet import Sheet
from extract.scan.rules import ruled_lines

Text = tuple[float, float, str]  # the left and the baseline in points
WIDE = 5.0


def glyphs(texts: Iterable[Text]) -> Glyphs:
    placed = [(x + WIDE * n, y, one) for x, y, text in texts for n, one in enumerate(text)]
    x0 = np.array([x for x, _, _ in placed])
    y = np.array([y for _, y, _ in placed])
    letters = "".join(one for _, _, one in placed)
    is_space = np.array([one == " " for one in letters])
    size = np.full(len(x0), 10.0)
    return Glyphs(letters, np.arange(len(x0) + 1), x0, x0 + WIDE, y, size, is_space, size / 10)


def read(
    texts: Iterable[Text], level: Sequence[Rule], upright: Sequence[Rule], *, is_worn: bool = True
) -> list[list[list[str]]]:
    """Return the rows of the tables of a page with texts and with what is left of its rules."""
    frame = Frame.of_page(Area(0.0, 0.0, 595.0, 842.0), 0)
    shapes = Shapes(list(level), list(upright), [])
    sheet = Sheet(frame, glyphs(texts), shapes, source="ocr", is_worn=is_worn)
    return [rows(block) for block in page_blocks(sheet, 1, []) if isinstance(block, Grid)]


SIDES = [Rule(at, 100, 300) for at in (50, 540)]
HEAD = [(60.0, "no"), (100.0, "name"), (300.0, "yes"), (350.0, "nay"), (420.0, "remark")]


def checklist(no: int = 3) -> list[Text]:
    """Write five rows with a wrapped name; the tick of row ``no`` is in the second column."""
    made = [(x, 115.0, text) for x, text in HEAD]
    for n in range(1, 6):
        y = 115.0 + 35 * n
        tick = 355.0 if n == no else 305.0
        made += [(62.0, y, str(n)), (100.0, y, "a long name of"), (100.0, y + 12, "an item")]
        made += [(tick, y - 3, "x"), (420.0, y, "seen")]
    return made


def test_rows_and_columns_whose_rules_are_lost_are_told_by_text() -> None:
    level = [Rule(at, 50, 540) for at in (100, 205, 310)]
    (table,) = read(checklist(), level, [*SIDES, Rule(410, 100, 190)])
    assert table[0] == [text for _, text in HEAD]
    assert [row[0] for row in table[1:]] == list("12345")
    assert {row[1] for row in table[1:]} == {"a long name of\nan item"}
    assert [row[2:4] for row in table[1:]] == [
        ["", "x"] if n == 3 else ["x", ""] for n in range(1, 6)
    ]


def test_headings_over_columns_that_nothing_else_tells_make_no_table() -> None:
    """All ticks stand under the first of two headings, which must not be read as one."""
    level = [Rule(at, 50, 540) for at in (100, 310)]
    tables = read(checklist(no=0), level, SIDES)
    assert not any(row[2:3] == ["yes nay"] for table in tables for row in table)


def test_total_below_numbered_rows_is_a_row() -> None:
    texts: list[Text] = [(60, 115, "no"), (100, 115, "name"), (300, 115, "sum"), (400, 115, "rest")]
    for n in range(1, 5):
        y = 115.0 + 20 * n
        texts += [(62, y, str(n)), (100, y, "name"), (300, y, "5.00"), (400, y, "6.00")]
    texts += [(150, 215, "all"), (300, 215, "20.00"), (400, 215, "24.00")]
    level = [Rule(at, 50, 540) for at in (100, 160, 225)]
    (table,) = read(texts, level, [Rule(50, 100, 225), Rule(540, 100, 225)])
    assert [row[0] for row in table] == ["no", "1", "2", "3", "4", ""]
    assert table[-1][1:] == ["all", "20.00", "24.00"]


def test_tables_right_under_one_another_that_share_their_sides_are_two() -> None:
    texts: list[Text] = []
    for top in (100.0, 172.0):
        for n in range(3):
            y = top + 15 + 20 * n
            texts += [(60, y, "name"), (250 + (top > 150) * 50, y, f"{n}.50"), (450, y, "7.00")]
    level = [Rule(at, 50, 540) for at in (100, 160, 172, 232)]
    first, second = read(texts, level, [Rule(50, 100, 232), Rule(540, 100, 232)])
    assert [len(first), len(second)] == [3, 3]


def test_table_that_keeps_its_rules_and_page_that_is_not_worn_are_read_by_rules() -> None:
    """Two columns of a cell, and a list in one, are no columns and rows of the table."""
    texts: list[Text] = []
    for n in range(4):
        texts += [(60, 115 + 20 * n, f"{n + 1}"), (150, 115 + 20 * n, "left    right")]
    level = [Rule(at, 50, 540) for at in (100, 190)]
    upright = [*(Rule(at, 100, 190) for at in (50, 100, 540)), Rule(200, 100, 190)]
    (ruled,) = read(texts, level, upright[:3], is_worn=False)
    assert len(ruled) == 1
    (kept,) = read([text for text in texts if text[0] < 100], level, upright)
    assert len(kept) == 1


def test_dashes_that_are_left_of_rules_are_no_text_of_a_worn_table() -> None:
    level = [Rule(at, 50, 540) for at in (100, 310)]
    dashes = [(x, 167.0, "-") for x in (90.0, 180.0, 270.0, 460.0)]
    (table,) = read([*checklist(), *dashes], level, SIDES)
    assert not any("-" in text for row in table for text in row)


def ruled_page(gap: tuple[int, int] = (900, 930)) -> Image.Image:
    """Draw two tables side by side, in pixels: their rules end at the two sides of a gap."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for y in (300, 500):
        pen.line((160, y, gap[0], y), fill=0, width=2)
        pen.line((gap[1], y, 1500, y), fill=0, width=2)
    for x in (160, *gap, 1500):
        pen.line((x, 300, x, 500), fill=0, width=2)
    return picture


def test_worn_hairlines_of_two_tables_side_by_side_are_not_one() -> None:
    picture, chosen = grey(ruled_page()), np.random.default_rng(2)
    for y in (400, 450):
        for start, end in ((160, 900), (930, 1500)):
            sparse_row(picture, chosen, y, start, end)
    rules = ruled_lines(picture, DOTS)
    assert rules.is_worn
    beside = [rule for rule in rules.level if abs(rule.at * POINT - 400) < 3]
    assert beside
    assert not any(rule.start * POINT < 895 and rule.end * POINT > 935 for rule in beside)
    assert not ruled_lines(grey(ruled_page()), DOTS).is_worn


def test_rule_of_which_a_part_is_worn_is_one() -> None:
    picture, chosen = page(), np.random.default_rng(3)
    pen = ImageDraw.Draw(picture)
    for y in (300, 500):
        pen.line((160, y, 1500, y), fill=0, width=2)
    for x in (160, 1500):
        pen.line((x, 300, x, 500), fill=0, width=2)
    pen.line((160, 400, 600, 400), fill=0, width=2)
    pen.line((700, 400, 1500, 400), fill=0, width=2)
    worn = grey(picture)
    sparse_row(worn, chosen, 400, 600, 700)
    assert any(
        rule.end - rule.start > 1300 / POINT
        for rule in ruled_lines(worn, DOTS).level
        if abs(rule.at * POINT - 400) < 3
    )


@pytest.mark.parametrize("is_worn", [True, False])
def test_strokes_of_a_worn_rule_are_painted_over_and_other_strokes_stay(is_worn: bool) -> None:
    """A mark above a letter, and a stroke that is in line with no other, may be letters."""
    picture, chosen = ruled_page(), np.random.default_rng(4)
    written(picture, 100, 160, 3)
    pen = ImageDraw.Draw(picture)
    for x, y in ((700, 415), (700, 445), (800, 430)):
        pen.rectangle((x, y, x + 1, y + 15), fill=0)
    mark = (round(103 * POINT), round(148 * POINT))
    pen.rectangle((mark[0], mark[1], mark[0] + 1, mark[1] + 7), fill=0)
    made = grey(picture)
    if is_worn:
        for y in (400, 480):
            sparse_row(made, chosen, y, 160, 900)
    without = ruled_lines(made, DOTS).without
    assert bool((without[410:470, 690:710] == 255).all()) is is_worn
    assert without[435, 800] == 0
    assert without[mark[1] + 2, mark[0]] == 0


def test_first_row_whose_number_is_not_read_is_no_heading() -> None:
    texts = [text for text in checklist() if text[2] != "1"]
    (table,) = read(texts, [Rule(at, 50, 540) for at in (100, 310)], SIDES)
    assert [row[1] for row in table] == ["name", *["a long name of\nan item"] * 5]
    assert [row[3] for row in table[1:]] == ["", "", "x", "", ""]


def test_table_whose_rules_part_some_columns_only_keeps_their_rows() -> None:
    texts: list[Text] = [
        (60, 115, "area"),
        (190, 115, "item"),
        (290, 115, "yes"),
        (400, 115, "nay"),
    ]
    for n in range(4):
        y = 140.0 + 30 * n
        texts += [(190, y, f"item {n}"), (290 + 110 * (n % 2), y, "x")]
        texts += [(60, y + 10, "work")] if n % 2 == 0 else []
    level = [Rule(at, 50, 540) for at in (100, 122, 182, 242)]
    parts = [Rule(at, 180, 540) for at in (152, 212)]
    upright = [Rule(at, 100, 242) for at in (50, 180, 540)]
    (table,) = read(texts, [*level, *parts], upright)
    assert sum("item" in text and "x" in text for row in table[1:] for text in row) == 4


def test_box_around_a_table_gives_no_second_one() -> None:
    level = [Rule(at, 50, 540) for at in (100, 205, 310)]
    box = [Rule(at, 40, 550) for at in (80, 330)]
    sides = [Rule(at, 80, 330) for at in (40, 550)]
    tables = read([*checklist(), (60, 94, "title")], [*level, *box], [*SIDES, *sides])
    assert sum(row[0] == "5" for table in tables for row in table) == 1


def test_dashes_beside_a_row_are_values_and_other_dashes_are_left_of_rules() -> None:
    texts = [text for text in checklist() if (text[1], text[2]) != (220.0, "seen")]
    texts += [(425.0, 226.0, "-"), *((x, 237.0, "-") for x in (100.0, 150.0, 430.0, 470.0))]
    (table,) = read(texts, [Rule(at, 50, 540) for at in (100, 310)], SIDES)
    assert [row[4] for row in table[1:]] == ["seen", "seen", "-", "seen", "seen"]


def test_form_in_a_box_is_no_table() -> None:
    texts: list[Text] = []
    for x in (60.0, 300.0):
        texts += [(x, 120, "signed"), (x + 60, 120, "........"), (x + 60, 140, "(a name)")]
        texts += [(x, 160, "post"), (x + 60, 160, "head"), (x, 180, "date"), (x + 60, 180, ".....")]
    level = [Rule(at, 50, 540) for at in (100, 200)]
    assert read(texts, level, [Rule(50, 100, 200), Rule(540, 100, 200)]) == []


def test_texts_on_both_sides_of_a_rule_are_cut_there() -> None:
    texts: list[Text] = []
    for n in range(13):
        y = 115.0 + 15 * n
        wide = n == 4
        first, second = ("1,234,567.00", "7,654,321.00") if wide else ("1,234.00", "-21.00")
        texts += [(60, y, str(n + 1)), (100, y, "name"), (412 - 5 * len(first), y, first)]
        texts += [(477 - 5 * len(second), y, second)]
    level = [Rule(at, 50, 540) for at in (100, 310)]
    (table,) = read(texts, level, [*SIDES, Rule(414.5, 100, 310)])
    assert table[4][2:] == ["1,234,567.00", "7,654,321.00"]


@pytest.mark.parametrize("second", ["2", "7"])
def test_numbered_rows_below_a_header_whose_rule_is_lost_are_rows(second: str) -> None:
    texts = [(x, 115.0, text) for x, text in HEAD]
    for n, number in enumerate(("1", second, "3", "4"), 1):
        y = 115.0 + 35 * n
        own = (number, "a long name of", "5,000.00", "x", "seen")
        texts += [(x, y, text) for (x, _), text in zip(HEAD, own, strict=True)]
        texts.append((100.0, y + 12, "an item"))
    (table,) = read(texts, [Rule(at, 50, 540) for at in (95, 205, 240, 275)], [], is_worn=False)
    firsts = [row[0] for row in table]
    assert (firsts == ["no", "1", "2", "3", "4"]) is (second == "2")
