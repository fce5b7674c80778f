"""Columns of the catalogue's tables from small lists and positions in them: fast and typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from normalize.catalogue import catalogue
from normalize.catalogue.frames import DTYPES

_HEX = np.frombuffer(b"".join(b"%02x" % byte for byte in range(256)), dtype=np.dtype((np.uint8, 2)))


def drawn(values: Sequence[object], positions: Any, dtype: str = "string") -> Any:
    """Return ``values`` at ``positions`` (-1: not known) as an array of a nullable dtype."""
    array = pd.array(list(values) or [None], dtype=dtype)
    return array.take(np.asarray(positions), allow_fill=True)


def identifiers(seed: int, stream: int, count: int) -> Any:
    """Return 16 hexadecimal digits for each row of a table (``stream``); no two are the same.

    SplitMix64: a counter times an odd constant, mixed by steps that can be undone.
    """
    with np.errstate(over="ignore"):
        start = np.uint64(seed * 0x1000003 + stream) << np.uint64(32)
        mixed = (np.arange(count, dtype=np.uint64) + start) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    octets = mixed.astype(">u8").view(np.uint8).reshape(count, 8)
    return _HEX[octets].reshape(count, 16).view("S16").ravel().astype("U16").astype(object)


def table(name: str, rows: int, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a table of the catalogue; columns that are not given are empty."""
    fields = catalogue().table(name).fields
    unknown = set(columns) - {field.name for field in fields}
    if unknown:
        raise ValueError(f"table {name} has no columns {sorted(unknown)}")
    made = {}
    for field in fields:
        dtype = DTYPES[field.type]
        if field.name in columns:
            made[field.name] = pd.array(columns[field.name], dtype=dtype)
        else:
            made[field.name] = drawn([None], np.full(rows, -1), dtype)
    return pd.DataFrame(made)
