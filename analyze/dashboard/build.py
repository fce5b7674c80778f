"""The record tables and their comparisons become the one file of the dashboard."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from analyze import charts
from analyze.dashboard.details import details, queue
from analyze.dashboard.overview import Frames, all_agencies, overview
from analyze.dashboard.page import page
from analyze.words import LANGUAGES, Language, marks, words

DETAILED_AGENCIES = 400
"""With more agencies than this the page has no pages of agencies, and says so: the largest province
has 334, and a page of the whole country with all evidence would be a file of hundreds of MB."""

TITLE = "Prongsai"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The page as HTML, how many agencies it holds, and whether each has a page of its own."""

    html: str
    agencies: int
    is_detailed: bool


def dashboard(records: Frames, tables: Frames) -> Dashboard:
    """Make the dashboard of record tables (by name) and of the tables of ``analyze`` made of them.

    The same tables give the same bytes.
    """
    agencies = all_agencies(tables, records)
    is_detailed = len(agencies) <= DETAILED_AGENCIES
    blocks: dict[str, object] = {
        "overview": overview(tables, records, agencies) | {"is_detailed": is_detailed},
        "words": words(),
        "marks": [[mark.status, mark.letter, mark.mark, mark.colour, mark.ink] for mark in marks()],
        "charts": {language: _charts(language) for language in LANGUAGES},
    }
    if is_detailed:
        blocks["queue"] = queue(records)
        for position, content in enumerate(details(records, tables, agencies)):
            blocks[f"agency-{position}"] = content
    return Dashboard(page(blocks, TITLE), len(agencies), is_detailed)


def _charts(language: Language) -> dict[str, object]:
    """Return the specs of the page's charts; their rows come from the page."""
    rows = alt.NamedData("rows")
    specs = {
        "completeness": charts.distribution(rows, language, "completeness"),
        "overall": charts.distribution(rows, language, "overall"),
        "indicators": charts.indicator_ranges(rows, language),
        "agency_indicators": charts.indicator_ranges(rows, language, one=True),
        "completeness_trend": charts.year_trend(rows, language, "completeness"),
        "overall_trend": charts.year_trend(rows, language, "overall"),
        "agency_completeness": charts.agency_trend(rows, language, "completeness"),
        "agency_overall": charts.agency_trend(rows, language, "overall"),
        "items": charts.item_shares(rows, language),
        "changes": charts.year_changes(rows, language),
        "coverage": charts.coverage_by_year(rows, language),
    }
    return {name: spec.to_dict() for name, spec in specs.items()}
