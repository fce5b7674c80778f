"""Compare a damaged text with an agency's name, district and province, letter by letter."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz

from extract.thai import skeleton
from normalize.agencies.fit import Fit, Part, fit
from normalize.agencies.registry import (
    NameForm,
    Registry,
    official_forms,
    type_forms,
)
from normalize.agencies.segments import STRAY, Segment
from normalize.agencies.text import PlaceReader
from normalize.agencies.weigh import Evidence

ABBREVIATION = 2
"""Longest key of a province's abbreviation; one that is not known says nothing."""

# Rows of parts that a segment may hold: T type, n name, d district, p province.
_NAMED = {
    "": "Tn Tnd Tnp Tndp Tnpd nT nTd nTp nTdp nTpd n nd np ndp npd dTn pTn dpTn pdTn",
    "name": "n",
    "district": "dTn dpTn",
    "province": "pTn pdTn",
    "place": "dTn pTn dpTn pdTn",
}
_PLACED = {
    "": "d p dp pd",
    "district": "d dp",
    "province": "p pd",
    "place": "d p dp pd n",
    "subdistrict": "n nd np ndp npd",
}


class Aligner:
    """Compares the segments of a text with name forms."""

    def __init__(self, registry: Registry, places: PlaceReader) -> None:
        self.registry = registry
        self.places = places
        self._kept: dict[tuple[str, str, str], dict[str, tuple[Part, ...]]] = {}

    def evidence(self, segments: tuple[Segment, ...], form: NameForm) -> Evidence | None:
        """Say how the segments meet a form; None where none of them holds its name."""
        parts = self._parts(form) | {"n": (Part("n", form.key),)}
        kinds = frozenset(segment.kind for segment in segments)
        fits = [fit(s, _rows(_NAMED.get(s.kind, ""), kinds), parts) for s in segments]
        legible = [one for one in fits if one.pieces and one.is_legible]
        if not legible:
            return None
        named = min(legible, key=lambda one: one.edits)
        places = {kind: piece.alike for kind in "dp" if (piece := named.piece(kind))}
        left = 0
        for segment in segments:
            if segment is not named.segment:
                found, more = self._placed(segment, parts, kinds, form)
                places = found | places
                left += more
        name = next(piece for piece in named.pieces if piece.part.kind == "n")
        word, slips = self._type(named, form)
        raw = named.raw(name)
        return Evidence(
            type_word=word,
            type_slips=slips,
            name=raw,
            name_slips=name.slips,
            unlike=0.0 if name.slips else 1 - fuzz.ratio(form.name, raw) / 100,
            odd_marks=odd_marks(raw, form.name),
            is_other_name=name.slips > 0 and self._is_other(form, named.said(name), raw),
            district=places.get("d"),
            province=places.get("p"),
            is_subdistrict=places.get("n") == 1,
            left=left,
            is_stray=left <= STRAY,
        )

    def _type(self, named: Fit, form: NameForm) -> tuple[str, int]:
        """Return how the type is named, and the slips in it."""
        piece = named.piece("T")
        if piece is None:
            return "type" if named.segment.kind == "name" else "no type", 0
        said = named.said(piece)
        is_other = piece.slips and (
            form.type not in _types_by_key().get(said, {form.type})
            or any(said.startswith(key) for type_, key in _long_types() if type_ != form.type)
        )
        return ("other type", 0) if is_other else (piece.part.word, piece.slips)

    def _is_other(self, form: NameForm, said: str, raw: str) -> bool:
        """Say whether a name with a slip is a name itself, or differs by a syllable."""
        if abs(len(said) - len(form.key)) > 1:
            return True
        return any(other.name == raw for other in self.registry.by_key.get(said, ()))

    def _parts(self, form: NameForm) -> dict[str, tuple[Part, ...]]:
        wanted = form.type, form.district, form.province
        if wanted not in self._kept:
            district, capital = skeleton(form.district), self.places.capital
            districts = [district] if district else []
            if district.startswith(capital):
                districts.append(capital)
            self._kept[wanted] = {
                "T": _types(form.type),
                "d": tuple(Part("d", key) for key in districts),
                "p": (Part("p", skeleton(form.province)),),
            }
        return self._kept[wanted]

    def _placed(
        self,
        segment: Segment,
        parts: Mapping[str, tuple[Part, ...]],
        kinds: frozenset[str],
        form: NameForm,
    ) -> tuple[dict[str, float], int]:
        """Return how alike the places of a segment are, and how many characters are none."""
        kind, key = segment.kind, segment.key
        if kind == "province" and (province := self.places.province(key)):
            return {"p": float(province == form.province)}, 0
        if kind == "district" and self.places.is_district(key):
            return {"d": float(any(part.key == key for part in parts["d"]))}, 0
        found = fit(segment, _rows(_PLACED.get(kind, ""), kinds), parts)
        if found.pieces:
            return {piece.part.kind: piece.alike for piece in found.pieces}, 0
        if kind == "province" and len(key) <= ABBREVIATION:
            return {}, 0
        if kind in ("district", "province"):
            return {kind[0]: 0.0}, 0
        return {}, 0 if kind == "subdistrict" else len(key)


@cache
def _types(type_: str) -> tuple[Part, ...]:
    """Return the keys of a type: each form, and the long form with the abbreviation behind it."""
    forms = [f for f in type_forms() if type_ in f.types and f.kind not in ("cut", "variant")]
    long = next((f.key for f in forms if f.kind == "official"), "")
    words = ("type" if len(f.types) == 1 else "class not said" for f in forms)
    parts = [Part("T", f.key, word, long) for f, word in zip(forms, words, strict=True)]
    parts += [Part("T", long + f.key, "type", long) for f in forms if f.kind == "abbreviation"]
    return tuple(dict.fromkeys(parts))


@cache
def _types_by_key() -> dict[str, frozenset[str]]:
    return {form.key: form.types for form in type_forms()}


@cache
def _long_types() -> tuple[tuple[str, str], ...]:
    return tuple((type_, skeleton(form)) for type_, form in official_forms().items() if form)


@cache
def _rows(rows: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the rows that a segment may hold, without places that a label shows elsewhere."""
    elsewhere = {kind[0] for kind in kinds if kind in ("district", "province")}
    found = rows.split()
    own = {row[0] for row in found} if len({row[0] for row in found}) == 1 else set()
    return tuple(row for row in found if not (elsewhere - own) & set(row))


def odd_marks(raw: str, name: str) -> int:
    """Count the marks that a text has and the name lacks; marks that are lost prove nothing."""
    marks = (Counter(c for c in text if unicodedata.category(c) == "Mn") for text in (raw, name))
    return (next(marks) - next(marks)).total()
