"""All comparisons of a dataset: record tables -> the tables of the folder analysis/."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analyze.compare_years import compare_years_of
from analyze.completeness import completeness_of
from analyze.coverage import coverage
from analyze.item_gaps import item_gaps_of
from analyze.observed import observed
from analyze.published import published
from analyze.ranking import ranking_of
from analyze.score_table import score_table_of

SOURCES = ("documents", "items", "scores")
"""The record tables that the comparisons rest on."""


def tables(records: Mapping[str, pd.DataFrame], registry: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Make every comparison, by the name that the catalogue gives it.

    ``records`` has the record tables (SOURCES) by name; ``registry`` has an agency a row, with the
    columns of the agency. What several comparisons rest on is worked out once.
    """
    seen = observed(records["items"])
    scores = published(records["scores"])
    shares = completeness_of(seen)
    return {
        "completeness": shares,
        "rank_agencies": ranking_of(shares, scores),
        "item_gaps": item_gaps_of(seen),
        "compare_years": compare_years_of(seen),
        "coverage": coverage(records["documents"], registry),
        "score_table": score_table_of(scores),
    }
