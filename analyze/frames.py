"""What every comparison does with frames: number the agencies, fit a result to the catalogue."""

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
    return frame[is_of_known(frame)]


def is_of_known(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Say which rows tell the agency and the fiscal year (be) that they are of."""
    return (frame["agency_name"].notna() & frame[YEAR].notna()).to_numpy(dtype=bool)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with text where it has categories."""
    repeated = frame.columns[frame.dtypes == "category"]
    return frame.astype(dict.fromkeys(repeated, "string"))


def numbered(frame: pd.DataFrame) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """Number the agencies of a frame, in order of code, name and place.

    Returns the number of each row's agency, and the agencies (AGENCY) by number. An agency without
    a code, as the registry has one, is told by its name and place.
    """
    numbers = pd.factorize(frame["agency_code"])[0].astype(np.int64)
    has_no_code = numbers < 0
    if has_no_code.any():
        named = plain(frame.loc[has_no_code, AGENCY[1:]])
        by_name = named.groupby(AGENCY[1:], dropna=False, sort=False).ngroup()
        numbers[has_no_code] = numbers.max() + 1 + by_name.to_numpy(dtype=np.int64)
    found, first = np.unique(numbers, return_index=True)
    agencies = plain(frame[AGENCY].iloc[first]).reset_index(drop=True)
    order = agencies.sort_values(AGENCY, kind="stable").index.to_numpy()
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places[np.searchsorted(found, numbers)], agencies.iloc[order].reset_index(drop=True)


def found_in(agencies: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the number that each of the agencies has among the others, -1 where it is not one."""
    numbers = {identity: number for number, identity in enumerate(_identities(others))}
    found = [numbers.get(identity, -1) for identity in _identities(agencies)]
    return np.array(found, dtype=np.int64)


def _identities(agencies: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return what tells each agency: its code, else its name and place."""
    rows = agencies[AGENCY].astype("string").fillna("")
    return [row[:1] if row[0] else row for row in rows.itertuples(index=False, name=None)]


def to_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame the columns and dtypes of a table of the catalogue; a column it lacks is empty.

    Raises SchemaError where a value does not fit.
    """
    spec = catalogue().table(name)
    table = frame.reindex(columns=list(spec.columns)).reset_index(drop=True)
    table = table.astype({field.name: DTYPES[field.type] for field in spec.fields})
    spec.check(table)
    return table
