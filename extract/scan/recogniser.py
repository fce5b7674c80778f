"""Our own engine: a small convolutional network that reads printed Thai, run by onnxruntime.

The network (``training/model.py``) scores each frame of a line for what stands there, or that two
clusters part; the frames between two partings are one cluster. ``docs/training.md`` tells how its
weights were made and how well it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from extract.scan.alphabet import NONE, Alphabet, Parts
from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.network import session
from extract.scan.strips import FRAME, HEIGHT, SIDE, fitted
from extract.thai import ARABIC_DIGITS, THAI_DIGITS

WEIGHTS = Path(__file__).parent.parent / "data" / "scan_lines.onnx"
_COLUMNS = 8192  # of the strips that are read at once
_STEP = 32  # widths of strips are rounded up to this
# Frames name the middle of a cluster: it is so many times as wide as its named frames, by lines
# whose clusters are known.
_REACH = 1.8
_SPACE = " "

# Latin letters that are drawn like Thai ones: sara e and bo baimai.
_SARA_E, _SARA_AE = "\u0e40", "\u0e41"
_SARA_AM, _CHATTAWA = "\u0e33", "\u0e4b"
# A small o and a Thai zero are one drawing in many fonts; neither words nor numbers mix the two.
_SMALL_O, _THAI_ZERO, _ZERO = "o", THAI_DIGITS[0], ARABIC_DIGITS[0]
_IN_ADDRESS = ".-/_"
_LIKE_THAI = {"I": _SARA_E, "l": _SARA_E, "|": _SARA_E, "U": "\u0e1a"}

Scores = np.ndarray[Any, np.dtype[np.float32]]


class Recogniser:
    """Reads printed lines in Thai and Latin letters, with Thai and Arabic digits told apart."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load the weights. Raises EngineError where they or onnxruntime are missing."""
        self._session = session(weights)
        self._alphabet = Alphabet.load()
        self._name = f"lines {self._session.get_modelmeta().version}"

    @property
    def name(self) -> str:
        """The engine and the version of its weights."""
        return self._name

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        """Read pictures of one line each; see :class:`extract.scan.engine.Engine`."""
        readings = [Reading(())] * len(lines)
        strips = {n: fitted(line) for n, line in enumerate(lines) if line.size}
        order = sorted(strips, key=lambda n: strips[n][0].shape[1])
        for together in _batches(order, [strips[n][0].shape[1] for n in order]):
            scores = self._scores([strips[n][0] for n in together])
            for n, frames in zip(together, scores, strict=True):
                strip, enlarged = strips[n]
                count = -(-strip.shape[1] // FRAME)
                readings[n] = self._reading(frames[:count], enlarged, lines[n].shape[1])
        return readings

    def _scores(self, strips: list[Grey]) -> Scores:
        width = -(-max(strip.shape[1] for strip in strips) // _STEP) * _STEP
        batch = np.zeros((len(strips), 1, HEIGHT, width), np.float32)
        for n, strip in enumerate(strips):
            batch[n, 0, :, : strip.shape[1]] = strip
        scores: Scores = self._session.run(None, {"strips": batch / 255})[0]
        return scores

    def _reading(self, scores: Scores, enlarged: float, width: int) -> Reading:
        """Take the frames between two that name nothing together, and look up what they say."""
        bases, vowels, _ = self._alphabet.sizes
        is_named = scores[:, :bases].argmax(axis=1) != NONE
        edges = np.flatnonzero(np.diff(is_named, prepend=False, append=False))
        if not len(edges):
            return Reading(())
        firsts, lasts = edges[::2], edges[1::2]
        inner = edges[:-1] if edges[-1] == len(scores) else edges
        said = np.add.reduceat(scores, inner)[::2] / (lasts - firsts)[:, None]
        base, vowel, tone = np.split(said, (bases, bases + vowels), axis=1)
        base[:, NONE] = -np.inf
        shares = [_shares(part) for part in (base, vowel, tone)]
        best = [part.argmax(axis=1).tolist() for part in shares]
        sure = [part.max(axis=1).tolist() for part in shares]
        x0, x1 = ((x * FRAME - SIDE) / enlarged for x in _places(firsts, lasts))
        places = np.clip((x0, x1), 0, width).T.tolist()
        clusters = []
        for n, (left, right) in enumerate(places):
            parts = Parts(*(part[n] for part in best))
            confidence = sure[0][n]
            if self._alphabet.bears_marks(parts.base):
                confidence *= sure[1][n] * sure[2][n]
            clusters.append(Cluster(self._alphabet.text(parts), left, right, confidence))
        return Reading(_as_written(_without_outer_spaces(clusters)))


def _batches(order: list[int], widths: list[int]) -> Iterator[list[int]]:
    """Cut lines, from the narrowest, into groups that are read at once."""
    group: list[int] = []
    for n, width in zip(order, widths, strict=True):
        if group and (len(group) + 1) * width > _COLUMNS:
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _shares(scores: Scores) -> Scores:
    """Turn scores into shares that are 1 in all."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    whole: Scores = raised / raised.sum(axis=1, keepdims=True)
    return whole


def _places(firsts: Any, lasts: Any) -> tuple[Any, Any]:
    """Return where clusters begin and end, in frames, from the frames that name them."""
    middle, half = (firsts + lasts) / 2, (lasts - firsts) / 2 * _REACH
    between = (lasts[:-1] + firsts[1:]) / 2
    x0 = np.maximum(middle - half, np.concatenate(([0.0], between)))
    x1 = np.minimum(middle + half, np.concatenate((between, [np.inf])))
    return x0, x1


def _without_outer_spaces(clusters: list[Cluster]) -> tuple[Cluster, ...]:
    solid = [n for n, cluster in enumerate(clusters) if cluster.text != _SPACE]
    return tuple(clusters[solid[0] : solid[-1] + 1]) if solid else ()


def _as_written(clusters: tuple[Cluster, ...]) -> tuple[Cluster, ...]:
    """Read Latin letters that look like Thai ones, and touch Thai alone, as those.

    Thin type has one stroke for I and for sara e, and two for sara ae. The ring of sara am is no
    mai chattawa, which never stands before it. A Thai zero among Latin letters or Arabic digits is
    a small o, and so is an Arabic one within a word or an address.
    """
    made = [
        cluster._replace(text=_SMALL_O)
        if (cluster.text == _THAI_ZERO and _is_among_latin(clusters, n))
        or (cluster.text == _ZERO and _is_in_word(clusters, n))
        else cluster
        for n, cluster in enumerate(clusters)
    ]
    for n in range(len(made) - 2, -1, -1):
        if made[n + 1].text == _SARA_AM:
            made[n] = made[n]._replace(text=made[n].text.removesuffix(_CHATTAWA))
        if made[n].text not in _LIKE_THAI or not _is_thai(made[n + 1].text):
            continue
        start = n
        while start and made[start - 1].text in _LIKE_THAI:
            start -= 1
        if start and made[start - 1].text.isascii() and made[start - 1].text.isalnum():
            continue  # a Latin word right before a Thai one
        thai = _LIKE_THAI[made[n].text]
        made[n] = made[n]._replace(text=thai)
        if thai == made[n + 1].text == _SARA_E:
            made[n : n + 2] = [made[n]._replace(text=_SARA_AE, x1=made[n + 1].x1)]
    return tuple(made)


def _is_among_latin(clusters: Sequence[Cluster], place: int) -> bool:
    around = [
        one.text for one in (*clusters[max(place - 1, 0) : place], *clusters[place + 1 :][:1])
    ]
    return any(text.isascii() and text.isalnum() for text in around) and not any(
        text in THAI_DIGITS for text in around
    )


def _is_in_word(clusters: Sequence[Cluster], place: int) -> bool:
    before, after = clusters[max(place - 1, 0) : place], clusters[place + 1 : place + 2]
    is_behind_letter = any(one.text.isascii() and one.text.islower() for one in before)
    return is_behind_letter and any(
        (one.text.isascii() and one.text.islower()) or one.text in _IN_ADDRESS for one in after
    )


def _is_thai(text: str) -> bool:
    return "\u0e01" <= text[0] <= "\u0e44"
