"""Thai text repair: damage that the text itself proves is mended, everything else stays as it is.

The rules follow Thai orthography: a mark stands on a consonant and never after a gap, a leading
vowel carries no mark, a consonant carries one vowel and one tone, sara aa stands on no other
vowel. What breaks them is damage, so correct Thai passes unchanged. The private-use glyphs are in
``data/thai_glyphs.csv``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

Digits = Literal["thai", "arabic", "keep"]

_GLYPH_FILE = Path(__file__).parent / "data" / "thai_glyphs.csv"

# Classes of the Thai block, as the inside of a regular-expression set.
_BASE = "\u0e01-\u0e2e"
_LEAD = "\u0e40-\u0e44"
_VOWEL = "\u0e31\u0e34-\u0e3a\u0e47"  # above and below; maitaikhu counts as a vowel
_TONE = "\u0e48-\u0e4b"
_KILLER = "\u0e4c"  # thanthakhat silences its consonant
_NIKHAHIT = "\u0e4d"
_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_AA, _AM = "\u0e32", "\u0e33"
_LETTER = f"{_BASE}{_LEAD}"

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_MAX_ROUNDS = 8  # a mended place may expose the next; real text settles in two


def _set(inside: str) -> frozenset[str]:
    """Spell out a regular-expression set such as ``a-cx`` as its characters."""
    pattern = re.compile(f"[{inside}]")
    return frozenset(chr(n) for n in range(0x10000) if pattern.match(chr(n)))


_VOWELS, _TONES = _set(_VOWEL), _set(_TONE)


@cache
def glyph_map() -> dict[int, str]:
    """Return the private-use glyphs, as code points, and the characters that they draw."""
    with _GLYPH_FILE.open(encoding="utf-8", newline="") as file:
        return {
            int(row["glyph"][2:], 16): chr(int(row["character"][2:], 16))
            for row in csv.DictReader(file)
        }


@cache
def _plain_characters() -> dict[int, str | None]:
    """Return the table that resolves glyphs and odd spaces and drops what cannot be seen."""
    spaces = dict.fromkeys((ord(c) for c in _set(_SPACES)), " ")
    return {**dict.fromkeys(map(ord, _INVISIBLE)), **spaces, **glyph_map()}


# Letter-spaced lines: clusters that stand alone, with a vowel or sara aa among them that cannot.
_CLUSTER = f"(?:[{_BASE}][{_MARK}]*|[{_LEAD}\u0e30\u0e32\u0e33])"
_LETTER_SPACED = re.compile(rf"(?<!\S){_CLUSTER}(?: +{_CLUSTER}){{2,}}(?!\S)")
_LONE_VOWEL = re.compile(rf"(?<!\S)[{_LEAD}\u0e30\u0e32\u0e33](?!\S)")
_LONE_BASE = re.compile(rf"(?<!\S)[{_BASE}]")

_LOST_GLYPH = re.compile(rf"(?<=[{_BASE}])\ufffd{_AA}")
_JOINER = re.compile(rf"(?<=[{_BASE}{_MARK}{_AA}])[\u200c\u200d]|[\u200c\u200d](?=[{_MARK}])")
_DOUBLE_E = re.compile("\u0e40\u0e40")
_DOUBLED_MARK = re.compile(rf"([{_MARK}])\1+")
_GAP_BEFORE_MARK = re.compile(rf"([{_BASE}]?)([{_BASE}])([{_MARK}]*) +([{_MARK}]+)")
_TWO_VOWELS = re.compile(rf"([{_BASE}])([{_BASE}])([{_VOWEL}][{_TONE}])([{_VOWEL}][{_TONE}]?)")
_MARKS = re.compile(rf"[{_MARK}]{{2,}}")
_GAP_AFTER_LEAD = re.compile(rf"(?<=[{_LEAD}]) +(?=[{_BASE}])")
_GAP_BEFORE_AM = re.compile(rf"(?<=[{_BASE}{_TONE}]) +(?=[{_AM}\u0e30])")
_SPLIT_AM = re.compile(rf"{_NIKHAHIT}([{_TONE}]?) *{_AA}")
_NIKHAHIT_AFTER_AA = re.compile(rf"{_AA} *{_NIKHAHIT}(?: (?=[{_LETTER}]))?")
_AM_TOO_MUCH = re.compile(rf"{_NIKHAHIT}*{_AM}(?:{_AM}|{_AA}|{_NIKHAHIT})+|{_NIKHAHIT}+{_AM}")
_TONE_AFTER_AA = re.compile(rf"(?<=[{_BASE}])([{_AA}{_AM}\u0e30])([{_TONE}])(?: (?=[{_LETTER}]))?")
_MARK_AFTER_LEAD = re.compile(rf"(?<=[{_BASE}])([{_LEAD}])([{_MARK}]+)")
_MARK_BEFORE_AA = re.compile(
    rf"([{_BASE}])([{_BASE}])(?:([{_VOWEL}][{_TONE}{_KILLER}]?) +|({_KILLER}) *){_AA}"
)
# Sara am never follows a leading e: there the gap is only a gap ("เ" + consonant + sara aa).
_GAP_BEFORE_AA = re.compile(
    rf"(?P<ao>\u0e40(?:[{_BASE}]|\u0e2b[{_BASE}]|[{_BASE}][\u0e23\u0e25\u0e27]))?"
    rf"(?P<base>(?(ao)|[{_BASE}])[{_TONE}]?) +{_AA}"
)


@cache
def _signs() -> re.Pattern[str]:
    """Return what every damaged text holds at least one of; most text holds none."""
    odd = "".join(re.escape(chr(code)) for code in _plain_characters())
    after_vowel = f"{_AA}{_AM}\u0e30"
    return re.compile(
        "|".join(
            (
                f"[{odd}\u200c\u200d\ufffd{_NIKHAHIT}]",
                "\u0e40\u0e40",
                f" [{_MARK}{after_vowel}]|[{_LEAD}] ",
                f"[{_MARK}](?<![{_VOWEL}])[{_MARK}]|[{_VOWEL}][{_VOWEL}\u0e4e]",
                f"[{after_vowel}{_LEAD}][{_MARK}]|{_AM}[{_AM}{_AA}]|{_KILLER}{_AA}",
                rf"(?<=\s)[{_LETTER}{after_vowel}][{_MARK}]*(?=\s)",
            )
        )
    )


def _is_edge(text: str, position: int, step: int) -> bool:
    """Say whether only blanks stand between ``position`` and the edge of its line."""
    while 0 <= position < len(text) and text[position] in " \t\r":
        position += step
    return not 0 <= position < len(text) or text[position] == "\n"


def _join_letters(match: re.Match[str]) -> str:
    run = match[0]
    clusters = run.split()
    whole_line = _is_edge(match.string, match.start() - 1, -1)
    whole_line &= _is_edge(match.string, match.end(), 1)
    if len(clusters) < (3 if whole_line else 5):
        return run
    if not (_LONE_VOWEL.search(run) and _LONE_BASE.search(run)):
        return run
    gaps = re.findall(" +", run)
    narrow = min(map(len, gaps))
    return clusters[0] + "".join(
        (" " if len(gap) > narrow else "") + cluster
        for gap, cluster in zip(gaps, clusters[1:], strict=True)
    )


def _attach(match: re.Match[str]) -> str:
    """Close the gap before marks, unless the consonant has such marks already."""
    before, base, marks, late = match.groups()
    if any(mark in _VOWELS for mark in marks) and any(mark in _VOWELS for mark in late):
        return before + marks + base + late if before else match[0]
    if any(mark in _TONES for mark in marks) and any(mark in _TONES for mark in late):
        return match[0]
    return before + base + marks + late


def _order(match: re.Match[str]) -> str:
    """Put vowels (and nikhahit) before tones, else keep the order."""
    return "".join(sorted(match[0], key=lambda mark: mark in _TONES or mark == _KILLER))


def _one_am(match: re.Match[str]) -> str:
    return _AM


def _before_aa(match: re.Match[str]) -> str:
    """Restore a lost sara am, or close the gap where sara am cannot stand."""
    return match[0].replace(" ", "") if match["ao"] else match["base"] + _AM


def _fill_lost_glyph(match: re.Match[str]) -> str:
    """Read U+FFFD before sara aa as sara am or a tone where the dictionary leaves one reading."""
    from extract.readings import best_reading

    readings = [_AM, *(tone + _AA for tone in sorted(_TONES))]
    return best_reading(match.string, match.start(), match.end(), readings) or match[0]


def _mend_once(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_plain_characters()))
    text = _LETTER_SPACED.sub(_join_letters, text)
    text = _JOINER.sub("", text)
    if "\ufffd" in text:
        text = _LOST_GLYPH.sub(_fill_lost_glyph, text)
    text = _DOUBLE_E.sub("\u0e41", text)
    text = _DOUBLED_MARK.sub(r"\1", text)
    text = _GAP_BEFORE_MARK.sub(_attach, text)
    text = _TWO_VOWELS.sub(r"\1\3\2\4", text)
    text = _MARKS.sub(_order, text)
    text = _SPLIT_AM.sub(rf"\1{_AM}", text)
    text = _NIKHAHIT_AFTER_AA.sub(_AM, text)
    text = _AM_TOO_MUCH.sub(_one_am, text)
    text = _TONE_AFTER_AA.sub(r"\2\1", text)
    text = _MARK_AFTER_LEAD.sub(r"\2\1", text)
    text = _MARK_BEFORE_AA.sub(rf"\1\3\4\2{_AA}", text)
    text = _GAP_BEFORE_AA.sub(_before_aa, text)
    text = _GAP_BEFORE_AM.sub("", text)
    return _GAP_AFTER_LEAD.sub("", text)


def clean_thai(text: str) -> str:
    """Repair damaged Thai text; correct text comes back unchanged, and so does repaired text.

    Mended: private-use glyphs, sara am in its broken forms, marks out of order, doubled, after a
    gap or behind a vowel, two sara e for sara ae, letter-spaced lines, invisible characters, and
    U+FFFD before sara aa where pythainlp's dictionary leaves one reading. The result is in NFC.

    Line breaks, tabs and runs of spaces stay, since in plain text they may be columns or
    indentation; an unusual space becomes a plain one. Digits stay (see :func:`convert_digits`).
    Marks that are gone, or that stand on a neighbour where they could be right, also stay.
    """
    if text.isascii() or not (_signs().search(text) or not unicodedata.is_normalized("NFC", text)):
        return text
    for _ in range(_MAX_ROUNDS):
        mended = _mend_once(text)
        if mended == text:
            break
        text = mended
    return text


_TO_ARABIC = {0x0E50 + n: str(n) for n in range(10)}
_TO_THAI = {ord(str(n)): chr(0x0E50 + n) for n in range(10)}


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
_CID = re.compile(r"\(cid:\d+\)")


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
