"""Measures, activities and points to improve: rows of measure tables, with their steps."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.document import Cell, Document, Table
from normalize.columns import with_ticks
from normalize.dates import parse_period
from normalize.judged import judged_status
from normalize.naming import SAME_SUB_INDICATOR, name_sub_indicator
from normalize.patterns import bare, pattern, plain
from normalize.records import Evidence, Records, Row, one_line, stable_id
from normalize.reference import Item, indicators, item_lists, questions, sub_indicators
from normalize.row_status import read_row_status
from normalize.sections import Section, indicator_in, indicator_of_row, row_heading, table_sections
from normalize.status import box_remark, read_leading_status, without_choices
from normalize.steps import split_steps, step_item

# Columns that can say what a row is about, the most telling first.
SUBJECT_ROLES = ("measure", "issue", "indicator")
# Similarity (0-100) of a point to a sub-indicator's name from which it is worth a review.
LIKE_SUB_INDICATOR = 50.0


@dataclass(frozen=True, slots=True)
class Subject:
    """What part of the framework a measure is about; a ``doubt`` asks about the ``suggestion``."""

    instrument: str = ""
    indicator_no: int | None = None
    sub_indicator_no: str = ""
    question_no: int | None = None
    suggestion: str = ""
    doubt: str = ""


def read_measures(document: Document, records: Records, fiscal_year_be: int | None) -> None:
    """Add the measures and steps of a report's measure tables.

    A table counts when its header names measures, or names points or indicators beside the steps
    to take, in a report that speaks of integrity. ``fiscal_year_be`` is the report's and
    settles periods such as "the whole year".
    """
    if not _speaks_of_integrity(document):
        return
    items = _items_of(fiscal_year_be)
    for own, section, _ in table_sections(document):
        table = with_ticks(own)
        role = subject_role(table)
        if role:
            _TableReader(table, role, records, fiscal_year_be, items).read(section)
    told = [p for p in document.paragraphs if pattern("measure_paragraph").match(bare(p.text))]
    if len(told) > 1:
        message = f"{len(told)} numbered measures stand in running text, which is not read"
        records.issue("info", "measures_in_text", message, Evidence(told[0].place))


def subject_role(table: Table) -> str | None:
    """Return the role of the columns that say what a measure is, None in another kind of table.

    Indicators are many things; here most of them must be those of the assessment.
    """
    roles = {column.role for column in table.columns}
    role = next((role for role in SUBJECT_ROLES if role in roles), None)
    if role != "measure" and "steps" not in roles:
        return None
    if role == "indicator":
        (column, *_) = table.columns_with(role)
        texts = [cells[column].text for _, cells in table.body() if column in cells]
        known = sum(1 for text in texts if indicator_of_row(text))
        return role if known and 2 * known >= len(texts) else None
    return role


def _speaks_of_integrity(document: Document) -> bool:
    return any(pattern("integrity").search(bare(text)) for text in document.texts())


@dataclass(slots=True)
class _TableReader:
    table: Table
    subject_role: str
    records: Records
    fiscal_year_be: int | None
    items: tuple[Item, ...]

    def read(self, section: Section) -> None:
        above = section  # of the row above, which bullets below it still belong to
        for number, cells in self.table.body():
            heading = row_heading(cells, section)
            if heading:
                section = above = heading
                continue
            raw = self._raw(cells, self.subject_role)
            text = one_line(point_of(raw))
            evidence = Evidence.of(cells[min(cells)], self.table.table_id, number)
            if not text:
                message = "a row of a table of measures names no measure"
                self.records.issue("info", "row_without_measure", message, evidence)
                continue
            is_bullet = pattern("bullet").match(bare(raw)) is not None
            subject = find_subject(raw, above if is_bullet else section, self.fiscal_year_be)
            subject = self._told_beside(cells) or subject
            if not is_bullet:
                own = Section(subject.instrument, subject.indicator_no)
                above = own if subject.indicator_no != section.indicator_no else section
            self._add(text, subject, cells, evidence)

    def _told_beside(self, cells: dict[int, Cell]) -> Subject | None:
        """Return what a column of indicators beside the measures says, None if it says nothing."""
        beside = "" if self.subject_role == "indicator" else self._raw(cells, "indicator")
        told = find_subject(beside, Section(), self.fiscal_year_be)
        return told if told.indicator_no else None

    def _add(self, text: str, subject: Subject, cells: dict[int, Cell], evidence: Evidence) -> None:
        observation_id = stable_id(
            "measure", self.records.document_id, evidence.table_id, evidence.row
        )
        concepts = self._steps(observation_id, cells, evidence)
        own = step_item(text, self.items)
        concepts = [*(own.concepts if own else ()), *concepts]
        period_raw = self._text(cells, "period")
        period = parse_period(period_raw, self.fiscal_year_be) if period_raw else None
        reading, status_raw = read_row_status(self.table, cells)
        if reading is None:
            reading, status_raw = read_leading_status(self._raw(cells, "result"))
        status = None
        if reading:
            status = judged_status(reading, f"{text}: {status_raw}", evidence, self.records)
        subject = self._decided(subject, text, evidence)
        self.records.measures.append(
            {
                "observation_id": observation_id,
                "measure_no": self._number(cells),
                "measure": text,
                "instrument": subject.instrument or None,
                "indicator_no": subject.indicator_no,
                "question_no": subject.question_no,
                "concept_ids": "|".join(dict.fromkeys(concepts)) or None,
                "responsible": self._text(cells, "responsible") or None,
                "period_raw": period_raw or None,
                "period_start": period.start.isoformat() if period and period.start else None,
                "period_end": period.end.isoformat() if period and period.end else None,
                "status": status,
                "status_raw": status_raw or None,
                "result": self._result(cells),
                "outcome": self._text(cells, "outcome") or None,
                "match_status": _match_status(subject),
                "sub_indicator_no": subject.sub_indicator_no or None,
                "follow_up": self._text(cells, "follow_up") or None,
                **evidence.columns(),
            }
        )

    def _decided(self, subject: Subject, text: str, evidence: Evidence) -> Subject:
        """Return the subject that a person decided on; ask where it is in doubt."""
        sure = not subject.doubt
        decision = self.records.decision("indicator", text, evidence, is_sure=sure)
        if decision:
            self.records.settle(decision, evidence)
            return _of_number(decision.decided_value, subject)
        if subject.doubt:
            suggestion = _listed(subject.suggestion, self.fiscal_year_be)
            self.records.doubt(
                "indicator", text, evidence, reason=subject.doubt, suggestion=suggestion
            )
        return subject

    def _steps(self, observation_id: str, cells: dict[int, Cell], evidence: Evidence) -> list[str]:
        """Add the steps of a measure and return the concepts that they are about."""
        concepts: list[str] = []
        rows: list[Row] = []
        for column in self.table.columns_with("steps"):
            for step in split_steps(cells[column]) if column in cells else ():
                item = step_item(step.text, self.items)
                concepts += item.concepts if item else ()
                at = Evidence(step.place, evidence.table_id, evidence.row)
                rows.append(
                    {
                        "observation_id": observation_id,
                        "step_no": len(rows) + 1,
                        "text": step.text,
                        "concept_id": item.concept_id if item else None,
                        "match_status": "accepted" if item else "unmatched",
                        "document_id": self.records.document_id,
                        **at.columns(),
                    }
                )
        self.records.measure_steps += rows
        return concepts

    def _number(self, cells: dict[int, Cell]) -> str | None:
        """Return the printed number of a measure; a measure without one has none here either."""
        for column in self.table.columns_with("ordinal") or self.table.columns_with("item_no"):
            digits = plain(cells[column].text).strip(" .)") if column in cells else ""
            if digits.isdecimal():
                return str(int(digits))
        return None

    def _result(self, cells: dict[int, Cell]) -> str | None:
        """Return the result column, or what stands behind the check boxes of the status."""
        result = self._text(cells, "result")
        if not result and not self.table.columns_with("result"):
            result = one_line(box_remark(self._raw(cells, "status")))
        return result or None

    def _raw(self, cells: dict[int, Cell], role: str) -> str:
        columns = [column for column in self.table.columns_with(role) if column in cells]
        return "\n".join(dict.fromkeys(cells[column].text for column in columns))

    def _text(self, cells: dict[int, Cell], role: str) -> str:
        return one_line(self._raw(cells, role))


def find_subject(text: str, section: Section, fiscal_year_be: int | None) -> Subject:
    """Return what a measure or point is about, by its own words and by the section above it."""
    line = bare(text)
    indicator = indicator_in(line) or indicator_of_row(line)
    instrument = indicator.instrument if indicator else section.instrument
    indicator_no = indicator.indicator_no if indicator else section.indicator_no
    question = pattern("question").match(line)
    if question:
        return _question(question, section, fiscal_year_be)
    if not instrument and indicator_no:
        instrument = next(i.instrument for i in indicators() if i.indicator_no == indicator_no)
    if section.sub_indicator_no and not indicator:
        return Subject(instrument, indicator_no, section.sub_indicator_no)
    return _with_sub_indicator(text, instrument, indicator_no, fiscal_year_be)


def point_of(text: str) -> str:
    """Return the point that a cell names: without its bullet, without an indicator's heading
    that stands before it in the same cell, and without a survey question's boxes to choose from."""
    text = without_choices(text)
    head, bullet, point = text.replace(" -", "\n-").rpartition("\n-")
    if bullet and point.strip() and indicator_in(head):
        return point.strip()
    return text.strip().lstrip("-–—•*").strip()


def _with_sub_indicator(
    text: str, instrument: str, indicator_no: int | None, fiscal_year_be: int | None
) -> Subject:
    """Look for the name of a sub-indicator in the last line or bullet of a point."""
    if instrument not in ("", "OIT"):
        return Subject(instrument, indicator_no)
    # Points come from the result of the year before, in the words of that year or of its own.
    years = (fiscal_year_be - 1, fiscal_year_be) if fiscal_year_be else ()
    named = name_sub_indicator(point_of(text), *years)
    if named is None or (indicator_no and not named.thing.startswith(f"{indicator_no}.")):
        return Subject(instrument, indicator_no)
    if named.similarity >= SAME_SUB_INDICATOR and named.is_sure:
        number = indicator_no or int(named.thing.split(".")[0])
        return Subject(instrument or "OIT", number, named.thing)
    if instrument != "OIT" or named.similarity < LIKE_SUB_INDICATOR:
        return Subject(instrument, indicator_no)
    doubt = "the point may mean a sub-indicator of another wording"
    return Subject(instrument, indicator_no, suggestion=named.thing, doubt=doubt)


def _question(match: re.Match[str], section: Section, fiscal_year_be: int | None) -> Subject:
    """Return what a survey question is about: in the year scored, the one before or itself."""
    instrument, number = f"{match['letter'].upper()}IT", int(match["number"])
    headed = section.indicator_no if section.instrument == instrument else None
    for year in ((fiscal_year_be or 0) - 1, fiscal_year_be or 0):
        known = questions().get((year, instrument, number))
        if known and headed in (None, known.indicator_no):
            return Subject(instrument, known.indicator_no, "", number)
    doubt = "the question is not in the list of the year under this indicator"
    return Subject(instrument, headed, "", number, doubt=doubt)


def _listed(number: str, fiscal_year_be: int | None) -> str:
    """Return the number of a sub-indicator with its name in the year before, that year, or any."""
    years = sub_indicators()
    year = fiscal_year_be or 0
    lists = [years.get(year - 1, {}), years.get(year, {}), *years.values()]
    name = next((names[number] for names in lists if number in names), "")
    return f"{number} {name}".strip()


def _of_number(number: str, subject: Subject) -> Subject:
    """Return the subject with the number of a (sub-)indicator; "" keeps what is sure of it."""
    if not number:
        return replace(subject, suggestion="", doubt="")
    indicator_no = int(number.partition(".")[0])
    instrument = next(i.instrument for i in indicators() if i.indicator_no == indicator_no)
    sub_indicator_no = number if "." in number else ""
    return Subject(instrument, indicator_no, sub_indicator_no, subject.question_no)


def _match_status(subject: Subject) -> str:
    if subject.doubt:
        return "review"
    return "accepted" if subject.indicator_no or subject.instrument else "unmatched"


def _items_of(fiscal_year_be: int | None) -> tuple[Item, ...]:
    """Return that year's list of items, or the nearest year's."""
    lists = item_lists()
    year = fiscal_year_be if fiscal_year_be in lists else None
    return lists[year or min(lists, key=lambda y: abs(y - (fiscal_year_be or max(lists))))]
