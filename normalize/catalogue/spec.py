"""The one catalogue of fields: every table that a run writes, and every column of it.

The facts stand in ``data/tables.csv``, ``data/fields.csv`` and ``data/enums.csv``. From them come
the dtypes and checks of the tables, ``datapackage.json``, ``data_dictionary.csv``, the codebook
and ``docs/schema.md``; a column is added or changed there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from normalize.datafiles import read_rows

if TYPE_CHECKING:
    import pandas as pd

# TableSpec's methods import pandas when they are called: it takes half a second, which a
# command that only cleans text or reads the catalogue should not wait for.

FieldType = Literal["string", "integer", "number", "boolean", "date"]
Stage = Literal["extract", "normalize", "analyze"]


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One allowed value of an enumeration, with its titles and meaning in both languages."""

    enum: str
    value: str
    title_en: str
    title_th: str
    description_en: str
    description_th: str


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one table.

    ``required`` means never empty. ``enum`` names the enumeration whose members are ``values``;
    both are empty for a free field. ``pattern`` must match the whole text and is written in the
    common part of Python's and XML Schema's regular expressions. Bounds are included.
    """

    table: str
    name: str
    type: FieldType
    required: bool
    unit: str
    enum: str
    values: tuple[EnumValue, ...]
    pattern: str
    minimum: int | float | None
    maximum: int | float | None
    title_en: str
    title_th: str
    description_en: str
    description_th: str

    @property
    def allowed(self) -> tuple[str, ...]:
        """The allowed values, in the order of the enumeration; empty for a free field."""
        return tuple(value.value for value in self.values)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values, where not empty, stand in a column of another table."""

    field: str
    table: str
    reference: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its file, its key and its columns in the order of the contract.

    ``path`` is relative to the output folder. ``primary_key`` is empty where rows have no key.
    """

    name: str
    path: str
    stage: Stage
    title_en: str
    title_th: str
    row_en: str
    row_th: str
    description_en: str
    description_th: str
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of this name; raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no field {name!r}")

    def frame(self, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
        """Build the table from records: all columns, in order, with nullable dtypes.

        A key that a record lacks, None, NaN and "" become NA; dates become ISO text. Raises
        SchemaError for an unknown key or a value of another type (nothing is coerced). Enumerations
        and bounds are the business of :meth:`check`.
        """
        from normalize.catalogue.frames import build_frame

        return build_frame(self, rows)

    def check(self, frame: pd.DataFrame) -> None:
        """Raise SchemaError, with every failure in it, unless the frame fits the catalogue."""
        from normalize.catalogue.checks import check_table

        check_table(self, frame)

    def read_csv(self, path: Path, columns: Collection[str] = ()) -> pd.DataFrame:
        """Read a file of this table; text stays text ("00123", "NA"), empty becomes NA.

        Columns may stand in any order but must be these; with ``columns``, only those are
        returned, in the order of the table. Raises SchemaError or OSError.
        """
        from normalize.catalogue.files import read_table

        return read_table(self, path, columns)

    def read_chunks(
        self, path: Path, columns: Collection[str] = (), repeated: Collection[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Read a file as :meth:`read_csv` does, so many rows at a time that a few MB hold them.

        Text in the columns ``repeated``, which stands in many rows, comes as categories. At least
        one frame comes, be it without rows; an error may come after some of them.
        """
        from normalize.catalogue.files import read_chunks

        return read_chunks(self, path, columns, repeated)

    def write_csv(self, frame: pd.DataFrame, path: Path) -> None:
        """Write the frame as UTF-8 CSV with line feeds; the whole file appears or none does.

        Raises SchemaError where columns or dtypes differ from the catalogue, and OSError.
        """
        from normalize.catalogue.files import write_table

        write_table(self, frame, path)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tables in the order of the contract, and all enumerations."""

    tables: tuple[TableSpec, ...]
    enums: tuple[tuple[EnumValue, ...], ...]

    def __iter__(self) -> Iterator[TableSpec]:
        return iter(self.tables)

    def table(self, name: str) -> TableSpec:
        """Return the table of this name; raises KeyError."""
        for table in self.tables:
            if table.name == name:
                return table
        known = ", ".join(table.name for table in self.tables)
        raise KeyError(f"no table {name!r} in the catalogue; there are {known}")

    def enum(self, name: str) -> tuple[EnumValue, ...]:
        """Return the members of the enumeration of this name; raises KeyError."""
        for members in self.enums:
            if members[0].enum == name:
                return members
        raise KeyError(f"no enumeration {name!r} in the catalogue")

    def check(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Check each frame (by table name), then the foreign keys between the frames given.

        Raises SchemaError at the first table that fails.
        """
        from normalize.catalogue.checks import check_foreign_keys

        for name, frame in frames.items():
            self.table(name).check(frame)
        for name in frames:
            check_foreign_keys(self.table(name), frames)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue, read once per process; raises ValueError if its files disagree."""
    members: dict[str, list[EnumValue]] = {}
    for row in read_rows("enums.csv"):
        members.setdefault(row["enum"], []).append(EnumValue(**row))
    enums = {name: tuple(values) for name, values in members.items()}
    fields: dict[str, list[Field]] = {}
    for row in read_rows("fields.csv"):
        fields.setdefault(row["table"], []).append(_field(row, enums))
    tables = tuple(
        _table(row, tuple(fields.pop(row["table"], ()))) for row in read_rows("tables.csv")
    )
    if fields:
        raise ValueError(f"fields.csv has tables that tables.csv lacks: {', '.join(fields)}")
    return Catalogue(tables, tuple(enums.values()))


def _field(row: dict[str, str], enums: Mapping[str, tuple[EnumValue, ...]]) -> Field:
    where = f"fields.csv, {row['table']}.{row['field']}"
    for kind in get_args(FieldType):
        if row["type"] == kind:
            break
    else:
        raise ValueError(f"{where}: unknown type {row['type']!r}")
    if row["enum"] and row["enum"] not in enums:
        raise ValueError(f"{where}: enums.csv has no {row['enum']!r}")
    if row["required"] not in ("yes", "no"):
        raise ValueError(f"{where}: required is yes or no, not {row['required']!r}")
    return Field(
        table=row["table"],
        name=row["field"],
        type=kind,
        required=row["required"] == "yes",
        unit=row["unit"],
        enum=row["enum"],
        values=enums.get(row["enum"], ()),
        pattern=row["pattern"],
        minimum=_number(row["minimum"]),
        maximum=_number(row["maximum"]),
        title_en=row["title_en"],
        title_th=row["title_th"],
        description_en=row["description_en"],
        description_th=row["description_th"],
    )


def _number(text: str) -> int | float | None:
    if not text:
        return None
    return float(text) if "." in text else int(text)


def _table(row: dict[str, str], fields: tuple[Field, ...]) -> TableSpec:
    for stage in get_args(Stage):
        if row["stage"] == stage:
            break
    else:
        raise ValueError(f"tables.csv, {row['table']}: unknown stage {row['stage']!r}")
    if not fields:
        raise ValueError(f"tables.csv, {row['table']}: fields.csv has no field of this table")
    return TableSpec(
        name=row["table"],
        path=row["path"],
        stage=stage,
        title_en=row["title_en"],
        title_th=row["title_th"],
        row_en=row["row_en"],
        row_th=row["row_th"],
        description_en=row["description_en"],
        description_th=row["description_th"],
        primary_key=tuple(filter(None, row["primary_key"].split(","))),
        foreign_keys=tuple(_foreign_key(text) for text in row["foreign_keys"].split(";") if text),
        fields=fields,
    )


def _foreign_key(text: str) -> ForeignKey:
    """Read ``field>table.reference``."""
    field, _, target = text.partition(">")
    table, _, reference = target.partition(".")
    return ForeignKey(field, table, reference)
