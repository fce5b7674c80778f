"""What a sheet shows: a frame, and how each of its columns is to be read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analyze.frames import AGENCY
from analyze.workbook.words import heading

Kind = Literal[
    "text",
    "whole",
    "year",
    "item",
    "share",
    "percent",
    "score",
    "change",
    "count_change",
    "status",
    "sent",
]
"""How values are written: ``item`` as O12; ``share`` (0 to 1) in percent, ``percent`` without
decimals; ``change`` with its sign; ``status`` as its mark on its colour; ``sent`` as letters of
reports on a colour."""
Entry = tuple[str, str, str]
"""An entry of a legend: its text, its colour and its ink."""
Scale = Literal["high_is_good", "low_is_good", "quarters"]

# The type and the name stay in sight while the rest scrolls.
AGENCY_FIRST = ("agency_type", "agency_name", "district", "province")
NAMED = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the column of the frame, its heading and how its values are written.

    ``scale`` colours the cells by their value; ``is_narrow`` writes the heading upright.
    """

    name: str
    title: str
    kind: Kind = "text"
    scale: Scale | None = None
    is_narrow: bool = False


@dataclass(frozen=True, slots=True)
class Above:
    """A row over the headings: what it says, and a figure for some of the columns, by name."""

    label: str
    kind: Kind
    values: Mapping[Hashable, object]


@dataclass(frozen=True, slots=True)
class View:
    """A sheet: ``key`` names its words, ``frozen`` counts the columns that stay in sight.

    ``legend`` has texts with the colour and the ink of each; ``rows`` counts the rows that there
    are: ``frame`` may have the first of them only, while ``file`` of the dataset has them all.
    """

    key: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    file: str
    frozen: int = NAMED
    title_values: tuple[tuple[str, object], ...] = ()
    legend: tuple[Entry, ...] = ()
    above: tuple[Above, ...] = ()
    rows: int = 0


def agency_columns(table: str) -> tuple[Column, ...]:
    """Return the columns that say which agency it is, the names first."""
    return tuple(Column(name, heading(table, name)) for name in AGENCY_FIRST)


def code_column(table: str) -> Column:
    """Return the column of the agency's code, which stands last."""
    return Column("agency_code", heading(table, "agency_code"))


def named_columns(table: str, kinds: dict[str, Kind]) -> tuple[Column, ...]:
    """Return columns of a table under the titles that the catalogue gives them."""
    return tuple(Column(name, heading(table, name), kind) for name, kind in kinds.items())


def spread(
    frame: pd.DataFrame, keys: Sequence[str], column: str, values: Sequence[str]
) -> pd.DataFrame:
    """Return one row per key, with the values of ``column`` side by side, as ``value:column``.

    Unlike pandas' pivot it keeps keys with empty parts, as the district of a province's own body.
    """
    number = frame.groupby(list(keys), dropna=False, sort=False).ngroup()
    wide = frame[list(keys)].groupby(number).head(1).set_axis(number.drop_duplicates())
    by_row = frame.assign(_row=number).set_index(["_row", column])
    for value in values:
        parts = pd.DataFrame(by_row[value].unstack(column)).add_prefix(f"{value}:")
        wide = wide.join(parts)
    return wide.reset_index(drop=True)


def agency_year(*more: str) -> list[str]:
    """Return the columns that name an agency and a fiscal year (be), and further ones."""
    return [*AGENCY, "fiscal_year_be", *more]
