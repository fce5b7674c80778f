"""Lines of whole report pages, to measure on: PDFs are rendered, worn and cut into lines.

The text layer of the PDF is the truth. The wear is of its own make, page by page, and shares
nothing with what the network is trained on.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.random import Generator

from extract.pdf.dropped import restore_dropped
from extract.pdf.fonts import Fonts
from extract.pdf.glyphs import glyphs
from extract.pdf.native import NativePage, read_page
from extract.pdf.runs import Glyphs, Run
from extract.scan.alphabet import Alphabet
from extract.scan.engine import Cluster, Grey
from extract.thai import clean_thai

POINTS = 72  # of an inch
_DARK = 210  # levels of grey: darker than this on a clean page is ink
_MARGIN = 0.02  # inches around the ink
_GAP = 0.3  # of the type size: marks stand no further above or below what bears them

_TALLEST = 1.3  # of the type size: marks end no further above the baseline


class PageLine(NamedTuple):
    """A line cut out of a page, with its text and where it comes from.

    ``clusters`` are those of the text layer, where they stand in the picture.
    """

    text: str
    grey: Grey
    source: str
    clusters: tuple[Cluster, ...]


def page_lines(pdf: Path, dpi: int, rng: Generator) -> Iterator[PageLine]:
    """Give the lines of the upright pages of a PDF, as a worn scan at so many dots per inch."""
    data = pdf.read_bytes()
    fonts = Fonts(data)
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            with _opened(document, number, fonts) as native:
                if not len(native.characters.codes) or native.frame.turn:
                    continue
                page_glyphs = glyphs(native, native.frame)
                runs = page_glyphs.runs()
            picture = document[number].render(scale=dpi / POINTS, grayscale=True).to_numpy()
            clean = _without_rules(picture.reshape(picture.shape[:2]), native, dpi)
            worn = _worn(clean, rng, dpi)
            for run in runs:
                text = " ".join(clean_thai(run.text).split())
                rows = _rows(clean, run, dpi)
                if not rows or _is_ruled(run, native) or _is_part(run, runs):
                    continue
                if Alphabet.load().can_write(text):
                    x0, x1 = run.x0 * dpi / POINTS, run.x1 * dpi / POINTS
                    margin = round(_MARGIN * dpi)
                    top, bottom = max(rows[0] - margin, 0), rows[1] + margin
                    left, right = max(int(x0) - margin, 0), int(x1) + 1 + margin
                    grey = np.ascontiguousarray(worn[top:bottom, left:right])
                    clusters = _clusters(page_glyphs, run, dpi / POINTS, left)
                    yield PageLine(text, grey, pdf.stem, clusters)


def _clusters(page_glyphs: Glyphs, run: Run, scale: float, left: int) -> tuple[Cluster, ...]:
    return tuple(
        Cluster(
            page_glyphs.texts[n],
            float(page_glyphs.x0[n] * scale - left),
            float(page_glyphs.x1[n] * scale - left),
            1.0,
        )
        for n in range(run.first, run.last)
    )


@contextmanager
def _opened(document: pypdfium2.PdfDocument, number: int, fonts: Fonts) -> Iterator[NativePage]:
    page = pdfium.FPDF_LoadPage(document, number)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        handles = (ctypes.cast(one, ctypes.c_void_p).value for one in (page, text_page))
        native = read_page(*handles)
        if len(native.characters.codes):
            fonts.correct(native)
            restore_dropped(native)
        yield native
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _without_rules(picture: Grey, native: NativePage, dpi: int) -> Grey:
    """Paint over the rules, as the page reader does."""
    picture, scale = picture.copy(), dpi / POINTS
    for y, x0, x1 in native.shapes.level:
        rows = slice(max(int(y * scale) - 2, 0), int(y * scale) + 3)
        picture[rows, max(int(x0 * scale) - 1, 0) : int(x1 * scale) + 2] = 255
    for x, y0, y1 in native.shapes.upright:
        columns = slice(max(int(x * scale) - 2, 0), int(x * scale) + 3)
        picture[max(int(y0 * scale) - 1, 0) : int(y1 * scale) + 2, columns] = 255
    return picture


def _is_ruled(run: Run, native: NativePage) -> bool:
    return any(
        run.x0 < rule.at < run.x1 and rule.start < run.y < rule.end
        for rule in native.shapes.upright
    )


def _is_part(run: Run, runs: list[Run]) -> bool:
    """Say whether a run goes on in another beside it, which would show in the picture."""
    near = 0.6 * run.size
    return any(
        other is not run
        and abs(other.y - run.y) < near
        and other.x0 < run.x1 + near
        and other.x1 > run.x0 - near
        for other in runs
    )


def _rows(clean: Grey, run: Run, dpi: int) -> tuple[int, int] | None:
    """Return the first row of a line's ink and the row after the last."""
    scale = dpi / POINTS
    columns = slice(int(run.x0 * scale), int(run.x1 * scale) + 1)
    has_ink = (clean[:, columns] < _DARK).any(axis=1)
    gap = max(2, round(_GAP * run.size * scale))
    middle = round((run.y - 0.2 * run.size) * scale)
    near = np.flatnonzero(has_ink[max(middle - gap, 0) : middle + 2 * gap])
    if not len(near):
        return None
    top = bottom = max(middle - gap, 0) + int(near[0])
    while top > (run.y - _TALLEST * run.size) * scale:
        reach = gap if top > run.top * scale else max(2, gap // 3)
        if not has_ink[max(top - reach, 0) : top].any():
            break
        top -= 1
    while bottom < run.bottom * scale and has_ink[bottom : bottom + gap].any():
        bottom += 1
    rows = np.flatnonzero(has_ink[top : bottom + 1])
    return (top + int(rows[0]), top + int(rows[-1]) + 1) if len(rows) else None


def _worn(page: Grey, rng: Generator, dpi: int) -> Grey:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-0.1, 0.1)), 1)
    worn = cv2.warpAffine(page, turn, (width, height), borderValue=255).astype(np.float32)
    worn = cv2.GaussianBlur(worn, (0, 0), float(rng.uniform(0.3, 0.8)) * dpi / 200)
    black, paper = rng.uniform(10, 90), rng.uniform(200, 250)
    worn = black + worn * (paper - black) / 255
    worn += rng.normal(0, rng.uniform(2, 9), worn.shape)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 91))]
    stored = cv2.imencode(".jpg", np.clip(worn, 0, 255).astype(np.uint8), quality)[1]
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE))
