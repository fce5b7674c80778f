"""Real Thai PDFs: `python -m benchmarks.real_bench ../shared/pdf [--failures N]`.

First the reports that check themselves (benchmarks.real_checks), with Prongsai and plain
pdfplumber: checks that come out, that fail, and that could not be made since cells were not found.
Then every PDF of the folder: pages, processor seconds of both, tables, and the dictionary cover of
Prongsai's text, which is the share of its Thai letters that stand in dictionary words of two
letters or more (0.97 and above is clean text; names and abbreviations lower it).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize

from benchmarks.child import Reading, Run, run_tool
from benchmarks.pdf_bench import page_count
from benchmarks.real_checks import (
    SHEETS,
    Verdicts,
    check_candidates,
    check_elaas,
    check_sheet,
)
from benchmarks.scoring import Grid

COMPARED = ("prongsai", "pdfplumber")
CLEAN_COVER = 0.97
FILE_SECONDS = 600.0
# Thai letters and marks, without digits, baht sign and the signs of repetition and abbreviation.
_THAI = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]+")


@cache
def _words() -> frozenset[str]:
    return frozenset(thai_words())


def dictionary_cover(texts: Iterable[str]) -> float | None:
    """Return the share of Thai letters in dictionary words; None where there is no Thai."""
    letters = known = 0
    for text in texts:
        for run in _THAI.findall(text.replace("\n", "")):
            letters += len(run)
            words = word_tokenize(run, engine="newmm")
            known += sum(len(word) for word in words if len(word) > 1 and word in _words())
    return known / letters if letters else None


def checks(folder: Path) -> dict[str, Callable[[Iterable[Grid]], Verdicts]]:
    """Return the check of each report that checks itself, by the name of its PDF."""
    found: dict[str, Callable[[Iterable[Grid]], Verdicts]] = {"elaas-expense-2561": check_elaas}
    found |= {name: partial(check_sheet, sheet=sheet) for name, sheet in SHEETS.items()}
    gold = folder / "election-candidates.csv"
    return found | {"election-candidates": partial(check_candidates, gold=gold)}


def print_checks(folder: Path, runs: dict[str, Run], limit: int) -> None:
    """Print a row for each report that checks itself and each tool, then what is wrong."""
    print("| report | tool | checks | right | wrong | not found | share right |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    wrong: list[str] = []
    for name, check in checks(folder).items():
        for tool, run in runs.items():
            reading = run.readings.get(folder / f"{name}.pdf", Reading(error="not there"))
            verdicts = check(reading.grids)
            # More than the printed page holds: something was read twice, and is not right.
            share = verdicts.right / max(verdicts.expected, verdicts.right + len(verdicts.wrong))
            print(
                f"| {name} | {tool} | {verdicts.expected} | {verdicts.right} "
                f"| {len(verdicts.wrong)} | {verdicts.unread} | {share:.4f} {reading.error} |"
            )
            if tool == "prongsai":
                wrong += [f"{name}: {what}" for what in verdicts.wrong[:limit]]
    print("\n" * bool(wrong) + "\n".join(wrong))


def print_files(runs: dict[str, Run], files: list[Path]) -> None:
    """Print a row for each PDF; a star marks a dictionary cover under that of clean text."""
    print("| PDF | pages | prongsai s | pdfplumber s | ratio | tables | cover | doubts |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for path in files:
        own, peer = (runs[name].readings[path] for name in COMPARED)
        cover = dictionary_cover(
            [*own.paragraphs, *(cell.text for grid in own.grids for cell in grid)]
        )
        shown = "" if cover is None else f"{cover:.3f}{' *' * (cover < CLEAN_COVER)}"
        ratio = peer.cpu_seconds / own.cpu_seconds if own.cpu_seconds and not peer.error else 0.0
        doubts = sorted({note.partition(":")[0] for note in own.notes})
        said = ", ".join(filter(None, [own.error, *doubts]))
        print(
            f"| {path.stem} | {page_count(path)} | {own.cpu_seconds:.2f} "
            f"| {peer.cpu_seconds:.2f} {peer.error} | {ratio:.1f} | {len(own.grids)} | {shown} "
            f"| {said} |"
        )
    peaks = ", ".join(f"{name} {run.peak_mb:.0f} MB" for name, run in runs.items())
    print(f"\nPeak memory: {peaks}")


def main() -> None:
    """Read the folder with both tools and print what is right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder of real PDFs")
    parser.add_argument(
        "--failures", type=int, metavar="N", help="only the checks, with N wrong ones of each"
    )
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.pdf"))
    if not files:
        sys.exit(f"{options.folder} holds no PDF")
    if options.failures is not None:
        files = [path for path in files if path.stem in checks(options.folder)]
    runs = {}
    for name in COMPARED if options.failures is None else COMPARED[:1]:
        print(f"reading with {name} ...", file=sys.stderr)
        runs[name] = run_tool(name, files, FILE_SECONDS)
    print_checks(options.folder, runs, options.failures or 0)
    if options.failures is None:
        print_files(runs, files)


if __name__ == "__main__":
    main()
