"""Comparisons of agencies: rank among peers, and who published what."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from record_frames import DOCUMENT, OTHER_DOCUMENT, items, scores
from report_text import AGENCY

from analyze import coverage, rank_agencies, tables
from analyze.sources import SOURCES
from normalize import Registry
from normalize.catalogue import catalogue


def overall(*values: float | None, **more: object) -> pd.DataFrame:
    """Return the overall scores of as many agencies, A00 and so on."""
    return scores(
        *(
            {
                **{"agency_code": f"A{n:02}", "agency_name": f"สมมติ{n}", "value": value},
                **{"metric": "overall", **more},
            }
            for n, value in enumerate(values)
        )
    )


def ranked(values: pd.DataFrame, group: str = "country") -> pd.DataFrame:
    frame = rank_agencies(items(), values)
    return frame[frame["peer_group"] == group].reset_index(drop=True)


# Ranks


def test_equal_values_share_rank_percentile_and_quartile() -> None:
    """The table of docs/methods.md."""
    frame = ranked(overall(85.0, 70.0, 90.0, 85.0))
    columns = ["value", "rank", "tied", "percentile", "quartile"]
    assert frame[columns].to_numpy().tolist() == [
        [85.0, 2, 2, 50.0, 2],
        [70.0, 4, 1, 0.0, 1],
        [90.0, 1, 1, 100.0, 4],
        [85.0, 2, 2, 50.0, 2],
    ]
    assert (frame["peers"] == 4).all()


def test_a_quarter_of_the_agencies_is_in_each_quartile() -> None:
    frame = ranked(overall(*map(float, range(50, 66))))
    assert frame["quartile"].tolist() == [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4


def test_a_group_of_one_has_a_rank_and_no_percentile_and_one_of_three_no_quartile() -> None:
    (alone,) = ranked(overall(85.0)).to_dict("records")
    assert (alone["peers"], alone["rank"], alone["tied"]) == (1, 1, 1)
    assert pd.isna(alone["percentile"])
    assert pd.isna(alone["quartile"])
    three = ranked(overall(80.0, 85.0, 90.0))
    assert three["percentile"].tolist() == [0.0, 50.0, 100.0]
    assert three["quartile"].isna().all()


def test_peers_are_of_the_country_the_type_and_the_province() -> None:
    rows = overall(80.0, 85.0, 90.0).to_dict("records")
    rows[0] |= {"agency_type": "อบจ."}
    rows[1] |= {"province": "ค"}
    frame = rank_agencies(items(), catalogue().table("scores").frame(rows))
    peers = frame.pivot_table(index="agency_code", columns="peer_group", values="peers")
    assert peers[["country", "type", "province"]].to_numpy().tolist() == [
        [3, 1, 2],
        [3, 2, 1],
        [3, 2, 2],
    ]


def test_an_agency_of_unknown_type_and_province_is_ranked_in_the_country_only() -> None:
    frame = rank_agencies(items(), overall(80.0, agency_type=None, province=None))
    assert frame["peer_group"].tolist() == ["country"]


def test_only_what_reports_agree_on_is_ranked() -> None:
    rows = overall(80.0, None, 90.0).to_dict("records")
    rows.append({**rows[0], "document_id": OTHER_DOCUMENT, "value": 81.0})
    rows.append({**rows[2], "document_id": OTHER_DOCUMENT})
    frame = ranked(catalogue().table("scores").frame(rows))
    assert frame[["agency_code", "peers"]].to_numpy().tolist() == [["A02", 1]]


def test_years_and_metrics_are_ranked_apart_and_stand_in_order() -> None:
    told = [("overall", 2566, 70.0), ("instrument:OIT", 2566, 60.0), ("overall", 2565, 90.0)]
    values = scores(
        *({"metric": m, "fiscal_year_be": y, "value": v} for m, y, v in told),
        {"metric": "indicator:1", "value": 1.0},
    )
    observed = items({"item_no": 1, "status": "complete", "concept_id": "x"})
    frame = rank_agencies(observed, values)
    country = frame[frame["peer_group"] == "country"]
    assert list(zip(country["fiscal_year_be"], country["metric"], strict=True)) == [
        (2565, "overall"),
        (2566, "completeness"),
        (2566, "overall"),
        (2566, "instrument:OIT"),
    ]
    assert (country["rank"] == 1).all()
    assert frame["peer_group"].tolist() == ["country", "type", "province"] * 4


def test_completeness_and_scores_of_one_agency_meet() -> None:
    observed = items({"item_no": 1, "status": "complete", "concept_id": "x"})
    frame = rank_agencies(observed, scores({"metric": "overall", "value": 80.0}))
    assert set(frame["agency_code"]) == {AGENCY["agency_code"]}
    assert dict(zip(frame["metric"], frame["value"], strict=True)) == {
        "completeness": 1.0,
        "overall": 80.0,
    }


@settings(max_examples=25)
@given(st.lists(st.sampled_from([60.0, 70.0, 80.0, 90.0]), min_size=2, max_size=12))
def test_ranks_and_percentiles_are_those_of_sorted_values(values: list[float]) -> None:
    frame = ranked(overall(*values))
    highest = sorted(values, reverse=True)
    assert frame["rank"].tolist() == [highest.index(value) + 1 for value in values]
    assert frame["tied"].tolist() == [values.count(value) for value in values]
    upside_down = ranked(overall(*(100 - value for value in values)))
    assert (frame["percentile"] + upside_down["percentile"]).between(99.9, 100.1).all()
    assert abs(frame["percentile"].mean() - 50) < 0.1
    better = frame.sort_values("value")
    for column in ("percentile", "quartile"):
        assert better[column].dropna().is_monotonic_increasing


# Coverage


def documents(*rows: Mapping[str, object]) -> pd.DataFrame:
    spec = catalogue().table("documents")
    base = {
        **{"document_id": DOCUMENT, "report_type": "oit_checklist", **AGENCY},
        **{"fiscal_year_be": 2566, "fiscal_year_ce": 2023, "period": "full_year", "status": "ok"},
        **dict.fromkeys(("tables", "items", "scores", "measures", "warnings"), 0),
    }
    table = spec.frame({"source_file": f"{n}.txt", **base, **row} for n, row in enumerate(rows))
    spec.check(table)
    return table


def registry(*agencies: Mapping[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{**AGENCY, **agency} for agency in agencies], dtype="string")


NEAR = {"agency_code": "X2", "agency_name": "ใกล้"}
FAR = {"agency_code": "X3", "agency_name": "ไกล", "province": "ค"}
UNDATED = {"fiscal_year_be": None, "fiscal_year_ce": None}


def counts(frame: pd.DataFrame) -> dict[tuple[object, object], int]:
    years = frame["fiscal_year_be"].astype("object").replace(pd.NA, None)
    return dict(zip(zip(frame["agency_code"], years, strict=True), frame["reports"], strict=True))


def test_an_agency_of_the_province_that_published_nothing_has_a_row() -> None:
    """The example of docs/methods.md: a copy of a report is no second report."""
    frame = coverage(documents({}, {"source_file": "copy.txt"}), registry({}, NEAR, FAR))
    assert counts(frame) == {("X1", 2566): 1, ("X2", 2566): 0}
    assert frame["is_published"].tolist() == [True, False]
    everyone = coverage(documents({}), registry({}, NEAR, FAR), whole_country=True)
    assert counts(everyone) == {("X1", 2566): 1, ("X2", 2566): 0, ("X3", 2566): 0}


def test_reports_are_counted_by_kind_and_failed_ones_besides() -> None:
    kinds = ["oit_checklist", "measures", "measures", "score_analysis", "mixed", "unknown"]
    rows = [{"document_id": f"{n:016x}", "report_type": kind} for n, kind in enumerate(kinds)]
    rows[-1]["status"] = "failed"
    (row,) = coverage(documents(*rows), registry({})).to_dict("records")
    assert [row[kind] for kind in dict.fromkeys(kinds)] == [1, 2, 1, 1, 1]
    assert (row["reports"], row["failed"]) == (6, 1)


def test_every_agency_has_a_row_for_every_year_that_any_report_is_of() -> None:
    later = {"document_id": OTHER_DOCUMENT, "fiscal_year_be": 2567, "fiscal_year_ce": 2024}
    frame = coverage(documents({}, {**later, **NEAR}), registry({}, NEAR))
    assert counts(frame) == {
        ("X1", 2566): 1,
        ("X1", 2567): 0,
        ("X2", 2566): 0,
        ("X2", 2567): 1,
    }


def test_reports_of_an_unknown_year_have_a_row_of_their_own() -> None:
    frame = coverage(documents({}, {"document_id": OTHER_DOCUMENT, **UNDATED}), registry({}, NEAR))
    assert counts(frame) == {("X1", 2566): 1, ("X1", None): 1, ("X2", 2566): 0}
    undated = coverage(documents(UNDATED), registry({}, NEAR))
    assert counts(undated) == {("X1", None): 1}


def test_an_agency_that_is_not_in_the_register_is_there() -> None:
    assert counts(coverage(documents({}), registry(NEAR))) == {("X1", 2566): 1, ("X2", 2566): 0}


def test_reports_of_nobody_are_in_no_row() -> None:
    nobody = {**dict.fromkeys(AGENCY), "document_id": OTHER_DOCUMENT}
    assert counts(coverage(documents({}, nobody), registry({}))) == {("X1", 2566): 1}
    later = {**nobody, "fiscal_year_be": 2567, "fiscal_year_ce": 2024}
    found = counts(coverage(documents({}, later), registry({})))
    assert found == {("X1", 2566): 1, ("X1", 2567): 0}  # a year of the dataset
    assert coverage(documents(nobody), registry({})).empty
    assert coverage(documents(), registry({}), whole_country=True).empty


def test_the_register_covers_a_province_and_an_agency_without_a_code() -> None:
    register = Registry.load().frame()
    assert len(register) == len(Registry.load())
    (bangkok,) = register[register["agency_code"].isna()].to_dict("records")
    whose = {name: None if pd.isna(value) else value for name, value in bangkok.items()}
    assert whose["district"] is None
    (row,) = coverage(documents(whose), register).to_dict("records")
    assert (row["agency_name"], row["reports"]) == (whose["agency_name"], 1)
    own = register[register["province"] == "ตรัง"]
    one = own.iloc[0].to_dict()
    assert len(coverage(documents(one), register)) == len(own) > 90


# All tables


def test_every_comparison_of_nothing_is_an_empty_table() -> None:
    records = {name: catalogue().table(name).frame([]) for name in SOURCES}
    made = tables(records, Registry.load().frame())
    for name, frame in made.items():
        assert frame.empty
        catalogue().table(name).check(frame)
    analysis = {spec.name for spec in catalogue() if spec.stage == "analyze"}
    assert made.keys() <= analysis
