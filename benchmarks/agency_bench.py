"""How well agency names are matched: precision and recall of accepted matches, and speed.

Cases are made from the registry: each agency in several written forms, clean and damaged; and
strings that name no agency of the registry. Run: python -m benchmarks.agency_bench [--seed N]
The rules were tuned with seeds up to 202; report figures with a seed above that.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.thai import skeleton
from normalize.agencies import match_agency
from normalize.agencies.registry import Agency, Registry, province_abbreviations, type_forms

MARKS = "ัิีึืุู็่้๊๋์"
LETTERS = "กขคงจชดตถทนบปผพมยรลวสหอ"
OTHER_BODIES = (
    "โรงเรียนบ้าน{}",
    "โรงเรียนเทศบาล {}",
    "โรงพยาบาล{}",
    "โรงพยาบาลส่งเสริมสุขภาพตำบล{}",
    "ศูนย์พัฒนาเด็กเล็กองค์การบริหารส่วนตำบล{}",
    "ที่ว่าการอำเภอ{}",
    "ตำบล{}",
    "สหกรณ์การเกษตร{} จำกัด",
)
SUFFIXES = ("เหนือ", "ใต้", "ใหม่", "น้อย", "ใหญ่", "กลาง", "พัฒนา")
SYLLABLES = ("สม", "พร", "ดี", "ทอง", "ใจ", "ศิลา", "มุต", "ปัญ", "รุ่ง", "เรือง", "ไพร", "ธารา")


def written(agency: Agency, registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield (form, text) of an agency as people write it, each with a place that settles it."""
    short = next(
        (f.text for f in type_forms() if f.types == {agency.type} and f.kind == "abbreviation"), ""
    )
    district = "เมือง" if agency.district == f"เมือง{agency.province}" else agency.district
    pairs = province_abbreviations().items()
    letters = next(key for key, province in pairs if province == agency.province)
    name, full, province = agency.name, agency.full_name, agency.province
    yield "full", f"{full} อำเภอ{agency.district} จังหวัด{province}"
    yield "glued", f"{full}อำเภอ{agency.district}จังหวัด{province}"
    yield "short", f"{short}{name} อ.{district} จ.{province}"
    yield "reversed", f"จ.{province} อ.{district} {short}{name}"
    yield "unlabelled", f"{short}{name} {agency.district} {province}"
    yield "abbreviated", f"{short}{name} อ.{district} จ.{letters}"
    yield "brackets", f"{name} ({short}) อ.{district} จ.{province}"
    same = registry.pool(agency.type, province)[skeleton(name)]
    if len({form.agencies for form in same}) == 1:
        yield "province", f"{short} {name} จ.{province}"


def damage(text: str, rng: random.Random) -> tuple[str, str]:
    """Return the kind of damage and the damaged text."""
    kind = rng.choice(["marks", "sara am", "spaces", "all three", "typo", "typo"])
    if kind in ("marks", "all three"):
        text = "".join(c for c in text if c not in MARKS or rng.random() > 0.25)
    if kind in ("sara am", "all three"):
        text = text.replace("ำ", " า")
    if kind in ("spaces", "all three"):
        text = "".join(c + " " * (rng.random() < 0.08) for c in text)
    if kind == "typo":
        at, letter, cut = rng.randrange(len(text)), rng.choice(LETTERS), rng.choice([0, 1, 1])
        text = text[:at] + (letter if cut == 0 or rng.random() < 0.5 else "") + text[at + cut :]
    return kind, text


def distractors(registry: Registry, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) that name no agency of the registry."""
    names = {agency.name for agency in registry.agencies}
    for agency in rng.sample(registry.agencies, 1000):
        yield "other body", rng.choice(OTHER_BODIES).format(agency.name)
        place = rng.choice(["", f" อ.{agency.district} จ.{agency.province}"])
        longer = agency.name + rng.choice(SUFFIXES)
        made_up = "".join(rng.sample(SYLLABLES, 3))
        for kind, name in (("longer name", longer), ("made-up name", made_up)):
            if name not in names:
                yield kind, f"{agency.full_name.removesuffix(agency.name)}{name}{place}"


def report(title: str, cases: Sequence[tuple[str, str, Agency | None]], registry: Registry) -> None:
    """Match the cases and print what came of them, by kind."""
    counts: dict[str, Counter[str]] = {}
    began = time.perf_counter()
    for kind, text, agency in cases:
        match = match_agency(text, registry)
        right = "right" if match.agency is agency else "WRONG"
        found = right if match.status == "accepted" else match.status
        counts.setdefault(kind, Counter())[found] += 1
    seconds = time.perf_counter() - began
    total: Counter[str] = sum(counts.values(), Counter())
    accepted = total["right"] + total["WRONG"]
    print(f"{title}: {len(cases)} cases, {len(cases) / seconds:,.0f} per second")
    for kind, count in counts.items():
        print(f"  {kind:14}", dict(count))
    if any(agency for _, _, agency in cases):
        precision = total["right"] / max(1, accepted)
        print(f"  precision {precision:.4f}, recall {total['right'] / len(cases):.4f}")


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=303)
    rng = random.Random(parser.parse_args().seed)
    registry = Registry.load()
    agencies = [a for a in registry.agencies if a.district and a.name != "เมืองพัทยา"]
    rng.shuffle(agencies)
    clean = [(f, text, a) for a in agencies[:1000] for f, text in written(a, registry)]
    report("clean", clean, registry)
    damaged = [
        (*damage(rng.choice(list(written(a, registry)))[1], rng), a) for a in agencies[1000:4000]
    ]
    report("damaged", damaged, registry)
    report("no agency", [(k, text, None) for k, text in distractors(registry, rng)], registry)


if __name__ == "__main__":
    main()
