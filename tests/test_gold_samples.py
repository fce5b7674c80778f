"""The fictitious reports of data/raw against the facts that they were made from.

Text, HTML and PDF must be right in every fact and, spaces aside, in every text.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

from extract import read_report
from normalize import Registry, SourceFile, normalize_documents

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
Rows = list[dict[str, str]]
TOTALS = {"documents": 22, "items": 457, "scores": 100, "measures": 55}
COUNTED = {"measures": "n_steps"}
KEYS = {
    "documents": ("source_file",),
    "items": ("source_file", "item_no"),
    "scores": ("source_file", "fiscal_year_be", "metric"),
    "measures": ("source_file", "n"),
}


def gold(table: str) -> Rows:
    with (RAW / "gold" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def found(table: str) -> Rows:
    """Return a table of the samples as text, as its CSV would have it."""
    frame = _frames()[table]
    return [
        {str(name): _text(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


@cache
def _frames():  # type: ignore[no-untyped-def]
    names = [row["source_file"] for row in gold("documents")]
    documents = [read_report(RAW / name, RAW) for name in names]
    files = [SourceFile(d.source_file, d.document_id) for d in documents]
    return normalize_documents(files, documents, Registry.load(RAW / "agencies.csv"))


def _text(value: object) -> str:
    if value is None or value != value or str(value) == "<NA>":
        return ""
    return str(value)


def _numbered(rows: Rows) -> Rows:
    """Number the rows of each report."""
    seen: Counter[str] = Counter()
    numbered = []
    for row in rows:
        seen[row["source_file"]] += 1
        numbered.append({**row, "n": str(seen[row["source_file"]])})
    return numbered


def _with_files(table: str) -> Rows:
    names = {row["document_id"]: row["source_file"] for row in found("documents")}
    rows = [{**row, "source_file": names[row["document_id"]]} for row in found(table)]
    if table == "measures":
        steps = Counter(row["observation_id"] for row in found("measure_steps"))
        rows = [{**row, "n_steps": str(steps[row["observation_id"]])} for row in rows]
    return rows


def pairs(table: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Return each gold row with the row found for it; every row must have its partner."""
    wanted, got = gold(table), _with_files(table)
    if table == "measures":
        wanted, got = _numbered(wanted), _numbered(got)
    keys = KEYS[table]
    by_key = {tuple(row[k] for k in keys): row for row in got}
    assert len(by_key) == len(got)
    assert {tuple(row[k] for k in keys) for row in wanted} == set(by_key)
    return [(row, by_key[tuple(row[k] for k in keys)]) for row in wanted]


def same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def differing(table: str, column: str) -> list[tuple[str, str, str]]:
    return [
        (want["source_file"], want[column], got[column])
        for want, got in pairs(table)
        if not same(want[column], got[column])
    ]


def test_totals() -> None:
    assert {table: len(gold(table)) for table in TOTALS} == TOTALS
    assert {table: len(found(table)) for table in TOTALS} == TOTALS


def test_documents() -> None:
    for column in ("agency_code", "fiscal_year_be", "period", "report_type", "item_list_year_be"):
        assert differing("documents", column) == [], column
    assert {row["agency_match_status"] for row in found("documents")} == {"accepted"}


def test_items() -> None:
    for column in ("item_no_raw", "item_name_raw", "status", "status_raw", "responsible"):
        assert differing("items", column) == [], column
    assert {row["match_status"] for row in found("items")} == {"accepted"}


def test_scores() -> None:
    for want, got in pairs("scores"):
        assert (want["value"] == "") == (got["value"] == "")
        assert want["value"] == "" or float(want["value"]) == float(got["value"])
    assert differing("scores", "level") == []


def test_measures() -> None:
    facts = ("instrument", "indicator_no", "question_no", "period_start", "period_end", "status")
    texts = ("measure", "responsible", "period_raw", "result", "outcome")
    for column in (*facts, *texts, "measure_no", "n_steps"):
        assert differing("measures", column) == [], column


def test_only_what_is_in_doubt_is_reviewed() -> None:
    kinds = Counter(row["kind"] for row in found("review"))
    assert kinds == {"status": 5, "score": 1}
    ids = [row["review_id"] for row in found("review")]
    assert len(ids) == len(set(ids))


def test_ids_are_unique() -> None:
    for table in ("items", "scores", "measures"):
        ids = [row["observation_id"] for row in found(table)]
        assert len(ids) == len(set(ids))
