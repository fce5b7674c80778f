"""Whether the text layer of a page can be used, or the page must be read from its picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import numpy as np

from extract.pdf import calls
from extract.pdf.native import LOST, NativePage
from extract.pdf.shapes import Area
from extract.thai_words import word_cover

# Why a page is read from its picture; the last is that a person asks for it.
Unusable = Literal["no_text", "scan_with_text", "no_characters", "no_words", "not_wanted"]

# A picture over this share of the page is the page itself, scanned.
WHOLE_PAGE = 0.5
# A scan with fewer characters has no text layer, but a page number, a stamp or a program's mark.
FEW = 40
# A larger share of characters that draw nothing is the text of an earlier recognition.
UNSEEN = 0.5
# A larger share of glyphs whose characters nothing tells.
LOST_SHARE = 0.1
# Thai with fewer letters than this cannot be judged; less of it in words is none (DESIGN: a broken
# character map gives 0.48 to 0.66, text that can be repaired 0.90 and more).
LEAST_THAI, LEAST_COVER = 80, 0.75
# So many characters of a page are looked up, at most about twice.
SAMPLE = 200
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_INVISIBLE = 3  # the way of drawing text that shows nothing


def why_unusable(page: NativePage) -> Unusable | None:
    """Return why the text layer of a page, which holds text, cannot be used; None if it can."""
    codes = page.characters.codes
    if _is_scan(page):
        if len(codes) < FEW:
            return "no_text"
        modes = calls.render_mode.each(page.text_objects)
        drawn = page.characters.objects
        unseen = modes[np.minimum(drawn, len(modes) - 1)] == _INVISIBLE
        if unseen.mean() > UNSEEN:
            return "scan_with_text"
    return "no_characters" if (codes == LOST).mean() > LOST_SHARE else None


def is_misread(texts: Iterable[str]) -> bool:
    """Say whether the Thai of a page's texts, as mended, is no words: its fonts have a false map.

    A sample is judged, from all over the page.
    """
    words = [word for text in texts for word in text.split()]
    step = 1 + sum(map(len, words)) // SAMPLE
    sample = " ".join(words[::step])
    return len(_THAI.findall(sample)) >= LEAST_THAI and word_cover(sample) < LEAST_COVER


def _is_scan(page: NativePage) -> bool:
    width, height = page.frame.size
    sheet = Area(0.0, 0.0, width, height)
    covered = sum(_common(sheet, picture) for picture in page.shapes.pictures)
    return covered > WHOLE_PAGE * width * height


def _common(one: Area, other: Area) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)
