"""What reads the lines of a page picture: the interface that every engine has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

# A grey picture: rows by columns, 0 is black and 255 is the white of the paper.
Grey = np.ndarray[Any, np.dtype[np.uint8]]


class Cluster(NamedTuple):
    """A character with its marks, or a space, where it stands in the picture of its line.

    ``x0`` and ``x1`` are in pixels from the left edge of that picture. ``confidence`` is the
    share of such clusters, from 0 to 1, that are right.
    """

    text: str
    x0: float
    x1: float
    confidence: float


class Reading(NamedTuple):
    """What an engine reads on a line: its clusters, from the left, Thai in the order of writing."""

    clusters: tuple[Cluster, ...]

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(cluster.text for cluster in self.clusters)


class Engine(Protocol):
    """Reads lines of text."""

    @property
    def name(self) -> str:
        """The engine and its version, as it stands in the dataset's history."""

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        """Read pictures of one line of text each, whose rules are taken out.

        A line that holds no text gives a reading without clusters. Raises EngineError.
        """


class EngineError(RuntimeError):
    """An engine that is missing, hangs or fails; the message says what to do next."""
