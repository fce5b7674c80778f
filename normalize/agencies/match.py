"""Match one written agency name to the registry.

The text is read into type, name, district and province; candidates are then judged by what
agrees. Each disagreement costs a penalty (score = 1 - penalty), a match is accepted on a small
penalty and a lead over the runner-up, and a tie stays open: a wrong match costs far more than a
row of the review queue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from extract.thai import skeleton
from normalize.agencies.reading import NameReader, Reading
from normalize.agencies.registry import (
    LIST_YEAR_BE,
    Agency,
    NameForm,
    Registry,
    province_abbreviations,
    words,
)
from normalize.agencies.text import Place, keyed

ACCEPT = 0.12
"""Largest penalty of an accepted match."""
LEAD = 0.05
"""Smallest lead of an accepted match over the runner-up."""
REVIEW = 0.5
"""Largest penalty that is worth a person's look."""
MAX_ALTERNATIVES = 8
MAX_TEXT = 300
"""Characters; a longer text is no agency's name."""

UNCONFIRMED = 0.03
"""Penalty of an exact name that no district or province confirms."""
UNSURE = 0.12
"""Penalty of a name that is not exact and that no district or province confirms."""
WRONG_PROVINCE, WRONG_DISTRICT, WRONG_TYPE, NO_TYPE, REST, WEAK = 0.4, 0.3, 0.3, 0.3, 0.25, 0.25
"""Penalties that each rule out acceptance."""
OTHER_NAME = 0.1
"""Penalty of a name with a slip that is a name itself, or is longer or shorter by a syllable."""

MatchStatus = Literal["accepted", "review", "unmatched"]


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """What an agency name was matched to, how surely and why.

    ``score`` is from 0 to 1; ``method`` names what met what; ``reason`` tells the runner-up and
    lead, or why the match stays open; ``alternatives`` are the other candidates, best first.
    ``agency`` of a match under review is the best candidate, or None where several are equal.
    """

    agency: Agency | None
    raw: str
    status: MatchStatus
    score: float
    method: str
    alternatives: tuple[tuple[Agency, float], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The districts (keys) and provinces that a text or a hint names."""

    districts: tuple[str, ...] = ()
    provinces: frozenset[str] = frozenset()
    is_unclear: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency with its penalty and what met what."""

    agency: Agency
    penalty: float
    how: str
    is_exact: bool


def match_agency(
    text: str,
    registry: Registry,
    province_hint: str | None = None,
    fiscal_year_be: int | None = None,
) -> AgencyMatch:
    """Match one agency name, as a person's table has it, to the registry.

    ``province_hint`` counts where the text names no province. A class or name that an agency took
    after the list is not believed for a ``fiscal_year_be`` of 2566 or earlier.
    """
    return matcher(registry).match(text, province_hint, fiscal_year_be)


@lru_cache(maxsize=8)
def matcher(registry: Registry) -> Matcher:
    """Return the matcher of a registry; it keeps what it computed."""
    return Matcher(registry)


class Matcher:
    """Matches names to one registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.reader = NameReader(registry)
        self.places = self.reader.places

    def match(self, text: str, hint: str | None = None, year_be: int | None = None) -> AgencyMatch:
        """See :func:`match_agency`."""
        raw = " ".join(text.split())
        if len(raw) > MAX_TEXT:
            return AgencyMatch(None, raw, "unmatched", 0.0, "", (), "too long for an agency's name")
        readings = list(self.reader.readings(keyed(text)))
        if not readings:
            return AgencyMatch(None, raw, "unmatched", 0.0, "", (), "no agency's type and name")
        return self.judge(raw, readings, hint, year_be)

    def judge(
        self,
        raw: str,
        readings: list[Reading],
        hint: str | None = None,
        year_be: int | None = None,
    ) -> AgencyMatch:
        """Choose among the candidates of all readings."""
        found = [c for r in readings for c in self._exact(r, self.said(r.places, hint), year_be)]
        best = min((c.penalty for c in found), default=1.0)
        if best > ACCEPT:
            for reading in readings:
                said = self.said(reading.places, hint)
                found.extend(self._fuzzy(reading, said, year_be))
                found.extend(self._other_type(reading, said, year_be))
        return _decide(raw, found)

    def said(self, places: Iterable[Place], hint: str | None = None) -> Said:
        """Sum up places; a hint counts as a province where no province is named."""
        districts: list[str] = []
        provinces: set[str] = set()
        unclear = False
        for place in places:
            if place.kind == "district":
                districts.append(place.key)
            elif place.kind == "province":
                name = self._province(place.key)
                unclear = unclear or not name
                provinces.update([name] if name else [])
        if not provinces and not unclear and hint:
            name = self._hinted(skeleton(hint))
            provinces.update([name] if name else [])
        if not provinces and not unclear:
            for key in districts:
                provinces.update(p for _, p in self.registry.districts.get(key, ()))
        return Said(tuple(districts), frozenset(provinces), unclear)

    def _hinted(self, key: str) -> str | None:
        """Return the province that a hint names, with its label or without; None if unknown."""
        labels = (*words("province_label"), *words("province_label_short"))
        bare = (key.removeprefix(skeleton(label)) for label in labels)
        return next(filter(None, map(self._known_province, (key, *bare))), None)

    def _known_province(self, key: str) -> str | None:
        return self.registry.provinces.get(key) or province_abbreviations().get(key)

    def _province(self, key: str) -> str | None:
        known = self._known_province(key)
        if known or len(key) < 4:
            return known
        parts = [
            p for k, p in self.registry.provinces.items() if key in (k[: len(key)], k[-len(key) :])
        ]
        if len(parts) == 1:
            return parts[0]
        near = process.extract(
            key, list(self.registry.provinces), scorer=OSA.distance, score_cutoff=len(key) // 4
        )
        if not near or (len(near) > 1 and near[1][1] == near[0][1]):
            return None
        return self.registry.provinces[near[0][0]]

    def _exact(self, reading: Reading, said: Said, year: int | None) -> Iterator[Candidate]:
        for form in self.registry.by_key.get(reading.name, ()):
            if form.type in reading.types:
                unlike = 1 - fuzz.ratio(form.name, reading.raw) / 100
                cost = 0.01 + 0.02 * unlike if unlike else 0.0
                yield from self._judged(form, reading, said, year, cost, "name")

    def _fuzzy(self, reading: Reading, said: Said, year: int | None) -> Iterator[Candidate]:
        size = len(reading.name)
        if size < 3:
            return
        limit = max(1, min(3, size // 4))
        is_a_name = any(
            form.name == reading.raw for form in self.registry.by_key.get(reading.name, ())
        )
        for type_ in sorted(reading.types):
            for province in sorted(said.provinces) or [""]:
                pool = self.registry.pool(type_, province)
                near = process.extract(
                    reading.name, list(pool), scorer=OSA.distance, score_cutoff=limit, limit=12
                )
                for key, edits, _ in near:
                    for form in pool[key] if edits else ():
                        unlike = 1 - fuzz.ratio(form.name, reading.raw) / 100
                        cost = 0.05 + 0.25 * edits / size + 0.02 * unlike
                        cost += OTHER_NAME if is_a_name else 0.0
                        cost += OTHER_NAME if abs(len(key) - size) > 1 else 0.0
                        how = f"fuzzy name ({edits:g} edit{'s' if edits > 1 else ''})"
                        yield from self._judged(form, reading, said, year, cost, how)

    def _other_type(self, reading: Reading, said: Said, year: int | None) -> Iterator[Candidate]:
        forms = [
            form
            for form in self.registry.by_key.get(reading.name, ())
            if form.type not in reading.types
            and (not said.provinces or form.province in said.provinces)
        ]
        for form in forms if len(forms) <= MAX_ALTERNATIVES else ():
            for found in self._judged(form, reading, said, year, WRONG_TYPE, "name"):
                how = found.how.replace("type+", "", 1) + ", other type"
                yield Candidate(found.agency, found.penalty, how, False)

    def _judged(
        self,
        form: NameForm,
        reading: Reading,
        said: Said,
        year: int | None,
        cost: float,
        name: str,
    ) -> Iterator[Candidate]:
        """Add up the penalties of one form; yields nothing where they are too high."""
        is_exact = name == "name"
        if form.basis != "name":
            name = f"{form.note} {name}".strip()
        how = [reading.type_word if not reading.slips else "fuzzy type", name]
        confirmed = False
        if said.districts:
            alike = max(self.places.similar(key, form.district) for key in said.districts)
            cost += 0.3 * (1 - alike) if alike else WRONG_DISTRICT
            confirmed = alike > 0
            if alike:
                how.append("district" if alike == 1 else "fuzzy district")
        if form.province in said.provinces:
            cost += 0.0 if confirmed or is_exact else 0.02
            confirmed = True
            how.append("province")
        elif said.provinces or said.is_unclear:
            cost += WRONG_PROVINCE if said.provinces else WRONG_DISTRICT
            confirmed = False
        doubtful = not is_exact or form.confidence != "high" or bool(reading.slips)
        doubtful = doubtful or reading.type_word == "class unclear"
        if not confirmed:
            cost += UNSURE if doubtful else UNCONFIRMED
        cost += NO_TYPE if reading.type_word == "no type" else 0.0
        cost += 0.02 * reading.slips + (0.02 if len(reading.types) > 1 else 0.0)
        cost += {"name": 0.0, "alias": 0.02, "change": 0.02}[form.basis]
        cost += {"high": 0.0, "medium": 0.03, "low": WEAK}[form.confidence]
        if reading.left:
            stray = reading.is_stray and is_exact and confirmed
            cost += 0.08 if stray else REST + min(0.2, 0.01 * reading.left)
        if form.from_year_be and year is not None and year <= LIST_YEAR_BE:
            cost += WRONG_TYPE
        if len(form.agencies) > 1:
            cost += 0.1
        if cost <= REVIEW:
            for agency in form.agencies:
                yield Candidate(agency, cost, "+".join(how), is_exact)


def _decide(raw: str, found: list[Candidate]) -> AgencyMatch:
    best: dict[Agency, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (c.penalty, c.agency.code)):
        best.setdefault(candidate.agency, candidate)
    ranked = list(best.values())
    if not ranked:
        return AgencyMatch(None, raw, "unmatched", 0.0, "", (), "no agency of this name")
    first = ranked[0]
    lead = ranked[1].penalty - first.penalty if len(ranked) > 1 else 1.0
    ties = sum(c.penalty - first.penalty < LEAD for c in ranked)
    score = round(min(1 - first.penalty, 1 / ties), 3)
    rest = tuple((c.agency, round(1 - c.penalty, 3)) for c in ranked[1 : MAX_ALTERNATIVES + 1])
    runner_up = ""
    if rest:
        other = rest[0][0]
        runner_up = f"runner-up {other.full_name} ({other.district}, {other.province})"
        runner_up += f", lead {lead:.2f}"
    shadowed = not first.is_exact and any(c.is_exact and "province" in c.how for c in ranked)
    if first.penalty <= ACCEPT and lead >= LEAD and not shadowed:
        how = first.how if rest or "+" not in first.how else f"{first.how} unique"
        return AgencyMatch(first.agency, raw, "accepted", score, how, rest, runner_up)
    if ties > 1:
        equal = lead == 0
        reason = f"{ties} agencies fit alike; {runner_up}"
        everyone = ((first.agency, round(1 - first.penalty, 3)), *rest)[:MAX_ALTERNATIVES]
        if equal:
            return AgencyMatch(None, raw, "review", score, first.how, everyone, reason)
        return AgencyMatch(first.agency, raw, "review", score, first.how, rest, reason)
    reason = "; ".join(filter(None, ["not sure enough", runner_up]))
    return AgencyMatch(first.agency, raw, "review", score, first.how, rest, reason)
