"""Glyphs to train the reader of digits on, cut out of worn lines with the code of a run."""

from __future__ import annotations

import multiprocessing as mp
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import cv2
import numpy as np

from extract.scan.alphabet import Alphabet
from extract.scan.digits import DIGITS, LOOKALIKES
from extract.scan.engine import Cluster, Grey
from extract.scan.glyph_cuts import SIDE, cut
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from training import texts
from training.fonts import faces
from training.lines import Printer
from training.wear import scanned

# Glyphs that look like digits, worn or cut badly; with these apart, the rest is one class.
_LATIN = "DQSsBbZzGgqT"
_LETTERS = "คดตถลวองทธรหฐจฉบษฒฑๆฯ"
_SIGNS = ".,-/:()%"
CLASSES = DIGITS + LOOKALIKES + _LATIN + _LETTERS + _SIGNS
OTHER = len(CLASSES)
_OTHERS = 0.15  # share of the other clusters of a line that are taken
# Shares of a cluster's width: how far an engine's ends of it are off.
_OFF = 0.1
# Pixels that a letter is high, down to small print at 200 dots per inch; the power of a share of
# the way (in logarithms) from the smallest to the largest makes more lines small.
_BODIES, _RATHER_SMALL = (4.5, 30.0), 1.4
# Shares of the clusters that an engine misses, and of the pairs of digits that it takes for one.
_MISSED, _TAKEN_FOR_ONE = 0.02, 0.05

Labels = np.ndarray[Any, np.dtype[np.uint8]]


class Glyphs(NamedTuple):
    """Glyphs, two pictures each, and the class of each."""

    pictures: Grey
    labels: Labels


def _digits(rng: Random) -> str:
    return texts.digits(rng)


def _alike(rng: Random) -> str:
    """Return what looks like digits, alone or among digits of its own script."""
    which, among = rng.choice(
        ((LOOKALIKES + _LATIN, ARABIC_DIGITS), (_LETTERS, THAI_DIGITS), (CLASSES, ""))
    )
    pool = which + rng.choice((among, ""))
    text = "".join(rng.choice(pool) for _ in range(rng.randint(1, 10)))
    return "".join(letter for letter in text if Alphabet.load().can_write(letter))


def _spaced(rng: Random) -> str:
    """Return a column of single digits, or a code of a letter and digits."""
    if rng.random() < 0.5:
        return rng.choice(("O", "0", "๐", "o")) + texts.digits(rng, 2)
    return " ".join(texts.digits(rng, 2) for _ in range(rng.randint(1, 4)))


_KINDS: tuple[tuple[Callable[[Random], str], float], ...] = (
    (texts.number, 0.38),
    (texts.noted, 0.06),
    (_digits, 0.22),
    (_alike, 0.16),
    (_spaced, 0.06),
    (lambda rng: texts.line(rng, 30), 0.12),
)


class Maker:
    """Makes glyphs of a seed, in the fonts of a folder, with letters between two heights."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        bodies: tuple[float, float] = _BODIES,
        *,
        is_kept_aside: bool = False,
    ) -> None:
        self._bodies = bodies
        self._random, self._numbers = Random(seed), np.random.default_rng(seed)  # noqa: S311
        found = faces(folder, is_kept_aside=is_kept_aside)
        self._shares = [face.share**0.5 for face in found]
        self._printers = [
            [Printer(face, folder, latin=latin) for latin in (None, 0, 1)] for face in found
        ]

    def line(self) -> tuple[str, Grey, list[Cluster]]:
        """Return a text, its worn crop, and its clusters as an engine would place them."""
        kinds, weights = zip(*_KINDS, strict=True)
        text = ""
        while not (text and Alphabet.load().can_write(text)):
            text = " ".join(self._random.choices(kinds, weights)[0](self._random).split())[:40]
        printers = self._random.choices(self._printers, self._shares)[0]
        printer = self._random.choices(printers, (0.8, 0.1, 0.1))[0]
        printed = printer.print(text, self._random)
        least, most = np.log(self._bodies)
        body = float(np.exp(least + (most - least) * self._numbers.random() ** _RATHER_SMALL))
        crop = scanned(printed, self._numbers, body)
        alphabet = Alphabet.load()
        width = np.maximum(crop.boxes[:, 1:] - crop.boxes[:, :1], 1)
        boxes = crop.boxes + self._numbers.normal(0, _OFF, crop.boxes.shape) * width
        clusters = [
            Cluster(alphabet.text(parts), min(box), max(box), 1.0)
            for parts, box in zip(printed.parts, boxes.tolist(), strict=True)
        ]
        return text, crop.grey, clusters

    def glyphs(self, lines: int) -> Glyphs:
        """Make the glyphs of so many lines."""
        pictures, labels = [np.zeros((0, 2, SIDE, SIDE), np.uint8)], []
        for _ in range(lines):
            _, grey, clusters = self.line()
            clusters = self._misread(clusters)
            wanted = [n for n, cluster in enumerate(clusters) if self._is_taken(cluster)]
            if not wanted or not grey.size:
                continue
            cuts = cut(grey, clusters, wanted)
            pictures.append(cuts.glyphs)
            labels += [label(clusters[n].text) for n in cuts.clusters]
        return Glyphs(np.concatenate(pictures), np.array(labels, np.uint8))

    def _misread(self, clusters: list[Cluster]) -> list[Cluster]:
        """Drop clusters and join pairs of digits, as an engine does now and then."""
        made: list[Cluster] = []
        for cluster in clusters:
            chance = self._random.random()
            is_pair = bool(made) and made[-1].text in DIGITS and cluster.text in DIGITS
            if is_pair and chance < _TAKEN_FOR_ONE:
                made[-1] = Cluster(made[-1].text + cluster.text, made[-1].x0, cluster.x1, 1.0)
            elif cluster.text in DIGITS or chance < 1 - _MISSED:
                made.append(cluster)
        return made

    def _is_taken(self, cluster: Cluster) -> bool:
        if cluster.text == " ":
            return False
        return any(letter in DIGITS for letter in cluster.text) or (
            label(cluster.text) != OTHER or self._random.random() < _OTHERS
        )


def label(text: str) -> int:
    """Return the class of a cluster."""
    return CLASSES.index(text) if len(text) == 1 and text in CLASSES else OTHER


def _made(folder: Path, seed: int, lines: int) -> Glyphs:
    cv2.setNumThreads(1)
    return Maker(folder, seed).glyphs(lines)


def made(folder: Path, seed: int, lines: int, workers: int) -> Glyphs:
    """Make the glyphs of so many lines, shared out among processes of a seed each."""
    with mp.get_context("spawn").Pool(workers) as pool:
        parts = pool.starmap(
            _made, [(folder, seed * 1000 + n, lines // workers) for n in range(workers)]
        )
    return Glyphs(*(np.concatenate(same) for same in zip(*parts, strict=True)))
