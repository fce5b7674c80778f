"""Unsure numbers of a scanned table that the table itself proves: by its columns and its sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import accumulate, combinations
from typing import NamedTuple

from extract.data_files import data_rows
from extract.unsure import UNSURE_POINT, guessed, is_unsure

# A sum of columns is believed if it is right in so many rows, in so many of which, read surely, at
# least two summands are not zero.
MIN_ROWS, MIN_WHOLE = 3, 2
# A total of the rows above it has so many summands that are not zero.
MIN_SUMMANDS = 3
# Sums of numbers that are all shorter may be right by chance.
MIN_DIGITS = 3
# A column holds whole amounts if none is a decimal number and its heading says that things are
# counted, or so many have commas. Of these one whose comma is worn is no more than so many times as
# large or small: a column may also tell areas and people.
MIN_AMOUNTS, SPREAD = 2, 3
_COUNTED = {row["unit"] for row in data_rows("counted_units.csv")}
_UNIT = re.compile(r"\(\s*([^()]+?)\s*\)$")
# In a wider table a picture was taken for one, or columns are no summands.
MOST_COLUMNS = 12
_DIGIT = "[0-9๐-๙]"
_AMOUNT = re.compile(rf"{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+")
_WHOLE = rf"(?:{_AMOUNT.pattern}|{_DIGIT}+)"
_NUMBER = re.compile(rf"{_WHOLE}(?:\.{_DIGIT}+)?")
_WORN = re.compile(rf"{_DIGIT}{{1,3}}{UNSURE_POINT}{_DIGIT}{{3}}")
# What can only be decimals: others than three, or those of a number below one.
_DECIMAL = re.compile(rf"[.](?!{_DIGIT}{{3}}(?!{_DIGIT})){_DIGIT}|(?<!{_DIGIT})[0๐][.]{_DIGIT}")
_NIL = re.compile("[-\u2013\u2014]")

Place = tuple[int, int]  # row and column


class _Number(NamedTuple):
    value: Decimal
    is_sure: bool


class _Sum(NamedTuple):
    total: Place
    parts: list[Place]


Numbers = dict[Place, _Number]


def proved(texts: Mapping[Place, str]) -> dict[Place, str]:
    """Return the numbers of a table that are proved though they were read unsurely.

    ``texts`` are those of its cells, with doubtful digits as signs (:mod:`extract.unsure`). Proved
    is the only unsure number of a sum that is right with the digits that it most likely has: of
    columns side by side, where that sum is right in several rows and no surely read one contradicts
    it, or of all rows above, where another column has such a sum in that row. And an unsure point
    in a column of whole amounts, or of things that are counted, is a comma.
    """
    if not any(map(is_unsure, texts.values())):
        return {}
    found = _with_commas(texts)
    read = {**texts, **found}
    numbers = {place: number for place, text in read.items() if (number := _number(text))}
    sums = [*_of_columns(numbers), *_of_rows(numbers)]
    while new := {place for one in sums if (place := _only_unsure(one, numbers))}:
        for place in new:
            found[place] = guessed(read[place])
            numbers[place] = numbers[place]._replace(is_sure=True)
    return found


def _with_commas(texts: Mapping[Place, str]) -> dict[Place, str]:
    """Return the numbers whose point can only be a comma, by what else is in their columns."""
    columns: dict[int, dict[Place, str]] = {}
    for place, text in texts.items():
        columns.setdefault(place[1], {})[place] = text
    found: dict[Place, str] = {}
    for own in columns.values():
        worn = {
            place: text.replace(UNSURE_POINT, ",")
            for place, text in own.items()
            if _WORN.fullmatch(text)
        }
        if not worn or any(map(_is_decimal, own.values())):
            continue
        if not _is_counted(own.values()):
            amounts = [_value(text) for text in own.values() if _AMOUNT.fullmatch(text)]
            if len(amounts) < MIN_AMOUNTS:
                continue
            least, most = min(amounts) / SPREAD, max(amounts) * SPREAD
            worn = {place: text for place, text in worn.items() if least <= _value(text) <= most}
        found |= worn
    return found


def _is_counted(texts: Iterable[str]) -> bool:
    units = {unit[1] for text in texts if (unit := _UNIT.search(text.rstrip()))}
    return bool(units) and units <= _COUNTED


def _is_decimal(text: str) -> bool:
    has_point = "." in text and _NUMBER.fullmatch(text)
    return bool(has_point or _DECIMAL.search(guessed(text)))


def _value(text: str) -> int:
    return int(text.replace(",", ""))


def _number(text: str) -> _Number | None:
    likely = guessed(text)
    if _NIL.fullmatch(likely):
        return _Number(Decimal(0), is_sure=True)
    if not _NUMBER.fullmatch(likely):
        return None
    return _Number(Decimal(likely.replace(",", "")), is_sure=not is_unsure(text))


def _of_columns(numbers: Numbers) -> Iterator[_Sum]:
    """Yield the right sums of columns side by side, if the table is believed to have them."""
    rows = sorted({row for row, _ in numbers})
    columns = sorted({column for _, column in numbers})
    if len(columns) > MOST_COLUMNS:
        return
    for first, last in combinations(range(len(columns)), 2):
        added = columns[first : last + 1]
        for total in columns[:first] + columns[last + 1 :]:
            # A blank cell may be one of which nothing was read.
            sums = [
                _Sum((row, total), [(row, column) for column in added])
                for row in rows
                if all((row, column) in numbers for column in (total, *added))
            ]
            sums = [one for one in sums if _is_long(one, numbers)]
            right = [one for one in sums if _is_right(one, numbers)]
            sure = [one for one in right if _is_sure(one, numbers)]
            whole = [one for one in sure if _summands(one, numbers) > 1]
            is_contradicted = sum(_is_sure(one, numbers) for one in sums) > len(sure)
            if len(right) >= MIN_ROWS and len(whole) >= MIN_WHOLE and not is_contradicted:
                yield from right


def _of_rows(numbers: Numbers) -> Iterator[_Sum]:
    """Yield the right totals of all rows above, where one column has such a total surely."""
    columns: dict[int, list[Place]] = {}
    for place in sorted(numbers):
        columns.setdefault(place[1], []).append(place)
    right = []
    for own in columns.values():
        above = accumulate((numbers[place].value for place in own), initial=Decimal(0))
        for n, (place, value) in enumerate(zip(own, above, strict=False)):
            if numbers[place].value == value:
                right.append(_Sum(place, own[:n]))
    sums = [
        one for one in right if _is_long(one, numbers) and _summands(one, numbers) >= MIN_SUMMANDS
    ]
    totals = {one.total[0] for one in sums if _is_sure(one, numbers)}
    yield from (one for one in sums if one.total[0] in totals)


def _is_right(one: _Sum, numbers: Numbers) -> bool:
    return numbers[one.total].value == sum(numbers[place].value for place in one.parts)


def _summands(one: _Sum, numbers: Numbers) -> int:
    return sum(numbers[place].value != 0 for place in one.parts)


def _is_sure(one: _Sum, numbers: Numbers) -> bool:
    return all(numbers[place].is_sure for place in (one.total, *one.parts))


def _is_long(one: _Sum, numbers: Numbers) -> bool:
    places = (one.total, *one.parts)
    return any(len(numbers[place].value.as_tuple().digits) >= MIN_DIGITS for place in places)


def _only_unsure(one: _Sum, numbers: Numbers) -> Place | None:
    """Return the place of the one unsure number of a sum; None if there are more, or none."""
    unsure = [place for place in (one.total, *one.parts) if not numbers[place].is_sure]
    return unsure[0] if len(unsure) == 1 else None
