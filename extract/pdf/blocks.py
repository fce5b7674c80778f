"""Lines that make a table by their columns alone: where white space runs through many of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from extract.pdf.following import (
    AHEAD,
    CENTRED,
    MIN_LINES,
    MIN_PIECES,
    NEAR_ROWS,
    are_near,
    begins_alike,
    follows,
    is_within_reach,
)
from extract.pdf.regions import is_outer, is_within
from extract.pdf.whites import (
    COLUMN_GAP,
    FILLED,
    LARGEST,
    ROW_STEP,
    SAME_PLACE,
    WIDE,
    TextLine,
    around,
    column_of,
    keeps,
    separators,
)

# In em: rows of a table that goes on from the page before are no further apart.
FAR_ROWS = 9.0
# In em: a last line of one piece is no further off, unless others in the table are.
LAST_STEP = 1.5
# In em: words of a justified line are no further apart.
WORDS = 0.7
# Share of the width that the texts of a column of prose fill.
FULL = 0.75


def blocks(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Yield the lines of each table that white space parts.

    In a stretch of lines that stand near, those with several pieces tell the columns; the longest
    part whose lines keep to them is a table. Where a stretch has no columns of its own, it is
    searched from the top.
    """
    stretch: list[TextLine] = []
    several = [line.size for line in lines if len(line.pieces) > 1]
    largest = LARGEST * median(several) if several else inf
    for n, line in enumerate(lines):
        is_large = line.size > largest
        if is_large and stretch and _is_over(line, stretch):
            pieces = [piece for piece in line.pieces if piece.size <= largest]
            if not pieces:
                continue
            line, is_large = TextLine(line.y, pieces[0].size, pieces), False
        if stretch and (is_large or not follows(stretch, line, lines[n + 1 : n + AHEAD])):
            yield from _in_stretch(stretch)
            stretch = []
        if not is_large:
            stretch.append(line)
    yield from _in_stretch(stretch)


def _is_over(line: TextLine, stretch: Sequence[TextLine]) -> bool:
    """Say whether a large line is no heading, but words of a stamp over rows.

    A heading is not so near to a row, and stands at the left edge or in the middle.
    """
    row = max(stretch, key=lambda one: len(one.pieces))
    return line.y - stretch[-1].y < line.size or not is_outer(line, row.x0, row.x1, row.size)


def _in_stretch(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    several = [line for line in lines if len(line.pieces) > 1]
    if len(several) < MIN_LINES:
        return
    first = next((n for n, line in enumerate(several) if not _has_words(line)), 0)
    several = several[first:]
    area = around(several)
    columns = separators(several, area.x0, area.x1)
    begin, end = _longest(lines, columns) if columns else (0, 0)
    if sum(len(line.pieces) > 1 for line in lines[begin:end]) < max(MIN_LINES, len(several) // 3):
        yield from _grown(lines)
        return
    xs = [area.x0, *columns, area.x1]
    if begin and _spans(lines[begin - 1], xs) and are_near(lines[begin - 1], lines[begin]):
        begin -= 1
    yield from _in_stretch(lines[:begin])
    yield _trimmed(_begun(list(lines[begin:end]), columns))
    yield from _in_stretch(lines[end:])


def _longest(lines: Sequence[TextLine], columns: Sequence[float]) -> tuple[int, int]:
    """Return the longest part of the lines that keeps to columns; one odd line parts none."""
    kept = [keeps(line, columns) for line in lines]
    best, begin = (0, 0), 0
    for number, is_kept in enumerate([*kept, False, False]):
        after = kept[number + 1] if number + 1 < len(kept) else False
        if is_kept or (after and number > begin and number < len(kept)):
            continue
        first = next((n for n in range(begin, number) if kept[n]), number)
        if number - first > best[1] - best[0]:
            best = (first, min(number, len(kept)))
        begin = number + 1
    return best


def _grown(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Yield stretches of lines of which most have several pieces, with gaps that go through.

    Lines right above the first belong to it, where cells are centred.
    """
    block: list[TextLine] = []
    begin = 0
    for number, line in enumerate(lines):
        grown = [*block, line]
        near = not block or are_near(block[-1], line)
        if near and _fits(grown):
            begin = begin if block else number
            block = grown
            continue
        yield _ended(lines[:begin], block)
        block, begin = ([line], number) if len(line.pieces) > 1 else ([], 0)
    yield _ended(lines[:begin], block)


def _ended(lines: Sequence[TextLine], block: list[TextLine]) -> list[TextLine]:
    if len(block) < MIN_LINES:
        return block
    area = around(block)
    columns = separators(block, area.x0, area.x1)
    return [*_above(lines, block[0], columns), *_trimmed(block)]


def _above(lines: Sequence[TextLine], first: TextLine, columns: Sequence[float]) -> list[TextLine]:
    """Return the lines right above the first of a table that are of cells centred beside it."""
    found: list[TextLine] = []
    for line in reversed(lines):
        is_in_column = column_of(line.x0, columns) == column_of(line.x1, columns)
        if first.y - line.y > CENTRED * line.size or len(line.pieces) > 1 or not is_in_column:
            break
        found.insert(0, line)
        first = line
    return found


def _fits(block: Sequence[TextLine]) -> bool:
    if len(block) == 1:
        return len(block[0].pieces) > 1
    last = block[-1]
    area = around(block)
    if len(last.pieces) == 1:
        before = separators(block[:-1], area.x0, area.x1)
        return bool(before) and column_of(last.x0, before) == column_of(last.x1, before)
    size = median(line.size for line in block)
    found = separators(block, area.x0, area.x1)
    return bool(found) and max(_gaps(block, found), default=0) >= COLUMN_GAP * size


def _gaps(block: Sequence[TextLine], columns: Sequence[float]) -> list[float]:
    """Return how wide the white at each separator is."""
    widths = []
    for column in columns:
        left = max((p.x1 for line in block for p in line.pieces if p.x1 <= column), default=column)
        right = min((p.x0 for line in block for p in line.pieces if p.x0 >= column), default=column)
        widths.append(right - left)
    return widths


def _trimmed(block: list[TextLine]) -> list[TextLine]:
    """Leave out lines of one piece below the last row: further off than such lines in rows are."""
    steps = [below.y - above.y for above, below in pairwise(block)]
    end = next((n for n in range(len(block), 1, -1) if len(block[n - 1].pieces) > 1), 1)
    inner = [step for step, line in zip(steps, block[1:end], strict=False) if len(line.pieces) == 1]
    usual = ROW_STEP * median(inner) if inner else 0.0
    for n in range(len(block), end, -1):
        if steps[n - 2] > max(LAST_STEP * block[n - 1].size, usual):
            block = block[: n - 1]
    return block


def _begun(block: list[TextLine], columns: Sequence[float]) -> list[TextLine]:
    """Leave out lines above the first row, which are text: one piece, or as near as words are."""
    starts = [n for n, line in enumerate(block) if len(line.pieces) > 1]
    first = next((n for n in starts if not _is_text(block[n], columns)), starts[0])
    return [*_above(block[:first], block[first], columns), *block[first:]]


def _is_text(line: TextLine, columns: Sequence[float]) -> bool:
    """Say whether a line is no row: its pieces may be words, and fill few columns or some twice."""
    filled = {column_of(piece.middle, columns) for piece in line.pieces}
    count = len(columns) + 1
    return _has_words(line) and (len(filled) < FILLED * count or len(line.pieces) > count)


def _has_words(line: TextLine) -> bool:
    """Say whether the pieces of a line may be words of one text: all as near as such are."""
    gaps = (right.x0 - left.x1 for left, right in pairwise(line.pieces))
    return max(gaps) < WORDS * line.size


def fitted(lines: Sequence[TextLine], xs: Sequence[float]) -> list[float]:
    """Return known columns, moved to the right where wrapped texts of this page reach over them.

    ``xs`` are their edges. What moves stays in the white between the columns of whole rows. Below
    the last of those and its wrapped lines may be any text.
    """
    full = max(MIN_PIECES, FILLED * (len(xs) - 1))
    end = max((n for n, line in enumerate(lines, 1) if len(line.pieces) >= full), default=0)
    while 0 < end < len(lines) and is_within_reach(lines[end - 1], lines[end], LAST_STEP):
        end += 1
    lines = lines[:end]
    texts, wrapped = (
        [p for line in lines if (len(line.pieces) >= full) == is_whole for p in line.pieces]
        for is_whole in (True, False)
    )
    made = list(xs)
    for n, x in enumerate(xs[1:-1], 1):
        limit = min((p.x0 for p in texts if p.x0 >= x), default=x)
        ends = [p.x1 for p in wrapped if xs[n - 1] <= p.x0 < x < p.x1 < limit]
        if ends:
            made[n] = (max(ends) + limit) / 2
    return made


def going_on(lines: Sequence[TextLine], xs: Sequence[float]) -> list[TextLine]:
    """Return the first lines of a page that keep to known columns, most of them filled.

    What fills most of them is a row, also behind the last line of a wrapped name and with the
    first lines of one above it.
    """
    found: list[TextLine] = []
    begin = 0
    full = max(MIN_PIECES, FILLED * (len(xs) - 1))
    for number, line in enumerate(lines):
        inside = is_within(line, xs[0], xs[-1])
        near = not found or are_near(found[-1], line)
        if not near:
            row = next((one for one in lines[number:] if len(one.pieces) >= full), None)
            near = (
                row is not None
                and (begins_alike(line, _texts(found, xs)) or _is_beside(line, row, xs))
                and is_within_reach(found[-1], row, FAR_ROWS)
                and are_near(line, row)
            )
        if inside and near and keeps(line, xs[1:-1]) and (found or len(line.pieces) > 1):
            begin = begin if found else number
            found.append(line)
        elif found:
            break
    most = max((len(line.pieces) for line in found), default=0)
    if most < FILLED * (len(xs) - 1):
        return []
    if begin and _spans(lines[begin - 1], xs) and are_near(lines[begin - 1], found[0]):
        begin -= 1
        found.insert(0, lines[begin])
    starts = [piece.x0 for line in found for piece in line.pieces]
    while begin and _goes_on_in(lines[begin - 1], found[0], starts):
        begin -= 1
        found.insert(0, lines[begin])
    return [*_above(lines[:begin], found[0], xs[1:-1]), *_trimmed(found)]


def _is_beside(line: TextLine, row: TextLine, xs: Sequence[float]) -> bool:
    """Say whether a line is a row, or the first of a text in a column that the row leaves to it.

    Below a header alone no other row tells where such texts begin.
    """
    own, others = ({column_of(one.middle, xs) for one in which.pieces} for which in (line, row))
    return line is row or (min(own) > 1 and own.isdisjoint(others))


def _texts(rows: Sequence[TextLine], xs: Sequence[float]) -> list[float]:
    """Return where the texts of rows begin that do not stand in the first column."""
    return [piece.x0 for row in rows for piece in row.pieces if piece.x0 > xs[1]]


def _goes_on_in(line: TextLine, below: TextLine, starts: Sequence[float]) -> bool:
    """Say whether a line ends a cell of the page before: others begin where it does."""
    is_alike = any(abs(line.x0 - start) <= SAME_PLACE * line.size for start in starts)
    return len(line.pieces) == 1 and is_alike and are_near(line, below)


def _spans(line: TextLine, xs: Sequence[float]) -> bool:
    """Say whether a line has headings only that span several columns."""
    return (
        is_within(line, xs[0], xs[-1])
        and len(line.pieces) > 1
        and all(column_of(p.x0, xs) < column_of(p.x1, xs) for p in line.pieces)
    )


def going_down(
    inside: Sequence[TextLine], below: Sequence[TextLine], x0: float, x1: float
) -> list[TextLine]:
    """Return the lines below the end of a table that go on with its columns."""
    near: list[TextLine] = []
    most = max(len(line.pieces) for line in inside)
    full = max(min(most, MIN_PIECES), FILLED * most)
    for n, line in enumerate(below):
        is_wide = len(line.pieces) == 1 and line.x1 - line.x0 > WIDE * (x1 - x0)
        lines = [*inside, *near]
        is_full = len(line.pieces) >= max(2, full)
        is_near = follows(lines, line, below[n + 1 : n + AHEAD]) or (
            is_full and (full >= MIN_PIECES or _keeps_step(lines, line))
        )
        if is_wide or not is_within(line, x0, x1) or not is_near:
            break
        near.append(line)
    columns = separators([*inside, *near], x0, x1) if near else []
    end = next((n for n, line in enumerate(near) if not keeps(line, columns)), len(near))
    kept = _trimmed([*inside, *near[:end]])[len(inside) :]
    headed = {column_of(p.middle, columns) for line in inside for p in line.pieces}
    is_headed = len(headed) >= FILLED * (len(columns) + 1)
    is_table = columns and is_headed and not is_prose(kept, [x0, *columns, x1])
    return kept if is_table and any(len(line.pieces) > 1 for line in kept) else []


def _keeps_step(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Say whether a line of two texts, as a signature may be, is no further off than rows are."""
    steps = [below.y - above.y for above, below in pairwise(lines) if len(below.pieces) > 1]
    reach = ROW_STEP * max(steps) if steps else NEAR_ROWS * line.size
    return line.y - lines[-1].y <= reach


def is_prose(lines: Sequence[TextLine], xs: Sequence[float]) -> bool:
    """Say whether the lines are prose in two columns, whose edges are ``xs``: full lines."""
    if len(xs) > 3:
        return False
    pieces = [piece for line in lines for piece in line.pieces]
    for left, right in pairwise(xs):
        own = [piece.x1 - piece.x0 for piece in pieces if left <= piece.x0 < right]
        if own and sum(width >= FULL * (right - left) for width in own) <= 0.6 * len(own):
            return False
    return True
