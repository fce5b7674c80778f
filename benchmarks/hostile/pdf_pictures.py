"""Pages without text, whose pictures and patterns have to be drawn to be read."""

from __future__ import annotations

import random

from benchmarks.hostile.file_kind import Maker, times
from benchmarks.hostile.pdf_file import circle, deflated, one_page, repeated, stream

MEGABYTE = 1 << 20
DRAWN = b"q 595 0 0 842 0 0 cm /I Do Q"


def pictured(data: bytes, entries: bytes, content: bytes = DRAWN) -> bytes:
    """Return a page that is covered by a picture."""
    picture = stream(data, b"/Type/XObject/Subtype/Image" + entries)
    return one_page(content, resources=b"/XObject<</I 6 0 R>>", more={6: picture})


def _grey(width: int, height: int, filters: bytes) -> bytes:
    size = b"/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray" % (width, height)
    return size + b"/Filter" + filters


def declared_giant(_: float) -> bytes:
    """A picture of one byte that says it has 65,000 by 65,000 dots."""
    return pictured(b"\0", _grey(65_000, 65_000, b"[]"))


def declared_endless(_: float) -> bytes:
    """A picture of one byte that says it has two milliard rows and columns."""
    return pictured(b"\0", _grey(2_147_483_647, 2_147_483_647, b"[]"))


def picture_bomb(scale: float) -> bytes:
    """A picture of 20,000 by 20,000 dots in 400 kB."""
    side = times(20_000, scale, 100)
    return pictured(repeated(bytes(side), side), _grey(side, side, b"/FlateDecode"))


def picture_often(scale: float) -> bytes:
    """A picture of 5,000 by 5,000 dots that the page draws a thousand times."""
    side = times(5000, scale, 100)
    content = DRAWN * times(1000, scale)
    return pictured(repeated(bytes(side), side), _grey(side, side, b"/FlateDecode"), content)


def _noise(count: int) -> bytes:
    return random.Random(3).randbytes(count)


def jbig2_noise(scale: float) -> bytes:
    """A JBIG2 picture of noise with the head of a page of 2 to the 32 rows."""
    head = b"\0\0\0\0\x30\0\1\0\0\0\x13\xff\xff\xff\xff\xff\xff\xff\xff" + bytes(11)
    data = head + _noise(times(1_000_000, scale))
    return pictured(data, _grey(9999, 9999, b"/JBIG2Decode"))


def jpx_noise(scale: float) -> bytes:
    """A JPEG 2000 picture of noise that says it has 2 to the 31 columns in tiles of one dot."""
    size = (0xFF4F_FF51_0029_0000).to_bytes(8, "big") + b"\x7f\xff\xff\xff" * 2 + bytes(8)
    size += b"\0\0\0\1" * 2 + bytes(8) + b"\0\1\7\1\1"
    return pictured(size + _noise(times(1_000_000, scale)), b"/Width 99/Height 99/Filter/JPXDecode")


def jpeg_noise(scale: float) -> bytes:
    """A JPEG that says it has 65,500 by 65,500 dots, and is noise."""
    head = b"\xff\xd8\xff\xc0\0\x11\x08\xff\xdc\xff\xdc\3\1\x22\0\2\x11\1\3\x11\1\xff\xda"
    data = head + _noise(times(1_000_000, scale))
    return pictured(data, _grey(65_500, 65_500, b"/DCTDecode"))


def fax_noise(scale: float) -> bytes:
    """A fax picture of noise with 60,000 columns and rows."""
    entries = b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
    entries += b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>"
    return pictured(_noise(times(1_000_000, scale)), entries)


def lzw_bomb(scale: float) -> bytes:
    """An LZW picture that names the longest word of its table again and again."""
    return pictured(b"\x80\x0b\x60\x50" * times(1_000_000, scale), _grey(9999, 9999, b"/LZWDecode"))


def masks_in_masks(scale: float) -> bytes:
    """A picture whose mask has a mask, fifty deep and then in a circle."""
    count = times(50, scale)
    image = (
        b"/Type/XObject/Subtype/Image/Width 100/Height 100/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/SMask %d 0 R"
    )
    more = {n: deflated(bytes(10_000), image % following) for n, following in circle(count)}
    return one_page(DRAWN, resources=b"/XObject<</I 6 0 R>>", more=more)


def patterns_in_patterns(scale: float) -> bytes:
    """Tiles of a tenth of a point, painted with tiles that are painted with tiles, in a circle."""
    count = times(12, scale)
    content = b"/Pattern cs /P scn 0 0 595 842 re f"
    pattern = (
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep .1/YStep .1"
        b"/Resources<</Pattern<</P %d 0 R>>>>"
    )
    more = {n: stream(content, pattern % following) for n, following in circle(count)}
    return one_page(content, resources=b"/Pattern<</P 6 0 R>>", more=more)


def groups_in_groups(scale: float) -> bytes:
    """Twenty see-through groups, each of which paints the next one twice over the page."""
    count = times(20, scale)
    more = {
        n: stream(
            b"/X Do /X Do 0 0 595 842 re f",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/I true>>"
            b"/Resources<</XObject<</X %d 0 R>>>>" % (n + 1),
        )
        for n in range(6, 6 + count)
    }
    more[6 + count] = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=more)


def shading(scale: float) -> bytes:
    """Shades whose function is a sampled cube of 2 to the 31 values, painted a thousand times."""
    more = {
        6: b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Function 7 0 R>>",
        7: stream(
            bytes(100),
            b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1 0 1 0 1]/Size[65535 32767]"
            b"/BitsPerSample 32",
        ),
    }
    return one_page(b"/S sh " * times(1000, scale), resources=b"/Shading<</S 6 0 R>>", more=more)


def scan_of_noise(scale: float) -> bytes:
    """A scan of 2,400 by 3,400 dots, each black or white by chance."""
    width, height = times(2400, scale, 240), times(3400, scale, 340)
    data = _noise(width // 8 * height)
    entries = b"/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray" % (width, height)
    return pictured(data, entries)


FILES: dict[str, Maker] = {
    "picture-declared-giant.pdf": declared_giant,
    "picture-declared-endless.pdf": declared_endless,
    "picture-bomb.pdf": picture_bomb,
    "picture-often.pdf": picture_often,
    "jbig2-noise.pdf": jbig2_noise,
    "jpx-noise.pdf": jpx_noise,
    "jpeg-noise.pdf": jpeg_noise,
    "fax-noise.pdf": fax_noise,
    "lzw-bomb.pdf": lzw_bomb,
    "masks-in-masks.pdf": masks_in_masks,
    "patterns-in-patterns.pdf": patterns_in_patterns,
    "groups-in-groups.pdf": groups_in_groups,
    "shading.pdf": shading,
    "scan-of-noise.pdf": scan_of_noise,
}
