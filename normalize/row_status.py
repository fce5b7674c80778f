"""A row of a checklist -> the status that its columns say together, and what a picture may hide."""

from __future__ import annotations

from itertools import takewhile

from extract.document import HIDDEN, Cell, Table
from normalize.records import one_line
from normalize.remark_words import words_of
from normalize.status import NO_TICK, TICK_ROLES, is_blank, is_set, is_sign, read_status
from normalize.status_odds import knows_all
from normalize.wording import BLANK, NO_RULE, TOO_LONG, StatusReading, plain_text, read_words

# Words of a picture whose least sure letter is no surer may be others.
SURE_OF_LETTERS = 0.5
WORDS_HIDDEN = "other ink in the picture, as a stamp's, may hide a part of what the row says"
WORDS_UNSURE = "words of the picture could not be read surely: one may be a negation"
HEADER_UNSURE = "what the picture says above the tick could not be read surely"
UNREAD_SIGN = StatusReading("unclear", "a sign in a column whose header is not understood")


def read_row_status(table: Table, cells: dict[int, Cell]) -> tuple[StatusReading | None, str]:
    """Return what a row's status columns say together, and their text; None without such columns.

    Columns of ticks ("done", "not done") and a column of words count; a remark counts where the
    row has no word but it, and it is understood. A row whose only sign stands in another column
    is unclear.
    """
    ticks = _tick_columns(table)
    readings: dict[StatusReading, str] = {}
    blank = BLANK
    for column in sorted(ticks):
        text = cells[column].text if column in cells else ""
        reading = read_status(text, _header(table, column))
        blank = reading if reading.reason == NO_TICK else blank
        if not is_blank(reading):
            readings[reading] = _said(table, column, text)
    words = table.columns_with("status")
    for column in _worded_columns(table, cells):
        text = cells[column].text if column in cells else ""
        is_remark = column not in words
        reading = read_status(text, _header(table, column), rules_only=is_remark)
        blank = reading if reading.reason == NO_TICK else blank
        is_said = not is_blank(reading) and (reading.status != "unclear" or is_sign(text))
        # A remark that takes something back, in words that no rule settles, is a person's to read.
        is_doubt = reading.status == "unclear" and reading not in (NO_RULE, TOO_LONG)
        is_said = is_said or (bool(readings) and is_remark and is_doubt)
        if is_said or (not is_remark and not readings and reading.status == "unclear"):
            readings[reading] = _said(table, column, text) if len(words) > 1 else text
    if not readings:
        unread = [n for n, cell in sorted(cells.items()) if n not in ticks and is_set(cell.text)]
        if unread and (ticks or words):
            return UNREAD_SIGN, one_line(_said(table, unread[0], cells[unread[0]].text))
        raw = " ".join(cells[column].text for column in words if column in cells)
        return (blank, one_line(raw)) if ticks or words else (None, "")
    return _together(list(readings)), one_line(" ".join(dict.fromkeys(readings.values())))


def picture_doubt(table: Table, cells: dict[int, Cell], reading: StatusReading) -> str:
    """Return why what a row of a picture says must not be taken as read; "" if it may."""
    if reading.status != "unclear" and _is_hidden(table, cells, reading):
        return WORDS_HIDDEN
    if reading.status != "unclear" and _is_under_misread(table, cells):
        return HEADER_UNSURE
    return WORDS_UNSURE if reading.status == "complete" and _is_misread(table, cells) else ""


def _is_hidden(table: Table, cells: dict[int, Cell], reading: StatusReading) -> bool:
    """Say whether other ink, as a stamp's, may hide a part of what a row's status columns say.

    Of columns that are blank it may hide all that the row says, if nothing else says anything.
    """
    own = (cells[column] for column in _status_columns(table, cells) if column in cells)
    said = (cell for cell in own if cell.text or is_blank(reading))
    return any(cell.confidence is not None and cell.confidence <= HIDDEN for cell in said)


def _is_misread(table: Table, cells: dict[int, Cell]) -> bool:
    """Say whether status columns have words that no list knows, in letters not read surely.

    One of them may be a negation: a picture's "not" was read as no word, and the rest as the
    contrary of what the row says.
    """
    own = (cells[column] for column in _worded_columns(table, cells) if column in cells)
    return any(
        cell.confidence is not None
        and cell.confidence < SURE_OF_LETTERS
        and not knows_all(words_of(plain_text(cell.text)))
        for cell in own
    )


def _is_under_misread(table: Table, cells: dict[int, Cell]) -> bool:
    """Say whether a sign of a row stands below words that were not read surely.

    They may say "done" or "not done", and a lost "not" makes one the other.
    """
    return any(
        _is_headed_unsurely(table, n) and is_set(cells[n].text)
        for n in _status_columns(table, cells)
        if n in cells
    )


def _is_headed_unsurely(table: Table, column: int) -> bool:
    """Say whether a picture does not show surely what stands lowest in a column's header."""
    head = takewhile(lambda cell: cell.row <= table.header_rows, table.cells)
    own = (cell for cell in head if cell.column <= column < cell.column + cell.column_span)
    lowest = max(own, key=lambda cell: cell.row, default=None)
    sure = lowest.confidence if lowest else None
    return sure is not None and sure < SURE_OF_LETTERS


def is_cut(table: Table, cells: dict[int, Cell]) -> bool:
    """Say whether a row's item goes on below what its status columns say, where more may stand."""
    named = [n for role in ("item_no", "item") for n in table.columns_with(role)]
    items, own = (
        [cells[n].row + cells[n].row_span for n in columns if n in cells]
        for columns in (named, _status_columns(table, cells))
    )
    return bool(items and own) and min(items) > max(own)


def _status_columns(table: Table, cells: dict[int, Cell]) -> list[int]:
    return [*_tick_columns(table), *_worded_columns(table, cells)]


def _worded_columns(table: Table, cells: dict[int, Cell]) -> list[int]:
    """Return the columns whose words tell a row's status; of ticks alone the remark tells more.

    A column whose header a picture does not show surely may be that of remarks.
    """
    words = table.columns_with("status")
    if not all(n in cells and is_sign(cells[n].text) for n in words):
        return words
    remarks = table.columns_with("remark") or [
        n for n in table.columns_with("") if _is_headed_unsurely(table, n)
    ]
    return [*words, *remarks]


def _tick_columns(table: Table) -> list[int]:
    return [n for role in TICK_ROLES for n in table.columns_with(role)]


def header_reading(table: Table, column: int) -> StatusReading:
    """Return the status that a column's header says."""
    return read_words(_header(table, column))


def _header(table: Table, column: int) -> str:
    """Return the lowest level of a column's header."""
    return table.columns[column - 1].header.split(" / ")[-1]


def _said(table: Table, column: int, text: str) -> str:
    """Return what a cell says: a lone sign with the header that gives it its meaning."""
    is_short = len(text) <= 2 or is_sign(text)
    return f"{_header(table, column)} {text}" if is_short else text


def _together(readings: list[StatusReading]) -> StatusReading:
    """Return what several columns say; "partial" beside "complete" tells what is lacking."""
    said = {reading.status for reading in readings}
    if len(said) == 1:
        return readings[0]
    if said == {"complete", "partial"}:
        return next(reading for reading in readings if reading.status == "partial")
    return StatusReading("unclear", "columns that contradict each other are filled")
