"""Several reports of each: more files of the same agencies and years, which mostly say the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.country.columns import drawn, identifiers
from benchmarks.country.dataset import Country
from benchmarks.country.reports import WRITTEN

CHANGED = 0.05
"""Share of the items in a further report that say something else, whatever."""
_STREAMS = {name: 10 + n for n, name in enumerate(("document_id", "observation_id", "review_id"))}


def repeated(country: Country, times: int, seed: int) -> Country:
    """Return a country with ``times`` files for each file of this one, under other names and ids.

    What is known to be true is known of the first files only.
    """
    turns = [country.tables, *(_again(country.tables, turn, seed) for turn in range(1, times))]
    tables = {
        name: pd.concat([tables[name] for tables in turns], ignore_index=True)
        for name in country.tables
    }
    return replace(country, tables=tables)


def _again(tables: dict[str, pd.DataFrame], turn: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return the tables of the files of a further turn."""
    rng = np.random.default_rng([seed, 10, turn])
    ids = {
        name: _other_ids(
            pd.concat([t[name] for t in tables.values() if name in t]), seed, stream + 10 * turn
        )
        for name, stream in _STREAMS.items()
    }
    made = {}
    for name, table in tables.items():
        other = {column: table[column].map(ids[column]) for column in ids if column in table}
        if "source_file" in table:
            other["source_file"] = f"turn-{turn}/" + table["source_file"]
        made[name] = table.assign(**{c: v.astype("string") for c, v in other.items()})
    items = made["items"]
    is_changed = rng.random(len(items)) < CHANGED
    said = drawn(WRITTEN, rng.integers(0, len(WRITTEN), len(items)))
    made["items"] = items.assign(status=items["status"].mask(is_changed, said))
    return made


def _other_ids(ids: pd.Series, seed: int, stream: int) -> pd.Series:
    """Return another identifier for each, by the identifier that it has."""
    known = ids.dropna().unique()
    return pd.Series(identifiers(seed, stream, len(known)), index=pd.Index(known))
