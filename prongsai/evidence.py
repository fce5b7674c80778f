"""Where a value of the dataset stands: its row of a table of records -> cells of the report."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extract.document import Box, Cell, Document, Part, Table
from normalize.catalogue import catalogue
from normalize.measures import SUBJECT_ROLES
from normalize.numbers import parse_number
from normalize.records import AGENCY_COLUMNS
from normalize.status import TICK_ROLES
from prongsai.errors import NoInputError, UsageError
from prongsai.store import Store

# The tables whose rows a person may ask for, with the column of their ids.
ID_COLUMNS = {
    "items": "observation_id",
    "scores": "observation_id",
    "measures": "observation_id",
    "review": "review_id",
    "decisions": "review_id",
}
_ID_LENGTH = 16
# An id with up to so many wrong characters may be meant; of those like it so many are named.
MAX_WRONG_CHARACTERS = 3
MAX_NAMED = 5
# The column of each table that has the words of the report, and the roles of the columns of the
# report where they stand.
# The tables of doubts: open ones and settled ones.
_DOUBTS = ("review", "decisions")
_RAW = {"items": "status_raw", "scores": "raw", "measures": "measure"} | dict.fromkeys(
    _DOUBTS, "raw"
)
_STATUS_ROLES = ("status", *TICK_ROLES, "result", "score", "remark")
_SCORE_ROLES = ("score", "level")
_ROLES = {"items": _STATUS_ROLES, "scores": _SCORE_ROLES, "measures": SUBJECT_ROLES}
_REVIEW_ROLES = {
    "status": _STATUS_ROLES,
    "score": _SCORE_ROLES,
    "item": ("item", "item_no"),
    "measure": SUBJECT_ROLES,
    "indicator": SUBJECT_ROLES,
    "step": ("steps",),
}
_NAMING_ROLES = ("item_no", "ordinal", "item")

Record = dict[str, str]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the row, or a paragraph (column 0): its header, and whether the value is in it."""

    column: int
    header: str
    parts: tuple[Part, ...]
    is_value: bool
    is_spanning: bool = False

    @property
    def text(self) -> str:
        """Repaired text; lines and parts are separated by a line feed."""
        return "\n".join(part.text for part in self.parts if part.text)

    @property
    def raw_text(self) -> str:
        """Text as the report has it."""
        return "\n".join(part.raw_text for part in self.parts if part.raw_text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record and where it stands in the report.

    ``agency`` has the agency and the fiscal year of the report, or the words for an agency that
    was not recognised; ``steps`` are those of a measure.
    """

    table: str
    record_id: str
    record: Record
    agency: Record
    steps: tuple[Record, ...]
    document: Document
    cells: tuple[Shown, ...]

    @property
    def pages(self) -> list[int]:
        """The pages with what the row itself holds; merged cells beside it may go on further."""
        own = [cell for cell in self.cells if cell.is_value or not cell.is_spanning]
        found = {part.place.page for cell in own or self.cells for part in cell.parts}
        told = {int(self.record["page"])} if self.record["page"] else set()
        return sorted({page for page in found if page is not None} or told)

    @property
    def lines(self) -> list[int]:
        """The lines of a text or HTML file on which the row stands."""
        found = {part.place.line for cell in self.cells for part in cell.parts}
        told = {int(self.record["line"])} if self.record["line"] else set()
        return sorted({line for line in found if line is not None} or told)

    def boxes(self, page: int) -> Iterator[tuple[Box, bool]]:
        """Yield the boxes of the cells on a page, and whether the value stands in each."""
        for cell in self.cells:
            for part in cell.parts:
                if part.place.page == page and part.place.box:
                    yield part.place.box, cell.is_value


def find_evidence(store: Store, wanted: str) -> Evidence:
    """Find a record by its id, or the beginning of it, and where its value stands.

    Raises UsageError where no or more than one record has the id, and NoInputError where the
    dataset lacks a table or a document.
    """
    store.files()  # a folder that is no dataset is told as such
    table, record = _record(store, wanted.strip().lower())
    record_id = record[ID_COLUMNS[table]]
    document_id = record["document_id"]
    if document_id not in {file.document_id for file in store.files() if file.document_id}:
        raise NoInputError(
            f"{record_id} is of a report that the dataset has not read",
            f"Write the tables anew: prongsai normalize {store.out}",
        )
    document = store.read_document(document_id)
    steps: tuple[Record, ...] = ()
    if table == "measures":
        every = table_rows(store.out, "measure_steps")
        steps = tuple(row for row in every if row["observation_id"] == record_id)
    about = next(
        (r for r in table_rows(store.out, "documents") if r["document_id"] == document_id), {}
    )
    try:  # a spreadsheet may have made 2.0 of the page 2
        for name, row in ((table, record), *(("measure_steps", step) for step in steps)):
            typed(name, row)
    except ValueError as error:
        raise _edited(store.out, table, error) from error
    named = AGENCY_COLUMNS if about.get("agency_name") else ("agency_raw",)
    agency = {name: about.get(name, "") for name in (*named, "fiscal_year_be")}
    cells = _shown(table, record, document)
    return Evidence(table, record_id, record, agency, steps, document, cells)


def typed(table: str, record: Record) -> dict[str, Value]:
    """Return a row of a table with numbers as numbers; an empty field is None.

    Raises ValueError for a number that is none.
    """
    kinds = {field.name: field.type for field in catalogue().table(table).fields}
    read: dict[str, Callable[[str], Value]] = {"integer": int, "number": float}
    return {n: read.get(kinds[n], str)(text) if text else None for n, text in record.items()}


def _record(store: Store, wanted: str) -> tuple[str, Record]:
    if not wanted:
        raise UsageError("the id is empty", _where_ids_are(store))
    found: list[tuple[str, Record]] = []
    near: list[tuple[int, str]] = []
    for table, column in ID_COLUMNS.items():
        for row in table_rows(store.out, table):
            if row[column] == wanted:
                return table, row
            if row[column].startswith(wanted):
                found.append((table, row))
            elif len(wanted) > _ID_LENGTH // 2:
                wrong = Levenshtein.distance(wanted, row[column], score_cutoff=MAX_WRONG_CHARACTERS)
                if wrong <= MAX_WRONG_CHARACTERS:
                    near = nsmallest(MAX_NAMED, [*near, (wrong, row[column])])
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(row[ID_COLUMNS[table]] for table, row in found[:MAX_NAMED])
        more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
        raise UsageError(
            f"{len(found)} ids begin with {wanted}: {some}{more}", "Give more of the id."
        )
    if any(file.document_id == wanted for file in store.files()):
        raise UsageError(f"{wanted} is the id of a report, not of a value", _where_ids_are(store))
    like = f"; like it: {', '.join(name for _, name in near)}" if near else ""
    raise UsageError(f"no value has the id {wanted}{like}", _where_ids_are(store))


def _where_ids_are(store: Store) -> str:
    return (
        f"Take an observation_id of items.csv, scores.csv or measures.csv in {store.out}, "
        "or a review_id of review.csv or decisions.csv."
    )


def table_rows(out: Path, table: str) -> Iterator[Record]:
    """Yield the rows of a table one by one, as text: a dataset may have millions."""
    spec = catalogue().table(table)
    path, columns = out / spec.path, set(spec.columns)
    limit = csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                if row.keys() != columns or None in row.values():
                    raise ValueError("a row has other columns")
                yield row
    except FileNotFoundError as error:
        raise NoInputError(
            f"{out} has no {spec.path}", f"Run first: prongsai normalize {out}"
        ) from error
    except (csv.Error, ValueError) as error:
        raise _edited(out, table, error) from error
    finally:
        csv.field_size_limit(limit)


def _edited(out: Path, table: str, error: Exception) -> NoInputError:
    return NoInputError(
        f"{out / catalogue().table(table).path} is not as it was written ({error})",
        f"Write it anew: prongsai normalize {out}",
    )


def _shown(table: str, record: Record, document: Document) -> tuple[Shown, ...]:
    source = next((t for t in document.tables if t.table_id == record["table_id"]), None)
    if source is None or not record["row"]:
        return _paragraph(table, record, document)
    row = int(record["row"])
    cells = [cell for cell in source.cells if cell.row <= row < cell.row + cell.row_span]
    values = _value_cells(table, record, source, cells)
    return tuple(
        Shown(
            cell.column,
            source.columns[cell.column - 1].header,
            cell.parts,
            cell in values,
            cell.row_span > 1,
        )
        for cell in sorted(cells, key=lambda cell: cell.column)
    )


def _value_cells(
    table: str, record: Record, source: Table, cells: Sequence[Cell]
) -> Sequence[Cell]:
    """Return the cells of a row that hold the value; none where only the whole row tells it.

    They are those whose text is in the record's words, first among the columns of such values; a
    status that is not reported stands in blank cells.
    """
    raw = _bare(record[_RAW[table]])
    roles = _REVIEW_ROLES.get(record["kind"], ()) if table in _DOUBTS else _ROLES[table]
    likely = [cell for cell in cells if source.columns[cell.column - 1].role in roles]
    others = [cell for cell in cells if source.columns[cell.column - 1].role not in _NAMING_ROLES]
    for among in (likely, others):
        told = [cell for cell in among if _is_told(_bare(cell.text), raw)]
        if table == "scores" and record["value"]:
            value = float(record["value"])
            told = [cell for cell in told if _number(cell.text) == value] or told
        if told:
            exact = [cell for cell in told if _bare(cell.text) == raw]
            return exact or told
    blank = [cell for cell in likely if not cell.text]
    return blank if record.get("status") == "not_reported" else ()


def _is_told(text: str, raw: str) -> bool:
    return bool(text and raw) and (text in raw or raw in text)


def _number(text: str) -> float | None:
    number = parse_number(text)
    return None if number is None else float(number)


def _paragraph(table: str, record: Record, document: Document) -> tuple[Shown, ...]:
    """Return the first paragraph at the record's place that has its words, or most of them."""
    raw = _bare(record[_RAW[table]])
    there = [
        paragraph
        for paragraph in document.paragraphs
        if str(paragraph.place.page or "") == record["page"]
        and str(paragraph.place.line or "") == record["line"]
        and _is_told(_bare(paragraph.text), raw)
    ]
    if not there:
        return ()
    found = max(there, key=lambda paragraph: min(len(_bare(paragraph.text)), len(raw)))
    return (Shown(0, "", (Part(found.text, found.raw_text, found.place),), True),)


def _bare(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())
