"""Marks that a font names wrongly or not at all: where they stand tells, and then the dictionary.

Some producers name a glyph after another that stood in the same cluster. A mark that is drawn above
the line and named after one below it (or the other way) is such a glyph, and a nameless glyph high
above the line is a mark too: after a tone mark its echo, else what all its places read best.
"""

from __future__ import annotations

import numpy as np

from extract.pdf.native import LOST, Bools, Integers, NativePage
from extract.thai_words import UNSEEN, best_reading, font_reading

# In em: ink that ends this far above the baseline is above it; that begins this near is below.
ABOVE, BELOW = 0.2, 0.1
# In em: a nameless glyph all of which lies so far above the baseline is a mark.
HIGH_UP = 0.4
_LOW = (0x0E38, 0x0E39)
_TONES = (0x0E48, 0x0E49, 0x0E4A, 0x0E4B)
_LAST = (*_TONES, 0x0E4C)  # nothing but an echo stands over these
_HIGH = (*_TONES, 0x0E4C, 0x0E47, 0x0E31, 0x0E34, 0x0E35, 0x0E36, 0x0E37, 0x0E4D)


def settle_marks(page: NativePage, codes: Integers, own: Bools) -> int:
    """Put right, in place, the doubtful marks of one font; return how many stay unknown."""
    spoken = {one for span in page.spans() for one in span}
    characters = page.characters
    boxes = np.column_stack((characters.x0, characters.x1, characters.y))
    shares = np.zeros(len(codes), bool)
    shares[1:] = (boxes[1:] == boxes[:-1]).all(axis=1)
    shares[:-1] |= shares[1:]
    unknown = 0
    # The ink of a glyph with several characters tells of none of them.
    for wrong, options in _doubtful(page, codes, own & ~shares, spoken):
        unknown += _settle(codes, np.flatnonzero(own), np.flatnonzero(wrong), options)
    return unknown


def _doubtful(
    page: NativePage, codes: Integers, own: Bools, spoken: set[int]
) -> list[tuple[Bools, tuple[int, ...]]]:
    """Return sets of characters that are one glyph each, and what they may stand for."""
    characters = page.characters
    found: list[tuple[Bools, tuple[int, ...]]] = []
    wrong = np.zeros(len(codes), bool)
    for n in np.flatnonzero(own & np.isin(codes, (*_LOW, *_TONES))).tolist():
        if characters.objects[n] not in spoken and _is_misplaced(page, codes, n):
            # Two marks of one consonant that have each other's names are right together.
            kin = _TONES if codes[n] in _LOW else _LOW
            near = [one for one in (n - 1, n + 1) if one < len(codes) and codes[one] in kin]
            wrong[n] = not any(_is_misplaced(page, codes, one) for one in near)
    for code in np.unique(codes[wrong]).tolist():
        found.append((wrong & (codes == code), _HIGH if code in _LOW else _LOW))
    lost = np.zeros(len(codes), bool)
    for n in np.flatnonzero(own & (codes == LOST)).tolist():
        ink = page.ink(int(characters.index[n]))
        if ink.bottom < characters.y[n] - HIGH_UP * characters.size[n]:
            lost[n] = n == 0 or codes[n - 1] not in _LAST
            codes[n] = LOST if lost[n] else ord(UNSEEN)
    if lost.any():
        found.append((lost, _HIGH))
    return found


def _is_misplaced(page: NativePage, codes: Integers, n: int) -> bool:
    """Say whether a mark is drawn below the line though its name is of one above it, or so."""
    characters = page.characters
    ink, size, y = page.ink(int(characters.index[n])), characters.size[n], characters.y[n]
    if codes[n] in _LOW:
        return bool(ink.bottom < y - ABOVE * size)
    return bool(ink.top > y - BELOW * size)


def _settle(codes: Integers, own: Integers, places: Integers, options: tuple[int, ...]) -> int:
    """Name one glyph by the font's text, or each of its places by the word it stands in."""
    readings = [chr(one) for one in options]
    text = "".join(map(chr, codes[own].tolist()))
    within = np.searchsorted(own, places).tolist()
    reading = font_reading(text, within, readings)
    unknown = 0
    for place, n in zip(within, places.tolist(), strict=True):
        one = reading or best_reading(text, place, place + 1, readings, least=1)
        codes[n] = ord(one) if one else LOST
        unknown += one is None
    return unknown
