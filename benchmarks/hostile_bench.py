"""`python -m benchmarks.hostile_bench FOLDER` reads hostile files as `prongsai extract` does.

Each file is read by a run of its own, within low limits, and has a line: how it ended, its codes,
seconds, and the most memory (MB, resident) of the process that read it and of the run. The exit
code is 1 where a file was not ended inside the limits. Linux only: memory is told by /proc.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz_pdf import DEFECT
from benchmarks.memory import peak_mb, workers_of
from extract.limits import Limits
from prongsai.limits import given_limits
from prongsai.store import Store
from prongsai.supervisor import GRACE

# Low ones, so that what only a limit stops does not take the day.
LIMITS = ("seconds=30", "memory_mb=2048")
# Seconds that starting and ending a run may take beside reading, also where others use the machine.
AROUND = 30.0
# How a run may end: all was read, nothing was, something was not.
ENDS = (0, 3, 5)
# A library that is refused memory may end its process at once: it has then taken this share at
# least, since what grows by doubling asks for as much again.
FULL = 0.5


@dataclass(slots=True)
class Ending:
    """How reading a file, or a folder of them, ended; memory is in MB."""

    name: str
    exit_code: int
    statuses: Counter[str]
    codes: Counter[str]
    defects: Counter[str]
    seconds: float
    reader_mb: float
    run_mb: float

    def is_inside(self, limits: Limits) -> bool:
        """Say whether it ended in a verdict, in time and within its memory, with no defect."""
        is_full = self.reader_mb >= FULL * limits.memory_mb
        return (
            self.exit_code in ENDS
            and self.statuses.total() > 0
            and self.seconds <= limits.seconds + GRACE + AROUND
            and self.reader_mb <= limits.memory_mb
            and not self.defects.keys() - ({"reader_died"} if is_full else set())
        )

    def __str__(self) -> str:
        """Return the line of a table."""
        told = ", ".join(
            f"{key} {count}" if count > 1 else key
            for key, count in (self.statuses + self.codes).items()
        )
        memory = f"{self.reader_mb:6.0f} {self.run_mb:6.0f}"
        return f"{self.name:32} {self.seconds:6.1f} {memory}  {told}"


def read(path: Path, limits: list[str]) -> Ending:
    """Read a file or folder in a run of its own."""
    options = [part for limit in limits for part in ("--limit", limit)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "prongsai", "extract", str(path), "--out", str(out)]
        begun = time.monotonic()
        run = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=sys.stderr)
        run_mb = reader_mb = 0.0
        while run.poll() is None:
            run_mb = max(run_mb, peak_mb(run.pid))
            reader_mb = max([reader_mb, *map(peak_mb, workers_of(run.pid))])
            time.sleep(0.01)
        seconds = time.monotonic() - begun
        verdicts = _verdicts(out)
    return Ending(path.name, run.returncode, *verdicts, seconds, reader_mb, run_mb)


def _verdicts(out: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count the verdicts of a dataset, the codes of its errors, and those that are defects."""
    store = Store(out)
    statuses: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    defects: Counter[str] = Counter()
    for file in store.files():
        if not file.document_id:
            statuses["not opened"] += 1
            continue
        document = store.read_document(file.document_id)
        statuses[document.status] += 1
        errors = [issue for issue in document.issues if issue.severity == "error"]
        codes.update({issue.code for issue in errors})
        defects.update({issue.code for issue in errors if DEFECT in issue.message})
    return statuses, codes, defects


def main() -> None:
    """Read what the command line names, and say of each file how it ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what benchmarks.hostile wrote")
    parser.add_argument("--limit", action="append", metavar="NAME=N", help="as of prongsai")
    given = parser.parse_args()
    limits = [*LIMITS, *(given.limit or [])]
    within = given_limits(limits)
    print(f"{'file':32} seconds reader    run  MB, verdict")
    outside = []
    endings = []
    for path in sorted(given.folder.iterdir()):
        ending = read(path, limits)
        endings.append(ending)
        is_inside = ending.is_inside(within)
        print(ending, flush=True)
        if not is_inside:
            outside.append(ending.name)
            print("    NOT INSIDE THE LIMITS", flush=True)
    total = sum((ending.statuses for ending in endings), Counter[str]())
    told = ", ".join(f"{count} {status}" for status, count in total.most_common())
    print(f"{total.total()} files, those of the folder names among them: {told}")
    print(f"limits: seconds={within.seconds}, memory_mb={within.memory_mb}")
    print(f"outside of them: {', '.join(outside) or 'none'}")
    sys.exit(bool(outside))


if __name__ == "__main__":
    main()
