"""Pages of a PDF and files of pictures, read by the engine of this installation."""

from __future__ import annotations

from functools import cache

import cv2
import pypdfium2

from extract.limits import LIMITS, Limits
from extract.pdf.content import PdfContent
from extract.pdf.page import page_blocks
from extract.pdf.reader import ReadingError
from extract.pdf.running import Pages, without_running
from extract.pdf.sheet import Sheet
from extract.scan.digits import Digits
from extract.scan.engine import Engine, EngineError
from extract.scan.page import read_scan
from extract.scan.picture import PagePicture, ScanError, frame_count, frame_picture, pdf_picture
from extract.scan.recogniser import Recogniser
from extract.scan.witnessed import Witnessed


@cache
def default_engine() -> Engine:
    """Return the engine that reads lines unless another is given."""
    return Witnessed(Recogniser(), Digits())


def page_reader(document: pypdfium2.PdfDocument, number: int) -> Sheet:
    """Read a page (from 1) of a PDF from its picture; raises ReadingError."""
    try:
        return _sheet(pdf_picture(document, number))
    except (ScanError, EngineError) as error:
        raise ReadingError(f"page {number} could not be read from its picture: {error}") from error


def read_pictures(data: bytes, limits: Limits = LIMITS) -> PdfContent:
    """Read a PNG, JPEG or TIFF file, each picture of which is a page.

    A page that fails is an issue; a file of which no picture can be opened raises ScanError.
    """
    content = PdfContent(page_count=frame_count(data))
    pages: Pages = {}
    columns: list[float] = []
    for number in content.pages_within(limits):
        try:
            sheet = _sheet(frame_picture(data, number))
        except (ScanError, EngineError) as error:
            content.give_up(number, "no_text", str(error))
            continue
        if content.take(sheet, number, "no_text"):
            pages[number] = page_blocks(sheet, number, columns)
    content.blocks = without_running(pages)
    return content


def _sheet(picture: PagePicture) -> Sheet:
    try:
        return read_scan(picture, default_engine())
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError(error.err) from error
        raise
