"""What a page draws besides text: rules, shaded areas and pictures, in one frame of coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# A filled shape or a picture not thicker than this (points) is a rule.
THIN = 3.0
# Edges of a polygon slope by no more than this (points) to count as upright or level.
STRAIGHT = 0.6


class Rule(NamedTuple):
    """A straight line: ``at`` is its y (level) or x (upright), from ``start`` to ``end``."""

    at: float
    start: float
    end: float


class Area(NamedTuple):
    """A rectangle in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a point lies inside, or no further outside than ``margin``."""
        return (
            self.x0 - margin <= x <= self.x1 + margin
            and self.top - margin <= y <= self.bottom + margin
        )


@dataclass(slots=True)
class Shapes:
    """Level and upright rules, shaded areas and pictures of a page."""

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    shades: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)

    def add_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add a drawn line if it is level or upright."""
        if abs(y1 - y0) <= STRAIGHT and abs(x1 - x0) > STRAIGHT:
            self.level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= STRAIGHT and abs(y1 - y0) > STRAIGHT:
            self.upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def add_fill(self, area: Area) -> None:
        """Add a filled area: a rule if it is thin, else a shade."""
        width, height = area.x1 - area.x0, area.bottom - area.top
        if height <= THIN and width > height:
            self.level.append(Rule((area.top + area.bottom) / 2, area.x0, area.x1))
        elif width <= THIN and height > width:
            self.upright.append(Rule((area.x0 + area.x1) / 2, area.top, area.bottom))
        elif width > THIN and height > THIN:
            self.shades.append(area)

    def add_fills(self, areas: list[Area]) -> None:
        """Add the areas that one path fills: two that lie closely in one another are a border."""
        if len(areas) == 2:
            inner, outer = sorted(areas, key=lambda area: area.width * area.height)
            sides = [outer_side - side for side, outer_side in zip(inner, outer, strict=True)]
            if max(map(abs, sides)) <= THIN and sides != [0, 0, 0, 0]:
                left, top, right, bottom = (abs(side) > 0 for side in sides)
                if top:
                    self.level.append(Rule((inner.top + outer.top) / 2, outer.x0, outer.x1))
                if bottom:
                    self.level.append(Rule((inner.bottom + outer.bottom) / 2, outer.x0, outer.x1))
                if left:
                    self.upright.append(Rule((inner.x0 + outer.x0) / 2, outer.top, outer.bottom))
                if right:
                    self.upright.append(Rule((inner.x1 + outer.x1) / 2, outer.top, outer.bottom))
                return
        for area in areas:
            self.add_fill(area)

    def clip(self, width: float, height: float) -> None:
        """Keep what lies on the page: a browser also draws what other pages show."""
        self.level = list(_clipped(self.level, width, height))
        self.upright = list(_clipped(self.upright, height, width))


def _clipped(rules: list[Rule], along: float, across: float) -> Iterator[Rule]:
    for at, start, end in rules:
        if -THIN <= at <= across + THIN and end > 0 and start < along:
            yield Rule(at, max(start, 0.0), min(end, along))
