"""Odd and hostile files: a verdict and a reason, in time, and never an exception."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Document, read_bytes, read_report

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
NAMES = ["a.txt", "a.md", "a.html", "a.pdf", "a"]
HEAD = "ข้อ\tข้อมูล\tสถานะ\n"


def check(data: bytes, name: str) -> Document:
    """Read; whatever comes out can be written, says its verdict, and is the same again."""
    document = read_bytes(data, name)
    written = document.to_json()
    written.encode("utf-8")
    assert Document.from_json(written) == document
    assert read_bytes(data, name) == document
    assert (document.status == "failed") == bool(document.error)
    for table in document.tables:
        assert {cell.row for cell in table.cells} <= set(range(1, table.row_count + 1))
        for cell in table.cells:
            assert cell.row + cell.row_span - 1 <= table.row_count
            assert cell.column + cell.column_span - 1 <= len(table.columns)
    return document


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\f\f"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_the_file(data: bytes, name: str) -> None:
    document = check(data, name)
    assert document.status == "failed"
    assert document.blocks == ()


@pytest.mark.parametrize("data", [b"<html><body></body></html>", b"<!-- x -->", b"<p> </p>"])
def test_html_without_text(data: bytes) -> None:
    assert check(data, "a.html").issues[0].code == "no_text"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"PK\x03\x04" + b"x" * 99, "application/zip"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "application/msword"),
        (b"{\\rtf1 x}", "application/rtf"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_other_kinds_of_file(data: bytes, media_type: str, name: str) -> None:
    document = check(data, name)
    assert (document.status, document.media_type) == ("failed", media_type)
    assert document.issues[0].code == "not_a_report"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00"])
def test_damaged_picture_fails_and_says_what_to_do(head: bytes, name: str) -> None:
    document = check(head + b"x" * 99, name)
    assert (document.status, document.issues[0].code) == ("failed", "picture_unreadable")
    assert "once more" in document.error


def test_pdf_named_text_is_read_as_pdf() -> None:
    data = (RAW / "than-tua-yang-tm-2567.pdf").read_bytes()
    document = read_bytes(data, "a.txt")
    assert (document.media_type, document.status) == ("application/pdf", "ok")


def test_text_named_pdf_is_read_as_text() -> None:
    document = check((HEAD + "๑\tก\tมี").encode(), "a.pdf")
    assert (document.media_type, document.status) == ("text/plain", "ok")


def test_binary_named_pdf_fails_as_pdf() -> None:
    document = check(bytes(range(256)) * 4, "a.pdf")
    assert (document.media_type, document.issues[0].code) == ("application/pdf", "pdf_unreadable")


def test_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        read_report(tmp_path / "none.txt")


@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_arbitrary_bytes(data: bytes, name: str) -> None:
    check(data, name)


WORDS = [
    "\t",
    "\n",
    "\r",
    "\f",
    " ",
    "|",
    "---",
    "ข้อ",
    "ข้อมูล",
    "สถานะ",
    "มี",
    "ไม่มี",
    "๑",
    "กา",
    "...",
]
WORDS += [
    "**",
    "# ",
    "ลงชื่อ",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th rowspan=2>",
    "<b>",
    "&amp;",
]
WORDS += [
    "<td colspan=0>",
    "<td rowspan=99999 colspan=99999>",
    "<caption>",
    "<tfoot>",
    "<svg>",
    "<ol start=999999999999><li value=x>",
    "&#x110000;",
    "&#0;",
    "\u202e",
    "\u200d",
    "\x1b[2J",
    "<ul><li>",
    "<pre>",
    "<!--",
    "-->",
    "<input type=checkbox>",
    "\0",
    "\ufffd",
    "<",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join), st.sampled_from(NAMES[:3]))
def test_arbitrary_markup(text: str, name: str) -> None:
    check(text.encode(), name)


@pytest.mark.parametrize("path", sorted(RAW.glob("*-25[0-9][0-9].*")), ids=lambda path: path.name)
def test_damaged_sample(path: Path) -> None:
    chance = random.Random(path.name)  # noqa: S311 - the same damage in each run
    original = path.read_bytes()
    for _ in range(1 if path.suffix == ".pdf" else 4):
        data = bytearray(original)
        for _ in range(chance.choice((1, 20, 300))):
            start = chance.randrange(len(data))
            data[start : start + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
        document = read_bytes(bytes(data[: chance.randrange(1, len(data) + 1)]), path.name)
        assert (document.status == "failed") == bool(document.error)


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><tr><td", "table", "pre"])
def test_deep_html_costs_no_recursion(tag: str) -> None:
    document = check((f"<{tag}>" * 600 + "ก").encode(), "a.html")
    assert document.status == "ok"
    document = check(("<p>ต้น</p>" + f"<{tag}>" * 10_000 + "ก").encode(), "a.html")
    assert document.status == "partial"
    assert [issue.code for issue in document.issues] == ["html_cut"]


def test_deep_html_in_a_cell() -> None:
    document = check((HEAD + "๑\t" + "<b>" * 10_000 + "ก\tมี").encode(), "a.txt")
    assert document.tables[0].cells[4].text == "ก"


def test_spans_without_end_are_left_out_and_told() -> None:
    row = "<tr>" + "<td rowspan=1000 colspan=1000>ก</td>" * 40 + "</tr>"
    document = check(
        ("<table>" + row + "<tr><td>ข</td></tr>" * 3000 + "</table>").encode(), "a.html"
    )
    assert "spans_ignored" in [issue.code for issue in document.issues]
    assert len(document.tables[0].columns) == 40


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "".join(f"{n}\tรายการที่ {n}\tมี\n" for n in range(5_000)),
        HEAD + "๑\tก\tมี\n" + "\t\tต่อ\n" * 5_000,
        HEAD + "๑\tก\tมี\n" + "\tต่อ\tมี\n\n" * 5_000,
        (HEAD + "๑\tก\tมี\n") * 3_000,
        "ก\t" * 20_000,
        "|" * 50_000,
        "<table>\n" * 5_000,
        "<!--" * 50_000 + "\t<p>",
        "**ก\n" * 5_000,
        "&" * 100_000,
        "ก ข " * 250_000,
    ],
    ids=[
        "rows",
        "continued",
        "gaps",
        "headers",
        "cells",
        "pipes",
        "open",
        "comments",
        "bold",
        "amp",
        "line",
    ],
)
def test_time_grows_with_size_only(text: str) -> None:
    start = time.process_time()
    document = read_bytes(text.encode(), "a.txt")
    assert time.process_time() - start < 5
    assert document.status in ("ok", "failed")


def test_one_long_line_of_html() -> None:
    html = "<p>" + "a " * 5_500_000 + "</p><p>ท้าย</p>"
    document = read_bytes(html.encode(), "a.html")
    assert document.status == "ok"
    assert document.paragraphs[-1].text == "ท้าย"


def test_many_comments_before_text_take_no_time() -> None:
    start = time.monotonic()
    document = read_bytes(b"<!--a-->" * 20_000 + b"x", "a.txt")
    assert document.media_type == "text/plain"
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "|" + "ก|" * 4000 + "\n|" + "--|" * 4000 + "\n" + "|" + "ข|" * 3999 + "ท้าย|"),
        ("a.html", "<table><tr>" + "<td>ก" * 4000 + "<tr>" + "<td>ข" * 3999 + "<td>ท้าย</table>"),
        ("a.html", "<table><tr>" + "<td rowspan=9>ก" * 4000 + "<tr><td>ท้าย</table>"),
        (
            "a.html",
            "<table><tr>"
            + "<td rowspan=1000 colspan=100>ก" * 20_000
            + "<tr><td>ท้าย" * 20_000
            + "</table>",
        ),
    ],
)
def test_a_table_too_wide_keeps_all_in_its_last_column(name: str, text: str) -> None:
    start = time.monotonic()
    document = read_bytes(text.encode(), name)
    (table,) = document.tables
    assert len(table.columns) <= 200
    assert "columns_joined" in [issue.code for issue in document.issues]
    assert sum(cell.text.count("ก") for cell in table.cells) == text.count("ก")
    assert sum(cell.text.count("ท้าย") for cell in table.cells) == text.count("ท้าย")
    assert time.monotonic() - start < 30
