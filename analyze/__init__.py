"""Record tables -> comparisons of agencies and years."""

from analyze.completeness import completeness
from analyze.score_table import score_table

__all__ = ["completeness", "score_table"]
