"""Comparisons: what counts, what does not, and that a blank is never a failure."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest
from report_text import AGENCY

from analyze import completeness, score_table
from normalize.catalogue import catalogue


def items(*rows: Mapping[str, object]) -> pd.DataFrame:
    made = []
    for number, row in enumerate(rows):
        made.append(
            {
                "observation_id": f"o{number}",
                "document_id": "0123456789abcdef",
                **AGENCY,
                "fiscal_year_be": 2566,
                "fiscal_year_ce": 2023,
                "item_list_year_be": 2566,
                "instrument": "OIT",
                "match_status": "accepted",
                **row,
            }
        )
    return catalogue().table("items").frame(made)


def scores(*rows: Mapping[str, object]) -> pd.DataFrame:
    made = []
    for number, row in enumerate(rows):
        base = {"observation_id": f"o{number}", "document_id": "0123456789abcdef", **AGENCY}
        made.append({**base, "fiscal_year_be": 2565, **row})
    return catalogue().table("scores").frame(made)


def test_completeness_leaves_blank_and_unclear_out_of_the_share() -> None:
    frame = completeness(
        items(
            {"item_no": 1, "status": "complete"},
            {"item_no": 2, "status": "missing"},
            {"item_no": 3, "status": "not_reported"},
            {"item_no": 4, "status": "unclear"},
            {"item_no": 5, "status": "partial"},
        )
    )
    (row,) = frame.to_dict("records")
    assert (row["items_in_list"], row["observed"]) == (43, 5)
    assert (row["complete"], row["partial"], row["missing"]) == (1, 1, 1)
    assert (row["not_reported"], row["unclear"]) == (1, 1)
    assert row["completeness"] == pytest.approx(1 / 3, abs=1e-4)


def test_an_item_seen_twice_counts_once_and_a_contradiction_is_unclear() -> None:
    frame = completeness(
        items(
            {"item_no": 1, "status": "complete"},
            {"item_no": 1, "status": "complete"},
            {"item_no": 2, "status": "complete"},
            {"item_no": 2, "status": "missing"},
        )
    )
    (row,) = frame.to_dict("records")
    assert (row["observed"], row["complete"], row["unclear"]) == (2, 1, 1)


def test_completeness_is_empty_where_nothing_is_known() -> None:
    frame = completeness(items({"item_no": 1, "status": "not_reported"}))
    assert frame["completeness"].isna().all()


def test_items_of_a_list_that_is_not_known_count() -> None:
    frame = completeness(items({"item_no": 1, "status": "complete", "item_list_year_be": None}))
    (row,) = frame.to_dict("records")
    assert pd.isna(row["items_in_list"])
    assert (row["observed"], row["completeness"]) == (1, 1.0)


def test_items_without_status_count_as_observed_only() -> None:
    frame = completeness(items({"item_no": 1}, {"item_no": 2, "status": "missing"}))
    (row,) = frame.to_dict("records")
    assert (row["observed"], row["missing"], row["completeness"]) == (2, 1, 0.0)


def test_only_accepted_items_of_a_known_agency_and_year_count() -> None:
    frame = completeness(
        items(
            {"item_no": None, "status": "complete", "match_status": "review"},
            {"item_no": 1, "status": "complete", "agency_code": None, "agency_name": None},
            {"item_no": 1, "status": "complete", "fiscal_year_be": None, "fiscal_year_ce": None},
        )
    )
    assert frame.empty
    assert tuple(frame.columns) == catalogue().table("completeness").columns


def test_years_and_agencies_stay_apart() -> None:
    frame = completeness(
        items(
            {"item_no": 1, "status": "complete"},
            {"item_no": 1, "status": "missing", "fiscal_year_be": 2567, "fiscal_year_ce": 2024,
             "item_list_year_be": 2567},
            {"item_no": 1, "status": "missing", "agency_code": "X2"},
        )
    )  # fmt: skip
    assert [
        (r["agency_code"], r["fiscal_year_be"], r["items_in_list"], r["completeness"])
        for r in frame.to_dict("records")
    ] == [("X1", 2566, 43, 1.0), ("X1", 2567, 35, 0.0), ("X2", 2566, 43, 0.0)]


def test_score_table_spreads_metrics_and_keeps_disagreement_empty() -> None:
    frame = score_table(
        scores(
            {"metric": "overall", "value": 75.83, "level": "B"},
            {"metric": "indicator:1", "value": 83.11},
            {"metric": "indicator:2", "value": 70.0},
            {"metric": "indicator:2", "value": 71.0, "document_id": "fedcba9876543210"},
            {"metric": "instrument:IIT", "value": 80.0},
        )
    )
    (row,) = frame.to_dict("records")
    assert (row["overall"], row["level"], row["indicator_1"], row["IIT"]) == (75.83, "B", 83.11, 80)
    assert pd.isna(row["indicator_2"])
    assert row["n_documents"] == 2


def test_scores_of_an_unknown_year_are_not_compared() -> None:
    assert score_table(scores({"metric": "overall", "value": 80.0, "fiscal_year_be": None})).empty
