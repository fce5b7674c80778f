"""Rules -> tables: rules that touch make a frame, and its cells are what rules keep apart.

pdfplumber asks for the four corners of each cell. Reports leave corners open: outer borders that
are not drawn, borders a point apart, columns that a page cuts. So the rules of a frame give a grid
of elementary cells here, and those without a rule between them are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from extract.pdf.arrays import Integers, places_of
from extract.pdf.cells import TableShape, framed
from extract.pdf.shapes import Area, Rule

# Points: rules nearer than this are one, and ends this near touch.
SNAP, TOUCH = 2.0, 2.5
# Points: the rules of a box that is drawn inside of a cell touch each other, but not the cell's.
MEET = 0.6
# A rule parts two elementary cells if it covers this share of the edge between them.
COVER = 0.5
# So many rules must end together, away from any rule across, to close a frame that has no rule
# there: the column rules of a table that a page cuts, the row rules of one without side rules.
OPEN_ENDS = 3
# A page with more pairs of rules than this holds a drawing, and so does a frame with more cells.
MAX_PAIRS, MAX_CELLS = 4_000_000, 200_000
# A cell is taken together in so many steps; one that winds on for longer is in a drawing.
MAX_STEPS = 500

# The number of a rule that touches none.
APART = -1

Matrix = np.ndarray[Any, np.dtype[np.bool_]]
Frame = tuple[list[Rule], list[Rule]]


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Join rules that go on from one another, as borders drawn cell by cell do."""
    made: list[Rule] = []
    for group in _groups(sorted(rules), 0.7):
        at = sum(rule.at for rule in group) / len(group)
        pieces = sorted(group, key=lambda rule: rule.start)
        start, end = pieces[0].start, pieces[0].end
        for rule in pieces:
            if rule.start > end + TOUCH:
                made.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        made.append(Rule(at, start, end))
    return made


def _groups(rules: list[Rule], width: float) -> Iterator[list[Rule]]:
    """Group sorted rules whose places are no more than ``width`` from the first of the group."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > width:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def frames(level: list[Rule], upright: list[Rule], touch: float = TOUCH) -> Iterator[Frame]:
    """Yield the level and upright rules of each frame: those that touch, directly or not."""
    if not level or not upright or len(level) * len(upright) > MAX_PAIRS:
        return
    across, down = np.array(level), np.array(upright)
    touches = (
        (down[None, :, 0] >= across[:, None, 1] - touch)
        & (down[None, :, 0] <= across[:, None, 2] + touch)
        & (across[:, None, 0] >= down[None, :, 1] - touch)
        & (across[:, None, 0] <= down[None, :, 2] + touch)
    )
    frame_of, column_of = (numbers.tolist() for numbers in _connected(touches))
    for one in sorted(set(frame_of) - {APART}):
        yield (
            [rule for rule, frame in zip(level, frame_of, strict=True) if frame == one],
            [rule for rule, frame in zip(upright, column_of, strict=True) if frame == one],
        )


def frame_area(across: list[Rule], down: list[Rule]) -> Area:
    """Return the area of a frame of level and upright rules."""
    return Area(
        min(rule.start for rule in across),
        min(rule.start for rule in down),
        max(rule.end for rule in across),
        max(rule.end for rule in down),
    )


def _connected(touches: Matrix) -> tuple[Integers, Integers]:
    """Number the rows and columns that touch, directly or not, by the first row among them.

    Each is looked at once, however long the chains are.
    """
    rows, columns = (np.full(count, APART) for count in touches.shape)
    for first in places_of(np.logical_or.reduce(touches, 1)).tolist():
        found = np.array([first] if rows[first] == APART else [], np.int64)
        while len(found):
            rows[found] = first
            across = places_of(np.logical_or.reduce(touches[found], 0) & (columns == APART))
            columns[across] = first
            found = places_of(np.logical_or.reduce(touches[:, across], 1) & (rows == APART))
    return rows, columns


def _places(rules: list[Rule], across: list[Rule]) -> list[float]:
    """Return the grid lines that rules give, and those where many rules across them end."""
    places = [sum(rule.at for rule in group) / len(group) for group in _groups(sorted(rules), SNAP)]
    for is_end in (False, True):
        ends = sorted(rule.end if is_end else rule.start for rule in across)
        for group in _groups([Rule(end, 0, 0) for end in ends], SNAP):
            at = group[0].at
            if len(group) >= OPEN_ENDS and all(abs(at - place) > 2 * SNAP for place in places):
                places.append(at)
    return sorted(places)


def _covered(lines: list[float], spans: list[float], rules: list[Rule]) -> Matrix:
    """Say for each grid line and each span between the lines across it whether a rule lies there.

    Returns an array of shape (lines, spans - 1); the outermost lines count as drawn.
    """
    cover = np.zeros((len(lines), len(spans) - 1))
    grid, edges = np.array(lines), np.array(spans)
    at, start, end = np.array(rules).reshape(-1, 3, 1).transpose(1, 0, 2)
    overlap = np.minimum(edges[1:], end) - np.maximum(edges[:-1], start)
    np.add.at(cover, np.argmin(np.abs(grid - at), axis=1), np.maximum(overlap, 0))
    drawn = cover >= COVER * np.diff(edges)
    drawn[[0, -1]] = True
    return drawn


def _close_ends(
    xs: list[float], ys: list[float], across: list[Rule], level: Matrix, upright: Matrix
) -> None:
    """Draw, in place, the upright rule at which level rules below each other end in the open.

    Beside a merged cell that a page cuts, some programs leave it out.
    """
    columns, rows = np.array(xs), np.array(ys)
    left, right = level[1:-1, :-1], level[1:-1, 1:]
    sides = upright.T[:, 1:-1]
    for is_end in (False, True):
        there = np.zeros((len(ys), len(xs)), np.bool_)
        for rule in across:
            away = np.abs(columns - (rule.end if is_end else rule.start))
            there[np.abs(rows - rule.at).argmin(), away.argmin()] |= away.min() <= TOUCH
        ends = there[1:-1, 1:-1] & (left & ~right if is_end else right & ~left)
        ends &= ~sides[:-1] & ~sides[1:]
        several = np.zeros_like(ends)
        several[1:] |= ends[:-1]
        several[:-1] |= ends[1:]
        ends &= several
        sides[:-1] |= ends
        sides[1:] |= ends


def _regions(rows: int, columns: int, level: Matrix, upright: Matrix) -> Integers:
    """Number the elementary cells so that those without a rule between them share a number."""
    number = np.arange(rows * columns).reshape(rows, columns)
    open_down, open_right = ~level[1:-1], ~upright[1:-1].T
    for _ in range(MAX_STEPS if open_down.any() or open_right.any() else 0):
        before = number.copy()
        for one, other, is_open in (
            (number[:-1], number[1:], open_down),
            (number[:, :-1], number[:, 1:], open_right),
        ):
            least = np.minimum(one, other)
            one[is_open] = least[is_open]
            other[is_open] = least[is_open]
        if (number == before).all():
            break
    return number.ravel()


def _boxes(number: Integers, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield regions as (row, column, row span, column span); one that is no rectangle by rows."""
    order = np.argsort(number, kind="stable")
    counts = np.unique(number, return_counts=True)[1]
    for places in np.split(order, np.cumsum(counts)[:-1]):
        row, column = divmod(int(places[0]), columns)
        if len(places) == 1:
            yield row, column, 1, 1
            continue
        down, across = np.divmod(places, columns)
        height, left = int(down[-1] - row + 1), int(across.min())
        width = int(across.max() - left + 1)
        if len(places) == height * width:
            yield row, left, height, width
            continue
        begins = places_of(np.diff(down, prepend=-1))
        for start, end in pairwise([*begins.tolist(), len(places)]):
            first, last = int(across[start]), int(across[end - 1])
            yield int(down[start]), first, 1, last - first + 1


def ruled_tables(level: list[Rule], upright: list[Rule]) -> tuple[list[TableShape], list[Rule]]:
    """Return the tables that rules frame, and the level rules that belong to no frame.

    A frame with one column only is no table.
    """
    tables = []
    framed_rules: set[int] = set()
    for across, down in frames(*_without_boxes(level, upright)):
        framed_rules |= set(map(id, across))
        xs, ys = _places(down, across), _places(across, down)
        if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
            continue
        drawn = _covered(ys, xs, across), _covered(xs, ys, down)
        _close_ends(xs, ys, across, *drawn)
        number = _regions(len(ys) - 1, len(xs) - 1, *drawn)
        boxes = list(_boxes(number, len(xs) - 1))
        if any(column for _, column, _, _ in boxes):
            table = framed(xs, ys, boxes)
            table.open_top, table.open_bottom = (
                all(abs(rule.at - edge) > SNAP for rule in across) for edge in (ys[0], ys[-1])
            )
            tables.append(table)
    free = [rule for rule in level if id(rule) not in framed_rules]
    return _without_nested(tables), free


def _without_boxes(level: list[Rule], upright: list[Rule]) -> Frame:
    """Leave out the boxes of four rules that lie inside of a frame with more rules."""
    boxes, areas = [], []
    for across, down in frames(level, upright, MEET):
        area = frame_area(across, down)
        if len(across) == len(down) == 2:
            boxes.append((area, across, down))
        else:
            areas.append(area)
    inner = [box for box in boxes if any(_within(box[0], area) for area in areas)]
    if not inner:
        return level, upright
    spare = {id(rule) for _, across, down in inner for rule in (*across, *down)}
    return (
        [rule for rule in level if id(rule) not in spare],
        [rule for rule in upright if id(rule) not in spare],
    )


def _without_nested(tables: list[TableShape]) -> list[TableShape]:
    """Of a table in a cell of another keep the one with more cells: the other is a box."""
    kept: list[TableShape] = []
    for table in sorted(tables, key=lambda table: -len(table.cells)):
        area = table.area
        if not any(_within(area, other.area) or _within(other.area, area) for other in kept):
            kept.append(table)
    return sorted(kept, key=lambda table: (table.area.top, table.area.x0))


def _within(inner: Area, outer: Area) -> bool:
    corners = ((inner.x0, inner.top), (inner.x1, inner.bottom))
    return all(outer.holds(x, y, TOUCH) for x, y in corners)
