"""The process that reads reports, one after another, for a run that must outlive each of them.

It is told of a report by a line of JSON on standard input and answers on standard output: a line of
JSON (the reason of a failure, and how many bytes follow) and the Document. It sets its own limits.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from extract.document import failed
from extract.limits import MB, Limits
from extract.read import Ocr, document_id, read_bytes, unread
from prongsai.errors import unopened

try:
    import resource
except ImportError:  # on Windows: there the deadline of the run is all that holds
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read what is asked for until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run that asks says when to stop
    options = json.loads(sys.argv[1])
    ocr: Ocr = options["ocr"]
    limits = Limits(**options["limits"])
    answers = _own_output()
    if resource:
        _hold(resource.RLIMIT_AS, limits.memory_mb * MB)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if resource:
            used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            _hold(resource.RLIMIT_CPU, int(used) + limits.seconds + 1)
        error, content = _answer(asked, ocr, limits)
        verdict = {"error": error, "size": len(content)}
        answers.write(json.dumps(verdict).encode() + b"\n" + content)


def _own_output() -> BinaryIO:
    """Return standard output, which from here on nothing else writes to."""
    own = os.dup(1)
    os.dup2(2, 1)
    return io.FileIO(own, "w")


def _hold(kind: int, most: int) -> None:
    """Lower a limit of this process, as far as the system lets it."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, hard))


def _answer(asked: dict[str, Any], ocr: Ocr, limits: Limits) -> tuple[str, bytes]:
    """Read a report; return why it failed, if so, and its Document, or nothing for another time.

    A defect of ours is the verdict of that report and of no other.
    """
    try:
        data = Path(asked["path"]).read_bytes()
    except OSError as error:
        return unopened(error), b""
    if document_id(data) != asked["document_id"]:
        return "the file changed while it was read: run again", b""
    document = unread(asked["document_id"], asked["source_file"], asked["media_type"], ocr, limits)
    try:
        read = read_bytes(data, asked["source_file"], ocr, limits)
        content = read.to_json().encode()
        if len(content) <= limits.document_mb * MB:
            return read.error, content
        document = failed(document, "over_document_mb", limits.reached("document_mb"))
    except MemoryError:
        document = failed(document, "over_memory_mb", limits.reached("memory_mb"))
    except Exception as error:
        reason = f"reading failed ({type(error).__name__}: {error}): please report this as a defect"
        document = failed(document, "internal_error", reason)
    return document.error, document.to_json().encode()


if __name__ == "__main__":
    main()
