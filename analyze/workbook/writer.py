"""A view -> a sheet: title, what it shows, legend, headings with filters, rows, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analyze.spreadsheet import (
    CELL,
    FONT,
    FULL,
    HEAD,
    LINE_HEIGHT,
    as_text,
    print_on_a4,
    row_height,
    shown_width,
    write_text,
)
from analyze.words import marks
from analyze.workbook.view import Column, Entry, Kind, View
from analyze.workbook.words import titles, word

TITLE_ROW, ABOUT_ROW, LEGEND_ROW = range(3)
LOW, MIDDLE, HIGH = "#F4B9A7", "#FFF6DB", "#A8D5BA"
"""The colours of a scale, from what wants attention to what is well; lighter in print."""
SENT, NOT_SENT = "#DCEFE3", "#F4B9A7"
INK = "#000000"

_NUMBERS: dict[Kind, str] = {
    "whole": "#,##0",
    "year": "0",
    "item": '"O"0',
    "share": "0.0%",
    "percent": "0%",
    "score": "0.00",
    "change": "+0.00;-0.00;0.00",
    "count_change": "+0;-0;0",
}
_CENTRED: tuple[Kind, ...] = ("whole", "year", "item", "count_change")
# Characters of a column: the least and the most, and those of one with an upright heading.
_NARROWEST, _WIDEST, _UPRIGHT = 7, 44, 4.5
_MEASURED_ROWS = 2_000  # widths are taken from the first rows
# Points of upright headings, and the characters of their two lines.
_UPRIGHT_HEIGHT, _UPRIGHT_LENGTH = 135, 50
_SCALES = {
    "high_is_good": (LOW, MIDDLE, HIGH),
    "low_is_good": (HIGH, MIDDLE, LOW),
    "quarters": (LOW, MIDDLE, HIGH),
}


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        def add(*parts: Mapping[str, object]) -> Format:
            merged: dict[str, object] = {}
            for part in parts:
                merged |= part
            return book.add_format(merged)

        plain = {key: value for key, value in CELL.items() if not key.startswith("border")}
        self.title = add(plain, {"bold": True, "font_size": 14, "text_wrap": False})
        self.about = add(plain, {"text_wrap": False, "font_color": "#404040"})
        self.plain = add(plain, {"text_wrap": False})
        self.strong = add(plain, {"bold": True, "font_size": 12, "text_wrap": False})
        self.link = add(CELL, {"font_color": "#0B5394", "underline": 1})
        self.head = add(HEAD, {"valign": "vcenter"})
        self.upright = add(HEAD, {"rotation": 90, "valign": "bottom", "font_size": 8})
        self.text = add(CELL)
        middle = {"align": "center"}
        self.numbers = {
            kind: add(CELL, {"num_format": form}, middle if kind in _CENTRED else {})
            for kind, form in _NUMBERS.items()
        }
        colours = {"bg_color": SENT}, {"bg_color": NOT_SENT}
        self.sent, self.not_sent = (add(CELL, middle, colour) for colour in colours)
        self.statuses = {
            mark.status: (
                mark.mark,
                add(CELL, middle, {"bg_color": mark.colour, "font_color": mark.ink}),
            )
            for mark in marks()
        }
        self._add, self._swatches = add, {"": self.plain}

    def swatch(self, colour: str, ink: str) -> Format:
        """Return the format of an entry of a legend."""
        if (colour + ink) not in self._swatches:
            self._swatches[colour + ink] = self._add(
                CELL, {"bg_color": colour, "font_color": ink, "text_wrap": False}
            )
        return self._swatches[colour + ink]


def write_view(sheet: Worksheet, view: View, styles: Styles) -> None:
    """Write a view row by row: rows that were written cannot be changed any more."""
    widths = column_widths(view)
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    _write_top(sheet, view, widths, styles)
    below = 1 + max((row for row, *_ in _legend_places(view.legend, widths)), default=LEGEND_ROW)
    head = below + len(view.above)
    for number, above in enumerate(view.above, start=below):
        write_text(sheet, number, 0, above.label, styles.plain)
        write = _writer(sheet, above.kind, styles)
        for place, column in enumerate(view.columns):
            if column.name in above.values:
                write(number, place, above.values[column.name])
    _write_heading(sheet, head, view.columns, widths, styles)
    _write_rows(sheet, head + 1, view, widths, styles)
    last = head + max(len(view.frame), 1)
    for place, column in enumerate(view.columns):
        if column.scale:
            sheet.conditional_format(head + 1, place, last, place, _colour_scale(column.scale))
    sheet.freeze_panes(head + 1, view.frozen)
    sheet.autofilter(head, 0, last, len(view.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    print_on_a4(sheet, head)
    finish_page(sheet, sheet_title(view))


def finish_page(sheet: Worksheet, title: str) -> None:
    """Set the margins of a printed sheet, and a footer with its title and the page."""
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    footer = word("footer", title=title.replace("&", "&&"))
    sheet.set_footer(f'&L&"{FONT},Regular"&8{footer}')


def sheet_title(view: View) -> str:
    """Return the title over a sheet."""
    return word(f"{view.key}.title", **dict(view.title_values))


def column_widths(view: View) -> list[float]:
    """Return the width of each column in characters, by its values and the words of its heading."""
    widths: list[float] = []
    for column in view.columns:
        if column.is_narrow:
            widths.append(_UPRIGHT)
            continue
        # A heading goes on for as many lines as it needs; its filter button takes the rest.
        least = max(_NARROWEST, shown_width(column.title) / 3 + 3)
        shown = (shown_width(text) for text in _sample(view.frame[column.name], column.kind))
        widths.append(round(min(_WIDEST, max(least, max(shown, default=0) / FULL + 0.5)), 1))
    return widths


def _sample(values: pd.Series, kind: Kind) -> list[str]:
    """Return the first values as they are shown, near enough to measure them."""
    first = values.head(_MEASURED_ROWS).dropna()
    return [str(value) if kind == "text" else "0" * 6 for value in first]


def _write_top(sheet: Worksheet, view: View, widths: Sequence[float], styles: Styles) -> None:
    sheet.set_row(TITLE_ROW, 22)
    write_text(sheet, TITLE_ROW, 0, sheet_title(view), styles.title)
    about = [word(f"{view.key}.about")]
    if view.rows > len(view.frame):
        about.insert(0, word("cut", shown=len(view.frame), all=view.rows, file=view.file))
    write_text(sheet, ABOUT_ROW, 0, "  ".join(about), styles.about)
    if view.legend:
        write_text(sheet, LEGEND_ROW, 0, word("legend"), styles.plain)
    for row, start, end, (text, colour, ink) in _legend_places(view.legend, widths):
        style = styles.swatch(colour, ink)
        if end > start:
            sheet.merge_range(row, start, row, end, text, style)
        else:
            write_text(sheet, row, start, text, style)


def _legend_places(
    legend: Sequence[Entry], widths: Sequence[float]
) -> list[tuple[int, int, int, Entry]]:
    """Return the row and the first and last column of each entry, as wide as its text needs."""
    places = []
    row, start = LEGEND_ROW, 1
    for entry in legend:
        wanted = shown_width(entry[0]) / FULL
        if start > 1 and sum(widths[start:]) < wanted:
            row, start = row + 1, 1
        end = start
        while sum(widths[start : end + 1]) < wanted and end < len(widths) - 1:
            end += 1
        places.append((row, start, end, entry))
        start = end + 1
    return places


def _write_heading(
    sheet: Worksheet, row: int, columns: Sequence[Column], widths: Sequence[float], styles: Styles
) -> None:
    level = [(c.title, w) for c, w in zip(columns, widths, strict=True) if not c.is_narrow]
    height = row_height([title for title, _ in level], [width for _, width in level])
    is_upright = any(column.is_narrow for column in columns)
    sheet.set_row(row, _UPRIGHT_HEIGHT if is_upright else height)
    for place, column in enumerate(columns):
        if column.is_narrow:
            write_text(sheet, row, place, _shortened(column.title), styles.upright)
        else:
            write_text(sheet, row, place, column.title, styles.head)


def _shortened(text: str) -> str:
    """Return a text of no more than two lines of an upright heading."""
    if shown_width(text) <= _UPRIGHT_LENGTH:
        return text
    end = next(n for n in range(len(text), 0, -1) if shown_width(text[:n]) < _UPRIGHT_LENGTH)
    return text[:end] + "…"


def _write_rows(
    sheet: Worksheet, first: int, view: View, widths: Sequence[float], styles: Styles
) -> None:
    if view.frame.empty:
        why = word(f"empty.{view.key}")
        write_text(sheet, first, 0, word("empty", why=why), styles.plain)
        return
    texts = [place for place, column in enumerate(view.columns) if column.kind == "text"]
    room = [widths[place] for place in texts]
    values = [_values(view.frame[column.name]) for column in view.columns]
    writers = [_writer(sheet, column.kind, styles) for column in view.columns]
    for number, row in enumerate(zip(*values, strict=True), start=first):
        height = row_height([str(row[place] or "") for place in texts], room)
        if height > LINE_HEIGHT:
            sheet.set_row(number, height)
        for place, (value, write) in enumerate(zip(row, writers, strict=True)):
            write(number, place, value)


def _values(column: pd.Series) -> list[object]:
    return column.astype(object).where(column.notna(), None).tolist()


def _writer(sheet: Worksheet, kind: Kind, styles: Styles) -> Callable[[int, int, Any], None]:
    """Return what writes a value of this kind, or its absence (None), to a row and a column."""

    def sent(row: int, place: int, value: str | None) -> None:
        style = styles.not_sent if value is None else styles.sent
        sheet.write_string(row, place, nothing if value is None else value, style)

    def status(row: int, place: int, value: str) -> None:
        sheet.write_string(row, place, *styles.statuses[value])

    def text(row: int, place: int, value: str) -> None:
        write_text(sheet, row, place, as_text(value), styles.text)

    def number(row: int, place: int, value: float) -> None:
        sheet.write_number(row, place, value, form)

    def known(row: int, place: int, value: Any) -> None:
        if value is None:
            sheet.write_blank(row, place, None, styles.text)
        else:
            write(row, place, value)

    nothing, form = word("coverage.none"), styles.numbers.get(kind)
    write = status if kind == "status" else text if kind == "text" else number
    return sent if kind == "sent" else known


def _colour_scale(scale: str) -> dict[str, object]:
    low, middle, high = _SCALES[scale]
    ends = {"min_type": "min", "mid_type": "percentile", "mid_value": 50, "max_type": "max"}
    if scale == "quarters":
        ends = {"min_type": "num", "min_value": 1, "mid_type": "num", "mid_value": 2.5}
        ends |= {"max_type": "num", "max_value": 4}
    colours = {"min_color": low, "mid_color": middle, "max_color": high}
    return {"type": "3_color_scale", **ends, **colours}


def status_legend() -> tuple[Entry, ...]:
    """Return the marks of the statuses with their meaning, colour and ink."""
    names = titles("item_status")
    return tuple((f"{m.mark} {names[m.status]}", m.colour, m.ink) for m in marks())


def scale_legend(*names: str) -> tuple[Entry, ...]:
    """Return the three colours of a scale from low to high under these words."""
    colours = (LOW, MIDDLE, HIGH)
    return tuple((word(f"legend.{n}"), c, INK) for n, c in zip(names, colours, strict=True))
