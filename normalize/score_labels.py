"""What a printed score or level is, and what names it: a label, the words of a level."""

from __future__ import annotations

from dataclasses import dataclass

from extract.thai import skeleton
from normalize.grades import levels
from normalize.naming import SAME_SUB_INDICATOR, name_sub_indicator
from normalize.patterns import pattern
from normalize.records import Evidence
from normalize.reference import indicator_name, sub_indicators
from normalize.sections import indicator_of_row

# A line longer than this is running text, where no label is looked for (characters).
MAX_LABEL_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Score:
    """A printed score or level. ``metric`` is one of overall, level, instrument:IIT,
    indicator:9, sub_indicator:9.1; ``value`` is 0-100; ``fiscal_year_be`` the year scored;
    ``doubt`` says why it may be no score of the agency."""

    metric: str
    name: str
    value: float | None
    level: str
    fiscal_year_be: int | None
    raw: str
    evidence: Evidence
    doubt: str = ""


def metric_named(label: str, year: int | None) -> tuple[str, str] | None:
    """Return (metric, name) that a bare label names, or None."""
    label = label.strip(" :=-")
    if not label or len(label) > MAX_LABEL_LENGTH:
        return None
    indicator = indicator_of_row(label)
    if indicator:
        return f"indicator:{indicator.indicator_no}", indicator_name(indicator.indicator_no, year)
    if pattern("overall_row").match(label):
        return "overall", ""
    if pattern("level_row").match(label):
        return "level", ""
    instrument = pattern("instrument_row").match(label)
    if instrument:
        return f"instrument:{instrument['instrument'].upper()}", ""
    spelt_out = pattern("instrument_name").match(label)
    if spelt_out and spelt_out.lastgroup:
        return f"instrument:{spelt_out.lastgroup}", ""
    named = name_sub_indicator(label.lstrip("0123456789.) "), *([year] if year else []))
    if named and named.similarity >= SAME_SUB_INDICATOR and named.is_sure:
        return f"sub_indicator:{named.thing}", sub_indicators().get(year or 0, {}).get(
            named.thing, ""
        )
    return None


def level_named(text: str) -> str:
    """Return the level that a text is, as published: of whichever year's scheme."""
    key = skeleton(text)
    return next((level for level in levels(None) if skeleton(level) == key), "")
