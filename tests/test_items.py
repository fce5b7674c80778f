"""Checklist rows as offices write them: numbers, layouts, and tables that are no checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from report_text import TITLE, codes, doubts, normalized, pick, table

from extract.document import Cell, Document
from extract.read import read_bytes
from normalize import Registry, normalize_document
from normalize.item_number import parse_item_number
from normalize.reference import item_lists

LISTS = item_lists()
REGISTRY = Registry.load()
HEAD = ("ข้อ", "ข้อมูล", "ผลการตรวจ")


def checklist(year: int, first: int, last: int) -> list[tuple[str, str, str]]:
    return [(f"O{i.item_no}", i.name, "มี") for i in LISTS[year][first - 1 : last]]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("O1", 1, ""),
        ("o12", 12, ""),
        ("OIT3", 3, ""),
        ("OIT 03", 3, ""),
        ("๐๑", 1, ""),
        ("๐๑๐", 10, ""),
        ("010", 10, ""),
        ("O๑๐", 10, ""),
        ("ข้อ ๑๒", 12, ""),
        ("ข้อที่ 12", 12, ""),
        ("12.", 12, ""),
        ("(12)", 12, ""),
        ("O-12", 12, ""),
        ("O.1", 1, ""),
        ("๐๔๓", 43, ""),
        ("O10 นโยบายไม่รับของขวัญ", 10, "นโยบายไม่รับของขวัญ"),
        ("o๑๒.รายงานผล", 12, "รายงานผล"),
        ("2565", None, "2565"),
        ("9.2", None, "9.2"),
        ("1,000", None, "1,000"),
        ("31/12/2566", None, "31/12/2566"),
        ("[O21] แผนการจัดหา", 21, "แผนการจัดหา"),
        ("9.1 O1 โครงสร้าง", 1, "โครงสร้าง"),
        ("0 12 รายงานผล", 12, "รายงานผล"),
        ("รายงานผล O12", 12, "รายงานผล"),
        ("รายงานผล O12 ประจำปี", 12, "รายงานผล ประจำปี"),
        ("MOIT 5", None, "MOIT 5"),
        ("แผน MOIT 5", None, "แผน MOIT 5"),
        ("EB3", None, "EB3"),
        ("", None, ""),
    ],
)
def test_item_numbers(text: str, number: int | None, rest: str) -> None:
    assert parse_item_number(text)[:2] == (number, rest)


def test_number_and_name_in_one_cell() -> None:
    rows = [(f"{number} {name}", status) for number, name, status in checklist(2565, 9, 13)]
    _, records = normalized(table(("รายการ", "ผลการตรวจ"), *rows), 2565)
    assert pick(records.items, "item_no", "item_no_raw") == [(n, f"O{n}") for n in range(9, 14)]
    assert {row["match_status"] for row in records.items} == {"accepted"}


def test_an_ordinal_is_not_the_number_that_stands_in_the_name() -> None:
    rows = [
        (n, f"{number} {name}", status)
        for n, (number, name, status) in enumerate(checklist(2565, 9, 13), start=1)
    ]
    _, records = normalized(table(("ลำดับ", "รายการ", "ผลการตรวจ"), *rows), 2565)
    assert pick(records.items, "item_no") == [(n,) for n in range(9, 14)]


def test_ordinals_that_are_no_item_numbers() -> None:
    rows = [
        (n, name, status) for n, (_, name, status) in enumerate(checklist(2565, 11, 17), start=1)
    ]
    _, records = normalized(table(("ลำดับ", "รายการ", "ผลการตรวจ"), *rows), 2565)
    assert pick(records.items, "item_no", "match_status") == [
        (n, "accepted") for n in range(11, 18)
    ]


def test_rows_around_a_checklist_are_no_items() -> None:
    rows = checklist(2565, 1, 6)
    rows[3:3] = [("", "รวม 9.1", "3 ข้อ"), ("หมายเหตุ", "ข้อมูล ณ วันที่ 1 มี.ค. 65", "")]
    rows += [("", "ลงชื่อ............ผู้รายงาน", ""), ("รวมทั้งสิ้น", "6", "")]
    _, records = normalized(table(HEAD, *rows), 2565)
    assert pick(records.items, "item_no") == [(n,) for n in range(1, 7)]
    assert "row_is_no_item" in codes(records)
    assert doubts(records, "item") == []


def test_doubles_and_rows_out_of_order_all_stay() -> None:
    known = checklist(2565, 1, 7)
    rows = [known[n] for n in (3, 0, 1, 2, 4, 4, 6)]
    _, records = normalized(table(HEAD, *rows), 2565)
    assert pick(records.items, "item_no") == [(n,) for n in (4, 1, 2, 3, 5, 5, 7)]
    assert "item_observed_twice" in codes(records)
    assert len({row["observation_id"] for row in records.items}) == 7


def test_an_open_list_year_stays_empty_and_asks() -> None:
    row, records = normalized(table(HEAD, *checklist(2565, 1, 6)))
    assert row["item_list_year_be"] is None
    assert {item["item_list_year_be"] for item in records.items} == {None}
    assert pick(records.items, "item_no") == [(n,) for n in range(1, 7)]
    assert len(doubts(records, "item_list_year")) == 1


@pytest.mark.parametrize("stated", [2560, 2570])
def test_a_year_that_no_list_covers(stated: int) -> None:
    row, records = normalized(table(HEAD, *checklist(2566, 1, 43)), stated)
    assert row["item_list_year_be"] == 2566
    assert {"item_list_of_another_year", "no_item_list_for_year"} <= codes(records)
    assert len(records.items) == 43


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("ข้อ", "รายการ", "ผลการตรวจ"),
            ("MOIT 2", "การเปิดเผยข้อมูลข่าวสารที่เป็นปัจจุบัน", "มี"),
            ("MOIT 5", "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน", "มี"),
            ("MOIT 6", "นโยบายการบริหารทรัพยากรบุคคล", "มี"),
        ),
        (
            ("ลำดับ", "รายการ", "ผลการตรวจ"),
            ("EB 1", "โครงสร้าง", "มี"),
            ("EB 3", "สรุปผลการจัดซื้อจัดจ้างรายเดือน", "มี"),
        ),
        (
            ("ลำดับ", "รายการ", "หน้า"),
            (1, "บทนำ", 1),
            (2, "สรุปผลการประเมิน", 3),
            (3, "ข้อเสนอแนะ", 9),
        ),
        (
            ("ลำดับ", "รายการ", "งบประมาณ"),
            (1, "จัดซื้อคอมพิวเตอร์", "50,000"),
            (2, "จ้างก่อสร้างถนน คสล. หมู่ 3", "500,000"),
            ("รวม", "", "550,000"),
        ),
        (
            ("ที่", "รายการ", "งบประมาณ", "เบิกจ่าย", "ร้อยละ"),
            (1, "งบบุคลากร", "5,000,000", "4,500,000", "90.00"),
            ("", "รวม", "5,000,000", "4,500,000", "90.00"),
        ),
    ],
    ids=["MOIT", "EB", "contents", "procurement", "budget"],
)
def test_tables_that_are_no_checklist(rows: tuple[tuple[object, ...], ...]) -> None:
    _, records = normalized(table(*rows), 2565)
    assert (records.items, records.measures, records.scores) == ([], [], [])


def test_a_procurement_table_beside_a_checklist_is_one_issue() -> None:
    other = table(("ลำดับ", "รายการ", "หมายเหตุ"), (1, "จัดซื้อโต๊ะ", ""), (2, "จ้างทาสี", ""))
    _, records = normalized(table(HEAD, *checklist(2565, 1, 5)) + "\nตาราง\n\n" + other, 2565)
    assert len(records.items) == 5
    (issue,) = [row for row in records.issues if row["code"] == "table_is_no_checklist"]
    assert (issue["severity"], issue["table_id"]) == ("info", "t2")


def test_a_checklist_with_a_column_of_steps_is_a_checklist() -> None:
    rows = [(number, name, "ปรับปรุง", status) for number, name, status in checklist(2565, 1, 3)]
    head = ("ข้อ", "ข้อมูล", "แนวทางการดำเนินการ", "ผลการดำเนินการ")
    _, records = normalized(table(head, *rows), 2565)
    assert pick(records.items, "item_no", "status") == [(n, "complete") for n in (1, 2, 3)]
    assert records.measures == []


def test_lists_of_two_years_in_one_report_are_told_apart() -> None:
    heading = "\nผลการตรวจของปีก่อน\n\n"
    text = table(HEAD, *checklist(2567, 1, 30)) + heading + table(HEAD, *checklist(2565, 1, 43))
    row, records = normalized(text, 2567)
    found = Counter(pick(records.items, "item_list_year_be", "fiscal_year_be", "match_status"))
    assert found == {(2567, 2567, "accepted"): 30, (2565, 2565, "accepted"): 43}
    assert row["item_list_year_be"] == 2567
    assert "another_checklist" in codes(records)
    assert "item_observed_twice" not in codes(records)


def test_a_list_in_short_and_at_length_is_read_twice() -> None:
    rows = checklist(2566, 1, 43)
    text = table(("ข้อ", "ข้อมูล", "ผลการตรวจ"), *rows) + "\nรายละเอียด\n\n" + table(HEAD, *rows)
    _, records = normalized(text, 2566)
    assert [n for (n,) in pick(records.items, "item_no")] == [*range(1, 44), *range(1, 44)]
    assert {row["match_status"] for row in records.items} == {"accepted"}
    assert codes(records) >= {"another_checklist", "item_observed_twice"}


def test_a_list_parted_over_tables_is_one() -> None:
    parts = [checklist(2566, n, n + 8) for n in range(1, 43, 9)]
    text = "\nหัวข้อ\n\n".join(table(HEAD, *part) for part in parts)
    _, records = normalized(text, 2566)
    assert [n for (n,) in pick(records.items, "item_no")] == [*range(1, 44)]
    assert "another_checklist" not in codes(records)


@pytest.mark.parametrize(
    ("cell", "number", "name"),
    [
        ("O12 รายงานผลการดำเนินงานประจำปี", "O12", "รายงานผลการดำเนินงานประจำปี"),
        ("๑๒. รายงานผลการดำเนินงานประจำปี.", "๑๒", "รายงานผลการดำเนินงานประจำปี"),
        ("รายงานผลการดำเนินงานประจำปี O12", "O12", "รายงานผลการดำเนินงานประจำปี"),
        ("รายงานผลการดำเนินงาน\nO๑๒\nประจำปี", "O๑๒", "รายงานผลการดำเนินงาน ประจำปี"),
    ],
)
def test_a_cell_is_parted_into_number_and_name(cell: str, number: str, name: str) -> None:
    found = parse_item_number(cell)
    assert (found.number, found.written.strip(" ."), found.rest) == (12, number, name)


def test_the_raw_name_is_whole_where_its_number_stands_behind_it() -> None:
    rows = [
        ("รายงานผลการดำเนินงานประจำปี O12", "มี"),
        ("O13 คู่มือหรือมาตรฐานการปฏิบัติงาน.", "มี"),
        ("O14 คู่มือหรือมาตรฐานการให้บริการ", "มี"),
    ]
    _, records = normalized(table(("รายการ", "ผลการตรวจ"), *rows), 2565)
    assert pick(records.items, "item_no", "item_no_raw", "item_name_raw") == [
        (12, "O12", "รายงานผลการดำเนินงานประจำปี"),
        (13, "O13", "คู่มือหรือมาตรฐานการปฏิบัติงาน"),
        (14, "O14", "คู่มือหรือมาตรฐานการให้บริการ"),
    ]


def scanned(document: Document, *confidences: float) -> Document:
    """Return a document with a table as one of a picture, whose rows are so sure."""
    by_row = dict(enumerate(confidences, 1))
    return seen(document, lambda cell: by_row.get(cell.row, 0.99))


def seen(document: Document, sure: Callable[[Cell], float | None]) -> Document:
    """Return a document with a table as one of a picture, whose cells are so sure."""
    (grid,) = document.tables
    cells = tuple(replace(cell, source="ocr", confidence=sure(cell)) for cell in grid.cells)
    blocks = (replace(grid, cells=cells) if block is grid else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def test_status_that_other_ink_may_hide_in_part_waits_for_a_person() -> None:
    """Under a stamp's frame a remark lost its "not"."""
    text = TITLE.format(year=2566) + table(HEAD, *checklist(2566, 1, 6))
    document = scanned(read_bytes(text.encode(), "a.txt"), 0.99, 0.1, 0.2)
    _, records = normalize_document(document, REGISTRY)
    assert [row["status"] == "unclear" for row in records.items] == [True, *[False] * 5]
    (asked,) = doubts(records, "status")
    assert "other ink" in asked["reason"]


def test_done_in_words_of_a_picture_that_nobody_knows_waits_for_a_person() -> None:
    """Of "not up to date" an engine read the "not" as no word, and was not sure of it."""
    rows = [(number, name, "ข้อมูลโม่เป็นปัจจุบัน") for number, name, _ in checklist(2566, 1, 6)]
    text = TITLE.format(year=2566) + table(HEAD, *rows)
    document = scanned(read_bytes(text.encode(), "a.txt"), 0.99, 0.4)
    _, records = normalize_document(document, REGISTRY)
    assert [row["status"] == "unclear" for row in records.items] == [True, *[False] * 5]
    (asked,) = doubts(records, "status")
    assert "negation" in asked["reason"]


def test_row_whose_only_tick_other_ink_may_hide_waits_for_a_person() -> None:
    """A tick that touched a stamp's ring was not read, and its cell seemed blank."""
    head = ("ข้อ", "รายการข้อมูล", "มี", "ไม่มี")
    rows = [(number, name, "", "") for number, name, _ in checklist(2566, 1, 6)]
    rows[0], rows[1] = (*rows[0][:2], "✓", ""), (*rows[1][:2], "", "✓")
    document = read_bytes((TITLE.format(year=2566) + table(head, *rows)).encode(), "a.txt")
    document = seen(document, lambda cell: 0.99 if cell.text else 0.1 if cell.row < 5 else None)
    _, records = normalize_document(document, REGISTRY)
    said = [row["status"] for row in records.items]
    assert said == ["complete", "missing", "unclear", *3 * ["not_reported"]]
    assert ["other ink" in row["reason"] for row in doubts(records, "status")] == [True]


def test_tick_under_a_header_of_a_picture_that_nobody_read_surely_waits_for_a_person() -> None:
    """Under a stamp "done" and "not done" were read as no words, and a tick of either as done."""
    head = ("ข้อ", "รายการข้อมูล", "ผลการตรวจสอบ", "ผลการตรวจสอบ")
    rows = [(number, name, "", "✓") for number, name, _ in checklist(2566, 1, 6)]
    text = TITLE.format(year=2566) + table(head, *rows)
    _, records = normalize_document(scanned(read_bytes(text.encode(), "a.txt"), 0.4), REGISTRY)
    assert {row["status"] for row in records.items} == {"unclear"}
    assert "above the tick" in doubts(records, "status")[0]["reason"]
    _, records = normalize_document(scanned(read_bytes(text.encode(), "a.txt")), REGISTRY)
    assert {row["status"] for row in records.items} == {"complete"}


def test_words_beside_ticks_count_where_their_header_is_not_read_surely() -> None:
    """Of "remarks" a stamp had left half, so that a broken link counted for nothing."""
    head = ("ข้อ", "รายการข้อมูล", "มี", "ไม่มี", "หมตุ")
    rows = [(number, name, "✓", "", "") for number, name, _ in checklist(2566, 1, 6)]
    rows[0] = (*rows[0][:4], "ลิงก์เสีย")
    text = TITLE.format(year=2566) + table(head, *rows)
    document = read_bytes(text.encode(), "a.txt")
    torn = seen(document, lambda cell: 0.1 if cell.text == head[-1] else 0.99)
    _, records = normalize_document(torn, REGISTRY)
    assert [row["status"] for row in records.items] == ["partial", *5 * ["complete"]]
    _, records = normalize_document(scanned(document), REGISTRY)
    assert {row["status"] for row in records.items} == {"complete"}


def test_row_of_a_picture_that_a_stroke_has_cut_waits_for_a_person() -> None:
    """A stamp's frame parted a tick from its item, whose number and name stand beside both."""
    text = TITLE.format(year=2566) + table(HEAD, *checklist(2566, 1, 6))
    document = scanned(read_bytes(text.encode(), "a.txt"))
    (grid,) = document.tables
    cells = (
        replace(cell, row_span=2) if cell.row == 2 and cell.column < 3 else cell
        for cell in grid.cells
        if cell.row != 3 or cell.column > 2
    )
    cut = replace(grid, cells=tuple(cells))
    blocks = tuple(cut if block is grid else block for block in document.blocks)
    _, records = normalize_document(replace(document, blocks=blocks), REGISTRY)
    assert records.items[0]["status"] == "unclear"
    assert doubts(records, "status")[0]["reason"].startswith("the picture shows more")


def test_boxes_of_a_picture_without_a_tick_wait_for_a_person() -> None:
    empty, ticked = "☐ มี ☐ ไม่มี", "☑ มี ☐ ไม่มี"
    rows = [(number, name, empty) for number, name, _ in checklist(2566, 1, 6)]
    rows[0] = (*rows[0][:2], ticked)
    text = TITLE.format(year=2566) + table(HEAD, *rows)
    typed = read_bytes(text.encode(), "a.txt")
    for document, status, waiting in (
        (typed, "not_reported", 0),
        (scanned(typed), "unclear", 5),
    ):
        _, records = normalize_document(document, REGISTRY)
        assert [row["status"] for row in records.items] == ["complete", *[status] * 5]
        assert len(doubts(records, "status")) == waiting
