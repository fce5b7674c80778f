"""The record tables as Parquet, a file for each fiscal year, for programs that read much at once.

Written with pyarrow, which the extra ``parquet`` installs; docs/parquet.md says why, and how to
read the files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from normalize.catalogue import TableSpec, catalogue
from prongsai.errors import MissingError, NoInputError, OutputError
from prongsai.store import PARQUET, Store

YEAR = "fiscal_year_be"
NO_YEAR = "no_year"
"""Names the file of the rows whose fiscal year is not known."""

_NEW, _OLD = f".{PARQUET}.new", f".{PARQUET}.old"


def write_parquet(store: Store) -> dict[str, int]:
    """Write the record tables of a dataset to its folder ``parquet``; return the rows of each.

    A table with a fiscal year (be) is a folder with a file for each, ``items/2566.parquet``, any
    other a file, ``review.parquet``. Columns and their types are the catalogue's, rows stand in the
    order of the CSV file, and the same tables give the same bytes. The folder appears whole, in
    place of the one before. Tables are read a part at a time. Raises MissingError without pyarrow,
    NoInputError where a table is missing or was changed, OutputError where the folder cannot be
    written.
    """
    arrow = pyarrow_library()
    new, old, own = (store.out / name for name in (_NEW, _OLD, PARQUET))
    try:
        for left in (new, old):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        records = [spec for spec in catalogue() if spec.stage == "normalize"]
        rows = {spec.name: _write_table(arrow, store, spec, new) for spec in records}
        if own.exists():
            own.rename(old)
        new.rename(own)
    except OSError as error:
        raise OutputError(
            f"{own} cannot be written ({error.strerror})",
            "Free the folder, or close what is open in it, and run again.",
        ) from error
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
    return rows


def pyarrow_library() -> Any:
    """Return the library that writes Parquet; raises MissingError where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingError(
            "Parquet needs the library pyarrow, which is not installed",
            'Install it with pip install "prongsai[parquet]", and run again.',
        ) from error
    return pyarrow


def _write_table(arrow: Any, store: Store, spec: TableSpec, folder: Path) -> int:
    """Write a table into a folder, a part of it at a time; return its rows."""
    schema = _schema(arrow, spec)
    rows = 0
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for chunk in store.chunks(spec.name):
            rows += len(chunk)
            for name, own in _files(spec, chunk):
                if name not in writers:
                    writers[name] = stack.enter_context(_writer(arrow, folder / name, schema))
                try:
                    columns = [_column(arrow, own[field.name], field.type) for field in schema]
                except arrow.ArrowInvalid as error:  # a day that is none
                    raise NoInputError(
                        f"{store.out / spec.path} is not as it was written: {error}",
                        f"Write it anew: prongsai normalize {store.out}",
                    ) from error
                writers[name].write_table(arrow.table(columns, schema=schema))
    return rows


def _files(spec: TableSpec, chunk: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the name of each file that rows go to, and these; an empty table has a file too."""
    if YEAR not in spec.columns:
        yield f"{spec.name}.parquet", chunk
    elif chunk.empty:
        yield f"{spec.name}/{NO_YEAR}.parquet", chunk
    else:
        years = chunk[YEAR].astype("string").fillna(NO_YEAR)
        for year in years.unique():
            yield f"{spec.name}/{year}.parquet", chunk[years == year]


def _schema(arrow: Any, spec: TableSpec) -> Any:
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
    }
    return arrow.schema([(field.name, types[field.type]) for field in spec.fields])


def _column(arrow: Any, values: pd.Series, kind: Any) -> Any:
    """Turn a column into the type of its field; days are text in frames."""
    return arrow.array(values, from_pandas=True).cast(kind)


@contextmanager
def _writer(arrow: Any, path: Path, schema: Any) -> Iterator[Any]:
    """Open a file; it is on the disk when this ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        with arrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            yield writer
        file.flush()
        os.fsync(file.fileno())
