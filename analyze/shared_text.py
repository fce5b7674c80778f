"""Measures and results that agencies share word for word or nearly: copied reports."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from analyze.frames import AGENCY, YEAR, numbered, to_table
from analyze.near_texts import keys_of, leaders, near_pairs
from normalize.catalogue import catalogue
from normalize.reference import indicators, item_lists, questions, sub_indicators

SHORTEST = {"measure": 60, "result": 40, "outcome": 40}
"""Letters and digits that a text must have: a shorter measure is a title that many choose alike, a
shorter result a stock phrase."""

SHOWN = 200
"""How many characters of a text the table shows."""

_SOURCE = {f"source_{name}": name for name in ("observation_id", *AGENCY) if name != "district"}
_PREFIX = "0123456789abcdefghijklmnopqrstuvwxyz"  # numbers such as O12 before a name


def shared_text(measures: pd.DataFrame) -> pd.DataFrame:
    """Group the measures, results and outcomes that stand alike in reports of several agencies.

    ``measures`` is the measures table; rows of a known agency count. Texts are alike from a
    similarity of 0.85 (0 to 1) of their letters and digits, the agency's own name left out. Texts
    shorter than SHORTEST and names of the assessment's own lists are shared by nature and left
    out. All texts of a group are like its source, which is the earliest by fiscal year (be), then
    by the start of the period; ``direction`` (enum text_direction) compares the fiscal years. The
    source and other texts of its agency name no source.
    """
    known = measures[measures["agency_name"].notna()]
    number, _ = numbered(known)
    rows = known[["observation_id", "document_id", *AGENCY, YEAR, "period_start"]].assign(
        agency=number
    )
    kinds = [kind.value for kind in catalogue().enum("text_kind")]
    groups = [_groups(rows.assign(text=known[kind], text_kind=kind), kind) for kind in kinds]
    found = pd.concat(groups, ignore_index=True)
    found["kind_place"] = found["text_kind"].map({kind: n for n, kind in enumerate(kinds)})
    order = ["kind_place", "agencies", "group", "place"]
    found = found.sort_values(order, ascending=[True, False, True, True], ignore_index=True)
    is_new = found["group"].ne(found["group"].shift()) | found["text_kind"].ne(
        found["text_kind"].shift()
    )
    found["group_id"] = is_new.cumsum()
    found["text"] = found["text"].str.slice(0, SHOWN)
    return to_table("shared_text", found)


def _groups(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the texts of one kind that several agencies share, by group and in time order."""
    rows, keys = _keyed(rows.dropna(subset=["text"]), SHORTEST[kind])
    rows = rows.sort_values([YEAR, "period_start", "agency", "observation_id"], ignore_index=True)
    codes, distinct = pd.factorize(rows["key"])
    ones, others, _ = near_pairs([keys[key] for key in distinct])
    rows["group"] = leaders(len(distinct), ones, others)[codes]
    rows["place"] = np.arange(len(rows))
    rows["agencies"] = _distinct(rows["group"], rows["agency"])
    rows = rows[rows["agencies"] > 1]
    first = rows.groupby("group")["place"].transform("min")
    source = rows.loc[first].set_axis(rows.index)
    is_other = (source["agency"] != rows["agency"]).to_numpy()
    likeness = cpdist(
        [keys[key] for key in rows["key"]],
        [keys[key] for key in source["key"]],
        scorer=Indel.normalized_similarity,
        dtype=np.float64,
    )
    # Only what is the same word for word rounds to 1.
    likeness = np.where(rows["key"] == source["key"], 1.0, np.minimum(likeness.round(4), 0.9999))
    is_later = rows[YEAR] > source[YEAR]  # empty where one of the years is not known
    direction = is_later.map({True: "later", False: "same_time"}).fillna("unknown")
    told_source = {name: source[column].where(is_other) for name, column in _SOURCE.items()}
    return rows.assign(
        similarity=np.where(is_other, likeness, np.nan),
        direction=direction.where(is_other),
        **told_source,
    )


def _keyed(rows: pd.DataFrame, shortest: int) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows whose text is long enough and no name of a list, and the keys of all texts.

    ``key`` is the place of a row's own among them. What an agency writes often is looked at once.
    """
    rows = rows.astype({"text": "category", "agency_name": "category"})
    text, name = rows["text"].cat, rows["agency_name"].cat
    pairs = text.codes.to_numpy(np.int64) * len(name.categories) + name.codes.to_numpy(np.int64)
    pair_of, distinct = pd.factorize(pairs)
    texts, names = np.divmod(distinct, max(len(name.categories), 1))
    told = zip(text.categories.take(texts), name.categories.take(names), strict=True)
    key_of, keys = pd.factorize(
        np.array(keys_of([text.replace(name, "") for text, name in told]), dtype=object)
    )
    is_own = np.array([len(key) >= shortest and not _is_listed(key) for key in keys], dtype=bool)
    rows = rows.assign(key=key_of[pair_of])
    return rows[is_own[rows["key"]]], keys.tolist()


def _distinct(groups: pd.Series, values: pd.Series) -> npt.NDArray[np.int64]:
    """Return for each row how many different values its group has."""
    pairs = pd.DataFrame({"group": groups, "value": values}).drop_duplicates()
    counts = groups.map(pairs["group"].value_counts())
    return np.asarray(counts, dtype=np.int64)


def _is_listed(key: str) -> bool:
    return key in _listed() or key.lstrip(_PREFIX) in _listed()


@cache
def _listed() -> frozenset[str]:
    """Return the keys of the names of items, indicators, sub-indicators and questions."""
    names = [item.name for items in item_lists().values() for item in items]
    names += [name for indicator in indicators() for name in indicator.names]
    names += [name for own in sub_indicators().values() for name in own.values()]
    names += [question.topic for question in questions().values() if question.topic]
    return frozenset(keys_of(sorted(set(names))))
