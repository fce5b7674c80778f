"""What reading a PDF gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.document import Issue, Paragraph
from extract.grid import Grid


class PdfError(ValueError):
    """A PDF that cannot be read; the message says why and what to do."""


@dataclass(slots=True)
class PdfContent:
    """What a PDF holds: blocks in reading order, the number of pages, those without any text."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    page_count: int = 0
    blank_pages: list[int] = field(default_factory=list)
    picture_pages: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
