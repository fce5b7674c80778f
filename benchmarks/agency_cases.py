"""Written names of agencies as people and PDFs have them, and strings that name none.

Every name is made from the registry: its type in long, short or without its class, its district
and province in any order, with brackets, dashes, numbers and remarks; then damaged once or twice.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from extract.thai import skeleton
from normalize.agencies.registry import Agency, Registry
from normalize.datafiles import read_rows

MARKS = "ัิีึืุู็่้๊๋์"
# Letters that a reader of pictures takes for one another.
ALIKE = (
    *("ดค", "ถภ", "ผฝ", "บป", "ชซ", "ฎฏ", "ขช", "นม", "พฟ", "ลส", "คต", "ดต", "กถ", "ทฑ", "ฒณ"),
    *("ศส", "ษบ", "หน", "ยบ", "อฮ", "วา", "งว", "รธ", "เแ", "โใ", "ไใ", "ไโ", "ขบ", "จล"),
)
# The keys of a Thai keyboard, without and with shift.
ROWS = ("ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบลฃ", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ")
SHIFTED = ("+๑๒๓๔ู฿๕๖๗๘๙", '๐"ฎฑธํ๊ณฯญฐ,', "ฤฆฏโฌ็๋ษศซ.", "()ฉฮฺ์?ฒฬฦ")
REMARKS = ("(SAO)", "- submitted late", "ITA 2566", "updated 12/05/2566", "N/A", "(2)", "*")
SHORT = {
    "อบต.": ("อบต.", "อ.บ.ต.", "อบต ", "อบต. "),
    "อบจ.": ("อบจ.", "อ.บ.จ.", "อบจ "),
    "เทศบาลตำบล": ("ทต.", "ท.ต.", "ทต. "),
    "เทศบาลเมือง": ("ทม.", "ท.ม.", "ทม. "),
    "เทศบาลนคร": ("ทน.", "ท.น.", "ทน. "),
}
OTHERS = (
    *("โรงเรียน{n}วิทยา", "โรงเรียนเทศบาล {n}", "โรงพยาบาล{n}", "รพ.สต.{n} อ.{d} จ.{p}"),
    *("ศูนย์พัฒนาเด็กเล็กองค์การบริหารส่วนตำบล{n}", "ที่ว่าการอำเภอ{d}", "ตำบล{n}", "วัด{n}"),
    *("สหกรณ์การเกษตร{n} จำกัด", "กองช่าง อบต.{n}", "สำนักปลัด เทศบาลตำบล{n}", "ถนน{n}"),
    *("สถานีตำรวจภูธร{d}", "สำนักงานสาธารณสุขอำเภอ{d} จ.{p}", "ศาลากลางจังหวัด{p}", "{d}"),
    *("ที่ทำการปกครองอำเภอ{d} จังหวัด{p}", "บริษัท {n} จำกัด", "กำนันตำบล{n}", "นาย{n} ใจดี"),
)
SUFFIXES = ("เหนือ", "ใต้", "ใหม่", "น้อย", "ใหญ่", "กลาง", "พัฒนา")
SYLLABLES = ("สม", "พร", "ดี", "ทอง", "ใจ", "ศิลา", "มุต", "ปัญ", "รุ่ง", "เรือง", "ไพร", "ธารา")
_THAI = re.compile("[ก-๎]")
Damage = Callable[[str, random.Random], str]


class Case(NamedTuple):
    """A written name: its kind, the text and the agency that it names.

    ``agency`` is None where it names none; ``is_open`` says that others may be meant as well.
    """

    kind: str
    text: str
    agency: Agency | None
    is_open: bool = False


def _pairs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in ALIKE:
        found[one].append(other)
        found[other].append(one)
    return found


def _neighbours() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row, shifted in zip(ROWS, SHIFTED, strict=True):
        for place, key in enumerate(row):
            found[key] += row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            found[key] += shifted[place : place + 1]
    return found


LIKE, NEAR = _pairs(), _neighbours()


def _place(text: str, rng: random.Random) -> int:
    return rng.choice([at for at, c in enumerate(text) if _THAI.match(c)])


def marks_lost(text: str, rng: random.Random) -> str:
    """Three marks in ten are gone."""
    return "".join(c for c in text if c not in MARKS or rng.random() > 0.3)


def sara_am(text: str, rng: random.Random) -> str:
    """A gap in place of the ring of sara am."""
    return re.sub("([ก-ฮ][่-๋]?)ำ", r"\1 า", text)


def misread(text: str, rng: random.Random) -> str:
    """Sara am for every sara aa."""
    return text.replace("า", "ำ")


def spaces(text: str, rng: random.Random) -> str:
    """Gaps anywhere."""
    return "".join(c + " " * (rng.random() < 0.08) for c in text)


def broken(text: str, rng: random.Random) -> str:
    """A line end, as a narrow column makes it."""
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice(["\n", "  "]) + text[at:]


def letters(text: str, rng: random.Random) -> str:
    """One or two letters taken for ones that look alike."""
    places = [at for at, c in enumerate(text) if c in LIKE]
    for at in rng.sample(places, min(rng.choice([1, 1, 2]), len(places))):
        text = text[:at] + rng.choice(LIKE[text[at]]) + text[at + 1 :]
    return text


def doubled(text: str, rng: random.Random) -> str:
    """A mark twice."""
    at = rng.choice([at for at, c in enumerate(text) if c in MARKS] or [_place(text, rng)])
    return text[:at] + text[at] + text[at:]


def wrong_mark(text: str, rng: random.Random) -> str:
    """Another mark than the right one."""
    at = rng.choice([at for at, c in enumerate(text) if c in MARKS] or [_place(text, rng)])
    return text[:at] + rng.choice(MARKS) + text[at + 1 :]


def mistyped(text: str, rng: random.Random) -> str:
    """A neighbouring key, instead of the right one or besides."""
    at = _place(text, rng)
    return text[:at] + rng.choice(NEAR.get(text[at]) or ["ก"]) + text[at + rng.randint(0, 1) :]


def swapped(text: str, rng: random.Random) -> str:
    """Two characters in the wrong order."""
    at = min(_place(text, rng), len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def missing(text: str, rng: random.Random) -> str:
    """A letter or mark left out."""
    at = _place(text, rng)
    return text[:at] + text[at + 1 :]


def missing_two(text: str, rng: random.Random) -> str:
    """Two letters or marks left out."""
    return missing(missing(text, rng), rng)


def moved(text: str, rng: random.Random) -> str:
    """Marks on the next letter, with a gap behind it."""
    return re.sub(
        "([ก-ฮ])([ัิีึืุู็่้๊๋์]+)([ก-ฮ])(?![ัิ-ฺ็-์ ])",
        lambda m: m[1] + m[3] + m[2] + " " if rng.random() < 0.4 else m[0],
        text,
    )


def unmapped(text: str, rng: random.Random) -> str:
    """`(cid:N)` for tones."""
    return re.sub("[่-์]", lambda m: f"(cid:{917 + ord(m[0]) - 0x0E48})", text)


def replaced(text: str, rng: random.Random) -> str:
    """U+FFFD for half of the tones and of sara am."""
    return re.sub("[่-์ำ]", lambda m: "\ufffd" if rng.random() < 0.5 else m[0], text)


SINGLE: tuple[Damage, ...] = (
    *(marks_lost, sara_am, misread, spaces, broken, letters, doubled, wrong_mark, mistyped),
    *(swapped, missing, moved, unmapped, replaced),
)


def two(text: str, rng: random.Random) -> str:
    """Two of the above."""
    for damage in rng.sample(SINGLE, 2):
        text = damage(text, rng)
    return text


DAMAGES: tuple[Damage, ...] = (*SINGLE, missing_two, two)


class Cases:
    """Makes cases from a registry."""

    def __init__(self, registry: Registry, rng: random.Random) -> None:
        self.rng = rng
        self.agencies = [a for a in registry.agencies if a.district and a.type in SHORT]
        self.letters = {r["province"]: r["abbreviation"] for r in read_rows("provinces.csv")}
        self.keys = frozenset(registry.by_key)
        self.places: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
        for form in registry.forms:
            for agency in form.agencies:
                place = (form.province, form.district, agency.code)
                self.places[form.type, form.key].add(place)

    def written(self) -> Case:
        """Return an agency as people write it."""
        pick, agency = self.rng.choice, self.rng.choice(self.agencies)
        name, district, province = agency.name, agency.district, agency.province
        full, types = agency.full_name.removesuffix(name), {agency.type}
        start = pick([full, full, full + " ", *SHORT[agency.type]])
        if "เทศบาล" in agency.type and self.rng.random() < 0.1:
            start, types = "เทศบาล", {t for t in SHORT if "เทศบาล" in t}
        body = start + name
        if agency.type == "อบจ.":
            text = pick([body, f"{body} อ.เมือง จ.{province}"])
            return Case("province's", text, agency)
        short = "เมือง" if district == f"เมือง{province}" and pick([0, 1]) else district
        d = pick(["อ.", "อ. ", "อำเภอ", "อำเภอ "]) + short
        p = pick(["จ.", "จ. ", "จังหวัด", "จว."]) + province
        abbreviated = f"จ.{self.letters[province]}{pick(['', '.'])}"
        office = pick(["สำนักงาน", "ที่ทำการ ", "หน่วยงาน: "])
        number = pick([f"{agency.code} ", f"{self.rng.randint(1, 200)}. "])
        forms = {
            "plain": f"{body} {d} {p}",
            "district": f"{body} {d}",
            "province": f"{body} {p}",
            "alone": body,
            "no labels": f"{body} {district} {province}",
            "province first": f"{p} {d} {body}",
            "type last": f"{name} {pick(['({})', '{}']).format(start.strip())} {d} {p}",
            "brackets": f"{body} ({pick([f'{district}, {province}', f'{d} {p}'])})",
            "dashes": pick([f"{body} - {district} - {province}", f"{province}-{district}-{body}"]),
            "commas": f"{body}, {d}, {p}",
            "letters": f"{body} {d} {abbreviated}",
            "glued": f"{full}{name}อำเภอ{district}จังหวัด{province}",
            "office": f"{office}{body} {d} {p}",
            "remark": f"{body} {d} {p} {pick(REMARKS)}",
            "number": f"{number}{body} {d} {p} {pick(['', self.rng.randint(10000, 96999)])}",
            "subdistrict": f"{body} ต.{name} {d} {p}",
            "long and short": f"{full} ({SHORT[agency.type][0]}) {name} {d} {p}",
            "lines": f"{body}\n{d}\n{p}",
        }
        kind = pick(list(forms))
        types = {agency.type} if kind in ("glued", "long and short") else types
        known = {place for t in types for place in self.places[t, skeleton(name)]}
        if kind != "alone":
            known = {place for place in known if place[0] == province}
        if kind not in ("alone", "province"):
            known = {place for place in known if place[1] == district}
        return Case(kind, forms[kind], agency, len({code for *_, code in known}) > 1)

    def damaged(self) -> Case:
        """Return a written name with damage of one kind, which is the case's kind."""
        case, damage = self.written(), self.rng.choice(DAMAGES)
        return case._replace(kind=damage.__name__, text=damage(case.text, self.rng))

    def others(self) -> Iterator[Case]:
        """Yield one string of each kind that names no agency of the registry."""
        pick = self.rng.choice
        one, other = pick(self.agencies), pick(self.agencies)
        place = pick(["", f" อ.{one.district} จ.{one.province}"])
        full = one.full_name.removesuffix(one.name)
        body = pick(OTHERS).format(n=one.name, d=one.district, p=one.province)
        yield Case("other body", body, None)
        yield Case("other body, damaged", pick(DAMAGES)(body, self.rng), None)
        half = one.name[: len(one.name) // 2] + other.name[len(other.name) // 2 :]
        made = {
            "longer name": one.name + pick(SUFFIXES),
            "made-up name": "".join(self.rng.sample(SYLLABLES, 3)),
            "halves of two names": half,
        }
        for kind, name in made.items():
            if skeleton(name) not in self.keys:
                yield Case(kind, f"{full}{name}{place}", None)
        if not any(p == other.province for p, *_ in self.places[one.type, skeleton(one.name)]):
            text = f"{one.full_name} อ.{other.district} จ.{other.province}"
            yield Case("wrong place", text, None)
