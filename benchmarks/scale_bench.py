"""How a run behaves at scale: `python -m benchmarks.scale_bench FOLDER`.

Makes 2,000 reports of the samples of data/raw (copies whose bytes differ by a comment), and times a
run that reads them all, one after which nothing changed, and one with 20 new ones. Prints seconds,
reports and pages per second, and the peak memory of the run and of its largest worker.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count, cycle, islice
from pathlib import Path

from benchmarks.memory import peak_mb, workers_of
from extract.media import REPORT_SUFFIXES
from prongsai.store import Store

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "raw"
# What tells a copy from its report, by the kind of file.
COMMENTS = {".pdf": "\n% copy {}\n", ".html": "\n<!-- copy {} -->\n", ".md": "\n<!-- copy {} -->\n"}
PLAIN_COMMENT = "\n\n{}\n"
# The run that is killed has so many reports: what matters is the moments, not its length.
KILLED_REPORTS = 8
EVERY = 0.2  # seconds between two looks at the memory of processes


def main() -> None:
    """Make the reports, run, and print what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder for reports and datasets")
    parser.add_argument("--reports", type=int, default=2000, help="how many (default 2000)")
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2], help="default 1 2")
    parser.add_argument("--cluster", action="store_true", help="and a cluster that loses a worker")
    parser.add_argument("--kills", type=int, default=0, help="and so many SIGKILLs of a small run")
    given = parser.parse_args()
    raw = given.folder / "raw"
    if not raw.exists():
        make_reports(raw, given.reports)
    outs = []
    for jobs in given.jobs:
        outs.append(given.folder / f"out-{jobs}")
        shutil.rmtree(outs[-1], ignore_errors=True)
        show(f"--jobs {jobs}, cold", *measured(raw, outs[-1], "--jobs", str(jobs)))
        show(f"--jobs {jobs}, nothing changed", *measured(raw, outs[-1], "--jobs", str(jobs)))
    if given.cluster:
        outs.append(given.folder / "out-cluster")
        shutil.rmtree(outs[-1], ignore_errors=True)
        with cluster(3) as (address, workers):
            threading.Thread(target=lose, args=(outs[-1], given.reports // 2, workers)).start()
            show("three workers, one killed", *measured(raw, outs[-1], "--scheduler", address))
    if len(outs) > 1:
        same = all(written(out) == written(outs[0]) for out in outs[1:])
        print("the datasets are", "the same, byte for byte" if same else "DIFFERENT")
    if outs:
        make_reports(raw, 20, given.reports)
        show("20 new reports", *measured(raw, outs[0]))
        fresh = given.folder / "out-fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        measured(raw, fresh, "--jobs", "2")
        same = written(fresh) == written(outs[0])
        print("with the new ones it is", "as a first run writes it" if same else "DIFFERENT")
    if given.kills:
        killed(given.folder / "kills", given.kills)


def make_reports(raw: Path, reports: int, first: int = 0) -> None:
    """Write copies of the sample reports, each with bytes of its own, and their agencies."""
    samples = sorted(p for p in SAMPLES.iterdir() if p.suffix in REPORT_SUFFIXES)
    raw.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SAMPLES / "agencies.csv", raw / "agencies.csv")
    for number, sample in islice(zip(count(first), cycle(samples)), reports):
        comment = COMMENTS.get(sample.suffix, PLAIN_COMMENT).format(number)
        copy = raw / f"{number // 100:03}" / f"{sample.stem}-{number}{sample.suffix}"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(sample.read_bytes() + comment.encode())


def measured(raw: Path, out: Path, *options: str) -> tuple[Path, float, float, float]:
    """Run; return the dataset, the seconds, and the peak MB of the run and its largest child."""
    command = [sys.executable, "-m", "prongsai", "run", str(raw), "--out", str(out), *options]
    began = time.monotonic()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    own = children = 0.0
    while run.poll() is None:
        own = max(own, peak_mb(run.pid))
        children = max([children, *map(peak_mb, workers_of(run.pid))])
        time.sleep(EVERY)
    if run.returncode:
        sys.exit(f"the run ended with {run.returncode}: {' '.join(command)}")
    return out, time.monotonic() - began, own, children


def show(what: str, out: Path, seconds: float, own: float, child: float) -> None:
    """Print a run on a line."""
    files = Store(out).files()
    heads = [Store(out).extracted.head(file.document_id) for file in files if file.document_id]
    pages = sum(head["pages"] or 1 for head in heads)  # a text counts as one
    print(
        f"{what}: {len(files)} reports, {seconds:.1f} s, {len(files) / seconds:.1f} reports/s, "
        f"{pages / seconds:.1f} pages/s, {own:.0f} MB, largest process {child:.0f} MB",
        flush=True,
    )


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and workers of one thread on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "scheduler.json"
        module = [sys.executable, "-m"]
        environment = {**os.environ, "PYTHONPATH": str(SAMPLES.parent.parent)}
        quiet = {"stderr": subprocess.DEVNULL, "start_new_session": True, "env": environment}
        program = [*module, "distributed.cli.dask_scheduler", "--no-dashboard"]
        options = ["--host", "127.0.0.1", "--scheduler-file", str(place)]
        scheduler = subprocess.Popen([*program, *options], **quiet)  # type: ignore[call-overload]
        while not place.exists() or not place.stat().st_size:
            time.sleep(0.1)
        address = json.loads(place.read_text())["address"]
        program = [*module, "distributed.cli.dask_worker", address, "--no-dashboard"]
        options = ["--nthreads", "1", "--no-nanny", "--local-directory", folder]
        started = [
            subprocess.Popen([*program, *options], **quiet)  # type: ignore[call-overload]
            for _ in range(workers)
        ]
        try:
            yield address, started
        finally:
            for process in (scheduler, *started):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def lose(out: Path, reports: int, workers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Kill a worker once so many reports have been read."""
    while sum(1 for _ in out.glob("parts/*.extract")) < reports:
        time.sleep(0.2)
    os.killpg(workers[0].pid, signal.SIGKILL)
    print(f"a worker was killed after {reports} reports", flush=True)


def killed(folder: Path, kills: int) -> None:
    """Kill a run at random moments, finish it each time, and compare with an undisturbed one."""
    chance = random.Random(kills)
    shutil.rmtree(folder, ignore_errors=True)
    make_reports(folder / "raw", KILLED_REPORTS)
    _, whole, _, _ = measured(folder / "raw", folder / "undisturbed")
    wanted = written(folder / "undisturbed")
    right = 0
    for number in range(kills):
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [sys.executable, "-m", "prongsai", "run", str(folder / "raw"), "--out", str(out)]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, whole))
        run.kill()
        run.wait()
        measured(folder / "raw", out)
        right += written(out) == wanted
        if (number + 1) % 10 == 0:
            print(f"{number + 1} kills, {right} with the same bytes", flush=True)
    print(f"{kills} kills, {right} finished with the same bytes as the undisturbed run")


def written(out: Path) -> dict[str, bytes]:
    """Return every file of a dataset."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    main()
