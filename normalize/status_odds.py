"""A second reading of a remark: what its pieces weigh for each status, in log-odds.

Pieces are runs of characters and orders of word classes. Their weights were learned from labelled
remarks (``data/status_weights.csv``); ``data/status_evidence.csv`` says how much a first reading
by the rules counts beside them. ``python -m training.statuses`` makes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from normalize.datafiles import read_rows
from normalize.remark_words import UNKNOWN, Word, words_of
from normalize.wording import StatusReading, plain_text, read_words

STATUSES = ("complete", "partial", "missing", "in_progress", "not_started", "unclear")
UNCLEAR = "unclear"
# That nothing is told of it, in words: only rules say so.
UNSTATED = "not_reported"
# Pieces are so many characters or classes at most; two classes may have so many others between.
LONGEST_RUN, LONGEST_ORDER, LONGEST_GAP = 4, 3, 2
# Orders of classes begin with it, so that they are no run of characters.
CLASSES = "#"
BEGIN, END, GAP = "^", "$", "_"
# The row of weights that every text has.
BIAS = ""
# What a first reading that gives no status may have found; anything else counts as "unclear".
OPEN = ("doubt", "there", "nothing", "plan")
# A status is given from this probability on.
ACCEPTED = 0.8
# Probabilities that a score may be, the greatest that is reached; measured in docs/matching.md.
SCORES = (0.95, 0.9, 0.8)
# A score of this and more is not doubted: signs, blank cells.
CERTAIN = 1.0

Spans = dict[str, list[tuple[int, int]]]


def read_remark(text: str) -> StatusReading:
    """Return what a remark says by its rules and its weights together.

    The rules are evidence beside the weights, and what both make likely is given; where that is
    not what the rules say, the reason is the words that weigh most. A rule that knows every word
    stands against doubts, but where another status is likelier a person must see it.
    """
    first = read_words(text)
    if first.sure == CERTAIN or not first.says or first.says == UNSTATED:
        return first
    plain = plain_text(text)
    words = words_of(plain)
    evidence = evidence_of(first)
    places = pieces(plain, words)
    chances = probabilities(places, evidence)
    status = max(chances, key=lambda name: chances[name])
    chance = chances[status]
    if stands(evidence, words):
        is_doubted = UNCLEAR not in (first.status, status) and status != first.status
        return StatusReading(UNCLEAR, first.reason, says=first.says) if is_doubted else first
    if status == UNCLEAR or chance < ACCEPTED:
        return StatusReading(UNCLEAR, first.reason, says=first.says)
    if status == first.status:
        return first
    sure = next(score for score in SCORES if chance >= score)
    return StatusReading(status, _heaviest(plain, words, places, status), sure, first.says)


def evidence_of(reading: StatusReading) -> str:
    """Return what the rules found, as a row of the table of evidence."""
    is_open = reading.status == UNCLEAR and reading.says in OPEN
    return reading.says if is_open else reading.status


def stands(evidence: str, words: Sequence[Word]) -> bool:
    """Say whether a rule knows all: it fits a remark, and each word is known.

    A rule that a remark says no status stands beside words that are not known, too.
    """
    is_known = not any(word.kind in UNKNOWN for word in words)
    return evidence == UNCLEAR or (evidence not in OPEN and is_known)


def probabilities(places: Spans, evidence: str) -> dict[str, float]:
    """Return how likely (0 to 1) each status is by the pieces of a text and its first reading."""
    index, weights = _weights()
    logs = _evidence()[evidence] + weights[index[BIAS]] + _sums(places).sum(axis=0)
    shares = np.exp(logs - logs.max())
    return dict(zip(STATUSES, (shares / shares.sum()).tolist(), strict=True))


def pieces(text: str, words: Sequence[Word]) -> Spans:
    """Return the pieces of a text without spaces, each with the places where it stands."""
    found: Spans = {}
    framed = f"{BEGIN}{text}{END}"
    for length in range(1, LONGEST_RUN + 1):
        for start in range(len(framed) - length + 1):
            piece = framed[start : start + length]
            if piece == piece.strip():
                place = (max(start - 1, 0), min(start - 1 + length, len(text)))
                found.setdefault(piece, []).append(place)
    for order, first, last in _orders([word.kind for word in words]):
        span = (words[first].start, words[last].end) if words else (0, len(text))
        found.setdefault(CLASSES + order, []).append(span)
    return found


def _orders(kinds: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield orders of classes, with the numbers of their first and last word."""
    framed = [BEGIN, *kinds, END]
    last = max(len(kinds) - 1, 0)
    for start in range(len(framed)):
        for length in range(1, min(LONGEST_ORDER, len(framed) - start) + 1):
            order = " ".join(framed[start : start + length])
            yield order, min(max(start - 1, 0), last), min(max(start + length - 2, 0), last)
        for end in range(start + 2, min(start + 2 + LONGEST_GAP, len(framed))):
            order = f"{framed[start]} {GAP} {framed[end]}"
            yield order, min(max(start - 1, 0), last), min(max(end - 1, 0), last)


def values_of(places: Spans) -> dict[str, float]:
    """Return how much each piece counts: those of a kind together 1 as the length of a vector."""
    orders = sum(piece.startswith(CLASSES) for piece in places)
    runs = len(places) - orders
    return {piece: (orders if piece.startswith(CLASSES) else runs) ** -0.5 for piece in places}


def _sums(places: Spans) -> NDArray[np.float64]:
    """Return a row for each piece that has weights: what it adds for each status."""
    index, weights = _weights()
    values = values_of(places)
    known = [piece for piece in places if piece in index]
    counts = np.array([values[piece] for piece in known]).reshape(-1, 1)
    sums: NDArray[np.float64] = weights[[index[piece] for piece in known]] * counts
    return sums


def _heaviest(text: str, words: Sequence[Word], places: Spans, status: str) -> str:
    """Return the words that weigh most for a status: the heaviest, and those beside it half so."""
    index, _ = _weights()
    column = STATUSES.index(status)
    sums = _sums(places)
    gains = sums[:, column] - sums.mean(axis=1)
    letters = np.zeros(len(text))
    known = [piece for piece in places if piece in index]
    for piece, gain in zip(known, gains.tolist(), strict=True):
        for start, end in places[piece]:
            letters[start:end] += gain / len(places[piece]) / max(end - start, 1)
    weighed = [(float(letters[word.start : word.end].sum()), word) for word in words]
    if not weighed:
        return text
    first = last = max(range(len(weighed)), key=lambda n: weighed[n][0])
    least = weighed[first][0] / 2
    while first and weighed[first - 1][0] >= least:
        first -= 1
    while last + 1 < len(weighed) and weighed[last + 1][0] >= least:
        last += 1
    return text[weighed[first][1].start : weighed[last][1].end]


@cache
def _weights() -> tuple[dict[str, int], NDArray[np.float64]]:
    """Return the number of each piece, and a row of weights for each number."""
    rows = read_rows("status_weights.csv")
    weights = np.array([[float(row[name]) for name in STATUSES] for row in rows])
    return {row["piece"]: n for n, row in enumerate(rows)}, weights


@cache
def _evidence() -> dict[str, NDArray[np.float64]]:
    return {
        row["first_reading"]: np.array([float(row[name]) for name in STATUSES])
        for row in read_rows("status_evidence.csv")
    }
