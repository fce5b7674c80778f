"""Comparisons of items: one status each, completeness, gaps and what became of items."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from record_frames import DOCUMENT, OTHER_DOCUMENT, items

from analyze import compare_years, completeness, item_gaps
from analyze.observed import KNOWN, STATUSES, observed
from normalize.catalogue import catalogue
from normalize.reference import item_lists, list_sizes


def item(year: int, number: int, status: str | None, **more: object) -> dict[str, object]:
    """Return an observation of an item of a year's list, in a report of that year."""
    (listed,) = (i for i in item_lists()[year] if i.item_no == number)
    return {
        "fiscal_year_be": year,
        "fiscal_year_ce": year - 543,
        "item_list_year_be": year,
        "item_no": number,
        "concept_id": listed.concept_id,
        "item_name": listed.name,
        "indicator_no": listed.indicator_no,
        "sub_indicator_no": listed.sub_indicator_no or None,
        "status": status,
        **more,
    }


def in_year(year: int, row: dict[str, object]) -> dict[str, object]:
    """Return an observation as a report of another year has it."""
    return {**row, "fiscal_year_be": year, "fiscal_year_ce": year - 543}


def agency(code: str, **more: str) -> dict[str, object]:
    return {"agency_code": code, "agency_name": f"สมมติ{code}", **more}


def random_items(seed: int, agencies: int = 12) -> pd.DataFrame:
    """Return what invented agencies report in three years, some of it twice or not at all."""
    made = np.random.default_rng(seed)
    rows = []
    for number in range(agencies):
        whose = agency(
            f"A{number}",
            agency_type=made.choice(["อบต.", "อบจ."]),
            province=made.choice(["ก", "ข"]),
        )
        for year in made.permutation([2565, 2566, 2567])[: made.integers(1, 4)].tolist():
            for listed in item_lists()[year]:
                for _ in range(made.choice([0, 1, 1, 1, 2])):
                    status = [*STATUSES, None][made.integers(8)]
                    rows.append(item(year, listed.item_no, status, **whose))
    return items(*rows)


# One status for an item


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (["complete"], "complete"),
        (["complete", "complete"], "complete"),
        (["complete", "not_reported"], "complete"),
        (["not_reported", "missing", "not_reported"], "missing"),
        (["complete", "missing"], "unclear"),
        (["complete", "unclear"], "unclear"),
        (["in_progress", "not_started", "not_reported"], "unclear"),
        (["not_reported", "not_reported"], "not_reported"),
        (["not_reported", None], "not_reported"),
        ([None, "partial"], "partial"),
        ([None], None),
    ],
)
def test_what_several_observations_of_an_item_come_to(
    told: list[str | None], status: str | None
) -> None:
    for order in (told, told[::-1]):
        (row,) = observed(items(*(item(2566, 1, one) for one in order))).to_dict("records")
        assert row["status"] == status or (status is None and pd.isna(row["status"]))


def test_the_evidence_is_the_row_that_has_the_status() -> None:
    rows = ["not_reported", "complete", "complete"]
    seen = observed(items(*(item(2566, 1, status) for status in rows)))
    assert seen["observation_id"].tolist() == ["i1"]


def test_an_item_of_two_lists_is_one_item_with_its_number_in_the_list_of_the_year() -> None:
    older = in_year(2566, item(2565, 14, "complete", document_id=OTHER_DOCUMENT))
    seen = observed(items(older, item(2566, 15, "complete")))
    assert seen["concept_id"].tolist() == ["service_manual"]
    assert (seen["item_no"].tolist(), seen["n_documents"].tolist()) == ([15], [2])


def test_items_that_no_list_names_are_told_apart_by_number() -> None:
    rows = [{"item_no": n, "status": "complete", "item_list_year_be": None} for n in (1, 1, 2)]
    assert observed(items(*rows))["item_no"].tolist() == [1, 2]


def test_what_is_observed_stands_in_order_of_agency_year_and_item() -> None:
    seen = observed(random_items(1))
    order = list(zip(seen["agency_code"], seen["fiscal_year_be"], seen["item_no"], strict=True))
    assert order == sorted(order)
    assert len(seen) == len(seen.drop_duplicates(["agency_code", "fiscal_year_be", "concept_id"]))


# Completeness


def test_completeness_weighs_items_as_the_oit_score_does() -> None:
    """The example of docs/methods.md."""
    told = {1: "missing", 8: "complete", 9: "complete", 10: "complete", 18: "missing"}
    told |= {34: "complete", 35: "not_reported"}
    frame = completeness(items(*(item(2565, number, status) for number, status in told.items())))
    (row,) = frame.to_dict("records")
    assert (row["observed"], row["complete"], row["not_reported"]) == (7, 4, 1)
    assert row["completeness"] == 0.6667
    assert row["weighted_completeness"] == 0.7778  # ((2/3 + 1 + 0) / 3 + 1) / 2


def test_a_whole_year_that_is_complete_is_1_and_none_of_it_0() -> None:
    for status, share in (("complete", 1.0), ("partial", 0.0), ("missing", 0.0)):
        rows = [item(2566, listed.item_no, status) for listed in item_lists()[2566]]
        (row,) = completeness(items(*rows)).to_dict("records")
        assert (row["items_in_list"], row["observed"], row[status]) == (43, 43, 43)
        assert row["completeness"] == row["weighted_completeness"] == share


def test_items_without_a_sub_indicator_have_no_weight() -> None:
    (row,) = completeness(items(item(2569, 1, "complete"))).to_dict("records")
    assert row["completeness"] == 1.0
    assert pd.isna(row["weighted_completeness"])
    assert row["items_in_list"] == list_sizes()[2569] == 26 > len(item_lists()[2569])


def test_reports_that_follow_two_lists_are_measured_by_the_longer() -> None:
    rows = [in_year(2567, item(2566, 1, "complete")), item(2567, 2, "complete")]
    assert completeness(items(*rows))["items_in_list"].tolist() == [43]


def test_no_list_is_longer_than_the_year_says_and_only_one_is_shorter() -> None:
    lengths = {year: len(listed) for year, listed in item_lists().items()}
    assert {year: size - lengths[year] for year, size in list_sizes().items()} == {
        **dict.fromkeys(lengths, 0),
        2569: 3,
    }


@pytest.mark.parametrize("seed", range(3))
def test_counts_by_status_add_up_to_what_was_observed(seed: int) -> None:
    table = random_items(seed)
    seen, frame = observed(table), completeness(table)
    without = int(seen["status"].isna().sum())
    assert without > 0
    assert frame["observed"].sum() == len(seen) == frame[list(STATUSES)].sum().sum() + without
    known = frame[list(KNOWN)].sum(axis=1)
    assert (frame["completeness"] - frame["complete"] / known).abs().max() <= 0.00005
    assert frame["weighted_completeness"].between(0, 1).all()


# Gaps


def test_the_item_that_most_agencies_miss_comes_first() -> None:
    """The example of docs/methods.md."""
    told = {1: ["complete", "missing", "not_reported"], 2: ["complete", "partial", "partial"]}
    rows = [
        item(2566, number, status, **agency(f"A{place}"))
        for number, statuses in told.items()
        for place, status in enumerate(statuses)
    ]
    frame = item_gaps(items(*rows))
    country = frame[frame["peer_group"] == "country"].to_dict("records")
    assert [(row["item_no"], row["agencies"], row["gap_rank"]) for row in country] == [
        (2, 3, 1),
        (1, 2, 2),
    ]
    assert [row["share_not_complete"] for row in country] == [0.6667, 0.5]
    assert [row["share_partial"] for row in country] == [0.6667, 0.0]
    assert [row["share_missing"] for row in country] == [0.0, 0.5]
    assert country[1]["not_reported"] == 1


def test_equal_gaps_share_a_rank_and_a_missing_item_is_worse_than_a_partial_one() -> None:
    told = {1: "complete", 2: "partial", 3: "missing", 4: "partial", 5: "not_reported"}
    frame = item_gaps(items(*(item(2566, number, status) for number, status in told.items())))
    country = frame[frame["peer_group"] == "country"]
    assert country["item_no"].tolist() == [3, 2, 4, 1, 5]
    assert country["gap_rank"].tolist() == [1, 2, 2, 4, pd.NA]
    unknown = country.iloc[-1]
    assert unknown["agencies"] == 0
    assert pd.isna(unknown["share_complete"])


def test_a_gap_has_the_number_of_the_list_of_its_year() -> None:
    older = [in_year(2566, item(2565, 14, "missing", **agency(f"A{n}"))) for n in range(3)]
    frame = item_gaps(items(*older, item(2566, 15, "missing", **agency("A9"))))
    country = frame[frame["peer_group"] == "country"]
    assert (country["item_no"].tolist(), country["agencies"].tolist()) == ([15], [4])
    alone = item_gaps(items(*older))
    assert set(alone["item_no"]) == {14}


@pytest.mark.parametrize("seed", range(3))
def test_the_agencies_of_all_types_and_provinces_are_those_of_the_country(seed: int) -> None:
    table = random_items(seed)
    frame, seen = item_gaps(table), observed(table)
    counts = ["agencies", *STATUSES]
    sums = frame.groupby(["fiscal_year_be", "concept_id", "peer_group"])[counts].sum()
    for group in ("type", "province"):
        pd.testing.assert_frame_equal(
            sums.xs(group, level="peer_group"), sums.xs("country", level="peer_group")
        )
    country = frame[frame["peer_group"] == "country"]
    assert country[list(STATUSES)].sum().sum() == seen["status"].notna().sum()
    ranked = country.groupby("fiscal_year_be")["gap_rank"]
    assert (ranked.min() == 1).all()
    assert all(values.dropna().is_monotonic_increasing for _, values in ranked)


def test_an_agency_without_type_or_province_counts_in_the_country_only() -> None:
    frame = item_gaps(items(item(2566, 1, "missing", agency_type=None, province=None)))
    assert frame["peer_group"].tolist() == ["country"]
    assert frame["peer"].isna().all()


# Years


def changes_of(*rows: dict[str, object]) -> dict[tuple[object, object], str]:
    """Return what became of items, by their numbers before and after."""
    frame = compare_years(items(*rows))
    numbers = frame[["from_item_no", "to_item_no"]].astype("object").replace(pd.NA, None)
    return dict(zip(map(tuple, numbers.to_numpy()), frame["change"], strict=True))


def test_items_are_followed_through_new_numbers_and_merged_lists() -> None:
    """The example of docs/methods.md."""
    before = {10: "complete", 18: "missing", 34: "complete"}
    after = {11: "complete", 10: "missing"}
    rows = [item(2565, number, status) for number, status in before.items()]
    rows += [item(2566, number, status) for number, status in after.items()]
    frame = compare_years(items(*rows)).set_index("concept_id")
    links = frame[["from_item_no", "to_item_no", "change"]].astype("object").replace(pd.NA, None)
    assert {
        name: tuple(link) for name, link in zip(links.index, links.to_numpy(), strict=True)
    } == {
        "annual_plan": (10, 11, "kept"),
        "budget_plan": (18, 11, "gained"),
        "no_gift_policy": (34, 31, "unknown"),
        "pdpa_policy": (None, 10, "new_in_framework"),
    }
    assert frame.loc["budget_plan", "from_status"] == "missing"
    assert pd.isna(frame.loc["no_gift_policy", "to_status"])
    assert frame.loc["annual_plan", "item_name"] == rows[3]["item_name"]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("complete", "complete", "kept"),
        ("partial", "complete", "gained"),
        ("not_started", "complete", "gained"),
        ("complete", "in_progress", "lost"),
        ("missing", "partial", "still_open"),
        ("missing", "missing", "still_open"),
        ("complete", "not_reported", "unknown"),
        ("unclear", "complete", "unknown"),
        (None, "complete", "unknown"),
    ],
)
def test_a_change_is_told_from_known_statuses_alone(
    before: str | None, after: str, change: str
) -> None:
    assert changes_of(item(2565, 1, before), item(2566, 1, after)) == {(1, 1): change}


def test_an_item_that_the_framework_dropped() -> None:
    assert changes_of(item(2564, 34, "complete"), item(2565, 1, "complete")) == {
        (34, None): "dropped_from_framework",
        (1, 1): "unknown",
    }


def test_what_became_of_an_item_of_which_only_a_part_remains() -> None:
    """O1 of 2568 has structure and authority; the list of 2565 has them apart."""
    rows = [in_year(2567, item(2568, 1, "complete")), in_year(2568, item(2565, 1, "missing"))]
    assert changes_of(*rows) == {(1, 1): "lost", (1, 3): "unknown"}


def test_years_without_a_report_are_passed_over() -> None:
    frame = compare_years(items(item(2562, 1, "missing"), item(2566, 1, "complete")))
    (row,) = frame.to_dict("records")
    assert (row["from_year_be"], row["to_year_be"], row["change"]) == (2562, 2566, "gained")


def test_nothing_is_dropped_by_a_list_that_is_not_whole() -> None:
    """The names of O2, O6 and O7 of 2569 are not known: what is not in the list may be there."""
    assert changes_of(item(2568, 2, "complete"), item(2569, 1, "complete")) == {
        (2, None): "unknown",
        (1, 1): "unknown",
    }


def test_a_list_that_is_not_known_neither_adds_nor_drops_items() -> None:
    unknown = {"item_list_year_be": None}
    rows = [item(2565, 34, "complete", **unknown), item(2565, 1, "missing", **unknown)]
    rows += [item(2566, 1, "complete"), item(2566, 10, "complete")]
    assert changes_of(*rows) == {(34, 31): "unknown", (1, 1): "gained", (None, 10): "unknown"}


def test_agencies_and_pairs_of_years_stay_apart() -> None:
    told = {"A1": ["missing", "complete", "complete"], "A2": ["complete", "missing", "missing"]}
    rows = [
        item(year, 1, status, **agency(code))
        for code, statuses in told.items()
        for year, status in zip((2564, 2565, 2566), statuses, strict=True)
    ]
    frame = compare_years(items(*rows[::2], *rows[1::2]))
    found = list(zip(frame["agency_code"], frame["from_year_be"], frame["change"], strict=True))
    assert found == [
        ("A1", 2564, "gained"),
        ("A1", 2565, "kept"),
        ("A2", 2564, "lost"),
        ("A2", 2565, "still_open"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_every_observed_item_is_followed_in_every_pair_of_its_years(seed: int) -> None:
    table = random_items(seed)
    frame, seen = compare_years(table), observed(table)
    told: dict[str, set[int]] = {}
    for code, year in zip(seen["agency_code"], seen["fiscal_year_be"], strict=True):
        told.setdefault(code, set()).add(year)
    for side, years in (("from", {c: sorted(y)[:-1] for c, y in told.items()}),
                        ("to", {c: sorted(y)[1:] for c, y in told.items()})):  # fmt: skip
        keys = ["agency_code", f"{side}_year_be", f"{side}_item_no"]
        followed = set(map(tuple, frame[keys].dropna().to_numpy()))
        for code, year, number in seen[["agency_code", "fiscal_year_be", "item_no"]].to_numpy():
            if year in years[code]:
                assert (code, year, number) in followed
    links = Counter(map(tuple, frame[["agency_code", "concept_id", "from_year_be"]].to_numpy()))
    assert max(links.values()) == 1


# Nothing, and little


def test_one_year_has_nothing_to_compare_and_nothing_gives_empty_tables() -> None:
    assert compare_years(items(item(2566, 1, "complete"))).empty
    for make in (completeness, item_gaps, compare_years):
        frame = make(items())
        assert frame.empty
        catalogue().table(make.__name__).check(frame)


def test_names_with_quotes_tags_and_formulas_come_through() -> None:
    name = '=1+1 "ก", </script>\nข'
    rows = [item(2566, 1, "missing", agency_name=name, province=name, item_name=name)]
    assert completeness(items(*rows))["agency_name"].tolist() == [name]
    frame = item_gaps(items(*rows))
    assert frame.loc[frame["peer_group"] == "province", "peer"].tolist() == [name]
    assert set(frame["item_name"]) == {name}


def test_items_of_an_agency_without_a_code_are_its_own() -> None:
    rows = [item(2566, 1, "complete", agency_code=None, agency_name=name) for name in ("ก", "ข")]
    frame = completeness(items(*rows))
    assert frame["agency_name"].tolist() == ["ก", "ข"]
    assert frame["agency_code"].isna().all()


def test_two_reports_of_one_year_are_one_row() -> None:
    rows = [item(2566, 1, "complete"), item(2566, 2, "missing", document_id=OTHER_DOCUMENT)]
    (row,) = completeness(items(*rows, item(2566, 3, None, document_id=DOCUMENT))).to_dict(
        "records"
    )
    assert (row["n_documents"], row["observed"], row["completeness"]) == (2, 3, 0.5)
