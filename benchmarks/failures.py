"""Shows which cells of a document came out wrong, how, and beside what they should be."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from benchmarks.scoring import Grid, GridCell, plain
from extract.thai import skeleton

# Below this likeness (0 to 1) two texts are no versions of one another.
ALIKE = 0.5
SHOWN_LETTERS = 160

KINDS = {
    "marks": "right but for the marks over, under and beside the letters",
    "joined": "the cell came out as a part of a larger one",
    "cut": "only a part of the cell came out as a cell",
    "outside": "the text stands outside of the tables",
    "text": "another text",
    "table": "nothing of its whole table came out as cells",
    "lost": "nothing like it came out",
    "extra": "no cell should be there",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A cell that is wrong: ``gold`` is None where none should be, ``got`` where nothing came."""

    kind: str
    table: int
    gold: GridCell | None
    got: GridCell | None


def failures(gold: Sequence[Grid], got: Sequence[Grid], paragraphs: Sequence[str]) -> list[Failure]:
    """Return the wrong cells of a document, in gold order, then what should not be there."""
    given = Counter(plain(cell.text) for grid in got for cell in grid)
    wrong: list[tuple[int, GridCell]] = []
    for number, grid in enumerate(gold, start=1):
        for cell in grid:
            text = plain(cell.text)
            if text and given[text]:
                given[text] -= 1
            elif text:
                wrong.append((number, cell))
    left: list[tuple[int, GridCell]] = []
    for number, grid in enumerate(got, start=1):
        for cell in grid:
            text = plain(cell.text)
            if text and given[text]:
                given[text] -= 1
                left.append((number, cell))
    outside = plain("".join(paragraphs))
    found = []
    for number, cell in wrong:
        kind, nearest = _nearest(cell, left)
        if kind == "lost" and plain(cell.text) in outside:
            kind = "outside"
        found.append(Failure(kind, number, cell, nearest))
    found = _without_lost_tables(found, gold)
    used = {id(failure.got) for failure in found}
    extra = [Failure("extra", n, None, cell) for n, cell in left if id(cell) not in used]
    return found + extra


def _without_lost_tables(found: list[Failure], gold: Sequence[Grid]) -> list[Failure]:
    """Call the cells of a table of which nothing came by one name: they have one cause."""
    unseen = Counter(failure.table for failure in found if not failure.got)
    cells = {n: sum(bool(plain(c.text)) for c in grid) for n, grid in enumerate(gold, start=1)}
    return [
        replace(failure, kind="table") if unseen[failure.table] == cells[failure.table] else failure
        for failure in found
    ]


def _nearest(gold: GridCell, left: Sequence[tuple[int, GridCell]]) -> tuple[str, GridCell | None]:
    text = plain(gold.text)
    bare = skeleton(text)
    best: tuple[float, GridCell | None, str] = (0.0, None, "lost")
    for _, cell in left:
        given = plain(cell.text)
        if bare and skeleton(given) == bare:
            likeness, kind = 1.0, "marks"
        elif text in given:
            likeness, kind = 0.5 + 0.5 * len(text) / len(given), "joined"
        elif given in text:
            likeness, kind = 0.4 + 0.6 * len(given) / len(text), "cut"
        else:
            likeness, kind = _likeness(text, given, best[0]), "text"
        # Of several that are alike the one in the same row and column is meant.
        likeness += 0.02 * (cell.row == gold.row) + 0.01 * (cell.column == gold.column)
        if likeness > best[0]:
            best = (likeness, cell, kind)
    if best[1] is None or best[0] < ALIKE:
        return "lost", None
    return best[2], best[1]


def _likeness(a: str, b: str, floor: float) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() <= floor or matcher.quick_ratio() <= floor:
        return 0.0
    return matcher.ratio()


def shown(found: Sequence[Failure]) -> Iterator[list[str]]:
    """Yield the lines that show each failure to a person; a table of which nothing came is one."""
    lost: set[int] = set()
    for failure in found:
        if failure.kind != "table":
            yield list(_shown(failure))
        elif failure.table not in lost:
            lost.add(failure.table)
            texts = " | ".join(
                _line(f.gold.text) for f in found if f.gold and f.table == failure.table
            )
            yield [
                f"  table {failure.table}: nothing of it came out as cells",
                f"    {_line(texts)}",
            ]


def _shown(failure: Failure) -> Iterator[str]:
    gold, got = failure.gold, failure.got
    cell = gold or got
    if cell is None:
        return
    span = f" spans {cell.row_span}x{cell.column_span}" * (cell.row_span * cell.column_span > 1)
    place = f", {got.place}" if got and got.place else ""
    came = f" -> row {got.row} column {got.column}" if gold and got else ""
    where = f"table {failure.table} row {cell.row} column {cell.column}{span}{came}{place}"
    yield f"  {failure.kind}: {where}"
    if gold:
        yield f"    gold {_line(gold.text)}"
    if got:
        yield f"    got  {_line(got.text)}"
    if gold and got and failure.kind in ("marks", "text"):
        yield f"    diff {'; '.join(_differences(plain(gold.text), plain(got.text)))}"


def _line(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= SHOWN_LETTERS else f"{flat[:SHOWN_LETTERS]}… ({len(flat)} letters)"


def _differences(gold: str, got: str) -> list[str]:
    """Return the first places where the texts part, with their code points."""
    found = []
    for what, a0, a1, b0, b1 in SequenceMatcher(None, gold, got, autojunk=False).get_opcodes():
        if what != "equal":
            before = gold[max(0, a0 - 4) : a0]
            found.append(f"after «{before}» {_points(gold[a0:a1])} came as {_points(got[b0:b1])}")
    more = [f"and {len(found) - 4} more"] * (len(found) > 4)
    return found[:4] + more


def _points(text: str) -> str:
    if not text:
        return "nothing"
    # A mark alone is drawn over a dotted circle, so that it is seen.
    seen = "".join(
        "◌" * (unicodedata.category(c) == "Mn" and i == 0) + c for i, c in enumerate(text)
    )
    return f"«{seen[:20]}» {' '.join(f'{ord(c):04X}' for c in text[:8])}" + "…" * (len(text) > 8)
