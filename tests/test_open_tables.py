"""Tables without upright rules, as a scan leaves them: close columns, lost dashes, stamps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw
from test_scan_tables import DOTS, LETTER, POINT, Letters, grey, grids, page, scan, written

from extract.grid import Grid
from extract.pdf.flush import cut_at_flush
from extract.pdf.overprint import without_crumbs, without_crumbs_beside
from extract.pdf.page import page_blocks
from extract.pdf.regions import regions
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area, Rule
from extract.pdf.whites import TextLine, parts_rows, separators
from extract.scan.page import read_scan
from extract.scan.picture import PagePicture

DIGIT = 5.0


def number(picture: Image.Image, end: float, base: float, digits: int) -> None:
    """Draw so many digits that end at a place."""
    written(picture, end - digits * DIGIT, base, digits, pitch=DIGIT)


def level_rules(ys: Iterable[float], end: float = 400) -> Image.Image:
    """Draw level rules of one width."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for y in ys:
        pen.line([one * POINT for one in (58, y, end, y)], fill=0, width=2)
    return picture


def rows(grid: Grid) -> list[list[str]]:
    made = [[""] * grid.width for _ in range(grid.row_count)]
    for cell in grid.cells:
        made[cell.row - 1][cell.column - 1] = cell.text
    return made


@pytest.mark.parametrize("shift", [0, 4])
def test_amounts_as_close_as_words_are_of_two_columns_where_others_end_flush(shift: int) -> None:
    """The longest amount of the third row begins 5 points behind the one before it."""
    picture = page()
    for n, digits in enumerate((6, 7, 13, 5, 6, 7)):
        base = 120 + 24 * n
        written(picture, 60, base, 8)
        left = shift if n == 2 else 0
        number(picture, 300 - left, base, 6)
        number(picture, 370 - left, base, digits)
    (table,) = grids(scan(picture))
    assert table.row_count == 6
    # What does not end flush may be one text of two words.
    assert (rows(table)[2][1:] == ["1" * 6, "1" * 13]) is (shift == 0)


def typed(
    texts: Sequence[tuple[float, float, str]], size: float = 12
) -> tuple[Glyphs, list[TextLine]]:
    """Set texts at heights, each a line, and places; letters are 5 points wide."""
    text = "".join(text for _, _, text in texts)
    x0 = np.array([x + 5.0 * n for _, x, text in texts for n in range(len(text))])
    y = np.array([y for y, _, text in texts for _ in text], np.float64)
    blank = np.array([letter == " " for letter in text])
    page = Glyphs(
        *(text, np.arange(len(text) + 1), x0, x0 + 5, y, np.full(len(text), size), blank, None),
    )
    ends = np.cumsum([len(text) for *_, text in texts])
    runs = page.made(np.concatenate(([0], ends[:-1])), ends)
    return page, [TextLine(run.y, run.size, [run]) for run in runs]


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("7,802,514.2924,677,605.71", ["7,802,514.29", "24,677,605.71"]),
        ("7,802,514,677,605.71", ["7,802,514,677,605.71"]),
        ("7,802,514.2924,677,605.7", ["7,802,514.2924,677,605.7"]),
    ],
)
def test_totals_that_touch_are_of_two_columns_where_others_end_flush(
    total: str, parts: list[str]
) -> None:
    """Digits are 5 points wide. The first total ends at 200, and the second at 200 + 13 digits."""
    begin, end = 200 - 5 * len("7,802,514.29"), 200 + 5 * len("24,677,605.71")
    texts = [(120 + 20 * n, at - 30, "514.29") for n in range(4) for at in (200, end)]
    texts.append((200, end - 5 * len(total) if len(parts) == 1 else begin, total))
    page, lines = typed(texts)
    assert [piece.text for piece in cut_at_flush(lines, page)[-1].pieces] == parts


def test_number_of_a_row_as_close_as_a_word_is_in_its_column() -> None:
    picture = page()
    for n, digits in enumerate((2, 2, 2, 2, 3, 3)):
        base = 120 + 24 * n
        written(picture, 65 - digits * DIGIT / 2, base, digits, pitch=DIGIT)
        written(picture, 79, base, 9)
        number(picture, 300, base, 6)
    (table,) = grids(scan(picture))
    assert [row[0] for row in rows(table)] == ["11"] * 4 + ["111"] * 2


def half_ruled(known: Sequence[float], close: float = 60) -> list[list[str]]:
    """Scan rows between level rules; two texts of the first line are as close as words.

    The first of them begins at ``close``.
    """
    picture = level_rules((100, 160, 220, 280))
    for base, letters in ((120, 13), (140, 0), (180, 5), (200, 0), (240, 7), (260, 0)):
        is_first = base == 120
        written(
            picture,
            close if is_first else 60,
            base,
            round((155 - close) / 7.3) if is_first else letters,
        )
        written(picture, 160.5, base, 6)
        if letters:
            written(picture, 300, base, 6)
    sheet = read_scan(PagePicture(grey(picture), DOTS), Letters())
    (table,) = (one for one in page_blocks(sheet, 2, list(known)) if isinstance(one, Grid))
    return [[str(text.count(LETTER)) for text in row] for row in rows(table)]


def test_columns_known_from_the_page_before_part_texts_as_close_as_words() -> None:
    """And the first row, two of whose texts stand over one of the next line, is no header."""
    known = (58, 157, 290, 400)
    assert half_ruled(known) == [["13", "12", "6"], ["5", "12", "6"], ["7", "12", "6"]]
    assert half_ruled(()) != half_ruled(known)
    # A heading over two columns is flush with no text of the first.
    assert half_ruled(known, close=97)[0] != ["8", "12", "6"]


def test_text_of_a_row_as_close_to_the_next_as_words_is_cut_where_columns_part() -> None:
    """Rows between level rules, a text that fills its column, and one that is longer."""
    picture = level_rules(range(100, 780, 40))
    for n in range(16):
        for base, letters in ((115 + 40 * n, {4: 13, 6: 15}.get(n, 6 + n % 7)), (130 + 40 * n, 5)):
            written(picture, 60, base, letters)
            if letters < 15:
                written(picture, 160.5, base, 6)
            written(picture, 300, base, 6)
    (table,) = grids(scan(picture))
    assert [text.count(LETTER) for text in rows(table)[4]] == [18, 12, 12]


def test_space_that_was_read_before_a_column_as_close_as_words_parts_it() -> None:
    """The longest text of a column ends 5 points before the next one."""
    picture = level_rules(range(100, 380, 40))
    for n in range(6):
        for base in (115 + 40 * n, 130 + 40 * n):
            is_longest = (n, base) == (3, 235)
            written(picture, 60, base, 8)
            written(picture, 145, base, 9 if is_longest else 7, pitch=DIGIT)
            written(picture, 194.4, base, 6)
    (table,) = grids(scan(picture))
    assert all(cell.column_span == 1 for cell in table.cells)


def test_row_that_alone_goes_on_a_table_on_the_next_page_is_no_heading() -> None:
    """Two rules are left of it. A text in the first column is nearly as wide as that."""
    picture = level_rules((100, 230), 480)
    for n in range(6):
        base = 120 + 20 * n
        if n:
            written(picture, 60, base, (0, 13, 12, 5, 4, 0)[n])
        else:
            number(picture, 65, base, 1)
            written(picture, 71, base, 5)
        written(picture, 160, base, 14)
        if n < 2:
            written(picture, 300, base, 7)
            written(picture, 400, base, 6 + n)
    sheet = read_scan(PagePicture(grey(picture), DOTS), Letters())
    known = [58.0, 150.0, 285.0, 390.0, 480.0]
    (table,) = (one for one in page_blocks(sheet, 2, known) if isinstance(one, Grid))
    assert (table.row_count, table.width) == (1, 4)


@pytest.mark.parametrize("base", [183, 192])
def test_large_words_over_rows_are_of_a_stamp_and_end_no_table(base: float) -> None:
    picture = page()
    for n in range(8):
        written(picture, 60, 120 + 26 * n, 12 + n)
        number(picture, 300, 120 + 26 * n, 6)
        number(picture, 400, 120 + 26 * n, 5)
    written(picture, 440, base, 4, high=14, pitch=15)
    (table,) = grids(scan(picture))
    assert [row[1:3] for row in rows(table)] == [["1" * 6, "1" * 5]] * 8


def test_dirt_that_makes_a_rule_longer_joins_no_rows() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(5):
        end = 400 + 8 * (n == 2)
        y = 100 + 60 * n
        pen.line([one * POINT for one in (58, y, end, y)], fill=0, width=2)
        if n < 4:
            for x, lines in ((60, 2), (160, 2 + n % 2), (300, 1)):
                for below in range(lines):
                    written(picture, x, y + 16 + 15 * below, 7 + n % 3)
    (table,) = grids(scan(picture))
    assert table.row_count == 4


LOW = 4.8  # points: letters of a font whose type size seems smaller than it is


def test_rows_of_wrapped_names_far_apart_go_on_over_a_page() -> None:
    picture = page()
    for n in range(4):
        top = 100 + 47 * n
        for base, x, letters in ((top, 120, 9), (top + 8.5, 60, 1), (top + 17, 120, 6 + n)):
            written(picture, x, base, letters, high=LOW, pitch=6)
        for end in (300, 400, 500):
            written(picture, end - 30, top + 8.5, 6, high=LOW, pitch=DIGIT)
    sheet = read_scan(PagePicture(grey(picture), DOTS), Letters())
    known = [50.0, 90.0, 220.0, 340.0, 440.0, 510.0]
    tables = [one for one in page_blocks(sheet, 2, known) if isinstance(one, Grid)]
    assert [(table.row_count, table.width) for table in tables] == [(4, 5)]


def test_rows_of_two_texts_far_apart_are_of_the_shaded_header_above_them() -> None:
    picture = page()
    box = [one * POINT for one in (50, 90, 510, 112)]
    ImageDraw.Draw(picture).rectangle(box, fill=200)
    for n in range(6):
        written(picture, 60 + 100 * (n == 0), 104 + 30 * n, 7 + n % 3, high=LOW, pitch=6)
        written(picture, 440 + 20 * (n > 0), 104 + 30 * n, 7, high=LOW, pitch=DIGIT)
    (table,) = grids(scan(picture))
    assert (table.row_count, table.width) == (6, 2)


def test_rows_whose_digits_are_taller_than_their_letters_are_of_one_size() -> None:
    """In two rows digits and letters stand so near that they were measured together."""
    picture = page()
    for n in range(7):
        base = 120 + 24 * n
        written(picture, 60, base, 9, high=LOW, pitch=6)
        number(picture, 300, base, 8)
        written(picture, 307 if n in (2, 3) else 340, base, 6, high=LOW, pitch=6)
        number(picture, 450, base, 5)
    sheet = scan(picture)
    assert len(set(sheet.glyphs.size.round(1).tolist())) == 1
    assert [table.row_count for table in grids(sheet)] == [7]


def line(y: float, *pieces: tuple[float, str]) -> TextLine:
    return TextLine(y, 10.0, [Run(text, x, x + 5 * len(text), y, 10.0, 0, 1) for x, text in pieces])


COLUMNS = (80.0, 200.0, 300.0)


def first_texts(lines: Sequence[TextLine]) -> list[str]:
    return [row[0].pieces[0].text for row in parts_rows(lines, COLUMNS)]


def test_total_behind_a_last_row_of_several_lines_is_a_row() -> None:
    """Numbers of the rows part them, for amounts are wrapped too; a total has none."""
    lines = []
    for n in range(4):
        numbered = ((60, str(n + 1)), (90, "name"), (210, "5,000.0"), (310, "-"))
        lines += [line(100 + 50 * n, *numbered), line(112 + 50 * n, (90, "wrapped"), (240, "0"))]
    total = [line(300, (120, "all"), (210, "20,000."), (310, "7")), line(312, (235, "00"))]
    assert first_texts(lines + total) == ["1", "2", "3", "4", "all"]
    assert first_texts([*lines, line(300, (120, "note"))]) == ["1", "2", "3", "4"]


def test_total_with_two_amounts_is_a_row_though_a_page_begins_with_the_end_of_another() -> None:
    columns = (80.0, 200.0, 300.0, 400.0, 500.0)
    lines = [line(60, (90, "of the page before"))]
    for n in range(4):
        amounts = ((210, "5,000"), (310, "4,000"), (410, "-"), (510, "80.0"))
        lines += [line(100 + 50 * n, (60, str(n + 1)), (90, "name"), *amounts)]
        lines += [line(112 + 50 * n, (90, "wrapped"))]
    for amounts, is_total in ((("9", "8"), True), (("nine", "eight"), False)):
        last = line(285, (90, "all"), (210, amounts[0]), (510, amounts[1]))
        rows = parts_rows([*lines, last], columns)
        assert rows[0] == lines[:1]
        assert [row[0].pieces[0].text for row in rows[1:5]] == ["1", "2", "3", "4"]
        assert (rows[5:] == [[last]]) is is_total


def test_years_in_a_wrapped_last_row_make_no_total() -> None:
    columns = (80.0, 200.0, 300.0, 400.0, 480.0)
    lines = []
    for n in range(4):
        said = ((90, "name"), (210, "1 Oct"), (310, "30 Sep"), (410, "done"), (490, "x"))
        lines.append(line(100 + 60 * n, (60, str(n + 1)), *said))
        lines += [line(112 + 60 * n, (90, "wrapped"))] if n < 3 else []
    wrapped = line(296, (90, "wrapped"), (210, "2566"), (310, "2567"))
    assert len(parts_rows([*lines, wrapped], columns)) == 4


def test_words_of_a_stamp_between_two_rows_do_not_join_them() -> None:
    """They overlap both in height, as wrapped amounts do; each row has a number of its own."""
    lines = []
    for n in range(4):
        y = 100 + 26 * n
        numbered = ((60, str(n + 1)), (210, "1.00"), (310, "2.00"))
        lines += [line(y - 6, (90, "name")), line(y, *numbered)]
        lines += [line(y + 6, (90, "name")), line(y + 13, (110, "seen"))]
    lines[-1:] = [line(214, (210, "10.0"), (310, "20.")), line(221, (90, "all"))]
    lines.append(line(228, (210, "0"), (310, "00")))
    assert [len(row) for row in parts_rows(lines, COLUMNS)] == [4, 4, 4, 3, 3]


def test_crumbs_of_a_stamp_are_no_lines_of_a_table() -> None:
    """Little is read of them, and nothing surely; a dash stands in a line with sure texts."""
    lines = [
        TextLine(
            y, 10.0, [Run(text, x, x + 5 * len(text), y, 10.0, n, n + 1) for n, x, text in own]
        )
        for y, own in (
            (100, [(0, 30, "name"), (1, 200, "-")]),
            (107, [(2, 40, "x"), (3, 60, "l,")]),
            (120, [(4, 30, "a name that is not sure")]),
        )
    ]
    sure = np.array([1.0, 0.6, 0.1, 0.7, 0.5])
    none = np.zeros(5)
    page = Glyphs("?" * 5, np.arange(6), none, none, none, none, none > 0, sure)
    assert without_crumbs(lines, page) == [lines[0], lines[2]]


def test_crumbs_beside_a_heading_do_not_make_it_a_row() -> None:
    """An unsure number stays: a row of a table may begin with it. So does a dash for one."""
    own = [(30, "heading"), (200, "A1"), (300, "12"), (350, "\u2014"), (400, "-")]
    pieces = [Run(text, x, x + 5 * len(text), 1, 10.0, n, n + 1) for n, (x, text) in enumerate(own)]
    none = np.zeros(5)
    sure = np.array([0.9, 0.2, 0.2, 0.8, 0.8])
    page = Glyphs("?" * 5, np.arange(6), none, none, none, none, none > 0, sure)
    (found,) = without_crumbs_beside([TextLine(1, 10.0, pieces)], page)
    assert [piece.text for piece in found.pieces] == ["heading", "12", "-"]


@pytest.mark.parametrize("worn", [".", "-", "•"])
def test_numbers_of_a_list_with_a_space_behind_them_are_no_column(worn: str) -> None:
    """One of their stops may be read as another sign, which stands apart."""
    lines = [line(100, (40, "name"), (200, "sum"))]
    for n in range(1, 6):
        mark = [(20.0, "2"), (28.0, worn)] if n == 2 else [(20.0, f"{n} .")]
        lines.append(line(120 + 20 * n, *mark, (40, "text"), (200, "1.00")))
    assert len(separators(lines, 20, 230)) == 1


def test_rows_are_told_by_numbers_that_count_on_where_dashes_are_lost() -> None:
    filled = [(210, 310), (210, 310), (310,), (210, 310), (210,)]
    for numbers in ("12345", "12845"):
        lines = [
            line(100 + 20 * n, (60, numbers[n]), (90, "name"), *((x, "50.00") for x in own))
            for n, own in enumerate(filled)
        ]
        lines.insert(1, line(110, (90, "wrapped")))
        parted = first_texts(lines)
        assert (parted == list(numbers)) is (numbers == "12345")


def test_stroke_above_a_smudge_of_its_width_makes_no_table() -> None:
    """It took what stood between them out of the rows of a table."""
    assert list(regions([Rule(110, 340, 359)], [Area(343, 564, 357, 572)], [])) == []
    assert list(regions([Rule(110, 340, 439)], [Area(343, 564, 437, 572)], [])) != []


def test_row_that_a_page_cuts_goes_on_without_a_number() -> None:
    """All its lines fill all columns, as rows would."""
    picture = level_rules((100, 130, 190, 265), 450)
    for x in (70, 180, 320):
        written(picture, x, 120, 7)
        for base in (146, 161, 176, 206, 221, 236):
            written(picture, x, base, 8)
    ImageDraw.Draw(picture).rectangle([one * POINT for one in (62, 198, 69, 210)], fill=255)
    written(picture, 60, 206, 1, pitch=4)
    (table,) = grids(scan(picture))
    assert table.row_count == 3


def test_ink_of_a_stamp_beside_a_table_does_not_end_it() -> None:
    picture = page()
    ImageDraw.Draw(picture).rectangle([one * POINT for one in (50, 90, 510, 112)], fill=200)
    for n in range(6):
        written(picture, 60, 104 + 26 * n, 7 + n % 3)
        for end in (300, 400, 500):
            number(picture, end, 104 + 26 * n, 5)
    written(picture, 20, 142, 1, high=9)
    (table,) = grids(scan(picture))
    assert table.row_count == 6


def test_words_of_a_stamp_over_a_row_part_no_columns() -> None:
    """They stand over two columns, between two lines of a few rows."""
    picture = page()
    for n in range(6):
        for x, letters in ((60, 9), (200, 5), (300, 5), (400, 6 + n % 2)):
            written(picture, x, 120 + 30 * n, letters)
    written(picture, 315, 263, 14, high=9, pitch=9)
    (table,) = grids(scan(picture))
    assert table.width == 4


def test_large_words_over_rows_between_level_rules_part_no_columns() -> None:
    """Two words of a stamp stand over two columns, one in the place of the texts of its row."""
    picture = level_rules((80, 106, 420), 480)
    for n in range(10):
        base = 100 + 30 * n
        for x, letters in ((60, 9), (200, 5), (300, 5), (400, 6 + n % 2)):
            if (n, x) not in {(6, 200), (6, 300)}:
                written(picture, x, base, letters)
    for base in (265, 280):
        written(picture, 215, base, 8, high=12, pitch=15)
    (table,) = grids(scan(picture))
    assert table.width == 4


def test_large_words_between_rows_without_rules_of_their_own_join_none() -> None:
    """Words of a stamp stand between the first rows, in a place where no column is."""
    picture = level_rules((80, 106, 420), 480)
    for n in range(11):
        base = 100 + 28 * n
        for x, letters in ((60, 3), (100, 9), (300, 5), (400, 6 + n % 2)):
            written(picture, x, base, letters)
    for base in (141, 169):
        written(picture, 200, base, 5, high=11, pitch=15)
    (table,) = grids(scan(picture))
    assert (table.row_count, table.width) == (11, 4)


def test_ink_that_is_no_letter_between_two_columns_joins_none() -> None:
    """The ring of a stamp lies in the gap."""
    picture = page()
    for n in range(7):
        for x in (60, 250, 330):
            number(picture, x + 35, 100 + 30 * n, 5)
    pen = ImageDraw.Draw(picture)
    for n in range(20):  # strokes as those of a ring, one under the other
        x, y = 284 + 2.6 * n, 213 + n % 4
        pen.line([one * POINT for one in (x, y, x + 2.6, y + 5)], fill=135, width=4)
    (grid,) = grids(scan(picture))
    assert (grid.row_count, grid.width) == (7, 3)
    assert rows(grid)[4][1:] == ["1" * 5, "1" * 5]
