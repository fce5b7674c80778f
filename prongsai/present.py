"""What a person opens beside the dashboard: the workbook and the pictures of a dataset."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analyze.frames import YEAR
from analyze.observed import observed
from prongsai.store import Store

Frames = Mapping[str, pd.DataFrame]


def present(store: Store, records: Frames, tables: Frames) -> None:
    """Write the workbook and the pictures of a dataset: its records and comparisons."""
    # Altair and the renderer take a second to load, which most commands need not wait for.
    from analyze.figures import figures
    from analyze.pictures import draw
    from analyze.workbook import workbook

    latest = tables["completeness"][YEAR].max()
    items = records["items"]
    seen = observed(items[items[YEAR].eq(latest).fillna(False)])
    store.save_workbook(workbook(records, tables, seen, store.made_by()))
    pictures: dict[str, str | bytes] = {}
    for name, chart in figures(tables, seen).items():
        pictures[f"{name}.svg"], pictures[f"{name}.png"] = draw(chart)
    store.save_figures(pictures)
