"""Rows against the item lists: damaged names, lost numbers, gaps, doubles, open years."""

from __future__ import annotations

import random
import re

import pytest

from extract.thai import skeleton
from normalize.align import ItemRow, align, evidence
from normalize.lists import choose_list
from normalize.reference import Item, item_lists

LISTS = item_lists()
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def rows_of(items: tuple[Item, ...] | list[Item], *, numbered: bool = True) -> list[ItemRow]:
    return [ItemRow(skeleton(i.name), i.item_no if numbered else None) for i in items]


@pytest.mark.parametrize("year", LISTS)
@pytest.mark.parametrize("numbered", [True, False])
def test_a_whole_list_is_recognised_without_a_stated_year(year: int, numbered: bool) -> None:
    chosen = choose_list(rows_of(LISTS[year], numbered=numbered), None)
    assert chosen.year == year
    assert [p.item for p in chosen.alignment.pairings] == list(LISTS[year])
    assert all(chosen.is_accepted(n) for n in range(len(LISTS[year])))


@pytest.mark.parametrize("year", LISTS)
def test_the_rows_decide_against_a_stated_year(year: int) -> None:
    for stated in (*LISTS, 2560, 2570):
        assert choose_list(rows_of(LISTS[year]), stated).year == year


def test_rows_that_several_lists_explain_leave_the_year_open() -> None:
    chosen = choose_list(rows_of(LISTS[2565][:6]), None)
    assert chosen.year is None
    assert chosen.rivals
    assert all(chosen.is_accepted(n) for n in range(6))  # the lists agree on these six
    assert choose_list(rows_of(LISTS[2565][:6]), 2564).year == 2564


def test_rows_on_which_the_open_years_differ_are_not_accepted() -> None:
    names = [i for i in LISTS[2565] if i.concept_id == "annual_report"]
    chosen = choose_list(rows_of(names, numbered=False), None)
    assert chosen.year is None
    assert not chosen.is_accepted(0)


def test_a_name_that_is_another_items_is_no_damaged_name() -> None:
    by_number = {item.item_no: item for item in LISTS[2565]}
    row = ItemRow(skeleton(by_number[31].name), 30)  # the name of 31 with the number of 30
    ranked = sorted(evidence(row, LISTS[2565]), key=lambda w: -w.odds)
    assert ranked[0].item.item_no == 31
    (pairing,) = align([row], LISTS[2565]).pairings
    assert not pairing.is_accepted


def test_a_damaged_row_is_read_from_its_neighbours() -> None:
    rows = rows_of(LISTS[2565][:5])
    rows[2] = ItemRow(skeleton("อำน จหน ที"), 3)
    pairing = align(rows, LISTS[2565]).pairings[2]
    assert pairing.item is not None
    assert (pairing.item.item_no, pairing.is_accepted) == (3, True)


def test_an_item_twice_is_two_rows_of_it() -> None:
    rows = rows_of([LISTS[2565][n] for n in (3, 4, 4, 6)])
    found = [p.item.item_no for p in align(rows, LISTS[2565]).pairings if p.item]
    assert found == [4, 5, 5, 7]


def test_headings_between_rows_are_no_items() -> None:
    rows = rows_of(LISTS[2567][15:19])
    rows.insert(1, ItemRow(skeleton("การบริหารและพัฒนาทรัพยากรบุคคล"), None))
    rows.append(ItemRow(skeleton("รวม"), None))
    pairings = align(rows, LISTS[2567]).pairings
    assert [p.item.item_no if p.item else None for p in pairings] == [16, None, 17, 18, 19, None]


def _damaged(name: str, rng: random.Random) -> str:
    """Lose marks and one letter in ten, the damage of a bad scan or font."""
    kept = (c for c in name if not (_MARKS.match(c) and rng.random() < 0.5))
    return "".join(c for c in kept if rng.random() > 0.1)


@pytest.mark.parametrize("numbered", [True, False])
def test_damaged_lists_are_never_matched_wrongly(numbered: bool) -> None:
    rng = random.Random(20261121)  # noqa: S311
    accepted = right = count = 0
    for year, items in LISTS.items():
        kept = [item for item in items if rng.random() > 0.15]
        rows = [
            ItemRow(skeleton(_damaged(i.name, rng)), i.item_no if numbered else None) for i in kept
        ]
        chosen = choose_list(rows, year)
        for n, (pairing, item) in enumerate(zip(chosen.alignment.pairings, kept, strict=True)):
            count += 1
            if chosen.is_accepted(n) and pairing.item:
                accepted += 1
                right += pairing.item.concept_id == item.concept_id
    assert right == accepted
    assert accepted / count > (0.97 if numbered else 0.6)
