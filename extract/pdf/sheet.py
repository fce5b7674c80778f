"""What stands on a page, whether its text layer tells it or a picture was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.document import Issue, Source
from extract.pdf.frame import Frame
from extract.pdf.runs import Glyphs
from extract.pdf.shapes import Shapes


@dataclass(slots=True)
class Sheet:
    """The clusters and shapes of a page, in points of its frame.

    ``turned`` is the text that a person sees turned otherwise than the frame, each with the frame
    in which it is upright. ``is_worn`` says that a scan has kept only dots of some rules, so that
    others may be lost. ``issues`` say what could not be read, without the page.
    """

    frame: Frame
    glyphs: Glyphs
    shapes: Shapes
    turned: list[tuple[Frame, Glyphs]] = field(default_factory=list)
    source: Source = "text_layer"
    is_worn: bool = False
    issues: tuple[Issue, ...] = ()
