"""Marks that pdfium drops: of two blanks in a row it keeps the first, whatever the other draws.

A program that draws the marks of a line after its letters, and names the nikhahit of a sara am a
blank, writes such rows. What is left of a dropped blank is the box of its text object.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from extract.pdf.arrays import Floats, places_of
from extract.pdf.frame import moved
from extract.pdf.native import NativePage

# In em: a mark above the line begins so far above the baseline.
LOWEST, HIGHEST = 0.3, 1.2
# Points: pdfium also drops what is printed twice, to look bold, no further apart than this.
TWIN = 1.0
# So many dropped objects times others are compared; a page with more is left as it is.
MOST_PAIRS = 10_000_000
_AA, _NIKHAHIT = 0x0E32, 0x0E4D
_CONSONANTS = 0x0E01, 0x0E2E


def restore_dropped(page: NativePage) -> None:
    """Give its nikhahit to each consonant before sara aa that a dropped object is drawn over."""
    characters, codes = page.characters, page.characters.codes
    marks = _dropped(page)
    if not len(marks):
        return
    is_base = (codes[:-1] >= _CONSONANTS[0]) & (codes[:-1] <= _CONSONANTS[1])
    bases = places_of(is_base & (codes[1:] == _AA) & (characters.turn[:-1] == page.frame.turn))
    x0, x1, y = (along[bases] for along in characters.along(page.frame))
    size = characters.size[bases]
    found: set[int] = set()
    for mark in marks.tolist():
        area = moved(page.frame.matrix, *mark)
        middle, height = (area.x0 + area.x1) / 2, (y - area.bottom) / size
        over = (x0 <= middle) & (middle <= x1) & (height >= LOWEST) & (height <= HIGHEST)
        found.update(bases[over].tolist())
    places = np.array(sorted(found), np.int64)
    for one in fields(characters):
        own = getattr(characters, one.name)
        setattr(characters, one.name, np.insert(own, places + 1, own[places], axis=0))
    characters.codes[places + 1 + np.arange(len(places))] = _NIKHAHIT


def _dropped(page: NativePage) -> Floats:
    """Return the boxes of the text objects that draw something of which pdfium tells nothing.

    Those that an ActualText speaks for are left out.
    """
    count = np.bincount(page.characters.objects, minlength=len(page.text_objects))
    dropped = places_of(count == 0)
    boxes = page.edges(dropped).T
    inked = (boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3])
    if not inked.any():
        return np.zeros((0, 4))
    boxes = boxes[inked & (page.spans()[dropped] < 0)]
    others = page.edges(places_of(count)).T
    if len(boxes) * len(others) > MOST_PAIRS:
        return np.zeros((0, 4))
    apart = [np.abs(others - box).max(axis=1).min(initial=np.inf) > TWIN for box in boxes]
    kept: Floats = boxes[np.array(apart, bool)]
    return kept
