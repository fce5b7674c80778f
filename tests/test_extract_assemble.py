"""Rows and grids -> tables: headers folded, cut rows joined, and nothing joined that is not one."""

from __future__ import annotations

import pytest

from extract import Document, read_bytes
from extract.data_files import data_rows
from extract.headers import (
    LINE_ROLES,
    header_role,
    header_words,
    is_header,
    is_page_number,
)

HEAD = "ข้อ\tข้อมูล\tผู้รับผิดชอบ\tสถานะ"
ONE, TWO, THREE = "๑\tก\tปลัด\tมี", "๒\tข\tคลัง\tมี", "๓\tค\tช่าง\tมี"


def read(*lines: str) -> Document:
    return read_bytes("\n".join(lines).encode(), "report.txt")


def column(document: Document, number: int, table: int = 0) -> list[str]:
    """The texts of one column below the header."""
    return [cells[number].text for _, cells in document.tables[table].body()]


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_repeated_header_is_folded() -> None:
    document = read(HEAD, ONE, "", HEAD, TWO, HEAD, THREE)
    assert len(document.tables) == 1
    assert column(document, 1) == ["๑", "๒", "๓"]


def test_repeated_header_is_folded_though_damaged_in_another_way() -> None:
    document = read(HEAD, ONE, "", "ข้อ\tข้ อมูล\tผู้รับผดชอบ\tสถาน", TWO)
    assert len(document.tables) == 1
    assert document.tables[0].columns[2].header == "ผู้รับผิดชอบ"


def test_headers_that_differ_in_a_year_are_two_tables() -> None:
    first, second = (f"ตัวชี้วัด\tคะแนน ปี {year}\tระดับ" for year in (2565, 2566))
    assert len(read(first, "ก\t๘๐\tB", second, "ก\t๙๐\tA").tables) == 2


def test_two_level_header_is_folded_on_the_next_page() -> None:
    head = ("ลำดับ\tมาตรการ\tผลการดำเนินการ\t", "\t\tแล้วเสร็จ\tยังไม่ดำเนินการ")
    document = read(*head, "๑\tก\t✓\t", "", *head, "๒\tข\t\t✓")
    assert document.tables[0].header_rows == 2
    assert column(document, 1) == ["๑", "๒"]


def test_header_at_the_top_of_each_page_of_another_table() -> None:
    document = read(HEAD, ONE, "ลำดับ\tมาตรการ\tระยะเวลา", "๑\tจัดอบรม\tตลอดปี")
    assert [len(table.columns) for table in document.tables] == [4, 3]
    assert [table.table_id for table in document.tables] == ["t1", "t2"]


def test_wider_table_right_below() -> None:
    document = read("ข้อ\tสถานะ", "๑\tมี", HEAD, ONE)
    assert [len(table.columns) for table in document.tables] == [2, 4]


def test_data_row_of_header_words_is_data() -> None:
    document = read(HEAD, "๑\tข้อมูล\tสถานะ\tมี", "๒\tรายการที่ 2\tปลัด\tมี")
    assert column(document, 2) == ["ข้อมูล", "รายการที่ 2"]
    document = read("รายการ\tผลการดำเนินการ", "โครงสร้าง\tมี", "ข้อมูล\tมี", "ลิงก์\tไม่มี")
    assert column(document, 1) == ["โครงสร้าง", "ข้อมูล", "ลิงก์"]


@pytest.mark.parametrize("tail", ["\t\tต่อ\tแล้ว", "\t\tต่อ", "\t\tต่อ\t\t"])
def test_row_without_number_and_name_goes_on(tail: str) -> None:
    document = read(HEAD, ONE, tail, TWO)
    assert column(document, 3) == ["ปลัด\nต่อ", "คลัง"]


def test_parts_of_a_joined_cell_keep_their_places() -> None:
    document = read(HEAD, ONE, "\t\tต่อ\t", "\t\tจบ\t")
    cell = document.tables[0].at(2, 3)
    assert cell is not None
    assert [(part.text, part.place.line) for part in cell.parts] == [
        ("ปลัด", 2),
        ("ต่อ", 3),
        ("จบ", 4),
    ]


@pytest.mark.parametrize(
    "between",
    [(HEAD,), ("", HEAD), ("", "- ๒ -", ""), ("หน้า ๒ จาก ๕",), ("\f" + HEAD,), ("หน้า 2", HEAD)],
)
def test_name_goes_on_below_a_page_break(between: tuple[str, ...]) -> None:
    document = read(HEAD, ONE, TWO, *between, "\tส่วนที่เหลือ\t\tแล้ว", THREE)
    assert column(document, 1) == ["๑", "๒", "๓"]
    assert column(document, 2) == ["ก", "ข\nส่วนที่เหลือ", "ค"]


def test_name_goes_on_below_a_form_feed_alone() -> None:
    document = read(HEAD, ONE, TWO, "\f\tส่วนที่เหลือ\tกอง\tแล้ว", THREE)
    assert column(document, 2) == ["ก", "ข\nส่วนที่เหลือ", "ค"]


@pytest.mark.parametrize("between", [(), ("",)])
def test_name_without_number_in_mid_page_is_a_row_of_its_own(between: tuple[str, ...]) -> None:
    document = read(HEAD, ONE, TWO, *between, "\tอีกเรื่อง\tกอง\tมี", THREE)
    assert column(document, 2) == ["ก", "ข", "อีกเรื่อง", "ค"]


def test_group_given_once_stays_apart() -> None:
    document = read("ตัวชี้วัด\tข้อมูล\tสถานะ", "ตัวชี้วัดที่ ๙\tก\tมี", "\tข\tไม่มี")
    assert column(document, 2) == ["ก", "ข"]


def test_rows_of_unknown_columns_are_not_joined() -> None:
    document = read("ลำดับ\tเรื่องที่พบ\tผู้รับผิดชอบ", "๑\tก\tปลัด", "\tข\tคลัง")
    assert column(document, 2) == ["ก", "ข"]


def test_join_into_a_spanning_cell_keeps_one_cell() -> None:
    html = (
        "<table><tr><th>ข้อ<th>ข้อมูล<th>ผู้รับผิดชอบ</tr><tr><td>๑<td>ก<td rowspan=2>ปลัด</tr>"
        "<tr><td>๒<td>ข</tr><tr><td><td><td>และคลัง</tr></table>"
    )
    (table,) = read_bytes(html.encode(), "a.html").tables
    spanning = [cell for cell in table.cells if cell.column == 3 and not cell.is_header]
    assert [(c.text, c.row, c.row_span) for c in spanning] == [("ปลัด\nและคลัง", 2, 2)]


def test_span_over_a_row_that_is_joined_shrinks() -> None:
    html = (
        "<table><tr><th>ข้อ<th>ข้อมูล<th>สถานะ</tr><tr><td>๑<td>ก<td rowspan=3>มี</tr>"
        "<tr><td><td></tr><tr><td>๒<td>ข</tr></table>"
    )
    (table,) = read_bytes(html.encode(), "a.html").tables
    assert table.row_count == 3
    assert [cell.row_span for cell in table.cells if cell.text == "มี"] == [2]


@pytest.mark.parametrize(
    "form",
    [
        ("\tลงชื่อ..............\t\t", "\t(ผู้บริหาร)\t\t"),
        ("ลงชื่อ ........ ผู้รายงาน\tลงชื่อ ........ ผู้ตรวจ", "(ก)\t(ข)"),
        ("..............\t..............", "ปลัด\tนายก"),
    ],
)
def test_place_to_sign_is_no_row(form: tuple[str, ...]) -> None:
    document = read(HEAD, ONE, TWO, "", *form)
    assert column(document, 2) == ["ก", "ข"]
    assert column(document, 4) == ["มี", "มี"]
    assert len(document.paragraphs) == 2
    assert document.issues == ()


def test_table_goes_on_over_a_page_number_only() -> None:
    document = read(HEAD, ONE, "", "๒", "", TWO)
    assert column(document, 1) == ["๑", "๒"]
    document = read(HEAD, ONE, "", "ตัวชี้วัดย่อยที่ 9.2", "", HEAD, TWO)
    assert [column(document, 1, n) for n in (0, 1)] == [["๑"], ["๒"]]


def test_two_reports_pasted_together_are_two_tables() -> None:
    document = read("รายงานหนึ่ง", HEAD, ONE, "รายงานสอง", HEAD, ONE)
    assert len(document.tables) == 2


def test_table_without_header_takes_the_last_of_its_width_and_says_so() -> None:
    document = read(HEAD, ONE, "ตัวชี้วัดย่อยที่ 9.2", TWO)
    assert document.tables[1].columns == document.tables[0].columns
    assert document.tables[1].header_rows == 0
    assert [(i.severity, i.code) for i in document.issues] == [("info", "header_inherited")]


def test_table_without_any_header_has_columns_without_a_role() -> None:
    document = read("ที่อยู่\t๑๒๓ หมู่ ๔", "โทรศัพท์\t๐๒-๑๒๓-๔๕๖๗")
    assert {c.role for c in document.tables[0].columns} == {""}
    assert [(i.severity, i.code) for i in document.issues] == [("warning", "table_without_header")]


def test_blocks_keep_their_order() -> None:
    document = read("ก", HEAD, ONE, "ข", HEAD, TWO, "ค")
    assert [getattr(block, "text", "table") for block in document.blocks] == [
        "ก",
        "table",
        "ข",
        "table",
        "ค",
    ]


def test_rows_without_text_are_dropped() -> None:
    document = read_bytes(
        b"<table><tr><td>a<td>b</tr><tr><td><td></tr><tr><td>c<td>d</tr></table>", "a.html"
    )
    assert document.tables[0].row_count == 2


@pytest.mark.parametrize(
    "text",
    ["๒", "- 12 -", "หน้า ๓", "หน้าที่ ๓ จาก ๙", "(๔)", "2/5", "Page 2 of 5", "---", "▯", "หน้า ▯▯"],
)
def test_page_number(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["๒๕๖๖", "ข้อ ๒", "........", "หน้า", "๑๒ รายการ", "▯▯.▯▯"])
def test_no_page_number(text: str) -> None:
    assert not is_page_number(text)


def test_header_needs_two_words() -> None:
    assert is_header(["ลำดับ ที่", "มาตรการ", "เรื่องอื่น"])
    assert not is_header(["ลำดับ", "เรื่องอื่น"])
    assert not is_header(["ข้อมูล"])
    assert not is_header(["1", "ข้อมูล", "สถานะ"])


def test_header_words_name_each_word_once() -> None:
    words = [row["word"] for row in data_rows("header_words.csv")]
    assert len(words) == len(set(words))
    assert header_role("ผู้รับ ผิดชอบ") == "responsible"
    assert header_role("ลงชื่อ") == ""
    assert not LINE_ROLES & set(header_words().values())
