"""Dates, periods and fiscal years: be and ce, Thai and Arabic digits, damaged spellings."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.thai import convert_digits
from normalize.date_tokens import KINDS
from normalize.dates import (
    Period,
    find_fiscal_years,
    parse_date,
    parse_period,
    report_period,
    stated_period,
)

DATA = Path(__file__).parents[1] / "normalize" / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(start: str, end: str) -> Period:
    return Period(
        date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("๒๒ เมษายน ๒๕๖๔", "2021-04-22"),
        ("7 เม.ย. 66", "2023-04-07"),
        ("๑ พ. ค. ๖๖", "2023-05-01"),
        ("31 มีนาคม พ.ศ. 2568", "2025-03-31"),
        ("31 มีนาคม พ. ศ. 2568", "2025-03-31"),
        ("วันที่ 1 เดือน ตุลาคม พ.ศ.2565", "2022-10-01"),
        ("ข้อมูล ณ วันที่ ๓๑ มีนาคม ๒๕๖๘", "2025-03-31"),
        ("31/03/2568", "2025-03-31"),
        ("31/3/68", "2025-03-31"),
        ("31.03.2568", "2025-03-31"),
        ("2025-03-31", "2025-03-31"),
        ("1 มกราคม ค.ศ. 2023", "2023-01-01"),
        ("1 ม.ค. 2023", "2023-01-01"),
        ("29 ก.พ. 2567", "2024-02-29"),
        ("๕ กมุภาพันธ์ ๒๕๖๖", "2023-02-05"),  # a displaced mark
        ("๕ กรกฏาคม ๒๕๖๖", "2023-07-05"),  # a frequent misspelling
        ("30 Sept 2023", "2023-09-30"),
    ],
)
def test_date(text: str, expected: str) -> None:
    assert parse_date(text) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "29 ก.พ. 2566",
        "31 เมษายน 2566",
        "32/01/2566",
        "22 เมษายน",
        "เมษายน 2566",
        "1 มกราคม พ.ศ. 2023",
        "1 มกราคม 3000",
        "1.2.66",  # a heading
        "๕ ก.ค.ศ. ๒๕๖๖",  # a commission, not a month
        "1 ต.ค. 2565 - 2 ต.ค. 2565",  # two dates
        "",
    ],
)
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(
    st.dates(date(1960, 1, 1), date(2050, 12, 31)),
    st.sampled_from([m for m in read("months.csv") if m["kind"] in ("full", "abbreviation")]),
)
def test_every_month_name_round_trips(day: date, month: dict[str, str]) -> None:
    day = day.replace(day=min(day.day, 28), month=int(month["month"]))
    text = convert_digits(f"{day.day} {month['form']} {day.year + 543}", "thai")
    assert parse_date(text) == day
    assert parse_date(text.replace(" ", "")) == day


@pytest.mark.parametrize(
    ("text", "fiscal_year_be", "start", "end"),
    [
        ("ตค.67-กย.68", None, "2024-10-01", "2025-09-30"),
        ("ต.ค. ๖๕ ถึง ก.ย. ๖๖", None, "2022-10-01", "2023-09-30"),
        ("ต.ค.๒๕๖๕ ถึงก.ย.๒๕๖๖", None, "2022-10-01", "2023-09-30"),
        ("ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖", None, "2022-10-01", "2023-03-31"),
        ("เดือนตุลาคม ๒๕๖๕ \u2013 มีนาคม ๒๕๖๖", None, "2022-10-01", "2023-03-31"),
        ("(1 ตุลาคม 2565 - 31 มีนาคม 2566)", None, "2022-10-01", "2023-03-31"),
        ("๑ ต.ค ๖๕ - ๓๑ มี.ค. ๖๖", None, "2022-10-01", "2023-03-31"),
        ("01/10/2565 - 30/09/2566", None, "2022-10-01", "2023-09-30"),
        ("ต.ค. - ธ.ค. ๒๕๖๕", None, "2022-10-01", "2022-12-31"),
        ("ต.ค. - มี.ค. ๒๕๖๖", None, "2022-10-01", "2023-03-31"),
        ("ตุลาคม 2565 ถึง มีนาคม", None, "2022-10-01", "2023-03-31"),
        ("ต.ค. - มี.ค.", 2566, "2022-10-01", "2023-03-31"),
        ("1 - 31 มกราคม 2566", None, "2023-01-01", "2023-01-31"),
        ("มกราคม ๒๕๖๖", None, "2023-01-01", "2023-01-31"),
        ("ธันวาคม", 2566, "2022-12-01", "2022-12-31"),
        ("22 เมษายน 2564", None, "2021-04-22", "2021-04-22"),
        ("ตลอดปีงบประมาณ", 2566, "2022-10-01", "2023-09-30"),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", 2566, "2023-10-01", "2024-09-30"),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖", None, "2022-10-01", "2023-09-30"),
        ("ปีงบประมาณ 2566 (ต.ค. - ธ.ค.)", None, "2022-10-01", "2022-12-31"),
        ("ไตรมาส 1/2566", None, "2022-10-01", "2022-12-31"),
        ("ไตรมาสที่ ๒", 2566, "2023-01-01", "2023-03-31"),
        ("ไตรมาส 3 - 4 ปีงบประมาณ 2566", None, "2023-04-01", "2023-09-30"),
        ("ไตรมาส 2 (ม.ค. - มี.ค. 2566)", None, "2023-01-01", "2023-03-31"),
        ("รอบ ๖ เดือน", 2566, "2022-10-01", "2023-03-31"),
        ("6 เดือนหลัง ของปีงบประมาณ 2566", None, "2023-04-01", "2023-09-30"),
        ("ครึ่งปีหลัง", 2566, "2023-04-01", "2023-09-30"),
        ("รอบ 12 เดือน", 2566, "2022-10-01", "2023-09-30"),
        ("ภายในเดือนมกราคม ๒๕๖๖", None, "", "2023-01-31"),
        ("ภายใน 30 กันยายน 2566", None, "", "2023-09-30"),
        ("ภายในไตรมาส 2", 2566, "", "2023-03-31"),
        ("ตั้งแต่ 1 ต.ค. 2565 เป็นต้นไป", None, "2022-10-01", ""),
    ],
)
def test_period(text: str, fiscal_year_be: int | None, start: str, end: str) -> None:
    assert parse_period(text, fiscal_year_be) == days(start, end)


@pytest.mark.parametrize(
    ("text", "fiscal_year_be"),
    [
        ("ตลอดปีงบประมาณ", None),
        ("ไตรมาสที่ ๒", None),
        ("ต.ค. - มี.ค.", None),
        ("ไตรมาส 5", 2566),
        ("มี.ค. 2566 - ม.ค. 2566", None),
        ("30 ก.พ. 2566", None),
        ("ปี 2566", None),  # calendar or fiscal
        ("ไตรมาส 1 (ม.ค. - มี.ค. 2566)", 2566),  # contradicts itself
        ("ต.ค. 65 - ก.ย. 66 ยกเว้นวันหยุด", None),
        ("ทุกเดือน", 2566),
        ("2566", 2566),
        ("", 2566),
    ],
)
def test_no_period(text: str, fiscal_year_be: int | None) -> None:
    assert parse_period(text, fiscal_year_be) is None


@given(st.integers(2500, 2600))
def test_quarters_tile_the_fiscal_year(year_be: int) -> None:
    ends = []
    for quarter in range(1, 5):
        period = parse_period(f"ไตรมาส {quarter}/{year_be}", None)
        assert period is not None
        assert period.start is not None
        assert period.end is not None
        ends += [period.start, period.end + timedelta(days=1)]
    assert ends[1:-1:2] == ends[2::2]
    whole = parse_period(f"ปีงบประมาณ {year_be}", None)
    assert whole is not None
    assert whole.end is not None
    assert (ends[0], ends[-1]) == (whole.start, whole.end + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", [2566]),
        ("ปีงบประมาณ 68", [2568]),
        ("แผนประจำปี 2567 และผลของปี พ.ศ. ๒๕๖๕", [2567, 2565]),
        ("งบประมาณ พ.ศ.2568", [2568]),
        ("ปีงบประมาณ\nพ. ศ. ๒๕๖๕", [2565]),
        ("ปีงบประมาณ (พ.ศ. 2567)", [2567]),
        ("ปีงบประมาณ ค.ศ. 2023", [2566]),
        ("FY2566 / FY 2023", [2566, 2566]),
        ("ปีงบประมาณ ๒๕๖๕ และ ๒๕๖๖", [2565, 2566]),
        ("ปึงบประมาณ พ.ศ. ๒๕๖๔", [2564]),  # a wrong mark
        ("ปีงบประมาณ พ.ศ. 2566\u00b9 และ 2567*", [2566, 2567]),  # with marks of notes
        ("พระราชบัญญัติ พ.ศ. 2540", []),
        ("ปีงบประมาณ 2540", []),
        ("งบประมาณ 65 ล้านบาท", []),
        ("งบประมาณ 2566 บาท", []),
        ("งบประมาณ 2,566 บาท", []),
        ("อายุ 60 ปี 65 คน", []),
        ("ประจำปี", []),
    ],
)
def test_fiscal_years(text: str, years: list[int]) -> None:
    assert find_fiscal_years(text) == years


def test_many_year_words_take_linear_time() -> None:
    assert find_fiscal_years("ปี " * 20_000) == []  # took minutes when the pattern was quadratic


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("รายงานผล รอบ ๖ เดือน", "first_half"),
        ("รอบ 6 เดือนแรก", "first_half"),
        ("รอบหกเดือนหลัง", "second_half"),
        ("6 เดือนหลัง", "second_half"),
        ("ครึ่งปีแรก", "first_half"),
        ("รอบ ๑๒ เดือน", "full_year"),
        ("(ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖)", "first_half"),
        ("รอบ 6 เดือน (เมษายน - กันยายน 2566)", "second_half"),
        ("ปีงบประมาณ 2566 (1 ต.ค. 65 ถึง 30 ก.ย. 66)", "full_year"),
        ("(1/10/2565 - 30/9/2566)", "full_year"),
        ("6 เดือนแรก และ 6 เดือนหลัง", "unknown"),
        ("รายงานประจำปี", "unknown"),
        ("", "unknown"),
    ],
)
def test_report_period(title: str, expected: str) -> None:
    assert report_period(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ปีงบประมาณ พ.ศ. 2567", None),
        ("แผน ระยะ 5 ปี ประจำปีงบประมาณ พ.ศ. 2567", None),
        ("รอบปีงบประมาณ พ.ศ. 2567", None),
        ("รายงานทุกไตรมาส ประจำปีงบประมาณ พ.ศ. 2567", None),
        ("ไตรมาสแรก ปีงบประมาณ พ.ศ. 2567", "unknown"),
        ("วันที่ 5 เดือน มกราคม 2567", None),
        ("ประจำปีงบประมาณ พ.ศ. 2567 (ไตรมาสที่ 1)", "unknown"),
        ("รอบ 9 เดือน", "unknown"),
        ("5 เดือน", "unknown"),
        ("รอบที่ 1/2567", "unknown"),
        ("รอบที่ 1 (ตุลาคม 2566 - มีนาคม 2567)", "first_half"),
        ("ตุลาคม 2566 - ธันวาคม 2566", "unknown"),
        ("1/10/2566 - 31/12/2566", "unknown"),
    ],
)
def test_a_part_of_the_year_that_is_no_half_is_stated(title: str, expected: str | None) -> None:
    assert stated_period(title) == expected


@given(st.text(st.sampled_from("ปีพ.ศ๒๕๖ 12/-()ตคกยไรมาสเดือนภายใ,"), max_size=30))
def test_no_text_raises(text: str) -> None:
    parse_date(text)
    parse_period(text, 2566)
    find_fiscal_years(text)
    report_period(text)


def test_months_are_whole() -> None:
    months = read("months.csv")
    for kind in ("full", "abbreviation", "short"):
        assert [int(m["month"]) for m in months if m["kind"] == kind] == list(range(1, 13))
    forms = [m["form"].lower() for m in months]
    assert len(forms) == len(set(forms))


def test_date_words_have_known_roles() -> None:
    words = read("date_words.csv")
    assert {row["role"] for row in words} == set(KINDS)
    assert len({row["word"] for row in words}) == len(words)
    assert all(bool(row["value"]) == (row["role"] == "month_count") for row in words)
