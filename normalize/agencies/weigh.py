"""What agrees and disagrees between a text and an agency's name, summed up as a penalty."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.agencies.registry import LIST_YEAR_BE, Agency, NameForm

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
ODD_MARK = 0.02
"""Penalty of a mark that the text has and the name lacks."""
TYPE_SLIP = 0.02
"""Penalty of a slip in the type."""
DISTRICT_SLIP, PROVINCE_SLIP = 0.3, 0.15
"""Penalty of each slip in a district or province, as a share of its length."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a text meets a name form.

    ``unlike`` is the share of letters and marks that differ although the keys agree, ``odd_marks``
    counts the marks that the name lacks; slips are edits of the key. ``district`` and
    ``province`` are the share of it that is alike, 0 for another place, None where the text names
    none; ``is_subdistrict`` says that it names a subdistrict of the agency's name. ``left`` counts
    the characters that nothing explains, ``is_stray`` says that they may be a slip.
    """

    type_word: str = "type"
    type_slips: int = 0
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
    """An agency with its penalty and what met what."""

    agency: Agency
    penalty: float
    how: str
    is_exact: bool


def weigh(form: NameForm, said: Evidence, year_be: int | None) -> tuple[float, str]:
    """Return the penalty of a form and what met what, in words."""
    name = "name"
    cost = 0.01 + 0.02 * said.unlike if said.unlike else 0.0
    if said.name_slips:
        name = f"fuzzy name ({said.name_slips} edit{'s' if said.name_slips > 1 else ''})"
        slips = SLIP * said.name_slips + SLIP_SHARE * said.name_slips / len(form.key)
        cost += slips / 2 if said.is_subdistrict else slips
        cost += OTHER_NAME if said.is_other_name else 0.0
    if form.basis != "name":
        name = f"{form.note} {name}"
    how = [f"fuzzy {said.type_word}" if said.type_slips else said.type_word, name]
    for place, alike, slip in (
        ("district", said.district, DISTRICT_SLIP),
        ("province", said.province, PROVINCE_SLIP),
    ):
        if alike:
            cost += slip * (1 - alike)
            how.append(place if alike == 1 else f"fuzzy {place}")
    cost += WRONG_DISTRICT if said.district == 0 else 0.0
    cost += WRONG_PROVINCE if said.province == 0 else 0.0
    is_confirmed = bool(said.district or said.province) and said.province != 0
    is_confirmed = is_confirmed or form.name == form.province
    cost += ODD_MARK * said.odd_marks
    is_doubtful = bool(said.name_slips or said.odd_marks) or form.confidence != "high"
    is_doubtful = is_doubtful or said.type_word == "class unclear"
    if not is_confirmed:
        cost += UNSURE if is_doubtful else UNCONFIRMED
    cost += NO_TYPE if said.type_word == "no type" else 0.0
    cost += WRONG_TYPE if said.type_word == "other type" else 0.0
    cost += TYPE_SLIP * said.type_slips + (0.02 if said.type_word.startswith("class") else 0.0)
    cost += {"name": 0.0, "alias": 0.02, "change": 0.02}[form.basis]
    cost += {"high": 0.0, "medium": 0.03, "low": WEAK}[form.confidence]
    if said.left:
        stray = said.is_stray and not said.name_slips and is_confirmed
        cost += 0.08 if stray else REST + min(0.2, 0.01 * said.left)
    if form.from_year_be and year_be is not None and year_be <= LIST_YEAR_BE:
        cost += WRONG_TYPE
    if len(form.agencies) > 1:
        cost += 0.1
    return cost, "+".join(how)
