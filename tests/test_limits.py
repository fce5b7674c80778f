"""No report takes the run down with it: each ends in a verdict, and each limit bites."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from benchmarks.memory import workers_of
from extract import read_report
from extract.limits import LIMITS, Limits
from extract.read import document_id
from prongsai import pipeline, supervisor
from prongsai.packets import Packet
from prongsai.supervisor import Supervisor, carried_out
from prongsai.tasks import NotOpened, ReadTask

ROOT = Path(__file__).resolve().parent.parent
PDF = ROOT / "tests" / "data" / "pdf"
REPORT = "ลำดับ\tรายการ\tสถานะ\n1\tโครงสร้าง\tมี\n"

# A process that does as the name of each report says.
WORKER = """
import os, signal, sys, time
from prongsai.packets import Packet, PacketError, read_packet
while True:
    try:
        name = read_packet(sys.stdin.buffer).head["source_file"]
    except PacketError:
        break
    if name == "dies": os.kill(os.getpid(), signal.SIGSEGV)
    if name == "leaves": sys.exit(3)
    if name == "hangs": time.sleep(600)
    if name == "garbles": print("no packet", flush=True)
    answer = Packet({"error": "", "by": os.getpid()}, {"document": name.encode()})
    sys.stdout.buffer.writelines(answer.pieces())
    sys.stdout.buffer.flush()
"""
Work = Callable[..., dict[str, Packet]]


@pytest.fixture
def task(tmp_path: Path) -> Callable[[str], ReadTask]:
    """Make the task to read a report of this name, which has its name as its text."""

    def make(name: str) -> ReadTask:
        (tmp_path / name).write_text(name, "utf-8")
        return ReadTask(tmp_path / name, name, document_id(name.encode()), "text/plain", "auto")

    return make


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: Callable[[str], ReadTask]) -> Work:
    (tmp_path / "worker.py").write_text(WORKER, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(supervisor, "COMMAND", (sys.executable, str(tmp_path / "worker.py")))
    monkeypatch.setattr(supervisor, "GRACE", 0)

    def work(*names: str, jobs: int = 1, limits: Limits = LIMITS) -> dict[str, Packet]:
        with Supervisor(jobs, limits) as workers:
            done = carried_out(map(task, names), workers)
            return {asked.source_file: future.result() for asked, future in done}

    return work


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("ill", ["dies", "leaves", "garbles"])
def test_a_process_that_dies_costs_the_report_that_it_was_at(
    work: Work, ill: str, jobs: int
) -> None:
    answers = work("first", "second", ill, "third", "fourth", jobs=jobs)
    assert [name for name, answer in answers.items() if answer.head["error"]] == [ill]
    assert "the process that worked on it died" in answers[ill].head["error"]
    assert b'"reader_died"' in answers.pop(ill).bodies["document"]
    assert {name: a.bodies["document"].decode() for name, a in answers.items()} == {
        name: name for name in ("first", "second", "third", "fourth")
    }


def test_a_process_that_hangs_is_ended_at_its_deadline(work: Work) -> None:
    answers = work("hangs", "next", limits=Limits(seconds=2))
    assert not answers["next"].head["error"]
    assert "--limit seconds=N" in answers["hangs"].head["error"]
    assert b'"over_seconds"' in answers["hangs"].bodies["document"]


def test_a_process_is_replaced_after_some_reports(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "TASKS", 2)
    answers = work("a", "b", "c", "d", "e")
    assert len({answer.head["by"] for answer in answers.values()}) == 3


@pytest.mark.usefixtures("work")
def test_a_run_that_stops_gives_no_verdicts(task: Callable[[str], ReadTask]) -> None:
    with Supervisor(1, LIMITS) as workers:
        begun = [workers.submit(task(name)) for name in ("hangs", "next")]
        time.sleep(0.5)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    for waiting in begun:
        with pytest.raises(CancelledError):
            waiting.result()


@pytest.mark.usefixtures("work")
def test_processes_end_when_the_run_is_killed(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(REPORT * 100_000, "utf-8")
    command = [sys.executable, "-m", "prongsai", "extract", str(tmp_path / "raw")]
    run = subprocess.Popen([*command, "--out", str(tmp_path / "out")], cwd=ROOT)
    while not (workers := [*workers_of(run.pid)]):
        assert run.poll() is None
        time.sleep(0.05)
    time.sleep(1)
    run.kill()
    run.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}/stat").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def verdict(raw: Path, out: Path, **limits: int) -> tuple[str, str]:
    """Return the codes of the errors and the verdict of the only report in a folder."""
    with Supervisor(1, Limits(**limits)) as workers:
        pipeline.extract_reports([raw], out, workers)
        pipeline.normalize_reports(out, workers)
    with (out / "issues.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file) if row["severity"] == "error"}
    with (out / "documents.csv").open(encoding="utf-8") as file:
        (document,) = csv.DictReader(file)
    return " ".join(sorted(codes)), document["status"]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def test_a_file_that_is_too_large_is_not_read(raw: Path, tmp_path: Path) -> None:
    with (raw / "large.txt").open("wb") as file:
        file.truncate(1_000_001)
    assert verdict(raw, tmp_path / "out", file_mb=1) == ("file_unreadable", "failed")


def test_a_document_that_is_too_large_is_a_verdict(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").write_text(REPORT + "2\tข้อมูล\tมี\n" * 20_000, "utf-8")
    assert verdict(raw, tmp_path / "out", document_mb=1) == ("over_document_mb", "failed")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_report_that_takes_too_much_memory_is_a_verdict(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").write_text("ข้อมูล " * 3_000_000, "utf-8")
    assert verdict(raw, tmp_path / "out", memory_mb=700) == ("over_memory_mb", "failed")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count this time")
def test_a_report_that_takes_too_much_processor_time_is_a_verdict(
    raw: Path, tmp_path: Path
) -> None:
    (raw / "a.txt").write_text(REPORT + "2\tข้อมูล\tมี\n" * 400_000, "utf-8")
    assert verdict(raw, tmp_path / "out", seconds=1) == ("over_seconds", "failed")


def test_pages_beyond_the_limit_are_told(raw: Path) -> None:
    path = next(path for path in sorted(PDF.glob("*.pdf")) if read_report(path).page_count == 2)
    document = read_report(path, limits=Limits(pages=1))
    assert document.status == "partial"
    assert [issue.page for issue in document.issues if issue.code == "over_pages"] == [2]
    assert {block.place.page for block in document.paragraphs} <= {1}


def test_a_page_with_too_many_characters_is_told() -> None:
    path = sorted(PDF.glob("*.pdf"))[0]
    document = read_report(path, limits=Limits(glyphs=50))
    assert "over_glyphs" in {issue.code for issue in document.issues}
    assert document.status == "failed"


def test_characters_beyond_the_limit_are_told(raw: Path) -> None:
    (raw / "a.txt").write_text(REPORT * 100, "utf-8")
    document = read_report(raw / "a.txt", limits=Limits(characters=200))
    assert document.status == "partial"
    assert [issue.code for issue in document.issues if issue.severity == "error"] == [
        "over_characters"
    ]


def test_a_limit_is_part_of_what_a_document_is_kept_by(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").write_text(REPORT * 100, "utf-8")
    assert verdict(raw, tmp_path / "out", characters=200) == ("over_characters", "partial")
    assert verdict(raw, tmp_path / "out") == ("", "ok")


@pytest.mark.parametrize("given", ["pages", "pages=", "pages=many", "pages=0", "page=3"])
def test_a_limit_that_is_none_is_refused(raw: Path, tmp_path: Path, given: str) -> None:
    (raw / "a.txt").write_text(REPORT, "utf-8")
    command = ("-m", "prongsai", "run", raw, "--out", tmp_path / "out", "--limit", given)
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert f"pages={LIMITS.pages}" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_ctrl_c_stops_in_a_second_and_the_next_run_goes_on(raw: Path, tmp_path: Path) -> None:
    for n in range(5):
        (raw / f"{n}.txt").write_text(f"{n}\n{REPORT}", "utf-8")
    (raw / "takes-long.txt").write_text(REPORT * 400_000, "utf-8")
    command = [sys.executable, "-m", "prongsai", "extract", str(raw), "--out", str(tmp_path / "o")]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    documents = tmp_path / "o" / "documents"
    while run.poll() is None and len(list(documents.glob("?" * 16 + ".json"))) < 5:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    stopped = time.monotonic()
    _, told = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "run the same command again" in told
    assert time.monotonic() - stopped < 5
    kept = {path: path.stat().st_mtime_ns for path in documents.glob("?" * 16 + ".json")}
    (raw / "takes-long.txt").unlink()
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    now = {path: path.stat().st_mtime_ns for path in documents.glob("?" * 16 + ".json")}
    assert now.keys() == kept.keys()
    # The one that was being kept when the signal came is made again.
    assert sum(now[path] != kept[path] for path in kept) <= 1


def test_a_file_that_changes_while_it_is_read_is_read_another_time(
    task: Callable[[str], ReadTask],
) -> None:
    asked = task("a.txt")
    asked.path.write_text("another text", "utf-8")
    with Supervisor(1, LIMITS) as workers, pytest.raises(NotOpened, match="changed"):
        workers.submit(asked).result()
