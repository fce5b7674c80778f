"""How much memory other processes have held; Linux only, since /proc tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_mb(pid: int) -> float:
    """Return the most memory (MB, resident) that a process has held so far, 0 where it is gone."""
    with suppress(OSError):
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) * 1024 / 1_000_000 if found else 0.0
    return 0.0


def workers_of(pid: int) -> Iterator[int]:
    """Yield the processes that the threads of a run started to work on reports."""
    for own in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in own.read_text().split():
                # Until it is one, a process that was started has the memory of the run.
                if b"prongsai.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)
