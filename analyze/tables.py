"""All comparisons of a dataset: record tables -> the tables of the folder analysis/."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analyze.compare_years import compare_years_of
from analyze.completeness import completeness_of
from analyze.consistency import consistency_of
from analyze.coverage import coverage
from analyze.item_gaps import item_gaps_of
from analyze.measure_alignment import measure_alignment_of
from analyze.observed import observed
from analyze.pass_plan import pass_plan_of
from analyze.published import published
from analyze.ranking import ranking_of
from analyze.score_comparison import score_comparison_of
from analyze.score_table import score_table_of
from analyze.shared_text import shared_text


def tables(records: Mapping[str, pd.DataFrame], registry: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Make every comparison, by the name that the catalogue gives it.

    ``records`` has the record tables by name, with the columns of SOURCES at least; ``registry``
    has an agency a row, with the columns of the agency.
    """
    return tables_of(records, observed(records["items"]), registry)


def tables_of(
    records: Mapping[str, pd.DataFrame], seen: pd.DataFrame, registry: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Do the work of :func:`tables`, with what reports agree on of items.

    What several comparisons rest on is worked out once.
    """
    scores = published(records["scores"])
    shares = completeness_of(seen)
    return {
        "completeness": shares,
        "rank_agencies": ranking_of(shares, scores),
        "item_gaps": item_gaps_of(seen),
        "compare_years": compare_years_of(seen),
        "coverage": coverage(records["documents"], registry),
        "score_comparison": score_comparison_of(scores),
        "consistency": consistency_of(records["items"], records["scores"], seen, scores),
        "measure_alignment": measure_alignment_of(records["measures"], scores),
        "pass_plan": pass_plan_of(records["items"], seen, scores),
        "shared_text": shared_text(records["measures"]),
        "score_table": score_table_of(scores),
    }
