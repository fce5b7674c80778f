"""What is so in the country, whatever the reports say: the state of items, and the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from normalize.reference import INSTRUMENTS, Item, bands, indicators, item_lists, weights

STATUSES = ("complete", "partial", "missing", "in_progress", "not_started")
COMPLETE, MISSING = STATUSES.index("complete"), STATUSES.index("missing")
TURNING_SHARE = 0.24
"""Agencies that change for good in one year: half of them for the better."""
TURNING_CONCEPTS = 5
WEAK_CONCEPTS = 2
SLIP_SHARE = 0.04
SLIPS = (
    *("unexplained", "transposed_digits", "equal_weights", "part_left_out", "year_before"),
    "interchanged",
)
"""What goes wrong with a published score: the total, or at last two instruments."""
LEAST_SLIP = 0.05
SURVEYED = 8
"""Indicators 1 to 8 are those of the surveys; 9 and 10 follow from the items."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An agency (its position) that completes these concepts from a year (be) on, or loses them.

    All of them are missing before, or after, and complete in all other years.
    """

    agency: int
    fiscal_year_be: int
    is_better: bool
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weak:
    """Concepts that most agencies of a type or province lack in every year."""

    column: str
    peer: str
    concepts: tuple[str, ...]


@dataclass(slots=True)
class YearScores:
    """Scores (0-100) of a year, one row per agency; two decimals, as they are published.

    ``instruments`` are in the order of INSTRUMENTS. ``slip`` says what went wrong with the
    published total or instruments (of SLIPS), None where nothing did.
    """

    indicators: Any
    sub_indicators: dict[str, Any]
    instruments: Any
    overall: Any
    computed_instruments: Any
    computed_overall: Any
    levels: Any
    slip: Any


@dataclass(slots=True)
class Results:
    """The truth: ``status`` is a code of STATUSES by year, agency and item of the year's list."""

    agencies: pd.DataFrame
    years: tuple[int, ...]
    turns: tuple[Turn, ...] = ()
    weak: tuple[Weak, ...] = ()
    status: dict[int, Any] = field(default_factory=dict)
    scores: dict[int, YearScores] = field(default_factory=dict)


def lasting_concepts() -> tuple[str, ...]:
    """Return the concepts that every year's list has as an item of their own."""
    lists = item_lists().values()
    return tuple(
        item.concept_id
        for item in item_lists()[min(item_lists())]
        if all(any(other.concept_id == item.concept_id for other in one) for one in lists)
    )


def make_results(agencies: pd.DataFrame, years: Sequence[int], seed: int) -> Results:
    """Invent what is so for agencies of the registry in fiscal years (be)."""
    rng = np.random.default_rng([seed, 1])
    results = Results(agencies, tuple(years))
    results.turns = _turns(results, rng)
    results.weak = _weak_spots(agencies, rng)
    _invent(results, rng)
    return results


def _turns(results: Results, rng: np.random.Generator) -> tuple[Turn, ...]:
    if len(results.years) < 2:
        return ()
    lasting = lasting_concepts()
    turning = np.flatnonzero(rng.random(len(results.agencies)) < TURNING_SHARE)
    return tuple(
        Turn(
            int(agency),
            int(rng.choice(results.years[1:])),
            bool(rng.random() < 0.5),
            tuple(lasting[n] for n in sorted(rng.permutation(len(lasting))[:TURNING_CONCEPTS])),
        )
        for agency in turning
    )


def _weak_spots(agencies: pd.DataFrame, rng: np.random.Generator) -> tuple[Weak, ...]:
    lasting = lasting_concepts()
    return tuple(
        Weak(
            column,
            str(peer),
            tuple(lasting[n] for n in sorted(rng.permutation(len(lasting))[:WEAK_CONCEPTS])),
        )
        for column in ("agency_type", "province")
        for peer in agencies[column].drop_duplicates()
    )


def _invent(results: Results, rng: np.random.Generator) -> None:
    count = len(results.agencies)
    lists = {year: item_lists()[year] for year in results.years}
    concepts = list(dict.fromkeys(c for items in lists.values() for i in items for c in i.concepts))
    place = {concept: n for n, concept in enumerate(concepts)}
    ability = rng.normal(1.9, 0.8, count)
    lasting = ability[:, None] - rng.normal(0, 0.6, len(concepts))
    lasting += rng.normal(0, 0.7, lasting.shape)
    for weak in results.weak:
        rows = np.flatnonzero(results.agencies[weak.column] == weak.peer)
        lasting[np.ix_(rows, [place[c] for c in weak.concepts if c in place])] -= 4.0
    kinds = rng.choice([2, 2, 2, 3, 4], size=lasting.shape)
    surveyed = 86 + 4 * ability[:, None] + rng.normal(0, 4, (count, SURVEYED))
    for year in results.years:
        latent = lasting + rng.normal(0, 0.4, lasting.shape)
        forced = _forced(results, year, place, count)
        codes = np.where(latent > 0, COMPLETE, np.where(latent > -0.7, 1, kinds))
        codes = np.where(forced == 1, COMPLETE, np.where(forced == -1, MISSING, codes))
        worst = np.where(forced != 0, -10.0 * forced, -latent)
        results.status[year] = _of_items(lists[year], place, codes, worst)
        if all(instrument in weights().get(year, {}) for instrument in INSTRUMENTS):
            surveys = np.clip(surveyed + rng.normal(0, 2, surveyed.shape), 20, 100).round(2)
            before = results.scores.get(year - 1)
            points = (results.status[year] == COMPLETE) * 100.0
            results.scores[year] = _scores(year, lists[year], points, surveys, before, rng)


def _forced(results: Results, year: int, place: dict[str, int], count: int) -> Any:
    forced = np.zeros((count, len(place)), dtype=np.int8)
    for turn in results.turns:
        sign = 1 if (year >= turn.fiscal_year_be) == turn.is_better else -1
        for concept in turn.concepts:
            forced[turn.agency, place[concept]] = sign
    return forced


def _of_items(items: Sequence[Item], place: dict[str, int], codes: Any, worst: Any) -> Any:
    """Give an item that carries several concepts the status of the worst of them."""
    columns = []
    for item in items:
        parts = [place[concept] for concept in item.concepts]
        pick = worst[:, parts].argmax(axis=1)
        columns.append(codes[np.arange(len(codes)), np.array(parts)[pick]])
    return np.stack(columns, axis=1).astype(np.int8)


def _scores(
    year: int,
    items: Sequence[Item],
    points: Any,
    surveys: Any,
    before: YearScores | None,
    rng: np.random.Generator,
) -> YearScores:
    names = list(dict.fromkeys(item.sub_indicator_no for item in items))
    subs = {
        name: points[:, [item.sub_indicator_no == name for item in items]].mean(axis=1).round(2)
        for name in names
    }
    disclosed = [
        np.mean([subs[name] for name in names if name.split(".")[0] == number], axis=0).round(2)
        for number in ("9", "10")
    ]
    by_indicator = np.column_stack([surveys, *disclosed])
    computed = np.column_stack(
        [
            by_indicator[
                :, [i.indicator_no - 1 for i in indicators() if i.instrument == instrument]
            ].mean(axis=1)
            for instrument in INSTRUMENTS
        ]
    )
    shares = np.array([weights()[year][instrument] for instrument in INSTRUMENTS]) / 100
    overall, instruments, slip = _published(computed, shares, before, rng)
    levels = levels_of(year, overall, instruments)
    total = instruments @ shares
    return YearScores(by_indicator, subs, instruments, overall, computed, total, levels, slip)


def _published(
    computed: Any, shares: Any, before: YearScores | None, rng: np.random.Generator
) -> tuple[Any, Any, Any]:
    """Return the total and the instruments as they are printed, and what went wrong with them."""
    count = len(computed)
    instruments = computed.round(2)
    right = (instruments @ shares).round(2)
    cents = (right * 100).round().astype(np.int64)
    digits = cents // 10 % 10, cents // 100 % 10
    wrong = {
        "unexplained": right + rng.uniform(0.5, 3, count) * np.where(right > 90, -1, 1),
        "transposed_digits": right + (digits[0] - digits[1]) * 0.9,
        "equal_weights": instruments.mean(axis=1),
        "part_left_out": (right - shares[1] * instruments[:, 1]) / (1 - shares[1]),
        "year_before": right if before is None else before.overall,
        "interchanged": right,
    }
    kind = np.where(rng.random(count) < SLIP_SHARE, rng.integers(0, len(SLIPS), count), -1)
    overall, slip = right.copy(), np.full(count, None, dtype=object)
    for n, name in enumerate(SLIPS):
        own = (kind == n) & (np.abs(wrong[name] - right) > LEAST_SLIP)
        overall[own] = wrong[name][own].round(2)
        slip[own] = name
    swapped = (kind == len(SLIPS) - 1) & (
        np.abs(instruments[:, 0] - instruments[:, 1]) > LEAST_SLIP
    )
    instruments[swapped, :2] = instruments[swapped, 1::-1]
    slip[swapped] = "interchanged"
    return overall, instruments, slip


def levels_of(year: int, overall: Any, instruments: Any) -> Any:
    """Return the level of each total (0-100) in the scheme of a year (be)."""
    weakest = instruments.min(axis=1)
    found = np.full(len(overall), None, dtype=object)
    for band in reversed(bands()[year]):  # the best that fits is set last
        fits = (overall >= band.min_score) & (overall <= band.max_score)
        if band.min_instrument_score is not None:
            fits &= weakest >= band.min_instrument_score
        found[fits] = band.level
    return found
