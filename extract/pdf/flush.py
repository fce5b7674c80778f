"""Columns that are set as close as words, where texts of other lines stand flush with theirs.

A text layer has a text of its own for each column; a picture has one line, with a space in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.pdf.runs import Glyphs, Run
from extract.pdf.whites import FLUSH, TextLine, column_of, words_of
from extract.unsure import guessed

# So many texts of other lines at least tell where those of a column begin or end.
ALIKE = 3
# So many of a column that is known.
FEW = 2
_AMOUNT = re.compile(r"[-+]?[0-9๐-๙][0-9๐-๙,.]*%?|-")
_ORDINAL = re.compile(r"[0-9๐-๙]{1,3}")
_BEHIND_NUMBER = re.compile(r"[0-9๐-๙%-]\s")
# Two amounts in full that touch: no number has decimals and then a comma.
_DIGIT = "[0-9๐-๙]"
_IN_FULL = rf"{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})*\.{_DIGIT}{{2}}"
_TOUCHING = re.compile(rf"({_IN_FULL}){_IN_FULL}")


def cut_at_flush(lines: Sequence[TextLine], page: Glyphs) -> list[TextLine]:
    """Cut pieces between two amounts that both end where others do, or behind a row's number.

    The text behind such a number begins where that of other rows does which are cut there.
    """
    ends = sorted(piece.x1 for line in lines for piece in line.pieces if _is(_AMOUNT, piece))
    starts = sorted(
        line.pieces[1].x0
        for line in lines
        if len(line.pieces) > 1 and _is(_ORDINAL, line.pieces[0])
    )
    if max(len(ends), len(starts)) < ALIKE:
        return list(lines)
    firsts = {line.pieces[0].first for line in lines}

    def parts(one: Run, other: Run) -> bool:
        near = FLUSH * one.size
        if one.first in firsts and _is(_ORDINAL, one) and _has_enough(starts, other.x0, near):
            return True
        both = (one, other)
        return all(_is(_AMOUNT, word) and _has_enough(ends, word.x1, near) for word in both)

    def cut(piece: Run) -> list[Run]:
        text = guessed(piece.text)
        may_be_two = _BEHIND_NUMBER.search(text) or _TOUCHING.search(text)
        return _cut(piece, parts, page) if may_be_two else [piece]

    return [
        replace(line, pieces=[part for piece in line.pieces for part in cut(piece)])
        for line in lines
    ]


def cut_at_known(lines: Sequence[TextLine], known: Sequence[float], page: Glyphs) -> list[TextLine]:
    """Cut pieces at ``known`` places, where the columns of a table part on the page before.

    Each part begins or ends where other texts of its column do, or is in the middle of where they
    are, together with what else its line has there; a heading over two columns seldom is.
    """
    if not known:
        return list(lines)
    texts: dict[int, list[Run]] = {}
    for piece in (piece for line in lines for piece in line.pieces):
        if not _crosses(piece, known):
            texts.setdefault(column_of(piece.middle, known), []).append(piece)

    def parts(one: Run, other: Run) -> bool:
        near = FLUSH * one.size
        return any(one.x1 - near < x < other.x0 + near for x in known)

    def is_flush(part: Run, line: TextLine) -> bool:
        near = FLUSH * part.size
        column = column_of(part.middle, known)
        own = texts.get(column, [])
        firsts = {piece.first for piece in line.pieces}
        whole = [part, *(text for text in own if text.first in firsts)]
        own = [text for text in own if text.first not in firsts]
        x0, x1 = min(text.x0 for text in whole), max(text.x1 for text in whole)
        alike = (
            sum(abs(text.x0 - x0) <= near for text in own),
            sum(abs(text.middle - (x0 + x1) / 2) <= near for text in own),
            sum(abs(text.x1 - x1) <= near for text in own),
        )
        return max(alike) >= FEW

    def cut(piece: Run, line: TextLine) -> list[Run]:
        made = _cut(piece, parts, page) if _crosses(piece, known) else [piece]
        return made if all(is_flush(part, line) for part in made) else [piece]

    return [
        replace(line, pieces=[part for piece in line.pieces for part in cut(piece, line)])
        for line in lines
    ]


def _crosses(piece: Run, known: Sequence[float]) -> bool:
    return column_of(piece.x0, known) < column_of(piece.x1, known)


def _cut(piece: Run, parts: Callable[[Run, Run], bool], page: Glyphs) -> list[Run]:
    """Cut a piece between words, or amounts that touch, that are of two columns."""
    made = [piece]
    words = [part for word in words_of(piece, page) for part in _amounts(word, page)]
    for one, other in pairwise(words):
        if parts(one, other):
            made[-1:] = page.cut(made[-1], (one.x1 + other.x0) / 2)
    return made


def _amounts(word: Run, page: Glyphs) -> list[Run]:
    """Cut a word that is two amounts in full."""
    both = _TOUCHING.fullmatch(guessed(word.text))
    if both is None:
        return [word]
    second = word.first + both.end(1)
    return page.made(np.array([word.first, second]), np.array([second, word.last]))


def _is(pattern: re.Pattern[str], run: Run) -> bool:
    return pattern.fullmatch(guessed(run.text).strip()) is not None


def _has_enough(places: Sequence[float], x: float, near: float) -> bool:
    return bisect_right(places, x + near) - bisect_left(places, x - near) >= ALIKE
