"""What a hostile report cannot do: reach the network, leave its folder, or run anywhere."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.hostile import html, names, pdf_structure, texts
from extract import read_bytes
from prongsai.store import Store

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = ("unshare", "--map-root-user", "--net")


def command(
    *arguments: str | Path, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run prongsai in a process of its own, perhaps behind another command."""
    return subprocess.run(
        [*before, sys.executable, "-m", "prongsai", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=240,
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def write_active(folder: Path, address: str) -> None:
    """Write reports that name an address wherever a program might fetch it."""
    old = b"http://example.invalid"
    for name, make in (
        ("active.html", html.active),
        ("entities.html", html.entities),
        ("active.pdf", pdf_structure.active),
        ("formulas.txt", texts.formulas),
    ):
        content = make(1.0).replace(old, address.encode())
        assert address.encode() in content, name
        (folder / name).write_bytes(content)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket of this machine that hears whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_nothing_that_a_report_names_is_fetched(
    raw: Path, tmp_path: Path, listener: socket.socket
) -> None:
    write_active(raw, f"http://127.0.0.1:{listener.getsockname()[1]}")
    assert command("run", raw, "--out", tmp_path / "out").returncode == 0
    with pytest.raises(BlockingIOError):  # nobody has called
        listener.accept()


def test_a_run_works_without_any_network(raw: Path, tmp_path: Path) -> None:
    try:
        subprocess.run([*NO_NETWORK, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"this system gives no process a network of its own ({error})")
    write_active(raw, "http://127.0.0.1:9")
    shutil.copy(ROOT / "data" / "raw" / "thung-sai-rung-sao-2565.txt", raw)
    for out, before in (("with", ()), ("without", NO_NETWORK)):
        done = command("run", raw, "--out", tmp_path / out, before=before)
        assert done.returncode == 0, done.stderr
    for name in ("documents.csv", "items.csv", "cells.csv", "dashboard.html", "workbook.xlsx"):
        assert (tmp_path / "with" / name).read_bytes() == (tmp_path / "without" / name).read_bytes()


def test_scripts_styles_and_frames_are_no_text_and_files_are_not_read() -> None:
    for make in (html.active, html.entities):
        document = read_bytes(make(1.0), "a.html")
        shown = document.to_json()
        assert document.status == "ok"
        for secret in ("root:", "localhost", "alert(", "@import", "fetch(", "word word word"):
            assert secret not in shown


def everything(folder: Path) -> set[bytes]:
    return {os.fsencode(path.relative_to(folder)) for path in folder.rglob("*")}


def test_no_name_leads_out_of_its_folder(raw: Path, tmp_path: Path) -> None:
    written = names.write(raw)
    before = everything(tmp_path)
    done = command("run", raw, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    after = everything(tmp_path)
    made = after - before
    assert before <= after
    assert all(name == b"out" or name.startswith(b"out/") for name in made)
    assert all(name.isascii() and b".." not in name for name in made)
    told = [row["source_file"] for row in rows(tmp_path / "out" / "documents.csv")]
    assert len(set(told)) == sum(not path.name.startswith(".") for path in written)
    page = (tmp_path / "out" / "dashboard.html").read_text("utf-8")
    assert "<img src=x" not in page
    again = command("run", raw, "--out", tmp_path / "again")
    assert again.returncode == 0
    first, second = (tmp_path / one / "documents.csv" for one in ("out", "again"))
    assert first.read_bytes() == second.read_bytes()


def test_no_name_moves_the_terminal(raw: Path, tmp_path: Path) -> None:
    (raw / "\x1b[2J\x1b[31mred.pdf").write_bytes(b"%PDF-1.7\n")
    (raw / "good.txt").write_text(names.REPORT, "utf-8")
    done = command("extract", raw, "--out", tmp_path / "out")
    assert r"\x1b[31mred.pdf" in done.stderr
    assert "\x1b" not in done.stderr


def test_what_a_spreadsheet_would_run_stays_text_in_the_dataset(raw: Path, tmp_path: Path) -> None:
    (raw / "formulas.txt").write_bytes(texts.formulas(1.0))
    command("run", raw, "--out", tmp_path / "out")
    told = {row["text"] for row in rows(tmp_path / "out" / "cells.csv")}
    assert "=1+1" in told  # a dataset says what the report says
    store = Store(tmp_path / "out")
    documents = [store.read_document(file.document_id) for file in store.files()]
    tables = [table for document in documents for table in document.tables]
    assert {cell.text for table in tables for cell in table.cells} == told
