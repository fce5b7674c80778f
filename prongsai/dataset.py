"""A dataset that some version of the program has written: its tables as text, whatever columns."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from normalize.catalogue.files import FIELD_CHARACTERS
from prongsai.errors import NoInputError
from prongsai.store import Store

# Without these columns rows cannot be compared; a table that is not needed came with a later
# version of the program, or goes with an earlier one.
_NEEDED = {
    "documents": ("document_id", "source_file"),
    "items": ("document_id",),
    "scores": ("document_id", "metric"),
    "measures": ("document_id", "observation_id", "measure"),
    "review": ("document_id", "kind"),
}
_WHERE_THERE = {
    "measure_steps": ("observation_id", "text"),
    "decisions": ("document_id", "review_id", "kind"),
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """The tables of a dataset by name, and the versions of what made it (empty if not told)."""

    out: Path
    tables: dict[str, pd.DataFrame]
    made_by: dict[str, str]


def read_dataset(out: Path) -> Dataset:
    """Read the record tables of ``out``; raises NoInputError where that is no dataset."""
    tables = {name: _table(out, name, needed) for name, needed in _NEEDED.items()}
    for name, needed in _WHERE_THERE.items():
        if (out / f"{name}.csv").is_file():
            tables[name] = _table(out, name, needed)
    return Dataset(out, tables, Store(out).made_by())


def _table(out: Path, name: str, needed: tuple[str, ...]) -> pd.DataFrame:
    path = out / f"{name}.csv"
    limit = csv.field_size_limit(FIELD_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = [*filter(None, csv.reader(file, strict=True))] or [[]]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoInputError(
            f"{out} is no dataset: it has no {path.name}",
            f"Name the folder that was given to --out, or write one: "
            f"prongsai run REPORTS --out {out}",
        ) from error
    except (OSError, csv.Error, ValueError) as error:
        raise _not_as_written(out, path, str(error)) from error
    finally:
        csv.field_size_limit(limit)
    missing = [column for column in needed if column not in header]
    if missing:
        raise _not_as_written(out, path, f"the column {missing[0]} is missing")
    odd = next((n for n, row in enumerate(rows, start=1) if len(row) != len(header)), None)
    if odd or len(set(header)) != len(header):
        what = f"row {odd} has {len(rows[odd - 1])} fields" if odd else "a column stands twice"
        raise _not_as_written(out, path, what)
    return pd.DataFrame(rows, columns=header, dtype="string")


def _not_as_written(out: Path, path: Path, what: str) -> NoInputError:
    return NoInputError(
        f"{path} is not as it was written: {what}", f"Write it anew: prongsai normalize {out}"
    )
