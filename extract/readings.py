"""What the dictionary says of a doubtful reading: the one that lies in the longer word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extract.thai_words import thai_lexicon

REACH = 12  # letters looked at on either side of a doubtful one
MIN_COVERED = 3  # letters besides the doubtful one that a word must cover to prove it
# A reading is that of a whole font if it has this many votes, and this many for one against it.
MIN_VOTES, MAJORITY = 2, 3
UNSEEN = "\u200b"  # the reading of a glyph that draws nothing
_NIKHAHIT = "\u0e4d"
_AA, _AM = "\u0e32", "\u0e33"
_DOUBLED = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")


def best_reading(
    text: str, start: int, end: int, readings: Iterable[str], least: int = MIN_COVERED
) -> str | None:
    """Return the reading of ``text[start:end]`` that a word proves, None where none or two do.

    ``least`` is how many letters the word must hold besides.
    """
    left = text[max(0, start - REACH) : start].split()[-1:]
    if left and text[start - 1].isspace():
        left = []
    right = text[end : end + REACH].split()[:1]
    if right and text[end].isspace():
        right = []
    before, after = "".join(left), "".join(right)
    ranked = sorted(((_covered(before, one, after), one) for one in readings), reverse=True)
    (best, reading), (second, _) = ranked[:2]
    return reading if best >= least and best > second else None


@lru_cache(maxsize=65_536)
def _covered(left: str, middle: str, right: str) -> int:
    """Return how many letters of ``left`` and ``right`` one dictionary word covers at most."""
    left, middle, right = (_single(part.replace(UNSEEN, "")) for part in (left, middle, right))
    if left.endswith(_NIKHAHIT) and right.startswith(_AA):  # a sara am in two, its tone between
        left, middle, right = left[:-1], middle + _AM, right[1:]
    lexicon, text = thai_lexicon(), left + middle + right
    here, after = len(left), len(left) + len(middle)
    most = 0
    for start in range(here):
        for end in range(after, len(text) + 1):
            is_word = lexicon.get(text[start:end])
            if is_word is None:  # no word begins so
                break
            if is_word:
                most = max(most, (here - start) + (end - after))
    return most


def _single(text: str) -> str:
    return _DOUBLED.sub(r"\1", text)


def font_reading(text: str, places: Sequence[int], readings: Iterable[str]) -> str | None:
    """Return what one glyph of a font stands for, which shows at ``places`` of the font's text.

    Each place votes for the reading that lies in the longest word, the other places read alike.
    None where too few words speak for one reading, or too many against it.
    """
    votes: Counter[str] = Counter()
    options = list(readings)
    texts = {}
    for one in options:
        letters = list(text)
        for place in places:
            letters[place] = one
        texts[one] = "".join(letters)
    for place in places:
        lengths = Counter({one: _covered_at(texts[one], place) for one in options})
        (first, best), (_, second) = lengths.most_common(2)
        if best >= MIN_COVERED and best > second:
            votes[first] += 1
    (reading, count), (_, other) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return reading if count >= MIN_VOTES and count >= MAJORITY * other else None


def _covered_at(text: str, place: int) -> int:
    left, right = text[max(0, place - REACH) : place], text[place + 1 : place + 1 + REACH]
    return _covered(re.split(r"\s", left)[-1], text[place], re.split(r"\s", right)[0])
