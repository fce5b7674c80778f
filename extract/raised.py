"""Numbers of notes, which stand raised behind a number and are none of it.

Their digits become the raised ones of Unicode, Thai digits too, which have no such form: 95.50 with
a note 1 is "95.50¹", for 95.501 would be another number. Behind a word they stay as they are.
"""

from __future__ import annotations

import re

from extract.document import RAISED_BRACKETS, RAISED_DIGITS
from extract.thai import ARABIC_DIGITS, THAI_DIGITS

_DIGITS = ARABIC_DIGITS + THAI_DIGITS
_RAISED = str.maketrans(_DIGITS + "(),", RAISED_DIGITS * 2 + RAISED_BRACKETS + " ")
# A longer number is none of a note.
_NUMBER = r"\(?[0-9๐-๙]{1,2}\)?"
_NOTES = re.compile(rf"\s*{_NUMBER}(?:[,\s]+{_NUMBER})*\s*")


def is_digit(before: str) -> bool:
    """Say whether a text ends with a digit, behind which the number of a note would be its next."""
    return before.endswith(tuple(_DIGITS))


def raised(text: str) -> str:
    """Return a text that stands raised; where it is numbers of notes, with raised digits.

    It stays as long as it was.
    """
    return text.translate(_RAISED) if _NOTES.fullmatch(text) else text
