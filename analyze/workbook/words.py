"""The Thai words of the workbook; those of tables, columns and values come from the catalogue."""

from __future__ import annotations

from functools import cache

from analyze.words import data_rows
from normalize.catalogue import catalogue


@cache
def _words() -> dict[str, str]:
    return {row["key"]: row["th"] for row in data_rows("workbook_words.csv")}


def word(key: str, **values: object) -> str:
    """Return a word with its values filled in; raises KeyError where there is none."""
    return _words()[key].format(**values)


def heading(table: str, column: str) -> str:
    """Return the Thai title of a column of a table."""
    return catalogue().table(table).field(column).title_th


@cache
def titles(enum: str) -> dict[str, str]:
    """Return the Thai titles of an enumeration by value."""
    return {member.value: member.title_th for member in catalogue().enum(enum)}
