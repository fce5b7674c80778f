"""The reports of a run on their way into the store: taken as they are, or read anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.document import Document
from extract.limits import MB, Limits
from extract.media import HEAD, told_media_type
from extract.read import Ocr, document_id_of, extractor_version
from normalize.tables import SourceFile
from prongsai.discover import Found
from prongsai.errors import unopened
from prongsai.packets import Packet
from prongsai.parts import digest
from prongsai.steps import Step, Tell
from prongsai.store import Store
from prongsai.supervisor import Workers, carried_out
from prongsai.tasks import NotOpened, ReadTask
from prongsai.versions import cells_version


def read_reports(
    reports: Sequence[Found], store: Store, workers: Workers, ocr: Ocr, tell: Tell
) -> list[SourceFile]:
    """Take each report from the store, or have it read and kept; return how that ended, in order.

    Each content is read once, under the first of its names.
    """
    reading = _Reading(store, workers.limits, ocr, len(reports), tell)
    for task, future in carried_out(reading.tasks(reports), workers):
        try:
            answer = future.result()
            reading.keep(task.document_id, task.source_file, task.media_type, answer)
        except NotOpened as error:
            reading.give_up(task.document_id, str(error))
    return [reading.end(report) for report in reports]


@dataclass(frozen=True, slots=True)
class _End:
    """How it ended for a content: whether there is a Document, and what failed."""

    has_document: bool
    error: str


class _Reading:
    def __init__(self, store: Store, limits: Limits, ocr: Ocr, total: int, tell: Tell) -> None:
        self._store = store
        self._limits = limits
        self._ocr = ocr
        self._total = total
        self._tell = tell
        self._versions = [extractor_version(ocr, limits), cells_version()]
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._ends: dict[str, _End] = {}

    def tasks(self, reports: Sequence[Found]) -> Iterator[ReadTask]:
        """Yield what is to read; all else has ended when the next is asked for."""
        for report in reports:
            name = report.source_file
            try:
                content_id, head = self._looked_at(report.path)
            except NotOpened as error:
                self._ids[name] = no_content = f"not opened: {name}"
                self._names[no_content] = name
                self.give_up(no_content, str(error))
                continue
            self._ids[name] = content_id
            if content_id in self._names:
                self._told(name, None, "", is_new=False)
                continue
            self._names[content_id] = name
            media_type = told_media_type(head, name)
            if not self._take(content_id, name, media_type):
                yield ReadTask(report.path, name, content_id, media_type, self._ocr)

    def keep(self, content_id: str, name: str, media_type: str, answer: Packet) -> None:
        """Keep what was read."""
        content = answer.bodies["document"]
        self._store.save_content(content_id, content)
        made_of = {
            "key": self._key(media_type),
            "read_by": self._versions,
            "source_file": name,
            "media_type": media_type,
            "document": hashlib.sha256(content).hexdigest(),
            "size": len(content),
        }
        part = Packet(answer.head | made_of, {"cells": answer.bodies["cells"]})
        self._store.extracted.save(content_id, part)
        self._ended(content_id, _End(True, part.head["error"]), part.head["pages"])

    def give_up(self, content_id: str, error: str) -> None:
        """Note that a report cannot be had this time."""
        self._ended(content_id, _End(False, error), None)

    def end(self, report: Found) -> SourceFile:
        """Return how it ended for a report."""
        content_id = self._ids[report.source_file]
        end = self._ends[content_id]
        return SourceFile(report.source_file, content_id if end.has_document else "", end.error)

    def _take(self, content_id: str, name: str, media_type: str) -> bool:
        """Take a report from the store, if it is there as it would be read; say whether it was.

        One that has another name now is kept under it.
        """
        head = self._store.extracted.head(content_id)
        if head.get("key") != self._key(media_type) or head.get("is_lost"):
            return False
        if self._store.document_size(content_id) != head["size"]:
            return False
        if head["source_file"] == name:
            self._ended(content_id, _End(True, head["error"]), head["pages"], is_new=False)
            return True
        content = self._store.document_path(content_id).read_bytes()
        if hashlib.sha256(content).hexdigest() != head["document"]:
            return False
        document = replace(Document.from_json(content.decode()), source_file=name)
        bodies = {
            **self._store.extracted.read(content_id).bodies,
            "document": document.to_json().encode(),
        }
        self.keep(content_id, name, media_type, Packet(head, bodies))
        return True

    def _key(self, media_type: str) -> str:
        return digest(*self._versions, media_type)

    def _looked_at(self, path: Path) -> tuple[str, bytes]:
        """Return the document_id of a file, and as much as tells its kind; raises NotOpened."""
        most = self._limits.file_mb * MB
        try:
            size = path.stat().st_size
            if size > most:
                reached = self._limits.reached("file_mb")
                raise NotOpened(f"the file has {size // MB} MB, {reached}")
            with path.open("rb") as file:
                head = file.read(HEAD)
                file.seek(0)
                return document_id_of(file), head
        except OSError as error:
            raise NotOpened(unopened(error)) from error

    def _ended(self, content_id: str, end: _End, pages: int | None, is_new: bool = True) -> None:
        self._ends[content_id] = end
        self._told(self._names[content_id], pages, end.error, is_new)

    def _told(self, name: str, pages: int | None, error: str, is_new: bool) -> None:
        self._tell(Step("extract", self._total, name, pages or 0, error, is_new))
