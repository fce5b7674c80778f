"""Texts that are too long, in no encoding, or made of signs that no report is made of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from benchmarks.hostile.file_kind import Maker, times

HEAD = "ข้อ\tข้อมูล\tสถานะ\n"
ROW = "๑\tโครงสร้าง\tมี\n"
MEGABYTE = 1 << 20


def gigabyte(scale: float) -> Iterator[bytes]:
    """A text of 1 GB in one line."""
    for _ in range(times(1024, scale)):
        yield b"a" * MEGABYTE


def long_line(scale: float) -> Iterator[bytes]:
    """A text of 280 MB in one line of Thai, which is small enough to be opened."""
    words = "ข้อมูลของหน่วยงาน ".encode()
    for _ in range(times(280, scale)):
        yield words * (MEGABYTE // len(words))


def long_damaged_line(scale: float) -> bytes:
    """A line of 3 MB of Thai that lost its marks, without a space."""
    return "ค าเนินการตามมาตรก�รส าหรับป้องกัน".encode() * times(30_000, scale)


def one_word(scale: float) -> bytes:
    """A word of a million letters that is none."""
    return ("กขคงจ" * times(200_000, scale)).encode()


def marks(scale: float) -> bytes:
    """A million marks on one consonant."""
    return ("ก" + "่้๊๋" * times(250_000, scale)).encode()


def joiners(scale: float) -> bytes:
    """A million joiners and signs that turn the direction of writing, in and around words."""
    odd = "\u200d\u200b\u202e\u2066\ufeff\u200f"
    return ("ก" + odd * times(160_000, scale) + "ข\n" + f"{odd}".join(HEAD + ROW)).encode()


def tabs(scale: float) -> bytes:
    """Five million tabs in one line, below a header."""
    return HEAD.encode() + b"\t" * times(5_000_000, scale) + "มี\n".encode()


def pipes(scale: float) -> bytes:
    """A Markdown table of a million empty cells."""
    return b"|" * times(1_000_000, scale) + b"\n" + b"|-" * times(500_000, scale) + b"|\n|a|\n"


def line_feeds(scale: float) -> bytes:
    """Twenty million empty lines."""
    return HEAD.encode() + b"\n" * times(20_000_000, scale) + ROW.encode()


def form_feeds(scale: float) -> bytes:
    """Five million pages without a word."""
    return "หน้า\n".encode() + b"\f" * times(5_000_000, scale) + "หน้า\n".encode()


def checklist(scale: float) -> bytes:
    """A checklist of three hundred thousand rows."""
    return (HEAD + ROW * times(300_000, scale)).encode()


def headers(scale: float) -> bytes:
    """A hundred thousand headers, a row below each."""
    return ((HEAD + ROW) * times(100_000, scale)).encode()


def continued(scale: float) -> bytes:
    """One row that goes on over a hundred thousand lines."""
    return (HEAD + ROW + "\t\tต่อ\n" * times(100_000, scale)).encode()


def emphasis(scale: float) -> bytes:
    """Bold that begins a million times and never ends."""
    return ("**ก " * times(1_000_000, scale) + "\n" + "__ก\n" * times(100_000, scale)).encode()


def digits(scale: float) -> bytes:
    """A checklist whose numbers have a million digits, and dates and scores made of them."""
    long = "๙" * times(1_000_000, scale)
    return (
        f"{HEAD}{long}\tโครงสร้าง\t{long}\nคะแนน {long}.{long}\nพ.ศ. {long}\n{long}/{long}".encode()
    )


def leftover_tags(scale: float) -> bytes:
    """Cells with a hundred thousand tags in each."""
    cell = "<b>" * times(100_000, scale) + "ก" + "&amp;" * times(100_000, scale)
    return (HEAD + f"๑\t{cell}\t{cell}\n" * 3).encode()


def formulas(_: float) -> bytes:
    """A checklist whose cells a spreadsheet would take for formulas, links and commands."""
    signs = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "|", "%"]
    cells = [f"{sign}cmd|'/c calc'!A1" for sign in signs]
    cells += ['=HYPERLINK("http://example.invalid","x")', "=1+1", "@SUM(1)", "'=1", '"=1']
    rows = "".join(f"{n}\t{cell}\t{cell}\n" for n, cell in enumerate(cells, 1))
    return (HEAD + rows).encode()


def markup(_: float) -> bytes:
    """A checklist with scripts in its remarks, for who would show it in a browser."""
    odd = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]>", "<!--"]
    odd += ["{{7*7}}", "${7*7}", "\u2028alert(1)\u2029", "javascript:alert(1)", "&lt;script&gt;"]
    rows = "".join(f"{n}\tโครงสร้าง {cell}\t{cell}\n" for n, cell in enumerate(odd, 1))
    return (HEAD + rows).encode()


def controls(_: float) -> bytes:
    """A checklist with the codes that move and colour a terminal."""
    odd = "\x1b[2J\x1b[31m\x1b]0;title\x07\x9b31m\x08\x7f"
    return (HEAD * 200 + f"๑\tโครงสร้าง{odd}\tมี{odd}\n").encode()


def nulls(scale: float) -> bytes:
    """Ten million zero bytes."""
    return bytes(times(10_000_000, scale))


def encoding(_: float, name: str) -> bytes:
    """Text in an encoding that breaks half way."""
    half = HEAD + ROW * 500
    odd = {
        "utf8": half.encode() + b"\xff\xfe\xc0\xaf\xed\xa0\x80\xf8\x88\x80\x80\x80" * 500,
        "utf16": b"\xff\xfe" + half.encode("utf-16-le") + b"\x00\xd8" * 501 + b"x",
        "utf16be": b"\xfe\xff" + half.encode("utf-16-be") + b"\xdc\x00" * 501,
        "utf32": half.encode("utf-32"),
        "mixed": half.encode("cp874") + half.encode() + half.encode("utf-16"),
        "cp874": half.encode("cp874") + b"\x80\x90\xdb\xfc\xff" * 5,
        "utf7": half.encode("utf-7"),
        "bytes": bytes(range(256)) * 4000,
        "latin": bytes(random.Random(7).choices(range(0x80, 0x100), k=300_000)),
    }
    return odd[name]


ENCODINGS = ("utf8", "utf16", "utf16be", "utf32", "mixed", "cp874", "utf7", "bytes", "latin")

FILES: dict[str, Maker] = {
    "gigabyte.txt": gigabyte,
    "long-line.txt": long_line,
    "long-damaged-line.txt": long_damaged_line,
    "one-word.txt": one_word,
    "marks.txt": marks,
    "joiners.txt": joiners,
    "tabs.txt": tabs,
    "pipes.md": pipes,
    "line-feeds.txt": line_feeds,
    "form-feeds.txt": form_feeds,
    "checklist.txt": checklist,
    "headers.txt": headers,
    "continued.txt": continued,
    "emphasis.md": emphasis,
    "digits.txt": digits,
    "leftover-tags.txt": leftover_tags,
    "formulas.txt": formulas,
    "markup.txt": markup,
    "controls.txt": controls,
    "nulls.txt": nulls,
    **{f"encoding-{name}.txt": partial(encoding, name=name) for name in ENCODINGS},
}
