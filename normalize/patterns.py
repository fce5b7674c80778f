"""Named regular expressions over bare text, from data/patterns.csv.

Bare text stands on one line, has Arabic digits and no marks above or below, so that a pattern also
finds words whose marks were lost or moved; the marks of the patterns themselves are dropped too.
Of a note's mark behind decimals or a year, raised or typed, only its room is left.
"""

from __future__ import annotations

import re
from functools import cache

from extract.document import RAISED_BRACKETS, RAISED_DIGITS
from extract.thai import convert_digits
from normalize.datafiles import read_rows

# Marks above and below (U+0E31, U+0E34-0E3A, U+0E47-0E4E); sara am counts as sara aa.
_DROPPED = {ord("\u0e33"): "\u0e32"} | dict.fromkeys(
    [0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)]
)
# Behind a whole number raised digits may be its decimals, or an exponent.
_RAISED = f"[{RAISED_DIGITS}{RAISED_BRACKETS}]"
_NOTE = re.compile(
    r"(?:(?<=[.][0-9๐-๙])|(?<=[.][0-9๐-๙]{2})|(?<=[.][0-9๐-๙]{3})|(?<=[2๒][5๕][0-9๐-๙]{2}))"
    rf"(?:{_RAISED}+(?:\s{_RAISED}+)*|\s?\*{{1,3}}|\[\^?[0-9๐-๙]{{1,2}}\])"
    rf"(?![*{RAISED_DIGITS}]|[.]?[0-9๐-๙])"
)


def _bare(text: str) -> str:
    return text.translate(_DROPPED)


def plain(text: str) -> str:
    """Return the text on one line with Arabic digits."""
    return " ".join(convert_digits(text, "arabic").split())


def bare(text: str) -> str:
    """Return the plain text without marks: what the patterns are matched with."""
    return _bare(without_notes(plain(text)))


def without_notes(text: str) -> str:
    """Return a text with blanks for the marks of notes that can be nothing else."""
    return _NOTE.sub(lambda mark: " " * len(mark[0]), text)


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
