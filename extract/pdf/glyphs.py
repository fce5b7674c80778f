"""Characters -> clusters: marks on their consonants, and only the spaces that are there.

Characters are taken in the order in which the page draws them, which in Thai is the order of the
language; sorted by x a mark would end up behind its neighbour. Only a mark that is drawn away from
the character before it is given to the consonant that it stands over.
"""

from __future__ import annotations

import numpy as np

from extract.pdf.actual_text import settle_spans
from extract.pdf.arrays import Bools, CodeSet, Floats, Integers, places_of
from extract.pdf.frame import Frame
from extract.pdf.native import LOST, SLANTED, Characters, NativePage
from extract.pdf.notes import with_notes
from extract.pdf.runs import LEVEL, Glyphs
from extract.pdf.sheet import Sheet
from extract.thai import glyph_map

# In em: no space is narrower.
LEAST_SPACE = 0.1
# In em: the same character so near to the last is the last.
TWIN = 0.08
# The same character that lies over the last by this share of its width is an echo.
ECHO = 0.5
# In em: how far beside the text before it the middle of a mark may stand, drawn in one go or apart.
FLOW_REACH, APART_REACH = 0.7, 0.05
# In em: how far above or below its consonant a mark may be drawn.
MARK_RISE = 0.7
# So many marks times consonants are looked at in one go.
MOST_PAIRS = 1_000_000

_DRAWN_MARKS = {0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F), *range(0x0300, 0x0370)}
_MARKS = CodeSet(
    _DRAWN_MARKS | {glyph for glyph, mark in glyph_map().items() if ord(mark) in _DRAWN_MARKS}
)
_SPACE, _NO_WIDTH, _NONE = 0x20, 0x200B, 0xFFFF
_SARA_AA = 0x0E32
_SPACES = CodeSet((0x09, 0x20, 0xA0, 0x202F, 0x3000, *range(0x2000, 0x200B)))


def text_sheet(page: NativePage) -> Sheet:
    """Return what the text layer of a page tells, each way that text is turned."""
    turns = [turn for turn in np.unique(page.characters.turn).tolist() if turn != SLANTED]
    frames = [page.frame.turned(turn) for turn in turns if turn != page.frame.turn]
    turned = [(frame, glyphs(page, frame)) for frame in frames]
    return Sheet(page.frame, glyphs(page, page.frame), page.shapes, turned)


def glyphs(page: NativePage, frame: Frame) -> Glyphs:
    """Put marks on their consonants, and drop what ActualText and false spaces repeat.

    Of all characters those are taken that a person sees turned as ``frame`` is, and placed in it.
    """
    own = page.characters
    if (own.turn != frame.turn).any():
        own = own.chosen(places_of(own.turn == frame.turn))
    codes, size = own.codes, own.size
    x0, x1, y = own.along(frame)
    is_mark, is_space = _MARKS.among(codes), _SPACES.among(codes)
    has_none = codes == _NO_WIDTH
    is_spoken = page.spans()[own.objects] >= 0
    is_space |= has_none & (x1 - x0 > LEAST_SPACE * size) & ~is_spoken  # named so, but drawn wide
    is_mark |= has_none & ~is_space
    codes = np.where(is_space, _SPACE, codes)
    codes = np.where((codes < _SPACE) | (codes == _NONE), LOST, codes)
    repeated = settle_spans(page, frame, own, is_mark, x0, x1)
    repeated |= _twins(codes, is_mark, x0, y, size)
    repeated |= _echoes(codes, is_mark, x0, x1, y, size)
    owner = _owners(page, frame, own, is_mark, codes, x0, x1, y)
    is_base = owner == np.arange(len(owner))
    kept = places_of(~(repeated | repeated[owner]))
    order = kept[np.argsort(2 * owner[kept] + ~is_base[kept], kind="stable")]
    starts = places_of(is_base[order])
    bases = order[starts]
    lone_aa = (codes[bases] == _SARA_AA) & (np.diff(starts, append=len(order)) == 1)
    false = _false_spaces(is_space[bases], lone_aa, x0[bases], x1[bases], y[bases], size[bases])
    if false.any():
        order = order[~false[np.cumsum(is_base[order]) - 1]]
        starts = places_of(is_base[order])
        bases = order[starts]
    text = codes[order].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    starts = np.append(starts, len(order))
    return with_notes(
        Glyphs(text, starts, x0[bases], x1[bases], y[bases], size[bases], is_space[bases])
    )


def _twins(codes: Integers, is_mark: Bools, x0: Floats, y: Floats, size: Floats) -> Bools:
    """Say which characters were drawn before, a little to the side, to look bold."""
    twins = np.zeros(len(codes), bool)
    bases = places_of(~is_mark)
    steps = np.abs(np.diff(y[bases])), np.diff(x0[bases])
    if not (np.maximum(*steps) < TWIN * size[bases[1:]]).any():  # on a line nothing steps back
        return twins
    near = TWIN * size[1:]
    for shift in (0.0, 0.5):  # a row of the raster may part two twins, but not in both
        order = np.lexsort((x0, np.floor(y / 2 + shift), codes))
        before, after = order[:-1], order[1:]
        is_twin = (codes[before] == codes[after]) & (np.abs(x0[after] - x0[before]) < near.min())
        is_twin &= np.abs(y[after] - y[before]) < near.min()
        starts = places_of(np.append(True, ~is_twin))
        is_first = np.zeros(len(codes), bool)
        is_first[np.minimum.reduceat(order, starts)] = True
        twins |= ~is_first
    return twins


def _echoes(
    codes: Integers, is_mark: Bools, x0: Floats, x1: Floats, y: Floats, size: Floats
) -> Bools:
    """Say which characters repeat the one before and lie over it.

    A mark is often drawn apart from its consonant, and some producers then map both glyphs to both
    characters.
    """
    echoes = np.zeros(len(codes), bool)
    bases = places_of(~is_mark)
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
    marks = places_of(is_mark)
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
    apart, bases = marks[~fits], places_of(is_consonant)
    if not len(apart) or not len(bases):
        return owner
    bases = bases[np.argsort(y[bases])]
    left, right = page.ink_edges(own.index[apart], frame)
    rise = MARK_RISE * size[apart]
    lows = np.searchsorted(y[bases], y[apart] - rise)
    counts = np.searchsorted(y[bases], y[apart] + rise, "right") - lows
    at_once = max(1, MOST_PAIRS // max(1, int(counts.max())))
    for first in range(0, len(apart), at_once):
        some = np.arange(first, min(first + at_once, len(apart)))
        mark = np.repeat(some, counts[some])
        within = np.arange(len(mark)) - np.repeat(
            np.cumsum(counts[some]) - counts[some], counts[some]
        )
        base = bases[lows[mark] + within]
        overlap = np.minimum(x1[base], right[mark]) - np.maximum(x0[base], left[mark])
        under = places_of(overlap > 0)
        under = under[np.argsort(overlap[under], kind="stable")]
        owner[apart[mark[under]]] = base[under]  # the last one counts, which is under most of it
    return owner[owner]  # the first characters may be marks, and the first of them belong elsewhere


def _false_spaces(
    is_space: Bools, is_lone_aa: Bools, x0: Floats, x1: Floats, y: Floats, size: Floats
) -> Bools:
    """Say of which clusters, being spaces, more than half lies over a visible neighbour.

    So Excel draws them. One before sara aa stays: it is the lost half of a sara am, and tells so.
    """
    false = np.zeros(len(is_space), bool)
    spaces = places_of(is_space)
    if not len(spaces) or len(is_space) < 2:
        return false
    covered = np.zeros(len(spaces))
    for step in (-1, 1):
        other = np.clip(spaces + step, 0, len(is_space) - 1)
        overlap = np.minimum(x1[spaces], x1[other]) - np.maximum(x0[spaces], x0[other])
        level = np.abs(y[spaces] - y[other]) <= LEVEL * size[spaces]
        covered = np.maximum(covered, np.where(level & ~is_space[other], overlap, 0))
    before_aa = np.append(is_lone_aa, False)[spaces + 1]
    false[spaces] = (covered > (x1[spaces] - x0[spaces]) / 2) & ~before_aa
    return false
