"""Thai words: how much of a text is made of them, and what that proves of a font.

The words are pythainlp's own list and the terms of ``data/thai_terms.csv``, read when they are
first needed (about a quarter of a second).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.data_files import data_rows

_TERMS = "thai_terms.csv"  # of local government, which the corpus divides or lacks
_PLACES = "thai_places.csv"  # with a part that is no plain word
_TERM_COUNT = 3000  # as often as a term counts at least, as though the corpus held it
_THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_AA, _AM = "\u0e32", "\u0e33"
# What belongs to the letter before it: no word ends in front of these, and none begins with one.
_TIED = frozenset(
    "\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e45"
    "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)
_SHORTEST = 2  # characters of a word that counts
# A word of so many characters, or so common in the corpus, is hardly made by damage.
_LONG, _COMMON, _COMMON_SHORT = 5, 300, 2000

# A text is judged misread only on this many sara am, when so large a share of sara am and sara
# aa are sara am; in correct Thai it is one in eight.
_MISREAD_LEAST = 3
_MISREAD_SHARE = 0.8


@cache
def _listed(name: str) -> frozenset[str]:
    """Return the words of a file."""
    return frozenset(row["word"] for row in data_rows(name))


@cache
def thai_lexicon() -> dict[str, bool]:
    """Return every word, and every beginning of one, with whether it is a word itself."""
    from pythainlp.corpus import thai_words

    lexicon: dict[str, bool] = {}
    words = [word for word in {*thai_words(), *_listed(_TERMS)} if _THAI_RUN.fullmatch(word)]
    for word in words:
        for end in range(1, len(word)):
            lexicon[word[:end]] = False
    lexicon.update(dict.fromkeys(words, True))
    return lexicon


@lru_cache(maxsize=65536)
def letters_in_words(run: str) -> int:
    """Return how many characters of a run of Thai words can cover at most."""
    lexicon, size = thai_lexicon(), len(run)
    best = [0] * (size + 1)
    for start in range(size):
        if best[start + 1] < best[start]:
            best[start + 1] = best[start]
        if run[start] in _TIED:
            continue
        for end in range(start + 1, size + 1):
            is_word = lexicon.get(run[start:end])
            if is_word is None:
                break
            if (
                is_word
                and end - start >= _SHORTEST
                and (end == size or run[end] not in _TIED)
                and best[end] < best[start] + end - start
            ):
                best[end] = best[start] + end - start
    return best[size]


def word_cover(text: str) -> float:
    """Return the share of Thai characters that stand in dictionary words of two letters or more.

    Marks count as characters, digits do not. 1.0 for a text without Thai. Clean text has 0.97 and
    more, text read with a broken font map 0.5 to 0.7; names and abbreviations lower it.
    """
    runs = _THAI_RUN.findall(text)
    letters = sum(map(len, runs))
    return sum(map(letters_in_words, runs)) / letters if letters else 1.0


def misread_aa(text: str) -> bool:
    """Say whether every sara aa of a text was read as sara am, as some fonts make readers do.

    To be asked of the text of one font (a whole document is best, a line is the least), since
    often only one font of a document is broken. True only where nearly all of the two are sara
    am and the text is more of words with sara aa in their place; what is then right, sara am or
    sara aa, is a matter of each word (see :func:`extract.thai.mend_misread_aa`).
    """
    am, aa = text.count(_AM), text.count(_AA)
    if am < _MISREAD_LEAST or am < _MISREAD_SHARE * (am + aa):
        return False
    return word_cover(text.replace(_AM, _AA)) > word_cover(text)


@cache
def word_counts() -> dict[str, int]:
    """Return how often words stand in the Thai National Corpus, from pythainlp's list."""
    from pythainlp.corpus.tnc import unigram_word_freqs

    lexicon = thai_lexicon()
    counts = {word: count for word, count in unigram_word_freqs().items() if lexicon.get(word)}
    return counts | {term: max(_TERM_COUNT, counts.get(term, 0)) for term in _listed(_TERMS)}


@cache
def plain_words() -> frozenset[str]:
    """Return the words that damage hardly makes: long ones and common ones."""
    counts = word_counts()
    return frozenset(
        word
        for word, is_word in thai_lexicon().items()
        if is_word
        and (
            len(word) >= _LONG
            or counts.get(word, 0) >= (_COMMON_SHORT if len(word) <= _SHORTEST else _COMMON)
        )
    )


@cache
def names() -> frozenset[str]:
    """Return names of people and places, which are no words and yet right."""
    from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

    everyone = thai_family_names() | thai_female_names() | thai_male_names()
    everyone |= _listed(_PLACES)
    return frozenset(name for name in everyone if _THAI_RUN.fullmatch(name))


@lru_cache(maxsize=65536)
def is_sound(token: str) -> bool:
    """Say whether a token is a name or all of words that damage hardly makes."""
    words, lexicon, size = plain_words(), thai_lexicon(), len(token)
    reached = {0}
    for start in range(size):
        if start not in reached or token[start] in _TIED:
            continue
        for end in range(start + 1, size + 1):
            part = token[start:end]
            if part not in lexicon:
                break
            if part in words and (end == size or token[end] not in _TIED):
                reached.add(end)
    return size in reached or token in names()
