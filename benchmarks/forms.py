"""The written forms that cases are made of: ``data/forms.csv`` and ``data/sentences.csv``."""

from __future__ import annotations

import csv
from functools import cache

from benchmarks.damage import DATA


@cache
def forms(role: str) -> tuple[tuple[str, str], ...]:
    """Return (kind, form) of a role."""
    with (DATA / "forms.csv").open(encoding="utf-8", newline="") as file:
        return tuple((r["kind"], r["form"]) for r in csv.DictReader(file) if r["role"] == role)


@cache
def texts(role: str) -> tuple[str, ...]:
    """Return the forms of a role."""
    return tuple(form for _, form in forms(role))


@cache
def sentences() -> tuple[str, ...]:
    """Return the sentences, which are in right Thai."""
    with (DATA / "sentences.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["sentence"] for row in csv.DictReader(file))
