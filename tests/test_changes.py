"""What changed between two datasets: which rows are the same ones, and why they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_text import AGENCY

from analyze import changes
from analyze.changes import CAUSES, COLUMNS, FACTS
from extract import read_report
from normalize import Registry, SourceFile, normalize_documents
from normalize.catalogue import catalogue

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
SAMPLES = (
    "chamlong-nakhon-cm-2565.txt",
    "nong-krachok-sai-sao-2565.txt",
    "sommot-buri-pao-2564.txt",
    "ban-saeng-sommot-sm-2566.txt",
    "than-tua-yang-tm-2565.html",
)
MIRRORED = {
    "new_report": "removed_report",
    "removed_report": "new_report",
    "new_decision": "undone_decision",
    "undone_decision": "new_decision",
    "added": "removed",
    "removed": "added",
}
DECISION = ("review_id", "kind", "document_id", "source_file", "raw", "decision", "decided_value")
PLACE = ("page", "table_id", "row", "line")

Tables = dict[str, pd.DataFrame]
Rows = list[dict[str, object]]


def document(name: str, content: str, year: int | None = 2566, **more: object) -> Rows:
    """A report file: its row of documents; ``content`` is the first digit of its document_id."""
    row = {
        "document_id": content * 16 if content else None,
        "source_file": name,
        "report_type": "oit_checklist",
        **AGENCY,
        "agency_match_status": "accepted",
        "fiscal_year_be": year,
        "period": "full_year",
        **dict.fromkeys(("tables", "items", "scores", "measures", "warnings"), 1),
        "status": "ok",
    }
    return [row | more]


def item(content: str, number: int | None, status: str, name: str = "", **more: object) -> Rows:
    row = {
        "observation_id": f"{content}-{number}-{name}",
        "document_id": content * 16,
        **AGENCY,
        "fiscal_year_be": 2566,
        "item_list_year_be": 2566,
        "instrument": "OIT",
        "item_no": number,
        "item_no_raw": str(number or ""),
        "item_name_raw": name,
        "match_status": "accepted" if number else "review",
        "status": status,
        "table_id": "t1",
        "row": number or 9,
    }
    return [row | more]


def score(content: str, metric: str, value: float, year: int = 2565, **more: object) -> Rows:
    row = {
        "observation_id": f"{content}-{metric}-{value}",
        "document_id": content * 16,
        **AGENCY,
        "fiscal_year_be": year,
        "metric": metric,
        "value": value,
    }
    return [row | more]


def measure(content: str, number: str | None, text: str, **more: object) -> Rows:
    row = {
        "observation_id": f"{content}-{number}-{text}",
        "document_id": content * 16,
        **AGENCY,
        "fiscal_year_be": 2566,
        "measure_no": number,
        "measure": text,
        "match_status": "accepted",
    }
    return [row | more]


def decision(content: str, kind: str, value: str, row: int = 0) -> Rows:
    values = (f"r-{kind}-{row}", kind, content * 16, "a.txt", "words", "other", value)
    place = ("", "t1", str(row), "") if row else ("", "", "", "1")
    return [dict(zip((*DECISION, *PLACE), (*values, *place), strict=True))]


def dataset(documents: Rows, *, decisions: Rows | None = None, **rows: Rows) -> Tables:
    tables = {"documents": catalogue().table("documents").frame(documents)}
    for name in (*FACTS, "review", "measure_steps"):
        tables[name] = catalogue().table(name).frame(rows.get(name, []))
    if decisions is not None:
        tables["decisions"] = pd.DataFrame(decisions, columns=[*DECISION, *PLACE], dtype="string")
    return tables


def told(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The named columns of the changes, None where a field is empty."""
    values = [[None if pd.isna(value) else value for value in frame[name]] for name in columns]
    return list(zip(*values, strict=True))


VALUES = ("key", "column", "old", "new", "cause", "change")


def test_a_changed_status_of_an_edited_report() -> None:
    old = dataset(document("a.txt", "a"), items=item("a", 1, "complete") + item("a", 2, "missing"))
    new = dataset(document("a.txt", "b"), items=item("b", 1, "complete") + item("b", 2, "complete"))
    frame = changes(old, new, is_same_version=True)
    assert tuple(frame.columns) == COLUMNS
    (change,) = frame.to_dict("records")
    assert change == {
        "agency_code": "X1",
        "agency_name": "สมมติ",
        "fiscal_year_be": 2566,
        "source_file": "a.txt",
        "table": "items",
        "key": "O2",
        "column": "status",
        "old": "missing",
        "new": "complete",
        "cause": "changed_report",
        "change": "changed",
    }


def test_a_new_report_brings_its_rows_in_the_years_they_are_of() -> None:
    old = dataset(document("a.txt", "a"))
    new = dataset(
        document("a.txt", "a") + document("b.txt", "b"),
        items=item("b", 3, "partial"),
        scores=score("b", "overall", 83),
        measures=measure("b", "1", "มาตรการสมมติ"),
    )
    frame = changes(old, new)
    assert told(frame, "fiscal_year_be", "table", *VALUES) == [
        (2565, "scores", "overall", "value", None, "83", "new_report", "added"),
        (2566, "documents", "b.txt", "source_file", None, "b.txt", "new_report", "added"),
        (2566, "items", "O3", "status", None, "partial", "new_report", "added"),
        (2566, "measures", "1 มาตรการสมมติ", "measure", None, "มาตรการสมมติ", "new_report", "added"),
    ]
    back = changes(new, old)
    assert set(back["cause"]) == {"removed_report"}
    assert set(back["change"]) == {"removed"}


def test_names_and_contents_that_move() -> None:
    """Last year's file is kept under another name, and its name is given to a new one."""
    items = item("a", 1, "missing")
    old = dataset(document("now.txt", "a", 2565) + document("before.txt", "0", 2564), items=items)
    new = dataset(
        document("now.txt", "b", 2566) + document("before.txt", "a", 2565),
        items=items + item("b", 1, "complete"),
    )
    frame = changes(old, new, is_same_version=True)
    documents = frame[frame["table"] == "documents"]
    assert told(documents, "source_file", "old", "new", "cause") == [
        ("before.txt", "before.txt", None, "removed_report"),
        ("before.txt", "now.txt", "before.txt", "renamed_report"),
        ("now.txt", None, "now.txt", "new_report"),
    ]
    assert told(frame[frame["table"] == "items"], "key", "cause") == [("O1", "new_report")]


def test_a_copy_is_another_name_and_changes_no_value() -> None:
    zero = dict.fromkeys(("tables", "items", "scores", "measures", "warnings"), 0)
    items = item("a", 1, "missing")
    one = dataset(document("b.txt", "a"), items=items)
    two = dataset(document("a.txt", "a", **zero) + document("b.txt", "a"), items=items)
    (change,) = told(changes(one, two, is_same_version=True), "column", "old", "new", "cause")
    assert change == ("source_file", "b.txt", "a.txt; b.txt", "renamed_report")


def test_a_file_that_is_now_another_years_report_shares_no_row() -> None:
    old = dataset(document("latest.txt", "a", 2565), items=item("a", 1, "missing"))
    new = dataset(document("latest.txt", "b", 2566), items=item("b", 1, "complete"))
    frame = changes(old, new)
    assert told(frame[frame["table"] == "items"], "old", "new", "change") == [
        (None, "complete", "added"),
        ("missing", None, "removed"),
    ]
    assert told(frame[frame["table"] == "documents"], "column", "old", "new") == [
        ("fiscal_year_be", "2565", "2566")
    ]
    unread = dataset(document("latest.txt", "a", None), items=item("a", 1, "missing"))
    assert "changed" in set(changes(unread, new).query("table == 'items'")["change"])


def test_a_row_is_the_same_by_its_words_before_its_number() -> None:
    """A doubt that is settled, a measure that is numbered anew, and one with another text."""
    old = dataset(
        document("a.txt", "a"),
        items=item("a", None, "complete", "ชื่อสมมติ"),
        measures=measure("a", "1", "ก") + measure("a", "2", "ข") + measure("a", "3", "ค"),
    )
    new = dataset(
        document("a.txt", "b"),
        items=item("b", 7, "complete", "ชื่อสมมติ", item_no_raw=""),
        measures=measure("b", "1", "ข") + measure("b", "3", "คค"),
    )
    assert told(changes(old, new), "table", "key", "column", "old", "new", "change") == [
        ("items", "O7", "item_no", None, "7", "changed"),
        ("items", "O7", "match_status", "review", "accepted", "changed"),
        ("measures", "1 ข", "measure_no", "2", "1", "changed"),
        ("measures", "1 ก", "measure", "ก", None, "removed"),
        ("measures", "3 คค", "measure", "ค", "คค", "changed"),
    ]


def test_of_rows_that_are_alike_only_the_one_that_differs_is_told() -> None:
    twice = item("a", 1, "complete") + item("a", 1, "missing")
    old = dataset(document("a.txt", "a"), items=twice)
    new = dataset(document("a.txt", "b"), items=item("b", 1, "missing"))
    assert told(changes(old, new), "old", "new", "change") == [("complete", None, "removed")]


def test_scores_of_two_years_are_two_scores() -> None:
    old = dataset(document("a.txt", "a"), scores=score("a", "overall", 70, 2564))
    both = score("b", "overall", 70, 2564) + score("b", "overall", 80.5, 2565)
    new = dataset(document("a.txt", "b"), scores=both)
    assert told(changes(old, new), "fiscal_year_be", "old", "new") == [(2565, None, "80.5")]


def test_steps_belong_to_their_measure() -> None:
    def steps(*texts: str) -> Rows:
        shared = {"observation_id": "a-1-ก", "document_id": "a" * 16, "match_status": "unmatched"}
        return [{**shared, "step_no": n, "text": text} for n, text in enumerate(texts, start=1)]

    measures = measure("a", "1", "ก")
    old = dataset(document("a.txt", "a"), measures=measures, measure_steps=steps("x", "y"))
    new = dataset(document("a.txt", "a"), measures=measures, measure_steps=steps("x", "z"))
    assert told(changes(old, new), "key", "column", "old", "new") == [
        ("1 ก", "steps", "1. x\n2. y", "1. x\n2. z")
    ]


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ([], decision("a", "item", "O7", 2), "new_decision"),
        (decision("a", "item", "O7", 2), [], "undone_decision"),
        (decision("a", "item", "O7", 2), decision("a", "item", "O8", 2), "changed_decision"),
        ([], decision("a", "fiscal_year", "2566"), "new_decision"),
        ([], decision("a", "agency", "X1"), "version"),
        (decision("a", "item", "O7", 2), decision("a", "item", "O7", 2), "version"),
        ([], decision("a", "item", "O7", 3), "version"),
        (None, None, "version"),
    ],
)
def test_a_decision_is_the_cause_where_it_was_made(
    old: Rows | None, new: Rows | None, cause: str
) -> None:
    """The version changed too, so a decision elsewhere in the report explains nothing."""
    before = dataset(document("a.txt", "a"), items=item("a", 2, "missing"), decisions=old)
    after = dataset(document("a.txt", "a"), items=item("a", 2, "complete"), decisions=new)
    frame = changes(before, after)
    assert told(frame[frame["table"] == "items"], "column", "cause") == [("status", cause)]


def test_a_decision_is_the_cause_of_a_row_that_it_took_away() -> None:
    """Words outside a table stand on a line."""
    place = {"table_id": "", "row": "", "line": "12"}
    made = [decision("a", "score", "")[0] | place]
    scores = score("a", "overall", 75.4, line=12)
    old = dataset(document("a.txt", "a"), scores=scores)
    new = dataset(document("a.txt", "a"), decisions=made)
    frame = changes(old, new)
    assert told(frame[frame["table"] == "scores"], "old", "cause") == [("75.4", "new_decision")]


def test_a_decision_is_told_itself() -> None:
    rows = item("a", 2, "complete")
    old = dataset(document("a.txt", "a"), items=rows)
    new = dataset(document("a.txt", "a"), items=rows, decisions=decision("a", "item", "O7", 2))
    assert told(changes(old, new), "table", *VALUES) == [
        ("decisions", "item: words", "decided_value", None, "O7", "new_decision", "added")
    ]


@pytest.mark.parametrize(
    ("is_same_version", "name", "decisions", "cause"),
    [
        (False, "a.txt", [], "version"),
        (True, "a.txt", [], "unknown"),
        (True, "a.html", [], "renamed_report"),
        (True, "a.txt", decision("a", "item", "O7", 5), "new_decision"),
    ],
)
def test_what_is_left_explains_a_change_in_the_same_content(
    is_same_version: bool, name: str, decisions: Rows, cause: str
) -> None:
    old = dataset(document("a.txt", "a"), items=item("a", 2, "missing"))
    new = dataset(document(name, "a"), items=item("a", 2, "complete"), decisions=decisions)
    frame = changes(old, new, is_same_version=is_same_version)
    assert told(frame[frame["table"] == "items"], "column", "cause") == [("status", cause)]


def test_open_doubts_are_counted_by_kind() -> None:
    def doubts(*kinds: str) -> Rows:
        shared = {"document_id": "a" * 16, "source_file": "a.txt", "reason": "r"}
        return [{**shared, "review_id": f"r{n}", "kind": kind} for n, kind in enumerate(kinds)]

    old = dataset(document("a.txt", "a"), review=doubts("status", "status", "score"))
    new = dataset(
        document("a.txt", "a"),
        review=doubts("status", "score"),
        decisions=decision("a", "status", "complete", 4),
    )
    frame = changes(old, new)
    assert told(frame[frame["table"] == "review"], *VALUES) == [
        ("status", "rows", "2", "1", "new_decision", "changed")
    ]


def test_files_that_would_not_open_and_agencies_that_are_not_known() -> None:
    nobody = dict.fromkeys(AGENCY)
    failed = {**nobody, "status": "failed", "error": "denied", "agency_match_status": "unmatched"}
    known = document("z.txt", "c")
    old = dataset(document("x.txt", "", None, **failed) + document("y.txt", "", None, **failed))
    new = dataset(document("x.txt", "", None, **failed) + document("y.txt", "d", **nobody) + known)
    frame = changes(old, new)
    assert told(frame, "agency_name", "source_file", "column", "cause")[:1] == [
        ("สมมติ", "z.txt", "source_file", "new_report")
    ]
    rest = frame[frame["agency_name"].isna()]
    assert set(told(rest, "source_file", "cause")) == {("y.txt", "changed_report")}
    assert ("status", "failed", "ok") in told(rest, "column", "old", "new")


def test_columns_of_one_side_and_tables_without_rows() -> None:
    tables = dataset(document("a.txt", "a"), items=item("a", 1, "complete"))
    fewer = {**tables, "items": tables["items"].drop(columns=["responsible", "concept_id"])}
    assert changes(fewer, tables).empty
    assert changes(tables, {"documents": tables["documents"]})["change"].tolist() == ["removed"]
    assert changes(dataset([]), dataset([])).empty


@cache
def samples() -> Tables:
    documents = [read_report(RAW / name, RAW) for name in SAMPLES]
    files = [SourceFile(one.source_file, one.document_id, one.error) for one in documents]
    return normalize_documents(files, documents, Registry.load(RAW / "agencies.csv"))


@st.composite
def datasets(draw: st.DrawFn) -> Tables:
    """The sample reports with some removed, renamed or edited, and some rows lost or changed."""
    tables = {name: frame.copy() for name, frame in samples().items()}
    for name, content in zip(tables["documents"]["source_file"], list("01234"), strict=True):
        what = draw(st.sampled_from(["stays", "goes", "is renamed", "is edited"]))
        document_id = tables["documents"].set_index("source_file").loc[name, "document_id"]
        for table, frame in tables.items():
            own = frame["document_id"] == document_id
            if what == "goes":
                tables[table] = frame[~own].copy()
            elif what == "is renamed" and "source_file" in frame:
                frame.loc[own, "source_file"] = f"other/{name}"
            elif what == "is edited":
                frame.loc[own, "document_id"] = content * 16
    for table, column in (("items", "status"), ("measures", "measure"), ("scores", "raw")):
        for _ in range(draw(st.integers(0, 3))):
            if len(frame := tables[table]):
                row = draw(st.sampled_from(list(frame.index)))
                if draw(st.booleans()):
                    tables[table] = frame.drop(row)
                else:
                    frame.loc[row, column] = draw(st.sampled_from(["missing", "complete", "x"]))
    return tables


def untold(frame: pd.DataFrame) -> Counter[tuple[object, ...]]:
    return Counter(told(frame, "table", "column", "old", "new", "cause", "change"))


@settings(max_examples=30)
@given(datasets(), datasets())
def test_a_diff_has_nothing_of_itself_and_its_mirror_is_the_way_back(
    old: Tables, new: Tables
) -> None:
    assert changes(old, old).empty
    there, back = changes(old, new), changes(new, old)
    mirrored: Counter[tuple[object, ...]] = Counter()
    for (table, column, was, now, cause, change), n in untold(back).items():
        causes = [MIRRORED.get(str(word), word) for word in (cause, change)]
        mirrored[table, column, now, was, *causes] += n
    assert untold(there) == mirrored
    assert set(there["cause"]) <= set(CAUSES)
    pd.testing.assert_frame_equal(there, changes(_shuffled(old), _shuffled(new)))


def _shuffled(tables: Mapping[str, pd.DataFrame]) -> Tables:
    """The same reports in another order."""
    documents = tables["documents"]
    return {**tables, "documents": documents.iloc[::-1].reset_index(drop=True)}
