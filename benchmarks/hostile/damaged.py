"""Reports that were cut off or damaged on their way, and files that are not what they are named."""

from __future__ import annotations

import random
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benchmarks.hostile.file_kind import Maker

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "raw"
WHOLE = SAMPLES / "than-tua-yang-tm-2567.pdf"
TENTHS = range(1, 10)
SEEDS = range(1, 11)


def cut_off(_: float, tenths: int) -> bytes:
    """A sample report of which only the first tenths came."""
    data = WHOLE.read_bytes()
    return data[: len(data) * tenths // 10]


def flipped(_: float, seed: int) -> bytes:
    """A sample report in which some bytes became others, by a seed."""
    chance = random.Random(seed)
    data = bytearray(WHOLE.read_bytes())
    for _ in range(2**seed):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def empty(_: float) -> bytes:
    """Nothing."""
    return b""


def only_head(_: float) -> bytes:
    """The first line of a PDF."""
    return b"%PDF-1.7\n"


def archive(scale: float) -> bytes:
    """An archive with a bomb, a way out of its folder and a report in it, under another name."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name in ("../../outside.txt", "[Content_Types].xml", "word/document.xml", "a.txt"):
            made.writestr(ZipInfo(name), b" " * round(50_000_000 * scale), ZIP_DEFLATED)
    return out.getvalue()


def old_office(_: float) -> bytes:
    """The head of an old Office file, and noise."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(4).randbytes(100_000)


def noise(_: float) -> bytes:
    """A megabyte of noise."""
    return random.Random(5).randbytes(1_000_000)


def two_kinds(_: float) -> bytes:
    """A PDF that begins as HTML and ends as an archive."""
    return b"<html><script>fetch('x')</script>" + WHOLE.read_bytes() + archive(0.0)


FILES: dict[str, Maker] = {
    **{f"cut-off-{tenths}.pdf": partial(cut_off, tenths=tenths) for tenths in TENTHS},
    **{f"flipped-{seed}.pdf": partial(flipped, seed=seed) for seed in SEEDS},
    **dict.fromkeys(("empty.pdf", "empty.txt", "empty.html", "empty.png"), empty),
    "only-head.pdf": only_head,
    **dict.fromkeys(("archive.zip", "archive.docx", "archive.xlsx", "archive.pdf"), archive),
    "old-office.doc": old_office,
    **dict.fromkeys(("noise.pdf", "noise.txt", "noise.html"), noise),
    "two-kinds.pdf": two_kinds,
}
