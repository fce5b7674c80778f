"""Read the parts of an agency's name in Thai text: type, name, district, province.

Thai has no spaces and damaged Thai has them anywhere, so the text is read as a matching key
(``extract.thai.skeleton``) that remembers where a space, a stop or a line end stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from extract.thai import clean_thai, skeleton
from normalize.agencies.registry import (
    Registry,
    TypeForm,
    province_abbreviations,
    type_forms,
    words,
)

NO_GAP, SPACE, POINT, LINE = 0, 1, 2, 3
"""What stands before a key character: nothing, a space, punctuation, a line end or text end."""

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_SARA_AA, _LOST = "\u0e32", "\ufffd"

DAMAGED_TYPE = 85.0
"""Similarity (0 to 100) of a stretch of text that is a long type with slips."""
MIN_PART = 4
"""Shortest key of a province's name that may be its beginning or end alone."""

PlaceKind = Literal["district", "province", "subdistrict"]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text as its key; ``begin``/``end`` place each key character in ``text``.

    ``gap`` has one entry more than the key: what stands before each character, and the end.
    """

    text: str
    key: str
    begin: tuple[int, ...]
    end: tuple[int, ...]
    gap: tuple[int, ...]

    def raw(self, start: int, stop: int) -> str:
        """The text of key characters start to stop, in one line."""
        if start >= stop:
            return ""
        return " ".join(self.text[self.begin[start] : self.end[stop - 1]].split())

    def head(self, stop: int) -> Keyed:
        """The part before a key character, ending there."""
        gap = (*self.gap[:stop], LINE)
        return Keyed(self.text, self.key[:stop], self.begin[:stop], self.end[:stop], gap)


@dataclass(frozen=True, slots=True)
class Place:
    """A district, province or subdistrict that the text names; ``key`` is the bare name's."""

    kind: PlaceKind
    key: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class TypeHit:
    """A type in a text."""

    form: TypeForm
    start: int
    stop: int


@cache
def _unit(character: str) -> tuple[str, int]:
    key = skeleton(character)
    if key:
        return key, NO_GAP
    if character == "\n":
        return "", LINE
    if character.isspace():
        return "", SPACE
    is_letter = character == _LOST or unicodedata.category(character) == "Mn"
    return "", NO_GAP if is_letter else POINT


def keyed(text: str) -> Keyed:
    """Clean a text and key it; the key equals ``skeleton(text)``."""
    return keyed_as_is(clean_thai(text))


def keyed_as_is(text: str) -> Keyed:
    """Key a text that is clean, or that need not be: the key of damaged text is mostly right."""
    text = _UNMAPPED.sub("", text)
    key: list[str] = []
    begin: list[int] = []
    end: list[int] = []
    gaps: list[int] = []
    gap = LINE
    for index, character in enumerate(text):
        unit, between = _unit(character)
        if unit:
            if unit == _SARA_AA and key and key[-1] == _SARA_AA:
                end[-1] = index + 1
                continue
            key.append(unit)
            begin.append(index)
            end.append(index + 1)
            gaps.append(gap)
            gap = NO_GAP
        elif between:
            gap = max(gap, between)
        elif key and gap == NO_GAP:
            end[-1] = index + 1
    return Keyed(text, "".join(key), tuple(begin), tuple(end), (*gaps, LINE))


@cache
def _type_pattern() -> re.Pattern[str]:
    keys = (form.key for form in type_forms() if form.kind != "class_not_said")
    return re.compile("|".join(map(re.escape, keys)))


@cache
def _generic_forms() -> tuple[TypeForm, ...]:
    return tuple(form for form in type_forms() if form.kind == "class_not_said")


@cache
def _forms_by_key() -> dict[str, TypeForm]:
    return {form.key: form for form in type_forms()}


def find_types(text: Keyed) -> Iterator[TypeHit]:
    """Find the types in a text, in order.

    Where a class may also be part of a name ("เทศบาลเมืองแกลง") both readings come, the class
    first. An abbreviation counts only where a word can begin.
    """
    at = 0
    long = _type_pattern()
    generic = _generic_forms()
    found: list[TypeHit] = []
    while match := long.search(text.key, at):
        form = _forms_by_key()[match.group()]
        at = match.start() + 1
        if not _counts(text, form, match.start(), match.end()):
            continue
        found.append(TypeHit(form, match.start(), match.end()))
        at = match.end()
    for form in generic:
        at = text.key.find(form.key)
        while at >= 0:
            found.append(TypeHit(form, at, at + len(form.key)))
            at = text.key.find(form.key, at + 1)
    yield from sorted(found, key=lambda hit: (hit.start, -hit.stop))


def find_damaged_type(line: str) -> int | None:
    """Return where in a line a long type with a slip begins, or None."""
    text = keyed_as_is(line)
    best = max(
        (fuzz.partial_ratio_alignment(form.key, text.key) for form in _long_forms()),
        key=lambda found: found.score if found else 0.0,
        default=None,
    )
    is_damaged = best is not None and DAMAGED_TYPE <= best.score < 100
    return text.begin[best.dest_start] if best is not None and is_damaged else None


@cache
def _long_forms() -> tuple[TypeForm, ...]:
    return tuple(form for form in type_forms() if form.kind == "official")


def _counts(text: Keyed, form: TypeForm, start: int, stop: int) -> bool:
    if form.kind == "cut":
        return text.gap[stop] in (SPACE, POINT)
    if form.kind != "abbreviation":
        return True
    if text.gap[start]:
        return stop - start > 2 or text.gap[stop] > NO_GAP or start == 0
    inner = text.gap[start + 1 : stop]
    return stop - start > 2 and text.gap[stop] == POINT and not {SPACE, LINE} & set(inner)


class PlaceReader:
    """Reads districts and provinces at a position of a keyed text."""

    def __init__(self, registry: Registry) -> None:
        self.provinces = registry.provinces
        self.districts = registry.districts
        self.capital = skeleton(words("capital_district")[0])
        known = (*self.provinces, *self.districts)
        self.longest = max(map(len, known), default=0)

    @cached_property
    def _labels(self) -> tuple[tuple[str, PlaceKind, bool], ...]:
        kinds: tuple[PlaceKind, ...] = ("district", "province", "subdistrict")
        found = [
            (skeleton(word), kind, short)
            for kind in kinds
            for short in (False, True)
            for word in words(f"{kind}_label{'_short' if short else ''}")
        ]
        return tuple(sorted(found, key=lambda label: -len(label[0])))

    @cached_property
    def _first(self) -> frozenset[str]:
        return frozenset(key[0] for key, _, _ in self._labels)

    def label(self, text: Keyed, at: int) -> tuple[PlaceKind, int] | None:
        """Return the kind of the label that begins at this position, and where it stops."""
        if at >= len(text.key) or text.key[at] not in self._first:
            return None
        for key, kind, short in self._labels:
            stop = at + len(key)
            if text.key.startswith(key, at) and (not short or _stands_apart(text, at, stop, kind)):
                return kind, stop
        return None

    def next_label(self, text: Keyed, at: int) -> int:
        """Return where the next label begins, or the end of the text."""
        size = len(text.key)
        return next((i for i in range(at, size) if self.label(text, i)), size)

    def _known(self, kind: PlaceKind, key: str) -> bool:
        if kind == "province":
            return key in self.provinces
        return key in self.districts or key == self.capital

    def is_district(self, key: str) -> bool:
        """Say whether this is the key of a district, or of a capital's in short."""
        return self._known("district", key)

    def province(self, key: str) -> str | None:
        """Return the province of this key: its name, abbreviation, or a beginning or end of it."""
        found = self.provinces.get(key) or province_abbreviations().get(key)
        if found or len(key) < MIN_PART:
            return found
        ends = [p for k, p in self.provinces.items() if key in (k[: len(key)], k[-len(key) :])]
        return ends[0] if len(ends) == 1 else None

    def is_known(self, place: Place) -> bool:
        """Say whether the registry knows this district or province."""
        return place.kind != "subdistrict" and self._known(place.kind, place.key)

    def _value(self, text: Keyed, at: int, kind: PlaceKind) -> int:
        """Return where the longest known name at this position stops (``at`` if none does)."""
        loose = at
        for stop in range(min(at + self.longest, len(text.key)), at, -1):
            if self._known(kind, text.key[at:stop]):
                if text.gap[stop] or self.label(text, stop):
                    return stop
                loose = max(loose, stop)
        return loose

    def read(self, text: Keyed, at: int) -> Place | None:
        """Read the place that begins here, labelled or not; None where none does."""
        found = self.label(text, at)
        if found is None:
            return self._unlabelled(text, at)
        kind, begin = found
        if begin >= len(text.key):
            return None
        if kind == "subdistrict":
            stop = self._stop(text, begin)
            return Place(kind, text.key[begin:stop], at, stop)
        stop = self._value(text, begin, kind)
        if stop > begin:
            return Place(kind, text.key[begin:stop], at, stop)
        stop = self._stop(text, begin)
        value = text.key[begin:stop]
        if kind == "province" and value in province_abbreviations():
            value = skeleton(province_abbreviations()[value])
        return Place(kind, value, at, stop)

    def _stop(self, text: Keyed, at: int) -> int:
        """Return where an unknown value stops: at a gap before a place, a label or the end."""
        for stop in range(at + 1, len(text.key)):
            if text.gap[stop] >= POINT or self.label(text, stop):
                return stop
            if text.gap[stop] and (stop - at > 2 and self._unlabelled(text, stop)):
                return stop
        return len(text.key)

    def _unlabelled(self, text: Keyed, at: int) -> Place | None:
        if at >= len(text.key) or not text.gap[at]:
            return None
        kinds: tuple[PlaceKind, ...] = ("province", "district")
        for kind in kinds:
            stop = self._value(text, at, kind)
            if stop > at and (text.gap[stop] or self.label(text, stop)):
                return Place(kind, text.key[at:stop], at, stop)
        return None

    def read_all(
        self, text: Keyed, at: int, stop: int, most_left: int | None = None
    ) -> tuple[list[Place], int]:
        """Read places from ``at`` until ``stop``; also count the characters that are none.

        Reading ends early where more than ``most_left`` are none.
        Digits are no place, yet do not count where four or more stand together (post codes,
        years, telephone numbers).
        """
        places: list[Place] = []
        left = 0
        while at < stop:
            place = self.read(text, at)
            if place is not None and place.stop <= stop:
                places.append(place)
                at = place.stop
                continue
            digits = at
            while digits < stop and text.key[digits].isdigit():
                digits += 1
            if digits - at >= 4:
                at = digits
                continue
            left += 1
            at += 1
            if most_left is not None and left > most_left:
                break
        return places, left

    def similar(self, said: str, district: str) -> float:
        """Say how far a district as said is this one: 1 yes, 0 no, between for a likely slip."""
        key = skeleton(district)
        if said == key or (said == self.capital and key.startswith(said)):
            return 1.0
        if said in self.districts:
            return 0.0
        if key.startswith(self.capital) and OSA.distance(said, self.capital) == 1:
            return 0.9
        ratio = fuzz.ratio(said, key) / 100
        return ratio if ratio >= 0.8 else 0.0


def _stands_apart(text: Keyed, at: int, stop: int, kind: PlaceKind) -> bool:
    """Say whether a short label is one: it stands apart, or its stop is alone and shows it.

    Not so that of a subdistrict, with which the abbreviation of a type ends.
    """
    if text.gap[at]:
        return text.gap[stop] in (SPACE, POINT)
    is_alone = text.gap[stop] == POINT and text.gap[stop + 1 : stop + 2] != (POINT,)
    return is_alone and kind != "subdistrict"
