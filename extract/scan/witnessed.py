"""An engine whose digits a second reader must agree with: those that it does not are unsure."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scan.digits import DIGITS, Digits, seconded
from extract.scan.engine import Cluster, Engine, Grey, Reading
from extract.scan.heights import with_thai_zeros
from extract.scan.numbering import FIRST, THAI_FIRST, with_first_numbers
from extract.unsure import doubted

# A digit that both readers together are less sure of does not enter a table; see docs/scans.md.
SURE = 0.9


class Witnessed:
    """Reads lines by an engine, and their digits once more by a reader that knows nothing of it."""

    def __init__(self, engine: Engine, digits: Digits) -> None:
        self._engine = engine
        self._digits = digits

    @property
    def name(self) -> str:
        """Both readers and their versions."""
        return f"{self._engine.name}, {self._digits.name}"

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        """Read lines; digits that are not sure come as :func:`extract.unsure.doubted` ones."""
        readings = [
            Reading(tuple(with_thai_zeros(line, reading.clusters)))
            for line, reading in zip(lines, self._engine.read(lines), strict=True)
        ]
        proposed = with_first_numbers(lines, readings)
        made = self._seconded(lines, proposed)
        kept = [
            new if new is as_read or _is_first(seen) else as_read
            for as_read, new, seen in zip(readings, proposed, made, strict=True)
        ]
        return made if kept == proposed else self._seconded(lines, kept)

    def _seconded(self, lines: Sequence[Grey], readings: Sequence[Reading]) -> list[Reading]:
        witnesses = self._digits.witnesses(lines, readings)
        return [
            Reading(tuple(map(_settled, seconded(reading, seen).clusters)))
            for reading, seen in zip(readings, witnesses, strict=True)
        ]


def _is_first(reading: Reading) -> bool:
    return not {FIRST, THAI_FIRST}.isdisjoint(cluster.text for cluster in reading.clusters[:2])


def _settled(cluster: Cluster) -> Cluster:
    if cluster.text in DIGITS and cluster.confidence < SURE:
        return cluster._replace(text=doubted(cluster.text))
    return cluster
