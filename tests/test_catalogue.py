"""The catalogue of fields: contract, checks, files, and the documents made from it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.catalogue import TableSpec, catalogue, codebook, datapackage, files
from normalize.catalogue.files import plain_number, write_whole
from normalize.catalogue.frames import DTYPES, SchemaError

ROOT = Path(__file__).parent.parent
AGENCY = "agency_code agency_name agency_type district province"
CONTRACT = {
    "documents": "document_id source_file media_type pages text_source report_type agency_code "
    "agency_type agency_name district province agency_raw agency_match_status fiscal_year_be "
    "fiscal_year_ce period item_list_year_be tables items scores measures warnings status error",
    "cells": "document_id table_id page row column row_span column_span is_header text raw_text "
    "x0 top x1 bottom source confidence",
    "items": f"observation_id document_id {AGENCY} fiscal_year_be fiscal_year_ce "
    "item_list_year_be instrument item_no concept_id item_name indicator_no sub_indicator_no "
    "item_no_raw item_name_raw match_score match_method match_status status status_raw score "
    "responsible page table_id row",
    "scores": f"observation_id document_id {AGENCY} fiscal_year_be metric metric_name value "
    "value_computed discrepancy level level_computed raw page table_id row",
    "measures": f"observation_id document_id {AGENCY} fiscal_year_be measure_no measure "
    "instrument indicator_no question_no concept_ids responsible period_raw period_start "
    "period_end status status_raw result outcome match_status page table_id row",
    "measure_steps": "observation_id step_no text concept_id match_status page",
    "review": "review_id kind document_id source_file page table_id row raw suggestion score "
    "alternatives reason decision note",
    "issues": "document_id source_file page severity code message",
    "completeness": f"{AGENCY} fiscal_year_be items_in_list observed complete partial missing "
    "in_progress not_started not_reported unclear completeness weighted_completeness n_documents",
    "rank_agencies": f"{AGENCY} fiscal_year_be metric value peer_group peers rank tied percentile "
    "quartile",
    "item_gaps": "fiscal_year_be peer_group peer concept_id item_no item_name indicator_no "
    "sub_indicator_no agencies complete partial missing in_progress not_started not_reported "
    "unclear share_complete share_partial share_missing share_not_complete gap_rank",
    "compare_years": f"{AGENCY} concept_id item_name from_year_be to_year_be from_item_no "
    "to_item_no from_status to_status change",
    "coverage": f"{AGENCY} fiscal_year_be reports oit_checklist measures score_analysis mixed "
    "unknown failed is_published",
    "score_comparison": f"{AGENCY} fiscal_year_be metric metric_name value value_computed "
    "discrepancy discrepancy_reason n_documents is_disputed previous_value value_change "
    "country_median country_n country_difference type_median type_n type_difference "
    "province_median province_n province_difference scheme level level_computed",
    "consistency": f"{AGENCY} fiscal_year_be kind subject subject_name value_1 value_2 "
    "observation_id_1 document_id_1 observation_id_2 document_id_2",
    "measure_alignment": f"{AGENCY} fiscal_year_be scored_year_be instrument indicator_no "
    "indicator_name score rank_from_lowest is_lowest measures is_addressed measure_ids "
    "scored_indicators measures_without_indicator",
    "pass_plan": f"{AGENCY} fiscal_year_be step item_no concept_id item_name sub_indicator_no "
    "status item_observation_id adds_oit adds_total oit_after total_after pass_mark is_passing "
    "total_before basis",
    "shared_text": f"group_id text_kind agencies {AGENCY} fiscal_year_be observation_id "
    "document_id text source_observation_id source_agency_code source_agency_name "
    "source_agency_type source_province similarity direction",
}
FACT_TABLES = ("cells", "items", "scores", "measures", "measure_steps")
STATUSES = "complete partial missing in_progress not_started not_reported unclear"

DOCUMENT = "0123456789abcdef"
ROWS: dict[str, dict[str, object]] = {
    "documents": {
        "document_id": DOCUMENT,
        "source_file": "2566/รายงาน.txt",
        "report_type": "oit_checklist",
        "text_source": "text",
        "period": "full_year",
        "fiscal_year_be": 2566,
        "fiscal_year_ce": 2023,
        "tables": 1,
        "items": 1,
        "scores": 1,
        "measures": 1,
        "warnings": 0,
        "status": "ok",
    },
    "cells": {
        "document_id": DOCUMENT,
        "table_id": "t1",
        "row": 1,
        "column": 1,
        "row_span": 1,
        "column_span": 2,
        "is_header": True,
        "text": 'ข้อ, "O10"\nหมายเหตุ',
        "x0": 75.83,
        "source": "html",
        "line": 7,
    },
    "items": {
        "observation_id": "i1",
        "document_id": DOCUMENT,
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "fiscal_year_ce": 2023,
        "instrument": "OIT",
        "item_no": 10,
        "sub_indicator_no": "9.2",
        "match_status": "accepted",
        "match_score": 0.98,
        "status": "not_reported",
    },
    "scores": {
        "observation_id": "s1",
        "document_id": DOCUMENT,
        "metric": "question:EIT:7",
        "value": 83,
    },
    "measures": {
        "observation_id": "m1",
        "document_id": DOCUMENT,
        "measure": "จัดทำคู่มือ",
        "period_start": datetime.date(2022, 10, 1),
        "match_status": "unmatched",
    },
    "measure_steps": {
        "observation_id": "m1",
        "document_id": DOCUMENT,
        "step_no": 1,
        "text": "=1+1",
        "match_status": "unmatched",
    },
    "review": {
        "review_id": "r1",
        "kind": "item_list_year",
        "document_id": DOCUMENT,
        "source_file": "2566/รายงาน.txt",
        "reason": "two lists fit",
    },
    "issues": {
        "source_file": "unreadable.pdf",
        "severity": "error",
        "code": "unreadable",
        "message": "cannot be opened",
    },
    "completeness": {
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "items_in_list": 43,
        **dict.fromkeys(("observed", *STATUSES.split()), 0),
        "n_documents": 1,
    },
    "rank_agencies": {
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "metric": "instrument:OIT",
        "value": 83.5,
        "peer_group": "province",
        **dict.fromkeys(("peers", "rank", "tied"), 1),
    },
    "item_gaps": {
        "fiscal_year_be": 2566,
        "peer_group": "country",
        "concept_id": "annual_plan+budget_plan",
        "item_no": 11,
        **dict.fromkeys(("agencies", *STATUSES.split()), 0),
    },
    "compare_years": {
        "agency_code": "0110101",
        "concept_id": "annual_plan",
        "from_year_be": 2565,
        "to_year_be": 2566,
        "from_status": "complete",
        "change": "unknown",
    },
    "coverage": {
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "reports": 1,
        "oit_checklist": 1,
        **dict.fromkeys(("measures", "score_analysis", "mixed", "unknown", "failed"), 0),
        "is_published": True,
    },
    "score_comparison": {
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "metric": "indicator:9",
        "n_documents": 1,
        "is_disputed": False,
        "value_change": -1.5,
        **dict.fromkeys(("country_n", "type_n", "province_n"), 0),
    },
    "consistency": {
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "kind": "statuses_differ",
        "subject": "annual_plan",
        "value_1": "complete",
        "value_2": "missing",
        **{f"observation_id_{number}": "i1" for number in (1, 2)},
        **{f"document_id_{number}": DOCUMENT for number in (1, 2)},
    },
    "measure_alignment": {
        "agency_code": "0110101",
        "fiscal_year_be": 2567,
        "scored_year_be": 2566,
        "instrument": "IIT",
        "indicator_no": 2,
        "indicator_name": "การใช้งบประมาณ",
        "score": 70.5,
        "rank_from_lowest": 1,
        "is_lowest": True,
        "measures": 1,
        "is_addressed": True,
        "measure_ids": "m1",
        "scored_indicators": 10,
        "measures_without_indicator": 0,
    },
    "pass_plan": {
        "agency_code": "0110101",
        "fiscal_year_be": 2566,
        "step": 1,
        "item_no": 10,
        "concept_id": "annual_plan",
        "item_name": "แผนดำเนินงานประจำปี",
        "sub_indicator_no": "9.2",
        "item_observation_id": "i1",
        "is_passing": False,
        "basis": "published",
    },
    "shared_text": {
        "group_id": 1,
        "text_kind": "measure",
        "agencies": 2,
        "agency_code": "0110101",
        "observation_id": "m1",
        "document_id": DOCUMENT,
        "text": "จัดทำคู่มือ",
        "source_observation_id": "m1",
        "similarity": 1.0,
        "direction": "unknown",
    },
    "score_table": {"agency_code": "0110101", "overall": 75.83, "n_documents": 1},
}


def frame(name: str, **changes: object) -> pd.DataFrame:
    return catalogue().table(name).frame([{**ROWS[name], **changes}])


def refusal(name: str, table: pd.DataFrame) -> str:
    with pytest.raises(SchemaError) as caught:
        catalogue().table(name).check(table)
    return str(caught.value)


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_of_the_contract_in_order(name: str) -> None:
    columns = CONTRACT[name].split()
    assert list(catalogue().table(name).columns[: len(columns)]) == columns


def test_every_fact_row_carries_its_evidence() -> None:
    for name in FACT_TABLES:
        columns = set(catalogue().table(name).columns)
        assert {"document_id", "page", "table_id", "row", "line"} <= columns


def test_item_status_is_one_of_the_seven_words() -> None:
    assert [value.value for value in catalogue().enum("item_status")] == STATUSES.split()


def test_everything_is_named_and_described_in_both_languages() -> None:
    described: list[Any] = list(catalogue())
    described += [field for spec in catalogue() for field in spec.fields]
    described += [value for values in catalogue().enums for value in values]
    for one in described:
        for text in (one.title_en, one.title_th, one.description_en, one.description_th):
            assert text == text.strip() != ""
        assert "�" not in one.title_th + one.description_th
        assert one.description_en.endswith(".")
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in one.description_th), one


def test_a_column_name_means_the_same_type_in_every_table() -> None:
    types: dict[str, set[str]] = {}
    for spec in catalogue():
        assert len(set(spec.columns)) == len(spec.columns)
        for field in spec.fields:
            types.setdefault(field.name, set()).add(field.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_keys_name_columns_that_exist() -> None:
    for spec in catalogue():
        assert set(spec.primary_key) <= set(spec.columns)
        assert all(spec.field(name).required for name in spec.primary_key)
        for key in spec.foreign_keys:
            target = catalogue().table(key.table).field(key.reference)
            assert target.type == spec.field(key.field).type


def test_unknown_names_are_key_errors_that_say_what_there_is() -> None:
    with pytest.raises(KeyError, match="there are documents, cells"):
        catalogue().table("nothing")
    with pytest.raises(KeyError, match="nothing"):
        catalogue().enum("nothing")


def test_a_frame_has_all_columns_and_nullable_dtypes() -> None:
    for name in ROWS:
        spec = catalogue().table(name)
        for table in (frame(name), spec.frame([])):
            assert tuple(table.columns) == spec.columns
            assert [str(table[f.name].dtype) for f in spec.fields] == [
                DTYPES[f.type] for f in spec.fields
            ]
            spec.check(table)


def test_a_frame_takes_the_numbers_of_numpy_and_dates() -> None:
    table = frame("scores", value=np.float64("nan"), row=np.int64(3))
    assert table["value"].isna().all()
    assert table["row"].tolist() == [3]
    assert frame("measures")["period_start"].tolist() == ["2022-10-01"]


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(SchemaError, match=r"table items, row 1, column colour: .*fields\.csv"):
        frame("items", colour="red")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("item_no", "10"),
        ("item_no", 10.0),
        ("item_no", True),
        ("item_no", 2**63),
        ("match_score", "0.9"),
        ("match_score", float("inf")),
        ("item_name", ["a"]),
        ("item_name", 7),
    ],
)
def test_a_frame_coerces_nothing(column: str, value: object) -> None:
    with pytest.raises(SchemaError, match=f"table items, row 1, column {column}: "):
        frame("items", **{column: value})


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("items", "status", "done", "'done' is not one of complete, partial"),
        ("items", "match_status", None, "is empty but required"),
        ("items", "document_id", "", "is empty but required"),
        ("items", "document_id", "0123", "'0123' does not match"),
        ("scores", "fiscal_year_be", 2023, "2023 is below 2500"),
        ("items", "fiscal_year_ce", 2022, "2022 is not fiscal_year_be less 543"),
        ("items", "fiscal_year_ce", None, "is not fiscal_year_be less 543"),
        ("items", "match_score", 98.0, "98.0 is above 1"),
        ("items", "sub_indicator_no", "9.2 ", "does not match"),
        ("scores", "metric", "indicator:nine", "does not match"),
        ("measures", "period_start", "2022-02-30", "is no date"),
        ("measures", "period_start", "20221001", "is no date"),
        ("cells", "page", 0, "0 is below 1"),
    ],
)
def test_a_check_says_table_row_column_value_and_remedy(
    name: str, column: str, value: object, said: str
) -> None:
    spec = catalogue().table(name)
    rows = [ROWS[name], {**ROWS[name], column: value}]
    for key in spec.primary_key[-1:]:
        rows[1] = {**rows[1], key: 2 if spec.field(key).type == "integer" else "two"}
    message = refusal(name, spec.frame(rows).set_index(pd.Index([5, 5])))
    assert message.startswith(f"table {name}, row 2, column {column}: ")
    assert said in message
    assert "\n" not in message


def test_a_check_reports_every_failure_in_order() -> None:
    spec = catalogue().table("issues")
    table = spec.frame([{**ROWS["issues"], "severity": "bad", "page": -1}] * 4)
    with pytest.raises(SchemaError) as caught:
        spec.check(table)
    places = [(failure.row, failure.column) for failure in caught.value.failures]
    assert places == [(row, column) for row in (1, 2, 3, 4) for column in ("page", "severity")]
    assert str(caught.value).endswith("and 3 more")


def test_a_key_stands_once() -> None:
    spec = catalogue().table("cells")
    message = refusal("cells", spec.frame([ROWS["cells"], ROWS["cells"]]))
    assert f"row 1, column document_id, table_id, row, column: '{DOCUMENT}, t1, 1, 1'" in message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.drop(columns="page"), "column page: is missing"),
        (lambda table: table.assign(colour="red"), "column colour: is not in the catalogue"),
        (lambda table: table[table.columns[::-1]], "another order"),
        (lambda table: table.astype({"page": "float64"}), "dtype float64, not Int64"),
        (lambda table: table.astype({"code": "object"}), "dtype object, not string"),
        (lambda table: table.assign(code=pd.Series([""], dtype="string")), "empty text"),
    ],
)
def test_a_check_refuses_another_structure(change: Any, said: str) -> None:
    assert said in refusal("issues", change(frame("issues")))


def test_foreign_keys_are_checked_between_the_frames_given() -> None:
    tables = {name: frame(name) for name in ROWS}
    catalogue().check(tables)
    tables["measure_steps"] = frame("measure_steps", observation_id="m9")
    with pytest.raises(SchemaError, match="'m9' stands in no row of measures"):
        catalogue().check(tables)
    del tables["measures"]
    catalogue().check(tables)


# Files

HARD_TEXTS = [
    "=1+1",
    "NA",
    "nan",
    "00123",
    "ำ ก็",
    'a "b", c',
    "1\n2",
    "\r",
    "\r\n",
    " x ",
    "\ufeff",
]
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1) | st.sampled_from(HARD_TEXTS)
ISSUES = st.fixed_dictionaries(
    {"message": st.none() | TEXTS, "source_file": TEXTS, "page": st.none() | st.integers(0, 2**62)}
)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@given(rows=st.lists(ISSUES, max_size=4))
def test_what_is_written_is_read_back(folder: Path, rows: list[dict[str, object]]) -> None:
    spec, path = catalogue().table("issues"), folder / "issues.csv"
    table = spec.frame(rows)
    spec.write_csv(table, path)
    pd.testing.assert_frame_equal(spec.read_csv(path), table)
    first = path.read_bytes()
    spec.write_csv(spec.read_csv(path), path)
    assert path.read_bytes() == first


@given(value=NUMBERS, flag=st.none() | st.booleans())
def test_numbers_are_read_back_exactly_and_written_plainly(
    folder: Path, value: float | None, flag: bool | None
) -> None:
    spec, path = catalogue().table("cells"), folder / "cells.csv"
    table = spec.frame([{"x0": value, "is_header": flag}])
    spec.write_csv(table, path)
    pd.testing.assert_frame_equal(spec.read_csv(path), table)
    assert set(path.read_text(encoding="utf-8").splitlines()[1]) <= set("-.,0123456789truefalse")


@pytest.mark.parametrize(
    ("value", "text"),
    [(75.83, "75.83"), (83.0, "83"), (1e-7, "0.0000001"), (1e22, "1" + "0" * 22), (-0.0, "0")],
)
def test_a_number_is_written_by_its_shortest_digits(value: float, text: str) -> None:
    assert plain_number(value) == text


def test_the_bytes_of_a_file(tmp_path: Path) -> None:
    spec, path = catalogue().table("measure_steps"), tmp_path / "deep" / "steps.csv"
    spec.write_csv(frame("measure_steps", text='ข้อ "1", ก\rข'), path)
    assert path.read_bytes().decode() == (
        ",".join(spec.columns) + "\n" + f'm1,1,"ข้อ ""1"", ก\rข",,unmatched,,{DOCUMENT},,,\n'
    )


def test_an_edited_file_may_carry_a_mark_crlf_and_other_column_order(tmp_path: Path) -> None:
    spec, path = catalogue().table("issues"), tmp_path / "issues.csv"
    columns = spec.columns[::-1]
    values = ["NA" if name == "code" else "" for name in columns]
    text = f"{','.join(columns)}\r\n{','.join(values)}\r\n\r\n"
    path.write_text(text, encoding="utf-8-sig", newline="")
    table = spec.read_csv(path)
    assert tuple(table.columns) == spec.columns
    assert table["code"].tolist() == ["NA"]


@pytest.fixture
def small_csv_limit() -> Iterator[int]:
    """Set the limit that a fresh interpreter has; frictionless raises it for the process."""
    before = csv.field_size_limit(131_072)
    yield 131_072
    csv.field_size_limit(before)


def test_a_cell_longer_than_the_limit_of_the_csv_module(
    tmp_path: Path, small_csv_limit: int
) -> None:
    spec, path = catalogue().table("issues"), tmp_path / "issues.csv"
    table = frame("issues", message="ก" * (small_csv_limit + 1))
    spec.write_csv(table, path)
    pd.testing.assert_frame_equal(spec.read_csv(path), table)
    assert csv.field_size_limit() == small_csv_limit


def pair() -> TableSpec:
    """Return a table of a text and a number."""
    spec = catalogue().table("issues")
    return replace(spec, fields=(spec.field("message"), spec.field("page")))


@given(body=st.text('ก1,"\r\n') | st.text('1,"\n', max_size=12))
def test_what_is_read_the_short_way_is_what_the_long_way_reads(folder: Path, body: str) -> None:
    path = folder / "pair.csv"
    path.write_text(f"message,page\n{body}", encoding="utf-8", newline="")
    with suppress(ValueError):
        if files._is_as_written(pair(), path):
            (table,) = files._read_as_written(pair(), path, pair().columns)
            pd.testing.assert_frame_equal(table, *files._read_as_edited(pair(), path))


@pytest.mark.parametrize(
    "body", ["", "ก,1\n", '"ก,\n""ข""",1\n,\n', '"a","1"\n', f'"{"ก" * files.BLOCK_BYTES}\n",1\n']
)
def test_a_file_as_it_is_written_is_read_the_short_way(folder: Path, body: str) -> None:
    path = folder / "pair.csv"
    path.write_text(f"message,page\n{body}", encoding="utf-8", newline="")
    assert files._is_as_written(pair(), path)
    (table,) = files._read_as_written(pair(), path, pair().columns)
    pd.testing.assert_frame_equal(table, *files._read_as_edited(pair(), path))


def test_only_the_columns_that_are_wanted_are_read(folder: Path) -> None:
    path = folder / "pair.csv"
    for body in ("ก,1\n", "ก,1\r\n"):
        path.write_text(f"message,page\n{body}", encoding="utf-8", newline="")
        table = pair().read_csv(path, ["page"])
        assert (list(table), table["page"].tolist()) == (["page"], [1])


@pytest.mark.parametrize(
    "body",
    [
        "ก,1",  # cut off
        "ก,1\r\nข,2\r\n",
        "ก,1\n\nข,2\n",
        "ก\nข,2,3\n",  # as many commas as there should be
        'ก"ข,1\nค"ง,2\n',
        '"ก,1\n',
    ],
)
def test_a_file_that_was_edited_is_read_the_long_way(folder: Path, body: str) -> None:
    path = folder / "pair.csv"
    path.write_text(f"message,page\n{body}", encoding="utf-8", newline="")
    assert not files._is_as_written(pair(), path)


@pytest.mark.parametrize("body", ["ก,1\nข,2\nค,3\n", "ก,1\r\nข,2\r\nค,3\r\n", ""])
def test_chunks_are_the_table_whoever_wrote_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    path = folder / "pair.csv"
    path.write_text(f"message,page\n{body}", encoding="utf-8", newline="")
    whole = pair().read_csv(path)
    monkeypatch.setattr(files, "READ_ROWS", 2)
    parts = list(pair().read_chunks(path, repeated=pair().columns))
    assert [len(part) for part in parts] == ([2, 1] if body else [0])
    for part in parts:
        assert part["message"].dtype == "category"
    joined = pd.concat([part.astype({"message": "string"}) for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(joined, whole)


@pytest.mark.parametrize("bad", ["๑", "1.0"])
def test_a_value_that_is_none_is_told_with_its_row_after_the_chunks_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    path = folder / "pair.csv"
    path.write_text(f"message,page\nก,1\nข,2\nค,{bad}\n", encoding="utf-8", newline="")
    monkeypatch.setattr(files, "READ_ROWS", 2)
    parts = pair().read_chunks(path)
    assert next(parts)["page"].tolist() == [1, 2]
    with pytest.raises(SchemaError, match=f"row 3, column page: '{bad}' is not a whole number"):
        next(parts)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",,๑,,,,,,", "row 1, column page: '๑' is not a whole number"),
        (",,1.0,,,,,,", "row 1, column page: '1.0' is not a whole number"),
        (",,1", "row 1: has 3 fields, not 9"),
        (',,"1', "is not UTF-8 CSV"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    spec, path = catalogue().table("issues"), tmp_path / "issues.csv"
    path.write_text(",".join(spec.columns) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=said):
        spec.read_csv(path)


@pytest.mark.parametrize("header", ["", "document_id,source_file", "x", "page,page"])
def test_a_file_of_another_table_is_refused(tmp_path: Path, header: str) -> None:
    path = tmp_path / "issues.csv"
    path.write_text(header + "\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"column code: is missing in issues\.csv"):
        catalogue().table("issues").read_csv(path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "issues.csv"
    path.write_bytes("ไทย".encode("cp874"))
    with pytest.raises(SchemaError, match="is not UTF-8 CSV"):
        catalogue().table("issues").read_csv(path)


def _broken_parts() -> Iterator[str]:
    yield "half"
    raise OSError("disk full")


def _no(*_: object) -> None:
    raise OSError("disk full")


@pytest.mark.parametrize("fault", ["parts", "fsync", "rename"])
def test_a_failed_write_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "issues.csv"
    write_whole(path, ["old"])
    if fault == "fsync":
        monkeypatch.setattr(os, "fsync", _no)
    if fault == "rename":
        monkeypatch.setattr(Path, "replace", _no)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, _broken_parts() if fault == "parts" else ["new"])
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["issues.csv"]  # noqa: PTH208


def test_an_unwritable_value_leaves_the_old_file_whole(tmp_path: Path) -> None:
    spec, path = catalogue().table("issues"), tmp_path / "issues.csv"
    spec.write_csv(frame("issues"), path)
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        spec.write_csv(frame("issues", message="\ud800"), path)
    assert path.read_bytes() == before


# Documents


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    for name in ROWS:
        spec = catalogue().table(name)
        spec.write_csv(frame(name), tmp_path / spec.path)
    datapackage.write_datapackage(tmp_path)
    datapackage.write_data_dictionary(tmp_path)
    codebook.write_codebook(tmp_path)
    return tmp_path


def _no_network(*_: object, **__: object) -> None:
    raise AssertionError("the network was used")


def _validate(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    from frictionless import Package, system

    monkeypatch.setattr(socket.socket, "connect", _no_network)
    monkeypatch.setattr(socket, "getaddrinfo", _no_network)
    with system.use_context(trusted=True):
        report = Package(str(path / "datapackage.json")).validate()
    errors: list[list[str]] = report.flatten(["type", "note"])
    return errors


def test_the_data_package_is_valid_offline(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _validate(dataset, monkeypatch) == []


def test_the_data_package_is_valid_by_its_bundled_profile(
    dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"] == datapackage.PROFILE
    from frictionless import Package

    monkeypatch.setattr(socket.socket, "connect", _no_network)
    assert list(Package.metadata_validate(descriptor)) == []
    del descriptor["resources"][0]["path"]
    assert list(Package.metadata_validate(descriptor)) != []


@pytest.mark.parametrize(
    ("name", "column", "value", "kind"),
    [
        ("items", "status", "done", "constraint-error"),
        ("items", "match_status", "", "constraint-error"),
        ("items", "item_no", "ten", "type-error"),
        ("items", "document_id", "f" * 16, "foreign-key"),
        ("scores", "metric", "indicator:nine", "constraint-error"),
        ("measures", "period_start", "2566-13-01", "type-error"),
    ],
)
def test_the_data_package_finds_what_is_wrong(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, name: str, column: str, value: str, kind: str
) -> None:
    spec = catalogue().table(name)
    path = dataset / spec.path
    with path.open(encoding="utf-8", newline="") as file:
        header, record = csv.reader(file)
    record[spec.columns.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, record])
    assert [error[0] for error in _validate(dataset, monkeypatch)] == [kind]


def test_the_data_package_describes_the_files_that_are_there(tmp_path: Path) -> None:
    spec = catalogue().table("items")
    spec.write_csv(frame("items"), tmp_path / spec.path)
    path = datapackage.write_datapackage(tmp_path)
    (resource,) = json.loads(path.read_text(encoding="utf-8"))["resources"]
    assert resource["path"] == "items.csv"
    assert "foreignKeys" not in resource["schema"]
    named = datapackage.describe_package(["measures", "measure_steps"])
    assert [one["name"] for one in named["resources"]] == ["measures", "measure-steps"]
    with pytest.raises(KeyError):
        datapackage.describe_package(["nothing"])


def test_two_runs_give_the_same_bytes(dataset: Path) -> None:
    names = ("datapackage.json", "data_dictionary.csv", "codebook.md")
    before = [(dataset / name).read_bytes() for name in names]
    datapackage.write_datapackage(dataset)
    datapackage.write_data_dictionary(dataset)
    codebook.write_codebook(dataset)
    assert [(dataset / name).read_bytes() for name in names] == before


def test_the_data_dictionary_has_every_field(dataset: Path) -> None:
    text = (dataset / "data_dictionary.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == datapackage.DICTIONARY_COLUMNS
    fields = [(spec.name, name) for spec in catalogue() for name in spec.columns]
    assert [(row["table"], row["field"]) for row in rows] == fields


def _documented(spec: TableSpec, text: str) -> list[str]:
    section = text.split(f'<a id="table-{spec.name}"></a>')[1].split("\n## ")[1]
    return [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]


def test_the_codebook_has_every_field_and_value(dataset: Path) -> None:
    text = (dataset / "codebook.md").read_text(encoding="utf-8")
    for spec in catalogue():
        assert _documented(spec, text) == list(spec.columns)
    for values in catalogue().enums:
        assert f"### {values[0].enum}\n" in text
        assert all(f"| `{value.value}` | {value.title_th} |" in text for value in values)


def test_the_rows_of_a_codebook_table_have_the_same_number_of_cells() -> None:
    for line in codebook.codebook_text().replace("\\|", "").splitlines():
        if line.startswith("|"):
            assert line.count("|") in (4, 5, 6)


def test_docs_schema_is_not_stale() -> None:
    path = ROOT / "docs" / "schema.md"
    stale = "run: python -m normalize.catalogue.codebook docs/schema.md"
    assert path.read_text(encoding="utf-8") == codebook.schema_text(), stale
