"""A person's own column: items, indicators and statuses, one value at a time."""

from __future__ import annotations

import pytest

from normalize.match import match_indicator, match_item
from normalize.reference import indicators, item_lists, questions, sub_indicators

NO_ITEMS = """การป้องกันการทุจริต|หน้าแรก|ข่าวสาร|การเปิดเผยข้อมูล|ติดต่อเรา|เกี่ยวกับเรา|ดาวน์โหลดแบบฟอร์ม
รายงาน|แผน|แผนพัฒนา|ประกาศ|คู่มือ|นโยบาย|แสดงแผนผังโครงสร้างการแบ่งส่วนราชการ|โครงสร้างพื้นฐาน
ข้อมูลผู้รับบริการ|รายงานการประชุมสภา|ประกาศราคากลาง|แผนอัตรากำลัง|คู่มือประชาชน|กฎหมายท้องถิ่น
MOIT 5 สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน|EB 3 แผนปฏิบัติการป้องกันการทุจริต
2566|31/12/2566|1.1|9.2|รวม|หมายเหตุ|O99|OIT|ITA 2566"""
PREFIXES = "O12|o12|OIT12|OIT 12|๐๑๒|012|O๑๒|ข้อ ๑๒|ข้อที่ 12|12.|(12)|12|O 12:|O-12"


@pytest.mark.parametrize("text", [t for line in NO_ITEMS.split("\n") for t in line.split("|")])
@pytest.mark.parametrize("year", [None, 2562, 2565, 2567, 2568])
def test_what_is_no_item_is_unmatched(text: str, year: int | None) -> None:
    assert match_item(text, year)["match_status"] == "unmatched"


@pytest.mark.parametrize("year", [None, *item_lists()])
def test_names_of_headings_are_no_items(year: int | None) -> None:
    names = {name for i in indicators() for name in i.names}
    names |= {name for known in sub_indicators().values() for name in known.values()}
    for name in names:
        assert match_item(name, year)["match_status"] == "unmatched", name


@pytest.mark.parametrize("prefix", PREFIXES.split("|"))
def test_prefixes(prefix: str) -> None:
    for year in (2565, None):
        row = match_item(f"{prefix} รายงานผลการดำเนินงานประจำปี", year)
        assert (row["match_status"], row["item_no"], row["concept_id"]) == (
            "accepted",
            12,
            "annual_report",
        )
        assert row["item_list_year_be"] == year


@pytest.mark.parametrize("year", item_lists())
def test_every_name_is_its_own_item(year: int) -> None:
    for item in item_lists()[year]:
        row = match_item(item.name, year)
        assert (row["item_no"], row["concept_id"]) == (item.item_no, item.concept_id)
        numbered = match_item(f"O{item.item_no} {item.name}", year)
        assert numbered["match_status"] == "accepted"


def test_without_a_year_only_what_all_years_agree_on_is_given() -> None:
    row = match_item("รายงานผลการดำเนินงานประจำปี")
    assert (row["concept_id"], row["item_no"], row["item_list_year_be"]) == (
        "annual_report",
        None,
        None,
    )
    merged = match_item("แผนดำเนินงานและการใช้งบประมาณประจำปี")
    assert merged["concept_id"] == "annual_plan+budget_plan"


def test_a_number_and_a_name_that_disagree_are_not_accepted() -> None:
    assert match_item("O34 เจตจำนงสุจริตของผู้บริหาร", 2565)["match_status"] != "accepted"
    assert match_item("O34 นโยบายไม่รับของขวัญ", 2564)["match_status"] != "accepted"
    by_number = {item.item_no: item for item in item_lists()[2565]}
    for number, other in ((30, 31), (42, 43), (40, 41), (13, 14)):
        row = match_item(f"O{number} {by_number[other].name}", 2565)
        assert row["match_status"] != "accepted"


def test_a_number_alone() -> None:
    assert match_item("O10", 2565)["concept_id"] == "annual_plan"
    assert match_item("O10")["match_status"] == "review"
    assert match_item("10", 2565)["match_status"] == "review"
    assert match_item("O44", 2565)["match_status"] == "unmatched"


def test_a_year_without_a_list_is_like_no_year() -> None:
    text = "รายงานผลการดำเนินงานประจำปี"
    assert match_item(text, 2570) == match_item(text)


@pytest.mark.parametrize(
    ("text", "status", "number"),
    [
        ("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "accepted", 1),
        ("๑. การปฏิบัติหน้าที่", "accepted", 1),
        ("การใช้ทรัพย์สินของทางราชการ", "accepted", 4),
        ("การปรับปรุงการทำงาน", "accepted", 8),
        ("ตัวชี้วัดที่ 2 การปฏิบัติหน้าที่", "review", None),
        ("2. การปฏิบัติหน้าที่", "review", None),
        ("O10 การป้องกันการทุจริต", "review", None),
        ("การปฏิบัติหน้าที่ของเจ้าหน้าที่", "unmatched", None),
        ("9.1 ข้อมูลพื้นฐาน", "unmatched", None),
        ("การจัดซื้อจัดจ้าง", "unmatched", None),
        ("7", "unmatched", None),
        ("", "unmatched", None),
    ],
)
def test_indicators(text: str, status: str, number: int | None) -> None:
    row = match_indicator(text)
    assert (row["match_status"], row.get("indicator_no")) == (status, number)


@pytest.mark.parametrize(
    ("text", "year", "status", "instrument", "indicator_no", "question_no"),
    [
        ("E7", 2565, "accepted", "EIT", 7, 7),
        ("E7", 2567, "accepted", "EIT", 8, 7),
        ("E7", None, "review", None, None, None),
        ("i๓", None, "accepted", "IIT", 1, 3),
        ("I31", None, "unmatched", None, None, None),
        ("ข้อ 7", None, "unmatched", None, None, None),
        ("เบิกจ่ายเงินที่เป็นเท็จ", 2564, "accepted", "IIT", 2, 10),
        ("เบิกจ่ายเงินที่เป็นเท็จ", 2567, "accepted", "IIT", 2, None),
        ("I7 เบิกจ่ายเงินที่เป็นเท็จ", 2564, "review", None, None, None),
        ("10. หน่วยงานของท่านเบิกจ่ายเงินที่เป็นเท็จหรือไม่", None, "accepted", "IIT", 2, 10),
        ("ให้บริการตามขั้นตอนและระยะเวลาที่กำหนด", None, "unmatched", None, None, None),
        ("ท่านติดต่อแล้วได้บริการตามขั้นตอนและระยะเวลาที่กำหนด", None, "accepted", "EIT", 6, 1),
        ("แผนการใช้จ่ายงบประมาณประจำปี", None, "unmatched", None, None, None),
    ],
)
def test_survey_questions(
    text: str,
    year: int | None,
    status: str,
    instrument: str | None,
    indicator_no: int | None,
    question_no: int | None,
) -> None:
    row = match_indicator(text, year)
    found = [row.get(name) for name in ("instrument", "indicator_no", "question_no")]
    assert row["match_status"] == status
    assert found == [instrument, indicator_no, question_no]


def test_a_topic_of_both_surveys_needs_to_say_whose_it_is() -> None:
    topic = "ปฏิบัติงาน/ให้บริการตามขั้นตอนและระยะเวลาที่กำหนด"
    both = match_indicator(topic)
    assert both["match_status"] == "review"
    assert "I1" in str(both["alternatives"])
    assert "E1" in str(both["alternatives"])
    assert match_indicator(f"หน่วยงานที่ท่านติดต่อ {topic} เพียงใด")["instrument"] == "EIT"
    assert match_indicator(f"หน่วยงานของท่าน {topic} เพียงใด")["instrument"] == "IIT"


def test_every_topic_is_its_own_question() -> None:
    for (year, instrument, number), question in questions().items():
        if question.topic:
            row = match_indicator(f"{instrument[0]}{number} {question.topic}", year)
            assert row["match_status"] == "accepted"
            assert (row["indicator_no"], row["question_no"]) == (question.indicator_no, number)


def test_an_item_of_another_year_goes_to_review() -> None:
    row = match_item("แผนการใช้จ่ายงบประมาณประจำปี", 2566)
    assert row["match_status"] == "review"
    assert "concept_id" not in row
