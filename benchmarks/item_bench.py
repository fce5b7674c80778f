"""Items under damage: `python -m benchmarks.item_bench [SEED]` prints precision and recall.

Names of the item lists are damaged as PDFs, OCR and hurried people damage them, alone and as whole
checklists, with and without numbers and years. Precision is the share of accepted rows that are
right, recall the share of all rows that are accepted and right.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable

from extract.thai import convert_digits, skeleton
from normalize.align import ItemRow
from normalize.lists import choose_list
from normalize.match import match_item
from normalize.reference import Item, item_lists

# The seed of the figures in docs/benchmarks.md; it was not looked at while developing.
REPORTED_SEED = 9001
SINGLES, LISTS = 400, 40
MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Consonants that readers of pictures take for one another.
CONFUSED = dict(zip("ดตชซภถผฝพฟคบปนรลสข", "ตดซชถภฝผฟพดปบบธสลช", strict=True))
NOISE = ("รวม", "หมายเหตุ", "การบริหารทรัพยากร", "นโยบาย No Gift Policy", "ลงชื่อผู้รายงาน")

Verdict = tuple[bool, bool]  # accepted, and right


def damaged(name: str, rng: random.Random) -> str:
    """Damage a name in one of five ways, or not at all."""
    kind = rng.choice(("none", "marks", "dropped", "confused", "cut", "split"))
    if kind == "marks":
        kept = "".join(c for c in name if not MARK.match(c) or rng.random() > 0.4)
        return kept.replace("ำ", rng.choice(("ำ", "า", " า")))
    if kind == "dropped":
        return "".join(c for c in name if rng.random() > 0.1)
    if kind == "confused":
        return "".join(CONFUSED.get(c, c) if rng.random() < 0.25 else c for c in name)
    if kind == "cut":
        return name[: max(6, int(len(name) * rng.uniform(0.5, 0.8)))]
    if kind == "split":
        place = rng.randrange(1, max(2, len(name)))
        return f"{name[:place]} {name[place:]}"
    return name


def numbered(number: int, rng: random.Random) -> str:
    """Write an item number in one of the ways that reports use."""
    thai = convert_digits(f"0{number}", "thai")
    return rng.choice(
        (f"O{number}", f"o{number}", f"OIT {number}", thai, f"ข้อ {number}", f"{number}.")
    )


def single_rows(rng: random.Random, *, with_number: bool, with_year: bool) -> Iterable[Verdict]:
    """Match one written name at a time, as `prongsai match item` does."""
    for _ in range(SINGLES):
        year = rng.choice(list(item_lists()))
        item = rng.choice(item_lists()[year])
        text = damaged(item.name, rng)
        if with_number:
            text = f"{numbered(item.item_no, rng)} {text}"
        found = match_item(text, year if with_year else None)
        is_right = found.get("concept_id") == item.concept_id
        is_right &= found.get("item_no") in (item.item_no, None)
        yield found["match_status"] == "accepted", is_right


def checklists(
    rng: random.Random, *, with_numbers: bool, with_year: bool, is_part: bool
) -> Iterable[Verdict]:
    """Align whole checklists, with rows missing and rows between that are no items."""
    for _ in range(LISTS):
        year = rng.choice(list(item_lists()))
        items: list[Item | None] = [i for i in item_lists()[year] if rng.random() > 0.05]
        if is_part:
            start = rng.randrange(0, len(items) - 6)
            items = items[start : start + rng.randint(5, 12)]
        for _ in range(2):
            items.insert(rng.randrange(len(items)), None)
        rows = [
            ItemRow(skeleton(damaged(i.name, rng)), i.item_no if with_numbers else None)
            if i
            else ItemRow(skeleton(rng.choice(NOISE)), None)
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
    for with_number in (True, False):
        for with_year in (True, False):
            name = f"single: name{', number' * with_number}{', year' * with_year}"
            show(name, single_rows(rng, with_number=with_number, with_year=with_year))
    for is_part in (False, True):
        for with_numbers in (True, False):
            for with_year in (True, False):
                name = f"{'part of a list' if is_part else 'whole list'}: "
                name += f"names{', numbers' * with_numbers}{', year' * with_year}"
                show(
                    name,
                    checklists(
                        rng, with_numbers=with_numbers, with_year=with_year, is_part=is_part
                    ),
                )


if __name__ == "__main__":
    main()
