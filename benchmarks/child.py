"""Runs a tool over files in a child process: a file that kills it or hangs is lost alone.

`python -m benchmarks.child TOOL FILE...` is the child: to warm up it reads the frozen reports of
the tests, then the files, and writes a line of JSON for each.
"""

from __future__ import annotations

import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers import TOOLS, Tool
from benchmarks.scoring import Grid, GridCell

FILE_SECONDS = 120.0
# What a tool reads before it is timed, so that what it loads once (word lists, modules) is loaded.
WARM_UPS = sorted((Path(__file__).parent.parent / "tests" / "data" / "pdf").glob("*.pdf"))


@dataclass(slots=True)
class Reading:
    """What a tool made of a file; ``error`` says why it made nothing."""

    grids: list[Grid] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    error: str = ""


@dataclass(slots=True)
class Run:
    """What a tool made of each file, and the most memory that its process held, in MB."""

    version: str = ""
    readings: dict[Path, Reading] = field(default_factory=dict)
    peak_mb: float = 0.0
    missing: str = ""


def run_tool(name: str, files: Sequence[Path], file_seconds: float = FILE_SECONDS) -> Run:
    """Read the files with a tool, in order; a child that is lost is followed by another."""
    run = Run()
    left = list(files)
    while left and not run.missing:
        child = _Child(name, left)
        try:
            ready = child.line(file_seconds)
            if ready is None:
                break
            run.version, run.missing = str(ready["version"]), str(ready["missing"])
            while left and not run.missing:
                answer = child.line(file_seconds)
                path = left.pop(0)
                if answer is None:
                    run.readings[path] = Reading(error=child.end())
                    break
                run.peak_mb = max(run.peak_mb, float(answer.pop("peak_mb")))
                grids = [[GridCell(*cell) for cell in grid] for grid in answer.pop("grids")]
                run.readings[path] = Reading(grids=grids, **answer)
        finally:
            child.end()
    for path in left:
        run.readings[path] = Reading(error="the tool did not start")
    return run


class _Child:
    def __init__(self, name: str, files: Sequence[Path]) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.child", name]
        self._process = subprocess.Popen(
            [*command, *map(str, files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._is_late = False
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(ValueError):
            for line in self._process.stdout or ():
                self._lines.put(line)
        self._lines.put(None)

    def line(self, seconds: float) -> dict[str, Any] | None:
        """Return the next answer, or None where the child died or is late."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self._is_late = True
            return None
        return json.loads(line) if line else None

    def end(self) -> str:
        """End the child and what it started, and say how it ended."""
        if not self._is_late:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.wait()
        return "time-out" if self._is_late else f"crash ({code})"


def _cpu_seconds() -> float:
    """Return the processor time of this process and of those that it started and that ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def _peak_mb() -> float:
    """Return the most memory that was held, in MB, by this process or one that it started.

    The kernel's own high-water mark: ``ru_maxrss`` also counts what the parent held at the fork.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    else:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _reading(tool: Tool, path: Path) -> dict[str, Any]:
    grids: list[Grid] = []
    paragraphs: list[str] = []
    notes: list[str] = []
    error = ""
    raw = None
    wall, cpu = time.perf_counter(), _cpu_seconds()
    try:
        raw = tool.read(path)
    except Exception as raised:
        error = _said(raised)
    wall, cpu = time.perf_counter() - wall, _cpu_seconds() - cpu
    try:
        if not error:
            notes = tool.notes(raw)
            grids, paragraphs = tool.grids(raw), tool.paragraphs(raw)
    except Exception as raised:
        error = _said(raised)
    return {
        "grids": [
            [[c.row, c.column, c.text, c.row_span, c.column_span, c.place] for c in grid]
            for grid in grids
        ],
        "paragraphs": paragraphs,
        "notes": notes,
        "wall_seconds": wall,
        "cpu_seconds": cpu,
        "error": error,
        "peak_mb": _peak_mb(),
    }


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _main(name: str, *files: str) -> None:
    # Some tools print; what they print must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    tool = TOOLS[name]

    def answer(content: dict[str, Any]) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        tool.load()
    except ImportError as error:
        return answer({"version": "", "missing": str(error)})
    for warm_up in WARM_UPS:
        with suppress(Exception):
            tool.read(warm_up)
    answer({"version": version(tool.package), "missing": ""})
    for file in files:
        answer(_reading(tool, Path(file)))
    return None


if __name__ == "__main__":
    _main(*sys.argv[1:])
