"""Tables without upright rules: parted by level rules, by shaded rows, or by white space alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.pdf.cells import CellShape, TableShape
from extract.pdf.ruled import joined
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import THIN, Area, Rule
from extract.pdf.whites import (
    COLUMN_GAP,
    NUMBER,
    TextLine,
    around,
    column_of,
    parts_rows,
    separators,
    text_lines,
)

# Points by which rules or shades of one table differ at their ends.
SAME_END = 4.0
# In em: a rule so near below a line of the same length underlines it.
UNDERLINE = 0.5
# Of the intervals between rules so many must hold text for each of them to be a row.
MANY_ROWS = 4
# A band of a table with shaded rows is no higher than this (points).
MAX_BAND = 90.0
# In em: how far a line reaches above and below its baseline.
ABOVE, BELOW = 0.95, 0.35
# In em: the unshaded last row begins so near below the last band, and its lines are so near.
NEAR_BAND = 0.9
# An interval so much higher than usual, with a line of one piece at its end, holds a heading.
TALL = 1.5
# Share of the columns that hold text in a row that only white space parts from the next.
FILLED = 0.6
MOST = 0.7
# In em: a line so near above the first whole one is of a cell that is centred beside it.
CENTRED = 1.0
# In em: lines of a table without rules are no further apart.
NEAR = 3.2
# Lines of so many pieces are rows of one table also further apart (in em).
MIN_PIECES, NEAR_ROWS = 3, 5.5
# Lines with several pieces that a table without any rule has at least.
MIN_LINES, MIN_LINES_OF_TWO = 3, 4
# Share of the width that the texts of a column of prose fill.
FULL = 0.75
_NO_DATA = re.compile(r"\.{5}|_{5}|\u2026{2}|^\s*\(")


@dataclass(slots=True)
class _Region:
    """A part of the page between the first and the last of some level edges."""

    x0: float
    x1: float
    edges: list[float]

    def holds(self, line: TextLine) -> bool:
        middle = line.y - 0.3 * line.size
        inside = self.edges[0] <= middle <= self.edges[-1]
        return inside and line.x0 < self.x1 and line.x1 > self.x0


def open_tables(
    runs: Sequence[Run],
    level: Sequence[Rule],
    shades: Sequence[Area],
    page: Glyphs,
    known: Sequence[float] = (),
) -> tuple[list[TableShape], list[Run]]:
    """Find the tables among the runs that no frame of rules took; return the runs left over.

    ``level`` are rules that belong to no frame. ``known`` are the edges of the columns of the last
    such table on the page before, which may go on: its end may be too short to show any.
    """
    lines = text_lines(runs, page)
    if not any(len(line.pieces) > 1 for line in lines):
        return [], list(runs)
    tables = []
    for region in _regions(level, shades, lines):
        inside = [line for line in lines if region.holds(line)]
        table = _ruled(region, inside, known)
        if table is not None:
            tables.append(table)
            lines = [line for line in lines if not region.holds(line)]
    if known and not tables:
        rest = _going_on(lines, known)
        if rest:
            tables.append(_from_lines(rest, list(known)))
            gone = set(map(id, rest))
            lines = [line for line in lines if id(line) not in gone]
    for block in _blocks(lines):
        table = _unruled(block)
        if table is not None:
            tables.append(table)
    taken = {piece.first for table in tables for cell in table.cells for piece in cell.runs}
    taken_runs = [
        run for run in runs if any(first in taken for first in range(run.first, run.last))
    ]
    kept = {id(run) for run in taken_runs}
    return tables, [run for run in runs if id(run) not in kept]


def _regions(
    level: Sequence[Rule], shades: Sequence[Area], lines: Sequence[TextLine]
) -> Iterator[_Region]:
    """Yield where level rules, or shaded rows, of one width lie under one another."""
    edges = [rule for rule in level if not _underlines(rule, lines)]
    bands = [shade for shade in shades if shade.height <= MAX_BAND]
    for band in bands:
        edges += [Rule(band.top, band.x0, band.x1), Rule(band.bottom, band.x0, band.x1)]
    edges = joined(edges)
    groups: list[list[Rule]] = []
    for rule in sorted(edges, key=lambda rule: rule.at):
        for group in groups:
            if max(abs(group[0].start - rule.start), abs(group[0].end - rule.end)) <= SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    for group in _widest(groups):
        places: list[float] = []
        for rule in group:
            if not places or rule.at - places[-1] > THIN:
                places.append(rule.at)
        x0, x1 = group[0].start, group[0].end
        if any(abs(band.x0 - x0) < SAME_END for band in bands):
            places = _with_unshaded_ends(x0, x1, places, lines)
        yield from _unbroken(x0, x1, places, lines)


def _widest(groups: Sequence[list[Rule]]) -> list[list[Rule]]:
    """Leave out the groups that lie within another: rules under a part of a header."""
    return [
        group
        for group in groups
        if not any(
            other is not group
            and other[0].start - SAME_END <= group[0].start
            and group[0].end <= other[0].end + SAME_END
            and other[0].end - other[0].start > group[0].end - group[0].start + SAME_END
            and other[0].at - SAME_END <= group[0].at <= other[-1].at + SAME_END
            for other in groups
        )
    ]


def _with_unshaded_ends(
    x0: float, x1: float, places: list[float], lines: Sequence[TextLine]
) -> list[float]:
    """Add where a row without shade above the first band begins, and one below the last ends."""
    within = [line for line in lines if line.x0 >= x0 - SAME_END and line.x1 <= x1 + SAME_END]
    top, bottom = places[0], places[-1]
    for line in within:
        start, end = line.y - ABOVE * line.size, line.y + BELOW * line.size
        if line.y > bottom and start - bottom <= NEAR_BAND * line.size:
            bottom = end
    for line in reversed(within):
        start, end = line.y - ABOVE * line.size, line.y + BELOW * line.size
        if line.y < top and top - end <= NEAR_BAND * line.size:
            top = start
    ends = [
        [top] if _has_pieces(within, top, places[0]) else [],
        [bottom] if _has_pieces(within, places[-1], bottom) else [],
    ]
    return [*ends[0], *places, *ends[1]]


def _has_pieces(lines: Sequence[TextLine], top: float, bottom: float) -> bool:
    return any(top <= line.y <= bottom and len(line.pieces) > 1 for line in lines)


def _underlines(rule: Rule, lines: Sequence[TextLine]) -> bool:
    return any(
        abs(piece.x0 - rule.start) < SAME_END
        and abs(piece.x1 - rule.end) < SAME_END
        and 0 <= rule.at - line.y < UNDERLINE * line.size
        for line in lines
        for piece in line.pieces
    )


def _unbroken(
    x0: float, x1: float, places: Sequence[float], lines: Sequence[TextLine]
) -> Iterator[_Region]:
    """Cut a pile of edges where text that is no row stands between two of them."""
    region = _Region(x0, x1, list(places[:1]))
    heights = [below - above for above, below in pairwise(places)]
    usual = median(heights) if len(heights) >= MANY_ROWS else max(heights, default=0)
    for above, below in pairwise(places):
        inside = [line for line in lines if _Region(x0, x1, [above, below]).holds(line)]
        full = [n for n, line in enumerate(inside) if len(line.pieces) > 1]
        is_row = full or (len(inside) == 1 and below - above <= 2.6 * inside[0].size)
        has_heading = full and full[-1] + 1 < len(inside) and below - above > TALL * usual
        if is_row and not has_heading:
            region.edges.append(below)
            continue
        if full:
            region.edges.append(inside[full[-1]].y + BELOW * inside[full[-1]].size)
        if len(region.edges) > 1:
            yield region
        region = _Region(x0, x1, [below])
    if len(region.edges) > 1:
        yield region


def _going_on(lines: Sequence[TextLine], xs: Sequence[float]) -> list[TextLine]:
    """Return the first lines of a page that keep to known columns, most of them filled."""
    found: list[TextLine] = []
    for line in lines:
        inside = line.x0 >= xs[0] - SAME_END and line.x1 <= xs[-1] + SAME_END
        near = not found or _are_near(found[-1], line)
        if inside and near and _keeps(line, xs[1:-1]) and (found or len(line.pieces) > 1):
            found.append(line)
        elif found:
            break
    most = max((len(line.pieces) for line in found), default=0)
    return found if most >= FILLED * (len(xs) - 1) else []


def _ruled(region: _Region, lines: Sequence[TextLine], known: Sequence[float]) -> TableShape | None:
    """Make a table of a region; None if it shows no columns."""
    intervals = [
        [line for line in lines if _Region(region.x0, region.x1, [above, below]).holds(line)]
        for above, below in pairwise(region.edges)
    ]
    filled = [interval for interval in intervals if interval]
    body = [line for interval in filled[1:] for line in interval] or lines
    if not body or sum(len(line.pieces) > 1 for line in lines) < 2:
        return None
    columns = separators(body, region.x0, region.x1)
    ends = (region.x0, region.x1)
    if (
        known
        and max(abs(one - other) for one, other in zip(ends, (known[0], known[-1]), strict=True))
        <= SAME_END
    ):
        if sum(_keeps(line, known[1:-1]) for line in body) >= MOST * len(body):
            columns = list(known[1:-1])
    if not columns:
        return None
    usual = median(map(len, filled))
    many = len(filled) >= MANY_ROWS and max(map(len, filled)) <= 3 * usual + 3
    rows: list[list[TextLine]] = []
    ys = [region.edges[0]]
    for interval, below in zip(intervals, region.edges[1:], strict=True):
        if not interval:
            ys[-1] = below
            continue
        is_head = not rows and len(filled) > 1
        parts = [interval] if many or is_head else parts_rows(interval, columns)
        if not _are_rows(parts, columns):
            parts = [interval]
        for part, after in pairwise(parts):
            ys.append((part[-1].y + after[0].y - 0.6 * after[0].size) / 2)
        rows += parts
        ys.append(below)
    table = _table([region.x0, *columns, region.x1], ys, rows)
    return table if len(filled) > 1 or table.rows == 1 or _is_full(table) else None


def _are_rows(parts: Sequence[Sequence[TextLine]], columns: Sequence[float]) -> bool:
    """Say whether most parts fill most columns, and are numbered if the first is.

    Lines of the cells of one row do not.
    """
    least = FILLED * (len(columns) + 1)
    filled = [
        len({column_of((p.x0 + p.x1) / 2, columns) for line in part for p in line.pieces})
        for part in parts
    ]
    starts = [
        any(p.x0 < columns[0] and NUMBER.match(p.text) for line in part for p in line.pieces[:1])
        for part in parts
    ]
    if starts[0] and sum(starts) < MOST * len(parts):
        return False
    return sum(count >= least for count in filled) >= MOST * len(parts)


def _table(xs: list[float], ys: list[float], rows: Sequence[Sequence[TextLine]]) -> TableShape:
    """Put pieces into cells; a piece over several columns makes its cell span them.

    A first row with such a piece over others is a header of two levels.
    """
    columns = xs[1:-1]
    cells: list[CellShape] = []
    levels = _levels(rows[0], columns) if rows else None
    if levels is not None:
        at, upper, lower = levels
        rows = [upper, lower, *rows[1:]]
        ys = [ys[0], at, *ys[1:]]
    for number, row in enumerate(rows):
        spans: list[tuple[int, int, list[Run]]] = []
        for first, last, piece in (placed for line in row for placed in _placed(line, columns)):
            own = [piece]
            for span in [span for span in spans if span[0] <= last and span[1] >= first]:
                first, last = min(first, span[0]), max(last, span[1])
                own = span[2] + own
                spans.remove(span)
            spans.append((first, last, own))
        spans += [
            (column, column, [])
            for column in range(len(xs) - 1)
            if not any(first <= column <= last for first, last, _ in spans)
        ]
        for first, last, runs in sorted(spans, key=lambda span: span[0]):
            area = Area(xs[first], ys[number], xs[last + 1], ys[number + 1])
            cells.append(CellShape(number, first, 1, last - first + 1, area, runs))
    if levels is not None:
        cells = _with_tall(cells)
    area = Area(xs[0], ys[0], xs[-1], ys[-1])
    return TableShape(area, len(rows), len(xs) - 1, cells, edges=xs)


def _placed(line: TextLine, columns: Sequence[float]) -> list[tuple[int, int, Run]]:
    """Return the pieces of a line with their first and last columns.

    One that only reaches into the column of its neighbour stands in the column of its middle.
    """
    spans = []
    for piece in line.pieces:
        reach = min(0.2 * piece.size, (piece.x1 - piece.x0) / 3)
        spans.append((column_of(piece.x0 + reach, columns), column_of(piece.x1 - reach, columns)))
    found = []
    for n, (piece, (first, last)) in enumerate(zip(line.pieces, spans, strict=True)):
        others = spans[:n] + spans[n + 1 :]
        if first < last and any(start <= last and end >= first for start, end in others):
            first = last = column_of((piece.x0 + piece.x1) / 2, columns)
        found.append((first, last, piece))
    return found


def _levels(
    header: Sequence[TextLine], columns: Sequence[float]
) -> tuple[float, list[TextLine], list[TextLine]] | None:
    """Cut a header below the pieces that span columns with other pieces under them."""
    spanning = [
        (line.y, line.size, column_of(piece.x0, columns), column_of(piece.x1, columns))
        for line in header
        for piece in line.pieces
        if column_of(piece.x0 + 0.2 * piece.size, columns)
        < column_of(piece.x1 - 0.2 * piece.size, columns)
    ]
    for y, size, first, last in spanning:
        under = [
            line
            for line in header
            if line.y > y + size * 0.8
            and len(
                {column_of((p.x0 + p.x1) / 2, columns) for p in line.pieces}
                & {*range(first, last + 1)}
            )
            > 1
        ]
        if under:
            at = (y + under[0].y - 0.6 * size) / 2 + 0.1 * size
            upper = [line for line in header if line.y <= y + 0.2 * size]
            lower = [line for line in header if line.y > y + 0.2 * size]
            return at, upper, lower
    return None


def _with_tall(cells: list[CellShape]) -> list[CellShape]:
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


def _blocks(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Yield the lines of each table that white space parts.

    In a stretch of lines that stand near, those with several pieces tell the columns; the longest
    part whose lines keep to them is a table. Where a stretch has no columns of its own, it is
    searched from the top.
    """
    stretch: list[TextLine] = []
    for line in lines:
        if stretch and not _are_near(stretch[-1], line):
            yield from _in_stretch(stretch)
            stretch = []
        stretch.append(line)
    yield from _in_stretch(stretch)


def _are_near(above: TextLine, below: TextLine) -> bool:
    are_rows = min(len(above.pieces), len(below.pieces)) >= MIN_PIECES
    reach = NEAR_ROWS if are_rows else NEAR
    return below.y - above.y <= reach * max(above.size, below.size)


def _in_stretch(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    several = [line for line in lines if len(line.pieces) > 1]
    if len(several) < MIN_LINES:
        return
    area = around(several)
    columns = separators(several, area.x0, area.x1)
    begin, end = _longest(lines, columns) if columns else (0, 0)
    if sum(len(line.pieces) > 1 for line in lines[begin:end]) < max(MIN_LINES, len(several) // 3):
        yield from _grown(lines)
        return
    yield from _in_stretch(lines[:begin])
    yield list(lines[begin:end])
    yield from _in_stretch(lines[end:])


def _longest(lines: Sequence[TextLine], columns: Sequence[float]) -> tuple[int, int]:
    """Return the longest part of the lines that keeps to columns; one odd line parts none."""
    keeps = [_keeps(line, columns) for line in lines]
    best, begin = (0, 0), 0
    for number, is_kept in enumerate([*keeps, False, False]):
        after = keeps[number + 1] if number + 1 < len(keeps) else False
        if is_kept or (after and number > begin and number < len(keeps)):
            continue
        first = next((n for n in range(begin, number) if keeps[n]), number)
        if number - first > best[1] - best[0]:
            best = (first, min(number, len(keeps)))
        begin = number + 1
    return best


def _keeps(line: TextLine, columns: Sequence[float]) -> bool:
    crossing = sum(
        column_of(p.x0 + 0.2 * p.size, columns) < column_of(p.x1 - 0.2 * p.size, columns)
        for p in line.pieces
    )
    return crossing == 0 or (len(line.pieces) > 2 and crossing == 1)


def _grown(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Yield stretches of lines of which most have several pieces, with gaps that go through.

    Lines right above the first belong to it, where cells are centred.
    """
    block: list[TextLine] = []
    begin = 0
    for number, line in enumerate(lines):
        grown = [*block, line]
        near = not block or _are_near(block[-1], line)
        if near and _fits(grown):
            begin = begin if block else number
            block = grown
            continue
        yield [*_above(lines[:begin], block), *_trimmed(block)]
        block, begin = ([line], number) if len(line.pieces) > 1 else ([], 0)
    yield [*_above(lines[:begin], block), *_trimmed(block)]


def _above(lines: Sequence[TextLine], block: Sequence[TextLine]) -> list[TextLine]:
    if len(block) < MIN_LINES:
        return []
    area = around(block)
    columns = separators(block, area.x0, area.x1)
    found: list[TextLine] = []
    first = block[0]
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
    while block and len(block[-1].pieces) == 1 and len(block) > 1:
        below = block[-1].y - block[-2].y
        if below <= 1.5 * block[-1].size:
            break
        block = block[:-1]
    return block


def _unruled(block: Sequence[TextLine]) -> TableShape | None:
    """Make a table of a stretch of lines; None if it is rather prose, a form or signatures."""
    several = [line for line in block if len(line.pieces) > 1]
    if len(several) < MIN_LINES:
        return None
    area = around(block)
    columns = max(
        (separators(block[start:], area.x0, area.x1) for start in range(min(3, len(block) - 2))),
        key=len,
    )
    if not columns or (len(columns) == 1 and len(several) < MIN_LINES_OF_TWO):
        return None
    pieces = [piece for line in block for piece in line.pieces]
    if sum(bool(_NO_DATA.search(piece.text)) for piece in pieces) > 0.15 * len(pieces):
        return None
    xs = [area.x0 - 1, *columns, area.x1 + 1]
    texts = [[p for p in pieces if left <= p.x0 < right] for left, right in pairwise(xs)]
    full = [
        sum(p.x1 - p.x0 >= FULL * (right - left) for p in own) > 0.6 * len(own)
        for own, (left, right) in zip(texts, pairwise(xs), strict=True)
        if own
    ]
    if len(columns) == 1 and all(full):
        return None
    table = _from_lines(block, xs)
    return table if _is_full(table) else None


def _from_lines(lines: Sequence[TextLine], xs: list[float]) -> TableShape:
    rows = parts_rows(lines, xs[1:-1])
    middles = [
        (above[-1].y + below[0].y - 0.6 * below[0].size) / 2 for above, below in pairwise(rows)
    ]
    area = around(lines)
    return _table(xs, [area.top, *middles, area.bottom], rows)


def _is_full(table: TableShape) -> bool:
    """Say whether a table that only white space tells has rows enough, and text in most cells."""
    if table.rows < (MIN_LINES if table.columns > 2 else MIN_LINES_OF_TWO):
        return False
    filled = [cell for cell in table.cells if cell.runs]
    rows = Counter(cell.row for cell in filled)
    full_rows = sum(count > 1 for count in rows.values())
    return len(filled) >= FILLED * len(table.cells) and full_rows >= MOST * table.rows
