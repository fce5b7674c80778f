"""Scanned reports, beside plain Tesseract: `python -m benchmarks.scan_bench SCANS_DIR`.

SCANS_DIR is what benchmarks.scan_corpus writes. Readings of each report are counted alike:

prongsai    the scan as Prongsai reads it
lines       the same with Tesseract as the reader of its lines; digits have their second reader
tesseract   one pass of Tesseract over each page (tha+eng, one thread), its words put into the
            cells of the printed report; tables, columns and upright pages are given. It is kept
            in SCANS_DIR/tesseract, and run again where that is removed
printed     the report before it was scanned: what the rest of the program can reach

A cell is right when its text is, spaces ignored; a digit when it stands at its place in the cell
that its own is paired with. An item or score is accepted where it waits for no review. Seconds are
processor seconds, by page that is a picture.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from benchmarks.peers import TOOLS
from benchmarks.scan_scoring import Tally, count_apart, judge_items, judge_scores, tally
from benchmarks.scan_tesseract import filled, kept_pass
from benchmarks.scan_unreadable import unreadable_numbers
from benchmarks.scoring import gold_grids
from extract.document import Document
from extract.read import read_bytes
from extract.scan.digits import Digits
from extract.scan.engine import Engine
from extract.scan.reader import default_engine
from extract.scan.tesseract import Tesseract
from extract.scan.witnessed import Witnessed
from normalize import Registry, SourceFile, normalize_documents

# The bars of the project, at this resolution and better.
BAR_DPI = 200
ITEMS_BAR, WRONG_ITEMS_BAR, DIGITS_BAR, CELLS_BAR, TIME_BAR = 0.97, 0.005, 0.995, 0.85, 1.5
# Groups of reports, and those of them for which all readers are shown.
KINDS = ("dpi", "tone", "digits", "stamp", "turned", "form", "paper", "producer", "layout", "font")
BESIDE = ("dpi", "tone", "digits", "stamp")
# What is counted apart (see benchmarks.scan_unreadable), and what is said of the others.
APART = {"covered": "no black stamp covers", "worn": "are neither covered nor worn in two tones"}
ENGINES: dict[str, Callable[[], Engine]] = {
    "prongsai": default_engine,
    "lines": cache(lambda: Witnessed(Tesseract(), Digits())),
}
COLUMNS: dict[str, Callable[[Counter[str]], str]] = {
    "cells": lambda c: share(c["cells_right"], c["cells"]),
    "precision": lambda c: share(c["cells_right"], c["cells_got"]),
    "CER": lambda c: share(c["edits"], c["characters"]),
    "Thai digits": lambda c: share(c["thai_right"], c["thai"]),
    "Arabic digits": lambda c: share(c["arabic_right"], c["arabic"]),
    "misread": lambda c: share(c["thai_misread"] + c["arabic_misread"], c["thai"] + c["arabic"]),
    "unsure": lambda c: share(c["thai_unsure"] + c["arabic_unsure"], c["thai"] + c["arabic"]),
    "items right": lambda c: share(c["items_right"], c["items"]),
    "named": lambda c: share(c["items_named"], c["items"]),
    "wrong": lambda c: share(c["items_wrong"], c["items"]),
    "scores right": lambda c: share(c["scores_right"], c["scores"]),
    "scores wrong": lambda c: f"{c['scores_wrong']:.0f}" if c["scores"] else "",
    "s/page": lambda c: f"{c['seconds'] / c['pages']:.2f}" if c["seconds"] else "",
}


@dataclass(slots=True)
class Report:
    """A scanned report: where it lies, its gold, its recipe, and what readers got right."""

    folder: Path
    name: str
    gold: dict[str, Any]
    recipe: dict[str, Any]
    tallies: dict[str, Tally]

    @property
    def scan(self) -> Path:
        """The scanned file."""
        return self.folder / str(self.recipe["file"])

    @property
    def printed(self) -> Path:
        """The report before it was scanned."""
        return self.folder / "printed" / f"{self.name}.pdf"

    @property
    def picture_pages(self) -> int:
        """How many of its pages are pictures."""
        return len(self.recipe["pages"]) - len(self.recipe["text_pages"])

    def kind(self, kind: str) -> str:
        """Return what the report is of a kind, as "300" of "dpi"."""
        pages = self.recipe["pages"]
        if kind == "digits":
            return str(self.gold["style"]["digits"])
        if kind == "stamp":
            inks = sorted({page["stamp"]["ink"] for page in pages if page["stamp"]})
            return "several" if len(inks) > 1 else "".join(inks) or "none"
        if kind == "turned":
            return "some pages" if any(page["turn"] for page in pages) else "none"
        return str(self.recipe.get(kind, self.gold.get(kind)))


def share(part: float, whole: float) -> str:
    """Return a share as text, empty of nothing."""
    return f"{part / whole:.4f}" if whole else ""


def reports(folder: Path, only: str) -> list[Report]:
    """Return the scanned reports of a folder."""
    found = []
    for path in sorted(folder.glob(f"{only}.recipe.json")):
        name = path.name.removesuffix(".recipe.json")
        gold = json.loads((folder / f"{name}.json").read_text("utf-8"))
        found.append(Report(folder, name, gold, json.loads(path.read_text("utf-8")), {}))
    return found


def count(report: Report, reader: str, document: Document, registry: Registry) -> Tally:
    """Count what a reader got right."""
    is_read = document.status != "failed"
    grids = TOOLS["prongsai"].grids(document) if is_read else []
    found = tally(report.gold, gold_grids(report.gold), grids)
    if "items" in report.gold:
        file = SourceFile(document.source_file, document.document_id)
        tables = normalize_documents([file], [document], registry)
        items, scores, review = (_rows(tables[name]) for name in ("items", "scores", "review"))
        judge_items(found, report.gold["items"], items, review)
        judge_scores(found, report.gold["scores"], scores, review)
    report.tallies[reader] = found
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def read_all(report: Report, registry: Registry, readers: Sequence[str]) -> None:
    """Read a report in each way, and count."""
    printed = read_bytes(report.printed.read_bytes(), report.printed.name)
    for reader, engine in ENGINES.items():
        if reader in readers:
            data = report.scan.read_bytes()
            with patch("extract.scan.reader.default_engine", engine):
                start = _cpu_seconds()
                document = read_bytes(data, report.scan.name, ocr="auto")
                seconds = _cpu_seconds() - start
            found = count(report, reader, document, registry)
            found.counts.update(seconds=seconds, pages=report.picture_pages)
    if "tesseract" in readers:
        kept = report.folder / "tesseract" / f"{report.name}.json"
        ran = kept_pass(kept, report.scan, report.recipe)
        found = count(report, "tesseract", filled(printed, ran.words), registry)
        found.counts.update(seconds=ran.seconds, pages=report.picture_pages)
    if "printed" in readers:
        count(report, "printed", printed, registry)
    for kind, numbers in unreadable_numbers(report.printed, report.recipe).items():
        for found in report.tallies.values():
            count_apart(found, kind, numbers)


def _cpu_seconds() -> float:
    """Return the processor time of this process and of those that it ran."""
    return sum(os.times()[:4])


def total(group: Iterable[Report], reader: str) -> Counter[str]:
    """Sum what a reader got right over reports."""
    counts: Counter[str] = Counter()
    for report in group:
        if reader in report.tallies:
            counts.update(report.tallies[reader].counts)
    return counts


def print_table(rows: Iterable[tuple[str, Counter[str]]], head: str) -> None:
    """Print a row for each of several counts."""
    print(f"\n| {head} | {' | '.join(COLUMNS)} |")
    print(f"| --- |{' --- |' * len(COLUMNS)}")
    for name, counts in rows:
        print(f"| {name} | {' | '.join(show(counts) for show in COLUMNS.values())} |")


def print_bars(found: Sequence[Report]) -> None:
    """Say for each bar whether it is met."""
    sharp = [report for report in found if report.recipe["dpi"] >= BAR_DPI]
    own, peer = total(sharp, "prongsai"), total(sharp, "tesseract")
    print(f"\nAt {BAR_DPI} dpi and better, {len(sharp)} reports:")
    _bar("items right", own["items_right"], own["items"], ITEMS_BAR)
    _bar("items wrong", own["items_wrong"], own["items"], WRONG_ITEMS_BAR, is_most=True)
    _bar("scores wrong", own["scores_wrong"], 1, 0, is_most=True)
    for kind in ("thai", "arabic"):
        right, whole = own[f"{kind}_right"], own[kind]
        _bar(f"{kind} digits", right, whole, DIGITS_BAR)
        for apart, said in APART.items():
            right, whole = right - own[f"{kind}_{apart}_right"], whole - own[f"{kind}_{apart}"]
            _bar(f"{kind} digits of numbers that {said}", right, whole, DIGITS_BAR)
    _bar("exact cells", own["cells_right"], own["cells"], CELLS_BAR)
    if peer["seconds"]:
        _bar("time beside Tesseract's", own["seconds"], peer["seconds"], TIME_BAR, is_most=True)


def _bar(said: str, part: float, whole: float, bar: float, *, is_most: bool = False) -> None:
    if whole:
        value = part / whole
        is_met = value <= bar if is_most else value >= bar
        print(f"- {said} {value:.4f}: bar {bar:g} {'met' if is_met else 'NOT MET'}")


def print_wrong(found: Sequence[Report], reader: str, cells: int) -> None:
    """Print the wrong values that were accepted, and the first wrong cells of each report."""
    for report in found:
        told = report.tallies[reader]
        if not told.wrong and not told.pairs:
            continue
        recipe = report.recipe
        print(f"\n{report.name}: {recipe['dpi']} dpi, {recipe['tone']}, {recipe['form']}")
        for said in told.wrong:
            print(f"  WRONG {said}")
        for wanted, given in told.pairs[:cells]:
            print(f"  {wanted or '-'} <- {given or '-'}")


def results(found: Sequence[Report]) -> list[dict[str, Any]]:
    """Return everything that was counted, for a program to read."""
    return [
        {
            "name": report.name,
            "kinds": {kind: report.kind(kind) for kind in KINDS},
            "readers": {
                reader: {**told.counts, "wrong": told.wrong}
                for reader, told in report.tallies.items()
            },
        }
        for report in found
    ]


def main() -> None:
    """Read the reports in each way and print what was right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("scans", type=Path, help="folder that benchmarks.scan_corpus wrote")
    readers = ("prongsai", "lines", "tesseract", "printed")
    parser.add_argument("--readers", default=",".join(readers), help=f"some of {readers}")
    parser.add_argument("--only", default="*", help="only reports whose name matches, as made-*")
    parser.add_argument("--out", type=Path, help="write all figures there, as JSON")
    parser.add_argument("--wrong", type=int, help="show wrong values and so many cells a report")
    given = parser.parse_args()
    chosen = given.readers.split(",")
    found = reports(given.scans, given.only)
    if not found:
        sys.exit(f"{given.scans} holds no {given.only}.recipe.json")
    registry = Registry.load(given.scans / "agencies.csv")
    for report in found[:1]:  # so that what is loaded once is loaded
        read_bytes(report.scan.read_bytes(), report.scan.name, ocr="auto")
    for report in found:
        read_all(report, registry, chosen)
        print(f"{report.name} read", file=sys.stderr)
    pages = sum(report.picture_pages for report in found)
    print(f"{len(found)} reports, {pages} pages that are pictures")
    print_table([(reader, total(found, reader)) for reader in chosen], "all")
    sharp = [report for report in found if report.recipe["dpi"] >= BAR_DPI]
    print_table([(reader, total(sharp, reader)) for reader in chosen], f"{BAR_DPI} dpi and better")
    for kind in KINDS:
        groups: dict[str, list[Report]] = {}
        for report in found:
            groups.setdefault(report.kind(kind), []).append(report)
        shown = chosen if kind in BESIDE else chosen[:1]
        print_table(
            [
                (f"{name}: {one}", total(groups[name], one))
                for name in sorted(groups)
                for one in shown
            ],
            kind,
        )
    if "prongsai" in chosen:
        print_bars(found)
    if given.wrong is not None:
        print_wrong(found, chosen[0], given.wrong)
    if given.out:
        content = json.dumps(results(found), ensure_ascii=False, indent=1)
        given.out.write_text(content + "\n", "utf-8")


if __name__ == "__main__":
    main()
