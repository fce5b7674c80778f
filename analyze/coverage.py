"""Which agencies of the register published which reports, and which published none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyze.frames import AGENCY, YEAR, numbered, to_table
from normalize.catalogue import catalogue

REPORT_TYPES = tuple(kind.value for kind in catalogue().enum("report_type"))


def coverage(
    documents: pd.DataFrame, registry: pd.DataFrame, *, whole_country: bool = False
) -> pd.DataFrame:
    """Count each agency's reports by fiscal year (be) and kind, also where there are none.

    ``documents`` is the documents table and ``registry`` has an agency a row, with the columns of
    the agency. One row per agency and year that any report is of: the agencies of the register in
    the provinces that reports are from (with ``whole_country``, in all of them) and those that
    published without being in it. Copies of a file count once. Reports of a known agency whose
    year is not known have a row without a year.
    """
    known = documents[documents["agency_name"].notna()]
    reports = known[~(known["document_id"].notna() & known["document_id"].duplicated())]
    near = registry if whole_country else registry[registry["province"].isin(known["province"])]
    both = pd.concat([near[AGENCY], reports[AGENCY]], ignore_index=True).astype("string")
    agency, agencies = numbered(both)
    counts = _counts(reports, agency[len(near) :])
    every = pd.MultiIndex.from_product([agencies.index, documents[YEAR].dropna().unique()])
    undated = counts.index[counts.index.get_level_values(YEAR).isna()]
    index = every.append(undated).set_names(["agency", YEAR])
    frame = counts.reindex(index, fill_value=0).reset_index()
    frame = frame.sort_values(["agency", YEAR], kind="stable", ignore_index=True)
    frame["is_published"] = frame["reports"] > 0
    return to_table("coverage", agencies.iloc[frame["agency"]].reset_index(drop=True).join(frame))


def _counts(reports: pd.DataFrame, agency: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return the number of reports of each agency and year, by kind and of those that failed."""
    told = {"reports": reports["report_type"].notna(), "failed": reports["status"] == "failed"}
    told |= {kind: reports["report_type"] == kind for kind in REPORT_TYPES}
    keys = pd.DataFrame({"agency": agency, YEAR: reports[YEAR]}, index=reports.index)
    counts = keys.assign(**told).groupby(["agency", YEAR], dropna=False).sum()
    return counts.astype("int64")
