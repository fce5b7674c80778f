"""First numbers of lists: "(1)" or "1)", of which a reader of lines takes two signs for one letter.

A one and the bracket behind it look like a D in narrow fonts. The brackets of the other numbers on
the page tell what its brackets look like, and so where those of the first number are. A Thai one
that two tones have filled looks like a bullet; no bullet has a point behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extract.pdf.arrays import Floats
from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.lines import PALE_INK
from extract.thai import ARABIC_DIGITS, THAI_DIGITS

FIRST, OTHERS = ARABIC_DIGITS[1], ARABIC_DIGITS[2:]
# The first in Thai digits, and how lines begin with it, filled, and with others: the comma may be a
# point that was misread.
THAI_FIRST = THAI_DIGITS[1]
FILLED, THAI_OTHERS = re.compile("●[.,]"), re.compile(f"[{THAI_DIGITS[2:]}][.,]")
# What stands before and behind the number.
FORMS = ("(", ")"), ("", ")")
# A number that is less sure tells nothing about brackets; those that look like its own are as sure.
SURE = 0.9
# Brackets of a page differ in height by no more than this share and, drawn in so many columns and
# rows, agree so well (1 is in full). On two development pages those of first numbers agree by 0.85
# or more, and what else is as high by 0.66 or less.
ALIKE, AGREE, DRAWN = 0.15, 0.8, (8, 24)
# What is lower than this share of the line is no digit and no bracket.
SPECK = 0.2
# Of the digit only the place is known, until the reader of digits has looked at it.
UNKNOWN = 0.5


class _Sign(NamedTuple):
    """The ink between two gaps in a line, from ``start`` to ``end``, and what it looks like."""

    start: int
    end: int
    height: int
    drawn: Floats


def with_first_numbers(lines: Sequence[Grey], readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of a page with a first number where brackets stand as in its lists.

    Those that may have none are the same objects. A letter may stand there as well: the reader of
    digits has to settle it.
    """
    made = list(readings)
    for before, behind in FORMS:
        digits = [_digit(reading, before, behind) for reading in readings]
        brackets = [
            _without_digit(signs, before)
            for line, digit in zip(lines, digits, strict=True)
            if digit and digit.text in OTHERS and digit.confidence >= SURE
            if (signs := _signs(line, len(before) + 2))
        ]
        if not brackets:
            continue
        for n, line in enumerate(lines):
            signs = [] if digits[n] else _signs(line, len(before) + 2)
            own = _without_digit(signs, before)
            if signs and any(all(map(_agree, own, others)) for others in brackets):
                made[n] = _numbered(readings[n], f"{before}{FIRST}{behind}", signs)
    begins = ["".join(cluster.text for cluster in reading.clusters[:2]) for reading in readings]
    for n, begin in enumerate(begins if any(map(THAI_OTHERS.fullmatch, begins)) else ()):
        if FILLED.fullmatch(begin):
            bullet, *rest = readings[n].clusters
            first = bullet._replace(text=THAI_FIRST, confidence=UNKNOWN)
            made[n] = Reading((first, *rest))
    return made


def _digit(reading: Reading, before: str, behind: str) -> Cluster | None:
    """Return the digit that a line begins with, between these signs."""
    clusters = reading.clusters[: len(before) + 2]
    texts = [cluster.text for cluster in clusters]
    is_number = len(texts) == len(before) + 2 and "".join(texts[: len(before)]) == before
    is_number = is_number and texts[-1] == behind and texts[-2] in ARABIC_DIGITS
    return clusters[-2] if is_number else None


def _signs(line: Grey, count: int) -> list[_Sign]:
    """Return the first signs of a line, without specks; none where it has fewer."""
    ink = line < PALE_INK
    edges = np.flatnonzero(np.diff(ink.any(axis=0), prepend=False, append=False))
    found = []
    for start, end in edges.reshape(-1, 2).tolist():
        rows = np.flatnonzero(ink[:, start:end].any(axis=1))
        own = 255 - line[rows[0] : rows[-1] + 1, start:end]
        if len(own) < SPECK * len(line):
            continue
        drawn = np.asarray(cv2.resize(own, DRAWN, interpolation=cv2.INTER_AREA), np.float64)
        found.append(_Sign(start, end, len(own), drawn / np.linalg.norm(drawn)))
        if len(found) == count:
            return found
    return []


def _without_digit(signs: Sequence[_Sign], before: str) -> list[_Sign]:
    return [sign for n, sign in enumerate(signs) if n != len(before)]


def _agree(one: _Sign, other: _Sign) -> bool:
    is_as_high = abs(one.height - other.height) <= ALIKE * other.height
    return is_as_high and float((one.drawn * other.drawn).sum()) >= AGREE


def _numbered(reading: Reading, number: str, signs: Sequence[_Sign]) -> Reading:
    """Put a number in the place of what was read where its signs are."""
    own = (
        Cluster(text, float(sign.start), float(sign.end), UNKNOWN if text == FIRST else SURE)
        for text, sign in zip(number, signs, strict=True)
    )
    # The places of an engine are rough: what has its middle in the bracket's half is part of it.
    end = 1.5 * signs[-1].end - 0.5 * signs[-1].start
    return Reading((*own, *(one for one in reading.clusters if one.x0 + one.x1 > 2 * end)))
