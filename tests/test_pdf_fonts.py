"""Characters told by what they draw, and glyphs told by their font file."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from extract import read_bytes
from extract.pdf.font_file import glyph_order, open_font
from extract.pdf.ink import (
    flat_height,
    glyph_texts,
    ink_suspects,
    settle_ink,
    text_by_box,
    texts_of_codes,
)
from extract.pdf.native import LOST, NativePage, _joined_halves, read_page

KO, NO, AA, AM, NIKHAHIT, MAI_THO = "\u0e01", "\u0e19", "\u0e32", "\u0e33", "\u0e4d", "\u0e49"

# name: advance, box (left, bottom, right, top), code point
GLYPHS: dict[str, tuple[int, tuple[int, int, int, int] | None, int]] = {
    ".notdef": (500, None, 0),
    "space": (250, None, 0x20),
    "ko": (400, (20, 0, 360, 400), 0x0E01),
    "no": (420, (20, 0, 380, 400), 0x0E19),
    "aa": (280, (20, 0, 250, 400), 0x0E32),
    "am": (280, (-180, 0, 250, 620), 0x0E33),
    "nikhahit": (0, (-180, 450, -20, 620), 0x0E4D),
    "maitho": (0, (-200, 440, -30, 630), 0x0E49),
    "maitho.high": (0, (-200, 680, -20, 840), 0),
}
NUMBER = {name: n for n, name in enumerate(GLYPHS)}
HIGH = "feature ccmp { sub maitho by maitho.high; } ccmp;"


def font_file(features: str = "", codes: bool = True) -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(GLYPHS))
    builder.setupCharacterMap({c: name for name, (_, _, c) in GLYPHS.items() if c} if codes else {})
    shapes = {}
    for name, (_, box, _) in GLYPHS.items():
        pen = TTGlyphPen(None)
        if box:
            x0, y0, x1, y1 = box
            pen.moveTo((x0, y0))
            for point in ((x0, y1), (x1, y1), (x1, y0)):
                pen.lineTo(point)
            pen.closePath()
        shapes[name] = pen.glyph()
    builder.setupGlyf(shapes)
    widths = {name: (wide, box[0] if box else 0) for name, (wide, box, _) in GLYPHS.items()}
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=900, descent=-250)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def pdf(
    font: bytes,
    names: list[str],
    meaning: dict[str, str],
    apart: tuple[tuple[float, str], ...] = (),
) -> bytes:
    """A page with these glyphs in a row, and some drawn ``apart`` (so far right of its start).

    ``meaning`` is the font's map, wrong or not.
    """
    shown = "".join(f"{NUMBER[name]:04x}" for name in names)
    content = f"BT /F 20 Tf 50 100 Td <{shown}> Tj ET".encode()
    for x, name in apart:
        content += f" BT /F 20 Tf {50 + x} 100 Td <{NUMBER[name]:04x}> Tj ET".encode()
    pairs = "\n".join(
        f"<{NUMBER[n]:04x}> <{text.encode('utf-16-be').hex()}>" for n, text in meaning.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(meaning)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    ).encode()
    widths = " ".join(str(wide) for wide, _, _ in GLYPHS.values())
    to_unicode = b"/ToUnicode 9 0 R" if meaning else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Try/Encoding/Identity-H"
        b"/DescendantFonts[6 0 R]" + to_unicode + b">>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Try/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 7 0 R/W[0[" + widths.encode() + b"]]>>",
        b"<</Type/FontDescriptor/FontName/ABCDEF+Try/Flags 4/FontBBox[-300 -300 1000 1000]"
        b"/ItalicAngle 0/Ascent 900/Descent -250/CapHeight 700/StemV 80/FontFile2 8 0 R>>",
        stream(font),
        stream(cmap),
    ]
    out, places = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return out + end + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)


@contextmanager
def page_of(data: bytes) -> Iterator[NativePage]:
    document = pypdfium2.PdfDocument(data)
    page = pdfium.FPDF_LoadPage(document, 0)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        yield read_page(*(ctypes.cast(one, ctypes.c_void_p).value for one in (page, text_page)))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
        document.close()


def everything(page: NativePage) -> np.ndarray:
    return np.ones(len(page.characters.codes), bool)


def settled(names: list[str], meaning: dict[str, str], font: bytes | None = None) -> str:
    file = font or font_file()
    with page_of(pdf(file, names, meaning)) as page:
        suspects, opened = ink_suspects(page), open_font(file)
        height = flat_height(page, everything(page))
        settle_ink(page, suspects, height, lambda: opened, lambda: opened.texts)
        return "".join(map(chr, page.characters.codes.tolist()))


RIGHT = {"space": " ", "ko": KO, "no": NO, "aa": AA, "am": AM, "nikhahit": NIKHAHIT}
RIGHT |= {"maitho": MAI_THO}


def test_character_beyond_the_first_plane_is_one() -> None:
    with page_of(pdf(font_file(), ["ko", "no"], {"ko": "\U0001d441", "no": NO})) as page:
        assert page.characters.codes.tolist() == [0x1D441, ord(NO)]


def test_half_a_character_is_lost() -> None:
    halves = np.array([ord(KO), 0xD835, ord(NO), 0xDC41, 0xD835, 0xDC41])
    whole, codes = _joined_halves(halves)
    assert codes.tolist() == [ord(KO), LOST, ord(NO), LOST, 0x1D441]
    assert whole.tolist() == [0, 1, 2, 3, 4]


def test_right_map_stays() -> None:
    names = ["ko", "am", "space", "no", "aa", "space", "ko", "maitho", "aa"]
    assert settled(names, RIGHT) == f"{KO}{AM} {NO}{AA} {KO}{MAI_THO}{AA}"


def test_sara_aa_named_sara_am_is_sara_aa() -> None:
    wrong = RIGHT | {"aa": AM}
    assert settled(["ko", "aa", "no", "am", "ko", "aa"], wrong) == f"{KO}{AA}{NO}{AM}{KO}{AA}"


def test_inked_blank_before_sara_aa_is_nikhahit() -> None:
    wrong = RIGHT | {"nikhahit": " "}
    assert settled(["ko", "nikhahit", "aa", "space", "no"], wrong) == f"{KO}{NIKHAHIT}{AA} {NO}"
    assert settled(["no", "nikhahit", "maitho", "aa"], wrong) == f"{NO}{NIKHAHIT}{MAI_THO}{AA}"


def test_inked_blank_elsewhere_is_the_mark_of_the_font_file() -> None:
    wrong = RIGHT | {"maitho.high": " "}
    names = ["ko", "maitho.high", "no", "space", "no"]
    assert settled(names, wrong, font_file(HIGH)) == f"{KO}{MAI_THO}{NO} {NO}"
    assert settled(names, wrong, font_file()) == f"{KO} {NO} {NO}"  # nothing says which mark


def test_nikhahit_that_is_the_second_blank_in_a_row_is_kept() -> None:
    wrong = RIGHT | {"nikhahit": " "}
    marks = ((8.0, "nikhahit"), (21.6, "nikhahit"))  # where the consonants end
    data = pdf(font_file(), ["ko", "aa", "no", "aa"], wrong, marks)
    assert [one.text for one in read_bytes(data, "a.pdf").paragraphs] == [f"{KO}{AM}{NO}{AM}"]


def test_tone_mark_that_is_printed_twice_is_no_nikhahit() -> None:
    data = pdf(font_file(), ["ko", "aa"], RIGHT, ((8.0, "maitho"), (8.3, "maitho")))
    assert [one.text for one in read_bytes(data, "a.pdf").paragraphs] == [f"{KO}{MAI_THO}{AA}"]


def test_sara_am_as_wide_as_its_consonant_stands_behind_it() -> None:
    data = pdf(font_file(), ["no"], RIGHT, ((-1.0, "am"),))
    assert [one.text for one in read_bytes(data, "a.pdf").paragraphs] == [f"{NO}{AM}"]


def test_blank_without_ink_before_sara_aa_stays() -> None:
    assert settled(["ko", "space", "aa"], RIGHT) == f"{KO} {AA}"


def test_sara_am_without_a_consonant_to_compare_stays() -> None:
    assert settled(["aa"], {"aa": AM}) == AM


def test_codes_without_characters_are_glyph_numbers() -> None:
    file = font_file(HIGH)
    with page_of(pdf(file, ["no", "maitho.high", "aa", "space"], {})) as page:
        own = everything(page)
        assert page.is_unmapped(np.flatnonzero(own)).all()
        opened = open_font(file)
        found = texts_of_codes(page, own, opened, lambda: opened.texts)
    assert found == {NUMBER["no"]: NO, NUMBER["maitho.high"]: MAI_THO} | {
        NUMBER["aa"]: AA,
        NUMBER["space"]: " ",
    }


def test_font_file_without_tables_explains_nothing() -> None:
    file = font_file(codes=False)
    with page_of(pdf(file, ["ko", "aa"], {})) as page:
        opened = open_font(file)
        assert texts_of_codes(page, everything(page), opened, lambda: opened.texts) == {}


def test_glyph_order_needs_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    file = font_file(codes=False)
    order = {NUMBER[name]: text for name, text in RIGHT.items()}
    order[NUMBER["maitho.high"]] = MAI_THO
    monkeypatch.setattr("extract.pdf.ink.glyph_order", lambda count: order)
    names = ["ko", "no", "aa", "maitho", "ko", "nikhahit", "maitho.high"]
    with page_of(pdf(file, names, RIGHT | {"maitho.high": "\ufffd"})) as page:
        font = open_font(file)
        texts = glyph_texts(page, everything(page), font) or {}
        assert text_by_box(page, len(names) - 1, font, texts) == MAI_THO
        shifted = {glyph - 1: text for glyph, text in order.items()}
        monkeypatch.setattr("extract.pdf.ink.glyph_order", lambda count: shifted)
        assert glyph_texts(page, everything(page), font) is None


def test_font_file_texts_and_boxes() -> None:
    font = open_font(font_file(HIGH))
    assert font.texts[NUMBER["maitho.high"]] == MAI_THO
    assert font.box(NUMBER["am"]) == (-180, 0, 250, 620)
    assert font.box(NUMBER["space"]) is None
    assert font.box(99) is None


def test_lowest_of_two_code_points_counts() -> None:
    font = TTFont(BytesIO(font_file()))
    font.setGlyphOrder(list(GLYPHS))
    for table in font["cmap"].tables:
        table.cmap[0xA0] = "space"
        table.cmap[0xF70B] = "maitho.high"
    file = BytesIO()
    font.save(file)
    texts = open_font(file.getvalue()).texts
    assert texts[NUMBER["space"]] == " "
    assert texts[NUMBER["maitho.high"]] == MAI_THO


def test_substitutes_that_disagree_explain_nothing() -> None:
    rules = "feature ccmp { sub maitho by maitho.high; } ccmp;"
    rules += "feature ss01 { sub nikhahit by maitho.high; } ss01;"
    assert NUMBER["maitho.high"] not in open_font(font_file(rules)).texts


@pytest.mark.parametrize("cut", [0, 3, 40, 200, 500])
def test_damaged_font_file_raises_nothing(cut: int) -> None:
    data = font_file(HIGH)[:cut]
    font = open_font(data)
    assert font.box(1) is None or font.count


def test_glyph_orders_hold_the_thai_block() -> None:
    for count in (362, 377, 509, 510, 511):
        texts = set(glyph_order(count).values())
        assert {chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5A))} <= texts
    assert glyph_order(362)[201] == "\u0e48"
    assert glyph_order(1) == {}
