"""Read a written agency name: the type, the bare name, the places, and what is left over.

A text may have several readings; ``match`` judges them against the registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.thai import skeleton
from normalize.agencies.registry import Registry, official_forms, province_abbreviations, words
from normalize.agencies.segments import STRAY, after_office
from normalize.agencies.text import Keyed, Place, PlaceReader, find_types


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: types that it may mean, name, places, and characters left over.

    ``is_stray`` says that the characters left over are so few that they look like a slip.
    """

    types: frozenset[str]
    name: str
    raw: str
    places: tuple[Place, ...] = ()
    left: int = 0
    type_word: str = "type"
    is_stray: bool = False


class NameReader:
    """Reads agency names against the names, districts and provinces of a registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.places = PlaceReader(registry)
        self.office = tuple(map(skeleton, words("office")))
        self.other = tuple(map(skeleton, words("other_body")))
        self.known = frozenset(registry.by_key)

    def readings(self, text: Keyed) -> Iterator[Reading]:
        """Yield the ways to read a text; none where it names no agency."""
        hits = list(find_types(text))
        if not hits:
            yield from self._without_type(text)
            return
        first = hits[0].start
        before = text.head(first)
        start = self._after_office(before)
        if before.key.startswith(self.other, start) and before.key[start:] not in self.known:
            return
        places, left = self.places.read_all(before, start, first)
        for hit in (hit for hit in hits if hit.start == first):
            types = hit.form.types
            word = "type" if len(types) == 1 else "class not said"
            if len(types) > 1 and hit.stop < hits[0].stop:
                word = "class unclear"
            at = hit.stop
            for again in hits:  # a long form and its abbreviation: "... (อบต.)"
                if again.start == at and again.form.types <= types:
                    at, types = again.stop, again.form.types
            whole = False
            for name, raw, found, rest in self._names(text, at, types):
                everything = (*places, *found)
                is_stray = left + rest <= STRAY and (not rest or bool(found))
                whole = whole or (left + rest == 0 and name in self.registry.by_key)
                yield Reading(types, name, raw, everything, left + rest, word, is_stray)
            if (
                not whole and start < first and word != "class unclear"
            ):  # the name before the type: "... (อบต.)"
                after, rest_after = self.places.read_all(text, at, len(text.key))
                for name, raw, found, rest in self._names(before, start, types):
                    everything = (*found, *after)
                    rest += rest_after
                    yield Reading(types, name, raw, everything, rest, word)

    def start(self, text: Keyed) -> int | None:
        """Return where a damaged name begins; None where it is another body's or no name at all."""
        at = after_office(text, self._after_office(text))
        if len(text.key) - at < 3 or text.key.startswith(self.other, at):
            return None
        return at

    def _after_office(self, text: Keyed) -> int:
        at = 0
        while at < len(text.key) and text.key[at].isdigit():
            at += 1
        while word := next((w for w in self.office if text.key.startswith(w, at)), ""):
            at += len(word)
        return at

    def _names(
        self, text: Keyed, at: int, types: frozenset[str]
    ) -> Iterator[tuple[str, str, list[Place], int]]:
        """Yield (key, raw, places, characters left) of the names that may begin here.

        Registered names count alone if the rest of the text is places (a gap within the longest
        may divide name and district, so shorter ones count too); else the text up to the next
        place, and the longest registered name that ends at a gap.
        """
        size = len(text.key)
        is_whole = False
        part: tuple[str, str, list[Place], int] | None = None
        for stop in range(min(size, at + self.registry.longest_key), at, -1):
            forms = self.registry.by_key.get(text.key[at:stop], ())
            if not any(form.type in types for form in forms):
                continue
            places, left = self.places.read_all(text, stop, size)
            found = (text.key[at:stop], text.raw(at, stop), places, left)
            if left == 0:
                yield found
                is_whole = True
                if not any(text.gap[at + 1 : stop]):
                    return
            if part is None and text.gap[stop]:
                part = found
        if is_whole:
            return
        stop = self.places.next_label(text, at)
        ahead = text.head(stop)
        for cut in range(at + 2, stop):
            if text.gap[cut]:
                places, left = self.places.read_all(ahead, cut, stop, 0)
                if places and left == 0:
                    stop = cut
                    break
        if stop > at:
            places, left = self.places.read_all(text, stop, size)
            yield text.key[at:stop], text.raw(at, stop), places, left
        if part is not None:
            yield part

    def _without_type(self, text: Keyed) -> Iterator[Reading]:
        """Read a text without a type: a special body, or a bare name, which is never accepted."""
        if self.places.label(text, 0):
            return
        special = frozenset(t for t, form in official_forms().items() if not form)
        abbreviated = province_abbreviations().get(text.key)
        if abbreviated and self.registry.pool(next(iter(special))).get(skeleton(abbreviated)):
            yield Reading(special, skeleton(abbreviated), text.text)
            return
        named = list(self._names(text, 0, special))
        if named and named[0][0] in self.registry.pool(next(iter(special))) and not named[0][3]:
            name, raw, places, _ = named[0]
            yield Reading(special, name, raw, tuple(places))
            return
        types = frozenset(official_forms())
        for name, raw, places, left in self._names(text, 0, types):
            if left == 0 and name in self.registry.by_key:
                yield Reading(types, name, raw, tuple(places), type_word="no type")
