"""The text of a remark -> its words, each with the class that ``data/status_words.csv`` gives it.

Months are those of ``data/months.csv``. What no list knows is "text.unknown", or "text.name" in
Latin letters; numbers are put together to shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from normalize.datafiles import read_rows

# Words with so many letters are also read where tone marks are lost, longer ones where any are.
MIN_LETTERS = 3
# A bare fraction has no greater denominator: 1/2567 is a year's first, 12/67 a month.
# No item list is longer.
MAX_DENOMINATOR = 50
HUNDRED = 100
# A share is said with so many words at most: 4, signs and the thing counted, of 9.
MAX_SHARE = 5

_LATIN = r"[a-z]+(?:[ &-]+[a-z]+)*"
# Latin letters with signs between that part words elsewhere: n/a.
_SIGNED = re.compile(r"[a-z][/.][a-z][.]?")
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_FRACTION = re.compile(r"(?<![0-9/.])([0-9]{1,3})/([0-9]{1,3})(?![0-9/.])")
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_AA, _AM = "\u0e32", "\u0e33"
_BEGIN, _END = "(?<![\u0e40-\u0e44])", f"(?<!\u0e31)(?![{_MARKS}\u0e30\u0e32\u0e33])"
# The end of a word that has this vowel, which damage may have moved behind its last consonant.
_HAN = "\u0e31"
_HAN_END = f"(?![{_MARKS}\u0e30\u0e32\u0e33])"
_TONE = re.compile("[\u0e47-\u0e4c]")
_MARK = re.compile(f"[{_MARKS}]")
# Shares of what is asked, as classes: nothing, a part, all of it.
NONE, PART, ALL = "none", "part", "all"
# Two words that are a third: to open, and that it can be done; to be, and a place; an item's code.
PAIRS = {
    ("reach", "did.can"): "works",
    ("ongoing", "paper.holder"): "where",
    ("ongoing", "where"): "where",
    ("text.code", "number"): "section.item",
}
# The class of a month's name.
MONTH = "text.month"
# Words that make a number a day or a page.
PLACED = {MONTH, "ordinal"}
# What no list knows; an item's letter without its number is no code.
UNKNOWN = ("text.unknown", "text.name", "text.code")


class Word(NamedTuple):
    """A word or number of a text: its class, its place, and whether it stands as in the list."""

    kind: str
    start: int
    end: int
    is_exact: bool = True


@lru_cache(maxsize=64)
def words_of(text: str) -> list[Word]:
    """Return the words of a text that say something, in lower case and without spaces in Thai.

    The readings of a remark ask for the same words one after the other: not to be changed.
    """
    return [
        word
        for word in _shares(list(_words(text)), text)
        if word.kind not in ("filler", "whole") and (word.kind != "nominal" or word.start == 0)
    ]


def is_date_or_page(text: str) -> bool:
    """Say whether a text is a day of a month or a page, and nothing else."""
    kinds = {word.kind for word in words_of("".join(text.split()))}
    return bool(kinds & PLACED) and kinds <= PLACED | {"number", "text.year", "bracket"}


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """Return, by the letters of words without their marks, each word and its class."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows("months.csv"):
        found.setdefault(letters_of(row["form"]), {})[row["form"]] = MONTH
    for row in read_rows("status_words.csv"):
        for word in row["words"].split():
            word = word.replace("_", " ")
            found.setdefault(letters_of(word), {})[word] = row["word_class"]
    return found


@cache
def _known() -> re.Pattern[str]:
    """Return what finds any word, the longest first, or a number, or a run of Latin words."""
    letters = sorted(vocabulary(), key=lambda key: (-len(key), key))
    signed = [re.escape(key) for key in letters if _SIGNED.fullmatch(key)]
    choices = [choice for key in letters for choice in _spellings(key)]
    parts = [*signed, f"(?P<latin>{_LATIN})", f"(?P<number>{_NUMBER})", *choices]
    return re.compile("|".join(parts))


def _spellings(key: str) -> Iterator[str]:
    """Yield the pattern of a word's letters: with any marks, or with its own where it is short.

    One of three letters has its own vowels and any tone marks.
    No word begins behind a vowel that is written before its consonant, nor ends before a mark or
    behind a vowel that needs another consonant.
    """
    if key.isascii():
        yield re.escape(key)
    elif len(key) > MIN_LETTERS and set(vocabulary()[key].values()) != {"text"}:
        letters = [f"[{_AA}{_AM}]" if letter == _AA else re.escape(letter) for letter in key]
        end = _HAN_END if any(_HAN in word for word in vocabulary()[key]) else _END
        yield _BEGIN + "".join(f"{letter}[{_MARKS}]*" for letter in letters) + end
    else:
        is_loose = len(key) == MIN_LETTERS and set(vocabulary()[key].values()) != {"text"}
        for word in sorted(vocabulary()[key], key=lambda word: (-len(word), word)):
            tones = f"{_TONE.pattern}*" if is_loose else ""
            written = _TONE.sub("", word) if is_loose else word
            yield _BEGIN + "".join(re.escape(letter) + tones for letter in written) + _END


def letters_of(word: str) -> str:
    """Return a word without marks; damage also turns sara am and sara aa into each other."""
    return _MARK.sub("", word).replace(_AM, _AA)


def _words(text: str) -> Iterator[Word]:
    """Yield the words and numbers of a text; what no list knows is "text.unknown"."""
    place = start = 0
    while match := _known().search(text, start):
        written = match[0]
        listed = vocabulary().get(letters_of(written), {})
        kind = listed.get(written) or next(
            (kind for word, kind in listed.items() if _is_meant(word, written)), ""
        )
        if not kind and not match["latin"] and not match["number"]:
            start = match.start() + 1
            continue
        yield from _unknown(text, place, match.start())
        place = start = match.end()
        if match["latin"]:
            yield from _latin(written, match.start())
            continue
        for part in (kind or "number").split():
            yield Word(part, match.start(), place, written in listed or not kind)
    yield from _unknown(text, place, len(text))


def _latin(run: str, start: int) -> Iterator[Word]:
    """Yield the words of a run of Latin words: the longest that are listed, else names."""
    parts = list(re.finditer("[a-z]+", run))
    n = 0
    while n < len(parts):
        for last in range(len(parts) - 1, n - 1, -1):
            written = re.sub("[ -]+", " ", run[parts[n].start() : parts[last].end()])
            kind = vocabulary().get(written, {}).get(written)
            if kind or last == n:
                for part in (kind or "text.name").split():
                    yield Word(part, start + parts[n].start(), start + parts[last].end())
                n = last + 1
                break


def _is_meant(word: str, written: str) -> bool:
    """Say whether a word may be written so: its tone marks count for nothing.

    A longer one may also have lost vowels or have them misplaced, but has no other ones.
    """
    listed, found = Counter(_TONE.sub("", word)), Counter(_TONE.sub("", written))
    if len(letters_of(word)) <= MIN_LETTERS:
        return listed == found
    return all(listed[mark] >= count for mark, count in found.items() if _MARK.match(mark))


def _unknown(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield what stands between known words: letters are "text.unknown", signs are nothing."""
    if start < end:
        is_said = any(map(str.isalnum, text[start:end]))
        yield Word("text.unknown" if is_said else "filler", start, end, False)


def _shares(words: list[Word], text: str) -> list[Word]:
    """Put together what says a share: 3/5, 3 of 5, all 5, 80 %, 80 points."""
    found: list[Word] = []
    n = 0
    while n < len(words):
        kinds = tuple(word.kind for word in words[n : n + 2])
        if kinds in PAIRS:
            found.append(Word(PAIRS[kinds], words[n].start, words[n + 1].end))
            n += 2
            continue
        share, length = _share(words[n : n + MAX_SHARE], text)
        if share is None or not 0 <= share <= 1:
            found.append(words[n])
            n += 1
            continue
        kind = NONE if share == 0 else ALL if share == 1 else PART
        found.append(Word(kind, words[n].start, words[n + length - 1].end))
        n += length
    return found


def _share(words: list[Word], text: str) -> tuple[float | None, int]:
    """Return the share (0 to 1) that words begin with, and how many words say it."""
    kinds = [word.kind for word in words]
    counts = [_value(word, text) for word in words]
    if kinds[:2] == ["whole", "number"]:
        return 1, 2
    if kinds[:2] == ["number", "or"] and _is_fraction(words, text):
        return counts[0] / counts[2], 3
    if kinds[:2] in (["number", "percent"], ["number", "points"]):
        return counts[0] / HUNDRED, 2
    if kinds[:2] == ["per_hundred", "number"]:
        return counts[1] / HUNDRED, 2
    if kinds[:1] == ["number"]:
        between = next((n for n, kind in enumerate(kinds) if kind == "of"), 1)
        if kinds[between : between + 2] == ["of", "number"] and counts[between + 1]:
            is_counted = "number" not in kinds[1:between] and _may_be_all(counts[between + 1])
            if between == 1 or is_counted:
                return counts[0] / counts[between + 1], between + 2
    return None, 0


def _value(word: Word, text: str) -> float:
    written = text[word.start : word.end].replace(",", "")
    return float(written) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", written) else float("nan")


def _is_fraction(words: list[Word], text: str) -> bool:
    """Say whether words begin with a fraction that is no date, number of a year or page."""
    match = _FRACTION.match(text, words[0].start)
    if not match or not int(match[2]):
        return False
    return _may_be_all(int(match[2]))


def _may_be_all(count: float) -> bool:
    """Say whether a number may be how many are asked."""
    return count <= MAX_DENOMINATOR or count == HUNDRED
