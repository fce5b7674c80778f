"""The reports of a run on their way into the store: taken as they are, or read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from extract.limits import MB, Limits
from extract.media import HEAD, told_media_type
from extract.read import Ocr, document_id_of, extractor_version
from normalize.tables import SourceFile
from prongsai.discover import Found
from prongsai.errors import unopened
from prongsai.store import Store
from prongsai.supervisor import Supervisor, Task


class Reading:
    """What becomes of the reports of one run; each content is read once."""

    def __init__(self, store: Store, readers: Supervisor, ocr: Ocr, limits: Limits) -> None:
        self._store = store
        self._readers = readers
        self._limits = limits
        self._extractor = extractor_version(ocr, limits)
        self._begun: dict[str, Callable[[], SourceFile]] = {}

    def begin(self, report: Found) -> Callable[[], SourceFile]:
        """Take a report from the store, or have it read; return what waits for how it ended."""
        most = self._limits.file_mb * MB
        try:
            size, content_id, head = _looked_at(report.path, most)
        except OSError as error:
            return partial(SourceFile, report.source_file, "", unopened(error))
        if size > most:
            reason = f"the file has {size // MB} MB, {self._limits.reached('file_mb')}"
            return partial(SourceFile, report.source_file, "", reason)
        if content_id not in self._begun:
            self._begun[content_id] = self._read(report, content_id, head)
            return self._begun[content_id]
        first = self._begun[content_id]
        return lambda: replace(first(), source_file=report.source_file)

    def _read(self, report: Found, content_id: str, head: bytes) -> Callable[[], SourceFile]:
        media_type = told_media_type(head, report.source_file)
        document = self._store.document(content_id, self._extractor)
        if document and told_media_type(head, document.source_file) == media_type:
            if document.source_file != report.source_file:
                renamed = replace(document, source_file=report.source_file)
                self._store.save_content(content_id, renamed.to_json().encode())
            return partial(SourceFile, report.source_file, content_id, document.error)
        task = Task(report.path, report.source_file, content_id, media_type)
        return self._readers.submit(task).result


def _looked_at(path: Path, most: int) -> tuple[int, str, bytes]:
    """Return the size of a file, its document_id, and as much as tells its kind.

    A file of more than ``most`` bytes is not read, and has no id.
    """
    size = path.stat().st_size
    if size > most:
        return size, "", b""
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0)
        return size, document_id_of(file), head
