"""What a remark says by what its pieces weigh for each status, in log-odds.

Pieces are runs of characters, words, orders of word classes, and what the rules found. Their
weights were learned from labelled remarks (``data/status_weights.csv``, made by
``python -m training.statuses``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from normalize.catalogue import catalogue
from normalize.datafiles import read_rows
from normalize.remark_words import UNKNOWN, Word, words_of
from normalize.wording import StatusReading, plain_text, read_words

STATUSES = tuple(status.value for status in catalogue().enum("item_status"))
UNCLEAR = "unclear"
# Pieces are so many characters, words or classes at most; two classes may have so many others
# between.
LONGEST_RUN, LONGEST_ORDER, LONGEST_GAP = 4, 3, 2
# How pieces begin that are no run of characters: a plain text has no capitals.
WORDS, CLASSES, RULES = "W ", "C ", "R "
BEGIN, END, GAP = "^", "$", "_"
# The row of weights that every text has.
BIAS = ""
# What rules that give no status may have found; anything else counts as "unclear".
OPEN = ("doubt", "there", "nothing", "plan")
# Behind what the rules found where they know every word.
KNOWN = "known"
# A status is given from this probability on; against a rule that knows every word from the other.
ACCEPTED, AGAINST_RULES = 0.8, 0.95
# What rules found that nothing speaks against.
UNHEARD = ("nothing",)
# Probabilities that a score may be, the greatest that is reached; measured in docs/benchmarks.md.
SCORES = (0.95, 0.9, 0.8)
# A score of this and more is not doubted: signs, blank cells.
CERTAIN = 1.0

Spans = dict[str, list[tuple[int, int]]]


def read_remark(text: str) -> StatusReading:
    """Return what a remark most likely says, or "unclear" where that is not likely enough.

    Where the rules say the same as the pieces theirs is the reason, else the words that weigh most.
    """
    first = read_words(text)
    if first.sure == CERTAIN or not first.says:
        return first
    plain = plain_text(text)
    words = words_of(plain)
    is_known = knows_all(words)
    places = {**pieces(plain, words), **pieces_of_rules(first, is_known=is_known)}
    status, chance = likeliest(probabilities(places), first, is_known=is_known)
    if status == UNCLEAR:
        return StatusReading(UNCLEAR, first.reason, says=first.says)
    if status == first.status:
        return first if chance >= ACCEPTED else replace(first, sure=min(first.sure, SCORES[-1]))
    sure = next(score for score in SCORES if chance >= score)
    return StatusReading(status, _heaviest(plain, words, places, status), sure, first.says)


def likeliest(
    chances: dict[str, float], first: StatusReading, *, is_known: bool
) -> tuple[str, float]:
    """Return the likeliest status and its probability; "unclear" where it is not likely enough.

    What a rule says that knows every word needs to be the likeliest and no more. What speaks
    against such a rule, or against one that only doubts, must be as good as certain.
    """
    status = max(chances, key=lambda name: chances[name])
    chance = chances[status]
    if status == first.status:
        least = 0.0 if is_known else ACCEPTED
    else:
        least = AGAINST_RULES if is_known and first.says not in UNHEARD else ACCEPTED
    return (status if chance >= least else UNCLEAR), chance


def probabilities(places: Spans) -> dict[str, float]:
    """Return how likely (0 to 1) each status is by the pieces of a text."""
    index, weights = _weights()
    logs = weights[index[BIAS]] + _sums(places).sum(axis=0)
    shares = np.exp(logs - logs.max())
    return dict(zip(STATUSES, (shares / shares.sum()).tolist(), strict=True))


def pieces(text: str, words: Sequence[Word]) -> Spans:
    """Return the pieces of a plain text, each with the places where it stands."""
    found: Spans = {}
    framed = f"{BEGIN}{text}{END}"
    for length in range(1, LONGEST_RUN + 1):
        for start in range(len(framed) - length + 1):
            piece = framed[start : start + length]
            if piece == piece.strip():
                place = (max(start - 1, 0), min(start - 1 + length, len(text)))
                found.setdefault(piece, []).append(place)
    for piece, place in _listed_words(text):
        found.setdefault(WORDS + piece, []).append(place)
    for order, first, last in _orders([word.kind for word in words]):
        span = (words[first].start, words[last].end) if words else (0, len(text))
        found.setdefault(CLASSES + order, []).append(span)
    return found


def pieces_of_rules(first: StatusReading, *, is_known: bool) -> Spans:
    """Return what the rules found as pieces, which stand nowhere."""
    is_open = first.status == UNCLEAR and first.says in OPEN
    says = RULES + (first.says if is_open else first.status)
    return {says: [], f"{says} {KNOWN}": []} if is_known else {says: []}


def knows_all(words: Sequence[Word]) -> bool:
    """Say whether the lists of the rules know each word."""
    return not any(word.kind in UNKNOWN for word in words)


def _listed_words(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the words of pythainlp's list, alone and two together, with their places."""
    from pythainlp.tokenize import word_tokenize  # takes half a second to load

    end = 0
    words = [(BEGIN, (0, 0))]
    for word in word_tokenize(text, engine="newmm"):
        start, end = end, end + len(word)
        if word.strip():
            words.append((word, (start, end)))
    words.append((END, (len(text), len(text))))
    yield from words[1:-1]
    for (one, (start, _)), (other, (_, end)) in pairwise(words):
        yield f"{one} {other}", (start, end)


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
    counts = Counter(map(_kind, places))
    return {piece: counts[_kind(piece)] ** -0.5 for piece in places}


def _kind(piece: str) -> str:
    return piece[:2] if piece.startswith((WORDS, CLASSES, RULES)) else ""


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
