"""The bytes of a picture file, or a page of a PDF -> a page as a grey picture."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from extract.document import POINTS_PER_INCH
from extract.pdf.arrays import Bools
from extract.scan.colour import Colour, without_stamps
from extract.scan.engine import Grey

# One page is worked on by one core: the pages of a run are shared out among processes.
cv2.setNumThreads(1)

# The least resolution that pages of a PDF are drawn at; pictures are kept between the other two.
DOTS_PER_INCH, LEAST_DOTS, MOST_DOTS = 200, 140, 300
# The share of a page that its scan covers at least.
WHOLE = 0.5
# A picture of more pixels than the first is scaled down; one that must be decoded whole (all but
# JPEG) may have no more than the second, which takes some 400 MB.
MAX_PIXELS, MAX_DECODED = 12_000_000, 100_000_000
# A page no wider than this (pixels) holds no text that could be read, nor does one of a PDF that is
# so large (ten times A0) that it can be drawn with no more than so many dots per inch.
LEAST_PIXELS, LEAST_DRAWN = 50, 30
# Inches: the short side of a page of A4, and the short sides that a file's own resolution may give.
A4_WIDTH, LEAST_WIDTH, MOST_WIDTH = 8.27, 3.9, 12.0
# Levels by which ink of a stamp was darker than what is left where it was.
TAKEN = 40

_KINDS: tuple[tuple[bytes, type[Image.Image]], ...] = (
    (b"\x89PNG\r\n\x1a\n", PngImageFile),
    (b"\xff\xd8\xff", JpegImageFile),
    (b"II*\x00", TiffImageFile),
    (b"MM\x00*", TiffImageFile),
)
_DECODING = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError)
_BROKEN = (*_DECODING, struct.error, zlib.error, OverflowError, Image.DecompressionBombError)


class ScanError(ValueError):
    """A picture that cannot be read; the message says why and what to do next."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a person sees it in its file: grey, with the coloured stamps taken out.

    ``taken`` marks the pixels of these, where there are any. ``width`` and ``height`` are those of
    the page in points.
    """

    grey: Grey
    dots_per_inch: float
    taken: Bools | None = None

    @property
    def width(self) -> float:
        """Width of the page in points."""
        return float(self.grey.shape[1] * POINTS_PER_INCH / self.dots_per_inch)

    @property
    def height(self) -> float:
        """Height of the page in points."""
        return float(self.grey.shape[0] * POINTS_PER_INCH / self.dots_per_inch)


def frame_count(data: bytes) -> int:
    """Return how many pages a PNG, JPEG or TIFF file has. Raises ScanError."""
    try:
        with _quiet(), _opened(data) as image:
            return int(getattr(image, "n_frames", 1))
    except _BROKEN as error:
        raise _broken(error) from error


def frame_picture(data: bytes, number: int = 1) -> PagePicture:
    """Return a page (from 1) of a PNG, JPEG or TIFF file, turned as its EXIF says.

    The resolution is the file's own if the page then has the size of paper; else the page is taken
    for A4. Raises ScanError.
    """
    try:
        with _quiet(), _opened(data) as image:
            if number > 1:
                image.seek(number - 1)
            return _frame_picture(image)
    except ScanError:
        raise
    except _BROKEN as error:
        raise _broken(error) from error


def pdf_picture(document: pypdfium2.PdfDocument, number: int) -> PagePicture:
    """Draw a page (from 1) of a PDF. Raises ScanError where pdfium cannot."""
    try:
        page: Any = document[number - 1]
        width, height = page.get_size()
        scale = _scanned_dots(page, width * height) / POINTS_PER_INCH
        scale = min(scale, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
        dots = scale * POINTS_PER_INCH
        if dots < LEAST_DRAWN or min(width, height) * scale < LEAST_PIXELS:
            raise ScanError(
                f"a page of {width:.0f} x {height:.0f} points cannot be read: print it anew"
            )
        drawn = page.render(scale=scale).to_numpy()
    except ScanError:
        raise
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise ScanError(f"the page cannot be drawn ({error}); save the PDF anew") from error
    if drawn.ndim == 3:
        return _coloured(np.ascontiguousarray(drawn[:, :, :3]), dots)
    return PagePicture(np.ascontiguousarray(drawn), dots)


def _scanned_dots(page: pypdfium2.PdfPage, area: float) -> float:
    """Return dots per inch to draw a page of so many square points at: its scan's, within limits.

    Fewer than the scan has blur small type.
    """
    found = [float(DOTS_PER_INCH)]
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        own = (right - left) * (top - bottom)
        if own >= WHOLE * area:
            columns, rows = picture.get_px_size()
            found.append(math.sqrt(columns * rows / own) * POINTS_PER_INCH)
    return min(max(found), MOST_DOTS)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pillow's warnings of odd files to itself: what matters fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(data: bytes) -> Image.Image:
    """Open by the decoder itself: Image.open refuses large pictures before they can be scaled."""
    for mark, kind in _KINDS:
        if data.startswith(mark):
            opened: Any = kind
            image: Image.Image = opened(io.BytesIO(data))
            return image
    raise ScanError("the file is no PNG, JPEG or TIFF picture; save the page as one of these")


def _broken(error: BaseException) -> ScanError:
    if isinstance(error, ScanError):
        return error
    return ScanError(f"the picture is damaged or cut off ({error}); scan or fetch it once more")


def _frame_picture(image: Image.Image) -> PagePicture:
    told = image.info.get("dpi", (0, 0))
    width, height = image.size
    if min(width, height) < LEAST_PIXELS:
        raise ScanError(f"the picture has only {width} x {height} pixels; scan the page anew")
    resolution = _resolution(width, height, told)
    if isinstance(image, JpegImageFile) and width * height > MAX_PIXELS:
        share = math.sqrt(MAX_PIXELS / (width * height))
        image.draft(None, (math.ceil(width * share), math.ceil(height * share)))
    if image.size[0] * image.size[1] > MAX_DECODED:
        raise ScanError(
            f"the picture has {width} x {height} pixels, more than {MAX_DECODED // 1_000_000}"
            " million: save it with 300 dots per inch or fewer"
        )
    image.load()
    resolution *= image.size[0] / width
    most = min(MOST_DOTS, resolution * math.sqrt(MAX_PIXELS / (image.size[0] * image.size[1])))
    plain = _plain(image)
    scale = 1.0
    if resolution > most or resolution < LEAST_DOTS:
        scale = (most if resolution > most else DOTS_PER_INCH) / resolution
        size = max(1, round(image.size[0] * scale)), max(1, round(image.size[1] * scale))
        # Shrunk by the mean of the pixels, enlarged by a smooth curve.
        plain = plain.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    plain = ImageOps.exif_transpose(_with_orientation(plain, image))
    dots = resolution * scale
    pixels = np.array(plain)
    if pixels.ndim == 3:
        return _coloured(np.ascontiguousarray(pixels[:, :, ::-1]), dots)
    return PagePicture(pixels, dots)


def _resolution(width: int, height: int, told: Any) -> float:
    """Return dots per inch: those told if the page then has a size that paper has, else as A4."""
    short = min(width, height)
    try:
        dots = float(told[0])
        if dots > 0 and LEAST_WIDTH <= short / dots <= MOST_WIDTH:
            return dots
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        pass
    return short / A4_WIDTH


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture in grey or RGB, what is see-through over white paper."""
    if image.mode.startswith(("I", "F")):
        values = np.array(image, np.float32)
        top = 65535.0 if values.max() > 255 else 255.0
        return Image.fromarray(np.clip(values * (255 / top), 0, 255).astype(np.uint8))
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    if image.mode in ("1", "L"):
        return image.convert("L")
    return image.convert("RGB")


def _with_orientation(plain: Image.Image, image: Image.Image) -> Image.Image:
    """Carry over how the camera was held; a TIFF has been turned as it was loaded."""
    orientation = image.getexif().get(0x0112, 1)
    if orientation != 1 and not isinstance(image, TiffImageFile):
        plain.getexif()[0x0112] = orientation
    return plain


def _coloured(colour: Colour, dots_per_inch: float) -> PagePicture:
    """Make a page of a colour picture (blue, green, red)."""
    grey = without_stamps(colour, dots_per_inch)
    darker: Any = cv2.subtract(grey, cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY))
    taken = np.asarray(darker >= TAKEN, np.bool_)
    return PagePicture(grey, dots_per_inch, taken if taken.any() else None)
