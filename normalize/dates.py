"""Dates, periods and fiscal years as Thai offices write them.

Each form is a pattern over the kinds of tokens (see :mod:`normalize.date_tokens`), so spaces
between and inside words do not count. Dates are ``datetime.date``, thus Gregorian (ce); fiscal
years are Buddhist (be): fiscal year Y be runs from 1 October of Y-1 to 30 September of Y
(DESIGN section 5).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extract.thai import convert_digits
from normalize.date_tokens import BE_MINUS_CE, Token, kinds_of, make_day, read_tokens, year_of
from normalize.patterns import without_notes

ReportPeriod = Literal["full_year", "first_half", "second_half", "unknown"]

PLAUSIBLE_FISCAL_YEARS_BE = range(2555, 2601)
_FISCAL_START = 10  # October


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included (ce); None where the text leaves it open."""

    start: date | None
    end: date | None


_FULL_DATE = re.compile(r"D|nm[bc]?n")


def parse_date(text: str) -> date | None:
    """Return the one full date (day, month, year) that a text names, as a Gregorian date.

    Years of two digits are 25xx be; of four digits 2400-2699 be and 1900-2100 ce. None without
    a full date, for a day that does not exist, and where a text names several different dates.
    """
    tokens = [token for token in read_tokens(text) if token.kind not in "d,()"]
    days = set()
    for match in _FULL_DATE.finditer(kinds_of(tokens)):
        part = tokens[match.start() : match.end()]
        if part[0].kind == "D":
            days.add(part[0].day)
        else:
            days.add(make_day(year_of(part[2:]), part[1].value, part[0].value))
    return days.pop() if len(days) == 1 else None


def _fiscal_months(year_be: int, first: int, last: int) -> Period:
    """Return the days of the fiscal months ``first`` to ``last``; 1 is October, 12 September."""
    year = year_be - BE_MINUS_CE
    start_year, start_month = (year - 1, first + 9) if first <= 3 else (year, first - 3)
    end_year, end_month = (year - 1, last + 9) if last <= 3 else (year, last - 3)
    days = calendar.monthrange(end_year, end_month)[1]
    return Period(date(start_year, start_month, 1), date(end_year, end_month, days))


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a period as printed; ``year`` is Gregorian and None where none is printed."""

    day: int | None
    month: int
    year: int | None

    @property
    def order(self) -> tuple[int, int]:
        return self.month, self.day or 1

    def in_year(self, year: int | None) -> _Point:
        return _Point(self.day, self.month, year)

    def in_fiscal_year(self, fiscal_year_be: int | None) -> _Point:
        if self.year or fiscal_year_be is None:
            return self
        year = fiscal_year_be - BE_MINUS_CE
        return self.in_year(year - 1 if self.month >= _FISCAL_START else year)

    def first_day(self) -> date | None:
        return make_day(self.year, self.month, self.day or 1)

    def last_day(self) -> date | None:
        if not self.year or self.day:
            return self.first_day()
        return make_day(self.year, self.month, calendar.monthrange(self.year, self.month)[1])


_YEAR = r"[bc]?n"
_POINT = rf"(?:D|n?m(?:{_YEAR})?)"
_NAMED_YEAR = rf"(?:[fgy]*{_YEAR})"
_SPAN = re.compile(rf"s?(?P<a>{_POINT})-(?P<b>{_POINT})[wk]?")
_DAYS = re.compile(rf"s?(?P<a>n)-(?P<b>nm(?:{_YEAR})?)")
_SINGLE = re.compile(rf"(?P<how>[us]?)(?P<a>{_POINT})(?P<onward>e?)")
_WHOLE = re.compile(rf"(?P<how>u?)(?:w(?P<y>{_NAMED_YEAR})?|(?P<fy>f[fgy]*{_YEAR}))")
_QUARTER = re.compile(rf"(?P<how>u?)q(?P<a>n)(?:[-&]q?(?P<b>n))?(?:/?(?P<y>{_NAMED_YEAR}))?[fw]?")
_PART = re.compile(rf"(?P<how>u?)(?:r?(?P<k>k)(?P<kh>[12]?)|h(?P<h>[12]))(?P<y>{_NAMED_YEAR})?f?")
_FISCAL_FORMS = (_WHOLE, _QUARTER, _PART)
_FISCAL_PREFIX = re.compile(rf"f[fgy]*{_YEAR}(?=.)")
_SAID_TWICE = re.compile(r"([^()]+)\(([^()]+)\)")


def _point(tokens: list[Token]) -> _Point | None:
    if tokens[0].kind == "D":
        day = tokens[0].day
        return _Point(day.day, day.month, day.year) if day else None
    month = next(number for number, token in enumerate(tokens) if token.kind == "m")
    year = year_of(tokens[month + 1 :])
    if year is None and len(tokens) > month + 1:
        return None
    return _Point(tokens[0].value if month else None, tokens[month].value, year)


def _span(a: _Point, b: _Point, fiscal_year_be: int | None) -> Period | None:
    if a.year is None and b.year is not None:  # the year is printed once, at the end
        a = a.in_year(b.year if a.order <= b.order else b.year - 1)
    elif b.year is None and a.year is not None:
        b = b.in_year(a.year if a.order <= b.order else a.year + 1)
    start = a.in_fiscal_year(fiscal_year_be).first_day()
    end = b.in_fiscal_year(fiscal_year_be).last_day()
    return Period(start, end) if start and end and start <= end else None


def _fiscal_part(kinds: str, tokens: list[Token], year_be: int | None) -> Period | None:
    """Read whole fiscal years, quarters, halves and rounds of so many months."""
    for pattern in _FISCAL_FORMS:
        match = pattern.fullmatch(kinds)
        if not match:
            continue
        named = match["y"] or (match["fy"] if pattern is _WHOLE else None)
        if named:
            at = match.start("y" if match["y"] else "fy")
            year = year_of(tokens[at : at + len(named)])
            year_be = year + BE_MINUS_CE if year else None
        if year_be is None:
            return None
        first, last = 1, 12
        if pattern is _QUARTER:
            low = tokens[match.start("a")].value
            high = tokens[match.start("b")].value if match["b"] else low
            if not 1 <= low <= high <= 4:
                return None
            first, last = 3 * low - 2, 3 * high
        elif pattern is _PART:
            count = tokens[match.start("k")].value if match["k"] else 6
            half = match["kh"] or match["h"]
            first, last = (13 - count, 12) if half == "2" else (1, count)
        period = _fiscal_months(year_be, first, last)
        return Period(None, period.end) if match["how"] else period
    return None


def _period(tokens: list[Token], fiscal_year_be: int | None) -> Period | None:
    kinds = kinds_of(tokens)
    whole = _fiscal_part(kinds, tokens, fiscal_year_be)
    if whole:
        return whole
    prefix = _FISCAL_PREFIX.match(kinds)
    if prefix:
        year = year_of(tokens[: prefix.end()])
        fiscal_year_be = year + BE_MINUS_CE if year else None
        tokens, kinds = tokens[prefix.end() :], kinds[prefix.end() :]
        if part := _fiscal_part(kinds, tokens, fiscal_year_be):
            return part
    if match := _SPAN.fullmatch(kinds):
        a, b = (_point(tokens[match.start(end) : match.end(end)]) for end in "ab")
        return _span(a, b, fiscal_year_be) if a and b else None
    if match := _DAYS.fullmatch(kinds):
        b = _point(tokens[match.start("b") : match.end("b")])
        a = _Point(tokens[match.start("a")].value, b.month, b.year) if b else None
        return _span(a, b, fiscal_year_be) if a and b else None
    if match := _SINGLE.fullmatch(kinds):
        point = _point(tokens[match.start("a") : match.end("a")])
        point = point.in_fiscal_year(fiscal_year_be) if point else None
        if not point or not point.first_day():
            return None
        if match["how"] == "u":
            return Period(None, point.last_day())
        opens = match["how"] == "s" or match["onward"]
        return Period(point.first_day(), None if opens else point.last_day())
    return None


def parse_period(text: str, fiscal_year_be: int | None) -> Period | None:
    """Return the period that a cell states, or None where it states none or anything besides.

    ``fiscal_year_be`` fills in a year that is not printed ("ตลอดปีงบประมาณ", "ไตรมาส ๒",
    "ต.ค. - ธ.ค."); without it such a text gives None. A year printed once holds for both months.
    "ภายใน" gives an end only, "ตั้งแต่" or "เป็นต้นไป" without an end a start only. A plain
    "ปี ๒๕๖๖" is None: it may be a calendar or a fiscal year. A second statement in parentheses
    must agree with the first, or supply its year.
    """
    tokens = [token for token in read_tokens(text) if token.kind not in "d,."]
    period = _period([token for token in tokens if token.kind not in "()"], fiscal_year_be)
    said_twice = _SAID_TWICE.fullmatch(kinds_of(tokens))
    if period or not said_twice:
        return period
    first, second = (tokens[said_twice.start(n) : said_twice.end(n)] for n in (1, 2))
    a, b = _period(first, fiscal_year_be), _period(second, fiscal_year_be)
    lacks_year = a is None and any(p.fullmatch(kinds_of(first)) for p in _FISCAL_FORMS)
    return b if a == b or lacks_year else None


_YEAR_MENTION = re.compile(rf"(?<![fwgy])([fwgy]+)\(?({_YEAR})((?:[-&,]{_YEAR})*)(?![$%]|[.,/]n)")


def find_fiscal_years(text: str) -> list[int]:
    """Return every fiscal year (be) that a running text names, in text order, repeats included.

    A year counts after a word for fiscal year, budget or year ("ปีงบประมาณ 68", "ประจำปี 2567",
    "ปี พ.ศ. ๒๕๖๕", "FY2566"), and so do those joined to it ("๒๕๖๕ และ ๒๕๖๖", "2566 - 2570");
    two digits are enough only after a word for fiscal year. Gregorian years are turned into be.
    Years outside 2555-2600 be are left out.
    """
    tokens = [token for token in read_tokens(text) if token.kind != "d"]
    years = []
    for match in _YEAR_MENTION.finditer(kinds_of(tokens)):
        certain = "f" in match[1] or "w" in match[1]
        for number, token in enumerate(tokens[match.start(2) : match.end(3)], match.start(2)):
            is_first = number < match.end(2)
            if token.kind != "n" or (token.width == 2 and not (certain and is_first)):
                continue
            year = year_of([tokens[number - 1], token])
            if year and year + BE_MINUS_CE in PLAUSIBLE_FISCAL_YEARS_BE:
                years.append(year + BE_MINUS_CE)
    return years


_MONTH_SPAN = re.compile(rf"(n?m)(?:{_YEAR})?-(n?m)(?:{_YEAR})?")
_DATE_SPAN = re.compile("D-D")
_HALF = re.compile(r"([kh])([12])")
# A quarter, a round with its number, or a number of months: no half and no year by itself.
_OTHER_PART = re.compile(r"q[?]?[n12]|[kl]|r(?:[12]|[?]?n(?!y))")
_SPANS: dict[tuple[int, int], ReportPeriod] = {
    (10, 3): "first_half",
    (4, 9): "second_half",
    (10, 9): "full_year",
}


def report_period(text: str) -> ReportPeriod:
    """Return the part of the fiscal year that a title says the report covers.

    A plain "รอบ ๖ เดือน" is the first half, the round that ITA asks for; months or a word such
    as "หลัง" beside it decide otherwise. Contradicting or no statements give "unknown".
    """
    return stated_period(text) or "unknown"


def stated_period(text: str) -> ReportPeriod | None:
    """Return the same, but None where a title states no part of the year at all."""
    tokens = [token for token in read_tokens(text) if token.kind not in "d(),."]
    kinds = kinds_of(tokens)
    said: set[ReportPeriod] = {"full_year"} if "w" in kinds else set()
    spans: list[tuple[int, int]] = []
    for match in _MONTH_SPAN.finditer(kinds):
        months = tokens[match.end(1) - 1].value, tokens[match.end(2) - 1].value
        spans.append(months)
    for match in _DATE_SPAN.finditer(kinds):
        a, b = tokens[match.start()].day, tokens[match.end() - 1].day
        if a and b:
            spans.append((a.month, b.month))
    said |= {_SPANS[months] for months in spans if months in _SPANS}
    for match in _HALF.finditer(kinds):
        if match[1] == "h" or tokens[match.start()].value == 6:
            said.add("first_half" if match[2] == "1" else "second_half")
    counts = {token.value for token in tokens if token.kind == "k"}
    if 12 in counts:
        said.add("full_year")
    if not said and 6 in counts:
        return "first_half"
    if said:
        return said.pop() if len(said) == 1 else "unknown"
    return "unknown" if spans or _OTHER_PART.search(kinds) else None


def parse_year(text: str) -> int | None:
    """Read a fiscal year (be) from a cell: 2565, ๒๕๖๕, 2565.0, or a year of the Common Era."""
    digits = convert_digits(without_notes(text), "arabic").strip().removesuffix(".0")
    if not digits.isdecimal():
        return None
    year = int(digits)
    return year + BE_MINUS_CE if 1950 <= year <= 2100 else year if 2500 <= year <= 2643 else None
