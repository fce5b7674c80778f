"""The way to the pass mark: what is worth most comes first, and what cannot help is not in it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_frames import items, scores

from analyze import pass_plan
from analyze.framework import item_shares
from normalize.catalogue import catalogue
from normalize.reference import item_lists

LIST = {item.item_no: item for item in item_lists()[2566]}
# In the list of 2566 an item of 9.4 (4 items) is worth 100 / 4 / 5 / 2 = 2.5 points of OIT, one of
# 10.2 (5 items) 100 / 5 / 2 / 2 = 5 points, and 40 % of that of the total.


def of_list(item_no: int, status: str | None, **more: object) -> dict[str, object]:
    item = LIST[item_no]
    return {
        "item_no": item_no,
        "concept_id": item.concept_id,
        "item_name": item.name,
        "indicator_no": item.indicator_no,
        "sub_indicator_no": item.sub_indicator_no,
        "status": status,
        **more,
    }


def numbers_of(sub_indicator_no: str) -> list[int]:
    return [n for n, item in LIST.items() if item.sub_indicator_no == sub_indicator_no]


def of_2566(**values: float) -> list[dict[str, object]]:
    names = {"IIT": "instrument:IIT", "EIT": "instrument:EIT", "OIT": "instrument:OIT"}
    return [
        {
            "metric": names.get(name, name.replace("_at_", ":")),
            "value": value,
            "fiscal_year_be": 2566,
        }
        for name, value in values.items()
    ]


def planned(rows: list[dict[str, object]], told: list[dict[str, object]]) -> list[dict[str, Any]]:
    return pass_plan(items(*rows), scores(*told)).to_dict("records")


def test_what_adds_most_comes_first_until_the_mark() -> None:
    hr, prevention = numbers_of("9.4"), numbers_of("10.2")
    assert (len(hr), len(prevention)) == (4, 5)
    rows = [of_list(hr[0], "missing"), of_list(prevention[1], "partial"),
            of_list(prevention[0], "not_started"), of_list(hr[1], "in_progress")]  # fmt: skip
    plan = planned(rows, of_2566(overall=81.2, OIT=70.0))
    assert [row["item_no"] for row in plan] == [prevention[0], prevention[1]]
    assert [row["step"] for row in plan] == [1, 2]
    assert [row["status"] for row in plan] == ["not_started", "partial"]
    assert [row["item_observation_id"] for row in plan] == ["i2", "i1"]
    assert [(row["adds_oit"], row["adds_total"]) for row in plan] == [(5.0, 2.0), (5.0, 2.0)]
    assert [(row["oit_after"], row["total_after"]) for row in plan] == [(75.0, 83.2), (80.0, 85.2)]
    assert [row["is_passing"] for row in plan] == [False, True]
    assert {(row["total_before"], row["pass_mark"], row["basis"]) for row in plan} == {
        (81.2, 85.0, "published")
    }


def test_equal_items_go_by_their_number() -> None:
    numbers = numbers_of("9.4")
    plan = planned(
        [of_list(n, "missing") for n in reversed(numbers)], of_2566(overall=70.0, OIT=50.0)
    )
    assert [row["item_no"] for row in plan] == numbers


@pytest.mark.parametrize("status", ["complete", "not_reported", "unclear", None])
def test_only_items_known_to_be_open_are_steps(status: str | None) -> None:
    (row,) = planned([of_list(1, status)], of_2566(overall=80.0, OIT=70.0))
    assert (row["step"], row["is_passing"], row["total_after"]) == (0, False, 80.0)
    assert pd.isna(row["item_no"])


def test_statuses_that_differ_are_no_step() -> None:
    (row,) = planned(
        [of_list(1, "complete"), of_list(1, "missing")], of_2566(overall=80.0, OIT=70.0)
    )
    assert row["step"] == 0


def test_an_agency_that_items_alone_do_not_lift_has_a_plan_that_does_not_pass() -> None:
    plan = planned([of_list(n, "missing") for n in LIST], of_2566(IIT=60.0, EIT=60.0, OIT=0.0))
    assert len(plan) == len(LIST)
    assert not any(row["is_passing"] for row in plan)
    assert (plan[-1]["oit_after"], plan[-1]["total_after"]) == (100.0, 76.0)
    assert {row["basis"] for row in plan} == {"computed"}


@pytest.mark.parametrize("overall", [85.0, 99.9])
def test_an_agency_at_the_mark_has_no_plan(overall: float) -> None:
    assert not planned([of_list(1, "missing")], of_2566(overall=overall, OIT=70.0))


def test_the_mark_is_met_as_it_is_published_to_two_decimals() -> None:
    assert not planned([of_list(1, "missing")], of_2566(IIT=85.0, EIT=85.0, OIT=84.99))
    assert planned([of_list(1, "missing")], of_2566(IIT=85.0, EIT=85.0, OIT=84.97))


def test_published_scores_leave_room_or_none() -> None:
    prevention = numbers_of("10.2")
    rows = [of_list(n, "missing") for n in prevention]
    full = of_2566(overall=80.0, OIT=70.0, **{"sub_indicator_at_10.2": 100.0})
    assert [row["step"] for row in planned(rows, full)] == [0], "the score says all is there"
    half = of_2566(overall=80.0, OIT=70.0, **{"sub_indicator_at_10.2": 70.0})
    assert [row["adds_oit"] for row in planned(rows, half)] == [5.0, 2.5]
    ten = of_2566(overall=80.0, OIT=70.0, indicator_at_10=84.0)
    assert [row["adds_oit"] for row in planned(rows, ten)] == [5.0, 3.0]
    oit = of_2566(overall=80.0, OIT=92.0)
    assert [row["oit_after"] for row in planned(rows, oit)] == [97.0, 100.0]


def test_what_an_item_has_already_is_not_added_again() -> None:
    first, second = numbers_of("10.2")[:2]
    rows = [of_list(first, "partial", score=60.0), of_list(second, "partial")]
    told = [*of_2566(overall=70.0, OIT=50.0), *of_2566(**{f"item_at_{second}": 50.0})]
    plan = planned(rows, told)
    assert [(row["item_no"], row["adds_oit"]) for row in plan] == [(second, 2.5), (first, 2.0)]


def test_oit_is_computed_from_statuses_only_where_all_are_known() -> None:
    told = of_2566(IIT=80.0, EIT=80.0)
    rows = [of_list(n, "missing" if n == 1 else "complete") for n in LIST]
    assert not planned(rows[:-1], told), "one status is not known"
    assert not planned(rows, told), "96 and more passes"
    low = of_2566(IIT=75.0, EIT=75.0)
    prevention = numbers_of("10.2")
    rows = [of_list(n, "missing" if n in prevention else "complete") for n in LIST]
    plan = planned(rows, low)
    assert plan[0]["basis"] == "computed"
    assert plan[0]["total_before"] == 75.0 * 0.6 + 75.0 * 0.4
    assert [row["total_after"] for row in plan] == [77.0, 79.0, 81.0, 83.0, 85.0]
    assert [row["is_passing"] for row in plan] == [False] * 4 + [True]


def test_without_an_oit_score_the_total_is_still_planned() -> None:
    (row,) = planned([of_list(numbers_of("10.2")[0], "missing")], of_2566(overall=84.0))
    assert (row["adds_oit"], row["total_after"], row["is_passing"]) == (5.0, 86.0, True)
    assert pd.isna(row["oit_after"])


def test_no_total_no_mark_or_another_year_gives_no_plan() -> None:
    row = of_list(1, "missing")
    assert not planned([row], [])
    assert not planned([row], of_2566(OIT=20.0))
    assert not planned([row], [{"metric": "overall", "value": 20.0, "fiscal_year_be": 2569}])
    (other,) = planned([row], [{"metric": "overall", "value": 20.0, "fiscal_year_be": 2565}])
    assert other["step"] == 0, "items of 2566 say nothing of 2565"
    (other,) = planned([{**row, "item_list_year_be": 2565}], of_2566(overall=20.0))
    assert other["step"] == 0, "the list of another year"
    frame = pass_plan(items(), scores())
    assert frame.empty
    assert tuple(frame.columns) == catalogue().table("pass_plan").columns


@settings(max_examples=20)
@given(
    st.dictionaries(
        st.sampled_from(sorted(LIST)), st.sampled_from(["missing", "complete"]), min_size=1
    ),
    st.integers(0, 8499),
    st.integers(0, 10_000),
)
def test_steps_add_up_and_none_is_needless(
    statuses: dict[int, str], cents: int, oit_cents: int
) -> None:
    total, oit = cents / 100, oit_cents / 100
    rows = [of_list(n, status) for n, status in statuses.items()]
    plan = planned(rows, of_2566(overall=total, OIT=oit))
    shares = item_shares(2566, "instrument:OIT")
    steps = [row for row in plan if row["step"]]
    assert [row["is_passing"] for row in steps[:-1]] == [False] * (len(steps) - 1)
    assert all(statuses[row["item_no"]] == "missing" for row in steps)
    worth = sum(shares[row["item_no"]] for row in steps) * 100
    if steps:
        last = steps[-1]
        assert last["oit_after"] == pytest.approx(min(100, oit + worth), abs=0.01)
        assert last["total_after"] == pytest.approx(
            total + 0.4 * (last["oit_after"] - oit), abs=0.02
        )
        left = [n for n, s in statuses.items() if s == "missing"]
        if not last["is_passing"] and last["oit_after"] < 99.99:
            assert len(steps) == len(left), "it ends early only at the mark"
