"""What `analyze` lays beside the tables: there after it, gone with them, the same each time."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from datasets import make_dataset, normalize

from prongsai.errors import OutputError
from prongsai.pipeline import analyze_tables
from prongsai.store import FIGURES, WORKBOOK, Store

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("thung-sai-rung-sao-2564.txt", "thung-sai-rung-sao-2565.txt", "agencies.csv")


def presented(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [out / WORKBOOK, *(out / FIGURES).iterdir()]}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    for name in SAMPLES:
        shutil.copy(ROOT / "data" / "raw" / name, tmp_path / "raw")
    make_dataset([tmp_path / "raw"], tmp_path / "out")
    return tmp_path / "out"


def test_analyze_writes_them_and_they_go_with_the_tables(out: Path) -> None:
    (out / FIGURES).mkdir(parents=True)
    (out / FIGURES / "old.svg").write_text("of a dataset before")
    (out / FIGURES / "own.txt").write_text("a person's own note")
    analyze_tables(out)
    (out / FIGURES / "own.txt").unlink()
    first = presented(out)
    names = ("spread_completeness", "trend_completeness", "item_gaps", "heat_map")
    assert set(first) == {WORKBOOK, *(f"{n}.{kind}" for n in names for kind in ("svg", "png"))}
    analyze_tables(out)
    assert presented(out) == first
    (out / "items.csv").unlink()
    normalize(out)
    assert not (out / WORKBOOK).exists()
    assert not (out / FIGURES).exists()


def test_a_workbook_that_cannot_be_written_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("prongsai.store.write_whole", refuse)
    with pytest.raises(OutputError, match="cannot be written") as caught:
        Store(tmp_path).save_workbook(b"")
    assert "Close it where it is open" in caught.value.next_step
