"""Which columns of a checklist hold the names and the statuses, where no header says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz, process

from extract.document import Table
from extract.thai import skeleton
from normalize.reference import item_lists
from normalize.status import TICK_ROLES, read_status

# Roles of columns that may turn out to hold names or statuses: they have no meaning of their own.
OPEN_ROLES = ("", "requirement", "remark", "issue")
# A column is told by its first rows.
MAX_ROWS = 60
# It must have this many cells that are names or statuses, and this share of its filled cells.
MIN_CELLS, MIN_SHARE = 3, 0.6
# Similarity (0-100) from which a cell is the name of an item of any year.
SAME_NAME = 84.0


def with_roles(table: Table) -> Table:
    """Return the table with the roles of its names and statuses set by what its columns hold.

    A role that a header names stays; so does a table in which no column, or more than one, could
    have the role.
    """
    if not table.columns_with("item"):
        table = _with_role(table, "item", _is_name)
    if any(column.role in ("status", "score", *TICK_ROLES) for column in table.columns):
        return table
    return _with_role(table, "status", _is_status)


def _with_role(table: Table, role: str, is_one: Callable[[str], bool]) -> Table:
    found = [
        number
        for number, column in enumerate(table.columns, start=1)
        if column.role in OPEN_ROLES and _holds(table, number, is_one)
    ]
    if len(found) != 1:
        return table
    columns = list(table.columns)
    columns[found[0] - 1] = replace(columns[found[0] - 1], role=role)
    return replace(table, columns=tuple(columns))


def _holds(table: Table, number: int, is_one: Callable[[str], bool]) -> bool:
    rows = [cells for _, cells in table.body()][:MAX_ROWS]
    texts = [cells[number].text for cells in rows if number in cells and cells[number].text]
    known = sum(1 for text in texts if is_one(text))
    return known >= min(MIN_CELLS, len(rows)) and known >= MIN_SHARE * len(texts)


def _is_status(text: str) -> bool:
    return read_status(text).status not in ("unclear", "not_reported")


@cache
def _names() -> tuple[str, ...]:
    return tuple({key for items in item_lists().values() for item in items for key in item.keys})


def _is_name(text: str) -> bool:
    return (
        process.extractOne(
            skeleton(text), _names(), scorer=fuzz.ratio, processor=None, score_cutoff=SAME_NAME
        )
        is not None
    )
