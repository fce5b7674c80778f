"""What normalization writes down: rows of the record tables, doubts and issues, with evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.document import Cell, Place
from normalize.date_tokens import BE_MINUS_CE

Value = str | int | float | None
Row = dict[str, Value]

AGENCY_COLUMNS = ("agency_code", "agency_name", "agency_type", "district", "province")


def stable_id(*parts: object) -> str:
    """Return 16 hex digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: page or line, and the table and row if it stands in one."""

    place: Place = field(default_factory=Place)
    table_id: str | None = None
    row: int | None = None

    @classmethod
    def of(cls, cell: Cell, table_id: str, row: int) -> Evidence:
        """Return the evidence for a value read in this row of a table."""
        return cls(cell.place, table_id, row)

    def columns(self) -> Row:
        """Return the evidence columns of a record row."""
        return {
            "page": self.place.page,
            "table_id": self.table_id,
            "row": self.row,
            "line": self.place.line,
        }


@dataclass(slots=True)
class Records:
    """The rows that one report gives to each table."""

    document_id: str
    source_file: str
    items: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    measure_steps: list[Row] = field(default_factory=list)
    review: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)

    def doubt(
        self,
        kind: str,
        raw: str,
        evidence: Evidence,
        *,
        reason: str,
        suggestion: str = "",
        score: float | None = None,
        alternatives: str = "",
    ) -> None:
        """Ask a person to settle something, once for each place.

        The id depends on the file's name, the kind and the words in doubt, so that it stays the
        same when something else in the report changes; the same words again get an id of their own.
        """
        place = evidence.columns()
        alike = [row for row in self.review if (row["kind"], row["raw"]) == (kind, raw)]
        if any(row.items() >= place.items() for row in alike):
            return
        key = stable_id(kind, self.source_file, raw, len(alike))
        self.review.append(
            {
                "review_id": key,
                "kind": kind,
                "document_id": self.document_id,
                "source_file": self.source_file,
                **place,
                "raw": raw,
                "suggestion": suggestion or None,
                "score": None if score is None else round(score, 4),
                "alternatives": alternatives or None,
                "reason": reason,
            }
        )

    def issue(
        self, severity: str, code: str, message: str, evidence: Evidence | None = None
    ) -> None:
        """Write down something that was not understood or is odd."""
        self.issues.append(
            {
                "document_id": self.document_id,
                "source_file": self.source_file,
                **(evidence or Evidence()).columns(),
                "severity": severity,
                "code": code,
                "message": message,
            }
        )


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def year_columns(fiscal_year_be: int | None) -> Row:
    """Return the columns of a fiscal year (be), in both eras."""
    return {
        "fiscal_year_be": fiscal_year_be,
        "fiscal_year_ce": fiscal_year_be - BE_MINUS_CE if fiscal_year_be else None,
    }


def set_columns(rows: list[Row], columns: Mapping[str, Value]) -> None:
    """Set the same columns in every row."""
    for row in rows:
        row.update(columns)
