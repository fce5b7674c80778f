"""The maker of a synthetic country: the same seed, the same bytes, and what it says is so."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from country_truth import records

from benchmarks.country import VARIANTS, Country, make_country, make_variant
from benchmarks.country.columns import identifiers
from benchmarks.country.dataset import choose_agencies
from benchmarks.country.texts import SENTENCES, SLOTS, parts_of, sentence, texts
from benchmarks.country.variants import HOSTILE
from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.catalogue.checks import check_foreign_keys
from normalize.grades import instrument_score, level_of, overall_score
from normalize.reference import INSTRUMENTS, item_lists
from prongsai.pipeline import analyze_tables

YEARS = range(2562, 2570)


@pytest.fixture(scope="module")
def country() -> Country:
    return make_country(choose_agencies(40), YEARS, 7, with_cells=True)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def reports_of(country: Country, agency: int) -> set[str]:
    """Return the documents that an agency (its position) published, strays included."""
    files = country.reports.files
    return set(files["document_id"][files["named"] == agency])


def test_every_table_fits_the_catalogue(country: Country) -> None:
    for name, frame in country.tables.items():
        catalogue().table(name).check(frame)
        check_foreign_keys(catalogue().table(name), country.tables)
    assert {len(country.tables[name]) > 0 for name in ("items", "scores", "cells")} == {True}


def test_same_seed_same_bytes_and_another_seed_another_country(tmp_path: Path) -> None:
    for folder, seed in (("one", 3), ("two", 3), ("three", 4)):
        make_country(choose_agencies(5), (2565, 2566), seed).save(tmp_path / folder, "test")
    one, two, three = (files(tmp_path / folder) for folder in ("one", "two", "three"))
    assert one == two
    assert one["items.csv"] != three["items.csv"]


def test_it_says_that_it_is_invented(country: Country, tmp_path: Path) -> None:
    country.save(tmp_path, "test")
    assert "Invented data" in (tmp_path / "README.md").read_text("utf-8")
    assert country.tables["documents"]["source_file"].str.startswith("invented/").all()
    assert (country.tables["issues"]["code"] == "invented_data").sum() == 1


def test_agencies_are_those_of_the_registry(country: Country) -> None:
    known = {(a.code or None, a.type, a.name, a.district or None, a.province)
             for a in Registry.load().agencies}  # fmt: skip
    columns = ["agency_code", "agency_type", "agency_name", "district", "province"]
    found = {tuple(row.values()) for row in records(country.tables["documents"][columns])}
    assert len(found) > 30
    assert found - {(None,) * 5} <= known


def test_items_are_those_of_the_list_that_a_report_follows(country: Country) -> None:
    for row in records(country.tables["items"]):
        if row["match_status"] == "accepted":
            item = next(
                i for i in item_lists()[row["item_list_year_be"]] if i.item_no == row["item_no"]
            )
            assert (row["concept_id"], row["item_name"]) == (item.concept_id, item.name)


def test_published_scores_are_right_but_for_the_slips(country: Country) -> None:
    for year, scores in country.results.scores.items():
        for n in range(len(country.results.agencies)):
            by_indicator = {i + 1: scores.indicators[n, i] for i in range(10)}
            printed = dict(zip(INSTRUMENTS, scores.instruments[n], strict=True))
            gaps = [printed[i] - instrument_score(i, by_indicator) for i in INSTRUMENTS]
            gaps.append(scores.overall[n] - overall_score(year, printed))
            assert (max(map(abs, gaps)) > 0.01) == (scores.slip[n] is not None)
            assert scores.levels[n] == level_of(year, scores.overall[n], printed)


def test_who_turned_has_the_concepts_from_that_year_on(country: Country) -> None:
    assert {turn.is_better for turn in country.results.turns} == {True, False}
    items = country.tables["items"]
    for turn in country.results.turns:
        own = items[(items["document_id"].isin(reports_of(country, turn.agency)))]
        assert len(own)
        for row in records(own[own["concept_id"].isin(turn.concepts)]):
            is_there = (row["item_list_year_be"] >= turn.fiscal_year_be) == turn.is_better
            assert row["status"] == ("complete" if is_there else "missing")


def test_weak_concepts_are_weak(country: Country) -> None:
    items = country.tables["items"]
    weak = next(w for w in country.results.weak if w.peer == "อบต.")
    own = items[(items["agency_type"] == weak.peer) & items["status"].isin(["complete", "missing"])]
    shares = own.assign(done=own["status"] == "complete").groupby("concept_id")["done"].mean()
    assert shares[list(weak.concepts)].max() < shares.drop(list(weak.concepts)).median() / 2


def test_the_silent_have_no_report(country: Country) -> None:
    names = country.results.agencies["agency_name"] + country.results.agencies["province"]
    documents = country.tables["documents"].dropna(subset=["agency_name", "fiscal_year_be"])
    names_there = documents["agency_name"] + documents["province"]
    published = set(zip(names_there, documents["fiscal_year_be"], strict=True))
    silent = {(names[a], YEARS[y]) for a, y in np.argwhere(country.reports.silent)}
    assert silent
    assert not silent & published
    assert len(silent) + len(published) == 40 * 8


def test_a_copy_is_of_a_report_of_the_same_agency_and_year(country: Country) -> None:
    files = country.reports.files
    pairs = [group for _, group in files.groupby("document_id") if len(group) > 1]
    assert pairs
    for pair in pairs:
        assert pair[["named", "folder", "medium", "report_type"]].drop_duplicates().shape[0] == 1
        assert pair["is_copy"].tolist() == [False, True]


def test_evidence_of_every_record_is_a_row_of_cells(country: Country) -> None:
    where = ["document_id", "table_id", "row"]
    cells = {tuple(row.values()) for row in records(country.tables["cells"][where])}
    for name in ("items", "scores", "measures"):
        assert {tuple(r.values()) for r in records(country.tables[name][where])} <= cells


def test_sentences_differ_unless_they_are_copies() -> None:
    numbers = np.concatenate([np.arange(300), np.arange(SENTENCES - 300, SENTENCES)])
    for one, other in combinations(parts_of(numbers, 5).tolist(), 2):
        assert sum(a == b for a, b in zip(one, other, strict=True)) <= 3
    assert {len(set(texts(slot))) for slot in SLOTS} == {31}


def test_copies_are_of_another_agency_and_not_later(country: Country) -> None:
    rows = {row["observation_id"]: row for row in records(country.tables["measures"])}
    assert len(country.measures.copies) > 10
    for copy in records(country.measures.copies):
        own, source = rows[copy["observation_id"]], rows[copy["source_observation_id"]]
        assert own["agency_code"] != source["agency_code"] or own["agency_code"] is None
        assert own["fiscal_year_be"] >= source["fiscal_year_be"]
        texts = own[copy["text_kind"]], source[copy["text_kind"]]
        assert (texts[0] == texts[1]) == (copy["edit"] == "word_for_word")


def test_edits() -> None:
    parts = parts_of([1], 1)[0].tolist()
    words = sentence(parts)
    assert sentence(parts, "spaces_dropped") == words.replace(" ", "")
    assert sentence(parts, "words_added").startswith(f"{words} ")
    changed = [
        a != b for a, b in zip(words.split(), sentence(parts, "part_replaced").split(), strict=True)
    ]
    assert sum(changed) == 1


def test_identifiers_never_repeat() -> None:
    made = [*identifiers(1, 0, 5000), *identifiers(1, 1, 5000), *identifiers(2, 0, 5000)]
    assert len(set(made)) == 15000
    assert {len(one) for one in made} == {16}


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_can_be_written_and_analyzed(name: str, tmp_path: Path) -> None:
    country = make_variant(name, 1)
    for table, frame in country.tables.items():
        catalogue().table(table).check(frame)
    country.save(tmp_path, "test")
    rows = analyze_tables(tmp_path).rows
    for table in rows:
        catalogue().table(table).read_csv(tmp_path / catalogue().table(table).path)


def test_hostile_names_stay_as_they_are(tmp_path: Path) -> None:
    make_variant("hostile", 1).save(tmp_path, "test")
    spec = catalogue().table("documents")
    names = set(spec.read_csv(tmp_path / spec.path)["agency_name"].dropna())
    assert names == set(HOSTILE)


def test_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.country", str(tmp_path), "--agencies", "3"]
    done = subprocess.run(
        [*command, "--years", "2565-2566", "--seed", "2"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "items: " in done.stdout
    assert "--agencies 3 --years 2565-2566 --seed 2" in (tmp_path / "README.md").read_text("utf-8")
