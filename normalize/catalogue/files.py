"""Tables on disk: strict CSV in and out, and files that appear whole or not at all."""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pandas as pd
from pandas.api.extensions import ExtensionArray

from normalize.catalogue.checks import check_structure
from normalize.catalogue.frames import (
    DTYPES,
    INTEGER_MAX,
    Failure,
    SchemaError,
    frame_of,
    unknown_column,
)

if TYPE_CHECKING:
    from normalize.catalogue.spec import Field, FieldType, TableSpec

CHUNK_ROWS = 20_000
"""How many rows are turned into text at a time."""

READ_ROWS = 100_000
"""How many rows are read at a time."""

BLOCK_BYTES = 1 << 20
"""How much of a file is looked over at a time before it is read."""

FIELD_CHARACTERS = 2**31 - 1
"""The longest field that is read; the csv module's own limit of 131,072 is shorter than a cell
may be."""

TEMPORARY = ".tmp"
"""How the name ends of a file that is being written; one that is left was not finished."""

_NEEDS_QUOTES = re.compile(r'[,"\r\n]')
_QUOTED = re.compile(rb'"(?<![^,\n]")[^"]*(?:""[^"]*)*"(?=[,\n])')
_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write that appears whole or, on any failure, stays as it was.

    What is written goes to a temporary file in the same folder (made where it is missing), which
    is synced and then renamed. Raises OSError, which names the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno and error.filename is None:  # a full disk
            error.filename = str(path)
        raise
    if os.name == "posix":  # the rename itself is durable once its folder is synced
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_whole(path: Path, parts: Iterable[str | bytes]) -> None:
    """Write text, or bytes, as :func:`whole_file` does.

    Raises OSError, UnicodeEncodeError and whatever ``parts`` raises.
    """
    with whole_file(path) as file:
        file.writelines(part.encode() if isinstance(part, str) else part for part in parts)


def csv_line(values: Iterable[str]) -> str:
    """Join one record by RFC 4180, with a line feed at its end."""
    return ",".join(map(_quoted, values)) + "\n"


def _quoted(value: str) -> str:
    """Quote a field that needs it; Python 3.11's csv leaves a lone carriage return unquoted."""
    return '"' + value.replace('"', '""') + '"' if _NEEDS_QUOTES.search(value) else value


def plain_number(value: float) -> str:
    """Write a finite number by its shortest digits: 75.83, 83, 0.00001; never an exponent."""
    text = repr(float(value))
    if "e" in text:
        text = format(Decimal(text), "f")
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def write_table(spec: TableSpec, frame: pd.DataFrame, path: Path) -> None:
    """Do the work of :meth:`normalize.catalogue.TableSpec.write_csv`."""
    check_structure(spec, frame)
    write_whole(path, chain([csv_line(spec.columns)], table_lines(spec, frame)))


def table_lines(spec: TableSpec, frame: pd.DataFrame) -> Iterator[str]:
    """Yield the records of a table, without the header, a chunk at a time."""
    for start in range(0, len(frame), CHUNK_ROWS):
        chunk = frame.iloc[start : start + CHUNK_ROWS]
        columns = [_written(chunk[field.name], _WRITERS[field.type]) for field in spec.fields]
        yield "\n".join([*map(",".join, zip(*columns, strict=True)), ""])


def _written(column: pd.Series, write: Callable[..., str]) -> Iterator[str]:
    """Turn a column into fields; each value that stands in it is written once."""
    values = column.to_numpy(dtype=object).tolist()
    fields = {value: "" if value is pd.NA else write(value) for value in set(values)}
    return map(fields.__getitem__, values)


def _write_boolean(value: object) -> str:
    return "true" if value else "false"


_WRITERS: dict[FieldType, Callable[..., str]] = {
    "string": _quoted,
    "integer": str,
    "number": plain_number,
    "boolean": _write_boolean,
    "date": _quoted,
}


def read_table(spec: TableSpec, path: Path, columns: Collection[str] = ()) -> pd.DataFrame:
    """Do the work of :meth:`normalize.catalogue.TableSpec.read_csv`."""
    return pd.concat(list(read_chunks(spec, path, columns)), ignore_index=True)


def read_chunks(
    spec: TableSpec, path: Path, columns: Collection[str] = (), repeated: Collection[str] = ()
) -> Iterator[pd.DataFrame]:
    """Do the work of :meth:`normalize.catalogue.TableSpec.read_chunks`."""
    wanted = [name for name in spec.columns if name in columns] or list(spec.columns)
    done = 0
    if _is_as_written(spec, path):
        try:
            for frame in _read_as_written(spec, path, wanted, repeated):
                yield frame
                done += 1
        except ValueError:  # a value that is none: the other reader says where
            pass
        else:
            return
    texts = [field.name for field in spec.fields if DTYPES[field.type] == "string"]
    categories = dict.fromkeys({*wanted} & {*texts} & {*repeated}, "category")
    for frame in islice(_read_as_edited(spec, path), done, None):
        yield frame[wanted].astype(categories)


def _read_as_written(
    spec: TableSpec, path: Path, columns: Sequence[str], repeated: Collection[str] = ()
) -> Iterator[pd.DataFrame]:
    """Read a file that is as it was written, with the parser of pandas; raises ValueError.

    That parser takes a fifth of the time, but lets a record have another width than the header.
    """
    fields = [spec.field(name) for name in columns]
    whole = {f.name for f in fields if DTYPES[f.type] == "string" and f.name not in repeated}
    with pd.read_csv(
        path,
        usecols=list(columns),
        dtype={name: "string" if name in whole else "object" for name in columns},
        keep_default_na=False,
        na_values=[""],
        lineterminator="\n",
        encoding="utf-8",
        chunksize=READ_ROWS,
    ) as parts:
        for part in parts:
            frame = part.reset_index(drop=True)
            for field in fields:
                if field.name not in whole:
                    frame[field.name] = _read_column(field, frame[field.name])
            yield frame


def _is_as_written(spec: TableSpec, path: Path) -> bool:
    """Say whether a file has the columns in order and records of their width, and no more."""
    commas = len(spec.columns) - 1
    with path.open("rb") as file:
        if file.readline() != csv_line(spec.columns).encode():
            return False
        while block := file.read(BLOCK_BYTES):
            block += file.readline()
            while block.count(b'"') % 2 and (line := file.readline()):
                block += line  # up to the end of a quoted field
            bare = _QUOTED.sub(b"", block)
            if b'"' in bare or b"\r" in block or not bare.endswith(b"\n"):
                return False
            if any(line.count(b",") != commas for line in bare[:-1].split(b"\n")):
                return False
    return True


def _read_column(field: Field, texts: pd.Series) -> ExtensionArray:
    """Turn a column of texts into values, each text once; text itself into categories.

    Raises ValueError.
    """
    codes, distinct = pd.factorize(texts)  # the code of an empty field is -1
    if DTYPES[field.type] == "string":
        return pd.Categorical.from_codes(codes, pd.Index(distinct, dtype="string"))
    values = [*map(_READERS[field.type], distinct), pd.NA]
    table: ExtensionArray = pd.Series(values, dtype=DTYPES[field.type]).array
    return table.take(codes)


def _read_as_edited(spec: TableSpec, path: Path) -> Iterator[pd.DataFrame]:
    """Read a file that a person or another program had; raises SchemaError with the place."""
    records = _records(spec, path)
    header = next(records, [])
    position = {name: place for place, name in enumerate(header)}
    failures = [
        Failure(spec.name, name, None, None, f"is missing in {path.name}; put the column back")
        for name in spec.columns
        if name not in position
    ]
    failures += [
        Failure(spec.name, name, None, None, unknown_column(spec))
        for name in header
        if name not in spec.columns
    ]
    if not failures and len(position) != len(header):
        failures.append(Failure(spec.name, "", None, None, f"{path.name} repeats a column"))
    if failures:
        raise SchemaError(failures)
    values: dict[str, list[object]] = {name: [] for name in spec.columns}
    places = [(f, position[f.name], values[f.name].append, _READERS[f.type]) for f in spec.fields]
    for number, record in enumerate(records, start=1):
        if len(record) != len(header):
            problem = f"has {len(record)} fields, not {len(header)}; correct the row in {path.name}"
            failures.append(Failure(spec.name, "", number, None, problem))
            continue
        for field, place, take, read in places:
            text = record[place]
            try:
                take(read(text) if text else None)
            except ValueError as error:
                take(None)
                problem = f"{error}; correct it in {path.name}"
                failures.append(Failure(spec.name, field.name, number, text, problem))
        if number % READ_ROWS == 0 and not failures:
            yield frame_of(spec.fields, values)
            for column in values.values():
                column.clear()
    if failures:
        raise SchemaError(failures)
    yield frame_of(spec.fields, values)


def _records(spec: TableSpec, path: Path) -> Iterator[list[str]]:
    """Yield the header and the records; blank lines, which hold no record, are passed over."""
    limit = csv.field_size_limit(FIELD_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from filter(None, csv.reader(file, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        problem = f"{path.name} is not UTF-8 CSV ({error}); save it as CSV UTF-8 again"
        raise SchemaError([Failure(spec.name, "", None, None, problem)]) from error
    finally:
        csv.field_size_limit(limit)


def _read_integer(text: str) -> int:
    if not _INTEGER.fullmatch(text) or abs(int(text)) > INTEGER_MAX:
        raise ValueError("is not a whole number in Arabic digits")
    return int(text)


def _read_number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError("is not a number in Arabic digits")
    return float(text)


def _read_boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):  # a spreadsheet writes TRUE
        raise ValueError("is not true or false")
    return text.lower() == "true"


_READERS: dict[FieldType, Callable[[str], object]] = {
    "string": str,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "date": str,
}
