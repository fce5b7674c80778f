"""Damaged Thai read anew with the dictionary, where only one reading is left.

Looked at are the places that words do not cover. What a text tells of its damage at one place (what
glyph 917 draws, that each "ko kai" wears a false mark) helps at the others, so a whole text is
mended better than its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from extract.thai_lattice import (
    UNKNOWN,
    Cluster,
    Costs,
    Known,
    Lattice,
    Part,
    Path,
    Swap,
    clusters_of,
    parts_of,
)
from extract.thai_words import is_sound, plain_words

_LETTERS = f"\u0e01-\u0e2e\u0e30-\u0e39\u0e40-\u0e45\u0e47-\u0e4c{UNKNOWN}"
_ZONE = re.compile(f"[{_LETTERS}]+(?: [{_LETTERS}]+)*(?: (?! ))?")
_GLYPH = re.compile("[\U00100000-\U0010ffff]")
_CID = re.compile(r"\(cid:(\d{1,5})\)")
_CID_BASE, _LAST_CID = 0x100000, 0xFFFD  # plane 16 less its two non-characters
_READINGS = (*map(chr, (0x0E31, *range(0x0E34, 0x0E3A), *range(0x0E47, 0x0E4D))), "\u0e33")

# How much likelier the reading must be than the next one, in the unit of the costs.
_MARGIN = 3.0
_NEVER = 99.0
_MOVED = Costs(gap=_NEVER, insert=_NEVER, delete=_NEVER, substitute=_NEVER, am=_NEVER)
_LOST = replace(_MOVED, insert=6.0, am=6.0, aa=4.0)
# A text with no sign of damage: only the plainest damage is believed, and on more proof.
_SOUND = replace(_MOVED, move_to_gap=2.5, move=5.0, aa=_NEVER)
_SOUND_MARGIN = 4.0
# A text of more than so many letters that loses marks shows one in so many; where fewer seem lost,
# names look like damaged words.
_LETTERS_A_LOSS = 500
# A font of the text gives letters false marks.
_FALSE_MARKS = replace(_MOVED, delete=4.0, substitute=8.0)
# So many places of a glyph are asked for its reading, those in stretches of about this length.
_PLACES, _TELLING = 8, 24
_NEAR = 2  # sound words on either side of a mended place that another reading may divide anew
_FAR = 20  # parts on either side of it, sound or not, at most
_OTHERS = 8  # readings of such a place that are compared
_ROUNDS = 3
_REMEMBERED = 8192  # stretches whose reading is remembered
# Seven of eight sara am of such a text are sara aa.
_MISREAD = replace(_MOVED, move=_NEVER, move_to_gap=_NEVER, aa=-2.0)
_REACH = 8  # parts on either side that are looked at for other words
_COMPANY = 2  # plain words beside that prove a mended word of a text with no sign of damage
_UNKNOWN_GLYPH = re.compile(f"[{UNKNOWN}]")
_TONE = "\u0e48-\u0e4c"
_VOWEL = "\u0e31\u0e34-\u0e39\u0e47"
_SHUT_OUT = re.compile(
    "(?P<base>[\u0e01-\u0e2e])"
    f"(?P<false>[{_VOWEL}]?[{_TONE}](?=[{_TONE}])|[{_VOWEL}][{_TONE}]?(?=\u0e32))"
)
_LONGEST = 400  # clusters of a stretch read at once


class Damage(NamedTuple):
    """What signs of damage a text, or a line of it, shows."""

    is_damaged: bool = False
    has_lost: bool = False  # marks are lost
    swaps: frozenset[Swap] = frozenset()  # letters wear false marks


def repair(text: str, damages: list[Damage]) -> str:
    """Read anew what plain words do not cover; ``damages`` is what each line shows.

    A text with characters of plane 16 stays as it is, since these stand for unknown glyphs here.
    """
    if _GLYPH.search(text):
        return text
    marked = _CID.sub(_as_character, text)
    lines = marked.split("\n")
    spots = [
        (n, start, end, _costs(damages[n], line))
        for n, line in enumerate(lines)
        for zone in _ZONE.finditer(line)
        for start, end in _spots(zone)
    ]
    if not spots:
        return text
    swaps = frozenset().union(*(one.swaps for one in damages))
    stretches = [(lines[n][start:end], costs) for n, start, end, costs in spots]
    glyphs = _glyph_readings(stretches)
    mended = [_mend(stretch, costs, glyphs, swaps) for stretch, costs in stretches]
    if sum(one.added for one in mended) * _LETTERS_A_LOSS < len(marked) - _LETTERS_A_LOSS:
        stretches = [(one, _MOVED if costs == _LOST else costs) for one, costs in stretches]
        mended = [_mend(stretch, costs, glyphs, swaps) for stretch, costs in stretches]
    for _ in range(_ROUNDS):
        found = swaps.union(*(one.swaps for one in mended))
        if found == swaps:
            break
        swaps = found
        mended = [_mend(stretch, costs, glyphs, swaps) for stretch, costs in stretches]
    pieces: list[list[str]] = [[] for _ in lines]
    ends = [0] * len(lines)
    for (n, start, end, _), one in zip(spots, mended, strict=True):
        pieces[n] += [lines[n][ends[n] : start], one.reading]
        ends[n] = end
    for n, line in enumerate(lines):
        pieces[n].append(line[ends[n] :])
    whole = "\n".join(map("".join, pieces))
    return _GLYPH.sub(lambda match: f"(cid:{ord(match[0]) - _CID_BASE})", whole)


def _as_character(match: re.Match[str]) -> str:
    number = int(match[1])
    return chr(_CID_BASE + number) if number <= _LAST_CID else match[0]


def _costs(damage: Damage, line: str) -> Costs:
    if damage.swaps:
        return _FALSE_MARKS
    if damage.has_lost:
        return _LOST
    return _MOVED if damage.is_damaged or _UNKNOWN_GLYPH.search(line) else _SOUND


def _spots(zone: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where a zone is not all of plain words, with the tokens beside."""
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", zone[0])]
    odd = [not is_sound(zone[0][start:end]) for start, end in tokens]
    n = 0
    while n < len(tokens):
        if not any(odd[max(0, n - 1) : n + 2]):
            n += 1
            continue
        first = n
        while n < len(tokens) and any(odd[max(0, n - 1) : n + 2]):
            n += 1
        end = zone.end() if n == len(tokens) else zone.start() + tokens[n - 1][1]
        yield zone.start() + tokens[first][0], end


def _glyph_readings(stretches: list[tuple[str, Costs]]) -> tuple[tuple[str, str], ...]:
    """Return what unknown glyphs draw, where the places of one agree on a reading."""
    found: dict[str, str] = {}
    for glyph in sorted({glyph for one, _ in stretches for glyph in _GLYPH.findall(one)}):
        places = [one for one in dict.fromkeys(stretches) if glyph in one[0]]
        places = sorted(places, key=lambda one: abs(len(one[0]) - _TELLING))[:_PLACES]
        totals = []
        for reading in _READINGS:
            known = Known(glyphs=(*found.items(), (glyph, reading)))
            totals.append((sum(_cost(place, costs, known) for place, costs in places), reading))
        totals.sort()
        if totals[0][0] + _MARGIN <= totals[1][0]:
            found[glyph] = totals[0][1]
    return tuple(found.items())


@lru_cache(maxsize=_REMEMBERED)
def _cost(stretch: str, costs: Costs, known: Known) -> float:
    clusters = clusters_of(stretch)[:_LONGEST]
    return Lattice(clusters, costs, known).paths(0, len(clusters), 1)[0].cost


class Mended(NamedTuple):
    """How a stretch reads, and which wrong marks of a letter that shows."""

    reading: str
    swaps: frozenset[Swap]
    added: int  # marks that were lost


def _mend(
    stretch: str, costs: Costs, glyphs: tuple[tuple[str, str], ...], swaps: frozenset[Swap]
) -> Mended:
    """Read a stretch with what is known of its own glyphs and, in such a line, of false marks."""
    own = tuple(pair for pair in glyphs if pair[0] in stretch)
    return _read_anew(stretch, costs, Known(own, swaps if costs == _FALSE_MARKS else frozenset()))


@lru_cache(maxsize=_REMEMBERED)
def _read_anew(stretch: str, costs: Costs, known: Known) -> Mended:
    margin = _SOUND_MARGIN if costs == _SOUND else _MARGIN
    clusters = clusters_of(stretch)
    lattice = Lattice(clusters, costs, known)
    parts = parts_of(lattice.paths(0, len(clusters), 1)[0])
    pieces: list[str] = []
    swaps: set[Swap] = set()
    n = 0
    while n < len(parts):
        last = n + 1
        while last < len(parts) and parts[last].is_robbed:
            last += 1
        group = parts[n:last]
        there = clusters[group[0].start : group[-1].end]
        reading = "".join(part.reading for part in group)
        if not any(part.is_edited for part in group):
            pieces.append(reading)
        elif _is_plain(parts, n, last, clusters, costs) and _is_alone(
            lattice, parts, n, last, margin
        ):
            pieces.append(reading)
            swaps |= _swaps(there, clusters_of(reading))
        else:
            pieces += map(_raw, there)
        n = last
    reading = "".join(pieces)
    added = len(reading.replace(" ", "")) - len(stretch.replace(" ", ""))
    return Mended(reading, frozenset(swaps), max(0, added))


def _raw(cluster: Cluster) -> str:
    return cluster.base + cluster.marks + cluster.gap


def _swaps(raw: list[Cluster], read: list[Cluster]) -> set[Swap]:
    """Return what the letters of a mended word wear falsely."""
    if [one.base for one in raw] != [one.base for one in read]:
        return set()
    pairs = [(old, new) for old, new in zip(raw, read, strict=True) if old.marks != new.marks]
    if any(not old.marks or len(new.marks) > len(old.marks) for old, new in pairs):
        return set()
    found = set()
    for old, new in pairs:
        false, true = old.marks, new.marks
        while true and false[-1] == true[-1]:
            false, true = false[:-1], true[:-1]
        found.add(Swap(old.base, false, true))
    return found


def false_marks(text: str) -> frozenset[Swap]:
    """Return the marks that letters wear besides others that shut them out.

    So texts look of which a font names a letter after itself and the mark that stood on it.
    """
    shut_out = _SHUT_OUT.finditer(text)
    return frozenset(Swap(match["base"], match["false"], "") for match in shut_out)


def _is_plain(parts: list[Part], n: int, last: int, clusters: list[Cluster], costs: Costs) -> bool:
    """Say whether mended parts are plain words among words.

    A mark that is lost, or one that moved with no gap to show for it, is believed only in a token
    that has other plain words: alone, it may be a name.
    """
    words = plain_words()
    if any(part.is_edited and part.reading.strip() not in words for part in parts[n:last]):
        return False
    first, end = n, last
    while first > max(0, n - _REACH) and not parts[first - 1].reading.endswith(" "):
        first -= 1
    while end < min(len(parts), last + _REACH) and not parts[end - 1].reading.endswith(" "):
        end += 1
    beside = [*parts[first:n], *parts[last:end]]
    if (n > first and not parts[n - 1].is_word) or (last < end and not parts[last].is_word):
        return False
    there = "".join(map(_raw, clusters[parts[n].start : parts[last - 1].end]))
    if " " in there.strip() or _UNKNOWN_GLYPH.search(there):
        return True
    if (
        " " in there and not parts[last - 1].reading.endswith(" ") and costs != _SOUND
    ):  # the gap came with the mark
        return True
    plain = [part for part in beside if not part.is_edited and part.reading in words]
    return len(plain) >= (_COMPANY if costs == _SOUND else 1)


def _is_alone(lattice: Lattice, parts: list[Part], n: int, last: int, margin: float) -> bool:
    """Say whether the reading of parts ``n`` to ``last`` leads every other by ``margin``."""
    around = parts[_anchor(parts, n, -1)], parts[_anchor(parts, last - 1, 1)]
    best, *others = lattice.paths(around[0].start, around[1].end, _OTHERS)
    start, end = parts[n].start, parts[last - 1].end
    reading = "".join(part.reading for part in parts[n:last])
    return all(
        other.cost >= best.cost + margin or _read(other, start, end) == reading for other in others
    )


def _anchor(parts: list[Part], n: int, step: int) -> int:
    """Return the part some sound words before or behind part ``n``."""
    sound = 0
    furthest = n + step * _FAR
    while 0 <= n + step < len(parts) and (sound < _NEAR or parts[n].is_robbed) and n != furthest:
        n += step
        sound += parts[n].is_word and not (parts[n].is_edited or parts[n].is_robbed)
    return n


def _read(path: Path, start: int, end: int) -> str:
    """Return how a path reads some clusters; nothing where it divides them otherwise."""
    inside = [one for one in parts_of(path) if start <= one.start and one.end <= end]
    whole = inside and inside[0].start == start and inside[-1].end == end
    return "".join(one.reading for one in inside) if whole else ""


def mend_misread_aa(text: str) -> str:
    """Write sara aa where a font's text has sara am for every sara aa.

    Sara am stays in the words that need it. To be used where
    :func:`extract.thai_words.misread_aa` says so.
    """
    return _ZONE.sub(lambda zone: _without_false_am(zone[0]), text)


@lru_cache(maxsize=_REMEMBERED)
def _without_false_am(zone: str) -> str:
    clusters = clusters_of(zone)
    path = Lattice(clusters, _MISREAD, Known()).paths(0, len(clusters), 1)[0]
    return "".join(
        part.reading if part.is_word else part.reading.replace("\u0e33", "\u0e32")
        for part in parts_of(path)
    )
