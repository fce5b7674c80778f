"""What every comparison does with frames: number the agencies, and fit a result to the catalogue."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from normalize.catalogue import catalogue
from normalize.catalogue.frames import DTYPES

AGENCY = ["agency_code", "agency_name", "agency_type", "district", "province"]
YEAR = "fiscal_year_be"


def of_known_agency_and_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that say which agency and fiscal year (be) they are of."""
    return frame[frame["agency_name"].notna() & frame[YEAR].notna()]


def numbered(frame: pd.DataFrame) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """Number the agencies of a frame, in order of code, name and place.

    Returns the number of each row's agency, and the agencies (AGENCY) by number. An agency without
    a code, as the registry has one, is told by its name and place.
    """
    numbers = pd.factorize(frame["agency_code"])[0].astype(np.int64)
    has_no_code = numbers < 0
    if has_no_code.any():
        by_name = frame[has_no_code].groupby(AGENCY[1:], dropna=False, sort=False).ngroup()
        numbers[has_no_code] = numbers.max() + 1 + by_name.to_numpy(dtype=np.int64)
    found, first = np.unique(numbers, return_index=True)
    agencies = frame[AGENCY].iloc[first].reset_index(drop=True)
    order = agencies.sort_values(AGENCY, kind="stable").index.to_numpy()
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places[np.searchsorted(found, numbers)], agencies.iloc[order].reset_index(drop=True)


def found_in(agencies: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the number that each of the agencies has among the others, -1 where it is not one."""
    numbers = others[AGENCY].assign(number=np.arange(len(others)))
    merged = agencies[AGENCY].merge(numbers, on=AGENCY, how="left", validate="many_to_one")
    return merged["number"].fillna(-1).to_numpy(dtype=np.int64)


def to_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame the columns and dtypes of a table of the catalogue; a column it lacks is empty.

    Raises SchemaError where a value does not fit.
    """
    spec = catalogue().table(name)
    table = pd.DataFrame(
        {
            field.name: frame[field.name].astype(DTYPES[field.type])
            if field.name in frame
            else pd.Series(pd.NA, index=frame.index, dtype=DTYPES[field.type])
            for field in spec.fields
        }
    ).reset_index(drop=True)
    spec.check(table)
    return table
