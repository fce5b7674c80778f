"""The characters that the recogniser of lines can write, and the clusters they form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.data_files import data_rows

# Consonants, which alone bear marks.
_FIRST, _LAST = "\u0e01", "\u0e2e"
NONE = 0  # the place of no character in each part of the alphabet


class Parts(NamedTuple):
    """A cluster as the recogniser sees it: places in the three parts of the alphabet."""

    base: int
    vowel: int
    tone: int


@dataclass(frozen=True)
class Alphabet:
    """Characters that take room, vowels above or below them, and marks above those.

    In each part the place 0 means none: no cluster, no vowel, no mark.
    """

    bases: tuple[str, ...]
    vowels: tuple[str, ...]
    tones: tuple[str, ...]

    @staticmethod
    @cache
    def load() -> Alphabet:
        """Return the alphabet of ``extract/data/scan_alphabet.csv``."""
        parts: dict[str, list[str]] = {"base": [], "vowel": [], "tone": []}
        for row in data_rows("scan_alphabet.csv"):
            parts[row["part"]].append(chr(int(row["character"][2:], 16)))
        return Alphabet(*(tuple(parts[name]) for name in ("base", "vowel", "tone")))

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many places each part has, with that of none."""
        return len(self.bases) + 1, len(self.vowels) + 1, len(self.tones) + 1

    def clusters(self, text: str) -> list[Parts]:
        """Cut a text into clusters. Raises ValueError for what the alphabet cannot write."""
        made: list[Parts] = []
        for character in text:
            if character in self.bases:
                made.append(Parts(self.bases.index(character) + 1, NONE, NONE))
                continue
            last = made[-1] if made else Parts(NONE, NONE, NONE)
            is_borne = self.bears_marks(last.base)
            if is_borne and character in self.vowels and (last.vowel, last.tone) == (NONE, NONE):
                made[-1] = last._replace(vowel=self.vowels.index(character) + 1)
            elif is_borne and character in self.tones and last.tone == NONE:
                made[-1] = last._replace(tone=self.tones.index(character) + 1)
            else:
                raise ValueError(
                    f"not in the alphabet of lines: U+{ord(character):04X} in {text!r}"
                )
        return made

    def bears_marks(self, base: int) -> bool:
        """Say whether the character at a place of the first part is a consonant."""
        return base != NONE and _FIRST <= self.bases[base - 1] <= _LAST

    def can_write(self, text: str) -> bool:
        """Say whether a text is written in this alphabet."""
        try:
            return bool(self.clusters(text)) or not text
        except ValueError:
            return False

    def text(self, parts: Parts) -> str:
        """Return the characters of a cluster, in the order of writing."""
        base, vowel, tone = parts
        letter = self.bases[base - 1]
        if not self.bears_marks(base):
            return letter
        return (
            letter
            + (self.vowels[vowel - 1] if vowel else "")
            + (self.tones[tone - 1] if tone else "")
        )
