"""Which of many texts are alike word for word or nearly, without comparing all pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

NEAR = 0.85
"""Similarity (0 to 1) from which two texts are nearly the same."""

# Sets of shingles are compared by the smallest of their hashes under many orders, in bands of a
# few: texts that share 70 % of their shingles agree in some band 99 times of 100, texts that share
# 20 % three times in 100.
_SHINGLE = 4  # characters
_BANDS, _IN_BAND = 20, 4
_CHUNK = 1 << 21  # characters at a time
_PAIRS = 1 << 16  # pairs at a time
_LIKELY = 0.3  # share of hashes that must agree: fewer shared shingles are no near texts
_SMALL = 12  # texts that agree in a band and are all compared with each other

Ints = npt.NDArray[np.int64]


def keys_of(texts: Sequence[str]) -> list[str]:
    """Return what counts of each text: small letters and digits, Thai digits as Arabic ones.

    Spaces, line breaks and punctuation are dropped, for they differ by how a table was laid out.
    """
    if not texts:
        return []
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    codes = _kept()[np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)]
    return codes[codes > 0].astype(np.uint32).tobytes().decode("utf-32-le").split("\n")


def near_pairs(keys: Sequence[str]) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
    """Return pairs of different texts (positions, the smaller first) that are alike, with how much.

    Pairs are found by MinHash and settled by the Indel similarity (0 to 1), which is NEAR or more.
    Of many texts that agree, each is compared with those next to it and with the first.
    """
    n = len(keys)
    hashes = _smallest_hashes(keys)
    pairs = np.concatenate([np.empty(0, dtype=np.int64), *_candidates(hashes)])
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    by_text = np.ascontiguousarray(hashes.T)
    found = []
    for start in range(0, len(pairs), _PAIRS):
        ones, others = np.divmod(pairs[start : start + _PAIRS], n)
        is_likely = (by_text[ones] == by_text[others]).mean(axis=1) >= _LIKELY
        ones, others = ones[is_likely], others[is_likely]
        likeness = cpdist(
            [keys[text] for text in ones],
            [keys[text] for text in others],
            scorer=Indel.normalized_similarity,
            score_cutoff=NEAR,
            dtype=np.float64,
        )
        is_near = likeness >= NEAR
        found.append((ones[is_near], others[is_near], likeness[is_near]))
    none = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0)
    ones, others, likeness = (np.concatenate(column) for column in zip(none, *found, strict=True))
    return ones, others, likeness


def leaders(n: int, ones: Ints, others: Ints) -> Ints:
    """Return for each of n texts the first text that it is grouped with, itself where that is it.

    Texts stand in order of time. A text that is like no earlier leader is a leader; every other one
    belongs to the earliest leader that it is like. So all of a group are like its first text.
    """
    is_leader = np.zeros(n, dtype=bool)
    is_open = np.ones(n, dtype=bool)
    while is_open.any():
        waits = np.zeros(n, dtype=bool)
        waits[others[is_open[ones]]] = True
        is_leader |= is_open & ~waits
        is_open &= ~is_leader
        is_open[others[is_leader[ones]]] = False
    leader = np.arange(n)
    joins = is_leader[ones] & ~is_leader[others]
    np.minimum.at(leader, others[joins], ones[joins])
    return leader


def _kept() -> npt.NDArray[np.uint32]:
    """Return by code point what stands for it in a key, 0 for nothing; line breaks part texts."""
    table = np.zeros(0x110000, dtype=np.uint32)
    letters = np.array([code for code in range(0x10000) if chr(code).isalnum()], dtype=np.uint32)
    table[letters] = letters
    thai = np.arange(0x0E01, 0x0E4F)
    table[thai] = thai
    small = np.arange(ord("a"), ord("z") + 1)
    table[small - 32] = small
    digits = np.arange(10)
    table[0x0E50 + digits] = ord("0") + digits
    table[ord("\n")] = ord("\n")
    return table


def _smallest_hashes(keys: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the smallest hash of each text's shingles under each order (one row per order)."""
    rng = np.random.default_rng(0)  # any numbers do; the same ones give the same groups
    odd = rng.integers(1, 1 << 31, _BANDS * _IN_BAND, dtype=np.uint32) * 2 + 1
    found = np.empty((len(odd), len(keys)), dtype=np.uint32)
    lengths = np.array([len(key) for key in keys], dtype=np.int64)
    ends = np.cumsum(lengths)
    first = 0
    while first < len(keys):
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + _CHUNK)))
        text = "".join(keys[first:last]).encode("utf-32-le")
        mixed = _mixed(np.frombuffer(text, dtype=np.uint32))
        starts = ends[first:last] - lengths[first:last] - (ends[first] - lengths[first])
        for order, factor in enumerate(odd):
            found[order, first:last] = np.minimum.reduceat(mixed * factor, starts)
        first = last
    return found


def _mixed(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Hash the shingle that begins at each character; those across two texts matter little."""
    mixed = np.zeros(len(codes), dtype=np.uint32)
    for place in range(_SHINGLE):
        mixed *= np.uint32(0x01000193)
        mixed[: len(codes) - place] ^= codes[place:] * np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA6B)
    return mixed ^ (mixed >> np.uint32(13))


def _candidates(hashes: npt.NDArray[np.uint32]) -> Iterator[Ints]:
    """Yield pairs of texts that agree in a band, as one number each."""
    n = hashes.shape[1]
    for band in range(_BANDS):
        own = hashes[band * _IN_BAND : (band + 1) * _IN_BAND].astype(np.uint64)
        key = np.zeros(n, dtype=np.uint64)
        for row in own:
            key = key * np.uint64(0x100000001B3) ^ row
        # Beside each other stand those that agree in the next band too.
        after = hashes[(band + 1) * _IN_BAND % len(hashes)]
        order = np.lexsort((np.arange(n), after, key)).astype(np.int64)
        is_new = np.diff(key[order], prepend=key[order][:1] ^ np.uint64(1)) != 0
        group = np.cumsum(is_new) - 1
        starts = np.flatnonzero(is_new)
        sizes = np.diff(np.append(starts, n))[group]
        place = np.arange(n)
        for step in range(1, _SMALL):
            is_pair = np.zeros(n, dtype=bool)
            is_pair[: n - step] = group[: n - step] == group[step:]
            is_pair &= (sizes <= _SMALL) | (step == 1)
            if not is_pair.any():
                break
            yield _numbered(order[place[is_pair]], order[place[is_pair] + step], n)
        firsts = np.minimum.reduceat(order, starts) if n else order
        yield _numbered(firsts[group[sizes > _SMALL]], order[sizes > _SMALL], n)


def _numbered(ones: Ints, others: Ints, n: int) -> Ints:
    low, high = np.minimum(ones, others), np.maximum(ones, others)
    numbers: Ints = (low * n + high)[low != high]
    return numbers
