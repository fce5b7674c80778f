"""Breaking Thai text into lines: between words, and inside one only where a column is too narrow.

A cluster (a leading vowel, its consonant and their marks) is never broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pythainlp.tokenize import word_tokenize

from .model import Run, runs

MARKS = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"
CLUSTER = re.compile(f"[\u0e40-\u0e44]?.[{MARKS}]*", re.DOTALL)

Width = Callable[[Run], float]


@cache
def words(text: str) -> tuple[str, ...]:
    """Split a text into words and spaces; addresses also after their slashes and dots."""
    found: list[str] = []
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        found += re.findall(r"[^/.\-]*[/.\-]+|[^/.\-]+", word) if word.isascii() else [word]
    return tuple(found)


def clusters(text: str) -> list[str]:
    """Split a text into clusters."""
    return CLUSTER.findall(text)


def broken(text: str, limit: float, width: Width) -> list[list[Run]]:
    """Break a paragraph into lines of at most `limit` points; a line is a list of runs."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for run in runs(text):
        pieces = words(run.text) if not (run.is_super or run.is_sign) else (run.text,)
        for word in pieces:
            whole = Run(word, run.is_super, run.is_sign)
            parts = [word] if width(whole) <= limit else clusters(word)
            for part in parts:
                piece = Run(part, run.is_super, run.is_sign)
                size = width(piece)
                if used + size > limit and lines[-1] and part.strip():
                    lines.append([])
                    used = 0.0
                if not part.strip() and not lines[-1]:
                    continue
                lines[-1].append(piece)
                used += size
    return [_joined(line) for line in lines if line]


def _joined(line: list[Run]) -> list[Run]:
    """Join the neighbours of one font, and drop the space at the end."""
    joined: list[Run] = []
    for run in line:
        last = joined[-1] if joined else None
        if last and (last.is_super, last.is_sign) == (run.is_super, run.is_sign):
            joined[-1] = Run(last.text + run.text, run.is_super, run.is_sign)
        else:
            joined.append(run)
    end = joined[-1]
    joined[-1] = Run(end.text.rstrip(), end.is_super, end.is_sign)
    return [run for run in joined if run.text]
