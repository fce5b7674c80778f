"""Characters -> runs of text: marks on their consonants, spaces that are there, one line each.

Characters are taken in the order in which the page draws them, which in Thai is the order of the
language; sorted by x a mark would end up behind its neighbour. Only a mark that is drawn away from
the character before it is given to the consonant that it stands over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.pdf.frame import Frame
from extract.pdf.native import LOST, Bools, Characters, Floats, Handle, Integers, NativePage
from extract.thai import glyph_map

# In em, of the text before: a wider gap is a space, and a still wider one parts two runs.
SPACE, PART = 0.17, 1.0
# In em: no space is narrower.
LEAST_SPACE = 0.1
# In em: text that begins so far behind the end of the text before it begins a run.
BACK = 0.45
# In em: characters of a run stand on one line.
LEVEL = 0.12
# In em: how far Thai reaches above and below its baseline.
ASCENT, DESCENT = 0.9, 0.25
# In em: the same character so near to the last is the last.
TWIN = 0.08
# The same character that lies over the last by this share of its width is an echo.
ECHO = 0.5
# In em: how far beside the text before it the middle of a mark may stand, drawn in one go or apart.
FLOW_REACH, APART_REACH = 0.7, 0.05
# In em: how far above or below its consonant a mark may be drawn.
MARK_RISE = 0.7

_MARKS = {0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F), *range(0x0300, 0x0370)}
_MARKS |= {glyph for glyph, mark in glyph_map().items() if ord(mark) in _MARKS}
_SPACE, _NO_WIDTH, _NONE = 0x20, 0x200B, 0xFFFF
_SARA_AA = "\u0e32"
_SPACES = {0x09, 0x20, 0xA0, 0x2007, 0x202F, 0x3000, *range(0x2000, 0x200B)}
_IS_MARK = np.array([code in _MARKS for code in range(0x10000)])
_IS_SPACE = np.array([code in _SPACES for code in range(0x10000)])


@dataclass(slots=True)
class Run:
    """A piece of text on one line, in points of the page's frame; ``y`` is its baseline.

    ``size`` is the type size in points. ``first`` and ``last`` (exclusive) are its glyphs, by their
    place in :class:`Glyphs`.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: int
    last: int

    @property
    def top(self) -> float:
        """Where the ink of a usual Thai font may begin, marks included."""
        return self.y - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Where the ink of a usual Thai font may end, marks included."""
        return self.y + DESCENT * self.size


@dataclass(slots=True)
class Glyphs:
    """The clusters of a page (a character with its marks) in drawn order, as arrays."""

    texts: list[str]
    x0: Floats
    x1: Floats
    y: Floats
    size: Floats
    is_space: Bools

    def runs(self) -> list[Run]:
        """Cut the page at line ends, wide gaps and steps back; runs of spaces are left out."""
        solid = np.flatnonzero(~self.is_space)
        if not len(solid):
            return []
        before, after = solid[:-1], solid[1:]
        size = self.size[before]
        gap = self.x0[after] - self.x1[before]
        cuts = np.flatnonzero(
            (np.abs(self.y[after] - self.y[before]) > LEVEL * size)
            | (gap > PART * size)
            | (gap < -BACK * size)
        )
        firsts = np.concatenate((solid[:1], after[cuts]))
        return self.made(firsts, np.concatenate((before[cuts] + 1, solid[-1:] + 1)))

    def made(self, firsts: Integers, lasts: Integers) -> list[Run]:
        """Make runs of the clusters from each of ``firsts`` to before each of ``lasts``."""
        end = lasts[-1]
        left = np.where(self.is_space[:end], np.inf, self.x0[:end])
        right = np.where(self.is_space[:end], -np.inf, self.x1[:end])
        wide = self.x0[1:] - self.x1[:-1] > SPACE * self.size[1:]
        wide &= ~(self.is_space[1:] | self.is_space[:-1])
        count = np.concatenate(([0], np.cumsum(wide)))
        places = zip(
            np.minimum.reduceat(left, firsts).tolist(),
            np.maximum.reduceat(right, firsts).tolist(),
            self.y[firsts].tolist(),
            self.size[firsts].tolist(),
            firsts.tolist(),
            lasts.tolist(),
            strict=True,
        )
        gaps = (count[lasts - 1] - count[firsts]).tolist()
        return [
            Run(
                self._spaced(*place[4:]) if gap else "".join(self.texts[place[4] : place[5]]),
                *place,
            )
            for place, gap in zip(places, gaps, strict=True)
        ]

    def _spaced(self, first: int, last: int) -> str:
        """Return the text of a run with a space in each gap that no drawn space fills.

        Letters that are set apart have a gap each: among them only a much wider one is a space.
        """
        gaps = self.x0[first + 1 : last] - self.x1[first : last - 1]
        usual = max(0.0, float(np.median(gaps)))
        size = self.size[first:last]
        wide = gaps > np.maximum(SPACE * size[1:], 2.0 * usual + SPACE / 2 * size[1:])
        blank = self.is_space[first:last]
        wide &= ~(blank[1:] | blank[:-1])
        texts = self.texts[first:last]
        for n in np.flatnonzero(wide).tolist():
            texts[n] += " "
        return "".join(texts)

    def cut(self, run: Run, x: float) -> list[Run]:
        """Cut a run at an upright rule, between the clusters whose middles lie on either side."""
        middle = (self.x0[run.first : run.last] + self.x1[run.first : run.last]) / 2
        at = run.first + int(np.searchsorted(middle, x))
        return [piece for ends in ((run.first, at), (at, run.last)) for piece in self._piece(*ends)]

    def _piece(self, first: int, last: int) -> list[Run]:
        solid = first + np.flatnonzero(~self.is_space[first:last])
        return self.made(solid[:1], solid[-1:] + 1)[:1] if len(solid) else []


def glyphs(page: NativePage, frame: Frame) -> Glyphs:
    """Put marks on their consonants, and drop what ActualText and false spaces repeat.

    Of all characters those are taken that a person sees turned as ``frame`` is, and placed in it.
    """
    own = page.characters
    if (own.turn != frame.turn).any():
        own = own.chosen(np.flatnonzero(own.turn == frame.turn))
    codes, size = own.codes, own.size
    x0, x1, y = own.along(frame)
    low = np.minimum(codes, _NONE)  # nothing above counts as either
    is_mark, is_space = _IS_MARK[low], _IS_SPACE[low]
    is_space |= (codes == _NO_WIDTH) & (x1 - x0 > LEAST_SPACE * size)  # named so, but drawn wide
    codes = np.where(is_space, _SPACE, codes)
    codes = np.where((codes < _SPACE) | (codes == _NONE), LOST, codes)
    texts = list(map(chr, codes.tolist()))
    repeated = _settle_spans(page, frame, own, is_mark, x0, x1) | _twins(codes, x0, y, size)
    repeated |= _echoes(codes, is_mark, x0, x1, y, size)
    owner = _owners(page, frame, own, is_mark, codes, x0, x1, y)
    numbers = np.arange(len(owner))
    bases = np.flatnonzero((owner == numbers) & ~repeated)
    joined = [texts[n] for n in bases.tolist()]
    place = np.searchsorted(bases, owner)
    for n in np.flatnonzero((owner != numbers) & ~repeated & ~repeated[owner]).tolist():
        joined[int(place[n])] += texts[n]
    made = Glyphs(joined, x0[bases], x1[bases], y[bases], size[bases], is_space[bases])
    return _without_false_spaces(made)


def _twins(codes: Integers, x0: Floats, y: Floats, size: Floats) -> Bools:
    """Say which characters were drawn before, a little to the side, to look bold."""
    twins = np.zeros(len(codes), bool)
    near = TWIN * size[1:]
    back = (np.diff(x0) < near) & (np.abs(np.diff(y)) < near) if len(codes) else near
    if not back.any():
        return twins
    for shift in (0.0, 0.5):  # a row of the raster may part two twins, but not in both
        order = np.lexsort((x0, np.floor(y / 2 + shift), codes))
        before, after = order[:-1], order[1:]
        is_twin = (codes[before] == codes[after]) & (np.abs(x0[after] - x0[before]) < near.min())
        is_twin &= np.abs(y[after] - y[before]) < near.min()
        twins[np.maximum(before, after)[is_twin]] = True
    return twins


def _echoes(
    codes: Integers, is_mark: Bools, x0: Floats, x1: Floats, y: Floats, size: Floats
) -> Bools:
    """Say which characters repeat the one before and lie over it.

    A mark is often drawn apart from its consonant, and some producers then map both glyphs to both
    characters.
    """
    echoes = np.zeros(len(codes), bool)
    bases = np.flatnonzero(~is_mark)
    before, after = bases[:-1], bases[1:]
    overlap = np.minimum(x1[before], x1[after]) - np.maximum(x0[before], x0[after])
    width = np.minimum(x1[before] - x0[before], x1[after] - x0[after])
    echoes[after] = (
        (codes[before] == codes[after])
        & np.append(is_mark, False)[after + 1]
        & (overlap > ECHO * width)
        & (np.abs(y[after] - y[before]) < MARK_RISE * size[after])
    )
    return echoes


def _settle_spans(
    page: NativePage,
    frame: Frame,
    own: Characters,
    is_mark: Bools,
    x0: Floats,
    x1: Floats,
) -> Bools:
    """Give characters of an ActualText the room they have, and say which of them are repeated.

    pdfium divides the box of the first text object among them, whatever else is drawn for them,
    and says them again where another object of theirs stands apart from it.
    """
    objects = own.objects
    repeated = np.zeros(len(objects), bool)
    spans = page.spans()
    if not spans:
        return repeated
    every = np.array([one for span in spans for one in span], np.int64)
    starts = np.cumsum([0, *map(len, spans[:-1])])
    edges = page.extents(every.tolist(), frame)
    left = np.minimum.reduceat(edges[:, 0], starts)
    right = np.maximum.reduceat(edges[:, 1], starts)
    number = np.repeat(np.arange(len(spans)), [len(span) for span in spans])
    order = np.argsort(every)
    found = np.minimum(np.searchsorted(every[order], objects), len(every) - 1)
    inside = np.flatnonzero(every[order][found] == objects)
    span_of = number[order][found[inside]]
    said, first = np.unique(span_of, return_index=True)
    first_object = np.zeros(len(spans), np.int64)
    first_object[said] = objects[inside[first]]
    is_first = objects[inside] == first_object[span_of]
    repeated[inside[~is_first]] = True
    kept, span_of = inside[is_first], span_of[is_first]
    # Each cluster of a span has the same share of its room.
    begins = np.append(True, span_of[1:] != span_of[:-1])
    clusters = np.cumsum(~is_mark[kept] | begins) - 1
    cluster = clusters - clusters[begins][np.cumsum(begins) - 1]
    # Fonts tell the advance of most; else the ink of the objects is the room.
    bases = ~is_mark[kept]
    advances = np.zeros(len(spans))
    advance = page.advances(kept[bases], own)
    np.add.at(advances, span_of[bases], np.where(advance > 0, advance, -np.inf))
    a, _, c, _, e, _ = frame.matrix
    starts_at = (a * own.origins[:, 0] + c * own.origins[:, 1] + e)[kept]
    told = np.isfinite(advances[span_of]) & (advances[span_of] > 0)
    left[span_of[told]] = np.minimum(left[span_of[told]], starts_at[told])
    ends_at = starts_at + advances[span_of]
    right[span_of[told]] = np.maximum(right[span_of[told]], ends_at[told])
    count = np.zeros(len(spans))
    np.maximum.at(count, span_of, cluster + 1)
    width = ((right - left) / np.maximum(count, 1))[span_of]
    x0[kept], x1[kept] = left[span_of] + cluster * width, left[span_of] + (cluster + 1) * width
    silent = np.setdiff1d(np.arange(len(spans)), said)
    _widen_silent(page, [spans[n] for n in silent.tolist()], right[silent], objects, x1)
    return repeated


def _widen_silent(
    page: NativePage, spans: list[list[Handle]], right: Floats, objects: Integers, x1: Floats
) -> None:
    """Give the room of objects with an empty ActualText to the text before them, which says all.

    ``right`` is where each of the spans ends.
    """
    order = {one: n for n, one in enumerate(page.text_objects)} if spans else {}
    for span, end in zip(spans, right.tolist(), strict=True):
        own = np.flatnonzero(objects == page.text_objects[order[span[0]] - 1])
        if len(own) and order[span[0]]:
            x1[own[-1]] = max(x1[own[-1]], end)


def _owners(
    page: NativePage,
    frame: Frame,
    own: Characters,
    is_mark: Bools,
    codes: Integers,
    x0: Floats,
    x1: Floats,
    y: Floats,
) -> Integers:
    """Return for each character the one it belongs to: itself, or for a mark its consonant.

    A mark that is drawn in one go with the text before it belongs to that, wherever its font puts
    it. One that is drawn apart belongs to the consonant that it stands over.
    """
    numbers = np.arange(len(codes))
    owner = np.maximum.accumulate(np.where(is_mark, 0, numbers))
    marks = np.flatnonzero(is_mark)
    if not len(marks):
        return owner
    base, size = owner[marks], own.size
    is_consonant = (codes >= 0x0E01) & (codes <= 0x0E2E)
    in_flow = own.objects[marks] == own.objects[base]
    reach = np.where(in_flow, FLOW_REACH, APART_REACH) * size[marks]
    middle = (x0[marks] + x1[marks]) / 2
    fits = (
        (middle >= x0[base] - reach)
        & (middle <= x1[base] + reach)
        & (np.abs(y[marks] - y[base]) <= MARK_RISE * size[marks])
        & is_consonant[base]
    )
    for mark in marks[~fits].tolist():
        ink = page.ink(int(own.index[mark]), frame)
        near = is_consonant & (np.abs(y - y[mark]) <= MARK_RISE * size[mark])
        candidates = np.flatnonzero(near & (x0 < ink.x1) & (x1 > ink.x0))
        if len(candidates):
            overlap = np.minimum(x1[candidates], ink.x1) - np.maximum(x0[candidates], ink.x0)
            owner[mark] = candidates[np.argmax(overlap)]
    return owner


def _without_false_spaces(made: Glyphs) -> Glyphs:
    """Drop spaces of which more than half lies over a visible neighbour, as Excel draws them.

    One before sara aa stays: it is the lost half of a sara am, and tells so.
    """
    spaces = np.flatnonzero(made.is_space)
    if not len(spaces) or len(made.texts) < 2:
        return made
    x0, x1 = made.x0, made.x1
    covered = np.zeros(len(spaces))
    for step in (-1, 1):
        other = np.clip(spaces + step, 0, len(made.texts) - 1)
        overlap = np.minimum(x1[spaces], x1[other]) - np.maximum(x0[spaces], x0[other])
        level = np.abs(made.y[spaces] - made.y[other]) <= LEVEL * made.size[spaces]
        covered = np.maximum(covered, np.where(level & ~made.is_space[other], overlap, 0))
    after = [made.texts[n + 1 : n + 2] for n in spaces.tolist()]
    before_aa = np.array([text == [_SARA_AA] for text in after])
    false = (covered > (x1[spaces] - x0[spaces]) / 2) & ~before_aa
    if not false.any():
        return made
    kept = np.delete(np.arange(len(made.texts)), spaces[false])
    texts = [made.texts[n] for n in kept.tolist()]
    return Glyphs(texts, x0[kept], x1[kept], made.y[kept], made.size[kept], made.is_space[kept])
