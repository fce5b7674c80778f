"""Plain Tesseract beside: one pass over each page, its words put into the cells that are there.

The cells are those of the printed report, so Tesseract is given tables, columns and upright pages
for nothing; what counts is what it reads.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageSequence

from extract.document import (
    POINTS_PER_INCH,
    Block,
    Box,
    Document,
    Paragraph,
    Part,
    Place,
    Table,
)

LANGUAGES = "tha+eng"
# Of the modes 3, 4, 6 and 11 the one that read most cells of scans right.
MODE = "4"
SECONDS = 300
# Its words of Thai are parts of words. Those nearer than this share of their height are joined,
# and a sara am that it takes to pieces is mended.
SPACE = 0.25
RING, SARA_AA, SARA_AM = "\u0e4d", "\u0e32", "\u0e33"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its middle, width and height, in points of the printed page."""

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass over a report: the words of each page, and processor seconds."""

    words: dict[int, list[Word]]
    seconds: float


def kept_pass(kept: Path, scanned: Path, recipe: dict[str, Any]) -> Pass:
    """Return a pass that was kept in a file, or run it and keep it."""
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(
            json.dumps(asdict(read_pages(scanned, recipe)), ensure_ascii=False), "utf-8"
        )
    known = json.loads(kept.read_text("utf-8"))
    words = {int(n): [Word(**word) for word in page] for n, page in known["words"].items()}
    return Pass(words, known["seconds"])


def read_pages(scanned: Path, recipe: dict[str, Any], mode: str = MODE) -> Pass:
    """Run Tesseract over the pages that are pictures."""
    words: dict[int, list[Word]] = {}
    before = os.times()
    pages: list[tuple[int, Image.Image]] = list(_pictures(scanned, recipe))
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in pages:
            here = recipe["pages"][number - 1]
            upright = picture.rotate(-here["turn"], expand=True)
            path = Path(folder, "page.png")
            upright.save(path, compress_level=1)
            table = _tsv(path, recipe["dpi"], mode)
            words[number] = list(_words(table, upright.size, recipe["dpi"], here["skew"]))
    after = os.times()
    return Pass(
        words,
        after.children_user - before.children_user + after.children_system - before.children_system,
    )


def _pictures(scanned: Path, recipe: dict[str, Any]) -> Iterator[tuple[int, Image.Image]]:
    if scanned.suffix == ".pdf":
        with pypdfium2.PdfDocument(scanned) as pdf:
            for n, page in enumerate(pdf, start=1):
                if n not in recipe["text_pages"]:
                    drawn = page.render(scale=recipe["dpi"] / POINTS_PER_INCH, grayscale=True)
                    yield n, drawn.to_pil()
    else:
        with Image.open(scanned) as file:
            for n, frame in enumerate(ImageSequence.Iterator(file), start=1):
                yield n, frame.convert("L")


def _tsv(picture: Path, dpi: int, mode: str) -> str:
    command = ["tesseract", str(picture), "-", "-l", LANGUAGES, "--psm", mode, "--dpi", str(dpi)]
    done = subprocess.run(
        [*command, "tsv"],
        capture_output=True,
        check=True,
        timeout=SECONDS,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8")


def _words(table: str, size: tuple[int, int], dpi: int, skew: float) -> Iterator[Word]:
    """Yield the words of a page, their places turned back as far as the page is skewed."""
    angle = math.radians(skew)
    cosine, sine = math.cos(angle), math.sin(angle)
    middle_x, middle_y = size[0] / 2, size[1] / 2
    reader = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in reader:
        if row["level"] != "5" or not (row["text"] or "").strip():
            continue
        x = float(row["left"]) + float(row["width"]) / 2 - middle_x
        y = float(row["top"]) + float(row["height"]) / 2 - middle_y
        straight = np.array([x * cosine - y * sine + middle_x, x * sine + y * cosine + middle_y])
        x, y, width, height = (
            float(value) / dpi * POINTS_PER_INCH
            for value in (*straight, row["width"], row["height"])
        )
        yield Word(row["text"], x, y, width, height)


def filled(printed: Document, words: dict[int, list[Word]]) -> Document:
    """Return the printed report with what Tesseract read in the place of its texts."""
    return replace(printed, blocks=tuple(_block(block, words) for block in printed.blocks))


def _block(block: Block, words: dict[int, list[Word]]) -> Block:
    if isinstance(block, Paragraph):
        text = _text(block.text, block.place, words)
        return replace(block, text=text, raw_text=text)
    cells = tuple(
        replace(cell, parts=tuple(_part(part, words) for part in cell.parts))
        for cell in block.cells
    )
    return replace(block, cells=cells) if isinstance(block, Table) else block


def _part(part: Part, words: dict[int, list[Word]]) -> Part:
    text = _text(part.text, part.place, words)
    return Part(text, text, part.place)


def _text(printed: str, place: Place, words: dict[int, list[Word]]) -> str:
    if place.page not in words or place.box is None:
        return printed
    inside = [word for word in words[place.page] if _holds(place.box, word)]
    text = "".join(word.text for word in inside[:1])
    for before, word in pairwise(inside):
        gap = (word.x - word.width / 2) - (before.x + before.width / 2)
        is_apart = not 0 <= gap + word.height <= (1 + SPACE) * word.height
        text += " " * is_apart + word.text
    return text.replace(RING + SARA_AA, SARA_AM)


def _holds(box: Box, word: Word) -> bool:
    return box.x0 <= word.x <= box.x1 and box.top <= word.y <= box.bottom
