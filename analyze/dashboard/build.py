"""The record tables and their comparisons become the one file of the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import altair as alt
import pandas as pd

from analyze import charts
from analyze.dashboard.columns import agency_keys
from analyze.dashboard.details import COMPARISONS as DETAILS
from analyze.dashboard.details import details, queue
from analyze.dashboard.overview import COMPARISONS as OVERVIEW
from analyze.dashboard.overview import Frames, all_agencies, overview
from analyze.dashboard.page import page
from analyze.frames import AGENCY
from analyze.words import LANGUAGES, Language, marks, words
from normalize.catalogue import catalogue

DETAILED_AGENCIES = 400
"""With reports of more agencies than this the page has no pages of agencies, and says so: the
largest province has 334, and a file of the country with all evidence would have hundreds of MB."""

RECORDS = ("documents", "items", "scores", "measures", "measure_steps", "review", "issues")
"""The record tables that the page shows."""

OVERALL: dict[str, tuple[str, ...]] = {
    "documents": (*AGENCY, "fiscal_year_be", "status", "source_file", "error"),
    "measures": tuple(AGENCY),
    "review": ("kind",),
    "issues": ("severity",),
}
"""The columns that all views but an agency's own need of the record tables."""

TITLE = "Prongsai"

Whole = Callable[[str], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The page as HTML, how many agencies have reports, and whether each has a page of its own."""

    html: str
    reporting: int
    is_detailed: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should be told of it."""
        if self.is_detailed:
            return ()
        return (
            f"dashboard.html has no pages of agencies: {self.reporting:,} of them have reports, "
            f"and one file holds the evidence of {DETAILED_AGENCIES}. "
            "Make a dataset of one province for those.",
        )


def dashboard(
    records: Frames, tables: Frames, seen: pd.DataFrame, whole: Whole | None = None
) -> Dashboard:
    """Make the dashboard of the record tables RECORDS and of the comparisons made of them.

    ``seen`` is what :func:`analyze.observed.observed` settles of items. Where ``records`` has only
    what OVERALL names, ``whole`` reads a table with all its columns; it is asked only where the
    page shows evidence. A comparison that is not among ``tables`` is shown as one without rows. The
    same tables give the same bytes.
    """
    tables = {name: tables.get(name, _no_rows(name)) for name in (*OVERVIEW, *DETAILS)}
    agencies = all_agencies(tables, records)
    told = agencies[agencies["key"].isin(agency_keys(records["documents"]))]
    is_detailed = len(told) <= DETAILED_AGENCIES
    blocks: dict[str, object] = {
        "overview": overview(tables, records, seen, agencies) | {"is_detailed": is_detailed},
        "words": words(),
        "marks": [[mark.status, mark.letter, mark.mark, mark.colour, mark.ink] for mark in marks()],
        "charts": {language: _charts(language) for language in LANGUAGES},
    }
    if is_detailed:
        evidence = {name: whole(name) for name in RECORDS} if whole else records
        blocks["queue"] = queue(evidence, tables, agencies)
        for position, content in details(evidence, tables, told):
            blocks[f"agency-{position}"] = content
    return Dashboard(page(blocks, TITLE), len(told), is_detailed)


def _no_rows(name: str) -> pd.DataFrame:
    return catalogue().table(name).frame([])


@cache
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
    return {name: spec.to_dict(validate=False) for name, spec in specs.items()}
