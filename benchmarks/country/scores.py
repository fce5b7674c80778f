"""What the reports of scores print: scores.csv."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country.columns import identifiers, table
from benchmarks.country.facts import agency_columns, evidence, year_column
from benchmarks.country.reports import Reports
from benchmarks.country.results import Results, YearScores, levels_of
from normalize.reference import INSTRUMENTS, indicator_name, item_lists, sub_indicators

DIFFERING, OTHER_LEVEL = 0.1, 0.05
"""Shares of mixed reports that print another total, or another level, than is so."""
SHIFT = 1.5
SHORT = ("overall", "level", *(f"instrument:{name}" for name in INSTRUMENTS))
INDICATORS = tuple(f"indicator:{number}" for number in range(1, 11))


def make_scores(results: Results, reports: Reports, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scores in order of files, and what was planted in them.

    Planted: agency, fiscal_year_be (scored), kind (scores_differ, levels_differ), value_1 (what is
    so), value_2 (what a mixed report says), as text.
    """
    rng = np.random.default_rng([seed, 4])
    parts = []
    planted: list[dict[str, object]] = []
    for year, scores in results.scores.items():
        picked = np.flatnonzero(reports.files["scored_year"] == year)
        if len(picked):
            parts.append(_of_year(year, scores, reports.files.iloc[picked], picked, rng, planted))
    if not parts:
        return table("scores", 0, {}), pd.DataFrame(planted)
    cells = pd.concat(parts, ignore_index=True).sort_values(["file", "order"], ignore_index=True)
    return _frame(results, reports, cells, seed), pd.DataFrame(planted)


def _of_year(
    year: int,
    scores: YearScores,
    files: pd.DataFrame,
    places: Any,
    rng: np.random.Generator,
    planted: list[dict[str, object]],
) -> pd.DataFrame:
    """Return one row per file and metric."""
    agency = files["agency"].to_numpy()
    is_short = ~files["has_all_scores"].to_numpy()
    overall = scores.overall[agency].copy()
    differs = is_short & (rng.random(len(files)) < DIFFERING)
    overall[differs] = np.where(overall > 90, overall - SHIFT, overall + SHIFT)[differs].round(2)
    computed_levels = levels_of(year, overall, scores.instruments[agency])
    levels = computed_levels.copy()
    others = list(dict.fromkeys(scores.levels.tolist()))
    for n in np.flatnonzero(is_short & ~differs & (rng.random(len(files)) < OTHER_LEVEL)):
        if len(others) > 1:
            levels[n] = others[(others.index(levels[n]) + 1) % len(others)]
            planted.append(
                _difference(agency[n], year, "levels_differ", computed_levels[n], levels[n])
            )
    for n in np.flatnonzero(differs):
        true = scores.overall[agency[n]]
        planted.append(_difference(agency[n], year, "scores_differ", true, overall[n]))
    columns: list[tuple[str, str | None, Any, Any, bool]] = [
        ("overall", None, overall, scores.computed_overall[agency], True),
        ("level", None, None, None, True),
    ]
    for n, name in enumerate(INSTRUMENTS):
        metric = f"instrument:{name}"
        computed = scores.computed_instruments[agency, n]
        columns.append((metric, None, scores.instruments[agency, n], computed, True))
    for n, metric in enumerate(INDICATORS):
        name = indicator_name(n + 1, year)
        columns.append((metric, name, scores.indicators[agency, n], None, False))
    for number, values in scores.sub_indicators.items():
        name = sub_indicators()[year][number]
        columns.append((f"sub_indicator:{number}", name, values[agency], None, False))
    made = []
    for order, (metric, name, values, computed, in_short) in enumerate(columns):
        keep = np.full(len(files), True) if in_short else ~is_short
        if metric.startswith("sub_"):
            keep &= agency % 5 == 0
        count = int(keep.sum())
        empty = np.full(count, np.nan)
        if computed is not None and metric.startswith("instrument"):
            computed = np.where(is_short, np.nan, computed)  # its indicators are not printed
        has_level = metric in ("overall", "level")
        made.append(
            pd.DataFrame(
                {
                    "file": places[keep], "order": order, "agency": agency[keep], "year": year,
                    "metric": metric, "name": name,
                    "value": empty if values is None else values[keep],
                    "computed": empty if computed is None else computed[keep],
                    "level": levels[keep] if has_level else None,
                    "level_computed": computed_levels[keep] if has_level else None,
                }
            )
        )  # fmt: skip
    made.append(_claims(year, files, places))
    return pd.concat([part for part in made if len(part)], ignore_index=True)


def _claims(year: int, files: pd.DataFrame, places: Any) -> pd.DataFrame:
    """Return the rows that give an item no points."""
    claim = files["claim"].to_numpy()
    picked = claim >= 0
    items = [item_lists()[year][n] for n in claim[picked]]
    return pd.DataFrame(
        {
            "file": places[picked], "order": 99, "agency": files["agency"].to_numpy()[picked],
            "year": year, "metric": [f"item:{item.item_no}" for item in items],
            "name": [item.name for item in items], "value": 0.0, "computed": np.nan,
            "level": None, "level_computed": None,
        }
    )  # fmt: skip


def _difference(agency: int, year: int, kind: str, one: object, other: object) -> dict[str, object]:
    return {
        "agency": int(agency),
        "fiscal_year_be": year,
        "kind": kind,
        "value_1": str(one),
        "value_2": str(other),
    }


def _frame(results: Results, reports: Reports, cells: pd.DataFrame, seed: int) -> pd.DataFrame:
    file = cells["file"].to_numpy()
    starts = np.flatnonzero(np.diff(file, prepend=-1))
    row = np.arange(len(file)) - np.repeat(starts, np.diff(np.append(starts, len(file)))) + 2
    gap = (cells["value"] - cells["computed"]).round(4)
    reasons = [
        f"published {value:.2f}, but the printed parts give {computed:.2f}; "
        "published values are kept as they are"
        if abs(off) > 0.01
        else None
        for value, computed, off in zip(cells["value"], cells["computed"], gap, strict=True)
    ]
    raw = [
        level if value != value else f"{value:.2f}"
        for value, level in zip(cells["value"], cells["level"], strict=True)
    ]
    columns = {
        "observation_id": identifiers(seed, 2, len(cells)),
        **agency_columns(results.agencies, cells["agency"]),
        "fiscal_year_be": year_column(cells["year"]),
        "metric": _text(cells["metric"]),
        "metric_name": _text(cells["name"]),
        "value": _number(cells["value"]),
        "value_computed": _number(cells["computed"].round(4)),
        "discrepancy": _number(gap),
        "level": _text(cells["level"]),
        "level_computed": _text(cells["level_computed"]),
        "raw": pd.array(raw, dtype="string"),
        "discrepancy_reason": pd.array(reasons, dtype="string"),
        **evidence(reports.files, file, row, "t1"),
    }
    return table("scores", len(cells), columns)


def _text(values: pd.Series) -> Any:
    return pd.array([None if pd.isna(v) else v for v in values], dtype="string")


def _number(values: pd.Series) -> Any:
    return pd.array([None if v != v else v for v in values], dtype="Float64")
