"""Which column of a checklist holds the statuses, where its header does not say so."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Table
from normalize.status import TICK_ROLES, read_status

# Roles of columns that may turn out to hold statuses: those without a meaning of their own.
OPEN_ROLES = ("", "requirement", "remark")
# A column of statuses has this many cells that a rule understands, and this share of its filled.
MIN_UNDERSTOOD, MIN_SHARE = 3, 0.6


def with_status_column(table: Table) -> Table:
    """Return the table with the role of its column of statuses set, found by what it holds.

    A table whose header names such a column, or a score, comes back as it is; so does one in which
    no column, or more than one, is understood as statuses.
    """
    if any(column.role in ("status", "score", *TICK_ROLES) for column in table.columns):
        return table
    found = [
        number
        for number, column in enumerate(table.columns, start=1)
        if column.role in OPEN_ROLES and _holds_statuses(table, number)
    ]
    if len(found) != 1:
        return table
    columns = list(table.columns)
    columns[found[0] - 1] = replace(columns[found[0] - 1], role="status")
    return replace(table, columns=tuple(columns))


def _holds_statuses(table: Table, number: int) -> bool:
    texts = [cells[number].text for _, cells in table.body() if number in cells]
    read = [read_status(text).status for text in texts if text]
    understood = [status for status in read if status not in ("unclear", "not_reported")]
    return len(understood) >= MIN_UNDERSTOOD and len(understood) >= MIN_SHARE * len(read)
