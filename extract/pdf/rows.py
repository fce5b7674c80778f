"""Which lines between two level rules are rows of a table: white space and numbers tell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from extract.pdf.whites import (
    AMOUNT,
    FILLED,
    ROW_STEP,
    SAME_STEP,
    TextLine,
    amounts,
    column_of,
    count_on,
    is_code,
    is_numbered,
    parted_at,
    parts_rows,
)
from extract.unsure import guessed, is_unsure

# Share of the rows of which something must be true.
MOST = 0.7
# Where so many rules lie between numbered rows, the numbers tell where one is lost.
MIN_LISTED = 3
_LISTED = re.compile(r"\s*\(?([0-9๐-๙]{1,3})[.)]")


def stacked(
    edges: Sequence[float], parted: Sequence[Sequence[list[TextLine]]]
) -> tuple[list[float], list[list[TextLine]]]:
    """Return the edges of rows and the rows, from those that stand between each two edges."""
    ys = [edges[0]]
    for parts, below in zip(parted, edges[1:], strict=True):
        if not parts:
            ys[-1] = below
            continue
        for part, after in pairwise(parts):
            ys.append((part[-1].y + after[0].y - 0.6 * after[0].size) / 2)
        ys.append(below)
    return ys, [part for parts in parted for part in parts]


def rows_of(lines: Sequence[TextLine], columns: Sequence[float]) -> list[list[TextLine]]:
    """Return the rows of lines between which rules may be lost: one where nothing tells them.

    Numbers that count on tell them; full lines above the first are headings, or a row whose number
    is not read if they are as far from it as rows are.
    """
    codes, above = _codes(lines, columns)
    counted = counted_rows(lines, columns)
    if counted:
        return counted
    if len(codes) == len(above) == 1:
        return parted_at(lines, [*above, *codes], columns)
    parts = whole_rows(lines, columns, -inf)
    if not parts and len(codes) != 1:
        parts = parts_rows(lines, columns)
        parts = parts if are_rows(parts, columns) else []
    return parts or [list(lines)]


def counted_rows(lines: Sequence[TextLine], columns: Sequence[float]) -> list[list[TextLine]]:
    """Return the rows of lines whose numbers count on, with those above the first; or none."""
    codes, above = _codes(lines, columns)
    if not count_on([lines[n].pieces[0].text for n in codes]):
        return []
    apart = min(lines[after].y - lines[n].y for n, after in pairwise(codes)) / ROW_STEP
    rows = [n for n in above[1:] if lines[codes[0]].y - lines[n].y >= apart]
    return parted_at(lines, [*above[:1], *rows, *codes], columns, apart / ROW_STEP)


def listed_rows(
    intervals: Sequence[Sequence[TextLine]], columns: Sequence[float]
) -> list[list[list[TextLine]]]:
    """Return the rows of each stretch between two rules that has several: a rule is lost there.

    The first texts of all rows begin with numbers that count on from stretch to stretch, and most
    stretches begin with one: their cells are not centred. Without such there are none.
    """
    listed = [
        [(n, number) for n, line in enumerate(lines) if (number := _number(line, columns))]
        for lines in intervals
    ]
    own = [numbers for numbers in listed if numbers]
    is_counted = all(
        after - before == 1 for before, after in pairwise([number for o in own for _, number in o])
    )
    begun = sum(numbers[0][0] == 0 for numbers in own)
    if len(own) < MIN_LISTED or not is_counted or begun < MOST * len(own):
        return [[] for _ in intervals]
    return [
        [
            list(lines[n:after])
            for n, after in pairwise([0, *(n for n, _ in numbers[1:]), len(lines)])
        ]
        if len(numbers) > 1
        else []
        for lines, numbers in zip(intervals, listed, strict=True)
    ]


def _number(line: TextLine, columns: Sequence[float]) -> int | None:
    """Return the number that the text in the first column begins with."""
    found = _LISTED.match(guessed(line.pieces[0].text))
    return int(found[1]) if found and line.x0 < columns[0] else None


def whole_rows(
    lines: Sequence[TextLine], columns: Sequence[float], low: float
) -> list[list[TextLine]]:
    """Return the rows that no edge parts, if they prove to be such, else none.

    Their numbers count on, or all fill the same columns, one of them with amounts; and none begins
    nearer to the one above than ``low``, the height of the lowest row of one line. Where that is
    not known (infinite), they are numbered and fill most columns; ``-inf`` lets them be near.
    """
    starts = [n for n, line in enumerate(lines) if len(line.pieces) > 1]
    texts = [
        {column_of(p.middle, columns): p.text.strip() for p in lines[n].pieces} for n in starts
    ]
    steps = [lines[after].y - lines[n].y for n, after in pairwise(starts)]
    # A line that is nearer to the row below is one of a cell that is centred beside it.
    is_centred = any(
        after - n > 1
        and lines[after].y - lines[after - 1].y < lines[after - 1].y - lines[after - 2].y
        for n, after in pairwise(starts)
    )
    if starts[:1] != [0] or is_centred:
        return []
    numbers = [own.get(0, "") for own in texts]
    if low == inf:
        are_rows = count_on(numbers) and all(
            len(own) >= FILLED * (len(columns) + 1) for own in texts
        )
    else:
        is_apart = all(step >= low - SAME_STEP * lines[0].size for step in steps)
        are_rows = is_apart and (count_on(numbers) or _are_alike(texts))
    return (
        [list(lines[n:after]) for n, after in pairwise([*starts, len(lines)])] if are_rows else []
    )


def are_rows(parts: Sequence[Sequence[TextLine]], columns: Sequence[float]) -> bool:
    """Say whether most parts fill most columns, and are numbered if the first is.

    Lines of the cells of one row do not.
    """
    least = FILLED * (len(columns) + 1)
    filled = [
        len({column_of(p.middle, columns) for line in part for p in line.pieces}) for part in parts
    ]
    starts = [is_numbered(part, columns) for part in parts]
    last = parts[-1]
    if len(last) == 1 or (len(parts) > 1 and _is_total(parts[-2], last, columns)):
        starts.pop()
    if starts[:1] == [True] and sum(starts) < MOST * len(starts):
        return False
    return sum(count >= least for count in filled) >= MOST * len(parts)


def _is_total(row: Sequence[TextLine], below: Sequence[TextLine], columns: Sequence[float]) -> bool:
    """Say whether lines below a row have amounts in all columns, two or more, where that has some.

    They are no rest of it, but a total with lines of cells side by side, or with wrapped amounts.
    The number of the row, in the first column, is none.
    """
    own = amounts(row, columns) - {0}
    return len(own) > 1 and own <= amounts(below, columns)


def _are_alike(rows: Sequence[dict[int, str]]) -> bool:
    """Say whether rows, text by column, fill the same columns, one of them with amounts."""
    return all(own.keys() == rows[0].keys() for own in rows) and any(
        all(AMOUNT.fullmatch(own[n]) for own in rows) for n in rows[0]
    )


def _codes(lines: Sequence[TextLine], columns: Sequence[float]) -> tuple[list[int], list[int]]:
    """Return the lines with a number in the first column, and the full ones above them."""
    numbered = [n for n, line in enumerate(lines) if column_of(line.x0, columns) == 0]
    codes = [n for n in numbered if is_code(lines[n].pieces[0].text)]
    while codes and is_unsure(lines[codes[0]].pieces[0].text):
        del codes[0]  # what an engine took for digits above the first row
    full = [n for n, line in enumerate(lines) if len(line.pieces) >= FILLED * len(columns)]
    return codes, [n for n in full if n < min(codes, default=0)]
