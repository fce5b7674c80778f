"""What the PDF benchmarks count: exact cells, cells in their place, adjacency relations."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# Signs that nobody sees and that a typesetter adds to say where a line may break.
_UNSEEN = dict.fromkeys((0x200B, 0x2060, 0xFEFF))


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table: its row and column count from 1, header rows are counted too.

    ``place`` says where it stands for a person who looks it up ("page 2 at 56,120"), or is empty.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    place: str = ""


Grid = list[GridCell]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there should be, how many were given, and how many of these are right."""

    gold: int = 0
    got: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.gold + other.gold, self.got + other.got, self.right + other.right)

    @property
    def recall(self) -> float:
        """The share of what should be there that is; 1 where nothing should."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """The share of what was given that is right; 1 where nothing was given."""
        return self.right / self.got if self.got else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        return 2 * self.right / (self.gold + self.got) if self.gold + self.got else 1.0


def plain(text: str) -> str:
    """Return the text as cells are compared: NFC, and without any white space."""
    return unicodedata.normalize("NFC", "".join(text.translate(_UNSEEN).split()))


def gold_grids(gold: dict[str, Any]) -> list[Grid]:
    """Return the tables of a gold file of the corpus."""
    return [
        [
            GridCell(
                cell["row"],
                cell["column"],
                cell["text"],
                cell.get("row_span", 1),
                cell.get("column_span", 1),
            )
            for cell in table["cells"]
        ]
        for table in gold["tables"]
    ]


def exact_cells(gold: Iterable[Grid], got: Iterable[Grid]) -> Count:
    """Count the cell texts of a document as a multiset: a cell is right wherever it stands."""
    wanted, given = _texts(gold), _texts(got)
    return Count(wanted.total(), given.total(), (wanted & given).total())


def cells_in_place(gold: Sequence[Grid], got: Sequence[Grid]) -> Count:
    """Count the cells that also stand in the right row and column of the right table.

    Tables are paired one to one, those with the most text in common first.
    """
    gold_texts, got_texts = ([_texts([grid]) for grid in grids] for grids in (gold, got))
    overlaps = sorted(
        (-(wanted & given).total(), i, j)
        for i, wanted in enumerate(gold_texts)
        for j, given in enumerate(got_texts)
        if wanted & given
    )
    right = 0
    paired_gold: set[int] = set()
    paired_got: set[int] = set()
    for _, i, j in overlaps:
        if i not in paired_gold and j not in paired_got:
            paired_gold.add(i)
            paired_got.add(j)
            right += len(_placed(gold[i]) & _placed(got[j]))
    total, given_total = (sum(texts.total() for texts in side) for side in (gold_texts, got_texts))
    return Count(total, given_total, right)


def _texts(grids: Iterable[Grid]) -> Counter[str]:
    texts = (plain(cell.text) for grid in grids for cell in grid)
    return Counter(text for text in texts if text)


def _placed(grid: Grid) -> set[tuple[int, int, str]]:
    return {(cell.row, cell.column, plain(cell.text)) for cell in grid if plain(cell.text)}


Relation = tuple[str, str, str]


def letters(text: str) -> str:
    """Return the text as relations are compared: letters and digits only, in lower case.

    The competition drops white space and special characters; a cell that holds nothing else
    (a dash, an asterisk) keeps them, so that it stays a cell.
    """
    folded = plain(unicodedata.normalize("NFKC", text)).lower()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN") or folded


def relations(grids: Iterable[Grid]) -> Counter[Relation]:
    """Return the adjacency relations of tables (Goebel et al., ICDAR 2013).

    Each cell with text is related to its nearest neighbours with text, to the right on each row
    that it covers and below on each column, each neighbour once; blank cells are stepped over.
    """
    found: Counter[Relation] = Counter()
    for grid in grids:
        cells = [(cell, letters(cell.text)) for cell in grid]
        cells = [(cell, text) for cell, text in cells if text]
        covered = {
            (row, column): n
            for n, (cell, _) in enumerate(cells)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        by_row: dict[int, list[tuple[int, int]]] = {}
        by_column: dict[int, list[tuple[int, int]]] = {}
        for (row, column), n in sorted(covered.items()):
            by_row.setdefault(row, []).append((column, n))
            by_column.setdefault(column, []).append((row, n))
        for direction, lines in (("right", by_row), ("below", by_column)):
            pairs = {
                (first, second)
                for line in lines.values()
                for (_, first), (_, second) in pairwise(line)
                if first != second
            }
            found.update((cells[a][1], cells[b][1], direction) for a, b in pairs)
    return found


def related_cells(gold: Iterable[Grid], got: Iterable[Grid]) -> Count:
    """Count the adjacency relations of a document's tables, as a multiset."""
    wanted, given = relations(gold), relations(got)
    return Count(wanted.total(), given.total(), (wanted & given).total())
