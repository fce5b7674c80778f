"""Thai text repair: one test per kind of damage, and proof that correct Thai is left alone."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pythainlp.corpus import thai_words

from extract.thai import clean_document, clean_thai, convert_digits, glyph_map, skeleton

SHARED = Path(__file__).parents[2] / "shared"
THAI = "กขคงจฉชซญฐดตถทนบปผพฟมยรลวศษสหอฮะัาำิีึืฺุูเแโใไๆฯ็่้๊๋์ํ๎๐๕"
DAMAGE = THAI + " \n\t\u00a0\u200b\ufeff\u00ad\ufffd\uf70a\uf70b\uf710\uf88ba1("
# Spellings in pythainlp's own list with sara am as two characters.
KNOWN_BROKEN_WORDS = {"ซํ้า", "พลํ้า", "รํ่า"}

damaged_text = st.text(st.sampled_from(DAMAGE), max_size=40)
# Anything at all, and what no report holds: one sign many times over, joiners, codes of terminals.
ODD = DAMAGE + "\u200d\u202e\u2066\u0301\x1b\0Ae,.:<&é字🙂"
runs = st.tuples(st.sampled_from(ODD), st.integers(1, 30)).map(lambda run: run[0] * run[1])
any_text = st.text(max_size=60) | st.lists(runs, max_size=8).map("".join)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        pytest.param("ต\u0e4d\u0e32บล", "ตำบล", id="nikhahit and sara aa"),
        pytest.param("น\u0e49\u0e4d\u0e32", "น้ำ", id="tone before nikhahit"),
        pytest.param("น\u0e4d\u0e49\u0e32", "น้ำ", id="tone between nikhahit and sara aa"),
        pytest.param("ส\u0e4d าหรับ", "สำหรับ", id="gap inside sara am"),
        pytest.param("ส \u0e4d\u0e32หรับ", "สำหรับ", id="gap before nikhahit"),
        pytest.param("สา \u0e4d นักงาน", "สำนักงาน", id="nikhahit behind sara aa"),
        pytest.param("ค าน า", "คำนำ", id="nikhahit lost"),
        pytest.param("สม่ าเสมอ", "สม่ำเสมอ", id="nikhahit lost after a tone"),
        pytest.param("จ ำนวน", "จำนวน", id="gap before sara am"),
        pytest.param("นำ้", "น้ำ", id="tone after sara am"),
        pytest.param("ทำาการ", "ทำการ", id="sara aa after sara am"),
        pytest.param("เข า", "เขา", id="no sara am after sara e"),
        pytest.param("เกล า", "เกลา", id="no sara am after sara e and a cluster"),
        pytest.param("เป้ าหมาย", "เป้าหมาย", id="no sara am after sara e and a tone"),
        pytest.param("ด\ufffdาเนินงาน", "ดำเนินงาน", id="U+FFFD for nikhahit"),
        pytest.param("ค่าใช้จ\ufffdาย", "ค่าใช้จ่าย", id="U+FFFD for a tone"),
        pytest.param("เป\uf70bาหมาย", "เป้าหมาย", id="Windows glyph"),
        pytest.param("เป\uf88eาหมาย", "เป้าหมาย", id="Mac glyph"),
        pytest.param("\uf700าน", "ฐาน", id="glyph of a consonant"),
        pytest.param("ท\u0e48\u0e35", "ที่", id="tone before the upper vowel"),
        pytest.param("ผ\u0e49\u0e39", "ผู้", id="tone before the lower vowel"),
        pytest.param("สิทธ\u0e4c\u0e34", "สิทธิ์", id="thanthakhat before the vowel"),
        pytest.param("จ\u0e48\u0e48าย", "จ่าย", id="doubled mark"),
        pytest.param("สถานท \u0e35\u0e48", "สถานที่", id="gap before a mark"),
        pytest.param("ลา้น", "ล้าน", id="tone behind sara aa"),
        pytest.param("จา่ ย", "จ่าย", id="tone behind sara aa and a gap"),
        pytest.param("ผใู้ห้", "ผู้ให้", id="marks behind a leading vowel"),
        pytest.param("หมทู่ ี่ ๔", "หมู่ที่ ๔", id="two vowels on one consonant"),
        pytest.param("องคก์ าร", "องค์การ", id="thanthakhat behind and a gap"),
        pytest.param("สัมฤทธติ์ าม", "สัมฤทธิ์ตาม", id="vowel behind and a gap"),
        pytest.param("เเผน", "แผน", id="two sara e"),
        pytest.param("แ ผน", "แผน", id="gap after a leading vowel"),
        pytest.param("แ ผ น พั ฒ น า", "แผนพัฒนา", id="letter-spaced"),
        pytest.param("แ ผ น  พั ฒ น า", "แผน พัฒนา", id="letter-spaced words"),
        pytest.param("งบ\u200bประ\u00adมาณ\ufeff", "งบประมาณ", id="invisible characters"),
        pytest.param("ข้อ\u00a0๕", "ข้อ ๕", id="no-break space"),
        pytest.param("ทกุ คนตอ้ งรบั ทราบ", "ทุกคนต้องรับทราบ", id="marks on the next letter"),
        pytest.param("ไมส่ ามารถ", "ไม่สามารถ", id="a tone, no sara am, before a gap"),
        pytest.param("น(cid:7)ำดื(cid:8)มสะอาด", "น้ำดื่มสะอาด", id="cid for tones"),
        pytest.param("ค(cid:9)าถามและค(cid:9)าตอบ", "คำถามและคำตอบ", id="cid for nikhahit"),
        pytest.param("ตา(cid:3) งประเทศ", "ต่างประเทศ", id="cid on the next letter"),
        pytest.param("โรงเรียนตั\ufffdงอยู่", "โรงเรียนตั้งอยู่", id="U+FFFD on a vowel"),
        pytest.param("น ามาใชในโรงเรียน", "นำมาใช้ในโรงเรียน", id="tones lost"),
        pytest.param("จ่่ายเงิน่่ให้ประชาชน่", "จ่ายเงินให้ประชาชน", id="letters with false marks"),
        pytest.param("รำยชื่ออำจำรย์และนำยกำ", "รายชื่ออาจารย์และนายกา", id="sara am for sara aa"),
        pytest.param("รราายยชชืื่่ออนนัักกเเรรีียยนน", "รายชื่อนักเรียน", id="printed twice"),
        pytest.param("เวปไซด์ของคลินิก", "เว็บไซต์ของคลินิก", id="misspelling"),
        pytest.param("รวม 12,345,6 78 บาท", "รวม 12,345,678 บาท", id="gap in a group"),
        pytest.param("รวม 1 ,250.00 บาท", "รวม 1,250.00 บาท", id="gap before a comma"),
    ],
)
def test_mends(damaged: str, mended: str) -> None:
    assert clean_thai(damaged) == mended


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII  (cid:12)",
        "ก ข ค ง จ",
        "สระ เ แ โ ใ ไ",
        "ราคา  ๕๐๐   บาท",
        "  ย่อหน้า\n\tคอลัมน์\t๒",
        "ม. ๑ ก. และ ข.",
        "ประโยชน์ ที่ได้รับ ฯลฯ",
        "ท\ufffdา",  # may be two words
        "ห(cid:5)อง(cid:5)",  # may be anything
        "ก(cid:99999)ข(cid:70000)า",  # no font has so many glyphs
        "กก กกกกกกกก",  # reeds
        "1 53,026,600",  # may be two numbers
        "ข้อ 1, 2, 3 และ 10 ,11",
        "พุทฺโธ ธมฺโม สงฺโฆ",
        "ฤๅษี กฤษณา ฤกษ์ ฦๅสาย",
        "อ.บ.ต. ก.ค. ส.ค.ส. ฯพณฯ ฯลฯ ต่าง ๆ นานา",
        "๒๔ มิ.ย. ๒๔๗๕ เวลา 06.00 น. 5 กม./ชม. 37 °C",
        "https://example.go.th/หน้า?ก=1&ข=%E0 a_b@example.org",
        "นายอนันดา นางสาวชนิตา สกุลครวัฐ",
        "ชื่อ      ตำแหน่ง      จำนวน   1,000   20.50",
        "จำนำ ลำดำ คำทำนำ",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert clean_thai(text) == text


def test_never_takes_sara_am_apart() -> None:
    assert clean_thai("กำหนด") == "กำหนด" != unicodedata.normalize("NFKC", "กำหนด")


def test_a_mark_at_the_start_of_a_line_stays() -> None:
    assert clean_thai("กา\n\u0e35ข") == "กา\n\u0e35ข"


@given(damaged_text)
@settings(max_examples=400)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_thai(text)
    assert clean_thai(once) == once


@given(damaged_text)
def test_cleaning_keeps_lines_tabs_and_digits(text: str) -> None:
    kept = "\n\t๐๕1"
    assert [c for c in clean_thai(text) if c in kept] == [c for c in text if c in kept]


@given(damaged_text)
def test_skeleton_is_the_same_before_and_after_cleaning(text: str) -> None:
    # Which two of three sara e in a row make a sara ae is anybody's guess, so all count as e.
    cleaned, raw = (skeleton(t).replace("แ", "เเ") for t in (clean_thai(text), text))
    assert cleaned == raw


@given(any_text)
@settings(max_examples=200)
def test_any_text_is_cleaned_once_and_for_all(text: str) -> None:
    for clean in (clean_thai, clean_document):
        once = clean(text)
        assert clean(once) == once
        assert len(once) <= 2 * len(text) + 2


# Where all letters stand twice it is taken for bold print, of which one half goes.
PRINTED_TWICE = re.compile(r"(?:([^\s])\1|[ ]{1,2}){6,}")


@given(any_text)
@settings(max_examples=200)
def test_no_letter_of_another_writing_is_lost(text: str) -> None:
    assume(not PRINTED_TWICE.search(text))

    def others(text: str) -> list[str]:
        plain = unicodedata.normalize("NFC", text)
        return [c for c in plain if unicodedata.category(c) in ("Lu", "Ll", "Nd") and c > "9"]

    assert others(clean_thai(text)) == others(text)


def test_dictionary_words_are_unharmed() -> None:
    harmed = {word for word in thai_words() if clean_thai(word) != word}
    assert harmed <= KNOWN_BROKEN_WORDS


@pytest.mark.parametrize("name", ["lao.csv", "geography.csv"])
def test_registry_is_unharmed(name: str) -> None:
    path = SHARED / "registry" / name
    if not path.exists():
        pytest.skip(f"needs ../shared/registry/{name}")
    with path.open(encoding="utf-8", newline="") as file:
        values = {value for row in csv.DictReader(file) for value in row.values()}
    assert [value for value in values if clean_thai(value) != value] == []


def test_clean_reports_are_unharmed() -> None:
    paths = sorted((SHARED / "reports").glob("*.txt"))
    if not paths:
        pytest.skip("needs ../shared/reports")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert clean_thai(text) == text, path.name


def test_no_mark_moves_over_the_space_between_words() -> None:
    assert clean_document("โธ ค่ำ") == "โธ ค่ำ"


def test_damaged_sample_floor() -> None:
    path = SHARED / "damaged_thai.csv"
    if not path.exists():
        pytest.skip("needs ../shared/damaged_thai.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["correct"] for row in rows if clean_thai(row["correct"]) != row["correct"]] == []
    split = [row for row in rows if row["kind"] == "sara_am_split"]
    assert all(clean_thai(row["damaged"]) == row["correct"] for row in split)
    for row in rows:
        once = clean_thai(row["damaged"])
        assert clean_thai(once) == once
    mended = sum(clean_thai(row["damaged"]) == row["correct"] for row in rows)
    same_key = sum(skeleton(row["damaged"]) == skeleton(row["correct"]) for row in rows)
    assert mended >= 142
    assert same_key >= 143


def test_glyph_map_is_whole_and_thai() -> None:
    glyphs = glyph_map()
    assert set(glyphs) == {
        *range(0xF700, 0xF71B),
        *range(0xF71E, 0xF721),
        *range(0xF884, 0xF89F),
    } - {0xF71B}
    assert glyphs[0xF70F] == glyphs[0xF89A] == "ญ"
    assert glyphs[0xF70A] == glyphs[0xF705] == glyphs[0xF713] == glyphs[0xF88B] == "\u0e48"
    assert all(unicodedata.name(character).startswith("THAI ") for character in glyphs.values())


@pytest.mark.parametrize(
    ("text", "to", "expected"),
    [
        ("O๑๒ 30", "arabic", "O12 30"),
        ("O๑๒ 30", "thai", "O๑๒ ๓๐"),
        ("O๑๒ 30", "keep", "O๑๒ 30"),
    ],
)
def test_convert_digits(text: str, to: str, expected: str) -> None:
    assert convert_digits(text, to) == expected  # type: ignore[arg-type]


def test_convert_digits_refuses_another_kind() -> None:
    with pytest.raises(ValueError, match="roman"):
        convert_digits("1", "roman")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        "ข้อมูลพื้นฐาน",
        "ขอมูลพืนฐาน",
        "ข้อ มูล\nพื้น-ฐาน",
        "ข(cid:918)อมูลพื้น\uf700าน",
        "ข้อมลู พนื้ ฐาน (ๆ)",
    ],
)
def test_skeleton_ignores_damage(other: str) -> None:
    assert skeleton(other) == skeleton("ข้อมูลพื้นฐาน")


@pytest.mark.parametrize("other", ["กำหนด", "กาหนด", "ก าหนด", "ก\u0e4d\u0e32หนด", "กำาหนด"])
def test_skeleton_folds_sara_am(other: str) -> None:
    assert skeleton(other) == "กาหนด"


def test_skeleton_keeps_letters_and_digits_only() -> None:
    assert skeleton("ข้อ ๑.๒ – Q&A (Social Network) ✓ ฯลฯ") == "ขอ12qasocialnetworkล"
    assert skeleton("เเผน") == skeleton("แผน") == "แผน"
    assert skeleton(" -•– ") == ""
