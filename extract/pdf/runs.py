"""Runs of text on one line: the clusters of a page cut at line ends, wide gaps and rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from extract.pdf.arrays import Bools, Floats, Integers, places_of

# In em, of the text before: a wider gap is a space, and a still wider one parts two runs.
SPACE, PART = 0.17, 1.0
# In em: text that begins so far behind the end of the text before it begins a run.
BACK = 0.45
# In em: a digit reaches no further over the next; amounts that are too wide for their columns do.
LAPPED = 0.15
# In em: characters of a run stand on one line.
LEVEL = 0.12
# In em: how far Thai reaches above and below its baseline.
ASCENT, DESCENT = 0.9, 0.25
_SARA_AM = "\u0e33"


@dataclass(slots=True)
class Run:
    """A piece of text on one line, in points of the page's frame; ``y`` is its baseline.

    ``size`` is the type size in points. ``first`` and ``last`` (exclusive) are its glyphs, by their
    place in :class:`Glyphs`.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: int
    last: int

    @property
    def middle(self) -> float:
        """The place half way between its ends."""
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        """Where the ink of a usual Thai font may begin, marks included."""
        return self.y - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Where the ink of a usual Thai font may end, marks included."""
        return self.y + DESCENT * self.size


@dataclass(slots=True)
class Glyphs:
    """The clusters of a page (a character with its marks) in drawn order, as arrays.

    ``text`` is that of all, and ``starts`` says where in it each begins, and at last where it ends.
    ``confidence`` is how sure each is, from 0 to 1, where they were read from a picture.
    """

    text: str
    starts: Integers
    x0: Floats
    x1: Floats
    y: Floats
    size: Floats
    is_space: Bools
    confidence: Floats | None = None

    @property
    def texts(self) -> list[str]:
        """The text of each cluster."""
        return [self.text[start:end] for start, end in pairwise(self.starts.tolist())]

    def least_confidence(self, runs: Iterable[Run]) -> float | None:
        """Return how sure the least sure cluster of runs is; None for text that is known."""
        if self.confidence is None:
            return None
        least = (float(self.confidence[run.first : run.last].min()) for run in runs)
        return min(least, default=None)

    def runs(self) -> list[Run]:
        """Cut the page at line ends, wide gaps and steps back; runs of spaces are left out."""
        solid = places_of(~self.is_space)
        if not len(solid):
            return []
        before, after = solid[:-1], solid[1:]
        size = self.size[before]
        gap = self.x0[after] - self.x1[before]
        is_level = np.abs(self.y[after] - self.y[before]) <= LEVEL * size
        steps_back = is_level & (gap < -LAPPED * size)
        for n in places_of(steps_back).tolist():
            last, first = (self.text[self.starts[where[n]]] for where in (before, after))
            are_digits = last.isdigit() and first.isdigit()
            is_far = gap[n] < -BACK * size[n] and first != _SARA_AM  # which begins no word
            steps_back[n] = are_digits or is_far
        cuts = places_of(~is_level | (gap > PART * size) | steps_back)
        firsts = np.concatenate((solid[:1], after[cuts]))
        return self.made(firsts, np.concatenate((before[cuts] + 1, solid[-1:] + 1)))

    def made(self, firsts: Integers, lasts: Integers) -> list[Run]:
        """Make runs of the clusters from each of ``firsts`` to before each of ``lasts``."""
        end = lasts[-1]
        left = np.where(self.is_space[:end], np.inf, self.x0[:end])
        right = np.where(self.is_space[:end], -np.inf, self.x1[:end])
        wide = self.x0[1:] - self.x1[:-1] > SPACE * self.size[1:]
        wide &= ~(self.is_space[1:] | self.is_space[:-1])
        count = np.concatenate(([0], np.cumsum(wide)))
        texts = [
            self.text[start:end]
            for start, end in zip(
                self.starts[firsts].tolist(), self.starts[lasts].tolist(), strict=True
            )
        ]
        for n in places_of(count[lasts - 1] > count[firsts]).tolist():
            texts[n] = self._spaced(int(firsts[n]), int(lasts[n]))
        columns = (
            np.minimum.reduceat(left, firsts),
            np.maximum.reduceat(right, firsts),
            self.y[firsts],
            self.size[firsts],
            firsts,
            lasts,
        )
        return list(map(Run, texts, *(column.tolist() for column in columns)))

    def _spaced(self, first: int, last: int) -> str:
        """Return the text of a run with a space in each gap that no drawn space fills.

        Letters that are set apart have a gap each: among them only a much wider one is a space.
        """
        gaps = self.x0[first + 1 : last] - self.x1[first : last - 1]
        usual = max(0.0, median(gaps.tolist()))
        size = self.size[first:last]
        wide = gaps > np.maximum(SPACE * size[1:], 2.0 * usual + SPACE / 2 * size[1:])
        blank = self.is_space[first:last]
        wide &= ~(blank[1:] | blank[:-1])
        cuts = self.starts[[first, *(first + 1 + places_of(wide)).tolist(), last]].tolist()
        return " ".join(self.text[start:end] for start, end in pairwise(cuts))

    def cut(self, run: Run, x: float) -> list[Run]:
        """Cut a run at an upright rule, between the clusters whose middles lie on either side."""
        middle = (self.x0[run.first : run.last] + self.x1[run.first : run.last]) / 2
        at = run.first + int(np.searchsorted(middle, x))
        return [piece for ends in ((run.first, at), (at, run.last)) for piece in self._piece(*ends)]

    def _piece(self, first: int, last: int) -> list[Run]:
        solid = first + places_of(~self.is_space[first:last])
        return self.made(solid[:1], solid[-1:] + 1)[:1] if len(solid) else []
