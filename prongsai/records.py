"""What `analyze` takes of the record tables: read so that any number of reports fits in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from analyze.sources import KEPT, REPEATED, SOURCES, gathered
from prongsai.store import Store


@dataclass(slots=True)
class Records:
    """Record tables by name, with the columns and rows that are needed, and the rows of each."""

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def read_records(store: Store) -> Records:
    """Read what comparisons need, and what is told of reports, doubts and decisions besides."""
    from analyze.dashboard import OVERALL  # Altair takes half a second to load

    records = Records()
    for name, keep in KEPT.items():
        records.frames[name] = gathered(_counted(store, records, name), keep)
    told = {name: {*SOURCES.get(name, ()), *OVERALL[name]} for name in OVERALL if name not in KEPT}
    for name, columns in (told | {"decisions": {"decided_at"}}).items():
        records.frames[name] = store.table(name, columns)
        records.rows[name] = len(records.frames[name])
    return records


def _counted(store: Store, records: Records, name: str) -> Iterator[pd.DataFrame]:
    """Yield the parts of a table; their rows are counted."""
    records.rows[name] = 0
    for part in store.chunks(name, SOURCES[name], REPEATED):
        records.rows[name] += len(part)
        yield part
