"""PDF -> paragraphs and grids: pdfium reads, what stands where is worked out here."""

from extract.pdf.content import PdfContent, PdfError
from extract.pdf.reader import read_pdf

__all__ = ["PdfContent", "PdfError", "read_pdf"]
