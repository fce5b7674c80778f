"""How alike a text and a known name are, on the skeleton key: one measure for every matcher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from extract.thai import skeleton
from normalize.reference import Indicator, indicators, sub_indicators

# Similarity (0-100) from which two names are taken for one, and the lead it must have.
SAME_NAME = 80.0
SAME_NAME_LEAD = 6.0
# Similarity (0-100) from which a text is the name of a sub-indicator.
SAME_SUB_INDICATOR = 88.0


def similarity(key: str, known: Sequence[str]) -> float:
    """Return the best similarity (0-100) of a skeleton key to the keys of one name."""
    return max((fuzz.ratio(key, other, processor=None) for other in known), default=0.0)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """The known thing that a text names best, its similarity, and its lead over the next one."""

    thing: T
    similarity: float
    lead: float

    @property
    def is_sure(self) -> bool:
        """Whether the name is near enough and no other is about as near."""
        return self.similarity >= SAME_NAME and self.lead >= SAME_NAME_LEAD


def best_named(text: str, known: Iterable[tuple[T, Sequence[str]]]) -> Named[T] | None:
    """Return what the text names best among (thing, keys); None if there is nothing to name."""
    key = skeleton(text)
    if not key:
        return None
    ranked = sorted(((similarity(key, keys), thing) for thing, keys in known), key=lambda r: -r[0])
    if not ranked:
        return None
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return Named(ranked[0][1], ranked[0][0], ranked[0][0] - second)


@cache
def _indicator_keys() -> tuple[tuple[Indicator, tuple[str, ...]], ...]:
    return tuple((i, tuple(skeleton(name) for name in i.names)) for i in indicators())


def name_indicator(text: str) -> Named[Indicator] | None:
    """Return the indicator that a name (of any year) means."""
    return best_named(text, _indicator_keys())


def name_sub_indicator(text: str, *fiscal_years_be: int) -> Named[str] | None:
    """Return the number ("9.2") of the sub-indicator that a name means in these fiscal years.

    Without a year that is known the names of all years count.
    """
    return best_named(text, _sub_indicator_keys(fiscal_years_be))


@cache
def _sub_indicator_keys(
    fiscal_years_be: tuple[int, ...],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    known = sub_indicators()
    names: dict[str, dict[str, None]] = {}
    for year in [y for y in fiscal_years_be if y in known] or known:
        for number, name in known[year].items():
            names.setdefault(number, {})[skeleton(name)] = None
    return tuple((number, tuple(keys)) for number, keys in names.items())


@cache
def heading_similarity(key: str) -> float:
    """Return how alike (0-100) a skeleton key and the most similar heading of any year are."""
    known = (*_indicator_keys(), *_sub_indicator_keys(()))
    return max(similarity(key, keys) for _, keys in known)
