"""The labelled cases of the matchers: one CSV per matcher in ``benchmarks/cases``.

A case is a text and what it means. Its half is drawn by a hash of the text, so that nobody chooses
it: ``tune`` may be looked at while the matchers are improved, ``held`` is only ever counted.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CASES = Path(__file__).parent / "cases"
# What is expected of a case, by set. Empty: it must stay unmatched (items, agencies), or the
# column is not asked for. Several values parted by ";" are an open tie: it must go to review.
EXPECTED = {
    "items": ("concept_id", "item_no"),
    "agencies": ("agency_code",),
    "statuses": ("status", "score"),
    "thai": ("right",),
}
WITH_YEAR = ("items", "agencies")
# must: any mistake is a defect. should: counts for the bars. tolerated: may also stay open.
TIERS = ("must", "should", "tolerated")
HAND = "hand"

Half = Literal["tune", "held"]
HALVES: tuple[Half, ...] = ("tune", "held")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text; ``year`` is a fiscal year (be) or empty; ``answer`` is as in EXPECTED.

    ``source`` is "hand", or the seed of the generator that made it.
    """

    tier: str
    kind: str
    text: str
    year: str
    answer: tuple[str, ...]
    source: str

    @property
    def digest(self) -> str:
        """What names the case and draws its half."""
        return hashlib.sha256(f"{self.year}|{self.text}".encode()).hexdigest()

    @property
    def half(self) -> Half:
        """The half that the case belongs to."""
        return HALVES[int(self.digest[-1], 16) % 2]


def columns(name: str) -> tuple[str, ...]:
    """Return the columns of a set's file."""
    year = ("year",) * (name in WITH_YEAR)
    return ("case_id", "half", "tier", "kind", "text", *year, *EXPECTED[name], "source")


def read_cases(name: str, folder: Path = CASES) -> list[Case]:
    """Read the cases of a set; ``case_id`` and ``half`` follow from the text."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Case(
                row["tier"],
                row["kind"],
                row["text"],
                row.get("year", ""),
                tuple(row[column] for column in EXPECTED[name]),
                row["source"],
            )
            for row in csv.DictReader(file)
        ]


def write_cases(name: str, cases: Iterable[Case], folder: Path = CASES) -> int:
    """Write the cases of a set, those by hand first; a text that stands twice is written once."""
    found: dict[str, Case] = {}
    for case in sorted(cases, key=lambda one: one.source != HAND):
        found.setdefault(case.digest, case)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns(name))
        for digest, one in found.items():
            year = (one.year,) * (name in WITH_YEAR)
            case_id = f"{name[0]}-{digest[:8]}"
            writer.writerow(
                [case_id, one.half, one.tier, one.kind, one.text, *year, *one.answer, one.source]
            )
    return len(found)
