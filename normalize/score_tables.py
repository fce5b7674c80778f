"""Scores and levels of the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from extract.document import UNSURE_DIGIT, Cell, Column, Table
from normalize.dates import find_fiscal_years
from normalize.patterns import bare, pattern
from normalize.records import Evidence, one_line
from normalize.score_labels import Score, level_named, metric_named
from normalize.witness import halved

NOT_READ = "a digit of the picture could not be read surely"
NO_NUMBER = "the cell says more than one number, or less"
HALF = "a whole number among scores with decimals may be half of a number in the picture"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LETTERS = re.compile(r"[^\W\d_]")


def table_scores(table: Table, year: int | None) -> Iterator[Score]:
    """Yield the scores of the rows; totals only in a table that also has ITA's parts.

    ``year`` (be) is of the scores whose column names none.
    """
    rows = _Rows(table, year)
    found = _without_halves(
        [score for number, cells in table.body() for score in rows.read(number, cells)]
    )
    has_parts = any(score.metric.startswith(("indicator:", "instrument:")) for score in found)
    headers = " ".join(column.header for column in table.columns)
    is_assessment = pattern("assessment_name").search(bare(headers)) is not None
    for score in found:
        own_label = pattern("assessment_name").search(bare(score.raw)) is not None
        if has_parts or is_assessment or own_label or ":" in score.metric:
            yield score


@dataclass(frozen=True, slots=True)
class _Rows:
    table: Table
    year: int | None

    def read(self, number: int, cells: dict[int, Cell]) -> Iterator[Score]:
        """Read what a row is of, then a value or level in each score column."""
        row = {column: cell for column, cell in cells.items() if cell.text}
        for column, cell in sorted(row.items()):
            if cell.column != column:
                continue
            line = bare(cell.text)
            joined = pattern("score_at_end").search(line)
            metric = metric_named(line[: joined.start()] if joined else line, self.year)
            if metric is None or pattern("not_own_score").search(line):
                continue
            if not joined and self._is_of_indicator(column, metric, row):
                continue
            evidence = Evidence.of(cell, self.table.table_id, number)
            name = one_line(cell.text)
            if joined:
                yield Score(*metric, float(joined["value"]), "", self.year, name, evidence)
                return
            after = {c: other for c, other in row.items() if c > column and other is not cell}
            yield from self._values(metric, name, after, evidence)
            return

    def _is_of_indicator(self, column: int, metric: tuple[str, str], row: dict[int, Cell]) -> bool:
        """Say whether a cell names the instrument that the indicator of its row belongs to.

        Such a row is no instrument's, though the indicator may not be known by its name: that
        stands beside, in a column of indicators or in one row of several of that instrument.
        """
        if not metric[0].startswith("instrument:"):
            return False
        scores = (n for n, one in enumerate(self.table.columns, start=1) if self._holds_scores(one))
        before = range(1, next(scores, len(self.table.columns) + 1))
        names = {n: bare(row[n].text) for n in before if n in row and row[n] is not row[column]}
        others = {n for n, name in names.items() if self._may_be_indicator(name)}
        is_listed = any(self.table.columns[n - 1].role == "indicator" for n in others)
        return is_listed or (bool(others) and self._is_repeated(column, metric))

    def _may_be_indicator(self, name: str) -> bool:
        """Say whether a cell beside an instrument names something else than that, or its total."""
        if not _LETTERS.search(name) or find_fiscal_years(name):
            return False
        metric = metric_named(name, self.year)
        return metric is None or metric[0].startswith(("indicator:", "sub_indicator:"))

    def _is_repeated(self, column: int, metric: tuple[str, str]) -> bool:
        rows = (cells for _, cells in self.table.body())
        texts = (bare(cells[column].text) for cells in rows if column in cells)
        named = (text for text in texts if metric_named(text, self.year) == metric)
        return next(islice(named, 1, None), None) is not None  # mostly within the first rows

    def _values(
        self, metric: tuple[str, str], name: str, cells: dict[int, Cell], evidence: Evidence
    ) -> Iterator[Score]:
        """Read the values and levels beside the label of a row.

        A column whose header names a fiscal year holds the scores of that year.
        """
        level = ""
        found: list[Score] = []
        for column, cell in sorted(cells.items()):
            header = self.table.columns[column - 1]
            if not self._holds_scores(header):
                continue
            own_year = _header_year(header.header)
            year = own_year or self.year
            raw, line = f"{name} {one_line(cell.text)}", bare(cell.text)
            here = replace(evidence, confidence=cell.confidence)
            number = pattern("score_number").match(line)
            more = pattern("score_and_more").match(line)
            named = level_named(cell.text)
            if named and metric[0] == "level":
                yield Score("level", "", None, named, year, raw, here)
            elif named:
                level = named
            elif number and metric[0] != "level":
                found.append(Score(*metric, float(number["value"]), "", year, raw, here))
            elif UNSURE_DIGIT in cell.text and metric[0] != "level":
                guess = f"{name} {one_line(cell.raw_text)}"
                yield Score(*metric, None, "", year, guess, here, NOT_READ)
            elif more and metric[0] != "level" and (header.role == "score" or own_year):
                found.append(Score(*metric, None, "", year, raw, here, NO_NUMBER))
        if len(found) > 1 and len({score.fiscal_year_be for score in found}) < len(found):
            reason = "the row holds several numbers of one year; which is the score is not said"
            yield replace(found[0], raw=" ".join(s.raw for s in found), doubt=reason)
            return
        for score in found:
            yield replace(score, level=level)
            if level and metric[0] == "overall":
                yield replace(score, metric="level", value=None, level=level)

    def _holds_scores(self, header: Column) -> bool:
        """Say whether a column may hold the agency's scores, levels, or both.

        A header that is not known counts where it names a year or nothing at all, in a table that
        has no better column.
        """
        if pattern("not_own_score").search(bare(header.header)):
            return False
        if header.role in ("score", "level"):
            return True
        is_plain = not header.header or _header_year(header.header) is not None
        return header.role == "" and is_plain and not self.table.columns_with("score")


def _without_halves(found: list[Score]) -> list[Score]:
    """Doubt values of a table that were read from a picture and may be half of a number."""
    read = [s for s in found if s.value is not None and s.evidence.confidence is not None]
    printed = [_NUMBER.findall(bare(score.raw)) for score in read]
    doubtful = [read[n] for n in halved([numbers[-1] if numbers else "" for numbers in printed])]
    return [replace(score, doubt=HALF) if score in doubtful else score for score in found]


def _header_year(header: str) -> int | None:
    year = pattern("year_alone").search(bare(header))
    return next(iter(find_fiscal_years(header)), int(year["year"]) if year else None)
