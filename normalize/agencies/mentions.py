"""Find the agencies that a report mentions, and what speaks for each being the report's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath

from extract.document import Document, Paragraph
from extract.thai import clean_thai
from normalize.agencies.match import Matcher
from normalize.agencies.registry import words
from normalize.agencies.text import LINE, NO_GAP, SPACE, Keyed, Place, TypeHit, find_types, keyed

HEAD_LINES = 12
"""So many first lines of text are title and letterhead."""
SHORT_LINE = 150
"""Characters of a line that may be a title; a longer one is running text."""

HEAD, HEAD_TEXT, BODY, CELL, FILE = 10.0, 3.0, 1.0, 0.3, 0.2
"""Weight of a mention by where it stands."""
MAX_BODY, MAX_CELLS = 5.0, 2.5
"""What all mentions of an agency in the body, and all in cells, can weigh: less than one title."""

MIN_OPEN_NAME = 4
"""Shortest key of a registered name that counts although nothing shows that it ends there."""
MAX_NAME = 20
"""Longest key of a name that the registry does not have."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A type with a name in a report (``name`` "" where the type stands alone).

    ``raw`` is type and name as the report has them, ``name_raw`` the name. ``is_closed`` says
    that the text shows where the name ends; ``weight`` depends on the place. ``is_oblique`` says
    that the text addresses the agency or names it as an owner, which does not make it its own.
    """

    types: frozenset[str]
    name: str
    raw: str
    name_raw: str
    is_registered: bool
    is_closed: bool
    places: tuple[Place, ...]
    weight: float
    is_oblique: bool = False

    @property
    def in_head(self) -> bool:
        """Whether it stands in title or letterhead."""
        return self.weight >= HEAD_TEXT


@dataclass(frozen=True, slots=True)
class Sections:
    """The keyed texts of a report: the first lines together, then the body, cells and path."""

    head: Keyed
    line_starts: tuple[int, ...]
    is_short: tuple[bool, ...]
    body: tuple[Keyed, ...]
    cells: tuple[Keyed, ...]
    path: Keyed


def sections(document: Document) -> Sections:
    """Split a report into its head, body and cells."""
    lines: list[str] = []
    cells: list[Keyed] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines += [line for line in clean_thai(block.text).split("\n") if line.strip()]
        else:
            cells += [keyed(cell.text) for cell in block.cells if cell.text]
    head = lines[:HEAD_LINES]
    starts, at = [], 0
    for line in head:
        starts.append(at)
        at += len(line) + 1
    body = tuple(keyed(line) for line in lines[HEAD_LINES:])
    is_short = tuple(len(line) <= SHORT_LINE for line in head)
    path = keyed("\n".join(PurePosixPath(document.source_file).with_suffix("").parts))
    return Sections(keyed("\n".join(head)), tuple(starts), is_short, body, tuple(cells), path)


def mentions(parts: Sections, matcher: Matcher) -> Iterator[Mention]:
    """Find all mentions, in reading order."""
    yield from _in_text(parts.head, matcher, None, parts)
    for text in parts.body:
        yield from _in_text(text, matcher, BODY, parts)
    for text in parts.cells:
        yield from _in_text(text, matcher, CELL, parts)
    yield from _in_text(parts.path, matcher, FILE, parts)


def _in_text(
    text: Keyed, matcher: Matcher, weight: float | None, parts: Sections
) -> Iterator[Mention]:
    passed = 0
    hits = list(find_types(text))
    starting: dict[int, list[TypeHit]] = {}
    for hit in hits:
        starting.setdefault(hit.start, []).append(hit)
    for hit in hits:
        if hit.start < passed or text.key.endswith(matcher.reader.other, 0, hit.start):
            continue
        heavy = weight
        if heavy is None:
            line = sum(start <= text.begin[hit.start] for start in parts.line_starts) - 1
            heavy = HEAD if parts.is_short[line] else HEAD_TEXT
        alike = starting[hit.start]
        rivals = alike[alike.index(hit) + 1 :]
        is_oblique = heavy >= HEAD_TEXT and _is_oblique(text, hit.start)
        heavy = BODY if is_oblique else heavy
        found, stop = _named(text, matcher, hit, heavy)
        for rival in rivals if not found.is_registered else ():
            other, other_stop = _named(text, matcher, rival, heavy)
            if other.is_registered:
                found, stop = other, other_stop
        again = None if found.name else next(iter(starting.get(hit.stop, ())), None)
        if again is None or not again.form.types <= hit.form.types:
            yield replace(found, is_oblique=is_oblique)
            passed = max(stop, hit.stop)


def _is_oblique(text: Keyed, at: int) -> bool:
    """Say whether the text before a type addresses a letter or names an owner."""
    before = text.text[: text.begin[at]]
    line = before.rpartition("\n")[2].lstrip()
    return line.startswith(words("receiver")) or before.rstrip().endswith(words("owner"))


def _named(text: Keyed, matcher: Matcher, hit: TypeHit, weight: float) -> tuple[Mention, int]:
    """Read the name after a type: the longest registered one that ends visibly, or a new one."""
    types, at = hit.form.types, hit.stop
    open_stop = 0

    def made(stop: int, registered: bool, closed: bool) -> tuple[Mention, int]:
        places: list[Place] = []
        after = stop
        while stop > at and (place := matcher.places.read(text, after)):
            places.append(place)
            after = place.stop
        name, raw, name_raw = text.key[at:stop], text.raw(hit.start, stop), text.raw(at, stop)
        weighed = weight if closed else weight * 0.3
        return (
            Mention(types, name, raw, name_raw, registered, closed, tuple(places), weighed),
            after,
        )

    for stop in range(min(len(text.key), at + matcher.registry.longest_key), at, -1):
        forms = matcher.registry.by_key.get(text.key[at:stop], ())
        if any(form.type in types for form in forms):
            if ends(text, matcher, stop):
                return made(stop, True, True)
            open_stop = open_stop or stop
    stop = _unknown(text, matcher, at, weight)
    if stop > at and stop > open_stop:
        return made(stop, False, True)
    if open_stop - at >= MIN_OPEN_NAME:
        return made(open_stop, True, False)
    return made(at, False, True)


@cache
def _follows() -> tuple[str, ...]:
    return words("follows")


def ends(text: Keyed, matcher: Matcher, stop: int) -> bool:
    """Say whether a name can be seen to end here: a gap, a place, or a word that may follow."""
    if text.gap[stop] or matcher.places.label(text, stop):
        return True
    return text.text.startswith(_follows(), text.begin[stop])


def _unknown(text: Keyed, matcher: Matcher, at: int, weight: float) -> int:
    """Return where a name that is not registered stops (``at`` if there is none)."""
    between = text.gap[at]
    if between == LINE or (between > NO_GAP and weight < HEAD) or at >= len(text.key):
        return at
    if text.text.startswith(_follows(), text.begin[at]) or matcher.places.label(text, at):
        return at
    long_words = tuple(word for word in _follows() if len(word) > 2)
    for stop in range(at + 2, min(len(text.key), at + MAX_NAME) + 1):
        if text.gap[stop] >= SPACE or matcher.places.label(text, stop):
            return stop
        if text.text.startswith(long_words, text.begin[stop]):
            return stop
    return at


def labelled_places(text: Keyed, matcher: Matcher) -> list[Place]:
    """Read all places of a text that stand after a label and are known."""
    found: list[Place] = []
    at = 0
    types = {hit.start: hit.stop for hit in find_types(text)}
    while at < len(text.key):
        at = max(at, types.get(at, at))
        place = matcher.places.read(text, at) if matcher.places.label(text, at) else None
        if place is not None and matcher.places.is_known(place):
            found.append(place)
            at = place.stop
        else:
            at += 1
    return found
