"""What a run has done for each report: it is read, and its Document is turned into records.

A task is carried out by a process of its own (:mod:`prongsai.worker`), which is sent all that it
needs and opens no file itself. Where that process did not live to answer, the task says what the
verdict is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from extract.document import Document, failed
from extract.limits import MB, Limits
from extract.media import told_media_type
from extract.read import Ocr, document_id, read_bytes, unread
from normalize.agencies.registry import Agency, Registry
from normalize.decisions import Decision
from normalize.tables import Rows, rows_of_cells, rows_of_document, rows_of_failed, table_text
from prongsai.errors import NoInputError, unopened
from prongsai.packets import Packet


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a process did not live to answer: the code of an issue, and the reason.

    What was killed ``from_outside``, as where the machine lacks memory, may go well another time.
    """

    code: str
    reason: str
    from_outside: bool = False


class NotOpened(Exception):  # noqa: N818
    """A report cannot be had now; another time it may be."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read a report; the answer has its Document as JSON, and its lines of ``cells``.

    The head of the answer says why reading failed ("error", empty where it did not), how many pages
    the report has ("pages") and how many rows ("rows") the tables.
    """

    path: Path
    source_file: str
    document_id: str
    media_type: str
    ocr: Ocr

    def request(self) -> Packet:
        """Open the report; raises NotOpened."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise NotOpened(unopened(error)) from error
        if document_id(content) != self.document_id:
            raise NotOpened("the file changed while it was read: run again")
        head = {"do": "read", "source_file": self.source_file, "ocr": self.ocr}
        return Packet(head, {"report": content})

    def lost(self, loss: Loss, limits: Limits) -> Packet:
        """Return the answer for a report whose reader is gone."""
        document = unread(self.document_id, self.source_file, self.media_type, self.ocr, limits)
        answer = _failed_packet(document, loss.code, loss.reason)
        answer.head["is_lost"] = loss.from_outside
        return answer


@dataclass(frozen=True, slots=True)
class NormalizeTask:
    """Turn a Document into records; the answer has its lines of the record tables.

    The head of the answer has its row of ``documents`` ("document"), how many rows each table has
    ("rows"), and whether the process was lost ("is_lost"). ``sha256`` is what the Document was when
    it was kept. ``agencies`` are those that the built-in registry lacks, ``decisions`` those that
    persons made about this report.
    """

    path: Path
    sha256: str
    source_file: str
    document_id: str
    media_type: str
    decisions: Sequence[Decision]
    agencies: Sequence[Agency]

    def request(self) -> Packet:
        """Open the Document; raises NoInputError where it is not as it was kept."""
        try:
            content = self.path.read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise NoInputError(
                f"{self.path} is missing or damaged",
                "Delete it if it is there, and extract the reports again.",
            )
        head = {
            "do": "normalize",
            "source_file": self.source_file,
            "decisions": [asdict(decision) for decision in self.decisions],
            "agencies": [asdict(agency) for agency in self.agencies],
        }
        return Packet(head, {"document": content})

    def lost(self, loss: Loss, _limits: Limits) -> Packet:
        """Return the answer for a report whose records could not be made."""
        document = Document(self.document_id, self.source_file, self.media_type, None, None)
        rows = rows_of_failed(document, loss.code, loss.reason, self.decisions)
        return records_packet(rows, is_lost=True)


Task = ReadTask | NormalizeTask


def carry_out(request: Packet, limits: Limits) -> Packet:
    """Do in this process what is asked; a defect of ours is the verdict of that report alone."""
    return _DOES[request.head["do"]](request, limits)


def records_packet(rows: Rows, is_lost: bool = False) -> Packet:
    """Return rows of the record tables, of one file, as text; raises SchemaError."""
    head = {
        "document": rows["documents"][0],
        "rows": {name: len(lines) for name, lines in rows.items()},
        "is_lost": is_lost,
    }
    return Packet(head, {name: table_text(name, lines) for name, lines in rows.items()})


def _read(request: Packet, limits: Limits) -> Packet:
    content = request.bodies["report"]
    source_file, ocr = request.head["source_file"], request.head["ocr"]
    media_type = told_media_type(content, source_file)
    document = unread(document_id(content), source_file, media_type, ocr, limits)
    try:
        answer = _document_packet(read_bytes(content, source_file, ocr, limits))
    except MemoryError:
        answer = _failed_packet(document, "over_memory_mb", limits.reached("memory_mb"))
    except Exception as error:
        answer = _failed_packet(document, "internal_error", _defect("reading failed", error))
    if len(answer.bodies["document"]) > limits.document_mb * MB:
        return _failed_packet(document, "over_document_mb", limits.reached("document_mb"))
    return answer


def _normalize(request: Packet, limits: Limits) -> Packet:
    decisions = [Decision(**decision) for decision in request.head["decisions"]]
    document = Document.from_json(request.bodies["document"].decode())
    try:
        registry = _registry(tuple(Agency(**agency) for agency in request.head["agencies"]))
        return records_packet(rows_of_document(document, registry, decisions))
    except MemoryError:
        loss = Loss("over_memory_mb", limits.reached("memory_mb"))
    except ValueError as error:  # a table does not fit the catalogue
        loss = Loss("internal_error", _defect("failed", error))
    rows = rows_of_failed(document, loss.code, loss.reason, decisions)
    return records_packet(rows, is_lost=loss.code != "internal_error")


_DOES = {"read": _read, "normalize": _normalize}


@lru_cache(maxsize=1)
def _registry(extra: tuple[Agency, ...]) -> Registry:
    return Registry.load().with_extra(extra)


def _defect(what: str, error: Exception) -> str:
    return f"{what} ({type(error).__name__}: {error}): please report this as a defect"


def _failed_packet(document: Document, code: str, reason: str) -> Packet:
    return _document_packet(failed(document, code, reason))


def _document_packet(document: Document) -> Packet:
    rows = list(rows_of_cells(document))
    head = {"error": document.error, "pages": document.page_count, "rows": {"cells": len(rows)}}
    bodies = {"document": document.to_json().encode(), "cells": table_text("cells", rows)}
    return Packet(head, bodies)
