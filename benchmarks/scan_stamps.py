"""Which numbers of a report lie under a stamp that is as black as print, as in two tones.

There no reader can be sure of them: a stroke of the stamp may be one of a digit, or hide one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2

from benchmarks.scan_scoring import NUMBER
from benchmarks.scan_wear import BLACK, Layer, PageWear, Stamp, Wear, printed, stamped
from extract.document import POINTS_PER_INCH

# Share of the box around a digit that a stamp blackens to cover it.
COVERED = 0.03


def covered_numbers(report: Path, recipe: dict[str, Any]) -> Counter[str]:
    """Count the numbers of a printed report by what they say, if a stamp covers a digit of them."""
    found: Counter[str] = Counter()
    if recipe["tone"] != "bilevel":
        return found
    wear = _wear(recipe)
    with pypdfium2.PdfDocument(report) as pdf:
        pdf.init_forms()
        for number, (page, here) in enumerate(zip(pdf, wear.pages, strict=True), start=1):
            if here.stamp and number not in recipe["text_pages"]:
                light = printed(page.render(scale=wear.dpi / POINTS_PER_INCH).to_pil(), wear)
                under = _is_black(stamped(light, here.stamp, wear.dpi)) & ~_is_black(light)
                found.update(_covered(page, under, wear.dpi / POINTS_PER_INCH))
    return found


def _wear(recipe: dict[str, Any]) -> Wear:
    pages = [
        PageWear(**{**page, "stamp": page["stamp"] and Stamp(**page["stamp"])})
        for page in recipe["pages"]
    ]
    own = {field.name: recipe[field.name] for field in fields(Wear)}
    return Wear(**{**own, "pages": tuple(pages)})


def _is_black(light: Layer) -> Any:
    return cv2.cvtColor(light, cv2.COLOR_RGB2GRAY) < BLACK


def _covered(page: pypdfium2.PdfPage, under: Any, scale: float) -> Iterator[str]:
    """Yield the numbers of a page of which a digit has ink of the stamp in its box.

    Of a page that its PDF turns it yields none.
    """
    if page.get_rotation():
        return
    text = page.get_textpage()
    signs = "".join(text.get_text_range(n, 1) or " " for n in range(text.count_chars()))
    height = page.get_height()
    for number in NUMBER.finditer(signs):
        for n in range(*number.span()):
            left, bottom, right, top = (one * scale for one in text.get_charbox(n))
            rows = slice(max(0, int(height * scale - top)), int(height * scale - bottom) + 1)
            box = under[rows, max(0, int(left)) : int(right) + 1]
            if signs[n].isdigit() and box.size and np.mean(box) >= COVERED:
                yield number[0]
                break
