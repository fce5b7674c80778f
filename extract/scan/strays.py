"""Strokes that are no rules of a table although they touch its rules: notes' boxes, stamps' edges.

On a page of text the rules of a box in a cell end before those of the cell, and one table ends
before the next. A scan blurs both together, so what they do not share tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import inf

from extract.pdf.shapes import Rule

# Points: no column or row is so narrow. A side of a box stands so near to a rule of its cell.
BESIDE = 9.0
# Points: rules that come so near touch, and rules of one column lie so near to each other.
TOUCH, SAME = 3.0, 2.0
# Points: an upright stroke that is longer is a rule by itself.
LONG = 60.0
# Points: no row is so low. A rule so near to one that is this many times longer, and goes beyond
# both its ends, is the edge of a framed note whose sides cannot be told from those of the cell; one
# that is no further than the last is the same rule.
HUG, LONGER, DOUBLE = 5.0, 1.5, 1.0
# So many upright rules end at one height where a page cuts their table.
CUT = 3


def without_strays(level: list[Rule], upright: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Return the level and the upright rules (in points) that part cells."""
    boxes = list(_boxes(level, upright))
    sides = {side for box in boxes for side in box}
    level = [rule for rule in level if not any(_closes(rule, *box) for box in boxes)]
    doubles = [side for side in upright if any(_doubles(rule, side) for rule in upright)]
    notes = (*_notes(level), *_inset(level, upright, doubles))
    edges = {edge for note in notes for edge in note}
    level = [rule for rule in level if rule not in edges]
    sides.update(
        side for side in doubles if any(abs(edge.at - side.start) <= TOUCH for edge in edges)
    )
    upright = [rule for rule in upright if rule not in sides and not _is_beside(rule, upright)]
    upright = [rule for rule in upright if not _is_loose(rule, level, upright)]
    return level, _parted(level, upright)


def _boxes(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Yield the left and the right sides of boxes inside of cells.

    Where both sides stand right beside those of the cell, an edge of the cell may hide one of the
    box.
    """
    ordered = sorted(upright)
    for n, left in enumerate(ordered):
        for right in ordered[n + 1 :]:
            if not _are_even(left, right):
                continue
            beside = sum(any(_lies_along(rule, o) for rule in ordered) for o in (left, right))
            edges = sum(_closes(rule, left, right) for rule in level)
            if beside and edges and beside + edges > 2:
                yield left, right


def _lies_along(rule: Rule, side: Rule) -> bool:
    """Say whether a longer rule lies right beside a side of a box, all along it."""
    return SAME < abs(rule.at - side.at) <= BESIDE and _outlasts(rule, side)


def _is_beside(rule: Rule, upright: list[Rule]) -> bool:
    """Say whether a short upright stroke is too near to another to part a column from it.

    That is a longer rule; or it is as short, and both are strokes of a stamp's letter.
    """
    return rule.end - rule.start <= LONG and any(
        _lies_along(one, rule) or (SAME < abs(one.at - rule.at) <= BESIDE and _are_even(one, rule))
        for one in upright
    )


def _closes(rule: Rule, left: Rule, right: Rule) -> bool:
    """Say whether a level rule is the top or the bottom of a box, and goes no further than that."""
    return (
        min(abs(rule.at - left.start), abs(rule.at - left.end)) <= TOUCH
        and left.at - BESIDE - TOUCH <= rule.start <= left.at + TOUCH
        and right.at - TOUCH <= rule.end <= right.at + BESIDE + TOUCH
    )


def _notes(level: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Yield both edges of framed notes in cells that hold no other rule, one right at a cell's."""
    for edge in level:
        cells = [rule.at - edge.at for rule in level if _goes_beyond(rule, edge)]
        same = [rule for rule in level if rule != edge and _are_even(rule, edge)]
        for side in (1, -1):
            if any(DOUBLE < side * away <= HUG for away in cells):
                room = min((-side * away for away in cells if side * away < 0), default=inf)
                others = [rule for rule in same if 0 < side * (edge.at - rule.at) < room]
                if len(others) == 1:
                    yield edge, others[0]


def _inset(
    level: list[Rule], upright: list[Rule], doubles: list[Rule]
) -> Iterator[tuple[Rule, Rule]]:
    """Yield both edges of framed notes as wide as their cells, which hold no other rule.

    One edge ends before the sides of the cell, or a second stroke beside one side joins both.
    """
    for edge in level:
        left, right = edge.start, edge.end
        crossing = [rule.at for rule in upright if rule.start < edge.at - TOUCH < rule.end - TOUCH]
        is_short = any(SAME < left - at <= BESIDE for at in crossing) and any(
            SAME < at - right <= BESIDE for at in crossing
        )
        cells = [rule.at for rule in level if _goes_beyond(rule, edge)]
        top = max((at for at in cells if at < edge.at), default=-inf)
        bottom = min((at for at in cells if at > edge.at), default=inf)
        inside = [
            rule
            for rule in level
            if rule != edge
            and top < rule.at < bottom
            and abs(rule.start - left) <= BESIDE
            and abs(rule.end - right) <= BESIDE
        ]
        if len(inside) != 1:
            continue
        (other,) = inside
        low, high = sorted((edge.at, other.at))
        is_joined = any(
            abs(side.start - low) <= TOUCH
            and abs(side.end - high) <= TOUCH
            and min(abs(side.at - left), abs(side.at - right)) <= TOUCH
            for side in doubles
        )
        if is_short or is_joined:
            yield edge, other


def _doubles(rule: Rule, side: Rule) -> bool:
    """Say whether an upright stroke is a second one beside a longer rule, too near for a column."""
    return 0 < abs(rule.at - side.at) <= SAME and _outlasts(rule, side)


def _outlasts(rule: Rule, other: Rule) -> bool:
    return rule.end - rule.start > other.end - other.start + 2 * TOUCH and _covers(rule, other)


def _goes_beyond(rule: Rule, other: Rule) -> bool:
    return rule.end - rule.start > LONGER * (other.end - other.start) and _covers(rule, other)


def _covers(rule: Rule, other: Rule) -> bool:
    return rule.start <= other.start + TOUCH and rule.end >= other.end - TOUCH


def _are_even(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) <= TOUCH and abs(rule.end - other.end) <= TOUCH


def _is_loose(rule: Rule, level: list[Rule], upright: list[Rule]) -> bool:
    """Say whether a short upright stroke has an end that no rule closes, in a column of its own."""
    if rule.end - rule.start > LONG:
        return False
    others = [other for other in upright if other is not rule]
    if any(abs(other.at - rule.at) <= SAME for other in others):
        return False  # a rule that is broken
    for end, is_end in ((rule.start, False), (rule.end, True)):
        is_closed = any(
            abs(one.at - end) <= TOUCH and one.start - TOUCH <= rule.at <= one.end + TOUCH
            for one in level
        )
        alike = sum(abs((one.end if is_end else one.start) - end) <= TOUCH for one in others)
        if not is_closed and alike < CUT - 1:
            return True
    return False


def _parted(level: list[Rule], upright: list[Rule]) -> list[Rule]:
    """Cut the sides of two tables, one right below the other, that were taken for one rule.

    Only sides go on from the one to the other, and their columns are not the same.
    """
    for above, below in pairwise(sorted(level)):
        if not TOUCH < below.at - above.at <= BESIDE:
            continue
        over = [
            one for one in upright if one.start < above.at - TOUCH and one.end > below.at + TOUCH
        ]
        over = [one for one in over if above.start - TOUCH <= one.at <= above.end + TOUCH]
        ends = [one.at for one in upright if abs(one.end - above.at) <= TOUCH]
        starts = [one.at for one in upright if abs(one.start - below.at) <= TOUCH]
        are_sides = all(min(one.at - above.start, above.end - one.at) <= TOUCH for one in over)
        if over and are_sides and ends and starts and not _are_same(ends, starts):
            upright = [one for one in upright if one not in over]
            upright += [rule._replace(end=above.at) for rule in over]
            upright += [rule._replace(start=below.at) for rule in over]
    return upright


def _are_same(some: list[float], others: list[float]) -> bool:
    return all(
        any(abs(one - other) <= TOUCH for other in theirs)
        for mine, theirs in ((some, others), (others, some))
        for one in mine
    )
