"""The bytes of a PDF -> its blocks, page by page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from extract.document import Issue, Paragraph
from extract.grid import Grid
from extract.limits import LIMITS, Limits
from extract.pdf import calls
from extract.pdf.content import PdfContent, PdfError
from extract.pdf.dropped import restore_dropped
from extract.pdf.fonts import Fonts
from extract.pdf.glyphs import text_sheet
from extract.pdf.native import read_page
from extract.pdf.page import page_blocks
from extract.pdf.running import Pages, without_running
from extract.pdf.sheet import Sheet
from extract.pdf.usable import Unusable, is_misread, why_unusable

# A PDF ends with this mark; some programs write a few bytes more.
END_MARK, END_REACH = b"%%EOF", 2048


class PageReader(Protocol):
    """Reads a page of a PDF from its picture."""

    def __call__(self, document: pypdfium2.PdfDocument, number: int) -> Sheet:
        """Read a page (from 1); raises ReadingError with a reason where that cannot be done."""


class _TooFullError(Exception):
    """A page holds more characters than are read of one."""


class ReadingError(RuntimeError):
    """A page that cannot be read from its picture; the message says why and what to do next."""


def read_pdf(
    data: bytes,
    read_picture: PageReader | None = None,
    is_forced: bool = False,
    limits: Limits = LIMITS,
) -> PdfContent:
    """Read every page; a page that fails is an issue, a file that fails raises PdfError.

    A page whose text layer cannot be used is read by ``read_picture``; where ``is_forced``, every
    page is.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError("the PDF needs a password; save it without one and run again") from error
        raise PdfError(f"the PDF is damaged ({error}); open it and save it anew as PDF") from error
    with document:
        reader = _Reader(document, Fonts(data), read_picture, is_forced, limits)
        content = reader.read()
    if content.page_count == 0:
        raise PdfError("no page could be read; open the file and save it anew as PDF")
    for font, count in reader.fonts.unknown.items():
        message = f"{count} glyphs of the font {font} have no known character: they stand as \ufffd"
        content.issues.append(Issue("warning", "glyphs_unknown", message))
    if END_MARK not in data[-END_REACH:]:
        message = "the file has no end mark: it may be cut off, so get it once more"
        content.issues.append(Issue("error", "pdf_cut_off", message))
    return content


@dataclass(slots=True)
class _Reader:
    document: pypdfium2.PdfDocument
    fonts: Fonts
    read_picture: PageReader | None
    is_forced: bool
    limits: Limits
    content: PdfContent = field(default_factory=PdfContent)
    # The columns of the last table without upright rules.
    columns: list[float] = field(default_factory=list)

    def read(self) -> PdfContent:
        content = self.content
        content.page_count = len(self.document)
        pages: Pages = {}
        for number in content.pages_within(self.limits):
            try:
                blocks = self._page(number)
            except _TooFullError:
                message = f"page {number} was not read: {self.limits.reached('glyphs')}"
                content.issues.append(Issue("error", "over_glyphs", message, number))
            except MemoryError:
                message = f"page {number} was not read: {self.limits.reached('memory_mb')}"
                content.issues.append(Issue("error", "over_memory_mb", message, number))
            except PdfError as error:
                message = f"page {number} is damaged ({error}): open the file and save it anew"
                content.issues.append(Issue("error", "page_failed", message, number))
            except Exception as error:  # one page that is odd must not lose the others
                reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                message = f"page {number} could not be read ({reason}): "
                message += "please report this as a defect"
                content.issues.append(Issue("error", "page_failed", message, number))
            else:
                if blocks:
                    pages[number] = blocks
        content.blocks = without_running(pages)
        return content

    def _page(self, number: int) -> list[Paragraph | Grid]:
        known = self.columns.copy()
        unusable: Unusable | None = "not_wanted"
        blocks: list[Paragraph | Grid] = []
        if not self.is_forced:
            unusable, blocks = self._text_layer(number)
        if unusable is None:
            return blocks
        if self.read_picture is None:
            self.content.unread[number] = unusable
            return blocks
        try:
            sheet = self.read_picture(self.document, number)
        except ReadingError as error:
            self.content.give_up(number, unusable, str(error))
            return blocks
        if not self.content.take(sheet, number, unusable):
            return []
        self.columns = known
        return page_blocks(sheet, number, self.columns)

    def _text_layer(self, number: int) -> tuple[Unusable | None, list[Paragraph | Grid]]:
        """Return why the text layer of a page cannot be used, or what it holds."""
        page = pdfium.FPDF_LoadPage(self.document, number - 1)
        if not page:
            raise PdfError("pdfium cannot load it")
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            handle, text_handle = (
                ctypes.cast(one, ctypes.c_void_p).value or 0 for one in (page, text_page)
            )
            if calls.count_chars(text_handle) > self.limits.glyphs:
                raise _TooFullError
            native = read_page(handle, text_handle)
            if len(native.characters.codes) == 0:
                is_empty = calls.count_objects(handle) == 0
                if is_empty:
                    self.content.blank.append(number)
                return (None if is_empty else "no_text"), []
            self.fonts.correct(native)
            restore_dropped(native)
            unusable = why_unusable(native)
            blocks = page_blocks(text_sheet(native), number, self.columns)
            if unusable is None and is_misread(_texts(blocks)):
                unusable = "no_words"
            return unusable, blocks
        finally:
            pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)


def _texts(blocks: list[Paragraph | Grid]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)
