"""PDFs put together by hand, object by object, right or wrong as their maker wants them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

# The first number that is free for objects besides catalogue, pages, page, content and font.
FREE = 6
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object; ``entries`` go into its dictionary."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def deflated(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object with compressed data."""
    return stream(zlib.compress(data), entries + b"/Filter/FlateDecode")


def repeated(piece: bytes, count: int) -> bytes:
    """Compress a piece so many times over, of which little is in memory at a time."""
    press = zlib.compressobj(9)
    found = [press.compress(piece) for _ in range(count)]
    return b"".join([*found, press.flush()])


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"", size: int = 0) -> bytes:
    """Return a PDF of numbered objects, of which 1 is the catalogue."""
    pieces, offsets, at = [b"%PDF-1.7\n"], {}, 9
    for number, body in sorted(objects.items()):
        piece = b"%d 0 obj%s\nendobj\n" % (number, body)
        offsets[number] = at
        pieces.append(piece)
        at += len(piece)
    count = max(objects) + 1
    pieces.append(b"xref\n0 %d\n0000000000 65535 f \n" % count)
    free = b"0000000000 65535 f \n"
    pieces += [
        b"%010d 00000 n \n" % offsets[number] if number in offsets else free
        for number in range(1, count)
    ]
    pieces.append(
        b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (size or count, trailer, at)
    )
    return b"".join(pieces)


def one_page(
    content: bytes,
    *,
    resources: bytes = b"",
    page: bytes = b"/MediaBox[0 0 595 842]",
    catalogue: bytes = b"",
    more: Mapping[int, bytes] | Iterable[tuple[int, bytes]] = (),
    trailer: bytes = b"",
) -> bytes:
    """Return a PDF with a page, whose content is a stream object if it has the form of one."""
    body = content if content.startswith(b"<<") else stream(content)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>"
        % (resources, page),
        4: body,
        5: FONT,
    }
    return pdf(objects | dict(more), trailer)


def text(words: bytes = b"Report", at: bytes = b"50 700") -> bytes:
    """Return operators that show some words."""
    return b"BT/F 12 Tf %s Td(%s)Tj ET\n" % (at, words)


def circle(count: int) -> Iterator[tuple[int, int]]:
    """Yield numbers for objects beside a page, each with the next, the last with the first."""
    for number in range(6, 6 + count):
        yield number, number + 1 if number < 5 + count else 6
