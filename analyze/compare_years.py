"""What became of each item of each agency from one year to the next, though numbers changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyze.frames import AGENCY, YEAR, to_table
from analyze.observed import KNOWN, STATUS, STATUSES, observed
from normalize.reference import item_lists, list_sizes

Codes = npt.NDArray[np.int64]

_COMPLETE = STATUSES.index("complete")
_KNOWN = [STATUSES.index(status) for status in KNOWN]
_NOT_SEEN = -2  # -1 is an item that was observed without a status
_ABSENT = -1  # the place of an item that a year does not have, behind all that it has


class _Item(NamedTuple):
    concept_id: str
    item_no: int | None
    name: str | None


class _Year(NamedTuple):
    """What agencies whose reports follow the same lists say in a fiscal year.

    ``items`` are all items of those lists, and ``is_whole`` says that the year has no others.
    ``statuses`` has the codes of statuses, an agency a row and an item a column, with a last
    column for an item that is absent.
    """

    agencies: Codes
    items: tuple[_Item, ...]
    is_whole: bool
    statuses: Codes


class _Link(NamedTuple):
    """What an item before and an item after have in common; a side may be absent."""

    concept_id: str
    before: int
    after: int


def compare_years(items: pd.DataFrame) -> pd.DataFrame:
    """Follow each agency's items from one fiscal year (be) to the next in which it reported.

    ``items`` is the items table. Items are linked by concept: one row per agency, pair of years
    and link between an item before and an item after, if one of the two was observed. Where one
    year merged items of the other, ``concept_id`` is what the two have in common. An item is new
    in the framework, or dropped from it, where the list that the agency's reports of the other
    year follow has nothing of it; that is unknown where that list is not known as a whole.
    """
    return compare_years_of(observed(items))


def compare_years_of(seen: pd.DataFrame) -> pd.DataFrame:
    """Do the work of :func:`compare_years` on what :func:`analyze.observed.observed` returned."""
    lists = _lists(seen)
    years = _years(seen.dropna(subset=["concept_id"]), lists)
    following = lists.groupby("agency")[[YEAR, "lists"]].shift(-1).add_prefix("next_")
    pairs = lists.join(following).dropna().astype("int64")
    parts = []
    for _, group in pairs.groupby([YEAR, "lists", f"next_{YEAR}", "next_lists"]):
        year, before, next_year, after = group.iloc[0, 1:].tolist()
        agencies = group["agency"].to_numpy()
        frame = _compared(years[year, before], years[next_year, after], agencies)
        parts.append(frame.assign(from_year_be=year, to_year_be=next_year))
    if not parts:
        return to_table("compare_years", pd.DataFrame())
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["agency", "concept_id", "from_year_be"], kind="stable")
    everyone = seen.drop_duplicates("agency").set_index("agency")[AGENCY]
    whose = everyone.loc[frame["agency"]].set_index(frame.index)
    return to_table("compare_years", whose.join(frame))


def _lists(seen: pd.DataFrame) -> pd.DataFrame:
    """Say which lists an agency's reports of a year follow, in order of agencies and years.

    ``lists`` is a number with a bit for each: the first for a list that is not known, the others
    for those of the known years.
    """
    frame = seen[["agency", YEAR, "item_list_year_be"]].drop_duplicates()
    bit = {year: 1 << place for place, year in enumerate(sorted(item_lists()), start=1)}
    bits = frame["item_list_year_be"].map(bit).fillna(1).astype("int64")
    return bits.groupby([frame["agency"], frame[YEAR]]).sum().rename("lists").reset_index()


def _years(seen: pd.DataFrame, lists: pd.DataFrame) -> dict[tuple[int, int], _Year]:
    """Gather what agencies say, by fiscal year and lists."""
    keys = [YEAR, "lists"]
    rows = dict(iter(seen.merge(lists, on=["agency", YEAR]).groupby(keys)))
    years = {}
    for key, group in lists.groupby(keys):
        year, followed = group[keys].iloc[0].tolist()
        own = rows.get(key, seen.iloc[:0])
        years[year, followed] = _year(own, group["agency"].to_numpy(), year, followed)
    return years


def _year(rows: pd.DataFrame, agencies: Codes, fiscal_year_be: int, lists: int) -> _Year:
    """Arrange the observed items of agencies; an item of several lists goes by the year's own."""
    known = sorted(item_lists(), key=lambda year: (year != fiscal_year_be, year))
    places = {year: place for place, year in enumerate(sorted(known), start=1)}
    years = [year for year in known if lists >> places[year] & 1]
    found: dict[str, _Item] = {}
    for listed in (item for year in years for item in item_lists()[year]):
        item = _Item(listed.concept_id, listed.item_no, listed.name)
        found.setdefault(item.concept_id, item)
    columns = ["concept_id", "item_no", "item_name"]
    others = rows.loc[~rows["concept_id"].isin(found), columns].drop_duplicates("concept_id")
    for row in others.astype("object").to_numpy().tolist():
        number, name = (None if pd.isna(value) else value for value in row[1:])
        found[row[0]] = _Item(row[0], number, name)
    is_whole = not lists & 1 and all(
        len(item_lists()[year]) >= list_sizes()[year] for year in years
    )
    statuses = np.full((len(agencies), len(found) + 1), _NOT_SEEN)
    column = pd.Index(list(found)).get_indexer(pd.Index(rows["concept_id"].astype("object")))
    statuses[np.searchsorted(agencies, rows["agency"]), column] = rows["status"].cat.codes
    return _Year(agencies, (*found.values(), _Item("", None, None)), is_whole, statuses)


def _compared(before: _Year, after: _Year, agencies: Codes) -> pd.DataFrame:
    """Return a row for each agency and link of which a side was observed."""
    links = list(_links(before.items[:_ABSENT], after.items[:_ABSENT]))
    had = _statuses(before, agencies, [link.before for link in links])
    has = _statuses(after, agencies, [link.after for link in links])
    rows, chosen = np.nonzero((had != _NOT_SEEN) | (has != _NOT_SEEN))
    had, has = had[rows, chosen], has[rows, chosen]
    old = [before.items[link.before] for link in links]
    new = [after.items[link.after] for link in links]
    table = pd.DataFrame(
        {
            "concept_id": [link.concept_id for link in links],
            "item_name": [there.name or was.name for was, there in zip(old, new, strict=True)],
            "from_item_no": pd.array([item.item_no for item in old], dtype="Int64"),
            "to_item_no": pd.array([item.item_no for item in new], dtype="Int64"),
            "is_new": [link.before == _ABSENT and before.is_whole for link in links],
            "is_dropped": [link.after == _ABSENT and after.is_whole for link in links],
        }
    ).astype({"concept_id": "category", "item_name": "category"})
    frame = table.iloc[chosen].reset_index(drop=True)
    frame["from_status"] = pd.Categorical.from_codes(np.maximum(had, -1), dtype=STATUS)
    frame["to_status"] = pd.Categorical.from_codes(np.maximum(has, -1), dtype=STATUS)
    frame["change"] = _change(had, has, frame.pop("is_new"), frame.pop("is_dropped"))
    return frame.assign(agency=agencies[rows])


def _statuses(year: _Year, agencies: Codes, items: list[int]) -> Codes:
    """Return the codes of statuses of some agencies (rows) for some items (columns)."""
    return year.statuses[np.searchsorted(year.agencies, agencies)][:, items]


def _links(before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[_Link]:
    """Link the items before with those after by the concepts that they share.

    Concepts of an item that no item of the other year has are a link with an absent side.
    """
    old = [item.concept_id.split("+") for item in before]
    new = [item.concept_id.split("+") for item in after]
    for place, concepts in enumerate(old):
        for other, others in enumerate(new):
            if shared := [concept for concept in concepts if concept in others]:
                yield _Link("+".join(shared), place, other)
    for place, alone in _alone(old, new):
        yield _Link(alone, place, _ABSENT)
    for place, alone in _alone(new, old):
        yield _Link(alone, _ABSENT, place)


def _alone(items: list[list[str]], others: list[list[str]]) -> Iterator[tuple[int, str]]:
    """Yield the items of which the others lack a concept, and what they lack."""
    there = {concept for concepts in others for concept in concepts}
    for place, concepts in enumerate(items):
        if alone := [concept for concept in concepts if concept not in there]:
            yield place, "+".join(alone)


def _change(had: Codes, has: Codes, is_new: pd.Series, is_dropped: pd.Series) -> npt.NDArray[Any]:
    """Say what became of items, by the codes of their statuses before and after."""
    was, is_now = had == _COMPLETE, has == _COMPLETE
    are_known = np.isin(had, _KNOWN) & np.isin(has, _KNOWN)
    changes = {
        "new_in_framework": is_new.to_numpy(),
        "dropped_from_framework": is_dropped.to_numpy(),
        "kept": are_known & was & is_now,
        "gained": are_known & is_now,
        "lost": are_known & was,
        "still_open": are_known,
    }
    return np.select(list(changes.values()), np.array(list(changes), dtype=object), "unknown")
