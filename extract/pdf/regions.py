"""Where level rules or shaded rows of one width lie under one another: perhaps a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.ruled import joined
from extract.pdf.shapes import THIN, Area, Rule
from extract.pdf.whites import SAME_STEP, TextLine, column_of, keeps, separators

# Points by which rules or shades of one table differ at their ends.
SAME_END = 4.0
# Points: dirt at the end of a rule makes it longer by no more, and wear makes it no shorter.
WORN_END = 12.0
# Points: no table is narrower; a stroke and a smudge above one another are.
NARROWEST = 36.0
# In em: a rule so near below a line of the same length underlines it.
UNDERLINE = 0.5
# A band of a table with shaded rows is no higher than this (points).
MAX_BAND = 90.0
# In em: how far a line reaches above and below its baseline.
ABOVE, BELOW = 0.95, 0.35
# Share of the pieces of the fullest line that the first line of a row has.
MOST_PIECES = 0.6
# In em: an unshaded row above the bands ends so near to them, and its lines are so near.
NEAR_BAND = 0.9
# In em: a heading stands further below the line before it.
APART = 1.9


@dataclass(slots=True)
class Region:
    """A part of the page between the first and the last of some level ``edges``, in points."""

    x0: float
    x1: float
    edges: list[float]

    def holds(self, line: TextLine) -> bool:
        """Say whether a line stands in it."""
        middle = line.y - 0.3 * line.size
        return self.edges[0] <= middle <= self.edges[-1] and self.spans(line)

    def spans(self, line: TextLine) -> bool:
        """Say whether a line stands between its sides, or reaches over one of them."""
        return line.x0 < self.x1 and line.x1 > self.x0

    def has_columns(self, lines: Sequence[TextLine]) -> bool:
        """Say whether a line in it has several pieces; shaded words have none."""
        return any(
            self.holds(line) and sum(p.x0 < self.x1 and p.x1 > self.x0 for p in line.pieces) > 1
            for line in lines
        )

    def go_up(self, lines: Sequence[TextLine]) -> None:
        """Take in lines right above: the end of a row that began on the page before."""
        top = self.edges[0]
        for line in reversed(lines):
            start, end = line.y - ABOVE * line.size, line.y + BELOW * line.size
            if (
                is_within(line, self.x0, self.x1)
                and line.y < top
                and top - end <= NEAR_BAND * line.size
            ):
                top = start
        if top < self.edges[0]:
            self.edges.insert(0, top)


def is_within(line: TextLine, x0: float, x1: float) -> bool:
    """Say whether a line stands between the left and the right end of a table."""
    return line.x0 >= x0 - SAME_END and line.x1 <= x1 + SAME_END


def between(
    lines: Sequence[TextLine], x0: float, x1: float, above: float, below: float
) -> list[TextLine]:
    """Return the lines that stand between two edges."""
    region = Region(x0, x1, [above, below])
    return [line for line in lines if region.holds(line)]


def regions(
    level: Sequence[Rule], shades: Sequence[Area], lines: Sequence[TextLine]
) -> Iterator[Region]:
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
    groups = [group for group in groups if group[0].end - group[0].start >= NARROWEST]
    for group in _widest(_with_lone(groups)):
        places: list[float] = []
        for rule in group:
            if not places or rule.at - places[-1] > THIN:
                places.append(rule.at)
        x0, x1 = group[0].start, group[0].end
        own = [band for band in bands if abs(band.x0 - x0) < SAME_END]
        if not own:
            yield from _unbroken(x0, x1, places, lines)
            continue
        ruled = [rule.at for rule in level if abs(rule.start - x0) < SAME_END]
        for pile in _piles(Region(x0, x1, places), own, ruled, lines):
            if not any(abs(at - pile[0]) <= THIN for at in ruled):
                pile = _with_unshaded_top(x0, x1, pile, lines)
            yield from _unbroken(x0, x1, pile, lines, own)


def _with_lone(groups: Sequence[list[Rule]]) -> list[list[Rule]]:
    """Join a lone rule to others above and below it: dirt makes its end longer, wear shorter."""
    lone = [group[0] for group in groups if len(group) == 1]
    made = [list(group) for group in groups if len(group) > 1]
    for rule in lone:
        home = next(
            (
                group
                for group in made
                if group[0].at < rule.at < group[-1].at
                and abs(rule.start - group[0].start) <= WORN_END
                and abs(rule.end - group[0].end) <= WORN_END
            ),
            None,
        )
        if home is None:
            made.append([rule])
        else:
            home.append(rule)
            home.sort(key=lambda one: one.at)
    return sorted(made, key=lambda group: group[0].at)


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


def _piles(
    region: Region, bands: Sequence[Area], ruled: Sequence[float], lines: Sequence[TextLine]
) -> Iterator[list[float]]:
    """Cut edges where the lines between two shades are many rows: those are shades of headers."""
    highest = max(band.height for band in bands)
    pile = region.edges[:1]
    for above, below in pairwise(region.edges):
        inside = between(lines, region.x0, region.x1, above, below)
        middle = (above + below) / 2
        is_bare = not any(band.top < middle < band.bottom for band in bands)
        is_ruled = any(min(abs(at - above), abs(at - below)) <= THIN for at in ruled)
        if is_bare and not is_ruled and below - above > highest and _are_many_rows(inside):
            yield pile
            pile = []
        pile.append(below)
    yield pile


def _are_many_rows(lines: Sequence[TextLine]) -> bool:
    """Say whether more than one line has about as many pieces as any."""
    most = max((len(line.pieces) for line in lines), default=0)
    return sum(len(line.pieces) > max(1, MOST_PIECES * most) for line in lines) > 1


def _with_unshaded_top(
    x0: float, x1: float, places: list[float], lines: Sequence[TextLine]
) -> list[float]:
    """Add where a row without shade above the first band begins."""
    within = [line for line in lines if is_within(line, x0, x1)]
    inside = [line for line in within if places[0] < line.y < places[-1]]
    least = max(2, max((len(line.pieces) for line in inside), default=0) / 2)
    columns = separators(inside, x0, x1) if inside else []
    top = reach = places[0]
    for line in reversed(within):
        start, end = line.y - ABOVE * line.size, line.y + BELOW * line.size
        if line.y < reach and reach - end <= NEAR_BAND * line.size:
            reach = start
            filled = {column_of(piece.middle, columns) for piece in line.pieces}
            if len(filled) >= least and keeps(line, columns):  # others above it are titles
                top = start
    return [top, *places] if top < places[0] else places


def _underlines(rule: Rule, lines: Sequence[TextLine]) -> bool:
    return any(
        abs(piece.x0 - rule.start) < SAME_END
        and abs(piece.x1 - rule.end) < SAME_END
        and 0 <= rule.at - line.y < UNDERLINE * line.size
        for line in lines
        for piece in line.pieces
    )


def _unbroken(
    x0: float,
    x1: float,
    places: Sequence[float],
    lines: Sequence[TextLine],
    bands: Sequence[Area] = (),
) -> Iterator[Region]:
    """Cut a pile of edges where text that is no row stands between two of them."""
    region = Region(x0, x1, list(places[:1]))
    for above, below in pairwise(places):
        inside = between(lines, x0, x1, above, below)
        full = [n for n, line in enumerate(inside) if len(line.pieces) > 1]
        if bands:
            is_shaded = any(band.top < (above + below) / 2 < band.bottom for band in bands)
            is_text = any(is_outer(line, x0, x1, line.size) for line in inside)
            is_row = full or is_shaded or not is_text
        else:
            is_row = full or (len(inside) == 1 and below - above <= 2.6 * inside[0].size)
        begin = full[-1] + 1 if full else len(inside)
        heads = (n for n in range(begin, len(inside)) if _is_heading(inside[: n + 1], x0, x1))
        head = next(heads, None)
        if is_row and head is None:
            region.edges.append(below)
            continue
        if head is not None:
            last = inside[head - 1]
            region.edges.append(last.y + BELOW * last.size)
        if len(region.edges) > 1:
            yield region
        region = Region(x0, x1, [below])
    if len(region.edges) > 1:
        yield region


def _is_heading(lines: Sequence[TextLine], x0: float, x1: float) -> bool:
    """Say whether the last line stands apart, at the left edge or in the middle of the edges."""
    size = lines[-1].size
    steps = [below.y - above.y for above, below in pairwise(lines)]
    least = max([APART * size, *(step + SAME_STEP * size for step in steps[:-1])])
    return steps[-1] > least and is_outer(lines[-1], x0, x1, size)


def is_outer(line: TextLine, x0: float, x1: float, em: float) -> bool:
    """Say whether a line begins at the left edge or stands in the middle, as headings do."""
    return line.x0 - x0 <= 2 * em or abs(line.x0 + line.x1 - x0 - x1) <= 4 * em
