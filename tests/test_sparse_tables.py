"""Tables without rules whose rows stand far apart, as sheets of small print have them."""

from __future__ import annotations

from collections.abc import Sequence

from test_pdf_pages import read, rows, shade, words


def test_wrapped_names_with_their_rows_centred_beside_them_stay_below_the_header() -> None:
    """Small print in high rows; the first row and the last have such a name, no other row."""
    drawn = words(
        *((x, 195, text) for x, text in ((20, "no"), (50, "name"), (180, "sum"))), size=2.8
    )
    for n, y in enumerate((182, 169, 156, 143), start=1):
        drawn += words((20, y, f"{n}"), (140, y, f"{n}.00"), (180, y, f"{n}.50"), size=2.8)
        wrapped = words((50, y + 2.4, "a name that"), (50, y - 2.4, "has lines"), size=2.8)
        drawn += wrapped if n in (1, 4) else words((50, y, "name"), size=2.8)
    (table,) = read(drawn).tables
    assert [row[0] for row in rows(table)] == ["no", "1", "2", "3", "4"]
    assert rows(table)[1][1] == rows(table)[4][1] == "a name that\nhas lines"


def sheet_of(*lines: tuple[float, Sequence[tuple[float, str]]]) -> bytes:
    """Write small print on lines at heights."""
    return b"".join(words(*((x, y, text) for x, text in own), size=2.8) for y, own in lines)


def test_rows_of_two_texts_that_are_a_little_further_apart_are_one_table() -> None:
    """3.6 em from one to the next."""
    lines = [(190.0 - 10 * n, ((20, f"name {n}"), (150, f"{n}.00"))) for n in range(5)]
    (table,) = read(sheet_of(*lines)).tables
    assert table.row_count == 5


def wide(text: str) -> float:
    """How wide an amount is in Helvetica of 2.8 points."""
    return sum(2.8 * (0.278 if letter in ".," else 0.556) for letter in text)


def test_row_below_a_header_and_a_wrapped_one_begins_or_ends_where_others_do() -> None:
    """A header and one row show no columns: its texts are centred, and the row's flush right."""

    def row(n: int, *amounts: str) -> tuple[tuple[float, str], ...]:
        placed = zip((140, 180), amounts, strict=True)
        return ((20, str(n)), (40, "a name that has"), *((x - wide(t), t) for x, t in placed))

    lines = [(190.0, ((24, "no"), (55, "name"), (125, "sum"), (168, "rest")))]
    lines += [(181, row(1, "9", "800.00")), (176, ((40, "three lines"),)), (171, ((40, "in all"),))]
    lines += [(161 - 10 * n, row(n + 2, "7,000,000.00", "7")) for n in range(5)]
    (table,) = read(sheet_of(*lines)).tables
    assert table.row_count == 7


def test_words_of_text_above_a_table_are_no_row_of_it() -> None:
    """A justified line and a centred one, whose spaces are wide."""
    drawn = (
        b"BT /F 2.8 Tf 20 186 Td [(a line) -500 (of which) -500 (words) -500 (are apart)] TJ ET "
    )
    drawn += b"BT /F 2.8 Tf 60 178 Td [(all of) -500 (2020)] TJ ET "
    lines = [(170.0 - 8 * n, ((20, f"name {n}"), (150, f"{n}.00"))) for n in range(5)]
    (table,) = read(drawn + sheet_of(*lines)).tables
    assert rows(table)[0] == ["name 0", "0.00"]


def test_numbers_tell_the_rows_below_a_shaded_header_that_a_page_repeats() -> None:
    """The first line below it ends a row of the page before; an amount of the total is wrapped."""
    head = shade(20, 161, 150, 174)
    head += words((25, 165, "no"), (45, 165, "a"), (85, 165, "b"), (120, 165, "c"), size=5)

    def row(n: int, y: float, below: str = "wrapped") -> bytes:
        texts = words((25, y, f"{n}"), (45, y, "a name"), (85, y, f"{n}.00"), (120, y, "-"), size=5)
        return texts + words((45, y - 7, below), size=5)

    first = head + b"".join(row(n, 150 - 20 * n) for n in range(1, 6))
    total = words((45, 102, "all"), (85, 102, "35.0"), (120, 102, "-"), (95, 95, "0"), size=5)
    second = head + words((45, 153, "again"), size=5) + row(6, 141) + row(7, 121) + total
    (table,) = read(first, second).tables
    assert [row[0] for row in rows(table)] == ["no", *"1234567", ""]
    assert rows(table)[5][1].split() == ["a", "name", "wrapped", "again"]
