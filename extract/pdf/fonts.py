"""What the glyphs of a page stand for, where a font's own map is absent or wrong.

pdfium gives the character code, with an error flag, for a glyph without a map. In a font that is
embedded with its two-byte codes the code is the glyph's number, and the font itself tells which
character it draws.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from extract.data_files import data_rows
from extract.pdf.arrays import Bools, Integers, places_of
from extract.pdf.calls import Handle, font_of
from extract.pdf.doubts import doubtful_marks, settle_marks
from extract.pdf.font_file import GlyphFont, open_font
from extract.pdf.font_maps import GlyphMap, glyph_maps
from extract.pdf.ink import (
    flat_height,
    glyph_texts,
    ink_suspects,
    settle_ink,
    text_by_box,
    texts_of_codes,
)
from extract.pdf.native import LOST, NativePage

_THAI = (0x0E00, 0x0E7F)
_PRIVATE = 0xF000  # symbol fonts lie here, at their code plus this
_BULLET = _PRIVATE + 0xB7
_NOT_NAME = re.compile(r"^[A-Z]{6}\+|[^a-z0-9]", re.IGNORECASE)

Key = tuple[str, int]


@cache
def _symbols() -> dict[str, dict[int, int]]:
    """Return the tables of symbol fonts by name: character by code, private-use ones included."""
    tables: dict[str, dict[int, int]] = {}
    for row in data_rows("symbol_glyphs.csv"):
        code, character = int(row["code"], 16), int(row["character"][2:], 16)
        table = tables.setdefault(row["font"], {})
        table[code] = table[_PRIVATE + code] = character
    return tables


@cache
def _private_symbols() -> dict[int, int]:
    """Return what private-use codes mean in a font of any other name: a word processor's habit.

    Its ticks and boxes come from Wingdings, its bullets from Symbol.
    """
    table = _symbols()["wingdings"] | {_BULLET: _symbols()["symbol"][_BULLET]}
    return {code: character for code, character in table.items() if code >= _PRIVATE}


@dataclass(slots=True)
class _Font:
    """What is known of a font so far."""

    name: str
    file: GlyphFont | None = None  # read when first needed
    height: float = 0.0  # of its flat consonants, in em
    texts: Mapping[int, str] | None = None  # of its glyphs, once a page has proved them


class Fonts:
    """The fonts of a document, by name and size, and how to read them."""

    def __init__(self, data: bytes) -> None:
        """``data`` is the PDF, which is read once more only where a glyph has no character."""
        self._pdf = data
        self._maps: dict[str, GlyphMap] | None = None
        self._known: dict[Key, _Font] = {}
        self.unknown: dict[str, int] = {}  # glyphs that nothing explains, by font

    def correct(self, page: NativePage) -> None:
        """Put right, in place, the codes of a page's characters."""
        codes = page.characters.codes
        handles = font_of.each(page.text_objects).tolist()
        places = {handle: n for n, handle in enumerate(dict.fromkeys(handles)) if handle}
        of_object = np.array([places.get(handle, -1) for handle in handles], np.int64)
        of_character = of_object[page.characters.objects]
        fonts = {number: self._font(handle) for handle, number in places.items()}
        for handle, number in places.items():
            own = of_character == number
            flagged = self._unmapped(page, own)
            if len(flagged):
                self._explain(page, fonts[number], handle, own, flagged)
            self._settle_symbols(fonts[number].name, codes, own)
        suspects = ink_suspects(page)
        for handle, number in places.items():
            own = of_character == number
            mine = suspects[own[suspects]]
            if len(mine):
                self._settle_ink(page, fonts[number], handle, own, mine)
            lost = places_of(own & (codes == LOST))
            if len(lost):
                self._settle_lost(page, fonts[number], handle, own, lost)
        doubtful = doubtful_marks(page, codes)
        for number in np.unique(of_character[doubtful]).tolist():
            mine = doubtful[of_character[doubtful] == number]
            settle_marks(page, places_of(of_character == number), mine)
        for number in np.unique(of_character[codes == LOST]).tolist():
            name = fonts[number].name if number in fonts else ""
            count = int(((of_character == number) & (codes == LOST)).sum())
            self.unknown[name] = self.unknown.get(name, 0) + count

    def _font(self, handle: Handle) -> _Font:
        # pdfium frees fonts with their pages, so that a handle may come to mean another font.
        name, size = _name(handle), ctypes.c_size_t()
        pdfium.FPDFFont_GetFontData(_pointer(handle), None, 0, size)
        return self._known.setdefault((name, size.value), _Font(name))

    def _file(self, font: _Font, handle: Handle) -> GlyphFont:
        if font.file is None:
            font.file = open_font(_data(handle))
        return font.file

    def _texts(
        self, page: NativePage, font: _Font, handle: Handle, known: Bools
    ) -> Mapping[int, str]:
        file = self._file(font, handle)
        if font.texts is None:
            font.texts = glyph_texts(page, known, file)
        return file.texts if font.texts is None else font.texts

    def _unmapped(self, page: NativePage, own: Bools) -> Integers:
        """Return the characters of one font whose code is the font's own.

        A font without any map shows it at once; one with gaps has low codes for what it lacks, so
        that Thai letters need not be asked.
        """
        mine = places_of(own)
        codes = page.characters.codes[mine]
        is_thai = (codes >= _THAI[0]) & (codes <= _THAI[1])
        is_thai[:1] = False
        asked = mine[~is_thai]
        flagged = asked[page.is_unmapped(asked)]
        return mine[page.is_unmapped(mine)] if len(flagged) and is_thai.any() else flagged

    def _explain(
        self, page: NativePage, font: _Font, handle: Handle, own: Bools, flagged: Integers
    ) -> None:
        codes = page.characters.codes
        unmapped = np.zeros(len(codes), bool)
        unmapped[flagged] = True
        if self._maps is None:
            self._maps = glyph_maps(self._pdf)
        known = {"numbers": self._maps[font.name]} if font.name in self._maps else {}
        file = self._file(font, handle)
        told = partial(self._texts, page, font, handle, own & ~unmapped)
        texts = texts_of_codes(page, unmapped, file, told, **known)
        found = [texts.get(code, "") for code in codes[flagged].tolist()]
        codes[flagged] = [ord(text) if len(text) == 1 else LOST for text in found]

    def _settle_symbols(self, name: str, codes: Integers, own: Bools) -> None:
        table = _symbols().get(_plain_name(name)) or _private_symbols()
        is_symbol = _plain_name(name) in _symbols()
        if is_symbol or (own & (codes >= _PRIVATE) & (codes < _PRIVATE + 0x100)).any():
            for code in np.unique(codes[own]).tolist():
                if code in table:
                    codes[own & (codes == code)] = table[code]

    def _settle_ink(
        self, page: NativePage, font: _Font, handle: Handle, own: Bools, mine: Integers
    ) -> None:
        font.height = font.height or flat_height(page, own)
        known = own.copy()
        known[mine] = False
        texts = partial(self._texts, page, font, handle, known)
        settle_ink(page, mine, font.height, partial(self._file, font, handle), texts)

    def _settle_lost(
        self, page: NativePage, font: _Font, handle: Handle, own: Bools, lost: Integers
    ) -> None:
        file, codes = self._file(font, handle), page.characters.codes
        texts = self._texts(page, font, handle, own & (codes != LOST))
        for place in lost.tolist():
            text = text_by_box(page, place, file, texts)
            if text and len(text) == 1:
                codes[place] = ord(text)


@lru_cache
def _plain_name(name: str) -> str:
    return _NOT_NAME.sub("", name).lower().removesuffix("mt").removesuffix("regular")


def _pointer(handle: Handle) -> Any:
    return ctypes.cast(handle, pdfium.FPDF_FONT)


def _name(handle: Handle) -> str:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(_pointer(handle), buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")


def _data(handle: Handle) -> bytes:
    size = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(_pointer(handle), None, 0, size)
    buffer = (ctypes.c_uint8 * size.value)()
    pdfium.FPDFFont_GetFontData(_pointer(handle), buffer, size.value, size)
    return bytes(buffer)
