"""The sample reports of data/raw: complete, up to date with their facts, and plainly fictitious."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
MAX_BYTES = 3_000_000
ENCODINGS = {
    "thung-sai-rung-sao-2565.txt": "cp874",
    "sommot-buri-pao-2567.html": "cp874",
    "huai-tawan-thong-sao-2567.txt": "utf-8-sig",
}
OUR_NAME = re.compile(r"[a-z-]+-25\d\d\.(txt|md|html|pdf)")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """The maker, a package that is not on the path."""
    folder = ROOT / "data" / "make_samples"
    spec = importlib.util.spec_from_file_location(
        "make_samples", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    sys.modules.setdefault("make_samples", importlib.util.module_from_spec(spec))
    return importlib.import_module("make_samples.build")


def rows(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report_files() -> set[str]:
    """The sample reports; a person may lay files of another kind of name beside them."""
    return {path.name for path in RAW.iterdir() if OUR_NAME.fullmatch(path.name)}


def test_gold_and_reports_are_the_same_set() -> None:
    listed = [row["source_file"] for row in rows("gold/documents.csv")]
    assert len(listed) == len(set(listed))
    assert set(listed) == report_files()
    facts = {
        row["source_file"]
        for name in ("items", "scores", "measures")
        for row in rows(f"gold/{name}.csv")
    }
    assert facts == set(listed)


def test_text_files_are_what_the_maker_gives_now(build: ModuleType) -> None:
    made = build.text_files()
    stale = [name for name, content in made.items() if (RAW / name).read_bytes() != content]
    assert stale == [], "run: python data/make_samples"


def test_pdf_files_show_the_facts_of_now(build: ModuleType) -> None:
    assert build.PDF_SOURCES.read_bytes() == build.pdf_sources(), "run: python data/make_samples"
    for report in build.pdf_reports():
        assert (RAW / report.source_file).read_bytes().startswith(b"%PDF-")


def test_every_report_says_that_it_is_fictitious(build: ModuleType) -> None:
    for name in report_files():
        if name.endswith(".pdf"):
            continue
        text = (RAW / name).read_bytes().decode(ENCODINGS.get(name, "utf-8"))
        body = text.partition("<body>")[2] or text
        assert "ข้อมูลสมมติ" in body[:700], name
    for report in build.pdf_reports():
        title = build.compose(report).blocks[0]
        assert any("ข้อมูลสมมติ" in line for line in title.lines), report.source_file


def test_item_rows_are_whole_lists() -> None:
    documents = {row["source_file"]: row for row in rows("gold/documents.csv")}
    numbers: dict[str, list[int]] = {}
    for row in rows("gold/items.csv"):
        numbers.setdefault(row["source_file"], []).append(int(row["item_no"]))
    for name, found in numbers.items():
        count = 35 if documents[name]["item_list_year_be"] == "2567" else 43
        assert found == list(range(1, count + 1)), name


def test_only_one_published_total_does_not_follow_from_its_indicators() -> None:
    published: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows("gold/scores.csv"):
        key = row["source_file"], row["fiscal_year_be"]
        published.setdefault(key, {})[row["metric"]] = row["value"]
    odd = []
    for (name, _), values in published.items():
        score = [Decimal(values[f"indicator:{number}"]) for number in range(1, 11)]
        iit, eit, oit = sum(score[:5]) / 5, sum(score[5:8]) / 3, sum(score[8:]) / 2
        total = (30 * iit + 30 * eit + 40 * oit) / 100
        if abs(total - Decimal(values["overall"])) > Decimal("0.01"):
            odd.append(name)
    assert odd == ["sommot-buri-pao-2564.txt"]


def test_samples_are_small() -> None:
    assert sum(p.stat().st_size for p in RAW.rglob("*") if p.is_file()) < MAX_BYTES


def test_no_agency_or_place_is_real(shared: Path) -> None:
    with (shared / "registry" / "lao.csv").open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    names = {(row["type_th"], row["name_th"]) for row in real}
    provinces = {row["province_th"] for row in real}
    districts = {row["district_th"] for row in real}
    codes = {row["code"] for row in real}
    agencies = rows("agencies.csv")
    assert len({row["agency_code"] for row in agencies}) == 8
    for row in agencies:
        assert (row["agency_type"], row["agency_name"]) not in names
        assert row["province"] not in provinces
        assert row["district"] not in districts
        assert row["agency_code"] not in codes
