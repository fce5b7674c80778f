"""White channels between columns that are set as close as words: no line of the table crosses them.

A text layer has a text of its own for each column; a picture has one line, with a space in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import median

from extract.pdf.runs import Glyphs, Run
from extract.pdf.whites import FLUSH, TextLine, alike, words_of

# A channel runs through so many lines at least, each with text on both sides of it, and so many of
# their words, and this share, begin at its right or end at its left edge.
LINES, ALIKE, SHARE = 6, 4, 0.5
# In em: spaces of words are narrower, so rows that begin with one word (as names of indicators do)
# have no channel behind it.
WIDTH = 0.4
# The number of a paragraph, and the sign of one. Behind words a number without a stop is a year, a
# score or a count, and a dash is that of a period.
_BARE = r"\(?[0-9๐-๙]{1,3}(?:[.,][0-9๐-๙]*)*"
_NUMBER = re.compile(rf"{_BARE}[.),]?|(?s:.*)\s{_BARE}[.),]")
_SIGN = re.compile(r"\s*[-•]\s*")


def cut_at_channels(
    lines: Sequence[TextLine], body: Sequence[TextLine], page: Glyphs
) -> list[TextLine]:
    """Cut the pieces of lines where a channel runs through all lines of ``body``."""
    if len(body) < LINES:
        return list(lines)
    words = _words(body, page)
    size = median(line.size for line in body)
    found = [
        (left + right) / 2
        for left, right in _channels(words, WIDTH * size)
        if _is_lined(left, right, words, body, FLUSH * size)
        and not _is_behind_numbers((left + right) / 2, body, page)
    ]
    return [replace(line, pieces=_cut(line.pieces, found, page)) for line in lines]


def _words(lines: Sequence[TextLine], page: Glyphs) -> list[tuple[float, float]]:
    """Return where the words of lines begin and end, from the left."""
    words = (w for line in lines for piece in line.pieces for w in words_of(piece, page))
    return sorted((word.x0, word.x1) for word in words)


def _channels(words: Sequence[tuple[float, float]], least: float) -> Iterator[tuple[float, float]]:
    """Yield the gaps between words that no word reaches into."""
    ends = accumulate((end for _, end in words), max)
    for left, (right, _) in zip(ends, words[1:], strict=False):
        if right - left >= least:
            yield left, right


def _is_lined(
    left: float,
    right: float,
    words: Sequence[tuple[float, float]],
    body: Sequence[TextLine],
    near: float,
) -> bool:
    """Say whether many lines have text on both sides of a channel, flush with it on one."""
    beside = [line for line in body if line.x0 < left and line.x1 > right]
    enough = max(ALIKE, SHARE * len(beside))
    return len(beside) >= LINES and alike(words, left, right, near) >= enough


def _is_behind_numbers(x: float, body: Sequence[TextLine], page: Glyphs) -> bool:
    """Say whether most texts that go over a channel have the number of a paragraph before it."""
    over = [piece for line in body for piece in line.pieces if _is_white(piece, x, page)]
    before = [page.cut(piece, x)[0].text for piece in over]
    marks = [_SIGN.fullmatch(text) or _NUMBER.fullmatch(text.strip()) for text in before]
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
