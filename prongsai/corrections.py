"""corrections.csv: what persons decided, a line each, in the folder of the reports it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.catalogue.files import csv_line, write_whole
from normalize.decisions import COLUMNS, Decision, ValueRefused, read_value
from prongsai.errors import OutputError, ProngsaiError, UsageError
from prongsai.match_table import OwnTable, read_own_table

# So many problems of a file are told at once.
MAX_TOLD = 20
_ID = re.compile(r"[0-9a-f]{16}")
_MUST_BE_FILLED = ("source_file", "decided_by")


def read_corrections(paths: Sequence[Path], registry: Registry) -> list[Decision]:
    """Read files of corrections; raises UsageError with every line and column that is not right.

    Two lines about the same doubt must say the same, also in two files.
    """
    problems: list[str] = []
    found: dict[str, Decision] = {}
    told_in: dict[str, str] = {}
    for path in paths:
        table = _read_table(path)
        for line, row in zip(table.lines, table.rows, strict=True):
            where = f"{path}, line {line}"
            values = dict(zip(table.columns, row, strict=True))
            wrong = list(_problems(values, registry))
            problems += [f"{where}, column {column}: {problem}" for column, problem in wrong]
            if wrong:
                continue
            decision = _decision(values, registry)
            first = found.setdefault(decision.review_id, decision)
            if _answer(first) != _answer(decision):
                other = told_in[decision.review_id]
                problems.append(f"{where}, column decision: {other} decides otherwise on this")
            told_in.setdefault(decision.review_id, where)
    if problems:
        raise problems_error(problems, "Mend or delete these lines, and run again.")
    return list(found.values())


def write_corrections(path: Path, decisions: Iterable[Decision]) -> None:
    """Write a file of corrections whole, in an order that keeps a diff short."""
    ordered = sorted(decisions, key=lambda d: (d.source_file, d.kind, d.raw, d.review_id))
    lines = (csv_line(getattr(decision, name) for name in COLUMNS) for decision in ordered)
    try:
        write_whole(path, [csv_line(COLUMNS), *lines])
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror})", "Free the folder and run again."
        ) from error


def problems_error(problems: Sequence[str], next_step: str) -> UsageError:
    """Return the error that tells problems, a line each."""
    more = len(problems) - MAX_TOLD
    told = [*problems[:MAX_TOLD], *([f"and {more} more"] if more > 0 else [])]
    return UsageError("\n".join(told), next_step)


def _read_table(path: Path) -> OwnTable:
    try:
        table = read_own_table(path)
    except ProngsaiError as error:
        raise UsageError(error.cause, error.next_step) from error
    if table.doubts:
        raise UsageError(
            f"{path}: {'; '.join(table.doubts)}",
            "Save it as CSV UTF-8, or take it as it was before, and run again.",
        )
    if sorted(table.columns) != sorted(COLUMNS):
        wrong = [f"lacks the column {name}" for name in COLUMNS if name not in table.columns]
        wrong += [f"has a column {name!r}" for name in table.columns if name not in COLUMNS]
        raise UsageError(
            f"{path}, line 1: the file {' and '.join(wrong) or 'repeats a column'}",
            f"The first line must be {','.join(COLUMNS)}.",
        )
    return table


def _problems(row: dict[str, str], registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield the columns of a line that are not right, and why."""
    for name in _MUST_BE_FILLED:
        if not row[name].strip():
            yield name, "is empty"
    for name in ("review_id", "document_id"):
        if not _ID.fullmatch(row[name]):
            yield name, f"{row[name]!r} is not an id of 16 digits 0-9 and a-f"
    for name, enum in (("kind", "review_kind"), ("decision", "review_decision")):
        allowed = [member.value for member in catalogue().enum(enum)]
        if row[name] not in allowed:
            yield name, f"{row[name]!r} is none of {', '.join(allowed)}"
            return
    if row["decision"] in ("accept", "other"):
        try:
            read_value(row["kind"], row["decided_value"], row["raw"], registry)
        except ValueRefused as error:
            yield "decided_value", str(error)
    elif row["decided_value"]:
        yield "decided_value", f"stands beside the decision {row['decision']}, which has none"
    try:
        if date.fromisoformat(row["decided_at"]).isoformat() != row["decided_at"]:
            raise ValueError
    except ValueError:
        yield "decided_at", f"{row['decided_at']!r} is no date such as 2026-01-31"


def _decision(row: dict[str, str], registry: Registry) -> Decision:
    value = row["decided_value"]
    if value:
        value = read_value(row["kind"], value, row["raw"], registry)
    return Decision(**{**row, "decided_value": value})


def _answer(decision: Decision) -> tuple[str, ...]:
    return decision.kind, decision.raw, decision.decision, decision.decided_value
