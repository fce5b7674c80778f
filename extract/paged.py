"""The pages of a PDF or of pictures -> the Document, with how each page was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.assemble import assemble
from extract.document import Document, Issue, TextSource, failed
from extract.pdf.content import PdfContent
from extract.pdf.usable import Unusable

_UNUSABLE: dict[Unusable, str] = {
    "no_text": "they are pictures without a text layer",
    "scan_with_text": "they are scans, whose text another program has guessed",
    "no_characters": "their fonts do not tell which characters they draw",
    "no_words": "their text layer is no Thai that could be read",
    "not_wanted": "their text layer was not wanted",
}


def with_pages(document: Document, content: PdfContent) -> Document:
    """Fill a document with its pages; it has failed where none of them holds any text."""
    blocks, issues = assemble(content.blocks)
    document = replace(
        document,
        page_count=content.page_count,
        text_source=_text_source(content) if blocks else None,
        blocks=blocks,
        issues=(*content.issues, *_told(content), *issues),
    )
    if not blocks:
        errors = [issue.message for issue in content.issues if issue.severity == "error"]
        if content.unread:
            means = _UNUSABLE[next(iter(content.unread.values()))]
            reason = errors[0] if errors else f"{means}: run with --ocr auto"
            return failed(document, "no_text_layer", reason)
        reason = errors[0] if errors else "no page shows any text: look whether it is the report"
        return failed(document, "no_text", reason)
    if content.unread or any(issue.severity == "error" for issue in document.issues):
        return replace(document, status="partial")
    return document


def _text_source(content: PdfContent) -> TextSource:
    others = content.page_count - len(content.blank) - len(content.unread)
    if not content.recognised:
        return "text_layer"
    return "ocr" if len(content.recognised) == others else "mixed"


def _told(content: PdfContent) -> Iterator[Issue]:
    """Yield which pages were read from their pictures and why, which were not, which are blank."""
    for reason, meaning in _UNUSABLE.items():
        read = [page for page, why in content.recognised.items() if why == reason]
        if read:
            message = f"read from the picture, as {meaning}: pages {_listed(read)}"
            yield Issue("info", "pages_recognised", message, read[0])
        unread = [page for page, why in content.unread.items() if why == reason]
        if unread:
            message = f"not read, as {meaning}: pages {_listed(unread)}"
            yield Issue("warning", "pages_unread", message, unread[0])
    if content.blank:
        message = f"no text is seen on pages {_listed(content.blank)}"
        yield Issue("info", "pages_blank", message, content.blank[0])


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages))
