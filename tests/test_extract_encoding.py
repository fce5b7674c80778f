"""The bytes of a text file: which encoding they are in, and what is lost when they are damaged."""

from __future__ import annotations

import pytest

from extract import read_bytes
from extract.encoding import EncodingError, decode

THAI = "ข้อ\tข้อมูล\tสถานะ\n๑\tโครงสร้างหน่วยงาน\tมี\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_thai_encodings(encoding: str) -> None:
    decoded = decode(THAI.encode(encoding))
    assert decoded.text == THAI
    assert not decoded.is_damaged
    assert not decoded.is_guessed


def test_big_endian_with_mark() -> None:
    assert decode(b"\xfe\xff" + THAI.encode("utf-16-be")).text == THAI


@pytest.mark.parametrize("charset", ["windows-874", "iso-8859-1", "tis-620", "idna", "utf-16", "x"])
def test_thai_bytes_count_more_than_what_the_page_declares(charset: str) -> None:
    html = (
        f"<html><head><meta charset={charset}></head><body><p>องค์การบริหารส่วนตำบล</p></body></html>"
    )
    document = read_bytes(html.encode("cp874"), "a.html")
    assert [paragraph.text for paragraph in document.paragraphs] == ["องค์การบริหารส่วนตำบล"]
    assert document.status == "ok"


def test_declared_charset_of_another_script() -> None:
    html = '<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><p>café</p>'
    assert decode(html.encode("cp1252")).text == html


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_few_damaged_bytes_lose_only_themselves(encoding: str) -> None:
    data = THAI.encode(encoding) + b"\xff\xff\n" + THAI.encode(encoding)
    decoded = decode(data)
    assert decoded.text.replace("\ufffd", "") == THAI + "\n" + THAI
    assert decoded.is_damaged
    document = read_bytes(data, "a.txt")
    assert document.status == "partial"
    assert [issue.code for issue in document.issues] == ["encoding_damaged"]


def test_cut_utf8_is_read_up_to_the_cut() -> None:
    data = THAI.encode()[:-2]
    document = read_bytes(data, "a.txt")
    assert document.status == "partial"
    assert document.tables[0].row_count == 2


def test_control_characters_never_reach_a_table() -> None:
    document = read_bytes(("ข้อ\tข้อมูล\n๑\tก\x00\x1bข\n" + "ก" * 300).encode("utf-16"), "a.txt")
    assert document.tables[0].cells[-1].text == "ก\ufffd\ufffdข"
    assert document.status == "partial"


@pytest.mark.parametrize("data", [b"ABC\x00\x01\x02" * 50, bytes(range(256)) * 20, b"\x01" * 99])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingError):
        decode(data)
    document = read_bytes(data, "a.txt")
    assert (document.status, document.issues[0].code) == ("failed", "unknown_encoding")


def test_guess_is_told() -> None:
    text = (
        "Les résultats de l'évaluation ont été publiés à la mairie, où chacun peut les lire. " * 3
    )
    document = read_bytes(text.encode("latin-1"), "a.txt")
    assert document.status == "ok"
    assert [issue.code for issue in document.issues] == ["encoding_guessed"]


@pytest.mark.parametrize("text", ["สวัสดี", "มี", "1,มี\r\n"])
def test_short_thai_is_guessed(text: str) -> None:
    decoded = decode(text.encode("cp874"))
    assert (decoded.text, decoded.encoding, decoded.is_guessed) == (text, "cp874", True)


@pytest.mark.parametrize("text", ["café", "São Paulo", "naïve"])
def test_short_text_that_cannot_be_thai_is_not_taken_for_it(text: str) -> None:
    assert decode(text.encode("latin-1")).encoding != "cp874"
