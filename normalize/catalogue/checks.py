"""The checks at the stage boundaries: pandera schemas made from the catalogue."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from normalize.catalogue.frames import DTYPES, Failure, SchemaError, unknown_column

if TYPE_CHECKING:
    from normalize.catalogue.spec import Field, TableSpec

BE_MINUS_CE = 543
"""The Thai calendar counts from 543 BC: ``*_ce`` is ``*_be`` less this, in every table."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_table(spec: TableSpec, frame: pd.DataFrame) -> None:
    """Do the work of :meth:`normalize.catalogue.TableSpec.check`."""
    check_structure(spec, frame)
    numbered = frame.reset_index(drop=True)
    try:
        _schema(spec).validate(numbered, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise SchemaError(_failures(spec, numbered, error.failure_cases)) from None


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
            failures.append(Failure(spec.name, key.field, _row_number(index), value, problem))
    if failures:
        raise SchemaError(failures)


@cache
def _schema(spec: TableSpec) -> pa.DataFrameSchema:
    columns = {
        field.name: pa.Column(checks=_column_checks(field), nullable=not field.required)
        for field in spec.fields
    }
    return pa.DataFrameSchema(
        columns, checks=_year_checks(spec), unique=list(spec.primary_key) or None
    )


def _column_checks(field: Field) -> list[pa.Check]:
    """Make the checks of one column; the text of each is what the SchemaError will say."""
    checks: list[pa.Check] = []
    if field.type in ("string", "date"):
        problem = "is an empty text; use NA where the value is not known"
        checks.append(pa.Check.ne("", error=problem))
    if field.allowed:
        problem = (
            f"is not one of {', '.join(field.allowed)}; map it to one of these "
            "(normalize/data/enums.csv)"
        )
        checks.append(pa.Check.isin(field.allowed, error=problem))
    if field.pattern:
        problem = f"does not match {field.pattern}; correct it or leave it empty"
        pattern = re.compile(field.pattern)
        fits = partial(_each_distinct, lambda text: pattern.fullmatch(text) is not None)
        checks.append(pa.Check(fits, error=problem))
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None:
        problem = f"is below {field.minimum}{unit}; correct it or leave it empty"
        checks.append(pa.Check.ge(field.minimum, error=problem))
    if field.maximum is not None:
        problem = f"is above {field.maximum}{unit}; correct it or leave it empty"
        checks.append(pa.Check.le(field.maximum, error=problem))
    if field.type == "date":
        problem = "is no date of the form YYYY-MM-DD (CE); correct it or leave it empty"
        checks.append(pa.Check(partial(_each_distinct, _is_date), error=problem))
    return checks


def _each_distinct(is_right: Callable[[str], bool], column: pd.Series) -> pd.Series:
    """Say of each text whether it is right; each is looked at once, and NA is not wrong."""
    codes, distinct = pd.factorize(column)
    verdicts = np.array([*map(is_right, distinct), True])
    return pd.Series(verdicts[codes], index=column.index)


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


def _year_checks(spec: TableSpec) -> list[pa.Check]:
    def check(ce: str, be: str) -> pa.Check:
        def agree(frame: pd.DataFrame) -> pd.Series[bool]:
            both_empty = frame[ce].isna() & frame[be].isna()
            same = (frame[be] - frame[ce] == BE_MINUS_CE).fillna(False)
            return (same | both_empty).astype(bool)

        return pa.Check(agree, error=ce)

    return [check(ce, be) for ce, be in _year_pairs(spec).items()]


def _failures(spec: TableSpec, frame: pd.DataFrame, cases: pd.DataFrame) -> list[Failure]:
    """Turn pandera's failure cases into failures, in the order of rows and columns."""
    pairs = _year_pairs(spec)
    found: dict[tuple[int, str], Failure] = {}
    for case in cases.to_dict("records"):
        column, check, row = str(case["column"]), str(case["check"]), _row_number(case["index"])
        value: Any = case["failure_case"]
        if check == "multiple_fields_uniqueness":
            column = ", ".join(spec.primary_key)
            value = ", ".join(str(frame[name].iloc[row - 1]) for name in spec.primary_key)
            problem = "is the key of more than one row; give every row a key of its own"
        elif check in pairs:  # pandera reports every column of a row that fails such a check
            column, value = check, frame[check].iloc[row - 1]
            problem = f"is not {pairs[check]} less {BE_MINUS_CE}; set the two together"
        elif check == "not_nullable":
            value = None
            problem = "is empty but required; fill it, or drop the row and raise an issue"
        else:
            problem = check
        value = None if pd.isna(value) else value.item() if hasattr(value, "item") else value
        found.setdefault((row, column), Failure(spec.name, column, row, value, problem))
    order = {name: position for position, name in enumerate(spec.columns)}
    return sorted(
        found.values(), key=lambda failure: (failure.row or 0, order.get(failure.column, -1))
    )


def _row_number(index: object) -> int:
    """Count rows from 1, as a person does; frames are numbered from 0 before they are checked."""
    return int(str(index)) + 1
