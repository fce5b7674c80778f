"""What stands on a page, whether its text layer tells it or a picture was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.document import HIDDEN, Issue, Source
from extract.pdf.arrays import Bools
from extract.pdf.frame import Frame
from extract.pdf.runs import Glyphs, Run
from extract.pdf.shapes import Area, Shapes

# Points: so near to the edges of a cell its rules lie, and what they were made of.
BORDER = 3.0


@dataclass(slots=True)
class Sheet:
    """The clusters and shapes of a page, in points of its frame.

    ``turned`` is the text that a person sees turned otherwise than the frame, each with the frame
    in which it is upright. ``is_worn`` says that a scan has kept only dots of some rules, so that
    others may be lost. ``hides`` says for each point of a picture (a row for each) whether ink
    lies there that was read as nothing, as a stamp's. ``issues`` say what could not be read,
    without the page.
    """

    frame: Frame
    glyphs: Glyphs
    shapes: Shapes
    turned: list[tuple[Frame, Glyphs]] = field(default_factory=list)
    source: Source = "text_layer"
    is_worn: bool = False
    hides: Bools | None = None
    issues: tuple[Issue, ...] = ()

    def confidence(self, runs: Sequence[Run], area: Area) -> float | None:
        """Return how sure the text of a cell is, from 0 to 1; None in a text layer.

        That a cell is blank is sure, but where ink lies that may be tied to a mark: further inside
        than its border.
        """
        if not runs and self.hides is not None:
            rows = slice(max(0, round(area.top + BORDER)), round(area.bottom - BORDER))
            columns = slice(max(0, round(area.x0 + BORDER)), round(area.x1 - BORDER))
            return HIDDEN if self.hides[rows, columns].any() else None
        return self.glyphs.least_confidence(runs)
