"""Small reports written inside a test, and what normalization makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from extract.read import read_bytes
from normalize import Registry, normalize_document
from normalize.records import Records, Row

AGENCY = {
    "agency_code": "X1",
    "agency_name": "สมมติ",
    "agency_type": "อบต.",
    "district": "ก",
    "province": "ข",
}
TITLE = "รายงานผล ITA ประจำปีงบประมาณ พ.ศ. {year}\n\n"


@cache
def _registry() -> Registry:
    return Registry.load()


def table(*rows: Sequence[object]) -> str:
    """Return rows as a tab-separated table."""
    return "\n".join("\t".join(map(str, row)) for row in rows) + "\n"


def normalized(text: str, year: int | None = None, name: str = "a.txt") -> tuple[Row, Records]:
    """Normalize a text report; ``year`` puts a title before it."""
    title = TITLE.format(year=year) if year else "รายงาน\n\n"
    return normalize_document(read_bytes((title + text).encode(), name), _registry())


def codes(records: Records) -> set[object]:
    return {row["code"] for row in records.issues}


def doubts(records: Records, kind: str) -> list[Row]:
    return [row for row in records.review if row["kind"] == kind]


def pick(rows: Iterable[Row], *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]
