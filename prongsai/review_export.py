"""`prongsai review export`: the queue as CSV, or as a workbook with candidates to choose from."""

from __future__ import annotations

import io
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analyze.spreadsheet import (
    CELL,
    HEAD,
    MAX_CELL,
    as_text,
    new_book,
    print_on_a4,
    row_height,
    write_text,
)
from normalize.catalogue import catalogue
from normalize.catalogue.files import csv_line, write_whole
from normalize.catalogue.spec import TableSpec
from normalize.datafiles import read_rows
from normalize.decisions import candidates, label
from prongsai.errors import OutputError, UsageError
from prongsai.evidence import table_rows
from prongsai.review_file import unapplied
from prongsai.store import Store

WORKBOOK = "review.xlsx"

_DATA = Path(__file__).parent / "data"
_LISTS = "lists"
# The columns of the sheet, the question and the answer first, and their widths in characters.
_WIDTHS = {
    "kind": 14,
    "raw": 46,
    "suggestion": 34,
    "decision": 34,
    "note": 24,
    "reason": 34,
    "alternatives": 34,
    "score": 9,
    "source_file": 28,
    "page": 7,
    "line": 8,
    "table_id": 9,
    "row": 7,
    "review_id": 20,
}
_ANSWERS = ("decision", "note")
_STYLES = {
    "cell": CELL,
    "head": HEAD,
    # Format "@": what is typed there stays text, 9.10 with its zero.
    "answer": CELL | {"bg_color": "#FFF9E5", "num_format": "@"},
    "answer_head": HEAD | {"bg_color": "#FFE699"},
}

Row = dict[str, str]


def export_review(out: Path, to: Path | None) -> tuple[Path, int]:
    """Write the review queue of a dataset to a .csv or .xlsx file; return it and its rows.

    Raises UsageError for another kind of file, and for one with decisions that were not applied.
    """
    store = Store(out)
    rows = [{k: as_text(v) for k, v in row.items()} for row in table_rows(out, "review")]
    path = to or out / WORKBOOK
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx") or path.is_dir():
        raise UsageError(
            f"{path} is no CSV file or workbook", "Name a file that ends in .csv or .xlsx."
        )
    if typed := unapplied(path, store.decisions()):
        raise UsageError(
            f"{path} holds {typed} decisions that were not applied and would be lost",
            f"Apply them first: prongsai review apply {out} {path}\nOr name another file.",
        )
    try:
        if kind == ".csv":
            columns = catalogue().table("review").columns
            lines = (csv_line(row[name] for name in columns) for row in rows)
            write_whole(path, ["\ufeff", csv_line(columns), *lines])
        else:
            write_whole(path, [_workbook(rows)])
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror})",
            "Close it where it is open, or name another file with --to.",
        ) from error
    return path, len(rows)


def _workbook(rows: list[Row]) -> bytes:
    """Return the workbook: the queue, how to decide, and a hidden sheet of candidates."""
    made = io.BytesIO()
    spec = catalogue().table("review")
    with new_book(made) as book:
        queue = book.add_worksheet(spec.title_th)
        help_sheet = book.add_worksheet(read_rows("review_help.csv", _DATA)[0]["text_th"])
        lists = book.add_worksheet(_LISTS)
        lists.hide()
        styles = {name: book.add_format(style) for name, style in _STYLES.items()}
        _write_queue(queue, spec, rows, styles)
        _write_lists(queue, lists, rows)
        _write_help(help_sheet, spec, styles)
    return made.getvalue()


def _write_queue(
    sheet: Worksheet, spec: TableSpec, rows: list[Row], styles: dict[str, Format]
) -> None:
    kinds = {member.value: member.title_th for member in catalogue().enum("review_kind")}
    choices = {member.value: label(member) for member in catalogue().enum("review_decision")}
    heads = {name: spec.field(name).title_th for name in _WIDTHS}
    shown = [
        row | {"kind": kinds[row["kind"]], "decision": choices.get(row["decision"], "")}
        for row in rows
    ]
    for column, (name, width) in enumerate(_WIDTHS.items()):
        style = "answer" if name in _ANSWERS else "cell"
        head = "answer_head" if name in _ANSWERS else "head"
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heads[name], styles[head])
        for number, row in enumerate(shown, start=1):
            write_text(sheet, number, column, row[name], styles[style])
    for number, row in enumerate([heads, *shown]):
        sheet.set_row(number, row_height((row[name] for name in _WIDTHS), _WIDTHS.values()))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(_WIDTHS) - 1)
    print_on_a4(sheet, 0)


def _write_lists(queue: Worksheet, lists: Worksheet, rows: list[Row]) -> None:
    """Give each row its candidates to choose from; what is not among them may be typed."""
    column = list(_WIDTHS).index("decision")
    ends = [label(m) for m in catalogue().enum("review_decision") if m.value in ("none", "unsure")]
    known: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=1):
        texts = candidates(row["kind"], row["suggestion"], row["alternatives"])
        choice = (*map(as_text, texts), *ends)
        if choice not in known:
            known[choice] = len(known)
            for place, text in enumerate(choice):
                lists.write_string(known[choice], place, text[:MAX_CELL])
        last = xl_rowcol_to_cell(known[choice], len(choice) - 1, row_abs=True, col_abs=True)
        first = f"$A${known[choice] + 1}"
        rule = {"validate": "list", "source": f"={_LISTS}!{first}:{last}", "error_type": "warning"}
        queue.data_validation(number, column, number, column, rule)


def _write_help(sheet: Worksheet, spec: TableSpec, styles: dict[str, Format]) -> None:
    """Say how to decide, and what may be typed for each kind of doubt."""
    cell, head = styles["cell"], styles["head"]
    widths = (22, 45, 55)
    words = {member.value: label(member) for member in catalogue().enum("review_decision")}
    words |= {name: spec.field(name).title_th for name in _ANSWERS} | {"sheet": spec.title_th}
    title, *lines, subtitle = (row["text_th"] for row in read_rows("review_help.csv", _DATA))
    values = {row["kind"]: row["value_th"] for row in read_rows("review_values.csv", _DATA)}
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 2, title, head)
    for number, line in enumerate(lines, start=1):
        text = line.format(**words)
        sheet.merge_range(number, 0, number, 2, text, cell)
        sheet.set_row(number, row_height([text], [sum(widths)]))
    below = len(lines) + 2
    sheet.merge_range(below, 0, below, 2, subtitle, head)
    kinds = [member for member in catalogue().enum("review_kind") if member.value in values]
    for number, member in enumerate(kinds, start=below + 1):
        texts = (member.title_th, member.description_th, values[member.value])
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text, cell)
        sheet.set_row(number, row_height(texts, widths))
    print_on_a4(sheet)
