"""A cell of words, ticks or check boxes -> the status it says, with what decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from extract.document import HIDDEN, Cell, Table
from normalize.datafiles import read_rows
from normalize.patterns import bare, pattern
from normalize.records import one_line
from normalize.remark_words import is_date_or_page, words_of
from normalize.status_odds import knows_all, read_remark
from normalize.wording import (
    BLANK,
    NO_RULE,
    TOO_LONG,
    StatusReading,
    begins_with_but,
    plain_text,
    read_words,
)

FULL_SCORE = 100
# A score alone is read as a status by our own rule, not by words of the report.
SURE_OF_SCORE = 0.95
# Words of a picture whose least sure letter is no surer may be others.
SURE_OF_LETTERS = 0.5
# Roles of columns of ticks; "tick" is given to a column by its cells (see normalize.columns).
TICK_ROLES = ("done", "in_progress", "not_done", "tick")
# Signs that are ticks when they stand alone and punctuation or bullets inside a text.
BULLETS = "/×●○■"
AMBIGUOUS_SIGNS = f"√{BULLETS}"
# Ticks and crosses without a box, which may stand behind each entry of a list.
BARE_SIGNS = "✓✔🗸✅√✗✘×❌✖✕"
# A label of a check box ends at a line end or at a dash that begins a remark.
_LABEL_END = re.compile(r"\n|(?<=\s)[-–—•](?=\s|\D)")
# What is added in brackets behind the last label.
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
# Boxes typed with brackets: [ ] [x] ( ) (/).
_TYPED_EMPTY = re.compile(r"\[\s*\]|\(\s+\)")
_TYPED_TICKED = re.compile(r"[\[(]\s*[xX✓✔/]\s*[\])]")


TICK = StatusReading("complete", "tick", 1.0)
CROSS = StatusReading("missing", "cross", 0.8)
CROSSED = "cross or several signs"
SURE_OF_LIST = 0.9
NO_TICK = "no box is ticked"
# What a cross and the word beside it may both say.
LACKING = ("missing", "not_started")
WORDS_HIDDEN = "other ink in the picture, as a stamp's, may hide a part of what the row says"
WORDS_UNSURE = "words of the picture could not be read surely: one may be a negation"
UNREAD_SIGN = StatusReading("unclear", "a sign in a column whose header is not understood")


@cache
def _marks() -> dict[str, str]:
    return {_sign(row["sign"]): row["state"] for row in read_rows("check_marks.csv")}


def _sign(text: str) -> str:
    """Return the sign that is written as itself, or as U+F0FC where no plain font draws it."""
    return chr(int(text[2:], 16)) if text.startswith("U+") else text


def read_status(text: str, header: str = "", *, rules_only: bool = False) -> StatusReading:
    """Return what a status cell says.

    A tick alone means what its column's header says; of several check boxes the ticked one counts,
    with its label; other text is read by the rules of data/status_rules.csv, the first that fits,
    and by learned weights. Of a text that may be anything, and no status, only the rules count.
    """
    signs = _signs(text)
    if signs:
        return _read_tick({_marks()[sign] for sign in signs}, header)
    typed = _typed(text)
    boxes = _boxes(typed)
    if boxes:
        return _read_boxes(boxes)
    return read_words(typed) if rules_only else read_remark(typed)


def is_boxed(text: str) -> bool:
    """Say whether a cell holds signs alone or check boxes, with or without labels."""
    return bool(_signs(text) or _boxes(_typed(text)))


def is_sign(text: str) -> bool:
    """Say whether a cell holds ticks, crosses or boxes, and no words."""
    return bool(_signs(text))


def _signs(text: str) -> str:
    """Return the ticks, crosses and boxes of a cell without words; "" where it holds other text.

    Punctuation beside them is a speck, a bullet or the border of the cell, unless the only signs
    may be such themselves.
    """
    written = "".join(_typed(text).split())
    if all(sign in _marks() for sign in written):
        return written
    beside = "".join(sign for sign in written if sign not in _marks() or sign in BULLETS)
    return "" if _is_said(beside) else "".join(sign for sign in written if sign not in beside)


def _is_said(text: str) -> bool:
    """Say whether a text is more than punctuation: letters, digits, or a sign that is a word."""
    return any(map(str.isalnum, text)) or read_words(text) not in (BLANK, NO_RULE)


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
    """Return the columns whose words tell a row's status; of ticks alone the remark tells more."""
    words = table.columns_with("status")
    is_ticked = all(n in cells and is_sign(cells[n].text) for n in words)
    return [*words, *table.columns_with("remark")] if is_ticked else words


def _tick_columns(table: Table) -> list[int]:
    return [n for role in TICK_ROLES for n in table.columns_with(role)]


def is_blank(reading: StatusReading) -> bool:
    """Say whether a cell is blank, or a rule finds in it that nothing is told.

    What only weights find so is a reading: other columns and scores must not stand in its place.
    """
    return reading.status == "not_reported" and reading.says in ("", "not_reported")


def is_set(text: str) -> bool:
    """Say whether a cell holds nothing but signs, and not just empty boxes."""
    return is_sign(text) and read_status(text).status != "not_reported"


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


def score_status(score: float) -> StatusReading:
    """Return what an item's score (0-100) alone says: our reading, full, none or in between."""
    status = "complete" if score == FULL_SCORE else "missing" if score == 0 else "partial"
    return StatusReading(status, f"score {score:g}", SURE_OF_SCORE)


def read_leading_status(text: str) -> tuple[StatusReading | None, str]:
    """Return the status that a result begins with, and the words that say it; None if it says none.

    A result is told at length; only what its first words say is its status.
    """
    first = next(iter(text.split()), "")
    reading = read_words(first)
    begins = first.startswith(reading.reason) and bool(first)
    if not begins or reading.status in ("unclear", "not_reported"):
        return None, ""
    if reading.status == "complete" and not pattern("done_word").search(bare(reading.reason)):
        return None, ""
    return reading, first


def read_choice(text: str) -> StatusReading:
    """Return what a header or the label of a box says; there, what was not done is not begun."""
    said = read_words(text)
    return replace(said, status="not_started") if said.says == "undone" else said


def _read_tick(states: set[str], header: str) -> StatusReading:
    said = read_choice(header) if header.strip() else NO_RULE
    is_neutral = said in (NO_RULE, BLANK)
    if states == {"checked"}:
        return TICK if is_neutral else replace(said, reason=f"tick under {said.reason}")
    if states == {"crossed"} and is_neutral:  # else it may choose the column, as a tick does
        return CROSS
    if states == {"unchecked"}:
        return StatusReading("not_reported", NO_TICK, 1.0)
    return StatusReading("unclear", CROSSED)


@dataclass(frozen=True, slots=True)
class _Box:
    sign: str
    label: str
    remark: str

    @property
    def state(self) -> str:
        return _marks()[self.sign]


def _typed(text: str) -> str:
    """Return the text with boxes typed with brackets as signs."""
    return _TYPED_TICKED.sub("☑", _TYPED_EMPTY.sub("☐", text)).strip()


def _boxes(text: str) -> list[_Box]:
    """Return each check box in the text with its label and what follows that.

    Labels stand behind their boxes, or before them where the text ends with a box.
    """
    boxes = _box_signs(text)
    places = [n for n, sign in enumerate(text) if sign in boxes]
    if places and _is_said(text[: places[0]]) and not _is_said(text[places[-1] + 1 :]):
        starts = [0, *(place + 1 for place in places[:-1])]
        return [
            _Box(text[place], text[start:place].strip(), "")
            for start, place in zip(starts, places, strict=True)
        ]
    found = []
    for place, end in pairwise((*places, len(text))):
        behind = text[place + 1 : end].strip()
        label = _LABEL_END.split(behind, maxsplit=1)[0]
        found.append(_Box(text[place], label.strip(), behind[len(label) :].strip()))
    return found


def _box_signs(text: str) -> dict[str, str]:
    """Return the signs that are boxes in this text, with their states.

    A sign that may be a bullet is a box where boxes of both states stand side by side with it.
    """
    boxes = {s: state for s, state in _marks().items() if s not in AMBIGUOUS_SIGNS}
    shapes = {s: state for s, state in _marks().items() if s not in "/×"}
    if {shapes[sign] for sign in text if sign in shapes} >= {"checked", "unchecked"}:
        return shapes
    return boxes


def _read_boxes(boxes: list[_Box]) -> StatusReading:
    if _is_list(boxes):
        states = {box.state for box in boxes}
        status = "partial" if len(states) > 1 else "complete" if "checked" in states else "missing"
        signs = " ".join(f"{box.label} {box.sign}" for box in boxes)
        return StatusReading(status, signs, SURE_OF_LIST)
    if len(boxes) == 1 and boxes[0].state == "checked" and is_date_or_page(boxes[0].label):
        return replace(TICK, sure=SURE_OF_LIST)
    ticked = [box.label for box in boxes if box.state == "checked"]
    crossed = [box.label for box in boxes if box.state == "crossed"]
    if not ticked and crossed:
        named = read_words(crossed[0])
        is_same = len(boxes) == 1 and named.status in LACKING
        return named if is_same else StatusReading("unclear", CROSSED)
    if not ticked:
        return StatusReading("not_reported", NO_TICK, 1.0)
    added = _IN_BRACKETS.search(boxes[-1].label)
    if added and boxes[-1].state != "checked" and begins_with_but(added[1]):
        ticked = [f"{label} {added[1]}" for label in ticked]
    said = [_read_label(label) for label in ticked]
    if len({reading.status for reading in said}) > 1:
        return StatusReading("unclear", "boxes that contradict each other are ticked")
    return replace(said[0], reason=f"ticked: {ticked[0]}" if _is_said(ticked[0]) else "ticked")


def _is_list(boxes: list[_Box]) -> bool:
    """Say whether each of several things, whose names say no status, has its tick or cross."""
    return len(boxes) > 1 and all(
        box.sign in BARE_SIGNS and _is_said(box.label) and read_words(box.label).status == "unclear"
        for box in boxes
    )


def box_remark(text: str) -> str:
    """Return what stands behind the check boxes of a cell and their labels, without its bullet."""
    boxes = _boxes(_typed(text))
    return boxes[-1].remark.lstrip("-–—• ").strip() if boxes else ""


def without_choices(text: str) -> str:
    """Return what stands before the first check box of a text; all of it where nothing does."""
    boxes = _box_signs(text)
    first = next((n for n, sign in enumerate(text) if sign in boxes), len(text))
    return text[:first].strip() or text


def _read_label(label: str) -> StatusReading:
    """Return what a ticked label says; its first word counts where the rest is a remark.

    Punctuation is no label.
    """
    if not _is_said(label):
        return TICK
    reading = read_choice(label)
    return read_choice(label.split()[0]) if reading.status == "unclear" else reading
