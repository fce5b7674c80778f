"""Pens: what the libraries that draw page by page have in common, for the typesetter.

Lengths are in points; y runs downwards from the top of the page, a text stands on its baseline.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from fpdf import FPDF
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .fonts import DINGBATS, SYMBOLS, symbol_font, thai_fonts
from .model import Style

PRODUCED = datetime(2025, 1, 1, tzinfo=UTC)
Face = Literal["regular", "bold", "symbols", "dingbats"]


class Pen(Protocol):
    """Draws on pages."""

    def start_page(self) -> None:
        """Begin a new page."""

    def width(self, text: str, size: float, face: Face) -> float:
        """Return the width of a text."""

    def text(
        self, x: float, y: float, text: str, size: float, face: Face, colour: str = "#000000"
    ) -> None:
        """Draw a text from x on, on the baseline y."""

    def spaced(self, x: float, y: float, text: str, size: float, face: Face, gap: float) -> None:
        """Draw a text whose letters stand `gap` points further apart."""

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """Draw a line."""

    def dashes(self, x0: float, x1: float, y: float) -> None:
        """Draw a dotted line."""

    def box(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """Draw the border of a rectangle."""

    def fill(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> None:
        """Fill a rectangle."""

    def image(self, path: Path, x: float, y: float, size: float) -> None:
        """Place a square picture."""

    def save(self, path: Path) -> None:
        """Finish the file."""


class ReportLabPen:
    """Draws by ReportLab's canvas, which places glyph after glyph without shaping."""

    def __init__(self, style: Style) -> None:
        self.page = style.page
        self.canvas = Canvas("unused.pdf", pagesize=self.page, invariant=1, pageCompression=1)
        self.names = self.register(style)
        self.is_first = True

    def register(self, style: Style) -> dict[Face, str]:
        """Register the fonts of a report and return their names by face."""
        font = thai_fonts()[style.font]
        files: dict[Face, Path] = {
            "regular": font.regular,
            "bold": font.bold,
            "symbols": symbol_font(is_private=False).regular,
            "dingbats": symbol_font(is_private=True).regular,
        }
        names: dict[Face, str] = {}
        for face, file in files.items():
            names[face] = file.stem
            if file.stem not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(file.stem, str(file)))
        return names

    def start_page(self) -> None:
        if not self.is_first:
            self.canvas.showPage()
        self.is_first = False

    def width(self, text: str, size: float, face: Face) -> float:
        return float(pdfmetrics.stringWidth(text, self.names[face], size))

    def text(
        self, x: float, y: float, text: str, size: float, face: Face, colour: str = "#000000"
    ) -> None:
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setFont(self.names[face], size)
        self.canvas.drawString(x, self.page[1] - y, text)

    def spaced(self, x: float, y: float, text: str, size: float, face: Face, gap: float) -> None:
        self.canvas.setFillColor(HexColor("#000000"))
        self.canvas.setFont(self.names[face], size)
        self.canvas.drawString(x, self.page[1] - y, text, charSpace=gap)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.page[1] - y0, x1, self.page[1] - y1)

    def dashes(self, x0: float, x1: float, y: float) -> None:
        self.canvas.saveState()
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(1, 2)
        self.canvas.line(x0, self.page[1] - y, x1, self.page[1] - y)
        self.canvas.restoreState()

    def box(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.rect(x0, self.page[1] - y1, x1 - x0, y1 - y0)

    def fill(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> None:
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(x0, self.page[1] - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def image(self, path: Path, x: float, y: float, size: float) -> None:
        self.canvas.drawImage(str(path), x, self.page[1] - y - size, size, size)

    def save(self, path: Path) -> None:
        path.write_bytes(self.canvas.getpdfdata())


class FpdfPen:
    """Draws by fpdf2, with or without its shaping engine."""

    def __init__(self, style: Style, *, is_shaped: bool) -> None:
        self.pdf = FPDF(unit="pt", format=style.page)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_creation_date(PRODUCED)
        self.pdf.c_margin = 0
        font = thai_fonts()[style.font]
        self.families: dict[Face, tuple[str, str]] = {
            "regular": ("thai", ""),
            "bold": ("thai", "B"),
            "symbols": (SYMBOLS, ""),
            "dingbats": (DINGBATS, ""),
        }
        self.pdf.add_font("thai", "", font.regular)
        self.pdf.add_font("thai", "B", font.bold)
        self.pdf.add_font(SYMBOLS, "", symbol_font(is_private=False).regular)
        self.pdf.add_font(DINGBATS, "", symbol_font(is_private=True).regular)
        self.is_shaped = is_shaped

    def _choose(self, size: float, face: Face) -> None:
        self.pdf.set_font(*self.families[face], size)
        is_thai = face in ("regular", "bold")
        self.pdf.set_text_shaping(self.is_shaped and is_thai)

    def start_page(self) -> None:
        self.pdf.add_page()

    def width(self, text: str, size: float, face: Face) -> float:
        self._choose(size, face)
        return float(self.pdf.get_string_width(text))

    def text(
        self, x: float, y: float, text: str, size: float, face: Face, colour: str = "#000000"
    ) -> None:
        self._choose(size, face)
        self.pdf.set_text_color(*_rgb(colour))
        self._cell(x, y, text, size)

    def spaced(self, x: float, y: float, text: str, size: float, face: Face, gap: float) -> None:
        self._choose(size, face)
        self.pdf.set_text_color(0)
        self.pdf.set_char_spacing(gap)
        self._cell(x, y, text, size)
        self.pdf.set_char_spacing(0)

    def _cell(self, x: float, y: float, text: str, size: float) -> None:
        """Draw by a cell, since fpdf2 shapes no other text; its baseline lies 0.8 em down."""
        self.pdf.set_xy(x, y - 0.8 * size)
        self.pdf.cell(self.pdf.get_string_width(text), size, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        self.pdf.set_line_width(width)
        self.pdf.line(x0, y0, x1, y1)

    def dashes(self, x0: float, x1: float, y: float) -> None:
        self.pdf.set_line_width(0.5)
        self.pdf.set_dash_pattern(dash=1, gap=2)
        self.pdf.line(x0, y, x1, y)
        self.pdf.set_dash_pattern()

    def box(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        self.pdf.set_line_width(width)
        self.pdf.rect(x0, y0, x1 - x0, y1 - y0)

    def fill(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> None:
        self.pdf.set_fill_color(*_rgb(colour))
        self.pdf.rect(x0, y0, x1 - x0, y1 - y0, style="F")

    def image(self, path: Path, x: float, y: float, size: float) -> None:
        self.pdf.image(str(path), x, y, size, size)

    def save(self, path: Path) -> None:
        self.pdf.output(str(path))


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
