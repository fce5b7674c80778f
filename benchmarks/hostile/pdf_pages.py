"""Pages that hold too much, or whose text and rules stand where no text and rules stand."""

from __future__ import annotations

import random
from itertools import product

from benchmarks.hostile.file_kind import Maker, times
from benchmarks.hostile.pdf_file import deflated, one_page, text

WIDTH, HEIGHT = 595, 842


def glyphs(scale: float) -> bytes:
    """Two hundred thousand characters on a page."""
    line = b"(" + b"word " * 20 + b")Tj 0 -1 Td\n"
    return one_page(deflated(b"BT/F 1 Tf 9 800 Td " + line * times(2000, scale) + b"ET"))


def _scattered(count: int, words: tuple[bytes, ...]) -> bytes:
    chance = random.Random(1)
    return b"".join(
        b"BT/F %d Tf 1 0 0 1 %d %d Tm(%s)Tj ET\n"
        % (chance.randint(1, 30), chance.randrange(WIDTH), chance.randrange(HEIGHT), word)
        for word, _ in zip(words * count, range(count), strict=False)
    )


def scattered_words(scale: float) -> bytes:
    """Nine thousand words of every size, anywhere, one over the other."""
    return one_page(deflated(_scattered(times(9_000, scale), (b"a", b"12", b"word", b"1,2"))))


def one_place(scale: float) -> bytes:
    """Fifty thousand characters in one place."""
    return one_page(deflated(text(b"a") * times(50_000, scale)))


def two_columns(scale: float) -> bytes:
    """Three thousand lines of two numbers, each a hair below the last."""
    lines = (
        b"BT/F 1 Tf 50 %.3f Td(%d)Tj 300 0 Td(%d)Tj ET\n" % (800 - n * 0.2, n, n)
        for n in range(times(3_000, scale))
    )
    return one_page(deflated(b"".join(lines)))


def long_lines(scale: float) -> bytes:
    """A hundred lines of a hundred and fifty pieces that stand apart."""
    count = times(150, scale)
    pieces = b"".join(b"BT/F 1 Tf %.2f Y Td(%d)Tj ET\n" % (n * 3.8, n % 10) for n in range(count))
    return one_page(deflated(b"".join(pieces.replace(b"Y", b"%d" % (8 * n)) for n in range(100))))


def _grid(rows: int, columns: int) -> bytes:
    level = b"".join(
        b"0 %.3f m %d %.3f l S\n" % (n * HEIGHT / rows, WIDTH, n * HEIGHT / rows)
        for n in range(rows + 1)
    )
    upright = b"".join(
        b"%.3f 0 m %.3f %d l S\n" % (n * WIDTH / columns, n * WIDTH / columns, HEIGHT)
        for n in range(columns + 1)
    )
    return b"0.1 w " + level + upright


def _box(width: int, height: int) -> bytes:
    return b"/MediaBox[0 0 %d %d]" % (width, height)


def grid(scale: float) -> bytes:
    """A table of 400 by 400 cells, with text in every third."""
    side = times(400, scale)
    step = 10
    cells = b"".join(
        b"BT/F 4 Tf %d %d Td(%d)Tj ET\n" % (x * step + 1, y * step + 1, (x + y) % 10)
        for x, y in product(range(side), repeat=2)
        if (x + y) % 3 == 0
    )
    size = side * step
    lines = b"".join(
        b"%d 0 m %d %d l S 0 %d m %d %d l S\n" % (n, n, size, n, size, n)
        for n in range(0, size + 1, step)
    )
    return one_page(deflated(b"0.1 w " + lines + cells), page=_box(size, size))


def fine_grid(scale: float) -> bytes:
    """A table of 1,900 by 1,900 cells, as many as rules may part, with one word."""
    side = times(1900, scale)
    step = 4
    size = side * step
    lines = b"".join(
        b"%d 0 m %d %d l S 0 %d m %d %d l S\n" % (n, n, size, n, size, n)
        for n in range(0, size + 1, step)
    )
    return one_page(deflated(b"0.1 w " + lines + text()), page=_box(size, size))


def grids(scale: float) -> bytes:
    """Ten thousand little tables on a page."""
    boxes = b"".join(
        b"%d %d m %d %d l %d %d l %d %d l h %d %d m %d %d l S\n"
        % (x, y, x + 6, y, x + 6, y + 6, x, y + 6, x + 3, y, x + 3, y + 6)
        for x, y in product(range(0, times(1000, scale), 10), repeat=2)
    )
    return one_page(deflated(b"0.1 w " + boxes + text()), page=_box(1000, 1000))


def ragged_grid(scale: float) -> bytes:
    """A table of 400 by 400 places whose rules are broken at random, so that cells are no boxes."""
    chance = random.Random(2)
    side = times(400, scale)
    step = 10
    lines = b"".join(
        b"%d %d m %d %d l S\n" % ((x, y, x + step, y) if level else (x, y, x, y + step))
        for x, y in product(range(0, side * step, step), repeat=2)
        for level in (True, False)
        if chance.random() < 0.6
    )
    size = side * step
    border = b"0 0 m %d 0 l %d %d l 0 %d l h S " % (size, size, size, size)
    return one_page(deflated(b"0.1 w " + border + lines + text()), page=_box(size, size))


def dominoes(scale: float) -> bytes:
    """A table of 400 by 400 places in which two and two are one cell."""
    side = times(400, scale)
    step = 10
    size = side * step
    level = b"".join(b"0 %d m %d %d l S\n" % (n, size, n) for n in range(0, size + 1, step))
    upright = b"".join(b"%d 0 m %d %d l S\n" % (n, n, size) for n in range(0, size + 1, 2 * step))
    ticks = b"".join(b"%d 0 m %d 12 l S\n" % (n, n) for n in range(step, size, 2 * step))
    page = b"0.1 w " + level + upright + ticks + text()
    return one_page(deflated(page), page=_box(size, size))


def serpentine(scale: float) -> bytes:
    """A table of 400 by 400 places that are all one cell, which winds from top to bottom."""
    side = times(400, scale)
    step = 10
    size = side * step
    level = b"".join(
        b"%d %d m %d %d l S\n" % (step * (n % 2), n * step, size - step * (1 - n % 2), n * step)
        for n in range(side + 1)
    )
    ticks = b"".join(b"%d 0 m %d 3 l S\n" % (n, n) for n in range(0, size + 1, step))
    sides = b"0 0 m 0 %d l S %d 0 m %d %d l S\n" % (size, size, size, size)
    return one_page(deflated(b"0.1 w " + level + ticks + sides + text()), page=_box(size, size))


def stairs(scale: float) -> bytes:
    """A frame of four thousand rules, each of which touches only the next one."""
    chain = b"".join(
        b"%d %d m %d %d l S %d %d m %d %d l S\n" % (n, n, n + 5, n, n + 5, n, n + 5, n + 5)
        for n in range(0, 5 * times(1900, scale), 5)
    )
    return one_page(deflated(b"0.1 w " + chain + text()), page=_box(10_000, 10_000))


def level_rules(scale: float) -> bytes:
    """Twenty thousand level rules of different lengths between lines of words."""
    count = times(20_000, scale)
    lines = b"".join(
        b"%d %.2f m %d %.2f l S\n" % (n % 290, n * 0.04, 300 + n % 293, n * 0.04)
        for n in range(count)
    )
    words = b"".join(text(b"a 1 b", b"%d %d" % (30 * (n % 19), n % 840)) for n in range(2000))
    return one_page(deflated(b"0.1 w " + lines + words))


def shades(scale: float) -> bytes:
    """Thirty thousand filled boxes between lines of words."""
    boxes = b"".join(
        b"%d %d %d %d re f\n" % (n % 300, n * 7 % 800, 200 + n % 91, 4 + n % 60)
        for n in range(times(30_000, scale))
    )
    words = b"".join(text(b"a 1 b", b"%d %d" % (30 * (n % 19), n % 840)) for n in range(2000))
    return one_page(deflated(b"0.9 g " + boxes + b"0 g " + words))


def giant_page(_: float) -> bytes:
    """A page of a milliard points, in a unit of a million."""
    box = b"/MediaBox[-1000000000 -1000000000 1000000000 1000000000]/UserUnit 1000000"
    return one_page(text(), page=box)


def giant_empty_page(_: float) -> bytes:
    """The same without text, so that it has to be drawn to be read."""
    box = b"/MediaBox[-1000000000 -1000000000 1000000000 1000000000]/UserUnit 1000000"
    return one_page(b"0 0 m 99 99 l S", page=box)


def thin_page(_: float) -> bytes:
    """A page that is a million times as wide as it is high, without text."""
    return one_page(b"0 0 m 99 99 l S", page=b"/MediaBox[0 0 1000000 1]")


def page_without_size(_: float) -> bytes:
    """A page whose boxes are empty, upside down and no numbers."""
    box = b"/MediaBox[9 9 9 9]/CropBox[99 99 -99 -99]/TrimBox[a b]/Rotate 45/UserUnit -1"
    return one_page(text(), page=box)


def odd_numbers(_: float) -> bytes:
    """Text and rules at places and in sizes that no machine number holds."""
    numbers = (
        b"1e400", b"-1e400", b"99999999999999999999999999999999999999999", b"0.0000000000001",
        b"-2147483648", b"2147483647", b"3.4e38", b"--5", b"+-.", b"0",
    )  # fmt: skip
    content = b"".join(
        b"q %s 0 0 %s %s %s cm BT/F %s Tf 1 0 0 1 %s %s Tm(word 1)Tj ET 0 %s m %s 0 l S Q\n"
        % (one, other, one, other, other, one, other, one, other)
        for one, other in product(numbers, repeat=2)
    )
    return one_page(content + text())


def turned_text(scale: float) -> bytes:
    """Words at every angle there is, half of them mirrored, in a table."""
    words = b"".join(
        b"BT/F 9 Tf %.3f %.3f %.3f %.3f %d %d Tm(word %d)Tj ET\n"
        % ((n % 21 - 10) / 10, (n % 19 - 9) / 9, (n % 17 - 8) / 8, (n % 7 - 3) / 3,
           n * 13 % 595, n * 7 % 842, n)
        for n in range(times(4000, scale))
    )  # fmt: skip
    return one_page(deflated(_grid(20, 20) + words))


FILES: dict[str, Maker] = {
    "glyphs.pdf": glyphs,
    "scattered-words.pdf": scattered_words,
    "one-place.pdf": one_place,
    "two-columns.pdf": two_columns,
    "long-lines.pdf": long_lines,
    "grid.pdf": grid,
    "fine-grid.pdf": fine_grid,
    "grids.pdf": grids,
    "ragged-grid.pdf": ragged_grid,
    "dominoes.pdf": dominoes,
    "serpentine.pdf": serpentine,
    "stairs.pdf": stairs,
    "level-rules.pdf": level_rules,
    "shades.pdf": shades,
    "giant-page.pdf": giant_page,
    "giant-empty-page.pdf": giant_empty_page,
    "thin-page.pdf": thin_page,
    "page-without-size.pdf": page_without_size,
    "odd-numbers.pdf": odd_numbers,
    "turned-text.pdf": turned_text,
}
