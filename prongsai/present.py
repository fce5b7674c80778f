"""What a person opens beside the dashboard: the workbook and the pictures of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from analyze.sources import gathered
from prongsai.records import Records
from prongsai.store import Store


def present(
    store: Store, records: Records, tables: Mapping[str, pd.DataFrame], seen: pd.DataFrame
) -> None:
    """Write the workbook and the pictures of a dataset: its records and comparisons.

    ``seen`` is what :func:`analyze.observed.observed` settles of items.
    """
    # Altair and the renderer take a second to load, which most commands need not wait for.
    from analyze.figures import figures
    from analyze.pictures import draw
    from analyze.workbook import DOUBT, SHEET_ROWS, first_doubts, workbook

    documents = records.frames["documents"]
    first = partial(first_doubts, documents=documents, most=SHEET_ROWS)
    doubts = gathered(store.chunks("review", ("document_id", *DOUBT)), first)
    told = records.frames | {"review": doubts}
    store.save_workbook(workbook(told, tables, seen, records.rows, store.made_by()))
    pictures: dict[str, str | bytes] = {}
    for name, chart in figures(tables, seen).items():
        pictures[f"{name}.svg"], pictures[f"{name}.png"] = draw(chart)
    store.save_figures(pictures)
