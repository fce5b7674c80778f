"""One model of how Thai text is damaged on its way into a table, for every benchmark.

Each kind is a function of a text and a random generator. The kinds are those of real damaged
strings (PDF readers, OCR, people who type); ``data/confusions.csv`` holds which letters are taken
for one another and how words are misspelt, each with its source.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

Damage = Callable[[str, random.Random], str]

_CONSONANT = "[\u0e01-\u0e2e]"
_TONE = "[\u0e48-\u0e4c]"
_MARK = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_CLUSTER = re.compile(rf".{_MARK}*\u0e33?", re.DOTALL)
_AA, _AM, _RING = "\u0e32", "\u0e33", "\u0e4d"
_TALL = "\u0e1b\u0e1d\u0e1f"
# Share of letters that a damage changes where it does not change all that it can.
_FEW, _MANY, _SOME = 0.06, 0.12, 0.3
# Clusters (a letter with its marks) in a line of a narrow column, and the share of a cut text.
_NARROW, _WIDE = 7, 18
_CUT = (0.55, 0.85)


@cache
def confusions(kind: str) -> dict[str, tuple[str, ...]]:
    """Return what each letter or word is taken for, in one kind of ``data/confusions.csv``."""
    found: dict[str, list[str]] = defaultdict(list)
    with (DATA / "confusions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == kind:
                found[row["right"]].append(row["taken_for"])
                if row["both_ways"]:
                    found[row["taken_for"]].append(row["right"])
    return {right: tuple(others) for right, others in found.items()}


def sara_am_split(text: str, rng: random.Random) -> str:
    """A gap in place of the ring of sara am."""
    return re.sub(rf"({_CONSONANT}[\u0e48-\u0e4b]?){_AM}", rf"\1 {_AA}", text)


def sara_am_parts(text: str, rng: random.Random) -> str:
    """Sara am as a ring and a sara aa."""
    return text.replace(_AM, _RING + _AA)


def misread_aa(text: str, rng: random.Random) -> str:
    """Sara am for every sara aa."""
    return text.replace(_AA, _AM)


def pua_glyph(text: str, rng: random.Random) -> str:
    """Private-use glyphs for tones, lowered over a bare letter and to the left over a tall one."""

    def glyph(match: re.Match[str]) -> str:
        base, vowel, tone = match[1], match[2], ord(match[3]) - 0x0E48
        is_tall = base in _TALL
        if vowel:
            return base + vowel + (chr(0xF713 + tone) if is_tall else match[3])
        return base + chr((0xF705 if is_tall else 0xF70A) + tone)

    text = re.sub(rf"({_CONSONANT})([\u0e31\u0e34-\u0e37]?)({_TONE})", glyph, text)
    return re.sub(f"(?<=[{_TALL}])\u0e31", "\uf710", re.sub("(?<=\u0e1b)\u0e47", "\uf712", text))


def cid_glyph(text: str, rng: random.Random) -> str:
    """`(cid:N)` for tones, and for the ring of sara am."""
    text = text.replace(_AM, f"(cid:1004){_AA}")
    return re.sub(_TONE, lambda m: f"(cid:{917 + ord(m[0]) - 0x0E48})", text)


def replacement_char(text: str, rng: random.Random) -> str:
    """U+FFFD for some tones."""
    return re.sub(_TONE, lambda m: "\ufffd" if rng.random() < _SOME else m[0], text)


def mark_lost(text: str, rng: random.Random) -> str:
    """Some tones gone, and sara am split."""
    return re.sub(_TONE, lambda m: "" if rng.random() < _SOME else m[0], sara_am_split(text, rng))


def mark_gap(text: str, rng: random.Random) -> str:
    """A gap in place of every tone, and sara am split."""
    return re.sub(f"{_TONE}+", " ", sara_am_split(text, rng)).rstrip()


def detached_vowel(text: str, rng: random.Random) -> str:
    """Some marks on the next letter, with a gap behind it."""
    return re.sub(
        rf"({_CONSONANT})({_MARK}+)({_CONSONANT})(?![\u0e31\u0e33-\u0e3a\u0e47-\u0e4e ])",
        lambda m: m[1] + m[3] + m[2] + " " if rng.random() < _SOME else m[0],
        text,
    ).rstrip()


def tone_order(text: str, rng: random.Random) -> str:
    """The tone behind the vowel that follows it."""
    return re.sub(rf"({_CONSONANT})([\u0e48-\u0e4b]){_AA}", rf"\1{_AA}\2", text)


def glyph_substitution(text: str, rng: random.Random) -> str:
    """Two letters of the text wear a mark throughout that is not theirs."""
    letters = sorted(set(re.findall(rf"{_CONSONANT}(?!{_MARK}|{_AM})", text)))
    for letter in rng.sample(letters, min(2, len(letters))):
        text = re.sub(f"{letter}(?!{_MARK}|{_AM})", letter + rng.choice("\u0e48\u0e34"), text)
    return text


def spacing(text: str, rng: random.Random) -> str:
    """A gap between all letters, as in a spaced heading."""
    return " ".join(_CLUSTER.findall(text.replace(" ", "")))


def loose(text: str, rng: random.Random) -> str:
    """A gap here and there between letters."""
    return "".join(c + " " * (rng.random() < _FEW) for c in _CLUSTER.findall(text))


def joined(text: str, rng: random.Random) -> str:
    """All gaps gone."""
    return text.replace(" ", "")


def column_break(text: str, rng: random.Random) -> str:
    """Lines as a narrow column breaks them, also within words."""
    clusters = _CLUSTER.findall(text)
    width = rng.randint(_NARROW, _WIDE)
    lines = ["".join(clusters[n : n + width]) for n in range(0, len(clusters), width)]
    return "\n".join(line.strip() for line in lines)


def _taken(text: str, rng: random.Random, kind: str, share: float = _FEW) -> str:
    """Take a share of the letters for others of the kind: one at least, where there is one."""
    pairs = confusions(kind)
    places = [n for n, c in enumerate(text) if c in pairs]
    letters = list(text)
    for n in rng.sample(places, min(len(places), max(1, round(share * len(places))))):
        letters[n] = rng.choice(pairs[text[n]])
    return "".join(letters)


def ocr_letters(text: str, rng: random.Random) -> str:
    """A few letters taken for others of nearly the same shape."""
    return _taken(text, rng, "ocr")


def ocr_marks(text: str, rng: random.Random) -> str:
    """A few marks taken for others of nearly the same shape."""
    return _taken(text, rng, "ocr_mark")


def scan(text: str, rng: random.Random) -> str:
    """What a bad scan leaves: letters and marks taken for others, gaps, lines."""
    text = _taken(_taken(text, rng, "ocr", _MANY), rng, "ocr_mark", _MANY)
    return column_break(loose(text, rng), rng)


def misspelling(text: str, rng: random.Random) -> str:
    """A word or letter as people misspell it; nothing where the text has none."""
    words = [word for word in confusions("misspelling") if word in text]
    if not words:
        return text
    word = rng.choice(sorted(words))
    return text.replace(word, rng.choice(confusions("misspelling")[word]))


def typo(text: str, rng: random.Random) -> str:
    """One slip of the finger: a letter left out, doubled, swapped or the neighbour's key."""
    place = rng.randrange(1, max(2, len(text) - 1))
    before, letter, after = text[:place], text[place : place + 1], text[place + 1 :]
    slip = rng.choice(("out", "twice", "swapped", "neighbour"))
    if slip == "neighbour" and letter in confusions("keyboard"):
        return before + rng.choice(confusions("keyboard")[letter]) + after
    if slip == "twice":
        return before + letter * 2 + after
    if slip == "swapped":
        return before + after[:1] + letter + after[1:]
    return before + after


def cut(text: str, rng: random.Random) -> str:
    """The beginning alone, as a cell that is too small shows it."""
    clusters = _CLUSTER.findall(text)
    return "".join(clusters[: max(4, int(len(clusters) * rng.uniform(*_CUT)))])


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        *(sara_am_split, sara_am_parts, misread_aa, pua_glyph, cid_glyph, replacement_char),
        *(
            mark_lost,
            mark_gap,
            detached_vowel,
            tone_order,
            glyph_substitution,
            spacing,
            loose,
            joined,
        ),
        *(column_break, ocr_letters, ocr_marks, scan, misspelling, typo, cut),
    )
}
"""The kinds of damage by name."""
