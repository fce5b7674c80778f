"""Which rows, and which reports, of two datasets are the same ones."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Record = Mapping[str, str]
Pair = tuple[Record | None, Record | None]


@dataclass(slots=True)
class Report:
    """A content with its file names, its row of ``documents`` and its rows of other tables."""

    document_id: str
    names: list[str]
    row: Record
    rows: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))

    @property
    def source_file(self) -> str:
        """The file names, as one text."""
        return "; ".join(self.names)


def pair_rows(
    old: Sequence[Record], new: Sequence[Record], keys: Iterable[Sequence[str]]
) -> list[Pair]:
    """Pair the rows that agree in the columns of a key; a row that stays alone has None beside it.

    The keys are tried one after the other on the rows still alone, so the surest comes first. Rows
    alike in a key are paired in their order; a key that is empty in all its columns says nothing.
    """
    old_of: dict[int, int] = {}
    alone = list(range(len(old)))
    open_new = list(range(len(new)))
    for key in keys:
        known: dict[Hashable, deque[int]] = defaultdict(deque)
        for n in alone:
            known[_values(old[n], key)].append(n)
        for n in open_new:
            values = _values(new[n], key)
            if any(values) and known.get(values):
                old_of[n] = known[values].popleft()
        paired = set(old_of.values())
        alone = [n for n in alone if n not in paired]
        open_new = [n for n in open_new if n not in old_of]
    there = [(n, 0, old[old_of[n]] if n in old_of else None, row) for n, row in enumerate(new)]
    gone = [(n, 1, old[n], None) for n in alone]
    return [(one, other) for _, _, one, other in sorted([*there, *gone], key=lambda p: p[:2])]


def pair_reports(
    old: Mapping[str, Report], new: Mapping[str, Report]
) -> list[tuple[Report | None, Report | None]]:
    """Pair the reports of two datasets: first the same content, then the same file name.

    Both are by document_id. A content with another name is a renamed report, a name with another
    content a changed one.
    """
    pairs: list[tuple[Report | None, Report | None]] = [
        (report, new[key]) for key, report in old.items() if key in new
    ]
    gone = {key: report for key, report in old.items() if key not in new}
    come = {key: report for key, report in new.items() if key not in old}
    old_named = {name: key for key, report in gone.items() for name in report.names}
    new_named = {name: key for key, report in come.items() for name in report.names}
    for name in sorted(old_named.keys() & new_named.keys()):
        if old_named[name] in gone and new_named[name] in come:
            pairs.append((gone.pop(old_named[name]), come.pop(new_named[name])))
    return [*pairs, *((report, None) for report in gone.values())] + [
        (None, report) for report in come.values()
    ]


def _values(row: Record, key: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in key)
