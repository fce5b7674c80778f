"""Reads reports in processes of their own, so that no report can take the run down with it.

Each reader is a process (:mod:`prongsai.worker`), which a thread of the run asks for one report
after another. A reader that dies, or is killed at its deadline, costs the report that it was at.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer
from typing import IO, cast

from extract.document import Document, failed
from extract.limits import Limits
from extract.read import Ocr, unread
from normalize.tables import SourceFile

# So many reports one process reads before a new one takes its place, whatever it has kept.
READS = 200
# In seconds: a process whose processor time is used up is told so by the system a little later.
GRACE = 5
# The process that reads; its processes of pictures and arithmetic are one thread each.
COMMAND = (sys.executable, "-m", "prongsai.worker")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# The signal for that; there is none on Windows.
_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)


@dataclass(frozen=True, slots=True)
class Task:
    """A report to read: where it lies, its name in the dataset, and what its bytes are."""

    path: Path
    source_file: str
    document_id: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How reading ended: why it failed (empty where it did not), and the Document as JSON.

    Where the report could not be opened there is none: another time it may be.
    """

    error: str
    content: bytes


class Supervisor:
    """A number of readers, started when they are needed; use it as a context manager.

    ``save`` takes the id and the JSON of each Document; several threads call it.
    """

    def __init__(
        self, jobs: int, ocr: Ocr, limits: Limits, save: Callable[[str, bytes], None]
    ) -> None:
        self._ocr: Ocr = ocr
        self._limits = limits
        self._save = save
        self._readers: set[_Reader] = set()
        self._idle: SimpleQueue[_Reader] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        self._is_stopped = False

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop at once: what is being read is given up, and has no verdict."""
        self._is_stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for reader in list(self._readers):
            reader.kill()
        self._threads.shutdown()

    def submit(self, task: Task) -> Future[SourceFile]:
        """Have a report read, and its Document saved, as soon as a reader is free."""
        return self._threads.submit(self._read, task)

    def _read(self, task: Task) -> SourceFile:
        try:
            reader = self._idle.get_nowait()
        except Empty:
            reader = _Reader(self._ocr, self._limits)
            self._readers.add(reader)
        answer = reader.ask(task)
        if self._is_stopped:
            raise CancelledError
        if answer and reader.reads < READS:
            self._idle.put(reader)
        else:
            reader.kill()
            self._readers.discard(reader)
        answer = answer or self._lost(task, reader)
        if answer.content:
            self._save(task.document_id, answer.content)
        return SourceFile(
            task.source_file, task.document_id if answer.content else "", answer.error
        )

    def _lost(self, task: Task, reader: _Reader) -> Answer:
        """Return the verdict of a report whose reader is gone."""
        document = unread(
            task.document_id, task.source_file, task.media_type, self._ocr, self._limits
        )
        document = reader.blamed(document)
        return Answer(document.error, document.to_json().encode())


class _Reader:
    """A process that reads reports, and its deadline."""

    def __init__(self, ocr: Ocr, limits: Limits) -> None:
        self._limits = limits
        self._process = subprocess.Popen(
            [*COMMAND, json.dumps({"ocr": ocr, "limits": asdict(limits)})],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
        )
        self._asked = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        self.reads = 0
        self._is_late = False

    def ask(self, task: Task) -> Answer | None:
        """Have a report read; None where the process did not live to tell."""
        self.reads += 1
        deadline = Timer(self._limits.seconds + GRACE, self._stop_late)
        deadline.daemon = True
        deadline.start()
        try:
            asked = {**asdict(task), "path": os.fsdecode(task.path.absolute())}
            self._asked.write(json.dumps(asked).encode() + b"\n")
            self._asked.flush()
            verdict = json.loads(self._answers.readline())
            content = self._answers.read(verdict["size"])
        except (OSError, ValueError):  # it is gone
            return None
        finally:
            deadline.cancel()
        return Answer(verdict["error"], content) if len(content) == verdict["size"] else None

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):  # what it did not take any more
            self._asked.close()
        self._answers.close()

    def blamed(self, document: Document) -> Document:
        """Return the verdict of the report that the process ended at, by how it ended."""
        code = self._process.wait()
        if self._is_late or code == -_OUT_OF_TIME:
            return failed(document, "over_seconds", self._limits.reached("seconds"))
        how = signal.strsignal(-code) if code < 0 else f"exit {code}"
        reason = (
            f"the process that read it died ({how}): open the file and save it anew; where the "
            f"file is in order, please report this as a defect"
        )
        return failed(document, "reader_died", reason)

    def _stop_late(self) -> None:
        self._is_late = True
        self._process.kill()
