"""What the checklists say: items.csv."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country.columns import drawn, identifiers, table
from benchmarks.country.facts import agency_columns, evidence
from benchmarks.country.reports import LEFT_OUT, WRITTEN, Reports
from benchmarks.country.results import Results
from benchmarks.country.texts import texts, thai_digits
from normalize.catalogue.checks import BE_MINUS_CE
from normalize.reference import item_lists

SCORED = 0.2
"""Share of checklists with a column of points: 100 for complete, else 0."""
DOUBTFUL = 0.002
"""Share of rows whose item waits for a person, and so counts nowhere."""


def make_items(results: Results, reports: Reports, seed: int) -> pd.DataFrame:
    """Write down every item of every checklist, in order of files."""
    rng = np.random.default_rng([seed, 3])
    listed = [(year, n) for year in reports.written for n in range(len(item_lists()[year]))]
    at = {key: n for n, key in enumerate(listed)}
    files, kinds, codes = [], [], []
    for year, (places, written) in reports.written.items():
        row, column = np.nonzero(written != LEFT_OUT)
        files.append(places[row])
        kinds.append(at[year, 0] + column)
        codes.append(written[row, column])
    file, kind = np.concatenate(files), np.concatenate(kinds)
    order = np.lexsort((kind, file))
    return _frame(results, reports, listed, file[order], kind[order], np.concatenate(codes)[order],
                  seed, rng)  # fmt: skip


def _frame(
    results: Results,
    reports: Reports,
    listed: list[tuple[int, int]],
    file: Any,
    kind: Any,
    code: Any,
    seed: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    items = [item_lists()[year][n] for year, n in listed]
    own = reports.files
    years = own["fiscal_year_be"].to_numpy()
    known_years = sorted(set(years.tolist()) - {0})
    year = np.array([known_years.index(y) if y else -1 for y in years.tolist()])[file]
    # Rows follow one another within a file: its first row is the header.
    starts = np.flatnonzero(np.diff(file, prepend=-1))
    row = np.arange(len(file)) - np.repeat(starts, np.diff(np.append(starts, len(file)))) + 2
    doubtful = rng.random(len(file)) < DOUBTFUL
    turning = np.isin(own["named"].to_numpy()[file], [turn.agency for turn in results.turns])
    doubtful &= ~turning
    sure = np.where(doubtful, -1, kind)
    has_points = (rng.random(len(own)) < SCORED)[file]
    thai = (own["medium"].to_numpy() % 2)[file]
    numbers = [f"O{item.item_no}" for item in items]
    numbers += [thai_digits(f"o{item.item_no}") for item in items]
    wordings, first, many = _wordings()
    wording = first[code] + rng.integers(0, 1 << 30, len(code)) % np.maximum(many[code], 1)
    columns = {
        "observation_id": identifiers(seed, 1, len(file)),
        **agency_columns(results.agencies, own["agency"].to_numpy()[file]),
        "fiscal_year_be": drawn(known_years, year, "Int64"),
        "fiscal_year_ce": drawn([y - BE_MINUS_CE for y in known_years], year, "Int64"),
        "item_list_year_be": drawn([y for y, _ in listed], kind, "Int64"),
        "instrument": drawn(["OIT"], np.zeros(len(file), dtype=np.int64)),
        "item_no": drawn([i.item_no for i in items], sure, "Int64"),
        "concept_id": drawn([i.concept_id for i in items], sure),
        "item_name": drawn([i.name for i in items], sure),
        "indicator_no": drawn([i.indicator_no for i in items], sure, "Int64"),
        "sub_indicator_no": drawn([i.sub_indicator_no or None for i in items], sure),
        "item_no_raw": drawn(numbers, kind + thai * len(items)),
        "item_name_raw": drawn([i.name for i in items], kind),
        "match_score": drawn([1.0, 0.62], doubtful.astype(int), "Float64"),
        "match_method": drawn(["invented"], np.zeros(len(file), dtype=np.int64)),
        "match_status": drawn(["accepted", "review"], doubtful.astype(int)),
        "status": drawn(WRITTEN, code),
        "status_raw": drawn(wordings, np.where(many[code] > 0, wording, -1)),
        "score": drawn([0.0, 100.0], np.where(has_points, (code == 0).astype(int), -1), "Float64"),
        "responsible": drawn(texts("office"), kind % len(texts("office"))),
        **evidence(own, file, row, "t1"),
    }
    return table("items", len(file), columns)


def _wordings() -> tuple[list[str], Any, Any]:
    """Return all wordings of statuses, and of each code of WRITTEN the first and how many."""
    found = [texts(f"status:{status}") for status in WRITTEN]
    many = np.array([len(one) for one in found])
    return [text for one in found for text in one], np.cumsum(many) - many, many
