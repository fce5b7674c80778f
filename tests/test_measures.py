"""Tables of measures and points: subjects, statuses, numbers, and tables that are none."""

from __future__ import annotations

from report_text import codes, doubts, normalized, pick, table

from normalize.measures import find_subject, point_of
from normalize.sections import Section


def test_columns_of_done_and_not_done() -> None:
    head = ("ที่", "มาตรการ", "วิธีดำเนินการ", "ดำเนินการแล้ว", "ยังไม่ดำเนินการ")
    rows = [("๑", "ก", "ทำ", "✓", ""), ("2.", "ข", "ทำ", "", "✓"), ("3", "ค", "ทำ", "", "")]
    _, records = normalized(table(head, *rows), 2567)
    assert pick(records.measures, "measure_no", "measure", "status") == [
        ("1", "ก", "complete"),
        ("2", "ข", "not_started"),
        ("3", "ค", "not_reported"),
    ]


def test_a_status_column_its_box_and_what_stands_behind_it() -> None:
    head = ("ตัวชี้วัด", "แนวทาง", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ")
    said = "☐ ยังไม่ดำเนินการ ☑ ดำเนินการแล้ว - ดำเนินการแล้วเมื่อ 5 ม.ค. 67"
    row = ("ตัวชี้วัดที่ 3 การใช้อำนาจ", "1. ทำ", "สำนักปลัด", "ตลอดปีงบประมาณ", said)
    _, records = normalized(table(head, row), 2567)
    (measure,) = records.measures
    assert (measure["instrument"], measure["indicator_no"]) == ("IIT", 3)
    assert (measure["status"], measure["result"]) == ("complete", "ดำเนินการแล้วเมื่อ 5 ม.ค. 67")
    assert (measure["period_start"], measure["period_end"]) == ("2023-10-01", "2024-09-30")


def test_points_under_a_bullet_belong_to_the_row_above() -> None:
    head = ("ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ/มาตรการ")
    rows = [
        ("ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล -ข้อมูลพื้นฐาน", "ก", "ทำ"),
        ("-การบริหารงาน", "ก", "ทำ"),
        ("เรื่องอื่น", "ก", "ทำ"),
    ]
    _, records = normalized(table(head, *rows), 2566)
    assert pick(records.measures, "measure", "indicator_no", "sub_indicator_no") == [
        ("ข้อมูลพื้นฐาน", 9, "9.1"),
        ("การบริหารงาน", 9, "9.2"),
        ("เรื่องอื่น", None, None),
    ]


def test_points_are_named_in_the_words_of_the_year_scored_or_of_the_report() -> None:
    section = Section("OIT", 9)
    assert find_subject("การบริหารงาน", section, 2567).sub_indicator_no == "9.2"  # name of 2566
    assert find_subject("การบริหารงานและการใช้จ่ายงบประมาณ", section, 2567).sub_indicator_no == "9.2"
    assert find_subject("การบริหารเงินงบประมาณ", section, 2566).sub_indicator_no == "9.3"
    unknown = find_subject("แผนงานและการบริหาร งบประมาณ", section, 2566)
    assert (unknown.sub_indicator_no, unknown.suggestion) == ("", "9.3")


def test_survey_questions() -> None:
    known = find_subject("e๑๐ คำถาม", Section("EIT", 7), 2566)
    assert (known.instrument, known.indicator_no, known.question_no) == ("EIT", 7, 10)
    other = find_subject("e10 คำถาม", Section("EIT", 8), 2566)
    assert (other.indicator_no, bool(other.doubt)) == (8, True)
    beyond = find_subject("e30 คำถาม", Section("IIT", 1), 2566)
    assert (beyond.instrument, beyond.indicator_no, beyond.question_no) == ("EIT", None, 30)
    assert beyond.doubt
    assert find_subject("e-service ของหน่วยงาน", Section(), 2566).question_no is None


def test_the_point_of_a_cell() -> None:
    assert point_of("ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล -ข้อมูลพื้นฐาน") == "ข้อมูลพื้นฐาน"
    assert point_of("- การบริหารงาน") == "การบริหารงาน"
    assert point_of("e6 คำถาม\n☐ ง่าย ☐ ยาก") == "e6 คำถาม"
    assert point_of("มาตรการ ก - ข") == "มาตรการ ก - ข"


def test_unsure_points_go_to_review() -> None:
    head = ("ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ/มาตรการ")
    _, records = normalized(table(head, ("e30 คำถาม", "ก", "ทำ")), 2566)
    assert records.measures[0]["match_status"] == "review"
    assert len(doubts(records, "indicator")) == 1


def test_measures_in_running_text_are_said_to_be_there() -> None:
    _, records = normalized("1. มาตรการก\n\nรายละเอียด\n\n๒. มาตรการข\n\nรายละเอียด\n", 2567)
    assert records.measures == []
    assert "measures_in_text" in codes(records)
    _, one = normalized("1. มาตรการส่งเสริม ดังนี้\n", 2567)
    assert "measures_in_text" not in codes(one)


def test_tables_that_hold_no_measures() -> None:
    plan = table(("ตัวชี้วัด", "ผู้รับผิดชอบ", "การติดตามผล"), ("1. ข้อมูลพื้นฐาน", "ก", "ข"))
    contents = table(("ลำดับ", "รายการ", "หน้า"), (1, "มาตรการ", 3))
    for text in (plan, contents):
        _, records = normalized(text, 2567)
        assert records.measures == []


def test_a_row_that_names_no_measure_is_an_issue() -> None:
    head = ("ที่", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ")
    _, records = normalized(table(head, (1, "ก", "ทำ", "ข"), ("รวม", "", "", "")), 2567)
    assert len(records.measures) == 1
    assert "row_without_measure" in codes(records)


def test_a_heading_does_not_reach_a_later_table_of_another_kind() -> None:
    checklist = table(("ข้อ", "ข้อมูล", "ผลการตรวจ"), ("O42", "มาตรการส่งเสริมคุณธรรม", "มี"))
    measures = table(("ที่", "มาตรการ", "วิธีดำเนินการ"), (1, "ก", "ทำ"))
    heading = "ตัวชี้วัดย่อยที่ 10.2 มาตรการภายในเพื่อป้องกันการทุจริต\n\n"
    _, records = normalized(f"{heading}{checklist}\nส่วนที่ 2\n\n{measures}", 2565)
    (measure,) = records.measures
    assert (measure["instrument"], measure["indicator_no"]) == (None, None)
    _, records = normalized(f"{heading}{measures}", 2565)
    (measure,) = records.measures
    assert (measure["instrument"], measure["sub_indicator_no"]) == ("OIT", "10.2")
