"""Records to typed frames, and the error that says where a table breaks the catalogue."""

from __future__ import annotations

import datetime
import math
import numbers
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from normalize.catalogue.spec import Field, FieldType, TableSpec

DTYPES: dict[FieldType, str] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
}
"""The pandas dtype of each type of field; all of them are nullable."""

SHOWN_FAILURES = 5
"""How many failures the message of a SchemaError spells out; ``failures`` holds all of them."""

SHOWN_CHARACTERS = 80
"""How much of an offending value the message shows."""

INTEGER_MAX = 2**63 - 1
"""The largest whole number that fits the dtype Int64."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong: ``row`` counts records from 1 and is None for a whole column."""

    table: str
    column: str
    row: int | None
    value: object
    problem: str

    def __str__(self) -> str:
        place = f"table {self.table}"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        shown = ""
        if self.value is not None:
            shown = repr(self.value)
            if len(shown) > SHOWN_CHARACTERS:
                shown = shown[:SHOWN_CHARACTERS] + "…"
            shown += " "
        return f"{place}: {shown}{self.problem}"


class SchemaError(ValueError):
    """A table does not fit the catalogue; it is a defect of a stage or of an edited file."""

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        lines = [str(failure) for failure in self.failures[:SHOWN_FAILURES]]
        if len(self.failures) > SHOWN_FAILURES:
            lines.append(f"and {len(self.failures) - SHOWN_FAILURES} more")
        super().__init__("\n".join(lines))


def build_frame(spec: TableSpec, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Do the work of :meth:`normalize.catalogue.TableSpec.frame`."""
    values: dict[str, list[object]] = {name: [] for name in spec.columns}
    takers = [(field, values[field.name].append, _CONVERTERS[field.type]) for field in spec.fields]
    failures: list[Failure] = []
    for number, row in enumerate(rows, start=1):
        if not row.keys() <= values.keys():
            for name in sorted(row.keys() - values.keys()):
                failures.append(Failure(spec.name, name, number, None, unknown_column(spec)))
        for field, take, convert in takers:
            try:
                take(convert(row.get(field.name)))
            except ValueError as error:
                take(None)
                failures.append(Failure(spec.name, field.name, number, row[field.name], str(error)))
    if failures:
        raise SchemaError(failures)
    return frame_of(spec.fields, values)


def frame_of(fields: Iterable[Field], values: Mapping[str, list[object]]) -> pd.DataFrame:
    """Put converted columns (None for not known) together under the dtypes of the fields."""
    return pd.DataFrame(
        {field.name: pd.Series(values[field.name], dtype=DTYPES[field.type]) for field in fields}
    )


def unknown_column(spec: TableSpec) -> str:
    """Say what to do about a column that the catalogue lacks."""
    return (
        f"is not in the catalogue; drop it or describe it in normalize/data/fields.csv "
        f"(known: {', '.join(spec.columns)})"
    )


def _is_missing(value: object) -> bool:
    return (
        value is None
        or value is pd.NA
        or value is pd.NaT
        or (isinstance(value, float) and math.isnan(value))
    )


def _string(value: object) -> str | None:
    if isinstance(value, str):
        return str(value) or None
    if _is_missing(value):
        return None
    raise ValueError(f"is {type(value).__name__}, not text; write it as text first")


def _integer(value: object) -> int | None:
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        if abs(int(value)) > INTEGER_MAX:
            raise ValueError("is too large for a whole number column")
        return int(value)
    if _is_missing(value):
        return None
    raise ValueError(f"is {type(value).__name__}, not a whole number; convert it first")


def _number(value: object) -> float | None:
    if _is_missing(value):
        return None
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        if math.isfinite(float(value)):
            return float(value)
        raise ValueError("is not finite; leave the field empty where the number is not known")
    raise ValueError(f"is {type(value).__name__}, not a number; convert it first")


def _boolean(value: object) -> bool | None:
    if _is_missing(value):
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise ValueError(f"is {type(value).__name__}, not true or false; convert it first")


def _date(value: object) -> str | None:
    if isinstance(value, datetime.datetime):
        raise ValueError("carries a time of day; pass its date() instead")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _string(value)


_CONVERTERS: dict[FieldType, Callable[[object], object]] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
