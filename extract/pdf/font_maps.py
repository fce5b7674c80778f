"""How two-byte fonts number their glyphs: what pdfium does not tell, read with pdfminer."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

import numpy as np
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSLiteral

# A file with more objects than this is not searched: its unmapped glyphs stay unknown.
MAX_OBJECTS = 50_000
# Encodings whose codes are the numbers that a CIDToGIDMap is asked for.
_IDENTITY = ("Identity-H", "Identity-V")

# Glyph numbers by character code; None where both are the same.
GlyphMap = np.ndarray[Any, np.dtype[np.uint16]] | None


def glyph_maps(data: bytes) -> dict[str, GlyphMap]:
    """Return by name the embedded two-byte fonts of a PDF whose codes name glyphs.

    Fonts that share a name and differ in their map are left out, as is everything in a file that
    pdfminer cannot read.
    """
    found: dict[str, GlyphMap] = {}
    unsure: set[str] = set()
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        numbers = {number for xref in document.xrefs for number in xref.get_objids()}
        for number in sorted(numbers) if len(numbers) <= MAX_OBJECTS else ():
            if not _may_be_font(document, data, number):
                continue
            font = document.getobj(number)
            if not isinstance(font, dict) or _name(font.get("Subtype")) != "Type0":
                continue
            if _name(font.get("Encoding")) not in _IDENTITY:
                continue
            inner: Any = resolve1(list_value(font["DescendantFonts"])[0])
            name, glyphs = _name(inner.get("BaseFont")), _glyphs(inner.get("CIDToGIDMap"))
            if name in found and not np.array_equal(found[name], glyphs):  # type: ignore[arg-type]
                unsure.add(name)
            found[name] = glyphs
    except Exception:  # what pdfminer raises on damage has no common kind
        return {}
    return {name: glyphs for name, glyphs in found.items() if name not in unsure}


def _may_be_font(document: PDFDocument, data: bytes, number: int) -> bool:
    """Say whether an object may be a two-byte font; one that lies in a stream may always be."""
    for xref in document.xrefs:
        with suppress(KeyError):
            stream, start, _ = xref.get_pos(number)
            return (
                stream is not None or data.find(b"/Type0", start, data.find(b"endobj", start)) > 0
            )
    return False


def _name(value: Any) -> str:
    value = resolve1(value)
    name = value.name if isinstance(value, PSLiteral) else ""
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)


def _glyphs(value: Any) -> GlyphMap:
    value = resolve1(value)
    if not isinstance(value, PDFStream):
        return None
    data = value.get_data()
    return np.frombuffer(data[: len(data) // 2 * 2], ">u2").astype(np.uint16)
