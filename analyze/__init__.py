"""Record tables -> comparisons of agencies and years, and of two datasets."""

from analyze.changes import changes
from analyze.completeness import completeness
from analyze.score_table import score_table

__all__ = ["changes", "completeness", "score_table"]
