"""First numbers of lists, "(1)", that a reader of lines takes for letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from test_scan_digits import LINES, READINGS

from extract.scan.digits import Digits
from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.witnessed import SURE, Witnessed
from extract.thai import THAI_DIGITS

# A line of the fixture that holds a number between brackets.
NUMBERED = next(n for n, reading in enumerate(READINGS) if "(" in reading.text)
GAP = 3
ONE, TWO = THAI_DIGITS[1:3]


class Told:
    """An engine that reads what it is told."""

    name = "told"

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = list(readings)

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        assert len(lines) == len(self._readings)
        return self._readings


def drawn(text: str) -> tuple[Grey, list[Cluster]]:
    """Return a line of signs of the fixture's one, and where each stands."""
    line, reading = LINES[NUMBERED], READINGS[NUMBERED]
    parts: list[Grey] = []
    clusters: list[Cluster] = []
    end = 0
    for sign in text:
        own = next(one for one in reading.clusters if one.text == sign)
        cut = line[:, int(own.x0) : int(own.x1) + 1]
        ink = np.flatnonzero((cut < 205).any(axis=0))
        cut = cut[:, ink[0] : ink[-1] + 1]
        parts += [np.full((len(line), GAP), 255, np.uint8), cut]
        clusters.append(Cluster(sign, end + GAP, end + GAP + cut.shape[1], 0.97))
        end += GAP + cut.shape[1]
    return np.ascontiguousarray(np.hstack(parts), np.uint8), clusters


def read(digits: Digits, *pairs: tuple[str, str]) -> list[Reading]:
    """Read lines of these signs, of which the engine reads the others, each as wide as two."""
    lines, told = [], []
    for text, as_read in pairs:
        line, places = drawn(text)
        lines.append(line)
        width = line.shape[1] / max(len(as_read), 1)
        told.append(
            Reading(tuple(places))
            if as_read == text
            else Reading(
                tuple(Cluster(s, n * width, (n + 1) * width, 0.9) for n, s in enumerate(as_read))
            )
        )
    return Witnessed(Told(told), digits).read(lines)


@pytest.fixture(scope="module")
def digits() -> Digits:
    return Digits()


@pytest.mark.parametrize("as_read", ["(D", "()", "D", "1D"])
def test_first_number_whose_signs_are_read_as_others_is_found(digits: Digits, as_read: str) -> None:
    first, other = read(digits, ("(1)", as_read), ("(3)", "(3)"))
    assert (first.text, other.text) == ("(1)", "(3)")
    assert first.clusters[1].confidence > SURE


def test_what_stands_behind_a_first_number_stays(digits: Digits) -> None:
    first, _ = read(digits, ("(1)93", "(D93"), ("(3)", "(3)"))
    assert first.text == "(1)93"


@pytest.mark.parametrize(
    ("text", "as_read", "other"),
    [
        ("(ล)", "(a)", "(3)"),  # the reader of digits sees no one
        ("(9)", "(D", "(3)"),  # nor here
        ("(1)", "(D", "(ล)"),  # nothing else on the page is numbered so
        ("513", "(D", "(3)"),  # other signs
        ("(1)", "(D", "3"),
    ],
)
def test_other_signs_are_kept_as_read(digits: Digits, text: str, as_read: str, other: str) -> None:
    kept, _ = read(digits, (text, as_read), (other, other))
    assert kept.text == as_read


@pytest.mark.parametrize(
    ("first", "other", "is_number"),
    [
        ("●.", TWO + ".", True),
        ("●,", TWO + ".", True),
        ("● ", TWO + ".", False),
        ("●.", "2.", False),
    ],
)
def test_bullet_with_a_point_is_a_thai_one_where_a_list_goes_on_so(
    digits: Digits, first: str, other: str, is_number: bool
) -> None:
    """In two tones the loops of the digit are filled; its point may be misread as a comma."""
    line, place = next(
        (line, one)
        for line, reading in zip(LINES, READINGS, strict=True)
        for one in reading.clusters[:1]
        if one.text == ONE
    )
    told = Reading((place._replace(text=first[0]), Cluster(first[1], place.x1, place.x1 + 3, 0.97)))
    page, places = drawn("93")
    others = Reading(
        tuple(one._replace(text=text) for one, text in zip(places, other, strict=True))
    )
    read, _ = Witnessed(Told([told, others]), digits).read([line, page])
    assert read.text == ((ONE if is_number else first[0]) + first[1])
    assert read.clusters[0].confidence > SURE or not is_number


def test_readings_are_kept_where_a_line_is_blank(digits: Digits) -> None:
    line, places = drawn("(3)")
    blank = np.full_like(line, 255)
    told = [Reading(tuple(places)), Reading(())]
    assert [one.text for one in Witnessed(Told(told), digits).read([line, blank])] == ["(3)", ""]
