"""What commands say on the terminal: how far they are, and a summary of what was written."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from normalize.catalogue.spec import Stage
from prongsai import pipeline
from prongsai.steps import Step, Tell

# In seconds: how often a line is written where there is no terminal for a bar.
BETWEEN_LINES = 30
# In seconds: speed and time left are told by this much of the past.
LOOKED_BACK = 60
DOING: dict[Stage, str] = {"extract": "reading", "normalize": "normalizing"}


# The signs that command a terminal, each with how it is spelt out; line ends and tabs stay.
_SPELT_OUT = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"
}


def say(text: str) -> None:
    """Tell a person something on standard error; a name in it commands no terminal."""
    print(text.translate(_SPELT_OUT), file=sys.stderr)


@contextmanager
def progress() -> Iterator[Tell]:
    """Show how far a run is: a bar on a terminal, a line now and then elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines().tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bars(bar).tell


@dataclass(slots=True)
class Pace:
    """How far a stage is, and how fast: reports and pages by time, in seconds."""

    total: int
    done: int = 0
    pages: int = 0
    failed: int = 0
    _past: deque[tuple[float, int, int]] = field(default_factory=deque)

    def add(self, step: Step, now: float) -> None:
        """Count a report that is done; the pages of one that was read before do not count."""
        self.done += 1
        self.pages += step.pages if step.is_new else 0
        self.failed += bool(step.error)
        self._past.append((now, self.done, self.pages))
        while len(self._past) > 2 and self._past[1][0] <= now - LOOKED_BACK:
            self._past.popleft()

    def __str__(self) -> str:
        """Say how many are done and failed, how fast, and how long it will take."""
        told = [f"{self.done:,} of {self.total:,} reports"]
        began, done, pages = self._past[0]
        took = self._past[-1][0] - began
        if took > 1 and self.pages > pages:
            told.append(f"{(self.pages - pages) / took:.1f} pages/s")
        if self.failed:
            told.append(f"{self.failed:,} failed")
        if took > 1 and self.done < self.total:
            told.append(_time_left((self.total - self.done) * took / (self.done - done)))
        return ", ".join(told)


class _Lines:
    def __init__(self) -> None:
        self._paces: dict[Stage, Pace] = {}
        self._written = time.monotonic()

    def tell(self, step: Step) -> None:
        now = time.monotonic()
        pace = self._paces.setdefault(step.stage, Pace(step.total))
        pace.add(step, now)
        if now - self._written >= BETWEEN_LINES:
            self._written = now
            say(f"{DOING[step.stage]}: {pace}")


class _Bars:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._stages: dict[Stage, tuple[TaskID, Pace]] = {}

    def tell(self, step: Step) -> None:
        if step.stage not in self._stages:
            task = self._bar.add_task(DOING[step.stage], total=step.total, told="")
            self._stages[step.stage] = task, Pace(step.total)
        task, pace = self._stages[step.stage]
        pace.add(step, time.monotonic())
        self._bar.update(task, completed=pace.done, told=str(pace))


def _time_left(seconds: float) -> str:
    """Say about how long it will take: 40 s left, 12 min left, 3 h 20 min left."""
    if seconds < 60:
        return f"{seconds:.0f} s left"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min left" if hours else f"{minutes} min left"


def print_summary(summary: pipeline.Summary, as_json: bool) -> None:
    """Print what a run wrote: rows by table, or one JSON object."""
    if as_json:
        print(json.dumps(summary.as_dict(), ensure_ascii=False))
        return
    print(f"{summary.documents} reports ({summary.failed} failed) -> {summary.out}")
    for name in ("items", "scores", "measures", "review", "decisions", "issues"):
        print(f"  {name}.csv: {getattr(summary, name)} rows")
