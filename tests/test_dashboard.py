"""The dashboard as a file: what stands in it, that it is one file, and that words are data."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from dashboard_pages import AGENCY, HOSTILE, RAW, made, renamed, sample_records
from datasets import normalize
from typer.testing import CliRunner

from analyze.dashboard import build, vega
from analyze.dashboard.columns import packed
from analyze.dashboard.page import PARTS, SCRIPTS, own_script, page
from analyze.words import LANGUAGES, marks, word, words
from normalize.catalogue import catalogue
from prongsai.cli import app

TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.M)
WORD = re.compile(r"""(?<![\w.])t\("([\w:.]+)\"""")


def block(html: str, name: str) -> Any:
    (text,) = re.findall(rf'<script type="text/plain" id="block-{name}">([^<]*)</script>', html)
    return json.loads(gzip.decompress(base64.b64decode(text)))


@pytest.fixture(scope="module")
def html() -> str:
    return made(sample_records())[0].html


def test_script_of_the_charts_that_was_built_is_the_one_that_would_be_written() -> None:
    if not vega.BUILT.is_file():
        pytest.skip(f"no {vega.BUILT}: the package is not built")
    assert vega.charts_library() == vega.written()


def test_it_is_one_file_that_names_no_other(html: str) -> None:
    own = re.sub(r"<script>.*?</script>", "", html, count=1, flags=re.S)  # Vega knows of URLs
    own = re.sub(r'<script type="module">.*?</script>', "", own, count=1, flags=re.S)
    assert re.findall(r"""(?:src|href)=["'](?!data:|#)[^"']+""", own) == []
    assert "http://" not in own
    assert "https://" not in own


def test_policy_knows_each_script_and_style_by_its_digest(html: str) -> None:
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = re.findall(r'<script(?: type="module")?>(.*?)</script>', html, re.S)
    styles = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert (len(scripts), len(styles)) == (3, 1)
    for text in scripts + styles:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_text_of_reports_is_no_markup() -> None:
    html = made(renamed(sample_records(), "agency_name", HOSTILE))[0].html
    assert HOSTILE not in html
    assert "onerror" not in html.split("<script>")[0]
    assert HOSTILE in block(html, "overview")["agencies"]["agency_name"]


def test_a_title_is_escaped() -> None:
    assert "<title>a&lt;b&gt;" not in page({}, "a<b>")
    assert "<title>a&lt;b>" in page({}, "a<b>")


def test_same_tables_give_the_same_bytes(html: str) -> None:
    assert made(sample_records())[0].html == html


def test_statuses_stand_in_the_order_of_the_list(html: str) -> None:
    overview = block(html, "overview")
    counted = overview["completeness"]
    letters = {mark.letter: mark.status for mark in marks()}
    assert counted["statuses"]
    for n, row in enumerate(counted["statuses"]):
        assert len(row) == len(overview["lists"][str(counted["list_year"][n])])
        for letter, status in letters.items():
            assert row.count(letter) == counted[status][n], status


def test_page_of_an_agency_has_the_place_of_every_value(html: str) -> None:
    overview = block(html, "overview")
    position = overview["agencies"]["key"].index(AGENCY)
    content = block(html, f"agency-{position}")
    for table in ("items", "scores", "measures"):
        frame = sample_records()[table]
        own = frame[frame["agency_code"] == AGENCY]
        assert content[table]["observation_id"] == own["observation_id"].tolist()
        known = {*content["documents"]["document_id"]}
        assert set(content[table]["document_id"]) <= known


def test_analyze_writes_it_and_normalize_takes_it_away(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for name in ("agencies.csv", "thung-sai-rung-sao-2565.txt"):
        shutil.copy(RAW / name, tmp_path / "raw")
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["run", str(tmp_path / "raw"), "--out", str(out)]).exit_code == 0
    first = (out / "dashboard.html").read_bytes()
    (out / "items.csv").unlink()
    normalize(out)
    assert not (out / "dashboard.html").exists()
    assert CliRunner().invoke(app, ["analyze", str(out)]).exit_code == 0
    assert (out / "dashboard.html").read_bytes() == first


def test_many_agencies_have_no_page_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "DETAILED_AGENCIES", 3)
    made_page = made(sample_records())[0]
    assert not made_page.is_detailed
    assert made_page.reporting > 3
    assert "province" in made_page.notes[0]
    assert 'id="block-agency-0"' not in made_page.html
    assert 'id="block-queue"' not in made_page.html
    assert block(made_page.html, "overview")["is_detailed"] is False


def test_packed_text_is_plain_letters_and_always_the_same() -> None:
    text = packed({"a": ["</script>", "โปร่งใส", None, 1.5]})
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", text)
    assert text == packed({"a": ["</script>", "โปร่งใส", None, 1.5]})
    with pytest.raises(ValueError, match="JSON"):
        packed({"a": float("nan")})


def test_every_word_of_the_scripts_is_in_the_list() -> None:
    used = {key for path in PARTS.glob("*.js") for key in WORD.findall(path.read_text("utf-8"))}
    assert len(used) > 100, "the search finds them"
    assert used - set(words()) == set()


def test_every_word_has_both_languages() -> None:
    for key, texts in words().items():
        for language in LANGUAGES:
            assert texts[language], key
    fillers = re.compile(r"\{(\w+)\}")
    for key in words():
        names = [set(fillers.findall(word(key, language))) for language in LANGUAGES]
        assert names[0] == names[1], key


def test_scripts_share_one_scope() -> None:
    names: dict[str, str] = {}
    for script in SCRIPTS:
        for name in TOP_LEVEL.findall((PARTS / f"{script}.js").read_text("utf-8")):
            assert names.setdefault(name, script) == script, name
    assert {path.stem for path in PARTS.glob("*.js")} == set(SCRIPTS)
    assert not re.search(r"^(?:import|export) ", own_script(), re.M)
    assert "innerHTML" not in own_script()


def test_marks_are_of_all_statuses_and_can_be_read() -> None:
    statuses = [value.value for value in catalogue().enum("item_status")]
    assert [mark.status for mark in marks()] == statuses
    assert len({mark.letter for mark in marks()}) == len({mark.mark for mark in marks()}) == 7
    for mark in marks():
        assert contrast(mark.colour, mark.ink) >= 4.5, mark.status


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two sRGB colours by WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
