"""ActualText: what is drawn for it is said once, and has the room of all that is drawn."""

from __future__ import annotations

import numpy as np

from extract.pdf.frame import Frame
from extract.pdf.native import Bools, Characters, Floats, Handle, Integers, NativePage


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
