"""Contradictions: what is one, what is none, and which rows stand on its two sides."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from record_frames import DOCUMENT, OTHER_DOCUMENT, items, scores

from analyze import consistency
from normalize.catalogue import catalogue
from normalize.reference import item_lists

OTHER = {"document_id": OTHER_DOCUMENT}


def found(items_table: pd.DataFrame, scores_table: pd.DataFrame) -> list[dict[str, Any]]:
    return consistency(items_table, scores_table).to_dict("records")


def listed(year: int, sub_indicator_no: str) -> list[dict[str, object]]:
    """Return what the items table says of the items of a sub-indicator."""
    return [
        {
            "item_no": item.item_no,
            "concept_id": item.concept_id,
            "item_name": item.name,
            "sub_indicator_no": item.sub_indicator_no,
            "indicator_no": item.indicator_no,
        }
        for item in item_lists()[year]
        if item.sub_indicator_no == sub_indicator_no
    ]


def of_2566(**row: object) -> dict[str, object]:
    return {"fiscal_year_be": 2566, **row}


def test_two_statuses_of_one_concept() -> None:
    one = {"item_no": 1, "concept_id": "org_structure", "item_name": "โครงสร้าง"}
    (row,) = found(
        items({**one, "status": "complete"}, {**one, "status": "missing", **OTHER}), scores()
    )
    assert (row["kind"], row["subject"]) == ("statuses_differ", "org_structure")
    assert (row["value_1"], row["value_2"]) == ("complete", "missing")
    assert (row["observation_id_1"], row["observation_id_2"]) == ("i0", "i1")
    assert (row["document_id_1"], row["document_id_2"]) == (DOCUMENT, OTHER_DOCUMENT)


def test_each_further_status_is_set_against_the_first() -> None:
    one = {"item_no": 1, "concept_id": "org_structure"}
    told = ("complete", "missing", "complete", "partial")
    rows = found(items(*[{**one, "status": status} for status in told]), scores())
    assert [row["value_2"] for row in rows] == ["missing", "partial"]
    assert {row["observation_id_1"] for row in rows} == {"i0"}


@pytest.mark.parametrize("other", ["complete", "not_reported", "unclear", None])
def test_blank_and_unclear_contradict_nothing(other: str | None) -> None:
    one = {"item_no": 1, "concept_id": "org_structure"}
    assert not found(items({**one, "status": "complete"}, {**one, "status": other}), scores())


def test_other_years_agencies_and_doubtful_items_contradict_nothing() -> None:
    one = {"item_no": 1, "concept_id": "org_structure"}
    rows = [
        {**one, "status": "complete"},
        {**one, "status": "missing", "fiscal_year_be": 2567, "fiscal_year_ce": 2024},
        {**one, "status": "missing", "agency_code": "X2", "agency_name": "อื่น"},
        {**one, "status": "missing", "match_status": "review"},
    ]
    assert not found(items(*rows), scores())


def test_two_scores_and_two_levels() -> None:
    rows = found(
        items(),
        scores(
            {"metric": "overall", "value": 80.0, "level": "B"},
            {"metric": "overall", "value": 81.5, "level": "A", **OTHER},
            {"metric": "overall", "value": 80.0, "level": "B", **OTHER},
        ),
    )
    told = {row["kind"]: (row["subject"], row["value_1"], row["value_2"]) for row in rows}
    assert told == {
        "scores_differ": ("overall", "80", "81.5"),
        "levels_differ": ("level", "B", "A"),
    }


def test_a_score_and_a_level_that_their_parts_do_not_give() -> None:
    parts = [{"metric": f"instrument:{i}", "value": 80.0} for i in ("IIT", "EIT", "OIT")]
    rows = found(items(), scores(*parts, {"metric": "overall", "value": 85.5, "level": "B"}))
    told = {row["subject"]: row for row in rows}
    assert {row["kind"] for row in rows} == {"computed_differs"}
    assert (told["overall"]["value_1"], told["overall"]["value_2"]) == ("85.5", "80")
    assert (told["level"]["value_1"], told["level"]["value_2"]) == ("B", "A")
    assert told["overall"]["observation_id_1"] == told["overall"]["observation_id_2"] == "s3"


def test_rounding_is_no_contradiction() -> None:
    parts = [{"metric": f"instrument:{i}", "value": v} for i, v in
             (("IIT", 80.01), ("EIT", 80.02), ("OIT", 80.02))]  # fmt: skip
    assert not found(items(), scores(*parts, {"metric": "overall", "value": 80.0}))


@pytest.mark.parametrize(
    ("status", "score", "is_denied"),
    [
        ("complete", 0.0, True),
        ("complete", 50.0, True),
        ("complete", 100.0, False),
        ("missing", 100.0, True),
        ("partial", 100.0, True),
        ("missing", 0.0, False),
        ("not_reported", 100.0, False),
        ("unclear", 0.0, False),
    ],
)
def test_a_claim_against_the_score_of_its_item(status: str, score: float, is_denied: bool) -> None:
    (item, *_) = listed(2566, "9.1")
    claim = items({**item, "status": status})
    rows = found(claim, scores(of_2566(metric=f"item:{item['item_no']}", value=score, **OTHER)))
    assert [row["kind"] for row in rows] == ["claim_against_score"] * is_denied
    if is_denied:
        (row,) = rows
        assert (row["subject"], row["value_1"]) == (item["concept_id"], status)
        assert float(row["value_2"]) == score
        assert (row["observation_id_1"], row["observation_id_2"]) == ("i0", "s0")
    in_one_row = found(items({**item, "status": status, "score": score}), scores())
    assert len(in_one_row) == is_denied
    assert not found(claim, scores({"metric": f"item:{item['item_no']}", "value": score})), "2565"


def test_claims_that_a_sub_indicator_denies() -> None:
    nine = listed(2566, "9.1")
    complete = [{**item, "status": "complete"} for item in nine[:3]]
    missing = [{**item, "status": "missing"} for item in nine[3:5]]
    claims = items(*complete, *missing)
    low, high = 30.0, 80.0  # of ten items

    def told(score: float) -> list[dict[str, Any]]:
        return found(claims, scores(of_2566(metric="sub_indicator:9.1", value=score)))

    assert told(round(low, 2)) == told(round(high, 2)) == told(60.0) == []
    (row,) = told(round(low - 100 / len(nine), 2))
    assert row["subject"] == "sub_indicator:9.1"
    assert row["value_1"] == "30-80", "3 of 10 are complete, and 2 are not"
    assert (row["observation_id_1"], row["observation_id_2"]) == ("i0", "s0"), "a complete item"
    (row,) = told(100.0)
    assert row["observation_id_1"] == "i3", "an item that is missing"


def test_a_claim_is_set_against_the_finest_score_there_is() -> None:
    missing = items(*[{**item, "status": "missing"} for item in listed(2566, "10.2")])
    rows = [of_2566(metric=metric, value=100.0)
            for metric in ("sub_indicator:10.2", "indicator:10", "instrument:OIT")]  # fmt: skip
    for n, metric in enumerate(("sub_indicator:10.2", "indicator:10", "instrument:OIT")):
        denied = [
            r for r in found(missing, scores(*rows[n:])) if r["kind"] == "claim_against_score"
        ]
        assert [row["subject"] for row in denied] == [metric]


def test_half_of_a_report_is_set_against_no_score_it_can_have() -> None:
    complete = items(*[{**item, "status": "complete"} for item in listed(2566, "10.1")])
    fifty = scores(of_2566(metric="indicator:10", value=50.0))
    assert not found(complete, fifty), "10.2 may have nothing"
    assert found(complete, scores(of_2566(metric="indicator:10", value=43.75)))


def test_a_report_that_follows_the_list_of_another_year_is_not_set_against_scores() -> None:
    missing = [{**item, "status": "missing", "item_list_year_be": 2565}
               for item in listed(2565, "9.1")]  # fmt: skip
    assert not found(items(*missing), scores(of_2566(metric="sub_indicator:9.1", value=100.0)))


def test_nothing_gives_an_empty_table() -> None:
    frame = consistency(items(), scores())
    assert frame.empty
    assert tuple(frame.columns) == catalogue().table("consistency").columns
