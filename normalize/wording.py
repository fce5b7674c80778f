"""Words of a remark -> the status they say: classes of words, and rules of how classes combine.

``data/status_words.csv`` says which words mean the same (a class); ``data/status_rules.csv`` says
which order of classes means which status. The first rule that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.thai import convert_digits
from normalize.datafiles import read_rows

# A text of more characters than this is told at length and no status; the rules never see it.
MAX_STATUS_LENGTH = 400
# Words with so many letters are also read where their marks are lost or misplaced.
MIN_LETTERS = 3
# What a reading is worth at most that rests on such a word, or stands beside unknown words.
SURE_OF_DAMAGED = 0.9
SURE_BESIDE_UNKNOWN = 0.95
# A bare fraction has no greater denominator: 1/2567 is a year's first, 12/67 a month.
# No item list is longer.
MAX_DENOMINATOR = 50
HUNDRED = 100

_LINK = re.compile(r"(?:https?://|www\.)[!-~]+")
# Spaces say nothing between Thai letters; between Latin words they do.
_SPACES = re.compile(r"(?<![a-z])\s+|\s+(?![a-z])")
# A cell of nothing but these says nothing.
_DASHES = "-\u2013\u2014_.\u2026*"
_LATIN = r"[a-z]+(?:[ &-][a-z]+)*"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_FRACTION = re.compile(r"(?<![0-9/.])([0-9]{1,3})/([0-9]{1,3})(?![0-9/.])")
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_AA, _AM = "\u0e32", "\u0e33"
_BEGIN, _END = "(?<![\u0e40-\u0e44])", f"(?![{_MARKS}\u0e30\u0e32\u0e33])"
_TONE = re.compile("[\u0e47-\u0e4c]")
_MARK = re.compile(f"[{_MARKS}]")
_NAME = re.compile(r"[a-z_]+")
# Shares of what is asked, as classes: nothing, a part, all of it.
NONE, PART, ALL = "none", "part", "all"


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status and why: the words or the box that decided, and how sure (0 to 1) that is.

    ``sure`` is the share of such readings that were right where they were measured.
    """

    status: str
    reason: str
    sure: float = 0.0


NO_RULE = StatusReading("unclear", "no rule fits")
TOO_LONG = StatusReading("unclear", "the text is too long for a status")
BLANK = StatusReading("not_reported", "blank", 1.0)


class Word(NamedTuple):
    """A word or number of a text: its class, its place, and whether it stands as in the list."""

    kind: str
    start: int
    end: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """An order of word classes that says a status; ``named`` are the classes that decide."""

    status: str
    order: re.Pattern[str]
    named: frozenset[str]
    sure: float


def read_words(text: str) -> StatusReading:
    """Return the status that the words of a text say.

    Spaces, bullets and a link beside words count for nothing; a link alone is a remark.
    """
    text = _LINK.sub("", text).strip() or text
    text = _SPACES.sub("", convert_digits(text, "arabic").lower()).lstrip("/")
    if len(text) > MAX_STATUS_LENGTH:
        return TOO_LONG
    if all(sign in _DASHES for sign in text):
        return BLANK
    words = [
        word
        for word in _shares(list(_words(text)), text)
        if word.kind != "filler" and (word.kind != "nominal" or word.start == 0)
    ]
    places = [0]
    for word in words:
        places.append(places[-1] + len(word.kind) + 2)
    order = "".join(f"<{word.kind}>" for word in words)
    for rule in _rules():
        found = rule.order.search(order)
        if found:
            fitting = words[places.index(found.start()) : places.index(found.end())]
            deciding = [word for word in fitting if word.kind in rule.named]
            sure = rule.sure
            if any(word.kind == "text" for word in words):
                sure = min(sure, SURE_BESIDE_UNKNOWN)
            if not all(word.is_exact for word in deciding):
                sure = min(sure, SURE_OF_DAMAGED)
            return StatusReading(rule.status, text[deciding[0].start : deciding[-1].end], sure)
    return NO_RULE


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["status"],
            _order(row["order"]),
            frozenset(_NAME.findall(row["order"])),
            float(row["sure"]),
        )
        for row in read_rows("status_rules.csv")
    )


def _order(written: str) -> re.Pattern[str]:
    """Compile an order of classes.

    A name is a word of that class; ``|``, ``?``, ``*``, ``+``, ``( )``, ``^`` and ``$`` mean what
    they mean in regular expressions, ``..`` is any words, ``~`` any words that take nothing back.
    """
    back = "|".join(_taking_back())
    pattern = _NAME.sub(lambda name: f"(?:<{name[0]}>)", written).replace(" ", "")
    pattern = pattern.replace("..", "(?:<[a-z_]+>)*?")
    return re.compile(pattern.replace("~", f"(?:<(?!(?:{back})>)[a-z_]+>)*?"))


@cache
def _taking_back() -> tuple[str, ...]:
    """Return the classes of words that take something back that stands beside them."""
    return tuple(row["word_class"] for row in read_rows("status_words.csv") if row["takes_back"])


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    """Return, by the letters of words without their marks, each word and its class."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows("status_words.csv"):
        for word in row["words"].split():
            word = word.replace("_", " ")
            found.setdefault(_letters(word), {})[word] = row["word_class"]
    return found


@cache
def _known() -> re.Pattern[str]:
    """Return what finds any word, the longest first, or a number, or a run of Latin words."""
    letters = sorted(_vocabulary(), key=lambda key: (-len(key), key))
    choices = [choice for key in letters for choice in _spellings(key)]
    return re.compile(f"(?P<latin>{_LATIN})|(?P<number>{_NUMBER})|" + "|".join(choices))


def _spellings(key: str) -> Iterator[str]:
    """Yield the pattern of a word's letters: with any marks, or with its own where it is short.

    No word begins behind a vowel that is written before its consonant, nor ends before a mark.
    """
    if key.isascii():
        yield re.escape(key)
    elif len(key) >= MIN_LETTERS and set(_vocabulary()[key].values()) != {"text"}:
        letters = [f"[{_AA}{_AM}]" if letter == _AA else re.escape(letter) for letter in key]
        yield _BEGIN + "".join(f"{letter}[{_MARKS}]*" for letter in letters) + _END
    else:
        for word in sorted(_vocabulary()[key], key=lambda word: (-len(word), word)):
            yield _BEGIN + re.escape(word) + _END


def _letters(word: str) -> str:
    """Return a word without marks; damage also turns sara am and sara aa into each other."""
    return _MARK.sub("", word).replace(_AM, _AA)


def _words(text: str) -> Iterator[Word]:
    """Yield the words and numbers of a text; what no list knows is "text" between them."""
    place = 0
    for match in _known().finditer(text):
        yield from _unknown(text, place, match.start())
        place = match.end()
        if match["number"]:
            yield Word("number", match.start(), place)
            continue
        written = match[0].replace("-", " ")
        listed = _vocabulary().get(_letters(written), {})
        kind = listed.get(written) or next(
            (kind for word, kind in listed.items() if _is_meant(word, written)), "text"
        )
        yield Word(kind, match.start(), place, written in listed)
    yield from _unknown(text, place, len(text))


def _is_meant(word: str, written: str) -> bool:
    """Say whether a word may be written so: a short one may only have lost its tone marks."""
    if len(_letters(word)) > MIN_LETTERS:
        return True
    return sorted(_TONE.sub("", word)) == sorted(_TONE.sub("", written))


def _unknown(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield what stands between known words: letters are "text", signs are nothing."""
    if start < end:
        is_said = any(map(str.isalnum, text[start:end]))
        yield Word("text" if is_said else "filler", start, end)


def _shares(words: list[Word], text: str) -> list[Word]:
    """Put together what says a share: 3/5, 3 of 5, 80 %, 80 in the hundred, 80 points."""
    found: list[Word] = []
    n = 0
    while n < len(words):
        taken = words[n : n + 5]
        kinds = [word.kind for word in taken]
        share, length = None, 0
        counts = [_value(word, text) for word in taken]
        if kinds[:2] == ["number", "or"] and _is_fraction(taken, text):
            share, length = counts[0] / counts[2], 3
        elif kinds[:3] == ["number", "of", "number"]:
            share, length = _ratio(counts[0], counts[2]), 3
        elif kinds[:4] == ["number", "unit", "of", "number"]:
            share, length = _ratio(counts[0], counts[3]), 4
        elif kinds[:2] in (["number", "percent"], ["number", "points"]):
            share, length = counts[0] / HUNDRED, 2
        elif kinds[:2] == ["per_hundred", "number"]:
            share, length = counts[1] / HUNDRED, 2
        if share is None or not 0 <= share <= 1:
            found.append(words[n])
            n += 1
            continue
        kind = NONE if share == 0 else ALL if share == 1 else PART
        found.append(Word(kind, taken[0].start, taken[length - 1].end))
        n += length
    return found


def _value(word: Word, text: str) -> float:
    written = text[word.start : word.end].replace(",", "")
    return float(written) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", written) else float("nan")


def _ratio(count: float, of: float) -> float | None:
    return count / of if of else None


def _is_fraction(words: list[Word], text: str) -> bool:
    """Say whether words begin with a fraction that is no date, number of a year or page."""
    match = _FRACTION.match(text, words[0].start)
    if not match or not int(match[2]):
        return False
    return int(match[2]) <= MAX_DENOMINATOR or int(match[2]) == HUNDRED
