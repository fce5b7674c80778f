"""The words of dates and periods: a text as tokens whose kinds are one character each.

Kinds: ``n`` number, ``m`` month, ``D`` date in figures, ``k`` so many months (whole quarters),
``l`` another number of months, those of ``KINDS`` for the words of ``data/date_words.csv``,
punctuation as itself, ``?`` anything else.
Forms of dates are then regular expressions over kinds, whatever the spaces in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from extract.thai import clean_thai, convert_digits
from normalize.datafiles import read_rows
from normalize.patterns import without_notes

BE_MINUS_CE = 543
BE_YEARS = range(2400, 2700)  # a four-digit year is be or ce by these, as the two never meet
CE_YEARS = range(1900, 2101)
BE_CENTURY = 2500  # a year of two digits is a be year of this century

_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_THAI = "\u0e01-\u0e4e"

# One character for each role of a word, so that patterns over tokens are regular expressions.
KINDS = {
    "era_be": "b",
    "era_ce": "c",
    "range": "-",
    "and": "&",
    "until": "u",
    "onward": "e",
    "since": "s",
    "quarter": "q",
    "whole_year": "w",
    "fiscal_year": "f",
    "budget": "g",
    "year": "y",
    "round": "r",
    "month_word": "o",
    "month_count": "k",
    "first": "1",
    "second": "2",
    "half_year": "h",
    "unit": "$",
    "filler": "d",
}
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~"
_NUMBER = re.compile("[0-9]+")
_MONTH_COUNTS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign; ``day`` is set for a date in figures that exists."""

    kind: str
    value: int = 0
    width: int = 0  # digits of a number
    day: date | None = None


def _spelling(form: str, exact_marks: bool) -> str:
    """Return a pattern for a word with stray spaces and, where safe, stray or lost marks."""
    letters = [c for c in form if not c.isspace()]
    if not exact_marks:
        letters = [c for c in letters if not re.match(f"[{_MARK}]", c)]
        return rf"[{_MARK}]*\s*".join(map(re.escape, letters)) + f"[{_MARK}]*"
    return r"\s*".join(map(re.escape, letters))


def _word_pattern(form: str, role: str) -> str:
    if form.isascii():
        letters = r"\.?\s*".join(map(re.escape, form.replace(".", "").replace(" ", "")))
        return rf"(?<![a-z]){letters}\.?(?![a-z])"
    if "." in form:  # "ต.ค.": the last dot may be missing; with no dot it must stand alone
        bare = [*form.replace(".", "")]
        groups = [part for part in form.split(".") if part]
        dotted = r"\s*\.\s*".join(_spelling(part, True) for part in groups)
        return (
            rf"(?<![\u0e01-\u0e2e]\.){dotted}\s*(?:\.(?!\s*[\u0e01-\u0e2e]\s*\.)|(?![{_THAI}.]))"
            rf"|(?<![{_THAI}.]){''.join(bare)}\.?(?![{_THAI}])"
        )
    if role == "short":
        return rf"{_spelling(form, True)}(?![{_THAI}])"
    long_enough = sum(not re.match(f"[{_MARK}]", c) for c in form) >= 5
    ends_in_mark = re.match(f"[{_MARK}]", form[-1]) is not None
    is_month = role in ("full", "variant")
    return _spelling(form, not (is_month or (long_enough and not ends_in_mark)))


@dataclass(frozen=True, slots=True)
class _Scanner:
    """The words with one first letter, longest first, and the token that each group means."""

    pattern: re.Pattern[str]
    meanings: tuple[Token, ...]


@cache
def _scanners() -> dict[str, _Scanner]:
    """Return the scanner for each first letter (in lower case) of a word."""
    words: list[tuple[str, str, Token]] = []
    for row in read_rows("months.csv"):
        words.append((row["form"], row["kind"], Token("m", int(row["month"]))))
    for row in read_rows("date_words.csv"):
        token = Token(KINDS[row["role"]], int(row["value"] or 0))
        words.append((row["word"], row["role"], token))
    words.sort(key=lambda word: -len(word[0]))
    scanners = {}
    for letter in {form[0].lower() for form, _, _ in words}:
        own = [word for word in words if word[0][0].lower() == letter]
        spellings = "|".join(f"({_word_pattern(form, role)})" for form, role, _ in own)
        meanings = tuple(token for _, _, token in own)
        scanners[letter] = _Scanner(re.compile(spellings, re.IGNORECASE), meanings)
    return scanners


_NUMERIC = re.compile(
    r"(?<![\d/.\-])(?:"
    r"(?P<d>\d{1,2})\s*(?P<sep>[/.\-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})"
    r"|(?P<iso_y>\d{4})-(?P<iso_m>\d{2})-(?P<iso_d>\d{2}))(?!\d|[/.,\-]\d)"
)


def _numeric_token(match: re.Match[str]) -> Token | None:
    """Return a date token; a two-digit year counts only with slashes ("1.2.66" is a heading)."""
    if match["iso_y"]:
        parts = match["iso_y"], match["iso_m"], match["iso_d"]
    elif match["sep"] == "/" or len(match["y"]) == 4:
        parts = match["y"], match["m"], match["d"]
    else:
        return None
    year = year_ce(int(parts[0]), len(parts[0]), "")
    return Token("D", day=make_day(year, int(parts[1]), int(parts[2])))


def read_tokens(text: str) -> list[Token]:
    """Cut a text, damaged or clean, with Thai or Arabic digits, into tokens without spaces."""
    text = without_notes(convert_digits(clean_thai(text), "arabic"))
    scanners = _scanners()
    found: list[Token] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character.isspace():
            position += 1
            continue
        if character.isascii() and character.isdigit():
            numeric = _NUMERIC.match(text, position)
            token = _numeric_token(numeric) if numeric else None
            if numeric and token:
                found.append(token)
                position = numeric.end()
                continue
            number = _NUMBER.match(text, position)
            digits = number[0] if number else character
            # A longer number is no day, year or count; its value is of no use here.
            found.append(Token("n", int(digits) if len(digits) <= 4 else 0, len(digits)))
            position += len(digits)
            continue
        scanner = scanners.get(character.lower())
        word = scanner.pattern.match(text, position) if scanner else None
        if scanner and word and word.lastindex:
            found.append(scanner.meanings[word.lastindex - 1])
            position = word.end()
            continue
        kind = "-" if character in _DASHES else character if character in "/,.()%" else "?"
        if kind != "?" or not found or found[-1].kind != "?":
            found.append(Token(kind))
        position += 1
    return _count_months(found)


def _count_months(tokens: list[Token]) -> list[Token]:
    """Join "6 เดือน" into one count, and drop the word for month where it is only a label."""
    joined: list[Token] = []
    for number, token in enumerate(tokens):
        if token.kind != "o":
            joined.append(token)
            continue
        after = tokens[number + 1].kind if number + 1 < len(tokens) else ""
        count = joined[-1].value if joined and joined[-1].kind == "n" else 0
        if 1 <= count <= 12 and after != "m":
            joined[-1] = Token("k" if count in _MONTH_COUNTS else "l", count)
    return joined


def kinds_of(tokens: list[Token]) -> str:
    """Return the kinds of the tokens, one character each, for patterns to match."""
    return "".join(token.kind for token in tokens)


def year_ce(value: int, width: int, era: str) -> int | None:
    """Return the Gregorian year of a printed number; ``era`` is b, c or "" where none stands."""
    if width == 2 and era != "c":
        return BE_CENTURY + value - BE_MINUS_CE
    if width == 4 and value in BE_YEARS and era != "c":
        return value - BE_MINUS_CE
    if width == 4 and value in CE_YEARS and era != "b":
        return value
    return None


def make_day(year_ce: int | None, month: int, day: int) -> date | None:
    """Return a date, or None for an unknown year or a day that does not exist."""
    try:
        return date(year_ce, month, day) if year_ce else None
    except ValueError:
        return None


def year_of(tokens: list[Token]) -> int | None:
    """Return the Gregorian year of tokens such as ``y``, ``b``, ``n``."""
    number = next((token for token in tokens if token.kind == "n"), None)
    era = next((token.kind for token in tokens if token.kind in "bc"), "")
    return year_ce(number.value, number.width, era) if number else None
