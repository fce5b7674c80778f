"""A page of a PDF or a scan as a picture, with boxes of the page marked on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from extract.document import POINTS_PER_INCH, Box
from extract.media import is_picture

# Sharp enough to read the small print of a table on a screen.
DOTS_PER_INCH = 150
# A picture of more pixels than this is drawn smaller: a page may claim to be a wall.
MAX_PIXELS = 16_000_000
_YELLOW, _PALE = (255, 236, 100), (255, 250, 205)
_RED, _ORANGE = (200, 0, 0), (225, 150, 40)


class PictureError(ValueError):
    """A page that cannot be drawn; the message says why."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to mark: strongly (yellow, outlined in red), or lightly as what stands around it."""

    box: Box
    is_strong: bool


def page_picture(data: bytes, page: int, marks: Sequence[Mark]) -> Image.Image:
    """Draw a page (from 1) of a report as a person sees it, and mark boxes on it.

    Boxes are in points from the top left of that view. The colours of a mark are multiplied with
    the page's, so that text stays as dark as it is. Raises PictureError where pdfium cannot open
    the file or the page.
    """
    try:
        picture, scale = _drawn(data, page)
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise PictureError(f"page {page} cannot be drawn ({error})") from error
    ordered = sorted(marks, key=lambda mark: mark.is_strong)
    for mark in ordered:
        inside = _pixels(mark.box, scale, picture, 0)
        piece = picture.crop(inside)
        colour = Image.new("RGB", piece.size, _YELLOW if mark.is_strong else _PALE)
        picture.paste(ImageChops.multiply(piece, colour), inside)
    pen = ImageDraw.Draw(picture)
    for mark in ordered:
        width = 4 if mark.is_strong else 1
        # The line runs around the box, so that it covers no text at the edge of the cell.
        around = _pixels(mark.box, scale, picture, width - 1)
        pen.rectangle(around, outline=_RED if mark.is_strong else _ORANGE, width=width)
    return picture


def _drawn(data: bytes, page: int) -> tuple[Image.Image, float]:
    """Return the picture of a page and its pixels per point."""
    if is_picture(data):
        from extract.scan.picture import frame_picture  # OpenCV takes a while to load

        scan = frame_picture(data, page)
        return Image.fromarray(scan.grey).convert("RGB"), scan.dots_per_inch / POINTS_PER_INCH
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()  # without it ticked boxes of a form are not drawn
        view: Any = document[page - 1]
        width, height = view.get_size()
        scale = DOTS_PER_INCH / POINTS_PER_INCH
        scale = min(scale, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
        return view.render(scale=scale).to_pil().convert("RGB"), scale


def _pixels(box: Box, scale: float, picture: Image.Image, margin: int) -> tuple[int, int, int, int]:
    """Return the pixels of a box with a margin around it: at least one, and none off the page."""
    left = min(max(round(box.x0 * scale) - margin, 0), picture.width - 1)
    top = min(max(round(box.top * scale) - margin, 0), picture.height - 1)
    right = min(max(round(box.x1 * scale) + margin, left + 1), picture.width)
    bottom = min(max(round(box.bottom * scale) + margin, top + 1), picture.height)
    return left, top, right, bottom
