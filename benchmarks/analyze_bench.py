"""How long ``prongsai analyze`` takes and how much memory, in all and table by table.

Run: python -m benchmarks.country COUNTRY; python -m benchmarks.analyze_bench COUNTRY. With `--times
3` the country has three files of each report, which must hardly take more memory. The first
table is of the command as a person runs it, with whatever processes it starts; the second of the
functions one after the other in one process, on what is held of the tables (rows: of these). Linux
only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

import analyze
from analyze.sources import KEPT, REPEATED, SOURCES, gathered
from normalize.agencies.registry import Registry
from prongsai.store import Store

SAMPLE_SECONDS = 0.2
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
Tables = dict[str, pd.DataFrame]
MAKERS: dict[str, Callable[[Tables], pd.DataFrame]] = {
    "completeness": lambda t: analyze.completeness(t["items"]),
    "rank_agencies": lambda t: analyze.rank_agencies(t["items"], t["scores"]),
    "item_gaps": lambda t: analyze.item_gaps(t["items"]),
    "compare_years": lambda t: analyze.compare_years(t["items"]),
    "coverage": lambda t: analyze.coverage(t["documents"], Registry.load().frame()),
    "score_table": lambda t: analyze.score_table(t["scores"]),
    "score_comparison": lambda t: analyze.score_comparison(t["scores"]),
    "consistency": lambda t: analyze.consistency(t["items"], t["scores"]),
    "measure_alignment": lambda t: analyze.measure_alignment(t["measures"], t["scores"]),
    "pass_plan": lambda t: analyze.pass_plan(t["items"], t["scores"]),
    "shared_text": lambda t: analyze.shared_text(t["measures"]),
}


def processes(root: int) -> list[int]:
    """Return a process and those that it started, and these, as far as they still run."""
    found = [root]
    for process in found:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def memory_mb(root: int) -> float:
    """Return the memory (MB) that a process and its children hold; what they share counts twice."""
    total = 0.0
    for process in processes(root):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_MB
        except OSError:  # it has just ended
            continue
    return total


def run_command(out: Path) -> tuple[float, float, float]:
    """Run ``prongsai analyze``: seconds by the clock, seconds of processor, peak in MB."""
    began, before = time.perf_counter(), os.times()
    child = subprocess.Popen([sys.executable, "-m", "prongsai", "analyze", str(out)])
    peak = 0.0
    while child.poll() is None:
        peak = max(peak, memory_mb(child.pid))
        time.sleep(SAMPLE_SECONDS)
    if child.returncode:
        raise SystemExit(f"prongsai analyze ended with {child.returncode}")
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return time.perf_counter() - began, used, peak


def own_peak_mb(reset: bool = False) -> float:
    """Return the most memory (MB) that this process held since the last reset."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def time_command(out: Path) -> None:
    """Print what ``prongsai analyze`` takes."""
    seconds, used, peak = run_command(out)
    print("\n| | s by the clock | s of processor | peak MB |\n| --- | --- | --- | --- |")
    print(f"| `prongsai analyze` | {seconds:.1f} | {used:.1f} | {peak:,.0f} |\n", flush=True)


def time_tables(out: Path) -> None:
    """Print what reading and each function takes."""

    def row(name: str, work: Callable[[], int]) -> None:
        own_peak_mb(reset=True)
        began, before = time.perf_counter(), time.process_time()
        rows = work()
        seconds, used = time.perf_counter() - began, time.process_time() - before
        told = (f"{rows:,}", f"{seconds:.1f}", f"{used:.1f}", f"{own_peak_mb():,.0f}")
        print(f"| {name} | {' | '.join(told)} |", flush=True)

    tables: Tables = {}

    def read(name: str) -> int:
        store, columns = Store(out), SOURCES[name]
        if name in KEPT:
            tables[name] = gathered(store.chunks(name, columns, REPEATED), KEPT[name])
        else:
            tables[name] = store.table(name, columns)
        return len(tables[name])

    print("| table | rows | s by the clock | s of processor | peak MB |")
    print("| --- | --- | --- | --- | --- |")
    for name in SOURCES:
        row(f"reading {name}", partial(read, name))
    for name, make in MAKERS.items():
        row(name, lambda make=make: len(make(tables)))


def main() -> None:
    """Run the command, then each function."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("country", type=Path, help="a dataset of benchmarks.country")
    out = parser.parse_args().country
    time_command(out)
    time_tables(out)


if __name__ == "__main__":
    main()
