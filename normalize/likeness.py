"""How alike a written name is to known ones: scattered slips are damage, another word is not.

Names are compared by their keys (``extract.thai.skeleton``), and once more with the letters that
readers of pictures take for one another made one (data/alike_letters.csv). A name may be cut off:
then it is compared with as much of the known one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from normalize.datafiles import read_rows

Floats = np.ndarray[Any, np.dtype[np.float64]]

# What letters that only look alike cost, in points of similarity (0-100).
SHAPE_COST = 2.0
# The shortest key that is taken for the beginning of a longer name, and what that costs: twice
# as much where it has less than this share of the name.
LEAST_BEGINNING, BEGINNING_COST, SHORT_BEGINNING = 7, 10.0, 0.6
# What a wording costs that a name only has elsewhere.
ELSEWHERE_COST = 4.0
# So many edits that stand together are another word; so many letters between may agree by chance.
OTHER_WORD, CHANCE = 3, 1
# Names that are less similar are not alike at all.
LEAST = 55.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike (0-100) a key and a name are, and how.

    ``is_beginning`` says that the key is the beginning of the name; ``has_other_word`` that the two
    differ by a word and not just in letters here and there; ``is_elsewhere`` that the name goes by
    that wording only elsewhere.
    """

    similarity: float
    is_beginning: bool = False
    has_other_word: bool = False
    is_elsewhere: bool = False


UNLIKE = Likeness(0.0)


class KnownNames:
    """Known names, each with the keys of its wordings, to compare a key with all at once.

    ``others`` are keys that a name also goes by elsewhere.
    """

    def __init__(
        self, names: Sequence[Sequence[str]], others: Sequence[Sequence[str]] = ()
    ) -> None:
        self._count = len(names)
        owned = [(key, n, 0.0) for n, keys in enumerate(names) for key in keys]
        owned += [(key, n, ELSEWHERE_COST) for n, keys in enumerate(others) for key in keys]
        self._keys = [key for key, _, _ in owned]
        self._costs = np.array([cost for _, _, cost in owned])
        self._shapes = [_shape(key) for key in self._keys]
        self._owners = np.array([number for _, number, _ in owned], np.int64)
        self._lengths = np.array([len(key) for key in self._keys], np.int64)

    def likeness(self, key: str) -> list[Likeness]:
        """Return how alike the key and each name are, by the wording that is most so."""
        found = [UNLIKE] * self._count
        if not key:
            return found
        shape = _shape(key)
        whole = _alike(key, shape, self._keys, self._shapes)
        size = len(key)
        begun = np.zeros(len(whole))
        longer = np.flatnonzero(self._lengths > size + 2)
        if size >= LEAST_BEGINNING and len(longer):
            keys, shapes = (
                [text[n][:size] for n in longer.tolist()] for text in (self._keys, self._shapes)
            )
            cost = np.where(size < SHORT_BEGINNING * self._lengths[longer], 2, 1) * BEGINNING_COST
            begun[longer] = _alike(key, shape, keys, shapes) - cost
        best = np.maximum(whole, begun) - self._costs
        near = np.flatnonzero(best >= LEAST)
        for n in near[np.argsort(best[near], kind="stable")].tolist():  # an owner's best comes last
            is_beginning = bool(begun[n] > whole[n])
            other = self._shapes[n][:size] if is_beginning else self._shapes[n]
            has_other_word, is_elsewhere = _has_other_word(shape, other), bool(self._costs[n])
            found[self._owners[n]] = Likeness(
                float(best[n]), is_beginning, has_other_word, is_elsewhere
            )
        return found


def _alike(key: str, shape: str, keys: Sequence[str], shapes: Sequence[str]) -> Floats:
    plain, shaped = (
        process.cdist([one], others, scorer=fuzz.ratio, dtype=np.float64)[0]
        for one, others in ((key, keys), (shape, shapes))
    )
    best: Floats = np.maximum(plain, shaped - SHAPE_COST)
    return best


def _has_other_word(one: str, other: str) -> bool:
    """Say whether many edits stand together; the letters between them may agree by chance."""
    edits, end = 0, -CHANCE - 1
    for edit in Levenshtein.editops(one, other):
        edits = edits + 1 if edit.src_pos - end <= CHANCE + 1 else 1
        end = edit.src_pos
        if edits >= OTHER_WORD:
            return True
    return False


@cache
def _shapes_of_letters() -> dict[int, str]:
    rows = read_rows("alike_letters.csv")
    return {ord(letter): row["letters"][0] for row in rows for letter in row["letters"]}


def _shape(key: str) -> str:
    return key.translate(_shapes_of_letters())
