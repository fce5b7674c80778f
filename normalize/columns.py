"""Which columns hold the names, the statuses and the ticks, where the header alone does not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz, process

from extract.document import Table
from extract.thai import skeleton
from normalize.numbers import parse_number
from normalize.reference import item_lists
from normalize.row_status import header_reading
from normalize.status import TICK_ROLES, is_set, is_sign, read_status
from normalize.wording import BLANK, NO_RULE

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

    Columns of ticks are told first (see :func:`with_ticks`). A role that a header names stays; so
    does a table in which no column, or more than one, could have the role.
    """
    table = with_ticks(table)
    if not table.columns_with("item"):
        table = _with_role(table, "item", _is_name)
    if any(column.role in ("status", "score", *TICK_ROLES) for column in table.columns):
        return table
    if not any(column.header for column in table.columns):
        return _with_role(table, "status", _is_status)
    unnamed = [n for n, column in enumerate(table.columns, start=1) if not column.header]
    signs = [number for number in unnamed if _holds(table, number, is_sign)]
    if len(signs) == 1:  # ticks under no header say that a thing is there
        return _set_role(table, signs[0], "status")
    return _with_role(table, "status", _is_status)


def with_ticks(table: Table) -> Table:
    """Return the table with the role "tick" for its columns of ticks, whatever role they had.

    Their filled cells are all signs, and a rule for statuses understands their header. Beside
    such a column one counts too whose header a rule reads as unclear ("not passed").
    """
    said = {
        number: header_reading(table, number)
        for number, column in enumerate(table.columns, start=1)
        if column.role not in TICK_ROLES and _holds_signs(table, number)
    }
    found = {n for n, reading in said.items() if reading.status not in ("unclear", "not_reported")}
    if found or any(table.columns_with(role) for role in TICK_ROLES):
        found |= {
            number
            for number, reading in said.items()
            if reading.status in ("unclear", "not_reported")
            and reading not in (NO_RULE, BLANK)
            and table.columns[number - 1].role in (*OPEN_ROLES, "status")
        }
    columns = (
        replace(column, role="tick") if number in found else column
        for number, column in enumerate(table.columns, start=1)
    )
    return replace(table, columns=tuple(columns))


def _holds_signs(table: Table, number: int) -> bool:
    """Say whether a column's cells are signs; dashes and empty boxes count as empty."""
    texts = [cells[number].text for _, cells in table.body() if number in cells]
    return any(map(is_set, texts)) and all(
        is_sign(text) or read_status(text, rules_only=True).status == "not_reported"
        for text in texts
    )


def _with_role(table: Table, role: str, is_one: Callable[[str], bool]) -> Table:
    found = [
        number
        for number, column in enumerate(table.columns, start=1)
        if column.role in OPEN_ROLES and _holds(table, number, is_one)
    ]
    return _set_role(table, found[0], role) if len(found) == 1 else table


def _set_role(table: Table, number: int, role: str) -> Table:
    columns = list(table.columns)
    columns[number - 1] = replace(columns[number - 1], role=role)
    return replace(table, columns=tuple(columns))


def _holds(table: Table, number: int, is_one: Callable[[str], bool]) -> bool:
    rows = [cells for _, cells in table.body()][:MAX_ROWS]
    texts = [cells[number].text for cells in rows if number in cells and cells[number].text]
    known = sum(1 for text in texts if is_one(text))
    return known >= min(MIN_CELLS, len(rows)) and known >= MIN_SHARE * len(texts)


def _is_status(text: str) -> bool:
    """Say whether a text says a status in words: shares alone may be those of anything."""
    if is_sign(text) or not any(map(str.isalpha, text)) or parse_number(text) is not None:
        return False
    return read_status(text, rules_only=True).status not in ("unclear", "not_reported")


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
