"""A report file -> a Document, whatever the file turns out to be."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from extract.assemble import assemble
from extract.document import Document, Issue, TextSource
from extract.encoding import EncodingError, decode
from extract.html import html_blocks
from extract.pdf import PdfError, read_pdf
from extract.text import text_blocks

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".tsv": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
}
# What else people lay beside their reports, by the first bytes, and what to do about it.
_FOREIGN = (
    (b"PK\x03\x04", "application/zip", "an Office file or an archive: save what it holds as PDF"),
    (b"\xd0\xcf\x11\xe0", "application/msword", "an old Office file: save it as PDF first"),
    (b"\x89PNG", "image/png", "a picture, and pictures are not read yet"),
    (b"\xff\xd8\xff", "image/jpeg", "a picture, and pictures are not read yet"),
    (b"II*\x00", "image/tiff", "a picture, and pictures are not read yet"),
    (b"MM\x00*", "image/tiff", "a picture, and pictures are not read yet"),
    (b"{\\rtf", "application/rtf", "a Rich Text file: save it as PDF first"),
)
# A whole HTML file, though its name may be another: a comment or an XML declaration may precede.
_HTML_START = re.compile(
    r"(?:\s|\ufeff|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z!/]|&[#a-zA-Z]")
_LIBRARIES = (
    "charset-normalizer",
    "fonttools",
    "lxml",
    "numpy",
    "pikepdf",
    "pypdfium2",
    "pythainlp",
    "rapidfuzz",
)
_OFFICE = (".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".zip")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
REPORT_SUFFIXES = frozenset([*MEDIA_TYPES, *_OFFICE, *_PICTURES])


@cache
def extractor_version() -> str:
    """Return a digest of this package's code and data and of the libraries that it reads with.

    It changes whenever extraction could give another Document for the same bytes.
    """
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name}=={version(name)}\n".encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".csv"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def document_id(data: bytes) -> str:
    """Return the first 16 hex digits of the SHA-256 of a report's bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def read_report(path: str | Path, root: str | Path | None = None) -> Document:
    """Read a report; ``source_file`` is its path below ``root`` (by default its folder).

    A report that cannot be read comes back with status "failed" and the reason in ``error``; only
    a file that the system will not open raises OSError.
    """
    path = Path(path)
    data = path.read_bytes()
    name = path.relative_to(root or path.parent).as_posix()
    return read_bytes(data, name)


def read_bytes(data: bytes, source_file: str) -> Document:
    """Read a report from its bytes; its kind is told by them first and by its name second."""
    media_type = told_media_type(data, source_file)
    document = Document(
        document_id(data), source_file, media_type, None, None, extractor=extractor_version()
    )
    foreign = next((what for magic, _, what in _FOREIGN if data.startswith(magic)), None)
    if not data.strip():
        return _failed(document, "empty_file", "the file is empty: publish or download it again")
    if foreign:
        return _failed(document, "not_a_report", f"the file is {foreign}")
    if media_type == "application/pdf" and b"%PDF-" in data[:1024]:
        return _read_pdf(document, data)
    return _read_text(document, data)


def told_media_type(data: bytes, source_file: str) -> str:
    """Tell the media type by the first bytes, and by the name where they say nothing.

    It is all that the name does to how a report is read.
    """
    for magic, media_type, _ in _FOREIGN:
        if data.startswith(magic):
            return media_type
    head = data[:1024]
    named = MEDIA_TYPES.get(Path(source_file).suffix.lower(), "text/plain")
    if head.lstrip().startswith(b"%PDF-") or (named == "application/pdf" and b"%PDF-" in head):
        return "application/pdf"
    return named


def _read_text(document: Document, data: bytes) -> Document:
    try:
        decoded = decode(data)
    except EncodingError as error:
        if document.media_type == "application/pdf":
            return _failed(document, "pdf_unreadable", "the file is named PDF, but is none")
        return _failed(document, "unknown_encoding", f"{error}: save it as UTF-8 and run again")
    is_html = bool(_HTML_START.match(decoded.text)) or (
        document.media_type == "text/html" and bool(_TAG.search(decoded.text))
    )
    if is_html:
        document = replace(document, media_type="text/html")
    elif document.media_type != "text/markdown":
        document = replace(document, media_type="text/plain")
    blocks, issues = assemble(html_blocks(decoded.text) if is_html else text_blocks(decoded.text))
    document = replace(document, text_source="text", blocks=blocks, issues=issues)
    if "\f" in decoded.text and not is_html:
        pages = [block.place.page or 0 for block in document.paragraphs]
        pages += [cell.place.page or 0 for table in document.tables for cell in table.cells]
        document = replace(document, page_count=max(pages, default=0) or None)
    document = replace(document, issues=(*document.issues, *decoded.doubts))
    if not blocks:
        cut = next((issue.message for issue in issues if issue.severity == "error"), None)
        reason = cut or "the file holds no text that a person would see"
        return _failed(document, "no_text", reason)
    lost = decoded.is_damaged or any(issue.severity == "error" for issue in issues)
    return replace(document, status="partial") if lost else document


def _read_pdf(document: Document, data: bytes) -> Document:
    try:
        content = read_pdf(data)
    except PdfError as error:
        return _failed(document, "pdf_unreadable", str(error))
    blocks, issues = assemble(content.blocks)
    source: TextSource = "text_layer"
    document = replace(
        document,
        page_count=content.page_count,
        text_source=source if blocks else None,
        blocks=blocks,
        issues=(*content.issues, *issues),
    )
    unread = content.picture_pages or content.blank_pages
    if not blocks:
        reason = "its pages are pictures" if content.picture_pages else "no page holds any text"
        return _failed(document, "no_text_layer", f"{reason}: it needs text recognition (OCR)")
    if unread and content.picture_pages:
        pages = ", ".join(map(str, content.picture_pages))
        message = f"pages without text, which are pictures: {pages}"
        issue = Issue("warning", "picture_pages", message, content.picture_pages[0])
        document = replace(_with_issue(document, issue), status="partial")
    if any(issue.severity == "error" for issue in document.issues):
        document = replace(document, status="partial")
    return document


def _failed(document: Document, code: str, reason: str) -> Document:
    failed = replace(document, status="failed", error=reason)
    return _with_issue(failed, Issue("error", code, reason))


def _with_issue(document: Document, issue: Issue) -> Document:
    return replace(document, issues=(*document.issues, issue))
