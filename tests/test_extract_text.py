"""Plain text and Markdown: which lines are rows, which are paragraphs, and where each stands."""

from __future__ import annotations

import pytest

from extract import Document, read_bytes


def read(*lines: str, name: str = "report.txt") -> Document:
    return read_bytes("\n".join(lines).encode(), name)


def rows(document: Document, table: int = 0) -> list[list[str]]:
    """The texts of a table's rows, as its cells stand."""
    found = document.tables[table]
    texts = [[""] * len(found.columns) for _ in range(found.row_count)]
    for cell in found.cells:
        texts[cell.row - 1][cell.column - 1] = cell.text
    return texts


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


HEAD = "ข้อ\tข้อมูล\tผู้รับผิดชอบ\tสถานะ"


def test_tab_table_with_header_roles_and_line_numbers() -> None:
    (table,) = read("หัวเรื่อง", "", HEAD, "๑\tโครงสร้าง\tสำนักปลัด\tมี").tables
    assert [column.role for column in table.columns] == ["item_no", "item", "responsible", "status"]
    assert (table.table_id, table.row_count, table.header_rows) == ("t1", 2, 1)
    assert [cell.is_header for cell in table.cells] == [True] * 4 + [False] * 4
    assert {(cell.row, cell.place.line) for cell in table.cells} == {(1, 3), (2, 4)}
    assert {cell.source for cell in table.cells} == {"text"}


def test_tabs_cut_or_added_at_line_ends_do_not_change_the_table() -> None:
    full = read(HEAD, "๑\tก\tข\tมี", "๒\tค\t\t")
    cut = read(HEAD, "๑\tก\tข\tมี\t\t", "๒\tค")
    assert rows(cut) == rows(full)
    assert len(cut.tables[0].cells) == 12


def test_first_level_header_cut_at_its_spanning_cell() -> None:
    document = read("ข้อ\tข้อมูล\tผลการดำเนินการ", "\t\tมี\tไม่มี", "๑\tก\t✓", "๒\tข\t\t✓")
    (table,) = document.tables
    assert [column.role for column in table.columns] == ["item_no", "item", "done", "not_done"]
    assert table.columns[3].header == "ผลการดำเนินการ / ไม่มี"
    assert [(c.row_span, c.column_span) for c in table.cells[:3]] == [(2, 1), (2, 1), (1, 2)]
    assert rows(document)[2:] == [["๑", "ก", "✓", ""], ["๒", "ข", "", "✓"]]


def test_wider_rows_after_a_blank_line_are_another_table() -> None:
    document = read("ตัวชี้วัด\tคะแนน", "การใช้อำนาจ\t๘๑", "", "ก\t๙๐\tข้อค้นพบ")
    assert [len(table.columns) for table in document.tables] == [2, 3]


def test_rule_of_dashes_below_data_is_no_row() -> None:
    document = read("ข้อ\tข้อมูล\tสถานะ", "๑\tก\tมี", "---\t---\t---", "", "๒\tข\tมี")
    assert rows(document) == [["ข้อ", "ข้อมูล", "สถานะ"], ["๑", "ก", "มี"], ["๒", "ข", "มี"]]


@pytest.mark.parametrize("line", ["\tเรียน ผู้บริหาร", "\t\tตามที่แจ้งไว้แล้ว", "๑.\tจัดทำประกาศ"])
def test_tabs_that_indent_prose_make_no_table(line: str) -> None:
    document = read(line)
    assert document.tables == ()
    assert document.issues == ()
    assert len(document.paragraphs) == 1


def test_indented_prose_below_a_table_does_not_join_its_last_row() -> None:
    document = read(HEAD, "๑\tก\tข\tมี", "", "\t\tจึงเรียนมาเพื่อทราบ")
    assert rows(document)[-1] == ["๑", "ก", "ข", "มี"]
    assert paragraphs(document) == ["จึงเรียนมาเพื่อทราบ"]


def test_row_after_a_blank_line_that_fills_all_tabs_is_a_row() -> None:
    document = read(HEAD, "๑\tก\tข\tมี", "", "\t\t\tและลงเว็บไซต์")
    assert rows(document)[-1] == ["๑", "ก", "ข", "มี\nและลงเว็บไซต์"]


@pytest.mark.parametrize(
    "lines",
    [
        ("| ข้อ | สถานะ |", "|---|:-:|", "| ๑ | มี |"),
        ("ข้อ | สถานะ", "--|--", "๑ | มี"),
        ("|ข้อ|สถานะ", "|:--|--:", "|๑|มี"),
    ],
)
def test_markdown_table_forms(lines: tuple[str, ...]) -> None:
    document = read(*lines, name="report.md")
    assert rows(document) == [["ข้อ", "สถานะ"], ["๑", "มี"]]
    assert document.tables[0].header_rows == 1


def test_markdown_escaped_pipe_and_bold_cell() -> None:
    document = read("| ข้อ | ข้อมูล |", "|---|---|", r"| **๑** | ก \| ข |", name="report.md")
    assert rows(document)[1] == ["๑", "ก | ข"]
    assert document.tables[0].at(2, 1).raw_text == "**๑**"  # type: ignore[union-attr]


def test_prose_with_a_pipe_is_no_table() -> None:
    assert read("ก | ข", "ค | ง").tables == ()


def test_headings_and_bold_passages() -> None:
    document = read("# รายงาน", "**มาตรการ", "ปี ๒๕๖๖**", "**ก** และ **ข**", "__________")
    assert [(p.text, p.is_heading) for p in document.paragraphs] == [
        ("รายงาน", True),
        ("มาตรการ\nปี ๒๕๖๖", True),
        ("**ก** และ **ข**", False),
        ("__________", False),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system(newline: str) -> None:
    document = read_bytes(newline.join(["หัว", HEAD, "๑\tก\tข\tมี"]).encode(), "a.txt")
    assert rows(document)[1] == ["๑", "ก", "ข", "มี"]
    assert document.tables[0].cells[-1].place.line == 3


def test_form_feeds_count_pages() -> None:
    document = read(HEAD, "๑\tก\tข\tมี\f๒\tค\tง\tมี", "ท้าย\f")
    assert document.page_count == 2
    places = [(c.place.page, c.place.line) for c in document.tables[0].cells if c.column == 1]
    assert places == [(1, 1), (1, 2), (2, 2)]
    assert document.paragraphs[0].place.page == 2


def test_file_without_form_feed_has_no_pages() -> None:
    document = read("ก")
    assert document.page_count is None
    assert document.paragraphs[0].place.page is None


def test_leftover_html_in_cells() -> None:
    document = read(
        "ข้อ\tข้อมูล\tสถานะ",
        "๑\t<ul><li>ก</li><li>- ข</li></ul>\t<input type='checkbox' checked> มี",
        "๒\t<p>ค</p><p>ง<br>จ</p>\t<INPUT TYPE=checkbox CHECKED='true'/>มี",
        "๓\tQ&amp;A\t&#9745;&nbsp;มี <!-- ลบ -->",
        "๔\ta < b และ <ชื่อ>\tAT&T",
    )
    assert rows(document)[1:] == [
        ["๑", "- ก\n- ข", "☑ มี"],
        ["๒", "ค\nง\nจ", "☑ มี"],
        ["๓", "Q&A", "☑ มี"],
        ["๔", "a < b และ <ชื่อ>", "AT&T"],
    ]


def test_raw_text_is_what_the_source_has() -> None:
    document = read("ข้อ\tข้อมูล", "๑\t<p>นํ้า</p> &amp; <b>ไฟ", "## หัว **ข**")
    cell = document.tables[0].at(2, 2)
    assert cell is not None
    assert cell.raw_text == "<p>นํ้า</p> &amp; <b>ไฟ"
    assert cell.text == "น้ำ\n& ไฟ"
    assert document.paragraphs[0].raw_text == "## หัว **ข**"


def test_raw_html_table_keeps_the_lines_of_the_file() -> None:
    document = read(
        "หัว", "<table>", "<tr><th>ข้อ</th><th>สถานะ</th></tr>", "<tr><td>๑", "<td>มี", "</table>จบ"
    )
    assert [cell.place.line for cell in document.tables[0].cells] == [3, 3, 4, 5]
    assert [(p.text, p.place.line) for p in document.paragraphs] == [("หัว", 1), ("จบ", 6)]


def test_raw_html_table_that_is_never_closed_does_not_swallow_the_rest() -> None:
    document = read(
        "<table>", "<tr><td>ข้อ<td>สถานะ", "<tr><td>๑<td>มี", "", "ต่อไป", "ข้อ\tข้อมูล", "๑\tก"
    )
    assert rows(document, 0) == [["ข้อ", "สถานะ"], ["๑", "มี"]]
    assert paragraphs(document) == ["ต่อไป"]
    assert rows(document, 1) == [["ข้อ", "ข้อมูล"], ["๑", "ก"]]


def test_raw_html_table_inside_a_table_ends_with_the_outer_one() -> None:
    document = read(
        "<table><tr><td>ข้อ</td><td>ข้อมูล</td></tr>",
        "<tr><td>๑</td><td><table><tr><td>ใน</td></tr></table></td></tr>",
        "<tr><td>๒</td><td>นอก</td></tr></table>",
        "หลัง",
    )
    assert rows(document) == [["ข้อ", "ข้อมูล"], ["๑", "ใน"], ["๒", "นอก"]]
    assert paragraphs(document) == ["หลัง"]


def test_lines_of_markup_alone_leave_no_paragraph() -> None:
    assert paragraphs(read("<ul>", "<li>ก</li>", "</ul>", "<!-- x -->", "<p>")) == ["- ก"]


def test_rows_of_a_table_drawn_with_borders_are_whole() -> None:
    document = read(
        "+------+-----------+",
        "| ข้อ  | ข้อมูล    |",
        "+======+===========+",
        "| ๐๑   | โครงสร้าง |",
        "+------+-----------+",
        "| ๐๒   | ข้อมูล    |",
        "|      | ผู้บริหาร |",
        "+------+-----------+",
        "จบ",
    )
    assert rows(document) == [["ข้อ", "ข้อมูล"], ["๐๑", "โครงสร้าง"], ["๐๒", "ข้อมูล\nผู้บริหาร"]]
    assert paragraphs(document) == ["จบ"]


def test_columns_kept_apart_by_spaces_are_a_table() -> None:
    document = read(
        "  ที่   ตัวชี้วัด                 คะแนน",
        "  1     การปฏิบัติหน้าที่          84.16",
        "  2     การใช้งบประมาณ           72.90",
        "",
        "จบ   ตรงนี้   แล้ว",
    )
    assert rows(document) == [
        ["ที่", "ตัวชี้วัด", "คะแนน"],
        ["1", "การปฏิบัติหน้าที่", "84.16"],
        ["2", "การใช้งบประมาณ", "72.90"],
    ]
    assert len(paragraphs(document)) == 1


def test_a_line_with_fewer_columns_is_no_row_of_them() -> None:
    lines = [f"{n}     การใช้งบประมาณ     {n}.50     {n}.75" for n in range(1, 4)]
    document = read("ที่     ตัวชี้วัด     คะแนน     ปีก่อน", *lines, "4     การใช้อำนาจ     4.50")
    assert len(rows(document)) == 4
    assert paragraphs(document) == ["4     การใช้อำนาจ     4.50"]
