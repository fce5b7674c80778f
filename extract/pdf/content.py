"""What reading the pages of a PDF gives."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extract.document import Issue, Paragraph
from extract.grid import Grid
from extract.limits import Limits
from extract.pdf.sheet import Sheet
from extract.pdf.usable import Unusable


class PdfError(ValueError):
    """A PDF that cannot be read; the message says why and what to do."""


@dataclass(slots=True)
class PdfContent:
    """What pages hold: blocks in reading order, and which pages were read from their pictures.

    ``unread`` are the pages without a usable text layer that were not read so either, ``blank``
    those that show nothing that could be read.
    """

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    page_count: int = 0
    recognised: dict[int, Unusable] = field(default_factory=dict)
    unread: dict[int, Unusable] = field(default_factory=dict)
    blank: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def pages_within(self, limits: Limits) -> range:
        """Return the numbers of the pages to read, and note that there are more."""
        if self.page_count > limits.pages:
            message = f"pages {limits.pages + 1} to {self.page_count} were not read: "
            message += limits.reached("pages")
            self.issues.append(Issue("error", "over_pages", message, limits.pages + 1))
        return range(1, min(self.page_count, limits.pages) + 1)

    def take(self, sheet: Sheet, number: int, why: Unusable) -> bool:
        """Note that a page was read from its picture; say whether any text was seen on it."""
        self.issues += [replace(issue, page=number) for issue in sheet.issues]
        if sheet.glyphs.text:
            self.recognised[number] = why
        else:
            self.blank.append(number)
        return bool(sheet.glyphs.text)

    def give_up(self, number: int, why: Unusable, reason: str) -> None:
        """Note that a page could not be read from its picture."""
        self.unread[number] = why
        self.issues.append(Issue("error", "recognition_failed", reason, number))
