"""HTML that is deep, wide, a bomb, or that wants to be run or fetched."""

from __future__ import annotations

from benchmarks.hostile.file_kind import Maker, times

WORDS = "รายงานผล".encode()
ROW = "<tr><td>๑<td>โครงสร้าง<td>มี\n".encode()
HEAD = "<tr><th>ข้อ<th>ข้อมูล<th>สถานะ\n".encode()


def _nested(tag: bytes, scale: float, most: int = 200_000) -> bytes:
    return b"<html><p>" + WORDS + b"</p>" + (b"<%s>" % tag) * times(most, scale) + WORDS


def deep(scale: float) -> bytes:
    """Two hundred thousand blocks inside of one another."""
    return _nested(b"div", scale)


def deep_inline(scale: float) -> bytes:
    """Two hundred thousand spans inside of one another, with text in each."""
    return b"<html><body>" + b"<span>a" * times(200_000, scale)


def deep_tables(scale: float) -> bytes:
    """Fifty thousand tables inside of one another."""
    return _nested(b"table><tr><td", scale, 50_000)


def deep_lists(scale: float) -> bytes:
    """Entries of lists that begin with lists, two hundred deep, twenty thousand times."""
    return b"<html>" + (b"<ol><li>" * 200 + b"x" + b"</ol>" * 200) * times(2000, scale)


def wide_table(scale: float) -> bytes:
    """A table of a million cells in one row."""
    return b"<html><table><tr>" + b"<td>1" * times(1_000_000, scale)


def long_table(scale: float) -> bytes:
    """A checklist of three hundred thousand rows."""
    return b"<html><table>" + HEAD + ROW * times(300_000, scale)


def headers_only(scale: float) -> bytes:
    """A table of a hundred thousand headers."""
    return b"<html><table>" + HEAD * times(100_000, scale)


def many_tables(scale: float) -> bytes:
    """A hundred thousand tables of one row."""
    return b"<html>" + (b"<table>" + HEAD + ROW + b"</table>") * times(100_000, scale)


def spans(scale: float) -> bytes:
    """A hundred thousand cells that each span a milliard rows and columns."""
    cell = b"<td rowspan=999999999 colspan=999999999>a"
    return b"<html><table>" + (b"<tr>" + cell * 100) * times(1000, scale)


def entities(_: float) -> bytes:
    """A document type whose entities unfold to a milliard words, and others that name files."""
    lines = [b'<!ENTITY a0 "word ">'] + [
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    ]
    outside = (
        b'<!ENTITY own SYSTEM "file:///etc/passwd"><!ENTITY far SYSTEM "http://example.invalid/">'
        b'<!ENTITY % more SYSTEM "http://example.invalid/more.dtd"> %more;'
    )
    return (
        b'<?xml version="1.0"?><!DOCTYPE html [' + b"".join(lines) + outside + b"]>"
        b"<html><body><p>&a9;</p><p>&own; &far;</p></body></html>"
    )


def active(_: float) -> bytes:
    """A page that wants to run programs and to fetch pictures, frames, styles and fonts."""
    address = b"http://example.invalid/"
    return (
        b"<html><head><script>while(true){fetch('%s')}</script><base href='%s'>"
        b"<meta http-equiv=refresh content='0;url=%s'><link rel=stylesheet href='%sa.css'>"
        b"<style>@import url(%sb.css); body{background:url(%sc.png)}</style></head>"
        b"<body onload=alert(1) background='%sd.png'><p>%s</p><iframe src='%se'></iframe>"
        b"<iframe srcdoc='<script>alert(2)</script>'></iframe><object data='file:///etc/passwd'>"
        b"</object><embed src='%sf'><img src='%sg.png' onerror=alert(3)><img src=file:///etc/hosts>"
        b"<svg><script>alert(4)</script></svg><a href='javascript:alert(5)'>%s</a>"
        b"<form action='%sh'><input name=x value=y autofocus onfocus=alert(6)></form></body></html>"
    ) % (*(address,) * 7, WORDS, *(address,) * 3, WORDS, address)


def attributes(scale: float) -> bytes:
    """An element with two hundred thousand attributes, and one whose value has 50 MB."""
    many = b"".join(b" a%d=1" % n for n in range(times(200_000, scale)))
    long = b"x" * times(50_000_000, scale)
    return b"<html><p%s>%s</p><p title='%s'>%s</p>" % (many, WORDS, long, WORDS)


def comments(scale: float) -> bytes:
    """A million comments that are opened and never closed, before the first tag and in a cell."""
    return b"<!--" * times(1_000_000, scale) + b"<html><table><tr><td>" + b"<!-- " * 1000


def unclosed_tags(scale: float) -> bytes:
    """Five million open brackets."""
    return b"<html><p>" + WORDS + b"<" * times(5_000_000, scale)


FILES: dict[str, Maker] = {
    "deep.html": deep,
    "deep-inline.html": deep_inline,
    "deep-tables.html": deep_tables,
    "deep-lists.html": deep_lists,
    "wide-table.html": wide_table,
    "long-table.html": long_table,
    "headers-only.html": headers_only,
    "many-tables.html": many_tables,
    "spans.html": spans,
    "entities.html": entities,
    "active.html": active,
    "attributes.html": attributes,
    "comments.html": comments,
    "unclosed-tags.html": unclosed_tags,
}
