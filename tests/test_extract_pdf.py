"""PDFs through the plain path: places, spans, and a clear reason where nothing can be read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from extract import Document, read_bytes, read_report
from tests.pdf_files import pdf

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
# A key dictionary that no empty password opens.
ENCRYPT = (
    b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"
)


TEXT = b"BT /F 12 Tf 20 150 Td (Report) Tj ET"
PICTURE = b"q 100 0 0 100 20 20 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"


def codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def test_text_of_a_page_has_its_place() -> None:
    document = read_bytes(pdf(TEXT, TEXT), "a.pdf")
    assert (document.status, document.page_count, document.text_source) == ("ok", 2, "text_layer")
    assert [(p.text, p.place.page) for p in document.paragraphs] == [("Report", 1), ("Report", 2)]
    box = document.paragraphs[0].place.box
    assert box is not None
    assert 19 < box.x0 < 21
    assert 35 < box.top < box.bottom < 55


@pytest.mark.parametrize("name", ["than-tua-yang-tm-2567.pdf", "tha-chamlong-sm-2566.pdf"])
def test_cells_of_the_samples_lie_on_their_pages(name: str) -> None:
    document = read_report(RAW / name)
    with pypdfium2.PdfDocument(RAW / name) as reader:
        sizes = [reader[n].get_size() for n in range(len(reader))]
    assert document.page_count == len(sizes)
    assert document.tables
    for part in (p for table in document.tables for cell in table.cells for p in cell.parts):
        assert part.place.page is not None
        assert part.place.box is not None
        width, height = sizes[part.place.page - 1]
        box = part.place.box
        assert -1 <= box.x0 < box.x1 <= width + 1
        assert -1 <= box.top < box.bottom <= height + 1


def test_samples_are_read_from_the_text_layer_without_loss() -> None:
    for path in sorted(RAW.glob("*.pdf")):
        document = read_report(path)
        assert (document.status, document.text_source) == ("ok", "text_layer"), path.name
        assert not [issue for issue in document.issues if issue.severity == "error"], path.name


def test_merged_cells_of_a_ruled_table_are_spans() -> None:
    lines = [(20, 180, 180, 180), (60, 150, 180, 150), (20, 120, 180, 120), (20, 120, 20, 180)]
    lines += [(60, 120, 60, 180), (180, 120, 180, 180), (120, 120, 120, 150)]
    drawn = b"".join(b"%d %d m %d %d l S " % line for line in lines)
    words = [(25, 160, b"tall"), (65, 160, b"wide"), (65, 130, b"left"), (125, 130, b"right")]
    text = b"".join(b"BT /F 10 Tf %d %d Td (%s) Tj ET " % word for word in words)
    (table,) = read_bytes(pdf(drawn + text), "a.pdf").tables
    found = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in table.cells}
    assert found == {
        "tall": (1, 1, 2, 1),
        "wide": (1, 2, 1, 2),
        "left": (2, 2, 1, 1),
        "right": (2, 3, 1, 1),
    }


def test_rules_that_end_in_the_open_beside_a_merged_cell_part_it_from_its_rows() -> None:
    """Where a page cuts a merged cell, a program left out the rule at its side."""
    lines = [(20, 180, 180, 180), (20, 160, 180, 160), (60, 160, 60, 180)]
    lines += [(60, y, 180, y) for y in (140, 120, 100)] + [(x, 100, x, 180) for x in (20, 100, 180)]
    drawn = b"".join(b"%d %d m %d %d l S " % line for line in lines)
    words = [(25, 165, b"tall"), (65, 165, b"no"), (105, 165, b"name")]
    words += [(x, y + 5, b"%d" % (x + y)) for y in (140, 120, 100) for x in (65, 105)]
    text = b"".join(b"BT /F 10 Tf %d %d Td (%s) Tj ET " % word for word in words)
    (table,) = read_bytes(pdf(drawn + text), "a.pdf").tables
    found = [(c.row, c.column, c.row_span, c.text) for c in table.cells if c.row > 1]
    assert [one for one in found if one[1] == 1] == [(2, 1, 3, "")]
    assert [one for one in found if one[1] == 2] == [
        (2, 2, 1, "205"),
        (3, 2, 1, "185"),
        (4, 2, 1, "165"),
    ]


@pytest.mark.parametrize(
    "inner", [[(20, 120, 120), (120, 100, 180)], [(20, 120, 110), (20, 100, 110)]]
)
def test_lines_to_fill_in_part_no_merged_cell(inner: list[tuple[int, int, int]]) -> None:
    """They end on no column, or some begin where others end."""
    lines = [(20, y, 180, y) for y in (180, 160, 140, 80)] + [(x, 80, x, 180) for x in (20, 180)]
    lines += [(x, 140, x, 180) for x in (60, 120)] + [(x0, y, x1, y) for x0, y, x1 in inner]
    drawn = b"".join(b"%d %d m %d %d l S " % line for line in lines)
    words = [(x + 5, y, b"%d" % (x + y)) for x in (20, 60, 120) for y in (145, 165)]
    words += [(25, 125, b"note: this is a long remark of it")]
    text = b"".join(b"BT /F 10 Tf %d %d Td (%s) Tj ET " % word for word in words)
    (table,) = read_bytes(pdf(drawn + text), "a.pdf").tables
    (note,) = [cell for cell in table.cells if cell.text.startswith("note")]
    assert (note.text, note.column_span) == ("note: this is a long remark of it", 3)


def test_pdf_of_pictures_fails_and_says_how_they_are_read() -> None:
    document = read_bytes(pdf(PICTURE), "a.pdf", ocr="off")
    assert (document.status, codes(document)) == ("failed", ["pages_unread", "no_text_layer"])
    assert "--ocr auto" in document.error
    assert document.page_count == 1


def test_one_picture_among_pages_of_text_makes_the_document_partial() -> None:
    document = read_bytes(pdf(TEXT, PICTURE), "a.pdf", ocr="off")
    assert (document.status, codes(document)) == ("partial", ["pages_unread"])
    assert document.issues[0].page == 2


def test_picture_without_text_is_a_blank_page() -> None:
    document = read_bytes(pdf(TEXT, PICTURE), "a.pdf")
    assert (document.status, codes(document)) == ("ok", ["pages_blank"])


def test_pdf_without_text_fails() -> None:
    document = read_bytes(pdf(b""), "a.pdf")
    assert (document.status, codes(document)) == ("failed", ["pages_blank", "no_text"])


def test_pdf_with_a_password_fails_and_says_so() -> None:
    document = read_bytes(pdf(TEXT, trailer=b"/ID[<00><00>]/Encrypt " + ENCRYPT), "a.pdf")
    assert (document.status, codes(document)) == ("failed", ["pdf_unreadable"])
    assert "password" in document.error


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + b"x" * 5000, pdf(TEXT)[:60]])
def test_damaged_pdf_fails_and_says_so(data: bytes) -> None:
    document = read_bytes(data, "a.pdf")
    assert (document.status, codes(document)) == ("failed", ["pdf_unreadable"])
    assert "PDF" in document.error


def test_empty_new_pdf_fails() -> None:
    made = pypdfium2.PdfDocument.new()
    made.new_page(100, 100)
    out = BytesIO()
    made.save(out)
    assert read_bytes(out.getvalue(), "a.pdf").status == "failed"


def test_failing_page_is_an_issue_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.pdf import reader

    real = reader.page_blocks

    def fail(page: object, number: int, known: object) -> object:
        if number == 1:
            raise RecursionError("deep")
        return real(page, number, known)

    monkeypatch.setattr(reader, "page_blocks", fail)
    document = read_bytes(pdf(TEXT, TEXT), "a.pdf")
    assert (document.status, codes(document)) == ("partial", ["page_failed"])
    assert [paragraph.place.page for paragraph in document.paragraphs] == [2]


def test_cut_off_pdf_says_that_it_may_lack_pages() -> None:
    whole = pdf(TEXT)
    document = read_bytes(whole[: whole.rindex(b"startxref")], "a.pdf")
    assert (document.status, codes(document)) == ("partial", ["pdf_cut_off"])
    assert [paragraph.text for paragraph in document.paragraphs] == ["Report"]
