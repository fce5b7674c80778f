"""ActualText: what is drawn for it is said once, and has the room of all that is drawn."""

from __future__ import annotations

import numpy as np

from extract.pdf.arrays import Bools, Floats, Integers, places_of
from extract.pdf.frame import Frame
from extract.pdf.native import Characters, NativePage
from extract.pdf.runs import LEVEL


def settle_spans(
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
    objects, spans = own.objects, page.spans()
    repeated = np.zeros(len(objects), bool)
    spoken = places_of(spans >= 0)
    if not len(spoken):
        return repeated
    count = int(spans.max()) + 1
    starts = np.searchsorted(spans[spoken], np.arange(count))
    edges = page.extents(spoken, frame)
    left = np.minimum.reduceat(edges[:, 0], starts)
    right = np.maximum.reduceat(edges[:, 1], starts)
    inside = places_of(spans[objects] >= 0)
    span_of = spans[objects[inside]]
    said, first = np.unique(span_of, return_index=True)
    first_object = np.zeros(count, np.int64)
    first_object[said] = objects[inside[first]]
    is_first = objects[inside] == first_object[span_of]
    repeated[inside[~is_first]] = True
    kept, span_of = inside[is_first], span_of[is_first]
    # Each cluster of a span has the same share of its room.
    begins = np.append(True, span_of[1:] != span_of[:-1])[: len(kept)]  # none may stand in it
    clusters = np.cumsum(~is_mark[kept] | begins) - 1
    cluster = clusters - clusters[begins][np.cumsum(begins) - 1]
    # Fonts tell the advance of most; else the ink of the objects is the room.
    last = np.zeros(count, np.int64)
    np.maximum.at(last, spans[objects[inside]], inside)
    starts_at, ends_at = _told(page, frame, own, is_mark, kept, last[span_of])
    is_told = ends_at > starts_at
    of_told = span_of[is_told]
    left[of_told] = np.minimum(left[of_told], starts_at[is_told])
    right[of_told] = np.maximum(right[of_told], ends_at[is_told])
    shares = np.zeros(count)
    np.maximum.at(shares, span_of, cluster + 1)
    width = ((right - left) / np.maximum(shares, 1))[span_of]
    x0[kept], x1[kept] = left[span_of] + cluster * width, left[span_of] + (cluster + 1) * width
    silent = np.setdiff1d(np.arange(count), said)
    _widen_silent(objects, spoken[starts[silent]], right[silent], x1)
    return repeated


def _told(
    page: NativePage,
    frame: Frame,
    own: Characters,
    is_mark: Bools,
    kept: Integers,
    last: Integers,
) -> tuple[Floats, Floats]:
    """Return where the spans of the ``kept`` characters begin, and end by what their fonts tell.

    ``last`` is the last character of the span of each. Where a font does not tell the advance of
    all, a span ends where it begins. A subset whose letters are all joined to marks lacks them, and
    gives them the width of any glyph: no span reaches over the next text.
    """
    a, b, c, d, e, f = frame.matrix
    x, y = own.origins.T
    along, across = a * x + c * y + e, b * x + d * y + f
    advance = np.where(is_mark[kept], 0.0, page.advances(kept, own))
    advance[(advance <= 0) & ~is_mark[kept]] = -np.inf
    _, span_of = np.unique(last, return_inverse=True)
    total = np.bincount(span_of, advance)[span_of]
    starts_at = along[kept]
    ends_at = starts_at + np.maximum(0.0, total)
    after = np.minimum(last + 1, len(x) - 1)
    is_level = np.abs(across[after] - across[kept]) <= LEVEL * own.size[kept]
    is_next = is_level & (along[after] >= starts_at) & (after > last)
    return starts_at, np.where(is_next, np.minimum(ends_at, along[after]), ends_at)


def _widen_silent(objects: Integers, firsts: Integers, right: Floats, x1: Floats) -> None:
    """Give the room of objects with an empty ActualText to the text before them, which says all.

    ``firsts`` are the first objects of such spans and ``right`` is where the spans end.
    """
    for first, end in zip(firsts.tolist(), right.tolist(), strict=True):
        own = places_of(objects == first - 1)
        if len(own):
            x1[own[-1]] = max(x1[own[-1]], end)
