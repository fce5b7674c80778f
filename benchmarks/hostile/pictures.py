"""Files of pictures that are larger than they look, damaged, or full of nothing but lines."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

from benchmarks.hostile.file_kind import Maker, times
from benchmarks.hostile.pdf_file import repeated

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def head(width: int, height: int, bits: int = 8, colour: int = 0) -> bytes:
    """Return the first chunk of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))


def png_bomb(scale: float) -> bytes:
    """A picture of 20,000 by 20,000 dots in 400 kB."""
    side = times(20_000, scale, 200)
    rows = repeated(bytes(side + 1), side)
    return PNG + head(side, side) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def png_just_allowed(scale: float) -> bytes:
    """A picture of 10,000 by 10,000 dots of 64 bits."""
    side = times(10_000, scale, 200)
    rows = repeated(bytes(8 * side + 1), side)
    return PNG + head(side, side, 16, 6) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def png_declared(_: float) -> bytes:
    """A picture that says it has 2 to the 31 rows and columns."""
    data = chunk(b"IDAT", zlib.compress(b"\0"))
    return PNG + head(2**31 - 1, 2**31 - 1) + data + chunk(b"IEND", b"")


def png_text_bomb(scale: float) -> bytes:
    """A picture with remarks and a colour profile that unpack to 1 GB each."""
    packed = repeated(b"a" * 1_000_000, times(1000, scale))
    odd = chunk(b"zTXt", b"k\0\0" + packed) + chunk(b"iCCP", b"k\0\0" + packed)
    rows = zlib.compress(b"\0" + b"\xff" * 99) * 1
    return PNG + head(99, 1) + odd + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def png_one_dot(_: float) -> bytes:
    """A picture of one dot."""
    return PNG + head(1, 1) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def png_cut(_: float) -> bytes:
    """A picture of which the second half is missing."""
    whole = saved(np.full((3000, 2000), 255, np.uint8))
    return whole[: len(whole) // 2]


def saved(grey: np.ndarray, kind: str = "PNG") -> bytes:  # type: ignore[type-arg]
    """Return an array of grey dots as a file."""
    out = BytesIO()
    Image.fromarray(grey).save(out, kind)
    return out.getvalue()


def png_noise(scale: float) -> bytes:
    """A page on which each dot is black or white by chance."""
    shape = times(3400, scale, 200), times(2400, scale, 200)
    noise = np.random.default_rng(1).integers(0, 2, shape, np.uint8)
    return saved(noise * 255)


def png_lines(scale: float) -> bytes:
    """A page that is ruled every sixth dot both ways."""
    page = np.full((times(3400, scale, 200), times(2400, scale, 200)), 255, np.uint8)
    page[::6], page[:, ::6] = 0, 0
    return saved(page)


def png_stripes(scale: float) -> bytes:
    """A page of words that are nothing but strokes, in two hundred lines."""
    page = np.full((times(3400, scale, 200), times(2400, scale, 200)), 255, np.uint8)
    for top in range(4, len(page) - 10, 17):
        page[top : top + 10, ::3] = 0
    return saved(page)


def jpeg_declared(_: float) -> bytes:
    """A photograph that says it has 65,500 by 65,500 dots."""
    whole = bytearray(saved(np.full((64, 64), 255, np.uint8), "JPEG"))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(whole)


def jpeg_noise(_: float) -> bytes:
    """A photograph whose data are noise."""
    whole = saved(np.full((2000, 2000), 128, np.uint8), "JPEG")
    return whole[:700] + random.Random(6).randbytes(300_000)


def _directory(at: int, after: int, size: tuple[int, int]) -> bytes:
    """Return a directory of a TIFF that lies at a place, with a strip of one byte behind it."""
    entries = (
        (256, 4, size[0]), (257, 4, size[1]), (258, 3, 8), (259, 3, 1), (262, 3, 1),
        (273, 4, at + 2 + 9 * 12 + 4), (277, 3, 1), (278, 4, size[1]), (279, 4, 1),
    )  # fmt: skip
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return struct.pack("<H", len(entries)) + body + struct.pack("<I", after) + b"\0"


def _tiff(frames: int, size: tuple[int, int], is_circle: bool) -> bytes:
    length = len(_directory(0, 0, size))
    places = [8 + n * length for n in range(frames)]
    ends = [*places[1:], 8 if is_circle else 0]
    bodies = (_directory(at, after, size) for at, after in zip(places, ends, strict=True))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(bodies)


def tiff_frames(scale: float) -> bytes:
    """Twenty thousand pages, all of which are cut off."""
    return _tiff(times(20_000, scale), (900, 900), is_circle=False)


def tiff_circle(scale: float) -> bytes:
    """Pages of which the last is followed by the first."""
    return _tiff(times(100, scale), (900, 900), is_circle=True)


def tiff_declared(_: float) -> bytes:
    """A page that says it has 2 to the 31 rows and columns."""
    return _tiff(1, (2**31 - 1, 2**31 - 1), is_circle=False)


def tiff_pages(scale: float) -> bytes:
    """Sixty white pages of 10,000 by 9,000 dots in 3 MB."""
    out = BytesIO()
    page = Image.new("L", (times(9000, scale, 100), times(10_000, scale, 100)), 255)
    more = [page] * (times(60, scale) - 1)
    page.save(out, "TIFF", compression="tiff_adobe_deflate", save_all=True, append_images=more)
    return out.getvalue()


FILES: dict[str, Maker] = {
    "bomb.png": png_bomb,
    "just-allowed.png": png_just_allowed,
    "declared.png": png_declared,
    "text-bomb.png": png_text_bomb,
    "one-dot.png": png_one_dot,
    "cut.png": png_cut,
    "noise.png": png_noise,
    "lines.png": png_lines,
    "stripes.png": png_stripes,
    "declared.jpg": jpeg_declared,
    "noise.jpg": jpeg_noise,
    "frames.tif": tiff_frames,
    "circle.tif": tiff_circle,
    "declared.tif": tiff_declared,
    "pages.tif": tiff_pages,
}
