"""`prongsai diff`: what changed between two datasets, as text, JSON or CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

import pandas as pd

from analyze.changes import CAUSES, COLUMNS, FACTS, TABLES, changes
from normalize.catalogue.files import csv_line
from prongsai.dataset import Dataset

# A person is shown so many agencies and years, so many changes of each report, and so much of each
# value; the CSV has all.
MAX_SHOWN_YEARS = 50
MAX_SHOWN_CHANGES = 10
MAX_SHOWN_CHARACTERS = 60
# The parts of the program that have a version; a dataset that lacks one does not say enough.
_VERSIONED = ("prongsai", "extract", "normalize", "lists")
# Of these the reports are named, and their rows counted: all of them came or went.
_WHOLE_REPORTS = ("new_report", "removed_report")
_SIGNS = {"added": "+", "removed": "-", "changed": " "}
# What a terminal would obey rather than print, and what would break a line.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

Change = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Diff:
    """Two datasets and what changed from the one to the other: ``frame`` of `analyze.changes`."""

    old: Dataset
    new: Dataset
    frame: pd.DataFrame

    @property
    def rows(self) -> list[Change]:
        """The changes as plain values."""
        listed = (self.frame[name].tolist() for name in COLUMNS)  # plain numbers, not numpy's
        columns = [[None if pd.isna(value) else value for value in values] for values in listed]
        return [dict(zip(COLUMNS, values, strict=True)) for values in zip(*columns, strict=True)]

    @property
    def other_versions(self) -> dict[str, list[str | None]]:
        """The versions that differ, old and new; None where a dataset does not say."""
        pairs = {name: [side.made_by.get(name) for side in self.sides] for name in _VERSIONED}
        return {name: told for name, told in pairs.items() if None in told or told[0] != told[1]}

    @property
    def sides(self) -> tuple[Dataset, Dataset]:
        """The old and the new dataset."""
        return self.old, self.new

    @property
    def not_compared(self) -> list[str]:
        """The columns of compared tables that only one of the datasets has, as table.column."""
        return [
            f"{name}.{column}"
            for name in ("documents", *FACTS)
            for column in sorted({*self.old.tables[name]} ^ {*self.new.tables[name]}, key=str)
        ]


def compare(old: Dataset, new: Dataset) -> Diff:
    """Compare two datasets."""
    told = [side.made_by.get(name) for side in (old, new) for name in _VERSIONED]
    is_same = None not in told and old.made_by == new.made_by
    return Diff(old, new, changes(old.tables, new.tables, is_same_version=is_same))


def as_csv(diff: Diff) -> str:
    """Write all changes, one row each."""
    rows = (["" if value is None else str(value) for value in row.values()] for row in diff.rows)
    return "".join(csv_line(row) for row in (COLUMNS, *rows))


def as_json(diff: Diff) -> str:
    """Write everything as one JSON object."""
    old, new = (
        {"path": str(side.out), "reports": len(side.tables["documents"]), "made_by": side.made_by}
        for side in diff.sides
    )
    rows = diff.rows
    counts = {cause: sum(row["cause"] == cause for row in rows) for cause in CAUSES}
    content = {
        "old": old,
        "new": new,
        "other_versions": diff.other_versions,
        "not_compared": diff.not_compared,
        "counts": {cause: count for cause, count in counts.items() if count},
        "changes": rows,
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def as_text(diff: Diff) -> str:
    """Write a summary for a person: by agency and year, then by cause and report."""
    return "\n".join(_CONTROL.sub("\ufffd", line) for line in _text(diff)) + "\n"


def _text(diff: Diff) -> Iterator[str]:
    yield from _sides(diff)
    rows = diff.rows
    if not rows:
        yield "nothing changed"
        return
    yield ""
    for cause in CAUSES:
        own = [row for row in rows if row["cause"] == cause]
        if own:
            reports = len({row["source_file"] for row in own})
            yield f"{_words(cause)}: {_counted(own)} in {reports} report{'s' * (reports > 1)}"
    years = [list(group) for _, group in groupby(rows, key=_agency_year)]
    is_cut = len(years) > MAX_SHOWN_YEARS
    for year in years[:MAX_SHOWN_YEARS]:
        yield ""
        yield _agency_title(year[0])
        for (cause, source_file), group in groupby(year, key=_cause_and_report):
            own = list(group)
            yield f"  {_words(cause)} {source_file}: {_counted(own)}"
            shown = [] if cause in _WHOLE_REPORTS else own
            for row in shown[:MAX_SHOWN_CHANGES]:
                yield f"    {_change(row)}"
            if len(shown) > MAX_SHOWN_CHANGES:
                is_cut = True
                yield f"    and {len(shown) - MAX_SHOWN_CHANGES} more"
    if len(years) > MAX_SHOWN_YEARS:
        yield f"\nand {len(years) - MAX_SHOWN_YEARS} more agencies and years"
    if is_cut:
        yield ""
        yield "--out FILE.csv writes all of them"


def _sides(diff: Diff) -> Iterator[str]:
    for name, side in zip(("old", "new"), diff.sides, strict=True):
        yield f"{name}: {side.out}, {len(side.tables['documents'])} reports"
    if not diff.other_versions:
        yield "the same version of program and lists made both"
    elif not all(side.made_by for side in diff.sides):
        yield "not told by both: which version of program and lists made them"
    else:
        for name, (old, new) in diff.other_versions.items():
            yield f"version of {name}: {old or 'not told'} -> {new or 'not told'}"
    if diff.not_compared:
        yield f"not compared, being in one of them alone: {', '.join(diff.not_compared)}"


def _agency_year(row: Change) -> tuple[object, ...]:
    return row["agency_code"], row["agency_name"], row["fiscal_year_be"]


def _cause_and_report(row: Change) -> tuple[str, str]:
    return str(row["cause"]), str(row["source_file"])


def _agency_title(row: Change) -> str:
    code = f" ({row['agency_code']})" if row["agency_code"] else ""
    return (
        f"{row['agency_name'] or 'agency not known'}{code}, "
        f"fiscal year {row['fiscal_year_be'] or 'not known'}"
    )


def _words(cause: str) -> str:
    return "cause unknown" if cause == "unknown" else cause.replace("_", " ")


def _counted(rows: list[Change]) -> str:
    counts = {table: sum(row["table"] == table for row in rows) for table in TABLES}
    told = ", ".join(f"{table} {count}" for table, count in counts.items() if count)
    return f"{len(rows)} change{'s' * (len(rows) > 1)} ({told})"


def _change(row: Change) -> str:
    values = [_one_line(row[name]) for name in ("old", "new")]
    start = _first_difference(*values) if row["change"] == "changed" else 0
    old, new = (_short(value, start) for value in values)
    what = {"added": new, "removed": old, "changed": f"{old} -> {new}"}[str(row["change"])]
    key = "" if row["table"] == "documents" else f" {_short(_one_line(row['key']))}"
    return f"{_SIGNS[str(row['change'])]} {row['table']}{key}, {row['column']}: {what}"


def _one_line(value: object) -> str:
    return " ".join(str(value or "(empty)").split())


def _first_difference(old: str, new: str) -> int:
    """Return where to begin to show two values, so that what differs is seen.

    It is behind a space if one is near, and never at a mark without its consonant.
    """
    pairs = enumerate(zip(old, new, strict=False))
    shared = next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))
    near = shared - MAX_SHOWN_CHARACTERS // 2
    if max(len(old), len(new)) <= MAX_SHOWN_CHARACTERS or near <= 0:
        return 0
    start = old.rfind(" ", near, shared) + 1 or near
    while start and category(old[start : start + 1] or " ") == "Mn":
        start -= 1
    return start


def _short(text: str, start: int = 0) -> str:
    end = start + MAX_SHOWN_CHARACTERS
    return "..." * (start > 0) + text[start:end] + "..." * (len(text) > end)
