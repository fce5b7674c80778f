"""What a person decided about a doubt: the answers there are, and the values they may give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from extract.thai import convert_digits, skeleton
from normalize.agencies.registry import Agency, Registry
from normalize.catalogue import catalogue
from normalize.catalogue.spec import EnumValue
from normalize.dates import parse_year
from normalize.grades import levels
from normalize.item_number import leading_number
from normalize.numbers import parse_number
from normalize.patterns import bare, plain
from normalize.reference import Item, bands, indicators, item_lists, sub_indicators, weights

SEPARATOR = "; "
"""What stands between the alternatives of a review row."""

_YEAR_AT_END = re.compile(r"\((2[0-9]{3})\)$")
_NUMBERS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the corrections file.

    ``decision`` is accept (the suggestion), other (another value), none (no value is right) or
    unsure (it stays open); ``decided_value`` is what holds, empty for the last two. ``review_id``,
    ``kind`` and ``raw`` say which words were judged, ``document_id`` in which content, and
    ``source_file`` under which name.
    """

    review_id: str
    kind: str
    document_id: str
    source_file: str
    raw: str
    decision: str
    decided_value: str
    note: str
    decided_by: str
    decided_at: str

    @property
    def is_open(self) -> bool:
        """Whether the person was not sure, so that the doubt stays in the queue."""
        return self.decision == "unsure"

    @property
    def method(self) -> str:
        """Who decided and when, as ``match_method`` has it."""
        return f"decided by {self.decided_by} on {self.decided_at}: {self.decision}"


COLUMNS = tuple(field.name for field in fields(Decision))


class ValueRefused(ValueError):  # noqa: N818
    """A text is no value of this kind of doubt; the message says what would be one."""


def are_same_words(one: str, other: str) -> bool:
    """Say whether two texts are the same as far as a Thai spreadsheet keeps them.

    Saved in CP874, a sign that it lacks becomes a question mark: a ticked box, for one.
    """
    return one.encode("cp874", "replace") == other.encode("cp874", "replace")


def label(member: EnumValue) -> str:
    """Return a member of an enumeration as a list to choose from has it: Thai, and the word."""
    return f"{member.title_th} ({member.value})"


def read_word(enum: str, text: str) -> str | None:
    """Return the member of an enumeration that a text is, by its word, a title or its label."""
    key = _key(text)
    for member in catalogue().enum(enum):
        if key in map(_key, (member.value, member.title_en, member.title_th, label(member))):
            return member.value
    return None


def candidates(kind: str, suggestion: str, alternatives: str) -> list[str]:
    """Return what a person may choose from, the suggestion first."""
    found = [text for text in (suggestion, *alternatives.split(SEPARATOR)) if text]
    if kind == "status":
        found += [label(member) for member in catalogue().enum("item_status") if _is_sure(member)]
    return list(dict.fromkeys(found))


def read_value(kind: str, text: str, raw: str, registry: Registry, suggestion: str = "") -> str:
    """Return a value of this kind as the corrections file has it; raises ValueRefused.

    ``raw`` are the words in doubt: a score must be printed there. Of an item without a year the
    ``suggestion`` gives the year.
    """
    if kind in ("fiscal_year", "item_list_year"):
        return _read_year(kind, text)
    if kind == "agency":
        return _read_agency(text, registry).listed
    if kind == "item":
        return _read_item(text, suggestion).listed
    if kind == "status":
        return _read_status(text)
    if kind == "score":
        return _read_score(text, raw)
    if kind == "indicator":
        return _read_indicator(text)
    raise ValueRefused("nothing can be chosen for a doubt of this kind: answer none or unsure")


def item_of(value: str) -> Item | None:
    """Return the item that the value of a decision names, None where it names none."""
    return _items().get(value)


def agency_of(value: str, registry: Registry) -> Agency | None:
    """Return the agency that the value of a decision names, None where it names none."""
    try:
        return _read_agency(value, registry) if value else None
    except ValueRefused:
        return None


@cache
def _items() -> dict[str, Item]:
    return {item.listed: item for items in item_lists().values() for item in items}


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def _is_sure(member: EnumValue) -> bool:
    return member.value != "unclear"


def _read_year(kind: str, text: str) -> str:
    year = parse_year(text)
    known = set(item_lists())
    if kind == "fiscal_year":
        known |= set(bands()) | set(weights())
    if year not in known:
        raise ValueRefused(
            f"{text!r} is no fiscal year of the lists, which are of {min(known)} to {max(known)}"
        )
    return str(year)


def _read_agency(text: str, registry: Registry) -> Agency:
    """Read a code (words behind it are for people), or a full name that only one agency has."""
    code = convert_digits(text, "arabic").partition(" ")[0]
    if code and code in registry.by_code:
        return registry.by_code[code]
    key = skeleton(text)
    named = [a for a in registry.agencies if key in (skeleton(a.full_name), skeleton(a.listed))]
    if len(named) == 1:
        return named[0]
    problem = f"{len(named)} agencies are called {text!r}" if named else f"no agency is {text!r}"
    raise ValueRefused(f"{problem}: give the agency_code of the registry or of agencies.csv")


def _read_item(text: str, suggestion: str) -> Item:
    """Read an item as it is listed, or its number, in the year that it names or the suggestion."""
    for listed in (text, " ".join(text.split())):
        if item := item_of(listed):
            return item
    line = bare(text)
    told = _YEAR_AT_END.search(line) or _YEAR_AT_END.search(suggestion)
    number = leading_number(line)
    if number is None:
        raise ValueRefused(f"{text!r} begins with no item number, such as O12")
    if told is None:
        raise ValueRefused(f"{text!r} names no year: write it behind, such as O12 (2566)")
    year = int(told[1])
    for item in item_lists().get(year, ()):
        if item.item_no == int(number["number"]):
            if _is_another(text, item):
                raise ValueRefused(f"{text!r} is not {item.listed!r}: write the number alone")
            return item
    raise ValueRefused(f"the list of {year} has no item O{number['number']}")


def _is_another(text: str, item: Item) -> bool:
    """Say whether words stand beside the number that are not the item's name."""
    line = bare(_YEAR_AT_END.sub("", plain(text)).strip())
    match = leading_number(line)
    rest = skeleton(line[match.end() :]) if match else ""
    return bool(rest) and rest not in item.keys


def _read_status(text: str) -> str:
    status = read_word("item_status", text)
    if status in (None, "unclear"):
        words = ", ".join(m.value for m in catalogue().enum("item_status") if _is_sure(m))
        raise ValueRefused(f"{text!r} is no status; use one of {words}, or answer none")
    return str(status)


def _read_score(text: str, raw: str) -> str:
    number = parse_number(text)
    printed = {float(found.replace(",", "")) for found in _NUMBERS.findall(plain(raw))}
    if number is not None and float(number) in printed:
        return f"{float(number):.10g}"
    for level in levels(None):
        if skeleton(level) == skeleton(text) and skeleton(level) in skeleton(raw):
            return level
    raise ValueRefused(f"{text!r} is no number or level that stands in the words in doubt")


def _read_indicator(text: str) -> str:
    """Read the number of an indicator or sub-indicator; words behind it are for people."""
    number = next(iter(plain(text).split()), "")
    if number in set(_indicator_numbers()):
        return number
    raise ValueRefused(f"{text!r} begins with no number of an indicator, such as 7 or 9.2")


def _indicator_numbers() -> Iterator[str]:
    yield from (str(indicator.indicator_no) for indicator in indicators())
    for year in sub_indicators().values():
        yield from year
