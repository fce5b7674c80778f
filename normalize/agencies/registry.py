"""The registry of Thai local administrative organizations, and what an agency may be called.

Sources, dates and licences of the built-in facts: ``normalize/data/README-agencies.md``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import OSA

from extract.thai import skeleton
from normalize.datafiles import DATA, read_rows

if TYPE_CHECKING:
    import pandas as pd

AGENCY_COLUMNS = ("agency_code", "agency_type", "agency_name", "district", "province")
LIST_YEAR_BE = 2566
"""Fiscal year (be) of the built-in list; a later class or name stands only after it."""

Confidence = Literal["high", "medium", "low"]


class AgencyFileError(ValueError):
    """A file of extra agencies cannot be used; the message names file, line and what to do."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Agency:
    """A local administrative organization; ``type`` and the bare ``name`` as the registry has them.

    ``code`` is the 7-digit code of the Department of Local Administration, or what an extra file
    says; it is empty for Bangkok. District and province are bare names; Bangkok has no district.
    """

    code: str
    type: str
    name: str
    district: str
    province: str

    @property
    def full_name(self) -> str:
        """The official long form, without a space."""
        return official_forms().get(self.type, self.type) + self.name

    @property
    def listed(self) -> str:
        """Code, long form, district and province, as a person who must choose is shown them."""
        return f"{self.code} {self.full_name} {self.district} {self.province}".strip()


@dataclass(frozen=True, slots=True)
class NameForm:
    """A type and name that agencies go by.

    ``basis`` says why: "name" (registry), "alias" (other spelling or former name) or "change"
    (class or name after the list, from the budget year ``from_year_be``). ``agencies`` has several
    members only where it is not known which of them took the name; the place is then the form's.
    """

    type: str
    name: str
    key: str
    district: str
    province: str
    agencies: tuple[Agency, ...]
    basis: Literal["name", "alias", "change"]
    note: str = ""
    confidence: Confidence = "high"
    from_year_be: int | None = None


@dataclass(frozen=True, slots=True)
class TypeForm:
    """A written form of a type, e.g. "อบต."; ``types`` has several where the class is not said."""

    text: str
    key: str
    types: frozenset[str]
    kind: str


@cache
def official_forms() -> dict[str, str]:
    """Return each type with the words that begin the full name ("" for the special bodies)."""
    rows = read_rows("agency_types.csv")
    return {row["agency_type"]: row["form"] for row in rows if row["kind"] == "official"}


@cache
def type_forms() -> tuple[TypeForm, ...]:
    """Return the written forms of the types, longest key first; equal keys stand once."""
    types: dict[str, set[str]] = defaultdict(set)
    first: dict[str, dict[str, str]] = {}
    for row in read_rows("agency_types.csv"):
        if key := skeleton(row["form"]):
            types[key].add(row["agency_type"])
            first.setdefault(key, row)
    found = (
        TypeForm(row["form"], key, frozenset(types[key]), row["kind"]) for key, row in first.items()
    )
    return tuple(sorted(found, key=lambda form: (-len(form.key), form.key)))


@cache
def provinces() -> dict[str, str]:
    """Return the 77 provinces by the key of their name."""
    return {skeleton(row["province"]): row["province"] for row in read_rows("provinces.csv")}


@cache
def province_abbreviations() -> dict[str, str]:
    """Return the provinces by the key of their two-letter abbreviation, e.g. ชม."""
    return {skeleton(row["abbreviation"]): row["province"] for row in read_rows("provinces.csv")}


@cache
def _built_in() -> tuple[Agency, ...]:
    with (DATA / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Agency(*row) for row in rows)


@cache
def _built_in_registry() -> Registry:
    return Registry(_built_in())


class Registry:
    """The agencies, with the indexes that matching needs; those are built when first used."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies: tuple[Agency, ...] = tuple(agencies)
        self._pools: dict[tuple[str, str, str], dict[str, list[NameForm]]] = {}

    @staticmethod
    def load(extra: Path | None = None) -> Registry:
        """Load the built-in registry, with the agencies of an extra CSV file if one is given.

        The file has the columns of ``AGENCY_COLUMNS``. Raises AgencyFileError for a file that
        cannot be read, lacks a column or value, or repeats a code. Without a file the same
        object is returned each time.
        """
        if extra is None:
            return _built_in_registry()
        return _built_in_registry().with_extra(read_agencies(extra, _built_in()))

    @property
    def extra(self) -> tuple[Agency, ...]:
        """The agencies that the built-in registry lacks."""
        return self.agencies[len(_built_in()) :]

    def with_extra(self, agencies: tuple[Agency, ...]) -> Registry:
        """Return a registry with these agencies more; the same object where there are none."""
        return Registry((*self.agencies, *agencies)) if agencies else self

    def __len__(self) -> int:
        return len(self.agencies)

    def frame(self) -> pd.DataFrame:
        """Return the agencies, one a row, with the columns ``AGENCY_COLUMNS``; NA for empty."""
        import pandas as pd

        rows = [(a.code, a.type, a.name, a.district, a.province) for a in self.agencies]
        frame = pd.DataFrame(rows, columns=list(AGENCY_COLUMNS), dtype="string")
        return frame.mask(frame == "")

    @cached_property
    def by_code(self) -> dict[str, Agency]:
        """The agencies by code; Bangkok, which has none, is missing."""
        return {agency.code: agency for agency in self.agencies if agency.code}

    @cached_property
    def forms(self) -> tuple[NameForm, ...]:
        """Every type and name that an agency goes by: registry, aliases, later classes."""
        keys: dict[str, str] = {}
        found: dict[tuple[str, str, str, tuple[Agency, ...]], NameForm] = {}
        for form in (*self._names(keys), *self._changes(keys), *self._aliases(keys)):
            found.setdefault((form.type, form.name, form.district, form.agencies), form)
        return tuple(found.values())

    def _names(self, keys: dict[str, str]) -> Iterator[NameForm]:
        for a in self.agencies:
            yield NameForm(a.type, a.name, _key(a.name, keys), a.district, a.province, (a,), "name")

    def _changes(self, keys: dict[str, str]) -> Iterator[NameForm]:
        for row in read_rows("agency_changes.csv"):
            codes = row["old_agency_code"] or row["candidate_codes"]
            agencies = tuple(self.by_code[c] for c in codes.split(";") if c in self.by_code)
            if not agencies:
                continue
            yield NameForm(
                row["new_type"],
                row["new_name"],
                _key(row["new_name"], keys),
                row["district"],
                row["province"],
                agencies,
                "change",
                f"class or name since fiscal year {row['fiscal_year_first_be']}",
                "low" if row["confidence"] == "low" else "high",
                int(row["fiscal_year_first_be"]),
            )

    def _aliases(self, keys: dict[str, str]) -> Iterator[NameForm]:
        forms = [form for form in type_forms() if form.kind == "official"]
        office = skeleton(next(r["word"] for r in _words() if r["role"] == "office"))
        for row in read_rows("agency_aliases.csv"):
            agency = self.by_code.get(row["agency_code"])
            if agency is None:
                continue
            alias = row["alias"]
            key = skeleton(alias).removeprefix(office)
            form = next((form for form in forms if key.startswith(form.key)), None)
            type_ = next(iter(form.types)) if form else agency.type
            name = alias.split(form.text, 1)[1].strip() if form else alias
            level = row["confidence"]
            yield NameForm(
                type_,
                name,
                _key(name, keys),
                agency.district,
                agency.province,
                (agency,),
                "alias",
                row["kind"],
                "high" if level == "high" else "medium" if level == "medium" else "low",
            )

    @cached_property
    def by_key(self) -> dict[str, list[NameForm]]:
        """The forms by the key of their bare name."""
        return _grouped(self.forms)

    @cached_property
    def longest_key(self) -> int:
        """Length of the longest name key."""
        return max(map(len, self.by_key), default=0)

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Provinces by key: the 77, and those that only an extra file names."""
        return {skeleton(name): name for name in sorted({a.province for a in self.agencies})}

    @cached_property
    def districts(self) -> dict[str, frozenset[tuple[str, str]]]:
        """(district, province) pairs by the key of the district; capital districts in full."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for district, province in sorted({(a.district, a.province) for a in self.agencies}):
            if district:
                found[skeleton(district)].add((district, province))
        return {key: frozenset(pairs) for key, pairs in found.items()}

    def pool(self, type_: str, province: str = "", district: str = "") -> dict[str, list[NameForm]]:
        """Return the forms of a type by name key, in the country, a province or a district."""
        wanted = (type_, province, district)
        if wanted not in self._pools:
            self._pools[wanted] = _grouped(
                form
                for form in self.forms
                if form.type == type_
                and province in ("", form.province)
                and district in ("", form.district)
            )
        return self._pools[wanted]


def read_agencies(path: Path, known: Iterable[Agency] = ()) -> tuple[Agency, ...]:
    """Read a CSV of agencies that the registry lacks; ``known`` are those it must not repeat.

    The type may stand in any official or abbreviated form. Raises AgencyFileError.
    """
    codes = {agency.code: f"the built-in registry ({agency.full_name})" for agency in known}
    found: list[Agency] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = "is not UTF-8 text; save it as CSV UTF-8"
        if isinstance(error, OSError):
            problem = f"cannot be read ({error.strerror}); check the path and its rights"
        raise AgencyFileError(path, 1, problem) from error
    rows = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        missing = [name for name in AGENCY_COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            wanted = ",".join(AGENCY_COLUMNS)
            raise AgencyFileError(
                path, 1, f"lacks the column {missing[0]}; the first line must be {wanted}"
            )
        for row in rows:
            agency = _checked(path, rows.line_num, row)
            if agency.code in codes:
                raise AgencyFileError(
                    path,
                    rows.line_num,
                    f"the agency_code {agency.code} is already in {codes[agency.code]}; "
                    "delete the line or give the agency another code",
                )
            codes[agency.code] = f"line {rows.line_num}"
            found.append(agency)
    except csv.Error as error:
        raise AgencyFileError(
            path,
            rows.reader.line_num,
            f"is no CSV ({error}); quote values that hold a comma or quote",
        ) from error
    return tuple(found)


def _checked(path: Path, line: int, row: dict[str, str | None]) -> Agency:
    values = {name: " ".join((row.get(name) or "").split()) for name in AGENCY_COLUMNS}
    if None in row:
        raise AgencyFileError(path, line, "has more values than the first line has columns")
    for name in ("agency_code", "agency_type", "agency_name", "province"):
        if not values[name]:
            raise AgencyFileError(path, line, f"{name} is empty; fill it in or delete the line")
    written = {form.key: form for form in type_forms() if len(form.types) == 1}
    type_ = values["agency_type"]
    if type_ not in official_forms():
        form = written.get(skeleton(type_))
        if form is None:
            kinds = ", ".join(official_forms())
            raise AgencyFileError(path, line, f"unknown agency_type {type_!r}; use one of {kinds}")
        type_ = next(iter(form.types))
    province, key = values["province"], skeleton(values["province"])
    if key in provinces():
        province = provinces()[key]
    elif near := [name for k, name in provinces().items() if OSA.distance(k, key) <= 1]:
        raise AgencyFileError(
            path, line, f"unknown province {province!r}; if {near[0]!r} is meant, write that"
        )
    return Agency(values["agency_code"], type_, values["agency_name"], values["district"], province)


@cache
def _words() -> tuple[dict[str, str], ...]:
    return tuple(read_rows("agency_words.csv"))


def words(role: str) -> tuple[str, ...]:
    """Return the words of one role of ``agency_words.csv``, longest first."""
    found = [row["word"] for row in _words() if row["role"] == role]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _grouped(forms: Iterable[NameForm]) -> dict[str, list[NameForm]]:
    found: dict[str, list[NameForm]] = defaultdict(list)
    for form in forms:
        found[form.key].append(form)
    return dict(found)


def _key(name: str, keys: dict[str, str]) -> str:
    if name not in keys:
        keys[name] = skeleton(name)
    return keys[name]
