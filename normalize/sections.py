"""Which instrument, indicator and sub-indicator a place in a report is about, by its headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.document import Cell, Document, Paragraph, Table
from extract.thai import skeleton
from normalize.naming import name_indicator, name_sub_indicator
from normalize.patterns import bare, pattern
from normalize.reference import Indicator, indicators

# A longer paragraph is running text and heads nothing (characters).
MAX_HEADING_LENGTH = 160
# A paragraph that only names an instrument is shorter than this (characters).
MAX_INSTRUMENT_HEADING_LENGTH = 60
# Similarity (0-100) of a heading's name, with its number and without it.
NUMBERED_SIMILARITY = 60.0
UNNUMBERED_SIMILARITY = 92.0


@dataclass(frozen=True, slots=True)
class Section:
    """What the headings above a place say; empty where they say nothing."""

    instrument: str = ""
    indicator_no: int | None = None
    sub_indicator_no: str = ""


def table_sections(document: Document) -> Iterator[tuple[Table, Section, list[Paragraph]]]:
    """Yield each table with the section it stands in and the paragraphs since the last table.

    A heading holds for the tables under it until there comes a table of another kind.
    """
    section = Section()
    above: list[Paragraph] = []
    last: tuple[Section, list[str]] | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            section = read_heading(block.text, section)
            above.append(block)
            continue
        roles = [column.role for column in block.columns]
        if last and last[0] is section and last[1] != roles:
            section = Section()
        yield block, section, above
        last = section, roles
        above = []


def read_heading(text: str, current: Section) -> Section:
    """Return the section that begins with this text, or the current one if it heads none."""
    line = bare(text)
    if not line or len(line) > MAX_HEADING_LENGTH:
        return current
    line = pattern("continued").sub("", line).strip()
    sub_indicator = _sub_indicator(line)
    if sub_indicator:
        number = int(sub_indicator.split(".")[0])
        return Section("OIT", number, sub_indicator)
    indicator = indicator_in(line)
    if indicator:
        return Section(indicator.instrument, indicator.indicator_no)
    instruments = {m["instrument"].upper() for m in pattern("instrument").finditer(line)}
    if len(line) <= MAX_INSTRUMENT_HEADING_LENGTH and len(instruments) == 1:
        instrument = instruments.pop()
        return current if current.instrument == instrument else Section(instrument)
    return current


def row_heading(row: dict[int, Cell], current: Section) -> Section | None:
    """Return the section that a row heads when all it holds is one text, else None."""
    texts = list(dict.fromkeys(cell.text for cell in row.values() if cell.text))
    if len(texts) != 1:
        return None
    before = replace(current)  # read_heading gives this very object back where it finds nothing
    found = read_heading(texts[0], before)
    return None if found is before else found


def indicator_in(text: str) -> Indicator | None:
    """Return the indicator whose number and name stand together in the text."""
    for match in pattern("indicator_heading").finditer(bare(text)):
        found = _numbered(int(match["number"]), match["name"])
        if found:
            return found
    return None


def indicator_of_row(text: str) -> Indicator | None:
    """Return the indicator that a row's text names: with its number, or by its name alone."""
    line = bare(text)
    found = indicator_in(line)
    numbered = pattern("indicator_row").match(line)
    if not found and numbered:
        found = _numbered(int(numbered["number"]), numbered["name"])
    if not found:
        named = name_indicator(numbered["name"] if numbered else line)
        if named and named.is_sure and named.similarity >= UNNUMBERED_SIMILARITY:
            found = named.thing
    return found


def _numbered(number: int, name: str) -> Indicator | None:
    """Return the indicator of this number if the text after it begins with its name."""
    indicator = next(i for i in indicators() if i.indicator_no == number)
    key = skeleton(name)
    for known in map(skeleton, indicator.names):
        if fuzz.ratio(key[: len(known)], known, processor=None) >= NUMBERED_SIMILARITY + 15:
            return indicator
    return None


def _sub_indicator(line: str) -> str:
    match = pattern("sub_indicator_heading").match(line)
    if match:
        number = "".join(match["number"].split())
        named = name_sub_indicator(match["name"] or "")
        if named and (named.thing == number or named.similarity < NUMBERED_SIMILARITY):
            is_plain = named.similarity < NUMBERED_SIMILARITY and not line[0].isdigit()
            return number if is_plain or named.thing == number else ""
        return number if not match["name"] else ""
    named = name_sub_indicator(line)
    if named and named.similarity >= UNNUMBERED_SIMILARITY and named.is_sure:
        return named.thing
    return ""
