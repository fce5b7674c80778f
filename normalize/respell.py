"""Words of a remark that are one letter from a listed one -> the remark with the listed word.

Only what no list knows is looked at, and only long words are near enough to nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import OSA

from normalize.remark_words import UNKNOWN, letters_of, vocabulary, words_of

# A listed word has so many letters at least, without its marks, and is looked for in texts that
# have so many at most.
MIN_LETTERS, MAX_TEXT = 6, 120
# Classes of words whose slips are looked for; those of negations and defects are too short or too
# near to their contraries.
CLASSES = (
    *("do", "make", "publish", "change", "update", "start", "finish", "done", "going"),
    *("full", "good", "data"),
)
# A consonant written twice, which Thai has of its own accord only in ro han.
_TWICE = re.compile("([\u0e01-\u0e22\u0e24-\u0e2e])\\1")


def respelled(text: str) -> Iterator[str]:
    """Yield the texts that a slip of one letter may have been: wrong, lost, added, swapped."""
    if len(text) > MAX_TEXT:
        return
    unknown = [
        place
        for word in words_of(text)
        if word.kind in UNKNOWN and not word.is_exact
        for place in range(word.start, word.end)
    ]
    if not unknown:
        return
    for twice in _TWICE.finditer(text):
        if twice.start() in unknown or twice.start() + 1 in unknown:
            yield text[: twice.start()] + text[twice.start() + 1 :]
    bases = [n for n, letter in enumerate(text) if letters_of(letter)] + [len(text)]
    letters = letters_of(text)
    near, longest = _near()
    for first in range(len(letters)):
        for last in range(first + MIN_LETTERS - 1, min(first + longest, len(letters)) + 1):
            written = letters[first:last]
            start, end = bases[first], bases[last]
            words = {word for shorter in _shorter(written) for word in near.get(shorter, ())}
            if words and any(start <= place < end for place in unknown):
                for word in sorted(words):
                    if _is_slip(letters_of(word), written):
                        yield text[:start] + word + text[end:]


def _is_slip(word: str, written: str) -> bool:
    """Say whether letters differ by one that is neither the first nor the last."""
    is_framed = (word[0], word[-1]) == (written[0], written[-1])
    return is_framed and OSA.distance(word, written, score_cutoff=1) <= 1


@cache
def _near() -> tuple[dict[str, list[str]], int]:
    """Return the long words by their letters with one left out, and how many letters to look at."""
    found: dict[str, list[str]] = {}
    longest = 0
    for letters, listed in vocabulary().items():
        if len(letters) < MIN_LETTERS or letters.isascii():
            continue
        longest = max(longest, len(letters) + 1)
        for word, kind in listed.items():
            if kind in CLASSES:
                for shorter in _shorter(letters):
                    found.setdefault(shorter, []).append(word)
    return found, longest


def _shorter(letters: str) -> set[str]:
    return {letters} | {letters[:n] + letters[n + 1 :] for n in range(len(letters))}
