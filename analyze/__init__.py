"""Record tables -> comparisons of agencies and years, and of two datasets."""

from analyze.changes import changes
from analyze.compare_years import compare_years
from analyze.completeness import completeness
from analyze.consistency import consistency
from analyze.coverage import coverage
from analyze.item_gaps import item_gaps
from analyze.measure_alignment import measure_alignment
from analyze.pass_plan import pass_plan
from analyze.ranking import rank_agencies
from analyze.score_comparison import score_comparison
from analyze.score_table import score_table
from analyze.shared_text import shared_text
from analyze.tables import tables

__all__ = [
    "changes",
    "compare_years",
    "completeness",
    "consistency",
    "coverage",
    "item_gaps",
    "measure_alignment",
    "pass_plan",
    "rank_agencies",
    "score_comparison",
    "score_table",
    "shared_text",
    "tables",
]
