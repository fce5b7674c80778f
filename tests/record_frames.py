"""Record tables written inside a test: rows of an invented agency, checked by the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from report_text import AGENCY

from normalize.catalogue import catalogue

DOCUMENT, OTHER_DOCUMENT = "0123456789abcdef", "fedcba9876543210"


def items(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return accepted OIT items of fiscal year 2566; ids are i0, i1 and so on."""
    base = {
        "fiscal_year_be": 2566,
        "fiscal_year_ce": 2023,
        "item_list_year_be": 2566,
        "instrument": "OIT",
        "match_status": "accepted",
    }
    return _table("items", "i", base, rows)


def scores(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return scores of fiscal year 2565; ids are s0, s1 and so on."""
    return _table("scores", "s", {"fiscal_year_be": 2565}, rows)


def measures(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return measures of fiscal year 2566; ids are m0, m1 and so on."""
    base = {"fiscal_year_be": 2566, "measure": "มาตรการ", "match_status": "accepted"}
    return _table("measures", "m", base, rows)


def _table(
    name: str, letter: str, base: Mapping[str, object], rows: tuple[Mapping[str, object], ...]
) -> pd.DataFrame:
    spec = catalogue().table(name)
    made = [
        {"observation_id": f"{letter}{n}", "document_id": DOCUMENT, **AGENCY, **base, **row}
        for n, row in enumerate(rows)
    ]
    frame = spec.frame(made)
    spec.check(frame)
    return frame
