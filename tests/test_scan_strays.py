"""What a scan adds to a page: strokes that are no rules, shadows at its sides, lines read anew."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Box, Cell, Paragraph, Part, Place
from extract.grid import Grid
from extract.headers import is_same_header
from extract.pdf.running import without_running
from extract.pdf.shapes import Rule
from extract.scan.lines import text_lines
from extract.scan.strays import without_strays

DOTS = 200
POINT = DOTS / 72
LEVEL = [Rule(at, 50, 500) for at in (100, 140, 200, 260)]
UPRIGHT = [Rule(at, 100, 260) for at in (50, 150, 300, 500)]


def test_box_of_a_note_in_a_cell_parts_no_cells() -> None:
    box = [Rule(168, 300, 500), Rule(190, 300, 498)], [Rule(305, 168, 190), Rule(495, 168, 190)]
    level, upright = without_strays([*LEVEL, *box[0]], [*UPRIGHT, *box[1]])
    assert (level, upright) == (LEVEL, UPRIGHT)


@pytest.mark.parametrize("bottom", [257.0, 258.0])
def test_note_framed_up_to_the_edges_of_its_cell_is_no_row(bottom: float) -> None:
    note = [Rule(216, 300, 500), Rule(bottom, 300, 500)]
    assert without_strays([*LEVEL, *note], UPRIGHT)[0] == LEVEL


def test_box_of_a_note_whose_bottom_is_that_of_its_cell_parts_no_rows() -> None:
    sides = [Rule(305, 231, 259), Rule(495, 231, 259)]
    rules = without_strays([*LEVEL, Rule(230, 300, 500)], [*UPRIGHT, *sides])
    assert rules == (LEVEL, UPRIGHT)


@pytest.mark.parametrize(
    ("note", "sides"),
    [
        # A side of it is told from the rule of the cell, but for a column they are too near.
        ([Rule(156, 299, 500), Rule(182, 299, 500)], [Rule(301.5, 155, 183)]),
        # Only one edge ends before the sides of the cell.
        ([Rule(156, 304, 497), Rule(182, 300, 500)], []),
    ],
)
def test_note_framed_as_wide_as_its_cell_parts_no_rows(note: list[Rule], sides: list[Rule]) -> None:
    level, upright = without_strays([*LEVEL, *note], [*UPRIGHT, *sides])
    assert (level, upright) == (LEVEL, UPRIGHT)
    # Three rules are rows that only this column has.
    rows = [*LEVEL, *note, Rule(170, 300, 500)]
    assert without_strays(rows, [*UPRIGHT, *sides])[0] == rows


@pytest.mark.parametrize(
    "rules",
    [
        [Rule(216, 300, 500)],  # a row below another, beside cells of both
        [
            Rule(216, 300, 500),
            Rule(236, 300, 500),
            Rule(257, 300, 500),
        ],  # a sum
        [Rule(216, 50, 500), Rule(257, 300, 500)],  # beneath the last cell of a row
    ],
)
def test_rules_of_rows_and_sums_stay(rules: list[Rule]) -> None:
    assert without_strays([*LEVEL, *rules], UPRIGHT)[0] == [*LEVEL, *rules]


def test_columns_of_a_part_of_the_table_are_no_box() -> None:
    parted = [*UPRIGHT, Rule(230, 140, 200), Rule(260, 140, 200)]
    assert without_strays(LEVEL, parted) == (LEVEL, parted)


def test_short_stroke_that_no_rule_closes_parts_no_cells() -> None:
    stamp, broken = Rule(170, 200, 226), Rule(300, 266, 290)
    closed = Rule(220, 140, 200)
    _, upright = without_strays(LEVEL, [*UPRIGHT, stamp, broken, closed])
    assert upright == [*UPRIGHT, broken, closed]


def test_corner_of_a_stamp_right_beside_a_rule_parts_no_column() -> None:
    """The frame of a stamp is nearly upright; one of its sides touches a rule of the table."""
    _, upright = without_strays([*LEVEL, Rule(202, 280, 293)], [*UPRIGHT, Rule(292, 202, 260)])
    assert upright == UPRIGHT


def test_strokes_of_a_stamp_between_level_rules_part_no_columns() -> None:
    """Both strokes of a letter end at level rules; a table without upright rules is no frame."""
    strokes = [Rule(151.8, 101, 140), Rule(158.7, 99, 138)]
    assert without_strays(LEVEL, strokes) == (LEVEL, [])


def test_rules_that_a_page_cuts_together_stay() -> None:
    cut = [Rule(at, 260, 280) for at in (60, 160, 310)]
    assert without_strays(LEVEL, cut) == (LEVEL, cut)


def test_two_tables_close_together_do_not_share_their_sides() -> None:
    level = [Rule(at, 50, 500) for at in (42, 65, 88, 95, 118)]
    inner = [Rule(420, 42, 88), Rule(150, 95, 118), Rule(300, 95, 118)]
    _, upright = without_strays(level, [Rule(50, 42, 118), Rule(500, 42, 118), *inner])
    assert {(rule.start, rule.end) for rule in upright} == {(42, 88), (95, 118)}


def test_double_rule_below_a_header_does_not_part_its_table() -> None:
    level = [Rule(at, 50, 500) for at in (42, 88, 92, 118)]
    inner = [Rule(300, 42, 88), Rule(300, 92, 118)]
    sides = [Rule(50, 42, 118), Rule(500, 42, 118)]
    assert without_strays(level, [*sides, *inner])[1] == [*sides, *inner]


def drawn(
    *boxes: tuple[float, float, float, float],
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """An A4 page with black boxes, in points."""
    page = np.full((round(842 * POINT), round(595 * POINT)), 255, np.uint8)
    for x0, top, x1, bottom in boxes:
        page[round(top * POINT) : round(bottom * POINT), round(x0 * POINT) : round(x1 * POINT)] = 0
    return page


def test_shadow_at_the_side_of_the_paper_is_no_text() -> None:
    words = [(60 + 8 * n, 100, 65 + 8 * n, 107) for n in range(20)]
    page = drawn(*words, (0.5, 300, 1.5, 309), (593, 400, 594.5, 409))
    assert len(text_lines(page, [], DOTS).lines) == 1


def test_ragged_shadow_at_the_side_of_the_paper_is_no_text() -> None:
    words = [(60 + 8 * n, 100, 65 + 8 * n, 107) for n in range(20)]
    chosen = np.random.default_rng(3)
    teeth = [(0, at, chosen.uniform(2, 8), at + 3) for at in range(0, 840, 5)]
    bits = [(9, at, chosen.uniform(12, 15), at + chosen.uniform(4, 7)) for at in range(3, 830, 37)]
    assert len(text_lines(drawn(*words, *bits), [], DOTS).lines) > 1
    assert len(text_lines(drawn(*words, *teeth, *bits), [], DOTS).lines) == 1


def test_print_cut_close_at_the_side_stays() -> None:
    words = [(2 + 8 * n, 100, (4 if n == 0 else 7) + 8 * n, 107) for n in range(20)]
    (line,) = text_lines(drawn(*words), [], DOTS).lines
    assert line.left <= 2 * POINT


def test_pale_strokes_do_not_break() -> None:
    page = drawn(*((60 + 8 * n, 100, 65 + 8 * n, 107) for n in range(20)))
    page[page == 0] = 120
    (whole,) = text_lines(page, [], DOTS).lines
    waist = page[round(103 * POINT) : round(103.6 * POINT)]
    waist[waist == 120] = 180
    (line,) = text_lines(page, [], DOTS).lines
    assert (line.baseline, line.size) == (whole.baseline, whole.size)


def test_paler_ink_beside_black_print_is_none() -> None:
    page = drawn(*((60 + 8 * n, 100, 65 + 8 * n, 107) for n in range(20)))
    page[round(107 * POINT) : round(112 * POINT)][
        page[round(100 * POINT) : round(105 * POINT)] == 0
    ] = 180
    (line,) = text_lines(page, [], DOTS).lines
    assert line.baseline / POINT == pytest.approx(107, abs=0.5)


def row(*texts: str, source: str = "ocr") -> dict[int, Cell]:
    place = Place(1)
    return {
        n: Cell(1, n, (Part(text, text, place),), source=source)  # type: ignore[arg-type]
        for n, text in enumerate(texts, 1)
    }


HEAD = ("ที่", "ข้อมูลที่ต้องเปิดเผย", "องค์ประกอบ", "สถานะ")


@pytest.mark.parametrize(
    ("texts", "is_same"),
    [
        (("- ท", "ข้อมูลที่ตั้องเปิดเผย", "องค์ประกอบ", "สกานะ"), True),
        (("ที่", "ข้อมูลที่ต้องเปิดเผย", "ผู้รับผิดชอบ", "หมายเหตุ"), False),
        (("ที่", "ข้อมูลที่ต้องเปิดเผย", "องค์ประกอบ ๑", "สถานะ"), False),
    ],
)
def test_header_that_a_scan_misreads_is_the_same(texts: tuple[str, ...], is_same: bool) -> None:
    assert is_same_header([row(*texts)], [row(*HEAD)]) is is_same


def test_header_of_a_text_page_is_compared_cell_by_cell() -> None:
    other = row("-", *HEAD[1:], source="text_layer")
    assert not is_same_header([other], [row(*HEAD, source="text_layer")])


def running(text: str, page: int, confidence: float | None, top: float = 30) -> Paragraph:
    return Paragraph(
        text, text, Place(page, None, Box(400, top, 540, top + 9)), confidence=confidence
    )


def pages(*lines: str, confidence: float | None = 0.9) -> dict[int, list[Paragraph | Grid]]:
    body = [Grid() for _ in lines]
    return {
        n: [running(line, n, confidence, 30 + 4 * n), table]
        for n, (line, table) in enumerate(zip(lines, body, strict=True), 1)
    }


def left(found: dict[int, list[Paragraph | Grid]]) -> list[str]:
    return [block.text for block in without_running(found) if isinstance(block, Paragraph)]


def test_running_line_that_a_scan_misreads_is_dropped() -> None:
    lines = ("เทศบาลตำบลท่าจำลอง (หน่วยงานสมมติ)", "เทคบาลต่าบลทาจำลอง (หน่วยงานลมมติ)")
    assert left(pages(*lines)) == [lines[0]]
    assert left(pages(*lines, confidence=None)) == list(lines)


def test_page_number_whose_word_is_misread_is_a_running_line() -> None:
    assert left(pages("หน้า 1", "ทน้า 2", "หน้า 3")) == ["หน้า 1"]


def test_headings_that_differ_in_a_number_are_no_running_lines() -> None:
    lines = ("ตัวชี้วัดที่ 7 การเปิดเผยข้อมูล", "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล")
    assert left(pages(*lines)) == list(lines)
