"""The commands that make a dataset: read reports, make records, compare, join shards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from prongsai import pipeline
from prongsai.cluster import Cluster
from prongsai.discover import check_there
from prongsai.errors import ExitCode, UsageError
from prongsai.journal import journal
from prongsai.limits import given_limits
from prongsai.parquet import pyarrow_library
from prongsai.places import place
from prongsai.shards import WHOLE, Shard
from prongsai.steps import Step, Tell
from prongsai.store import Store
from prongsai.supervisor import Supervisor, Workers
from prongsai.terminal import print_summary, progress, say

# An address as a path has it, which makes one stroke of two.
_WRITTEN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)

Out = Annotated[Path, typer.Option("--out", help="Folder that the dataset is written to.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 6 where rows wait for a person's review.")
]


Reports = Annotated[
    list[str], typer.Argument(help="Folders of reports, or report files, or their addresses.")
]
Parquet = Annotated[
    bool, typer.Option("--parquet", help="Write the record tables as Parquet files too.")
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", help="Work on a cluster of dask.distributed: tcp://HOST:PORT."),
]
ShardGiven = Annotated[
    str | None, typer.Option("--shard", metavar="I/N", help="Only a share of the reports: 1/4.")
]
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, help="How many reports are worked on at a time.")
]
Log = Annotated[
    Path | None, typer.Option("--log", help="File to add a log to: a line of JSON a report.")
]
LimitsGiven = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=N", help="What a report may take (docs/limits.md)."),
]


class OcrMode(StrEnum):
    """Which pages are read from their pictures."""

    auto = "auto"
    off = "off"
    force = "force"


Ocr = Annotated[
    OcrMode,
    typer.Option(
        "--ocr",
        help="Read pages from their pictures: where the text layer cannot be used, never, or all.",
    ),
]


def run(
    raw: Reports,
    out: Out,
    ocr: Ocr = OcrMode.auto,
    shard: ShardGiven = None,
    jobs: Jobs = 1,
    limit: LimitsGiven = None,
    scheduler: Scheduler = None,
    log: Log = None,
    parquet: Parquet = False,
    as_json: AsJson = False,
    strict: Strict = False,
) -> None:
    """Extract, normalize and analyze: reports in, a dataset with its comparisons out."""
    paths, share = _asked(raw, shard)
    with _working("run", out, jobs, limit, log, scheduler, parquet) as (workers, tell):
        _say_what_was_read(pipeline.extract_reports(paths, out, workers, ocr.value, tell, share))
        summary = _normalize(out, workers, tell, parquet)
        _analyze(out)
    _end(summary, as_json, strict)


def extract(
    raw: Reports,
    out: Out,
    ocr: Ocr = OcrMode.auto,
    shard: ShardGiven = None,
    jobs: Jobs = 1,
    limit: LimitsGiven = None,
    scheduler: Scheduler = None,
    log: Log = None,
    as_json: AsJson = False,
) -> None:
    """Read reports into documents/*.json and cells.csv."""
    paths, share = _asked(raw, shard)
    with _working("extract", out, jobs, limit, log, scheduler) as (workers, tell):
        extracted = pipeline.extract_reports(paths, out, workers, ocr.value, tell, share)
    _say_what_was_read(extracted)
    failed = len(extracted.failed)
    if as_json:
        print(json.dumps({"out": str(out), "documents": extracted.files, "failed": failed}))
    else:
        print(f"{extracted.files} reports ({failed} failed) -> {out}")
    _exit(_exit_code(extracted.files, failed, 0))


def normalize(
    out: Annotated[Path, typer.Argument(help="Folder that `extract` wrote.")],
    jobs: Jobs = 1,
    limit: LimitsGiven = None,
    scheduler: Scheduler = None,
    log: Log = None,
    parquet: Parquet = False,
    as_json: AsJson = False,
    strict: Strict = False,
) -> None:
    """Turn extracted documents into the record tables."""
    with _working("normalize", out, jobs, limit, log, scheduler, parquet) as (workers, tell):
        summary = _normalize(out, workers, tell, parquet)
    _end(summary, as_json, strict)


def merge(
    shards: Annotated[list[Path], typer.Argument(help="Folders that runs with --shard wrote.")],
    out: Out,
    jobs: Jobs = 1,
    limit: LimitsGiven = None,
    scheduler: Scheduler = None,
    log: Log = None,
    parquet: Parquet = False,
    as_json: AsJson = False,
    strict: Strict = False,
) -> None:
    """Join the parts of a run into one dataset, as if it had been one run."""
    with _working("merge", out, jobs, limit, log, scheduler, parquet) as (workers, tell):
        pipeline.merge_shards(shards, out)
        summary = _normalize(out, workers, tell, parquet)
        _analyze(out)
    _end(summary, as_json, strict)


def analyze(
    out: Annotated[Path, typer.Argument(help="Folder that `normalize` wrote.")],
    as_json: AsJson = False,
) -> None:
    """Write the comparisons of agencies and years to analysis/."""
    with Store(out).writing():
        rows = _analyze(out)
    if as_json:
        print(json.dumps(rows))
    else:
        for name, count in rows.items():
            print(f"analysis/{name}.csv: {count} rows")


@contextmanager
def _working(
    command: str,
    out: Path,
    jobs: int,
    limit: list[str] | None,
    log: Path | None,
    scheduler: str | None,
    parquet: bool = False,
) -> Iterator[tuple[Workers, Tell]]:
    """Have the folder of the dataset for oneself, processes to work with, and whom to tell."""
    limits = given_limits(limit or [])
    if _WRITTEN_ADDRESS.match(str(out)):
        raise UsageError(f"{out} is an address", "Name a folder of this machine with --out.")
    if parquet:
        pyarrow_library()  # a run of hours should not end without it
    with (
        Store(out).writing(is_new=command != "normalize"),
        journal(log, command) as note,
        Cluster(scheduler, limits) if scheduler else Supervisor(jobs, limits) as workers,
        progress() as show,
    ):

        def tell(step: Step) -> None:
            note(step)
            show(step)

        yield workers, tell


def _asked(raw: list[str], shard: str | None) -> tuple[list[Path], Shard]:
    """Return where the reports lie, and which share is asked for, before anything is written."""
    paths = [*map(place, raw)]
    check_there(paths)
    return paths, Shard.of(shard) if shard else WHOLE


def _normalize(out: Path, workers: Workers, tell: Tell, parquet: bool) -> pipeline.Summary:
    summary = pipeline.normalize_reports(out, workers, tell)
    if parquet:
        pipeline.save_parquet(out)
    return summary


def _say_what_was_read(extracted: pipeline.Extracted) -> None:
    """Say what a person should know of what was read."""
    for name, error in extracted.failed:
        say(f"failed: {name}: {error}")
    for name, ids in _absent(extracted).items():
        say(f"decided before, but not here now: {name} ({', '.join(ids)})")
    if extracted.others:
        say(f"passed over, being no reports: {', '.join(extracted.others)}")


def _analyze(out: Path) -> dict[str, int]:
    analyzed = pipeline.analyze_tables(out)
    for note in analyzed.notes:
        say(note)
    return analyzed.rows


def _absent(extracted: pipeline.Extracted) -> dict[str, list[str]]:
    """Return the ids of decisions about reports that are not there, by the report."""
    found: dict[str, list[str]] = {}
    for decision in extracted.absent:
        found.setdefault(decision.source_file, []).append(decision.review_id)
    return found


def _end(summary: pipeline.Summary, as_json: bool, strict: bool) -> None:
    """Print what was written, and exit with the code for it."""
    print_summary(summary, as_json)
    _exit(_exit_code(summary.documents, summary.failed, summary.review if strict else 0))


def _exit_code(documents: int, failed: int, review: int) -> ExitCode:
    if 0 < failed == documents:  # a shard may have no report at all
        return ExitCode.NO_INPUT
    if failed:
        return ExitCode.SOME_FAILED
    return ExitCode.REVIEW_PENDING if review else ExitCode.DONE


def _exit(code: ExitCode) -> None:
    if code:
        raise typer.Exit(code)
