"""Measures of a year beside the indicators that scored lowest in the year before."""

from __future__ import annotations

from typing import Any

import pandas as pd
from record_frames import measures, scores

from analyze import measure_alignment
from normalize.catalogue import catalogue
from normalize.reference import indicator_name

SCORES = [{"metric": f"indicator:{n}", "value": v} for n, v in
          ((1, 80.0), (2, 70.0), (3, 90.0), (6, 75.0), (9, 60.0))]  # fmt: skip


def aligned(*rows: dict[str, object]) -> dict[int, dict[str, Any]]:
    frame = measure_alignment(measures(*rows), scores(*SCORES))
    return {row["indicator_no"]: row for row in frame.to_dict("records")}


def test_lowest_indicators_come_first_with_the_measures_that_address_them() -> None:
    found = aligned({"indicator_no": 9}, {"indicator_no": 2}, {"indicator_no": 9})
    assert list(found) == [9, 2, 6, 1, 3], "the lowest first"
    assert [row["rank_from_lowest"] for row in found.values()] == [1, 2, 3, 4, 5]
    assert [number for number, row in found.items() if row["is_lowest"]] == [9, 2, 6]
    assert {number: row["measures"] for number, row in found.items()} == {
        9: 2,
        2: 1,
        6: 0,
        1: 0,
        3: 0,
    }
    assert (found[9]["measure_ids"], found[2]["measure_ids"]) == ("m0|m2", "m1")
    assert pd.isna(found[6]["measure_ids"])
    assert [bool(row["is_addressed"]) for row in found.values()] == [
        True,
        True,
        False,
        False,
        False,
    ]
    row = found[9]
    assert (row["fiscal_year_be"], row["scored_year_be"], row["score"]) == (2566, 2565, 60.0)
    assert (row["instrument"], row["indicator_name"]) == ("OIT", indicator_name(9, 2565))
    assert (row["scored_indicators"], row["measures_without_indicator"]) == (5, 0)


def test_a_measure_of_an_unknown_indicator_leaves_open_what_it_addresses() -> None:
    found = aligned({"indicator_no": 9}, {"match_status": "unmatched"})
    assert found[9]["is_addressed"] is True
    assert pd.isna(found[2]["is_addressed"]), "the other measure may address it"
    assert found[2]["measures_without_indicator"] == 1


def test_a_link_in_doubt_does_not_count() -> None:
    found = aligned({"indicator_no": 9, "match_status": "review"})
    assert found[9]["measures"] == 0
    assert found[9]["measures_without_indicator"] == 1


def test_items_that_a_measure_touches_count_where_no_indicator_is_said() -> None:
    found = aligned(
        {"match_status": "unmatched", "concept_ids": "hr_plan|org_structure|no_such_concept"},
        {"indicator_no": 1, "concept_ids": "org_structure"},
        {"match_status": "unmatched", "concept_ids": "no_such_concept"},
    )
    assert (found[9]["measures"], found[9]["measure_ids"]) == (1, "m0"), "once, with two concepts"
    assert (found[1]["measures"], found[1]["measures_without_indicator"]) == (1, 1)


def test_equal_scores_share_a_rank() -> None:
    rows = [{"metric": f"indicator:{n}", "value": 70.0} for n in range(1, 6)]
    frame = measure_alignment(measures({"indicator_no": 1}), scores(*rows))
    assert set(frame["rank_from_lowest"]) == {1}
    assert frame["is_lowest"].all()


def test_a_score_on_which_reports_differ_is_not_ranked() -> None:
    rows = [*SCORES, {"metric": "indicator:9", "value": 95.0}]
    frame = measure_alignment(measures({"indicator_no": 9}), scores(*rows))
    assert 9 not in set(frame["indicator_no"])
    assert set(frame["scored_indicators"]) == {4}


def test_only_the_year_after_the_scores_and_the_same_agency() -> None:
    spec = catalogue().table("measure_alignment")
    for row in ({"fiscal_year_be": 2565}, {"fiscal_year_be": 2567}, {"fiscal_year_be": None},
                {"agency_code": "X2", "agency_name": "อื่น"}):  # fmt: skip
        frame = measure_alignment(measures({"indicator_no": 9, **row}), scores(*SCORES))
        assert frame.empty
        assert tuple(frame.columns) == spec.columns
    assert measure_alignment(measures(), scores(*SCORES)).empty
    assert measure_alignment(measures({"indicator_no": 9}), scores()).empty
