"""A cell of words, ticks or check boxes -> the status it says, with what decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from normalize.datafiles import read_rows
from normalize.patterns import bare, pattern
from normalize.remark_words import is_date_or_page
from normalize.status_odds import read_remark
from normalize.wording import BLANK, NO_RULE, StatusReading, begins_with_but, read_words

FULL_SCORE = 100
# A score alone is read as a status by our own rule, not by words of the report.
SURE_OF_SCORE = 0.95
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


def is_blank(reading: StatusReading) -> bool:
    """Say whether a cell is blank, or a rule finds in it that nothing is told.

    What only weights find so is a reading: other columns and scores must not stand in its place.
    """
    return reading.status == "not_reported" and reading.says in ("", "not_reported")


def is_set(text: str) -> bool:
    """Say whether a cell holds nothing but signs, and not just empty boxes."""
    return is_sign(text) and read_status(text).status != "not_reported"


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
