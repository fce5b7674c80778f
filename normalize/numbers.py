"""Numbers as reports print them: Thai or Arabic digits, thousands commas, percent, points."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extract.thai import clean_thai, convert_digits
from normalize.datafiles import read_rows
from normalize.patterns import without_notes

# 12, 1,234,567.80, .5; groups of three are whole or absent, so 1,23 and 1 234 are refused.
_NUMBER = r"[+\-\u2212]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?"


@cache
def _whole_cell() -> re.Pattern[str]:
    units = read_rows("number_units.csv")
    before = "|".join(re.escape(row["unit"]) for row in units if row["position"] == "before")
    after = "|".join(re.escape(row["unit"]) for row in units if row["position"] == "after")
    return re.compile(rf"\s*(?:(?:{before})\s*)?({_NUMBER})(?:\s*(?:{after}))?\s*", re.IGNORECASE)


def parse_number(text: str) -> Decimal | None:
    """Return the value of a cell that is one number, exactly as printed; None for all else.

    A percent sign, "ร้อยละ", "คะแนน", "บาท" and the like (``data/number_units.csv``) are set
    aside and do not scale the value: "75.83 %" is 75.83. A number with a gap inside
    ("1 53,026,600", the padding of Excel's accounting format) or with uneven thousands groups
    is refused, since its digits cannot be trusted. Nor is the mark of a note
    behind decimals a part of it.
    """
    own = without_notes(clean_thai(text))
    match = _whole_cell().fullmatch(convert_digits(own, "arabic"))
    if not match or not any(character.isdigit() for character in match[1]):
        return None
    return Decimal(match[1].replace(",", "").replace("\u2212", "-"))
