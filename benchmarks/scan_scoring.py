"""What the scan benchmark counts in a report: cells, characters, digits, items, scores."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from benchmarks.scoring import Grid, exact_cells, plain
from extract.document import UNSURE_DIGIT
from extract.thai import ARABIC_DIGITS, THAI_DIGITS

_DIGIT = f"[{ARABIC_DIGITS}{THAI_DIGITS}]"
NUMBER = re.compile(f"{_DIGIT}+(?:[.,/]{_DIGIT}+)*")
DIGITS = {"thai": frozenset(THAI_DIGITS), "arabic": frozenset(ARABIC_DIGITS)}
Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of a report by name, the cells that are wrong, and the wrong values accepted."""

    counts: Counter[str] = field(default_factory=Counter)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def tally(gold: dict[str, Any], gold_tables: Sequence[Grid], got: Sequence[Grid]) -> Tally:
    """Count cells, characters and digits; spaces are ignored.

    Cells that are right wherever they stand are taken first; the others are paired in reading
    order so that the fewest characters differ, and what has no partner is missing or too much.
    """
    found = Tally()
    cells = exact_cells(gold_tables, got)
    found.counts.update(cells=cells.gold, cells_got=cells.got, cells_right=cells.right)
    wanted, given = (
        [text for grid in side for cell in grid if (text := plain(cell.text))]
        for side in (gold_tables, got)
    )
    for text, count in (Counter(wanted) & Counter(given)).items():
        _count_digits(found.counts, text, text, count)
    found.pairs = _paired(_without(wanted, given), _without(given, wanted))
    for one, other in found.pairs:
        found.counts["edits"] += Levenshtein.distance(one, other)
        _count_digits(found.counts, one, other, 1)
    found.counts["characters"] += sum(map(len, wanted))
    return found


def _without(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the texts that the others do not have.

    Of one that these have more often, those are left out that stand at about the same places.
    """
    places = [_places(side) for side in (texts, others)]
    taken: set[int] = set()
    for text, own in places[0].items():
        for there in places[1].get(text, [])[: len(own)]:
            left = [n for n in own if n not in taken]
            taken.add(min(left, key=lambda n: abs(n / len(texts) - there / len(others))))
    return [text for n, text in enumerate(texts) if n not in taken]


def _places(texts: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for n, text in enumerate(texts):
        places.setdefault(text, []).append(n)
    return places


def _paired(wanted: Sequence[str], given: Sequence[str]) -> list[tuple[str, str]]:
    """Pair texts in order so that the fewest characters differ; "" stands for no partner."""
    rows, columns = len(wanted), len(given)
    costs = np.zeros((rows, columns), int)
    if rows and columns:
        costs = cdist(wanted, given, scorer=Levenshtein.distance, processor=None).astype(int)
    best = np.zeros((rows + 1, columns + 1), int)
    best[1:, 0] = np.cumsum([len(text) for text in wanted])
    best[0, 1:] = np.cumsum([len(text) for text in given])
    for i in range(rows):
        for j in range(columns):
            best[i + 1, j + 1] = min(
                best[i, j] + costs[i, j],
                best[i, j + 1] + len(wanted[i]),
                best[i + 1, j] + len(given[j]),
            )
    pairs: list[tuple[str, str]] = []
    i, j = rows, columns
    while i or j:
        if i and j and best[i, j] == best[i - 1, j - 1] + costs[i - 1, j - 1]:
            pairs.append((wanted[i - 1], given[j - 1]))
            i, j = i - 1, j - 1
        elif i and best[i, j] == best[i - 1, j] + len(wanted[i - 1]):
            pairs.append((wanted[i - 1], ""))
            i -= 1
        else:
            pairs.append(("", given[j - 1]))
            j -= 1
    return pairs[::-1]


def _count_digits(counts: Counter[str], wanted: str, given: str, times: int) -> None:
    """Count digits: those that stand at their place, or another digit does, or an unsure one."""
    for kind, digits in DIGITS.items():
        counts[kind] += times * sum(character in digits for character in wanted)
    for step in Levenshtein.opcodes(wanted, given):
        for kind, digits in DIGITS.items():
            there = [c in digits for c in wanted[step.src_start : step.src_end]]
            if step.tag == "equal":
                counts[f"{kind}_right"] += times * sum(there)
            elif step.tag == "replace":
                came = given[step.dest_start : step.dest_end]
                misread = sum(a and c in digits for a, c in zip(there, came, strict=True))
                counts[f"{kind}_misread"] += times * misread
                unsure = sum(a and c == UNSURE_DIGIT for a, c in zip(there, came, strict=True))
                counts[f"{kind}_unsure"] += times * unsure


def count_apart(found: Tally, name: str, numbers: Counter[str]) -> None:
    """Count the digits of some numbers under a name, and those of them that are right.

    ``numbers`` says how often each comes; what is in no wrong cell is right.
    """
    left = Counter(numbers)
    for number, times in numbers.items():
        for kind, digits in DIGITS.items():
            here = times * sum(character in digits for character in number)
            found.counts.update({f"{kind}_{name}": here, f"{kind}_{name}_right": here})
    for wanted, given in found.pairs:
        kept = {
            n
            for step in Levenshtein.opcodes(wanted, given)
            if step.tag == "equal"
            for n in range(step.src_start, step.src_end)
        }
        for number in NUMBER.finditer(wanted):
            if left[number[0]] > 0:
                left[number[0]] -= 1
                lost = [wanted[n] for n in range(*number.span()) if n not in kept]
                for kind, digits in DIGITS.items():
                    found.counts[f"{kind}_{name}_right"] -= sum(one in digits for one in lost)


def judge_items(
    found: Tally, gold: Sequence[Row], items: Sequence[Row], review: Sequence[Row]
) -> None:
    """Count the items of a report: right, wrong, and named rightly whatever their status.

    An item is accepted where its match is and its row waits for no review. It is right with the
    right item and status; a status that is unclear in the report is right in the review too.
    """
    asked = {(row["table_id"], row["row"]) for row in review if row["kind"] in ("item", "status")}
    wanted = {int(row["item_no"]): row["status"] for row in gold}
    right: set[int] = set()
    named: set[int] = set()
    for row in items:
        if row["match_status"] != "accepted":
            continue
        number, status = int(row["item_no"]), row["status"]
        is_asked = (row["table_id"], row["row"]) in asked
        if number in wanted and number not in named:
            named.add(number)
            if status == wanted[number] and (not is_asked or status == "unclear"):
                right.add(number)
            elif status and not is_asked:  # a status that is not known is none that is wrong
                _blame(found, "items", f"item {number}: {status}, is {wanted[number]}", row)
        elif not is_asked:
            _blame(found, "items", f"item {number}: there is none, or one already", row)
    found.counts.update(items=len(wanted), items_right=len(right), items_named=len(named))


def judge_scores(
    found: Tally, gold: Sequence[Row], scores: Sequence[Row], review: Sequence[Row]
) -> None:
    """Count the scores of a report: right, and wrong.

    Accepted is what waits for no review; scores without a year wait for it all together.
    """
    asked = {_place(row) for row in review if row["kind"] in ("score", "fiscal_year")}
    wanted = {(int(row["fiscal_year_be"]), row["metric"]): row for row in gold}
    right: set[tuple[int, str]] = set()
    for row in scores:
        if _place(row) in asked or not row["fiscal_year_be"]:
            continue
        key = (int(row["fiscal_year_be"]), row["metric"])
        said = f"score {key[0]} {key[1]}: {row['value'] or row['level']}"
        if key not in wanted:
            _blame(found, "scores", f"{said}, is not there", row)
        elif _same(wanted[key], row):
            right.add(key)
        else:
            is_there = wanted[key]["value"] or wanted[key]["level"]
            _blame(found, "scores", f"{said}, is {is_there}", row)
    found.counts.update(scores=len(wanted), scores_right=len(right))


def _blame(found: Tally, what: str, said: str, row: Row) -> None:
    found.counts[f"{what}_wrong"] += 1
    place = f"page {row['page']} {row['table_id'] or ''} row {row['row'] or ''}"
    found.wrong.append(f"{said} ({place}: {row.get('raw') or row.get('item_name_raw')})")


def _place(row: Row) -> tuple[Any, ...]:
    return row["page"], row["table_id"], row["row"], plain(str(row["raw"]))


def _same(wanted: Row, row: Row) -> bool:
    if wanted["value"] and (not row["value"] or float(row["value"]) != float(wanted["value"])):
        return False
    return not row["level"] or row["level"] == wanted["level"]
