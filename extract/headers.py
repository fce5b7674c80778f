"""Which rows of a grid are its header, and what each column is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from extract.data_files import data_rows
from extract.document import UNSURE_DIGIT, Cell, Column
from extract.thai import skeleton

# Share of a row's filled cells that must be known header words for it to be a header.
MIN_HEADER_SHARE = 0.6
# Longest text, in characters, that is still taken for a header cell.
MAX_HEADER_LENGTH = 90
# Similarity (0-100) from which a damaged or reworded header counts as the known one.
MIN_HEADER_SIMILARITY = 85
# Roles whose header words are also what a status cell says.
STATE_ROLES = frozenset(("done", "in_progress", "not_done"))
# So many cells must be filled in a row that is a header because pages repeat it.
MIN_REPEATED = 2
# Roles of columns whose numbers are not the agency's own result, whatever their header begins with;
# full marks and weights, set beforehand as targets are, have the role of these.
FOREIGN_ROLES = frozenset(("target", "average", "change"))
# Roles of words that begin a line outside the tables; they head no column.
LINE_ROLES = frozenset(("page_number", "signature"))

_DECIMAL = re.compile(r"[0-9๐-๙][.][0-9๐-๙]")
_YEAR = re.compile(r"\D{0,30}(?:25|๒๕)[0-9๐-๙]{2}\D{0,12}")
_BARE_NUMBER = re.compile(r"\s*[oO]?[0-9๐-๙]+[.)]?\s*")
_DIGITS = re.compile(r"[0-9]+")
_LEADERS = re.compile(r"\s*(?:\.{5}|…{2}|_{4})")
_PAGE_SIGN = re.compile(r"[\s\-–—/()]*[0-9๐-๙]{0,3}(?:\s*/\s*[0-9๐-๙]{1,3})?[\s\-–—/()]*")

Row = Mapping[int, Cell]


@cache
def _words() -> list[tuple[str, str]]:
    return [(skeleton(row["word"]), row["role"]) for row in data_rows("header_words.csv")]


@cache
def header_words() -> dict[str, str]:
    """Return role by header word, keyed by skeleton."""
    return {word: role for word, role in _words() if role not in LINE_ROLES}


@cache
def _line_words(role: str) -> tuple[str, ...]:
    return tuple(word for word, found in _words() if found == role)


@cache
def _longest_word() -> int:
    return max(map(len, header_words()))


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
    words = header_words()
    key = skeleton(text[:MAX_HEADER_LENGTH])
    heads = (key[:end] for end in range(min(len(key), _longest_word()), 3, -1))
    return next((words[head] for head in heads if head in words), "")


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    return tuple((skeleton(row["part"]), row["role"]) for row in data_rows("header_parts.csv"))


@lru_cache(maxsize=4096)
def likely_role(text: str) -> str:
    """Return the role of a header: as known, else as it begins, else by the first part it holds."""
    if len(text) > MAX_HEADER_LENGTH:
        return ""
    key = skeleton(text)
    part = next((role for part, role in _parts() if part in key), "")
    if part in FOREIGN_ROLES and text and key not in header_words():
        return part
    return header_role(text) or leading_role(text) or part


def is_header(texts: Sequence[str], *, is_inside: bool = False) -> bool:
    """Say whether a row of these texts is a header: most are header words, or hold parts of such.

    A row that begins with a bare number is none, nor is one with a decimal number. One known header
    word is enough where a table may begin; there a row that begins with two of different roles is a
    header whatever its other cells say. ``is_inside`` says that the row stands among the rows of
    a table, where it may also be data that uses the same words: two are needed, and a lone status
    column ("complete") proves nothing.
    """
    filled = [text for text in texts if text]
    if len(filled) < 2 or _BARE_NUMBER.fullmatch(filled[0]):
        return False
    if max(map(len, filled)) > MAX_HEADER_LENGTH:
        return False
    roles = [role for role in map(header_role, filled) if role]
    states = {role for role in roles if role in STATE_ROLES}
    if len(states) == 1 and (is_inside or len(roles) == 1):
        roles = [role for role in roles if role not in states]
    if len(roles) < (2 if is_inside else 1) or any(map(_DECIMAL.search, filled)):
        return False
    if not is_inside and _begins_as_header(filled):
        return True
    like = sum(1 for text in filled if likely_role(text) or _YEAR.fullmatch(text.strip()))
    return like >= max(2, MIN_HEADER_SHARE * len(filled))


def _begins_as_header(filled: Sequence[str]) -> bool:
    """Say whether the first two cells are exactly header words of two roles, none of them a state.

    There are more cells, and none is a bare number.
    """
    roles = {header_words().get(skeleton(text), "") for text in filled[:2]}
    is_named = len(roles) == 2 and "" not in roles and not roles & STATE_ROLES
    return is_named and len(filled) > 2 and not any(map(_BARE_NUMBER.fullmatch, filled))


def is_same_header(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Say whether two headers are one that is repeated, though each may be damaged differently."""
    return len(first) == len(second) and all(
        _is_same_row(one, other) or _is_same_picture_row(one, other)
        for one, other in zip(first, second, strict=True)
    )


def is_repeated(first: Row, second: Row) -> bool:
    """Say whether a row of a page is there again on another, cells enough of it filled to tell."""
    one, other = (
        [cell.text for n, cell in sorted(row.items()) if cell.text and cell.column == n]
        for row in (first, second)
    )
    return len(one) >= MIN_REPEATED and (one == other or _is_same_picture_row(first, second))


def _is_same_row(first: Row, second: Row) -> bool:
    return all(_is_same_text(*keys) for keys in _keys(first, second))


def _is_same_picture_row(first: Row, second: Row) -> bool:
    """Say whether two rows, one of them of a picture, are alike as a whole: cells by their length.

    A short text may be read in a way that is not like it at all. Digits must be the same.
    """
    if not any(cell.source == "ocr" for row in (first, second) for cell in row.values()):
        return False
    keys = _keys(first, second)
    if any(_DIGITS.findall(one) != _DIGITS.findall(other) for one, other in keys):
        return False
    lengths = [max(map(len, pair)) for pair in keys]
    like = sum(fuzz.ratio(*pair) * length for pair, length in zip(keys, lengths, strict=True))
    return like >= MIN_HEADER_SIMILARITY * sum(lengths)


def _keys(first: Row, second: Row) -> list[tuple[str, str]]:
    """Return the keys of the texts that two rows have in each column."""
    one, other = ({n: skeleton(cell.text) for n, cell in row.items()} for row in (first, second))
    return [(one.get(n, ""), other.get(n, "")) for n in {*one, *other}]


@lru_cache(maxsize=4096)
def _is_same_text(first: str, second: str) -> bool:
    """Compare two keys; digits are never damage, since they tell years and halves apart."""
    if first == second:
        return True
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return False
    return fuzz.ratio(first, second) >= MIN_HEADER_SIMILARITY


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


def is_form(texts: Sequence[str]) -> bool:
    """Say whether a row of these texts is there to be signed or filled in, and is no data."""
    first = next((text for text in texts if text), "")
    return bool(_LEADERS.match(first)) or skeleton(first).startswith(_line_words("signature"))


def is_page_number(text: str) -> bool:
    """Say whether a line is only a page number, read or not, with or without the word for page."""
    text = text.replace(UNSURE_DIGIT, "0")
    if _PAGE_SIGN.fullmatch(text):
        return True
    word, numbers = _DIGITS.subn("", skeleton(text[:MAX_HEADER_LENGTH]))
    return numbers > 0 and word in _line_words("page_number")


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
        roles = [role for role in map(likely_role, reversed(levels)) if role]
        foreign = [role for role in roles if role in FOREIGN_ROLES]
        known = [role for role in map(header_role, reversed(levels)) if role]
        role = next(iter([*foreign, *known, *roles]), "")
        columns.append(Column(" / ".join(" ".join(level.split()) for level in levels), role))
    return tuple(columns)


def _left_text(row: Row, number: int, below: Row) -> str:
    """Return the group header that an empty first-level cell belongs to, if it has a sub-header."""
    if number not in below or not below[number].text:
        return ""
    filled = [column for column in row if column < number and row[column].text]
    return row[max(filled)].text if filled else ""
