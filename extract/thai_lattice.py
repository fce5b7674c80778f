"""The likeliest reading of damaged Thai letters as a row of dictionary words.

Letters are taken in clusters, a base and the marks on it. Each word of the dictionary that a row of
clusters can be read as is an edge of a lattice: its cost is how rare the word is and what damage
the reading supposes. The cheapest way through the lattice is the reading.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from extract.thai_words import names, thai_lexicon, word_counts

# A glyph that no map explains: U+FFFD, or one number of a font as a character of plane 16.
UNKNOWN = "\ufffd\U00100000-\U0010ffff"
_AA, _AM = "\u0e32", "\u0e33"
_BASES = "\u0e01-\u0e2e\u0e30\u0e32\u0e33\u0e40-\u0e45"
_MARKS = "\u0e31\u0e34-\u0e39\u0e47-\u0e4c"
_CLUSTER = re.compile(f"([{_BASES}]?)([{_MARKS}{UNKNOWN}]*)( ?)")
_VOWELS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_CARRIERS = frozenset(map(chr, range(0x0E01, 0x0E2F)))  # only consonants carry marks
_TALL = frozenset("\u0e1b\u0e1d\u0e1f\u0e2c")  # their upper marks are drawn further left
_MOST_MARKS = 6  # a letter with more of them, known or not, is read as it stands
_TIED = frozenset("\u0e30\u0e32\u0e33\u0e45")  # no word begins with these


@dataclass(frozen=True)
class Costs:
    """What each kind of damage costs, as the negative logarithm of how likely it is."""

    move_to_gap: float = 1.5  # a mark stands on the next letter, and a gap follows
    move: float = 4.0
    fill: float = 0.5  # an unknown glyph is a mark
    insert: float = 6.0  # a mark is lost
    gap_for_mark: float = 1.0  # a gap stands in place of a lost mark
    gap: float = 9.0  # a gap in a word, for no reason
    delete: float = 7.0
    delete_more: float = 1.0
    substitute: float = 8.0
    am: float = 6.0  # sara aa stands for sara am
    aa: float = 12.0  # sara am stands for sara aa
    learned: float = 2.0  # deleted or substituted as elsewhere in the same text
    unread: float = 9.0  # a cluster is in no word
    unread_glyph: float = 5.0  # and holds an unknown glyph at that
    most: float = 16.0  # what the damage of one word may cost


# As how often a dictionary word counts that the corpus lacks: it divides long ones, as compounds.
_UNSEEN, _UNSEEN_LONG, _SHORT = 5, 60, 5


class Cluster(NamedTuple):
    """A base with its marks, and whether a gap follows."""

    base: str
    marks: str
    gap: str
    is_robbed: bool = False  # a mark of it went to the letter before


class Part(NamedTuple):
    """A stretch of clusters, how it reads, and whether that supposes damage."""

    start: int
    end: int
    reading: str
    is_edited: bool
    is_word: bool
    is_robbed: bool  # it begins where the part before took a mark away


class Path(NamedTuple):
    """A way through the lattice up to some cluster."""

    cost: float
    reading: str
    parts: tuple[object, ...]  # (last part, (part before, ...)), or empty


def parts_of(path: Path) -> list[Part]:
    """Return the parts of a path, first to last."""
    parts: list[Part] = []
    chain: Any = path.parts
    while chain:
        part, chain = chain
        parts.append(part)
    return parts[::-1]


class _Word(NamedTuple):
    end: int
    rest: Cluster | None  # what is left of the cluster after the word, where that was robbed
    reading: str
    cost: float
    is_edited: bool
    is_word: bool


# What a cluster may be: letters, the next cluster, what is left of that, the cost.
_Emission = tuple[str, int, Cluster | None, float]


class Swap(NamedTuple):
    """Marks that a letter wears falsely all over a text, and what they stand for."""

    base: str
    false: str
    true: str


class Known(NamedTuple):
    """What a text has told of its damage so far."""

    glyphs: tuple[tuple[str, str], ...] = ()  # unknown glyphs and their readings
    swaps: frozenset[Swap] = frozenset()


def clusters_of(text: str) -> list[Cluster]:
    """Take a text of Thai letters, unknown glyphs and single spaces apart."""
    matches = _CLUSTER.finditer(text)
    return [Cluster(one[1], one[2], one[3]) for one in matches if one[1] or one[2]]


@cache
def _word_costs() -> dict[str, float]:
    """Return the words and names with their costs; infinite for what only begins one."""
    counts = word_counts()
    total = sum(counts.values())
    costs = {
        part: math.log(total / counts.get(part, _UNSEEN_LONG if len(part) > _SHORT else _UNSEEN))
        if is_word
        else math.inf
        for part, is_word in thai_lexicon().items()
    }
    for name in names():
        for end in range(1, len(name)):
            costs.setdefault(name[:end], math.inf)
        costs[name] = min(costs.get(name, math.inf), math.log(total / _UNSEEN))
    return costs


@cache
def _together(marks: str) -> str | None:
    """Return marks in their order, or None where no letter can carry them together."""
    vowels = [mark for mark in marks if mark in _VOWELS]
    tones = [mark for mark in marks if mark in _TONES]
    if len(vowels) > 1 or len(tones) > 1:
        return None
    return "".join(vowels + tones)


@cache
def _fillings(marks: str, costs: Costs) -> dict[str, float]:
    """Return what marks with up to two unknown glyphs among them may be, with the costs."""
    unknown = [mark for mark in marks if mark not in _VOWELS + _TONES]
    found = {"".join(mark for mark in marks if mark not in unknown): 0.0}
    for _ in unknown[:2]:
        step: dict[str, float] = {}
        for before, cost in found.items():
            step.update({before + one: cost + costs.fill for one in _VOWELS + _TONES})
        found = step
    return found


def _has_unknown(marks: str) -> bool:
    return any(mark not in _VOWELS + _TONES for mark in marks)


class Lattice:
    """The readings of a row of clusters."""

    def __init__(self, clusters: list[Cluster], costs: Costs, known: Known) -> None:
        self.clusters = clusters
        self.costs = costs
        self.glyphs = dict(known.glyphs)
        self.swaps = known.swaps
        self.words = _word_costs()
        self.emitted: dict[tuple[int, Cluster | None, bool], list[_Emission]] = {}
        self.readings: dict[tuple[str, str], list[tuple[str, float]]] = {}

    def paths(self, start: int, end: int, most: int) -> list[Path]:
        """Return the cheapest readings of clusters ``start`` to ``end``, best first, all unlike."""
        reached: dict[tuple[int, Cluster | None], dict[str, Path]] = {}
        reached[start, None] = {"": Path(0.0, "", ())}
        rests: dict[int, list[Cluster | None]] = {start: [None]}
        for at in range(start, end):
            for rest in rests.pop(at, ()):
                here = sorted(reached.pop((at, rest)).values())[:most]
                for word in self._words(at, rest, end):
                    key = word.end, word.rest
                    there = reached.get(key)
                    if there is None:
                        there = reached[key] = {}
                        rests.setdefault(word.end, []).append(word.rest)
                    part = None
                    for path in here:
                        cost = path.cost + word.cost
                        # Of one path, only the cost is compared, so readings need not be spelt.
                        reading = path.reading + word.reading if most > 1 else ""
                        if reading not in there or there[reading].cost > cost:
                            part = part or Part(
                                at,
                                word.end,
                                word.reading,
                                word.is_edited,
                                word.is_word,
                                rest is not None,
                            )
                            there[reading] = Path(cost, reading, (part, path.parts))
        return sorted(reached.get((end, None), {}).values())[:most]

    def _words(self, at: int, rest: Cluster | None, end: int) -> Iterator[_Word]:
        if rest is None:
            one = self.clusters[at]
            raw = one.base + one.marks + one.gap
            cost = self.costs.unread
            if _has_unknown(one.marks):
                cost += self.costs.unread_glyph
            yield _Word(at + 1, None, raw, cost, False, False)
        first = rest or self.clusters[at]
        if first.base in _TIED or not first.base:
            return
        words, most = self.words, self.costs.most
        stack: list[tuple[int, Cluster | None, str, float]] = [(at, rest, "", 0.0)]
        while stack:
            k, left, begun, spent = stack.pop()
            one = left or self.clusters[k]
            if one.base in _CARRIERS and begun + one.base not in words:
                continue
            for emitted, after, remains, cost in self._emitted(k, left, end):
                price = spent + cost
                read = begun + emitted
                rarity = words.get(read)
                if rarity is None or price > most:
                    continue
                is_gapless = one.is_robbed or (remains is not None and remains.base == _AM)
                gap = "" if is_gapless else one.gap
                following = remains or (self.clusters[after] if after < end else None)
                if rarity < math.inf and (following is None or self._may_begin(following)):
                    yield _Word(after, remains, read + gap, rarity + price, price > 0, True)
                if following is None:
                    continue
                if gap:
                    has_grown = len(emitted) > len(one.base + one.marks)
                    price += self.costs.gap_for_mark if has_grown else self.costs.gap
                stack.append((after, remains, read, price))

    def _emitted(self, k: int, left: Cluster | None, end: int) -> list[_Emission]:
        key = k, left, k + 1 < end
        if key not in self.emitted:
            one = left or self.clusters[k]
            emissions = self._emissions(k, one, end)
            self.emitted[key] = [one for one in emissions if one[3] <= self.costs.most]
        return self.emitted[key]

    @staticmethod
    def _may_begin(cluster: Cluster) -> bool:
        return bool(cluster.base) and cluster.base not in _TIED

    def _emissions(self, k: int, one: Cluster, end: int) -> Iterator[_Emission]:
        """Yield what a cluster may be: letters, the next cluster, what is left of that, cost."""
        after = self.clusters[k + 1] if k + 1 < end else None
        if one.base not in _CARRIERS or len(one.marks) > _MOST_MARKS:
            yield one.base + one.marks, k + 1, None, 0.0
            if one.base == _AA and not one.marks:
                yield _AM, k + 1, None, self.costs.am
            elif one.base == _AM and not one.marks:
                yield _AA, k + 1, None, self.costs.aa
            return
        for marks, cost in self._marks(one):
            yield one.base + marks, k + 1, None, cost
        if after is None:
            return
        kept = self._without_am(one.marks)
        if after.base == _AA and not after.marks and one.gap and not _has_unknown(one.marks):
            kept = _together(one.marks)  # the gap is where the ring of a sara am was
        if after.base == _AA and not after.marks and kept is not None:
            am = Cluster(_AM, "", after.gap, after.is_robbed)
            yield one.base + kept, k + 1, am, self.costs.fill
        is_word_end = one.gap and not one.is_robbed  # over which no mark moves
        if 0 < len(after.marks) <= _MOST_MARKS and not (is_word_end and after.base):
            yield from self._thefts(k, one, after)

    def _thefts(self, k: int, one: Cluster, after: Cluster) -> Iterator[_Emission]:
        """Yield what a consonant is that takes back marks from the next cluster."""
        for taken in (after.marks, *(after.marks if len(after.marks) > 1 else "")):
            left = after.marks.replace(taken, "", 1)
            cost = self.costs.move_to_gap if after.gap else self.costs.move
            remains: Cluster | None = Cluster(after.base, left, after.gap, is_robbed=True)
            place = k + 1
            if not after.base:
                if left:
                    continue
                remains, place = None, k + 2
            for marks, more in self._fill(one.marks + taken):
                if (emitted := _together(marks)) is not None:
                    yield one.base + emitted, place, remains, cost + more
            kept = self._without_am(one.marks + taken)
            if after.base == _AA and not left and kept is not None:
                am = Cluster(_AM, "", after.gap, is_robbed=True)
                yield one.base + kept, k + 1, am, cost + self.costs.fill

    def _without_am(self, marks: str) -> str | None:
        """Return marks less the unknown glyph that may be the ring of a sara am."""
        unknown = [mark for mark in marks if mark not in _VOWELS + _TONES]
        if len(unknown) != 1 or self.glyphs.get(unknown[0], _AM) != _AM:
            return None
        return _together(marks.replace(unknown[0], ""))

    def _fill(self, marks: str) -> Iterator[tuple[str, float]]:
        read = "".join(self.glyphs.get(mark, mark) for mark in marks)
        if _AM not in read:
            yield from _fillings(read, self.costs).items()

    def _marks(self, one: Cluster) -> list[tuple[str, float]]:
        """Return what the marks of a consonant may truly be, with the cost."""
        key = one.base, one.marks
        if key not in self.readings:
            best: dict[str, float] = {}
            for marks, cost in self._guesses(one):
                if cost <= self.costs.most and cost < best.get(marks, math.inf):
                    best[marks] = cost
            self.readings[key] = list(best.items())
        return self.readings[key]

    def _guesses(self, one: Cluster) -> Iterator[tuple[str, float]]:
        costs = self.costs
        for marks, cost in self._fill(one.marks):
            whole = _together(marks)
            if whole is not None:
                yield whole, cost
                for more in _additions(whole, one.base in _TALL):
                    yield more, cost + costs.insert
            for others, price in _exchanges(marks, costs):
                yield others, cost + price
            for base, false, true in self.swaps:
                if base == one.base and all(mark in marks for mark in false):
                    swapped = _together(true + "".join(m for m in marks if m not in false))
                    if swapped is not None:
                        yield swapped, cost + costs.learned


@cache
def _additions(marks: str, is_tall: bool) -> list[str]:
    """Return marks with one more.

    Shifted glyphs are the ones that get lost: tones on any letter, vowels on tall letters only.
    """
    options = (_together(marks + one) for one in (_VOWELS if is_tall else "") + _TONES)
    return [one for one in options if one is not None]


@cache
def _exchanges(marks: str, costs: Costs) -> list[tuple[str, float]]:
    """Return marks with some of them taken away or one exchanged, and the costs."""
    found = []
    for number in range(1, len(marks) + 1):
        price = costs.delete + (number - 1) * costs.delete_more
        for kept in combinations(marks, len(marks) - number):
            if (fewer := _together("".join(kept))) is not None:
                found.append((fewer, price))
    for n, old in enumerate(marks):
        for new in _VOWELS + _TONES:
            other = _together(marks[:n] + new + marks[n + 1 :])
            if other is not None and new != old:
                found.append((other, costs.substitute))
    return found
