"""The store of a dataset: nothing done twice, nothing lost, nothing half written."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from datasets import CHECKLIST, Here, extract, make_dataset, normalize, written

from extract.limits import LIMITS
from normalize.catalogue import files as table_files
from normalize.tables import SourceFile
from prongsai import pipeline
from prongsai.discover import Found
from prongsai.errors import ExitCode, NoInputError, UsageError
from prongsai.packets import Packet
from prongsai.reading import read_reports
from prongsai.steps import silent
from prongsai.store import Store
from prongsai.tasks import Loss, ReadTask, Task

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number, year in enumerate(("๒๕๖๖", "๒๕๖๕", "๒๕๖๗")):
        (folder / f"{number}.txt").write_text(CHECKLIST.replace("๒๕๖๖", year), "utf-8")
    return folder


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each task that is carried out."""
    tasks: list[str] = []
    submit = Here.submit

    def noted(self: Here, task: Task):  # type: ignore[no-untyped-def]
        tasks.append(f"{task.request().head['do']} {task.source_file}")
        return submit(self, task)

    monkeypatch.setattr(Here, "submit", noted)
    return tasks


def fresh(raw: Path, tmp_path: Path) -> dict[str, bytes]:
    """Return what a first run over the reports writes."""
    make_dataset([raw], tmp_path / "fresh")
    return written(tmp_path / "fresh")


def test_only_what_is_new_is_done_and_it_gives_the_same_bytes(
    raw: Path, tmp_path: Path, done: list[str]
) -> None:
    out = tmp_path / "out"
    make_dataset([raw], out)
    done.clear()
    make_dataset([raw], out)
    assert done == []
    (raw / "1.txt").write_text(CHECKLIST.replace("ไม่มี", "มี"), "utf-8")
    (raw / "new.txt").write_text(CHECKLIST.replace("๒๕๖๖", "๒๕๖๔"), "utf-8")
    (raw / "0.txt").unlink()
    make_dataset([raw], out)
    assert done == [f"{do} {name}" for do in ("read", "normalize") for name in ("1.txt", "new.txt")]
    assert written(out) == fresh(raw, tmp_path)


def test_a_report_that_was_renamed_is_not_read_again(
    raw: Path, tmp_path: Path, done: list[str]
) -> None:
    out = tmp_path / "out"
    make_dataset([raw], out)
    done.clear()
    (raw / "0.txt").rename(raw / "renamed.txt")
    make_dataset([raw], out)
    assert done == ["normalize renamed.txt"]
    assert written(out) == fresh(raw, tmp_path)


def test_a_copy_that_comes_first_takes_the_name(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_dataset([raw], out)
    (raw / "00.txt").write_bytes((raw / "2.txt").read_bytes())
    make_dataset([raw], out)
    assert written(out) == fresh(raw, tmp_path)


def test_other_agencies_make_records_anew_and_read_nothing(
    raw: Path, tmp_path: Path, done: list[str]
) -> None:
    make_dataset([raw], tmp_path / "out")
    done.clear()
    (raw / "agencies.csv").write_text(
        "agency_code,agency_type,agency_name,district,province\nX1,อบต.,สมมติ,สมมติ,เชียงใหม่\n",
        "utf-8",
    )
    make_dataset([raw], tmp_path / "out")
    assert done == [f"normalize {number}.txt" for number in range(3)]


@pytest.mark.parametrize(
    ("damage", "again"),
    [
        (lambda out: next(out.glob("documents/????????????????.json")).unlink(), ["read"]),
        (lambda out: next(out.glob("parts/*.extract")).write_bytes(b"{"), ["read"]),
        (lambda out: next(out.glob("parts/*.normalize")).write_bytes(b""), ["normalize"]),
        (lambda out: (out / "items.csv").write_text("edited"), []),
        (lambda out: (out / "cells.csv").unlink(), []),
        (lambda out: (out / "parts" / "stages.json").write_text("[]"), []),
    ],
)
def test_what_is_gone_or_damaged_is_made_again(
    raw: Path, tmp_path: Path, done: list[str], damage: Callable[[Path], object], again: list[str]
) -> None:
    out = tmp_path / "out"
    make_dataset([raw], out)
    whole = written(out)
    done.clear()
    damage(out)
    make_dataset([raw], out)
    assert written(out) == whole
    assert [task.split()[0] for task in done] == again


def test_a_document_that_was_damaged_is_told(raw: Path, tmp_path: Path) -> None:
    extract([raw], tmp_path)
    path = next(tmp_path.glob("documents/????????????????.json"))
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(NoInputError, match="damaged") as told:
        normalize(tmp_path)
    assert path.name in told.value.cause
    path.unlink()
    make_dataset([raw], tmp_path)
    assert path.read_bytes() == fresh(raw, tmp_path)[f"documents/{path.name}"]


def test_analysis_is_done_again_only_where_its_tables_changed(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_dataset([raw], out)
    first = pipeline.analyze_tables(out)
    made = (out / "dashboard.html").stat().st_mtime_ns
    make_dataset([raw], out)
    assert pipeline.analyze_tables(out) == first
    assert (out / "dashboard.html").stat().st_mtime_ns == made
    (raw / "0.txt").unlink()
    make_dataset([raw], out)
    assert not (out / "dashboard.html").exists()
    assert pipeline.analyze_tables(out).rows["completeness"] == 2


def test_what_was_read_of_a_report_that_is_away_is_kept(
    raw: Path, tmp_path: Path, done: list[str]
) -> None:
    """A share that is away for a minute costs no day of reading."""
    make_dataset([raw], tmp_path / "out")
    whole = written(tmp_path / "out")
    done.clear()
    text = (raw / "1.txt").read_text("utf-8")
    (raw / "1.txt").unlink()
    (raw / "1.txt").symlink_to(raw / "away.txt")
    report = Found(raw / "1.txt", "1.txt")
    store = Store(tmp_path / "out")
    read_reports([report], store, Here(), "auto", silent)
    store.save_files([SourceFile("1.txt", "", "away")], [raw], None)
    (raw / "1.txt").unlink()
    (raw / "1.txt").write_text(text, "utf-8")
    make_dataset([raw], tmp_path / "out")
    assert "read 1.txt" not in done
    assert written(tmp_path / "out") == whole


def test_a_verdict_from_outside_is_not_kept(raw: Path, tmp_path: Path, done: list[str]) -> None:
    extract([raw], tmp_path)
    store = Store(tmp_path)
    first = store.files()[0]
    lost = ReadTask(raw / "0.txt", "0.txt", first.document_id, "text/plain", "auto").lost(
        Loss("reader_died", "killed", from_outside=True), LIMITS
    )
    head = store.extracted.head(first.document_id) | lost.head
    store.extracted.save(first.document_id, Packet(head, {"cells": b""}))
    done.clear()
    extract([raw], tmp_path)
    assert done == ["read 0.txt"]


def test_two_runs_at_once_the_second_is_refused(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Store(out).writing(is_new=True):
        command = [sys.executable, "-m", "prongsai", "run", str(raw), "--out", str(out)]
        refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        with pytest.raises(UsageError, match="another run"), Store(out).writing():
            pass
    assert refused.returncode == ExitCode.USAGE
    assert "another run is writing" in refused.stderr
    assert not (out / "documents.csv").exists()
    with Store(out).writing():
        make_dataset([raw], out)


def test_what_a_killed_run_left_half_written_goes(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_dataset([raw], out)
    whole = written(out)
    for folder in ("", "documents", "parts"):
        (out / folder / ".items.csv.0123abcd.tmp").write_text("half")
    with Store(out).writing():
        make_dataset([raw], out)
    assert {name: data for name, data in written(out).items() if name != ".lock"} == whole


def test_killed_at_any_moment_a_run_is_finished_by_running_again(raw: Path, tmp_path: Path) -> None:
    """The benchmark of this does it two hundred times, with the comparisons."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "prongsai", "extract", str(raw), "--out", str(out)]
    for files in (2, 5, 8):
        began = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        while began.poll() is None and len([*out.glob("*/*")]) < files:
            time.sleep(0.01)
        began.kill()
        began.wait()
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    normalize(out)
    make_dataset([raw], tmp_path / "undisturbed")
    (out / ".lock").unlink()
    assert written(out) == written(tmp_path / "undisturbed")


@pytest.mark.skipif(sys.platform != "linux", reason="a handle tells its file on Linux alone")
@pytest.mark.parametrize("place", ["documents/", "parts/", "cells.csv", "items.csv"])
def test_a_full_disk_ends_with_a_word_and_leaves_nothing_half_written(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    out = tmp_path / "out"
    real = os.fsync

    def full(handle: int) -> None:
        if f"out/{place}" in str(Path(f"/proc/self/fd/{handle}").readlink()).replace("/.", "/"):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(table_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space") as failure:
        make_dataset([raw], out)
    monkeypatch.undo()
    assert place in str(failure.value.filename)
    assert not list(out.rglob("*.tmp"))
    make_dataset([raw], out)
    assert written(out) == fresh(raw, tmp_path)


def test_a_log_has_a_line_of_json_for_each_report(raw: Path, tmp_path: Path) -> None:
    (raw / "empty.txt").write_bytes(b"")
    log = tmp_path / "logs" / "run.jsonl"
    command = ["-m", "prongsai", "extract", raw, "--out", tmp_path / "out", "--log", log]
    for _ in range(2):
        subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, check=False)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines].count("begin") == 2
    reports = [line for line in lines if line["event"] == "report"]
    assert [line["is_new"] for line in reports] == [True] * 4 + [False] * 4
    assert {line["source_file"] for line in reports if line["error"]} == {"empty.txt"}
    assert lines[-1]["event"] == "end"


def test_records_that_cannot_be_made_are_a_verdict(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that does not fit the catalogue costs its report, and no other."""
    from prongsai import tasks

    real = tasks.table_text

    def fails_on_first(name: str, rows):  # type: ignore[no-untyped-def]
        if name == "items" and rows and rows[0]["fiscal_year_be"] == 2566:
            raise ValueError("injected")
        return real(name, rows)

    monkeypatch.setattr(tasks, "table_text", fails_on_first)
    extract([raw], tmp_path / "out")
    summary = normalize(tmp_path / "out")
    assert (summary.documents, summary.failed, summary.items) == (3, 1, 4)
    with (tmp_path / "out" / "issues.csv").open(encoding="utf-8") as file:
        codes = {row["source_file"]: row["code"] for row in csv.DictReader(file)}
    assert codes["0.txt"] == "internal_error"
