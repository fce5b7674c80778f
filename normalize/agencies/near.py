"""The agencies whose names and places are most like a text, by the letter pairs they share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from extract.thai import skeleton
from normalize.agencies.registry import NameForm

PLACE_SHARE = 0.6
"""What a letter pair of a district or province counts beside one of the name."""
UNSEEN_SHARE = 0.3
"""What a letter pair of the name that the text lacks takes off, so that long names do not win."""


class NearForms:
    """Finds the name forms nearest to a key, so that few must be compared letter by letter."""

    def __init__(self, forms: Sequence[NameForm]) -> None:
        self.forms = forms
        pairs = [dict(_pairs(form)) for form in forms]
        seen = Counter(pair for one in pairs for pair in one)
        rarity = {pair: math.log(len(forms) / count) for pair, count in seen.items()}
        rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
        unseen = np.zeros(len(forms))
        for number, one in enumerate(pairs):
            for pair, share in one.items():
                rows[pair].append((number, rarity[pair] * share))
                unseen[number] += rarity[pair] * UNSEEN_SHARE * (share == 1.0)
        self.unseen = unseen
        self.weights = {
            pair: (np.array([n for n, _ in found]), np.array([w for _, w in found]))
            for pair, found in rows.items()
        }

    def nearest(self, key: str, limit: int) -> list[NameForm]:
        """Return up to ``limit`` forms, the one that shares most with the key first."""
        total = -self.unseen
        for pair in {key[at : at + 2] for at in range(len(key) - 1)}:
            if pair in self.weights:
                numbers, weights = self.weights[pair]
                total[numbers] += weights
        best = np.argpartition(-total, min(limit, len(total) - 1))[:limit]
        return [self.forms[n] for n in best[np.argsort(-total[best], kind="stable")]]


def _pairs(form: NameForm) -> Iterator[tuple[str, float]]:
    for key, share in (
        (skeleton(form.province), PLACE_SHARE),
        (skeleton(form.district), PLACE_SHARE),
        (form.key, 1.0),
    ):
        for at in range(len(key) - 1):
            yield key[at : at + 2], share
