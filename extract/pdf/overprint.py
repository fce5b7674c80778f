"""Words and crumbs of a stamp over the lines of a table: print does not lie on print."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.runs import Glyphs, Run
from extract.pdf.whites import AMOUNT, LARGEST, TextLine
from extract.unsure import guessed

# In em of the smaller: lines lie on one another if they are nearer than the first, and their texts
# meet over more than the second; the number of a note is narrower.
NEAR, MEET = 0.75, 0.6
# In em: crumbs of a stamp are no wider in one line; nobody read them surely.
CRUMBS, UNSURE = 3.0, 0.75
# What a piece of a ring or of a frame is read as.
STROKES = frozenset("\u2013\u2014_|")


def without_overprint(lines: Sequence[TextLine]) -> list[TextLine]:
    """Leave out the lines of one text that lie on another line, which tells the columns.

    So are lines of few large texts, as a stamp's, that are nearer to it than they are high.
    """
    return [
        line
        for n, line in enumerate(lines)
        if not any(
            (len(line.pieces) == 1 < len(other.pieces) and _lies_on(line, other))
            or _is_over(line, other)
            for other in (*lines[max(0, n - 2) : n], *lines[n + 1 : n + 3])
        )
    ]


def without_crumbs(lines: Sequence[TextLine], page: Glyphs) -> list[TextLine]:
    """Leave out the lines of a picture of which little was read, and nothing surely."""
    return [
        line
        for line in lines
        if sum(one.x1 - one.x0 for one in line.pieces) > CRUMBS * line.size
        or not all(_is_unsure(one, page) for one in line.pieces)
    ]


def without_crumbs_beside(lines: Sequence[TextLine], page: Glyphs) -> list[TextLine]:
    """Leave out of the lines of a picture what is little and unsure beside other text.

    A number is not left out: one of a table may be unsure. Nor is a dash for one, but a longer
    stroke is, of which nothing is sure but that it is one.
    """
    if page.confidence is None:
        return list(lines)
    found = []
    for line in lines:
        kept = [
            one
            for one in line.pieces
            if one.x1 - one.x0 > CRUMBS * line.size
            or AMOUNT.fullmatch(guessed(one.text).strip())
            or not (_is_unsure(one, page) or one.text.strip() in STROKES)
        ]
        is_same = len(kept) in (0, len(line.pieces))
        found.append(line if is_same else TextLine(line.y, line.size, kept))
    return found


def without_large(lines: Sequence[TextLine], largest: float) -> list[TextLine]:
    """Leave out the texts of lines that are larger than so many points."""
    kept = (
        TextLine(line.y, line.size, [one for one in line.pieces if one.size <= largest])
        for line in lines
    )
    return [line for line in kept if line.pieces]


def _is_unsure(piece: Run, page: Glyphs) -> bool:
    sure = page.confidence
    return sure is not None and float(sure[piece.first : piece.last].mean()) <= UNSURE


def _lies_on(line: TextLine, other: TextLine) -> bool:
    em = min(line.size, other.size)
    return abs(line.y - other.y) < NEAR * em and any(
        min(line.x1, piece.x1) - max(line.x0, piece.x0) > MEET * em for piece in other.pieces
    )


def _is_over(line: TextLine, row: TextLine) -> bool:
    is_large = line.size > LARGEST * row.size and abs(line.y - row.y) < line.size
    return is_large and 2 * len(line.pieces) < len(row.pieces)
