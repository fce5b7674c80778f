"""Documents and records -> the tables of the contract, checked against the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from extract.document import Document, Issue
from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.catalogue.files import table_lines
from normalize.decisions import Decision
from normalize.records import Row
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


Rows = dict[str, list[Row]]
"""Rows by the name of their record table."""


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
    paths: dict[str, list[str]] = {}
    by_file: dict[str, Rows] = {}
    for file in files:
        if file.document_id:
            paths.setdefault(file.document_id, []).append(file.source_file)
        else:
            by_file[file.source_file] = rows_of_unreadable(file)
    for document in documents:
        first, *copies = paths.get(document.document_id) or [document.source_file]
        names = {first, *copies}
        made = [
            decision
            for decision in decisions
            if decision.source_file in names or decision.document_id == document.document_id
        ]
        rows = rows_of_document(replace(document, source_file=first), registry, made)
        by_file[first] = rows
        for copy in copies:
            by_file[copy] = rows_of_copy(rows["documents"][0], copy)
    ordered = [by_file[name] for name in sorted(by_file)]
    frames = {}
    for name in RECORD_TABLES:
        spec = catalogue().table(name)
        frames[name] = spec.frame(row for rows in ordered for row in rows.get(name, ()))
        spec.check(frames[name])
    return frames


def rows_of_document(
    document: Document, registry: Registry, decisions: Iterable[Decision] = ()
) -> Rows:
    """Return the rows that a report gives to the record tables.

    A defect of ours is the verdict of that report and of no other. Raises MemoryError.
    """
    try:
        row, records = normalize_document(document, registry, decisions)
    except MemoryError:
        raise
    except Exception as error:
        reason = f"failed ({type(error).__name__}: {error}): please report this as a defect"
        return rows_of_failed(document, "internal_error", reason, decisions)
    return {"documents": [row], **{name: getattr(records, name) for name in RECORD_TABLES[1:]}}


def rows_of_failed(
    document: Document, code: str, reason: str, decisions: Iterable[Decision] = ()
) -> Rows:
    """Return the rows of a report that was read and cannot be normalized."""
    failure = Issue("error", code, reason)
    broken = replace(document, status="failed", error=reason, issues=(failure,), blocks=())
    row, records = normalize_document(broken, Registry.load(), decisions)
    return {"documents": [row], **{name: getattr(records, name) for name in RECORD_TABLES[1:]}}


def rows_of_copy(row: Row, copy: str) -> Rows:
    """Return the rows of a file with the same content as the first, whose row this is."""
    message = f"the same content as {row['source_file']}, which is the one that was read"
    document_id = str(row["document_id"])
    return {
        "documents": [{**row, "source_file": copy, **dict.fromkeys(COUNTS, 0)}],
        "issues": [_issue(document_id, copy, "info", "duplicate_file", message)],
    }


def rows_of_unreadable(file: SourceFile) -> Rows:
    """Return the rows of a file that the system would not open."""
    row: Row = {
        "source_file": file.source_file,
        "report_type": "unknown",
        "agency_match_status": "unmatched",
        "period": "unknown",
        **dict.fromkeys(COUNTS, 0),
        "warnings": 1,
        "status": "failed",
        "error": file.error,
    }
    return {
        "documents": [row],
        "issues": [_issue(None, file.source_file, "error", "file_unreadable", file.error)],
    }


def table_text(name: str, rows: Iterable[Row]) -> bytes:
    """Return rows as the file of a table has them, without its first line; raises SchemaError."""
    spec = catalogue().table(name)
    frame = spec.frame(rows)
    spec.check(frame)
    return "".join(table_lines(spec, frame)).encode()


def cells_table(documents: Iterable[Document]) -> pd.DataFrame:
    """Return every cell of every table, in order of files, tables, rows and columns."""
    ordered = sorted(documents, key=lambda document: document.source_file)
    frame = catalogue().table("cells").frame(row for d in ordered for row in rows_of_cells(d))
    catalogue().table("cells").check(frame)
    return frame


def rows_of_cells(document: Document) -> Iterator[Row]:
    """Yield a row for every cell of every table, in order of tables, rows and columns."""
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
