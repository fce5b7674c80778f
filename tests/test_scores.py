"""Scores in sentences and tables, and numbers that look like scores and are none."""

from __future__ import annotations

import pytest
from report_text import codes, doubts, normalized, pick, table

RESULT = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2566"
NAMES = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
VALUES = ("85.00", "80.00", "81.00", "82.00", "83.00", "90.00", "91.00", "92.00", "70.00", "100")
FIRST = list(zip(NAMES[:3], VALUES[:3], strict=True))


def scores(text: str, year: int = 2567) -> list[tuple[object, ...]]:
    _, records = normalized(text, year)
    return pick(records.scores, "fiscal_year_be", "metric", "value", "level")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            f"{RESULT} มีผลคะแนน 75.83 คะแนน อยู่ในระดับ ผ่าน",
            [(2566, "overall", 75.83, "ผ่าน"), (2566, "level", None, "ผ่าน")],
        ),
        (f"{RESULT} ได้คะแนนรวมร้อยละ ๘๘.๑๒", [(2566, "overall", 88.12, None)]),
        (
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565 ได้คะแนน 80.11 คะแนน "
            "และปีงบประมาณ พ.ศ. 2566 ได้คะแนน 85.22 คะแนน",
            [(2565, "overall", 80.11, None), (2566, "overall", 85.22, None)],
        ),
        (
            f"{RESULT} คะแนนรวม 86.89 คะแนน แยกเป็น IIT 86.10 คะแนน EIT 80.20 คะแนน และ OIT 92.50",
            [
                (2566, "overall", 86.89, None),
                (2566, "instrument:IIT", 86.1, None),
                (2566, "instrument:EIT", 80.2, None),
                (2566, "instrument:OIT", 92.5, None),
            ],
        ),
        (  # a number that could not be read
            f"{RESULT} คะแนนรวม 86.89 คะแนน แยกเป็น IIT 86.10 คะแนน EIT ▯▯.▯▯ คะแนน และ OIT 92.50",
            [
                (2566, "overall", 86.89, None),
                (2566, "instrument:IIT", 86.1, None),
                (2566, "instrument:OIT", 92.5, None),
            ],
        ),
        (
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2564 หน่วยงานอยู่ในระดับ A",
            [(2564, "level", None, "A")],
        ),
        (
            "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566 ได้คะแนนรวม 90.10 คะแนน เพิ่มขึ้นจากปีงบประมาณ 2565",
            [(2566, "overall", 90.1, None)],
        ),
        (
            f"{RESULT} ได้คะแนนรวม 90.10 คะแนน สูงกว่าปีที่ผ่านมา 1.50 คะแนน",
            [(2566, "overall", 90.1, None)],
        ),
        (
            f"{RESULT} ได้คะแนนรวม 90.10 คะแนน สูงกว่าค่าเป้าหมาย ได้คะแนน 85.00 คะแนน",
            [(2566, "overall", 90.1, None)],
        ),
        (
            f"{RESULT} ได้คะแนนรวม 90.10 คะแนน เพิ่มขึ้น 3.20 คะแนน",
            [(2566, "overall", 90.1, None)],
        ),
        (
            f"{RESULT} ได้คะแนนรวม 79.25 คะแนน ซึ่งต่ำกว่าเกณฑ์ที่กำหนด",
            [(2566, "overall", 79.25, None)],
        ),
        (
            f"{RESULT} ได้คะแนนรวม 90.10 คะแนน จากคะแนนเต็ม 100 คะแนน",
            [(2566, "overall", 90.1, None)],
        ),
        (
            "ปีงบประมาณ พ.ศ. 2566 ผลคะแนนสูงกว่าเป้าหมาย ได้คะแนน ITA 91.25 คะแนน อยู่ในระดับ A",
            [(2566, "overall", 91.25, "A"), (2566, "level", None, "A")],
        ),
        (
            "ผลการประเมิน ประจำปีงบประมาณ พ.ศ. 2566 IIT ได้ 85.00 คะแนน EIT ได้ 90.00 คะแนน "
            "และ OIT ได้ 95.00 คะแนน",
            [
                (2566, "instrument:IIT", 85.0, None),
                (2566, "instrument:EIT", 90.0, None),
                (2566, "instrument:OIT", 95.0, None),
            ],
        ),
        (f"{RESULT}\n\nตัวชี้วัดที่ 2 การใช้งบประมาณ 88.10", [(2566, "indicator:2", 88.1, None)]),
        (f"{RESULT} ได้คะแนนรวม 90.10\u00b9 คะแนน", [(2566, "overall", 90.1, None)]),
        (f"{RESULT}\n\nตัวชี้วัดที่ 2 การใช้งบประมาณ 88.10\u00b9", [(2566, "indicator:2", 88.1, None)]),
    ],
)
def test_scores_in_sentences(sentence: str, expected: list[tuple[object, ...]]) -> None:
    assert scores(sentence + "\n") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "เป้าหมาย ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567 ไม่น้อยกว่า 85.00 คะแนน",
        "หน่วยงานต้องมีผลคะแนนการประเมิน ITA 85.00 คะแนนขึ้นไป",
        "เพื่อให้หน่วยงานได้คะแนน ITA 90.00 คะแนน อยู่ในระดับผ่านดี",
        "ค่าเฉลี่ยระดับประเทศ ผลการประเมิน ITA ปี พ.ศ. 2566 คะแนนเฉลี่ย 90.19 คะแนน",
        "ผลการประเมิน ITA หน่วยงานในจังหวัดมีคะแนนเฉลี่ย 89.55 คะแนน",
        "เทศบาลตำบลอื่นได้คะแนน 95.11 คะแนน ปีงบประมาณ 2566",
        "ผลการสำรวจความพึงพอใจ ประจำปีงบประมาณ พ.ศ. 2566 ได้คะแนนเฉลี่ยร้อยละ 95.20",
        "องค์การบริหารส่วนตำบลมีคะแนนความพึงพอใจเฉลี่ย 4.85 คะแนน",
        "การเบิกจ่ายงบประมาณภาพรวมของหน่วยงาน ร้อยละ 85.20 ประจำปีงบประมาณ 2566",
        "ผลการประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น (LPA) ได้คะแนนรวม 91.33 คะแนน",
        "การประเมิน ITA แบบวัด IIT ร้อยละ 30 แบบวัด EIT ร้อยละ 30 และแบบ OIT ร้อยละ 40",
        "เกณฑ์การประเมิน ITA คะแนน 95.00 - 100 คะแนน ระดับ AA",
        "ผลการประเมิน ITA เพิ่มขึ้น 5.20 คะแนน จากปีก่อน",
        "ผลการประเมิน ITA สูงกว่าปีก่อน ได้คะแนนเพิ่ม 1.50 คะแนน",
        "ผลการประเมิน ITA สูงกว่าปีก่อน 1.50 คะแนน",
        "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ เพิ่มขึ้น 5.20 คะแนน",
        "เป้าหมายปีหน้า หน่วยงานจะต้อง ได้คะแนน ITA 95.00 คะแนน สูงกว่าปีก่อน",
        "ITA สูงกว่าค่าเฉลี่ยของจังหวัด ที่ได้คะแนนเฉลี่ย 89.55 คะแนน",
        "ITA สูงกว่าค่าเฉลี่ยของจังหวัด มีคะแนนเฉลี่ย 89.55 คะแนน",
        "ITA เพิ่มขึ้นจากปีงบประมาณ พ.ศ. 2565 ได้คะแนน 85.00 คะแนน",
        "เกณฑ์ ITA ได้คะแนน 85.00 - 94.99 คะแนน",
        "ITA ได้คะแนน 85.00 ถึง 94.99 คะแนน",
        "ITA ได้คะแนน 89.55 คะแนน ซึ่งเป็นค่าเฉลี่ยของประเทศ",
        "ITA ได้คะแนน 100.00 คะแนนเต็ม",
        "เป้าหมาย IIT 85.00 คะแนน EIT 90.00 คะแนน และ OIT 95.00 คะแนน",
        "ผลการประเมิน IIT ได้ 85.00 คะแนน",
        "ผลการประเมิน ITA ตัวชี้วัดต่ำสุด คือ การป้องกันการทุจริต ได้คะแนน 56.25 คะแนน",
    ],
)
def test_numbers_that_are_not_the_agencys_score(sentence: str) -> None:
    assert scores(sentence + "\n") == []


def test_a_whole_number_in_a_sentence_is_a_doubt() -> None:
    _, records = normalized(f"{RESULT} ได้คะแนนรวม 85 คะแนน\n", 2567)
    assert records.scores == []
    assert len(doubts(records, "score")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "เพื่อให้หน่วยงานได้คะแนน ITA 90.00 คะแนน",
        "ผลการประเมิน ITA บรรลุค่าเฉลี่ยของจังหวัด ได้คะแนนรวม 90.10 คะแนน",
        "หน่วยงานมีผลคะแนนการประเมิน ITA 85.00 คะแนนขึ้นไป",
    ],
)
def test_what_its_words_drop_is_a_doubt(sentence: str) -> None:
    _, records = normalized(f"{sentence}\n", 2567)
    assert records.scores == []
    assert len(doubts(records, "score")) == 1


def test_years_behind_a_score_do_not_date_it() -> None:
    text = "คะแนนภาพรวม ITA 91.20 คะแนน เพิ่มขึ้นจากปีงบประมาณ พ.ศ. 2565 ที่ได้ 85.00 คะแนน\n"
    assert (2565, "overall", 91.2, None) not in scores(text)


def test_a_table_with_a_total_and_a_level() -> None:
    rows = [(n, *pair, "") for n, pair in enumerate(zip(NAMES, VALUES, strict=True), start=1)]
    text = table(("ที่", "ตัวชี้วัด", "คะแนน", "ระดับ"), *rows, ("รวม", "", "85.96", "ผ่าน"))
    _, records = normalized(f"{RESULT}\n\n{text}", 2567)
    assert pick(records.scores, "metric", "value")[:10] == [
        (f"indicator:{n}", float(value)) for n, value in enumerate(VALUES, start=1)
    ]
    total = records.scores[10]
    assert (total["value"], total["value_computed"], total["discrepancy"]) == (85.96, 85.96, 0.0)
    assert (total["level"], total["level_computed"]) == ("ผ่าน", "ผ่าน")
    assert doubts(records, "score") == []


@pytest.mark.parametrize(
    "head",
    [
        ("ตัวชี้วัด", "คะแนน", "ค่าเฉลี่ยระดับประเทศ"),
        ("ตัวชี้วัด", "คะแนน", "ค่าเป้าหมาย"),
        ("ตัวชี้วัด", "คะแนนที่ได้", "คะแนนเต็ม"),
        ("ตัวชี้วัด", "คะแนน", "น้ำหนัก"),
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_other_numbers_beside_the_score(head: tuple[str, ...], is_last: bool) -> None:
    rows = [head, *((name, value, "99.99") for name, value in FIRST)]
    rows = rows if is_last else [(a, c, b) for a, b, c in rows]
    found = scores(f"{RESULT}\n\n{table(*rows)}")
    assert [value for _, _, value, _ in found] == [85.0, 80.0, 81.0]


def test_marks_of_notes_and_cells_that_say_more_than_a_score() -> None:
    marked = ("95.50*", "88.25 **", "97.00[^1]", "90.00\u00b9 \u00b2")
    other = ("85.20 ผ่าน", "90.00 (เต็ม 100)", "85,20", "85\u2075\u2070", "85.20/100", "17/20")
    rows = [(name, value, "") for name, value in zip(NAMES, marked + other, strict=True)]
    _, records = normalized(f"{RESULT}\n\n{table(('ตัวชี้วัด', 'คะแนน', 'ระดับ'), *rows)}", 2567)
    assert pick(records.scores, "value") == [(95.5,), (88.25,), (97.0,), (90.0,)]
    asked = [row["raw"] for row in doubts(records, "score")]
    assert asked == [f"{name} {value}" for name, value in zip(NAMES[4:9], other[:5], strict=True)]


def test_a_number_beside_a_cell_that_says_more_than_a_score_is_asked_about() -> None:
    head = ("ตัวชี้วัด", "คะแนน ครั้งแรก", "คะแนน ครั้งหลัง")
    _, records = normalized(f"{RESULT}\n\n{table(head, (NAMES[0], '84.00', '85.20 ผ่าน'))}", 2567)
    assert records.scores == []
    assert [row["raw"] for row in doubts(records, "score")] == [
        f"{NAMES[0]} 84.00 {NAMES[0]} 85.20 ผ่าน"
    ]


def test_list_and_count_beside_a_score_say_nothing_of_it() -> None:
    for beside in ("1) เผยแพร่ข้อมูล", "3 เรื่อง"):
        text = table(("ตัวชี้วัด", "", ""), (NAMES[0], "84.00 คะแนน", beside))
        assert scores(f"{RESULT}\n\n{text}") == [(2566, "indicator:1", 84.0, None)]


def test_a_column_for_each_year() -> None:
    head = ("ที่", "ตัวชี้วัด", "ปีงบประมาณ 2565", "ปีงบประมาณ 2566", "เพิ่มขึ้น/ลดลง")
    text = table(head, *(("", name, "70.00", value, "+5.00") for name, value in FIRST))
    assert scores(f"ผลการประเมิน ITA\n\n{text}") == [
        (year, f"indicator:{n}", value, None)
        for year, values in ((2565, (70.0,) * 3), (2566, (85.0, 80.0, 81.0)))
        for n, value in enumerate(values, start=1)
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("IIT", "EIT", "OIT"),
        (
            "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน",
            "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก",
            "แบบตรวจการเปิดเผยข้อมูลสาธารณะ",
        ),
        (
            "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)",
            "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",
            "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)",
        ),
    ],
)
def test_instruments(names: tuple[str, ...]) -> None:
    rows = [*zip(names, ("86.10", "80.20", "92.5"), strict=True), ("คะแนนรวม", "86.89")]
    _, records = normalized(f"{RESULT}\n\n{table(('เครื่องมือ', 'คะแนน'), *rows)}", 2567)
    assert pick(records.scores, "metric", "value", "value_computed") == [
        ("instrument:IIT", 86.1, None),
        ("instrument:EIT", 80.2, None),
        ("instrument:OIT", 92.5, None),
        ("overall", 86.89, 86.89),
    ]


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        (  # the name of the first indicator is not known
            ("แบบวัด", "ตัวชี้วัด", "คะแนน"),
            [("OIT", "การป้ออกันการท่าริต", "71.13"), ("OIT", NAMES[8], "58.25")],
            [("indicator:9", 58.25)],
        ),
        (
            ("แบบวัด", "ตัวชี้วัด", "คะแนน"),
            [("EIT", NAMES[5], "72.64"), ("EIT", "คะแนนรวม", "83.73")],
            [("indicator:6", 72.64), ("instrument:EIT", 83.73)],
        ),
        (  # nor is the header
            ("ที่", "รายการ", "แบบวัด", "คะแนน"),
            [(9, NAMES[8], "OIT", "58.25"), (10, "การป้ออกันการท่าริต", "OIT", "71.13")],
            [("indicator:9", 58.25)],
        ),
        (
            ("แบบวัด", "ผู้ตอบ", "คะแนน"),
            [("IIT", "บุคลากร", "86.10"), ("EIT", "ผู้รับบริการ", "80.20")],
            [("instrument:IIT", 86.1), ("instrument:EIT", 80.2)],
        ),
    ],
)
def test_instrument_that_an_indicator_belongs_to_has_no_score_of_its_row(
    head: tuple[str, ...], rows: list[tuple[object, ...]], expected: list[tuple[object, ...]]
) -> None:
    _, records = normalized(f"{RESULT}\n\n{table(head, *rows)}", 2567)
    assert pick(records.scores, "metric", "value") == expected


def test_zero_and_full_scores() -> None:
    text = table(("ตัวชี้วัด", "คะแนน"), (NAMES[8], "0.00"), (NAMES[9], "100.00"))
    assert [value for _, _, value, _ in scores(f"{RESULT}\n\n{text}")] == [0.0, 100.0]


@pytest.mark.parametrize(
    "rows",
    [
        (("ด้าน", "ร้อยละ"), ("ด้านเจ้าหน้าที่", "95.20"), ("รวม", "96.00")),
        (("ลำดับ", "หน่วยงาน", "คะแนน"), (1, "เทศบาลตำบลเอ", "95.00"), (2, "อบต.บี", "90.00")),
        (("คะแนน", "ระดับ"), ("95.00 - 100", "AA"), ("85.00 - 94.99", "A")),
        (("ตัวชี้วัด", "แนวทาง", "งบประมาณ"), (NAMES[1], "เผยแพร่", "50"), (NAMES[2], "ประชุม", "10")),
        (("ข้อ", "ข้อมูล", "คะแนน"), ("O1", "โครงสร้าง", "100"), ("O2", "ข้อมูลผู้บริหาร", "0")),
    ],
    ids=["satisfaction", "ranking", "bands", "plan", "checklist"],
)
def test_tables_without_scores_of_the_agency(rows: tuple[tuple[object, ...], ...]) -> None:
    assert scores(f"{RESULT}\n\n{table(*rows)}") == []


def test_a_total_that_does_not_follow_is_kept_and_flagged() -> None:
    text = f"{RESULT} ได้คะแนนรวม 90.00 คะแนน แยกเป็น IIT 86.10 EIT 80.20 และ OIT 92.50\n"
    _, records = normalized(text, 2567)
    overall = records.scores[0]
    assert (overall["value"], overall["value_computed"], overall["discrepancy"]) == (
        90.0,
        86.89,
        3.11,
    )
    assert "score_discrepancy" in codes(records)
    assert len(doubts(records, "score")) == 1


def test_two_totals_of_one_year_are_asked_about() -> None:
    _, records = normalized(f"{RESULT} ได้คะแนน 80.10 คะแนน\n\n{RESULT} ได้คะแนน 81.10 คะแนน\n", 2567)
    assert [row["value"] for row in records.scores] == [80.1, 81.1]
    assert len(doubts(records, "score")) == 2


def test_scores_without_a_year_are_one_doubt() -> None:
    text = table(("ตัวชี้วัด", "คะแนน"), *FIRST)
    _, records = normalized(text, 2567)
    assert {row["fiscal_year_be"] for row in records.scores} == {None}
    assert len(doubts(records, "fiscal_year")) == 1


def test_a_level_of_another_scheme_is_kept_as_published() -> None:
    _, records = normalized(f"{RESULT} มีผลคะแนน 86.10 คะแนน อยู่ในระดับ A\n", 2567)
    assert records.scores[0]["level"] == "A"


def test_another_assessments_year_does_not_date_the_scores() -> None:
    text = table(("ตัวชี้วัด", "คะแนน"), *FIRST)
    _, records = normalized(f"ผลการประเมินความพึงพอใจ ประจำปี 2565\n\n{text}", 2567)
    assert {row["fiscal_year_be"] for row in records.scores} == {None}
