"""Named regular expressions over cleaned text with Arabic digits, from data/patterns.csv."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

PATTERNS = Path(__file__).parent / "data" / "patterns.csv"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    with PATTERNS.open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: re.compile(row["pattern"], re.IGNORECASE) for row in csv.DictReader(file)
        }


def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of this name; raises KeyError if the file has none."""
    return _patterns()[name]
