"""Damaged Thai: `python -m benchmarks.thai_bench [SEED]` prints what is mended, harmed, and when.

The damaged strings of ../shared/damaged_thai.csv by kind; sentences made of dictionary words and
agency names, damaged as PDF readers damage them; words, names and sentences that are right; speed.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pythainlp.corpus import (
    thai_family_names,
    thai_female_names,
    thai_male_names,
    thai_syllables,
    thai_words,
)

from extract.thai import clean_document, clean_thai
from extract.thai_rules import needs_words

SHARED = Path(__file__).parents[2] / "shared"
# The seed of the figures in docs/benchmarks.md; it was not looked at while developing.
REPORTED_SEED = 2718
SENTENCES = 1000
TONE = "[\u0e48-\u0e4c]"
# Words of pythainlp's list that break the rules of writing: they come back mended.
RIGHT = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4c ]+")


def lost_am(text: str, rng: random.Random) -> str:
    """A gap in place of the ring of sara am."""
    return re.sub("([ก-ฮ][่-๋]?)ำ", r"\1 า", text)


def moved(text: str, rng: random.Random) -> str:
    """A third of the marks on the next letter, with a gap behind it."""
    return re.sub(
        "([ก-ฮ])([ัิีึืุู็่้๊๋์]+)([ก-ฮ])(?![ัิ-ฺ็-์ ])",
        lambda m: m[1] + m[3] + m[2] + " " if rng.random() < 0.3 else m[0],
        text,
    )


def glyphs(text: str, rng: random.Random) -> str:
    """Private-use glyphs for tones."""
    return text.translate({0x0E48 + n: 0xF70A + n for n in range(5)})


def numbers(text: str, rng: random.Random) -> str:
    """`(cid:N)` for tones."""
    return re.sub(TONE, lambda m: f"(cid:{917 + ord(m[0]) - 0x0E48})", text)


def replaced(text: str, rng: random.Random) -> str:
    """U+FFFD for a third of the tones."""
    return re.sub(TONE, lambda m: "\ufffd" if rng.random() < 0.3 else m[0], text)


def misread(text: str, rng: random.Random) -> str:
    """Sara am for every sara aa."""
    return text.replace("า", "ำ")


def lost(text: str, rng: random.Random) -> str:
    """A gap for sara am, and a third of the tones gone."""
    return re.sub(TONE, lambda m: "" if rng.random() < 0.3 else m[0], lost_am(text, rng))


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    *(lost_am, moved, glyphs, numbers, replaced, misread, lost),
)


def sentences(rng: random.Random) -> list[str]:
    """Return runs of words with names of agencies, dates and sums between them."""
    words = sorted(w for w in thai_words() if len(w) > 2 and RIGHT.fullmatch(w))
    words = [word for word in words if clean_thai(word) == word and not needs_words(word)]
    with (SHARED / "registry" / "lao.csv").open(encoding="utf-8", newline="") as file:
        agencies = [row["type_th"] + row["name_th"] for row in csv.DictReader(file)]

    def piece() -> str:
        kind = rng.random()
        if kind < 0.2:
            return rng.choice(agencies)
        if kind < 0.3:
            return f"{rng.randint(1, 31)} ม.ค. {rng.randint(2550, 2570)} เวลา 10.00 น."
        if kind < 0.4:
            return f"{rng.randint(1, 999)},{rng.randint(0, 999):03d}.50 บาท ฯลฯ ต่าง ๆ ITA"
        return "".join(rng.choices(words, k=rng.randint(1, 5)))

    return [" ".join(piece() for _ in range(rng.randint(3, 8))) for _ in range(SENTENCES)]


def real_strings() -> None:
    """Print how many of the real damaged strings come back right, by kind."""
    with (SHARED / "damaged_thai.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    all_of = Counter(row["kind"] for row in rows)
    right = Counter(r["kind"] for r in rows if clean_thai(r["damaged"]) == r["correct"])
    for kind, count in all_of.items():
        print(f"real  {kind:20} {right[kind]:4} of {count:4}")
    print(f"real  {'all':20} {right.total():4} of {all_of.total():4}")


def made_sentences(rng: random.Random) -> None:
    """Print of each damage how many words changed, and how many of these are right."""
    clean = sentences(rng)
    for damage in DAMAGES:
        pairs = [(one, damage(one, rng)) for one in clean]
        pairs = [(one, bad) for one, bad in pairs if one != bad]
        mended = [clean_thai(bad) for _, bad in pairs]
        document = clean_document("\n".join(bad for _, bad in pairs)).split("\n")
        alone, together = (
            sum(one == new for (one, _), new in zip(pairs, news, strict=True))
            for news in (mended, document)
        )
        print(
            f"made  {damage.__name__:20} {len(pairs):4} sentences, exactly right {alone:4} alone, "
            f"{together:4} as one document"
        )
    print(f"right sentences, {len(clean)}: {sum(clean_thai(one) != one for one in clean)} changed")
    whole = clean_document("\n".join(clean)).split("\n")
    print(f"right document: {sum(a != b for a, b in zip(whole, clean, strict=True))} lines changed")


def right_words() -> None:
    """Print how many words and names change that are right."""
    lists = {
        "words": thai_words(),
        "syllables": thai_syllables(),
        "names": thai_family_names() | thai_female_names() | thai_male_names(),
    }
    for file in ("lao.csv", "geography.csv"):
        with (SHARED / "registry" / file).open(encoding="utf-8", newline="") as rows:
            lists[file] = {value for row in csv.DictReader(rows) for value in row.values()}
    for name, words in lists.items():
        changed = sorted(word for word in words if clean_thai(word) != word)
        print(f"right {name:20} {len(changed):4} of {len(words):6} changed {changed[:8]}")


def speed(rng: random.Random) -> None:
    """Print seconds for a megabyte, clean and damaged, and microseconds for a cell."""
    clean = sentences(rng)
    start = time.perf_counter()
    for one in clean:
        clean_thai(one)
    print(f"speed {(time.perf_counter() - start) / len(clean) * 1e6:.1f} us for a clean sentence")
    text = "\n".join(clean)
    text = "\n".join([text] * (1_000_000 // len(text.encode()) + 1))
    for name, one in (("clean", text), ("damaged", moved(lost_am(text, rng), rng))):
        start = time.perf_counter()
        clean_thai(one)
        size = len(one.encode()) / 1e6
        print(f"speed {time.perf_counter() - start:.1f} s for {size:.1f} MB of {name} text")


def main() -> None:
    """Print all of it."""
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTED_SEED)
    real_strings()
    made_sentences(rng)
    right_words()
    speed(rng)


if __name__ == "__main__":
    main()
