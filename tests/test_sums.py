"""Numbers of scanned tables that were read unsurely, and the sums that prove some of them."""

from __future__ import annotations

import pytest

from extract.sums import proved
from extract.unsure import doubted, guessed, shown


def placed(*rows: list[str]) -> dict[tuple[int, int], str]:
    """Number the cells of a table; a number in brackets has been read unsurely."""
    return {
        (row, column): doubted(text[1:-1]) if text.startswith("[") else text
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    }


HEAD = ["name", "budget", "spent", "left", "share"]
FIRST = ["one", "1,200.00", "200.50", "999.50", "16.71"]
SECOND = ["two", "๘๙,๐๐๐.๐๐", "๘๙,๐๐๐.๐๐", "-", "๑๐๐.๐๐"]
OTHER = ["other", "900.00", "625.75", "274.25", "69.53"]


def test_sum_of_columns_proves_a_number() -> None:
    third = ["three", "[๙๑๒.๓๔]", "๙๐๐.๐๐", "๑๒.๓๔", "[๙๘.๖๕]"]
    assert proved(placed(HEAD, FIRST, SECOND, OTHER, third)) == {(4, 1): "๙๑๒.๓๔"}
    # One sure row that has two summands may be right by chance.
    assert proved(placed(HEAD, FIRST, SECOND, third)) == {}


def test_wrong_digit_is_not_proved() -> None:
    third = ["three", "[912.34]", "900.00", "12.54", "98.65"]
    assert proved(placed(HEAD, FIRST, SECOND, OTHER, third)) == {}


def test_two_unsure_numbers_of_one_sum_prove_each_other_not() -> None:
    """Both may have been read wrong in the same way."""
    third = ["three", "[912.34]", "[912.34]", "-", "100.00"]
    assert proved(placed(HEAD, FIRST, SECOND, OTHER, third)) == {}


@pytest.mark.parametrize("left", ["", "1,OOO.00", "(1,000.00)"])
def test_summand_that_was_not_read_is_no_zero(left: str) -> None:
    third = ["three", "[98,000.00]", "98,000.00", "-", ""]
    assert proved(placed(FIRST, SECOND, OTHER, third)) == {(3, 1): "98,000.00"}
    third[3] = left
    assert proved(placed(FIRST, SECOND, OTHER, third)) == {}


def test_columns_that_a_row_contradicts_are_no_sum() -> None:
    third = ["three", "[900.00]", "900.00", "-", ""]
    odd = ["four", "800.00", "500.00", "100.00", ""]
    assert proved(placed(FIRST, SECOND, OTHER, third, odd)) == {}
    # A number in one row only, as in a remark, hides nothing.
    odd[4] = "111"
    assert proved(placed(FIRST, SECOND, OTHER, third, odd)) == {}


def test_equal_numbers_beside_an_empty_column_are_no_sum() -> None:
    """A price is often that of the plan; nothing says that it must be."""
    rows = [[f"{n}", f"{n}5,000.00", f"{n}5,000.00", "-"] for n in range(1, 5)]
    assert proved(placed(*rows, ["5", "[98,100.00]", "98,100.00", "-"])) == {}


def test_total_of_the_rows_above_proves_a_number_and_what_it_proves_goes_on() -> None:
    table = [
        ["a", "1,024", "3"],
        ["b", "[2,300]", "400"],
        ["c", "76", "20"],
        ["all", "3,400", "423"],
    ]
    assert proved(placed(*table)) == {(1, 1): "2,300"}
    # What no other column is the total of may be the next fee of a list.
    assert proved(placed(["a", "100"], ["b", "200"], ["c", "305"], ["d", "[605]"])) == {}
    total = ["all", "[91,112.34]", "89,826.25", "[1,286.09]", ""]
    rows = [["x", "12.34", "0.00", "12.34", ""], FIRST, SECOND, OTHER, total]
    assert proved(placed(*rows)) == {(4, 1): "91,112.34", (4, 3): "1,286.09"}


def test_small_numbers_prove_nothing() -> None:
    rows = [["a", "5", "3", "2"], ["b", "7", "3", "4"], ["c", "[9]", "4", "5"]]
    assert proved(placed(*rows)) == {}


def test_worn_comma_in_a_column_of_whole_amounts_is_none_of_a_decimal_number() -> None:
    worn = "๑" + doubted(".") + "๑๕๘"
    whole = placed(["x", "๒,๓๓๐"], ["y", "๔๘๓"], ["z", "๑,๙๒๕"])
    assert proved(whole | {(3, 1): worn}) == {(3, 1): "๑,๑๕๘"}
    assert proved(whole | {(3, 0): worn}) == {}
    assert proved(whole | {(3, 1): worn, (4, 1): "๐.๒๕๐"}) == {}
    assert proved(placed(["x", "2,330"], ["y", "483"]) | {(3, 1): worn}) == {}
    assert (shown(worn), guessed(worn)) == ("▯.▯▯▯", "๑.๑๕๘")


@pytest.mark.parametrize("other", ["[12.50]", "[1,012.50]", "[0.875]", "12.5%", "-12.50", "1.234"])
def test_decimals_in_a_column_keep_points_from_being_commas(other: str) -> None:
    """However surely they were read."""
    rows = [["x", "2,047"], ["y", "2,100"], ["z", f"1{doubted('.')}959"]]
    assert proved(placed(*rows)) == {(2, 1): "1,959"}
    assert proved(placed(*rows, ["w", other])) == {}


def test_point_of_an_area_beside_numbers_of_people_is_no_comma() -> None:
    point = doubted(".")
    rows = [["people", "4,512"], ["houses", "1,234"], ["area", f"28{point}345"]]
    assert proved(placed(*rows)) == {}
    assert proved(placed(*rows, ["women", f"2{point}301"])) == {(3, 1): "2,301"}
    assert proved(placed(*rows[1:], ["fields", f"3{point}345"], ["wood", f"2{point}1"])) == {}


def test_point_in_a_number_of_things_that_are_counted_is_a_comma() -> None:
    """Their heading says so, however far the numbers lie apart."""
    rows = [["a", "73"], ["b", "915"], ["c", f"1{doubted('.')}422"]]
    assert proved(placed(["x", "จำนวน\n(ราย)"], *rows)) == {(3, 1): "1,422"}
    assert proved(placed(["x", "จำนวน"], *rows)) == {}
    assert proved(placed(["x", "พื้นที่ (ตร.กม.)"], *rows)) == {}
    assert proved(placed(["x", "จำนวน (ราย)"], *rows, ["พื้นที่", "(ไร่)"])) == {}
    assert proved(placed(["x", "จำนวน (ราย)"], *rows, ["d", "12.5"])) == {}
