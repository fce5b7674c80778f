"""What a decision does, kind by kind, and which values it may give."""

from __future__ import annotations

import pytest
from report_text import codes, doubts, table

from extract.read import read_bytes
from normalize import Registry, normalize_document
from normalize.decisions import Decision, ValueRefused, candidates, read_value
from normalize.records import Records, Row, stable_id

REPORT = """\
รายงานผลการเปิดเผยข้อมูลสาธารณะ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ (ข้อมูลสมมติ)
องค์การบริหารส่วนตำบลบ่อแก้ว อำเภอสะเมิง จังหวัดเชียงใหม่
ข้อ\tข้อมูล\tผลการตรวจสอบ
๐๑\tโครงสร้าง\tตามคำสั่งที่ ๑
๐๒\tข้อมูลผู้บริหาร\tตามคำสั่งที่ ๑
๐๓\tอำนาจหน้าที่\tครบถ้วน
"""
REGISTRY = Registry.load()
"""The registry is read once; no test changes it."""


def decide(
    text: str, kind: str, answer: str | None, name: str = "a.txt"
) -> tuple[Row, Records, Records]:
    """Normalize a report, answer its doubts of a kind, and normalize it again.

    An answer of None is "none of these".
    """
    document = read_bytes(text.encode(), name)
    _, before = normalize_document(document, REGISTRY)
    asked = doubts(before, kind)
    assert asked, before.review
    value = ""
    if answer is not None:
        first = asked[0]
        suggestion, raw = str(first["suggestion"] or ""), str(first["raw"])
        value = read_value(kind, answer, raw, REGISTRY, suggestion)
    made = [decision(row, "none" if answer is None else "other", value) for row in asked]
    row, after = normalize_document(document, REGISTRY, made)
    assert doubts(after, kind) == []
    assert [d["review_id"] for d in after.decisions] == [d.review_id for d in made]
    return row, before, after


def decision(row: Row, answer: str, value: str) -> Decision:
    about = {name: str(row[name]) for name in ("review_id", "kind", "document_id", "source_file")}
    signed = {"note": "", "decided_by": "ผู้ตรวจสมมติ", "decided_at": "2026-11-21"}
    return Decision(**about, raw=str(row["raw"]), decision=answer, decided_value=value, **signed)


def test_a_fiscal_year_holds_for_everything_below() -> None:
    text = REPORT.replace("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", "")
    row, before, after = decide(text, "fiscal_year", "๒๕๖๖")
    assert {item["fiscal_year_be"] for item in before.items} == {None}
    assert row["fiscal_year_be"] == 2566
    assert {item["fiscal_year_be"] for item in after.items} == {2566}
    assert {item["item_list_year_be"] for item in after.items} == {2566}
    row, _, _ = decide(text, "fiscal_year", None)
    assert row["fiscal_year_be"] is None


def test_an_agency_holds_for_everything_below() -> None:
    text = REPORT.replace("องค์การบริหารส่วนตำบลบ่อแก้ว อำเภอสะเมิง จังหวัดเชียงใหม่", "อบต.บ่อแก้ว")
    row, before, after = decide(text, "agency", "6500802")
    assert "agency_ambiguous" in codes(before)
    assert not codes(after) & {"agency_ambiguous", "agency_not_found"}
    assert (row["agency_code"], row["agency_match_status"]) == ("6500802", "accepted")
    assert {(item["agency_code"], item["province"]) for item in after.items} == {
        ("6500802", "เชียงใหม่")
    }
    row, _, after = decide(text, "agency", None)
    assert (row["agency_code"], row["agency_match_status"]) == (None, "unmatched")


def test_what_judges_the_whole_report_is_asked_again_when_it_changes() -> None:
    text = REPORT.replace("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", "")
    _, before, _ = decide(text, "fiscal_year", "2566")
    made = [decision(row, "other", "2566") for row in doubts(before, "fiscal_year")]
    document = read_bytes(text.replace("ครบถ้วน", "ไม่พบข้อมูล").encode(), "a.txt")
    row, after = normalize_document(document, REGISTRY, made)
    assert row["fiscal_year_be"] is None
    assert len(doubts(after, "fiscal_year")) == 1
    assert "decision_not_applied" in codes(after)


AMBIGUOUS = "รายงาน\n\n" + table(
    ("ข้อ", "ข้อมูล", "ผลการตรวจ"), ("O1", "โครงสร้าง", "มี"), ("O2", "ข้อมูลผู้บริหาร", "มี")
)


def test_a_year_of_the_list_decides_its_items() -> None:
    row, before, after = decide(AMBIGUOUS, "item_list_year", "2565")
    assert {item["item_list_year_be"] for item in before.items} == {None}
    assert row["item_list_year_be"] == 2565
    assert {item["item_list_year_be"] for item in after.items} == {2565}
    row, _, _ = decide(AMBIGUOUS, "item_list_year", None)
    assert row["item_list_year_be"] is None


ITEMS = REPORT + "๐๖\tข้อมูลการติดต่อ\tมี\n"


def test_an_item_is_who_decided_it() -> None:
    _, before, after = decide(ITEMS, "item", "O5")
    (asked,) = doubts(before, "item")
    changed = next(item for item in after.items if item["item_no_raw"] == "๐๖")
    assert changed["item_no"] == 5
    assert (changed["match_status"], changed["match_score"]) == ("accepted", 1.0)
    assert changed["item_list_year_be"] == 2566, "of the item, though the list was open"
    assert changed["match_method"] == "decided by ผู้ตรวจสมมติ on 2026-11-21: other"
    assert str(asked["suggestion"]).endswith("(2566)")
    _, _, after = decide(ITEMS, "item", None)
    left = next(item for item in after.items if item["item_no_raw"] == "๐๖")
    assert (left["item_no"], left["match_status"], left["match_score"]) == (None, "unmatched", None)


def test_an_item_of_another_years_list_is_asked_again() -> None:
    sure = "๑๒\tรายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน\tมี\n"
    document = read_bytes(ITEMS.replace("๐๖", f"{sure}๐๖").encode(), "a.txt")
    _, before = normalize_document(document, REGISTRY)
    assert {item["item_list_year_be"] for item in before.items} == {2566}
    value = read_value("item", "O5 (2565)", "", REGISTRY)
    made = [decision(row, "other", value) for row in doubts(before, "item")]
    _, after = normalize_document(document, REGISTRY, made)
    assert len(doubts(after, "item")) == 1
    assert "decision_not_applied" in codes(after)


def test_the_same_words_twice_are_two_doubts() -> None:
    rows = [("O1", "โครงสร้าง", "ตก")] * 3
    text = "รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2566\n\n" + table(("ข้อ", "ข้อมูล", "ผลการตรวจ"), *rows)
    document = read_bytes(text.encode(), "a.txt")
    _, before = normalize_document(document, REGISTRY)
    _, second, _ = doubts(before, "status")
    _, after = normalize_document(document, REGISTRY, [decision(second, "other", "missing")])
    assert [item["status"] for item in after.items] == ["unclear", "missing", "unclear"]
    assert [row["review_id"] for row in doubts(after, "status")] == [
        row["review_id"] for row in doubts(before, "status") if row is not second
    ]


def test_a_decision_goes_before_what_the_program_is_now_sure_of() -> None:
    document = read_bytes(REPORT.encode(), "a.txt")
    raw = "๐๓ อำนาจหน้าที่: ครบถ้วน"
    key = stable_id("status", "a.txt", raw, 0)
    about = {"review_id": key, "kind": "status", "source_file": "a.txt", "raw": raw}
    same = decision({**about, "document_id": document.document_id}, "other", "partial")
    _, records = normalize_document(document, REGISTRY, [same])
    assert records.items[2]["status"] == "partial"
    changed = decision({**about, "document_id": "0" * 16}, "other", "partial")
    _, records = normalize_document(document, REGISTRY, [changed])
    assert records.items[2]["status"] == "complete", "of other content its certainty goes first"
    assert "decision_not_applied" in codes(records)


RESULT = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2566 ได้คะแนน {} คะแนน\n\n"
CONFLICT = "รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2567\n\n" + RESULT.format(80.1) + RESULT.format(90.2)
YEARLESS = "รายงาน ITA ประจำปีงบประมาณ พ.ศ. 2567\n\n" + table(
    ("ตัวชี้วัด", "คะแนน"), ("การปฏิบัติหน้าที่", "86.10"), ("การใช้งบประมาณ", "80.20")
)


def test_a_score_is_kept_or_left_out() -> None:
    document = read_bytes(CONFLICT.encode(), "a.txt")
    _, before = normalize_document(document, REGISTRY)
    first, second = doubts(before, "score")
    assert (first["suggestion"], second["suggestion"]) == ("80.1", "90.2")
    made = [decision(first, "accept", "80.1"), decision(second, "none", "")]
    _, after = normalize_document(document, REGISTRY, made)
    assert [row["value"] for row in after.scores] == [80.1]
    assert doubts(after, "score") == []
    _, after = normalize_document(document, REGISTRY, made[1:])
    assert doubts(after, "score") == [], "one value is no conflict"


def test_the_year_of_scores_is_decided_for_all_of_them() -> None:
    _, before, after = decide(YEARLESS, "fiscal_year", "2565")
    assert {row["fiscal_year_be"] for row in before.scores} == {None}
    assert {row["fiscal_year_be"] for row in after.scores} == {2565}
    assert len(after.scores) == len(before.scores)


@pytest.mark.parametrize(
    ("kind", "text", "raw", "value"),
    [
        ("fiscal_year", "2023", "", "2566"),
        ("fiscal_year", "๒๕๖๖", "", "2566"),
        ("status", "ครบถ้วน", "", "complete"),
        ("status", "In progress", "", "in_progress"),
        ("status", "ไม่มีข้อมูล (missing)", "", "missing"),
        ("score", "75.40", "คะแนนรวม ๗๕.๔๐", "75.4"),
        ("indicator", "9.2 การบริหารงาน", "", "9.2"),
        ("indicator", "๗", "", "7"),
        ("item", "o5 (2566)", "", "O5"),
        ("agency", "6500802", "", "6500802 "),
    ],
)
def test_values_as_people_write_them(kind: str, text: str, raw: str, value: str) -> None:
    found = read_value(kind, text, raw, REGISTRY)
    assert found.startswith(value)
    assert read_value(kind, found, raw, REGISTRY) == found, "what is kept can be read again"


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("fiscal_year", "2466", "no fiscal year of the lists"),
        ("item_list_year", "2570", "of 2562 to 2569"),
        ("item", "O5", "names no year"),
        ("item", "O99 (2566)", "has no item O99"),
        ("item", "O5 อย่างอื่น (2566)", "write the number alone"),
        ("item", "โครงสร้าง", "begins with no item number"),
        ("agency", "อบต.ไม่มีจริง", "no agency is"),
        ("agency", "องค์การบริหารส่วนตำบลบ่อแก้ว", "agencies are called"),
        ("status", "unclear", "is no status"),
        ("score", "76", "no number or level that stands in the words"),
        ("indicator", "11", "no number of an indicator"),
        ("measure", "x", "nothing can be chosen"),
    ],
)
def test_other_values_are_refused(kind: str, text: str, says: str) -> None:
    with pytest.raises(ValueRefused, match=says):
        read_value(kind, text, "คะแนน 75", REGISTRY)


def test_every_candidate_can_be_chosen() -> None:
    for text, name in (
        (REPORT, "a.txt"),
        (AMBIGUOUS, "b.txt"),
        (ITEMS, "c.txt"),
        (CONFLICT, "d.txt"),
    ):
        _, records = normalize_document(read_bytes(text.encode(), name), REGISTRY)
        for row in records.review:
            kind, raw, suggestion, others = (
                str(row[key] or "") for key in ("kind", "raw", "suggestion", "alternatives")
            )
            for candidate in candidates(kind, suggestion, others):
                assert read_value(kind, candidate, raw, REGISTRY, suggestion)
