"""Digits that a picture shows, but not surely: they travel as signs that no rule takes for digits.

So does a point that may be a comma. In the text of a cell all digits of such a number become
UNSURE_DIGIT, for half a number is another number; the raw text has what they most likely are.
"""

from __future__ import annotations

import re

from extract.document import UNSURE_DIGIT
from extract.thai import ARABIC_DIGITS, THAI_DIGITS

_DIGITS = ARABIC_DIGITS + THAI_DIGITS
_FIRST = 0xE000  # private-use code points that neither fonts of reports nor the repair of Thai know
_SIGNS = {ord(digit): _FIRST + n for n, digit in enumerate(_DIGITS + ".")}
_SIGN = f"{chr(_FIRST)}-{chr(_FIRST + len(_DIGITS))}"
UNSURE_POINT = chr(_SIGNS[ord(".")])
_NUMBER = re.compile(f"[{_DIGITS}.,]*[{_SIGN}][{_DIGITS}{_SIGN}.,]*")
_ANY_SIGN = re.compile(f"[{_SIGN}]")
_ANY_DIGIT = re.compile(f"(?!{UNSURE_POINT})[{_DIGITS}{_SIGN}]")
_GUESSED = {sign: chr(digit) for digit, sign in _SIGNS.items()}


def doubted(text: str) -> str:
    """Return a text read from a picture whose digits and points are not sure."""
    return text.translate(_SIGNS)


def is_unsure(text: str) -> bool:
    """Say whether a text has digits or a point that are not sure."""
    return bool(_ANY_SIGN.search(text))


def shown(text: str) -> str:
    """Return a text as a table has it: an unsure number has UNSURE_DIGIT for its digits."""
    if not is_unsure(text):  # as nearly always
        return text
    hidden = _NUMBER.sub(lambda number: _ANY_DIGIT.sub(UNSURE_DIGIT, number[0]), text)
    return hidden.replace(UNSURE_POINT, ".")


def guessed(text: str) -> str:
    """Return a text with the digits and points that the doubtful ones most likely are."""
    return text.translate(_GUESSED) if is_unsure(text) else text
