"""Frames of coordinates: a page's own, as a person sees it, and turned so that its text is upright.

A PDF measures from the bottom left of a page before it is rotated. A person sees the crop box,
rotated, and measures from its top left. Where most text of a page stands on its side, the layout
is worked out in a frame that is turned once more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from extract.document import Box
from extract.pdf.arrays import Floats
from extract.pdf.shapes import Area

Matrix = tuple[float, float, float, float, float, float]


def times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        *(a * g + b * i, a * h + b * j),
        *(c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def moved(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Area:
    """Return the upright rectangle around a rectangle that a matrix moved."""
    a, b, c, d, e, f = matrix
    if b == 0 == c:  # as nearly always
        left, right, top, bottom = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        return Area(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    corners = [apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Area(min(xs), min(ys), max(xs), max(ys))


def all_moved(matrix: Matrix, edges: Floats) -> list[Area]:
    """Return the upright rectangles around rectangles (a row each) that a matrix moved."""
    a, b, c, d, e, f = matrix
    xs, ys = edges[:, [0, 0, 2, 2]], edges[:, [1, 3, 1, 3]]
    xs, ys = a * xs + c * ys + e, b * xs + d * ys + f
    found = np.column_stack((xs.min(axis=1), ys.min(axis=1), xs.max(axis=1), ys.max(axis=1)))
    return [Area(*row) for row in found.tolist()]


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame that a page's layout is worked out in, in points from its top left.

    ``matrix`` leads there from the page's own coordinates. ``turn`` says by how many degrees,
    clockwise, a person sees it turned; ``width`` and ``height`` are those that a person sees.
    ``skew`` says by how many degrees, clockwise, a scan is turned besides.
    """

    matrix: Matrix
    width: float
    height: float
    turn: int = 0
    skew: float = 0.0

    @classmethod
    def of_page(cls, box: Area, rotation: int) -> Frame:
        """Return the frame as a person sees it, from the page's visible box and /Rotate.

        ``box`` is (left, bottom, right, top) in the page's own coordinates.
        """
        left, bottom, right, top = box
        width, height = right - left, top - bottom
        matrix: Matrix
        if rotation == 90:
            matrix, width, height = (0.0, 1.0, 1.0, 0.0, -bottom, -left), height, width
        elif rotation == 180:
            matrix = (-1.0, 0.0, 0.0, 1.0, right, -bottom)
        elif rotation == 270:
            matrix, width, height = (0.0, -1.0, -1.0, 0.0, top, right), height, width
        else:
            matrix = (1.0, 0.0, 0.0, -1.0, -left, top)
        return cls(matrix, width, height)

    def turned(self, turn: int) -> Frame:
        """Return the frame in which text that a person sees turned by ``turn`` is upright."""
        if turn == self.turn:
            return self
        upright = times(self.matrix, self._back()) if self.turn else self.matrix
        frame = Frame(upright, self.width, self.height, turn)
        return Frame(times(upright, frame._there()), self.width, self.height, turn)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the frame itself."""
        if self.turn in (90, 270):
            return self.height, self.width
        return self.width, self.height

    def seen(self, area: Area) -> Box:
        """Return an area of the frame as a person sees it, kept to hundredths of a point."""
        if self.skew:
            area = self._skewed(area)
        if self.turn:
            area = moved(self._back(), *area)
        x0, top, x1, bottom = area
        return Box(_hundredths(x0), _hundredths(top), _hundredths(x1), _hundredths(bottom))

    def _skewed(self, area: Area) -> Area:
        """Return an area where a skewed scan has it; its sides stay level."""
        width, height = self.size
        x, y = (area.x0 + area.x1 - width) / 2, (area.top + area.bottom - height) / 2
        sine, cosine = math.sin(math.radians(self.skew)), math.cos(math.radians(self.skew))
        right, down = x * cosine - y * sine - x, x * sine + y * cosine - y
        return Area(area.x0 + right, area.top + down, area.x1 + right, area.bottom + down)

    def placed(self, box: Box) -> Area:
        """Return an area that a person sees as one of this frame."""
        area = Area(box.x0, box.top, box.x1, box.bottom)
        return moved(self._there(), *area) if self.turn else area

    def _there(self) -> Matrix:
        """Lead from the page as a person sees it to this frame."""
        steps: dict[int, Matrix] = {
            0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
            90: (0.0, -1.0, 1.0, 0.0, 0.0, self.width),
            180: (-1.0, 0.0, 0.0, -1.0, self.width, self.height),
            270: (0.0, 1.0, -1.0, 0.0, self.height, 0.0),
        }
        return steps[self.turn]

    def _back(self) -> Matrix:
        """Lead from this frame to the page as a person sees it."""
        steps: dict[int, Matrix] = {
            90: (0.0, 1.0, -1.0, 0.0, self.width, 0.0),
            180: (-1.0, 0.0, 0.0, -1.0, self.width, self.height),
            270: (0.0, -1.0, 1.0, 0.0, 0.0, self.height),
        }
        return steps[self.turn]


def _hundredths(points: float) -> float:
    return math.floor(100 * points + 0.5) / 100  # at a sixth of the cost of round()
