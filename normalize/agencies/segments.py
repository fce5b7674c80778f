"""Cut a damaged name at the labels of its places ("อำเภอ", "จ."), also where a label has a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from extract.thai import skeleton
from normalize.agencies.registry import words
from normalize.agencies.text import (
    POINT,
    Keyed,
    PlaceReader,
    find_types,
)

STRAY = 2
"""So many characters left over are taken for a slip where a place confirms an exact name."""
LONG_LABEL = 5
"""Shortest key of a label that is known with a slip in it."""
TYPE_SLIPS = 2
"""So many slips may stand in the part of a type before its label."""
MIN_OFFICE = 5
"""Shortest key of a word for an office that is known with a slip in it."""


class Segment(NamedTuple):
    """A stretch of a key; ``kind`` is what its label says: a kind of place, "place" where the
    label is not legible, "name" for a bare name, "" where there is none."""

    kind: str
    key: str
    text: Keyed
    start: int = 0


@cache
def _damaged_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return patterns of the long labels with one letter lost, wrong, too many or moved."""
    found = []
    for kind in ("district", "province"):
        for word in words(f"{kind}_label"):
            key = skeleton(word)
            if len(key) == LONG_LABEL:
                forms = [key]
                for at in range(len(key)):
                    forms.append(f"{key[:at]}.{key[at:]}" if at else key)
                    forms.append(f"{key[:at]}.{key[at + 1 :]}")
                    forms.append(key[:at] + key[at + 1 :])
                    forms.append(key[:at] + key[at : at + 2][::-1] + key[at + 2 :])
                found.append((kind, re.compile("|".join(dict.fromkeys(forms)))))
    return tuple(found)


def segments(text: Keyed, places: PlaceReader, start: int) -> tuple[Segment, ...]:
    """Return the segments of a text from a place on; post codes and years are left out."""
    cuts = [("", start, start), *_labels(text, places, start)]
    ends = [begin for _, begin, _ in cuts[1:]] + [len(text.key)]
    found = []
    for (kind, _, at), end in zip(cuts, ends, strict=True):
        at, end = _without_numbers(text.key, at, end)
        if at < end:
            found.append(Segment(kind, text.key[at:end], text, at))
    return tuple(found)


def _without_numbers(key: str, at: int, end: int) -> tuple[int, int]:
    begin, stop = at, end
    while begin < stop and key[begin].isdigit():
        begin += 1
    while begin < stop and key[stop - 1].isdigit():
        stop -= 1
    return (begin if begin - at >= 4 else at), (stop if end - stop >= 4 else end)


def _labels(text: Keyed, places: PlaceReader, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield kind, begin and stop of the labels; the words of the type hold some that are none."""
    typed = [(hit.start, hit.stop) for hit in find_types(text)]
    damaged = dict(_damaged(text, places, start))
    at = start
    while at < len(text.key):
        found = places.label(text, at) or damaged.get(at) or _letter(text, at)
        if found is None or _is_of_type(text, at, found[1], typed):
            at += 1
            continue
        yield found[0], at, found[1]
        at = found[1]


def _damaged(text: Keyed, places: PlaceReader, start: int) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yield begin, kind and stop of long labels with a slip, but not where a right one begins."""
    for kind, pattern in _damaged_labels():
        for match in pattern.finditer(text.key, start):
            begin, stop = match.span()
            if not text.gap[begin] and text.gap[begin + 1]:
                begin += 1
            if not any(places.label(text, at) for at in range(begin, stop)):
                yield begin, (kind, stop)


def _is_of_type(text: Keyed, at: int, stop: int, typed: list[tuple[int, int]]) -> bool:
    """Say whether a label is part of a type: of "...บริหารส่วนตำบล" or of "อ.บ.ต."."""
    if any(begin <= at < end for begin, end in typed):
        return True
    if stop - at == 1:
        return _has_stop(text, at) or (stop < len(text.key) and _has_stop(text, stop + 1))
    return not any(end <= at for _, end in typed) and any(
        OSA.distance(end, text.key[max(0, at - size) : at]) <= TYPE_SLIPS
        for end in _before_labels()
        for size in range(len(end) - 1, len(end) + 2)
    )


def _has_stop(text: Keyed, at: int) -> bool:
    """Say whether a full stop ends an abbreviation of one letter right before a place."""
    if not 0 < at < len(text.key):
        return False
    before = text.text[: text.begin[at]]
    return before.endswith(".") and before.rstrip(".").endswith(text.key[at - 1])


@cache
def _before_labels() -> tuple[str, ...]:
    return tuple(skeleton(word) for word in words("type_before_label"))


def _letter(text: Keyed, at: int) -> tuple[str, int] | None:
    """Take a single letter with a stop for a label that is not legible."""
    if at + 1 >= len(text.key) or not text.gap[at] or text.gap[at + 1] != POINT:
        return None
    return None if text.key[at].isdigit() else ("place", at + 1)


def after_office(text: Keyed, at: int) -> int:
    """Return where an office's word with a slip in it stops, or ``at`` where none begins."""
    for word in map(skeleton, words("office")):
        for size in (len(word), len(word) - 1, len(word) + 1) if len(word) >= MIN_OFFICE else ():
            if OSA.distance(word, text.key[at : at + size], score_cutoff=1) <= 1:
                return at + size
    return at
