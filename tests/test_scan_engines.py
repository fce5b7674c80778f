"""Which of the twenty digits an engine can write, proved on rendered lines of digits.

The sheet is made by ``python -m benchmarks.scan_digits tests/data/scan``.
"""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from extract.scan.engine import Engine, Grey, Reading
from extract.scan.reader import default_engine
from extract.scan.recogniser import Recogniser
from extract.scan.tesseract import Tesseract

DATA = Path(__file__).parent / "data" / "scan"
THAI, ARABIC = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
ENGINES: dict[str, Callable[[], Engine]] = {
    "tesseract": Tesseract,
    "recogniser": Recogniser,
    "default": default_engine,
}

every_engine = pytest.mark.parametrize("name", ENGINES)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheet() -> list[tuple[str, Grey]]:
    """Return the text and the picture of each line."""
    levels = np.asarray(Image.open(DATA / "digits.png"))
    return [
        (line["text"], levels[int(line["top"]) : int(line["bottom"]), : int(line["width"])])
        for line in rows("digits.csv")
    ]


@cache
def readings(name: str) -> list[tuple[str, Reading]]:
    """Return the text of each line and what an engine reads there."""
    if name == "tesseract" and not shutil.which("tesseract"):
        pytest.skip("Tesseract is not installed")
    engine = ENGINES[name]()
    lines = sheet()
    return list(
        zip([text for text, _ in lines], engine.read([line for _, line in lines]), strict=True)
    )


def written(name: str) -> set[str]:
    """Return the digits that an engine mostly writes where they stand."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for text, reading in readings(name):
        seen.update(text)
        for step in Levenshtein.opcodes(text, reading.text):
            if step.tag == "equal":
                right.update(text[step.src_start : step.src_end])
    return {digit for digit in THAI + ARABIC if 2 * right[digit] > seen[digit]}


def test_the_sheet_holds_every_digit_in_every_font() -> None:
    fonts: dict[str, set[str]] = {}
    for line in rows("digits.csv"):
        fonts.setdefault(line["font"], set()).update(line["text"])
    assert len(fonts) == 5
    assert all(set(THAI + ARABIC) <= digits for digits in fonts.values())


@every_engine
def test_an_engine_writes_the_digits_that_it_is_known_to_write(name: str) -> None:
    known = {row["engine"]: set(row["digits"]) for row in rows("engine_digits.csv")}
    assert written(name) == known[name]


def test_tesseract_writes_no_other_thai_digit_and_is_trusted_with_none() -> None:
    known = {row["engine"]: set(row["digits"]) for row in rows("engine_digits.csv")}
    clusters = [cluster for _, reading in readings("tesseract") for cluster in reading.clusters]
    thai = [cluster for cluster in clusters if set(cluster.text) & set(THAI)]
    assert thai
    assert set().union(*(cluster.text for cluster in thai)) & set(THAI) <= known["tesseract"]
    assert {cluster.confidence for cluster in thai} == {0.0}


def test_the_engine_of_this_installation_writes_all_twenty() -> None:
    assert written("default") == set(THAI + ARABIC)
