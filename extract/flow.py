"""HTML, whole or left over inside a cell -> the lines a person sees, with check boxes as signs."""

from __future__ import annotations

import re

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

CHECKED, UNCHECKED = "☑", "☐"

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
SKIPPED_TAGS = frozenset(
    ["script", "style", "head", "template", "noscript", "svg", "select", "textarea", "button"]
)
# Only these make a text cell count as HTML: "a < b" and "<ชื่อ>" are text.
_LEFTOVER = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|input|a|u|b|i|s|em|strong|sup|sub|font|table|tr|td|th|h[1-6])"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_LIST_MARK = re.compile(r"\s*(?:[-–—•*]|\(?[0-9๐-๙]+[.)])")


def resolve_markup(text: str) -> str:
    """Return the text of a cell with leftover HTML resolved; plain text comes back as it is."""
    if not _LEFTOVER.search(text):
        return text
    try:
        return flow_text(html.fragment_fromstring(text, create_parent="div"))
    except (ParserError, ValueError):
        return _LEFTOVER.sub(" ", text)


def flow_text(element: HtmlElement) -> str:
    """Return the element's text: one line a block, list marks kept or added, boxes as ☑ and ☐."""
    pieces: list[str] = []
    _flow(element, pieces)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def is_hidden(element: HtmlElement) -> bool:
    """Say whether a browser would not show the element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _flow(element: HtmlElement, pieces: list[str]) -> None:
    tag = element.tag
    if not isinstance(tag, str):
        pass  # a comment or processing instruction has no text of its own
    elif tag in SKIPPED_TAGS or is_hidden(element):
        pass
    elif tag == "br":
        pieces.append("\n")
    elif tag == "input":
        pieces.append(_input_text(element))
    else:
        is_block = tag in BLOCK_TAGS
        if is_block:
            pieces.append("\n")
        if tag == "li":
            pieces.append(_list_mark(element))
        pieces.append(_one_line(element.text))
        for child in element:
            _flow(child, pieces)
            pieces.append(_one_line(child.tail))
        if is_block:
            pieces.append("\n")


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _input_text(element: HtmlElement) -> str:
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return f" {CHECKED if element.get('checked') is not None else UNCHECKED} "
    return "" if kind == "hidden" else f" {element.get('value') or ''} "


def _list_mark(item: HtmlElement) -> str:
    """Return the mark a browser draws, unless the item's own text begins with one."""
    if _LIST_MARK.match(item.text_content()):
        return ""
    parent = item.getparent()
    if parent is not None and parent.tag == "ol":
        position = sum(1 for _ in item.itersiblings("li", preceding=True)) + 1
        return f"{position}. "
    return "- "
