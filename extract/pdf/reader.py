"""The bytes of a PDF -> its blocks, page by page."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from extract.document import Issue
from extract.pdf.content import PdfContent, PdfError
from extract.pdf.dropped import restore_dropped
from extract.pdf.fonts import Fonts
from extract.pdf.glyphs import text_sheet
from extract.pdf.native import read_page
from extract.pdf.page import page_blocks
from extract.pdf.running import Pages, without_running

# A PDF ends with this mark; some programs write a few bytes more.
END_MARK, END_REACH = b"%%EOF", 2048


def read_pdf(data: bytes) -> PdfContent:
    """Read every page; a page that fails is an issue, a file that fails raises PdfError."""
    content = PdfContent()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError("the PDF needs a password; save it without one and run again") from error
        raise PdfError(f"the PDF is damaged ({error}); open it and save it anew as PDF") from error
    pages: Pages = {}
    known: list[float] = []
    fonts = Fonts(data)
    with document:
        content.page_count = len(document)
        for number in range(1, content.page_count + 1):
            try:
                _read_page(document, number, content, pages, fonts, known)
            except Exception as error:  # one page that is odd must not lose the others
                reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                message = f"page {number} could not be read ({reason})"
                content.issues.append(Issue("error", "page_failed", message, number))
    content.blocks = without_running(pages)
    if content.page_count == 0:
        raise PdfError("no page could be read; open the file and save it anew as PDF")
    for font, count in fonts.unknown.items():
        message = f"{count} glyphs of the font {font} have no known character: they stand as \ufffd"
        content.issues.append(Issue("warning", "glyphs_unknown", message))
    if END_MARK not in data[-END_REACH:]:
        message = "the file has no end mark: it may be cut off, so get it once more"
        content.issues.append(Issue("error", "pdf_cut_off", message))
    return content


def _read_page(
    document: pypdfium2.PdfDocument,
    number: int,
    content: PdfContent,
    pages: Pages,
    fonts: Fonts,
    known: list[float],
) -> None:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise PdfError("pdfium cannot load it")
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        handles = (ctypes.cast(one, ctypes.c_void_p).value for one in (page, text_page))
        native = read_page(*handles)
        if len(native.characters.codes):
            fonts.correct(native)
            restore_dropped(native)
            pages[number] = page_blocks(text_sheet(native), number, known)
        else:
            kept = content.picture_pages if native.shapes.pictures else content.blank_pages
            kept.append(number)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
