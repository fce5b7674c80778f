"""PDFs whose pages, tables of contents or cross-references lie, lead nowhere or go in circles."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from benchmarks.hostile.file_kind import Maker, times
from benchmarks.hostile.pdf_file import FONT, one_page, pdf, stream, text

BOX = b"/MediaBox[0 0 595 842]"


def page_tree_circle(scale: float) -> bytes:
    """Pages whose kids are their own parents."""
    kids = b"2 0 R " * times(100, scale)
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1000/Parent 3 0 R/Kids[3 0 R %s]>>" % kids,
            3: b"<</Type/Pages/Count 1000/Parent 2 0 R/Kids[2 0 R 3 0 R]>>",
        }
    )


def page_tree_depth(scale: float) -> bytes:
    """A page below fifty thousand nodes."""
    depth = times(50_000, scale)
    nodes = {
        n: b"<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>" % (n - 1, n + 1)
        for n in range(3, depth + 3)
    }
    page = b"<</Type/Page/Parent %d 0 R%s/Contents %d 0 R>>" % (depth + 2, BOX, depth + 4)
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            **nodes,
            depth + 3: page,
            depth + 4: stream(text()),
        }
    )


def parents_in_circle(scale: float) -> bytes:
    """A page that has what it needs from parents, who are each other's parents."""
    kids = b"4 0 R " * times(10, scale)
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 10/Parent 3 0 R/Kids[%s]>>" % kids,
            3: b"<</Type/Pages/Count 10/Parent 2 0 R/Kids[2 0 R]>>",
            4: b"<</Type/Page/Parent 3 0 R/Contents 5 0 R>>",
            5: stream(text()),
        }
    )


def many_pages(scale: float) -> bytes:
    """A hundred thousand pages."""
    count = times(100_000, scale)
    kids = b" ".join(b"%d 0 R" % n for n in range(5, count + 5))
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>" % BOX
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            3: stream(text()),
            4: FONT,
            **dict.fromkeys(range(5, count + 5), page),
        }
    )


def one_page_often(scale: float) -> bytes:
    """One page that stands in the file a hundred thousand times."""
    count = times(100_000, scale)
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b"3 0 R " * count),
            3: b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % BOX,
            4: stream(text()),
            5: FONT,
        }
    )


def page_count_lies(_: float) -> bytes:
    """A file of one page that says it has two milliards."""
    return one_page(text()).replace(b"/Count 1/", b"/Count 2147483647/")


def page_count_negative(_: float) -> bytes:
    """A file of one page that says it has less than none."""
    return one_page(text()).replace(b"/Count 1/", b"/Count -2147483648/")


def _linked(count: int, entries: bytes) -> dict[int, bytes]:
    return {
        n: b"<</Title(T)/Parent 6 0 R" + entries.replace(b"NEXT", b"%d 0 R" % (n + 1)) + b">>"
        for n in range(7, 7 + count)
    }


def outlines_in_circle(scale: float) -> bytes:
    """Tables of contents, names and threads that lead back to themselves."""
    entries = _linked(times(10_000, scale), b"/First NEXT/Next 7 0 R/Prev NEXT")
    more = {6: b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count -2147483648>>", **entries}
    catalogue = b"/Outlines 6 0 R/Names<</Dests 6 0 R>>/Threads[6 0 R]/StructTreeRoot 6 0 R"
    return one_page(text(), catalogue=catalogue, more=more)


def resources_in_circle(_: float) -> bytes:
    """Resources, lengths, filters and boxes that refer to themselves and one another."""
    more = {
        6: b"6 0 R",
        7: b"8 0 R",
        8: b"7 0 R",
        9: b"<</Font 9 0 R/XObject 9 0 R/F 9 0 R/Parent 9 0 R>>",
    }
    page = b"/MediaBox 6 0 R/CropBox 7 0 R/Rotate 8 0 R/Annots 9 0 R"
    whole = one_page(text(), page=page, more=more)
    return whole.replace(b"/Length 4", b"/Length 6 0 R %4").replace(b"/Resources<<", b"/R2<<", 1)


def no_cross_reference(_: float) -> bytes:
    """A file whose cross-reference table is noise."""
    whole = one_page(text())
    start = whole.index(b"xref")
    return whole[:start] + b"xref\n9999999999 9999999999\n" + bytes(range(256)) + b"\n%%EOF"


def cross_references_in_circle(_: float) -> bytes:
    """A cross-reference table that names itself as the one before."""
    whole = one_page(text())
    start = whole.index(b"xref\n0")
    return whole.replace(b"/Size", b"/Prev %d/XRefStm %d/Size" % (start, start))


def many_updates(scale: float) -> bytes:
    """A file that was saved twenty thousand times, each time at its end."""
    whole = [one_page(text())]
    before = whole[0].index(b"xref\n0")
    at = len(whole[0])
    for _ in range(times(20_000, scale)):
        table = (
            b"\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 6/Prev %d>>\n" % before
        )
        before = at + 1
        piece = table + b"startxref\n%d\n%%%%EOF" % before
        at += len(piece)
        whole.append(piece)
    return b"".join(whole)


def endless_numbers(scale: float) -> bytes:
    """Numbers of a million digits, names of a million letters, and a million comments."""
    count = times(1_000_000, scale)
    page = b"/MediaBox[0 0 595 " + b"8" * count + b"]/" + b"N" * count + b" 1\n" + b"%\n" * count
    return one_page(text() + b"9" * count + b" w /" + b"N" * count + b" gs ", page=page)


def encrypted(_: float) -> bytes:
    """A file that needs a password."""
    return _locked("secret")


def encrypted_openly(_: float) -> bytes:
    """A file that is encrypted but opens without a password, as many published ones do."""
    return _locked("")


def _locked(password: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(one_page(text()))) as document:
        lock = pikepdf.Encryption(user=password, owner="owner", R=6)
        document.save(out, encryption=lock, static_id=True)
    return out.getvalue()


def encrypted_by_noise(_: float) -> bytes:
    """A file that says it is encrypted, in a way that makes no sense."""
    lock = b"<</Filter/Standard/V 5/R 99/Length -8/P 1/O(x)/U(y)/CF 6 0 R/StmF/CF>>"
    return one_page(text(), more={6: lock}, trailer=b"/Encrypt 6 0 R/ID[()()]")


def active(_: float) -> bytes:
    """A file with programs, attachments, forms and links that want to be run or fetched."""
    script = b"<</S/JavaScript/JS(app.launchURL\\('http://example.invalid/'\\);while\\(1\\);)>>"
    more = {
        6: script,
        7: b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>",
        8: b"<</Type/Filespec/F(../../../../etc/passwd)/UF(../x)/EF<</F 9 0 R>>>>",
        9: stream(b"PK\x03\x04", b"/Type/EmbeddedFile"),
        10: b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(http://example.invalid)>>>>",
        11: stream(b"", b"/F(http://example.invalid/content)/FFilter/FlateDecode"),
    }
    catalogue = (
        b"/OpenAction 6 0 R/AA<</WC 7 0 R>>/Names<</EmbeddedFiles<</Names[(a)8 0 R]>>"
        b"/JavaScript<</Names[(j)6 0 R]>>>>/AcroForm<</XFA 9 0 R/Fields[]>>"
    )
    page = BOX + b"/Annots[10 0 R]/AA<</O 7 0 R>>/Odd 11 0 R"
    return one_page(text(), page=page, catalogue=catalogue, more=more)


def form_fields(scale: float) -> bytes:
    """A form of a hundred thousand fields, which are each other's parents."""
    count = times(100_000, scale)
    fields = {
        n: b"<</FT/Tx/T(f)/V(v)/Subtype/Widget/Rect[0 0 9 9]/Parent %d 0 R/Kids[%d 0 R]>>"
        % (n + 1, n + 1)
        for n in range(6, 6 + count)
    }
    listed = b" ".join(b"%d 0 R" % n for n in fields)
    page = BOX + b"/Annots[%s]" % listed
    return one_page(text(), page=page, catalogue=b"/AcroForm<</Fields[%s]>>" % listed, more=fields)


FILES: dict[str, Maker] = {
    "page-tree-circle.pdf": page_tree_circle,
    "page-tree-depth.pdf": page_tree_depth,
    "parents-in-circle.pdf": parents_in_circle,
    "many-pages.pdf": many_pages,
    "one-page-often.pdf": one_page_often,
    "page-count-lies.pdf": page_count_lies,
    "page-count-negative.pdf": page_count_negative,
    "outlines-in-circle.pdf": outlines_in_circle,
    "resources-in-circle.pdf": resources_in_circle,
    "no-cross-reference.pdf": no_cross_reference,
    "cross-references-in-circle.pdf": cross_references_in_circle,
    "many-updates.pdf": many_updates,
    "endless-numbers.pdf": endless_numbers,
    "encrypted.pdf": encrypted,
    "encrypted-openly.pdf": encrypted_openly,
    "encrypted-by-noise.pdf": encrypted_by_noise,
    "active.pdf": active,
    "form-fields.pdf": form_fields,
}
