"""Contradictions between what reports say of the same agency and fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from analyze.claims import ROW, both_sides, denied_claims, denies, score_rows, texts
from analyze.discrepancies import TOLERANCE, discrepancy_reasons
from analyze.frames import AGENCY, YEAR, numbered, of_known_agency_and_year, plain, to_table
from analyze.framework import metric_name
from analyze.observed import is_known, observed
from analyze.published import Published, published
from analyze.score_comparison import levels_of
from normalize.catalogue import catalogue

_ITEM = ["concept_id", "item_name", "status", "score"]
_SUBJECT = ["agency", YEAR, "subject"]
_COLUMNS = [*AGENCY, YEAR, "kind", "subject", "subject_name"]
_COLUMNS += [f"{name}_{side}" for side in (1, 2) for name in ("value", *ROW)]


def consistency(items: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """List contradictions of the same agency and fiscal year (be), with the rows on both sides.

    ``items`` and ``scores`` are the record tables. Only accepted items whose status is known count,
    and of a score the year that was scored. ``kind`` (enum consistency_kind) is one of: two
    statuses of one concept; two values of one metric; two levels; a claim that a score denies, of
    the item itself or of the sub-indicator, indicator or OIT that it is a part of; a score or a
    level that is not what its published parts give, beyond rounding, where the second side is the
    same row. Each further value is set against the first.
    """
    return consistency_of(items, scores, observed(items), published(scores))


def consistency_of(
    items: pd.DataFrame, scores: pd.DataFrame, settled: pd.DataFrame, found: Published
) -> pd.DataFrame:
    """Do the work of :func:`consistency`, with what reports agree on of items and scores."""
    known = of_known_agency_and_year(scores)
    accepted = items.loc[items["match_status"] == "accepted", [*AGENCY, YEAR, *_ITEM, *ROW]]
    accepted = of_known_agency_and_year(accepted)
    pieces = {
        "statuses_differ": [_statuses(accepted)],
        "scores_differ": [_values(known)],
        "levels_differ": [_levels(known)],
        "claim_against_score": [_own_scores(accepted), *denied_claims(settled, found)],
        "computed_differs": list(_against_parts(found)),
    }
    rows = pd.concat(
        [
            piece.assign(kind=kind)[_COLUMNS].astype(dict.fromkeys(AGENCY, "string"))
            for kind, several in pieces.items()
            for piece in several
            if len(piece)
        ]
        or [pd.DataFrame(columns=_COLUMNS)]
    )
    kinds = [kind.value for kind in catalogue().enum("consistency_kind")]
    rows["kind"] = pd.Categorical(rows["kind"], categories=kinds)
    return to_table("consistency", rows.sort_values([*AGENCY, YEAR, "kind"], kind="stable"))


def _statuses(items: pd.DataFrame) -> pd.DataFrame:
    status = items["status"].where(is_known(items["status"]))
    return _pairs(items.assign(status=status), items["concept_id"], "item_name", "status")


def _values(scores: pd.DataFrame) -> pd.DataFrame:
    pairs = _pairs(scores, scores["metric"], "metric_name", "value")
    return pairs.assign(value_1=texts(pairs["value_1"]), value_2=texts(pairs["value_2"]))


def _levels(scores: pd.DataFrame) -> pd.DataFrame:
    rows = scores[scores["metric"].isin(["overall", "level"])]
    subject = pd.Series("level", index=rows.index, dtype="string")
    return _pairs(rows, subject, "metric_name", "level")


def _pairs(rows: pd.DataFrame, subject: pd.Series, name: str, value: str) -> pd.DataFrame:
    """Set each further value of a subject against the first; most subjects have one."""
    keys = pd.DataFrame(
        {
            "agency": numbered(rows)[0],
            YEAR: rows[YEAR].to_numpy(dtype=np.int64),
            "subject": pd.factorize(subject)[0],
            "value": pd.factorize(rows[value])[0],
        }
    )
    keys = keys[(keys["subject"] >= 0) & (keys["value"] >= 0)].drop_duplicates()
    keys = keys[keys.duplicated(_SUBJECT, keep=False)]
    is_further = keys.duplicated(_SUBJECT).to_numpy()
    told = plain(rows.iloc[keys.index])
    told = told.assign(subject_name=told[name], value=told[value])
    told = told[[*AGENCY, "subject_name", "value", *ROW]].set_axis(keys.index)
    told = told.join(keys[_SUBJECT])
    firsts, others = told[~is_further], told.loc[is_further, [*_SUBJECT, "value", *ROW]]
    pairs = firsts.merge(others, on=_SUBJECT, suffixes=("_1", "_2"))
    subjects = pd.Index(pd.factorize(subject)[1], dtype="string")
    return pairs.assign(subject=subjects.take(pairs["subject"].to_numpy()))


def _own_scores(items: pd.DataFrame) -> pd.DataFrame:
    """Return the items of which one row tells a status and a score that deny each other."""
    score = items["score"].to_numpy(dtype=float, na_value=np.nan)
    rows = plain(items[denies(items["status"], score) & items["concept_id"].notna().to_numpy()])
    rows = rows.assign(
        subject=rows["concept_id"],
        subject_name=rows["item_name"],
        value_1=rows["status"],
        value_2=texts(rows["score"]),
    )
    return both_sides(rows, rows)


def _against_parts(found: Published) -> Iterator[pd.DataFrame]:
    """Yield the scores and levels that are not what their published parts give."""
    reasons = discrepancy_reasons(found)
    for metric, expected in found.computed.items():
        value = found.value(metric)
        is_off = np.abs((value - expected).round(4)) > TOLERANCE
        rows = np.flatnonzero(is_off & (reasons[metric] != "rounding"))
        sides = texts(value[rows]), texts(expected[rows].round(2))
        yield _computed(found, rows, metric, metric, sides)
    levels = levels_of(found)
    told = pd.Series(levels["level"], dtype="string")
    expected_level = pd.Series(levels["level_computed"], dtype="string")
    is_off = (told != expected_level).fillna(False).to_numpy(dtype=bool)
    rows = np.flatnonzero(is_off)
    yield _computed(found, rows, "overall", "level", (told[rows].array, expected_level[rows].array))


def _computed(
    found: Published,
    of: npt.NDArray[np.int64],
    metric: str,
    subject: str,
    sides: tuple[ExtensionArray, ExtensionArray],
) -> pd.DataFrame:
    names = [metric_name(subject, int(year)) for year in found.year[of]]
    frame = found.agencies.iloc[found.agency[of]].assign(
        subject=subject,
        subject_name=pd.array(names, dtype="string"),
        value_1=sides[0],
        value_2=sides[1],
        **{YEAR: found.year[of]},
    )
    told = score_rows(found, metric, of)
    return both_sides(frame.assign(**{name: told[name].array for name in ROW}), told)
