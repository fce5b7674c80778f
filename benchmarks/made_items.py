"""Cases of items, made from the lists: names with numbers, years and damage, and distractors."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.damage import DAMAGES
from benchmarks.forms import texts
from benchmarks.match_cases import Case
from extract.thai import convert_digits, skeleton
from normalize.reference import indicators, item_lists, questions, sub_indicators

CLEAN, DAMAGED, TWICE, CUT, DISTRACTORS = 110, 300, 60, 20, 90
# Kinds of damage of a name, the most common ones more often.
KINDS = (
    *("sara_am_split", "sara_am_split", "sara_am_parts", "pua_glyph", "cid_glyph", "mark_lost"),
    *(
        "mark_lost",
        "mark_gap",
        "detached_vowel",
        "tone_order",
        "replacement_char",
        "glyph_substitution",
    ),
    *("misread_aa", "loose", "joined", "column_break", "column_break", "ocr_letters", "ocr_marks"),
    *("scan", "scan", "misspelling", "typo", "typo"),
)


class Lists:
    """All items, and what a name means with and without year and number.

    Only the names of the lists count, so that a wording that the matcher learns changes no case.
    """

    def __init__(self) -> None:
        self.items = [item for items in item_lists().values() for item in items]
        self._meant: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
        for item in self.items:
            key = (item.fiscal_year_be, item.item_no, item.concept_id)
            self._meant[skeleton(item.name)].add(key)

    def concepts(
        self, key: str, year: int | None, number: int | None, *, is_start: bool
    ) -> set[str]:
        """Return the concepts that a key (or the start of one) can mean."""
        keys = [k for k in self._meant if k.startswith(key)] if is_start else [key]
        return {
            concept
            for k in keys
            for list_year, item_no, concept in self._meant.get(k, ())
            if year in (None, list_year) and number in (None, item_no)
        }

    def __contains__(self, name: str) -> bool:
        return skeleton(name) in self._meant


def numbered(number: int, name: str, rng: random.Random, role: str = "item_number") -> str:
    """Write an item's number before its name, or glued to it."""
    form = rng.choice(texts(role))
    label = form.format(n=number, nn=f"{number:02}", th=convert_digits(str(number), "thai"))
    return f"{label}{'' if role == 'item_glued' else ' '}{name}"


def made_items(rng: random.Random, source: str) -> Iterator[Case]:
    """Yield the cases."""
    lists = Lists()
    for kinds, count, tier in (((), CLEAN, "must"), (KINDS, DAMAGED, "should")):
        yield from _several(lists, rng, source, kinds, count, tier)
    yield from _several(lists, rng, source, KINDS, TWICE, "tolerated", times=2)
    yield from _several(lists, rng, source, ("cut",), CUT, "tolerated")
    yield from _distractors(lists, rng, source)


def _several(
    lists: Lists,
    rng: random.Random,
    source: str,
    kinds: tuple[str, ...],
    count: int,
    tier: str,
    times: int = 1,
) -> Iterator[Case]:
    made = 0
    while made < count:
        item = rng.choice(lists.items)
        year = item.fiscal_year_be if rng.random() < 0.6 else None
        number = item.item_no if rng.random() < 0.6 else None
        chosen = [kinds[(made + n * 7) % len(kinds)] for n in range(times)] if kinds else []
        key = skeleton(item.name)
        text = item.name
        for kind in chosen:
            text = DAMAGES[kind](text, rng)
        key = skeleton(text) if "cut" in chosen else key
        # Without a year, a name that begins a longer one of another year may be a short form of it.
        is_start = "cut" in chosen or year is None
        is_open = len(lists.concepts(key, year, number, is_start=is_start)) != 1
        if is_open or (chosen and text == item.name):
            continue
        made += 1
        label = "year and number" if year and number else "year" if year else ""
        label = label or ("number" if number else "name alone")
        if number:
            role = "item_glued" if rng.random() < 0.08 else "item_number"
            text = numbered(number, text, rng, role)
        shown = str(number or (item.item_no if year else ""))
        yield Case(
            tier,
            "+".join(chosen) or f"clean, {label}",
            text,
            str(year or ""),
            (item.concept_id, shown),
            source,
        )


def _distractors(lists: Lists, rng: random.Random, source: str) -> Iterator[Case]:
    """Yield headings, questions of surveys and items of another assessment, some damaged."""
    for n in range(DISTRACTORS):
        year = rng.choice(("", *map(str, item_lists())))
        kind = ("indicator", "sub_indicator", "question", "other_list")[n % 4]
        form = rng.choice(texts(kind))
        if kind == "indicator":
            one = rng.choice(indicators())
            number, name = str(one.indicator_no), rng.choice(one.names)
            values = {"n": number, "th": convert_digits(number, "thai"), "name": name}
        elif kind == "sub_indicator":
            heading, name = rng.choice(sorted(rng.choice(list(sub_indicators().values())).items()))
            values = {"no": heading, "name": name}
        elif kind == "question":
            asked = rng.choice([q for q in questions().values() if q.topic])
            name = asked.topic
            values = {"n": str(asked.question_no), "instrument": asked.instrument, "name": name}
        else:
            name = rng.choice(lists.items).name
            values = {"n": str(rng.randint(1, 22)), "name": name}
        if kind != "other_list" and name in lists:
            continue
        text = form.format(**values)
        tier = "must"
        if n % 3 == 0:
            tier, text = "should", DAMAGES[rng.choice(KINDS)](text, rng)
        yield Case(tier, f"no item: {kind}", text, year, ("", ""), source)
