"""The number of an OIT item as it is written before, behind or within a name."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.patterns import bare, pattern, plain, plain_slice

# What may stand between a number and a name, and around both.
_BETWEEN = " .:-"


class ItemNumber(NamedTuple):
    """An item number, None where a text has none, and ``rest``, the name.

    ``has_letter`` says that the letter O stands before the number; ``written`` is the number as the
    text has it.
    """

    number: int | None
    rest: str
    has_letter: bool = False
    written: str = ""


def leading_number(line: str) -> re.Match[str] | None:
    """Return the item number (group "number") that a line of bare text begins with."""
    return pattern("item_number").match(line) or pattern("item_number_joined").match(line)


def parse_item_number(text: str) -> ItemNumber:
    """Split a cell into the item number that it begins with, if any, and what is left.

    Reads O1, o12, OIT 3, ข้อ ๑๒, 12, [O12], 9.1 O3 and ๐๑๐ (a Thai zero for the letter O). A number
    with the letter may also stand behind the name or between its lines.
    """
    line = bare(text)
    match = leading_number(line)
    if match:
        has_letter = pattern("item_letter").search(match[0]) is not None
        after = plain_slice(text, match.end())
        between = after[: len(after) - len(after.lstrip(_BETWEEN))]
        written = (plain_slice(text, 0, match.end()) + between).strip()
        return ItemNumber(int(match["number"]), after.strip(_BETWEEN), has_letter, written)
    match = pattern("item_number_within").search(line)
    if match:
        ends = plain_slice(text, 0, match.start()), plain_slice(text, match.end())
        written = plain_slice(text, match.start(), match.end())
        return ItemNumber(int(match["number"]), " ".join(" ".join(ends).split()), True, written)
    return ItemNumber(None, plain(text))
