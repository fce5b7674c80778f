"""Frames as plain columns, and plain columns as text that a page can carry."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analyze.frames import AGENCY

Columns = dict[str, list[Any]]


def columns(frame: pd.DataFrame, names: Iterable[str]) -> Columns:
    """Return the named columns of a frame as lists of plain values, None where not known."""
    found: Columns = {}
    for name in names:
        column = frame[name]
        found[name] = column.astype(object).where(column.notna(), None).tolist()
    return found


def taken(source: Columns, rows: Iterable[int]) -> Columns:
    """Return the rows at these positions."""
    places = list(rows)
    return {name: [values[n] for n in places] for name, values in source.items()}


def packed(content: object) -> str:
    """Return content as JSON, compressed, in the letters of base64: no text of a report shows.

    The same content gives the same text.
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def agency_keys(frame: pd.DataFrame) -> pd.Series:
    """Return what an agency is known by: its code, or what else is told of one without."""
    keys = frame["agency_code"].astype("string")
    without = frame.loc[keys.isna(), AGENCY[1:]].astype("string").fillna("")
    if len(without):
        keys = keys.fillna(without.agg(" ".join, axis=1))
    return keys
