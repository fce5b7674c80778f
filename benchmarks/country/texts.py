"""Invented texts: sentences of which no two are alike by chance, and copies with known edits."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

SLOTS = ("action", "topic", "audience", "channel", "time", "owner", "check")
"""The parts of a sentence, in order; each has PHRASES phrases."""
PHRASES = 31
FREE = 4
"""Polynomials of degree below 4 over 31 points: two sentences share at most 3 of 7 parts."""
SENTENCES = PHRASES**FREE
EDITS = ("word_for_word", "spaces_dropped", "part_replaced", "words_added")
"""What a copy changes. One part of seven is another, or one is added, at most."""
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@cache
def texts(kind: str) -> tuple[str, ...]:
    """Return the texts of one kind in ``benchmarks/data/country_texts.csv``."""
    path = Path(__file__).parent.parent / "data" / "country_texts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file) if row["kind"] == kind)


def thai_digits(text: str) -> str:
    """Write Arabic digits as Thai ones."""
    return text.translate(_THAI_DIGITS)


def parts_of(numbers: Any, seed: int) -> Any:
    """Return the parts (positions of phrases, one column per slot) of sentences by number."""
    shuffled = (np.asarray(numbers, dtype=np.int64) * 700_001 + seed * 7919) % SENTENCES
    found = np.zeros((len(shuffled), len(SLOTS)), dtype=np.int64)
    for power in reversed(range(FREE)):
        digit = (shuffled // PHRASES**power) % PHRASES
        found = (found * np.arange(1, len(SLOTS) + 1) + digit[:, None]) % PHRASES
    return found


def sentence(parts: Sequence[int], edit: str = "") -> str:
    """Put the phrases of a sentence together, as the original or with an edit of EDITS."""
    words = [texts(slot)[part] for slot, part in zip(SLOTS, parts, strict=True)]
    if edit == "part_replaced":
        words[4] = texts("time")[(parts[4] + 1) % PHRASES]
    if edit == "words_added":
        words.append(texts("check")[(parts[6] + 1) % PHRASES])
    return ("" if edit == "spaces_dropped" else " ").join(words)
