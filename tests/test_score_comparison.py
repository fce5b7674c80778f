"""Scores beside their parts, the year before and peers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_frames import OTHER_DOCUMENT, scores

from analyze import score_comparison
from analyze.framework import item_shares, metric_before, metric_name, parts, pass_mark
from normalize.catalogue import catalogue
from normalize.grades import instrument_score, level_of, overall_score
from normalize.reference import INSTRUMENTS, bands, indicators

# IIT 83.65, EIT 87.00, OIT 71.50; overall 0.3 x 83.65 + 0.3 x 87 + 0.4 x 71.5 = 79.795
INDICATORS = {1: 80.25, 2: 82, 3: 84, 4: 85, 5: 87, 6: 90, 7: 86, 8: 85, 9: 78, 10: 65}


def of_indicators(values: Mapping[int, float], **more: object) -> list[dict[str, object]]:
    return [{"metric": f"indicator:{n}", "value": float(v), **more} for n, v in values.items()]


def compared(*rows: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """Return the rows of one agency's year, the last there is, by metric."""
    frame = score_comparison(scores(*rows))
    frame = frame[frame["fiscal_year_be"] == frame["fiscal_year_be"].max()]
    return {row["metric"]: row for row in frame.to_dict("records")}


def test_parts_give_instruments_and_total() -> None:
    found = compared(*of_indicators(INDICATORS), {"metric": "overall", "value": 79.8})
    assert found["instrument:IIT"]["value_computed"] == 83.65
    assert found["instrument:EIT"]["value_computed"] == 87.0
    assert found["instrument:OIT"]["value_computed"] == 71.5
    assert pd.isna(found["instrument:OIT"]["value"]), "what only follows is not published"
    assert found["overall"]["value_computed"] == 79.795
    assert found["overall"]["discrepancy"] == pytest.approx(0.005)
    assert pd.isna(found["overall"]["discrepancy_reason"]), "two decimals say no more"
    assert (found["overall"]["scheme"], found["overall"]["level_computed"]) == ("letter", "B")


def test_sub_indicators_give_indicators_and_items_sub_indicators() -> None:
    subs = [{"metric": f"sub_indicator:10.{n}", "value": v} for n, v in ((1, 75.0), (2, 50.0))]
    found = compared(
        *subs, {"metric": "item:42", "value": 0.0}, {"metric": "item:43", "value": 100}
    )
    assert found["indicator:10"]["value_computed"] == 62.5
    assert found["sub_indicator:10.2"]["value_computed"] == 50.0
    assert "instrument:OIT" not in found, "indicator 9 is not known"


def test_a_part_that_is_missing_gives_nothing() -> None:
    rows = of_indicators({n: v for n, v in INDICATORS.items() if n != 6})
    found = compared(*rows, {"metric": "overall", "value": 79.8})
    assert pd.isna(found["overall"]["value_computed"])
    assert pd.isna(found["overall"]["discrepancy"])
    assert "instrument:EIT" not in found


@settings(max_examples=20)
@given(
    st.lists(st.integers(0, 10_000), min_size=10, max_size=10),
    st.sampled_from(sorted(bands())),
    st.integers(0, 10_000),
)
def test_computed_scores_and_levels_are_those_of_normalize(
    cents: list[int], year: int, total: int
) -> None:
    by_indicator = {n: value / 100 for n, value in enumerate(cents, start=1)}
    rows = of_indicators(by_indicator, fiscal_year_be=year)
    found = compared(*rows, {"metric": "overall", "value": total / 100, "fiscal_year_be": year})
    instruments = {i: instrument_score(i, by_indicator) or 0.0 for i in INSTRUMENTS}
    for name, score in instruments.items():
        assert found[f"instrument:{name}"]["value_computed"] == pytest.approx(score, abs=1e-4)
    expected = overall_score(year, instruments)
    assert found["overall"]["value_computed"] == pytest.approx(expected, abs=1e-4)
    assert found["overall"]["level_computed"] == level_of(year, total / 100, instruments)


@pytest.mark.parametrize(
    ("metric", "value", "reason"),
    [
        ("overall", 79.8, None),  # 79.795 to two decimals
        ("overall", 79.7, None),  # 0.095 off, which one decimal does not explain
        ("instrument:IIT", 83.6, "rounding"),
        ("instrument:OIT", 28.6, "already_weighted"),  # 40 % of 71.50
        ("instrument:IIT", 84.5, "part_left_out"),  # without indicator 1: 338 / 4
        ("instrument:EIT", 58.67, "part_left_out"),  # 90 + 86, over three
        ("instrument:OIT", 75.1, "transposed_digits"),
        ("instrument:IIT", 86.53, None),  # three digits in other places
        ("instrument:IIT", 38.65, "transposed_digits"),
        ("instrument:IIT", 83.56, None),  # 83.65, or the mean without indicator 3
        ("instrument:EIT", 78.0, "transposed_digits"),  # 87.00
        ("overall", 80.72, "equal_weights"),  # (83.65 + 87 + 71.5) / 3
        ("overall", 82.23, "equal_weights"),  # mean of the ten indicators
        ("overall", 70.0, None),
    ],
)
def test_reason_of_a_discrepancy(metric: str, value: float, reason: str | None) -> None:
    row = compared(*of_indicators(INDICATORS), {"metric": metric, "value": value})[metric]
    found = row["discrepancy_reason"]
    assert (None if pd.isna(found) else found) == reason


def test_interchanged_instruments_are_seen_on_both() -> None:
    swapped = [
        {"metric": "instrument:IIT", "value": 87.0},
        {"metric": "instrument:EIT", "value": 83.65},
    ]
    found = compared(*of_indicators(INDICATORS), *swapped)
    assert {found[f"instrument:{i}"]["discrepancy_reason"] for i in ("IIT", "EIT")} == {
        "interchanged"
    }


def test_total_of_the_year_before_is_seen() -> None:
    before = {"metric": "overall", "value": 75.31, "fiscal_year_be": 2564}
    found = compared(*of_indicators(INDICATORS), before, {"metric": "overall", "value": 75.31})
    assert found["overall"]["discrepancy_reason"] == "year_before"


def test_reports_that_differ_leave_the_value_empty_and_say_so() -> None:
    found = compared(
        {"metric": "overall", "value": 80.0, "level": "B"},
        {"metric": "overall", "value": 81.0, "level": "B", "document_id": OTHER_DOCUMENT},
        {"metric": "indicator:1", "value": 80.0},
        {"metric": "indicator:1", "value": 80.0, "document_id": OTHER_DOCUMENT},
    )
    assert pd.isna(found["overall"]["value"])
    assert (found["overall"]["is_disputed"], found["overall"]["n_documents"]) == (True, 2)
    assert found["overall"]["level"] == "B", "on the level they agree"
    assert (found["indicator:1"]["value"], found["indicator:1"]["is_disputed"]) == (80.0, False)


def test_a_level_alone_stands_on_the_row_of_the_total() -> None:
    found = compared({"metric": "level", "level": "ผ่านดี", "fiscal_year_be": 2567})
    assert list(found) == ["overall"]
    assert (found["overall"]["scheme"], found["overall"]["level"]) == ("pass", "ผ่านดี")
    assert pd.isna(found["overall"]["value"])
    assert pd.isna(found["overall"]["level_computed"])


def test_change_is_on_the_year_before_and_no_other() -> None:
    rows = [{"metric": "overall", "value": v, "fiscal_year_be": y}
            for y, v in ((2563, 70.0), (2565, 80.0), (2566, 78.5))]  # fmt: skip
    frame = score_comparison(scores(*rows)).set_index("fiscal_year_be")
    assert frame["previous_value"].isna().to_dict() == {2563: True, 2565: True, 2566: False}
    assert frame.loc[2566, "value_change"] == -1.5


def test_item_is_compared_by_its_concept_and_a_renamed_sub_indicator_not_at_all() -> None:
    assert metric_before("item:36", 2566) == "item:39", "the plan against corruption moved"
    assert metric_before("item:10", 2566) is None
    assert metric_before("sub_indicator:9.1", 2566) == "sub_indicator:9.1"
    assert metric_before("sub_indicator:9.3", 2566) is None, "it became procurement"


def test_medians_of_peers_with_n() -> None:
    agencies = [("A", "อบต.", "ข", 80.0), ("B", "อบต.", "ค", 90.0), ("C", "อบจ.", "ข", 70.0)]
    frame = score_comparison(
        scores(*[{"metric": "overall", "value": value, "agency_code": code, "agency_type": kind,
                  "province": province} for code, kind, province, value in agencies])
    ).set_index("agency_code")  # fmt: skip
    row = frame.loc["A"]
    assert (row["country_median"], row["country_n"], row["country_difference"]) == (80.0, 3, 0.0)
    assert (row["type_median"], row["type_n"], row["type_difference"]) == (85.0, 2, -5.0)
    assert (row["province_median"], row["province_n"], row["province_difference"]) == (75.0, 2, 5.0)
    alone = frame.loc["C"]
    assert (alone["type_median"], alone["type_n"]) == (70.0, 1)
    assert pd.isna(alone["type_difference"]), "an agency alone differs from nobody"


def test_an_agency_of_unknown_type_has_no_peers_of_its_type() -> None:
    (row,) = score_comparison(
        scores({"metric": "overall", "value": 80.0, "agency_type": None})
    ).to_dict("records")
    assert (row["type_n"], row["country_n"]) == (0, 1)
    assert pd.isna(row["type_median"])


def test_no_scores_give_an_empty_table() -> None:
    frame = score_comparison(scores())
    assert frame.empty
    assert tuple(frame.columns) == catalogue().table("score_comparison").columns
    undated = score_comparison(scores({"metric": "overall", "value": 1.0, "fiscal_year_be": None}))
    assert undated.empty


def test_parts_add_up_to_the_whole() -> None:
    for year in bands():
        assert all(sum(s.values()) == pytest.approx(1) for s in parts(year).values())
        assert sum(item_shares(year, "instrument:OIT").values()) == pytest.approx(1)
        assert sum(item_shares(year, "overall").values()) == pytest.approx(0.4)
        assert pass_mark(year) == 85
    assert pass_mark(2569) is None


def test_every_total_and_indicator_has_a_name() -> None:
    totals = ["overall", *(f"instrument:{i}" for i in INSTRUMENTS)]
    named = [*totals, *(f"indicator:{i.indicator_no}" for i in indicators())]
    assert all(metric_name(metric, 2566) for metric in named)


def published_list(shared: Path, metric: str) -> list[str]:
    """Return a list that a published report of 2564 prints for thirteen agencies."""
    with (shared / "registry" / "ita_reference.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["fiscal_year_be"] == "2564" and row["metric"] == metric:
                return row["value"].split()
    raise AssertionError(f"the published totals have no {metric}")


def reachable(metric: str, most_missing: int = 3) -> set[float]:
    """Return the scores of a metric of 2564 where up to so many of its items are missing."""
    losses = [share * 100 for share in item_shares(2564, metric).values()]
    return {
        round(100 - sum(missing), 2)
        for n in range(most_missing + 1)
        for missing in combinations(losses, n)
    }


def test_published_indicators_are_what_missing_items_take_from_them(shared: Path) -> None:
    """Items have all points or none, and sub-indicators weigh the same whatever they hold."""
    for number in (9, 10):
        printed = {
            float(text) for text in published_list(shared, f"indicator {number}, same order")
        }
        assert len(printed) > 2
        assert printed <= reachable(f"indicator:{number}")
    pooled = {round(100 - 100 * n / 33, 2) for n in range(4)}
    assert not {97.78, 97.5, 96.0} & pooled, "weighing all items alike would not explain them"


def test_published_oit_is_forty_percent_of_the_mean_of_its_indicators(shared: Path) -> None:
    nine, ten, weighted = (
        [float(text) for text in published_list(shared, f"{name}, same order")]
        for name in ("indicator 9", "indicator 10", "OIT weighted (of 40)")
    )
    for row in zip(nine, ten, weighted, strict=True):
        found = compared(*of_indicators({9: row[0], 10: row[1]}, fiscal_year_be=2564))
        assert found["instrument:OIT"]["value_computed"] * 0.4 == pytest.approx(row[2], abs=0.01)


def test_published_ratings_are_those_of_the_scores(shared: Path) -> None:
    totals, ratings = (
        published_list(shared, "ITA score, first 13 agencies of table 4.26"),
        published_list(shared, "rating, same order"),
    )
    for total, rating in zip(totals, ratings, strict=True):
        row = compared({"metric": "overall", "value": float(total), "fiscal_year_be": 2564})
        assert row["overall"]["level_computed"] == rating
