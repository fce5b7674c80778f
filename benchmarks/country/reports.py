"""Which agency publishes which report in which year, and what each report says of the items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country.columns import identifiers
from benchmarks.country.results import COMPLETE, MISSING, Results
from normalize.reference import item_lists

WRITTEN = (
    "complete",
    "partial",
    "missing",
    "in_progress",
    "not_started",
    "not_reported",
    "unclear",
)
"""What a report may say of an item; -1 where it leaves the item out."""
BLANK, UNCLEAR, LEFT_OUT = 5, 6, -1
MEDIA = (
    ("application/pdf", "pdf", "text_layer"),
    ("application/pdf", "pdf", "ocr"),
    ("text/html", "html", "text"),
    ("text/plain", "txt", "text"),
)
MEDIA_SHARES = (0.75, 0.1, 0.1, 0.05)
# Shares of agencies: silent always, or in one year; with each kind of report otherwise.
ALWAYS_SILENT, SILENT = 0.01, 0.02
CHECKLIST, SECOND_CHECKLIST, MEASURES, MIXED, SCORES = 0.98, 0.14, 0.7, 0.3, 0.85
FAILED, COPY, STRAY, OLD_LIST = 0.01, 0.01, 0.005, 0.01
MOST_DIFFERING_ITEMS = 3
"""A second checklist says otherwise than the first in none to so many items."""
BLANK_ITEMS = 2
"""It leaves so many cells blank that the first has filled in."""
BOASTS = 0.02
"""Checklists that call every item complete, whatever is so."""
CLAIMS = 0.01
"""Reports of scores that give an item which the agency's checklist calls complete no points."""


NAMELESS, YEARLESS = 8, 9
"""Parts of strays: checklists whose agency, or whose year, the program could not tell."""
DEFAULTS = {
    **{"part": 1, "list_year": 0, "scored_year": 0},
    **{"is_copy": False, "failed": False, "has_all_scores": False},
}


@dataclass(slots=True)
class Reports:
    """The report files, in order of their names, and what is written in them.

    ``files``: agency (its position, -1: not known), fiscal_year_be (0: not known), report_type,
    part (1, 2, NAMELESS or YEARLESS), list_year, scored_year (0: no scores), has_all_scores,
    medium, is_copy, failed, named (the agency in the file's name), claim (position of an item that
    is given no points, -1: none), source_file, document_id.
    ``written``: by list year, files (their positions) and a code of WRITTEN per file and item.
    ``silent``: agencies by years, where nothing is published. ``differing``: agency,
    fiscal_year_be, item (position in the list), first, second (codes of WRITTEN).
    """

    files: pd.DataFrame
    written: dict[int, tuple[Any, Any]]
    silent: Any
    differing: pd.DataFrame


def make_reports(results: Results, seed: int) -> Reports:
    """Invent who published what."""
    rng = np.random.default_rng([seed, 2])
    count = len(results.agencies)
    silent = rng.random((count, len(results.years))) < SILENT
    silent |= (rng.random(count) < ALWAYS_SILENT)[:, None]
    turning = np.zeros(count, dtype=bool)
    turning[[turn.agency for turn in results.turns]] = True
    files = pd.concat(
        [
            _of_year(results, year, ~silent[:, n], turning, rng)
            for n, year in enumerate(results.years)
        ],
        ignore_index=True,
    )
    silent = np.ones_like(silent)
    known = files[(files["agency"] >= 0) & (files["fiscal_year_be"] > 0)]
    silent[known["agency"], known["fiscal_year_be"] - results.years[0]] = False
    medium = rng.choice(len(MEDIA), silent.shape, p=MEDIA_SHARES)  # one per agency and year
    files["medium"] = medium[files["named"], files["folder"] - results.years[0]]
    files["source_file"] = _names(files, results)
    files = files.sort_values("source_file", ignore_index=True)
    files["document_id"] = identifiers(seed, 0, len(files))
    files.loc[files["is_copy"], "document_id"] = files["document_id"].shift()[files["is_copy"]]
    _claim(files, results, rng)
    written, differing = _written(files, results, turning, rng)
    return Reports(files, written, silent, differing)


def _of_year(
    results: Results, year: int, published: Any, turning: Any, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the files of a fiscal year."""

    def some(share: float, of: Any = published) -> Any:
        return np.flatnonzero(of & (rng.random(len(of)) < share))

    def rows(agencies: Any, report_type: str, **more: object) -> pd.DataFrame:
        return pd.DataFrame({"agency": agencies, "report_type": report_type, **DEFAULTS, **more})

    scored = year - 1 if year - 1 in results.scores else 0
    checklists = some(CHECKLIST)
    has_checklist = np.zeros(len(published), dtype=bool)
    has_checklist[checklists] = True
    old = year - 1 if year - 1 in item_lists() else year
    is_old = (rng.random(len(checklists)) < OLD_LIST) & ~turning[checklists]
    seconds = some(SECOND_CHECKLIST, has_checklist & ~turning)
    seconds = np.setdiff1d(seconds, checklists[is_old])
    copies = some(COPY, has_checklist)
    measures = some(MEASURES)
    is_mixed = (rng.random(len(measures)) < MIXED) & (scored > 0)
    strays = some(STRAY)
    found = [
        rows(checklists, "oit_checklist", list_year=np.where(is_old, old, year)),
        rows(seconds, "oit_checklist", part=2, list_year=year),
        rows(copies, "oit_checklist", is_copy=True),
        rows(measures, np.where(is_mixed, "mixed", "measures"), scored_year=is_mixed * scored),
        rows(some(FAILED), "unknown", failed=True),
        rows(
            strays, "oit_checklist", part=np.where(strays % 2, NAMELESS, YEARLESS), list_year=year
        ),
    ]
    if scored:
        scores = some(SCORES)
        found.append(rows(scores, "score_analysis", scored_year=scored, has_all_scores=True))
    files = pd.concat(found, ignore_index=True)
    files["named"] = files["agency"]
    files["fiscal_year_be"] = np.where(files["part"] == YEARLESS, 0, year)
    files["folder"] = year
    files.loc[files["part"] == NAMELESS, "agency"] = -1
    return files


def _names(files: pd.DataFrame, results: Results) -> list[str]:
    """Name the files by year, code of the agency and kind; a copy comes after its original."""
    codes = results.agencies["agency_code"].fillna("no-code").tolist()
    return [
        f"invented/{row.folder}/{codes[row.named]}-{'failed' if row.failed else row.report_type}"
        f"-{row.part}{'_copy' if row.is_copy else ''}.{MEDIA[row.medium][1]}"
        for row in files.itertuples()
    ]


def _claim(files: pd.DataFrame, results: Results, rng: np.random.Generator) -> None:
    """Let some reports of scores give no points for an item that is complete."""
    claim = np.full(len(files), -1)
    picked = files["has_all_scores"].to_numpy() & (rng.random(len(files)) < CLAIMS)
    for place in np.flatnonzero(picked):
        row = files.iloc[place]
        complete = np.flatnonzero(results.status[row["scored_year"]][row["agency"]] == COMPLETE)
        if len(complete):
            claim[place] = complete[rng.integers(len(complete))]
    files["claim"] = claim


def _written(
    files: pd.DataFrame, results: Results, turning: Any, rng: np.random.Generator
) -> tuple[dict[int, tuple[Any, Any]], pd.DataFrame]:
    """Return what each checklist says, by list year, and the items in which two of them differ."""
    written: dict[int, tuple[Any, Any]] = {}
    differing = []
    for list_year in sorted(set(files["list_year"]) - {0}):
        places = np.flatnonzero(files["list_year"] == list_year)
        own = files.iloc[places]
        truth = results.status.get(list_year)
        if truth is None:  # the list of the year before the first
            count = len(item_lists()[list_year])
            codes = rng.choice([COMPLETE, 1, MISSING], (len(places), count), p=(0.7, 0.1, 0.2))
        else:
            codes = truth[own["named"]].astype(np.int64)
        chance = rng.random(codes.shape)
        masked = np.where(chance < 0.03, BLANK, np.where(chance < 0.04, UNCLEAR, codes))
        masked = np.where(chance > 0.99, LEFT_OUT, masked)
        is_turning = turning[own["named"]][:, None]
        boasts = (rng.random(len(places)) < BOASTS)[:, None] & ~is_turning
        codes = np.where(is_turning, codes, np.where(boasts, COMPLETE, masked))
        differing.append(_differ(own, codes, rng))
        written[list_year] = (places, codes)
    return written, pd.concat(differing, ignore_index=True)


def _differ(own: pd.DataFrame, codes: Any, rng: np.random.Generator) -> pd.DataFrame:
    """Make each second checklist say otherwise than the first in a few items, and in no other."""
    first = {
        row.agency: n
        for n, row in enumerate(own.itertuples())
        if row.part == 1 and row.fiscal_year_be == row.list_year
    }
    rows = []
    for n, row in enumerate(own.itertuples()):
        if row.part != 2:
            continue
        codes[n] = codes[first[row.agency]]
        known = rng.permutation(np.flatnonzero((codes[n] >= 0) & (codes[n] < BLANK)))
        codes[n, known[-BLANK_ITEMS:]] = BLANK
        for item in known[: rng.integers(MOST_DIFFERING_ITEMS + 1)]:
            before = codes[n, item]
            codes[n, item] = MISSING if before == COMPLETE else COMPLETE
            rows.append((row.agency, row.fiscal_year_be, item, before, codes[n, item]))
    columns = ["agency", "fiscal_year_be", "item", "first", "second"]
    return pd.DataFrame(rows, columns=columns).astype(int)
