"""What the reports of measures say, and who copied what from whom: measures.csv."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country.columns import drawn, identifiers, table
from benchmarks.country.facts import agency_columns, evidence, year_column
from benchmarks.country.reports import WRITTEN, Reports
from benchmarks.country.results import Results
from benchmarks.country.texts import EDITS, SENTENCES, parts_of, sentence, texts
from normalize.catalogue.checks import BE_MINUS_CE
from normalize.reference import indicators

MOST_MEASURES, FEWEST_MEASURES = 6, 3
COPIED_REPORTS = 0.04
"""Reports whose measures are those of another agency's report of the same year or before."""
ADDRESSING = 0.6
"""Agencies whose measures address the indicators that scored lowest the year before."""
WITH_RESULT, WITH_OUTCOME, WITHOUT_INDICATOR, UNDATED = 0.6, 0.3, 0.05, 0.05
STEPS = (0, 0, 2, 3)
KINDS = ("measure", "result", "outcome")
"""Columns that have sentences of their own."""


@dataclass(slots=True)
class Measures:
    """The tables, and what is known of them.

    ``copies``: observation_id, source_observation_id, text_kind, edit (of EDITS).
    ``addressing``: agencies (positions) whose measures begin with the lowest indicators, in order.
    """

    measures: pd.DataFrame
    steps: pd.DataFrame
    copies: pd.DataFrame
    addressing: Any


def make_measures(results: Results, reports: Reports, seed: int) -> Measures:
    """Invent measures for every report that has some, in order of files."""
    rng = np.random.default_rng([seed, 5])
    files = reports.files
    places = np.flatnonzero(files["report_type"].isin(["measures", "mixed"]))
    source = _sources(files, places, rng)
    many = rng.integers(FEWEST_MEASURES, MOST_MEASURES + 1, len(places))
    many = np.where(source >= 0, many[source], many)
    starts = np.cumsum(many) - many
    of = np.repeat(np.arange(len(places)), many)  # which report of measures, by position
    number = np.arange(len(of)) - starts[of]
    original = np.where(source[of] >= 0, starts[source[of]] + number, np.arange(len(of)))
    is_copy = original != np.arange(len(of))
    if len(of) * len(KINDS) > SENTENCES:
        raise ValueError(f"more measures than sentences ({SENTENCES // len(KINDS)})")
    edit = np.where(is_copy, rng.integers(0, len(EDITS), len(of)), -1)
    has_result = (rng.random(len(of)) < WITH_RESULT)[original]
    has_outcome = has_result & (rng.random(len(of)) < WITH_OUTCOME)[original]
    kept = dict(zip(KINDS, (np.full(len(of), True), has_result, has_outcome), strict=True))
    told = {
        kind: _texts(original + n * len(of), edit, seed, kept[kind]) for n, kind in enumerate(KINDS)
    }
    addressing = np.flatnonzero(rng.random(len(results.agencies)) < ADDRESSING)
    file = places[of]
    ids = identifiers(seed, 3, len(of))
    columns = {
        "observation_id": ids,
        **agency_columns(results.agencies, files["agency"].to_numpy()[file]),
        "fiscal_year_be": year_column(files["fiscal_year_be"].to_numpy()[file]),
        "measure_no": drawn([str(n + 1) for n in range(MOST_MEASURES)], number),
        **told,
        "status": drawn(WRITTEN, np.where(has_result, 0, rng.integers(3, 6, len(of)))),
        "responsible": drawn(texts("office"), rng.integers(0, len(texts("office")), len(of))),
        "match_status": drawn(["accepted"], np.zeros(len(of), dtype=np.int64)),
        **_indicators(results, files, file, number, addressing, rng),
        **_periods(files["fiscal_year_be"].to_numpy()[file], rng),
        **evidence(files, file, number + 2, "t2"),
    }
    measures = table("measures", len(of), columns)
    copies = pd.concat(
        [
            pd.DataFrame(
                {
                    "observation_id": ids[copied],
                    "source_observation_id": ids[original[copied]],
                    "text_kind": kind,
                    "edit": np.array(EDITS)[edit[copied]],
                }
            )
            for kind in KINDS
            for copied in [is_copy & kept[kind]]
        ],
        ignore_index=True,
    )
    return Measures(measures, _steps(measures, seed, rng), copies, addressing)


def _sources(files: pd.DataFrame, places: Any, rng: np.random.Generator) -> Any:
    """Return for each report of measures the one that it copies (its position), or -1."""
    source = np.full(len(places), -1)
    copied = rng.random(len(places)) < COPIED_REPORTS
    own = np.flatnonzero(~copied)
    if not len(own):
        return source
    agencies = files["agency"].to_numpy()
    for place in np.flatnonzero(copied):
        # Files are in order of years: what stands before is of the same year or earlier.
        before = int(np.searchsorted(own, place))
        picked = own[rng.integers(before)] if before else -1
        if picked >= 0 and agencies[places[picked]] != agencies[places[place]]:
            source[place] = picked
    return source


def _texts(numbers: Any, edit: Any, seed: int, kept: Any) -> Any:
    """Return a sentence for each row: that of its original's number, edited; empty if not kept."""
    parts = parts_of(numbers, seed).tolist()
    edits = ["", *EDITS]
    made = [
        sentence(own, edits[code + 1]) if is_told else None
        for own, code, is_told in zip(parts, edit.tolist(), kept, strict=True)
    ]
    return pd.array(made, dtype="string")


def _indicators(
    results: Results, files: pd.DataFrame, file: Any, number: Any, addressing: Any, rng: Any
) -> dict[str, Any]:
    """Return which indicator each measure addresses: the lowest first where that is known."""
    agency, year = files["agency"].to_numpy()[file], files["fiscal_year_be"].to_numpy()[file]
    indicator = rng.integers(0, 10, len(file))
    for scored, scores in results.scores.items():
        lowest = np.argsort(scores.indicators, axis=1, kind="stable")
        rows = (year == scored + 1) & np.isin(agency, addressing)
        indicator[rows] = lowest[agency[rows], number[rows]]
    unknown = (rng.random(len(file)) < WITHOUT_INDICATOR) & ~np.isin(agency, addressing)
    indicator[unknown] = -1
    instruments = [
        next(i.instrument for i in indicators() if i.indicator_no == n + 1) for n in range(10)
    ]
    subs = ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]
    sub = np.where(indicator == 8, number % 5, np.where(indicator == 9, 5 + number % 2, -1))
    return {
        "instrument": drawn(instruments, indicator),
        "indicator_no": drawn(list(range(1, 11)), indicator, "Int64"),
        "sub_indicator_no": drawn(subs, sub),
    }


def _periods(years: Any, rng: np.random.Generator) -> dict[str, Any]:
    """Return periods that start in a month of the fiscal year and end with it; some are blank."""
    known = sorted(set(years.tolist()))
    starts, ends = [], []
    for year in known:
        first = datetime.date(year - 1 - BE_MINUS_CE, 10, 1)
        for month in range(12):
            start = datetime.date(first.year + (9 + month) // 12, (9 + month) % 12 + 1, 1)
            starts.append(start.isoformat())
            ends.append(datetime.date(first.year + 1, 9, 30).isoformat())
    place = np.searchsorted(known, years) * 12 + rng.integers(0, 12, len(years))
    place = np.where(rng.random(len(years)) < UNDATED, -1, place)
    return {
        "period_raw": drawn([f"{a} - {b}" for a, b in zip(starts, ends, strict=True)], place),
        "period_start": drawn(starts, place),
        "period_end": drawn(ends, place),
    }


def _steps(measures: pd.DataFrame, seed: int, rng: np.random.Generator) -> pd.DataFrame:
    many = rng.choice(STEPS, len(measures))
    of = np.repeat(np.arange(len(measures)), many)
    number = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    parts = parts_of(of, seed)
    text = [f"{texts('action')[(a + n) % 31]} {texts('topic')[t]}"
            for a, t, n in zip(parts[:, 0], parts[:, 1], number, strict=True)]  # fmt: skip
    copied = ("observation_id", "document_id", "table_id", "row", "page", "line")
    columns = {name: measures[name].array.take(of) for name in copied}
    columns |= {
        "step_no": drawn([1, 2, 3], number, "Int64"),
        "text": pd.array(text, dtype="string"),
        "match_status": drawn(["unmatched"], np.zeros(len(of), dtype=np.int64)),
    }
    return table("measure_steps", len(of), columns)
