"""What is held of the record tables: it does not grow with reports, and nothing comes out else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pytest
from record_frames import DOCUMENT, OTHER_DOCUMENT, items

from analyze import sources
from analyze.observed import observed, telling
from analyze.sources import KEPT, REPEATED, SOURCES, gathered
from analyze.tables import tables
from benchmarks.country import make_country
from benchmarks.country.dataset import choose_agencies
from benchmarks.country.repeats import repeated
from benchmarks.country.variants import make_variant
from normalize.agencies.registry import Registry

ITEM = {"item_no": 1, "concept_id": "c", "item_name": "ก"}


@cache
def country() -> dict[str, pd.DataFrame]:
    """Return the records of 24 agencies, three files of each report; some texts are copied."""
    chosen = choose_agencies(24, ("ตรัง", "ระนอง"))
    records = repeated(make_country(chosen, (2564, 2565, 2566), 5), 3, 5).tables
    texts = records["measures"]["measure"]
    is_copied = pd.Series(texts.index % 5 == 0)
    records["measures"]["measure"] = texts.mask(is_copied, max(texts, key=len))
    return records


def parts(table: pd.DataFrame, name: str, rows: int) -> Iterator[pd.DataFrame]:
    """Yield a table as it is read: some rows at a time, repeated texts as categories."""
    for start in range(0, max(len(table), 1), rows):
        part = table[list(SOURCES[name])].iloc[start : start + rows].reset_index(drop=True)
        texts = part.select_dtypes("string").columns
        yield part.astype({column: "category" for column in texts if column in REPEATED})


def held(records: dict[str, pd.DataFrame], rows: int) -> dict[str, pd.DataFrame]:
    return {name: gathered(parts(records[name], name, rows), keep) for name, keep in KEPT.items()}


@pytest.mark.parametrize("rows", [150, 10_000])
def test_what_is_held_gives_the_same_tables(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(sources, "_WAITING_ROWS", 2 * rows)
    records, registry = country(), Registry.load().frame()
    made = tables(records | held(records, rows), registry)
    for name, expected in tables(records, registry).items():
        assert len(expected)
        pd.testing.assert_frame_equal(made[name], expected)


@pytest.mark.parametrize("variant", ["hostile", "nothing", "two-reports"])
def test_it_does_so_for_odd_tables(monkeypatch: pytest.MonkeyPatch, variant: str) -> None:
    monkeypatch.setattr(sources, "_WAITING_ROWS", 50)
    records, registry = make_variant(variant, 3).tables, Registry.load().frame()
    made = tables(records | held(records, 20), registry)
    for name, expected in tables(records, registry).items():
        pd.testing.assert_frame_equal(made[name], expected)


def test_rows_in_any_order_and_agencies_without_a_code() -> None:
    records = {name: frame.copy() for name, frame in country().items()}
    for name, frame in records.items():
        if "agency_code" in frame and name != "documents":
            is_lost = frame["province"].eq("ระนอง").fillna(False)
            frame.loc[is_lost, "agency_code"] = pd.NA
            records[name] = frame.sample(frac=1, random_state=4).reset_index(drop=True)
    registry = Registry.load().frame()
    made = tables(records | held(records, 1000), registry)
    for name, expected in tables(records, registry).items():
        pd.testing.assert_frame_equal(made[name], expected)


def test_reports_that_say_the_same_are_held_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_WAITING_ROWS", 30)
    listed = [{"item_no": n, "concept_id": f"c{n}", "status": "complete"} for n in range(1, 41)]
    reports = [{"document_id": f"{n:016x}"} for n in range(5)]
    table = items(*(report | item for report in reports for item in listed))
    kept = gathered(parts(table, "items", 25), KEPT["items"])
    # Of each further report one row: it says that there is one more.
    assert len(kept) == len(listed) + len(reports) - 1
    assert observed(kept)["n_documents"].tolist() == [5] * len(listed)


def test_the_first_row_of_each_status_and_of_each_report_is_telling() -> None:
    table = items(
        *({**ITEM, "status": status} for status in ("complete", "complete", "missing", None)),
        {**ITEM, "status": "missing", "document_id": OTHER_DOCUMENT},
        {**ITEM, "status": "missing", "document_id": OTHER_DOCUMENT},
        {**ITEM, "status": "missing", "item_list_year_be": 2565},
        {**ITEM, "status": "partial", "match_status": "review"},
        {**ITEM, "status": "partial", "agency_name": None, "agency_code": None},
    )
    assert telling(table).tolist() == [
        *(True, False, True, True),
        *(True, False),
        *(True, False, False),
    ]
    assert set(table["document_id"]) == {DOCUMENT, OTHER_DOCUMENT}


@pytest.mark.parametrize("seed", range(20))
def test_what_is_observed_rests_on_telling_rows_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    statuses = ("complete", "missing", "not_reported", "unclear", None)
    rows = [
        {
            "item_no": int(number),
            "concept_id": f"c{number % 3}" if rng.random() < 0.5 else None,
            "item_name": f"ก{number}",
            "status": statuses[rng.integers(5)],
            "document_id": f"{rng.integers(3):016x}",
            "item_list_year_be": (2565, 2566, None)[rng.integers(3)],
            "match_status": ("accepted", "accepted", "review")[rng.integers(3)],
        }
        for number in rng.integers(1, 5, 60)
    ]
    table = items(*rows)
    is_telling = telling(table)
    assert is_telling.sum() < len(table)
    pd.testing.assert_frame_equal(observed(table[is_telling]), observed(table))
