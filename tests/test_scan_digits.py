"""The second reader of digits: the digits it tells apart, and what its word does to a reading."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.scan.digits import DIGITS, WEIGHTS, Digits, Witness, seconded
from extract.scan.engine import Cluster, EngineError, Grey, Reading
from extract.scan.glyph_cuts import cut
from extract.scan.heights import with_thai_zeros
from extract.scan.witnessed import SURE
from extract.thai import ARABIC_DIGITS as ARABIC
from extract.thai import THAI_DIGITS as THAI

# Worn lines of made-up numbers in fonts that were not trained on; training/digits_fixture.py.
FOLDER = Path(__file__).parent / "data/scan"
ONE_THAI, THREE_THAI = THAI[1], THAI[3]


def drawn() -> Iterator[tuple[Grey, Reading]]:
    """Lines, and what stands on them."""
    page = cv2.imread(str(FOLDER / "numbers.png"), cv2.IMREAD_GRAYSCALE)
    assert page is not None
    with (FOLDER / "numbers.csv").open(encoding="utf-8", newline="") as file:
        for _, rows in groupby(csv.DictReader(file), key=lambda row: row["top"]):
            line = list(rows)
            top, bottom, width = (int(line[0][name]) for name in ("top", "bottom", "width"))
            clusters = tuple(
                Cluster(row["text"], float(row["x0"]), float(row["x1"]), 0.97) for row in line
            )
            yield np.ascontiguousarray(page[top:bottom, :width], np.uint8), Reading(clusters)


LINES, READINGS = (list(part) for part in zip(*drawn(), strict=True))


@pytest.fixture(scope="module")
def digits() -> Digits:
    return Digits()


def replaced(reading: Reading, change: dict[str, str]) -> Reading:
    """A reading with some of its texts read as others."""
    return Reading(
        tuple(one._replace(text=change.get(one.text, one.text)) for one in reading.clusters)
    )


def test_reads_all_twenty_digits_in_fonts_it_has_not_seen(digits: Digits) -> None:
    seen = set()
    for reading, witnesses in zip(READINGS, digits.witnesses(LINES, READINGS), strict=True):
        told = {witness.cluster: witness.text for witness in witnesses}
        for n, cluster in enumerate(reading.clusters):
            if cluster.text in DIGITS:
                assert told[n] == cluster.text, (reading.text, n)
                seen.add(cluster.text)
    assert seen == set(DIGITS)


@pytest.mark.parametrize(
    ("is_", "read"),
    [
        *((THAI[0], other) for other in ("0", THAI[5])),
        *((ONE_THAI, THAI[n]) for n in (3, 5, 9)),
        *((THAI[n], ARABIC[n]) for n in range(10)),
        *((THAI[n], THAI[m]) for n, m in ((7, 2), (8, 5), (6, 0), (4, 5), (9, 3))),
        *((ARABIC[n], ARABIC[m]) for n, m in ((8, 3), (6, 5), (1, 7), (3, 8))),
    ],
)
def test_contradicts_a_line_reader_that_errs(digits: Digits, is_: str, read: str) -> None:
    """The line reader is sure of the wrong digit, as Tesseract is; the digit becomes doubtful."""
    wrong = [replaced(reading, {is_: read}) for reading in READINGS]
    looked_at = 0
    for reading, truth, found in zip(wrong, READINGS, digits.witnesses(LINES, wrong), strict=True):
        for n, cluster in enumerate(seconded(reading, found).clusters):
            if truth.clusters[n].text == is_:
                assert cluster.confidence < 0.5
                looked_at += 1
    assert looked_at


def test_tells_a_thai_zero_from_the_letter_beside_digits(digits: Digits) -> None:
    # O10 and Thai 010 stand on one line: the letter is as high as the digits, the zero is not.
    for line, reading in zip(LINES, READINGS, strict=True):
        letters = [n for n, one in enumerate(reading.clusters) if one.text == "O"]
        zeros = [n for n, one in enumerate(reading.clusters) if one.text == THAI[0]]
        if letters and zeros:
            told = {w.cluster: w.text for w in digits.witnesses([line], [reading])[0]}
            assert all(told[n] == THAI[0] for n in zeros)
            assert not any(told[n] == THAI[0] for n in letters)


def test_letter_as_high_as_the_low_thai_digit_behind_it_is_a_zero() -> None:
    letters = zeros = 0
    for line, truth in zip(LINES, READINGS, strict=True):
        read = replaced(truth, {THAI[0]: "O"}).clusters
        made = with_thai_zeros(line, read)
        before_digit = [n for n, one in enumerate(read[1:]) if one.text in THAI]
        spaced = [two for one in read for two in (one, Cluster(" ", one.x1, one.x1, 0.9))]
        assert with_thai_zeros(line, spaced)[::2] == made
        assert [made[n].text for n in before_digit] == [
            truth.clusters[n].text for n in before_digit
        ]
        assert all(made[n] == one for n, one in enumerate(read) if n not in before_digit)
        letters += sum(made[n].text == "O" for n in before_digit)
        zeros += sum(made[n].text == THAI[0] for n in before_digit)
    assert letters
    assert zeros


def test_agreement_makes_surer_and_contradiction_doubtful() -> None:
    reading = Reading(tuple(Cluster(text, n, n + 1.0, 0.97) for n, text in enumerate("12345ก")))
    found = [
        *(Witness(0, "1", 0.99, 0.99), Witness(1, "7", 0.99, 0.001)),
        *(Witness(2, "3", 0.5, 0.5), Witness(3, "5", 0.5, 0.4)),
    ]
    agreed, differs, undecided, other, alone, letter = (
        cluster.confidence for cluster in seconded(reading, found).clusters
    )
    assert agreed > 0.999
    assert differs < 0.1
    assert undecided == pytest.approx(0.97)
    assert other == 0.4  # the second reader would rather have another
    assert alone == 0.4  # no glyph was found there
    assert letter == 0.97  # no digit


@pytest.mark.parametrize(
    ("text", "sure", "become"),
    [
        ("/016", 0.6, "/o16"),
        ("016", 0.6, "o16"),
        ("/016", 0.95, "/016"),  # the line reader is sure
        ("106", 0.6, "106"),
        ("5.06", 0.6, "5.06"),
        ("/0.6", 0.6, "/0.6"),
    ],
)
def test_zero_that_begins_a_code_is_the_letter_that_the_second_reader_sees(
    text: str, sure: float, become: str
) -> None:
    zero = text.index("0")
    reading = Reading(
        tuple(Cluster(one, n, n + 1.0, sure if n == zero else 0.99) for n, one in enumerate(text))
    )
    made = seconded(reading, [Witness(zero, "o", 0.94, 0.001)])
    assert made.text == become
    assert (made.clusters[zero].confidence > SURE) is (become != text)


def test_no_agreement_is_certain() -> None:
    reading = Reading((Cluster("1", 0, 1, 1.0),))
    assert seconded(reading, [Witness(0, "1", 1.0, 1.0)]).clusters[0].confidence < 1


def test_touching_digits_are_cut_apart(digits: Digits) -> None:
    line, reading = LINES[1], READINGS[1]
    joined = line.copy()
    middle = len(joined) // 2
    first, last = reading.clusters[2], reading.clusters[4]
    joined[middle : middle + 2, int(first.x0) + 4 : int(last.x1) - 4] = joined.min()
    told = {one.cluster: one.text for one in digits.witnesses([joined], [reading])[0]}
    assert len(told) == len(reading.clusters)
    assert told[0] + told[1] + told[5] + told[9] == "0159"


@pytest.mark.parametrize("paper", [255, 200, 0])
def test_no_ink_is_no_witness(digits: Digits, paper: int) -> None:
    empty = np.full((20, 60), paper, np.uint8)
    reading = Reading((Cluster("1", 10, 20, 0.99),))
    assert digits.witnesses([empty], [reading]) == [[]]
    assert digits.witnesses([np.zeros((0, 0), np.uint8)], [reading]) == [[]]
    assert digits.witnesses([empty], [Reading(())]) == [[]]


def test_places_outside_the_line_are_no_error() -> None:
    line, reading = LINES[0], READINGS[0]
    away = [Cluster("1", x, x + 10.0, 1.0) for x in (-50.0, 0.0, 5000.0)]
    assert cut(line, away, range(len(away))).glyphs.shape[1:] == (2, 28, 28)
    same = [one._replace(x0=20.0, x1=20.0) for one in reading.clusters]
    assert cut(line, same, range(len(same))).glyphs.shape[1:] == (2, 28, 28)


def test_weights_that_are_missing_are_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"weights\.onnx .*install Prongsai again"):
        Digits(tmp_path / "weights.onnx")


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("beside", "is_surer"), [("digits", True), ("none", False), ("brackets", True)]
)
def test_what_stands_beside_digits_is_no_letter(
    digits: Digits, monkeypatch: pytest.MonkeyPatch, beside: str, is_surer: bool
) -> None:
    """A glyph that looks like O more than like 0 is 0 in a number, or the number of a paragraph."""
    classes = digits._classes

    def shares(glyphs: Grey) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        made = np.zeros((len(glyphs), len(classes)), np.float32)
        for text, share in (("O", 0.7), ("0", 0.2), (THREE_THAI, 0.1)):
            made[:, classes.index(text)] = share
        return made

    monkeypatch.setattr(digits, "_shares", shares)
    line, reading = next(pair for pair in zip(LINES, READINGS, strict=True) if "0" in pair[1].text)
    places = [n for n, cluster in enumerate(reading.clusters) if cluster.text == "0"]
    if beside != "digits":
        around = {-1: "(", 1: ")"} if beside == "brackets" else {}
        reading = Reading(
            tuple(
                cluster if n in places else cluster._replace(text=around.get(n - places[0], "-"))
                for n, cluster in enumerate(reading.clusters)
            )
        )
    (found,) = digits.witnesses([line], [reading])
    (place, *_) = places
    (witness,) = [one for one in found if one.cluster == place]
    assert witness.text == ("0" if is_surer else "O")
    assert (witness.support > 0.9) is is_surer


@pytest.mark.parametrize(
    ("form", "listed", "told"),
    [("()", "(2) a", "1"), ("()", "(a) 2", "I"), (" .", "2. a", "1"), (" .", "2.50", "I")],
)
def test_first_number_of_a_list_that_goes_on_in_digits_is_no_roman_one(
    digits: Digits, monkeypatch: pytest.MonkeyPatch, form: str, listed: str, told: str
) -> None:
    classes = digits._classes

    def shares(glyphs: Grey) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        made = np.zeros((len(glyphs), len(classes)), np.float32)
        made[:, classes.index("I")], made[:, classes.index("1")] = 0.6, 0.3
        return made

    monkeypatch.setattr(digits, "_shares", shares)
    line, reading = next(pair for pair in zip(LINES, READINGS, strict=True) if "1" in pair[1].text)
    place = reading.text.index("1")
    around = {place - 1: form[0], place: "1", place + 1: form[1]}
    first = Reading(
        tuple(one._replace(text=around.get(n, "-")) for n, one in enumerate(reading.clusters))
    )
    other = Reading(tuple(Cluster(one, 0, 0, 0.99) for one in listed))
    witnesses = digits.witnesses([line, np.zeros((0, 0), np.uint8)], [first, other])[0]
    assert [witness.text for witness in witnesses] == [told]


def test_number_read_in_the_other_digits_stays_doubtful(digits: Digits) -> None:
    """The line reader takes all digits of a number for Arabic ones, or for Thai ones."""
    others = dict(zip(THAI + ARABIC, ARABIC + THAI, strict=True))
    wrong = [replaced(reading, others) for reading in READINGS]
    told = [
        cluster.confidence
        for reading, found in zip(wrong, digits.witnesses(LINES, wrong), strict=True)
        for cluster in seconded(reading, found).clusters
        if cluster.text in DIGITS
    ]
    assert np.mean(np.array(told) < SURE) > 0.99
