"""A second reader of digits, which knows nothing of the line reader but where to cut.

A small network (``training/digits_train.py``) classifies glyphs that are cut out one by one.
``docs/training.md`` tells how its weights were made, and how often both readers err together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.glyph_cuts import SIDE, cut
from extract.scan.network import session
from extract.thai import ARABIC_DIGITS, THAI_DIGITS

WEIGHTS = Path(__file__).parent.parent / "data" / "scan_digits.onnx"
DIGITS = ARABIC_DIGITS + THAI_DIGITS
# Letters that a digit may have been read as.
LOOKALIKES = "OolI|"
# In many fonts these are one drawing: which of them stands there only the text around can tell.
_ONE_DRAWING = "o๐"
# What stands around the number of a paragraph, and the letter that may be a number there.
_NUMBERING, _ROMAN = {("(", ")"), (" ", ")"), (" ", ".")}, "I"
# Digits that look like no letter.
_PLAIN = frozenset(ARABIC_DIGITS[2:] + THAI_DIGITS[2:])
# Letters that a zero which begins a code may be, and the odds against the zero that make it so.
_ROUND, _ODDS, _DOUBTFUL = "Oo", 20.0, 0.9
# What may stand between two digits of a number, and the share that its digits have at least.
INSIDE, _OF_NUMBER = ".,", 0.05
# Glyphs that are classified at once.
_TOGETHER = 512
# No digit is surer than this: so often do both err together where they are surest.
_SUREST = 0.9998
# A digit that the second reader does not name, or whose glyph cannot be cut out, is no surer than
# this: on worn pages most of these are wrong.
_ALONE = 0.4
_LEAST = 1e-6

Shares = np.ndarray[Any, np.dtype[np.float32]]


class Witness(NamedTuple):
    """What the reader of digits sees in a cluster.

    ``cluster`` is its index in the reading, ``text`` the class that is most likely (empty for a
    glyph of none), ``probability`` of that, and ``support`` that of the line reader's own text.
    """

    cluster: int
    text: str
    probability: float
    support: float


class Digits:
    """Classifies the glyphs of digits, and of letters that are mistaken for them."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load the weights. Raises EngineError where they or onnxruntime are missing."""
        self._session = session(weights)
        told = self._session.get_modelmeta()
        # The last class has no text: it is any other glyph.
        self._classes = (*told.custom_metadata_map["classes"], "")
        self._name = f"digits {told.version}"

    @property
    def name(self) -> str:
        """The reader and the version of its weights."""
        return self._name

    def witnesses(self, lines: Sequence[Grey], readings: Sequence[Reading]) -> list[list[Witness]]:
        """Look at the digits of lines; a digit whose glyph cannot be cut out has no witness."""
        places: list[tuple[int, int]] = []
        glyphs = [np.zeros((0, 2, SIDE, SIDE), np.uint8)]
        for n, (line, reading) in enumerate(zip(lines, readings, strict=True)):
            wanted = [i for i, cluster in enumerate(reading.clusters) if is_digit_like(cluster)]
            if wanted and line.size:
                cuts = cut(line, reading.clusters, wanted)
                places += [(n, i) for i in cuts.clusters]
                glyphs.append(cuts.glyphs)
        found: list[list[Witness]] = [[] for _ in lines]
        numbered = _numbered_by_digits(readings)
        for (n, i), shares in zip(places, self._shares(np.concatenate(glyphs)), strict=True):
            texts = [cluster.text for cluster in readings[n].clusters]
            rivals = _rivals(texts, i, numbered)
            found[n].append(self._witness(i, texts[i], self._within(shares, rivals)))
        return found

    def _within(self, shares: Shares, rivals: str) -> Shares:
        """Return shares of which nothing has any but the rivals, where there are some.

        What is no glyph of any class, as a digit under a stamp, keeps its share. Where hardly any
        share is left, the line reader has taken digits of one kind for those of the other.
        """
        is_rival = [text in rivals or text in _ONE_DRAWING for text in self._classes]
        some: Shares = shares * np.array(is_rival, np.float32)
        left = float(some.sum())
        return some / left if rivals and left >= _OF_NUMBER else shares

    def _witness(self, cluster: int, read: str, shares: Shares) -> Witness:
        same = _ONE_DRAWING if read in _ONE_DRAWING else read
        support = sum(float(shares[self._classes.index(text)]) for text in same)
        best = int(shares.argmax())
        if self._classes[best] and self._classes[best] in same:
            return Witness(cluster, read, support, support)
        return Witness(cluster, self._classes[best], float(shares[best]), support)

    def _shares(self, glyphs: Grey) -> Shares:
        """Return the share of each class in what a glyph may be: glyphs by classes."""
        made = [np.zeros((0, len(self._classes)), np.float32)]
        for first in range(0, len(glyphs), _TOGETHER):
            some = glyphs[first : first + _TOGETHER].astype(np.float32) / 255
            made.append(self._session.run(None, {"glyphs": some})[0])
        return np.concatenate(made)


def _numbered_by_digits(readings: Sequence[Reading]) -> set[tuple[str, str]]:
    """Return what stands around the numbers of paragraphs where a page has a 2 to 9 in it.

    In a list that goes on so its first number, which looks like a letter in many fonts, is no
    Roman one. A digit behind it makes it a number with decimals.
    """
    found = set()
    for reading in readings:
        texts = [one.text for one in reading.clusters]
        for n, cluster in enumerate(reading.clusters):
            is_sure = cluster.text in _PLAIN and cluster.confidence >= _DOUBTFUL
            if is_sure and not any(text in DIGITS for text in texts[n + 2 : n + 3]):
                found.add(_around(texts, n))
    return found & _NUMBERING


def _around(texts: Sequence[str], place: int) -> tuple[str, str]:
    """Return what stands before and behind a place of a line, a space at its ends."""
    return ([" ", *texts[:place]][-1], [*texts[place + 1 :], " "][0])


def _rivals(texts: Sequence[str], place: int, numbered: Collection[tuple[str, str]]) -> str:
    """Return what a digit may be where it stands: beside others, a digit of their kind.

    A number is written in the digits of one kind. What numbers a paragraph, as in "(1)" or "1.", is
    a digit, or a Roman one if the page has no others that are ``numbered`` so by digits. Returns
    nothing where it may be anything.
    """
    digits = next((own for own in (ARABIC_DIGITS, THAI_DIGITS) if texts[place] in own), "")
    around = (texts[:place][::-1], texts[place + 1 :])
    beside = (next((text for text in side if text not in INSIDE), " ") for side in around)
    if any(text in digits for text in beside):
        return digits
    place_in_list = _around(texts, place)
    if not digits or place_in_list not in _NUMBERING:
        return ""
    return digits if place_in_list in numbered else digits + _ROMAN


def is_digit_like(cluster: Cluster) -> bool:
    """Say whether a cluster is a digit, or a letter that a digit may have been read as."""
    return len(cluster.text) == 1 and cluster.text in DIGITS + LOOKALIKES


def seconded(reading: Reading, witnesses: Sequence[Witness]) -> Reading:
    """Return a reading with the confidence that both readers together give its digits.

    The readers err apart, so where they agree the odds of both are multiplied. Where they do not,
    however sure the line reader is, the digit stays below ``_ALONE``.
    """
    of_cluster = {witness.cluster: witness for witness in witnesses}
    clusters = [
        _letter_of_code(reading.clusters, n, of_cluster.get(n))
        or cluster._replace(confidence=_together(cluster, of_cluster.get(n)))
        if is_digit_like(cluster)
        else cluster
        for n, cluster in enumerate(reading.clusters)
    ]
    return Reading(tuple(clusters))


def _letter_of_code(
    clusters: Sequence[Cluster], place: int, witness: Witness | None
) -> Cluster | None:
    """Return the letter that a code begins with, where the line reader takes it for a zero, unsure.

    What the line reader does not give to the zero goes to the letter: nothing else looks like both.
    """
    cluster, before = clusters[place], clusters[max(place - 1, 0) : place]
    if not witness or not witness.text or witness.text not in _ROUND:
        return None
    if cluster.text != ARABIC_DIGITS[0] or cluster.confidence >= _DOUBTFUL:
        return None
    if any(one.text in DIGITS + INSIDE for one in before):
        return None
    if not any(one.text in ARABIC_DIGITS for one in clusters[place + 1 : place + 2]):
        return None
    odds = (1 - cluster.confidence) * witness.probability
    odds /= cluster.confidence * max(witness.support, _LEAST)
    if odds < _ODDS:
        return None
    return cluster._replace(text=witness.text, confidence=odds / (1 + odds))


def _together(cluster: Cluster, witness: Witness | None) -> float:
    if witness is None:
        return min(cluster.confidence, _ALONE)
    one, two = (
        min(max(share, _LEAST), 1 - _LEAST) for share in (cluster.confidence, witness.support)
    )
    both = one * two / (one * two + (1 - one) * (1 - two))
    return min(both, _SUREST if witness.text == cluster.text else _ALONE)
