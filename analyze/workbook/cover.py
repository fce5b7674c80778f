"""The cover of the workbook: of what it is, how much there is, and what each sheet shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analyze.frames import AGENCY
from analyze.spreadsheet import as_text, print_on_a4, row_height, write_text
from analyze.words import marks
from analyze.workbook.view import View
from analyze.workbook.words import word
from analyze.workbook.writer import Styles, finish_page, sheet_title, status_legend
from normalize.catalogue import catalogue

WIDTHS = (48, 16, 16, 16, 16, 16, 16)
_NOTES = ("blank", "known", "country", "text", "evidence")
_COUNTED = ("items", "scores", "measures", "review", "decisions")

Frames = Mapping[str, pd.DataFrame]
Cell = str | int | float | None


def write_cover(
    sheet: Worksheet,
    views: Sequence[View],
    records: Frames,
    tables: Frames,
    rows: Mapping[str, int],
    made_by: Mapping[str, str],
    styles: Styles,
) -> None:
    """Write the cover, row by row; ``rows`` counts those of the record tables."""
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    page = _Page(sheet, styles)
    page.line(word("cover.title"), styles.title)
    page.line(_where_and_when(tables), styles.strong)
    page.heading("cover.data")
    for label, value in _facts(records, tables, rows, made_by):
        page.row([label, value])
    page.heading("cover.by_year")
    page.head(_YEAR_HEAD)
    for year in _years(tables):
        page.row(_of_year(year, tables))
    page.heading("cover.sheets")
    page.head(("sheet", "rows", "all", "file"))
    for view in views:
        page.link(word(view.key), sheet_title(view), [len(view.frame), view.rows, view.file])
    page.heading("cover.statuses")
    about = {member.value: member.description_th for member in catalogue().enum("item_status")}
    for (text, colour, ink), mark in zip(status_legend(), marks(), strict=True):
        page.row([text, about[mark.status]], styles.swatch(colour, ink))
    page.heading("cover.notes")
    for note in _NOTES:
        page.line(word(f"cover.note.{note}"), styles.plain)
    print_on_a4(sheet, pages=1)
    finish_page(sheet, word("cover.title"))


class _Page:
    """The sheet, written from the top down."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self._sheet, self._styles, self._row = sheet, styles, 0

    def line(self, text: str, style: Format) -> None:
        """Write a line over the columns."""
        self._sheet.set_row(self._row, style.font_size * 1.6)
        write_text(self._sheet, self._row, 0, text, style)
        self._row += 1

    def heading(self, key: str) -> None:
        """Write the heading of a part, after an empty row."""
        self._row += 1
        self.line(word(key), self._styles.strong)

    def head(self, keys: Sequence[str]) -> None:
        """Write the headings of a table."""
        texts = [word(f"cover.{key}") for key in keys]
        self._sheet.set_row(self._row, row_height(texts, WIDTHS[: len(texts)]))
        for place, text in enumerate(texts):
            self._text(place, text, self._styles.head, is_last=place == len(texts) - 1)
        self._row += 1

    def row(self, values: Sequence[Cell], first: Format = None) -> None:
        """Write a row of a table, its first cell in a style of its own."""
        for place, value in enumerate(values):
            style = first if place == 0 and first else self._styles.text
            if value is None:
                self._sheet.write_blank(self._row, place, None, style)
            elif isinstance(value, str):
                self._text(place, as_text(value), style, is_last=place == len(values) - 1)
            else:
                form = self._styles.numbers["whole" if isinstance(value, int) else "score"]
                self._sheet.write_number(self._row, place, value, form)
        self._row += 1

    def link(self, name: str, title: str, values: Sequence[Cell]) -> None:
        """Write a row that begins with a link to a sheet of this workbook."""
        row = self._row
        self.row([title, *values], self._styles.link)
        self._sheet.write_url(
            row, 0, f"internal:'{name}'!A1", self._styles.link, f"{name}: {title}"
        )

    def _text(self, place: int, text: str, style: Format, *, is_last: bool) -> None:
        """Write a text, the last of a row over all columns that are left."""
        if is_last and place < len(WIDTHS) - 1:
            self._sheet.merge_range(self._row, place, self._row, len(WIDTHS) - 1, text, style)
        else:
            write_text(self._sheet, self._row, place, text, style)


def _where_and_when(tables: Frames) -> str:
    coverage = tables["coverage"]
    provinces = sorted(coverage["province"].dropna().unique())
    years = _years(tables)
    if not years:
        return word("cover.no_years")
    where = (
        word("cover.province", provinces=provinces[0])
        if len(provinces) == 1
        else word("cover.provinces", count=len(provinces))
    )
    when = word("cover.years" if len(years) > 1 else "cover.year", first=years[-1], last=years[0])
    return f"{where}  {when}"


def _facts(
    records: Frames, tables: Frames, rows: Mapping[str, int], made_by: Mapping[str, str]
) -> list[tuple[str, Cell]]:
    """Return what the dataset holds: a label and a number, or a text, each."""
    coverage, documents = tables["coverage"], records["documents"]
    counts: dict[str, Cell] = {
        "registered": _agencies(coverage),
        "reporting": _agencies(coverage[coverage["is_published"]]),
        "documents": len(documents),
        "failed": int((documents["status"] == "failed").sum()),
        **{name: rows[name] for name in _COUNTED},
        "decided_at": max(records["decisions"]["decided_at"].dropna(), default=None),
        "made_by": "  ".join(f"{name} {version}" for name, version in made_by.items()),
    }
    return [(word(f"cover.{name}"), value) for name, value in counts.items()]


def _years(tables: Frames) -> list[int]:
    """Return the fiscal years (be) with a report or a score, the latest first."""
    told = (tables[name]["fiscal_year_be"].dropna() for name in ("coverage", "score_comparison"))
    return sorted({int(year) for years in told for year in years}, reverse=True)


_YEAR_HEAD = ("fiscal_year", "agencies", "reports", "completeness", "n", "overall", "n")


def _of_year(year: int, tables: Frames) -> list[Cell]:
    """Return a year's agencies with reports, reports, and medians with their n."""
    of_year = {
        name: frame[frame["fiscal_year_be"] == year]
        for name, frame in tables.items()
        if "fiscal_year_be" in frame
    }
    scores = of_year["score_comparison"]
    known = of_year["completeness"]["completeness"].dropna()
    overall = scores.loc[scores["metric"] == "overall", "value"].dropna()
    coverage = of_year["coverage"]
    return [
        str(year),
        _agencies(coverage[coverage["is_published"]]),
        int(coverage["reports"].sum()),
        *((100 * float(known.median()), len(known)) if len(known) else (None, 0)),
        *((float(overall.median()), len(overall)) if len(overall) else (None, 0)),
    ]


def _agencies(frame: pd.DataFrame) -> int:
    return len(frame[AGENCY].drop_duplicates())
