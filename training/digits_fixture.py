"""Draw the lines of ``tests/data/scan``: ``python -m training.digits_fixture FONTS``.

The numbers are made up; the fonts are those that nothing was trained on.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from random import Random

import cv2
import numpy as np

from extract.scan.alphabet import Alphabet
from training.fonts import faces
from training.lines import Printer
from training.texts import ROOT
from training.wear import scanned

OUT = ROOT / "tests/data/scan"
_LINES = (
    "๐๑๒๓๔๕๖๗๘๙",
    "0123456789",
    "O10 O๑๐ ๐๑๐ 010",
    "๑๓๑๕๑๙๑ ๗๒๗๒๗",
    "ร้อยละ ๘๗.๖๕ (93.51)",
    "๒๐/๑๒/๒๕๖๗ - 1,204,638.79",
)
_SEED = 5
# Pixels that a letter is high: as print of 12 and 16 points at 200 dots per inch.
_BODIES = (14.0, 19.0)


def draw(fonts: Path, out: Path) -> None:
    """Write ``numbers.png``, lines one below the other, and ``numbers.csv``, their clusters."""
    numbers, alphabet = np.random.default_rng(_SEED), Alphabet.load()
    regular = [face for face in faces(fonts, is_kept_aside=True) if "regular" in str(face.files[0])]
    crops, rows, top = [], [], 0
    for face, body in zip(regular, _BODIES, strict=True):
        printer = Printer(face, fonts)
        for text in _LINES:
            line = printer.print(text, Random(_SEED))  # noqa: S311
            crop = scanned(line, numbers, body)
            bottom = top + crop.grey.shape[0]
            for parts, (x0, x1) in zip(line.parts, crop.boxes.tolist(), strict=True):
                place = (top, bottom, crop.grey.shape[1], f"{x0:.1f}", f"{x1:.1f}")
                rows.append((*place, alphabet.text(parts)))
            crops.append(crop.grey)
            top = bottom
    width = max(crop.shape[1] for crop in crops)
    page = [np.pad(crop, ((0, 0), (0, width - crop.shape[1]))) for crop in crops]
    out.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(out / "numbers.png"), np.concatenate(page))
    with (out / "numbers.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("top", "bottom", "width", "x0", "x1", "text"))
        table.writerows(rows)


def main() -> None:
    """Draw as the command says."""
    parser = argparse.ArgumentParser(description="Draw the lines that the tests read.")
    parser.add_argument("fonts", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    draw(chosen.fonts, chosen.out)


if __name__ == "__main__":
    main()
