"""What the dictionary proves: cover, misread fonts, damage mended over a whole text, no harm."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.corpus import (
    provinces,
    thai_family_names,
    thai_female_names,
    thai_male_names,
    thai_syllables,
    thai_words,
)

from extract.thai import clean_document, clean_thai
from extract.thai_rules import needs_words
from extract.thai_words import misread_aa, plain_words, thai_lexicon, word_cover

DATA = Path(__file__).parents[1] / "extract" / "data"
SHARED = Path(__file__).parents[2] / "shared"
TEXT = "รายงานการประชุมของสมาชิกสภา ครั้งที่ ๒ ณ ห้องประชุม เรื่อง การจัดการขยะในตำบล"
RIGHT = sorted(
    word
    for word in thai_words()
    if re.fullmatch("[ก-ฺเ-์]{2,}", word) and not needs_words(word) and clean_thai(word) == word
)
OTHERS = (
    *("12 ม.ค. 2568", "เวลา 09.30 น.", "1,250.00 บาท", "15 กม.", "ฯลฯ", "ต่าง ๆ", "อ.บ.ต.", "ก."),
    *("พุทฺโธ", "ฤๅษี", "ITA (OIT)", "https://a.go.th/x?y=1,2", "  ", "\t", "“”", "ณ", "๑/๒๕๖๘"),
)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_word_cover_tells_text_from_noise() -> None:
    assert word_cover(TEXT) > 0.97
    assert word_cover("") == word_cover("ITA 2568 ๑๒") == 1.0
    assert word_cover("ณฃฎฦ") == 0.0
    assert word_cover("บ้าน กขฃ") == pytest.approx(4 / 7)
    assert word_cover(TEXT.replace("า", "ำ")) < word_cover(TEXT)


@pytest.mark.parametrize("text", [TEXT, "กำหนด ลำดับ จำนำ ทำนำ", "", "ITA"])
def test_right_text_is_not_misread(text: str) -> None:
    assert not misread_aa(text)


def test_a_misread_font_is_seen_and_mended() -> None:
    misread = TEXT.replace("า", "ำ")
    assert misread_aa(misread)
    assert clean_thai(misread) == TEXT


def test_a_misread_line_is_mended_among_right_ones() -> None:
    right = "\n".join([TEXT] * 3)
    assert clean_thai(right + "\n" + TEXT.replace("า", "ำ")) == right + "\n" + TEXT


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        # What (cid:5) is, the second line cannot tell.
        ("อ(cid:5)านต(cid:5)อไป\nนาง น(cid:5)า", "อ่านต่อไป\nนาง น่า"),
        # No sign in the first line.
        ("ลกู หลานประชาชน\nเป้าหมาย", "ลูกหลานประชาชน\nเป้าหมาย"),
        ("ก่อน\r\nส าหรับ\r\n\r\nหลัง\t\r\n", "ก่อน\r\nสำหรับ\r\n\r\nหลัง\t\r\n"),
    ],
)
def test_whole_documents(damaged: str, mended: str) -> None:
    assert clean_document(damaged) == mended


def test_one_damaged_line_makes_no_other_suspect() -> None:
    name = "นายวรเชษฐ พิชญธิดา โจนาธาน"
    lines = [name] * 30
    assert clean_document("\n".join([*lines, "ส าหรับ"])).split("\n")[:30] == lines


def test_names_and_syllables_are_unharmed() -> None:
    known = {*thai_syllables(), *provinces(), *thai_family_names()}
    known |= {*thai_female_names(), *thai_male_names()}
    changed = {one for one in known if clean_thai(one) != one}
    # Each of these has a doubled mark, two sara e, or marks out of order.
    assert {one for one in changed if not re.search("[็-๎ุู]{2}|เเ|ํ|ัั|์ุ|ท่ี", one)} == set()
    assert len(changed) <= 11


sentence = st.lists(
    st.one_of(
        st.lists(st.sampled_from(RIGHT), min_size=1, max_size=5).map("".join),
        st.sampled_from(OTHERS),
    ),
    max_size=8,
).map(" ".join)


@given(sentence)
@settings(max_examples=300)
def test_right_sentences_are_unharmed(text: str) -> None:
    assert clean_thai(text) == text
    assert clean_document(text) == text


DAMAGES = (
    lambda text: re.sub("([ก-ฮ][่-๋]?)ำ", r"\1 า", text),
    lambda text: re.sub("([ก-ฮ])([ัิ-ู่้]+)([ก-ฮ])(?![ัิ-ฺ็-์ ])", r"\1\3\2 ", text),
    lambda text: text.replace("่", "(cid:917)").replace("้", "(cid:918)"),
    lambda text: text.replace("่", "\ufffd"),
    lambda text: text.replace("้", ""),
    lambda text: text.replace("น", "น่").replace("ก", "กิ"),
    lambda text: text.replace("า", "ำ"),
    lambda text: re.sub("(.)", r"\1\1", text),
    lambda text: " ".join(text),
)


@given(
    st.lists(st.tuples(sentence, st.sampled_from(DAMAGES), st.sampled_from(DAMAGES)), max_size=3)
)
@settings(max_examples=150)
def test_cleaning_twice_is_cleaning_once_under_damage(lines) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(second(first(line)) for line, first, second in lines)
    for clean in (clean_thai, clean_document):
        assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("piece", ["ก", "ก า", "(cid:5)น", "\ufffd", "ทกุ", "ำ", "เ ", "1 ,000"])
def test_time_grows_with_length_only(piece: str) -> None:
    start = time.perf_counter()
    clean_document(piece * 3000)
    assert time.perf_counter() - start < 10


def test_word_lists_are_sound() -> None:
    places = [row["word"] for row in rows("thai_places.csv")]
    terms = [row["word"] for row in rows("thai_terms.csv")]
    for words in (places, terms):
        assert words == sorted(set(words))
        assert all(clean_thai(word) == word for word in words)
    assert set(terms) <= plain_words()


def test_misspellings_are_no_words_nor_in_any() -> None:
    known = "\n".join({*thai_words(), *thai_family_names(), *thai_female_names()})
    for row in rows("thai_misspellings.csv"):
        assert row["misspelt"] not in known, row
        assert not thai_lexicon().get(row["misspelt"])
        assert clean_thai(row["misspelt"]) == row["correct"] == clean_thai(row["correct"])
        for after in row["unless_before"].split():
            assert clean_thai(row["misspelt"] + after) == row["misspelt"] + after
