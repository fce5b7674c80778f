"""Which numbers of a report in two tones no reader can be sure of.

There a stamp is as black as print: a stroke of it may be one of a digit, or hide one. And of thin
strokes that lie between two rows of pixels neither tone may keep anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.scan_scoring import NUMBER
from benchmarks.scan_wear import (
    BLACK,
    Layer,
    PageWear,
    Stamp,
    Wear,
    printed,
    skewed,
    stamped,
    worn,
)
from extract.document import POINTS_PER_INCH

# Share of the box around a digit, a point or a comma that a stamp blackens to cover it.
COVERED = 0.03
# Share of the ink of such a sign that is black in the scan; one with less is worn.
KEPT = 0.5


def unreadable_numbers(report: Path, recipe: dict[str, Any]) -> dict[str, Counter[str]]:
    """Count the numbers of a printed report by what they say, if a sign of them cannot be read.

    "covered" are those of which a stamp covers a sign, "worn" others of which one is worn.
    """
    found: dict[str, Counter[str]] = {"covered": Counter(), "worn": Counter()}
    if recipe["tone"] != "bilevel":
        return found
    wear = _wear(recipe)
    scale = wear.dpi / POINTS_PER_INCH
    with pypdfium2.PdfDocument(report) as pdf:
        pdf.init_forms()
        for number, (page, here) in enumerate(zip(pdf, wear.pages, strict=True), start=1):
            if number in recipe["text_pages"]:
                continue
            drawn = page.render(scale=scale).to_pil()
            under, kept = _under(drawn, wear, here), _kept(drawn, wear, here)
            ink = 1 - _grey(np.asarray(drawn.convert("RGB"), np.float32) / 255)
            for said, boxes in _numbers(page, scale):
                if any(under[box].size and under[box].mean() >= COVERED for box in boxes):
                    found["covered"][said] += 1
                elif any(kept[box].sum() < KEPT * ink[box].sum() for box in boxes):
                    found["worn"][said] += 1
    return found


def _wear(recipe: dict[str, Any]) -> Wear:
    pages = [
        PageWear(**{**page, "stamp": page["stamp"] and Stamp(**page["stamp"])})
        for page in recipe["pages"]
    ]
    own = {field.name: recipe[field.name] for field in fields(Wear)}
    return Wear(**{**own, "pages": tuple(pages)})


def _under(drawn: Image.Image, wear: Wear, here: PageWear) -> Any:
    """Return where a page has black ink of its stamp and none of its own."""
    light = printed(drawn, wear)
    if not here.stamp:
        return np.zeros(light.shape[:2], np.bool_)
    own, both = (_grey(one) < BLACK for one in (light, stamped(light, here.stamp, wear.dpi)))
    return both & ~own


def _kept(drawn: Image.Image, wear: Wear, here: PageWear) -> Any:
    """Return how black the scan of a page without its stamp is, set upright again, from 0 to 1."""
    scan = np.rot90(worn(drawn, wear, replace(here, stamp=None)), -here.turn // 90)
    return skewed((scan == 0).astype(np.float32)[..., None], -here.skew)


def _grey(light: Layer) -> Any:
    return cv2.cvtColor(light, cv2.COLOR_RGB2GRAY)


def _numbers(
    page: pypdfium2.PdfPage, scale: float
) -> Iterator[tuple[str, list[tuple[slice, slice]]]]:
    """Yield the numbers of a page, with the rows and columns of pixels of their signs."""
    text = page.get_textpage()
    signs = "".join(text.get_text_range(n, 1) or " " for n in range(text.count_chars()))
    for number in NUMBER.finditer(signs):
        boxes = []
        for n in range(*number.span()):
            x0, y0, x1, y1 = text.get_charbox(n)
            across, down = zip(_shown(x0, y0, page), _shown(x1, y1, page), strict=True)
            rows, columns = (
                slice(max(0, int(min(ends) * scale)), int(max(ends) * scale) + 1)
                for ends in (down, across)
            )
            boxes.append((rows, columns))
        yield number[0], boxes


def _shown(x: float, y: float, page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return where a point of a page is shown, from the left and the top; its PDF may turn it."""
    left, bottom, right, top = page.get_mediabox()
    x, y = x - left, y - bottom
    width, height = right - left, top - bottom
    turned = {0: (x, height - y), 90: (y, x), 180: (width - x, y), 270: (height - y, width - x)}
    return turned[page.get_rotation()]
