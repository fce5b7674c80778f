"""PDFs of a few kilobytes that unpack to gigabytes, or that say a little very often."""

from __future__ import annotations

import zlib

from benchmarks.hostile.file_kind import Maker, times
from benchmarks.hostile.pdf_file import (
    FREE,
    circle,
    deflated,
    one_page,
    pdf,
    repeated,
    stream,
    text,
)

MEGABYTE = 1 << 20
FLATE = b"/Filter/FlateDecode"


def deflate_bomb(scale: float) -> bytes:
    """A content stream of 2 GB of spaces."""
    return one_page(stream(repeated(b" " * MEGABYTE, times(2048, scale)), FLATE))


def double_deflate_bomb(scale: float) -> bytes:
    """The same, packed twice, in 16 kB."""
    packed = zlib.compress(repeated(b" " * MEGABYTE, times(2048, scale)), 9)
    return one_page(stream(packed, b"/Filter[/FlateDecode/FlateDecode]"))


def filter_chain(scale: float) -> bytes:
    """A content stream behind ten thousand filters."""
    chain = b"/ASCIIHexDecode" * times(10_000, scale)
    return one_page(stream(b"20" * 1000 + b">", b"/Filter[" + chain + b"]"))


def run_length_bomb(scale: float) -> bytes:
    """A content stream of run lengths inside deflate: 128 spaces for each two bytes of 64 MB."""
    packed = repeated(b"\x81 " * (MEGABYTE // 2), times(64, scale))
    return one_page(stream(packed, b"/Filter[/FlateDecode/RunLengthDecode]"))


def operators(scale: float) -> bytes:
    """A million operators that draw nothing."""
    return one_page(deflated(text() + b"q Q\n" * times(500_000, scale)))


def unclosed_states(scale: float) -> bytes:
    """A million states that are kept and never given back."""
    return one_page(deflated(b"q\n" * times(1_000_000, scale) + text()))


def unclosed_marks(scale: float) -> bytes:
    """A million marks that are opened and never closed."""
    return one_page(deflated(b"/P<</MCID 0>>BDC\n" * times(1_000_000, scale) + text()))


def marked_texts(scale: float) -> bytes:
    """Twenty thousand characters inside of as many marks, each of which is opened in the last."""
    one = b"/Span<</ActualText(word)>>BDC BT/F 9 Tf 9 9 Td(a)Tj ET\n"
    return one_page(deflated(one * times(20_000, scale)))


def long_actual_text(scale: float) -> bytes:
    """A replacement text of 100 MB for one character."""
    spoken = b"/Span<</ActualText(" + b"a" * times(100_000_000, scale) + b")>>BDC "
    return one_page(deflated(spoken + text(b"x") + b"EMC"))


def one_path(scale: float) -> bytes:
    """A path of a million segments."""
    return one_page(deflated(b"0 0 m " + b"9 9 l 5 5 l\n" * times(500_000, scale) + b"S " + text()))


def many_paths(scale: float) -> bytes:
    """A million lines, each of which crosses the page."""
    lines = (b"0 %d m 595 %d l S\n" % (n % 842, n % 842) for n in range(times(1_000_000, scale)))
    return one_page(deflated(b"".join(lines) + text()))


def exponential_forms(scale: float) -> bytes:
    """Forty forms, each of which draws the next one twice."""
    depth = times(40, scale, 6)
    forms = {
        FREE + n: stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (FREE + n + 1),
        )
        for n in range(depth)
    }
    forms[FREE + depth] = stream(text(), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(b"/X Do", resources=b"/XObject<</X %d 0 R>>" % FREE, more=forms)


def form_in_itself(scale: float) -> bytes:
    """A form that draws itself."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    draws = b"/X Do " * times(10, scale)
    return one_page(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more={6: stream(draws, form)})


def large_form_often(scale: float) -> bytes:
    """A form of ten thousand words that the page draws ten thousand times."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</Font<</F 5 0 R>>>>"
    count = times(10_000, scale)
    more = {6: deflated(text(b"word", b"9 9") * count, form)}
    return one_page(b"/X Do " * count, resources=b"/XObject<</X 6 0 R>>", more=more)


def parentheses(scale: float) -> bytes:
    """A text of a million brackets inside of one another."""
    count = times(1_000_000, scale)
    return one_page(deflated(b"BT/F 12 Tf(" + b"(" * count + b")" * count + b")Tj ET"))


def arrays_in_content(scale: float) -> bytes:
    """A million arrays inside of one another, in the content of a page."""
    return one_page(deflated(b"[" * times(1_000_000, scale) + text()))


def arrays_in_page(scale: float) -> bytes:
    """A hundred thousand arrays inside of one another, in the page itself."""
    count = times(100_000, scale)
    page = b"/MediaBox[0 0 595 842]/Odd " + b"[" * count + b"]" * count
    return one_page(text(), page=page)


def dictionaries_in_page(scale: float) -> bytes:
    """A hundred thousand dictionaries inside of one another."""
    count = times(100_000, scale)
    page = b"/MediaBox[0 0 595 842]/Odd " + b"<</A" * count + b" 1 " + b">>" * count
    return one_page(text(), page=page)


def object_stream_bomb(scale: float) -> bytes:
    """A stream of objects that unpacks to 1 GB and says that it holds two milliard objects."""
    packed = repeated(b"1 0 " * (MEGABYTE // 4), times(1024, scale))
    entries = b"/Type/ObjStm/N 2000000000/First 1000000000" + FLATE
    table = b"".join(
        b"\1" + n.to_bytes(3, "big") + b"\0" if n else bytes(5) for n in range(0, 60, 9)
    )
    pages = b"\2" + (5).to_bytes(3, "big") + b"\0"
    body = b"%PDF-1.7\n5 0 obj" + stream(packed, entries) + b"\nendobj\n"
    at = len(body)
    index = stream(table + pages * 4, b"/Type/XRef/Size 12/W[1 3 1]/Root 1 0 R/Index[0 11]")
    return body + b"6 0 obj" + index + b"\nendobj\nstartxref\n%d\n%%%%EOF" % at


def object_stream_in_itself(scale: float) -> bytes:
    """Object streams that extend one another in a circle, and hold their own dictionaries."""
    count = times(1000, scale)
    objects = {
        n: stream(
            b"1 0 <</Type/Catalog/Pages 2 0 R>>",
            b"/Type/ObjStm/N 1/First 4/Extends %d 0 R" % following,
        )
        for n, following in circle(count)
    }
    return one_page(text(), more=objects)


def cross_reference_bomb(scale: float) -> bytes:
    """A cross-reference stream that unpacks to 1 GB of entries."""
    packed = repeated(bytes(MEGABYTE), times(1024, scale))
    entries = b"/Type/XRef/Size 200000000/W[1 3 1]/Root 1 0 R" + FLATE
    body = pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[]>>"})
    index = b"9 0 obj" + stream(packed, entries) + b"\nendobj\n"
    return body + b"\n" + index + b"startxref\n%d\n%%%%EOF" % (len(body) + 1)


def predictor_bomb(scale: float) -> bytes:
    """A content stream whose predictor has rows of two milliard columns."""
    wide = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 32/Columns 2000000000>>"
    return one_page(stream(repeated(bytes(MEGABYTE), times(64, scale)), wide))


FILES: dict[str, Maker] = {
    "deflate-bomb.pdf": deflate_bomb,
    "deflate-bomb-double.pdf": double_deflate_bomb,
    "filter-chain.pdf": filter_chain,
    "run-length-bomb.pdf": run_length_bomb,
    "operators.pdf": operators,
    "unclosed-states.pdf": unclosed_states,
    "unclosed-marks.pdf": unclosed_marks,
    "marked-texts.pdf": marked_texts,
    "long-actual-text.pdf": long_actual_text,
    "one-path.pdf": one_path,
    "many-paths.pdf": many_paths,
    "exponential-forms.pdf": exponential_forms,
    "form-in-itself.pdf": form_in_itself,
    "large-form-often.pdf": large_form_often,
    "parentheses.pdf": parentheses,
    "arrays-in-content.pdf": arrays_in_content,
    "arrays-in-page.pdf": arrays_in_page,
    "dictionaries-in-page.pdf": dictionaries_in_page,
    "object-stream-bomb.pdf": object_stream_bomb,
    "object-stream-in-itself.pdf": object_stream_in_itself,
    "cross-reference-bomb.pdf": cross_reference_bomb,
    "predictor-bomb.pdf": predictor_bomb,
}
