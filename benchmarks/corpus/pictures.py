"""The one picture of the reports: a made-up emblem."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from .fonts import cache_folder


@cache
def logo() -> Path:
    """Draw the emblem and return its file."""
    made = cache_folder() / "emblem.png"
    picture = Image.new("RGB", (160, 160), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((4, 4, 156, 156), outline="#7a4b00", width=6)
    pen.ellipse((24, 24, 136, 136), fill="#e8c46a", outline="#7a4b00", width=3)
    pen.polygon([(80, 34), (116, 118), (44, 118)], fill="#7a4b00")
    picture.save(made)
    return made
