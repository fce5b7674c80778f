"""Columns and rows that only white space tells: which gaps run through many lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

import numpy as np

from extract.pdf.arrays import places_of
from extract.pdf.lines import by_baseline
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area
from extract.unsure import guessed

# In em: a gap this wide within a run may part two columns; no usual space of words is as wide.
COLUMN_GAP = 0.36
# Share of the lines that may cross the gap between two columns: headings over several columns.
CROSSING = 0.1
# In em: beside texts that begin or end at one place a gap this wide, which nothing crosses, parts
# columns; so many texts at least do.
NARROW_GAP, SAME_PLACE, MIN_ALIKE = 0.2, 0.1, 3
# In em: texts that are set flush begin within this in a picture, by what white their letters have.
FLUSH = 0.2
# Share of the lines that have text in a column.
STANDING = 0.15
# In em: lines that are nearer overlap.
OVERLAP = 0.8
# Share of the columns that the fullest line of a table fills.
FILLED = 0.6
# In em: steps that differ by less are alike.
SAME_STEP = 0.1
# A line step this much longer than the shortest one parts two rows.
ROW_STEP = 1.22
# Lines so much larger than the usual one with several pieces are headings, or of a stamp.
LARGEST = 1.3
# A single piece of text as wide as this share of the table says nothing of its columns.
WIDE = 0.5
_CODE = re.compile(r"([^\W\d_]{0,2})([0-9๐-๙]{1,3})\.?")
# The stop of one that is worn, or has a speck beside it, is read as the sign of a paragraph.
_LIST_MARK = re.compile(r"\(?[0-9๐-๙]{1,2} ?[.)•-]|[-•]")
AMOUNT = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*|-")
_NUMBER = re.compile(r"[0-9๐-๙]{1,3}(?:[.][0-9๐-๙]*)*[.)]?(?:\s|$)")


@dataclass(slots=True)
class TextLine:
    """Pieces of text on one line, from the left; a piece ends where a column might."""

    y: float
    size: float
    pieces: list[Run]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(piece.x1 for piece in self.pieces)


def text_lines(runs: Sequence[Run], page: Glyphs) -> list[TextLine]:
    """Sort runs into lines and cut them at gaps that may part columns.

    The widest run tells the size of a line, not the words of a stamp that lie on it, nor a note's.
    """
    cuts = _cuts(page)
    lines = []
    for group in by_baseline(runs):
        pieces = [piece for run in group for piece in _pieces(run, page, *cuts)]
        pieces.sort(key=lambda piece: piece.x0)
        main = max(group, key=lambda run: run.x1 - run.x0)
        lines.append(TextLine(main.y, main.size, pieces))
    return lines


def _cuts(page: Glyphs) -> tuple[list[int], list[int]]:
    """Return the glyphs before and after each gap that may part columns."""
    solid = places_of(~page.is_space)
    before, after = solid[:-1], solid[1:]
    gaps = page.x0[after] - page.x1[before]
    # One drawn space, however wide its font makes it, parts words.
    single = places_of(after - before == 2)
    blank = before[single] + 1
    gaps[single] -= np.maximum(0, page.x1[blank] - page.x0[blank])
    wide = gaps > COLUMN_GAP * page.size[before]
    return before[wide].tolist(), after[wide].tolist()


def _pieces(run: Run, page: Glyphs, before: list[int], after: list[int]) -> list[Run]:
    inside = slice(bisect_left(before, run.first), bisect_left(after, run.last))
    firsts, lasts = after[inside], before[inside]
    if not firsts:
        return [run]
    ends = [one + 1 for one in lasts]
    return page.made(np.array([run.first, *firsts]), np.array([*ends, run.last]))


def words_of(piece: Run, page: Glyphs) -> list[Run]:
    """Return the words of a piece: gaps that may part columns are between them."""
    solid = piece.first + places_of(~page.is_space[piece.first : piece.last])
    before, after = solid[:-1], solid[1:]
    parts = places_of(page.x0[after] - page.x1[before] >= NARROW_GAP * piece.size)
    firsts = np.concatenate((solid[:1], after[parts]))
    return page.made(firsts, np.concatenate((before[parts] + 1, solid[-1:] + 1)))


def separators(lines: Sequence[TextLine], x0: float, x1: float) -> list[float]:
    """Return where columns part: the middles of gaps that hardly any line crosses.

    A line of one wide piece says nothing. The ends of ragged lines leave gaps too, but nothing
    stands between those and the next one.
    """
    size = median(line.size for line in lines)
    intervals = [
        (piece.x0, piece.x1)
        for line in lines
        if len(line.pieces) > 1 or line.x1 - line.x0 <= WIDE * (x1 - x0)
        for piece in line.pieces
    ]
    events = sorted([(start, 1) for start, _ in intervals] + [(end, -1) for _, end in intervals])
    allowed, depth = int(CROSSING * len(lines)), 0
    white: float | None = None
    gaps: list[tuple[float, float, int]] = []
    least = max(1, int(STANDING * len(lines)))
    for at, step in events:
        if white is not None and depth <= allowed:
            is_wide = at - white >= COLUMN_GAP * size
            is_narrow = depth == 0 and at - white >= NARROW_GAP * size
            enough = max(least, MIN_ALIKE)
            if is_wide or (is_narrow and alike(intervals, white, at, SAME_PLACE * size) >= enough):
                gaps.append((white, at, depth))
        depth += step
        if depth > allowed:
            white = None
        elif step < 0:
            white = at
    kept: list[tuple[float, float, int]] = []
    starts, ends = np.array(intervals).reshape(-1, 2).T
    for gap in gaps:
        while kept:
            between = np.count_nonzero((starts >= kept[-1][0]) & (ends <= gap[1]))
            is_crossed = kept[-1][2] > 0 or gap[2] > 0
            if between >= (max(2, least) if is_crossed else least):
                break
            last = kept.pop()
            gap = last if last[2] < gap[2] else gap  # the one that fewer lines cross
        kept.append(gap)
    if kept and sum(start >= kept[-1][0] for start, _ in intervals) < least:
        kept.pop()
    columns = _without_list_marks([(start + end) / 2 for start, end, _ in kept], lines)
    return _without_apart_heads(columns, lines)


def alike(intervals: Sequence[tuple[float, float]], end: float, start: float, near: float) -> int:
    """Return how many texts end or begin so near to where a gap does, whichever are more."""
    before = sum(0 <= end - one < near for _, one in intervals)
    after = sum(0 <= one - start < near for one, _ in intervals)
    return max(before, after)


def _without_apart_heads(columns: list[float], lines: Sequence[TextLine]) -> list[float]:
    """Leave out what parts a heading from the column that it does not stand right over."""
    filled: list[set[int]] = [set() for _ in range(len(columns) + 1)]
    for number, line in enumerate(lines):
        for piece in line.pieces:
            filled[column_of(piece.middle, columns)].add(number)
    first = {0}
    return [
        column
        for column, (one, other) in zip(columns, pairwise(filled), strict=True)
        if not (len(lines) > 2 and (one == first or other == first) and not one & other)
    ]


def _without_list_marks(columns: list[float], lines: Sequence[TextLine]) -> list[float]:
    """Leave out what parts the numbers of a list, which no heading stands over, from its text."""
    texts: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for line in lines:
        own: dict[int, list[str]] = {}
        for piece in line.pieces:
            own.setdefault(column_of(piece.middle, columns), []).append(guessed(piece.text).strip())
        for column, words in own.items():
            texts[column].append(" ".join(words))
    return [
        column
        for column, marks in zip(columns, texts, strict=False)
        if not (marks and all(map(_LIST_MARK.fullmatch, marks)))
    ]


def parts_rows(lines: Sequence[TextLine], columns: Sequence[float]) -> list[list[TextLine]]:
    """Group lines into rows.

    Columns with as many lines as most others have one line a row: between two of its lines the
    widest step parts the rows. Where no columns agree, steps that are longer than others do. Lines
    that overlap in height are of cells side by side, unless both rows have a number: words of a
    stamp may lie between those.
    """
    rows: list[list[TextLine]] = []
    for row in _parted(lines, columns):
        if (
            rows
            and row[0].y - rows[-1][-1].y < OVERLAP * row[0].size
            and not (is_numbered(row, columns) and is_numbered(rows[-1], columns))
        ):
            rows[-1] += row
        else:
            rows.append(row)
    return rows


def is_numbered(lines: Sequence[TextLine], columns: Sequence[float]) -> bool:
    """Say whether a line of a row begins with a number in the first column."""
    first = (piece for line in lines for piece in line.pieces[:1])
    return any(one.x0 < columns[0] and _NUMBER.match(guessed(one.text)) for one in first)


def _parted(lines: Sequence[TextLine], columns: Sequence[float]) -> list[list[TextLine]]:
    anchors = _anchors(lines, columns)
    if anchors:
        return parted_at(lines, anchors, columns)
    steps = [below.y - above.y for above, below in pairwise(lines)]
    if steps and max(steps) <= ROW_STEP * min(steps):
        whole = [n for n, line in enumerate(lines) if len(line.pieces) > 1 or n == 0]
        return [list(lines[n:after]) for n, after in pairwise([*whole, len(lines)])]
    rows = [[lines[0]]]
    for line, step in zip(lines[1:], steps, strict=True):
        if step > ROW_STEP * min(steps):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def parted_at(
    lines: Sequence[TextLine],
    anchors: Sequence[int],
    columns: Sequence[float],
    inner: float = inf,
) -> list[list[TextLine]]:
    """Group lines into rows of which each has one of the lines ``anchors``; a total may follow.

    ``inner`` is how far lines of one row may be apart, where no row has several.
    """
    rows, begin = [], 0
    for anchor, after in pairwise(anchors):
        steps = [lines[n + 1].y - lines[n].y for n in range(anchor, after)]
        least = max(steps) - SAME_STEP * lines[anchor].size
        last = max(n for n, step in enumerate(steps) if step > least)
        rows.append(list(lines[begin : anchor + last + 1]))
        begin = anchor + last + 1
    # The first row may begin with the end of one on the page before.
    own = [row[anchors[0] if n == 0 else 0 :] for n, row in enumerate(rows)]
    steps = [below.y - above.y for row in own for above, below in pairwise(row)]
    usual = max(steps, default=inner)
    made = [*rows, *_last_rows(lines[begin:], usual, columns)]
    return [*_first_rows(made[0], anchors[0], usual), *made[1:]]


def _first_rows(lines: Sequence[TextLine], anchor: int, inner: float) -> list[list[TextLine]]:
    """Part a first row from lines above it: those are further off than lines of rows."""
    steps = (below.y - above.y for above, below in pairwise(lines[: anchor + 1]))
    at = max((n for n, step in enumerate(steps, 1) if step > ROW_STEP * inner), default=0)
    return [list(part) for part in (lines[:at], lines[at:]) if part]


def _last_rows(
    lines: Sequence[TextLine], inner: float, columns: Sequence[float]
) -> list[list[TextLine]]:
    """Part a last row from its total, which has no number: that is further off than lines of rows.

    ``inner`` is the longest step within other rows. The first line of a total fills most columns,
    or has amounts in two columns in which the last row has such.
    """
    steps = (below.y - above.y for above, below in pairwise(lines))
    at = next((n for n, step in enumerate(steps, 1) if step > ROW_STEP * inner), len(lines))
    filled = {column_of(p.middle, columns) for line in lines[at : at + 1] for p in line.pieces}
    own, below = (amounts(some, columns) for some in (lines[:at], lines[at : at + 1]))
    if len(filled) < FILLED * (len(columns) + 1) and len(own & below) < 2:
        return [list(lines)]
    return [list(lines[:at]), list(lines[at:])]


def amounts(lines: Sequence[TextLine], columns: Sequence[float]) -> set[int]:
    """Return the columns in which lines have amounts, or dashes for such."""
    return {
        column_of(piece.middle, columns)
        for line in lines
        for piece in line.pieces
        if AMOUNT.fullmatch(guessed(piece.text).strip())
    }


def _anchors(lines: Sequence[TextLine], columns: Sequence[float]) -> list[int]:
    """Return the lines on which the columns that have one line a row have theirs."""
    filled: list[list[int]] = [[] for _ in range(len(columns) + 1)]
    for number, line in enumerate(lines):
        for column in {column_of(p.middle, columns) for p in line.pieces}:
            filled[column].append(number)
    counts = Counter(map(len, filled))
    count, often = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    numbered = filled[0]
    texts = [piece.text for n in numbered for piece in lines[n].pieces[:1]]
    if often < 2 or count < 2:
        return numbered if len(numbered) > 1 and all(map(_NUMBER.match, texts)) else []
    if len(numbered) > count and count_on(texts):
        return numbered  # the dashes of other columns may be lost in a scan
    alike = Counter(tuple(places) for places in filled if len(places) == count)
    return list(alike.most_common(1)[0][0])


def count_on(texts: Sequence[str]) -> bool:
    """Say whether texts are nothing but numbers or codes of which each is the next, as O12, O13."""
    codes = list(map(_code, texts))
    return len(codes) > 1 and all(
        before and after and before[1] == after[1] and int(after[2]) - int(before[2]) == 1
        for before, after in pairwise(codes)
    )


def is_code(text: str) -> bool:
    """Say whether a text is nothing but a number or a code, as O12."""
    return _code(text) is not None


def _code(text: str) -> re.Match[str] | None:
    return _CODE.fullmatch(guessed(text).strip())


def column_of(x: float, columns: Sequence[float]) -> int:
    """Return the number of the column, from 0, that a place lies in."""
    return bisect_right(columns, x)


def keeps(line: TextLine, columns: Sequence[float]) -> bool:
    """Say whether the pieces of a line keep to columns; of several one may cross."""
    crossing = crossings(line, columns)
    return crossing == 0 or (len(line.pieces) > 2 and crossing == 1)


def crossings(line: TextLine, columns: Sequence[float]) -> int:
    """Return how many pieces of a line cross what parts columns."""
    return sum(
        column_of(p.x0 + 0.2 * p.size, columns) < column_of(p.x1 - 0.2 * p.size, columns)
        for p in line.pieces
    )


def around(lines: Sequence[TextLine]) -> Area:
    """Return the area of some lines."""
    first, last = lines[0], lines[-1]
    return Area(
        min(line.x0 for line in lines),
        first.pieces[0].top,
        max(line.x1 for line in lines),
        last.pieces[0].bottom,
    )
