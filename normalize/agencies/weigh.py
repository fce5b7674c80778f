"""What agrees and disagrees between a text and an agency's name, summed up as a penalty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalize.agencies.registry import LIST_YEAR_BE, Agency, NameForm
from normalize.datafiles import read_rows

UNCONFIRMED = 0.03
"""Penalty of an exact name that no district or province confirms."""
UNSURE = 0.12
"""Penalty of a name that is not exact and that no district or province confirms."""
WRONG_PROVINCE, WRONG_DISTRICT, WRONG_TYPE, NO_TYPE, REST, WEAK = 0.4, 0.3, 0.3, 0.3, 0.25, 0.25
"""Penalties that each rule out acceptance."""
OTHER_NAME = 0.1
"""Penalty of a name with a slip that is a name itself, or is longer or shorter by a syllable."""
SLIP, SLIP_SHARE = 0.04, 0.25
"""Penalty of each slip in the name, and of all as a share of its length."""
NO_CLASS, OTHER_BASIS, MERGED = 0.02, 0.02, 0.1
"""Penalties of a municipality without its class, of a name that is not the registry's, and of one
that several agencies may have taken."""
STRAY_LEFT = 0.08
"""Penalty of characters left over that look like a slip."""
REVIEW = 0.5
"""Largest penalty that is worth a person's look."""
ODD_MARK = 0.02
"""Penalty of a mark that the text has and the name lacks."""
TYPE_SLIP = 0.02
"""Penalty of a slip in the type."""
DISTRICT_SLIP, PROVINCE_SLIP = 0.3, 0.15
"""Penalty of each slip in a district or province, as a share of its length."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a text meets a name form; ``name`` is what it has for the name.

    ``unlike`` is the share of letters and marks that differ although the keys agree, ``odd_marks``
    counts the marks that the name lacks; slips are edits of the key. ``district`` and
    ``province`` are the share of it that is alike, 0 for another place, None where the text names
    none; ``is_subdistrict`` says that it names a subdistrict of the agency's name. ``left`` counts
    the characters that nothing explains, ``is_stray`` says that they may be a slip.
    """

    type_word: str = "type"
    type_slips: int = 0
    name: str = ""
    name_slips: int = 0
    unlike: float = 0.0
    odd_marks: int = 0
    is_other_name: bool = False
    district: float | None = None
    province: float | None = None
    is_subdistrict: bool = False
    left: int = 0
    is_stray: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency with its penalty and what met what.

    ``is_exact`` says that the name has no slip, ``in_province`` that the text names its province.
    """

    agency: Agency
    penalty: float
    how: str
    is_exact: bool
    in_province: bool


@cache
def _scores() -> tuple[tuple[float, float], ...]:
    rows = read_rows("agency_scores.csv")
    return tuple((float(row["penalty_to"]), float(row["share_right"])) for row in rows)


def score_of(penalty: float) -> float:
    """Return the share of development cases with such a penalty and a clear lead that are right.

    The shares, their cases and how they were found: ``normalize/data/README-agencies.md``.
    """
    return next((share for most, share in _scores() if penalty <= most), 0.0)


def candidates(form: NameForm, said: Evidence, year_be: int | None) -> Iterator[Candidate]:
    """Weigh a form; yields the agencies that go by it, none where it is too unlikely."""
    penalty = _penalty(form, said, year_be)
    if penalty <= REVIEW:
        how, is_exact = "+".join(_met(form, said)), not said.name_slips
        for agency in form.agencies:
            yield Candidate(agency, penalty, how, is_exact, bool(said.province))


def _penalty(form: NameForm, said: Evidence, year_be: int | None) -> float:
    cost = 0.01 + 0.02 * said.unlike if said.unlike else 0.0
    if said.name_slips:
        slips = SLIP * said.name_slips + SLIP_SHARE * said.name_slips / len(form.key)
        cost += slips / 2 if said.is_subdistrict else slips
        cost += OTHER_NAME if said.is_other_name else 0.0
    cost += ODD_MARK * said.odd_marks
    if said.district is not None:
        cost += DISTRICT_SLIP * (1 - said.district) if said.district else WRONG_DISTRICT
    if said.province is not None:
        cost += PROVINCE_SLIP * (1 - said.province) if said.province else WRONG_PROVINCE
    is_confirmed = bool(said.district or said.province) and said.province != 0
    is_confirmed = is_confirmed or form.name == form.province
    if not is_confirmed:
        is_doubtful = bool(said.name_slips or said.odd_marks) or form.confidence != "high"
        cost += UNSURE if is_doubtful or said.type_word == "class unclear" else UNCONFIRMED
    cost += {"no type": NO_TYPE, "other type": WRONG_TYPE}.get(said.type_word, 0.0)
    cost += TYPE_SLIP * said.type_slips + (NO_CLASS if said.type_word.startswith("class") else 0.0)
    cost += OTHER_BASIS if form.basis != "name" else 0.0
    cost += {"high": 0.0, "medium": 0.03, "low": WEAK}[form.confidence]
    if said.left:
        stray = said.is_stray and not said.name_slips and is_confirmed
        cost += STRAY_LEFT if stray else REST + min(0.2, 0.01 * said.left)
    if form.from_year_be and year_be is not None and year_be <= LIST_YEAR_BE:
        cost += WRONG_TYPE
    return cost + (MERGED if len(form.agencies) > 1 else 0.0)


def _met(form: NameForm, said: Evidence) -> Iterator[str]:
    """Say in words what met what."""
    yield f"fuzzy {said.type_word}" if said.type_slips else said.type_word
    name = "name"
    if said.name_slips:
        edits = f"{said.name_slips} edit{'s' if said.name_slips > 1 else ''}"
        name = f"fuzzy name ({edits}) {said.name!r} for {form.name!r}"
    yield name if form.basis == "name" else f"{name} ({form.note})"
    for place, alike in (("district", said.district), ("province", said.province)):
        if alike is not None:
            yield place if alike == 1 else f"fuzzy {place}" if alike else f"other {place}"
    if said.left:
        yield f"{said.left} letters unexplained"
