"""Documents and records -> the tables of the contract, checked against the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from extract.document import Document, Issue
from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.decisions import Decision
from normalize.records import Records, Row
from normalize.report import normalize_document

RECORD_TABLES = (
    "documents",
    "items",
    "scores",
    "measures",
    "measure_steps",
    "review",
    "issues",
    "decisions",
)
COUNTS = ("tables", "items", "scores", "measures", "warnings")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the run: its content's document_id ("" if it would not open) and what failed."""

    source_file: str
    document_id: str
    error: str = ""


@dataclass(slots=True)
class _Gathered:
    documents: list[Row] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)
    issues: list[Row] = field(default_factory=list)


def normalize_documents(
    files: Sequence[SourceFile],
    documents: Iterable[Document],
    registry: Registry,
    decisions: Sequence[Decision] = (),
) -> dict[str, pd.DataFrame]:
    """Normalize documents into the record tables, in order of their files.

    Files with the same content are one document: its facts stand once, under the first file; each
    copy has a row of ``documents`` with counts of 0 and an issue. ``decisions`` are those of
    persons; each counts for the file that it names and for the content that it judged. Raises
    SchemaError if a table does not fit the catalogue, which is a defect of this program.
    """
    gathered = _Gathered()
    paths: dict[str, list[str]] = {}
    for file in files:
        if file.document_id:
            paths.setdefault(file.document_id, []).append(file.source_file)
        else:
            _add_unreadable(file, gathered)
    for document in documents:
        first, *copies = paths.get(document.document_id) or [document.source_file]
        names = {first, *copies}
        made = [
            decision
            for decision in decisions
            if decision.source_file in names or decision.document_id == document.document_id
        ]
        row, records = _normalized(replace(document, source_file=first), registry, made)
        gathered.documents.append(row)
        gathered.records.append(records)
        for copy in copies:
            gathered.documents.append({**row, "source_file": copy, **dict.fromkeys(COUNTS, 0)})
            message = f"the same content as {first}, which is the one that was read"
            gathered.issues.append(
                _issue(document.document_id, copy, "info", "duplicate_file", message)
            )
    gathered.documents.sort(key=lambda row: str(row["source_file"]))
    gathered.records.sort(key=lambda records: records.source_file)
    return _frames(gathered)


def cells_table(documents: Iterable[Document]) -> pd.DataFrame:
    """Return every cell of every table, in order of files, tables, rows and columns."""
    ordered = sorted(documents, key=lambda document: document.source_file)
    frame = catalogue().table("cells").frame(row for d in ordered for row in _cell_rows(d))
    catalogue().table("cells").check(frame)
    return frame


def _cell_rows(document: Document) -> Iterator[Row]:
    for table in document.tables:
        for cell in table.cells:
            box = cell.place.box
            yield {
                "document_id": document.document_id,
                "table_id": table.table_id,
                "page": cell.place.page,
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "is_header": cell.is_header,
                "text": cell.text or None,
                "raw_text": cell.raw_text or None,
                "x0": box.x0 if box else None,
                "top": box.top if box else None,
                "x1": box.x1 if box else None,
                "bottom": box.bottom if box else None,
                "source": cell.source,
                "confidence": cell.confidence,
                "line": cell.place.line,
            }


def _normalized(
    document: Document, registry: Registry, decisions: Sequence[Decision]
) -> tuple[Row, Records]:
    """Normalize a document; a defect of ours is the verdict of that report and of no other."""
    try:
        return normalize_document(document, registry, decisions)
    except Exception as error:
        reason = f"failed ({type(error).__name__}: {error}): please report this as a defect"
        failure = Issue("error", "internal_error", reason)
        broken = replace(document, status="failed", error=reason, issues=(failure,), blocks=())
        return normalize_document(broken, registry, decisions)


def _add_unreadable(file: SourceFile, gathered: _Gathered) -> None:
    gathered.documents.append(
        {
            "source_file": file.source_file,
            "report_type": "unknown",
            "agency_match_status": "unmatched",
            "period": "unknown",
            **dict.fromkeys(COUNTS, 0),
            "warnings": 1,
            "status": "failed",
            "error": file.error,
        }
    )
    gathered.issues.append(_issue(None, file.source_file, "error", "file_unreadable", file.error))


def _issue(
    document_id: str | None, source_file: str, severity: str, code: str, message: str
) -> Row:
    return {
        "document_id": document_id,
        "source_file": source_file,
        "severity": severity,
        "code": code,
        "message": message,
    }


def _frames(gathered: _Gathered) -> dict[str, pd.DataFrame]:
    rows: dict[str, list[Row]] = {name: [] for name in RECORD_TABLES}
    rows["documents"] = gathered.documents
    for records in gathered.records:
        for name in RECORD_TABLES[1:]:
            rows[name] += getattr(records, name)
    rows["issues"] = sorted(
        [*rows["issues"], *gathered.issues], key=lambda row: str(row["source_file"])
    )
    frames = {}
    for name in RECORD_TABLES:
        spec = catalogue().table(name)
        frames[name] = spec.frame(rows[name])
        spec.check(frames[name])
    return frames
