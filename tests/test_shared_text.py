"""Texts that agencies share: word for word or nearly, in which direction, and what is no copy."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel
from record_frames import measures

from analyze import shared_text
from analyze.near_texts import NEAR, keys_of, leaders, near_pairs
from normalize.catalogue import catalogue
from normalize.reference import item_lists

LONG = (
    "จัดทำทะเบียนคุมพัสดุของทุกกองให้ตรงกัน ตรวจนับร่วมกับผู้แทนชุมชนทุกสิ้นไตรมาส "
    "และรายงานผลให้ที่ประชุมหัวหน้าส่วนราชการทราบภายใน 7 วัน"
)
OTHER = (
    "เปิดช่องทางถามตอบบนเว็บไซต์ กำหนดผู้ตอบประจำวัน และสรุปคำถามที่พบบ่อยเป็นแผ่นภาพ ติดไว้ที่จุดบริการด้านหน้าสำนักงาน"
)
B = {"agency_code": "X2", "agency_name": "ทดลองใจ", "province": "ค"}
C = {"agency_code": "X3", "agency_name": "จำลองเมือง"}


def shared(*rows: dict[str, object]) -> list[dict[str, Any]]:
    return shared_text(measures(*rows)).to_dict("records")


def test_a_text_of_two_agencies_names_its_source() -> None:
    rows = shared(
        {"measure": LONG, **B, "fiscal_year_be": 2567},
        {"measure": LONG.replace(" ", "\n").replace("7", "๗")},
        {"measure": OTHER},
    )
    source, copy = rows
    assert {(row["group_id"], row["text_kind"], row["agencies"]) for row in rows} == {
        (1, "measure", 2)
    }
    assert (source["agency_code"], source["observation_id"]) == ("X1", "m1")
    assert pd.isna(source["source_observation_id"])
    assert pd.isna(source["similarity"])
    assert (copy["agency_code"], copy["source_observation_id"]) == ("X2", "m1")
    assert (copy["source_agency_code"], copy["source_province"]) == ("X1", "ข")
    assert (copy["similarity"], copy["direction"]) == (1.0, "later"), "breaks and digits aside"


@pytest.mark.parametrize(
    ("edited", "least"),
    [
        (LONG.replace("7 วัน", "15 วัน"), 0.97),
        (LONG.replace("ของทุกกอง", ""), 0.93),
        (LONG + " ทุกปี", 0.95),
        (LONG.replace("ไตรมาส", "เดือน"), 0.93),
    ],
)
def test_a_text_with_an_edit_is_nearly_the_same(edited: str, least: float) -> None:
    _, copy = shared({"result": LONG, "fiscal_year_be": 2565}, {"result": edited, **B})
    assert least < copy["similarity"] < 1


def test_a_copy_in_which_only_the_name_was_changed_is_word_for_word() -> None:
    told = "บุคลากรของ {} ทุกคนได้รับคู่มือและเข้าอบรมการใช้ระบบยืมพัสดุครบทุกกองแล้ว"
    _, copy = shared({"outcome": told.format("สมมติ")}, {"outcome": told.format("ทดลองใจ"), **B})
    assert (copy["text_kind"], copy["similarity"]) == ("outcome", 1.0)


@pytest.mark.parametrize(
    ("first", "second", "direction"),
    [(2565, 2566, "later"), (2566, 2566, "same_time"), (2566, None, "unknown")],
)
def test_direction_is_as_sure_as_the_years(first: int, second: int | None, direction: str) -> None:
    rows = shared({"measure": LONG, **B, "fiscal_year_be": second},
                  {"measure": LONG, "fiscal_year_be": first})  # fmt: skip
    copy = rows[1]
    assert (copy["agency_code"], copy["direction"]) == ("X2", direction) or first == second


def test_in_one_year_the_source_is_what_starts_first() -> None:
    rows = shared({"measure": LONG, **B, "period_start": "2023-01-01"},
                  {"measure": LONG, **C},
                  {"measure": LONG, "period_start": "2023-02-01"})  # fmt: skip
    assert [row["agency_code"] for row in rows] == ["X2", "X1", "X3"]
    assert [row["direction"] for row in rows[1:]] == ["same_time", "same_time"]


def test_an_agency_that_repeats_itself_copies_nobody() -> None:
    assert not shared({"measure": LONG}, {"measure": LONG, "fiscal_year_be": 2567})
    rows = shared({"measure": LONG}, {"measure": LONG, "fiscal_year_be": 2567},
                  {"measure": LONG, **B, "fiscal_year_be": 2567})  # fmt: skip
    told = [(row["agency_code"], row["source_observation_id"]) for row in rows]
    assert told[0][0] == told[1][0] == "X1"
    assert pd.isna(told[0][1])
    assert pd.isna(told[1][1])
    assert told[2] == ("X2", "m0")


def test_short_texts_and_names_of_the_lists_are_shared_by_nature() -> None:
    names = sorted({i.name for items in item_lists().values() for i in items}, key=len)
    for text in ("มาตรการเผยแพร่ข้อมูลการจัดซื้อจัดจ้างรายเดือน", names[-1], f"O27 {names[-1]}"):
        assert not shared({"measure": text}, {"measure": text, **B})
    assert not shared({"result": "ดำเนินการแล้วเสร็จตามแผน"}, {"result": "ดำเนินการแล้วเสร็จตามแผน", **B})


def test_a_measure_is_not_set_against_a_result() -> None:
    assert not shared({"measure": LONG}, {"result": LONG, **B})


def test_groups_come_by_how_many_share_them() -> None:
    rows = shared({"measure": OTHER}, {"measure": OTHER, **B},
                  *({"measure": LONG, **agency} for agency in ({}, B, C)))  # fmt: skip
    assert [(row["group_id"], row["agencies"]) for row in rows] == [(1, 3)] * 3 + [(2, 2)] * 2


def test_a_hostile_text_is_shown_as_it_is_and_cut_off() -> None:
    text = '=HYPERLINK("x") </script> ' + LONG * 3
    rows = shared({"measure": text}, {"measure": text, **B, "agency_name": "</script>'\""})
    assert {row["text"] for row in rows} == {text[:200]}


def test_unknown_agencies_and_nothing_give_an_empty_table() -> None:
    nobody = {"agency_code": None, "agency_name": None}
    for rows in ((), ({"measure": LONG},), ({"measure": LONG}, {"measure": LONG, **nobody})):
        frame = shared_text(measures(*rows))
        assert frame.empty
        assert tuple(frame.columns) == catalogue().table("shared_text").columns


def invented(rng: random.Random, words: list[str]) -> list[str]:
    return [rng.choice(words) for _ in range(rng.randrange(12, 30))]


def test_near_texts_are_found_as_by_comparing_all_pairs() -> None:
    """Copies with a name, digits or words changed, against all pairs of the same texts."""
    rng = random.Random(7)  # noqa: S311
    letters = [chr(code) for code in range(0x0E01, 0x0E2F)]
    words = ["".join(rng.choices(letters, k=rng.randrange(2, 9))) for _ in range(400)]
    originals = [invented(rng, words) for _ in range(300)]
    copies = []
    for original in originals:
        copy = list(original)
        for _ in range(rng.randrange(1, 4)):
            place = rng.randrange(len(copy))
            copy[place] = rng.choice(["", rng.choice(words), copy[place] + str(rng.randrange(99))])
        copies.append(copy)
    keys = list(dict.fromkeys("".join(words) for words in [*originals, *copies]))
    truth = {
        (one, other)
        for one in range(len(keys))
        for other in range(one + 1, len(keys))
        if Indel.normalized_similarity(keys[one], keys[other], score_cutoff=NEAR) >= NEAR
    }
    ones, others, likeness = near_pairs(keys)
    found = set(zip(ones.tolist(), others.tolist(), strict=True))
    assert len(truth) > 200
    assert found <= truth, "the similarity itself decides"
    assert len(found) >= 0.97 * len(truth)
    assert (likeness >= NEAR).all()


def test_a_text_that_everybody_copied_is_one_group() -> None:
    keys = keys_of([f"{LONG} {number} {OTHER}" for number in range(3000)])
    ones, others, _ = near_pairs(keys)
    assert len(ones) < 100 * len(keys), "not all pairs"
    assert (leaders(len(keys), ones, others) == 0).mean() > 0.99


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_every_text_is_like_its_leader_and_no_two_leaders_are_alike(
    drawn: list[tuple[int, int]],
) -> None:
    pairs = sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]})
    ones, others = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    leader = leaders(12, ones, others).tolist()
    for text, first in enumerate(leader):
        assert leader[first] == first
        assert first == text or (first, text) in pairs
        assert not [one for one, other in pairs if other == text and leader[one] == one < first]
    assert not [pair for pair in pairs if all(leader[text] == text for text in pair)]


@given(st.lists(st.text(alphabet="กขA1๑ \n\r\t.-\u0e31\u2028", max_size=8), max_size=6))
def test_keys_stand_in_the_order_of_their_texts(texts: list[str]) -> None:
    keys = keys_of(texts)
    assert keys == [key for text in texts for key in keys_of([text])]
    assert all(not set(key) & set(" \n\r\t.-A๑") for key in keys)
