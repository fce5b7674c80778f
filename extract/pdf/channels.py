"""White channels between columns that are set as close as words: no line of the table crosses them.

A text layer has a text of its own for each column; a picture has one line, with a space in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.pdf.arrays import Floats
from extract.pdf.runs import Glyphs, Run
from extract.pdf.whites import NARROW_GAP, TextLine, alike

# A channel runs through so many lines at least, each with text on both sides of it, and so many of
# their words, and this share, begin at its right or end at its left edge.
LINES, ALIKE, SHARE = 6, 4, 0.5
# In em: texts that are set flush begin within this in a picture, by what white their letters have.
FLUSH = 0.2
# The number of a paragraph, and the sign of one; a dash behind words is that of a period.
_NUMBER = re.compile(r"\(?[0-9๐-๙]{1,3}(?:[.,][0-9๐-๙]*)*[.),]?")
_SIGN = re.compile(r"\s*[-•]\s*")


def cut_at_channels(
    lines: Sequence[TextLine], body: Sequence[TextLine], page: Glyphs
) -> list[TextLine]:
    """Cut the pieces of lines where a channel runs through all lines of ``body``."""
    if len(body) < LINES:
        return list(lines)
    words = np.concatenate([_words(piece, page) for line in body for piece in line.pieces])
    size = float(np.median([line.size for line in body]))
    found = [
        (left + right) / 2
        for left, right in _channels(words, NARROW_GAP * size)
        if _is_lined(left, right, words, body, FLUSH * size)
        and not _is_behind_numbers((left + right) / 2, body, page)
    ]
    return [replace(line, pieces=_cut(line.pieces, found, page)) for line in lines]


def _words(piece: Run, page: Glyphs) -> Floats:
    """Return where the words of a piece begin and end: a row each."""
    solid = piece.first + np.flatnonzero(~page.is_space[piece.first : piece.last])
    x0, x1 = page.x0[solid], page.x1[solid]
    is_parted = (np.diff(solid) > 1) & (x0[1:] - x1[:-1] >= NARROW_GAP * piece.size)
    parts = np.flatnonzero(is_parted)
    return np.column_stack((x0[np.append(0, parts + 1)], x1[np.append(parts, -1)]))


def _channels(words: Floats, least: float) -> list[tuple[float, float]]:
    """Return the gaps between words that no word reaches into."""
    ordered = words[np.argsort(words[:, 0])]
    ends = np.maximum.accumulate(ordered[:, 1])[:-1]
    starts = ordered[1:, 0]
    wide = starts - ends >= least
    return list(zip(ends[wide].tolist(), starts[wide].tolist(), strict=True))


def _is_lined(
    left: float, right: float, words: Floats, body: Sequence[TextLine], near: float
) -> bool:
    """Say whether many lines have text on both sides of a channel, flush with it on one."""
    beside = [line for line in body if line.x0 < left and line.x1 > right]
    enough = max(ALIKE, SHARE * len(beside))
    places = [(start, end) for start, end in words.tolist()]  # compiled: no lists
    return len(beside) >= LINES and alike(places, left, right, near) >= enough


def _is_behind_numbers(x: float, body: Sequence[TextLine], page: Glyphs) -> bool:
    """Say whether most texts that go over a channel have the number of a paragraph before it."""
    over = [piece for line in body for piece in line.pieces if _is_white(piece, x, page)]
    before = [page.cut(piece, x)[0].text for piece in over]
    marks = [_SIGN.fullmatch(text) or _NUMBER.fullmatch(text.split()[-1]) for text in before]
    return 2 * sum(map(bool, marks)) >= len(marks)


def _cut(pieces: Sequence[Run], channels: Sequence[float], page: Glyphs) -> list[Run]:
    made = list(pieces)
    for x in channels:
        made = [
            part
            for piece in made
            for part in (page.cut(piece, x) if _is_white(piece, x, page) else [piece])
        ]
    return made


def _is_white(piece: Run, x: float, page: Glyphs) -> bool:
    """Say whether a piece goes over a place without any letter there."""
    own = slice(piece.first, piece.last)
    is_there = (page.x0[own] < x) & (page.x1[own] > x) & ~page.is_space[own]
    return piece.x0 < x < piece.x1 and not is_there.any()
