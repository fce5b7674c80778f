"""Marks that a font names wrongly or not at all: where they stand tells, and then the dictionary.

Some producers name a glyph after another that stood in the same cluster. A mark that is drawn above
the line and named after one below it (or the other way) is such a glyph, and a nameless glyph high
above the line is a mark too: after a tone mark its echo, else what all its places read best.
"""

from __future__ import annotations

import numpy as np

from extract.pdf.arrays import Bools, CodeSet, Integers, places_of
from extract.pdf.native import LOST, NativePage
from extract.readings import UNSEEN, best_reading, font_reading

# In em: ink that ends this far above the baseline is above it; that begins this near is below.
ABOVE, BELOW = 0.2, 0.1
# In em: glyphs whose ink begins and ends within this are one.
SAME_SHAPE = 0.03
# In em: a nameless glyph all of which lies so far above the baseline is a mark.
HIGH_UP = 0.4
_LOW = (0x0E38, 0x0E39)
_TONES = (0x0E48, 0x0E49, 0x0E4A, 0x0E4B)
_LAST = (*_TONES, 0x0E4C)  # nothing but an echo stands over these
_IS_LOW, _IS_LAST, _PLACED = CodeSet(_LOW), CodeSet(_LAST), CodeSet((*_LOW, *_TONES))
_HIGH = (*_TONES, 0x0E4C, 0x0E47, 0x0E31, 0x0E34, 0x0E35, 0x0E36, 0x0E37, 0x0E4D)


def doubtful_marks(page: NativePage, codes: Integers) -> Integers:
    """Return the characters of a page that are marks and stand where their name does not.

    Text that ActualText replaces is left out. Nameless glyphs high above the line are among them;
    after a tone mark one is its echo, and is made to draw nothing, in place.
    """
    lost = places_of(codes == LOST)
    if len(lost):
        lost = lost[page.inks(lost)[:, 1] < -HIGH_UP]
        after_last = _IS_LAST.among(codes[lost - 1])
        codes[lost[after_last]] = ord(UNSEEN)
        lost = lost[~after_last]
    marks = places_of(_PLACED.among(codes))
    marks = marks[~page.is_spoken(marks)]
    marks = marks[_misplaced(page, codes, marks)]
    wrong = [n for n in marks.tolist() if _is_wrong(page, codes, n)]
    return np.concatenate((lost, np.array(wrong, np.int64)))


def _is_wrong(page: NativePage, codes: Integers, n: int) -> bool:
    """Say whether a misplaced mark has the wrong name.

    Two marks of one consonant that have each other's names are right together. The ink of a glyph
    with several characters tells of none of them.
    """
    characters = page.characters
    near = [one for one in (n - 1, n + 1) if 0 <= one < len(codes)]
    kin = _TONES if codes[n] in _LOW else _LOW
    others = np.array([one for one in near if codes[one] in kin], np.int64)
    if _misplaced(page, codes, others).any():
        return False
    return not any((characters.boxes[one] == characters.boxes[n]).all() for one in near)


def settle_marks(page: NativePage, own: Integers, doubtful: Integers) -> None:
    """Put right, in place, the doubtful marks of one font; those that nothing proves become LOST.

    ``own`` are the characters of the font, ``doubtful`` those of them that are in doubt. Of these
    the ones with one name and one shape are taken for one glyph.
    """
    codes = page.characters.codes
    shapes = np.column_stack((codes[doubtful], np.round(page.inks(doubtful) / SAME_SHAPE)))
    _, glyphs = np.unique(shapes, axis=0, return_inverse=True)
    named = codes[doubtful]
    for glyph in np.unique(glyphs).tolist():
        places = doubtful[glyphs.ravel() == glyph]
        code = int(named[glyphs.ravel() == glyph][0])
        _settle(codes, own, places, _LOW if code in _TONES else _HIGH)


def _misplaced(page: NativePage, codes: Integers, which: Integers) -> Bools:
    """Say which marks are drawn below the line though named after one above it, or so."""
    top, bottom = page.inks(which).T
    misplaced: Bools = np.where(_IS_LOW.among(codes[which]), bottom < -ABOVE, top > -BELOW)
    return misplaced


def _settle(codes: Integers, own: Integers, places: Integers, options: tuple[int, ...]) -> None:
    """Name one glyph by the font's text, or each of its places by the word it stands in."""
    readings = [chr(one) for one in options]
    text = "".join(map(chr, codes[own].tolist()))
    within = np.searchsorted(own, places).tolist()
    reading = font_reading(text, within, readings)
    for place, n in zip(within, places.tolist(), strict=True):
        one = reading or best_reading(text, place, place + 1, readings, least=1)
        codes[n] = ord(one) if one else LOST
