"""Named regular expressions over bare text, from data/patterns.csv.

Bare text stands on one line, has Arabic digits and no marks above or below, so that a pattern also
finds words whose marks were lost or moved; the marks of the patterns themselves are dropped too.
The raised digits of notes are none of the text.
"""

from __future__ import annotations

import re
from functools import cache

from extract.document import RAISED_BRACKETS, RAISED_DIGITS
from extract.thai import convert_digits
from normalize.datafiles import read_rows

_NOTES = dict.fromkeys(map(ord, RAISED_DIGITS + RAISED_BRACKETS))
# Marks above and below (U+0E31, U+0E34-0E3A, U+0E47-0E4E); sara am counts as sara aa.
_DROPPED = {
    ord("\u0e33"): "\u0e32",
    **dict.fromkeys([0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)]),
    **_NOTES,
}


def _bare(text: str) -> str:
    return text.translate(_DROPPED)


def plain(text: str) -> str:
    """Return the text on one line with Arabic digits."""
    return " ".join(convert_digits(text, "arabic").split())


def bare(text: str) -> str:
    """Return the plain text without marks: what the patterns are matched with."""
    return _bare(plain(text))


def without_notes(text: str) -> str:
    """Return a text without the raised numbers of notes."""
    return text.translate(_NOTES)


def plain_slice(text: str, start: int, end: int | None = None) -> str:
    """Return the piece of the text, on one line, that a slice of its bare text stands for."""
    line = " ".join(text.split())
    places = [n for n, character in enumerate(line) if _bare(character)] + [len(line)]
    return line[places[start] : places[len(places) - 1 if end is None else end]]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        row["name"]: re.compile(_bare(row["pattern"]), re.IGNORECASE)
        for row in read_rows("patterns.csv")
    }


def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of this name; raises KeyError if the file has none."""
    return _patterns()[name]
