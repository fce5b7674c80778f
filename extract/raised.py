"""Numbers of notes, which stand raised behind a number and are none of it.

Their digits become the raised ones of Unicode, Thai digits too, which have no such form: 95.50 with
a note 1 is "95.50¹", for 95.501 would be another number. Behind a word they stay as they are.
"""

from __future__ import annotations

import re

from extract.document import RAISED_BRACKETS, RAISED_DIGITS
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from extract.thai_rules import seen

_DIGITS = ARABIC_DIGITS + THAI_DIGITS
_RAISED = str.maketrans(_DIGITS + "(),", RAISED_DIGITS * 2 + RAISED_BRACKETS + " ")
# What begins with a point are decimals, and a longer number is none of a note.
_NO_NOTE = re.compile(rf"^\s*[.]|[{_DIGITS}]{{3}}")
# So many characters before a note tell whether it stands behind a digit, invisible ones between.
TAIL = 8


def follows_digit(before: str) -> bool:
    """Say whether the last that is seen of a text is a digit, so that the next one would go on."""
    return seen(before[-TAIL:]).endswith(tuple(_DIGITS))


def raised(text: str) -> str:
    """Return a text that stands raised behind a digit, as long as it was, with raised digits."""
    return text if _NO_NOTE.search(text) else text.translate(_RAISED)
