"""Thai text repair: damage that the text itself proves is mended, everything else stays as it is.

Four kinds of proof: the rules of Thai writing (``thai_rules``), the dictionary where signs of
damage show (``thai_repair``), a list of misspellings (``thai_spelling``), and print that is doubled
or numbers that are divided as none can be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from extract.thai_repair import Damage, false_marks, mend_misread_aa, repair
from extract.thai_rules import glyph_map, has_signs, mend, needs_words, seen, shows_lost_marks
from extract.thai_spelling import is_misspelt, spell
from extract.thai_words import misread_aa, word_cover

__all__ = [
    "Digits",
    "clean_document",
    "clean_thai",
    "cleaner",
    "convert_digits",
    "glyph_map",
    "skeleton",
]

Digits = Literal["thai", "arabic", "keep"]

_MAX_ROUNDS = 8  # a mended place may expose the next; real text settles in two
# Texts up to so long, and so many of them, are remembered with their repair: tables repeat things.
_LONG, _REMEMBERED = 500, 8192
# Where this share of the Thai lines is damaged, a text is, and its other lines are suspected too.
_DAMAGED_SHARE = 0.1

_AA, _AM = "\u0e32", "\u0e33"
_THAI = re.compile("[\u0e01-\u0e4e]")
_CID = re.compile(r"\(cid:\d+\)")
_MANY_AM = re.compile(rf"{_AM}[^{_AA}\n]*{_AM}[^{_AA}\n]*{_AM}")
_KINDS = 4  # different Thai letters that stand twice each, one after the other
_TWICE = re.compile(r"(?:([^\s])\1|[ ]{1,2}){6,}")
# A gap inside of a number: in a group of three digits, or in front of the next group.
_SPLIT_GROUP = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})+,(?:\d \d\d|\d\d \d))(?!\d)")
_GAP_IN_GROUP = re.compile(r",(?:\d \d\d|\d\d \d)")
_SPLIT_COMMA = re.compile(r"(?<![\d,.])(\d{1,3}(?:,\d{3})*) ((?:,\d{3})+(?:\.\d+)?)(?![\d,])")


def clean_thai(text: str) -> str:
    """Repair damaged Thai text; correct text comes back unchanged, and so does repaired text.

    Mended by the rules of Thai writing: private-use glyphs, sara am in its broken forms, marks out
    of order, doubled, after a gap or behind a vowel, two sara e for sara ae, letter-spaced lines,
    invisible characters. Mended with the dictionary, where such signs show and one reading leads
    every other: marks that stand on a neighbour, that are lost, or that a letter wears falsely,
    ``(cid:N)`` and U+FFFD in place of marks, sara am in place of every sara aa. Also words of
    ``data/thai_misspellings.csv``, characters printed twice each, and a gap in a number where no
    two numbers can be meant. The result is in NFC.

    What a text tells of its damage counts for all of it: give a whole text where you have one
    (:func:`clean_document`).
    Line breaks, tabs and runs of spaces stay, since in plain text they may be columns or
    indentation; an unusual space becomes a plain one. Digits stay (see :func:`convert_digits`).
    """
    if not _may_be_damaged(text):
        return text
    return _cleaned(text) if len(text) > _LONG else _cleaned_before(text)


def clean_document(text: str) -> str:
    """Repair a whole text as :func:`clean_thai` does, and read all of it with the dictionary.

    So marks on a neighbour are found also where no sign shows them, at about ten times the cost.
    """
    return _cleaned(text, is_whole=True)


def cleaner(texts: Iterable[str]) -> Callable[[str], str]:
    """Return what cleans any of many texts: :func:`clean_thai`, or ``str`` where none is damaged.

    All are looked at in one go, which costs a small part of asking each.
    """
    return clean_thai if _may_be_damaged(" \n ".join(texts)) else str


def _may_be_damaged(text: str) -> bool:
    if " ," in text or _GAP_IN_GROUP.search(text):
        return True
    return not text.isascii() and (
        has_signs(text)
        or is_misspelt(text)
        or bool(_MANY_AM.search(text))
        or any(_is_twice(match) for match in _TWICE.finditer(text))
    )


def _cleaned(text: str, is_whole: bool = False) -> str:
    for _ in range(_MAX_ROUNDS):
        before, text = text, _clean_once(text, is_whole)
        if text == before or not (is_whole or _may_be_damaged(text)):
            break
    return text


_cleaned_before = lru_cache(maxsize=_REMEMBERED)(_cleaned)


def _clean_once(text: str, is_whole: bool) -> str:
    text = _TWICE.sub(_once, seen(text))
    if _MANY_AM.search(text):
        text = _with_aa(text)
    mended = mend(text)
    for _ in range(_MAX_ROUNDS):
        if not has_signs(mended):
            break
        before, mended = mended, mend(mended)
        if mended == before:
            break
    if is_whole or mended != text or needs_words(mended):
        mended = repair(mended, _damages(text, mended))
    mended = _SPLIT_COMMA.sub(r"\1\2", _SPLIT_GROUP.sub(_join_digits, mended))
    return spell(mended)


def _damages(text: str, mended: str) -> list[Damage]:
    """Return what each line of a text shows, from what the rules of writing mended in it.

    What enough lines show is suspected of all.
    """
    rows = list(zip(text.split("\n"), mended.split("\n"), strict=True))
    damages = [
        Damage(
            before != after or needs_words(before), shows_lost_marks(before), false_marks(before)
        )
        for before, after in rows
    ]
    enough = _DAMAGED_SHARE * max(1, sum(bool(_THAI.search(after)) for _, after in rows))
    is_damaged, has_lost, has_false = (
        sum(map(bool, shown)) >= enough for shown in zip(*damages, strict=True)
    )
    swaps = frozenset().union(*(one.swaps for one in damages)) if has_false else frozenset()
    return [
        Damage(one.is_damaged or is_damaged, one.has_lost or has_lost, one.swaps | swaps)
        for one in damages
    ]


def _with_aa(text: str) -> str:
    if misread_aa(text):
        return mend_misread_aa(text)
    lines = text.split("\n")
    return "\n".join(mend_misread_aa(line) if misread_aa(line) else line for line in lines)


def _is_twice(match: re.Match[str]) -> bool:
    """Say whether letters are printed twice: many are, of different kinds, and one print reads."""
    once = _single(match[0])
    return len(set(_THAI.findall(once))) >= _KINDS and word_cover(once) > word_cover(match[0])


def _single(text: str) -> str:
    return re.sub(r"(.)\1", r"\1", text)


def _once(match: re.Match[str]) -> str:
    return _single(match[0]) if _is_twice(match) else match[0]


def _join_digits(match: re.Match[str]) -> str:
    return match[1].replace(" ", "")


ARABIC_DIGITS, THAI_DIGITS = "0123456789", "".join(map(chr, range(0x0E50, 0x0E5A)))
_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)


def convert_digits(text: str, to: Digits) -> str:
    """Write all Thai and ASCII digits as Thai or as Arabic ones; ``keep`` changes nothing.

    Raises ValueError for another ``to``.
    """
    if to == "arabic":
        return text.translate(_TO_ARABIC)
    if to == "thai":
        return text.translate(_TO_THAI)
    if to == "keep":
        return text
    raise ValueError(f"unknown kind of digits {to!r}: use thai, arabic or keep")


class _KeyTable(dict[int, str]):
    """What each character leaves in a skeleton, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = glyph_map().get(code, chr(code))
        kind = unicodedata.category(character)
        if kind == "Nd":
            left = str(unicodedata.digit(character))
        elif kind.startswith("L") and character not in "\u0e2f\u0e46":  # paiyannoi, maiyamok
            left = _AA if character == _AM else character
        else:
            left = ""
        self[code] = left
        return left


_KEY = _KeyTable()


def skeleton(text: str) -> str:
    """Return the matching key of a text: what damage usually leaves alone.

    Letters in lower case and digits as Arabic ones; sara am counts as sara aa; marks above and
    below, spaces, punctuation, dashes, symbols, paiyannoi, maiyamok and unmapped glyphs
    ("(cid:917)") are dropped. Damaged and repaired text have the same key, so there is no need
    to clean first. Empty when nothing is left.
    """
    if "(cid:" in text:
        text = _CID.sub("", text)
    key = unicodedata.normalize("NFC", text).lower().translate(_KEY)
    if "\u0e40\u0e40" in key:
        key = key.replace("\u0e40\u0e40", "\u0e41")
    while _AA + _AA in key:
        key = key.replace(_AA + _AA, _AA)
    return key
