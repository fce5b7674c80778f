"""Fonts that are too large, draw themselves, or lie about what they hold."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from benchmarks.hostile.file_kind import Maker, times
from benchmarks.hostile.pdf_file import deflated, one_page, repeated, stream, text

MEGABYTE = 1 << 20


def sfnt(tables: Mapping[bytes, bytes]) -> bytes:
    """Return a TrueType file of some tables, by their names."""
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 16, 0, 0)
    at = len(head) + 16 * len(tables)
    places, bodies = b"", b""
    for name, body in sorted(tables.items()):
        places += struct.pack(">4sIII", name, 0, at + len(bodies), len(body))
        bodies += body
    return head + places + bodies


def plain_tables(glyphs: int) -> dict[bytes, bytes]:
    """Return the tables that any TrueType font has, for a number of empty glyphs."""
    return {
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x00010000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0),
            *(0, 0, 1000, 1000, 0, 8, 2, 0, 0),
        ),
        b"maxp": struct.pack(">IH", 0x00010000, glyphs) + bytes(26),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, 900, -300, 0, *([0] * 12), 1),
        b"hmtx": struct.pack(">Hh", 500, 0) + bytes(2 * glyphs),
        b"loca": bytes(2 * (glyphs + 1)),
        b"glyf": bytes(4),
    }


def cmap(group: tuple[int, int, int], times_given: int = 1) -> bytes:
    """Return a table of characters with a group of (first, last, glyph), given so many times."""
    table = struct.pack(">HHIIIIII", 12, 0, 28, 0, 1, *group)
    at = 4 + 8 * times_given
    return struct.pack(">HH", 0, times_given) + struct.pack(">HHI", 3, 10, at) * times_given + table


def embedding(font: bytes, more: Mapping[int, bytes] | None = None) -> bytes:
    """Return a page that shows glyphs of an embedded font, and says nothing of their characters."""
    objects = {
        6: b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Odd/Encoding/Identity-H"
        b"/DescendantFonts[7 0 R]>>",
        7: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Odd/FontDescriptor 8 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/CIDToGIDMap/Identity/DW 500>>",
        8: b"<</Type/FontDescriptor/FontName/ABCDEF+Odd/Flags 4/FontBBox[0 0 1000 1000]"
        b"/ItalicAngle 0/Ascent 900/Descent -300/CapHeight 700/StemV 80/FontFile2 9 0 R>>",
        9: font,
        **(more or {}),
    }
    shown = b"BT/G 12 Tf 50 700 Td<00010002000300040005000600070008>Tj ET " + text()
    return one_page(shown, resources=b"/Font<</F 5 0 R/G 6 0 R>>", more=objects)


def huge_font(scale: float) -> bytes:
    """A font of 500 MB in 500 kB."""
    packed = repeated(bytes(MEGABYTE), times(500, scale))
    return embedding(stream(packed, b"/Filter/FlateDecode"))


def font_of_all_codes(scale: float) -> bytes:
    """A font that names glyphs for four milliard characters, and that a thousand times."""
    all_codes = (0, times(0xFFFFFFFE, scale), 1)
    tables = plain_tables(9) | {b"cmap": cmap(all_codes, times(1000, scale))}
    return embedding(deflated(sfnt(tables)))


def font_substitutions(scale: float) -> bytes:
    """A font whose thirty thousand substitutions are one and the same, of ten thousand glyphs."""
    glyphs = 20_000
    covered = struct.pack(">HHHHH", 2, 1, 1, glyphs // 2, 0)
    single = struct.pack(">HHh", 1, 6, 1) + covered
    count = times(30_000, scale)
    lookup = struct.pack(">HHHH", 1, 0, 1, 8) + single
    lists = struct.pack(">H", count) + struct.pack(">H", 2 + 2 * count) * count
    table = struct.pack(">IHHH", 0x00010000, 10, 12, 14) + bytes(4) + lists + lookup
    tables = plain_tables(glyphs) | {b"cmap": cmap((65, 90, 1)), b"GSUB": table}
    return embedding(deflated(sfnt(tables)))


def font_of_noise(_: float) -> bytes:
    """A font whose tables lie beyond its end and over one another."""
    whole = bytearray(sfnt(plain_tables(65535) | {b"cmap": cmap((65, 90, 1))}))
    for n in range(7, 120, 16):
        whole[n + 12 : n + 20] = b"\xff\xff\xff\xf0\x7f\xff\xff\xff"
    return embedding(deflated(bytes(whole)))


def glyph_in_itself(scale: float) -> bytes:
    """A drawn font (Type 3) whose letter shows itself in its own font."""
    shown = b"BT/T 9 Tf(a)Tj ET " * times(10, scale)
    own = b"<</Font<</T 6 0 R>>>>"
    more = {
        6: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97"
        b"/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>"
        b"/Resources%s>>" % own,
        7: stream(b"9 0 d0 " + shown),
    }
    return one_page(shown + text(), resources=b"/Font<</F 5 0 R/T 6 0 R>>", more=more)


def glyphs_in_turn(scale: float) -> bytes:
    """Thirty drawn fonts, each of which shows two letters of the next one: 2 to the 30 letters."""
    count = times(30, scale, 5)
    more: dict[int, bytes] = {}
    for n in range(count):
        font, glyph = 6 + 2 * n, 7 + 2 * n
        more[font] = (
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97"
            b"/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a %d 0 R>>"
            b"/Resources<</Font<</T %d 0 R>>>>>>" % (glyph, font + 2 if n + 1 < count else 5)
        )
        more[glyph] = stream(b"9 0 d0 BT/T 9 Tf(aa)Tj ET")
    resources = b"/Font<</F 5 0 R/T 6 0 R>>"
    return one_page(b"BT/T 9 Tf 50 50 Td(aaaa)Tj ET", resources=resources, more=more)


def character_map(scale: float) -> bytes:
    """A map of characters with a hundred thousand ranges of all codes, and one of itself."""
    line = b"<0000> <FFFF> <0E01>\n"
    body = (
        b"/CIDInit/ProcSet findresource begin begincmap /Odd usecmap\n"
        b"1 begincodespacerange<00><FFFFFFFF>endcodespacerange\n"
        + b"100 beginbfrange\n" + line * times(100_000, scale) + b"endbfrange\n"
        + b"1 beginbfchar<0001><" + b"0E01" * times(1_000_000, scale) + b">endbfchar endcmap"
    )  # fmt: skip
    more = {10: deflated(body, b"/Type/CMap/CMapName/Odd/UseCMap 10 0 R")}
    whole = embedding(deflated(sfnt(plain_tables(9) | {b"cmap": cmap((65, 90, 1))})), more)
    return whole.replace(b"/DescendantFonts", b"/ToUnicode 10 0 R/DescendantFonts")


def many_fonts(scale: float) -> bytes:
    """Ten thousand fonts, each for one letter."""
    count = times(10_000, scale)
    fonts = {
        n: b"<</Type/Font/Subtype/Type1/BaseFont/Odd%d/ToUnicode %d 0 R>>" % (n, n)
        for n in range(6, 6 + count)
    }
    named = b"".join(b"/G%d %d 0 R" % (n, n) for n in fonts)
    shown = b"".join(b"/G%d 9 Tf(a)Tj\n" % n for n in fonts)
    content = deflated(b"BT 9 9 Td " + shown + b"ET")
    return one_page(content, resources=b"/Font<<%s>>" % named, more=fonts)


FILES: dict[str, Maker] = {
    "huge-font.pdf": huge_font,
    "font-of-all-codes.pdf": font_of_all_codes,
    "font-substitutions.pdf": font_substitutions,
    "font-of-noise.pdf": font_of_noise,
    "glyph-in-itself.pdf": glyph_in_itself,
    "glyphs-in-turn.pdf": glyphs_in_turn,
    "character-map.pdf": character_map,
    "many-fonts.pdf": many_fonts,
}
