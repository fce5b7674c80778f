"""Tiny and hostile datasets: what a comparison must bear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.country.dataset import Country, choose_agencies, make_country
from normalize.agencies.registry import Agency

YEARS = (2565, 2566, 2567)
HOSTILE = (
    '</script><script>document.title="run"</script>',
    '<img src=x onerror="document.title=1">',
    '=HYPERLINK("http://invented.example","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "\"quoted\", 'twice', a|b; c",
    "&amp;&lt;b&gt; {{name}} ${name} %s",
    "\u202eเม\u0e49\u0e49\u0e49\u0e49ื่อ <b>ก</b>",
)
"""Names that are text and nothing else: tags, formulas, quotes, marks that turn or pile up."""


def without(country: Country, *names: str) -> Country:
    """Return the country with no rows in these tables."""
    tables = dict(country.tables)
    tables |= {name: tables[name].iloc[:0] for name in names}
    gone = [name for name in names if name in tables["documents"]]
    tables["documents"] = tables["documents"].assign(
        **{name: tables["documents"][name] * 0 for name in gone}
    )
    return replace(country, tables=tables)


def _small(agencies: Sequence[Agency], seed: int, years: Sequence[int] = YEARS) -> Country:
    return make_country(agencies, years, seed, with_cells=True)


def _lone(seed: int) -> Country:
    """Five agencies, one of which is alone in its type and in its province."""
    first = choose_agencies()[5]
    alike = [a for a in choose_agencies() if (a.type, a.province) == ("อบต.", first.province)]
    other = next(a for a in choose_agencies() if a.type == "อบจ." and a.province != first.province)
    return _small([*alike[:4], other], seed)


def _two_reports(seed: int) -> Country:
    """One agency with two checklists in one year, which differ; the others have one each."""
    for more in range(1000):
        country = _small(choose_agencies(12), seed + more, YEARS[:2])
        differing = country.reports.differing.drop_duplicates(["agency", "fiscal_year_be"])
        if len(differing) == 1:
            return country
    raise AssertionError("no seed gives one agency with two reports")


def _hostile(seed: int) -> Country:
    """Agencies with names that are tags and formulas, and such texts in every column of words."""
    agencies = [
        Agency(f"X{n:06}", "อบต.", name, f"{HOSTILE[-n]} {n}", f"{HOSTILE[0]} P")
        for n, name in enumerate(HOSTILE, start=1)
    ]
    country = _small(agencies, seed)
    rng = np.random.default_rng([seed, 9])
    words = {
        "items": ("item_name_raw", "status_raw", "responsible"),
        "measures": ("measure", "result", "responsible", "period_raw"),
        "cells": ("text", "raw_text"),
        "scores": ("raw",),
        "review": ("raw",),
    }
    for name, columns in words.items():
        frame = country.tables[name].copy()
        hostile = rng.random(len(frame)) < 0.3
        for column in columns:
            bad = pd.array([HOSTILE[n % len(HOSTILE)] for n in range(len(frame))], dtype="string")
            mask = hostile & frame[column].notna().to_numpy(dtype=bool)
            frame[column] = frame[column].mask(mask, bad)
        country.tables[name] = frame
    return country


VARIANTS: dict[str, Callable[[int], Country]] = {
    "one-agency": lambda seed: _small(choose_agencies(300)[7:8], seed),
    "one-year": lambda seed: _small(choose_agencies(8), seed, YEARS[:1]),
    "no-scores": lambda seed: without(_small(choose_agencies(8), seed), "scores"),
    "no-items": lambda seed: without(_small(choose_agencies(8), seed), "items", "review"),
    "no-measures": lambda seed: without(
        _small(choose_agencies(8), seed), "measures", "measure_steps"
    ),
    "nothing": lambda seed: without(
        _small(choose_agencies(3), seed),
        *("documents", "items", "scores", "measures", "measure_steps", "cells", "review", "issues"),
    ),
    "two-reports": _two_reports,
    "peer-of-one": _lone,
    "hostile": _hostile,
}


def make_variant(name: str, seed: int) -> Country:
    """Make a small dataset that lacks something or is out to do harm; ``name`` is of VARIANTS."""
    return VARIANTS[name](seed)
