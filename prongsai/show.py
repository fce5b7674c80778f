"""`prongsai show`: the evidence of a value as text or JSON, and the page with its cells marked."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from extract.document import part_fields
from extract.encoding import EncodingError, decode
from extract.picture import Mark, PictureError, page_picture
from extract.read import document_id
from prongsai.errors import NoInputError, OutputError, UsageError
from prongsai.evidence import ID_COLUMNS, Evidence, Shown, typed
from prongsai.store import Store

# The folder of a dataset that pictures go to: below it no file is taken for a report.
PICTURES = "show"
# Of a line of the report so many characters are printed; HTML may be all one line.
MAX_LINE_CHARACTERS = 400
_PDF = "application/pdf"
# Said elsewhere in what is printed, or nothing to a person.
_TOLD_ELSEWHERE = {"document_id", "source_file", "page", "table_id", "row", "line"}
# What a terminal would obey rather than print.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n|\n|\r")


def find_report(store: Store, evidence: Evidence, raw: Path | None) -> bytes:
    """Return the bytes of the report, from ``raw`` (folder or file) or where it was read.

    Raises NoInputError where no file is there or its content is another.
    """
    wanted = evidence.document.document_id
    known = [file.source_file for file in store.files() if file.document_id == wanted]
    folders = [raw] if raw else store.raw_folders()
    places = [path for _, path in store.report_places(wanted, raw)]
    changed: Path | None = None
    for path in [raw] if raw and raw.is_file() else places:
        try:
            data = path.read_bytes()
        except OSError:
            continue
        if document_id(data) == wanted:
            return data
        changed = changed or path
    again = f"Say where it is: prongsai show {store.out} {evidence.record_id} --raw FOLDER_OR_FILE"
    if changed:
        raise NoInputError(
            f"{changed} is not the report that was read: its content has changed",
            f"{again}\nOr read the reports as they are now: prongsai run REPORTS --out {store.out}",
        )
    where = ", ".join(map(str, folders)) or "any place that the dataset knows"
    raise NoInputError(f"the report {known[0]} is not in {where}", again)


def draw(data: bytes, evidence: Evidence, first: Path) -> list[Path]:
    """Write a picture of each page that the row stands on; none for a report without pages.

    One page is written to ``first``, several to that name with -p and the number of the page.
    Raises OutputError where a file cannot be written, NoInputError where a page cannot be drawn.
    """
    if not _has_pictures(evidence):
        return []
    pages = evidence.pages
    paths = []
    for page in pages:
        marks = [Mark(box, is_value) for box, is_value in evidence.boxes(page)]
        try:
            picture = page_picture(data, page, marks)
        except PictureError as error:
            raise NoInputError(
                f"{evidence.document.source_file}: {error}", "Open the report in a viewer."
            ) from error
        path = first if len(pages) == 1 else first.with_stem(f"{first.stem}-p{page}")
        _save(picture, path)
        paths.append(path)
    return paths


def _has_pictures(evidence: Evidence) -> bool:
    """Say whether the report has pages that can be drawn."""
    return evidence.document.media_type.startswith((_PDF, "image/"))


def why_no_picture(evidence: Evidence) -> str:
    """Say why nothing was drawn."""
    if _has_pictures(evidence):
        return "no page is known of this value, so there is no picture"
    return "the report is neither PDF nor a scan, so there is no picture of a page"


def picture_path(out: Path, evidence: Evidence, wanted: Path | None) -> Path:
    """Return where the picture goes; raises UsageError for a name that is no PNG file."""
    if wanted is None:
        return out / PICTURES / f"{evidence.record_id}.png"
    if wanted.suffix.lower() != ".png" or wanted.is_dir():
        raise UsageError(f"{wanted} is no name of a picture", "Name a file that ends in .png.")
    return wanted


def source_lines(data: bytes, evidence: Evidence) -> dict[int, str]:
    """Return the lines of a text or HTML report that the row stands on."""
    if _has_pictures(evidence):
        return {}
    try:
        lines = _LINE_END.split(decode(data).text)
    except EncodingError:
        return {}
    return {n: lines[n - 1] for n in evidence.lines if n <= len(lines)}


def as_json(evidence: Evidence, pictures: Sequence[Path], lines: dict[int, str]) -> str:
    """Write everything as one JSON object; boxes are in points from the top left of the page."""
    document = evidence.document
    content = {
        "id": evidence.record_id,
        "table": evidence.table,
        "record": typed(evidence.table, evidence.record),
        "agency": typed("documents", evidence.agency),
        "steps": [typed("measure_steps", step) for step in evidence.steps],
        "document_id": document.document_id,
        "source_file": document.source_file,
        "media_type": document.media_type,
        "pages": evidence.pages,
        "cells": [
            {
                "column": cell.column or None,
                "header": cell.header,
                "is_value": cell.is_value,
                "text": cell.text,
                "raw_text": cell.raw_text,
                "parts": [part_fields(part) for part in cell.parts],
            }
            for cell in evidence.cells
        ],
        "lines": [{"line": number, "text": text} for number, text in lines.items()],
        "pictures": [str(path) for path in pictures],
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def as_text(evidence: Evidence, pictures: Sequence[Path], lines: dict[int, str]) -> str:
    """Write everything for a person to read on a terminal."""
    text = "\n".join(_text(evidence, pictures, lines)) + "\n"
    return _CONTROL.sub("\ufffd", text)


def _text(evidence: Evidence, pictures: Sequence[Path], lines: dict[int, str]) -> Iterator[str]:
    id_column = ID_COLUMNS[evidence.table]
    yield f"{evidence.table}.csv  {id_column} {evidence.record_id}"
    told = {**evidence.agency, **evidence.record}
    fields = {name: text for name, text in told.items() if text and name not in _TOLD_ELSEWHERE}
    fields.pop(id_column)
    width = max(len(name) for name in fields)
    for name, text in fields.items():
        yield f"  {name:{width}}  {_indented(text, width + 4)}"
    if evidence.steps:
        yield "\nmeasure_steps.csv"
    for step in evidence.steps:
        where = f"page {step['page']}" if step["page"] else f"line {step['line']}"
        yield f"  {step['step_no']:>2}  {_indented(step['text'], 6)}  ({where})"
    yield f"\n{evidence.document.source_file}"
    yield f"  {_row_place(evidence)}"
    for cell in evidence.cells:
        yield from _cell_text(cell)
    if lines:
        yield "\nin the file"
    for number, text in lines.items():
        cut = len(text) > MAX_LINE_CHARACTERS
        yield f"  line {number}: {text[:MAX_LINE_CHARACTERS]}{' ...' * cut}"
    if pictures:
        yield ""
    for path in pictures:
        yield f"picture: {path}"


def _row_place(evidence: Evidence) -> str:
    """Say page or line, table and row."""
    document, record = evidence.document, evidence.record
    of = f" of {document.page_count}" if document.page_count else ""
    several = "s" * (len(evidence.pages) > 1)
    said = [f"page{several} {_listed(evidence.pages)}{of}"] if evidence.pages else []
    if evidence.lines:
        said.append(f"line {_listed(evidence.lines)}")
    if record["table_id"]:
        said.append(f"table {record['table_id']}")
    if record["row"]:
        said.append(f"row {record['row']}")
    return ", ".join(said) or "the place is not known"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _cell_text(cell: Shown) -> Iterator[str]:
    what = f"column {cell.column}  {' '.join(cell.header.split())}" if cell.column else "paragraph"
    yield f"\n{'*' if cell.is_value else ' '} {what.rstrip()}"
    yield f"    {_indented(cell.text, 4) or '(blank)'}"
    if "".join(cell.raw_text.split()) != "".join(cell.text.split()):
        yield f"    as in the file: {_indented(cell.raw_text, 4)}"
    for part in cell.parts:
        place, box = part.place, part.place.box
        if box:
            edges = f"left {box.x0:g}, top {box.top:g}, right {box.x1:g}, bottom {box.bottom:g}"
            yield f"    page {place.page}: {edges} (points from the top left)"


def _indented(text: str, margin: int) -> str:
    """Return the text with its further lines below the first."""
    return ("\n" + " " * margin).join(line.strip() for line in text.split("\n"))


def _save(picture: Image.Image, path: Path) -> None:
    """Write a picture so that it appears whole or not at all."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            picture.save(temporary, "PNG")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror})", "Name another file with --picture."
        ) from error
