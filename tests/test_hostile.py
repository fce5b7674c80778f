"""Hostile files: each ends in a verdict, inside the limits, and what was a defect stays mended."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import pypdfium2
import pytest

from benchmarks.fuzz_pdf import DEFECT, sources
from benchmarks.hostile import FILES, pdf_bombs, pdf_fonts, pdf_pages, pdf_pictures, write
from benchmarks.hostile.pdf_file import one_page, text
from benchmarks.mutations import DAMAGES, mutated
from extract import Document, clean_thai, read_bytes
from extract.limits import Limits
from extract.pdf import reader, ruled
from prongsai.pipeline import extract_reports
from prongsai.store import Store
from prongsai.supervisor import Supervisor

Verdicts = dict[str, tuple[str, frozenset[str], str]]

# Their networks and fonts take a second each; tests of their own read the like.
SLOW = ("fax-noise.pdf", "huge-font.pdf", "jbig2-noise.pdf", "lzw-bomb.pdf", "scan-of-noise.pdf")
# How some of them end also where they are small; all others have to end in any way.
ENDS = {
    "active.html": ("ok", ""),
    "active.pdf": ("ok", ""),
    "archive.docx": ("failed", "not_a_report"),
    "archive.pdf": ("failed", "not_a_report"),
    "cut-off-5.pdf": ("failed", "pdf_unreadable"),
    "circle.tif": ("failed", "recognition_failed"),
    "declared.png": ("failed", "recognition_failed"),
    "empty.pdf": ("failed", "empty_file"),
    "encrypted.pdf": ("failed", "pdf_unreadable"),
    "encrypted-openly.pdf": ("ok", ""),
    "entities.html": ("ok", ""),
    "giant-empty-page.pdf": ("failed", "recognition_failed"),
    "glyph-in-itself.pdf": ("ok", ""),
    "many-pages.pdf": ("partial", "over_pages"),
    "noise.txt": ("failed", "unknown_encoding"),
}
# What no reader can tell before it is too late: only a limit stops it, however small it is.
ENDLESS = ("form-in-itself.pdf", "patterns-in-patterns.pdf")


def read(folder: Path, out: Path, limits: Limits, jobs: int = 1) -> Verdicts:
    """Read files as `prongsai extract` does; return status, codes and reason of each."""
    with Supervisor(jobs, limits) as workers:
        extract_reports([folder], out, workers)
    found: Verdicts = {}
    for file in Store(out).files():
        if not file.document_id:
            found[file.source_file] = "not opened", frozenset(), file.error
            continue
        document = Store(out).read_document(file.document_id)
        errors = [issue for issue in document.issues if issue.severity == "error"]
        said = " ".join(issue.message for issue in errors)
        found[file.source_file] = document.status, frozenset(one.code for one in errors), said
    return found


# What they share takes half a minute, so they go to one worker.
of_one_run = pytest.mark.xdist_group("hostile")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """How small hostile files of every kind end, which are read in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder / "raw", 0.002, without=[*ENDLESS, *SLOW])
    limits = Limits(seconds=20, memory_mb=2048, pages=50)
    return read(folder / "raw", folder / "out", limits, jobs=2)


@of_one_run
def test_every_hostile_file_ends_in_a_verdict(small: Verdicts) -> None:
    assert small.keys() >= FILES.keys() - {*ENDLESS, *SLOW}
    assert {status for status, _, _ in small.values()} <= {"ok", "partial", "failed"}
    for name, (status, _, said) in small.items():
        assert status != "failed" or said, name
        assert status != "ok" or not said, name


@of_one_run
def test_no_hostile_file_shows_a_defect(small: Verdicts) -> None:
    assert {name: said for name, (_, _, said) in small.items() if DEFECT in said} == {}


@of_one_run
@pytest.mark.parametrize("name", ENDS)
def test_hostile_file_ends_as_it_should(small: Verdicts, name: str) -> None:
    status, codes, _ = small[name]
    expected, code = ENDS[name]
    assert status == expected
    assert not code or code in codes


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_what_only_a_limit_stops_is_stopped_by_it(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    makers = [FILES[name] for name in ENDLESS]
    makers += [pdf_bombs.exponential_forms, pdf_fonts.glyphs_in_turn]
    contents = [make(1.0) for make in makers] + [pdf_bombs.double_deflate_bomb(0.3)]
    for number, content in enumerate(contents):
        assert isinstance(content, bytes)
        (folder / f"{number}.pdf").write_bytes(content)
    begun = time.monotonic()
    ends = read(folder, tmp_path / "out", Limits(seconds=2, memory_mb=1000), jobs=2)
    assert time.monotonic() - begun < 15 * len(contents)
    assert len(ends) == len(contents)
    for status, codes, _ in ends.values():
        assert status == "failed"
        assert codes & {"over_memory_mb", "over_seconds", "reader_died"}


def test_damaged_pdfs_show_no_defect(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    originals = sources()
    for number in range(40):
        chance = random.Random(number)  # noqa: S311 - the same damage in each run
        data = mutated(chance.choice(originals), chance)
        (tmp_path / "raw" / f"{number}.pdf").write_bytes(data)
    limits = Limits(seconds=20, memory_mb=2048, pages=2)
    with Supervisor(2, limits) as workers:
        extract_reports([tmp_path / "raw"], tmp_path / "out", workers, "off")
    store = Store(tmp_path / "out")
    assert len(store.files()) == 40
    for file in store.files():
        document = store.read_document(file.document_id)
        assert not [issue for issue in document.issues if DEFECT in issue.message]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
def test_damage_is_the_same_for_the_same_seed(
    damage: Callable[..., bytes],
) -> None:
    original = one_page(text())
    once, again = (damage(original, random.Random(3)) for _ in range(2))  # noqa: S311
    assert once == again


# --- defects that hostile files have shown ----------------------------------------------------


def quickly(data: bytes, name: str, seconds: float) -> Document:
    """Read bytes, in processor time that is far less than it was."""
    begun = time.process_time()
    document = read_bytes(data, name, "off")
    assert time.process_time() - begun < seconds
    return document


@pytest.mark.parametrize(
    "make", [pdf_pages.stairs, pdf_pages.dominoes, pdf_pages.serpentine, pdf_pages.fine_grid]
)
def test_rules_of_any_pattern_take_time_by_their_number(make: Callable[[float], bytes]) -> None:
    assert quickly(make(1.0), "a.pdf", 15).status == "ok"


def test_cells_are_what_rules_keep_apart_however_they_wind() -> None:
    level = [ruled.Rule(at, 0 if at % 20 else 10, 30 if at % 20 else 40) for at in (10, 20, 30)]
    level += [ruled.Rule(0, 0, 40), ruled.Rule(40, 0, 40)]
    upright = [ruled.Rule(at, 0, 40) for at in (0, 40)] + [ruled.Rule(20, 0, 10)]
    (table,), free = ruled.ruled_tables(level, upright)
    assert free == []
    assert (table.rows, table.columns) == (4, 2)
    places = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]
    assert places[0] == (0, 0, 1, 1)


@pytest.mark.parametrize("make", [pdf_fonts.font_of_all_codes, pdf_fonts.font_substitutions])
def test_font_with_absurd_tables_is_read_in_part(make: Callable[[float], bytes]) -> None:
    assert quickly(make(1.0), "a.pdf", 20).paragraphs[0].text.endswith("Report")


@pytest.mark.parametrize("word", ["ก" + "\ufffd" * 32, "ก" + "่้๊๋" * 8, "ก\ufffd" * 30, "ผใู้ห" * 50])
def test_letters_under_a_pile_of_marks_take_no_time(word: str) -> None:
    begun = time.process_time()
    cleaned = clean_thai(f"ส าหรับ {word} ข้อมูล")
    assert time.process_time() - begun < 10
    assert cleaned.startswith("สำหรับ")


def test_page_that_asks_for_too_much_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reader, "read_page", greedy)
    document = read_bytes(one_page(text()), "a.pdf", "off", Limits(memory_mb=7))
    (issue,) = [issue for issue in document.issues if issue.code == "over_memory_mb"]
    assert "--limit memory_mb=N" in issue.message


def test_page_that_shows_a_defect_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise TypeError("odd")

    monkeypatch.setattr(reader, "read_page", wrong)
    document = read_bytes(one_page(text()), "a.pdf", "off")
    assert "TypeError: odd" in document.issues[0].message
    assert DEFECT in document.issues[0].message


def test_picture_that_asks_for_too_much_memory_is_told_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from extract.scan import reader as scans

    def greedy(*_: object) -> None:
        error = cv2.error("Failed to allocate")
        error.code, error.err = cv2.Error.StsNoMem, "Failed to allocate"
        raise error

    monkeypatch.setattr(scans, "read_scan", greedy)
    with pypdfium2.PdfDocument(one_page(b"0 0 m 99 99 l S")) as pdf, pytest.raises(MemoryError):
        scans.page_reader(pdf, 1)


@pytest.mark.parametrize("make", [pdf_pages.giant_empty_page, pdf_pages.thin_page])
def test_page_of_no_paper_is_not_drawn(make: Callable[[float], bytes]) -> None:
    document = read_bytes(make(1.0), "a.pdf")
    assert document.status == "failed"
    assert "points cannot be read: print it anew" in document.error


def test_picture_of_one_byte_is_no_text() -> None:
    document = read_bytes(pdf_pictures.declared_giant(1.0), "a.pdf")
    assert (document.status, document.page_count) == ("failed", 1)
