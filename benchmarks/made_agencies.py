"""Cases of agencies, made from the registry: written forms, damage, ties, former names, others."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from benchmarks.damage import DAMAGES
from benchmarks.forms import forms, texts
from benchmarks.match_cases import Case
from extract.thai import convert_digits, skeleton
from normalize.agencies.registry import (
    LIST_YEAR_BE,
    Agency,
    NameForm,
    Registry,
    official_forms,
    province_abbreviations,
)

CLEAN, DAMAGED, TWICE, CLASSLESS, CHANGED, TIES = 200, 260, 60, 36, 44, 50
OTHERS, PLACES, MADE_UP, LONGER = 60, 16, 44, 24
KINDS = (
    *("sara_am_split", "sara_am_split", "sara_am_parts", "pua_glyph", "cid_glyph", "mark_lost"),
    *(
        "mark_lost",
        "mark_gap",
        "detached_vowel",
        "tone_order",
        "replacement_char",
        "loose",
        "joined",
    ),
    *("column_break", "column_break", "ocr_letters", "ocr_marks", "misspelling", "typo", "typo"),
    *("scan", "scan"),
)
# Kinds that may turn a short type or a name into another one.
SLIPS = ("ocr_letters", "ocr_marks", "scan", "misspelling", "typo")
# A shorter name may become another one in a bad scan.
LONG_NAME = 6
# A name this near to another of the same type and province is not damaged, or only where the
# district tells them apart; and no made-up name is this near to any.
NEAR = 2
MOST_TIED = 8
# A full name with its place, in full and short.
FULL, SHORT = texts("with_place")
# First digit of the code of a province's own body, which is seldom written with a district.
PROVINCIAL, PROVINCIAL_FORMS = "2", ("full", "office", "no place", "province only")


class Names:
    """The registry as the labels need it: who is called so, and who nearly so."""

    def __init__(self) -> None:
        self.registry = Registry.load()
        self.agencies = [a for a in self.registry.agencies if a.type in _written_types()]
        self.by_name: dict[tuple[str, str], list[NameForm]] = defaultdict(list)
        self._near: dict[tuple[str, str], list[NameForm]] = defaultdict(list)
        for form in self.registry.forms:
            self.by_name[form.type, form.key].append(form)
            self._near[form.type, form.province].append(form)

    def codes(self, type_: str, name: str, district: str = "", province: str = "") -> set[str]:
        """Return the codes of all who go by this type and name in this place."""
        return {
            agency.code
            for form in self.by_name[type_, skeleton(name)]
            if district in ("", form.district) and province in ("", form.province)
            for agency in form.agencies
        }

    def has_near(self, agency: Agency, district: str = "") -> bool:
        """Say whether another of the type in the province (and district) has nearly this name."""
        key = skeleton(agency.name)
        return any(
            agency not in form.agencies
            and district in ("", form.district)
            and OSA.distance(key, form.key, score_cutoff=NEAR) <= NEAR
            for form in self._near[agency.type, agency.province]
        )


def made_agencies(rng: random.Random, source: str) -> Iterator[Case]:
    """Yield the cases."""
    names = Names()
    yield from _written(names, rng, source)
    yield from _classless(names, rng, source)
    yield from _changed(names, rng, source)
    yield from _ties(names, rng, source)
    yield from _not_agencies(names, rng, source)


def _written_types() -> set[str]:
    return {type_ for type_, form in official_forms().items() if form}


def values(agency: Agency, rng: random.Random) -> dict[str, str]:
    """Return what the forms are filled with."""
    (capital,) = texts("capital")
    is_capital = agency.district == capital + agency.province
    letters = {province: key for key, province in province_abbreviations().items()}
    number = rng.randint(1, 99)
    return {
        "full": agency.full_name,
        "form": official_forms()[agency.type],
        "short": dict(forms("short"))[agency.type],
        "dotted": dict(forms("dotted"))[agency.type],
        "name": agency.name,
        "district": agency.district,
        "short_district": capital if is_capital else agency.district,
        "province": agency.province,
        "letters": letters[agency.province],
        "n": str(number),
        "th": convert_digits(str(number), "thai"),
    }


def _written(names: Names, rng: random.Random, source: str) -> Iterator[Case]:
    """Yield the written forms of agencies, clean and damaged; a form that is a tie is left out."""
    for times, count, tier in ((0, CLEAN, "must"), (1, DAMAGED, "should"), (2, TWICE, "tolerated")):
        made = 0
        while made < count:
            agency = rng.choice(names.agencies)
            kind, form = rng.choice(forms("agency"))
            has_district, has_province = (
                "district" in form,
                "{province}" in form or "letters" in form,
            )
            place = (agency.district * has_district, agency.province * has_province)
            if names.codes(agency.type, agency.name, *place) != {agency.code}:
                continue
            if agency.code.startswith(PROVINCIAL) and kind not in PROVINCIAL_FORMS:
                continue
            chosen = [KINDS[(made + n * 5) % len(KINDS)] for n in range(times)]
            if times and (names.has_near(agency, place[0]) or kind == "no place"):
                continue
            if "joined" in chosen and kind == "unlabelled":
                continue  # nobody writes names glued without a word between them
            if "scan" in chosen and len(skeleton(agency.name)) < LONG_NAME:
                continue
            text = clean = form.format(**values(agency, rng))
            for damage in chosen:
                text = _damaged(text, clean, agency, damage, rng)
            if times and text == clean:
                continue
            made += 1
            # Without its place a name rests on the registry's being whole.
            shown = "should" if not times and kind == "no place" else tier
            name = "+".join(chosen) or f"clean, {kind}"
            yield Case(shown, name, text, "", (agency.code,), source)


def _damaged(text: str, clean: str, agency: Agency, kind: str, rng: random.Random) -> str:
    """Damage a text; a slip does not touch a short type, which it could turn into another."""
    official = official_forms()[agency.type]
    if kind not in SLIPS or official in clean:
        return DAMAGES[kind](text, rng)
    start = text.find(agency.name)
    if start < 0:
        return text
    return text[:start] + DAMAGES[kind](text[start:], rng)


def _classless(names: Names, rng: random.Random, source: str) -> Iterator[Case]:
    """Yield municipalities whose class is not said: right where only one class fits."""
    (word,) = texts("classless")
    types = [type_ for type_, form in official_forms().items() if form.startswith(word)]
    towns = [a for a in names.agencies if a.type in types]
    for n in range(CLASSLESS):
        agency = rng.choice(towns)
        same = {
            code
            for type_ in types
            for code in names.codes(type_, agency.name, agency.district, agency.province)
        }
        filled = values(agency, rng)
        text = word + texts("town")[n % len(texts("town"))].format(**filled)
        if text.startswith(tuple(official_forms()[type_] for type_ in types)):
            continue  # the name's first word would be read as a class
        yield Case(
            "should",
            "class not said" + ", several" * (len(same) > 1),
            text,
            "",
            (";".join(sorted(same)),),
            source,
        )


def _changed(names: Names, rng: random.Random, source: str) -> Iterator[Case]:
    """Yield later classes and names in the year that brings them, and former ones."""
    changes = [
        form
        for form in names.registry.forms
        if form.basis == "change" and form.confidence == "high" and len(form.agencies) == 1
    ]
    for n, form in enumerate(rng.sample(changes, CHANGED)):
        (old,) = form.agencies
        written = FULL.format(
            full=official_forms()[form.type] + form.name,
            district=form.district,
            province=form.province,
        )
        if names.codes(form.type, form.name, form.district, form.province) != {old.code}:
            continue
        year, tier, kind = str(form.from_year_be or ""), "should", "later class, its year"
        if n % 4 == 1:
            year, tier, kind = str(LIST_YEAR_BE - n % 3), "tolerated", "later class, too early"
        elif n % 4 == 2:
            year, tier, kind = "", "tolerated", "later class, no year"
        elif n % 4 == 3:
            written = SHORT.format(full=old.full_name, district=old.district, province=old.province)
            year, tier, kind = str(LIST_YEAR_BE), "must", "former class, its year"
        yield Case(tier, kind, written, year, (old.code,), source)


def _ties(names: Names, rng: random.Random, source: str) -> Iterator[Case]:
    """Yield names that several agencies have: in one province, or in the country."""
    made = 0
    while made < TIES:
        agency = rng.choice(names.agencies)
        is_wide = made % 3 == 0
        codes = names.codes(agency.type, agency.name, "", "" if is_wide else agency.province)
        listed = names.registry.pool(agency.type, "" if is_wide else agency.province)
        same = {form.basis for form in listed[skeleton(agency.name)]}
        if not 1 < len(codes) <= MOST_TIED or same != {"name"}:
            continue
        made += 1
        short = rng.random() < 0.5
        head = values(agency, rng)["short"] + agency.name if short else agency.full_name
        form = rng.choice(texts("tied"))
        text = head if is_wide else form.format(head=head, province=agency.province)
        kind = "tie in the country" if is_wide else "tie in the province"
        spelt = {f.agencies[0].code for f in listed[skeleton(agency.name)] if f.name == agency.name}
        tier = "must" if spelt >= set(codes) else "tolerated"  # a mark may tell which is meant
        yield Case(tier, kind, text, "", (";".join(sorted(spelt & set(codes))),), source)


def _not_agencies(names: Names, rng: random.Random, source: str) -> Iterator[Case]:
    """Yield other bodies, places without a type, names that exist nowhere, and longer names."""
    for n in range(OTHERS):
        form = texts("other_body")[n % len(texts("other_body"))]
        filled = values(rng.choice(names.agencies), rng)
        yield Case("must", "other body", form.format(**filled), "", ("",), source)
    for n in range(PLACES):
        form = texts("place")[n % len(texts("place"))]
        filled = values(rng.choice(names.agencies), rng)
        yield Case("should", "place", form.format(**filled), "", ("",), source)
    keys = {(form.type, form.key) for form in names.registry.forms}
    made = 0
    while made < MADE_UP:
        agency = rng.choice(names.agencies)
        made_up = rng.choice(texts("first_syllable")) + rng.choice(texts("last_syllables"))
        key = skeleton(made_up)
        if any(OSA.distance(key, k, score_cutoff=NEAR) <= NEAR for _, k in keys):
            continue
        form = texts("made_up")[made % len(texts("made_up"))]
        text = form.format(made=made_up, **values(agency, rng))
        made += 1
        yield Case("must", "exists nowhere", text, "", ("",), source)
    for _ in range(LONGER):
        agency = rng.choice(names.agencies)
        name = agency.name + rng.choice(texts("suffix"))
        if (agency.type, skeleton(name)) in keys:
            continue
        full = agency.full_name.removesuffix(agency.name) + name
        text = SHORT.format(full=full, district=agency.district, province=agency.province)
        yield Case("tolerated", "longer name", text, "", ("",), source)
