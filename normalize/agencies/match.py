"""Match one written agency name to the registry.

The text is read into type, name, district and province; candidates are then judged by what
agrees. Each disagreement costs a penalty, a match is accepted on a small one and a lead over the
runner-up, and a tie stays open: a wrong match costs far more than a row of the review queue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from extract.thai import skeleton
from normalize.agencies.align import Aligner, odd_marks
from normalize.agencies.near import NearForms
from normalize.agencies.reading import NameReader, Reading
from normalize.agencies.registry import (
    Agency,
    NameForm,
    Registry,
    official_forms,
    words,
)
from normalize.agencies.segments import Segment, segments
from normalize.agencies.text import Keyed, Place, keyed, keyed_as_is
from normalize.agencies.weigh import Candidate, Evidence, candidates, score_of

ACCEPT = 0.145
"""Largest penalty of an accepted match."""
LEAD = 0.05
"""Smallest lead of an accepted match over the runner-up."""
MAX_ALTERNATIVES = 8
MAX_TEXT = 300
"""Characters; a longer text is no agency's name."""
NEAREST = 40
"""So many names are compared with a damaged text letter by letter."""

# English words beside a name, but not "(cid:12)"
_REMARK = re.compile(r"(?<![A-Za-z])(?!cid:\d)[A-Za-z]+")

MatchStatus = Literal["accepted", "review", "unmatched"]


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """What an agency name was matched to, how surely and why.

    ``score`` is the share (0 to 1) of such matches that are right; ``method`` names what met what;
    ``reason`` tells the runner-up and lead, or why the match stays open; ``alternatives`` are the
    other candidates with the score that each would have alone, best first. ``agency`` of a match
    under review is the best candidate, or None where several are equal. ``penalty`` sums up what
    disagrees (0: nothing), and ``lead`` is how much more the runner-up has.
    """

    agency: Agency | None
    raw: str
    status: MatchStatus
    score: float
    method: str
    alternatives: tuple[tuple[Agency, float], ...] = ()
    reason: str = ""
    penalty: float = 1.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """The districts (keys) and provinces that a text or a hint names."""

    districts: tuple[str, ...] = ()
    provinces: frozenset[str] = frozenset()
    is_unclear: bool = False


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
        self.aligner = Aligner(registry, self.places)
        self.has_english = any(_REMARK.search(agency.name) for agency in registry.agencies)

    @cached_property
    def near(self) -> NearForms:
        """The index of names for damaged texts."""
        return NearForms(self.registry.forms)

    def match(self, text: str, hint: str | None = None, year_be: int | None = None) -> AgencyMatch:
        """See :func:`match_agency`."""
        raw = " ".join(text.split())
        if len(raw) > MAX_TEXT:
            return AgencyMatch(None, raw, "unmatched", 0.0, "", (), "too long for an agency's name")
        text = text if self.has_english else _REMARK.sub(" ", text)
        key = keyed_as_is(text)  # which is mostly right: repair costs ten times the rest
        match = _decide(raw, self._read(key, hint, year_be))
        if match.status == "accepted":
            return match
        key = keyed(text)
        found = self._read(key, hint, year_be)
        start = self.reader.start(key)
        if start is None or any(candidate.penalty <= ACCEPT for candidate in found):
            return _decide(raw, found)
        parts = segments(key, self.places, start)
        if hint and not any(part.kind == "province" for part in parts):
            parts = (*parts, Segment("province", self._bare(skeleton(hint)), key))
        found.extend(self._aligned(parts, frozenset(official_forms()), year_be))
        return _decide(raw, found)

    def _read(self, key: Keyed, hint: str | None, year_be: int | None) -> list[Candidate]:
        """Return the candidates whose names are those that a text reads, letter by letter."""
        return [
            candidate
            for reading in self.reader.readings(key)
            for candidate in self._exact(reading, self.said(reading.places, hint), year_be)
        ]

    def judge(
        self,
        raw: str,
        readings: list[Reading],
        hint: str | None = None,
        year_be: int | None = None,
    ) -> AgencyMatch:
        """Choose among the candidates of all readings."""
        found = [c for r in readings for c in self._exact(r, self.said(r.places, hint), year_be)]
        if min((c.penalty for c in found), default=1.0) > ACCEPT:
            for reading in readings:
                found.extend(self._other_type(reading, self.said(reading.places, hint), year_be))
                text = keyed(reading.raw)
                places = (p for p in reading.places if p.kind != "subdistrict")
                parts = (
                    Segment("name", text.key, text),
                    *(Segment(p.kind, p.key, text) for p in places),
                )
                found.extend(self._aligned(parts, reading.types, year_be))
        return _decide(raw, found)

    def _aligned(
        self, parts: tuple[Segment, ...], types: frozenset[str], year_be: int | None
    ) -> Iterator[Candidate]:
        """Compare the segments of a damaged text with the names nearest to it."""
        for form in self.near.nearest("".join(part.key for part in parts), NEAREST):
            said = self.aligner.evidence(parts, form) if form.type in types else None
            if said is None:
                continue
            yield from candidates(form, said, year_be)

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
        return self.places.province(key) or self.places.province(self._bare(key))

    def _bare(self, key: str) -> str:
        """Take the label off the key of a province."""
        labels = map(skeleton, (*words("province_label"), *words("province_label_short")))
        label = next((one for one in labels if key.startswith(one)), "")
        return key if self.places.province(key) else key.removeprefix(label)

    def _province(self, key: str) -> str | None:
        known = self.places.province(key)
        if known or len(key) < 4:
            return known
        near = process.extract(
            key, list(self.registry.provinces), scorer=OSA.distance, score_cutoff=len(key) // 4
        )
        if not near or (len(near) > 1 and near[1][1] == near[0][1]):
            return None
        return self.registry.provinces[near[0][0]]

    def _exact(self, reading: Reading, said: Said, year: int | None) -> Iterator[Candidate]:
        for form in self.registry.by_key.get(reading.name, ()):
            if form.type in reading.types:
                yield from self._judged(form, reading, said, year, reading.type_word)

    def _other_type(self, reading: Reading, said: Said, year: int | None) -> Iterator[Candidate]:
        forms = [
            form
            for form in self.registry.by_key.get(reading.name, ())
            if form.type not in reading.types
            and (not said.provinces or form.province in said.provinces)
        ]
        for form in forms if len(forms) <= MAX_ALTERNATIVES else ():
            yield from self._judged(form, reading, said, year, "other type")

    def _judged(
        self, form: NameForm, reading: Reading, said: Said, year: int | None, word: str
    ) -> Iterator[Candidate]:
        """Weigh one form whose name is that of the reading; nothing where it is too unlikely."""
        district = province = None
        if said.districts:
            district = max(self.places.similar(key, form.district) for key in said.districts)
        if said.provinces or said.is_unclear:
            province = float(form.province in said.provinces)
        unlike = 1 - fuzz.ratio(form.name, reading.raw) / 100
        evidence = Evidence(
            word,
            unlike=unlike,
            odd_marks=odd_marks(reading.raw, form.name) if unlike else 0,
            district=district,
            province=province,
            left=reading.left,
            is_stray=reading.is_stray,
        )
        yield from candidates(form, evidence, year)


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
    everyone = [(c.agency, score_of(c.penalty)) for c in ranked[: MAX_ALTERNATIVES + 1]]
    rest, reason = tuple(everyone[1:]), ""
    if rest:
        other = rest[0][0]
        reason = f"runner-up {other.full_name} ({other.district}, {other.province})"
        reason += f", lead {lead:.2f}"
    shadowed = not first.is_exact and any(c.is_exact and c.in_province for c in ranked)
    score = min(score_of(first.penalty), round(1 / ties, 4))
    match = AgencyMatch(
        *(first.agency, raw, "review", score, first.how, rest), penalty=first.penalty, lead=lead
    )
    if first.penalty <= ACCEPT and lead >= LEAD and not shadowed:
        how = first.how if rest or "+" not in first.how else f"{first.how} unique"
        return replace(match, status="accepted", method=how, reason=reason)
    if ties == 1:
        return replace(match, reason="; ".join(filter(None, ["not sure enough", reason])))
    match = replace(match, reason=f"{ties} agencies fit alike; {reason}")
    if lead == 0:
        return replace(match, agency=None, alternatives=tuple(everyone[:MAX_ALTERNATIVES]))
    return match
