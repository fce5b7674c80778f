"""Cells that are one number, and those that only look like it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.thai import convert_digits
from normalize.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("153,026,600", "153026600"),
        ("๗๕.๘๓", "75.83"),
        ("100.00", "100.00"),
        (" 82.5 % ", "82.5"),
        ("๙๕ คะแนน", "95"),
        ("ร้อยละ ๘๕.๕", "85.5"),
        ("1,234.50 บาท", "1234.50"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("+0.5", "0.5"),
        (".5", "0.5"),
        ("80\u00a0คะแนน", "80"),
        ("95.50\u00b9 \u00b2", "95.50"),  # with the numbers of two notes
        ("๙๕.๑\u207d\u00b9\u207e คะแนน", "95.1"),
        ("88.25**", "88.25"),
    ],
)
def test_one_number(text: str, value: str) -> None:
    number = parse_number(text)
    assert number == Decimal(value)
    assert number.as_tuple() == Decimal(value).as_tuple()  # as printed: 100.00 keeps its zeros


@pytest.mark.parametrize(
    "text",
    [
        "1 53,026,600",  # Excel's padding: the digits cannot be trusted
        "1,23",
        "1,2345",
        "12 3",
        "75.83/100",
        "80-90",
        "O10",
        "1.2.3",
        "5.",
        "1e5",
        "95\u2075\u2070",  # decimals, a note, or a power
        "100*",
        "9\u2075.50",
        "1.2\u00b23",
        "-",
        "%",
        ",",
        "ไม่มี",
        "",
    ],
)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**12))
def test_round_trip_in_thai_with_commas(value: Decimal) -> None:
    assert parse_number(convert_digits(f"{value:,.2f}", "thai")) == value
