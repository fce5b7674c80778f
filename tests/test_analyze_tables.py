"""All comparisons at once: the columns that are read suffice, and nothing comes out otherwise."""

from __future__ import annotations

import pandas as pd
from record_frames import items, measures, scores
from report_text import AGENCY

import analyze
from analyze.sources import SOURCES
from analyze.tables import tables
from normalize.catalogue import catalogue

TEXT = "จัดทำทะเบียนคุมพัสดุของทุกกองให้ตรงกัน ตรวจนับร่วมกับผู้แทนชุมชนทุกสิ้นไตรมาส และรายงานผล"
OTHER = {"agency_code": "X2", "agency_name": "ทดลองใจ"}


def records() -> dict[str, pd.DataFrame]:
    """Return records of which every comparison of these has something to say."""
    item = {
        "item_no": 39,
        "concept_id": "ethics_code",
        "item_name": "ก",
        "sub_indicator_no": "10.2",
    }
    told = [{"metric": "overall", "value": v, "fiscal_year_be": 2566} for v in (70.0, 70.0, 84.0)]
    weak = {"metric": "indicator:9", "value": 60.0}
    full = {"metric": "item:39", "value": 100.0, "fiscal_year_be": 2566}
    texts = [{"measure": TEXT, "result": TEXT, "outcome": TEXT, **who} for who in ({}, OTHER)]
    return {
        "items": items({**item, "status": "missing"}, {**item, "status": "missing", **OTHER}),
        "scores": scores(*told[:2], {**told[2], **OTHER}, weak, full),
        "measures": measures(*texts, {"concept_ids": "ethics_code", "match_status": "unmatched"}),
        "documents": catalogue().table("documents").frame([]),
    }


def test_the_columns_that_are_read_give_what_the_whole_tables_give() -> None:
    whole = records()
    narrow = {name: whole[name][list(columns)] for name, columns in SOURCES.items()}
    made = tables(narrow, pd.DataFrame(columns=list(AGENCY), dtype="string"))
    expected = {
        "score_comparison": analyze.score_comparison(whole["scores"]),
        "consistency": analyze.consistency(whole["items"], whole["scores"]),
        "measure_alignment": analyze.measure_alignment(whole["measures"], whole["scores"]),
        "pass_plan": analyze.pass_plan(whole["items"], whole["scores"]),
        "shared_text": analyze.shared_text(whole["measures"]),
    }
    for name, frame in expected.items():
        assert len(frame)
        pd.testing.assert_frame_equal(made[name], frame)


def test_the_same_rows_in_another_order_give_the_same_scores_plans_and_texts() -> None:
    whole = records()
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in whole.items()}
    for one, other in (
        (analyze.score_comparison(whole["scores"]), analyze.score_comparison(turned["scores"])),
        (
            analyze.pass_plan(whole["items"], whole["scores"]),
            analyze.pass_plan(turned["items"], turned["scores"]),
        ),
        (analyze.shared_text(whole["measures"]), analyze.shared_text(turned["measures"])),
    ):
        pd.testing.assert_frame_equal(one, other)
