"""Every table of the analysis of a small country, against truth that was computed another way."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations
from typing import Any

import country_truth as truth
import country_truth_scores as score_truth
import pandas as pd
import pytest
from country_truth import AGENCY, KNOWN, Row, agency_of, records

import analyze
from benchmarks.analyze_bench import MAKERS
from benchmarks.country import Country, make_country
from benchmarks.country.dataset import choose_agencies
from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.reference import INSTRUMENTS, item_lists

YEARS = range(2562, 2570)
Key = tuple[Any, ...]
WEIGHT_OF_OIT = Fraction(40, 100)
ROUNDING = 0.02
"""Published sub-indicators are rounded, and so is what each step leaves (points)."""


@pytest.fixture(scope="module")
def country() -> Country:
    """The capital, which has no code and no peers in its province, and two provinces."""
    chosen = [choose_agencies()[0]]
    chosen += [*choose_agencies(26, ("ตรัง",)), *choose_agencies(22, ("กระบี่",))]
    return make_country(chosen, YEARS, 11)


@pytest.fixture(scope="module")
def rows(country: Country) -> dict[str, list[Row]]:
    names = ("documents", "items", "scores", "measures")
    return {name: records(country.tables[name]) for name in names}


def by_agency_and_year(frame: pd.DataFrame) -> dict[Key, Row]:
    found = {(agency_of(row), row["fiscal_year_be"]): row for row in records(frame)}
    assert len(found) == len(frame)
    return found


def same(found: Any, wanted: Any, decimals: int) -> bool:
    """Say whether a number is the wanted one, rounded, or both are absent."""
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) <= 0.5 * 10**-decimals + 1e-9


# Items


def test_completeness(country: Country, rows: dict[str, list[Row]]) -> None:
    found = by_agency_and_year(analyze.completeness(country.tables["items"]))
    wanted = truth.completeness(rows["items"])
    assert len(found) == len(wanted) > 300
    for row in wanted:
        own = found[agency_of(row), row["fiscal_year_be"]]
        for name in ("items_in_list", "observed", *KNOWN, "not_reported", "unclear", "n_documents"):
            assert own[name] == row[name], (name, own)
        for name in ("completeness", "weighted_completeness"):
            assert same(own[name], row[name], 4), (name, own, row)


def test_weighted_completeness_is_the_oit_score_where_every_status_is_known(
    country: Country,
) -> None:
    """The reports of agencies that turn leave nothing blank, and the score follows from them."""
    found = by_agency_and_year(analyze.completeness(country.tables["items"]))
    checked = 0
    for turn in country.results.turns:
        agency = tuple(records(country.results.agencies)[turn.agency][name] for name in AGENCY)
        for year, scores in country.results.scores.items():
            if (agency, year) in found:
                oit = scores.computed_instruments[turn.agency, 2]
                row = found[agency, year]
                assert 100 * row["weighted_completeness"] == pytest.approx(oit, abs=0.02)
                checked += 1
    assert checked > 20


def test_rank_agencies(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = analyze.rank_agencies(country.tables["items"], country.tables["scores"])
    key = ("fiscal_year_be", "metric", "peer_group")
    found = {(agency_of(row), *(row[name] for name in key)): row for row in records(frame)}
    wanted = truth.ranks(rows["items"], rows["scores"])
    assert len(found) == len(frame) == len(wanted)
    for row in wanted:
        own = found[agency_of(row), *(row[name] for name in key)]
        for name in ("peers", "rank", "tied"):
            assert own[name] == row[name], (name, own, row)
        assert same(own["value"], row["value"], 4)
        assert same(own["percentile"], row["percentile"], 1)


def test_quartiles_part_the_peers_by_value(country: Country) -> None:
    frame = analyze.rank_agencies(country.tables["items"], country.tables["scores"])
    groups: dict[Key, list[Row]] = defaultdict(list)
    columns = {"country": None, "type": "agency_type", "province": "province"}
    for row in records(frame):
        column = columns[row["peer_group"]]
        peer = row[column] if column else None
        groups[row["fiscal_year_be"], row["metric"], row["peer_group"], peer].append(row)
    for group in groups.values():
        assert {row["peers"] for row in group} == {len(group)}
        if len(group) < 4:
            assert {row["quartile"] for row in group} == {None}
            continue
        for one, other in combinations(group, 2):
            if one["value"] == other["value"]:
                assert one["quartile"] == other["quartile"]
            else:
                assert (one["value"] < other["value"]) <= (one["quartile"] <= other["quartile"])
        if all(row["tied"] == 1 for row in group):
            sizes = Counter(row["quartile"] for row in group)
            assert set(sizes) == {1, 2, 3, 4}
            assert max(sizes.values()) - min(sizes.values()) <= 1


def test_item_gaps(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = records(analyze.item_gaps(country.tables["items"]))
    key = ("fiscal_year_be", "peer_group", "peer", "concept_id")
    found = {tuple(row[name] for name in key): row for row in frame}
    wanted = truth.gaps(rows["items"])
    assert len(found) == len(frame)
    assert found.keys() == wanted.keys()
    for one, counts in wanted.items():
        known = sum(counts[status] for status in KNOWN)
        row = found[one]
        assert row["agencies"] == known
        assert {status: row[status] for status in counts} == counts
        for status in ("complete", "partial", "missing"):
            assert same(row[f"share_{status}"], counts[status] / known if known else None, 4)
        listed = [i for i in item_lists()[one[0]] if i.concept_id == one[3]]
        if listed:
            assert (row["item_no"], row["item_name"]) == (listed[0].item_no, listed[0].name)
        rest = 1 - counts["complete"] / known if known else None
        assert same(row["share_not_complete"], rest, 4)


def test_item_gaps_are_ranked_by_what_is_missed_most(
    rows: dict[str, list[Row]], country: Country
) -> None:
    wanted = truth.gaps(rows["items"])

    def missed(key: Key) -> tuple[Fraction, Fraction] | None:
        counts = wanted[key]
        known = sum(counts[status] for status in KNOWN)
        shares = (known - counts["complete"], counts["missing"])
        return (Fraction(shares[0], known), Fraction(shares[1], known)) if known else None

    frame = records(analyze.item_gaps(country.tables["items"]))
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in frame:
        groups[row["fiscal_year_be"], row["peer_group"], row["peer"]].append(row)
    for group, members in groups.items():
        gaps = [missed((*group, row["concept_id"])) for row in members]
        for row, gap in zip(members, gaps, strict=True):
            higher = sum(gap is not None and other is not None and other > gap for other in gaps)
            assert row["gap_rank"] == (None if gap is None else higher + 1)
        shown = [row["gap_rank"] for row in members if row["gap_rank"]]
        assert shown == sorted(shown)


def test_planted_weak_items_are_the_most_missed_of_their_type(country: Country) -> None:
    frame = records(analyze.item_gaps(country.tables["items"]))
    for weak in country.results.weak:
        if weak.column != "agency_type" or weak.peer != "อบต.":
            continue
        for year in YEARS:
            own = [r for r in frame if (r["fiscal_year_be"], r["peer"]) == (year, weak.peer)]
            most = [row["concept_id"] for row in own if row["gap_rank"] <= 6]
            assert set(weak.concepts) <= set(most), year


def test_compare_years(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = records(analyze.compare_years(country.tables["items"]))
    found = {
        (agency_of(r), r["from_year_be"], r["to_year_be"], frozenset(r["concept_id"].split("+"))): r
        for r in frame
    }
    wanted = truth.changes(rows["items"])
    assert len(found) == len(frame)
    assert found.keys() == wanted.keys()
    for key, row in wanted.items():
        assert {name: found[key][name] for name in row} == row, key
    assert len({row["change"] for row in wanted.values()}) == 7


def test_who_turned_gained_or_lost_just_then(country: Country) -> None:
    """The first year reported from the turn on, against the last one before it."""
    frame = records(analyze.compare_years(country.tables["items"]))
    seen = 0
    for turn in country.results.turns:
        agency = tuple(records(country.results.agencies)[turn.agency][name] for name in AGENCY)
        own = [r for r in frame if agency_of(r) == agency and r["concept_id"] in turn.concepts]
        for row in own:
            at_turn = row["from_year_be"] < turn.fiscal_year_be <= row["to_year_be"]
            after = row["to_year_be"] >= turn.fiscal_year_be
            steady = "kept" if after == turn.is_better else "still_open"
            assert row["change"] == (
                ("gained" if turn.is_better else "lost") if at_turn else steady
            )
            seen += at_turn
    assert seen > 20


@pytest.mark.parametrize("whole_country", [False, True])
def test_coverage(country: Country, rows: dict[str, list[Row]], whole_country: bool) -> None:
    registry = Registry.load().frame()
    frame = analyze.coverage(country.tables["documents"], registry, whole_country=whole_country)
    found = by_agency_and_year(frame)
    wanted = truth.coverage(rows["documents"], records(registry), whole_country)
    assert found.keys() == wanted.keys()
    for key, counts in wanted.items():
        row = found[key]
        assert {name: row[name] for name in counts} == counts, key
        assert row["is_published"] == (counts["reports"] > 0)


def test_the_silent_are_the_ones_without_reports(country: Country) -> None:
    frame = analyze.coverage(country.tables["documents"], Registry.load().frame())
    found = by_agency_and_year(frame)
    for agency, silent in zip(
        records(country.results.agencies), country.reports.silent, strict=True
    ):
        for year, is_silent in zip(YEARS, silent, strict=True):
            assert found[agency_of(agency), year]["is_published"] != is_silent


# Scores


@pytest.fixture(scope="module")
def compared(country: Country) -> dict[Key, Row]:
    frame = analyze.score_comparison(country.tables["scores"])
    found = {(agency_of(r), r["fiscal_year_be"], r["metric"]): r for r in records(frame)}
    assert len(found) == len(frame)
    return found


def test_scores_and_their_parts(compared: dict[Key, Row], rows: dict[str, list[Row]]) -> None:
    told = score_truth.told(rows["scores"])
    metrics = {"overall", *(f"instrument:{name}" for name in INSTRUMENTS)}
    for (agency, year), by_metric in told.items():
        parts = score_truth.computed(year, by_metric)
        for metric, own in by_metric.items():
            if metric == "level":
                continue
            row = compared[agency, year, metric]
            values = {r["value"] for r in own} - {None}
            assert row["is_disputed"] == (len(values) > 1)
            assert row["value"] == (values.pop() if len(values) == 1 else None)
            if metric in metrics:
                assert same(row["value_computed"], parts.get(metric), 2), row
                if None not in (row["value"], parts.get(metric)):
                    assert same(row["discrepancy"], row["value"] - parts[metric], 2)
            before = told.get((agency, year - 1), {}).get(metric, [])
            if metric.split(":")[0] in ("overall", "instrument", "indicator"):
                assert row["previous_value"] == score_truth.one_value(before)
            if None not in (row["value"], row["previous_value"]):
                assert same(row["value_change"], row["value"] - row["previous_value"], 2)


@pytest.mark.parametrize(
    "metric", ["overall", "instrument:OIT", "indicator:3", "sub_indicator:9.1"]
)
def test_medians_of_peers(
    metric: str, compared: dict[Key, Row], rows: dict[str, list[Row]]
) -> None:
    wanted = score_truth.medians(rows["scores"], metric)
    assert wanted
    for (agency, year), groups in wanted.items():
        row = compared[agency, year, metric]
        for group, (median, count) in groups.items():
            assert row[f"{group}_n"] == count
            assert same(row[f"{group}_median"], median, 2)
            gap = row["value"] - median if count > 1 else None  # alone, there is nothing to compare
            assert same(row[f"{group}_difference"], gap, 2)


def test_reason_of_a_discrepancy_is_the_slip_that_was_made(
    compared: dict[Key, Row], country: Country
) -> None:
    agencies = [agency_of(row) for row in records(country.results.agencies)]
    named: Counter[str] = Counter()
    for year, scores in country.results.scores.items():
        for agency, slip in zip(agencies, scores.slip, strict=True):
            metric = "instrument:IIT" if slip == "interchanged" else "overall"
            row = compared.get((agency, year, metric))
            if row is None or row["discrepancy"] is None:
                continue
            if slip in (None, "unexplained"):
                assert row["discrepancy_reason"] in (None, "rounding")
            elif row["discrepancy_reason"] is None:
                named["more than one reason, or the parts are not published"] += 1
            else:
                assert row["discrepancy_reason"] == slip
                named[slip] += 1
    assert sum(named.values()) - named["more than one reason, or the parts are not published"] > 5


def test_levels_stand_on_the_total_in_the_scheme_of_their_year(
    compared: dict[Key, Row], rows: dict[str, list[Row]]
) -> None:
    for (agency, year), by_metric in score_truth.told(rows["scores"]).items():
        for metric in by_metric.keys() - {"level"}:
            row = compared[agency, year, metric]
            if metric != "overall":
                assert (row["scheme"], row["level"], row["level_computed"]) == (None, None, None)
                continue
            assert row["scheme"] == ("letter" if year <= 2565 else "pass")
            printed = [*by_metric["overall"], *by_metric["level"]]
            assert row["level"] == score_truth.one_value(printed, "level")


def test_consistency(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = analyze.consistency(country.tables["items"], country.tables["scores"])
    wanted = score_truth.contradictions(rows["items"], rows["scores"])
    found: dict[str, set[Key]] = defaultdict(set)
    known = {row["observation_id"]: row for row in [*rows["items"], *rows["scores"]]}
    for row in records(frame):
        key = (agency_of(row), row["fiscal_year_be"], row["subject"])
        found[row["kind"]].add(key[:2] if row["kind"] == "levels_differ" else key)
        for side in ("1", "2"):
            source = known[row[f"observation_id_{side}"]]
            assert source["document_id"] == row[f"document_id_{side}"]
            assert agency_of(source) == agency_of(row)
    assert found.keys() == wanted.keys()
    for kind, subjects in wanted.items():
        assert len(subjects) > 1, kind
        assert found[kind] == subjects, kind


def test_planted_contradictions_are_found(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = records(analyze.consistency(country.tables["items"], country.tables["scores"]))
    agencies = [agency_of(row) for row in records(country.results.agencies)]
    found = {(agency_of(r), r["fiscal_year_be"], r["kind"], r["subject"]): r for r in frame}
    waiting = {
        (agency_of(row), row["fiscal_year_be"], row["item_name_raw"])
        for row in rows["items"]
        if row["match_status"] != "accepted"
    }
    assert len(country.reports.differing) > 20
    for row in records(country.reports.differing):
        item = item_lists()[row["fiscal_year_be"]][row["item"]]
        if (agencies[row["agency"]], row["fiscal_year_be"], item.name) in waiting:
            continue
        concept = item.concept_id
        key = (agencies[row["agency"]], row["fiscal_year_be"], "statuses_differ", concept)
        assert {found[key]["value_1"], found[key]["value_2"]} == {
            KNOWN[row["first"]],
            KNOWN[row["second"]],
        }


# Measures


def test_measure_alignment(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = analyze.measure_alignment(country.tables["measures"], country.tables["scores"])
    found = {(agency_of(r), r["fiscal_year_be"], r["indicator_no"]): r for r in records(frame)}
    wanted = score_truth.alignment(rows["measures"], rows["scores"])
    assert len(found) == len(frame)
    assert wanted.keys() <= found.keys()
    for key, row in wanted.items():
        own = found[key]
        assert own["scored_year_be"] == key[1] - 1
        for name in (
            "score",
            "rank_from_lowest",
            "scored_indicators",
            "measures_without_indicator",
        ):
            assert own[name] == row[name], (name, own, row)
        ids = set(own["measure_ids"].split("|")) if own["measure_ids"] else set()
        assert ids == row["measure_ids"]
        assert own["measures"] == len(ids)
        assert own["is_addressed"] == row["is_addressed"]
        assert own["is_lowest"] == (row["rank_from_lowest"] <= 3)


def test_agencies_that_address_their_lowest_indicators(country: Country) -> None:
    frame = analyze.measure_alignment(country.tables["measures"], country.tables["scores"])
    agencies = [agency_of(row) for row in records(country.results.agencies)]
    addressing = {agencies[n] for n in country.measures.addressing}
    own = [r for r in records(frame) if agency_of(r) in addressing and r["rank_from_lowest"] == 1]
    assert own
    assert all(row["is_addressed"] for row in own)


def test_pass_plan(country: Country, rows: dict[str, list[Row]]) -> None:
    frame = analyze.pass_plan(country.tables["items"], country.tables["scores"])
    plans: dict[Key, list[Row]] = defaultdict(list)
    for row in records(frame):
        plans[agency_of(row), row["fiscal_year_be"]].append(row)
    items = truth.observed(rows["items"])
    totals = {
        key: total
        for key, by_metric in score_truth.told(rows["scores"]).items()
        if (total := score_truth.one_value(by_metric["overall"])) is not None
    }
    below = {key for key, total in totals.items() if total < 85}
    assert len(below) > 20
    assert below == {key for key, plan in plans.items() if plan[0]["basis"] == "published"}
    reached = 0
    for key, plan in plans.items():
        year = key[1]
        statuses = {
            item.item_no: truth.status_of(items[key].get((year, item.item_no), []))
            for item in item_lists()[year]
        }
        still_open = {number for number, status in statuses.items() if status in KNOWN[1:]}
        if plan[0]["step"] == 0:
            assert len(plan) == 1
            assert not still_open
            continue
        shares = score_truth.item_shares(year)
        if key in below:
            assert plan[0]["total_before"] == totals[key]
        assert [row["step"] for row in plan] == list(range(1, len(plan) + 1))
        steps = [row["item_no"] for row in plan]
        assert len(set(steps)) == len(steps)
        assert set(steps) <= still_open
        assert [row["status"] for row in plan] == [statuses[number] for number in steps]
        gains = [shares[number] for number in steps]
        assert gains == sorted(gains, reverse=True)
        total = Fraction(str(plan[0]["total_before"]))
        oit_before = plan[0]["oit_after"] - plan[0]["adds_oit"]
        for n, (row, gain) in enumerate(zip(plan, gains, strict=True), start=1):
            total += gain * WEIGHT_OF_OIT
            assert row["adds_oit"] == pytest.approx(float(gain), abs=ROUNDING), row
            assert row["adds_total"] == pytest.approx(float(gain * WEIGHT_OF_OIT), abs=ROUNDING)
            assert row["total_after"] == pytest.approx(float(total), abs=n * ROUNDING), row
            assert row["oit_after"] == pytest.approx(
                oit_before + float(sum(gains[:n])), abs=n * ROUNDING
            )
            assert row["pass_mark"] == 85
            assert row["is_passing"] == (row["total_after"] >= 85)
        assert not any(row["is_passing"] for row in plan[:-1])
        needed = 85 - Fraction(str(plan[0]["total_before"]))
        fewest = score_truth.fewest_items(year, still_open, needed)
        if plan[-1]["is_passing"]:
            assert len(plan) == fewest
            reached += 1
        else:
            assert fewest is None
            assert set(steps) == still_open
    assert reached > 10


@pytest.fixture(scope="module")
def shared(country: Country) -> list[Row]:
    return records(analyze.shared_text(country.tables["measures"]))


def test_copies_are_found_and_nothing_else(country: Country, shared: list[Row]) -> None:
    """Copies with an edit are found by hashes, of which a few may not meet."""
    group = {(row["text_kind"], row["observation_id"]): row["group_id"] for row in shared}
    found: Counter[str] = Counter()
    made: Counter[str] = Counter()
    copied = set()
    for copy in records(country.measures.copies):
        own, source = ((copy["text_kind"], copy[f"{s}observation_id"]) for s in ("", "source_"))
        copied |= {own, source}
        made[copy["edit"]] += 1
        found[copy["edit"]] += own in group and group[own] == group.get(source)
    assert set(made) == {"word_for_word", "spaces_dropped", "part_replaced", "words_added"}
    for edit in ("word_for_word", "spaces_dropped"):
        assert found[edit] == made[edit] > 5
    assert found.total() >= 0.98 * made.total()
    assert set(group) <= copied
    assert {kind for kind, _ in group} == {"measure", "result", "outcome"}


def test_a_copy_names_the_earliest_text_of_its_group(
    shared: list[Row], rows: dict[str, list[Row]]
) -> None:
    texts = {row["observation_id"]: row for row in rows["measures"]}
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in shared:
        groups[row["group_id"]].append(row)
    for group in groups.values():
        assert {row["agencies"] for row in group} == {len({agency_of(row) for row in group})}
        assert group[0]["agencies"] > 1
        first = min(row["fiscal_year_be"] for row in group)
        for row in group:
            if row["source_observation_id"] is None:
                continue
            own, source = texts[row["observation_id"]], texts[row["source_observation_id"]]
            assert agency_of(own) == agency_of(row) != agency_of(source)
            assert row["source_agency_name"] == source["agency_name"]
            assert source["fiscal_year_be"] == first
            is_later = own["fiscal_year_be"] > first
            assert row["direction"] == ("later" if is_later else "same_time")
            words = ["".join(one[row["text_kind"]].split()) for one in (own, source)]
            assert (row["similarity"] == 1) == (words[0] == words[1])
        sources = {row["source_observation_id"] for row in group} - {None}
        assert len(sources) == 1
        assert sources < {row["observation_id"] for row in group}


def test_the_benchmark_times_every_table() -> None:
    made = {spec.name for spec in catalogue().tables if spec.stage == "analyze"}
    assert set(MAKERS) == made
