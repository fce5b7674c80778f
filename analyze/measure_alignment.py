"""Whether the measures of a year address the indicators that scored lowest in the year before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyze.frames import YEAR, numbered, of_known_agency_and_year, to_table
from analyze.framework import metric_name
from analyze.published import Published, published
from normalize.reference import indicators, item_lists

LOWEST = 3
"""So many of an agency's indicators count as its lowest; more where the last of them are equal."""

_LINK = ["of", "indicator_no", "observation_id"]


def measure_alignment(measures: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Set an agency's measures of a year against its indicator scores of the year before.

    ``measures`` and ``scores`` are the record tables. One row per indicator that has a published
    score (0-100) in the year before (``scored_year_be``) that of the measures; an agency without
    measures, or without such scores, has none. A measure addresses the indicator that its report
    says; where the report says none, those of the items that the measure touches. A link that waits
    for review does not count. ``is_addressed`` is empty where no measure is known to address the
    indicator but the indicator of some measure is not known.
    """
    return measure_alignment_of(measures, published(scores))


def measure_alignment_of(measures: pd.DataFrame, found: Published) -> pd.DataFrame:
    """Do the work of :func:`measure_alignment` on gathered scores."""
    known = of_known_agency_and_year(measures)
    number, agencies = numbered(known)
    years = known[YEAR].to_numpy(dtype=np.int64)
    known = known.assign(of=found.places(agencies, number, years - 1))
    known = known[known["of"] >= 0]
    links = _links(known)
    measured = np.unique(known["of"])
    table = np.array([found.value(f"indicator:{i.indicator_no}") for i in indicators()]).T[measured]
    place, column = np.nonzero(~np.isnan(table))
    rows = pd.DataFrame({"of": measured[place], "score": table[place, column]})
    numbers = np.array([indicator.indicator_no for indicator in indicators()])
    rows["indicator_no"] = numbers[column]
    rows["instrument"] = np.array([indicator.instrument for indicator in indicators()])[column]
    rows["scored_year_be"] = found.year[rows["of"]]
    rows[YEAR] = rows["scored_year_be"] + 1
    rows["indicator_name"] = [
        metric_name(f"indicator:{number}", year)
        for number, year in zip(rows["indicator_no"], rows["scored_year_be"], strict=True)
    ]
    scored = rows.groupby("of")["score"]
    rows["rank_from_lowest"] = scored.rank(method="min").astype(int)
    rows["is_lowest"] = rows["rank_from_lowest"] <= LOWEST
    rows["scored_indicators"] = scored.transform("size")
    told: dict[tuple[int, int], list[str]] = {}
    known_links = links.dropna(subset=["indicator_no"])
    for of, number, observation_id in known_links[_LINK].itertuples(index=False):
        told.setdefault((of, number), []).append(observation_id)
    ids = [told.get(key, []) for key in zip(rows["of"], rows["indicator_no"], strict=True)]
    rows["measures"] = [len(own) for own in ids]
    rows["measure_ids"] = ["|".join(own) or None for own in ids]
    unknown = links["indicator_no"].isna().groupby(links["of"]).sum()
    rows["measures_without_indicator"] = rows["of"].map(unknown).to_numpy()
    rows["is_addressed"] = (rows["measures"] > 0).astype("boolean")
    is_open = ~rows["is_addressed"] & (rows["measures_without_indicator"] > 0)
    rows["is_addressed"] = rows["is_addressed"].mask(is_open)
    whose = found.agencies.iloc[found.agency[rows["of"]]].set_axis(rows.index)
    rows = rows.assign(**whose).sort_values(["of", "rank_from_lowest", "indicator_no"])
    return to_table("measure_alignment", rows)


def _links(measures: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each measure and indicator that it addresses; empty where none is known."""
    links = measures[["of", "observation_id", "indicator_no", "concept_ids", YEAR]].copy()
    links["indicator_no"] = links["indicator_no"].where(measures["match_status"] == "accepted")
    is_touching = links["indicator_no"].isna() & links["concept_ids"].notna()
    touching = links[is_touching]
    concepts = touching.assign(concept=touching["concept_ids"].str.split("|")).explode("concept")
    concepts["indicator_no"] = [
        _indicator_of(concept, int(year))
        for concept, year in zip(concepts["concept"], concepts[YEAR], strict=True)
    ]
    concepts = concepts.dropna(subset=["indicator_no"]).drop_duplicates(
        ["observation_id", "indicator_no"]
    )
    rest = links[~links["observation_id"].isin(concepts["observation_id"])]
    return pd.concat([rest, concepts.astype({"indicator_no": "Int64"})]).sort_index(kind="stable")


def _indicator_of(concept: str, fiscal_year_be: int) -> int | None:
    """Return the indicator of the item with a concept, of the year scored, else of its own."""
    for year in (fiscal_year_be - 1, fiscal_year_be):
        for item in item_lists().get(year, ()):
            if concept in item.concepts:
                return item.indicator_no
    return None
