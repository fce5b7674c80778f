"""What the glyphs of a page truly are, told by what they draw.

pdfium gives the character that a font's own map names. The map can be wrong while the ink cannot:
a sara am that draws no circle is a sara aa, a blank that draws one is the nikhahit of a sara am
that the word processor took apart. And a glyph without a character is the glyph of the embedded
font that fills the same box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from extract.pdf.arrays import Bools, CodeSet, Integers, places_of
from extract.pdf.font_file import Box, GlyphFont, glyph_order
from extract.pdf.font_maps import GlyphMap
from extract.pdf.frame import apply, moved
from extract.pdf.native import NativePage

# In thousandths of an em: boxes whose edges differ by no more than this are the same. pdfium's lie
# up to 13 off at the top of raised marks; its left edges are not from the origin, so only the width
# is compared.
SAME_BOX = 25.0
# In thousandths of an em: what is drawn no higher than this is a blank.
NO_INK = 4.0
# In thousandths of an em: only a mark above the line begins so high.
ABOVE = 300.0
# A sara am is more than this much taller than a consonant; a sara aa is as tall.
TALLER = 1.2
# In em: a blank that begins so far within the character before it may be a mark.
BACK = 0.03
# So many characters that are known, and this share of them, prove a glyph order or a numbering.
MIN_KNOWN, MIN_SHARE = 5, 0.8
_MAX_KNOWN = 40
_NO_MAP = np.zeros(0, np.uint16)

_SPACE, _AA, _AM, _NIKHAHIT = 0x20, 0x0E32, 0x0E33, 0x0E4D
_LED = CodeSet((_AA, _AM, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B))
# Consonants without ascender and descender.
_FLAT = CodeSet(
    [
        *(*range(0x0E01, 0x0E08), *range(0x0E14, 0x0E1B), 0x0E1C, 0x0E1E),
        *(0x0E20, 0x0E21, 0x0E22, 0x0E23, 0x0E25, 0x0E27, 0x0E2B, 0x0E2D),
    ]
)
_THAI, _LAST_CONSONANT = (0x0E01, 0x0E5B), 0x0E2E
_HIGH = {chr(code) for code in (0x0E31, *range(0x0E34, 0x0E38), *range(0x0E47, 0x0E4F))}


def ink_box(page: NativePage, place: int) -> Box | None:
    """Return what a character draws, in thousandths of its type size.

    Left and right are from the left of its advance box, bottom and top upwards from its baseline.
    None if it draws nothing or is slanted.
    """
    characters = page.characters
    size, turn = float(characters.size[place]), int(characters.turn[place])
    if size <= 0 or turn < 0:
        return None
    frame = page.frame.turned(turn)
    area = page.ink(int(characters.index[place]), frame)
    left = moved(frame.matrix, *characters.boxes[place].tolist()).x0
    _, baseline = apply(frame.matrix, *characters.origins[place].tolist())
    x0, x1 = (area.x0 - left) * 1000 / size, (area.x1 - left) * 1000 / size
    y0, y1 = (baseline - area.bottom) * 1000 / size, (baseline - area.top) * 1000 / size
    return (x0, y0, x1, y1) if min(x1 - x0, y1 - y0) > NO_INK else None


def ink_suspects(page: NativePage) -> Integers:
    """Return the characters of a page that may draw something else: each sara am, and blanks that
    lead a sara aa, a sara am or a tone mark, begin within the character before them or are drawn
    apart from it.

    Those of an ActualText are left out, since pdfium makes up their boxes.
    """
    characters = page.characters
    codes = characters.codes
    blanks = places_of(codes == _SPACE)
    after = np.append(codes, 0)[blanks + 1]
    x0, x1, y = characters.along(page.frame)
    reach = BACK * characters.size[blanks]
    steps_back = (x0[blanks] < x1[blanks - 1] - reach) & (np.abs(y[blanks] - y[blanks - 1]) < reach)
    is_apart = characters.objects[blanks] != characters.objects[blanks - 1]
    blanks = blanks[_LED.among(after) | steps_back | is_apart]
    suspects = np.concatenate((blanks, places_of(codes == _AM)))
    return np.sort(suspects[~page.is_spoken(suspects)])


def settle_ink(
    page: NativePage,
    suspects: Integers,
    height: float,
    font: Callable[[], GlyphFont],
    texts: Callable[[], Mapping[int, str]],
) -> None:
    """Put right, in place, the codes of one font's suspects (see :func:`ink_suspects`).

    A blank that draws a mark above the line becomes nikhahit before sara aa, sara am or a tone, and
    elsewhere the mark that the font file has in that box, or nikhahit before a sara aa that was
    drawn earlier; a sara am without a circle becomes sara aa, and one that is only a circle
    nikhahit where it leads a sara aa. ``height`` is that of the font's flat consonants in em (0:
    not known); ``font`` reads the embedded file, and ``texts`` those of its glyphs, which is seldom
    needed.
    """
    codes = page.characters.codes
    tops, bottoms = -page.inks(suspects).T
    leads = _LED.among(np.append(codes, 0)[suspects + 1])
    is_am, is_high = codes[suspects] == _AM, bottoms > ABOVE / 1000
    is_drawn = tops - bottoms > NO_INK / 1000
    codes[suspects[is_high & is_drawn & leads]] = _NIKHAHIT
    if height:
        codes[suspects[is_am & ~is_high & is_drawn & (tops <= TALLER * height)]] = _AA
    for place in suspects[is_high & is_drawn & ~leads & ~is_am].tolist():
        text = text_by_box(page, place, font(), texts())
        if text and text in _HIGH:
            codes[place] = ord(text)
        elif _stands_before_aa(page, place):
            codes[place] = _NIKHAHIT


def _stands_before_aa(page: NativePage, place: int) -> bool:
    """Say whether a mark that is drawn apart stands over a consonant with sara aa behind it."""
    characters = page.characters
    frame = page.frame.turned(max(0, int(characters.turn[place])))
    x0, x1, y = characters.along(frame)
    ink = page.ink(int(characters.index[place]), frame)
    middle = (ink.x0 + ink.x1) / 2
    under = (x0 <= middle) & (middle <= x1) & (np.abs(y - y[place]) <= BACK * characters.size)
    under &= (characters.codes >= _THAI[0]) & (characters.codes <= _LAST_CONSONANT)
    found = places_of(under)
    return len(found) == 1 and bool(np.append(characters.codes, 0)[found[0] + 1] == _AA)


def flat_height(page: NativePage, own: Bools) -> float:
    """Return how high the flat consonants of a font are, in em; 0 if the page has none."""
    flat = places_of(own & _FLAT.among(page.characters.codes))[:_MAX_KNOWN]
    flat = flat[~page.is_spoken(flat)]
    return float(np.median(-page.inks(flat)[:, 0])) if len(flat) else 0.0


def _boxes(page: NativePage, places: Iterable[int]) -> dict[int, Box]:
    """Return the ink boxes of the places that have one of their own."""
    some = np.array(list(places), np.int64)
    found = ((n, ink_box(page, n)) for n in some[~page.is_spoken(some)].tolist())
    return {n: box for n, box in found if box}


def _flat_height(page: NativePage, own: Bools) -> float:
    """Return how high the flat consonants of a font are, in thousandths of an em; 0: none."""
    flat = places_of(own & _FLAT.among(page.characters.codes))[:_MAX_KNOWN]
    tops = [box[3] for box in _boxes(page, flat.tolist()).values()]
    return float(np.median(tops)) if tops else 0.0


def texts_of_codes(
    page: NativePage,
    flagged: Bools,
    font: GlyphFont,
    texts: Callable[[], Mapping[int, str]],
    numbers: GlyphMap = _NO_MAP,
) -> dict[int, str]:
    """Return what the character codes that pdfium gives for want of a character stand for.

    ``flagged`` are the characters of the font on this page that pdfium flags as unmapped; ``font``
    is the embedded file, ``texts`` tells those of its glyphs, ``numbers`` are its glyphs by code
    where the PDF says so (None: each code is the number of its glyph). Else a code may be the
    number of the glyph, the Unicode character itself (as mPDF writes it) or the 8-bit code of a
    symbol font: the numbering whose glyphs fill the drawn boxes is taken. Codes that it does not
    explain are left out.
    """
    every = np.unique(page.characters.codes[flagged]).tolist()
    glyphs: dict[int, int | None]
    if numbers is None:
        glyphs = dict(zip(every, every, strict=True))
    elif len(numbers):
        glyphs = {code: int(numbers[code]) for code in every if code < len(numbers)}
    else:
        boxes = _boxes_by_code(page, flagged)
        numberings: list[Callable[[int], int | None]] = [int, font.by_code.get, font.by_byte.get]
        scores = [_agreeing(boxes, font, numbering) for numbering in numberings]
        best = int(np.argmax(scores))
        if scores[best] < max(1.0, MIN_SHARE * len(boxes)):
            return {}
        if best == 1:
            return {code: chr(code) for code in every if code in font.by_code}
        glyphs = {code: numberings[best](code) for code in every}
    told = texts()
    return {
        code: told[glyph] for code, glyph in glyphs.items() if glyph is not None and glyph in told
    }


def glyph_texts(page: NativePage, known: Bools, font: GlyphFont) -> Mapping[int, str] | None:
    """Return the texts of a font's glyphs: as its file proves them, else as its family has them.

    ``known`` are characters of the font on this page that have their right code: the glyph order of
    a family of fonts counts if they are where it has them. None where they are not, or too few:
    then only what the file proves is known.
    """
    order = glyph_order(font.count)
    if not order or len(font.texts) >= len(order):
        return font.texts
    numbers: dict[str, list[int]] = {}
    for glyph, text in order.items():
        numbers.setdefault(text, []).append(glyph)
    codes = page.characters.codes
    thai = known & (codes >= _THAI[0]) & (codes <= _THAI[1]) & (codes != _AM)
    boxes = _boxes_by_code(page, thai)
    right = sum(
        any(_same(font.box(glyph), box) for glyph in numbers.get(chr(code), ()))
        for code, box in boxes.items()
    )
    if right < max(MIN_KNOWN, MIN_SHARE * len(boxes)):
        return None
    return {**order, **font.texts}


def text_by_box(
    page: NativePage, place: int, font: GlyphFont, texts: Mapping[int, str]
) -> str | None:
    """Return the text of the glyphs that fill the box of a character, if all have the same."""
    box = _boxes(page, [place]).get(place)
    return _text_of_box(box, font, texts) if box else None


def _text_of_box(box: Box, font: GlyphFont, texts: Mapping[int, str]) -> str | None:
    left, bottom, right, top = font.boxes.T
    off = (np.abs(right - left - (box[2] - box[0])), np.abs(bottom - box[1]), np.abs(top - box[3]))
    same = places_of(np.maximum.reduce(off) <= SAME_BOX).tolist()
    readings = {texts.get(glyph) for glyph in same}
    return readings.pop() if len(readings) == 1 else None


def _boxes_by_code(page: NativePage, which: Bools) -> dict[int, Box]:
    """Return the ink box of one character of each code, of so many codes."""
    places = places_of(which)
    codes, first = np.unique(page.characters.codes[places], return_index=True)
    some = dict(zip(places[first].tolist(), codes.tolist(), strict=True))
    return {some[place]: box for place, box in _boxes(page, list(some)[:_MAX_KNOWN]).items()}


def _agreeing(
    boxes: Mapping[int, Box], font: GlyphFont, numbering: Callable[[int], int | None]
) -> int:
    """Return how many codes lead to a glyph that fills the drawn box."""
    glyphs = ((numbering(code), box) for code, box in boxes.items())
    return sum(glyph is not None and _same(font.box(glyph), box) for glyph, box in glyphs)


def _same(one: Box | None, other: Box) -> bool:
    if one is None:
        return False
    wide, other_wide = one[2] - one[0], other[2] - other[0]
    off = (abs(wide - other_wide), abs(one[1] - other[1]), abs(one[3] - other[3]))
    return max(off) <= SAME_BOX
