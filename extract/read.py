"""A report file -> a Document, whatever the file turns out to be."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import pypdfium2

from extract.assemble import assemble
from extract.document import Document, Issue, failed
from extract.encoding import EncodingError, decode
from extract.html import html_blocks
from extract.limits import LIMITS, Limits
from extract.media import HEAD, foreign_kind, is_picture, told_media_type
from extract.paged import with_pages
from extract.pdf import PdfError, read_pdf
from extract.pdf.sheet import Sheet
from extract.text import text_blocks

# Which pages are read from their pictures: those that need it, none, all.
Ocr = Literal["auto", "off", "force"]
# A whole HTML file, though its name may be another: a comment or an XML declaration may precede.
_HTML_START = re.compile(
    r"(?:\s|\ufeff|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z!/]|&[#a-zA-Z]")
_ID_DIGITS = 16
_LIBRARIES = (
    "charset-normalizer",
    "fonttools",
    "lxml",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pikepdf",
    "pillow",
    "pypdfium2",
    "pythainlp",
    "rapidfuzz",
)


@cache
def extractor_version(ocr: Ocr = "auto", limits: Limits = LIMITS) -> str:
    """Return a digest of this package's code and data, its libraries, and how it is asked to read.

    It changes whenever extraction could give another Document for the same bytes.
    """
    digest = hashlib.sha256(f"{ocr} {limits}".encode())
    for name in _LIBRARIES:
        digest.update(f"{name}=={version(name)}\n".encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".csv", ".npz", ".onnx"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def document_id(data: bytes) -> str:
    """Return the first 16 hex digits of the SHA-256 of a report's bytes."""
    return hashlib.sha256(data).hexdigest()[:_ID_DIGITS]


def document_id_of(file: io.BufferedReader) -> str:
    """Do the same for a file that is open at its start, of which little is in memory at a time."""
    return hashlib.file_digest(file, "sha256").hexdigest()[:_ID_DIGITS]


def unread(
    document_id: str, source_file: str, media_type: str, ocr: Ocr, limits: Limits
) -> Document:
    """Return the Document of a report of which nothing has been read yet."""
    version = extractor_version(ocr, limits)
    return Document(document_id, source_file, media_type, None, None, extractor=version)


def read_report(
    path: str | Path,
    root: str | Path | None = None,
    ocr: Ocr = "auto",
    limits: Limits = LIMITS,
) -> Document:
    """Read a report; ``source_file`` is its path below ``root`` (by default its folder).

    ``ocr`` says which pages are read from their pictures: those whose text layer cannot be used
    ("auto"), none ("off") or all ("force"). Of ``limits`` those count here that need no process of
    its own: of pages, glyphs and characters.
    A report that cannot be read comes back with status "failed" and the reason in ``error``; only
    a file that the system will not open raises OSError.
    """
    path = Path(path)
    data = path.read_bytes()
    name = path.relative_to(root or path.parent).as_posix()
    return read_bytes(data, name, ocr, limits)


def read_bytes(
    data: bytes, source_file: str, ocr: Ocr = "auto", limits: Limits = LIMITS
) -> Document:
    """Read a report from its bytes; its kind is told by them first and by its name second."""
    media_type = told_media_type(data, source_file)
    document = unread(document_id(data), source_file, media_type, ocr, limits)
    foreign = foreign_kind(data)
    if not data.strip():
        return failed(document, "empty_file", "the file is empty: publish or download it again")
    if foreign:
        return failed(document, "not_a_report", f"the file is {foreign}")
    if media_type == "application/pdf" and b"%PDF-" in data[:HEAD]:
        return _read_pdf(document, data, ocr, limits)
    if is_picture(data):
        return _read_pictures(document, data, ocr, limits)
    return _read_text(document, data, limits)


def _read_text(document: Document, data: bytes, limits: Limits) -> Document:
    try:
        decoded = decode(data)
    except EncodingError as error:
        if document.media_type == "application/pdf":
            return failed(document, "pdf_unreadable", "the file is named PDF, but is none")
        return failed(document, "unknown_encoding", f"{error}: save it as UTF-8 and run again")
    text = decoded.text[: limits.characters]
    is_html = bool(_HTML_START.match(text)) or (
        document.media_type == "text/html" and bool(_TAG.search(text))
    )
    if is_html:
        document = replace(document, media_type="text/html")
    elif document.media_type != "text/markdown":
        document = replace(document, media_type="text/plain")
    blocks, issues = assemble(html_blocks(text) if is_html else text_blocks(text))
    if len(decoded.text) > len(text):
        message = f"the end was cut off: {limits.reached('characters')}"
        issues = (*issues, Issue("error", "over_characters", message))
    document = replace(document, text_source="text", blocks=blocks, issues=issues)
    if "\f" in text and not is_html:
        pages = [block.place.page or 0 for block in document.paragraphs]
        pages += [cell.place.page or 0 for table in document.tables for cell in table.cells]
        document = replace(document, page_count=max(pages, default=0) or None)
    document = replace(document, issues=(*document.issues, *decoded.doubts))
    if not blocks:
        cut = next((issue.message for issue in issues if issue.severity == "error"), None)
        reason = cut or "the file holds no text that a person would see"
        return failed(document, "no_text", reason)
    lost = decoded.is_damaged or any(issue.severity == "error" for issue in issues)
    return replace(document, status="partial") if lost else document


def _read_pdf(document: Document, data: bytes, ocr: Ocr, limits: Limits) -> Document:
    read_picture = _read_picture if ocr != "off" else None
    try:
        content = read_pdf(data, read_picture, is_forced=ocr == "force", limits=limits)
    except PdfError as error:
        return failed(document, "pdf_unreadable", str(error))
    return with_pages(document, content)


def _read_picture(document: pypdfium2.PdfDocument, number: int) -> Sheet:
    """Read a page from its picture; what that takes is loaded when the first one needs it."""
    from extract.scan import page_reader

    return page_reader(document, number)


def _read_pictures(document: Document, data: bytes, ocr: Ocr, limits: Limits) -> Document:
    from extract.scan import ScanError, read_pictures

    if ocr == "off":
        reason = "the file is a picture, and reading pictures is switched off: run with --ocr auto"
        return failed(document, "picture_unread", reason)
    try:
        return with_pages(document, read_pictures(data, limits))
    except ScanError as error:
        return failed(document, "picture_unreadable", str(error))
