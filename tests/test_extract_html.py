"""HTML reports: tables with spans, layout, lists, check boxes, and broken markup."""

from __future__ import annotations

import pytest

from extract import Document, Table, read_bytes

HEAD = "<tr><th>ข้อ</th><th>ข้อมูล</th><th>สถานะ</th></tr>"


def read(html: str, name: str = "report.html") -> Document:
    return read_bytes(html.encode(), name)


def rows(table: Table) -> list[list[str]]:
    """The texts of a table's rows, a spanning cell in each place that it covers."""
    return [
        [cell.text if (cell := table.at(row, column)) else "" for column in columns(table)]
        for row in range(1, table.row_count + 1)
    ]


def columns(table: Table) -> range:
    return range(1, len(table.columns) + 1)


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def status(html: str) -> str:
    """The text of a status cell with this content."""
    (table,) = read(f"<table>{HEAD}<tr><td>๑</td><td>ก</td><td>{html}</td></tr></table>").tables
    return rows(table)[1][2]


def test_two_level_header_with_spans() -> None:
    (table,) = read(
        "<table><tr><th rowspan=2>ข้อ</th><th rowspan=2>ข้อมูล</th><th colspan=2>ผลการดำเนินการ</th>"
        "</tr><tr><th>มี</th><th>ไม่มี</th></tr><tr><td>๑</td><td>ก</td><td>✓</td><td></td></tr></table>"
    ).tables
    assert table.header_rows == 2
    assert [column.role for column in table.columns] == ["item_no", "item", "done", "not_done"]
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells[:5]] == [
        (1, 1, 2, 1),
        (1, 2, 2, 1),
        (1, 3, 1, 2),
        (2, 3, 1, 1),
        (2, 4, 1, 1),
    ]


def test_merged_first_column_covers_its_rows() -> None:
    (table,) = read(
        f"<table>{HEAD}<tr><td rowspan=2>๑</td><td>ก</td><td>มี</td></tr>"
        "<tr><td>ข</td><td>ไม่มี</td></tr></table>"
    ).tables
    assert rows(table)[1:] == [["๑", "ก", "มี"], ["๑", "ข", "ไม่มี"]]


def test_span_does_not_reach_beyond_the_rows_that_are_left() -> None:
    (table,) = read(
        f"<table>{HEAD}<tr><td rowspan=0>๑</td><td>ก</td><td>มี</td></tr>"
        "<tr><td></td><td></td></tr></table>"
    ).tables
    assert table.row_count == 3
    (table,) = read("<table><tr><td rowspan=9>ข้อ</td><td colspan=9>สถานะ</td></tr></table>").tables
    assert [(cell.row_span, cell.column_span) for cell in table.cells] == [(1, 1), (1, 1)]


def test_column_span_wider_than_the_table() -> None:
    (table,) = read(
        f"<table>{HEAD}<tr><td colspan=50>ตัวชี้วัดย่อยที่ 9.1</td></tr>"
        "<tr><td>๑</td><td>ก</td><td>มี</td></tr></table>"
    ).tables
    assert len(table.columns) == 3
    assert table.cells[3].column_span == 3


def test_title_row_above_the_header_is_a_paragraph() -> None:
    for tag in ("td", "th"):
        document = read(
            f"<table><tr><{tag} colspan=3>ตัวชี้วัดย่อยที่ 9.1</{tag}></tr>{HEAD}"
            "<tr><td>๑</td><td>ก</td><td>มี</td></tr></table>"
        )
        assert paragraphs(document) == ["ตัวชี้วัดย่อยที่ 9.1"]
        assert document.tables[0].columns[0].header == "ข้อ"
        assert document.issues == ()


def test_row_headers_are_data() -> None:
    (table,) = read(f"<table>{HEAD}<tr><th>๑</th><td>ก</td><td>มี</td></tr></table>").tables
    assert table.header_rows == 1


def test_table_written_with_header_cells_only_keeps_its_rows() -> None:
    (table,) = read("<table><tr><th>สี<th>ขนาด<tr><th>แดง<th>ใหญ่<tr><th>ดำ<th>เล็ก</table>").tables
    assert (table.row_count, table.header_rows) == (3, 1)


def test_foot_of_a_table_stands_last() -> None:
    (table,) = read(
        "<table><thead><tr><td>ข้อ<td>คะแนน</thead><tfoot><tr><td>รวม<td>๙๐</tfoot>"
        "<tbody><tr><td>๑<td>๙๐</tbody></table>"
    ).tables
    assert [row[0] for row in rows(table)] == ["ข้อ", "๑", "รวม"]


def test_layout_table_is_read_as_blocks() -> None:
    document = read(
        "<table><tr><td>เมนู</td><td><p>เนื้อหา</p><table><tr><td>ข้อ<td>สถานะ<tr><td>๑<td>มี</table>"
        "</td></tr></table>"
    )
    assert paragraphs(document) == ["เมนู", "เนื้อหา"]
    assert [rows(table) for table in document.tables] == [[["ข้อ", "สถานะ"], ["๑", "มี"]]]


def test_table_inside_a_data_cell_does_not_break_up_the_table() -> None:
    (table,) = read(
        f"<table>{HEAD}<tr><td>๑</td><td>ก<table><tr><td>ใน</td></tr></table></td><td>มี</td></tr></table>"
    ).tables
    assert rows(table)[1] == ["๑", "ก\nใน", "มี"]


def test_text_in_a_table_but_in_no_cell_is_kept() -> None:
    document = read("<table>ก่อน<tr><td>ข้อ</td>ลอย<td>สถานะ</td></tr><p>ท้าย</p></table>หลัง")
    assert paragraphs(document) == ["ก่อน", "ลอย", "ท้าย", "หลัง"]
    assert rows(document.tables[0]) == [["ข้อ", "สถานะ"]]


def test_missing_close_tags_and_upper_case() -> None:
    document = read("<TABLE><TR><TD>ข้อ<TD>สถานะ<TR><TD>๑<TD>มี<P>ต่อ</TABLE><P>ก<P>ข")
    assert rows(document.tables[0]) == [["ข้อ", "สถานะ"], ["๑", "มี\nต่อ"]]
    assert paragraphs(document) == ["ก", "ข"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<input type=checkbox checked> มี", "☑ มี"),
        ("<input type='CHECKBOX' checked=''>มี", "☑ มี"),
        ("<input type=checkbox checked='checked'/>มี<input type=checkbox>ไม่มี", "☑ มี ☐ ไม่มี"),
        ("<input type=radio checked='true'>มี", "☑ มี"),
        ("&#9745; มี &#x2610; ไม่มี", "☑ มี ☐ ไม่มี"),
        ("<ul><li><input type=checkbox checked>มี</li></ul>", "☑ มี"),
        ("<input type=hidden value=x><input value='กรอก'>", "กรอก"),
        ("<img src=tick.png alt='✓'>", "✓"),
        ("มี<img src=tick.png alt='✓'>", "มี"),
        ("<ol start=3><li>ก<li value=9>ข<li>๑) ค</ol>", "3. ก\n9. ข\n๑) ค"),
        ("<ul><li>ก<ul><li>ข</ul></ul>", "- ก\n- ข"),
        ("<ol><li><p>ก</p><p>ข</p><li><p>ค</p></ol>", "1. ก\nข\n2. ค"),
        ("ก<span style='display : none'>ซ่อน</span><i hidden>x</i><script>y</script>", "ก"),
        ("Q&amp;A &lt;ชื่อ&gt;<!-- ลบ -->", "Q&A <ชื่อ>"),
        ("<p>ก<o:p>&nbsp;</o:p></p><![if !supportEmptyParas]><p>ข</p><![endif]>", "ก\nข"),
        ("\n  ก\n  ข<br/>ค\n", "ก ข\nค"),
        ("95.50<sup>1</sup> ผ่าน<sup>1</sup>", "95.50\u00b9 ผ่าน1"),
        ("<b>๘๗.๖๕</b><sup><a href=#n>๑,๒</a></sup>", "๘๗.๖๕\u00b9 \u00b2"),
        ("25<sup>67</sup>", "25\u2076\u2077"),
        ("95.50<sup>1*</sup>", "95.50\u00b9*"),
        ("95.50&#8203;<span style='vertical-align:super'>1</span>", "95.50\u00b9"),
        ("95<sup>.50</sup>", "95.50"),
        ("ITA 25<sup>670</sup>", "ITA 25670"),
    ],
)
def test_cell_text(html: str, text: str) -> None:
    assert status(html) == text


def test_hidden_row_is_dropped_and_hidden_cell_keeps_its_column() -> None:
    (table,) = read(
        f"<table>{HEAD}<tr style='display:none'><td>๑<td>ก<td>มี</tr>"
        "<tr><td>๒<td hidden>ก<td>มี</tr></table>"
    ).tables
    assert rows(table)[1:] == [["๒", "", "มี"]]


def test_lists_outside_tables_keep_their_marks() -> None:
    document = read("<ol><li>ก<p>ย่อ</p></li><li><p>ข</p></li></ol><ul><li>ค</li></ul><p>ง</p>")
    assert paragraphs(document) == ["1. ก", "ย่อ", "2. ข", "- ค", "ง"]


def test_text_around_blocks_is_kept_and_source_lines_are_no_breaks() -> None:
    document = read("<div>ก\nก<b>ข</b><p>ค</p>ง<br>จ</div>")
    assert paragraphs(document) == ["ก กข", "ค", "ง", "จ"]


def test_note_on_a_number_beside_a_block() -> None:
    document = read("<div>ได้ <b>91.25</b><sup>2</sup> คะแนน<p>ข</p></div>")
    assert paragraphs(document) == ["ได้ 91.25\u00b2 คะแนน", "ข"]


def test_headings() -> None:
    document = read("<h2>ก</h2><p>ข</p>")
    assert [paragraph.is_heading for paragraph in document.paragraphs] == [True, False]


def test_preformatted_text_is_read_as_text() -> None:
    document = read("<p>หัว</p>\n<pre>ข้อ\tข้อมูล\tสถานะ\n๑\tก\tมี</pre>")
    assert rows(document.tables[0]) == [["ข้อ", "ข้อมูล", "สถานะ"], ["๑", "ก", "มี"]]
    assert [cell.place.line for cell in document.tables[0].cells] == [2, 2, 2, 3, 3, 3]


def test_same_header_in_the_next_table_is_folded() -> None:
    body = "<tr><td>{}</td><td>ก</td><td>มี</td></tr>"
    tables = "".join(f"<table>{HEAD}{body.format(n)}</table>\n" for n in "๑๒")
    (table,) = read(tables).tables
    assert [row[0] for row in rows(table)] == ["ข้อ", "๑", "๒"]


def test_caption_is_a_paragraph() -> None:
    assert paragraphs(read("<table><caption>ตารางที่ ๑</caption><tr><td>ข้อ<td>สถานะ</table>")) == [
        "ตารางที่ ๑"
    ]


def test_cells_name_their_lines_even_far_down() -> None:
    many = "<tr><td>๑</td><td>ก</td><td>มี</td></tr>\n" * 3
    (table,) = read(f"<table>\n{HEAD}\n" + "\n" * 70_000 + many + "</table>").tables
    assert [cell.place.line for cell in table.cells if cell.column == 1] == [2, 70003, 70004, 70005]


def test_line_of_text_below_a_block() -> None:
    document = read("<div>ก\n<p>ข\nข</p>\n\nค</div>")
    assert [paragraph.place.line for paragraph in document.paragraphs] == [1, 2, 5]


def test_raw_text_of_a_cell_has_its_markup() -> None:
    (table,) = read(f"<table>{HEAD}<tr><td>๑<td>A&amp;B<br><b>ก</b><td></table>").tables
    assert table.cells[4].raw_text == "A&amp;B<br><b>ก</b>"


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>\n<html><body>",
        "\ufeff<HTML><BODY>",
        '<?xml version="1.0" encoding="windows-874"?>\n<!DOCTYPE html><html><body>',
        "<!-- saved from url=(0014)about:internet -->\n<html><body>",
    ],
)
@pytest.mark.parametrize("name", ["report.html", "report.txt"])
def test_whole_html_file_is_html_whatever_its_name(start: str, name: str) -> None:
    document = read(start + "<p>ก</p></body></html>", name)
    assert document.media_type == "text/html"
    assert paragraphs(document) == ["ก"]


def test_text_without_markup_named_html_is_text() -> None:
    document = read("ข้อ\tข้อมูล\tสถานะ\n๑\tก\tมี")
    assert document.media_type == "text/plain"
    assert rows(document.tables[0])[1] == ["๑", "ก", "มี"]


def test_word_html() -> None:
    document = read(
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>t</title>'
        "<!--[if gte mso 9]><xml><o:p>X</o:p></xml><![endif]--><style>p{}</style></head><body>"
        "<p class=MsoNormal><b>หัว</b><o:p></o:p></p><table><tr><td><p class=MsoNormal>ข้อ<o:p></o:p>"
        "</p></td><td><p>สถานะ</p></td></tr></table></body></html>"
    )
    assert paragraphs(document) == ["หัว"]
    assert rows(document.tables[0]) == [["ข้อ", "สถานะ"]]
