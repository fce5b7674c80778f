"""Lines of text in print: clean ink, and where each cluster stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extract.scan.alphabet import Alphabet, Parts
from extract.scan.engine import Grey
from training.fonts import Face, characters, spare

# Pixels that a letter without marks is high, in every font; wear brings it to the scan's size.
BODY = 28
_ABOVE, _BELOW, _SIDE = 2 * BODY, BODY, BODY
_PROBE = 100  # a type size to measure with
# A consonant with its marks, with the sara am behind it since that moves the marks; or any other.
_UNIT = re.compile("[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33?|.")
_AM = "\u0e33"
_BODY_LETTER = {True: "\u0e19", False: "H"}
_LATIN = re.compile(r"[0-9A-Za-z%().,:/+-]")
# The number of a note, right behind a word, and how often it is raised. Shares: of the size of its
# line, from the least to the most, and of the height of a letter that it is raised.
_NOTE, _RAISED = re.compile("(?<=[\u0e01-\u0e4e])([0-9]{1,2}|[\u0e50-\u0e59]{1,2})(?!\\w)"), 0.7
_SMALLER, _RISE = (0.55, 0.75), (0.45, 0.8)


@dataclass(frozen=True)
class Line:
    """A printed line: ``ink`` has 255 where it is black, ``boxes`` a row of x0, x1 per cluster."""

    text: str
    ink: Grey
    boxes: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    parts: tuple[Parts, ...]


@dataclass(frozen=True)
class _Unit:
    ink: Grey
    advance: float
    before_am: float  # the advance without the sara am, or all of it


class Printer:
    """Prints lines in one face; Latin letters may come from another, as word processors do."""

    def __init__(
        self, face: Face, folder: Path, *, latin: int | None = None, is_shaped: bool = True
    ) -> None:
        """Take a face and the folder of fonts; ``latin`` is the number of a spare Latin font.

        Without a shaper marks stand where the font has them, on top of each other at times, as in
        files of programs that know no Thai.
        """
        self._is_shaped = is_shaped
        is_bold = "bold" in face.files[0].name
        others, signs = spare(folder, is_bold=is_bold)
        self._files = (*face.files, signs)
        self._latin = None if latin is None else others[latin]
        self._alphabet = Alphabet.load()

    def print(self, text: str, rng: Random) -> Line:
        """Set a line, with the spacing of letters and of spaces that chance gives it."""
        spacing = rng.gauss(0, 0.01 * BODY)
        if rng.random() < 0.12:
            spacing = rng.uniform(-0.05, 0.25) * BODY
        stretch = rng.uniform(0.7, 3.0) if rng.random() < 0.3 else 1.0
        units = [(unit, self._unit(unit)) for unit in _UNIT.findall(text)]
        size, rise = rng.uniform(*_SMALLER), rng.uniform(*_RISE)
        for note in _NOTE.finditer(text) if rng.random() < _RAISED else ():
            first = len(_UNIT.findall(text[: note.start()]))
            for n in range(first, first + len(note[0])):
                units[n] = (units[n][0], _raised(units[n][1], size, rise))
        boxes: list[tuple[float, float]] = []
        starts: list[float] = []
        x = float(_SIDE)
        for unit, drawn in units:
            advance = drawn.advance * (stretch if unit == " " else 1) + spacing
            starts.append(x)
            if unit[-1] == _AM and len(unit) > 1:
                boxes += [(x, x + drawn.before_am), (x + drawn.before_am, x + advance)]
            else:
                boxes.append((x, x + advance))
            x += max(advance, 1.0)
        ink = np.zeros((_ABOVE + BODY + _BELOW, round(x) + 3 * _SIDE), np.uint8)
        for start, (_, drawn) in zip(starts, units, strict=True):
            left = round(start) - _SIDE
            place = ink[:, left : left + drawn.ink.shape[1]]
            np.maximum(place, drawn.ink[:, : place.shape[1]], out=place)
        return Line(text, ink, np.array(boxes), tuple(self._alphabet.clusters(text)))

    def _unit(self, unit: str) -> _Unit:
        wanted = {ord(character) for character in unit}
        if self._latin and _LATIN.fullmatch(unit):
            return _drawn(self._latin, unit, self._is_shaped)
        for file in self._files:
            if wanted <= characters(file):
                return _drawn(file, unit, self._is_shaped)
        raise ValueError(f"no font has {unit!r}")


@lru_cache(maxsize=60_000)
def _drawn(file: Path, unit: str, is_shaped: bool) -> _Unit:
    font = _font(file, is_shaped)
    advance = font.getlength(unit)
    before_am = font.getlength(unit[:-1]) if unit[-1] == _AM and len(unit) > 1 else advance
    canvas = Image.new("L", (int(advance) + 2 * _SIDE + 1, _ABOVE + BODY + _BELOW))
    ImageDraw.Draw(canvas).text((_SIDE, _ABOVE + BODY), unit, fill=255, font=font, anchor="ls")
    return _Unit(np.asarray(canvas), advance, before_am)


def _raised(unit: _Unit, size: float, rise: float) -> _Unit:
    """Make a digit the number of a note, so much smaller and so much of a letter higher."""
    base = _ABOVE + BODY
    matrix = np.array([[size, 0, _SIDE * (1 - size)], [0, size, base * (1 - size) - rise * BODY]])
    ink = cv2.warpAffine(unit.ink, matrix, unit.ink.shape[::-1], flags=cv2.INTER_AREA)
    return _Unit(np.asarray(ink, np.uint8), size * unit.advance, size * unit.before_am)


@lru_cache(maxsize=200)
def _font(file: Path, is_shaped: bool) -> ImageFont.FreeTypeFont:
    """Open a font at the size that makes its letters as high as BODY."""
    letter = _BODY_LETTER[ord(_BODY_LETTER[True]) in characters(file)]
    _, top, _, bottom = ImageFont.truetype(file, _PROBE).getbbox(letter, anchor="ls")
    height = (bottom - top) * (1.0 if letter == _BODY_LETTER[True] else 0.9)
    layout = ImageFont.Layout.RAQM if is_shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(file, round(_PROBE * BODY / height), layout_engine=layout)
