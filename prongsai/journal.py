"""The log of a run: a line of JSON for each report and each stage, for a program to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from prongsai import __version__
from prongsai.errors import OutputError
from prongsai.steps import Step, Tell, silent


@contextmanager
def journal(path: Path | None, command: str) -> Iterator[Tell]:
    """Add to a log how a command begins, each report that is done, and how it ends.

    Raises OutputError where the file cannot be written. Without a path nobody is told.
    """
    if path is None:
        yield silent
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise OutputError(
            f"the log {path} cannot be written ({error.strerror})", "Name another file with --log."
        ) from error

    def write(event: str, **values: object) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "event": event, **values}
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()

    def tell(step: Step) -> None:
        write("report", **asdict(step))

    with file:
        write("begin", command=command, version=__version__)
        try:
            yield tell
        except BaseException as error:
            write("stopped", reason=f"{type(error).__name__}: {error}")
            raise
        write("end")
