"""The five published reports: every fact that issue 2 names, where it stands, and the totals."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from extract import read_report
from normalize import Registry, SourceFile, normalize_documents
from normalize.reference import item_lists

BAN_PAO = "ban-pao-sao-2568.txt"
BO_KAEO = "bo-kaeo-sao-2566.txt"
CHAI_CHUMPHON = "chai-chumphon-sao-2565.txt"
CHAI_MONGKHON = "chai-mongkhon-sm-2566.txt"
CHAIYAPHUM = "chaiyaphum-pao-2564.txt"
RECORDS = ("items", "scores", "measures", "measure_steps", "review", "issues")

# file: code, fiscal year, period, type, list, items, scores, measures, steps, review, issues.
DOCUMENTS = {
    BAN_PAO: ("6360404", 2568, "full_year", "measures", None, 0, 0, 8, 44, 0, 0),
    BO_KAEO: ("6500802", 2566, "full_year", "mixed", 2566, 43, 0, 13, 41, 0, 1),
    CHAI_CHUMPHON: ("6530804", 2565, "full_year", "oit_checklist", 2565, 43, 0, 0, 0, 3, 1),
    CHAI_MONGKHON: ("5300114", 2566, "first_half", "measures", None, 0, 0, 7, 22, 1, 1),
    CHAIYAPHUM: ("2360101", 2564, "full_year", "score_analysis", None, 0, 12, 0, 0, 1, None),
}
PLACES = {
    BAN_PAO: ("อบต.", "บ้านเป้า", "เกษตรสมบูรณ์", "ชัยภูมิ"),
    BO_KAEO: ("อบต.", "บ่อแก้ว", "สะเมิง", "เชียงใหม่"),
    CHAI_CHUMPHON: ("อบต.", "ชัยจุมพล", "ลับแล", "อุตรดิตถ์"),
    CHAI_MONGKHON: ("เทศบาลตำบล", "ไชยมงคล", "เมืองนครราชสีมา", "นครราชสีมา"),
    CHAIYAPHUM: ("อบจ.", "ชัยภูมิ", "เมืองชัยภูมิ", "ชัยภูมิ"),
}
# chai-chumphon: the status of items 1 to 43, read from the report by a person.
STATUSES = dict.fromkeys(range(1, 44), "complete")
STATUSES |= dict.fromkeys((6, 8, 9, 12, 15), "partial")
STATUSES |= dict.fromkeys((16, 20, 23, 24, 26, 28, 31, *range(33, 39), 40, 42, 43), "missing")
STATUSES |= dict.fromkeys((18, 19, 25), "not_reported")
STATUSES |= dict.fromkeys((17, 30, 32), "unclear")
# The first line of each run of rows, and how many rows follow each other line by line.
CHAI_CHUMPHON_LINES = ((32, 10), (46, 7), (57, 7), (68, 4), (76, 5), (87, 8), (99, 2))
BO_KAEO_LINES = (
    *(42, 43, 44, 45, 46, 49, 50, 52, 53, 54, 59, 60, 61, 64, 67, 68, 69, 70),
    *(76, 77, 79, 80, 87, 88, 90, 91, 98, 99, 100, 107, 114, 117, 120, 127, 128),
    *(135, 136, 137, 144, 145, 146, 153, 154),
)


@cache
def frames(reports: Path) -> dict[str, pd.DataFrame]:
    documents = [read_report(path, reports) for path in sorted(reports.glob("*.txt"))]
    files = [SourceFile(d.source_file, d.document_id) for d in documents]
    found = normalize_documents(files, documents, Registry.load())
    names = dict(zip(found["documents"].document_id, found["documents"].source_file, strict=True))
    for frame in found.values():
        if "source_file" not in frame:
            frame["source_file"] = frame.document_id.map(names)
    return found


def of(shared: Path, table: str, source_file: str) -> pd.DataFrame:
    frame = frames(shared / "reports")[table]
    return frame[frame.source_file == source_file].reset_index(drop=True)


def lines(shared: Path, source_file: str) -> list[str]:
    return (shared / "reports" / source_file).read_text(encoding="utf-8").split("\n")


def values(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Return the rows as tuples; nothing is None."""
    plain = frame[list(columns)].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).to_numpy()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_and_totals(shared: Path, name: str) -> None:
    code, year, period, kind, list_year, *counts = DOCUMENTS[name]
    (row,) = of(shared, "documents", name).to_dict("records")
    assert (row["agency_code"], row["agency_match_status"]) == (code, "accepted")
    assert (row["fiscal_year_be"], row["fiscal_year_ce"]) == (year, int(str(year)) - 543)
    assert (row["period"], row["report_type"], row["status"]) == (period, kind, "ok")
    assert (None if pd.isna(row["item_list_year_be"]) else row["item_list_year_be"]) == list_year
    assert (
        tuple(row[c] for c in ("agency_type", "agency_name", "district", "province"))
        == (PLACES[name])
    )
    for table, count in zip(RECORDS, counts, strict=True):
        if count is not None:
            assert len(of(shared, table, name)) == count, table
    assert [row["items"], row["scores"], row["measures"]] == counts[:3]
    for table in ("items", "scores", "measures"):
        for fact in of(shared, table, name).to_dict("records"):
            assert fact["agency_code"] == code


def test_totals_of_the_whole_run(shared: Path) -> None:
    found = frames(shared / "reports")
    assert {name: len(found[name]) for name in ("documents", *RECORDS[:5])} == {
        "documents": 5,
        "items": 86,
        "scores": 12,
        "measures": 28,
        "measure_steps": 107,
        "review": 5,
    }


def test_two_runs_are_equal(shared: Path) -> None:
    first = frames(shared / "reports")
    frames.cache_clear()
    second = frames(shared / "reports")
    for name, frame in first.items():
        pd.testing.assert_frame_equal(frame, second[name])


def test_ids_are_unique(shared: Path) -> None:
    found = frames(shared / "reports")
    for table in ("items", "scores", "measures"):
        assert found[table].observation_id.is_unique
    assert found["review"].review_id.is_unique
    assert not found["measure_steps"].duplicated(["observation_id", "step_no"]).any()


@pytest.mark.parametrize(("name", "year"), [(CHAI_CHUMPHON, 2565), (BO_KAEO, 2566)])
def test_checklists_are_whole_lists_in_order(shared: Path, name: str, year: int) -> None:
    items = of(shared, "items", name)
    known = item_lists()[year]
    assert values(items, "item_no", "concept_id", "item_name", "sub_indicator_no") == [
        (item.item_no, item.concept_id, item.name, item.sub_indicator_no) for item in known
    ]
    assert set(items.match_status) == {"accepted"}
    assert set(items.fiscal_year_be) == set(items.item_list_year_be) == {year}
    assert items.match_score.min() > 0.99
    source = lines(shared, name)
    for raw, line in values(items, "item_no_raw", "line"):
        assert source[int(str(line)) - 1].startswith(f"{raw}\t")


def test_chai_chumphon_statuses(shared: Path) -> None:
    items = of(shared, "items", CHAI_CHUMPHON)
    assert dict(zip(items.item_no, items.status, strict=True)) == STATUSES
    assert Counter(items.status) == {
        "complete": 16,
        "missing": 16,
        "partial": 5,
        "unclear": 3,
        "not_reported": 3,
    }
    blank = items[items.status == "not_reported"]
    assert blank.status_raw.isna().all()
    assert values(items[items.item_no.isin([30, 32])], "status_raw") == [("ช่องทางออนไลน์",)] * 2
    numbers = [(raw, no) for raw, no in values(items, "item_no_raw", "item_no")]
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    assert numbers == [(f"{no:02d}".translate(thai), no) for no in range(1, 44)]


def test_chai_chumphon_evidence(shared: Path) -> None:
    items = of(shared, "items", CHAI_CHUMPHON)
    expected = [
        (f"t{table}", row + 2, first + row)
        for table, (first, count) in enumerate(CHAI_CHUMPHON_LINES, start=1)
        for row in range(count)
    ]
    assert values(items, "table_id", "row", "line") == expected
    assert items.page.isna().all()


def test_bo_kaeo_items(shared: Path) -> None:
    items = of(shared, "items", BO_KAEO)
    assert set(items.status) == {"complete"}
    assert items.responsible.notna().all()
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    assert list(items.item_no_raw) == [f"0{no}".translate(thai) for no in range(1, 44)]
    assert list(items.line) == list(BO_KAEO_LINES)
    assert set(items.status_raw.str.slice(0, 1)) == {"☐"}
    assert (items.status_raw.str.count("☑") == 1).all()


def test_bo_kaeo_measures(shared: Path) -> None:
    measures = of(shared, "measures", BO_KAEO)
    assert values(measures, "measure_no", "line") == [
        *((str(n), line) for n, line in enumerate((10, 13, 14, 17, 18), start=1)),
        *((None, line) for line in (23, 24, 25, 26, 31, 32, 33, 34)),
    ]
    assert values(measures[5:], "instrument", "indicator_no", "status", "match_status") == [
        ("IIT" if number <= 5 else "EIT", number, "complete", "accepted") for number in range(1, 9)
    ]
    assert (
        values(measures[:5], "instrument", "indicator_no", "status", "match_status")
        == [(None, None, None, "unmatched")] * 5
    )
    assert values(measures, "period_start", "period_end") == [("2022-10-01", "2023-09-30")] * 13
    assert measures.result.notna().all()
    assert measures[:5].outcome.notna().all()
    assert not measures.result.str.contains("☑").any()
    assert _steps(shared, BO_KAEO) == [3, 2, 4, 5, 3, 1, 3, 3, 2, 5, 2, 5, 3]
    # What follows the boxes begins with the report's own first words, not inside them.
    assert [text.split()[0][:5] for text in measures.result[5:8]] == ["องค์ก"] * 3


def _steps(shared: Path, name: str) -> list[int]:
    measures = of(shared, "measures", name)
    steps = of(shared, "measure_steps", name)
    counts = Counter(steps.observation_id)
    for observation_id in measures.observation_id:
        own = steps[steps.observation_id == observation_id]
        assert list(own.step_no) == list(range(1, len(own) + 1))
    return [counts[observation_id] for observation_id in measures.observation_id]


def test_ban_pao_measures_and_steps(shared: Path) -> None:
    measures = of(shared, "measures", BAN_PAO)
    assert values(measures, "measure_no", "line") == [
        (str(n), line) for n, line in enumerate((9, 13, 18, 28, 37, 42, 55, 67), start=1)
    ]
    assert values(measures, "period_start", "period_end") == [("2024-10-01", "2025-09-30")] * 8
    assert set(measures.status) == {"complete"}
    assert set(measures.table_id) == {"t1"}
    assert list(measures.row) == list(range(3, 11))
    assert measures.responsible.notna().all()
    assert measures.outcome.notna().all()
    assert _steps(shared, BAN_PAO) == [4, 3, 3, 7, 4, 6, 6, 11]
    steps = of(shared, "measure_steps", BAN_PAO)
    assert values(steps[steps.concept_id.notna()], "step_no", "concept_id", "line") == [
        (1, "hr_plan", 55),
        (8, "anticorruption_plan", 85),
    ]


def test_a_step_keeps_the_line_where_it_begins(shared: Path) -> None:
    measures = of(shared, "measures", BAN_PAO)
    steps = of(shared, "measure_steps", BAN_PAO)
    last = steps[steps.observation_id == measures.observation_id[7]]
    assert list(last.line) == [67, 71, 72, 76, 76, 77, 81, 85, 85, 89, 93]
    source = lines(shared, BAN_PAO)
    for step, line in values(steps, "text", "line"):
        assert str(step)[:8].split()[0] in source[int(str(line)) - 1]


def test_chai_mongkhon_points(shared: Path) -> None:
    points = of(shared, "measures", CHAI_MONGKHON)
    assert values(
        points, "instrument", "indicator_no", "sub_indicator_no", "question_no", "match_status"
    ) == [
        ("OIT", 9, "9.1", None, "accepted"),
        ("OIT", 9, None, None, "review"),
        ("OIT", 9, "9.4", None, "accepted"),
        *(("EIT", 7, None, number, "accepted") for number in (6, 7, 9, 10)),
    ]
    assert list(points.line) == [16, 17, 20, 27, 28, 31, 32]
    assert points.follow_up.notna().all()
    assert points.responsible.notna().all()
    assert points.status.isna().all()
    assert not points.measure.str.contains("☐").any()
    assert _steps(shared, CHAI_MONGKHON) == [3, 5, 3, 3, 3, 3, 2]


def test_chaiyaphum_scores(shared: Path) -> None:
    scores = of(shared, "scores", CHAIYAPHUM)
    assert set(scores.fiscal_year_be) == {2563}
    assert values(scores, "metric", "value", "level", "line") == [
        ("overall", 75.83, "B", 10),
        ("level", None, "B", 10),
        ("indicator:1", 83.11, None, 17),
        ("indicator:2", 76.81, None, 18),
        ("indicator:3", 81.33, None, 19),
        ("indicator:4", 79.48, None, 20),
        ("indicator:5", 79.56, None, 21),
        ("indicator:6", 95.69, None, 22),
        ("indicator:7", 91.9, None, 23),
        ("indicator:8", 93.56, None, 25),
        ("indicator:9", 60.9, None, 26),
        ("indicator:10", 56.25, None, 28),
    ]
    overall = scores.iloc[0]
    assert (overall.value_computed, overall.discrepancy) == (75.5624, 0.2676)
    assert overall.level_computed == "B"
    assert "75.56" in overall.discrepancy_reason


def test_review_holds_what_a_person_must_settle_and_no_more(shared: Path) -> None:
    review = frames(shared / "reports")["review"]
    found = values(review, "source_file", "kind", "line", "table_id", "row", "suggestion")
    assert found == [
        (CHAI_CHUMPHON, "status", 52, "t2", 8, None),
        (CHAI_CHUMPHON, "status", 77, "t5", 3, None),
        (CHAI_CHUMPHON, "status", 79, "t5", 5, None),
        (CHAI_MONGKHON, "indicator", 17, "t1", 3, "9.3 การบริหารเงินงบประมาณ"),
        (CHAIYAPHUM, "score", 10, None, None, "75.83"),
    ]


def test_issues(shared: Path) -> None:
    issues = frames(shared / "reports")["issues"]
    found = set(values(issues, "source_file", "severity", "code"))
    assert found >= {
        (BO_KAEO, "info", "other_agency_type_named"),
        (CHAI_CHUMPHON, "info", "measures_in_text"),
        (CHAI_MONGKHON, "info", "agency_name_variant"),
        (CHAIYAPHUM, "warning", "score_discrepancy"),
    }
    assert not [row for row in found if row[1] == "error"]
