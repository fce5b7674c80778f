"""Record tables -> comparisons of agencies and years, and of two datasets."""

from analyze.changes import changes
from analyze.compare_years import compare_years
from analyze.completeness import completeness
from analyze.coverage import coverage
from analyze.item_gaps import item_gaps
from analyze.ranking import rank_agencies
from analyze.score_table import score_table
from analyze.tables import tables

__all__ = [
    "changes",
    "compare_years",
    "completeness",
    "coverage",
    "item_gaps",
    "rank_agencies",
    "score_table",
    "tables",
]
