"""Damaged checklists: `python -m benchmarks.checklist_bench [SEED]` prints precision and recall.

Whole item lists and parts of them, aligned as a report's rows are: names damaged, rows missing,
rows between that are no items, with and without numbers and year. Precision is the share of
accepted rows that are right, recall the share of all rows that are accepted and right. Values that
stand alone, as `prongsai match item` sees them, are in ``benchmarks.match_bench``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable

from benchmarks.damage import DAMAGES
from benchmarks.forms import texts
from benchmarks.made_items import KINDS
from extract.thai import skeleton
from normalize.align import ItemRow
from normalize.lists import choose_list
from normalize.reference import Item, item_lists

# The seed of the figures in docs/benchmarks.md; it was not looked at while developing.
REPORTED_SEED = 9001
LISTS = 40
# Share of names that are damaged, and of rows that are missing.
DAMAGED, MISSING = 0.8, 0.05

Verdict = tuple[bool, bool]  # accepted, and right


def damaged(name: str, rng: random.Random) -> str:
    """Damage a name in one way, or cut it, or not at all."""
    kind = rng.choice((*KINDS, "cut"))
    return DAMAGES[kind](name, rng) if rng.random() < DAMAGED else name


def checklists(
    rng: random.Random, *, with_numbers: bool, with_year: bool, is_part: bool
) -> Iterable[Verdict]:
    """Align checklists, with rows missing and rows between that are no items."""
    for _ in range(LISTS):
        year = rng.choice(list(item_lists()))
        items: list[Item | None] = [i for i in item_lists()[year] if rng.random() > MISSING]
        if is_part:
            start = rng.randrange(0, len(items) - 6)
            items = items[start : start + rng.randint(5, 12)]
        for _ in range(2):
            items.insert(rng.randrange(len(items)), None)
        rows = [
            ItemRow(skeleton(damaged(i.name, rng)), i.item_no if with_numbers else None)
            if i
            else ItemRow(skeleton(rng.choice(texts("no_item"))), None)
            for i in items
        ]
        chosen = choose_list(rows, year if with_year else None)
        for n, item in enumerate(items):
            found = chosen.alignment.pairings[n].item
            is_accepted = chosen.is_accepted(n)
            if item is None:
                if is_accepted:
                    yield True, False
                continue
            is_same = found is not None and found.concept_id == item.concept_id
            is_right = is_same and found is not None and found.item_no == item.item_no
            yield is_accepted, is_right


def show(name: str, verdicts: Iterable[Verdict]) -> None:
    """Print precision and recall of a set."""
    rows = list(verdicts)
    accepted = [is_right for is_accepted, is_right in rows if is_accepted]
    right = sum(accepted)
    print(
        f"{name:44} {len(rows):5} rows  precision {right / max(1, len(accepted)):.4f}  "
        f"recall {right / len(rows):.3f}  wrong {len(accepted) - right}"
    )


def main() -> None:
    """Run every set with the given seed, or the reported one."""
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTED_SEED)
    for is_part in (False, True):
        for with_numbers in (True, False):
            for with_year in (True, False):
                name = f"{'part of a list' if is_part else 'whole list'}: "
                name += f"names{', numbers' * with_numbers}{', year' * with_year}"
                verdicts = checklists(
                    rng, with_numbers=with_numbers, with_year=with_year, is_part=is_part
                )
                show(name, verdicts)


if __name__ == "__main__":
    main()
