"""The limits that a person gives: ``--limit pages=500``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from extract.limits import LIMITS, Limits
from prongsai.errors import UsageError


def given_limits(given: Iterable[str]) -> Limits:
    """Return the limits with those that are given as NAME=N; raises UsageError."""
    names = [field.name for field in fields(Limits)]
    limits = LIMITS
    for text in given:
        name, _, number = text.partition("=")
        if name not in names or not number.isascii() or not number.isdigit() or int(number) < 1:
            known = ", ".join(f"{field}={getattr(LIMITS, field)}" for field in names)
            raise UsageError(
                f"--limit {text} is no limit",
                f"Give NAME=N with a whole number N. They are: {known}",
            )
        limits = replace(limits, **{name: int(number)})
    return limits
