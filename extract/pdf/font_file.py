"""A font file -> the text that each of its glyphs stands for, and the box that each one draws.

For fonts that a PDF embeds without saying what their glyphs mean, or saying it wrongly. Texts come
from the font's own Unicode table (cmap), from its glyph names, and backwards through its
substitutions (GSUB): the raised form of a mark stands for the mark. A subset that has lost all
three may still have the glyph order of a font that is known (``data/glyph_orders.csv``).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from itertools import islice
from typing import Any

import numpy as np

from extract.data_files import data_rows
from extract.thai import glyph_map

MAX_FONT_BYTES = 32_000_000  # a larger font is not opened; East Asian ones have up to 20 million

# Of a font that has more of these the first ones count. Real ones have a tenth at most.
_MAX_CODES, _MAX_LOOKUPS, _MAX_RULES = 500_000, 2000, 200_000
_MAX_ROUNDS = 4  # substitutions of substitutions; real fonts settle in two
_SINGLE, _MULTIPLE, _ALTERNATE, _LIGATURE, _EXTENSION = 1, 2, 3, 4, 7

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class GlyphFont:
    """What a font file says of its glyphs, each by its number.

    ``texts`` are what glyphs stand for, as far as the file proves it. ``by_code`` are the glyphs
    of Unicode code points, ``by_byte`` those of the 8-bit codes of a symbol font or of the
    Macintosh table. ``count`` is how many glyphs there are.
    """

    count: int = 0
    texts: Mapping[int, str] = field(default_factory=dict)
    by_code: Mapping[int, int] = field(default_factory=dict)
    by_byte: Mapping[int, int] = field(default_factory=dict)
    outlines: Any = None

    def box(self, glyph: int) -> Box | None:
        """Return the box of a glyph in thousandths of an em: left, bottom, right, top.

        None for a glyph that draws nothing, or that is not there.
        """
        if self.outlines is None or not 0 <= glyph < self.count:
            return None
        box: Box | None = self.outlines.box(glyph)
        return box

    @cached_property
    def boxes(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The boxes of all glyphs, a row each; NaN where nothing is drawn."""
        nothing = (np.nan,) * 4
        rows = [self.box(n) or nothing for n in range(self.count)]
        return np.array(rows, np.float64).reshape(-1, 4)


def open_font(data: bytes) -> GlyphFont:
    """Read a TrueType, OpenType or bare CFF font; one that cannot be read has no glyphs."""
    if not 4 <= len(data) <= MAX_FONT_BYTES:
        return GlyphFont()
    try:
        return _cff_font(data) if data[:2] == b"\x01\x00" else _sfnt_font(data)
    except Exception:  # a damaged table fails in any way there is
        return GlyphFont()


@cache
def glyph_order(count: int) -> Mapping[int, str]:
    """Return the texts of the glyphs of the known font family with so many glyphs, or nothing."""
    return _orders().get(count, {})


@cache
def _orders() -> dict[int, dict[int, str]]:
    orders: dict[int, dict[int, str]] = {}
    for row in data_rows("glyph_orders.csv"):
        for count in map(int, row["glyphs"].split()):
            order = orders.setdefault(count, {})
            order[int(row["glyph"])] = chr(int(row["character"][2:], 16))
    return orders


def _sfnt_font(data: bytes) -> GlyphFont:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), lazy=True, fontNumber=0)
    names = _glyph_names(font)
    if "CFF " not in font:  # names play no part below, and making them up can fail
        font.setGlyphOrder([f"g{n}" for n in range(_count(font))])
    by_code, by_byte = _tables(font)
    texts = _code_texts(by_code)
    _add_substitutes(texts, _rules(font))
    for glyph, text in _named(names):
        texts.setdefault(glyph, text)
    outlines = _TrueTypeBoxes(font) if "glyf" in font else _DrawnBoxes(font)
    return GlyphFont(_count(font), texts, by_code, by_byte, outlines)


def _count(font: Any) -> int:
    return int.from_bytes(font.getTableData("maxp")[4:6], "big")


def _units(font: Any) -> int:
    return int.from_bytes(font.getTableData("head")[18:20], "big") or 1000


def _cff_font(data: bytes) -> GlyphFont:
    """Read a font program as PDF embeds it bare (FontFile3, Type1C or CIDFontType0C)."""
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    font = fonts[0]
    names = [] if hasattr(font, "ROS") else font.getGlyphOrder()
    return GlyphFont(len(font.CharStrings), dict(_named(names)), outlines=_CffBoxes(font))


def _tables(font: Any) -> tuple[dict[int, int], dict[int, int]]:
    """Return the glyphs by Unicode code point and by 8-bit code, as far as the cmap is sound."""
    by_code: dict[int, int] = {}
    by_byte: dict[int, int] = {}
    count = 0
    try:
        for table in font["cmap"].tables if "cmap" in font else ():
            count += len(table.cmap)
            if count > _MAX_CODES:
                break
            codes = {code: font.getGlyphID(name) for code, name in table.cmap.items()}
            mapped = {code: glyph for code, glyph in codes.items() if glyph}
            if (table.platformID, table.platEncID) == (3, 0):
                by_byte.update({code & 0xFF: glyph for code, glyph in mapped.items()})
            elif table.isUnicode():
                by_code.update(mapped)
            elif table.platformID == 1:
                by_byte = mapped | by_byte
    except Exception:  # what was read before the damage still holds; subsets are often cut
        return by_code, by_byte
    return by_code, by_byte


def _code_texts(by_code: Mapping[int, int]) -> dict[int, str]:
    """Turn code points -> glyphs round; of several code points the lowest counts.

    The Thai private-use code points stand for the characters that they draw.
    """
    texts: dict[int, str] = {}
    for code in sorted(by_code):
        if code >= 0x20 and not 0x7F <= code < 0xA0:
            texts.setdefault(by_code[code], glyph_map().get(code, chr(code)))
    return texts


def _named(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the glyphs whose names say what they are (uni0E48.low, Adobe's list)."""
    from fontTools import agl

    for glyph, name in enumerate(names):
        text = agl.toUnicode(name)
        if text:
            yield glyph, "".join(glyph_map().get(ord(c), c) for c in text)


def _glyph_names(font: Any) -> list[str]:
    """Return the glyph names that the file holds; none where fontTools would make them up."""
    if "CFF " in font:
        top = font["CFF "].cff[0]
        return [] if hasattr(top, "ROS") else list(font.getGlyphOrder())
    try:
        return list(font["post"].getGlyphOrder() or []) if "post" in font else []
    except Exception:  # a damaged list of names leaves the rest of the font as it is
        return []


def _rules(font: Any) -> list[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """Return the substitutions of the font as (kind, glyphs, glyphs put for them)."""
    if "GSUB" not in font:
        return []
    found: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
    try:
        lookups = font["GSUB"].table.LookupList.Lookup
        tables = ((lookup, table) for lookup in lookups for table in lookup.SubTable)
        for lookup, table in islice(tables, _MAX_LOOKUPS):
            inner = table.ExtSubTable if lookup.LookupType == _EXTENSION else table
            found += islice(_substitutions(inner, font.getGlyphID), _MAX_RULES - len(found))
            if len(found) >= _MAX_RULES:
                break
    except Exception:  # what was read before the damage still holds
        return found
    return found


def _substitutions(
    table: Any, number: Any
) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    kind = table.LookupType
    if kind == _SINGLE:
        for before, after in table.mapping.items():
            yield kind, (number(before),), (number(after),)
    elif kind == _MULTIPLE:
        for before, several in table.mapping.items():
            yield kind, (number(before),), tuple(map(number, several))
    elif kind == _ALTERNATE:
        for before, several in table.alternates.items():
            for after in several:
                yield kind, (number(before),), (number(after),)
    elif kind == _LIGATURE:
        for first, ligatures in table.ligatures.items():
            for one in ligatures:
                yield (
                    kind,
                    (number(first), *map(number, one.Component)),
                    (number(one.LigGlyph),),
                )


def _add_substitutes(
    texts: dict[int, str], rules: list[tuple[int, tuple[int, ...], tuple[int, ...]]]
) -> None:
    """Give glyphs that are put for others the text of those, where all rules agree on it."""
    for _ in range(_MAX_ROUNDS):
        readings: dict[int, set[str]] = {}
        for kind, before, after in rules:
            if not all(glyph in texts for glyph in before):
                continue
            whole = "".join(texts[glyph] for glyph in before)
            parts = unicodedata.normalize("NFKD", whole) if kind == _MULTIPLE else [whole]
            if len(parts) != len(after):
                continue
            for glyph, text in zip(after, parts, strict=True):
                if glyph not in texts:
                    readings.setdefault(glyph, set()).add(text)
        found = {glyph: all_.pop() for glyph, all_ in readings.items() if len(all_) == 1}
        if not found:
            return
        texts.update(found)


class _TrueTypeBoxes:
    """Glyph boxes as a TrueType font states them, without reading the outlines."""

    def __init__(self, font: Any) -> None:
        self._scale = 1000 / _units(font)
        places: bytes = font.getTableData("loca")
        is_long = font.getTableData("head")[50:52] != b"\0\0"
        kind, unit = (">I", 1) if is_long else (">H", 2)
        usable = len(places) // struct.calcsize(kind) * struct.calcsize(kind)
        self._places = [unit * place for (place,) in struct.iter_unpack(kind, places[:usable])]
        self._data: bytes = font.getTableData("glyf")

    def box(self, glyph: int) -> Box | None:
        if glyph + 1 >= len(self._places):
            return None
        start, end = self._places[glyph : glyph + 2]
        if end - start < 10 or end > len(self._data):
            return None
        k = self._scale
        x0, y0, x1, y1 = struct.unpack(">4h", self._data[start + 2 : start + 10])
        return x0 * k, y0 * k, x1 * k, y1 * k


class _DrawnBoxes:
    """Glyph boxes of an OpenType font with cubic outlines."""

    def __init__(self, font: Any) -> None:
        self._scale = 1000 / _units(font)
        self._glyphs, self._names = font.getGlyphSet(), font.getGlyphOrder()

    def box(self, glyph: int) -> Box | None:
        return _drawn_box(self._glyphs[self._names[glyph]], self._glyphs, self._scale)


class _CffBoxes:
    """Glyph boxes of a bare CFF font."""

    def __init__(self, font: Any) -> None:
        self._scale = 1000 * getattr(font, "FontMatrix", (0.001,))[0]
        self._glyphs, self._names = font.CharStrings, font.charset

    def box(self, glyph: int) -> Box | None:
        return _drawn_box(self._glyphs[self._names[glyph]], None, self._scale)


def _drawn_box(glyph: Any, glyphs: Any, scale: float) -> Box | None:
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(glyphs)
    try:
        glyph.draw(pen)
    except Exception:  # a damaged outline draws nothing
        return None
    if pen.bounds is None:
        return None
    x0, y0, x1, y1 = pen.bounds
    return x0 * scale, y0 * scale, x1 * scale, y1 * scale
