"""What changed between two datasets: record tables before and after -> a row for each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analyze.frames import AGENCY
from analyze.pairing import Pair, Record, Report, pair_reports, pair_rows
from normalize.catalogue.files import plain_number

COLUMNS = (
    *("agency_code", "agency_name", "fiscal_year_be", "source_file", "table", "key", "column"),
    *("old", "new", "cause", "change"),
)
CAUSES = (
    "new_report",
    "removed_report",
    "changed_report",
    "renamed_report",
    "new_decision",
    "undone_decision",
    "changed_decision",
    "version",
    "unknown",
)
"""Why something changed, in the order that they are told in."""

# The tables whose rows are compared, each with the columns that make two rows of a report the same
# row, the surest first, and with the columns whose first that is filled stands for a whole row.
KEYS = {
    "items": (
        ("item_list_year_be", "item_no", "item_no_raw", "item_name_raw"),
        ("item_no_raw", "item_name_raw"),
        ("concept_id",),
        ("item_list_year_be", "item_no"),
    ),
    "scores": (("metric", "fiscal_year_be"), ("metric", "raw")),
    "measures": (("measure_no", "measure"), ("measure",), ("measure_no",)),
    "decisions": (("review_id",), ("kind", "raw")),
}
MAIN_COLUMNS = {
    "documents": ("source_file",),
    "items": ("status", "match_status"),
    "scores": ("value", "level"),
    "measures": ("measure",),
    "decisions": ("decided_value", "decision"),
}
FACTS = ("items", "scores", "measures")
TABLES = ("documents", *FACTS, "measure_steps", "review", "decisions")
"""The tables that are compared."""

# What a row of documents counts; of copies, only the row of the one that was read does.
_COUNTS = (*FACTS, "tables", "warnings")
# Ids, places, counts and how sure a match was are no values, nor is what another column says
# already. Whose report it is stands in documents.
_NO_VALUES = {
    *("observation_id", "document_id", "source_file", "page", "table_id", "row", "line"),
    *("match_score", "match_method", "fiscal_year_ce"),
}
_LEFT_OUT = {
    "documents": {*_NO_VALUES, *_COUNTS},
    "items": {*_NO_VALUES, *AGENCY, "fiscal_year_be"},
    "scores": {*_NO_VALUES, *AGENCY},
    "measures": {*_NO_VALUES, *AGENCY, "fiscal_year_be"},
    "decisions": {*_NO_VALUES, "review_id", "note", "decided_by", "decided_at"},
}
# Decisions of these kinds are about the whole report, others about the row where they stand.
_ABOUT_REPORT = ("agency", "fiscal_year", "item_list_year")
_ABOUT_ROWS = ("fiscal_year", "item_list_year")

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A decision that differs: what it is a cause of, and how it was and is."""

    cause: str
    old: Record | None
    new: Record | None

    def touches(self, table: str, old: Record | None, new: Record | None) -> bool:
        """Say whether a row of a table has its values from this decision."""
        kind = (self.new or self.old or {})["kind"]
        if table == "decisions":
            return old is self.old and new is self.new
        if table == "documents":
            return kind in _ABOUT_REPORT
        if table == "review":
            return kind == (new or old or {})["kind"]
        if kind in _ABOUT_REPORT:
            return kind in _ABOUT_ROWS
        pairs = ((self.old, old or new), (self.new, new or old))
        return any(made and row and _place(made) == _place(row) for made, row in pairs)


def changes(old: Tables, new: Tables, *, is_same_version: bool = False) -> pd.DataFrame:
    """Compare two datasets, each its record tables by name; return a row for each change.

    A report is the same where its content or its file name is; a row of it, where its item,
    metric, measure or words are. ``change`` is added, removed or changed; ``old`` and ``new`` are
    the values of ``column`` as text, that of its main column where a whole row came or went.
    Measures are compared with their steps (column ``steps``), and of ``review`` the open rows of
    each kind are counted. Columns that only one side has are not compared, nor are ids, places,
    counts and match scores. ``cause`` is one of CAUSES; ``is_same_version`` says that program and
    lists were the same, so that they are no cause. The agency and year (be) are those of ``new`` if
    it knows them; of a score, the year that was scored. A table that is not there has no rows.
    """
    compared = {name: _compared(name, old, new) for name in KEYS | {"documents": ()}}
    rows = [
        row
        for pair in pair_reports(_reports(old), _reports(new))
        for row in _ReportPair(*pair, compared, is_same_version).changes()
    ]
    rows.sort(key=_order)
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")
    frame["fiscal_year_be"] = pd.to_numeric(frame["fiscal_year_be"]).astype("Int64")
    return frame


class _ReportPair:
    """A report before and after; one of them is None where it came or went."""

    def __init__(
        self,
        old: Report | None,
        new: Report | None,
        compared: Mapping[str, Sequence[str]],
        is_same_version: bool,
    ) -> None:
        self.old = old
        self.new = new
        self.about = [report for report in (new, old) if report]
        self.compared = compared
        self.is_same_version = is_same_version
        self.cause = self._cause_of_report()
        self.decisions = list(self._judged())

    def changes(self) -> Iterator[dict[str, str | None]]:
        """Yield the changes of the report itself, of its rows and of what is asked about it."""
        yield from self._changed("documents", [self._document_rows()])
        for table in FACTS:
            yield from self._changed(table, self._pairs(table))
        yield from self._changed_counts()
        yield from self._changed("decisions", [(made.old, made.new) for made in self.decisions])

    def _cause_of_report(self) -> str:
        """Return why everything in the report changed; empty where its content is the same."""
        if not self.old:
            return "new_report"
        if not self.new:
            return "removed_report"
        return "" if self.old.document_id == self.new.document_id else "changed_report"

    def _cause(self, table: str, old: Record | None, new: Record | None) -> str:
        if self.cause:
            return self.cause
        for made in self.decisions:
            if made.touches(table, old, new):
                return made.cause
        if not self.is_same_version:
            return "version"
        if self.decisions:  # nothing else differs, so it follows from them
            causes = {made.cause for made in self.decisions}
            return causes.pop() if len(causes) == 1 else "changed_decision"
        return "renamed_report" if len({tuple(one.names) for one in self.about}) > 1 else "unknown"

    def _document_rows(self) -> Pair:
        return self.old.row if self.old else None, self.new.row if self.new else None

    def _pairs(self, table: str) -> list[Pair]:
        """Pair the rows of a table; a file that is now about something else shares none."""
        old = self.old.rows[table] if self.old else []
        new = self.new.rows[table] if self.new else []
        if self.cause == "changed_report" and not _is_same_subject(*self._document_rows()):
            return pair_rows(old, new, ())
        return pair_rows(old, new, (self.compared[table], *KEYS[table]))

    def _judged(self) -> Iterator[_Judged]:
        for old, new in self._pairs("decisions"):
            if old and new:
                if any(old[name] != new[name] for name in self.compared["decisions"]):
                    yield _Judged("changed_decision", old, new)
            else:
                yield _Judged("new_decision" if new else "undone_decision", old, new)

    def _changed(self, table: str, pairs: Sequence[Pair]) -> Iterator[dict[str, str | None]]:
        for old, new in pairs:
            if old and new:
                for name in self.compared[table]:
                    if old[name] != new[name]:
                        cause = self._cause(table, old, new)
                        yield self._row(table, old, new, name, (old[name], new[name]), cause)
                if table == "documents" and self.old and self.new:
                    names = (self.old.source_file, self.new.source_file)
                    if names[0] != names[1]:
                        cause = self.cause or "renamed_report"
                        yield self._row(table, old, new, "source_file", names, cause)
                continue
            row = old or new or {}
            name = next(
                (name for name in MAIN_COLUMNS[table] if row.get(name)), MAIN_COLUMNS[table][0]
            )
            values = (old or {}).get(name, ""), (new or {}).get(name, "")
            yield self._row(table, old, new, name, values, self._cause(table, old, new))

    def _changed_counts(self) -> Iterator[dict[str, str | None]]:
        """Yield the kinds of doubts of which more or fewer wait for a person."""
        counts = [
            Counter(row["kind"] for row in report.rows["review"]) if report else Counter()
            for report in (self.old, self.new)
        ]
        for kind in sorted(counts[0] | counts[1]):
            old, new = ({"kind": kind} if report else None for report in (self.old, self.new))
            if counts[0][kind] != counts[1][kind]:
                values = str(counts[0][kind]), str(counts[1][kind])
                cause = self._cause("review", old, new)
                yield self._row("review", old, new, "rows", values, cause)

    def _row(
        self,
        table: str,
        old: Record | None,
        new: Record | None,
        column: str,
        values: tuple[str, str],
        cause: str,
    ) -> dict[str, str | None]:
        reports = [report.row for report in self.about]
        whose = next((row for row in reports if row.get("agency_name")), reports[0])
        dated = [row for row in (new, old) if row] if table == "scores" else reports
        years = [year for row in dated if (year := row.get("fiscal_year_be"))]
        return {
            "agency_code": whose.get("agency_code") or None,
            "agency_name": whose.get("agency_name") or None,
            "fiscal_year_be": years[0] if years else None,
            "source_file": self.about[0].source_file,
            "table": table,
            "key": self.about[0].source_file if table == "documents" else _key(table, new or old),
            "column": column,
            "old": values[0] or None,
            "new": values[1] or None,
            "cause": cause,
            "change": "changed" if old and new else "added" if new else "removed",
        }


def _reports(tables: Tables) -> dict[str, Report]:
    """Gather the rows of each report by its document_id.

    Copies are one report, told by the row of the copy that was read. A file that could not be
    opened has no document_id and goes by its name.
    """
    rows = {name: _records(tables[name]) if name in tables else [] for name in TABLES}
    reports: dict[str, Report] = {}
    for row in rows["documents"]:
        key = row["document_id"] or f"file {row['source_file']}"
        report = reports.setdefault(key, Report(key, [], row))
        report.names.append(row["source_file"])
        report.row = max(report.row, row, key=_counted)
    steps: dict[str, list[str]] = {}
    for row in rows["measure_steps"]:
        text = f"{row.get('step_no', '')}. {row.get('text', '')}"
        steps.setdefault(row["observation_id"], []).append(text)
    for row in rows["measures"]:
        row["steps"] = "\n".join(steps.get(row["observation_id"], ()))
    for table in (*FACTS, "review", "decisions"):
        for row in rows[table]:
            key = row["document_id"] or f"file {row['source_file']}"
            if key in reports:
                reports[key].rows[table].append(row)
    for report in reports.values():
        report.names.sort()
    return reports


def _counted(row: Record) -> int:
    return sum(int(row.get(name) or 0) for name in _COUNTS)


def _records(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows as text, empty where a value is not known."""
    names = [str(name) for name in frame.columns]
    columns = [_texts(frame[name]) for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _texts(column: pd.Series) -> list[str]:
    write = plain_number if pd.api.types.is_float_dtype(column.dtype) else str
    return ["" if pd.isna(value) else write(value) for value in column]


def _compared(table: str, old: Tables, new: Tables) -> list[str]:
    """Return the columns of a table that both datasets have and that are values."""
    columns = [list(tables[table].columns) for tables in (old, new) if table in tables]
    shared = [name for name in columns[0] if name in columns[-1]] if columns else []
    found = [str(name) for name in shared if name not in _LEFT_OUT[table]]
    return [*found, "steps"] if table == "measures" else found


def _is_same_subject(old: Record | None, new: Record | None) -> bool:
    """Say whether two reports may be of one agency and fiscal year (be), as far as is known."""
    told = ("agency_code", "agency_name", "fiscal_year_be")
    pairs = [((old or {}).get(name), (new or {}).get(name)) for name in told]
    return all(one == other for one, other in pairs if one and other)


def _place(row: Record) -> tuple[str, ...]:
    """Return where a row stands: its table and row, else its page and line."""
    names = ("table_id", "row") if row.get("table_id") else ("page", "line")
    return tuple(row.get(name, "") for name in names)


def _key(table: str, row: Record | None) -> str:
    """Name a row by what it is about."""
    told = row or {}
    if table == "items":
        raw = f"{told.get('item_no_raw', '')} {told.get('item_name_raw', '')}".strip()
        return f"O{told['item_no']}" if told.get("item_no") else raw
    if table == "measures":
        return f"{told.get('measure_no', '')} {told['measure']}".strip()
    if table == "decisions":
        return f"{told['kind']}: {told.get('raw', '')}"
    return told["metric" if table == "scores" else "kind"]


def _order(row: Mapping[str, str | None]) -> tuple[object, ...]:
    """Sort by agency (those not known last), year, cause, file and table; rows keep their order."""
    return (
        row["agency_name"] is None,
        row["agency_code"] or "",
        row["agency_name"] or "",
        row["fiscal_year_be"] or "",
        CAUSES.index(str(row["cause"])),
        row["source_file"],
        TABLES.index(str(row["table"])),
    )
