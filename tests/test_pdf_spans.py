"""Text that a PDF says instead of what it draws: where it stands, and what parts its words."""

from __future__ import annotations

from test_pdf_fonts import page_of
from test_pdf_pages import read, words

from extract.pdf.glyphs import text_sheet
from tests.pdf_files import pdf

# A font that has one letter, and gives those that it lacks the width of a wide one.
SUBSET = b"""/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/FirstChar 105/LastChar 105
/Widths[222]/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica/Flags 32/MissingWidth 1050>>
>>>>"""


def said(text: str, x: float, drawn: str) -> bytes:
    """Draw letters at a place, for which ActualText says a text."""
    written = text.encode("utf-16-be").hex().encode()
    show = b"BT /F 10 Tf %g 150 Td (%s) Tj ET" % (x, drawn.encode())
    return b"/Span <</ActualText <FEFF%s>>> BDC %s EMC " % (written, show)


def test_text_of_a_span_reaches_no_further_than_the_next_text_begins() -> None:
    """Else the next one would step back, and begin a text of its own."""
    drawn = b"".join(said("กิ", 20 + 2.5 * n, "i") for n in range(8))
    with page_of(pdf(drawn, resources=SUBSET)) as page:
        (run,) = text_sheet(page).glyphs.runs()
    assert run.text == 8 * "กิ"


def test_narrow_space_in_the_text_of_a_span_parts_no_words() -> None:
    drawn = said("กา\u200b", 20, "xx") + words((30, 150, "xx"), size=10)
    (paragraph,) = read(drawn).paragraphs
    assert paragraph.text.replace("\u200b", "") == "กาxx"
