"""The framework of each fiscal year: items, indicators, questions and grades (data/*.csv).

How sure each list is stands in its ``confidence`` column and in data/README.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extract.thai import skeleton
from normalize.datafiles import read_rows

INSTRUMENTS = ("IIT", "EIT", "OIT")


@dataclass(frozen=True, slots=True)
class Item:
    """An OIT item of a fiscal year's list; ``concept_id`` links it to other years ("a+b": both).

    ``keys`` are the skeletons of its name and of its other known wordings.
    """

    fiscal_year_be: int
    item_no: int
    name: str
    indicator_no: int | None
    sub_indicator_no: str
    concept_id: str
    confidence: str
    keys: tuple[str, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that the item carries; more than one where a year merged items."""
        return _parts(self.concept_id)

    @property
    def listed(self) -> str:
        """Number, name and year, as a person who must choose is shown them."""
        return f"O{self.item_no} {self.name} ({self.fiscal_year_be})"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the ten indicators; its names in all years stand in ``names``."""

    indicator_no: int
    instrument: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the IIT or EIT survey of a year; ``topic`` may be empty (not known)."""

    fiscal_year_be: int
    instrument: str
    question_no: int
    indicator_no: int
    topic: str


@dataclass(frozen=True, slots=True)
class Band:
    """A level of a year's grading scheme; scores 0-100, both ends included.

    From 2566 some levels also need every instrument to reach ``min_instrument_score``. ``is_pass``
    says whether an agency of this level has passed, which in letters is A or better.
    """

    level: str
    scheme: str
    min_score: float
    max_score: float
    min_instrument_score: float | None
    is_pass: bool


@cache
def item_lists() -> dict[int, tuple[Item, ...]]:
    """Return the item list of each fiscal year (be), in order of item numbers."""
    aliases: dict[tuple[str, str], list[str]] = {}
    for row in read_rows("item_aliases.csv"):
        aliases.setdefault((row["fiscal_year_be"], row["item_no"]), []).append(row["alias"])
    lists: dict[int, list[Item]] = {}
    for row in read_rows("items.csv"):
        names = [row["name"], *aliases.get((row["fiscal_year_be"], row["item_no"]), [])]
        item = Item(
            int(row["fiscal_year_be"]),
            int(row["item_no"]),
            row["name"],
            int(row["indicator_no"]) if row["indicator_no"] else None,
            row["sub_indicator_no"],
            row["concept_id"],
            row["confidence"],
            tuple(dict.fromkeys(skeleton(name) for name in names)),
        )
        lists.setdefault(item.fiscal_year_be, []).append(item)
    return {year: tuple(sorted(items, key=lambda i: i.item_no)) for year, items in lists.items()}


@cache
def _parts(concept_id: str) -> tuple[str, ...]:
    return tuple(concept_id.split("+"))


def shared_concept(items: Iterable[Item]) -> str | None:
    """Return the concept that items of several years have in common; None where they have none.

    A later year may have merged an item with another ("a+b"): "a" is what it shares with "a".
    """
    first, *others = [item.concepts for item in items]
    shared = [concept for concept in first if all(concept in other for other in others)]
    return "+".join(shared) or None


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the ten indicators, each with every name it has had."""
    names: dict[tuple[int, str], dict[str, None]] = {}
    for row in read_rows("indicators.csv"):
        names.setdefault((int(row["indicator_no"]), row["instrument"]), {})[row["name"]] = None
    return tuple(Indicator(n, instrument, tuple(found)) for (n, instrument), found in names.items())


@cache
def _indicator_names() -> dict[tuple[int, int], str]:
    return {
        (int(row["indicator_no"]), int(row["fiscal_year_be"])): row["name"]
        for row in read_rows("indicators.csv")
    }


def indicator_name(indicator_no: int, fiscal_year_be: int | None) -> str:
    """Return an indicator's name in that fiscal year (be), or its first where that is unknown."""
    first = next(i.names[0] for i in indicators() if i.indicator_no == indicator_no)
    return _indicator_names().get((indicator_no, fiscal_year_be or 0), first)


@cache
def sub_indicators() -> dict[int, dict[str, str]]:
    """Return name by number ("9.1") of the sub-indicators of each fiscal year (be)."""
    found: dict[int, dict[str, str]] = {}
    for row in read_rows("sub_indicators.csv"):
        found.setdefault(int(row["fiscal_year_be"]), {})[row["sub_indicator_no"]] = row["name"]
    return found


@cache
def questions() -> dict[tuple[int, str, int], Question]:
    """Return the survey questions by fiscal year (be), instrument and number."""
    return {
        (int(row["fiscal_year_be"]), row["instrument"], int(row["question_no"])): Question(
            int(row["fiscal_year_be"]),
            row["instrument"],
            int(row["question_no"]),
            int(row["indicator_no"]),
            row["topic"],
        )
        for row in read_rows("questions.csv")
    }


@cache
def weights() -> dict[int, dict[str, float]]:
    """Return the weight in percent of each instrument in each fiscal year (be) where known."""
    found: dict[int, dict[str, float]] = {}
    for row in read_rows("instruments.csv"):
        if row["weight_percent"]:
            year = found.setdefault(int(row["fiscal_year_be"]), {})
            year[row["instrument"]] = float(row["weight_percent"])
    return found


@cache
def list_sizes() -> dict[int, int]:
    """Return how many OIT items each fiscal year (be) has; its list may lack some of them."""
    rows = [row for row in read_rows("instruments.csv") if row["instrument"] == "OIT"]
    return {int(row["fiscal_year_be"]): int(row["item_count"]) for row in rows}


@cache
def bands() -> dict[int, tuple[Band, ...]]:
    """Return the levels of each fiscal year (be), best first."""
    found: dict[int, list[Band]] = {}
    for row in read_rows("grade_bands.csv"):
        floor = row["min_instrument_score"]
        band = Band(
            row["level"],
            row["scheme"],
            float(row["min_score"]),
            float(row["max_score"]),
            float(floor) if floor else None,
            row["is_pass"] == "yes",  # noqa: S105
        )
        found.setdefault(int(row["fiscal_year_be"]), []).append(band)
    return {year: tuple(levels) for year, levels in found.items()}
