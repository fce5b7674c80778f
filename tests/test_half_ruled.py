"""Tables with level rules alone, some of them worn: numbers and flush texts tell what is lost."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from test_open_tables import line, typed

from extract.pdf.channels import cut_at_channels
from extract.pdf.flush import cut_at_flush, cut_at_known
from extract.pdf.regions import between, regions
from extract.pdf.rows import listed_rows
from extract.pdf.shapes import Rule
from extract.pdf.whites import TextLine

RULES = [100.0, 120, 180, 240, 300]


def written(firsts: str, below: bool = False) -> list[TextLine]:
    """Write two lines for each number between 120 and 300, and a heading; names are wrapped."""
    step = 180 / len(firsts)
    lines = [line(115, (60, "name"), (200, "steps"))]
    for n, first in enumerate(firsts):
        texts = [(60.0, f"{first}. name"), (60.0, "wrapped")]
        for m, text in enumerate(reversed(texts) if below else texts):
            lines.append(line(135 + step * n + 12 * m, text, (200, "a step")))
    return lines


@pytest.mark.parametrize(
    ("numbers", "below", "rows"),
    [("3456", False, [1, 2, 1]), ("3416", False, [0, 0, 0]), ("3456", True, [0, 0, 0])],
)
def test_numbers_that_count_on_tell_where_a_rule_is_lost(
    numbers: str, below: bool, rows: list[int]
) -> None:
    """Lists in the rows begin anew, and where cells are centred no number begins its row."""
    lines = written(numbers, below)
    edges = (120, 165, 255, 300)
    intervals = [between(lines, 50, 300, above, below) for above, below in pairwise(edges)]
    expected = [count if count > 1 else 0 for count in rows]
    assert [len(parts) for parts in listed_rows(intervals, [180.0])] == expected


@pytest.mark.parametrize(("worn", "is_edge"), [(9.0, True), (40.0, False)])
def test_rule_whose_end_is_worn_parts_rows(worn: float, is_edge: bool) -> None:
    """One that is much shorter lies beside a cell over several rows."""
    level = [Rule(y, 58 + worn * (y == 180), 300) for y in RULES]
    (region,) = regions(level, [], written("123"))
    assert (180 in region.edges) is is_edge


@pytest.mark.parametrize(
    ("before", "is_parted"),
    [
        (("9 May 63", "19 June 63", "2 Sept. 63"), True),
        (("IIT 4.", "Other 5.", "EIT 6."), False),
        (("4.", "5.", "6."), False),
    ],
)
def test_years_of_dates_are_no_numbers_of_paragraphs(
    before: tuple[str, ...], is_parted: bool
) -> None:
    """What stands before a channel ends right before it in some lines."""
    wide = max(map(len, before)) + 1
    texts = [(100 + 20.0 * n, 50.0, before[n % 3].ljust(wide) + "text") for n in range(9)]
    page, lines = typed(texts, size=10)
    cut = cut_at_channels(lines, lines, page)
    assert {len(one.pieces) for one in cut} == {1 + is_parted}


@pytest.mark.parametrize(("date", "is_parted"), [("19 Mar.", True), ("Mar.", False)])
def test_text_is_flush_together_with_the_words_before_it(date: str, is_parted: bool) -> None:
    """The last word of a date stands apart from it, and as near to the next column."""
    dates = [(100 + 20.0 * n, 50.0, "19 Mar. 63") for n in range(3)]
    others = [(y, 101.0, "a text") for y, _, _ in dates]
    row = [(180.0, 85.0 - 5 * len(date), date), (180.0, 86.0, "63 a text")]
    page, lines = typed([*dates, *others, *row], size=10)
    last = TextLine(180, 10, [*lines[-2].pieces, *lines[-1].pieces])
    cut = cut_at_known([*lines[:-2], last], [100.5], page)[-1].pieces
    parts = ["63", "a text"] if is_parted else ["63 a text"]
    assert [piece.text.strip() for piece in cut] == [date, *parts]


@pytest.mark.parametrize(("texts", "count"), [(("100.00", "200.00"), 2), (("a name", "of two"), 1)])
def test_amounts_that_overlap_are_two(texts: tuple[str, str], count: int) -> None:
    """Their columns cannot hold them; letters of a word may lie over one another."""
    page, _ = typed([(100, 50, texts[0]), (100, 77, texts[1])], size=10)
    assert len(page.runs()) == count


def test_amounts_without_a_space_between_them_are_two_where_others_end_flush() -> None:
    texts = [(100 + 20.0 * n, x, "100.00") for n in range(3) for x in (50, 83)]
    page, lines = typed([*texts, (180, 50, "100.00"), (180, 83, "100.00")], size=10)
    (whole,) = page.made(np.array([len(page.texts) - 12]), np.array([len(page.texts)]))
    cut = cut_at_flush([*lines[:-2], TextLine(180, 10, [whole])], page)[-1]
    assert [piece.text for piece in cut.pieces] == ["100.00", "100.00"]
