"""Real PDFs that check themselves: sums that must come out, a list that must agree.

Each check looks at tables only, in reading order, and knows the columns of its own report from its
printed page. White space is ignored in texts, never in a number: "1 53,026" is not read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.scoring import Grid, plain
from extract.thai import convert_digits

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")
_TOTAL = "รวม"

Row = dict[int, str]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many checks a report has by its printed page, how many come out, and what does not."""

    expected: int
    right: int
    wrong: list[str]

    @property
    def unread(self) -> int:
        """How many checks could not be made, since their cells were not found."""
        return max(0, self.expected - self.right - len(self.wrong))


def rows(grids: Iterable[Grid]) -> Iterator[Row]:
    """Yield the texts of each row by column, row after row and table after table."""
    for grid in grids:
        by_row: dict[int, Row] = {}
        for cell in grid:
            by_row.setdefault(cell.row, {})[cell.column] = cell.text.strip()
        yield from (by_row[row] for row in sorted(by_row))


def number(text: str | None) -> Decimal | None:
    """Read a printed number; anything else, a number with a gap in it too, is none."""
    digits = convert_digits((text or "").strip(), "arabic")
    return Decimal(digits.replace(",", "")) if _NUMBER.fullmatch(digits) else None


# --- elaas-expense-2561: every subtotal row is the sum of the leaves since its group began.
# Columns: label, spent in three years, this year's budget, change in percent, next year's budget.
# A row without numbers opens a group; a subtotal has numbers and no percentage, and its label is
# "total" and the group's.

# 153 groups and the grand total, in five columns.
ELAAS_CHECKS = 154 * 5
_LABEL, _CHANGE = 1, 6
_YEARS = (2, 3, 4, 5, 7)
_GRAND_TOTAL = "รวมทุกแผนงาน"


def check_elaas(grids: Iterable[Grid]) -> Verdicts:
    """Add up the leaves of each group and compare them with its subtotal, year by year."""
    zero = dict.fromkeys(_YEARS, Decimal(0))
    everything = dict(zero)
    open_groups: list[tuple[str, dict[int, Decimal]]] = []
    right, wrong = 0, []
    for row in rows(grids):
        label = plain(row.get(_LABEL, ""))
        texts = {column: row.get(column, "") for column in _YEARS}
        if not label:
            continue
        if not any(texts.values()):
            open_groups.append((label, dict(zero)))
        elif row.get(_CHANGE):
            for column, text in texts.items():
                value = number(text) or Decimal(0)
                everything[column] += value
                for _, sums in open_groups:
                    sums[column] += value
        else:
            names = [name for name, _ in open_groups]
            name = label.removeprefix(_TOTAL)
            sums = zero
            if label == _GRAND_TOTAL:
                sums = everything
            elif name in names:
                place = len(names) - 1 - names[::-1].index(name)
                sums = open_groups[place][1]
                del open_groups[place:]
            for column, text in texts.items():
                if number(text) == sums[column] and (label == _GRAND_TOTAL or name in names):
                    right += 1
                else:
                    wrong.append(f"{label}, column {column}: {text!r}, leaves {sums[column]}")
    return Verdicts(ELAAS_CHECKS, right, wrong)


# --- excel-*: quantity x price = cost, material + labour = both, and the totals of columns.


@dataclass(frozen=True, slots=True)
class Sheet:
    """The arithmetic of a sheet: columns of products and sums, and how many its page shows."""

    quantity: int
    products: tuple[tuple[int, int, int], ...]
    sums: tuple[tuple[int, int, int], ...]
    totals: tuple[int, ...]
    expected: int


# The counts follow the order of the products, sums and totals.
SHEETS = {
    "excel-cost-1": Sheet(4, ((4, 5, 6), (4, 7, 8)), ((6, 8, 9),), (6, 8, 9), 9 + 7 + 11 + 3),
    "excel-cost-2": Sheet(4, ((4, 5, 6), (4, 7, 8)), ((6, 8, 9),), (6, 8, 9), 14 + 15 + 19 + 3),
    "excel-road-1": Sheet(4, ((4, 5, 6), (5, 7, 8), (4, 8, 9)), (), (), 5 + 6 + 5),
    "excel-road-2": Sheet(3, ((3, 5, 6), (3, 7, 8)), ((6, 8, 9),), (9,), 9 + 7 + 12 + 1),
    "excel-assets": Sheet(4, ((4, 5, 6),), (), (6,), 25 + 1),
}


def check_sheet(grids: Iterable[Grid], sheet: Sheet) -> Verdicts:
    """Do the arithmetic of a sheet again, as exactly as its printed digits allow."""
    right, wrong = 0, []
    columns: dict[int, list[str]] = {column: [] for column in sheet.totals}
    is_totalled: set[int] = set()
    for row in rows(grids):
        found = []
        for a, b, c in sheet.products:
            if None not in (number(row.get(a)), number(row.get(b)), number(row.get(c))):
                found.append((_is_product(row[a], row[b], row[c]), f"{a} x {b} = {c}"))
        for a, b, c in sheet.sums:
            parts = [row[n] for n in (a, b) if number(row.get(n)) is not None]
            if parts and number(row.get(c)) is not None:
                found.append((_is_sum(parts, row[c]), f"{a} + {b} = {c}"))
        for column in sheet.totals:
            if number(row.get(column)) is None:
                continue
            if number(row.get(sheet.quantity)) is not None:
                columns[column].append(row[column])
            elif columns[column] and column not in is_totalled:
                is_totalled.add(column)
                found.append((_is_sum(columns[column], row[column]), f"total of {column}"))
        right += sum(is_right for is_right, _ in found)
        texts = " | ".join(f"{n}: {row[n]}" for n in sorted(row) if row[n]).replace("\n", "⏎")
        wrong += [f"{what}: {texts}" for is_right, what in found if not is_right]
    return Verdicts(sheet.expected, right, wrong)


def _value(text: str) -> Decimal:
    return number(text) or Decimal(0)


def _rounding(text: str) -> Decimal:
    """Return by how much a printed number may differ from the one that was reckoned with."""
    decimals = len(text.strip().partition(".")[2])
    return Decimal(5).scaleb(-decimals - 1)


def _is_product(a: str, b: str, c: str) -> bool:
    # A factor without decimals is a count or a round price, and exact.
    slack = _rounding(c) + sum(
        abs(_value(other)) * _rounding(factor)
        for factor, other in ((a, b), (b, a))
        if "." in factor
    )
    return abs(_value(a) * _value(b) - _value(c)) <= slack


def _is_sum(parts: list[str], whole: str) -> bool:
    slack = _rounding(whole) + sum(map(_rounding, parts))
    return abs(sum(map(_value, parts)) - _value(whole)) <= slack


# --- election-candidates: columns no., province, zone, title, first and last name, number, party.
# The list holds more people than the PDF, which numbers its rows.

CANDIDATES = 5947


def check_candidates(grids: Iterable[Grid], gold: Path) -> Verdicts:
    """Compare the names and parties with the commission's list, by province, zone and number."""
    got: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in rows(grids):
        texts = {column: plain(text) for column, text in row.items()}
        key = tuple(texts.get(column, "") for column in (2, 3, 7))
        got[key] = (texts.get(5, "") + texts.get(6, ""), texts.get(8, ""))
    right, wrong = 0, []
    with gold.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            key = tuple(
                plain(line[name]) for name in ("province_name", "zone_number", "CandidateNo")
            )
            wanted = (plain(line["FirstName"] + line["LastName"]), plain(line["PartyName"]))
            if got.get(key) == wanted:
                right += 1
            elif key in got:
                wrong.append(
                    f"{' '.join(key)}: list {' / '.join(wanted)}, PDF {' / '.join(got[key])}"
                )
    return Verdicts(CANDIDATES, right, wrong)
