"""Which line may go on with the lines of a table above it: how near it is, and where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extract.pdf.whites import (
    FILLED,
    SAME_STEP,
    TextLine,
    around,
    column_of,
    crossings,
    separators,
)

# Lines with several pieces that a table without any rule has at least.
MIN_LINES = 3
# In em: lines of a table without rules are no further apart.
NEAR = 3.2
# Lines of so many pieces are rows of one table also further apart (in em), and two lines of two.
MIN_PIECES, NEAR_ROWS = 3, 5.5
NEAR_TWO = 4.0
# In em: a line further off is a row too if it begins so near to where others of the table do.
ALIGNED = 0.3
# In em: a line so near above the first whole one is of a cell that is centred beside it.
CENTRED = 1.0
# Lines within which a row follows the first line of such a cell.
AHEAD = 5


def are_near(above: TextLine, below: TextLine) -> bool:
    """Say whether two lines may be of one table, by the room between them."""
    counts = len(above.pieces), len(below.pieces)
    reach = NEAR_ROWS if min(counts) >= MIN_PIECES else NEAR_TWO if counts == (2, 2) else NEAR
    return is_within_reach(above, below, reach)


def is_within_reach(above: TextLine, below: TextLine, reach: float) -> bool:
    """Say whether a line is no further below another than so many em of the larger."""
    return below.y - above.y <= reach * max(above.size, below.size)


def follows(lines: Sequence[TextLine], line: TextLine, below: Sequence[TextLine]) -> bool:
    """Say whether a line may go on with some: it is near the last of them or its row.

    So is a row in sheets of small print, whose rows have a large step, and a line of a wrapped name
    there: they begin where others of their columns do, or stand beside the row right ``below``.
    What begins with the first column alone is a caption or a note.
    """
    if are_near(lines[-1], line):
        return True
    whole = [one for one in lines if len(one.pieces) >= MIN_PIECES]
    if whole and are_near(whole[-1], line):
        return True
    if whole and _is_first(line, below):
        return is_within_reach(lines[-1], line, NEAR_ROWS)
    is_whole = whole and len(line.pieces) >= MIN_PIECES
    if is_whole and _is_wrapped(lines, whole) and _is_row(line, whole):
        return is_within_reach(lines[-1], line, NEAR_ROWS)
    steps = [below.y - above.y for above, below in pairwise(whole)]
    usual = median(steps) if len(steps) >= MIN_LINES else inf
    is_far = line.y - lines[-1].y > usual + SAME_STEP * line.size
    if usual > NEAR_ROWS * line.size or is_far or 1 < len(line.pieces) < MIN_PIECES:
        return False
    first = 0 if len(line.pieces) > 1 else 1
    return begins_alike(line, [piece.x0 for one in whole for piece in one.pieces[first:]])


def _is_first(line: TextLine, below: Sequence[TextLine]) -> bool:
    """Say whether a line begins a row, right ``below``, whose texts are centred beside its own."""
    for above, one in pairwise([line, *below]):
        if one.y - above.y > CENTRED * one.size:
            return False
        if len(one.pieces) >= MIN_PIECES:
            return not any(p.x0 < o.x1 and p.x1 > o.x0 for p in line.pieces for o in one.pieces)
    return False


def _is_wrapped(lines: Sequence[TextLine], whole: Sequence[TextLine]) -> bool:
    """Say whether the lines below the last whole one go on with a text of a row."""
    starts = [piece.x0 for one in whole for piece in one.pieces[1:]]
    below = [line for line in lines if line.y > whole[-1].y]
    return all(any(abs(one.x0 - x0) <= ALIGNED * one.size for x0 in starts) for one in below)


def _is_row(line: TextLine, rows: Sequence[TextLine]) -> bool:
    """Say whether the texts of a line stand in the columns of rows, and fill most of them.

    A header and a row may show no columns yet: each text then begins or ends where others do.
    """
    area = around(rows)
    columns = separators(rows, area.x0, area.x1)
    filled = {column_of(piece.middle, columns) for piece in line.pieces}
    is_full = len(filled) >= FILLED * (len(columns) + 1)
    return is_full and (not crossings(line, columns) or _is_aligned(line, rows))


def _is_aligned(line: TextLine, rows: Sequence[TextLine]) -> bool:
    """Say whether each text of a line begins or ends where one of the rows does."""
    near = ALIGNED * line.size
    others = [piece for row in rows for piece in row.pieces]
    return all(
        any(min(abs(piece.x0 - o.x0), abs(piece.x1 - o.x1)) <= near for o in others)
        for piece in line.pieces
    )


def begins_alike(line: TextLine, starts: Sequence[float]) -> bool:
    """Say whether the texts of a line begin where others do."""
    near = ALIGNED * line.size
    return all(any(abs(piece.x0 - x0) <= near for x0 in starts) for piece in line.pieces)
