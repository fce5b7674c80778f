"""Tables of which a scan has lost hairlines: what is left frames them, and their text parts them.

Level rules part rows where they are left, upright ones columns; elsewhere white space does, as in
tables that have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pdf.cells import MIDDLE, TableShape
from extract.pdf.flush import cut_at_known
from extract.pdf.lost_rules import is_dash
from extract.pdf.open_tables import columns_of, is_form, is_full, laid_out
from extract.pdf.regions import between
from extract.pdf.rows import rows_of, stacked
from extract.pdf.ruled import TOUCH, frame_area, frames
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area, Rule
from extract.pdf.whites import CROSSING, FILLED, TextLine, column_of, crossings, is_code, text_lines

# Share of the width of a frame that a rule between rows has at least, and of its height that one
# between columns has.
ACROSS, DOWN = 0.6, 0.3
# A level rule of these shares of the width that ends at upright rules parts some columns only.
LEAST, WHOLE = 0.25, 0.9
# Points: an upright rule so near to the side of a frame is that side.
EDGE = 6.0
# Points: level rules so far apart, with no text between, are the end of one table and the beginning
# of the next.
BETWEEN = range(3, 14)
# Lines with several texts that a table has at least.
MIN_LINES = 3
# In em: lines that are no further apart are one, as a tick stands higher.
BESIDE = 0.5
# In em: dashes of a row, whose text may be wrapped, are no further from its line.
NEAR = 1.0
# In em: words of one heading are no further apart.
WORDS = 1.5


def worn_tables(
    level: list[Rule], upright: list[Rule], tables: Sequence[TableShape], page: Glyphs
) -> tuple[list[TableShape], list[Run]]:
    """Find tables whose text has more columns than their rules, which gave ``tables``.

    Returns them, and the runs of the page that are left over. A frame of which they would leave
    out text, and one whose level rules part some columns only, is left to its rules.
    """
    runs = page.runs()
    lines = text_lines(runs, page)
    made: list[TableShape] = []
    taken: set[int] = set()
    # The box around a table has fewer rules.
    for across, down in sorted(frames(level, upright), key=lambda frame: -sum(map(len, frame))):
        area = frame_area(across, down)
        if _has_merged(area, across, down):
            continue
        inside = _lines_in(area, lines, taken)
        by_rules = max((table.columns for table in tables if _meet(table.area, area)), default=1)
        found = list(_tables(area, across, down, inside, page))
        if by_rules == 1:
            found = [table for table in found if is_full(table)] if not is_form(inside) else []
        own = {run.first for table in found for cell in table.cells for run in cell.runs}
        whole = {run.first for line in inside for run in line.pieces if not is_dash(run)}
        if any(table.columns > by_rules for table in found) and whole <= own:
            made += found
            taken |= own
    if not taken:
        return made, runs
    return made, [
        piece
        for line in lines
        for piece in line.pieces
        if piece.first not in taken
        and not (is_dash(piece) and any(t.area.holds(piece.middle, piece.y) for t in made))
    ]


def _meet(one: Area, other: Area) -> bool:
    return (
        one.x0 < other.x1
        and other.x0 < one.x1
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _has_merged(area: Area, across: Sequence[Rule], down: Sequence[Rule]) -> bool:
    """Say whether a level rule goes from one upright rule to another only: cells span its row."""
    sides = [rule.at for rule in down]
    return any(
        LEAST * (area.x1 - area.x0) <= rule.end - rule.start < WHOLE * (area.x1 - area.x0)
        and all(any(abs(end - x) <= TOUCH for x in sides) for end in (rule.start, rule.end))
        for rule in across
    )


def _lines_in(area: Area, lines: Sequence[TextLine], taken: set[int]) -> list[TextLine]:
    """Return the lines inside of a frame, without texts that are taken.

    Pieces of lines at about one height are one line, but for dashes, which may be left of a rule.
    """
    made: list[TextLine] = []
    dashes: list[TextLine] = []
    for line in lines:
        own = [
            piece
            for piece in line.pieces
            if piece.first not in taken and area.holds(piece.middle, line.y - MIDDLE * line.size)
        ]
        main = TextLine(line.y, line.size, own)
        if all(map(is_dash, own)):
            dashes += [main] if own else []
            continue
        if made and line.y - made[-1].y <= BESIDE * min(line.size, made[-1].size):
            above = made.pop()
            own = sorted((*above.pieces, *own), key=lambda piece: piece.x0)
            main = max(main, above, key=lambda one: len(one.pieces))
        made.append(TextLine(main.y, main.size, own))
    return sorted((*made, *dashes), key=lambda line: line.y)


def _tables(
    area: Area,
    across: Sequence[Rule],
    down: Sequence[Rule],
    lines: Sequence[TextLine],
    page: Glyphs,
) -> Iterator[TableShape]:
    """Yield the tables of a frame: several, one right below the other, may share their sides."""
    least = ACROSS * (area.x1 - area.x0)
    through = (rule.at for rule in across if rule.end - rule.start >= least)
    edges = sorted({area.top, area.bottom, *through})
    begin = 0
    for n, (above, below) in enumerate(pairwise(edges), 1):
        is_between = BETWEEN.start <= below - above < BETWEEN.stop
        if is_between and not between(lines, area.x0, area.x1, above, below):
            yield from _table(area, edges[begin:n], down, lines, page)
            begin = n
    yield from _table(area, edges[begin:], down, lines, page)


def _table(
    area: Area,
    edges: Sequence[float],
    down: Sequence[Rule],
    lines: Sequence[TextLine],
    page: Glyphs,
) -> Iterator[TableShape]:
    """Yield the table between the first and the last of level edges, if it has columns."""
    inside = between(lines, area.x0, area.x1, edges[0], edges[-1])
    texts = [line for line in inside if not all(map(is_dash, line.pieces))]
    if sum(len(line.pieces) > 1 for line in texts) < MIN_LINES:
        return
    least = DOWN * (edges[-1] - edges[0])
    inner = [
        rule
        for rule in down
        if area.x0 + EDGE < rule.at < area.x1 - EDGE
        and min(rule.end, edges[-1]) - max(rule.start, edges[0]) >= least
    ]
    texts = cut_at_known(texts, sorted(rule.at for rule in inner), page)
    columns = _columns(texts, area, inner)
    if not columns:
        return
    for line in inside:
        if all(map(is_dash, line.pieces)):
            _put_dashes(line, texts, columns)
    intervals = (between(texts, area.x0, area.x1, *sides) for sides in pairwise(edges))
    parted = [rows_of(interval, columns) if interval else [] for interval in intervals]
    table = laid_out([area.x0, *columns, area.x1], *stacked(edges, parted), 1)
    table.xs = table.edges  # those of a frame: what stands below it is another table
    yield table


def _put_dashes(dashes: TextLine, lines: Sequence[TextLine], columns: Sequence[float]) -> None:
    """Add dashes to the line beside them, in place, if they stand in cells of it that are empty.

    Others are left of a rule: several of its dashes stand over one column.
    """
    line = min(lines, key=lambda line: abs(line.y - dashes.y))
    own = [column_of(piece.middle, columns) for piece in dashes.pieces]
    filled = {column_of(piece.middle, columns) for piece in line.pieces}
    is_beside = abs(line.y - dashes.y) <= NEAR * line.size
    if is_beside and 0 not in own and len(set(own)) == len(own) and filled.isdisjoint(own):
        line.pieces = sorted((*line.pieces, *dashes.pieces), key=lambda piece: piece.x0)


def _columns(lines: Sequence[TextLine], area: Area, inner: Sequence[Rule]) -> list[float]:
    """Return what parts the columns: ``inner`` rules, and white space; none if they do not agree.

    Lines that only go on with the text of some cells show few columns, so the fullest ones tell.
    """
    for rule in inner:
        if not _parts(rule.at, [line for line in lines if rule.start < line.y < rule.end]):
            return []
    most = max(len(line.pieces) for line in lines)
    full = [line for line in lines if len(line.pieces) >= FILLED * most]
    found = max(
        ([c for c in columns_of(own, area) if _parts(c, lines)] for own in (full, lines)), key=len
    )
    ruled = [rule.at for rule in inner]
    white = [c for c in found if all(_is_text_between(c, at, lines) for at in ruled)]
    found = sorted((*ruled, *white))
    head = list(_headings(lines, full[0], found))
    found = [c for c in found if c in ruled or not _is_in_heading(c, found, head, lines)]
    while doubtful := [
        c for c in found if c not in ruled and not _has_sides(c, found, head, lines)
    ]:
        found.remove(doubtful[0])
    return found if all(_parts_headings(found, line) for line in head) else []


def _headings(
    lines: Sequence[TextLine], full: TextLine, columns: Sequence[float]
) -> Iterator[TextLine]:
    """Yield the lines above the first row, as far as its number tells, else down to a full one."""
    numbers = (line.pieces[0] for line in lines)
    starts = [column_of(one.x0, columns) == 0 and is_code(one.text) for one in numbers]
    first = starts.index(True) if any(starts) else None
    for line in lines[:first]:
        yield line
        if first is None and line is full:
            break


def _parts(column: float, lines: Sequence[TextLine]) -> bool:
    """Say whether hardly any line crosses what parts columns."""
    crossed = sum(crossings(line, [column]) > 0 for line in lines)
    return crossed <= CROSSING * len(lines)


def _is_text_between(one: float, other: float, lines: Sequence[TextLine]) -> bool:
    low, high = sorted((one, other))
    return any(low <= piece.middle <= high for line in lines for piece in line.pieces)


def _is_in_heading(
    column: float,
    columns: Sequence[float],
    head: Sequence[TextLine],
    lines: Sequence[TextLine],
) -> bool:
    """Say whether white parts words of one heading, beneath which one of its sides is empty."""
    n = column_of(column, columns)
    if {n - 1, n} <= _filled(lines[len(head) :], columns):
        return False
    for line in head:
        left = [piece.x1 for piece in line.pieces if piece.middle < column]
        right = [piece.x0 for piece in line.pieces if piece.middle > column]
        if left and right and min(right) - max(left) <= WORDS * line.size:
            return True
    return False


def _has_sides(
    column: float,
    columns: Sequence[float],
    head: Sequence[TextLine],
    lines: Sequence[TextLine],
) -> bool:
    """Say whether both columns beside white space have headings, or text in most rows."""
    headed = _filled(head, columns)
    rows = [own for own in (_filled([line], columns) for line in lines) if len(own) > 1]
    n = column_of(column, columns)
    return all(
        one in headed or sum(one in own for own in rows) >= FILLED * len(rows) for one in (n - 1, n)
    )


def _filled(lines: Sequence[TextLine], columns: Sequence[float]) -> set[int]:
    """Return the columns that texts of lines stand in, each within one."""
    return {
        column_of(piece.middle, columns)
        for line in lines
        for piece in line.pieces
        if not crossings(TextLine(line.y, line.size, [piece]), columns)
    }


def _parts_headings(columns: Sequence[float], head: TextLine) -> bool:
    """Say whether no two headings stand in one column: all cells below one of them may be empty."""
    return not any(
        column_of(one.middle, columns) == column_of(other.middle, columns)
        and other.x0 - one.x1 > WORDS * head.size
        for one, other in pairwise(head.pieces)
    )
