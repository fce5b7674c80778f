"""Runs -> lines -> text: superscripts on their line, wrapped lines joined, lists kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.notes import noted
from extract.pdf.runs import SPACE, Run

# In em: baselines nearer than this are one line.
ONE_LINE = 0.4
# Text this much smaller than its neighbours may stand raised or lowered (in em) on their line.
SMALL, RAISED, LOWERED = 0.8, 0.65, 0.3
# Runs of the same text that lie over each other by this share were printed twice, to look bold.
SAME_PLACE = 0.7
# A line that ends this near to the right edge goes on below (share of the width of text or cell).
WRAP_MARGIN, WRAP_CELL = 0.06, 0.35
# Lines of one passage have no more room between their baselines than this (in em).
LINE_STEP = 2.4
# In em: how much further left or right than the line above the next line of a passage begins.
INDENT, HANG = 6.0, 4.0
Clean = Callable[[str], str]

_LIST_MARK = re.compile(r"\s*(?:[-–•*☐☑✓\uf0b7]|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?[.)])")
# Thai letters and marks, and the glyphs of marks that have no code of their own.
_THAI_END = re.compile(r"[\u0e01-\u0e4e\uf700-\uf71f]$")
_THAI_START = re.compile(r"[\u0e01-\u0e4e]")


@dataclass(slots=True)
class Line:
    """A line of text, in points of the page's frame."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    y: float
    size: float


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Sort runs into lines, from the top; within a line from the left."""
    sizes = [run.size for run in runs]
    has_small = bool(runs) and min(sizes) < SMALL * max(sizes)
    return [_line(group) for group in (_by_size if has_small else by_baseline)(runs)]


def by_baseline(runs: Sequence[Run]) -> list[list[Run]]:
    """Group runs by line, from the top."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        if groups and run.y - groups[-1][0].y <= ONE_LINE * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _by_size(runs: Sequence[Run]) -> list[list[Run]]:
    """Group runs by line, the largest first: a small one may be raised or lowered on its line."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.size):
        for group in groups:
            main = group[0]
            if run.size >= SMALL * main.size:
                belongs = abs(run.y - main.y) <= ONE_LINE * run.size
            else:
                near = min(max(other.x0 - run.x1, run.x0 - other.x1) for other in group)
                raised = -RAISED * main.size <= run.y - main.y <= LOWERED * main.size
                belongs = raised and near <= main.size
            if belongs:
                group.append(run)
                break
        else:
            groups.append([run])
    return sorted(groups, key=lambda group: group[0].y)


def _line(group: list[Run]) -> Line:
    if len(group) == 1:
        (run,) = group
        return Line(run.text, run.x0, run.x1, run.top, run.bottom, run.y, run.size)
    group = _printed_once(sorted(group, key=lambda run: run.x0))
    text = group[0].text
    for before, run in pairwise(group):
        gap = run.x0 - before.x1
        own = noted(before, run)
        text += own if gap <= SPACE * min(before.size, run.size) else f" {own}"
    main = max(group, key=lambda run: (run.size, run.x1 - run.x0))
    return Line(
        text,
        group[0].x0,
        max(run.x1 for run in group),
        min(run.top for run in group),
        max(run.bottom for run in group),
        main.y,
        main.size,
    )


def _printed_once(group: list[Run]) -> list[Run]:
    kept: list[Run] = []
    for run in group:
        twin = kept and kept[-1].text == run.text
        if twin:
            overlap = min(kept[-1].x1, run.x1) - max(kept[-1].x0, run.x0)
            if overlap >= SAME_PLACE * (run.x1 - run.x0):
                continue
        kept.append(run)
    return kept


def passages(lines: Sequence[Line], right: float, margin: float) -> list[list[Line]]:
    """Group lines of which each goes on in the next: it ends within ``margin`` of ``right``, and
    the next one begins no list entry."""
    groups: list[list[Line]] = []
    for line in lines:
        above = groups[-1][-1] if groups else None
        goes_on = (
            above is not None
            and right - above.x1 <= margin
            and line.y - above.y <= LINE_STEP * max(line.size, above.size)
            and -INDENT * line.size <= line.x0 - above.x0 <= HANG * line.size
            and not _LIST_MARK.match(line.text)
        )
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def joined_text(lines: Sequence[Line], clean: Clean) -> str:
    """Join wrapped lines: Thai goes on without a space, which it does not put between words."""
    text = lines[0].text
    for line in lines[1:]:
        is_thai = _THAI_END.search(text) and _THAI_START.match(line.text)
        text += line.text if is_thai else f" {line.text}"
    return clean(text).strip()


def cell_text(runs: Sequence[Run], x0: float, x1: float, clean: Clean) -> tuple[str, str]:
    """Return a cell's text, wrapped lines joined, and the same as its lines stand.

    ``x0`` and ``x1`` are the edges between which lines are wrapped, ``clean`` repairs their text.
    """
    if not runs:
        return "", ""
    if len(runs) == 1:
        return clean(runs[0].text).strip(), runs[0].text
    lines = lines_of(runs)
    groups = passages(lines, x1, WRAP_CELL * (x1 - x0))
    text = "\n".join(joined_text(group, clean) for group in groups)
    return text.strip(), "\n".join(line.text for line in lines)
