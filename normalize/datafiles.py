"""The reference facts of this package: CSV files in ``normalize/data``, read strictly."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


class DataFileError(ValueError):
    """A file of reference facts has a row that does not fit its header."""


def read_rows(name: str, folder: Path | None = None) -> list[dict[str, str]]:
    """Read a CSV of ``normalize/data``, or of another folder, as text; raises DataFileError."""
    with ((folder or DATA) / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        rows = []
        for values in reader:
            if len(values) != len(header):
                problem = f"{len(values)} values under {len(header)} columns"
                raise DataFileError(f"{name}, line {reader.line_num}: {problem}")
            rows.append(dict(zip(header, values, strict=True)))
    return rows
