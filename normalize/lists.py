"""Which year's item list the rows of a report follow; its tables may follow several.

A report may compare two years, or show its checklist once in short and once at length. So the
tables are parted where another year's list explains them much better, and where the numbers begin
anew; each part is aligned by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.align import Alignment, ItemRow, Pairing, align
from normalize.reference import item_lists

# What it adds to a year's alignment, in log-odds, that the report states this fiscal year.
STATED_YEAR = 6.0
# Two lists closer than this (log-odds) leave the year open unless the report states one of them.
YEAR_LEAD = 4.0
# The tables of one report follow another year's list if that explains them better by so much.
OTHER_YEAR = 15.0
# So many items that were there already show that a list begins anew.
AGAIN = 3


@dataclass(frozen=True, slots=True)
class ChosenList:
    """The alignment with the list that explains the rows best, and those that do it as well.

    ``rivals`` are the alignments with other years' lists within YEAR_LEAD, best first.
    """

    alignment: Alignment
    rivals: tuple[Alignment, ...]

    @property
    def year(self) -> int | None:
        """The year (be) of the list; None where several years' lists explain the rows."""
        return None if self.rivals else self.alignment.fiscal_year_be

    def is_accepted(self, row: int) -> bool:
        """Say whether the row's item is sure, in every list that may be the report's."""
        own = self.alignment.pairings[row]
        return own.is_accepted and all(
            other.pairings[row].is_accepted and _is_same(own, other.pairings[row])
            for other in self.rivals
        )


def _is_same(one: Pairing, other: Pairing) -> bool:
    if one.item is None or other.item is None:
        return False
    return (one.item.item_no, one.item.concept_id) == (other.item.item_no, other.item.concept_id)


def choose_list(rows: Sequence[ItemRow], fiscal_year_be: int | None) -> ChosenList:
    """Align rows with every year's list and return the best; a stated year counts as evidence."""
    aligned = [align(rows, items) for items in item_lists().values()]

    def worth(alignment: Alignment) -> float:
        return alignment.total + STATED_YEAR * (alignment.fiscal_year_be == fiscal_year_be)

    best, *others = sorted(aligned, key=lambda a: (-worth(a), a.fiscal_year_be))
    near = tuple(other for other in others if worth(best) - worth(other) < YEAR_LEAD)
    return ChosenList(best, near)


def choose_lists(
    tables: Sequence[Sequence[ItemRow]], fiscal_year_be: int | None
) -> list[tuple[int, ChosenList]]:
    """Part the tables (the rows of each, in order) by the list that they follow.

    Returns for each part the number of its tables and the list that explains its rows. A year that
    the report states counts where all follow one list.
    """
    rows = [row for table in tables for row in table]
    if len(tables) < 2:
        return [(len(tables), choose_list(rows, fiscal_year_be))]
    aligned = [[align(table, items) for items in item_lists().values()] for table in tables]
    followed = _followed([[one.total for one in own] for own in aligned])
    ends = [*_ends([own[n] for own, n in zip(aligned, followed, strict=True)]), len(tables)]
    if len(ends) == 1:
        return [(len(tables), choose_list(rows, fiscal_year_be))]
    years = [aligned[end - 1][followed[end - 1]].fiscal_year_be for end in ends]
    parts = []
    for begin, end, year in zip([0, *ends], ends, years, strict=False):
        own = [row for table in tables[begin:end] for row in table]
        stated = fiscal_year_be if len(set(years)) == 1 else year
        parts.append((end - begin, choose_list(own, stated)))
    return parts


def _followed(totals: Sequence[Sequence[float]]) -> list[int]:
    """Return for each table the list (its place among all) that it follows: changes are dear."""
    best, ways = list(totals[0]), []
    for own in totals[1:]:
        top = max(range(len(best)), key=best.__getitem__)
        way = [n if best[n] >= best[top] - OTHER_YEAR else top for n in range(len(best))]
        changes = [OTHER_YEAR * (before != n) for n, before in enumerate(way)]
        best = [
            best[before] - change + gain
            for before, change, gain in zip(way, changes, own, strict=True)
        ]
        ways.append(way)
    followed = [max(range(len(best)), key=best.__getitem__)]
    for way in reversed(ways):
        followed.append(way[followed[-1]])
    return followed[::-1]


def _ends(alignments: Sequence[Alignment]) -> list[int]:
    """Return the tables before which another list, or the same list again, begins."""
    ends: list[int] = []
    seen: set[int] = set()
    for n, (before, own) in enumerate(pairwise([alignments[0], *alignments])):
        items = {p.item.item_no for p in own.pairings if p.item and p.is_accepted}
        if before.fiscal_year_be != own.fiscal_year_be or len(items & seen) >= AGAIN:
            ends.append(n)
            seen = set()
        seen |= items
    return ends
