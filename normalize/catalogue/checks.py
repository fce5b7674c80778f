"""The checks at the stage boundaries, made from the catalogue.

They are of pandas alone: a general library for this took a tenth of a second for the tables of one
report, as much as normalizing it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from normalize.catalogue.frames import DTYPES, Failure, SchemaError, unknown_column

if TYPE_CHECKING:
    from normalize.catalogue.spec import Field, TableSpec

BE_MINUS_CE = 543
"""The Thai calendar counts from 543 BC: ``*_ce`` is ``*_be`` less this, in every table."""

Flags = npt.NDArray[np.bool_]

_EMPTY = "is empty but required; fill it, or drop the row and raise an issue"
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_table(spec: TableSpec, frame: pd.DataFrame) -> None:
    """Do the work of :meth:`normalize.catalogue.TableSpec.check`."""
    check_structure(spec, frame)
    found: dict[tuple[int, str], Failure] = {}
    for failure in _failures(spec, frame):
        found.setdefault((failure.row or 0, failure.column), failure)
    if found:
        order = {name: position for position, name in enumerate(spec.columns)}
        raise SchemaError(
            sorted(found.values(), key=lambda f: (f.row or 0, order.get(f.column, -1)))
        )


def check_structure(spec: TableSpec, frame: pd.DataFrame) -> None:
    """Raise SchemaError unless the columns, their order and their dtypes are the catalogue's."""
    found = [str(name) for name in frame.columns]
    make = f"build the frame with catalogue().table({spec.name!r}).frame(rows)"
    failures = [
        Failure(spec.name, name, None, None, unknown_column(spec))
        for name in found
        if name not in spec.columns
    ]
    failures += [
        Failure(spec.name, name, None, None, f"is missing; {make}")
        for name in spec.columns
        if name not in found
    ]
    if not failures and tuple(found) != spec.columns:
        problem = f"the columns stand in another order than the catalogue's; {make}"
        failures.append(Failure(spec.name, "", None, None, problem))
    if failures:
        raise SchemaError(failures)
    for field in spec.fields:
        dtype = frame[field.name].dtype
        fits = (
            isinstance(dtype, pd.StringDtype)
            if DTYPES[field.type] == "string"
            else str(dtype) == DTYPES[field.type]
        )
        if not fits:
            problem = f"has the dtype {dtype}, not {DTYPES[field.type]}; {make}"
            failures.append(Failure(spec.name, field.name, None, None, problem))
    if failures:
        raise SchemaError(failures)


def check_foreign_keys(spec: TableSpec, frames: Mapping[str, pd.DataFrame]) -> None:
    """Raise SchemaError where a value has no row in the table it points to, if that is given."""
    failures: list[Failure] = []
    for key in spec.foreign_keys:
        if key.table not in frames:
            continue
        values = frames[spec.name][key.field].reset_index(drop=True).dropna()
        problem = f"stands in no row of {key.table}.{key.reference}; write that row, or drop this"
        for index, value in values[~values.isin(frames[key.table][key.reference])].items():
            failures.append(Failure(spec.name, key.field, int(str(index)) + 1, value, problem))
    if failures:
        raise SchemaError(failures)


def _wrong(field: Field, column: pd.Series) -> Iterator[tuple[Flags, str]]:
    """Yield the values of a column that break a rule, and what the SchemaError will say of them."""
    if field.required:
        yield _flags(column.isna()), _EMPTY
    if field.type in ("string", "date"):
        yield _flags(column == ""), "is an empty text; use NA where the value is not known"
    if field.allowed:
        problem = (
            f"is not one of {', '.join(field.allowed)}; map it to one of these "
            "(normalize/data/enums.csv)"
        )
        yield _each_distinct(frozenset(field.allowed).__contains__, column), problem
    if field.pattern:
        problem = f"does not match {field.pattern}; correct it or leave it empty"
        pattern = re.compile(field.pattern)
        yield _each_distinct(lambda text: pattern.fullmatch(text) is not None, column), problem
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None:
        problem = f"is below {field.minimum}{unit}; correct it or leave it empty"
        yield _flags(column < field.minimum), problem
    if field.maximum is not None:
        problem = f"is above {field.maximum}{unit}; correct it or leave it empty"
        yield _flags(column > field.maximum), problem
    if field.type == "date":
        problem = "is no date of the form YYYY-MM-DD (CE); correct it or leave it empty"
        yield _each_distinct(_is_date, column), problem


def _flags(mask: pd.Series) -> Flags:
    """Return a mask as plain booleans; what is NA is not wrong."""
    return mask.to_numpy(dtype=bool, na_value=False)


def _each_distinct(is_right: Callable[[str], bool], column: pd.Series) -> Flags:
    """Say of each text whether it is wrong; each is looked at once, and NA is not wrong."""
    codes, distinct = pd.factorize(column)
    verdicts = np.array([*(not is_right(text) for text in distinct), False])
    return verdicts[codes]


def _is_date(value: str) -> bool:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return _ISO_DATE.fullmatch(value) is not None


def _year_pairs(spec: TableSpec) -> dict[str, str]:
    """Return each year column of the Common Era and its twin of the Buddhist Era."""
    twins = {name: name.removesuffix("_ce") + "_be" for name in spec.columns}
    return {ce: be for ce, be in twins.items() if ce.endswith("_ce") and be in spec.columns}


def _failures(spec: TableSpec, frame: pd.DataFrame) -> Iterator[Failure]:
    """Yield what is wrong, by column, and then by what the columns say together."""
    for field in spec.fields:
        column = frame[field.name]
        for flags, problem in _wrong(field, column):
            for row in flags.nonzero()[0]:
                value = None if problem is _EMPTY else _plain(column.iloc[row])
                yield Failure(spec.name, field.name, int(row) + 1, value, problem)
    for ce, be in _year_pairs(spec).items():
        both_empty = frame[ce].isna() & frame[be].isna()
        differs = (frame[be] - frame[ce] != BE_MINUS_CE).fillna(True) & ~both_empty
        problem = f"is not {be} less {BE_MINUS_CE}; set the two together"
        for row in _flags(differs).nonzero()[0]:
            yield Failure(spec.name, ce, int(row) + 1, _plain(frame[ce].iloc[row]), problem)
    if key := list(spec.primary_key):
        problem = "is the key of more than one row; give every row a key of its own"
        for row in _flags(frame.duplicated(key, keep=False)).nonzero()[0]:
            value = ", ".join(str(frame[name].iloc[row]) for name in key)
            yield Failure(spec.name, ", ".join(key), int(row) + 1, value, problem)


def _plain(value: Any) -> object:
    """Return a value as Python has it; None for NA."""
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value
