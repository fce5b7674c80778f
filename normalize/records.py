"""What normalization writes down: rows of the record tables, doubts and issues, with evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from extract.document import Cell, Paragraph, Place
from normalize.date_tokens import BE_MINUS_CE
from normalize.decisions import SEPARATOR, Decision, are_same_words

Value = str | int | float | None
Row = dict[str, Value]

AGENCY_COLUMNS = ("agency_code", "agency_name", "agency_type", "district", "province")


def stable_id(*parts: object) -> str:
    """Return 16 hex digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: page or line, and the table and row if it stands in one.

    ``confidence`` is how sure its words are, from 0 to 1, if they were read from a picture.
    """

    place: Place = field(default_factory=Place)
    table_id: str | None = None
    row: int | None = None
    confidence: float | None = None

    @classmethod
    def of(cls, cell: Cell, table_id: str, row: int) -> Evidence:
        """Return the evidence for a value read in this row of a table."""
        return cls(cell.place, table_id, row, cell.confidence)

    @classmethod
    def of_paragraph(cls, paragraph: Paragraph) -> Evidence:
        """Return the evidence for a value read in running text."""
        return cls(paragraph.place, confidence=paragraph.confidence)

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
    """The rows that one report gives to each table, and the doubts that persons have settled.

    ``judged`` are the decisions about this report, by review_id; ``decisions`` has a row for each
    that took effect.
    """

    document_id: str
    source_file: str
    judged: Mapping[str, Decision] = field(default_factory=dict)
    items: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    measure_steps: list[Row] = field(default_factory=list)
    review: list[Row] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    _places: dict[tuple[str, str], dict[tuple[Value, ...], int]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)

    def decision(
        self,
        kind: str,
        raw: str,
        evidence: Evidence,
        *,
        is_sure: bool = False,
        of_report: bool = False,
    ) -> Decision | None:
        """Return what a person decided about these words; None where nobody did, or was not sure.

        It holds as long as the words do. Where the rest of the report has changed and the program
        ``is_sure`` of itself, that goes before it.
        """
        for key in self._keys(kind, raw, evidence, of_report):
            made = self._made(key, kind, raw)
            if made and not made.is_open and not (is_sure and made.document_id != self.document_id):
                return made
        return None

    def settle(self, decision: Decision, evidence: Evidence) -> None:
        """Write down that a decision took effect; its doubt is no longer asked about."""
        if decision.review_id not in self._used:
            self._used.add(decision.review_id)
            here = {"document_id": self.document_id, "source_file": self.source_file}
            self.decisions.append({**asdict(decision), **here, **evidence.columns()})

    def unused(self) -> list[Decision]:
        """Return the decisions about words that the report does not have, or not in doubt."""
        return [made for key, made in self.judged.items() if key not in self._used]

    def doubt(
        self,
        kind: str,
        raw: str,
        evidence: Evidence,
        *,
        reason: str,
        suggestion: str = "",
        score: float | None = None,
        alternatives: Iterable[str] = (),
        of_report: bool = False,
    ) -> None:
        """Ask a person to settle something, once for each place, unless it is settled.

        The id depends on the file's name, the kind and the words in doubt, so that it stays the
        same when something else in the report changes; the same words again get an id of their own.
        A doubt ``of_report`` is about the whole of it, and its id is of that content: a title
        without a year may stand over next year's report too.
        """
        keys = self._keys(kind, raw, evidence, of_report)
        if keys[0] in self._asked or self._used.intersection(keys):
            return
        self._asked.add(keys[0])
        made = (self._made(key, kind, raw) for key in keys)
        unsure = next((found for found in made if found and found.is_open), None)
        if unsure:
            self._used.add(unsure.review_id)
        self.review.append(
            {
                "review_id": keys[0],
                "kind": kind,
                "document_id": self.document_id,
                "source_file": self.source_file,
                **evidence.columns(),
                "raw": one_line(raw),
                "suggestion": suggestion or None,
                "score": None if score is None else round(score, 4),
                "alternatives": SEPARATOR.join(alternatives) or None,
                "reason": reason,
                "decision": unsure.decision if unsure else None,
                "note": (unsure.note or None) if unsure else None,
            }
        )

    def _keys(self, kind: str, raw: str, evidence: Evidence, of_report: bool) -> list[str]:
        """Return the id of a doubt, and those it had while the same content had other names."""
        words = one_line(raw)
        places = self._places.setdefault((kind, words), {})
        number = places.setdefault(tuple(evidence.columns().values()), len(places))
        if of_report:
            return [stable_id(kind, self.document_id, words, number)]
        same = (m.source_file for m in self.judged.values() if m.document_id == self.document_id)
        names = dict.fromkeys((self.source_file, *same))
        return [stable_id(kind, name, words, number) for name in names]

    def _made(self, key: str, kind: str, raw: str) -> Decision | None:
        made = self.judged.get(key)
        is_meant = made and made.kind == kind and are_same_words(made.raw, one_line(raw))
        return made if is_meant else None

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
