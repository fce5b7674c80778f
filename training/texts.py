"""Texts of lines to train on: words, names, numbers of all shapes, and lines without any sense.

Whatever is read has to be read from its ink, so a good part of the lines follows no language:
clusters, letters and digits at random. No line is taken from a report.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from pythainlp.corpus import thai_words

from extract.scan.alphabet import Alphabet
from extract.thai import ARABIC_DIGITS, THAI_DIGITS, convert_digits

ROOT = Path(__file__).resolve().parent.parent
# Columns of the project's own facts that are printed in reports.
_NAMES = (
    ("normalize/data/agencies.csv", ("agency_name", "district", "province")),
    ("normalize/data/items.csv", ("name",)),
    ("normalize/data/indicators.csv", ("name",)),
    ("normalize/data/sub_indicators.csv", ("name",)),
    ("normalize/data/agency_types.csv", ("form",)),
    ("normalize/data/provinces.csv", ("province", "province_en", "abbreviation")),
    ("normalize/data/months.csv", ("form",)),
    ("normalize/data/enums.csv", ("title_en", "title_th")),
    ("normalize/data/fields.csv", ("title_en", "title_th")),
    ("extract/data/thai_terms.csv", ("word",)),
    ("extract/data/thai_places.csv", ("word",)),
)
# Letters that no word of today has.
_OBSOLETE = "\u0e03\u0e05"
_LEADING = "\u0e40\u0e41\u0e42\u0e43\u0e44"
_FOLLOWING = "\u0e30\u0e32\u0e33"
_CONSONANTS = "".join(chr(code) for code in range(0x0E01, 0x0E2F))
_VOWELS, _TONES = (
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47",
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c",
)
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# What only its neighbours tell apart; among characters at random nothing does.
_ZEROS = "0๐Oo○"
_LONGEST = 120
_NOTES = (*range(1, 10), *range(1, 4), *range(1, 13))


@cache
def words() -> tuple[str, ...]:
    """Return the Thai words of pythainlp's list that are one word."""
    return tuple(sorted(word for word in thai_words() if " " not in word))


@cache
def names() -> tuple[str, ...]:
    """Return the names and titles of the project's own tables."""
    found: set[str] = set()
    for name, columns in _NAMES:
        with (ROOT / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.update(row[column].strip() for column in columns)
    return tuple(sorted(found - {""}))


@cache
def fragments(kind: str) -> tuple[str, ...]:
    """Return the pieces of one kind of ``training/data/fragments.csv``."""
    with (ROOT / "training/data/fragments.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file) if row["kind"] == kind)


def number(rng: Random) -> str:
    """Return a number in one of the shapes that reports print, in either digits."""
    return in_either_digits(rng, rng.choice(_NUMBERS)(rng))


def in_either_digits(rng: Random, text: str) -> str:
    """Return a text with its digits as they are, or Thai."""
    return convert_digits(text, "thai") if rng.random() < 0.5 else text


def digits(rng: Random, most: int = 12) -> str:
    """Return digits at random, of one system or now and then of both, zeros apart then."""
    systems = ARABIC_DIGITS, THAI_DIGITS
    which = "".join(d[1:] for d in systems) if rng.random() < 0.08 else rng.choice(systems)
    return "".join(rng.choice(which) for _ in range(rng.randint(1, most)))


def cluster(rng: Random) -> str:
    """Return a consonant at random with marks that it may bear, and a vowel beside it at times."""
    consonant = rng.choice(_CONSONANTS)
    if consonant in _OBSOLETE:
        consonant = rng.choice(_CONSONANTS)
    lead = rng.choice(_LEADING) if rng.random() < 0.15 else ""
    vowel = rng.choice(_VOWELS) if rng.random() < 0.35 else ""
    tone = rng.choice(_TONES) if rng.random() < 0.3 else ""
    follow = rng.choice(_FOLLOWING) if not vowel and rng.random() < 0.25 else ""
    return lead + consonant + vowel + tone + follow


def _score(rng: Random) -> str:
    return f"{rng.choice((100, 10, 1, 100)) * rng.random():.{rng.choice((0, 1, 2, 2, 2, 3))}f}"


def _amount(rng: Random) -> str:
    return f"{10 ** rng.uniform(1, 9):,.{rng.choice((0, 2))}f}"


def _date(rng: Random) -> str:
    day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(2550, 2570)
    if rng.random() < 0.5:
        return f"{day} {rng.choice(_months())} {year}"
    return f"{day:02}/{month:02}/{rng.choice((year, year % 100, year - 543))}"


@cache
def _months() -> tuple[str, ...]:
    with (ROOT / "normalize/data/months.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["form"] for row in csv.DictReader(file))


def _phone(rng: Random) -> str:
    form = rng.choice(("0-####-####", "0##-###-####", "0####-####", "0 #### ####", "0########"))
    return re.sub("#", lambda _: str(rng.randrange(10)), form)


def _code(rng: Random) -> str:
    form = rng.choice(("O#", "O##", "O##", "o##", "0##", "O##-O##", "O # #", "I##", "E##"))
    return re.sub("#", lambda _: str(rng.randrange(10)), form)


def _reference(rng: Random) -> str:
    place = ".".join(str(rng.randint(1, 20)) for _ in range(rng.randint(1, 3)))
    return f"{rng.choice(fragments('before'))}{rng.choice(('', ' '))}{place}"


def _ratio(rng: Random) -> str:
    signs = rng.choice(
        ("{}/{}", "{}:{}", "{}-{}", "{} - {}", "{} – {}", "({}/{})", "{} x {}", "{}.{}")
    )
    return signs.format(rng.randint(0, 400), rng.randint(1, 400))


def _share(rng: Random) -> str:
    return rng.choice(("{} %", "{}%", "({}%)", "= {}", "< {}", ">{}", "+{}", "-{}")).format(
        _score(rng)
    )


def _year(rng: Random) -> str:
    return rng.choice(fragments("year")) + rng.choice(("", " ")) + str(rng.randint(2480, 2580))


def _listed(rng: Random) -> str:
    return rng.choice(("{}", "{}.", "{})", "({})", "{}.{}", "{}.{}.{}", "{} ,{}")).format(
        *(rng.randint(1, 60) for _ in range(3))
    )


_NUMBERS: tuple[Callable[[Random], str], ...] = (
    *(_score, _score, _score, _amount, _amount, _date, _date, _phone, _code, _code),
    *(_reference, _reference, _ratio, _share, _year, _listed, _listed, digits, digits),
)


def _phrase(rng: Random) -> str:
    gap = rng.choice(("", "", " "))
    return gap.join(rng.choice(words()) for _ in range(rng.randint(1, 9)))


def _name(rng: Random) -> str:
    return rng.choice(names())


def _english(rng: Random) -> str:
    if rng.random() < 0.3:
        name = "".join(rng.choice(_LATIN[26:]) for _ in range(rng.randint(3, 12)))
        tail = rng.choice(("", "/", f"/{digits(rng, 4)}", "/index.php?id=", "/web-page_1"))
        return rng.choice(fragments("host")) + name + rng.choice(fragments("domain")) + tail
    text = " ".join(rng.choice(fragments("english")) for _ in range(rng.randint(1, 3)))
    return rng.choice((text, text, text.upper(), text.lower()))


def _nonsense(rng: Random) -> str:
    return "".join(
        cluster(rng) + (" " if rng.random() < 0.08 else "") for _ in range(rng.randint(1, 20))
    )


def _letters(rng: Random) -> str:
    word = "".join(rng.choice(_LATIN) for _ in range(rng.randint(2, 12)))
    return rng.choice((word, word.lower(), word.upper(), word + digits(rng, 4)))


def _characters(rng: Random) -> str:
    """Characters of the alphabet at random, but no zeros and what looks like them.

    A mark wants a consonant, so it has none.
    """
    return "".join(rng.choice(_spaced()) for _ in range(rng.randint(1, 16)))


@cache
def _spaced() -> tuple[str, ...]:
    return tuple(base for base in Alphabet.load().bases if base not in _ZEROS)


def _short(rng: Random) -> str:
    pick = rng.random()
    if pick < 0.4:
        return rng.choice(fragments("short"))
    if pick < 0.7:
        return digits(rng, 2)
    return rng.choice((cluster, cluster, lambda r: r.choice(words())))(rng)


def _mixed(rng: Random) -> str:
    parts = [rng.choice((_phrase, _name, number, _english, _nonsense))(rng) for _ in range(2)]
    quotes = rng.choice(
        (("", ""), ("(", ")"), ('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("[", "]"))
    )
    parts[1] = quotes[0] + parts[1] + quotes[1]
    if rng.random() < 0.3:
        parts.insert(0, rng.choice(fragments("bullet")))
    if rng.random() < 0.3:
        parts.append(rng.choice(fragments("after")))
    if rng.random() < 0.1:
        parts.append("." * rng.randint(3, 20))
    return rng.choice((" ", " ", " ", "", ", ", " : ", "/", "; ")).join(parts)


def noted(rng: Random) -> str:
    """Return words with the number of a note behind them, and at times with more behind that."""
    text = "".join(rng.choice(words()) for _ in range(rng.randint(1, 3)))
    text = rng.choice((text, text, _name(rng))) + in_either_digits(rng, str(rng.choice(_NOTES)))
    return text + (" " + _phrase(rng) if rng.random() < 0.3 else "")


_KINDS: tuple[tuple[Callable[[Random], str], float], ...] = (
    (_phrase, 0.12),
    (noted, 0.05),
    (_name, 0.10),
    (number, 0.26),
    (_nonsense, 0.14),
    (_mixed, 0.11),
    (_short, 0.11),
    (_characters, 0.04),
    (_letters, 0.03),
    (_english, 0.06),
)


def line(rng: Random, longest: int = _LONGEST) -> str:
    """Return the text of a line of up to so many characters, all of them in the alphabet."""
    makers, weights = zip(*_KINDS, strict=True)
    while True:
        text = rng.choices(makers, weights)[0](rng)
        text = " ".join(text.split())[:longest].strip()
        if text and Alphabet.load().can_write(text):
            return text
