"""The steps of a measure, and the item of the framework that each step is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import Cell, Place
from extract.thai import convert_digits, skeleton
from normalize.patterns import bare, pattern
from normalize.reference import Item

# An item's name must have this many characters (of its skeleton) to be looked for inside a step.
MIN_NAME_LENGTH = 12
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Step:
    """A step as printed, with its own number in front, and where it begins."""

    text: str
    place: Place


def split_steps(cell: Cell) -> list[Step]:
    """Split a cell into its steps: by numbers that count up, else by bullets, else it is one."""
    text = cell.text
    arabic = convert_digits(text, "arabic")
    starts = list(_numbered(arabic))
    if not starts:
        bullets = [match.start() for match in pattern("step_bullet").finditer(arabic)]
        starts = bullets if len(bullets) > 1 else []
    if not starts:
        starts = [0] if text.strip() else []
    elif text[: starts[0]].strip():
        starts.insert(0, 0)
    if not starts:
        return []
    ends = [*starts[1:], len(text)]
    return [
        Step(" ".join(text[start:end].split()), _place_at(cell, start))
        for start, end in zip(starts, ends, strict=True)
    ]


def step_item(text: str, items: tuple[Item, ...]) -> Item | None:
    """Return the item whose name the step begins with, after its number and its verbs.

    Behind the name the step must end, or go on with words that do not make it the name of another
    thing: "of 2568", "that", "on the website".
    """
    line = pattern("step_number").sub("", bare(text), count=1).strip(" -•*–")
    heads = {skeleton(line), skeleton(pattern("step_verb").sub("", line))}
    named = [
        (len(key), item)
        for item in items
        for key in item.keys
        for head in heads
        if len(key) >= MIN_NAME_LENGTH
        and head.startswith(key)
        and pattern("step_tail").match(head[len(key) :])
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _numbered(text: str) -> Iterator[int]:
    """Yield where numbers begin that count up from 1; a slip (a number twice, or 1 anew) passes."""
    last = 0
    for match in pattern("step_number").finditer(text):
        before = text[: match.start()]
        if before.count("(") > before.count(")"):
            continue  # "(form 3)" ends a bracket, it begins no step
        number = int(match["number"])
        if number == last + 1 or (last and number in (last, 1)):
            yield match.start()
            last = number


def _place_at(cell: Cell, position: int) -> Place:
    """Return the place of the part that holds this position of the cell's text."""
    end = 0
    for part in cell.parts:
        if part.text:
            end += len(part.text) + 1
            if position < end:
                return part.place
    return cell.place
