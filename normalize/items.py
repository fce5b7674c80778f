"""The OIT items that a report observes: its checklist rows, aligned with the list of a year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from extract.document import UNSURE_DIGIT, Cell, Document, Table
from extract.thai import convert_digits, skeleton
from normalize.align import ItemRow, Pairing
from normalize.columns import with_roles
from normalize.dates import find_fiscal_years
from normalize.item_number import parse_item_number
from normalize.judged import judged_item, judged_list, judged_status
from normalize.lists import ChosenList, choose_lists
from normalize.measures import subject_role
from normalize.numbers import parse_number
from normalize.patterns import bare, pattern
from normalize.records import Evidence, Records, one_line, stable_id, year_columns
from normalize.reference import Item, item_lists
from normalize.row_status import is_cut, picture_doubt, read_row_status
from normalize.score_tables import NOT_READ
from normalize.sections import Section, read_heading, row_heading, table_sections
from normalize.status import NO_TICK, is_blank, score_status
from normalize.wording import StatusReading

# Share of a document's candidate rows that must find an item for them to be a checklist.
MIN_ALIGNED_SHARE = 0.3
# Similarity (0-100) of names from which a row shows that its table is a checklist.
LIKE_NAME = 75.0
# The key of a row that its number gives to a list of another sector: like no item's name.
OTHER_LIST = "-"
SCORES_DIFFER = "several columns of scores say different things"
TICK_UNSEEN = "no box is ticked, as far as the picture shows"
ROW_CUT = "the picture shows more beside the item: a stroke that is no rule may have cut its row"
_YEAR = re.compile(r"(?<![0-9])25[5-9][0-9](?![0-9])")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A table row that may be an item."""

    table: Table
    row: int
    cells: dict[int, Cell]
    number_raw: str
    name_raw: str
    item_row: ItemRow
    is_headless: bool


def read_items(document: Document, records: Records, fiscal_year_be: int | None) -> int | None:
    """Add the items, doubts and issues of a report's checklists; return the year (be) of the list.

    Returns None where the report has no checklist, or where the lists of several years explain it.
    Rows of a list of another year than the rest are of that fiscal year.
    """
    candidates = list(_candidates(document))
    if not candidates:
        return None
    parts = [
        (own, judged_list(chosen, [c.item_row for c in own], _evidence(own[0]), records))
        for own, chosen in _parts(candidates, fiscal_year_be)
    ]
    found = [
        candidate
        for own, chosen in parts
        for candidate, pairing in zip(own, chosen.alignment.pairings, strict=True)
        if pairing.is_accepted and _is_plain_item(candidate, pairing)
    ]
    if not found and all(candidate.is_headless for candidate in candidates):
        return None
    if len(found) < max(1, MIN_ALIGNED_SHARE * len(candidates)):
        message = f"{len(candidates)} rows look like a checklist, but no year's items explain them"
        records.issue("warning", "checklist_not_recognised", message, _evidence(candidates[0]))
        if not found:
            return None
    with_items = {candidate.table.table_id for candidate in found}
    parts = [(own, chosen) for own, chosen in parts if with_items & _tables(own)]
    years = {chosen.year for _, chosen in parts}
    for own, chosen in parts:
        year = fiscal_year_be if len(years) == 1 else chosen.year or fiscal_year_be
        for n, candidate in enumerate(own):
            if candidate.table.table_id in with_items:
                _add(candidate, chosen, n, records, year)
        if len(years) == 1 or not chosen.year:
            _report_year(chosen, fiscal_year_be, own[0], records)
    _report_other_tables(candidates, with_items, records)
    _report_no_status(candidates, records)
    _report_lists(parts, records)
    _report_doubles(records)
    for year in sorted(year for year in years if year):
        _report_unseen(year, records)
    if fiscal_year_be in years or not years:
        return fiscal_year_be
    return years.pop() if len(years) == 1 else None


def _parts(
    candidates: list[_Candidate], fiscal_year_be: int | None
) -> list[tuple[list[_Candidate], ChosenList]]:
    """Part the candidates by the list that their tables follow."""
    tables = [list(own) for _, own in groupby(candidates, key=lambda c: c.table.table_id)]
    parts, begin = [], 0
    for count, chosen in choose_lists(
        [[c.item_row for c in own] for own in tables], fiscal_year_be
    ):
        own = [candidate for table in tables[begin : begin + count] for candidate in table]
        parts.append((own, chosen))
        begin += count
    return parts


def _tables(candidates: list[_Candidate]) -> set[str]:
    return {candidate.table.table_id for candidate in candidates}


def _is_plain_item(candidate: _Candidate, pairing: Pairing) -> bool:
    """Say whether a row is an item by its name or by the letter O of its number.

    Rows that only count from 1 are in every table; they prove no checklist.
    """
    has_letter = pattern("item_letter").match(bare(candidate.number_raw)) is not None
    return has_letter or pairing.similarity >= LIKE_NAME


def _candidates(document: Document) -> Iterator[_Candidate]:
    for own, above, _ in table_sections(document):
        table = with_roles(own)
        roles = {column.role for column in table.columns}
        if subject_role(table):
            continue
        is_headless = not any(roles)
        if not is_headless and not roles & {"item_no", "item"}:
            continue
        section = above
        for number, cells in table.body():
            heading = row_heading(cells, section)
            if heading:
                section = heading
                continue
            for column in table.columns_with("indicator"):
                section = read_heading(cells[column].text, section) if column in cells else section
            candidate = _candidate(table, number, cells, section, is_headless)
            if candidate and (not is_headless or candidate.item_row.number is not None):
                yield candidate


def _candidate(
    table: Table, number: int, cells: dict[int, Cell], section: Section, is_headless: bool
) -> _Candidate | None:
    """Read the number and name of a row; None where it has neither."""
    number_columns = table.columns_with("item_no") or table.columns_with("ordinal")
    name_columns = table.columns_with("item")
    if not number_columns and not name_columns:
        number_columns, name_columns = [1], [2]
    number_raw = one_line(_joined(cells, number_columns))
    name_raw = one_line(_joined(cells, name_columns))
    found, own = parse_item_number(number_raw), parse_item_number(name_raw)
    if own.number is not None and own.rest and (own.has_letter or not number_raw):
        found = own
        number_raw, name_raw = own.written.strip(" .:-"), own.rest
    elif found.number is not None and not name_raw:
        number_raw, name_raw = found.written, found.rest
    if found.number is None and not name_raw:
        return None
    row = ItemRow(skeleton(name_raw), found.number, section.sub_indicator_no, found.has_letter)
    if any(pattern("other_list").match(bare(text)) for text in (number_raw, name_raw)):
        row = ItemRow(OTHER_LIST, None)
    return _Candidate(table, number, cells, number_raw, name_raw, row, is_headless)


def _joined(cells: dict[int, Cell], columns: list[int]) -> str:
    seen = dict.fromkeys(cells[column].text for column in columns if column in cells)
    return " ".join(text for text in seen if text)


def _add(
    candidate: _Candidate, chosen: ChosenList, n: int, records: Records, fiscal_year_be: int | None
) -> None:
    pairing = chosen.alignment.pairings[n]
    evidence = _evidence(candidate)
    raw = f"{candidate.number_raw} {candidate.name_raw}".strip()
    if pairing.item is None:
        message = f"no item of the list is like this row: {raw}"
        records.issue("info", "row_is_no_item", message, evidence)
        return
    item, match = judged_item(
        raw,
        evidence,
        pairing,
        records,
        is_accepted=chosen.is_accepted(n) and not _is_torn(candidate, pairing.item, records),
        list_year_be=chosen.year,
    )
    status, status_raw, score = _status(candidate, records, evidence, raw, fiscal_year_be)
    records.items.append(
        {
            "observation_id": stable_id(
                "item", records.document_id, candidate.table.table_id, candidate.row
            ),
            "instrument": "OIT",
            "item_no": item.item_no if item else None,
            "concept_id": item.concept_id if item else None,
            "item_name": item.name if item else None,
            "indicator_no": item.indicator_no if item else None,
            "sub_indicator_no": (item.sub_indicator_no or None) if item else None,
            **year_columns(fiscal_year_be),
            "item_no_raw": candidate.number_raw or None,
            "item_name_raw": candidate.name_raw or None,
            **match,
            "status": status,
            "status_raw": status_raw,
            "score": score,
            "responsible": _text(candidate, "responsible"),
            **evidence.columns(),
        }
    )


def _status(
    candidate: _Candidate,
    records: Records,
    evidence: Evidence,
    raw: str,
    fiscal_year_be: int | None,
) -> tuple[str | None, str | None, float | None]:
    """Read the status of a row, its raw text and its score; a score alone gives the status too.

    A table without a column for it gives no status, which is not a blank one.
    """
    scores = _scores(candidate, fiscal_year_be)
    told = " ".join(scores.values())
    if len(scores) > 1 and (decided := records.decision("score", f"{raw}: {told}", evidence)):
        records.settle(decided, evidence)
        value = parse_number(decided.decided_value)
        scores = {} if value is None else {float(value): told}
    score, score_raw = next(iter(scores.items())) if len(scores) == 1 else (None, None)
    reading, texts = read_row_status(candidate.table, candidate.cells)
    if reading is None or is_blank(reading):
        remark = _text(candidate, "remark")
        if len(scores) > 1:
            reading, texts = StatusReading("unclear", SCORES_DIFFER), told
        elif score == 0 and remark:
            # Nothing, or too little: a remark that no rule understands is a person's to read.
            reading, texts = StatusReading("unclear", "score 0 with a remark"), remark
        elif score is not None:
            reading, texts = score_status(score), score_raw or ""
        elif unread := _unread_score(candidate):
            reading, texts = StatusReading("unclear", NOT_READ), unread
        elif reading is None and candidate.table.columns_with("score"):
            reading = StatusReading("not_reported", "blank")
    elif len(scores) > 1:
        values = [f"{value:g}" for value in scores]
        records.doubt(
            "score", f"{raw}: {told}", evidence, reason=SCORES_DIFFER, alternatives=values
        )
    if reading is None:
        return None, None, None
    if reading.reason == NO_TICK and _is_picture(candidate):
        reading = StatusReading("unclear", TICK_UNSEEN)
    elif doubt := picture_doubt(candidate.table, candidate.cells, reading):
        reading = StatusReading("unclear", doubt)
    elif _is_picture(candidate) and is_cut(candidate.table, candidate.cells):
        reading = StatusReading("unclear", ROW_CUT)
    return judged_status(reading, f"{raw}: {texts}", evidence, records), texts or None, score


def _scores(candidate: _Candidate, fiscal_year_be: int | None) -> dict[float, str]:
    """Return the scores (0-100) of a row and their texts: one, or several that disagree.

    Of columns that name fiscal years those of the report's count, else those that name none.
    """
    table = candidate.table
    columns = table.columns_with("score")
    years = {column: _header_years(table.columns[column - 1].header) for column in columns}
    own = [column for column in columns if fiscal_year_be in years[column]]
    found: dict[float, str] = {}
    for column in own or [column for column in columns if not years[column]] or columns:
        text = candidate.cells[column].text if column in candidate.cells else ""
        number = parse_number(text)
        if number is not None and 0 <= number <= 100:
            found.setdefault(float(number), one_line(text))
    return found


def _unread_score(candidate: _Candidate) -> str:
    """Return what a picture most likely shows as the score of a row, where it is not sure."""
    cells = (candidate.cells.get(n) for n in candidate.table.columns_with("score"))
    guesses = (one_line(cell.raw_text) for cell in cells if cell and UNSURE_DIGIT in cell.text)
    return next(guesses, "")


def _header_years(header: str) -> list[int]:
    """Return the fiscal years (be) that a header names; a number like a year is one there."""
    return find_fiscal_years(header) or [
        int(year) for year in _YEAR.findall(convert_digits(header, "arabic"))
    ]


def _text(candidate: _Candidate, role: str) -> str | None:
    return one_line(_joined(candidate.cells, candidate.table.columns_with(role))) or None


def _evidence(candidate: _Candidate) -> Evidence:
    first = candidate.cells[min(candidate.cells)]
    return Evidence.of(first, candidate.table.table_id, candidate.row)


def _report_year(
    chosen: ChosenList, fiscal_year_be: int | None, first: _Candidate, records: Records
) -> None:
    year = chosen.alignment.fiscal_year_be
    evidence = _evidence(first)
    if chosen.rivals:
        told = f" of {fiscal_year_be}" if fiscal_year_be else ""
        records.doubt(
            "item_list_year",
            "",
            evidence,
            reason=f"the lists of several years explain the rows of this report{told} equally well",
            suggestion=str(year),
            alternatives=[str(other.fiscal_year_be) for other in chosen.rivals],
            of_report=True,
        )
    elif fiscal_year_be is not None and year != fiscal_year_be:
        message = f"the report is of {fiscal_year_be}, but its rows are those of the list of {year}"
        records.issue("warning", "item_list_of_another_year", message, evidence)


def _report_lists(parts: list[tuple[list[_Candidate], ChosenList]], records: Records) -> None:
    """Say where a report holds more than one checklist."""
    for own, chosen in parts[1:]:
        year = f"of {chosen.year}" if chosen.year else "of a year that is open"
        message = f"another checklist begins here; its rows are those of the list {year}"
        records.issue("info", "another_checklist", message, _evidence(own[0]))


def _report_other_tables(
    candidates: list[_Candidate], with_items: set[str], records: Records
) -> None:
    """Say once for each table that looks like a checklist that none of its rows is an item."""
    for table_id in dict.fromkeys(c.table.table_id for c in candidates):
        rows = [c for c in candidates if c.table.table_id == table_id]
        if table_id not in with_items:
            message = f"none of the {len(rows)} rows of this table is an item of the list"
            records.issue("info", "table_is_no_checklist", message, _evidence(rows[0]))


def _report_no_status(candidates: list[_Candidate], records: Records) -> None:
    """Say once for each checklist that no column of it is known to hold statuses."""
    first = {c.table.table_id: c for c in reversed(candidates)}
    without = dict.fromkeys(row["table_id"] for row in records.items if row["status"] is None)
    for table_id in without:
        message = "no column of this checklist is known to hold statuses: its items have none"
        records.issue("warning", "no_status_column", message, _evidence(first[str(table_id)]))


def _is_picture(candidate: _Candidate) -> bool:
    return any(cell.source == "ocr" for cell in candidate.cells.values())


def _is_torn(candidate: _Candidate, item: Item, records: Records) -> bool:
    """Say whether a row of a picture may be the rest of a row: its item has been read before."""
    known = ((row["item_list_year_be"], row["item_no"]) for row in records.items)
    return _is_picture(candidate) and (item.fiscal_year_be, item.item_no) in known


def _report_doubles(records: Records) -> None:
    """Say which items a report observes twice; both rows stay."""
    seen = Counter(
        (row["item_list_year_be"], row["item_no"]) for row in records.items if row["item_no"]
    )
    doubles = [str(number) for (_, number), count in seen.items() if count > 1]
    if doubles:
        message = f"items observed more than once in this report: {', '.join(doubles)}"
        records.issue("warning", "item_observed_twice", message)


def _report_unseen(year: int, records: Records) -> None:
    """Say which items of the list were not found in a report that has most of them."""
    seen = {row["item_no"] for row in records.items if row["item_list_year_be"] == year}
    listed = [item.item_no for item in item_lists()[year]]
    unseen = [f"O{number}" for number in listed if number not in seen]
    if unseen and len(unseen) < len(listed) / 2:
        message = f"items of the list of {year} not found in this report: {', '.join(unseen)}"
        records.issue("warning", "items_not_found", message)
