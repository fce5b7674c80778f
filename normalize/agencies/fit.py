"""Fit a segment of a damaged text to a row of parts (type, name, district, province).

The fewest edits over all rows that the segment may hold say which it holds; the segment is then
divided so that the edits can be counted by part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from normalize.agencies.segments import Segment

LEAST_ALIKE = 0.6
"""A district or province that is less alike is another one."""
MAX_EDITS = 3
"""Edits of a segment, but no more than a third of its letters; in a long one a quarter of them."""
MIN_GLUED = 4
"""Shortest key of a place that may stand without a label and without a gap before it."""
SHORT_TYPE = 3
"""Longest key of a type that is an abbreviation."""


class Part(NamedTuple):
    """A part with its key; ``kind`` is T type, n name, d district or p province.

    ``word`` says of a type how it is named, and ``long`` is its long form, before an abbreviation.
    """

    kind: str
    key: str
    word: str = ""
    long: str = ""


class Piece(NamedTuple):
    """A part and the stretch of a segment that stands for it, with the edits between the two."""

    part: Part
    start: int
    stop: int
    slips: int

    @property
    def alike(self) -> float:
        """Share of a place that is alike, 0 where it is another place."""
        share = 1 - self.slips / len(self.part.key)
        return share if share >= LEAST_ALIKE else 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A segment with the row of parts nearest to it; without pieces where none is near."""

    segment: Segment
    edits: int
    pieces: tuple[Piece, ...] = ()

    def piece(self, kind: str) -> Piece | None:
        """Return the piece of a kind, if the row has it."""
        return next((piece for piece in self.pieces if piece.part.kind == kind), None)

    def said(self, piece: Piece) -> str:
        """Return the key of what the segment has for a piece."""
        return self.segment.key[piece.start : piece.stop]

    def raw(self, piece: Piece) -> str:
        """Return what the text has for a piece."""
        start = self.segment.start
        return self.segment.text.raw(start + piece.start, start + piece.stop)

    @property
    def is_legible(self) -> bool:
        """Whether each piece has so few slips that it can be meant."""
        return all(self._is_legible(piece) for piece in self.pieces)

    def _is_legible(self, piece: Piece) -> bool:
        size, slips, kind = len(piece.part.key), piece.slips, piece.part.kind
        if kind == "n":
            return slips <= max(size > 1, size // 3)
        gaps, start = self.segment.text.gap, self.segment.start
        if kind in "dp":
            if piece.start == 0 and self.segment.kind:
                return True
            is_apart = gaps[start + piece.start] > 0
            return slips <= size // 4 if is_apart else not slips and size >= MIN_GLUED
        if not slips:
            return True
        if size <= SHORT_TYPE:
            said = len(self.said(piece))
            is_long = said >= SHORT_TYPE == size and gaps[start + piece.start] > 0
            return slips == 1 and said > 1 and (is_long or gaps[start + piece.stop] > 0)
        if self.segment.key.startswith(piece.part.long, piece.start):
            is_apart = gaps[start + piece.stop] > 0
            return is_apart and slips <= int(piece.part.key != piece.part.long)
        return slips <= size // 5


def fit(segment: Segment, rows: tuple[str, ...], parts: Mapping[str, tuple[Part, ...]]) -> Fit:
    """Return the row of parts nearest to a segment."""
    key = segment.key
    size = len(key)
    limit = max(1, min(MAX_EDITS, (size + 1) // 3), size // 4)
    best: tuple[Part, ...] = ()
    for row in rows:
        for made in product(*[parts[kind] for kind in row]):
            text = "".join([part.key for part in made])
            if abs(len(text) - size) > limit:
                continue
            edits = OSA.distance(text, key, score_cutoff=limit)
            if edits < limit or (edits == limit and not best):
                limit, best = edits, made
    return Fit(segment, limit, _divided(key, best, limit)) if best else Fit(segment, size)


def _divided(key: str, parts: tuple[Part, ...], edits: int) -> tuple[Piece, ...]:
    """Divide a key among parts with the fewest edits; in doubt they are the name's."""
    ends: dict[int, tuple[int, int, tuple[Piece, ...]]] = {0: (0, 0, ())}
    for number, part in enumerate(parts):
        reached: dict[int, tuple[int, int, tuple[Piece, ...]]] = {}
        for start, (before, of_name, pieces) in ends.items():
            stop = start + len(part.key)
            stops = range(max(start, stop - edits), min(len(key), stop + edits) + 1)
            for end in (len(key),) if number == len(parts) - 1 else stops:
                slips = OSA.distance(part.key, key[start:end]) if edits else 0
                named = of_name - slips * (part.kind == "n")
                found = (before + slips, named, (*pieces, Piece(part, start, end, slips)))
                if end not in reached or found[:2] < reached[end][:2]:
                    reached[end] = found
        ends = reached
    return ends[len(key)][2]
