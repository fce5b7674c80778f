"""Parquet beside CSV: the same values, typed, a file for each fiscal year, whole or not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.country import make_variant
from normalize.catalogue import catalogue
from normalize.catalogue import files as csv_files
from prongsai import parquet
from prongsai.errors import ExitCode, MissingError, NoInputError, OutputError
from prongsai.parquet import NO_YEAR, YEAR, write_parquet
from prongsai.store import PARQUET, Store

RECORDS = [spec.name for spec in catalogue() if spec.stage == "normalize"]
TYPES = {"string": "string", "integer": "int64", "number": "double"}
TYPES |= {"boolean": "bool", "date": "date32[day]"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a small dataset; some rows have no year, some tables have no rows."""
    pytest.importorskip("pyarrow")
    country = make_variant("hostile", 3)
    items = country.tables["items"]
    is_lost = pd.Series(items.index % 7 == 0)
    years = [YEAR, "fiscal_year_ce"]
    country.tables["items"] = items.assign(**{y: items[y].mask(is_lost) for y in years})
    measures = country.tables["measures"]
    starts = pd.array(["2022-10-01", None] * len(measures), dtype="string")[: len(measures)]
    country.tables["measures"] = measures.assign(period_start=starts)
    country.save(tmp_path, "in a test")
    return Store(tmp_path)


def path_of(store: Store, name: str) -> Path:
    """Return the folder or the file of a table."""
    path = store.out / PARQUET / name
    return path if path.is_dir() else path.with_suffix(".parquet")


def files(store: Store) -> dict[str, bytes]:
    root = store.out / PARQUET
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("rows", [100_000, 50])
def test_what_is_read_is_what_the_csv_file_says(
    store: Store, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(csv_files, "READ_ROWS", rows)
    from pyarrow.parquet import read_table

    written = write_parquet(store)
    assert list(written) == RECORDS
    for name in RECORDS:
        spec, expected = catalogue().table(name), store.table(name)
        found = read_table(path_of(store, name))
        assert written[name] == len(expected) == found.num_rows
        assert {f.name: str(f.type) for f in found.schema} == {
            field.name: TYPES[field.type] for field in spec.fields
        }
        if YEAR in spec.columns:
            expected = expected.sort_values(YEAR, kind="stable", ignore_index=True)
        for field in spec.fields:
            values = expected[field.name].astype(object).where(expected[field.name].notna(), None)
            told = found[field.name].to_pylist()
            if field.type == "date":
                told = [day and day.isoformat() for day in told]
            assert told == values.tolist()
    assert store.table("measures")["period_start"].notna().any()


def test_each_year_is_a_file_and_so_is_a_table_without_rows(store: Store) -> None:
    write_parquet(store)
    names = [*sorted(store.table("items")[YEAR].dropna().unique()), NO_YEAR]
    assert sorted(p for p in files(store) if p.startswith("items/")) == [
        f"items/{name}.parquet" for name in names
    ]
    assert store.table("decisions").empty
    assert "decisions.parquet" in files(store)


def test_pandas_reads_a_table_and_a_year_of_it(store: Store) -> None:
    write_parquet(store)
    items, folder = store.table("items"), store.out / PARQUET / "items"
    assert len(pd.read_parquet(folder)) == len(items)
    one = pd.read_parquet(folder, filters=[(YEAR, "==", 2566)])
    own = items[items[YEAR].eq(2566).fillna(False)]
    assert one["observation_id"].tolist() == own["observation_id"].tolist()


def test_two_runs_give_the_same_bytes_and_old_files_go(store: Store) -> None:
    write_parquet(store)
    first = files(store)
    old = store.out / PARQUET / "items" / "2501.parquet"
    old.write_bytes(b"of a dataset before")
    write_parquet(store)
    assert files(store) == first
    assert not [path for path in store.out.iterdir() if path.name.startswith(f".{PARQUET}")]


def test_a_run_that_fails_leaves_the_files_of_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parquet(store)
    first = files(store)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet.os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_parquet(store)
    assert files(store) == first
    assert not [path for path in store.out.iterdir() if path.name.startswith(f".{PARQUET}")]


def test_a_day_that_is_none_is_told(store: Store) -> None:
    path = store.out / "measures.csv"
    path.write_text(path.read_text("utf-8").replace("2022-10-01", "2022-13-41", 1), "utf-8")
    with pytest.raises(NoInputError, match=r"measures\.csv is not as it was written.*2022-13-41"):
        write_parquet(store)
    assert not (store.out / PARQUET).exists()


def test_a_table_that_is_missing_is_told(store: Store) -> None:
    (store.out / "review.csv").unlink()
    with pytest.raises(NoInputError, match=r"has no review\.csv"):
        write_parquet(store)


def test_new_records_make_the_files_go(store: Store) -> None:
    write_parquet(store)
    store.drop_tables("normalize")
    assert not (store.out / PARQUET).exists()


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingError, match=r'pip install "prongsai\[parquet\]"') as caught:
        write_parquet(Store(tmp_path))
    assert caught.value.exit_code == ExitCode.PROGRAM_MISSING == 4
