"""What a maker of a hostile file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

# Makes a file, whole or (what is large) in pieces; the number is the scale, 1 for the worst.
Maker = Callable[[float], bytes | Iterator[bytes]]


def times(most: int, scale: float, least: int = 2) -> int:
    """Return a count at a scale."""
    return max(least, round(most * scale))
