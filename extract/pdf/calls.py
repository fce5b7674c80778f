"""pdfium's functions, and how to call one for many characters or objects.

A call costs as much as some twenty numpy elements, and through ctypes twenty times that. So a
function is called for all elements of arrays at once, by a loop in C where that is built.
"""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from extract.pdf.arrays import Floats, Integers

try:
    from extract.pdf import _each as loop
except ImportError:  # no compiler was at hand
    loop = None  # type: ignore[assignment]

Handle = Any  # an address as an integer; pdfium's own types cannot be compared or hashed

_POINTER, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
_UNSIGNED, _LONG = ctypes.c_uint, ctypes.c_ulong
_KINDS = {_POINTER: "p", _INT: "i", _UNSIGNED: "i", _DOUBLE: "d"}


class Function:
    """A function of pdfium that takes handles and other addresses as integers.

    The lock of the interpreter is kept, since pdfium serves one thread only and a call is short.
    """

    def __init__(self, function: Any, result: Any, *arguments: Any) -> None:
        self._address = ctypes.cast(function, ctypes.c_void_p).value or 0
        self._call = ctypes.PYFUNCTYPE(result, *arguments)(self._address)
        self._kind = _KINDS[result]

    def __call__(self, *arguments: Any) -> Any:
        """Call it once."""
        return self._call(*arguments)

    def each(self, *arguments: int | range | Integers) -> Any:
        """Call it for each element of its arguments, and return the results as an array.

        A number stands for all calls; ranges and arrays are of one length. No handle is 0 in the
        result.
        """
        count = next(len(one) for one in arguments if not isinstance(one, int))
        results = np.zeros(count, np.float64 if self._kind == "d" else np.int64)
        if loop:
            loop.each(self._address, self._kind, results, arguments)
        else:
            elements = (repeat(one) if isinstance(one, int) else map(int, one) for one in arguments)
            results[:] = [result or 0 for result in map(self._call, *elements)]
        return results


def places(array: np.ndarray[Any, Any]) -> list[range]:
    """Return the address of each element for pdfium to write there: a range for each column.

    The array is a whole one, row by row. (Without rows its strides are 0, which no range steps by.)
    """
    count, columns = array.shape
    start, size = array.ctypes.data, array.itemsize
    row = columns * size
    return [range(first, first + count * row, row) for first in range(start, start + row, size)]


count_chars = Function(pdfium.FPDFText_CountChars, _INT, _POINTER)
loose_box = Function(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
tight_box = Function(pdfium.FPDFText_GetCharBox, _INT, _POINTER, _INT, *[_POINTER] * 4)
char_matrix = Function(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
font_size = Function(pdfium.FPDFText_GetFontSize, _DOUBLE, _POINTER, _INT)
unicode = Function(pdfium.FPDFText_GetUnicode, _UNSIGNED, _POINTER, _INT)
text = Function(pdfium.FPDFText_GetText, _INT, _POINTER, _INT, _INT, _POINTER)
text_object = Function(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
count_objects = Function(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
page_object = Function(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
count_form_objects = Function(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
form_object = Function(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, _LONG)
kind = Function(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
bounds = Function(pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, *[_POINTER] * 4)
matrix = Function(pdfium.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
count_marks = Function(pdfium.FPDFPageObj_CountMarks, _INT, _POINTER)
mark = Function(pdfium.FPDFPageObj_GetMark, _POINTER, _POINTER, _LONG)
mark_kind = Function(pdfium.FPDFPageObjMark_GetParamValueType, _INT, _POINTER, ctypes.c_char_p)
is_unmapped = Function(pdfium.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
glyph_width = Function(
    pdfium.FPDFFont_GetGlyphWidth, _INT, _POINTER, ctypes.c_uint32, ctypes.c_float, _POINTER
)
render_mode = Function(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
font_of = Function(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
draw_mode = Function(pdfium.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
count_segments = Function(pdfium.FPDFPath_CountSegments, _INT, _POINTER)
segment = Function(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
segment_type = Function(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
segment_close = Function(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)
segment_point = Function(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)


def edges(objects: Integers) -> Floats:
    """Return the left, bottom, right and top edges of objects, as four rows."""
    found = np.zeros((len(objects), 4), np.float32)
    bounds.each(objects, *places(found))
    return found.astype(np.float64).T
