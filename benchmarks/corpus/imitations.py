"""Pens that imitate how Microsoft Word and Excel write Thai into a PDF.

Neither program runs here; the habits are those seen in published files: sara am split or its
nikhahit written as a space, shifted marks at private-use code points, words cut into small
pieces, bold by printing twice, marks drawn after their line, and Excel's padding space over the
first digit of an amount.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics, ttfonts

from .fonts import cache_folder, rename, thai_fonts
from .lines import clusters
from .model import Style
from .pens import Face, ReportLabPen

NIKHAHIT, SARA_AA, SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
# A copy of nikhahit's glyph that the file calls a space, as Word does.
LOST = "\ue04d"
TONES, UPPER = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d"
TALL = "\u0e1b\u0e1d\u0e1f\u0e2c"
DEEP = "\u0e0e\u0e0f"
# Windows' private-use glyphs: marks moved left (over a tall letter), down, or both.
LEFT = {
    "\u0e34": "\uf701",
    "\u0e35": "\uf702",
    "\u0e36": "\uf703",
    "\u0e37": "\uf704",
    "\u0e31": "\uf710",
    "\u0e47": "\uf712",
}
LOW_LEFT = dict(zip(TONES, "\uf705\uf706\uf707\uf708\uf709", strict=True))
LOW = dict(zip(TONES, "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
HIGH_LEFT = dict(zip(TONES, "\uf713\uf714\uf715\uf716\uf717", strict=True))
UNDER = dict(zip("\u0e38\u0e39\u0e3a", "\uf718\uf719\uf71a", strict=True))
CUT_BELOW = {"\u0e10": "\uf700", "\u0e0d": "\uf70f"}
ABOVE = re.compile(f"[{UPPER}{TONES}{LOST}\uf701-\uf70e\uf710\uf712-\uf717]")
AMOUNT = re.compile(r"[\d,]+\.\d\d")

_to_unicode = ttfonts.makeToUnicodeCMap


def _to_unicode_with_lost(name: str, subset: list[int]) -> Any:
    return _to_unicode(name, [0x20 if code == ord(LOST) else code for code in subset])


ttfonts.makeToUnicodeCMap = _to_unicode_with_lost


def split_sara_am(cluster: str, nikhahit: str) -> str:
    """Write a cluster's sara am as a nikhahit, before any tone mark, and sara aa."""
    if not cluster.endswith(SARA_AM):
        return cluster
    body = cluster[:-1]
    tone = body[-1] if body[-1] in TONES else ""
    return body.removesuffix(tone) + nikhahit + tone + SARA_AA


def shifted(cluster: str) -> str:
    """Write a cluster's marks with the private-use glyphs that fit its consonant."""
    at = 1 if "\u0e40" <= cluster[0] <= "\u0e44" and len(cluster) > 1 else 0
    base, marks = cluster[at], cluster[at + 1 :]
    has_upper = any(mark in UPPER or mark == LOST for mark in marks)
    made = ""
    for mark in marks:
        if mark in TONES and base in TALL:
            made += (HIGH_LEFT if has_upper else LOW_LEFT)[mark]
        elif mark in TONES and not has_upper:
            made += LOW[mark]
        elif mark in LEFT and base in TALL:
            made += LEFT[mark]
        elif mark in UNDER and base in DEEP:
            made += UNDER[mark]
        else:
            made += mark
    if base in CUT_BELOW and any(mark in UNDER for mark in marks):
        base = CUT_BELOW[base]
    return cluster[:at] + base + made


class _OfficePen(ReportLabPen):
    """What the two imitations share: fonts with a lost nikhahit, and spelling by clusters."""

    def __init__(self, style: Style) -> None:
        super().__init__(style)
        self.nikhahit = ("", NIKHAHIT, LOST)[style.variant % 3]
        self.has_private_marks = style.variant % 2 == 0 and style.font != "Sarabun"

    def register(self, style: Style) -> dict[Face, str]:
        names = super().register(style)
        font = thai_fonts()[style.font]
        sources: dict[Face, Path] = {"regular": font.regular, "bold": font.bold}
        for face, source in sources.items():
            name = f"{source.stem}-Office"
            if name not in pdfmetrics.getRegisteredFontNames():
                made = cache_folder() / f"{name}.ttf"
                if not made.exists():
                    _with_lost(source, made)
                pdfmetrics.registerFont(ttfonts.TTFont(name, str(made)))
            names[face] = name
        return names

    def spelled(self, text: str) -> list[str]:
        """Return the clusters of a text as the program writes them."""
        found = []
        for cluster in clusters(text):
            spelled = split_sara_am(cluster, self.nikhahit) if self.nikhahit else cluster
            if self.has_private_marks:
                spelled = "".join(shifted(part) for part in clusters(spelled))
            found.append(spelled)
        return found

    def width(self, text: str, size: float, face: Face) -> float:
        return super().width("".join(self.spelled(text)), size, face)


class WordPen(_OfficePen):
    """Words cut into pieces of a few letters, and bold printed twice."""

    def drawn(self, face: Face) -> Face:
        """Return the face that stands for another: bold printed twice is regular."""
        return "regular" if face == "bold" and self.has_private_marks else face

    def width(self, text: str, size: float, face: Face) -> float:
        return super().width(text, size, self.drawn(face))

    def text(
        self, x: float, y: float, text: str, size: float, face: Face, colour: str = "#000000"
    ) -> None:
        spelled = self.spelled(text)
        made, at = [""], 0
        for n, cluster in enumerate(spelled):
            made[-1] += cluster
            if n + 1 < len(spelled) and n - at >= (n * 7 + len(text)) % 4:
                made.append("")
                at = n + 1
        drawn = self.drawn(face)
        for shift in (0.0, 0.3) if drawn != face else (0.0,):
            start = x + shift
            for piece in made:
                super().text(start, y, piece, size, drawn, colour)
                start += float(pdfmetrics.stringWidth(piece, self.names[drawn], size))


class ExcelPen(_OfficePen):
    """Marks drawn after the letters of their line, and a space over an amount's first digit."""

    def text(
        self, x: float, y: float, text: str, size: float, face: Face, colour: str = "#000000"
    ) -> None:
        if AMOUNT.fullmatch(text):
            digit = self.width(text[0], size, face)
            super().text(x + digit * 0.55, y, " ", size, face, colour)
            super().text(x, y, text, size, face, colour)
            return
        spelled = "".join(self.spelled(text))
        letters = ABOVE.sub("", spelled)
        super().text(x, y, letters, size, face, colour)
        name = self.names[face]
        for mark in ABOVE.finditer(spelled):
            before = ABOVE.sub("", spelled[: mark.start()])
            start = x + float(pdfmetrics.stringWidth(before, name, size))
            super().text(start, y, mark[0], size, face, colour)


def _with_lost(source: Path, made: Path) -> None:
    """Write a copy of a font that has nikhahit's glyph at the private code point too."""
    font = FontFile(source)
    for cmap in font["cmap"].tables:
        if cmap.isUnicode() and ord(NIKHAHIT) in cmap.cmap:
            cmap.cmap[ord(LOST)] = cmap.cmap[ord(NIKHAHIT)]
    # ReportLab keeps fonts by their name: under the old one it would take the one without.
    rename(font, f"{source.stem} Office", "Regular")
    font.save(made)
