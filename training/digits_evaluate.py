"""Measure the reader of digits: in fonts kept aside, on report pages, and with the line reader.

``python -m training.digits_evaluate --fonts FONTS --pages FOLDER ...``. On pages the glyphs are cut
where the text layer says; with ``--lines`` the line reader reads first, says where to cut, and the
errors of both together are counted.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from extract.scan import recogniser
from extract.scan.digits import DIGITS, WEIGHTS, Digits, Witness, seconded
from extract.scan.engine import Cluster, Grey, Reading
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from training.digits_glyphs import Maker
from training.evaluate import gathered

_SEED = 78  # of no training
_KEPT = 0.99  # share of the digits that are to be accepted
_COMMON = 12  # errors that are shown
_STEPS = (0.5, 0.9, 0.99, 0.999, 0.9995)
Band = tuple[float, float]
# Pixels that letters are high: both readers are measured together on each of these bands.
_BANDS: tuple[Band, ...] = ((4.5, 5.5), (5.5, 6.5), (6.5, 8.0), (8.0, 11.0), (11.0, 20.0))


@dataclass
class Tally:
    """What the reader of digits said of known digits: (is, said, probability)."""

    said: list[tuple[str, str, float]] = field(default_factory=list)
    uncut: int = 0

    def add(self, clusters: Sequence[Cluster], witnesses: Sequence[Witness]) -> None:
        """Count the digits of a line whose clusters are known."""
        seen = {witness.cluster: witness for witness in witnesses}
        for n, cluster in enumerate(clusters):
            if cluster.text not in tuple(DIGITS):
                continue
            if n in seen:
                self.said.append((cluster.text, seen[n].text, seen[n].probability))
            else:
                self.uncut += 1

    def report(self, name: str) -> None:
        """Print the figures."""
        total = len(self.said) + self.uncut
        print(f"{name}: {total} digits, not cut {self.uncut / total:.4f}")
        for system, digits in (("Thai", THAI_DIGITS), ("Arabic", ARABIC_DIGITS)):
            some = [one for one in self.said if one[0] in digits]
            if not some:
                continue
            right = sum(truth == text for truth, text, _ in some)
            print(f"  {system}: {right / len(some):.5f} of {len(some)} right", end="")
            surest = sorted(some, key=lambda one: -one[2])[: round(_KEPT * len(some))]
            right = sum(truth == text for truth, text, _ in surest)
            print(
                f", of the surest {_KEPT:.0%} {right / len(surest):.5f}"
                f" (from {surest[-1][2]:.4f} up)"
            )
        errors = Counter((truth, text) for truth, text, _ in self.said if truth != text)
        shown = ", ".join(f"{a} as {b or '?'} {n}" for (a, b), n in errors.most_common(_COMMON))
        print(f"  most common errors: {shown or 'none'}")


@dataclass
class Joint:
    """Digits that the line reader read, with the truth and what the second reader said."""

    digits: int = 0  # of the truth
    read: list[tuple[bool, bool | None, float]] = field(default_factory=list)
    both_wrong: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, truth: str, reading: Reading, witnesses: Sequence[Witness]) -> None:
        """Count a line: is each digit right, did the second reader agree, how sure are both."""
        self.digits += sum(character in DIGITS for character in truth)
        text = reading.text
        is_of: dict[int, str] = {}
        for step in Levenshtein.opcodes(truth, text):
            for place in range(step.dest_start, step.dest_end):
                source = step.src_start + place - step.dest_start
                is_of[place] = truth[source] if source < step.src_end else ""
        seen = {witness.cluster: witness for witness in witnesses}
        at = 0
        for n, cluster in enumerate(seconded(reading, witnesses).clusters):
            if cluster.text in tuple(DIGITS):
                agrees = seen[n].text == cluster.text if n in seen else None
                is_right = is_of[at] == cluster.text
                self.read.append((is_right, agrees, cluster.confidence))
                if agrees and not is_right:
                    self.both_wrong[(is_of[at], cluster.text)] += 1
            at += len(cluster.text)

    def report(self) -> None:
        """Print the figures."""
        print(f"  {self.digits} digits, {len(self.read)} read as digits")
        for name, wanted in (("both agree", True), ("they differ", False), ("not cut", None)):
            some = [is_right for is_right, agrees, _ in self.read if agrees is wanted]
            wrong = len(some) - sum(some)
            print(f"    {name}: {len(some)}, of which the line reader has {wrong} wrong")
        for least in _STEPS:
            some = [is_right for is_right, _, sure in self.read if sure >= least]
            wrong = len(some) - sum(some)
            share = sum(some) / max(self.digits, 1)
            print(f"    confidence of both {least} or more: {share:.4f} right, {wrong} wrong")
        shown = ", ".join(f"{a or 'none'} as {b} {n}" for (a, b), n in self.both_wrong.items())
        print(f"    agreed and wrong: {shown or 'none'}")


def of_maker(second: Digits, fonts: Path, lines: int, *, is_kept_aside: bool) -> Tally:
    """Classify the digits of worn lines of the maker."""
    maker = Maker(fonts, _SEED, is_kept_aside=is_kept_aside)
    made = [maker.line() for _ in range(lines)]
    readings = [Reading(tuple(clusters)) for _, _, clusters in made]
    return _told([grey for _, grey, _ in made], readings, second)


def together(
    engine: recogniser.Recogniser, second: Digits, fonts: Path, lines: int, bodies: Band
) -> Joint:
    """Read worn lines of the maker, of letters between two heights, by both readers."""
    maker = Maker(fonts, _SEED, bodies)
    texts, greys, _ = zip(*(maker.line() for _ in range(lines)), strict=True)
    return _joint(engine, second, texts, greys)


def _joint(
    engine: recogniser.Recogniser, second: Digits, texts: Sequence[str], greys: Sequence[Grey]
) -> Joint:
    joint = Joint()
    readings = engine.read(greys)
    found = second.witnesses(greys, readings)
    for text, reading, witnesses in zip(texts, readings, found, strict=True):
        joint.add(text, reading, witnesses)
    return joint


def _told(lines: Sequence[Grey], readings: Sequence[Reading], second: Digits) -> Tally:
    tally = Tally()
    found = second.witnesses(lines, readings)
    for reading, witnesses in zip(readings, found, strict=True):
        tally.add(reading.clusters, witnesses)
    return tally


def main() -> None:
    """Measure as the command says."""
    parser = argparse.ArgumentParser(description="Measure the reader of digits.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--lines", type=Path, default=recogniser.WEIGHTS, help="of the line reader")
    parser.add_argument("--fonts", type=Path)
    parser.add_argument("--count", type=int, default=3000, help="lines of the maker")
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--files", type=int, default=8, help="PDFs of each folder")
    parser.add_argument("--dpi", type=int, nargs="*", default=[150, 200, 300])
    chosen = parser.parse_args()
    second = Digits(chosen.weights)
    if chosen.fonts:
        for name, is_kept_aside in (("fonts trained on", False), ("fonts kept aside", True)):
            tally = of_maker(second, chosen.fonts, chosen.count, is_kept_aside=is_kept_aside)
            tally.report(name)
    engine = recogniser.Recogniser(chosen.lines)
    for bodies in _BANDS if chosen.fonts else ():
        print(f"both readers, letters of {bodies[0]} to {bodies[1]} pixels")
        together(engine, second, chosen.fonts, chosen.count, bodies).report()
    for dpi in chosen.dpi if chosen.pages else ():
        lines = gathered(chosen.pages, dpi, chosen.files)
        greys = [line.grey for line in lines]
        start = time.process_time()
        tally = _told(greys, [Reading(line.clusters) for line in lines], second)
        spent = time.process_time() - start
        tally.report(f"pages at {dpi} dpi")
        digits = len(tally.said) + tally.uncut
        print(f"  {spent / max(digits, 1) * 400 * 1000:.0f} ms for 400 digits")
        _joint(engine, second, [line.text for line in lines], greys).report()


if __name__ == "__main__":
    main()
