"""Damages a PDF: in its bytes, as a bad disk does, or in its objects, as a bad program does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TOKEN = re.compile(rb"[^\s<>\[\]()/]+")
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
_NUMBERS = (
    *(b"0", b"-1", b"1", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967296"),
    *(b"99999999999999999999", b"0.0000001", b"1e99", b"3.4e38", b"--1", b"."),
)
# So many bytes of a stream, or changes of one file, are worked on at most.
MOST_BYTES, MOST_CHANGES = 300_000, 30

Damage = Callable[[bytes, random.Random], bytes]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with one kind of damage, or two; it may be one that no program opens."""
    for _ in range(chance.choice((1, 1, 2))):
        data = chance.choice(DAMAGES)(data, chance)
    return data


def flip(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    found = bytearray(data)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Leave out a part, at the end or before it."""
    start = chance.randrange(len(data) + 1)
    end = chance.choice((len(data), start + chance.randrange(1000)))
    return data[:start] + data[end:]


def swap(data: bytes, chance: random.Random) -> bytes:
    """Put some words in the places of others."""
    return _changed(_TOKEN, data, chance, lambda words: chance.choice(words))


def blow_up(data: bytes, chance: random.Random) -> bytes:
    """Put numbers that are too large, too small or none in the places of some."""
    return _changed(_NUMBER, data, chance, lambda _: chance.choice(_NUMBERS))


def _changed(
    pattern: re.Pattern[bytes],
    data: bytes,
    chance: random.Random,
    other: Callable[[list[bytes]], bytes],
) -> bytes:
    matches = list(pattern.finditer(data))
    if not matches:
        return data
    words = [match[0] for match in matches]
    picked = chance.sample(matches, min(len(matches), chance.randint(1, MOST_CHANGES)))
    pieces, at = [], 0
    for match in sorted(picked, key=lambda match: match.start()):
        pieces += [data[at : match.start()], other(words)]
        at = match.end()
    return b"".join([*pieces, data[at:]])


def objects(data: bytes, chance: random.Random) -> bytes:
    """Leave out some objects, or give them twice, without telling the rest of the file."""
    found = list(_OBJECT.finditer(data))
    for match in chance.sample(found, min(len(found), chance.randint(1, 3))):
        data = data.replace(match[0], match[0] * chance.choice((0, 0, 2)), 1)
    return data


def structure(data: bytes, chance: random.Random) -> bytes:
    """Damage values and the content of streams inside of a file that is otherwise whole."""
    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(data)) as document:
            known = list(document.objects)
            for _ in range(chance.randint(1, 5)):
                _damage(chance.choice(known), known, chance)
            document.save(out, static_id=True, compress_streams=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, RuntimeError):
        return data  # what is damaged already, or cannot be written so
    return out.getvalue()


def _damage(item: Any, known: list[Any], chance: random.Random) -> None:
    """Change an object of a document, in place."""
    if isinstance(item, pikepdf.Stream) and chance.random() < 0.7:
        content = item.read_bytes()[:MOST_BYTES]
        item.write(chance.choice((flip, cut, swap, blow_up))(content, chance))
    elif isinstance(item, pikepdf.Stream | pikepdf.Dictionary) and (keys := list(item.keys())):
        key = chance.choice(keys)
        if chance.random() < 0.3:
            del item[key]
        else:
            item[key] = _value(known, chance)
    elif isinstance(item, pikepdf.Array) and len(item):
        item[chance.randrange(len(item))] = _value(known, chance)


def _value(known: list[Any], chance: random.Random) -> Any:
    """Return any object of the document, or a number or name that it has not."""
    odd = (0, -1, 2**31 - 1, -(2**31), pikepdf.Name("/Odd"), pikepdf.Array(), "x" * 1000)
    return chance.choice((chance.choice(known), chance.choice(odd)))


# Streams are what a reader works on most, and only the last one reaches into them.
DAMAGES: tuple[Damage, ...] = (flip, cut, swap, blow_up, objects, *[structure] * 6)
