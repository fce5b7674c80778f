"""Tables without rules that go on over a page: their columns are those of the page before."""

from __future__ import annotations

import pytest
from test_open_tables import line

from extract.pdf.blocks import fitted, going_on

XS = [50.0, 80.0, 200.0, 300.0, 400.0]
HEADER = line(60, (55, "no."), (120, "name"), (215, "budget"), (315, "spent"))
AMOUNTS = ((230, "5,000.00"), (330, "4,000.00"))


@pytest.mark.parametrize(
    ("above", "row", "goes_on"),
    [
        ((90, "a name"), ((60, "30"), *AMOUNTS), True),
        ((55, "Note"), ((90, "name"), *AMOUNTS), False),
        ((90, "Table 2"), ((60, "30"), (90, "name"), *AMOUNTS), False),
    ],
)
def test_first_row_below_a_header_begins_with_a_text_that_is_wrapped_around_it(
    above: tuple[float, str], row: tuple[tuple[float, str], ...], goes_on: bool
) -> None:
    """The header stands further off than lines of a row, and its texts are centred."""
    lines = [HEADER, line(95, above), line(103, *row), line(111, (90, "is wrapped"))]
    assert going_on(lines, XS) == (lines if goes_on else lines[:1])


def test_columns_give_way_to_a_wrapped_text_that_reaches_over_them() -> None:
    """What reaches into the next column is no such text: it spans both."""
    lines = [HEADER, line(84, (60, "14"), (90, "name"), *AMOUNTS), line(96, (90, 23 * "x"))]
    assert fitted(lines, XS) == [50, 80, 210, 300, 400]
    assert going_on(lines, XS) == lines[:2]
    assert going_on(lines, fitted(lines, XS)) == lines
    wide = line(96, (90, 26 * "x"))
    assert fitted([*lines[:2], wide], XS) == XS


def test_prose_below_the_last_row_moves_no_columns() -> None:
    lines = [HEADER, line(84, (60, "14"), (110, "name"), *AMOUNTS), line(130, (50, 10 * "x"))]
    assert fitted(lines, XS) == XS
    assert going_on(lines, fitted(lines, XS)) == lines[:2]
