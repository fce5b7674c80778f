"""Damage that breaks the rules of Thai writing, and is mended by them alone.

A mark stands on a consonant and never after a gap, a leading vowel carries no mark, a consonant
carries one vowel and one tone, sara aa stands on no other vowel. What breaks these rules is damage,
so correct Thai passes unchanged. The private-use glyphs are in ``data/thai_glyphs.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extract.data_files import data_rows

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


def _set(inside: str) -> frozenset[str]:
    """Spell out a regular-expression set such as ``a-cx`` as its characters."""
    pattern = re.compile(f"[{inside}]")
    return frozenset(chr(n) for n in range(0x10000) if pattern.match(chr(n)))


_VOWELS, _TONES = _set(_VOWEL), _set(_TONE)


@cache
def glyph_map() -> dict[int, str]:
    """Return the private-use glyphs, as code points, and the characters that they draw."""
    return {
        int(row["glyph"][2:], 16): chr(int(row["character"][2:], 16))
        for row in data_rows("thai_glyphs.csv")
    }


@cache
def _unseen() -> dict[int, str | None]:
    """Return the table that drops what cannot be seen and makes spaces plain."""
    spaces = dict.fromkeys((ord(c) for c in _set(_SPACES)), " ")
    return {**dict.fromkeys(map(ord, _INVISIBLE)), **spaces}


@cache
def _plain_characters() -> dict[int, str | None]:
    return {**_unseen(), **glyph_map()}


# Letter-spaced lines: clusters that stand alone, with a vowel or sara aa among them that cannot.
_CLUSTER = f"(?:[{_BASE}][{_MARK}]*{_AM}?|[{_LEAD}\u0e30\u0e32\u0e33])"
_LETTER_SPACED = re.compile(rf"(?<!\S){_CLUSTER}(?: +{_CLUSTER}){{2,}}(?!\S)")
_LONE_VOWEL = re.compile(rf"(?<!\S)[{_LEAD}\u0e30\u0e32\u0e33](?!\S)")
_LONE_BASE = re.compile(rf"(?<!\S)[{_BASE}]")

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
_OPEN_SYLLABLE = re.compile(f"[{_LEAD}][{_BASE}]")
_GAP_BEFORE_AA = re.compile(
    rf"(?P<ao>\u0e40(?:[{_BASE}]|\u0e2b[{_BASE}]|[{_BASE}][\u0e23\u0e25\u0e27]))?"
    rf"(?P<base>(?(ao)|[{_BASE}])[{_TONE}]?) +{_AA}"
)


# What rules cannot mend alone: vowels that must have a consonant after them, a tone on the last
# consonant of a syllable, a gap before sara aa, glyphs that no map explains.
# No second consonant of a syllable that a leading vowel begins and a tone ends.
_NO_SECOND = "\u0e01-\u0e06\u0e08-\u0e0c\u0e0e-\u0e18\u0e1a-\u0e20\u0e28-\u0e2a\u0e2c-\u0e2e"
_CLOSED = f"(?![{_BASE}{_TONE}\ufffd(])"
_UNREADABLE = re.compile(
    f"[\u0e31\u0e37][{_TONE}]?{_CLOSED}|(?<!\u0e01)\u0e47{_CLOSED}"
    f"|(?<![{_LEAD}])[{_BASE}][{_BASE}][{_TONE}] |[{_LEAD}][{_BASE}][{_NO_SECOND}][{_TONE}] "
    f"| {_AA}|\ufffd|\\(cid:"
)


@cache
def _signs() -> re.Pattern[str]:
    """Return what every damaged text holds at least one of; most text holds none."""
    odd = "".join(re.escape(chr(code)) for code in _plain_characters())
    after_vowel = f"{_AA}{_AM}\u0e30"
    lone = f"[{_LETTER}{after_vowel}][{_MARK}]*"
    return re.compile(
        "|".join(
            (
                f"[{odd}\u200c\u200d\ufffd{_NIKHAHIT}]",
                "\u0e40\u0e40",
                f" [{_MARK}{after_vowel}]|[{_LEAD}] ",
                f"[{_MARK}](?<![{_VOWEL}])[{_MARK}]|[{_VOWEL}][{_VOWEL}\u0e4e]",
                f"[{after_vowel}{_LEAD}][{_MARK}]|{_AM}[{_AM}{_AA}]|{_KILLER}{_AA}",
                rf"(?<!\S){lone} +{lone}(?!\S)",
                _UNREADABLE.pattern,
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
    """Restore a lost sara am, or close the gap where sara am cannot stand.

    Not where the tone may be that of an open syllable before ("mai" and "sa"): words decide there.
    """
    before = match.string[max(0, match.start() - 2) : match.start()]
    if len(match["base"]) > 1 and not match["ao"] and _OPEN_SYLLABLE.fullmatch(before):
        return match[0]
    return match[0].replace(" ", "") if match["ao"] else match["base"] + _AM


def has_signs(text: str) -> bool:
    """Say whether a text may be damaged; False for nearly every text that is not."""
    return bool(_signs().search(text)) or not unicodedata.is_normalized("NFC", text)


def needs_words(text: str) -> bool:
    """Say whether a text holds what is no Thai, and what only words can mend."""
    return bool(_UNREADABLE.search(text))


def seen(text: str) -> str:
    """Return what of a text is seen: no invisible characters, plain spaces, in NFC."""
    return unicodedata.normalize("NFC", text.translate(_unseen()))


def mend(text: str) -> str:
    """Put right, in one go, what breaks the rules; a mended place may expose the next."""
    text = unicodedata.normalize("NFC", text.translate(_plain_characters()))
    text = _LETTER_SPACED.sub(_join_letters, text)
    text = _JOINER.sub("", text)
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


def shows_lost_marks(text: str) -> bool:
    """Say whether sara am lost its ring, which stands for marks lost everywhere."""
    return bool(_GAP_BEFORE_AA.search(text))
