"""workbook.xlsx, read back: what a person sees, filters and prints, and what no cell may do."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import pairwise

import made_tables
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import analyze.workbook
from analyze.observed import observed
from analyze.spreadsheet import FULL, MAX_CELL, row_height, shown_width
from analyze.words import marks
from analyze.workbook import workbook
from normalize.catalogue import catalogue
from normalize.reference import item_lists

VERSIONS = {"prongsai": "9.9", "lists": "abc"}
SHEETS = ["หน้าปก", "การส่งรายงาน", "อันดับ", "ตารางรายข้อ", "ข้อที่ขาดมาก"]
SHEETS += ["การเปลี่ยนแปลงรายปี", "คะแนน", "แผนสู่เกณฑ์ผ่าน", "รอตรวจทาน"]


def made(*, is_empty: bool = False) -> bytes:
    if is_empty:
        records, tables = made_tables.empty_records(), made_tables.empty_tables()
    else:
        records, tables = made_tables.records(), made_tables.tables()
    rows = {name: len(frame) for name, frame in records.items()}
    return workbook(records, tables, observed(records["items"]), rows, VERSIONS)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(made())


def heading_row(sheet: Worksheet) -> int:
    """The row under which the panes are frozen."""
    return int("".join(c for c in sheet.freeze_panes if c.isdigit())) - 1


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows under the heading, by heading."""
    head, *below = sheet.iter_rows(min_row=heading_row(sheet), values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in below]


def title(table: str, field: str) -> str:
    return catalogue().table(table).field(field).title_th


def test_two_makings_are_the_same_bytes_and_no_clock_is_in_them(book: Workbook) -> None:
    assert made() == made()
    assert book.properties.created == datetime(1980, 1, 1)
    assert book.properties.modified == datetime(1980, 1, 1)


def test_sheets_have_their_names_and_headings_of_the_catalogue(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    gaps = book["ข้อที่ขาดมาก"]
    head = [cell.value for cell in gaps[heading_row(gaps)]]
    for field in ("gap_rank", "item_no", "item_name", "share_not_complete", "agencies", "unclear"):
        assert title("item_gaps", field) in head
    for sheet in book.worksheets[1:]:
        heads = [cell.value for cell in sheet[heading_row(sheet)] if cell.value]
        assert len(heads) == len(set(heads)), "a filter tells columns by their headings"


def test_every_table_filters_stays_in_sight_and_prints(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        head = heading_row(sheet)
        last = get_column_letter(sheet.max_column)
        width = max(c.column for c in sheet[head] if c.value)
        assert sheet.auto_filter.ref == f"A{head}:{get_column_letter(width)}{sheet.max_row}", last
        assert sheet.freeze_panes[0] in "CD", "the names stay"
        assert sheet.print_title_rows == f"${head}:${head}"
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (1, None), "1 is what it is where it is not told"
    pages = [sheet.page_setup.fitToHeight for sheet in book]
    assert pages == [None, *[0] * 8], "the cover on one page, else as many as it takes"
    for sheet in book:
        assert "หน้า &P จาก &N" in sheet.oddFooter.left.text


def test_nothing_that_a_report_says_is_a_formula_or_a_link(book: Workbook) -> None:
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate)
                texts.add(cell.value)
                if cell.hyperlink:
                    assert sheet.title == SHEETS[0]
                    assert cell.hyperlink.location.strip("'").split("'!")[0] in SHEETS
    assert {"'=1+1", "'- ตามเอกสารแนบ", "'@cmd", "http://example.org"} <= texts
    assert made_tables.TAGGED in texts
    assert not texts & {"=1+1", "@cmd"}
    assert "ก" * MAX_CELL in texts, "the longest text is cut to what a cell holds"


def test_columns_are_as_wide_as_what_stands_in_them(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for number, cell in enumerate(sheet[heading_row(sheet)], start=1):
            if cell.value and not cell.alignment.text_rotation:
                width = sheet.column_dimensions[get_column_letter(number)].width
                words = max(map(shown_width, str(cell.value).split()))
                assert min(words / 3, 44) < width < 46
    names = book["การส่งรายงาน"].column_dimensions["B"].width
    assert names > shown_width(made_tables.TAGGED)


def test_marks_above_and_below_take_no_width() -> None:
    assert shown_width("ที่ตั้ง") == 3
    assert shown_width("น้ำ") == 2
    line = "ก" * int(40 * FULL)
    assert row_height([line, "ก"], [40, 40]) == 15
    assert row_height([line + "กก"], [40]) == 30
    assert row_height(["ก\nก\nก"], [40]) == 45


def test_coverage_has_a_letter_for_each_kind_and_the_silent_first(book: Workbook) -> None:
    silent, tagged, both = rows(book["การส่งรายงาน"])
    assert silent[title("coverage", "agency_name")] == made_tables.SILENT
    assert (silent["2566"], silent["2567"], silent["จำนวนปีที่ไม่มีรายงาน"]) == ("–", "–", 2)
    assert (tagged["2566"], tagged["2567"], tagged["จำนวนปีที่ไม่มีรายงาน"]) == ("–", "ต", 1)
    assert (both["2566"], both["2567"]) == ("ต ม2", "ต ค")


def test_heat_map_has_a_mark_and_a_colour_for_each_status(book: Workbook) -> None:
    sheet = book["ตารางรายข้อ"]
    head = heading_row(sheet)
    places = {str(cell.value).split()[0]: cell.column for cell in sheet[head]}
    assert {f"O{item.item_no}" for item in item_lists()[2567]} <= set(places)
    weak = next(row for row in sheet.iter_rows(min_row=head) if row[1].value == "'=1+1")
    for number, mark in enumerate(marks(), start=1):
        cell = weak[places[f"O{number}"] - 1]
        assert cell.value == mark.mark
        assert cell.fill.start_color.rgb == f"FF{mark.colour[1:]}"
    assert weak[places["O8"] - 1].value is None, "no report tells of it"
    share, n = (
        {name: sheet.cell(head - up, place).value for name, place in places.items()}
        for up in (2, 1)
    )
    assert (share["O1"], n["O1"]) == (1.0, 2)
    assert (share["O2"], n["O2"]) == (0.5, 2)
    assert (share["O6"], n["O6"]) == (None, 0), "a blank is not missing"
    legend = {cell.value for row in sheet.iter_rows(max_row=head - 1) for cell in row}
    for mark in marks():
        assert any(str(text).startswith(f"{mark.mark} ") for text in legend)


def test_ranking_has_every_rank_with_its_n(book: Workbook) -> None:
    first, second, overall = rows(book["อันดับ"])
    assert first["ค่า (ร้อยละหรือคะแนน)"] == 100
    assert (first["จังหวัดเดียวกัน: อันดับ"], first["จังหวัดเดียวกัน: n"]) == (1, 2)
    assert (second["ค่า (ร้อยละหรือคะแนน)"], second["ทุกหน่วยงาน: อันดับ"]) == (20, 2)
    assert overall["ค่า (ร้อยละหรือคะแนน)"] == 78.5
    assert overall["ทุกหน่วยงาน: ควอร์ไทล์"] is None


def test_changes_name_the_items(book: Workbook) -> None:
    (row,) = rows(book["การเปลี่ยนแปลงรายปี"])
    assert (row["ข้อที่ครบถ้วนขึ้น"], row["ข้อที่ครบถ้วนลดลง"], row["สุทธิ"]) == ("O1 O9", "O10", 2)
    assert row["ครบถ้วนขึ้น"] == 3, "concepts are counted, and O1 stands for two"
    assert (row["คงความครบถ้วน"], row["ยังไม่ครบถ้วน"]) == (1, 0)


def test_scores_stand_in_one_row_latest_year_first(book: Workbook) -> None:
    later, earlier = rows(book["คะแนน"])
    year, level = title("score_comparison", "fiscal_year_be"), title("score_comparison", "level")
    assert (later[year], earlier[year]) == (2566, 2565)
    assert (later["คะแนนรวม"], later["คะแนน OIT"], later["ตัวชี้วัดที่ 9"]) == (78.5, 70, 65.25)
    assert (later["เปลี่ยนจากปีก่อน"], later["n จังหวัด"], later["คะแนน IIT"]) == (1.5, 4, None)
    assert (later[level], earlier[level]) == (None, "B")


def test_plan_marks_the_step_that_passes(book: Workbook) -> None:
    passing = [row[title("pass_plan", "is_passing")] for row in rows(book["แผนสู่เกณฑ์ผ่าน"])]
    assert passing == [None, "✓ ถึงเกณฑ์"]


def test_cover_says_of_what_when_and_how_many(book: Workbook) -> None:
    cells = [[v for v in row if v is not None] for row in book["หน้าปก"].iter_rows(values_only=True)]
    assert ["จังหวัดสมมติ  ปีงบประมาณ 2565 ถึง 2567"] in cells
    assert ["หน่วยงานในทะเบียนของพื้นที่ที่มีข้อมูล (แห่ง)", 3] in cells
    assert ["หน่วยงานที่มีรายงานอย่างน้อย 1 ฉบับ (แห่ง)", 2] in cells
    assert ["จัดทำด้วย", "prongsai 9.9  lists abc"] in cells
    assert ["2567", 2, 3, 60, 2, 0] in cells, "the median of 20 and 100, and no score"
    assert ["คะแนน: คะแนนและระดับผลการประเมิน", 2, 2, "analysis/score_comparison.csv"] in cells


def test_what_is_cut_is_said_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyze.workbook, "SHEET_ROWS", 1)
    book = opened(made())
    sheet = book["การส่งรายงาน"]
    assert len(rows(sheet)) == 1
    assert "แสดง 1 จาก 3 แถว แถวที่เหลืออยู่ใน analysis/coverage.csv" in sheet["A2"].value
    cells = [row[:4] for row in book["หน้าปก"].iter_rows(values_only=True)]
    assert any(row[1:] == (1, 3, "analysis/coverage.csv") for row in cells)


def test_every_sheet_of_nothing_says_what_is_absent() -> None:
    book = opened(made(is_empty=True))
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets[1:]:
        first = sheet.cell(heading_row(sheet) + 1, 1).value
        assert first.startswith("ไม่มีข้อมูลสำหรับแผ่นงานนี้ (ไม่มี")
        assert sheet.auto_filter.ref


def test_a_legend_is_as_wide_as_its_words(book: Workbook) -> None:
    sheet = book["การส่งรายงาน"]
    for merged in sheet.merged_cells.ranges:
        text = sheet.cell(merged.min_row, merged.min_col).value
        letters = [get_column_letter(n) for n in range(merged.min_col, merged.max_col + 1)]
        assert sum(sheet.column_dimensions[c].width for c in letters) >= shown_width(text)
    places = sorted((r.min_row, r.min_col, r.max_col) for r in sheet.merged_cells.ranges)
    for one, other in pairwise(places):
        assert one[0] < other[0] or one[2] < other[1]
