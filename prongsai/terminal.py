"""What commands say on the terminal: a bar while they work, and a summary of what was written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from prongsai import pipeline


def say(text: str) -> None:
    """Tell a person something on standard error."""
    print(text, file=sys.stderr)


@contextmanager
def progress(what: str) -> Iterator[pipeline.Progress]:
    """Show a bar on the terminal; where there is none, nothing."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{what} {name[-40:]}")

        yield show


def print_summary(summary: pipeline.Summary, as_json: bool) -> None:
    """Print what a run wrote: rows by table, or one JSON object."""
    if as_json:
        print(json.dumps(summary.as_dict(), ensure_ascii=False))
        return
    print(f"{summary.documents} reports ({summary.failed} failed) -> {summary.out}")
    for name in ("items", "scores", "measures", "review", "decisions", "issues"):
        print(f"  {name}.csv: {getattr(summary, name)} rows")
