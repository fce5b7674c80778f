"""The objects of a page -> its text objects in drawn order, and the shapes drawn on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from extract.pdf import calls
from extract.pdf.arrays import Integers, places_of
from extract.pdf.calls import Handle
from extract.pdf.frame import Matrix, all_moved, apply, times
from extract.pdf.shapes import THIN, Area, Shapes

Points = list[tuple[float, float]]

MAX_NESTING = 12  # forms within forms: deeper ones are not looked into
MAX_SEGMENTS = 4000  # of one path: a longer one is a drawing, no table rule

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE = 0


def read_objects(page: Handle, matrix: Matrix) -> tuple[Integers, Shapes]:
    """Read a page that pdfium has loaded, forms within forms included, into a frame's places."""
    reader = _Reader()
    reader.read(calls.page_object.each(page, range(calls.count_objects(page))), matrix, 0)
    return np.concatenate(reader.text_objects), reader.shapes


class _Reader:
    def __init__(self) -> None:
        self.text_objects = [np.zeros(0, np.int64)]
        self.shapes = Shapes()

    def read(self, objects: Integers, matrix: Matrix, depth: int) -> None:
        kinds = calls.kind.each(objects)
        start = 0
        for form in places_of(kinds == _FORM).tolist():
            self._take(objects[start:form], kinds[start:form], matrix)
            if depth < MAX_NESTING:
                one = int(objects[form])
                inner = calls.form_object.each(one, range(calls.count_form_objects(one)))
                (own,) = _matrices(objects[form : form + 1])
                self.read(inner, times(own, matrix), depth + 1)
            start = form + 1
        self._take(objects[start:], kinds[start:], matrix)

    def _take(self, objects: Integers, kinds: Integers, matrix: Matrix) -> None:
        """Take objects none of which is a form."""
        self.text_objects.append(objects[kinds == _TEXT])
        is_drawn = (kinds == _PATH) | (kinds == _IMAGE)
        drawn, kinds = objects[is_drawn], kinds[is_drawn]
        paths = []
        areas = all_moved(matrix, calls.edges(drawn).T)
        for one, kind, area in zip(drawn.tolist(), kinds.tolist(), areas, strict=True):
            if kind == _IMAGE:
                self.shapes.pictures.append(area)
            elif min(area.width, area.height) <= THIN:
                self.shapes.add_fill(area)
            else:
                paths.append(one)
        if paths:
            self._add_paths(np.array(paths), matrix)

    def _add_paths(self, paths: Integers, matrix: Matrix) -> None:
        shapes = self.shapes
        modes = np.zeros((len(paths), 2), np.int32)
        calls.draw_mode.each(paths, *calls.places(modes))
        counts = calls.count_segments.each(paths)
        kept = modes.any(axis=1) & (counts <= MAX_SEGMENTS)
        paths, counts, is_stroked = paths[kept], counts[kept], modes[kept, 1].tolist()
        segments = _Segments(paths, counts)
        start = 0
        for one, count, stroked in zip(_matrices(paths), counts.tolist(), is_stroked, strict=True):
            fills = []
            for points in segments.subpaths(start, start + count, times(one, matrix)):
                if stroked:
                    for (x0, y0), (x1, y1) in pairwise(points):
                        shapes.add_line(x0, y0, x1, y1)
                elif len(points) > 1:
                    xs, ys = [x for x, _ in points], [y for _, y in points]
                    fills.append(Area(min(xs), min(ys), max(xs), max(ys)))
            shapes.add_fills(fills)
            start += count


class _Segments:
    """The segments of some paths, one path behind the other."""

    def __init__(self, paths: Integers, counts: Integers) -> None:
        numbers = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        segments = calls.segment.each(np.repeat(paths, counts), numbers)
        points = np.zeros((len(segments), 2), np.float32)
        calls.segment_point.each(segments, *calls.places(points))
        self._points = points.tolist()
        self._is_line = (calls.segment_type.each(segments) == _LINE).tolist()
        self._closes = (calls.segment_close.each(segments) != 0).tolist()

    def subpaths(self, start: int, end: int, matrix: Matrix) -> Iterator[Points]:
        """Yield the straight-lined subpaths as points; a curve ends one and begins another."""
        points: Points = []
        for n in range(start, end):
            point = apply(matrix, *self._points[n])
            if not self._is_line[n] and points:
                yield points
                points = []
            points.append(point)
            if self._closes[n] and self._is_line[n]:
                points.append(points[0])
        if points:
            yield points


def _matrices(objects: Integers) -> list[Matrix]:
    found = np.zeros((len(objects), 6), np.float32)
    calls.matrix.each(objects, calls.places(found)[0])
    return [(a, b, c, d, e, f) for a, b, c, d, e, f in found.tolist()]
