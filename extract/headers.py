"""Which rows of a grid are its header, and what each column is for."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from extract.document import Cell, Column
from extract.thai import skeleton

HEADER_WORDS = Path(__file__).parent / "data" / "header_words.csv"
# Share of a row's filled cells that must be known header words for it to be a header.
MIN_HEADER_SHARE = 0.6
# Longest text, in characters, that is still taken for a header cell.
MAX_HEADER_LENGTH = 90
# Similarity (0-100) from which a damaged or reworded header counts as the known one.
MIN_HEADER_SIMILARITY = 85

Row = Mapping[int, Cell]


@cache
def header_words() -> dict[str, str]:
    """Return role by header word, keyed by skeleton."""
    with HEADER_WORDS.open(encoding="utf-8", newline="") as file:
        return {skeleton(row["word"]): row["role"] for row in csv.DictReader(file)}


@lru_cache(maxsize=4096)
def header_role(text: str) -> str:
    """Return the role that a header text names, or "" if it is no known header."""
    if not text or len(text) > MAX_HEADER_LENGTH:
        return ""
    words = header_words()
    key = skeleton(text)
    if key in words or len(key) < 4:
        return words.get(key, "")
    found = process.extractOne(
        key, words.keys(), scorer=fuzz.ratio, processor=None, score_cutoff=MIN_HEADER_SIMILARITY
    )
    return words[found[0]] if found else ""


@lru_cache(maxsize=4096)
def leading_role(text: str) -> str:
    """Return the role of the longest header word that the text begins with, or ""."""
    key = skeleton(text)
    known = [word for word in header_words() if len(word) >= 4 and key.startswith(word)]
    return header_words()[max(known, key=len)] if known else ""


def is_header(row: Row) -> bool:
    """Say whether the row is a header: two cells are header words, and most at least begin so."""
    texts = [cell.text for column, cell in row.items() if cell.text and cell.column == column]
    if len(texts) < 2 or max(map(len, texts)) > MAX_HEADER_LENGTH:
        return False
    known = sum(1 for text in texts if header_role(text))
    like = sum(1 for text in texts if header_role(text) or leading_role(text))
    return known >= 2 and like >= MIN_HEADER_SHARE * len(texts)


def is_second_level(first: Row, second: Row) -> bool:
    """Say whether the second row holds the sub-headers of spanning cells of the first."""
    filled = {column for column, cell in second.items() if cell.text}
    own = {column for column, cell in second.items() if cell.text and first.get(column) is not cell}
    if not own or max(len(second[column].text) for column in filled) > MAX_HEADER_LENGTH:
        return False
    spanned = _spanned(first)
    if not own <= spanned:
        return False
    return len(own) >= 2 or all(header_role(second[column].text) for column in own)


def _spanned(row: Row) -> set[int]:
    """Return the columns under a cell that spans several, by its span or by empty neighbours."""
    found: set[int] = set()
    leader = 0
    for column in sorted(row):
        cell = row[column]
        if cell.column_span > 1:
            found.add(column)
        elif cell.text:
            leader = column
        elif leader:
            found |= {leader, column}
    return found


def columns_of(rows: Sequence[Row], width: int) -> tuple[Column, ...]:
    """Name the columns from the header rows, top level first."""
    columns = []
    for number in range(1, width + 1):
        levels: list[str] = []
        for level, row in enumerate(rows):
            text = row[number].text if number in row else ""
            if not text and level == 0 and len(rows) > 1:
                text = _left_text(row, number, rows[1])
            if text and text not in levels:
                levels.append(text)
        role = next((r for r in map(header_role, reversed(levels)) if r), "")
        role = role or next((r for r in map(leading_role, reversed(levels)) if r), "")
        columns.append(Column(" / ".join(" ".join(level.split()) for level in levels), role))
    return tuple(columns)


def _left_text(row: Row, number: int, below: Row) -> str:
    """Return the group header that an empty first-level cell belongs to, if it has a sub-header."""
    if number not in below or not below[number].text:
        return ""
    filled = [column for column in row if column < number and row[column].text]
    return row[max(filled)].text if filled else ""
