"""What every record of a report has: its agency, its year, and where it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country.columns import drawn
from benchmarks.country.reports import MEDIA

AGENCY = ("agency_code", "agency_name", "agency_type", "district", "province")
ROWS_PER_PAGE = 14
FIRST_LINE = 10


def agency_columns(agencies: pd.DataFrame, positions: Any) -> dict[str, Any]:
    """Return the agency columns of records whose agencies stand at these positions (-1: none)."""
    return {name: drawn(agencies[name], positions) for name in AGENCY}


def year_column(years: Any) -> Any:
    """Return years (be) as a column; 0 is not known."""
    years = np.asarray(years)
    known = sorted(set(years.tolist()) - {0})
    place = {year: n for n, year in enumerate(known)} | {0: -1}
    return drawn(known, [place[year] for year in years.tolist()], "Int64")


def evidence(files: pd.DataFrame, positions: Any, rows: Any, table_id: str) -> dict[str, Any]:
    """Return document, table, row, and page or line of records in these rows (from 1)."""
    is_pdf = np.array([kind == "application/pdf" for kind, _, _ in MEDIA])
    paged = is_pdf[files["medium"].to_numpy()[positions]]
    rows = np.asarray(rows, dtype=np.int64)
    numbers = np.arange(FIRST_LINE + (int(rows.max()) if len(rows) else 0) + 1)
    return {
        "document_id": drawn(files["document_id"], positions),
        "table_id": drawn([table_id], np.zeros(len(rows), dtype=np.int64)),
        "row": drawn(numbers, rows, "Int64"),
        "page": drawn(numbers, np.where(paged, 1 + rows // ROWS_PER_PAGE, -1), "Int64"),
        "line": drawn(numbers, np.where(paged, -1, FIRST_LINE + rows), "Int64"),
    }
