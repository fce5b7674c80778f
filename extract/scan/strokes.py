"""Straight strokes of a page, from which its rules are found."""

from __future__ import annotations

from typing import NamedTuple

# Points: no rule of a table is so near to the edge of the paper, but its shadow is.
EDGE = 12.0
# Points: a rule ends at one across it if it comes so near.
TOUCH = 3.0


class Piece(NamedTuple):
    """A straight stroke in pixels: from ``start`` to ``end`` along, ``low`` to ``high`` across."""

    at: float
    start: int
    end: int
    low: int
    high: int
    is_even: bool


def is_inside(at: float, size: int, point: float) -> bool:
    """Say whether a stroke does not lie along the edge of the paper."""
    return EDGE * point <= at <= size - EDGE * point
