"""Measure the recogniser: on worn lines of the maker, and on lines of report pages.

``python -m training.evaluate --fonts FONTS`` reads lines in the fonts that were trained on and in
those kept aside; ``--pages FOLDER ...`` reads lines of PDFs, beside Tesseract on some of them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.recogniser import WEIGHTS, Recogniser
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from training.batches import Maker
from training.pages import PageLine, page_lines

_SEED = 77  # of no training
_WORST = 40


@dataclass
class Tally:
    """Counts of characters, lines and digits, and how sure the engine was of what it read."""

    characters: int = 0
    wrong: int = 0
    wrong_letters: int = 0
    lines: int = 0
    exact: int = 0
    digits: dict[str, list[int]] = field(default_factory=lambda: {"thai": [0, 0], "arabic": [0, 0]})
    sure: list[tuple[float, bool]] = field(default_factory=list)
    misread: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, truth: str, read: str, source: str, clusters: Sequence[Cluster] = ()) -> None:
        """Count a line."""
        operations = Levenshtein.opcodes(truth, read)
        self.characters += len(truth)
        self.wrong += Levenshtein.distance(truth, read)
        self.wrong_letters += Levenshtein.distance(truth.replace(" ", ""), read.replace(" ", ""))
        self.lines += 1
        self.exact += truth == read
        kept = {
            place
            for step in operations
            if step.tag == "equal"
            for place in range(step.src_start, step.src_end)
        }
        right = {
            place
            for step in operations
            if step.tag == "equal"
            for place in range(step.dest_start, step.dest_end)
        }
        for name, system in (("thai", THAI_DIGITS), ("arabic", ARABIC_DIGITS)):
            places = [n for n, character in enumerate(truth) if character in system]
            self.digits[name][0] += len(places)
            self.digits[name][1] += sum(n in kept for n in places)
        at = 0
        for cluster in clusters:
            end = at + len(cluster.text)
            self.sure.append((cluster.confidence, all(n in right for n in range(at, end))))
            at = end
        if truth != read:
            self.misread.append((truth, read, source))

    def report(self, name: str) -> None:
        """Print the figures."""
        shares = {
            system: f"{right / count:.4f} of {count}" if count else "none"
            for system, (count, right) in self.digits.items()
        }
        rate, letters = self.wrong / self.characters, self.wrong_letters / self.characters
        print(
            f"{name}: {self.lines} lines, character error rate {rate:.4f}"
            f" ({letters:.4f} without spaces), exact lines {self.exact / self.lines:.4f},"
            f" Thai digits {shares['thai']},"
            f" Arabic digits {shares['arabic']}"
        )

    def calibration(self) -> None:
        """Print how often clusters of each confidence are right."""
        sure = np.array(sorted(self.sure))
        for low, high in (
            (0, 0.5),
            (0.5, 0.8),
            (0.8, 0.95),
            (0.95, 0.99),
            (0.99, 0.999),
            (0.999, 1.01),
        ):
            some = sure[(sure[:, 0] >= low) & (sure[:, 0] < high)]
            if len(some):
                said, was = some.mean(axis=0)
                print(
                    f"  confidence {low} to {high}: {len(some)}, says {said:.4f}, right {was:.4f}"
                )


def of_maker(engine: Recogniser, fonts: Path, count: int, *, is_kept_aside: bool) -> Tally:
    """Read worn lines of the maker."""
    maker = Maker(fonts, _SEED, is_kept_aside=is_kept_aside)
    tally = Tally()
    made = [maker.line(40) for _ in range(count)]
    for (text, *_), reading in zip(made, engine.read([grey for _, grey, *_ in made]), strict=True):
        tally.add(text, reading.text, "maker", reading.clusters)
    return tally


def gathered(folders: Sequence[Path], dpi: int, files: int) -> list[PageLine]:
    """Cut lines out of some of the PDFs of each folder."""
    rng, picked = np.random.default_rng(_SEED), Random(_SEED)  # noqa: S311
    found: list[PageLine] = []
    for folder in folders:
        pdfs = sorted(folder.glob("*.pdf"))
        for pdf in picked.sample(pdfs, min(files, len(pdfs))):
            found += page_lines(pdf, dpi, rng)
    return found


def timed(read: Callable[[Sequence[Grey]], list[Reading]], lines: list[PageLine]) -> Tally:
    """Read lines of pages and say how much of a processor's time a line takes."""
    start = sum(os.times()[:4])
    readings = read([line.grey for line in lines])
    print(f"{(sum(os.times()[:4]) - start) / len(lines) * 1000:.2f} ms a line")
    tally = Tally()
    for line, reading in zip(lines, readings, strict=True):
        tally.add(line.text, " ".join(reading.text.split()), line.source, reading.clusters)
    return tally


def tesseract(lines: Sequence[Grey]) -> list[Reading]:
    """Read lines with plain Tesseract, one by one."""
    found = []
    for grey in lines:
        padded = cv2.copyMakeBorder(grey, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
        run = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "tha+eng", "--psm", "7"],  # noqa: S607
            input=cv2.imencode(".png", padded)[1].tobytes(),
            capture_output=True,
            check=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin:/usr/local/bin"},
        )
        text = run.stdout.decode("utf-8").replace("\u0e4d\u0e32", "\u0e33")
        found.append(Reading((Cluster(" ".join(text.split()), 0, 0, 1),)))
    return found


def main() -> None:
    """Measure as the command says."""
    parser = argparse.ArgumentParser(description="Measure the recogniser of lines.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--fonts", type=Path)
    parser.add_argument("--lines", type=int, default=2000)
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--files", type=int, default=8, help="PDFs of each folder")
    parser.add_argument("--dpi", type=int, nargs="*", default=[150, 200, 300])
    parser.add_argument("--tesseract", type=int, default=0, help="lines to read with it too")
    parser.add_argument("--show", action="store_true", help="print lines that are misread")
    chosen = parser.parse_args()
    engine = Recogniser(chosen.weights)
    tallies = []
    if chosen.fonts:
        for name, is_kept_aside in (("fonts trained on", False), ("fonts kept aside", True)):
            tallies.append(
                of_maker(engine, chosen.fonts, chosen.lines, is_kept_aside=is_kept_aside)
            )
            tallies[-1].report(name)
            tallies[-1].calibration()
    for dpi in chosen.dpi if chosen.pages else ():
        lines = gathered(chosen.pages, dpi, chosen.files)
        tallies.append(timed(engine.read, lines))
        tallies[-1].report(f"pages at {dpi} dpi")
        tallies[-1].calibration()
        if chosen.tesseract:
            some = Random(_SEED).sample(lines, min(chosen.tesseract, len(lines)))  # noqa: S311
            for name, read in (("recogniser", engine.read), ("Tesseract", tesseract)):
                timed(read, some).report(f"  the same {len(some)} lines, {name}")
    if chosen.show:
        for tally in tallies:
            for truth, read, source in Random(_SEED).sample(  # noqa: S311
                tally.misread, min(_WORST, len(tally.misread))
            ):
                print(f"{source}\n  is   {truth}\n  read {read}")


if __name__ == "__main__":
    main()
