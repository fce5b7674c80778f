"""The sheet of digits of tests/test_scan_engines.py: `python -m benchmarks.scan_digits FOLDER`.

Writes digits.png, lines of digits in Thai fonts one under the other, and digits.csv, which says
what each line is: its rows of pixels, its font and its text.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.corpus.fonts import thai_fonts

FONTS = ("Sarabun", "Laksaman", "Garuda", "Norasi", "Loma")
# Each of the twenty digits, alone among others of its kind and in numbers as reports have them.
THAI = ("๐๑๒๓๔๕๖๗๘๙", "๙๘๗๖๕๔๓๒๑๐", "๘๗.๖๕", "๙๔.๐๓", "๒๕๖๗", "๐๑๔", "๑๒๘,๔๖๙.๗๐", "๖๔.๙๘")
ARABIC = ("0123456789", "9876543210", "87.65", "94.03", "2567", "014", "128,469.70", "64.98")
SIZE, MARGIN, WIDTH = 40, 8, 420  # pixels: 14 points at 200 dpi


def main() -> None:
    """Draw the sheet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path, help="folder for digits.png and digits.csv")
    out = parser.parse_args().out
    lines = [(name, text) for name in FONTS for text in (*THAI, *ARABIC)]
    sheet = Image.new("L", (WIDTH, 3 * SIZE * len(lines)), 255)
    pen, rows, top = ImageDraw.Draw(sheet), [], 0
    for name, text in lines:
        font = ImageFont.truetype(str(thai_fonts()[name].regular), SIZE)
        _, above, right, below = font.getbbox(text)
        bottom = round(top + below - above + 2 * MARGIN)
        pen.text((MARGIN, top + MARGIN - above), text, fill=0, font=font)
        width = round(right) + 2 * MARGIN
        rows.append({"font": name, "text": text, "top": top, "bottom": bottom, "width": width})
        top = bottom
    sheet.crop((0, 0, WIDTH, top)).save(out / "digits.png", optimize=True)
    with (out / "digits.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
