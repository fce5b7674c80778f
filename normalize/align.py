"""Rows of a report against the item list of a year: one alignment of two sequences.

Evidence for a pair is a sum of log-odds (natural logarithm): how alike the names are, whether the
numbers agree and whether the section above the row is the item's. The alignment that explains most
is found by dynamic programming; rows and items may stay alone, and order is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from normalize.likeness import UNLIKE, KnownNames, Likeness
from normalize.naming import heading_similarity
from normalize.reference import Item, item_lists

# Log-odds of a pair by the similarity of its names: (from similarity, log-odds), where they differ
# in letters here and there, where one is cut off, and where they differ by a word. Rounded from
# what damaged names and texts that name no item gave (docs/matching.md).
SLIPS = (
    *((99.0, 8.0), (92.0, 7.0), (88.0, 6.5), (84.0, 6.0), (80.0, 5.0), (76.0, 4.0)),
    *((72.0, 2.0), (60.0, 0.0), (0.0, -4.0)),
)
BEGINNING = ((84.0, 5.3), (80.0, 4.8), (76.0, 4.0), (72.0, 1.5), (60.0, -1.0), (0.0, -4.0))
OTHER_WORD = ((88.0, 4.5), (84.0, 3.0), (76.0, 1.5), (60.0, 0.0), (0.0, -4.0))
# What each point of similarity costs a name that is behind the most similar one of the list.
NAME_BEHIND = 0.4
NUMBER_AGREES, LETTER_AGREES, NUMBER_DIFFERS = 3.5, 5.0, -3.0
# With its number a name may be short: so much of the text (of so many letters) stands in the name,
# in order. That makes up for words that are left out.
SHORT_FORM, LEAST_SHORT = 0.9, 6
# Similarity (0-100) from which a name is that of an indicator or sub-indicator, and the log-odds
# that a row with such a name and no number is an item.
SAME_HEADING, HEADING = 92.0, -6.0
SECTION_AGREES, SECTION_DIFFERS = 1.0, -1.5
# Log-odds that a name says less for a list where only other years' lists have it.
OTHER_YEARS_WORDING = 4.0
# Log-odds that a row is any given item before it is looked at.
PRIOR = -2.0
# A row between two aligned rows that leave exactly one item for it.
ORDER_EVIDENCE = 3.0
# A pair is accepted from these log-odds, with this lead over the row's next best item.
ACCEPT, ACCEPT_LEAD = 3.0, 2.0
# A pair out of the list's order needs this much.
ACCEPT_OUT_OF_ORDER = 6.0


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What a row offers to be recognised by: name key (skeleton), number and section.

    ``has_letter`` says that the number is written with the letter O, as nothing but items are.
    """

    key: str
    number: int | None
    sub_indicator_no: str = ""
    has_letter: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """A row's item, or None; its log-odds, the evidence in words, and the next best items.

    ``similarity`` is that of the names, 0-100; ``is_elsewhere`` says that the name is one that
    other years' lists have for the item.
    """

    item: Item | None
    similarity: float
    is_elsewhere: bool
    log_odds: float
    lead: float
    method: str
    is_accepted: bool
    alternatives: tuple[tuple[Item, float], ...]

    @property
    def worth(self) -> float:
        """What it says for the list, in log-odds: a wording of another year says less."""
        return self.log_odds - OTHER_YEARS_WORDING * self.is_elsewhere

    @property
    def score(self) -> float:
        """The log-odds as a probability, 0 to 1."""
        return probability(self.log_odds)


def probability(log_odds: float) -> float:
    """Return log-odds (natural logarithm) as a probability, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairing of every row with one list, and what the pairs are worth together."""

    fiscal_year_be: int
    pairings: tuple[Pairing, ...]
    total: float


class Weight(NamedTuple):
    """What speaks for a row being an item: log-odds as the answer, and as a rival to the answer.

    ``note`` stands where something else than names, numbers and sections decided.
    """

    row: ItemRow
    item: Item
    likeness: Likeness
    odds: float
    rival_odds: float
    note: str = ""

    @property
    def words(self) -> str:
        """The evidence in words."""
        return self.note or " + ".join(_words(self.row, self.item, self.likeness))


def evidence(row: ItemRow, items: Sequence[Item]) -> list[Weight]:
    """Return the weight of each item.

    A text that is the name of one item is no damaged name of another: as the answer a name also
    pays for being behind the most similar one, as a rival it does not.
    """
    alike = _known_names(tuple(items)).likeness(row.key)
    best = max((one.similarity for one in alike), default=0.0)
    if row.key and row.number is None and heading_similarity(row.key) >= max(best, SAME_HEADING):
        note = "name of a heading"
        return [Weight(row, item, UNLIKE, HEADING, HEADING, note) for item in items]
    weights = []
    for item, own in zip(items, alike, strict=True):
        odds = _odds(row, item, own)
        behind = NAME_BEHIND * (best - own.similarity)
        weights.append(Weight(row, item, own, odds - behind, odds))
    return weights


@lru_cache(maxsize=32)
def _known_names(items: tuple[Item, ...]) -> KnownNames:
    """Return the names of items; those of one year's list also go by what other years call them."""
    names = [item.keys for item in items]
    taken = {key for keys in names for key in keys}
    others: dict[str, dict[str, None]] = {}
    if len({item.fiscal_year_be for item in items}) == 1:
        for item in (item for listed in item_lists().values() for item in listed):
            own = (key for key in item.keys if key not in taken)
            others.setdefault(item.concept_id, {}).update(dict.fromkeys(own))
    return KnownNames(names, [tuple(others.get(item.concept_id, ())) for item in items])


def _odds(row: ItemRow, item: Item, alike: Likeness) -> float:
    odds = PRIOR
    if row.key and alike is UNLIKE and row.number != item.item_no:
        odds += SLIPS[-1][1]
    elif row.key:
        scale = OTHER_WORD if alike.has_other_word else BEGINNING if alike.is_beginning else SLIPS
        named = next(odds for floor, odds in scale if alike.similarity >= floor)
        if named < 0 and row.number == item.item_no and _is_short_form(row.key, item):
            named = 0.0
        odds += named
    if row.number is not None:
        agrees = LETTER_AGREES if row.has_letter else NUMBER_AGREES
        odds += agrees if row.number == item.item_no else NUMBER_DIFFERS
    if row.sub_indicator_no and item.sub_indicator_no:
        agrees = row.sub_indicator_no == item.sub_indicator_no
        odds += SECTION_AGREES if agrees else SECTION_DIFFERS
    return odds


def _is_short_form(key: str, item: Item) -> bool:
    return len(key) >= LEAST_SHORT and any(
        LCSseq.similarity(key, known) >= SHORT_FORM * len(key) for known in item.keys
    )


def _words(row: ItemRow, item: Item, alike: Likeness) -> Iterator[str]:
    if row.key:
        how = "beginning of name" if alike.is_beginning else "name"
        yield f"{how} {alike.similarity:.0f}{' with another word' * alike.has_other_word}"
        if alike.is_elsewhere:
            yield "wording of another year"
    if row.number is not None:
        yield "number" if row.number == item.item_no else f"number {row.number} differs"
    if row.sub_indicator_no and item.sub_indicator_no:
        agrees = row.sub_indicator_no == item.sub_indicator_no
        yield "section" if agrees else "section differs"


def align(rows: Sequence[ItemRow], items: Sequence[Item]) -> Alignment:
    """Align rows with the items of one year's list (not empty), both in their order."""
    found = [evidence(row, items) for row in rows]
    chosen = _best_path([[weight.odds for weight in row] for row in found])
    chosen = _by_neighbours(chosen, found, len(items))
    pairings = tuple(_pairing(found[n], chosen, n) for n in range(len(rows)))
    total = sum(p.worth for p in pairings if p.item is not None)
    return Alignment(items[0].fiscal_year_be, pairings, total)


def _best_path(odds: list[list[float]]) -> list[int | None]:
    """Return for each row the item of the best alignment that keeps order, or None."""
    height, width = len(odds), len(odds[0]) if odds else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            pair = best[i - 1][j - 1] + odds[i - 1][j - 1]
            best[i][j] = max(best[i - 1][j], best[i][j - 1], pair)
    chosen: list[int | None] = [None] * height
    i, j = height, width
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            chosen[i] = j
    return chosen


def _by_neighbours(
    chosen: list[int | None], found: list[list[Weight]], width: int
) -> list[int | None]:
    """Give a lone row the one item that the rows beside it leave over.

    A row that is itself enough like an item out of order is not lone.
    """
    filled = list(chosen)
    for n, item in enumerate(chosen):
        before = chosen[n - 1] if n else -1
        after = chosen[n + 1] if n + 1 < len(chosen) else width
        if item is not None or before is None or after is None or after - before != 2:
            continue
        if max(weight.odds for weight in found[n]) < ACCEPT_OUT_OF_ORDER:
            filled[n] = before + 1
    return filled


def _pairing(weights: list[Weight], chosen: list[int | None], n: int) -> Pairing:
    ranked = sorted(weights, key=lambda weight: -weight.odds)
    j = chosen[n]
    own = ranked[0] if j is None else weights[j]
    log_odds, words = own.odds, own.words
    if j is None:
        words += " + out of order"
    elif _has_neighbours(chosen, n):
        log_odds += ORDER_EVIDENCE
        words += " + neighbours"
    others = [weight for weight in ranked if weight is not own]
    lead = log_odds - max((weight.rival_odds for weight in others), default=0.0)
    needed = ACCEPT_OUT_OF_ORDER if j is None else ACCEPT
    is_accepted = log_odds >= needed and lead >= ACCEPT_LEAD
    item = own.item if is_accepted or log_odds > 0 else None
    if item is None:
        words, others = "no item is like it", ranked
    alike, rest = own.likeness, _scored(others[:3])
    return Pairing(
        item, alike.similarity, alike.is_elsewhere, log_odds, lead, words, is_accepted, rest
    )


def _has_neighbours(chosen: list[int | None], n: int) -> bool:
    """Say whether the rows on both sides have the items on both sides (ends count as sides)."""
    item = chosen[n]
    if item is None:
        return False
    before = n == 0 or chosen[n - 1] == item - 1
    after = n + 1 == len(chosen) or chosen[n + 1] == item + 1
    return before and after and len(chosen) > 1


def _scored(weights: Sequence[Weight]) -> tuple[tuple[Item, float], ...]:
    return tuple((weight.item, weight.odds) for weight in weights)
