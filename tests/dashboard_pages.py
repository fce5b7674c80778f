"""Dashboards for tests: of the sample reports, and of the same tables with names that attack."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from datasets import make_dataset

from analyze.dashboard import RECORDS, Dashboard, dashboard
from analyze.observed import observed
from analyze.tables import tables
from normalize.catalogue import catalogue
from prongsai.pipeline import load_registry
from prongsai.store import Store

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
AGENCY = "X000001"
"""The code of the sample agency that is renamed; its reports are of 2564 to 2567."""

HOSTILE = (
    "</script><img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
)

Frames = dict[str, pd.DataFrame]


@cache
def sample_records() -> Frames:
    """The record tables of the text reports of data/raw."""
    with TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        raw.mkdir()
        for path in RAW.iterdir():
            if path.suffix in (".txt", ".md", ".html", ".csv"):
                shutil.copy(path, raw)
        make_dataset([raw], out)
        return {name: Store(out).table(name) for name in RECORDS}


def renamed(records: Frames, column: str, name: str) -> Frames:
    """The same tables with another name for the agency, in that column."""
    found = {}
    for table, frame in records.items():
        if column in frame:
            frame = frame.copy()
            frame.loc[frame["agency_code"] == AGENCY, column] = name
        found[table] = frame
    return found


def without(records: Frames, *emptied: str) -> Frames:
    """The same tables, some of them empty."""
    return records | {name: catalogue().table(name).frame([]) for name in emptied}


def made(records: Frames) -> tuple[Dashboard, Frames]:
    """The dashboard of these records, and the comparisons that it shows."""
    registry = load_registry(RAW / "agencies.csv").frame()
    of_agency = records["documents"].query("agency_code == @AGENCY")
    if len(of_agency):
        names = ["agency_name", "district"]
        registry.loc[registry["agency_code"] == AGENCY, names] = of_agency[names].iloc[0].tolist()
    compared = tables(records, registry)
    return dashboard(records, compared, observed(records["items"])), compared
