"""Tables that a text file draws with borders or with spaces, as lines that other rules read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

# Line number from 1, page if the file has form feeds, text.
Line = tuple[int, int | None, str]

# So many lines in a row, with so many columns, are a table whose columns stand apart by spaces.
MIN_ALIGNED_LINES, MIN_ALIGNED_COLUMNS = 3, 3
PIPE = re.compile(r"(?<!\\)\|")
_BORDER = re.compile(r"\s*\+(?:[-=:]{2,}\+)+\s*")
_GAP = re.compile(r" {3,}")


def split_pipes(line: str) -> list[str] | None:
    """Split a Markdown row, which may go without its outer pipes; None if it has no pipe inside."""
    pieces = PIPE.split(line.strip())
    if len(pieces) == 1:
        return None
    if not pieces[0].strip():
        pieces = pieces[1:]
        if len(pieces) > 1 and not pieces[-1].strip():
            pieces = pieces[:-1]
    return [piece.replace("\\|", "|") for piece in pieces]


def joined_rows(lines: list[Line]) -> list[Line]:
    """Make one line of the lines of a row that stand between the borders of a drawn table."""
    joined: list[Line] = []
    row: list[Line] = []
    is_inside = False
    for line in [*lines, (0, None, "")]:
        is_border = _BORDER.fullmatch(line[2]) is not None
        if is_inside and not is_border and split_pipes(line[2]):
            row.append(line)
            continue
        if row:
            pieces = zip_longest(*(split_pipes(content) or [] for _, _, content in row))
            cells = ("\n".join(p.strip() for p in cell if p and p.strip()) for cell in pieces)
            joined.append((row[0][0], row[0][1], f"|{'|'.join(cells)}|"))
            row = []
        is_inside = is_border
        if not is_border:
            joined.append(line)
    return joined[:-1]


def tabbed_columns(lines: Iterable[Line]) -> list[Line]:
    """Put tabs between columns that three spaces or more keep apart, as PDF converters leave them.

    Only lines that follow one another with as many columns each count: where a cell is empty it is
    not known which, and the line stays as it is.
    """
    made: list[Line] = []
    run: list[tuple[Line, list[str]]] = []

    def close() -> None:
        is_table = len(run) >= MIN_ALIGNED_LINES
        made.extend(
            (number, page, "\t".join(cells) if is_table else content)
            for (number, page, content), cells in run
        )
        run.clear()

    for line in lines:
        cells = _GAP.split(line[2].strip())
        is_row = len(cells) >= MIN_ALIGNED_COLUMNS and not {"\t", "|"} & set(line[2])
        if run and (not is_row or len(cells) != len(run[0][1])):
            close()
        if is_row:
            run.append((line, cells))
        else:
            made.append(line)
    close()
    return made
