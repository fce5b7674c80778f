"""Numbers of notes: small digits that stand raised behind a number become raised digits."""

from __future__ import annotations

from typing import Any

import numpy as np

from extract.pdf.arrays import places_of
from extract.pdf.runs import LEVEL, Glyphs, Run
from extract.raised import TAIL, follows_digit, raised

# Shares of the size of the number before it: a note's is smaller than the first, and stands higher
# by more than the second and less than the third.
SMALL, LEAST_RISE, MOST_RISE = 0.87, 0.2, 0.65
# In em of that number: how far behind it the note's stands at most. In the next cell text begins
# further away, and may stand higher too.
NEAR = 0.1


def with_notes(page: Glyphs) -> Glyphs:
    """Return the clusters of a page, numbers of notes raised and on the line of their number."""
    solid = places_of(~page.is_space)
    before, after = solid[:-1], solid[1:]
    size, rise = page.size[before], page.y[before] - page.y[after]
    gap = page.x0[after] - page.x1[before]
    is_raised = _stands_raised(size, page.size[after], rise, gap)
    if not is_raised.any():
        return page
    parts = places_of(np.append(is_raised | (np.abs(rise) > LEVEL * size) | (gap > size), True))
    ends = solid[parts] + 1
    letters, y, size = list(page.text), page.y.copy(), page.size.copy()
    for n in places_of(is_raised[parts[:-1]]).tolist():
        main, first, last = before[parts[n]], after[parts[n]], ends[n + 1]
        start, end = page.starts[first], page.starts[last]
        note = raised(page.text[start:end])
        if note != page.text[start:end] and follows_digit(page.text[max(0, start - TAIL) : start]):
            letters[start:end] = note
            y[first:last], size[first:last] = page.y[main], page.size[main]
    text = "".join(letters)
    return Glyphs(text, page.starts, page.x0, page.x1, y, size, page.is_space, page.confidence)


def noted(before: Run, run: Run) -> str:
    """Return the text of a run of a line, raised if it is a note's behind the run before it."""
    is_note = _stands_raised(before.size, run.size, before.y - run.y, run.x0 - before.x1)
    return raised(run.text) if is_note and follows_digit(before.text) else run.text


def _stands_raised(size: Any, own: Any, rise: Any, gap: Any) -> Any:
    """Say of text (one or arrays) if its own size, rise and gap are a note's beside one of a size.

    All are in points.
    """
    is_higher = (rise > LEAST_RISE * size) & (rise < MOST_RISE * size)
    return is_higher & (own < SMALL * size) & (abs(gap) <= NEAR * size)
