"""Headers of two levels: headings that span several columns with others under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.cells import CellShape
from extract.pdf.runs import PART, Run
from extract.pdf.whites import TextLine, column_of

# In em: a heading over several columns stands so near to the middle of the texts below it.
MIDDLE = 0.5


class Levels(NamedTuple):
    """A header that is cut in two: the lines ``upper`` and ``lower``, and where (points).

    It was the first ``rows`` rows. ``spans`` are the first and last column of each piece that
    spans several, by its first glyph.
    """

    rows: int
    at: float
    upper: list[TextLine]
    lower: list[TextLine]
    spans: dict[int, tuple[int, int]]


def levels(
    rows: Sequence[Sequence[TextLine]], columns: Sequence[float], most: int
) -> Levels | None:
    """Cut the first row in two levels, or, where ``most`` is 2, find them in the first two rows."""
    for count in range(1, most + 1):
        found = _cut([line for row in rows[:count] for line in row], columns, count)
        if found is not None:
            is_header = count == 1 or _are_under(rows[1], columns, found.spans.values())
            return found if is_header else None
    return None


def _cut(header: Sequence[TextLine], columns: Sequence[float], rows: int) -> Levels | None:
    """Cut a header below the pieces that span columns with other pieces under them."""
    for number, line in enumerate(header):
        below = [one for one in header[number + 1 :] if one.y > line.y + 0.8 * line.size]
        groups = _groups(line)
        own = [reach(group[0].x0, group[-1].x1, line.size, columns) for group in groups]
        spans: dict[int, tuple[int, int]] = {}
        for group, (first, last) in zip(groups, own, strict=True):
            others = {n for one in own if one != (first, last) for n in range(one[0], one[1] + 1)}
            span = _spanned(group, (first, last), below, columns, others)
            if span is not None:
                spans |= {piece.first: span for piece in group}
        if spans:
            at = (line.y + below[0].y - 0.6 * line.size) / 2 + 0.1 * line.size
            upper = [one for one in header if one.y <= line.y + 0.2 * line.size]
            lower = [one for one in header if one.y > line.y + 0.2 * line.size]
            return Levels(rows, at, upper, lower, spans)
    return None


def _are_under(
    row: Sequence[TextLine], columns: Sequence[float], spans: Iterable[tuple[int, int]]
) -> bool:
    """Say whether all texts of a row stand below headings that span several columns."""
    under = {n for first, last in spans for n in range(first, last + 1)}
    return under.issuperset(
        column_of(piece.middle, columns) for line in row for piece in line.pieces
    )


def _groups(line: TextLine) -> list[list[Run]]:
    """Group pieces of a line that only words' spaces part."""
    groups = [[line.pieces[0]]]
    for before, piece in pairwise(line.pieces):
        if (
            piece.x0 - before.x1 <= PART * line.size
            and before.last <= piece.first <= before.last + 1
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def reach(x0: float, x1: float, size: float, columns: Sequence[float]) -> tuple[int, int]:
    """Return the first and last column that a text stands in; no more than a bit is in none."""
    inner = min(0.2 * size, (x1 - x0) / 3)
    return column_of(x0 + inner, columns), column_of(x1 - inner, columns)


def _spanned(
    group: Sequence[Run],
    own: tuple[int, int],
    below: Sequence[TextLine],
    columns: Sequence[float],
    others: set[int],
) -> tuple[int, int] | None:
    """Return the columns that a heading spans: those it crosses, or is in the middle of.

    Some line below has texts in more than one of them, and no ``others`` stand beside the heading.
    """
    first, last = own
    middle, size = (group[0].x0 + group[-1].x1) / 2, group[0].size
    for line in below:
        places = {column_of(p.middle, columns): p for p in line.pieces}
        if len(places.keys() & {*range(first, last + 1)}) > 1:
            return own
        for start, end in ((first - 1, last), (first, last + 1), (first - 1, last + 1)):
            beside = {*range(start, end + 1)}
            if not beside <= places.keys() or beside & others:
                continue
            is_middle = abs((places[start].x0 + places[end].x1) / 2 - middle) <= MIDDLE * size
            is_over_one = any(
                abs((places[n].x0 + places[n].x1) / 2 - middle) <= MIDDLE * size for n in beside
            )
            if is_middle and (not is_over_one or len(beside) > 2):
                return start, end
    return None


def with_tall(cells: list[CellShape]) -> list[CellShape]:
    """Join the cells of a header's two levels where only one of them holds text, beside spans."""
    kept = []
    for cell in cells:
        below = next((one for one in cells if one.row == 1 and one.column == cell.column), None)
        if cell.row == 0 and cell.column_span == 1 and below is not None and below.column_span == 1:
            area = cell.area._replace(bottom=below.area.bottom)
            kept.append(CellShape(0, cell.column, 2, 1, area, cell.runs + below.runs))
        elif cell.row != 1 or any(
            one.row == 0
            and one.column_span > 1
            and one.column <= cell.column < one.column + one.column_span
            for one in cells
        ):
            kept.append(cell)
    return kept
