"""The arithmetic of ITA scores: instrument and overall scores from parts, and their level."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from normalize.reference import INSTRUMENTS, bands, indicators, weights

# A published score farther than this from the computed one is a discrepancy (points).
TOLERANCE = 0.01


def instrument_score(instrument: str, by_indicator: Mapping[int, float]) -> float | None:
    """Return the mean of an instrument's indicator scores (0-100), None unless all are there.

    Source: the ITA framework: IIT is the mean of indicators 1-5, EIT of 6-8 and
    OIT of 9 and 10.
    """
    numbers = [i.indicator_no for i in indicators() if i.instrument == instrument]
    if not all(number in by_indicator for number in numbers):
        return None
    return fmean(by_indicator[number] for number in numbers)


def overall_score(fiscal_year_be: int, by_instrument: Mapping[str, float]) -> float | None:
    """Return the weighted overall score (0-100), None where a score or that year's weights lack."""
    shares = weights().get(fiscal_year_be, {})
    if not all(i in shares and i in by_instrument for i in INSTRUMENTS):
        return None
    return sum(shares[i] * by_instrument[i] for i in INSTRUMENTS) / 100


def level_of(fiscal_year_be: int, overall: float, by_instrument: Mapping[str, float]) -> str | None:
    """Return the level of an overall score (0-100) in that year's scheme.

    From 2566 the upper levels also depend on the weakest instrument; where that is not known and
    would decide, the level is None.
    """
    weakest = min(by_instrument.values()) if len(by_instrument) == len(INSTRUMENTS) else None
    for band in bands().get(fiscal_year_be, ()):
        if round(overall, 2) < band.min_score or round(overall, 2) > band.max_score:
            continue
        if band.min_instrument_score is None:
            return band.level
        if weakest is None:
            return None
        if round(weakest, 2) >= band.min_instrument_score:
            return band.level
    return None


def levels(fiscal_year_be: int | None) -> tuple[str, ...]:
    """Return the names of the levels of a year, best first; of all years where it is unknown."""
    years = [fiscal_year_be] if fiscal_year_be in bands() else list(bands())
    return tuple(dict.fromkeys(band.level for year in years if year for band in bands()[year]))
