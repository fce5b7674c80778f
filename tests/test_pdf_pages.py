"""Pages as they are drawn: what becomes a table, what a line of text, and where it stands."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Document, Table, read_bytes
from extract.pdf.frame import Frame
from extract.pdf.glyphs import _twins
from extract.pdf.shapes import Area
from tests.pdf_files import pdf


def line(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"%.2f %.2f m %.2f %.2f l S " % (x0, y0, x1, y1)


def box(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"%.2f %.2f %.2f %.2f re S " % (x0, y0, x1 - x0, y1 - y0)


def words(*placed: tuple[float, float, str], size: float = 6) -> bytes:
    return b"".join(
        b"BT /F %g Tf %g %g Td (%s) Tj ET " % (size, x, y, text.encode()) for x, y, text in placed
    )


def grid(xs: list[float], ys: list[float]) -> bytes:
    across = b"".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + b"".join(line(x, ys[0], x, ys[-1]) for x in xs)


def read(*contents: bytes, **more: bytes) -> Document:
    return read_bytes(pdf(*contents, **more), "a.pdf")


def rows(table: Table) -> list[list[str]]:
    return [
        [cell.text for cell in table.cells if cell.row == row]
        for row in range(1, table.row_count + 1)
    ]


FOUR = words((25, 165, "no"), (65, 165, "name"), (25, 145, "1"), (65, 145, "one"))
FRAME = grid([20, 60, 120], [140, 160, 180])


def test_box_inside_of_a_cell_is_no_part_of_the_table() -> None:
    drawn = FRAME + box(62, 142, 118, 150) + words((65, 144, "note"), (65, 153, "one"))
    (table,) = read(drawn + words((25, 165, "no"), (65, 165, "name"), (25, 145, "1"))).tables
    assert rows(table) == [["no", "name"], ["1", "one\nnote"]]


def test_page_frame_and_underline_and_framed_note_are_no_tables() -> None:
    note = box(20, 60, 120, 80) + words((25, 66, "note"))
    document = read(box(2, 2, 198, 198) + line(20, 118, 60, 118) + words((20, 120, "title")) + note)
    assert not document.tables
    assert [paragraph.text for paragraph in document.paragraphs] == ["title", "note"]


def test_table_inside_of_a_page_frame_is_read() -> None:
    (table,) = read(box(2, 2, 198, 198) + FRAME + FOUR).tables
    assert rows(table) == [["no", "name"], ["1", "one"]]


def test_outer_borders_may_be_missing() -> None:
    inner = line(20, 160, 120, 160) + line(60, 140, 60, 180) + line(90, 140, 90, 180)
    drawn = inner + line(20, 140, 120, 140) + line(20, 180, 120, 180)
    (table,) = read(drawn + FOUR + words((95, 165, "x"), (95, 145, "y"))).tables
    assert rows(table) == [["no", "name", "x"], ["1", "one", "y"]]


def test_borders_drawn_cell_by_cell_are_one_rule() -> None:
    cells = [
        (20, 60, 160, 180),
        (60.8, 120, 160, 180),
        (20, 60, 140, 159.2),
        (60.8, 120, 140, 159.2),
    ]
    drawn = b"".join(box(x0, y0, x1, y1) for x0, x1, y0, y1 in cells)
    (table,) = read(drawn + FOUR).tables
    assert rows(table) == [["no", "name"], ["1", "one"]]


def test_border_filled_as_a_ring_is_a_border() -> None:
    ring = b"20 140 100 40 re 21 141 98 38 re f* "
    drawn = ring + line(20, 160, 120, 160) + line(60, 140, 60, 180)
    (table,) = read(drawn + FOUR).tables
    assert rows(table) == [["no", "name"], ["1", "one"]]


def test_two_frames_on_one_page_are_two_tables() -> None:
    left = grid([10, 40, 90], [140, 160, 180]) + words((12, 165, "a"), (45, 165, "b"))
    right = grid([110, 140, 190], [140, 160, 180]) + words((112, 165, "a"), (145, 165, "b"))
    below = words((12, 145, "1"), (45, 145, "x"), (112, 145, "1"), (145, 145, "y"))
    assert [rows(table) for table in read(left + right + below).tables] == [
        [["a", "b"], ["1", "x"]],
        [["a", "b"], ["1", "y"]],
    ]


def test_row_that_a_page_cuts_open_is_one_row_with_two_places() -> None:
    first = FRAME + line(20, 20, 20, 140) + line(60, 20, 60, 140) + line(120, 20, 120, 140)
    first += FOUR + words((25, 30, "2"), (65, 30, "two"))
    second = line(20, 150, 20, 190) + line(60, 150, 60, 190) + line(120, 150, 120, 190)
    second += line(20, 150, 120, 150) + words((25, 160, "b"), (65, 160, "more"))
    (table,) = read(first, second).tables
    assert rows(table) == [["no", "name"], ["1", "one"], ["2\nb", "two\nmore"]]
    (cell,) = [cell for cell in table.cells if cell.text.startswith("two")]
    assert [part.place.page for part in cell.parts] == [1, 2]


def test_rows_that_each_page_repeats_are_the_header() -> None:
    first = FRAME + words((25, 165, "foo"), (65, 165, "bar"), (25, 145, "1"), (65, 145, "one"))
    second = FRAME + words((25, 165, "foo"), (65, 165, "bar"), (25, 145, "2"), (65, 145, "two"))
    (table,) = read(first, second).tables
    assert (table.header_rows, rows(table)) == (1, [["foo", "bar"], ["1", "one"], ["2", "two"]])


def test_running_lines_part_no_table_and_stand_once() -> None:
    pages = [
        words((20, 192, "Report of the town"), (90, 8, f"- {number} -"))
        + FRAME
        + words((25, 165, f"{number}1"), (65, 165, "a"), (25, 145, f"{number}2"), (65, 145, "b"))
        for number in (1, 2, 3)
    ]
    document = read(*pages)
    (table,) = document.tables
    assert [row[0] for row in rows(table)] == ["11", "12", "21", "22", "31", "32"]
    assert [paragraph.text for paragraph in document.paragraphs] == ["Report of the town", "- 3 -"]


def test_heading_that_differs_in_its_number_stays() -> None:
    pages = [words((20, 192, f"part {n + 4}")) + FRAME + FOUR for n in (0, 1)]
    assert [p.text for p in read(*pages).paragraphs] == ["part 4", "part 5"]


def test_run_over_two_columns_is_cut_at_the_rule() -> None:
    wide = b"BT /F 6 Tf 45 145 Td (1 2 3 4 5 6) Tj ET "
    (table,) = read(FRAME + words((25, 165, "no"), (65, 165, "name")) + wide).tables
    first, second = rows(table)[1]
    assert (first + second).replace(" ", "") == "123456"
    assert first
    assert second


SHEET = grid([20, 35, 90, 110, 145, 180], [60, 160, 180]) + words(
    *((22, 165, "no"), (37, 165, "name"), (92, 165, "unit"), (112, 165, "price")),
    *((147, 165, "cost"), (22, 150, "1"), (37, 150, "roof"), (22, 126, "2"), (37, 126, "pipe")),
)


def test_rows_that_no_rule_parts_are_told_by_their_numbers() -> None:
    items = [(138, "tiles", "2.00", "8.00"), (114, "short", "-", "12.50"), (90, "long", "5", "10")]
    placed = [
        (x, y, text) for y, *texts in items for x, text in zip((37, 112, 147), texts, strict=True)
    ]
    drawn = SHEET + words(*placed, *((92, y, "m") for y, *_ in items))
    drawn += words((22, 102, "3"), (37, 102, "hole"), (37, 83, "wide"))
    (table,) = read(drawn).tables
    assert rows(table) == [
        ["no", "name", "unit", "price", "cost"],
        ["1", "roof", "", "", ""],
        ["", "tiles", "m", "2.00", "8.00"],
        ["2", "pipe", "", "", ""],
        ["", "short", "m", "-", "12.50"],
        ["3", "hole", "", "", ""],
        ["", "long\nwide", "m", "5", "10"],
    ]


def test_wrapped_name_beside_numbers_and_list_beside_one_line_are_one_row() -> None:
    numbers = [(x, y, text) for y, text in ((138, "1"), (126, "2"), (114, "3")) for x in (112, 147)]
    wrapped = [(37, y, "a name as wide as this") for y in (138, 126, 114)]
    (table,) = read(SHEET + words(*numbers) + words(*wrapped, size=4.5)).tables
    assert table.row_count == 2
    items = [(37, y, "part") for y in (138, 126, 114)]
    frame = grid([20, 35, 90, 110, 145, 180], [60, 160, 180]) + words((22, 138, "1"))
    (table,) = read(frame + words((22, 165, "no"), (37, 165, "name"), *numbers, *items)).tables
    assert table.row_count == 2


def test_total_below_amounts_is_a_row_and_the_end_of_a_wrapped_amount_is_not() -> None:
    frame = grid([20, 40, 80, 120, 160], [100, 120, 140, 160, 180])
    some = words((22, 165, "a"), (42, 165, "b"), (82, 165, "c"), (122, 165, "d"))
    some += words((22, 145, "1"), (42, 145, "x"), (82, 145, "1,000.5"), (122, 145, "y"))
    some += words((22, 125, "2"), (42, 125, "y"), (82, 125, "2,000.5"), (122, 125, "z"))
    (table,) = read(frame + some + words((42, 105, "all"), (82, 105, "3,001.0"))).tables
    assert rows(table)[-1] == ["", "all", "3,001.0", ""]
    (table,) = read(frame + some + words((82, 105, "0"))).tables
    assert rows(table)[-1] == ["2", "y", "2,000.5\n0", "z"]


def test_text_that_stands_on_its_side_is_read_in_its_cell() -> None:
    side = b"BT /F 6 Tf 0 1 -1 0 100 142 Tm (side) Tj ET "
    (table,) = read(FRAME + words((25, 165, "no"), (65, 165, "name"), (25, 145, "1")) + side).tables
    assert rows(table) == [["no", "name"], ["1", "side"]]


def test_slanted_watermark_is_left_out() -> None:
    mark = b"BT /F 30 Tf 0.7 0.7 -0.7 0.7 40 40 Tm (DRAFT) Tj ET "
    assert [p.text for p in read(words((20, 180, "Report")) + mark).paragraphs] == ["Report"]


@pytest.mark.parametrize("shift", [0.3, -0.3])
def test_bold_by_double_printing_is_read_once(shift: float) -> None:
    again = b"1 0 0 1 %.1f 150 Tm (Total) Tj" % (20 + shift)
    twice = b"BT /F 12 Tf 1 0 0 1 20 150 Tm (Total) Tj %s ET " % again
    assert [p.text for p in read(twice).paragraphs] == ["Total"]


def test_blank_over_a_digit_splits_no_number() -> None:
    blank = b"BT /F 10 Tf 1 0 0 1 23 150 Tm ( ) Tj ET "
    number = b"BT /F 10 Tf 1 0 0 1 20 150 Tm (153,026,600) Tj ET "
    assert [p.text for p in read(number + blank).paragraphs] == ["153,026,600"]
    assert [p.text for p in read(blank + number).paragraphs] == ["153,026,600"]


def test_raised_note_stands_on_its_line() -> None:
    first = b"BT /F 10 Tf 20 150 Td (plan) Tj 5 Ts /F 5 Tf (1) Tj ET "
    second = b"BT 0 Ts /F 10 Tf 20 139 Td (and the next line) Tj ET "
    assert [p.text for p in read(first + second).paragraphs] == ["plan1", "and the next line"]


@pytest.mark.parametrize(
    ("size", "rise", "note", "text"),
    [
        (6, 4, "1", "95.50\u00b9 of"),
        (8.3, 4, "1", "95.50\u00b9 of"),  # as browsers set it
        (6, 4, "1,2", "95.50\u00b9 \u00b2 of"),
        (6, 4, "(1)", "95.50\u207d\u00b9\u207e of"),
        (6, 4, "2567", "95.502567 of"),  # no number of a note
        (6, 0, "1", "95.501 of"),
        (10, 4, "1", "95.501 of"),
        (6, 4, "1*", "95.50\u00b9* of"),
        (6, 4, ".50", "95.50.50 of"),
    ],
)
def test_raised_note_behind_a_number_is_none_of_it(
    size: float, rise: float, note: str, text: str
) -> None:
    raised = b"%g Ts /F %g Tf (%s) Tj " % (rise, size, note.encode())
    page = b"BT /F 10 Tf 20 150 Td (95.50) Tj %s 0 Ts /F 10 Tf ( of) Tj ET " % raised
    assert " ".join(p.text for p in read(page).paragraphs) == text


def test_note_that_is_drawn_after_its_line_is_none_of_the_number() -> None:
    number = b"BT /F 10 Tf 20 150 Td (95.50) Tj ET "
    rest = b"BT /F 10 Tf 60 150 Td (of) Tj ET "
    note = b"BT /F 6 Tf 45.1 154 Td (1) Tj ET "
    assert [p.text for p in read(number + rest + note).paragraphs] == ["95.50\u00b9 of"]


def test_higher_line_of_the_next_cell_is_no_note() -> None:
    frame = grid([10, 44.5, 120], [140, 160, 180])
    left, right = words((18, 145, "88.20"), size=10), words((46, 149, "85"), (46, 142, "points"))
    head = words((20, 165, "2565"), (60, 165, "2566"))
    (table,) = read(frame + head + left + right).tables
    assert rows(table)[1] == ["88.20", "85\npoints"]


def test_wide_gap_is_a_blank_and_letters_set_apart_are_not() -> None:
    spaced = b"BT /F 10 Tf 4 Tc 20 150 Td (REPORT) Tj ET "
    gap = b"BT 0 Tc /F 10 Tf 20 120 Td [(one) -400 (two)] TJ ET"
    assert [p.text for p in read(spaced + gap).paragraphs] == ["REPORT", "one two"]


def test_actual_text_is_said_once() -> None:
    pieces = b"BT /F 10 Tf 20 150 Td (x) Tj ET BT /F 10 Tf 26 150 Td (y) Tj ET "
    span = b"/Span <</ActualText (fi)>> BDC " + pieces + b"EMC "
    rest = b"BT /F 10 Tf 32 150 Td (ne) Tj ET"
    assert [p.text for p in read(span + rest).paragraphs] == ["fine"]


def test_character_at_one_place_thrice_stands_once() -> None:
    x0 = np.array([10.0000003, 10.0, 10.0, 16.0])  # what places are worked out to, is not exact
    same = np.full(4, 50.0)
    twins = _twins(np.array([32, 32, 32, 97]), np.zeros(4, bool), x0, same, np.full(4, 12.0))
    assert twins.tolist() == [False, True, True, False]


def test_actual_text_on_its_side_takes_no_page_away() -> None:
    side = b"/Span <</ActualText (side)>> BDC BT /F 10 Tf 0 1 -1 0 150 20 Tm (x) Tj ET EMC "
    level = b"BT /F 10 Tf 20 100 Td (level) Tj ET"
    assert {p.text for p in read(side + level).paragraphs} == {"level", "side"}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_as_a_person_sees_the_page(rotation: int) -> None:
    document = pypdfium2.PdfDocument(pdf(FRAME + FOUR))
    document[0].set_rotation(rotation)
    width, height = document[0].get_size()
    out = BytesIO()
    document.save(out)
    (table,) = read_bytes(out.getvalue(), "a.pdf").tables
    assert sorted(map(sorted, rows(table))) == [["1", "one"], ["name", "no"]]
    (cell,) = [cell for cell in table.cells if cell.text == "no"]
    seen = cell.place.box
    assert seen is not None
    x0, top, x1, bottom = 20, 200 - 180, 60, 200 - 160  # upright, from the top left
    expected = {
        0: (x0, top, x1, bottom),
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }[rotation]
    assert (seen.x0, seen.top, seen.x1, seen.bottom) == pytest.approx(expected, abs=1)


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.sampled_from([0, 90, 180, 270]),
    st.tuples(*[st.floats(0, 500)] * 4),
)
def test_frames_lead_there_and_back(
    rotation: int, turn: int, numbers: tuple[float, float, float, float]
) -> None:
    frame = Frame.of_page(Area(10, 20, 610, 862), rotation).turned(turn)
    a, b, c, d = numbers
    area = Area(min(a, b), min(c, d), max(a, b), max(c, d))
    assert frame.placed(frame.seen(area)) == pytest.approx(area, abs=0.02)
    assert frame.turned(0).turned(turn).matrix == pytest.approx(frame.matrix)
    assert frame.size == (frame.turned(turn).size)


def shade(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"0.8 g %.2f %.2f %.2f %.2f re f 0 g " % (x0, y0, x1 - x0, y1 - y0)


def entries(top: float, count: int, step: float = 15) -> bytes:
    return b"".join(
        words(
            (25, top - step * n, f"{n + 1}"),
            (60, top - step * n, f"item{n}"),
            (120, top - step * n, f"{n}.00"),
        )
        for n in range(count)
    )


HEADS = words((25, 165, "no"), (60, 165, "name"), (120, 165, "sum"))


def test_shaded_header_belongs_to_the_rows_below_it() -> None:
    (table,) = read(shade(20, 161, 150, 174) + HEADS + entries(150, 3)).tables
    assert [row[0] for row in rows(table)] == ["no", "1", "2", "3"]


@pytest.mark.parametrize(("step", "count"), [(14, 7), (9, 6)])
def test_sums_between_shaded_rows_are_rows_of_their_own(step: float, count: int) -> None:
    names = ["rent", "oil", "sum a", "sum b", "ink", "pens", "maps"]
    ys = [180, 136, 122, 122 - step, 108 - step, 94 - step, 80 - step]
    rows_shaded = [(y - 4, 14) for name, y in zip(names, ys, strict=True) if "sum" not in name]
    shades = b"0.9 g " + b"".join(
        b"60 %g 50 %g re f 110 %g 40 %g re f " % (y, height, y, height)
        for y, height in [*rows_shaded, (146, 30)]  # the tall one holds a note
    )
    text = words((25, 168, "what it was"), (25, 158, "needed for")) + b"".join(
        words((25, y, name), (65, y, "amount"), (115, y, f"{n},000"))
        for n, (name, y) in enumerate(zip(names, ys, strict=True))
    )
    (table,) = read(shades + b"0 g " + text).tables
    assert sum(row[-1].endswith("000") for row in rows(table)) == count


SECOND = shade(20, 56, 150, 69) + words((25, 60, "key"), (120, 60, "sum"), size=5) + entries(45, 2)


def test_total_with_wrapped_amounts_is_a_row_below_the_only_one() -> None:
    """Its label and what it has in one line stand in the middle, between two lines of others."""
    heads = words((25, 165, "no"), (45, 165, "name"), (85, 165, "sum"), (120, 165, "left"), size=5)
    row = words((25, 148, "1"), (85, 148, "1,000.00"), (120, 148, "900.00"), size=5)
    row += words((45, 151, "a name of"), (45, 145, "two lines"), size=5)
    total = words((45, 127, "all"), (120, 127, "900.00"), size=5)
    total += words((85, 130, "1,000.0"), (95, 124, "0"), size=5)
    tables = read(shade(20, 161, 150, 174) + heads + row + total + SECOND).tables
    assert rows(tables[0])[1:] == [
        ["1", "a name of two lines", "1,000.00", "900.00"],
        ["", "all", "1,000.0 0", "900.00"],
    ]


def test_heading_and_words_of_a_stamp_between_two_tables_are_no_row() -> None:
    total = words((60, 118, "all"), (120, 118, "3.00"))
    between = words((22, 92, "Scores")) + words((128, 86, "copy"), size=5)
    shades = shade(20, 161, 150, 174) + shade(20, 131, 150, 144)
    one, other = read(shades + HEADS + entries(150, 2) + total + between + SECOND).tables
    assert rows(one)[-1] == ["", "all", "3.00"]
    assert rows(other)[0] == ["key", "", "sum"]


def test_page_number_below_a_table_without_rules_is_no_row() -> None:
    document = read(HEADS + entries(150, 4) + words((60, 88, "- 1 -")))
    assert [len(table.cells) for table in document.tables] == [15]
    assert [paragraph.text for paragraph in document.paragraphs] == ["- 1 -"]


def test_row_at_the_top_of_a_page_goes_on_with_the_table_before() -> None:
    second = words((25, 190, "5"), (60, 190, "last"), (120, 190, "9.00"), (20, 160, "next"))
    second += shade(20, 121, 150, 134) + words((30, 125, "what"), (90, 125, "how many"))
    second += b"".join(words((30, y, "one"), (90, y, f"{y}")) for y in (110, 95, 80))
    table, other = read(HEADS + entries(150, 4), second).tables
    assert rows(table)[-1] == ["5", "last", "9.00"]
    assert rows(other)[0] == ["what", "how many"]


def test_high_rows_at_the_top_of_a_page_go_on_with_the_table_before() -> None:
    second = b"".join(
        words((25, y, number), (60, y, "a name"), (60, y - 7, "of two"), (120, y, f"{number}.00"))
        for y, number in ((190, "5"), (145, "6"), (100, "7"))
    )
    (table,) = read(HEADS + entries(150, 4), second).tables
    assert rows(table)[-3:] == [
        ["5", "a name of two", "5.00"],
        ["6", "a name of two", "6.00"],
        ["7", "a name of two", "7.00"],
    ]


def test_heading_in_the_middle_of_two_columns_spans_them() -> None:
    drawn = line(20, 180, 150, 180) + line(20, 156, 150, 156) + line(20, 100, 150, 100)
    drawn += words((109, 173, "24"), (25, 167, "name"), (80, 161, "sum"), (130, 161, "share"))
    drawn += b"".join(
        words((25, y, f"a{y}"), (90, y, f"{y}.000000"), (130, y, f"{y}.1")) for y in (145, 130, 115)
    )
    (table,) = read(drawn).tables
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells[:3]}
    assert spans == {"name": (2, 1), "24": (1, 2), "sum": (1, 1)}


def test_wrapped_name_goes_on_with_rows_of_a_large_step() -> None:
    """Small print in high rows: the lines of a name stand far from those of other rows."""
    drawn = b""
    for y, name in ((190, "a"), (176, "b"), (162, "c"), (148, "d"), (129, ""), (110, "f")):
        placed = [(20, y, f"{y}"), (140, y, f"{y}.00"), (180, y, f"{y}.50")]
        names = [(50, y, name)] if name else [(50, y + 5, "a name that has"), (50, y - 5, "lines")]
        drawn += words(*placed, *names, size=2.8)
    (table,) = read(drawn + words((20, 90, "a note below the table"), size=2.8)).tables
    assert rows(table)[3:] == [
        ["148", "d", "148.00", "148.50"],
        ["129", "a name that has\nlines", "129.00", "129.50"],
        ["110", "f", "110.00", "110.50"],
    ]


def test_row_below_a_wrapped_name_is_no_further_off_than_rows_are() -> None:
    """Rows of two lines' height, of which one is of three: the last line of its name is far."""
    drawn = b""
    for n, y in enumerate((190, 176, 158, 144, 130, 112)):
        drawn += words((20, y, f"{n}"), (140, y, f"{n}.00"), (180, y, f"{n}.50"), size=2.8)
        drawn += words((50, y, "a name that"), size=2.8)
        drawn += words((50, y - 4.5, "has lines"), size=2.8) if n in (1, 4) else b""
    (table,) = read(drawn).tables
    assert [row[0] for row in rows(table)] == ["0", "1", "2", "3", "4", "5"]
    assert rows(table)[1][1] == "a name that\nhas lines"


@pytest.mark.parametrize(("x", "counts"), [(70, [6]), (22, [3, 3])])
def test_large_words_of_a_stamp_between_rows_end_no_table_but_a_heading_does(
    x: float, counts: list[int]
) -> None:
    drawn = words((x, 158, "large"), size=5)
    for n, y in enumerate((190, 178, 166, 151, 139, 127)):
        drawn += words((20, y, f"{n}"), (50, y, "name"), (140, y, f"{n}.00"), size=3)
        drawn += words((180, y, f"{n}.50"), size=3)
    assert [table.row_count for table in read(drawn).tables] == counts


def test_names_in_brackets_make_a_form_but_numbers_of_paragraphs_do_not() -> None:
    def listed(mark: str) -> bytes:
        rows = [(y, f"({mark}{n}) name") for n, y in enumerate(range(190, 120, -12))]
        return b"".join(words((20, y, name), (120, y, "1,000"), size=4) for y, name in rows)

    assert [table.row_count for table in read(listed("")).tables] == [6]
    assert not read(listed("Mr. ")).tables


def test_numbers_alone_tell_rows_whose_cells_have_several_lines() -> None:
    """A list of what each item must have: no column has one line a row, and all steps are alike."""
    drawn = words((20, 190, "no"), (40, 190, "name"), (90, 190, "needs"), (160, 190, "ok"), size=4)
    y = 182
    for n, count in enumerate((4, 3, 5, 4), start=14):
        drawn += words((20, y, f"{n}"), (40, y, "a name"), (160, y, "yes"), size=4)
        drawn += words((40, y - 8, "of two"), (160, y - 8, "no"), size=4)
        for line in range(count):
            drawn += words((90, y - 8 * line, f"({line + 1}) to be shown"), size=4)
        y -= 8 * count
    (table,) = read(drawn).tables
    assert [row[0] for row in rows(table)] == ["no", "14", "15", "16", "17"]
    assert rows(table)[2][1] == "a name\nof two"


def test_caption_below_rows_of_a_large_step_ends_the_table() -> None:
    drawn = b""
    for n in range(5):
        drawn += words(*((x, 195 - 13 * n, f"{x}{n}") for x in (20, 50, 140, 180)), size=2.8)
        drawn += words(*((x, 127 - 4 * n, f"{x}{n}") for x in (20, 70, 110, 160)), size=2.8)
    one, other = read(drawn + words((20, 131, "Table 2"), size=2.8)).tables
    assert (one.row_count, other.row_count) == (5, 5)
