"""Compare a damaged text with an agency's name, district and province, letter by letter.

Each segment of the text is compared with the rows of parts that it may hold (type and name, name
and type, district, district and province, ...); the fewest edits say which it holds, and are then
counted by part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from extract.thai import skeleton
from normalize.agencies.registry import NameForm, Registry, province_abbreviations, type_forms
from normalize.agencies.segments import STRAY, Segment
from normalize.agencies.text import PlaceReader
from normalize.agencies.weigh import Evidence

LEAST_ALIKE = 0.6
"""A district or province that is less alike is another one."""
MAX_EDITS = 3
"""Edits of a segment, but no more than a third of its letters; in a long one a quarter of them."""

# Rows of parts with the name: T type, n name, d district, p province.
_NAMED = {
    "": "Tn Tnd Tnp Tndp Tnpd nT nTd nTp nTdp nTpd n nd np ndp npd dTn pTn dpTn pdTn",
    "name": "n",
    "district": "dTn dpTn",
    "province": "pTn pdTn",
    "place": "Tn dTn pTn dpTn pdTn",
}
_PLACED = {
    "": "d p dp pd",
    "district": "d dp",
    "province": "p pd",
    "place": "d p dp pd",
    "subdistrict": "n nd np ndp npd",
}


class Part(NamedTuple):
    """A part of a row and its key; ``word`` says of a type how it is named."""

    kind: str
    key: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A segment with the row of parts that it fits best: edits in all and by part."""

    edits: int
    parts: tuple[Part, ...] = ()
    slips: tuple[int, ...] = ()
    said: str = ""
    raw_said: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether type and name are legible: no more than a third of the letters has a slip."""
        return bool(self.parts) and all(
            slips <= max(len(part.key) > 1, len(part.key) // 3)
            for part, slips in zip(self.parts, self.slips, strict=True)
            if part.kind in "Tn"
        )

    def alike(self, kind: str) -> float | None:
        """Share of a place that is alike: None where the row lacks it, 0 where it is another."""
        for part, slips in zip(self.parts, self.slips, strict=True):
            if part.kind == kind:
                share = 1 - slips / len(part.key)
                return share if share >= LEAST_ALIKE else 0.0
        return None


@cache
def _types(type_: str) -> tuple[Part, ...]:
    """Return the keys of a type: each form, and the long form with the abbreviation behind it."""
    forms = [f for f in type_forms() if type_ in f.types and f.kind not in ("cut", "variant")]
    long = next((f.key for f in forms if f.kind == "official"), "")
    parts = [Part("T", f.key, "type" if len(f.types) == 1 else "class not said") for f in forms]
    parts += [Part("T", long + f.key, "type") for f in forms if f.kind == "abbreviation"]
    return tuple(dict.fromkeys(parts))


class Aligner:
    """Compares the segments of a text with name forms."""

    def __init__(self, registry: Registry, places: PlaceReader) -> None:
        self.registry = registry
        self.places = places
        self._parts: dict[tuple[str, str, str], dict[str, tuple[Part, ...]]] = {}

    def evidence(self, segments: tuple[Segment, ...], form: NameForm) -> Evidence | None:
        """Say how the segments meet a form; None where none of them holds its name."""
        parts = self._places_of(form) | {"n": (Part("n", form.key),)}
        kinds = frozenset(segment.kind for segment in segments)
        fits = [_fit(s, _rows(_NAMED.get(s.kind, ""), kinds), parts) for s in segments]
        named = [(fit.edits, number, fit) for number, fit in enumerate(fits) if fit.is_possible]
        if not named:
            return None
        _, number, fit = min(named, key=lambda one: one[:2])
        district, province, left = fit.alike("d"), fit.alike("p"), 0
        for other, segment in enumerate(segments):
            if other != number:
                placed = self._placed(segment, parts, kinds, form)
                district = placed.alike("d") if district is None else district
                province = placed.alike("p") if province is None else province
                left += 0 if placed.parts else placed.edits
        by_kind = {part.kind: (part, n) for part, n in zip(fit.parts, fit.slips, strict=True)}
        unsaid = Part("T", "", "type" if segments[number].kind == "name" else "no type")
        type_, type_slips = by_kind.get("T", (unsaid, 0))
        slips = by_kind["n"][1]
        return Evidence(
            type_.word,
            type_slips,
            slips,
            0.0 if slips else 1 - fuzz.ratio(form.name, fit.raw_said) / 100,
            slips > 0 and self._is_other(form, fit),
            district,
            province,
            left,
            left <= STRAY,
        )

    def _is_other(self, form: NameForm, fit: Fit) -> bool:
        """Say whether a name with a slip is a name itself, or differs by a syllable."""
        if abs(len(fit.said) - len(form.key)) > 1:
            return True
        return any(other.name == fit.raw_said for other in self.registry.by_key.get(fit.said, ()))

    def _places_of(self, form: NameForm) -> dict[str, tuple[Part, ...]]:
        place = form.type, form.district, form.province
        if place not in self._parts:
            district, capital = skeleton(form.district), self.places.capital
            districts = [district] if district else []
            if district.startswith(capital):
                districts.append(capital)
            provinces = [skeleton(form.province)]
            provinces += [k for k, p in province_abbreviations().items() if p == form.province]
            self._parts[place] = {
                "T": _types(form.type),
                "d": tuple(Part("d", key) for key in districts),
                "p": tuple(Part("p", key) for key in provinces),
            }
        return self._parts[place]

    def _placed(
        self,
        segment: Segment,
        parts: dict[str, tuple[Part, ...]],
        kinds: frozenset[str],
        form: NameForm,
    ) -> Fit:
        """Fit a segment without the name; a place that is known is that place or another."""
        if segment.kind == "province" and (province := self.places.province(segment.key)):
            return _known("p", segment.key, province == form.province)
        if segment.kind == "district" and self.places.is_district(segment.key):
            return _known("d", segment.key, any(p.key == segment.key for p in parts["d"]))
        fit = _fit(segment, _rows(_PLACED.get(segment.kind, ""), kinds), parts)
        if fit.parts:
            return fit
        if segment.kind in ("district", "province"):
            return _known(segment.kind[0], segment.key, False)
        return Fit(0 if segment.kind == "subdistrict" else fit.edits)


def _known(kind: str, key: str, is_it: bool) -> Fit:
    return Fit(0, (Part(kind, key),), (0 if is_it else len(key),))


@cache
def _rows(rows: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the rows that a segment may hold, without places that a label shows elsewhere."""
    elsewhere = {kind[0] for kind in kinds if kind in ("district", "province")}
    found = rows.split()
    own = {row[0] for row in found} if len({row[0] for row in found}) == 1 else set()
    return tuple(row for row in found if not (elsewhere - own) & set(row))


def _fit(segment: Segment, rows: tuple[str, ...], parts: dict[str, tuple[Part, ...]]) -> Fit:
    """Return the row of parts nearest to a segment; without parts where none is near."""
    key = segment.key
    size = len(key)
    limit = max(min(MAX_EDITS, size // 3), size // 4)
    best: tuple[Part, ...] = ()
    for row in rows:
        for made in product(*[parts[kind] for kind in row]):
            text = "".join([part.key for part in made])
            if abs(len(text) - size) > limit:
                continue
            edits = OSA.distance(text, key, score_cutoff=limit)
            if edits < limit or (edits == limit and not best):
                limit, best = edits, made
                if not edits:
                    break
    return _counted(segment, limit, best) if best else Fit(size)


def _counted(segment: Segment, edits: int, parts: tuple[Part, ...]) -> Fit:
    """Count the edits of a segment by part, and find the stretch that stands for the name."""
    text, key = "".join([part.key for part in parts]), segment.key
    bounds = [0]
    for part in parts:
        bounds.append(bounds[-1] + len(part.key))
    slips = [0] * len(parts)
    if edits:
        moved = edits
        for _, at, _ in Levenshtein.editops(text, key).as_list():
            number = next((n for n, b in enumerate(bounds[1:]) if at < b), len(parts) - 1)
            slips[number] += 1
            moved -= 1
        for number, count in enumerate(slips):  # a transposition counts once
            if moved < 0 and count > 1:
                slips[number] -= min(-moved, count - 1)
                moved += min(-moved, count - 1)
    name = next((n for n, part in enumerate(parts) if part.kind == "n"), None)
    if name is None:
        return Fit(edits, parts, tuple(slips))
    begin, stop = _stretch(text, key, bounds[name], bounds[name + 1])
    raw = segment.text.raw(segment.start + begin, segment.start + stop)
    return Fit(edits, parts, tuple(slips), key[begin:stop], raw)


def _stretch(text: str, key: str, begin: int, stop: int) -> tuple[int, int]:
    """Return where characters begin to stop of one string stand in the other."""
    found = []
    for bound in (begin, stop):
        at = bound
        for _, s0, s1, d0, d1 in Levenshtein.opcodes(text, key).as_list():
            if s0 <= bound <= s1:
                at = d0 + min(bound - s0, d1 - d0) if bound < s1 or bound == begin else d1
                if bound < s1:
                    break
        found.append(at)
    return found[0], max(found)
