"""What a report is of: fiscal year, period, kind; and the ids of its rows."""

from __future__ import annotations

import pytest
from report_text import doubts, normalized, table

from extract.read import read_bytes
from normalize import Registry, normalize_document

BODY = table(("ข้อ", "ข้อมูล", "ผลการตรวจ"), ("O1", "โครงสร้าง", "มี"), ("O2", "ข้อมูลผู้บริหาร", "ตก"))


def read(title: str, name: str = "a.txt", after: str = "") -> tuple[object, object, list[object]]:
    document = read_bytes(f"{title}\n\n{BODY}\n{after}\n".encode(), name)
    row, records = normalize_document(document, Registry.load())
    suggestions = [doubt["suggestion"] for doubt in doubts(records, "fiscal_year")]
    return row["fiscal_year_be"], row["period"], suggestions


@pytest.mark.parametrize(
    ("title", "year", "period"),
    [
        ("รายงาน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", 2566, "full_year"),
        ("รายงาน ITA ปี 2566", 2566, "unknown"),
        ("รายงาน ITA ประจำปี ค.ศ. 2023", 2566, "unknown"),
        ("ITA Report Fiscal Year 2023", 2566, "unknown"),
        ("รายงาน ITA ประจำปีงบประมาณ\n\nพ.ศ. 2566", 2566, "unknown"),
        ("รายงานวิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2566", 2566, "full_year"),
        (
            "รายงานวิเคราะห์ผลการประเมิน ปีงบประมาณ พ.ศ. 2565 และมาตรการ ประจำปีงบประมาณ พ.ศ. 2566",
            2566,
            "full_year",
        ),
        (
            "จากผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565\n\nมาตรการประจำปีงบประมาณ พ.ศ. 2566",
            2566,
            "full_year",
        ),
        ("เรื่อง รายงาน ITA ประจำปี 2566\n\nวันที่ 5 มกราคม 2567", 2566, "full_year"),
        ("รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือนแรก", 2566, "first_half"),
        ("รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2566\n\nรอบ ๖ เดือนหลัง", 2566, "second_half"),
        ("รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2566 (1 เมษายน - 30 กันยายน 2566)", 2566, "second_half"),
        ("รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2566 รอบ 12 เดือน", 2566, "full_year"),
        (
            "รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2566\n\nรายงานการกำกับติดตามรอบ 6 เดือน มีดังนี้",
            2566,
            "full_year",
        ),
    ],
)
def test_titles(title: str, year: int, period: str) -> None:
    assert read(title) == (year, period, [])


@pytest.mark.parametrize(
    ("title", "after", "suggestion"),
    [
        ("รายงาน ITA", "", None),
        ("รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2540", "", None),
        ("รายงาน ITA", "ประกาศ ปีงบประมาณ 2564", "2564"),
        ("แผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2566 - 2570", "", "2566"),
    ],
    ids=["none", "impossible", "copied footer", "plan of years"],
)
def test_a_year_that_is_not_sure_is_asked_about(
    title: str, after: str, suggestion: str | None
) -> None:
    year, _, suggestions = read(title, after=after)
    assert (year, suggestions) == (None, [suggestion])


def test_the_file_name_only_suggests_a_year() -> None:
    assert read("รายงาน ITA", "ita-2566.txt")[::2] == (None, ["2566"])


def test_a_failed_document_has_only_issues() -> None:
    row, records = normalize_document(read_bytes(b"", "a.txt"), Registry.load())
    assert (row["status"], row["items"]) == ("failed", 0)
    assert records.items == records.measures == records.scores == []


def test_review_ids_stay_when_another_row_changes() -> None:
    _, before = normalized(BODY, 2566)
    changed = BODY.replace("O1\tโครงสร้าง\tมี", "O1\tโครงสร้าง\tไม่พบข้อมูล\nO3\tอำนาจหน้าที่\tมี")
    _, after = normalized(changed, 2566)
    ids = [doubt["review_id"] for doubt in doubts(before, "status")]
    assert len(ids) == 1
    assert [doubt["review_id"] for doubt in doubts(after, "status")] == ids
    assert before.document_id != after.document_id


def test_review_ids_of_the_same_words_differ() -> None:
    rows = [("O1", "โครงสร้าง", "ตก")] * 3
    _, records = normalized(table(("ข้อ", "ข้อมูล", "ผลการตรวจ"), *rows), 2566)
    ids = [row["review_id"] for row in records.review]
    assert len(doubts(records, "status")) == 3
    assert len(set(ids)) == len(ids)
