"""pdfium's functions, bound so that a call costs little.

pdfium is called through ctypes, where a call costs as much as some hundred numpy elements.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from extract.pdf.arrays import Floats

Handle = Any  # an address as an integer; pdfium's own types cannot be compared or hashed


def _bound(function: Any, result: Any, *arguments: Any) -> Any:
    """Bind a pdfium function with plain integers for handles: cheap, and they compare.

    The lock of the interpreter is kept, since pdfium serves one thread only and a call is short.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
count_chars = _bound(pdfium.FPDFText_CountChars, _INT, _POINTER)
loose_box = _bound(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
tight_box = _bound(pdfium.FPDFText_GetCharBox, _INT, _POINTER, _INT, *[_POINTER] * 4)
char_matrix = _bound(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
font_size = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
unicode = _bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
text = _bound(pdfium.FPDFText_GetText, _INT, _POINTER, _INT, _INT, _POINTER)
text_object = _bound(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
count_objects = _bound(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
page_object = _bound(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
count_form_objects = _bound(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
form_object = _bound(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
kind = _bound(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
bounds = _bound(pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, *[_POINTER] * 4)
matrix = _bound(pdfium.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
count_marks = _bound(pdfium.FPDFPageObj_CountMarks, _INT, _POINTER)
mark = _bound(pdfium.FPDFPageObj_GetMark, _POINTER, _POINTER, ctypes.c_ulong)
mark_kind = _bound(pdfium.FPDFPageObjMark_GetParamValueType, _INT, _POINTER, ctypes.c_char_p)
is_unmapped = _bound(pdfium.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
glyph_width = _bound(
    pdfium.FPDFFont_GetGlyphWidth, _INT, _POINTER, ctypes.c_uint32, ctypes.c_float, _POINTER
)
font_of = _bound(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
draw_mode = _bound(pdfium.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
count_segments = _bound(pdfium.FPDFPath_CountSegments, _INT, _POINTER)
segment = _bound(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
segment_type = _bound(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
segment_close = _bound(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)
segment_point = _bound(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)


def drain(calls: Iterator[Any]) -> None:
    """Make the calls of a ``map``, whatever they return."""
    deque(calls, maxlen=0)


def edges(objects: list[Handle]) -> Floats:
    """Return the left, bottom, right and top edges of objects, as four rows."""
    found = np.zeros((len(objects), 4), np.float32)
    at = found.ctypes.data
    places = [range(at + 4 * n, at + 4 * n + 16 * len(objects), 16) for n in range(4)]
    drain(map(bounds, objects, *places))
    return found.astype(np.float64).T
