"""The published scores of agencies and years, one value for each metric where reports agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyze.frames import YEAR, found_in, numbered, of_known_agency_and_year, plain
from analyze.framework import metric_before, parts

Scores = dict[str, npt.NDArray[np.float64]]


@dataclass(frozen=True)
class Published:
    """What reports say of each agency and year scored.

    ``agencies`` has an agency a row (AGENCY), and ``agency`` and ``year`` (be) say what each row of
    the rest is of, in that order; ``n_documents`` is the number of its reports. ``values`` has an
    array of scores (0-100) by metric, NaN where none is published or reports differ. ``told`` has
    by metric, levels apart, a frame with a row for each agency and year of which reports speak of
    it, indexed by the row in the arrays: ``is_disputed`` and ``n_documents``; and of the first
    report that gives the score its ``metric_name``, ``observation_id`` and ``document_id``.
    ``levels`` has by the same index the level that reports agree on.
    """

    agencies: pd.DataFrame
    agency: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]
    n_documents: npt.NDArray[np.int64]
    values: Scores
    told: dict[str, pd.DataFrame]
    levels: pd.Series

    def in_year(self, fiscal_year_be: int) -> npt.NDArray[np.int64]:
        """Return the rows of a year."""
        return np.flatnonzero(self.year == fiscal_year_be)

    def after_a_year(self) -> npt.NDArray[np.bool_]:
        """Say of each row whether the one before it is of the same agency and the year before."""
        is_next = np.zeros(len(self.year), dtype=bool)
        is_next[1:] = (np.diff(self.agency) == 0) & (np.diff(self.year) == 1)
        return is_next

    def before(self, metric: str) -> npt.NDArray[np.float64]:
        """Return what scored the same in the year before (0-100), NaN where that is not there."""
        values = np.full(len(self.year), np.nan)
        known = self.after_a_year()
        for year in np.unique(self.year):
            earlier = metric_before(metric, int(year))
            if earlier:
                rows = np.flatnonzero(known & (self.year == year))
                values[rows] = self.value(earlier)[rows - 1]
        return values

    def places(
        self, agencies: pd.DataFrame, number: npt.NDArray[np.int64], year: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Return the rows of other records' agencies (by their number) and years, -1 for none."""
        rows = pd.Series(np.arange(len(self.year)), index=self.agency * 10_000 + self.year)
        pair = found_in(agencies, self.agencies)[number] * 10_000 + year
        return rows.reindex(pair).fillna(-1).to_numpy(dtype=np.int64)

    def value(self, metric: str) -> npt.NDArray[np.float64]:
        """Return the scores (0-100) of a metric; all NaN where no report speaks of it."""
        return self.values.get(metric, np.full(len(self.year), np.nan))

    def as_it_counts(self, metric: str) -> npt.NDArray[np.float64]:
        """Return the published scores of a metric, the computed ones where none is published."""
        value = self.value(metric)
        return np.where(np.isnan(value), self.computed.get(metric, np.nan), value)

    @cached_property
    def computed(self) -> Scores:
        """By metric what its published parts give (0-100), NaN where they do not suffice.

        A part that is not published itself counts with what its own parts give.
        """
        made: Scores = {}
        for year in np.unique(self.year):
            rows = self.in_year(year)
            for metric, shares in parts(int(year)).items():
                total = np.zeros(len(rows))
                for part, share in shares.items():
                    printed = self.value(part)[rows]
                    below = made[part][rows] if part in made else np.nan
                    total += share * np.where(np.isnan(printed), below, printed)
                made.setdefault(metric, np.full(len(self.year), np.nan))[rows] = total
        return made


def published(scores: pd.DataFrame) -> Published:
    """Gather the scores table by agency and year scored (be); rows that lack either are left out.

    Reports disagree where their values of a metric are not the same number.
    """
    known = of_known_agency_and_year(scores)
    number, agencies = numbered(known)
    year = known[YEAR].to_numpy(dtype=np.int64)
    pair, of = np.unique(number * 10_000 + year, return_inverse=True)
    rows = known[["metric", "metric_name", "level", "observation_id", "document_id"]].assign(
        of=of, value=known["value"].to_numpy(dtype=float, na_value=np.nan)
    )
    rows["metric"] = rows["metric"].astype("string").replace("level", "overall")
    levels = rows.loc[rows["metric"] == "overall", ["of", "level"]]
    told = _told(rows.iloc[np.argsort(rows["value"].isna(), kind="stable")])
    values = {metric: np.full(len(pair), np.nan) for metric in told}
    for metric, own in told.items():
        values[metric][own.index] = own["value"]
    agency = pair // 10_000
    n_documents = rows[["of", "document_id"]].drop_duplicates()["of"].value_counts(sort=False)
    counts = np.asarray(n_documents.sort_index(), dtype=np.int64)
    return Published(agencies, agency, pair % 10_000, counts, values, told, _agreed_levels(levels))


def _told(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return by metric the first row for each score, with what all reports agree on."""
    told = {}
    for metric, own in rows.groupby("metric", sort=False):
        is_again = own["of"].duplicated()
        first = plain(own[~is_again].drop(columns="level").set_index("of"))
        first = first.assign(is_disputed=False, n_documents=1)
        if is_again.any():  # most scores stand in one report
            groups = own[own["of"].duplicated(keep=False)].groupby("of")
            is_disputed = groups["value"].nunique() > 1
            first.loc[is_disputed.index[is_disputed], "value"] = np.nan
            first.loc[is_disputed.index, "is_disputed"] = is_disputed
            first.loc[is_disputed.index, "n_documents"] = groups["document_id"].nunique()
        told[str(metric)] = first.sort_index()
    return told


def _agreed_levels(rows: pd.DataFrame) -> pd.Series:
    distinct = rows.dropna(subset=["level"]).drop_duplicates(["of", "level"])
    agreed = distinct[~distinct.duplicated("of", keep=False)]
    return plain(agreed.set_index("of"))["level"]
