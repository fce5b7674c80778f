"""The objects of a page -> its text objects in drawn order, and the shapes drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from itertools import pairwise, repeat

from extract.pdf import calls
from extract.pdf.calls import Handle
from extract.pdf.frame import Matrix, apply, moved, times
from extract.pdf.shapes import THIN, Area, Shapes

Points = list[tuple[float, float]]

MAX_NESTING = 12  # forms within forms: deeper ones are not looked into
MAX_SEGMENTS = 4000  # of one path: a longer one is a drawing, no table rule

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE = 0


def read_objects(
    page: Handle, matrix: Matrix, known: Collection[Handle]
) -> tuple[list[Handle], Shapes]:
    """Read a page that pdfium has loaded, forms within forms included, into a frame's places.

    Those of ``known`` are text objects, and not asked what they are.
    """
    reader = _Reader(known)
    objects = list(map(calls.page_object, repeat(page), range(calls.count_objects(page))))
    reader.read(objects, matrix, 0)
    return reader.text_objects, reader.shapes


class _Reader:
    def __init__(self, known: Collection[Handle]) -> None:
        self._known = known
        self.text_objects: list[Handle] = []
        self.shapes = Shapes()
        self._floats = (ctypes.c_float * 6)()
        start = ctypes.addressof(self._floats)
        self._at = [start + 4 * n for n in range(6)]
        self._ints = (ctypes.c_int * 2)()
        self._modes = [ctypes.addressof(self._ints) + 4 * n for n in range(2)]

    def read(self, objects: list[Handle], matrix: Matrix, depth: int) -> None:
        drawn = []
        for one in objects:
            kind = _TEXT if one in self._known else calls.kind(one)
            if kind == _TEXT:
                self.text_objects.append(one)
            elif kind in (_PATH, _IMAGE):
                drawn.append((one, kind))
            elif kind == _FORM and depth < MAX_NESTING:
                count = calls.count_form_objects(one)
                inner = list(map(calls.form_object, repeat(one), range(count)))
                self.read(inner, times(self._matrix(one), matrix), depth + 1)
        edges = calls.edges([one for one, _ in drawn]).T.tolist()
        for (one, kind), (x0, y0, x1, y1) in zip(drawn, edges, strict=True):
            area = moved(matrix, x0, y0, x1, y1)
            if kind == _IMAGE:
                self.shapes.pictures.append(area)
            elif min(area.width, area.height) <= THIN:
                self.shapes.add_fill(area)
            else:
                self._add_path(one, matrix)

    def _matrix(self, one: Handle) -> Matrix:
        calls.matrix(one, self._at[0])
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def _add_path(self, path: Handle, matrix: Matrix) -> None:
        shapes = self.shapes
        calls.draw_mode(path, *self._modes)
        is_filled, is_stroked = self._ints
        count = calls.count_segments(path)
        if count > MAX_SEGMENTS or not (is_filled or is_stroked):
            return
        fills = []
        for points in self._subpaths(path, count, times(self._matrix(path), matrix)):
            if is_stroked:
                for (x0, y0), (x1, y1) in pairwise(points):
                    shapes.add_line(x0, y0, x1, y1)
            elif len(points) > 1:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                fills.append(Area(min(xs), min(ys), max(xs), max(ys)))
        shapes.add_fills(fills)

    def _subpaths(self, path: Handle, count: int, matrix: Matrix) -> Iterator[Points]:
        """Yield the straight-lined subpaths as points; a curve ends one and begins another."""
        points: Points = []
        for segment in map(calls.segment, repeat(path), range(count)):
            kind = calls.segment_type(segment)
            calls.segment_point(segment, *self._at[:2])
            point = apply(matrix, self._floats[0], self._floats[1])
            if kind != _LINE and points:
                yield points
                points = []
            points.append(point)
            if calls.segment_close(segment) and kind == _LINE:
                points.append(points[0])
        if points:
            yield points
