"""Words that are misspelt so often that nothing else can be meant.

The list is ``data/thai_misspellings.csv``; no entry of it stands inside of correct words or names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extract.data_files import data_rows

_TIED = "[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]"  # a word does not end in front of these


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["misspelt"]: row for row in data_rows("thai_misspellings.csv")}


def _branches(tree: dict[str, Any]) -> str:
    """Spell out a tree of letters as a pattern that looks at each letter of a text about once."""
    ways = [letter + _branches(below) for letter, below in sorted(tree.items()) if letter]
    if "" in tree:
        ways.append(tree[""])
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


@cache
def _misspelt() -> re.Pattern[str]:
    tree: dict[str, Any] = {}
    for misspelt, row in _rows().items():
        below = tree
        for letter in misspelt:
            below = below.setdefault(letter, {})
        below[""] = f"(?!{'|'.join((_TIED, *row['unless_before'].split()))})"
    return re.compile(f"(?=[{''.join(sorted(tree))}]){_branches(tree)}")


def is_misspelt(text: str) -> bool:
    """Say whether a text has a word of the list."""
    return bool(_misspelt().search(text))


def spell(text: str) -> str:
    """Write the words of the list as they are spelt."""
    return _misspelt().sub(lambda match: _rows()[match[0]]["correct"], text)
