"""The words of charts, workbook and dashboard in English and Thai, and the marks of the statuses.

They are data (``data/*.csv``); titles of enumerations come from the catalogue of fields.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from normalize.catalogue import catalogue

Language = Literal["en", "th"]
LANGUAGES: tuple[Language, ...] = ("en", "th")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is shown: a sign, so that colour is never the only one, and two sRGB colours.

    ``letter`` stands for the status where many are written in a row; ``shape`` draws the sign as an
    SVG path within 1 by 1 around the origin, for pictures, whose font may lack it.
    """

    status: str
    letter: str
    mark: str
    shape: str
    colour: str
    ink: str


@cache
def marks() -> tuple[Mark, ...]:
    """Return the marks in the order of the statuses, best first, the unknown last."""
    return tuple(
        Mark(row["status"], row["letter"], row["mark"], row["shape"], row["colour"], row["ink"])
        for row in data_rows("status_marks.csv")
    )


@cache
def words() -> dict[str, dict[Language, str]]:
    """Return every word by its key; ``enum:value`` is the title of a value of an enumeration.

    ``enum:value:about`` says what the value means.
    """
    found: dict[str, dict[Language, str]] = {
        row["key"]: {"en": row["en"], "th": row["th"]} for row in data_rows("words.csv")
    }
    for value in (value for field in _enums() for value in catalogue().enum(field)):
        key = f"{value.enum}:{value.value}"
        found[key] = {"en": value.title_en, "th": value.title_th}
        found[f"{key}:about"] = {"en": value.description_en, "th": value.description_th}
    return found


def word(key: str, language: Language) -> str:
    """Return a word; raises KeyError where there is none."""
    return words()[key][language]


def _enums() -> list[str]:
    fields = (field.enum for table in catalogue().tables for field in table.fields)
    return sorted({enum for enum in fields if enum})


def data_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of ``analyze/data``, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)
