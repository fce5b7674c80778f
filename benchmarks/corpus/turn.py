"""Turning the pages of a PDF: by its /Rotate key, or by the content alone."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from .model import Turn


def turn(path: Path, how: Turn) -> int:
    """Turn the pages of a file in place; return their number.

    With ``rotate90`` and ``rotate270`` the content lies on its side and the key sets it upright
    again; with ``turned`` there is no key, and a person must turn the page to read it.
    """
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    if not how:
        document.close()
        return count
    for page in document:
        width, height = page.get_size()
        if how == "rotate270":
            matrix = raw.FS_MATRIX(0, -1, 1, 0, 0, width)
        else:
            matrix = raw.FS_MATRIX(0, 1, -1, 0, height, 0)
        clip = raw.FS_RECTF(0, width, height, 0)
        page.set_mediabox(0, 0, height, width)
        page.set_cropbox(0, 0, height, width)
        raw.FPDFPage_TransFormWithClip(page, ctypes.byref(matrix), ctypes.byref(clip))
        if how != "turned":
            page.set_rotation(90 if how == "rotate90" else 270)
        page.close()
    made = path.with_suffix(".turned")
    document.save(made)
    document.close()
    made.replace(path)
    return count
