"""The static pictures: of what they are, that Thai stands right in them, and the same bytes."""

from __future__ import annotations

import base64
import io
import re

import altair as alt
import fontpkg
import made_tables
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from analyze.figures import HEAT_ROWS, WIDTH, figures
from analyze.observed import observed
from analyze.pictures import FONT, PNG_SCALE, draw
from analyze.words import Language, words
from normalize.agencies.registry import Registry
from normalize.reference import indicators, item_lists

TEXT = "{http://www.w3.org/2000/svg}text"


def texts(svg: str) -> str:
    return "\n".join("".join(node.itertext()) for node in etree.fromstring(svg.encode()).iter(TEXT))


def ink_width(text: str) -> int:
    """How many pixels a text is wide in a picture."""
    chart = alt.Chart(alt.Data(values=[{"text": text}])).mark_text(fontSize=30, align="left")
    _, png = draw(chart.encode(text="text:N", x=alt.value(5)).properties(width=900, height=60))
    picture = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    columns = np.flatnonzero((picture[30:-30, 60:-60] < 128).any(axis=0))
    return int(columns[-1] - columns[0])


@pytest.fixture(scope="module")
def drawn() -> dict[str, tuple[str, bytes]]:
    found = figures(made_tables.tables(), observed(made_tables.records()["items"]))
    return {name: draw(chart) for name, chart in found.items()}


def test_there_is_a_picture_of_each_kind(drawn: dict[str, tuple[str, bytes]]) -> None:
    assert list(drawn) == [
        *("spread_completeness", "spread_overall", "trend_overall"),  # one year has no trend
        *("item_gaps", "indicators", "heat_map"),
    ]


def test_pictures_say_year_and_n(drawn: dict[str, tuple[str, bytes]]) -> None:
    told = {name: texts(svg) for name, (svg, _) in drawn.items()}
    assert "n = 2 แห่ง ปีงบประมาณ 2567" in told["spread_completeness"]
    assert "n = 1 แห่ง ปีงบประมาณ 2566" in told["spread_overall"]
    assert {"2565 (n = 1)", "2566 (n = 1)"} <= set(told["trend_overall"].splitlines())
    assert f"O8 (n = 2) {made_tables.NAMES[8][1]}" in told["item_gaps"]
    assert "9. การเปิดเผยข้อมูล (n = 1)" in told["indicators"]


def test_heat_map_names_agencies_and_items(drawn: dict[str, tuple[str, bytes]]) -> None:
    told = texts(drawn["heat_map"][0]).splitlines()
    assert "อบต. =1+1" in told
    assert f"เทศบาลตำบล {made_tables.TAGGED}" in told, "markup is text"
    assert {"O1", "O7", "อยู่ระหว่างดำเนินการ"} <= set(told)
    assert "O8" not in told, "no report tells of it"


def test_what_stands_beside_the_plot_is_in_the_picture(
    drawn: dict[str, tuple[str, bytes]],
) -> None:
    for name in ("item_gaps", "indicators"):
        svg = etree.fromstring(drawn[name][0].encode())
        assert float(svg.attrib["width"]) > WIDTH + 100, (
            "the names of items are not cut off the plot"
        )


def test_svg_keeps_the_letter_am(drawn: dict[str, tuple[str, bytes]]) -> None:
    for svg, _ in drawn.values():
        assert "\u0e4d" not in svg
    assert "ดำเนินการ" in texts(drawn["heat_map"][0])


def test_svg_carries_the_letters_that_it_shows(drawn: dict[str, tuple[str, bytes]]) -> None:
    svg, _ = drawn["item_gaps"]
    faces = re.findall(r'font-weight:(\d+);src:url\("data:font/woff;base64,([^"]+)"', svg)
    assert [weight for weight, _ in faces] == ["400", "700"]
    for _, face in faces:
        has = TTFont(io.BytesIO(base64.b64decode(face))).getBestCmap()
        assert {ord(character) for character in texts(svg) if character != "\n"} <= set(has)
    assert "https://" not in svg


def test_what_follows_the_letter_am_does_not_stand_on_it() -> None:
    plain, with_aa, with_am = ink_width("ก" * 9), ink_width("กา" * 9), ink_width("กำ" * 9)
    assert with_aa > 1.4 * plain
    assert with_am == pytest.approx(with_aa, abs=3)
    assert ink_width("น้ำ" * 9) == pytest.approx(ink_width("นา" * 9), abs=3)


def test_marks_take_no_width_in_a_picture() -> None:
    assert ink_width("ที่ปี่กู้" * 3) < 1.1 * ink_width("ทปก" * 3), "but the last may reach over"


def test_pictures_are_the_same_bytes_and_png_is_large(drawn: dict[str, tuple[str, bytes]]) -> None:
    again = figures(made_tables.tables(), observed(made_tables.records()["items"]))
    for name in ("item_gaps", "heat_map"):
        assert draw(again[name]) == drawn[name]
        width, _ = Image.open(io.BytesIO(drawn[name][1])).size
        svg = etree.fromstring(drawn[name][0].encode())
        assert width == pytest.approx(PNG_SCALE * float(svg.attrib["width"]), abs=2)


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_font_has_every_letter_that_a_picture_may_show(language: Language) -> None:
    shown = {character for told in words().values() for character in told[language]}
    shown |= {c for items in item_lists().values() for item in items for c in item.name}
    shown |= {c for indicator in indicators() for name in indicator.names for c in name}
    shown |= {c for agency in Registry.load().agencies for c in agency.name + agency.type}
    with TTFont(fontpkg.path(FONT)) as font:
        assert {c for c in shown if ord(c) not in font.getBestCmap()} == set()


def test_the_country_is_drawn_too() -> None:
    tables = made_tables.tables()
    rows = tables["completeness"].iloc[[0] * 5_001]
    tables["completeness"] = rows.reset_index(drop=True)
    chart = figures(tables, observed(made_tables.empty_records()["items"]))["spread_completeness"]
    assert "n = 5,001 แห่ง" in texts(draw(chart)[0])


def test_of_nothing_there_is_no_picture() -> None:
    assert figures(made_tables.empty_tables(), observed(made_tables.empty_records()["items"])) == {}


def test_agencies_named_alike_are_told_apart_and_the_least_complete_shown() -> None:
    agencies = HEAT_ROWS + 1
    tables, items = made_tables.tables(), []
    counted = tables["completeness"].iloc[[0]].to_dict("records")[0]
    rows = []
    for number in range(agencies):
        own = {"agency_code": f"Y{number}", "agency_name": f"สมมติ {number // 2}"}
        own["district"] = f"อำเภอ {number}"
        rows.append(counted | own | {"completeness": number / agencies})
        items.append(made_tables.item(0, 1, "missing") | own | {"observation_id": f"y{number}"})
    tables["completeness"] = made_tables.frame("completeness", rows)
    chart = figures(tables, observed(made_tables.frame("items", items)))["heat_map"]
    told = texts(draw(chart)[0])
    assert f"{HEAT_ROWS} แห่งที่ครบถ้วนน้อยที่สุด จาก {agencies} แห่ง" in told
    assert "อบต. สมมติ 0 (อำเภอ 0)" in told
    assert "อบต. สมมติ 0 (อำเภอ 1)" in told
    assert f"อำเภอ {agencies - 1}" not in told
