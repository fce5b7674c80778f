"""What the glyphs of a page stand for, where a font's own map is absent or wrong.

pdfium gives the character code, with an error flag, for a glyph without a map. In a font that is
embedded with its two-byte codes the code is the glyph's number, and the font itself tells which
character it draws.
"""

from __future__ import annotations

import csv
import ctypes
import io
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from fontTools.agl import toUnicode
from fontTools.ttLib import TTFont

from extract.pdf.doubts import doubtful_marks, settle_marks
from extract.pdf.font_maps import GlyphMap, glyph_maps
from extract.pdf.native import LOST, Bools, Handle, Integers, NativePage, font_of
from extract.thai_words import misread_aa

SYMBOL_FILE = Path(__file__).parent.parent / "data" / "symbol_glyphs.csv"
AA, AM = 0x0E32, 0x0E33
# So many sara am without one sara aa make a font suspect.
MIN_AM = 2
_THAI = (0x0E00, 0x0E7F)
_PRIVATE = 0xF000  # symbol fonts lie here, at their code plus this
_BULLET = _PRIVATE + 0xB7
_NOT_NAME = re.compile(r"^[A-Z]{6}\+|[^a-z0-9]", re.IGNORECASE)

Key = tuple[str, int]


@cache
def _symbols() -> dict[str, dict[int, int]]:
    """Return the tables of symbol fonts by name: character by code, private-use ones included."""
    tables: dict[str, dict[int, int]] = {}
    with SYMBOL_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
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
    glyphs: dict[int, int] | None = None  # character by code, read when first needed
    text: list[str] = field(default_factory=list)  # with sara am, while it is not judged
    is_misread: bool | None = None


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
        characters = page.characters
        codes = characters.codes
        objects, place = np.unique(characters.objects, return_inverse=True)
        handles = [font_of(one) if one else None for one in objects.tolist()]
        fonts = {handle: self._font(handle) for handle in {*handles} if handle}
        places = {handle: n for n, handle in enumerate(fonts)}
        of_object = np.array([places.get(handle, -1) for handle in handles], np.int64)
        of_character = of_object[place] if len(place) else place
        for handle, font in fonts.items():
            table = _symbols().get(_plain_name(font.name)) or _private_symbols()
            own = of_character == places[handle]
            flagged = self._unmapped(page, own)
            if len(flagged):
                self._explain(font, handle, codes, flagged)
            is_symbol = _plain_name(font.name) in _symbols()
            if is_symbol or (own & (codes >= _PRIVATE) & (codes < _PRIVATE + 0x100)).any():
                for code in np.unique(codes[own]).tolist():
                    if code in table:
                        codes[own & (codes == code)] = table[code]
            self._judge(font, codes, own)
        doubtful = doubtful_marks(page, codes)
        for number in np.unique(of_character[doubtful]).tolist():
            own = np.flatnonzero(of_character == number)
            mine = doubtful[of_character[doubtful] == number]
            self._count([*fonts.values()][number], settle_marks(codes, own, mine))

    def _font(self, handle: Handle) -> _Font:
        # pdfium frees fonts with their pages, so that a handle may come to mean another font.
        name, size = _name(handle), ctypes.c_size_t()
        pdfium.FPDFFont_GetFontData(_pointer(handle), None, 0, size)
        return self._known.setdefault((name, size.value), _Font(name))

    def _unmapped(self, page: NativePage, own: Bools) -> Integers:
        """Return the characters of one font whose code is the font's own.

        A font without any map shows it at once; one with gaps has low codes for what it lacks, so
        that Thai letters need not be asked.
        """
        mine = np.flatnonzero(own)
        is_thai = (page.characters.codes[mine] >= _THAI[0]) & (
            page.characters.codes[mine] <= _THAI[1]
        )
        is_thai[:1] = False
        asked = mine[~is_thai]
        flagged = asked[page.is_unmapped(asked)]
        return mine[page.is_unmapped(mine)] if len(flagged) and is_thai.any() else flagged

    def _explain(self, font: _Font, handle: Handle, codes: Integers, flagged: Integers) -> None:
        if font.glyphs is None:
            font.glyphs = self._characters_by_code(font.name, handle)
        unsettled = codes.copy()  # a character may have the code of another glyph
        for code in np.unique(codes[flagged]).tolist():
            where = flagged[codes[flagged] == code]
            found = font.glyphs.get(code, LOST)
            unsettled[where] = found
            if found == LOST:
                self._count(font, len(where))
        codes[flagged] = unsettled[flagged]

    def _characters_by_code(self, name: str, handle: Handle) -> dict[int, int]:
        if self._maps is None:
            self._maps = glyph_maps(self._pdf)
        if name not in self._maps:
            return {}
        characters, glyphs = _characters_by_glyph(_data(handle)), self._maps[name]
        if glyphs is None:
            return characters
        return {code: characters[glyph] for code, glyph in enumerate(glyphs) if glyph in characters}

    def _count(self, font: _Font, unknown: int) -> None:
        if unknown:
            self.unknown[font.name] = self.unknown.get(font.name, 0) + unknown

    def _judge(self, font: _Font, codes: Integers, own: Bools) -> None:
        """Give back sara aa to a font whose map reads all of them as sara am."""
        if font.is_misread is None:
            mine = codes[own]
            if (mine == AA).any():
                font.is_misread = False
            elif (mine == AM).sum() >= MIN_AM:
                font.text.append("".join(map(chr, mine.tolist())))
                font.is_misread = misread_aa("\n".join(font.text)) or None
        if font.is_misread:
            codes[own & (codes == AM)] = AA


def _plain_name(name: str) -> str:
    return _NOT_NAME.sub("", name).lower().removesuffix("regular")


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


def _characters_by_glyph(data: bytes) -> dict[int, int]:
    """Return the character that each glyph of a TrueType or OpenType font draws, by its number.

    The font's map is read backwards, then its single substitutions (raised and shifted marks), then
    the names of its glyphs. Of two characters for one glyph the lower counts.
    """
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        order = font.getGlyphOrder()
        found: dict[str, int] = {}
        for code, name in sorted((font.getBestCmap() or {}).items(), reverse=True):
            found[name] = code
        for before, after in _substitutions(font):
            if before in found:
                found.setdefault(after, found[before])
        for name in order:
            text = toUnicode(name.split(".")[0])
            if len(text) == 1:
                found.setdefault(name, ord(text))
    except Exception:  # what fontTools raises on a damaged table has no common kind
        return {}
    return {n: found[name] for n, name in enumerate(order) if name in found}


def _substitutions(font: Any) -> list[tuple[str, str]]:
    if "GSUB" not in font or font["GSUB"].table.LookupList is None:
        return []
    pairs: list[tuple[str, str]] = []
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for one in lookup.SubTable:
            table = getattr(one, "ExtSubTable", one)
            if table.LookupType == 1:
                pairs += table.mapping.items()
    return pairs
