"""Commas that were read as points, between groups of three digits, and points read as commas.

Commas with decimals behind them are mended, and points behind the numbers of paragraphs. A lone
group may be decimals itself: beside amounts with a comma there its point is not sure, unless it is
higher than points are and ends below the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf
from statistics import median

from extract.scan.engine import Cluster, Grey
from extract.scan.heights import height, tail
from extract.thai import ARABIC_DIGITS, THAI_DIGITS
from extract.unsure import doubted, guessed

_DIGIT = f"[{ARABIC_DIGITS}{THAI_DIGITS}]"
# An amount. Two points are in no number, and dates and numbers of sections have no such groups.
_AMOUNT = re.compile(
    rf"(?<![.,\w]){_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{3}})+(?=[.]{_DIGIT}{{2}}(?![.,\w]))"
)
# Whole amounts of thousands, and a number that is one if its point is a comma.
_THOUSANDS = re.compile(rf"(?<![.,\w]){_DIGIT}{{1,3}},{_DIGIT}{{3}}(?![.,\w])")
_THOUSANDTHS = re.compile(rf"(?<![.,\w]){_DIGIT}{{1,3}}[.]{_DIGIT}{{3}}(?![.,\w])")
# The point of a number with two decimals, as nearly all that have decimals.
_DECIMALS = re.compile(rf"(?<={_DIGIT})[.](?={_DIGIT}{{2}}(?![.,\w]))")
# What numbers a paragraph, and the sign behind it.
_ORDINAL = re.compile(rf"\s*{_DIGIT}{{1,2}}([.,])(?=\s?[^\W\d_])")
# A comma is so many times as high (in em) as the points of its page, of which there must be so
# many, and ends so much (em) lower than the digits beside it. Of 3,008 points of two development
# sets one is so, and of 1,473 commas 1,452 are; see docs/scans.md.
HIGHER, MIN_POINTS, TAIL = 1.7, 3, 0.035


def with_points(lines: Sequence[Sequence[Cluster]]) -> list[list[Cluster]]:
    """Return the lines of a page with points behind the numbers of their paragraphs.

    Where at least as many lines of the page have a point there, a comma is one too.
    """
    made = [list(line) for line in lines]
    found = [_ORDINAL.match(_signs(line)) for line in lines]
    signs = [one[1] for one in found if one]
    if signs.count(".") >= max(1, signs.count(",")):
        for line, one in zip(made, found, strict=True):
            if one:
                line[one.start(1)] = line[one.start(1)]._replace(text=".")
    return made


def with_commas(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the clusters of a line with commas in its amounts; in small type they look alike."""
    made = list(clusters)
    signs = _signs(clusters)
    for amount in _AMOUNT.finditer(signs):
        for n in range(*amount.span()):
            if signs[n] == ".":
                made[n] = made[n]._replace(text=",")
    return made


def with_doubts(
    pictures: Sequence[Grey], lines: Sequence[Sequence[Cluster]], ems: Sequence[float]
) -> list[list[Cluster]]:
    """Return the lines of a page with numbers in doubt whose point may be a comma.

    They have three decimals where other numbers of the page have a comma before three digits. What
    looks like a comma beside the points of the page is one. ``pictures`` are those of the lines,
    ``ems`` their type sizes in pixels.
    """
    signs = [_signs(line) for line in lines]
    made = [list(line) for line in lines]
    if not any(_THOUSANDS.search(one) for one in signs):
        return made
    points = [
        high / em
        for picture, line, one, em in zip(pictures, lines, signs, ems, strict=True)
        for decimals in _DECIMALS.finditer(one)
        if (high := height(picture, line[decimals.start()]))  # one in pieces tells nothing
    ]
    least = HIGHER * median(points) if len(points) >= MIN_POINTS else inf
    for picture, clusters, one, em in zip(pictures, made, signs, ems, strict=True):
        for number in _THOUSANDTHS.finditer(one):
            point = one.index(".", number.start())
            is_high = height(picture, clusters[point]) >= least * em
            is_comma = is_high and tail(picture, clusters, point) >= TAIL * em
            clusters[point] = clusters[point]._replace(text="," if is_comma else doubted("."))
    return made


def _signs(clusters: Sequence[Cluster]) -> str:
    """Return a character for each cluster, an underscore for one of several characters."""
    return "".join(one if len(one := guessed(c.text)) == 1 else "_" for c in clusters)
