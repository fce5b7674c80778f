"""The description that travels with a dataset: ``datapackage.json`` and ``data_dictionary.csv``.

Both are made from the catalogue alone and carry no time, so that two runs give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from normalize.catalogue.files import csv_line, write_whole
from normalize.catalogue.spec import Field, TableSpec, catalogue

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""The profile of Data Package v2; a name, which nobody needs to fetch."""

PACKAGE_FILE = "datapackage.json"

DICTIONARY_COLUMNS = (
    "table",
    "file",
    "position",
    "field",
    "type",
    "required",
    "unit",
    "allowed_values",
    "pattern",
    "minimum",
    "maximum",
    "title_en",
    "title_th",
    "description_en",
    "description_th",
)
"""The columns of ``data_dictionary.csv``; ``allowed_values`` are separated by ``|``."""


def write_datapackage(
    out: Path, tables: Iterable[str] | None = None, made_by: Mapping[str, str] | None = None
) -> Path:
    """Write ``datapackage.json`` into the output folder and return its path.

    It describes the named tables, or, where none are named, those whose files stand in ``out``.
    ``made_by`` are the versions of what made them.
    """
    if tables is None:
        tables = [spec.name for spec in catalogue() if (out / spec.path).is_file()]
    path = out / PACKAGE_FILE
    text = json.dumps(describe_package(tables, made_by), ensure_ascii=False, indent=2)
    write_whole(path, [text, "\n"])
    return path


def write_data_dictionary(out: Path) -> Path:
    """Write ``data_dictionary.csv``, one row per table and field, and return its path."""
    path = out / "data_dictionary.csv"
    rows = (
        _dictionary_row(spec, position, field)
        for spec in catalogue()
        for position, field in enumerate(spec.fields, start=1)
    )
    write_whole(path, (csv_line(row) for row in (DICTIONARY_COLUMNS, *rows)))
    return path


def describe_package(
    tables: Iterable[str], made_by: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the Data Package v2 descriptor of a dataset with these tables.

    Thai titles and descriptions, the unit and the versions of what made the tables are properties
    of our own (``title_th``, ``description_th``, ``unit``, ``made_by``), which the standard allows.
    Raises KeyError for an unknown table.
    """
    names = set(tables)
    for name in names:
        catalogue().table(name)
    return {
        "$schema": PROFILE,
        "name": "prongsai-dataset",
        "title": "ITA reports of Thai local administrative organizations",
        "title_th": "ข้อมูลจากรายงาน ITA ขององค์กรปกครองส่วนท้องถิ่น",
        "description": (
            "Tidy tables extracted by Prongsai from published reports about the Integrity and "
            "Transparency Assessment (ITA). An empty field means not known."
        ),
        **({"made_by": dict(made_by)} if made_by else {}),
        "resources": [_resource(spec, names) for spec in catalogue() if spec.name in names],
    }


def _resource(spec: TableSpec, names: set[str]) -> dict[str, Any]:
    return {
        "name": spec.name.replace("_", "-"),
        "type": "table",
        "path": spec.path,
        "title": spec.title_en,
        "title_th": spec.title_th,
        "description": f"{spec.description_en} One row per {spec.row_en}.",
        "description_th": f"{spec.description_th} แต่ละแถวคือ{spec.row_th}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(spec, names),
    }


def _schema(spec: TableSpec, names: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in spec.fields],
        "missingValues": [""],
    }
    if spec.primary_key:
        schema["primaryKey"] = list(spec.primary_key)
    keys = [
        {
            "fields": [key.field],
            "reference": {"resource": key.table.replace("_", "-"), "fields": [key.reference]},
        }
        for key in spec.foreign_keys
        if key.table in names
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title_en,
        "title_th": field.title_th,
        "description": field.description_en,
        "description_th": field.description_th,
    }
    if field.unit:
        described["unit"] = field.unit
    if field.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.values:
        described["categories"] = [
            {"value": value.value, "label": value.title_en} for value in field.values
        ]
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.allowed:
        constraints["enum"] = list(field.allowed)
    if field.pattern:
        constraints["pattern"] = field.pattern
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    if field.maximum is not None:
        constraints["maximum"] = field.maximum
    if constraints:
        described["constraints"] = constraints
    return described


def _dictionary_row(spec: TableSpec, position: int, field: Field) -> tuple[str, ...]:
    return (
        spec.name,
        spec.path,
        str(position),
        field.name,
        field.type,
        "true" if field.required else "false",
        field.unit,
        "|".join(field.allowed),
        field.pattern,
        "" if field.minimum is None else str(field.minimum),
        "" if field.maximum is None else str(field.maximum),
        field.title_en,
        field.title_th,
        field.description_en,
        field.description_th,
    )
