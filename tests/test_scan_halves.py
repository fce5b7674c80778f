"""Numbers of a picture that may go on under other ink."""

from __future__ import annotations

import pytest

from extract.scan.engine import Cluster
from extract.scan.halves import Covers, with_doubts_beside
from extract.unsure import is_unsure

WIDE = 10


def line(text: str) -> list[Cluster]:
    return [Cluster(one, n * WIDE, (n + 1) * WIDE, 0.99) for n, one in enumerate(text)]


def unsure(first: str, blot: tuple[int, int], *others: str) -> str:
    """Return what is unsure of a line beside a blot, and that no other line has a doubt."""
    lines = [line(text) for text in (first, *others)]
    covers = [Covers(blots, (), 2 * WIDE) for blots in ([blot], *([] for _ in others))]
    read, *rest = with_doubts_beside(lines, covers)
    assert rest == lines[1:]
    return "".join("?" if is_unsure(one.text) else one.text for one in read)


AMOUNTS = ["๒,๓๐๐.๗๕", "9.20"]


@pytest.mark.parametrize(
    ("blot", "is_unsure"), [((73, 80), False), ((65, 80), True), ((-9, -3), True), ((30, 33), True)]
)
def test_nothing_follows_two_decimals(blot: tuple[int, int], is_unsure: bool) -> None:
    """What stands before them may still be hidden, and what lies on the number is no witness."""
    assert ("?" in unsure("1,62.50", blot, *AMOUNTS)) == is_unsure


@pytest.mark.parametrize(
    ("number", "others"),
    [("62", AMOUNTS), ("62.5", AMOUNTS), ("62.50", AMOUNTS[:1]), ("62.50", [*AMOUNTS, "28.345"])],
)
def test_other_numbers_may_go_on(number: str, others: list[str]) -> None:
    end = len(number) * WIDE
    assert set(unsure(f"a{number} b", (end + 13, end + 20), *others)) == {*"a? b"}
