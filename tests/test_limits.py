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

from extract import read_report
from extract.limits import LIMITS, Limits
from extract.read import document_id
from normalize.tables import SourceFile
from prongsai import pipeline, supervisor
from prongsai.supervisor import Supervisor, Task

ROOT = Path(__file__).resolve().parent.parent
PDF = ROOT / "tests" / "data" / "pdf"
REPORT = "ลำดับ\tรายการ\tสถานะ\n1\tโครงสร้าง\tมี\n"

# A reader that does as the name of each report says.
READER = """
import json, os, signal, sys, time
for line in sys.stdin:
    name = json.loads(line)["source_file"]
    if name == "dies": os.kill(os.getpid(), signal.SIGSEGV)
    if name == "leaves": sys.exit(3)
    if name == "hangs": time.sleep(600)
    if name == "garbles": print("no JSON", flush=True)
    content = json.dumps({"read": name, "by": os.getpid()}).encode()
    sys.stdout.buffer.write(json.dumps({"error": "", "size": len(content)}).encode() + b"\\n")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
"""
Read = Callable[..., dict[str, SourceFile]]


@pytest.fixture
def saved() -> dict[str, bytes]:
    return {}


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: dict[str, bytes]) -> Read:
    (tmp_path / "reader.py").write_text(READER, "utf-8")
    monkeypatch.setattr(supervisor, "COMMAND", (sys.executable, str(tmp_path / "reader.py")))
    monkeypatch.setattr(supervisor, "GRACE", 0)

    def read(*names: str, jobs: int = 1, limits: Limits = LIMITS) -> dict[str, SourceFile]:
        with Supervisor(jobs, "auto", limits, saved.__setitem__) as readers:
            tasks = [Task(tmp_path / name, name, name, "text/plain") for name in names]
            files = [waiting.result() for waiting in [readers.submit(task) for task in tasks]]
        return {file.source_file: file for file in files}

    return read


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("ill", ["dies", "leaves", "garbles"])
def test_a_reader_that_dies_costs_the_report_that_it_was_at(
    read: Read, saved: dict[str, bytes], ill: str, jobs: int
) -> None:
    files = read("first", "second", ill, "third", "fourth", jobs=jobs)
    assert [name for name, file in files.items() if file.error] == [ill]
    assert "the process that read it died" in files[ill].error
    assert saved.keys() == files.keys()
    assert b'"reader_died"' in saved[ill]


def test_a_reader_that_hangs_is_ended_at_its_deadline(read: Read, saved: dict[str, bytes]) -> None:
    files = read("hangs", "next", limits=Limits(seconds=1))
    assert not files["next"].error
    assert "--limit seconds=N" in files["hangs"].error
    assert b'"over_seconds"' in saved["hangs"]


def test_a_reader_is_replaced_after_some_reports(
    read: Read, saved: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "READS", 2)
    read("a", "b", "c", "d", "e")
    assert len({content.split(b'"by":')[1] for content in saved.values()}) == 3


@pytest.mark.usefixtures("read")
def test_a_run_that_stops_gives_no_verdicts(saved: dict[str, bytes]) -> None:
    with Supervisor(1, "auto", LIMITS, saved.__setitem__) as readers:
        begun = [
            readers.submit(Task(Path(name), name, name, "text/plain")) for name in ("hangs", "next")
        ]
        time.sleep(0.5)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert not saved
    for waiting in begun:
        with pytest.raises(CancelledError):
            waiting.result()


def extracted(raw: Path, out: Path, **limits: int) -> tuple[str, str]:
    """Return the codes of the errors and the verdict of the only report in a folder."""
    pipeline.extract_reports([raw], out, lambda *_: None, limits=Limits(**limits))
    pipeline.normalize_reports(out)
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
    assert extracted(raw, tmp_path / "out", file_mb=1) == ("file_unreadable", "failed")


def test_a_document_that_is_too_large_is_a_verdict(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").write_text(REPORT + "2\tข้อมูล\tมี\n" * 20_000, "utf-8")
    assert extracted(raw, tmp_path / "out", document_mb=1) == ("over_document_mb", "failed")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_report_that_takes_too_much_memory_is_a_verdict(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").write_text("ข้อมูล " * 3_000_000, "utf-8")
    assert extracted(raw, tmp_path / "out", memory_mb=400) == ("over_memory_mb", "failed")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count this time")
def test_a_report_that_takes_too_much_processor_time_is_a_verdict(
    raw: Path, tmp_path: Path
) -> None:
    (raw / "a.txt").write_text(REPORT + "2\tข้อมูล\tมี\n" * 400_000, "utf-8")
    assert extracted(raw, tmp_path / "out", seconds=1) == ("over_seconds", "failed")


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
    assert extracted(raw, tmp_path / "out", characters=200) == ("over_characters", "partial")
    assert extracted(raw, tmp_path / "out") == ("", "ok")


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
    for n in range(40):
        (raw / f"{n}.txt").write_text(f"{n}\n" + REPORT * 2_000, "utf-8")
    command = [sys.executable, "-m", "prongsai", "extract", str(raw), "--out", str(tmp_path / "o")]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    documents = tmp_path / "o" / "documents"
    while run.poll() is None and not any(documents.glob("?" * 16 + ".json")):
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    stopped = time.monotonic()
    _, told = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "run the same command again" in told
    assert time.monotonic() - stopped < 5
    kept = {path: path.stat().st_mtime_ns for path in documents.glob("?" * 16 + ".json")}
    assert 0 < len(kept) < 40
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    assert len(list(documents.glob("?" * 16 + ".json"))) == 40
    assert all(path.stat().st_mtime_ns == made for path, made in kept.items())


def test_a_file_that_changes_while_it_is_read_is_read_another_time(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = raw / "a.txt"
    path.write_text(REPORT, "utf-8")
    task = Task(path, "a.txt", document_id(b"what it was"), "text/plain")
    saved: dict[str, bytes] = {}
    with Supervisor(1, "auto", LIMITS, saved.__setitem__) as readers:
        file = readers.submit(task).result()
    assert (file.document_id, saved) == ("", {})
    assert "changed" in file.error
