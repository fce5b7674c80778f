"""Running headers and footers: lines that pages repeat at one height, and that end no table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from extract.document import Paragraph
from extract.grid import Grid
from extract.thai import skeleton

# So many blocks from the top and from the bottom of a page may be running lines.
REACH = 3
# Points by which a running line may move from page to page.
SHIFT = 8.0
# The same for lines of which one was read from a picture, since paper does not lie alike in a
# scanner; and how alike (0-100) two such are that are one, without and with the page's number.
PICTURE_SHIFT, ALIKE, ALIKE_NUMBERED = 16.0, 88, 60
# Shares of the pages between the first and the last that show it: odd and even pages may differ.
MIN_SHARE = 0.4
_DIGITS = re.compile(r"[0-9]+")
_OWN = "#"  # stands for the number of the page

Block = Paragraph | Grid
Pages = dict[int, list[Block]]


def without_running(pages: Pages) -> list[Block]:
    """Return the blocks of all pages, of running headers the first and of running footers the last.

    Only the number of the page may change in them; two pages with a line in common at one height
    are enough. A page keeps its lines if it has no others.
    """
    dropped: set[int] = set()
    for is_footer in (False, True):
        found: dict[str, list[tuple[int, Paragraph]]] = defaultdict(list)
        for number, blocks in pages.items():
            for block in _edge(blocks, is_footer):
                key = _key(block.text, number)
                if key not in found and _is_picture(block):
                    key = _like(key, found)
                found[key].append((number, block))
        for lines in found.values():
            for group in _level(lines):
                first, last = group[0][0], group[-1][0]
                if len(group) >= max(2, MIN_SHARE * (last - first + 1)):
                    spare = group[:-1] if is_footer else group[1:]
                    dropped |= {id(block) for _, block in spare}
    return [block for blocks in pages.values() for block in blocks if id(block) not in dropped]


def _key(text: str, page: int) -> str:
    return _DIGITS.sub(lambda match: _OWN if int(match[0]) == page else match[0], skeleton(text))


def _is_picture(block: Paragraph) -> bool:
    return block.confidence is not None


def _like(key: str, found: Iterable[str]) -> str:
    """Return the first of the lines found that one from a picture is like, or itself.

    Digits must be the same: they tell headings apart.
    """
    digits, least = _DIGITS.findall(key), ALIKE_NUMBERED if _OWN in key else ALIKE
    return next(
        (
            one
            for one in found
            if (_OWN in one) == (_OWN in key)
            and _DIGITS.findall(one) == digits
            and fuzz.ratio(one, key) >= least
        ),
        key,
    )


def _edge(blocks: list[Block], is_footer: bool) -> list[Paragraph]:
    """Return the paragraphs above all tables of a page, or those below, no more than REACH."""
    found: list[Paragraph] = []
    if len(blocks) <= REACH and all(isinstance(block, Paragraph) for block in blocks):
        return found
    for block in blocks[: -REACH - 1 : -1] if is_footer else blocks[:REACH]:
        if not isinstance(block, Paragraph):
            break
        found.append(block)
    return found


def _level(lines: list[tuple[int, Paragraph]]) -> list[list[tuple[int, Paragraph]]]:
    """Group lines by the height they stand at."""
    groups: list[list[tuple[int, Paragraph]]] = []
    for number, line in lines:
        top = _top(line)
        for group in groups:
            shift = PICTURE_SHIFT if _is_picture(line) else SHIFT
            if abs(_top(group[-1][1]) - top) <= shift and group[-1][0] != number:
                group.append((number, line))
                break
        else:
            groups.append([(number, line)])
    return groups


def _top(line: Paragraph) -> float:
    return line.place.box.top if line.place.box else 0.0
