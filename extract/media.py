"""What kind of file a report is, told by its first bytes and by its name."""

from __future__ import annotations

from pathlib import Path

# So many bytes of a file tell its kind.
HEAD = 1024

_TEXT = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".tsv": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
}
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
# What else people lay beside their reports, and what to do about it.
_FOREIGN = {
    b"PK\x03\x04": ("application/zip", "an Office file or an archive: save what it holds as PDF"),
    b"\xd0\xcf\x11\xe0": ("application/msword", "an old Office file: save it as PDF first"),
    b"{\\rtf": ("application/rtf", "a Rich Text file: save it as PDF first"),
}
_OFFICE = (".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".zip")
REPORT_SUFFIXES = frozenset([*_TEXT, *_PICTURE_SUFFIXES, *_OFFICE])


def told_media_type(data: bytes, source_file: str) -> str:
    """Tell the media type by the first HEAD bytes, and by the name where they say nothing.

    It is all that the name does to how a report is read.
    """
    known = _PICTURES | {magic: media_type for magic, (media_type, _) in _FOREIGN.items()}
    for magic, media_type in known.items():
        if data.startswith(magic):
            return media_type
    head = data[:HEAD]
    named = _TEXT.get(Path(source_file).suffix.lower(), "text/plain")
    if head.lstrip().startswith(b"%PDF-") or (named == "application/pdf" and b"%PDF-" in head):
        return "application/pdf"
    return named


def is_picture(data: bytes) -> bool:
    """Say whether a file is a PNG, JPEG or TIFF picture."""
    return any(data.startswith(magic) for magic in _PICTURES)


def foreign_kind(data: bytes) -> str | None:
    """Return what a file is that is no report, and what to do about it; None if it may be one."""
    return next((what for magic, (_, what) in _FOREIGN.items() if data.startswith(magic)), None)
