"""The benchmarks count what they say they count."""

from decimal import Decimal

import pytest

from benchmarks.failures import failures
from benchmarks.real_checks import ELAAS_CHECKS, Sheet, check_elaas, check_sheet, number
from benchmarks.scoring import (
    Count,
    Grid,
    GridCell,
    cells_in_place,
    exact_cells,
    plain,
    related_cells,
    relations,
)


def grid(*rows: str) -> Grid:
    """Make a grid of rows whose cells are parted by bars; a blank cell is left out."""
    return [
        GridCell(r, c, text.strip())
        for r, row in enumerate(rows, start=1)
        for c, text in enumerate(row.split("|"), start=1)
        if text.strip()
    ]


def test_white_space_and_unseen_signs_do_not_count():
    assert plain("a\u00a0b\n\u200bc") == "abc"


def test_exact_cells_are_a_multiset():
    count = exact_cells([grid("x | x | y")], [grid("x | z")])
    assert count == Count(gold=3, got=2, right=1)


def test_a_document_without_tables_is_right_when_nothing_comes():
    assert exact_cells([], []).recall == exact_cells([], []).precision == 1.0
    assert exact_cells([], [grid("x")]).precision == 0.0


def test_a_cell_in_the_wrong_row_is_exact_and_not_in_place():
    gold, got = [grid("a | b", "c | d")], [grid("a | b", "", "c | d")]
    assert exact_cells(gold, got).right == 4
    assert cells_in_place(gold, got).right == 2


def test_tables_are_paired_one_to_one_by_what_they_share():
    first, second = grid("a | b"), grid("c | d", "e | f")
    assert cells_in_place([first, second], [second, first]).right == 6
    assert cells_in_place([first, second], [first + second]).right == 4


def test_relations_step_over_blank_cells_and_follow_spans():
    header = GridCell(1, 1, "h", column_span=2)
    found = relations([[header, *grid("", "a | b", "c |")]])
    assert set(found) == {
        ("h", "a", "below"),
        ("h", "b", "below"),
        ("a", "b", "right"),
        ("a", "c", "below"),
    }
    assert relations([grid("a | | b")]) == {("a", "b", "right"): 1}


def test_relations_compare_letters_and_digits():
    assert related_cells([grid("Fig. 1 | 2,5")], [grid("FIG 1 | 25")]).f1 == 1.0


@pytest.mark.parametrize(
    ("got", "kind"),
    [
        ("ผใู้ห้", "marks"),
        ("ผู้ให้ บริการ", "joined"),
        ("ผู้", "cut"),
        ("ผู้ใหญ่", "text"),
        ("zzz", "lost"),
    ],
)
def test_failures_say_how_a_cell_is_wrong(got, kind):
    gold = [grid("ok | ผู้ให้")]
    assert failures(gold, [grid(f"ok | {got}")], [])[0].kind == kind


def test_failures_see_text_outside_of_tables_and_tables_of_which_nothing_came():
    gold = [grid("ok | here")]
    assert [f.kind for f in failures(gold, [grid("ok")], ["over here"])] == ["outside"]
    assert [f.kind for f in failures(gold, [], ["ok here"])] == ["table", "table"]
    assert [f.kind for f in failures([], [grid("box")], [])] == ["extra"]


def test_a_number_with_a_gap_is_none():
    assert number("๑,๒๓๔.๕๐") == Decimal("1234.50")
    assert number("1 53,026,600") is None


def test_subtotals_are_the_sums_of_their_leaves():
    leaf, total = " | 1 | 2 | 3 | 4 | 0% | 5", " | 2 | 4 | 6 | 8 | | 10"
    rows = ["g", "sub", "a" + leaf, "b" + leaf, "รวมsub" + total, "รวมg" + total]
    verdicts = check_elaas([grid(*rows[:3]), grid(*rows[3:])])
    assert (verdicts.right, verdicts.wrong, verdicts.unread) == (10, [], ELAAS_CHECKS - 10)
    lost = check_elaas([grid(*rows[:3]), grid(*rows[4:])])
    assert (lost.right, len(lost.wrong)) == (0, 10)


def test_a_cost_sheet_is_reckoned_as_exactly_as_it_is_printed():
    sheet = Sheet(1, ((1, 2, 3),), (), (3,), 3)
    verdicts = check_sheet(
        [grid("82.50 | 1,845.80 | 152,279", "2 | 10 | 21", "| | 152,300")], sheet
    )
    assert verdicts.right == 2
    assert verdicts.wrong == ["1 x 2 = 3: 1: 2 | 2: 10 | 3: 21"]
    assert verdicts.unread == 0
