"""Numbers of notes: small digits that stand raised behind a number become raised digits."""

from __future__ import annotations

import numpy as np

from extract.pdf.arrays import places_of
from extract.pdf.runs import LEVEL, Glyphs
from extract.raised import is_digit, raised

# Shares of the size of the number before it: a note's is smaller than the first, and stands higher
# by more than the second and less than the third.
SMALL, LEAST_RISE, MOST_RISE = 0.87, 0.2, 0.65
# In em of that number: how far behind it the note's stands at most.
NEAR = 0.35


def with_notes(page: Glyphs) -> Glyphs:
    """Return the clusters of a page, numbers of notes raised and on the line of their number."""
    solid = places_of(~page.is_space)
    before, after = solid[:-1], solid[1:]
    size, rise = page.size[before], page.y[before] - page.y[after]
    is_raised = (rise > LEAST_RISE * size) & (rise < MOST_RISE * size)
    is_raised &= page.size[after] < SMALL * size
    is_raised &= np.abs(page.x0[after] - page.x1[before]) <= NEAR * size
    if not is_raised.any():
        return page
    parts = places_of(np.append(is_raised | (np.abs(rise) > LEVEL * size), True))
    ends = solid[parts] + 1
    letters, y, size = list(page.text), page.y.copy(), page.size.copy()
    for n in places_of(is_raised[parts[:-1]]).tolist():
        main, first, last = before[parts[n]], after[parts[n]], ends[n + 1]
        start, end = page.starts[first], page.starts[last]
        if is_digit(page.text[start - 1]):
            letters[start:end] = raised(page.text[start:end])
            y[first:last], size[first:last] = page.y[main], page.size[main]
    text = "".join(letters)
    return Glyphs(text, page.starts, page.x0, page.x1, y, size, page.is_space, page.confidence)
