"""One status per agency, fiscal year and item: what every comparison of items rests on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyze.frames import AGENCY, YEAR, is_of_known, numbered, plain
from normalize.catalogue import catalogue

STATUSES = tuple(status.value for status in catalogue().enum("item_status"))
KNOWN = ("complete", "partial", "missing", "in_progress", "not_started")
"""The statuses that say something; a blank cell and a remark nobody understands do not."""

ITEM = (
    "item_list_year_be",
    "item_no",
    "concept_id",
    "item_name",
    "indicator_no",
    "sub_indicator_no",
)

STATUS = pd.CategoricalDtype(list(STATUSES))
_COLUMNS = (*AGENCY, YEAR, *ITEM, "status", "observation_id", "document_id")

_NONE = -1
_BLANK, _UNCLEAR = STATUSES.index("not_reported"), STATUSES.index("unclear")

Codes = npt.NDArray[np.int64]


def observed(items: pd.DataFrame) -> pd.DataFrame:
    """Settle what an agency's reports of a fiscal year (be) say of each item.

    ``items`` is the items table; only accepted items of a known agency and year count. Returns a
    row for each agency, year and concept, in that order: ``agency`` (its number in order of codes),
    the columns of the agency, the year, the item as the list that its report follows has it,
    ``status``, the observation and document that it comes from, and ``n_documents`` (reports of
    the agency and year). Repeated text is categorical.

    An item that is observed more than once has the status on which all observations agree; where
    they do not it is unclear. A blank cell says nothing, so it agrees with any. The status is empty
    where no report has a column for it.
    """
    said = _said(items)
    agency, agencies = said.agency, said.agencies
    year = said.rows[YEAR].to_numpy(dtype=np.int64)
    order = np.lexsort((said.is_other_list, said.concept, said.pair))
    told = said.status[order]
    starts = _starts(said.pair[order], said.concept[order])
    status = _settled(told, starts)
    rows = order[_speakers(told, status, starts)]
    chosen = said.rows.iloc[rows]
    frame = pd.DataFrame({"agency": agency[rows]})
    for name in AGENCY:
        values = pd.Categorical(agencies[name])
        frame[name] = pd.Categorical.from_codes(values.codes[agency[rows]], dtype=values.dtype)
    frame[YEAR] = year[rows]
    for name in ITEM:
        values = plain(chosen[[name]])[name].array
        frame[name] = pd.Categorical(values) if values.dtype == "string" else values
    frame["status"] = pd.Categorical.from_codes(status, dtype=STATUS)
    frame["observation_id"] = chosen["observation_id"].array
    frame["document_id"] = plain(chosen[["document_id"]])["document_id"].array
    reports = _documents(said.pair, said.rows["document_id"])
    frame["n_documents"] = reports.reindex(said.pair[rows]).to_numpy()
    return frame.sort_values(["agency", YEAR, "item_no"], kind="stable", ignore_index=True)


def telling(items: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Say which rows of items :func:`observed` rests on, however many reports repeat them.

    They are the first of those that give a concept of an agency and year the same status, by the
    year's own list or by another, and the first of each report. ``observed`` makes the same of them
    as of all rows; and the telling rows of two parts of a table have those of the whole.
    """
    said = _said(items)
    keys = {"pair": said.pair, "concept": said.concept, "is_other_list": said.is_other_list}
    is_first = ~pd.DataFrame(keys | {"status": said.status}).duplicated().to_numpy()
    reports = pd.DataFrame({"pair": said.pair, "document": said.rows["document_id"].array})
    is_first |= ~reports.duplicated().to_numpy()
    is_telling = np.zeros(len(items), dtype=bool)
    is_telling[said.places[is_first]] = True
    return is_telling


class _Said(NamedTuple):
    """The items that count, with what each row is of and what it says, as numbers.

    ``places`` are those of the rows in the table, ``pair`` is an agency and year.
    """

    rows: pd.DataFrame
    places: Codes
    agency: Codes
    agencies: pd.DataFrame
    pair: Codes
    concept: Codes
    is_other_list: npt.NDArray[np.bool_]
    status: Codes


def _said(items: pd.DataFrame) -> _Said:
    is_accepted = (items["match_status"] == "accepted").fillna(False).to_numpy(dtype=bool)
    places = np.flatnonzero(is_accepted & is_of_known(items))
    rows = items[list(_COLUMNS)].iloc[places]
    agency, agencies = numbered(rows)
    return _Said(
        rows,
        places,
        agency,
        agencies,
        agency * 10_000 + rows[YEAR].to_numpy(dtype=np.int64),
        _concepts(rows),
        (rows["item_list_year_be"] != rows[YEAR]).fillna(True).to_numpy(dtype=bool),
        pd.Categorical(rows["status"], dtype=STATUS).codes.astype(np.int64),
    )


def is_known(status: pd.Series) -> pd.Series:
    """Say of each status whether it says something."""
    return status.isin(KNOWN)


def _concepts(items: pd.DataFrame) -> Codes:
    """Number the concepts; an item that has none goes by its list and number."""
    concept = items["concept_id"]
    if concept.isna().any():
        concept = concept.astype("string")
        listed = items["item_list_year_be"].astype("string").fillna("")
        named = "O" + items["item_no"].astype("string").fillna("") + " of " + listed
        concept = concept.fillna(named)
    return pd.factorize(concept)[0].astype(np.int64)


def _starts(*keys: Codes) -> Codes:
    """Return where a new group begins in sorted rows."""
    if not len(keys[0]):
        return np.empty(0, dtype=np.int64)
    is_new = np.ones(len(keys[0]), dtype=bool)
    is_new[1:] = np.any([np.diff(key) != 0 for key in keys], axis=0)
    return np.flatnonzero(is_new)


def _settled(told: Codes, starts: Codes) -> Codes:
    """Return the status of each group: the one that is told, unclear where several are."""
    if not len(starts):
        return starts
    says = (told != _NONE) & (told != _BLANK)
    lowest = np.minimum.reduceat(np.where(says, told, len(STATUSES)), starts)
    highest = np.maximum.reduceat(np.where(says, told, _NONE), starts)
    blank = np.where(np.maximum.reduceat(told, starts) == _NONE, _NONE, _BLANK)
    agreed = np.where(lowest == highest, highest, _UNCLEAR)
    return np.where(highest == _NONE, blank, agreed)


def _speakers(told: Codes, status: Codes, starts: Codes) -> Codes:
    """Return the row of each group that has its status; where none has, the first."""
    if not len(starts):
        return starts
    rows = np.arange(len(told))
    sizes = np.diff(np.append(starts, len(told)))
    found = np.where(told == np.repeat(status, sizes), rows, len(told))
    first = np.minimum.reduceat(found, starts)
    return np.where(first == len(told), starts, first)


def _documents(pair: Codes, document_id: pd.Series) -> pd.Series:
    """Return the number of reports of each agency and year."""
    reports = pd.DataFrame({"pair": pair, "document_id": document_id.array}).drop_duplicates()
    return reports["pair"].value_counts()
