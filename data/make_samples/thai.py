"""Thai digits, item numbers and periods, as reports print them."""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Sequence
from typing import TypeVar

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_ITEM_OR_DIGIT = re.compile(r"O\d+|\d")

T = TypeVar("T")


def localize(text: str, digits: str) -> str:
    """Return the text in the digits of the report; item numbers such as O12 stay as they are."""
    if digits != "thai":
        return text
    return _ITEM_OR_DIGIT.sub(
        lambda m: m[0] if m[0].startswith("O") else m[0].translate(THAI_DIGITS), text
    )


def item_number(number: int, style: str) -> str:
    """Return an OIT item number in the style of a report (empty for the style ``none``)."""
    if style == "two_digits":  # ๐๑ .. ๔๓
        return f"{number:02d}".translate(THAI_DIGITS)
    if style == "letter_o":  # ๐๑ .. ๐๙, ๐๑๐ .. ๐๔๓: a Thai zero for the letter O
        return f"0{number}".translate(THAI_DIGITS)
    if style == "latin_o":
        return f"O{number}"
    return "" if style == "none" else str(number)


def share(*key: object) -> float:
    """Return a number in [0, 1) that depends on the key alone, on every machine."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def pick(choices: Sequence[T], *key: object) -> T:
    """Return one of the choices, the same one for the same key."""
    return choices[int(share(*key) * len(choices))]


def _day(year_be: int, month: int, last: bool = False) -> str:
    year = year_be - 543
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1] if last else 1:02d}"


def _span(first: tuple[int, int], last: tuple[int, int]) -> tuple[str, str]:
    return _day(*first), _day(*last, last=True)


def period(key: str, fiscal_year_be: int) -> tuple[str, str, str]:
    """Return (as printed, first day, last day) of a period of a fiscal year; days in CE.

    The fiscal year runs from October of the year before to September. A deadline has no
    first day.
    """
    year, before = fiscal_year_be, fiscal_year_be - 1
    two, two_before = year % 100, before % 100
    whole = _span((before, 10), (year, 9))
    half_1, half_2 = _span((before, 10), (year, 3)), _span((year, 4), (year, 9))
    if key.startswith("quarter_"):
        quarter = int(key[-1])
        start = (before, 10) if quarter == 1 else (year, 3 * quarter - 5)
        return f"ไตรมาสที่ {quarter}", *_span(start, (start[0], start[1] + 2))
    if key.startswith("by_"):
        month = int(key[3:])
        of = before if month >= 10 else year
        return f"ภายในเดือน{MONTHS[month - 1]} {of}", "", _day(of, month, last=True)
    printed, days = {
        "whole_year": ("ตลอดปีงบประมาณ", whole),
        "short_range": (f"ต.ค. {two_before} ถึง ก.ย. {two}", whole),
        "no_dot_range": (f"ตค.{two_before}-กย.{two}", whole),
        "half_1": (f"ต.ค. {before} - มี.ค. {year}", half_1),
        "days_half_1": (f"1 ต.ค. {before} - 31 มี.ค. {year}", half_1),
        "months_half_2": (f"เมษายน - กันยายน {year}", half_2),
    }[key]
    return printed, *days
