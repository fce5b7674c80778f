"""HTML, whole or left over inside a cell -> the lines a person sees, with check boxes as signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import html
from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement

from extract.raised import TAIL, follows_digit, raised

CHECKED, UNCHECKED = "☑", "☐"

_BLOCKS = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table
    tbody td tfoot th thead tr ul
"""
_SKIPPED = "script style head template noscript svg select textarea button"
BLOCK_TAGS = frozenset(_BLOCKS.split())
SKIPPED_TAGS = frozenset(_SKIPPED.split())
# Only these make a text cell count as HTML: "a < b" and "<ชื่อ>" are text.
_LEFTOVER = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|input|a|u|b|i|s|em|strong|sup|sub|font|table|tr|td|th|h[1-6])"
    r"(?:\s[^<>]*)?/?>|<!--[^<>]*-->",
    re.IGNORECASE,
)
# The parser compares each attribute of a tag with all others: of longer tags few are read.
_LONG_TAG = re.compile(r"(<[a-zA-Z][a-zA-Z0-9]*\s)([^<>]{10000,})")
_MAX_ATTRIBUTES = 500
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RAISING = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LIST_MARK = re.compile(r"(?:[-–—•*☐☑☒✓✔]|\(?[0-9๐-๙]+[.)])")
_FENCE = "\0"  # stands on both sides of the mark of a list entry; no text holds it


def parse_html(text: str) -> tuple[HtmlElement | None, bool]:
    """Parse HTML as a browser would; say also whether the parser gave up before its end.

    None stands for a text without any element. Nothing is ever fetched.
    """
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    text = _LONG_TAG.sub(_shortened, text.replace("\r\n", "\n").replace("\r", "\n"))
    data = text.encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(data.replace(b"\0", b" "), parser=parser)
    except (ParserError, ValueError):
        root = None
    return root, any(entry.level_name == "FATAL" for entry in parser.error_log)


def _shortened(tag: re.Match[str]) -> str:
    """Return a tag without its attributes, but for the line feeds, where these are too many."""
    attributes = tag[2]
    if attributes.count("=") <= _MAX_ATTRIBUTES and len(attributes.split()) <= _MAX_ATTRIBUTES:
        return tag[0]
    return tag[1] + "\n" * attributes.count("\n")


def resolve_markup(text: str) -> str:
    """Return the text of a cell with leftover HTML resolved; plain text comes back as it is."""
    if _LEFTOVER.search(text):
        root, is_cut = parse_html(text)
        if not is_cut:
            return "" if root is None else flow_text(root)
        text = _LEFTOVER.sub(" ", text)
    return unescape(text) if _ENTITY.search(text) else text


def flow_text(element: HtmlElement, numbers: ListNumbers | None = None, *, before: str = "") -> str:
    """Return the element's text: one line a block, list marks kept or added, boxes as ☑ and ☐.

    ``before`` is the text before the element, on which it may be the number of a note.
    """
    text = []
    for piece, is_raised in _pieces(element, numbers or ListNumbers()):
        text.append(raised(piece) if is_raised and follows_digit(before) else piece)
        before = (before + piece)[-TAIL:]
    return "\n".join(flow_lines("".join(text)))


def is_hidden(element: HtmlElement) -> bool:
    """Say whether a browser would not show the element."""
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))


class ListNumbers:
    """The marks of list entries, asked for in document order."""

    def __init__(self) -> None:
        self._next: dict[HtmlElement, int] = {}

    def mark(self, item: HtmlElement) -> str:
        """Return the mark that a browser draws before the entry; :func:`flow_line` takes it up."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return f"{_FENCE}- {_FENCE}"
        number = _integer(item.get("value"))
        if number is None:
            number = self._next.get(parent)
        if number is None:
            number = _integer(parent.get("start"))
        number = 1 if number is None else number
        self._next[parent] = number + 1
        return f"{_FENCE}{number}. {_FENCE}"


def flow_lines(text: str) -> list[str]:
    """Return the lines that are not empty; a list mark alone goes to the line below it."""
    lines = []
    mark = ""
    for line in text.split("\n"):
        resolved = flow_line(mark + line)
        if resolved:
            lines.append(resolved)
        mark = "" if resolved else mark + line[: line.rfind(_FENCE) + 1]
    return lines


def flow_line(text: str) -> str:
    """Return a line with single spaces; the mark of a list entry gives way to the entry's own."""
    mark, fence, content = text.rpartition(_FENCE)
    content = _SPACES.sub(" ", content).strip()
    if not fence or not content or _LIST_MARK.match(content):
        return content
    return mark.rpartition(_FENCE)[2] + content


def _pieces(element: HtmlElement, numbers: ListNumbers) -> Iterator[tuple[str, bool]]:
    """Yield pieces of text, and whether each stands raised."""
    walk = iterwalk(element, events=("start", "end"))
    depth = 0  # of what stands raised
    for event, node in walk:
        tag = node.tag
        if tag == "sup" or _RAISING.search(node.get("style") or ""):
            depth += 1 if event == "start" else -1
        if event == "end":
            if tag in BLOCK_TAGS:
                yield "\n", False
            if node is not element:
                yield one_line(node.tail), depth > 0
        elif tag in SKIPPED_TAGS or is_hidden(node):
            walk.skip_subtree()
        elif tag == "br":
            yield "\n", False
        elif tag == "input":
            yield _input_text(node), False
        else:
            if tag in BLOCK_TAGS:
                yield "\n", False
            if tag == "li":
                yield numbers.mark(node), False
            yield one_line(node.text), depth > 0


def one_line(text: str | None) -> str:
    """Return text between tags, where a line feed is only a space."""
    return (text or "").replace("\n", " ")


def _input_text(element: HtmlElement) -> str:
    kind = (element.get("type") or "text").strip().lower()
    if kind in ("checkbox", "radio"):
        return f" {CHECKED if element.get('checked') is not None else UNCHECKED} "
    return "" if kind == "hidden" else f" {one_line(element.get('value'))} "


def _integer(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None
