"""How two-byte fonts number their glyphs: what pdfium does not tell, read with pikepdf."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np

# A file with more objects than this is not searched: its unmapped glyphs stay unknown.
MAX_OBJECTS = 50_000
# Encodings whose codes are the numbers that a CIDToGIDMap is asked for.
_IDENTITY = ("/Identity-H", "/Identity-V")

# Glyph numbers by character code; None where both are the same.
GlyphMap = np.ndarray[Any, np.dtype[np.uint16]] | None


def glyph_maps(data: bytes) -> dict[str, GlyphMap]:
    """Return by name the embedded two-byte fonts of a PDF whose codes name glyphs.

    Fonts that share a name and differ in their map are left out, as is everything in a file that
    pikepdf cannot read.
    """
    import pikepdf

    found: dict[str, GlyphMap] = {}
    unsure: set[str] = set()
    try:
        with pikepdf.open(BytesIO(data)) as document:
            objects = document.objects
            for font in objects if len(objects) <= MAX_OBJECTS else ():
                if not isinstance(font, pikepdf.Dictionary) or font.get("/Subtype") != "/Type0":
                    continue
                if font.get("/Encoding") not in _IDENTITY:
                    continue
                inner: Any = font["/DescendantFonts"][0]
                name = str(inner["/BaseFont"]).removeprefix("/")
                glyphs = _glyphs(inner.get("/CIDToGIDMap"))
                if name in found and not np.array_equal(found[name], glyphs):  # type: ignore[arg-type]
                    unsure.add(name)
                found[name] = glyphs
    except (pikepdf.PdfError, pikepdf.PasswordError, KeyError, TypeError, ValueError):
        return {}
    return {name: glyphs for name, glyphs in found.items() if name not in unsure}


def _glyphs(numbers: Any) -> GlyphMap:
    from pikepdf import Stream

    if not isinstance(numbers, Stream):
        return None
    data = numbers.read_bytes()
    return np.frombuffer(data[: len(data) // 2 * 2], ">u2").astype(np.uint16)
