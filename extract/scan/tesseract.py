"""Tesseract as an engine: one process for all lines of a page, with a deadline.

Measured on crops of scanned cells: a list of line pictures in one process takes a tenth of the
time of a process for each, and reads as well as lines stacked into one tall picture.

Its Thai model has the digits 0, 1, 2, 3 and 5 of the ten Thai ones, and puts one of these, with
high confidence, where another stands. So a Thai digit that it reads has the confidence 0. For
the rest, ``extract/data/tesseract_confidence.csv`` says what its confidence was found to mean.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from lxml import etree

from extract.data_files import data_rows
from extract.scan.engine import Cluster, EngineError, Grey, Reading
from extract.thai import THAI_DIGITS

PROGRAM = "tesseract"
LANGUAGES = ("tha", "eng")
# A page of 400 short lines takes some four seconds on one core.
DEADLINE_SECONDS = 90.0
HOW_TO_INSTALL = (
    "on Debian and Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng"
)
# White around a line, in pixels: Tesseract loses letters that touch the edge. A side of fewer
# pixels than the least one holds no letter, and Tesseract fails on it.
_MARGIN, _LEAST = 10, 4
# Words further apart than this share of the line's height have a space between them; Tesseract
# also parts Thai words that are written together.
_SPACE = 0.25
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a") | frozenset(
    map(chr, range(0x0E47, 0x0E4F))
)
_RING, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
_BOX = re.compile(r"x_bboxes (\d+) \d+ (\d+) \d+; x_conf ([\d.]+)")


class Tesseract:
    """Tesseract with Thai and English; raises EngineError where it or a language is missing."""

    def __init__(self) -> None:
        program = shutil.which(PROGRAM)
        if program is None:
            raise EngineError(f"Tesseract is not installed: {HOW_TO_INSTALL}")
        self._program = program
        with tempfile.TemporaryDirectory() as folder:
            version = self._run(["--version"], Path(folder)).split("\n", 1)[0]
            known = self._run(["--list-langs"], Path(folder)).split()
        missing = [language for language in LANGUAGES if language not in known]
        if missing:
            raise EngineError(
                f"Tesseract lacks the language data {', '.join(missing)}: {HOW_TO_INSTALL}"
            )
        self._version = version.strip() or PROGRAM

    @property
    def name(self) -> str:
        """The program's own name and version, and the languages."""
        return f"{self._version} {'+'.join(LANGUAGES)}"

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        """Read pictures of one line of text each; raises EngineError."""
        readings = [Reading(())] * len(lines)
        asked = [n for n, line in enumerate(lines) if min(line.shape) >= _LEAST]
        if not asked:
            return readings
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            pictures = [folder / f"{n}.pgm" for n in asked]
            for n, picture in zip(asked, pictures, strict=True):
                edge = (_MARGIN,) * 4
                white = cv2.copyMakeBorder(lines[n], *edge, cv2.BORDER_CONSTANT, value=255)
                cv2.imwrite(str(picture), np.asarray(white))
            (folder / "lines.txt").write_text("".join(f"{p}\n" for p in pictures), "utf-8")
            how = ["-l", "+".join(LANGUAGES), "--psm", "7", "-c", "hocr_char_boxes=1", "hocr"]
            self._run([str(folder / "lines.txt"), str(folder / "read"), *how], folder)
            pages = _pages(folder / "read.hocr")
        if len(pages) != len(asked):
            raise EngineError(f"Tesseract answered for {len(pages)} of {len(asked)} lines")
        for n, page in zip(asked, pages, strict=True):
            readings[n] = Reading(tuple(_clusters(page, lines[n].shape[0])))
        return readings

    def _run(self, arguments: list[str], folder: Path) -> str:
        """Run the program to its end and return what it prints; raises EngineError.

        It writes to files: a pipe would stay open as long as a child of it lives.
        """
        out, err = folder / "out.txt", folder / "err.txt"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [self._program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                start_new_session=True,
            )
            try:
                code = process.wait(DEADLINE_SECONDS)
            except subprocess.TimeoutExpired:
                raise EngineError(
                    f"Tesseract did not answer in {DEADLINE_SECONDS:g} seconds and was ended: "
                    "read the page by itself, or scan it again"
                ) from None
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if code:
            said = err.read_text("utf-8", errors="replace").strip().split("\n")[-1][:200]
            how = f"ended by signal {-code}" if code < 0 else f"failed with code {code}"
            raise EngineError(f"Tesseract {how}: {said or 'it said nothing'}; {HOW_TO_INSTALL}")
        return out.read_text("utf-8", errors="replace")


# A word: its characters with their left and right edge and confidence, from 0 to 1.
_Word = list[Cluster]


def _pages(hocr: Path) -> list[list[_Word]]:
    """Return the words of each picture; raises EngineError where the answer is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(hocr.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError) as error:
        raise EngineError(
            f"Tesseract's answer cannot be read ({error}): install it again; {HOW_TO_INSTALL}"
        ) from None
    pages = root.iterfind(".//{*}div[@class='ocr_page']")
    return [
        [list(_characters(word)) for word in page.iterfind(".//{*}span[@class='ocrx_word']")]
        for page in pages
    ]


def _characters(word: etree._Element) -> Iterator[Cluster]:
    for character in word.iterfind(".//{*}span[@class='ocrx_cinfo']"):
        box = _BOX.match(character.get("title", ""))
        text = (character.text or "").strip()
        if box and text:
            x0, x1, confidence = (float(value) for value in box.groups())
            share = 0.0 if text in tuple(THAI_DIGITS) else _share_right(confidence)
            yield Cluster(text, x0 - _MARGIN, x1 - _MARGIN, share)


def _share_right(confidence: float) -> float:
    floors, shares = _bands()
    return shares[bisect_right(floors, confidence) - 1]


@cache
def _bands() -> tuple[list[float], list[float]]:
    rows = data_rows("tesseract_confidence.csv")
    return [float(r["from_confidence"]) for r in rows], [float(r["share_right"]) for r in rows]


def _clusters(words: list[_Word], height: int) -> Iterator[Cluster]:
    """Join characters and their marks, with a space where words stand apart."""
    whole: list[Cluster] = []
    for word in words:
        if whole and word and word[0].x0 - whole[-1].x1 > _SPACE * height:
            whole.append(Cluster(" ", whole[-1].x1, word[0].x0, 1.0))
        for character in word:
            if whole and character.text in _MARKS and whole[-1].text != " ":
                whole[-1] = _joined(whole[-1], character)
            elif whole and character.text == _SARA_AA and _RING in whole[-1].text:
                base = whole[-1]
                whole[-1] = base._replace(text=base.text.replace(_RING, ""))
                whole.append(character._replace(text=_SARA_AM))
            else:
                whole.append(character)
    # The box of a mark often reaches over the next character.
    for cluster, after in pairwise(whole):
        yield cluster._replace(x1=max(min(cluster.x1, after.x0), cluster.x0))
    yield from whole[-1:]


def _joined(base: Cluster, mark: Cluster) -> Cluster:
    return Cluster(
        base.text + mark.text,
        base.x0,
        max(base.x1, mark.x1),
        min(base.confidence, mark.confidence),
    )
