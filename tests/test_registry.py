"""The registry of agencies: its facts, its extra file, its indexes."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from extract.thai import skeleton
from normalize.agencies.registry import (
    AGENCY_COLUMNS,
    DATA,
    AgencyFileError,
    Registry,
    official_forms,
    province_abbreviations,
    provinces,
    read_rows,
    type_forms,
    words,
)
from normalize.agencies.weigh import REVIEW

SHARED = Path(__file__).parents[2] / "shared" / "registry"
HEADER = ",".join(AGENCY_COLUMNS)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def test_counts_by_type(registry: Registry) -> None:
    assert Counter(agency.type for agency in registry.agencies) == {
        "อบต.": 5300,
        "เทศบาลตำบล": 2247,
        "เทศบาลเมือง": 195,
        "อบจ.": 76,
        "เทศบาลนคร": 30,
        "ท้องถิ่นรูปแบบพิเศษ": 2,
    }


def test_codes_are_unique_and_only_bangkok_has_none(registry: Registry) -> None:
    codes = [agency.code for agency in registry.agencies]
    assert len(set(codes)) == len(codes) == 7850
    assert [agency.name for agency in registry.agencies if not agency.code] == ["กรุงเทพมหานคร"]
    assert all(len(code) == 7 and code.isdigit() for code in codes if code)


def test_types_and_provinces_are_known(registry: Registry) -> None:
    assert {agency.type for agency in registry.agencies} == set(official_forms())
    assert {agency.province for agency in registry.agencies} == set(provinces().values())
    assert len(provinces()) == len(province_abbreviations()) == 77


def test_type_name_and_district_are_unique(registry: Registry) -> None:
    names = Counter((a.type, a.name, a.district, a.province) for a in registry.agencies)
    assert max(names.values()) == 1


def test_aliases_and_changes_point_at_agencies(registry: Registry) -> None:
    for row in read_rows("agency_aliases.csv"):
        agency = registry.by_code[row["agency_code"]]
        assert agency.province == row["province"]
        assert row["confidence"] in ("high", "medium", "low")
        assert row["confidence"] == "low" or not row["also_name_of"]
    for row in read_rows("agency_changes.csv"):
        assert row["new_type"] in official_forms()
        assert row["fiscal_year_first_be"] in ("2569", "2570")
        if row["old_agency_code"]:
            agency = registry.by_code[row["old_agency_code"]]
            assert (agency.type, agency.name) == (row["old_type"], row["old_name"])
        else:
            assert row["confidence"] == "low"
            assert all(code in registry.by_code for code in row["candidate_codes"].split(";"))


def test_scores_fall_as_penalties_rise() -> None:
    rows = read_rows("agency_scores.csv")
    penalties = [float(row["penalty_to"]) for row in rows]
    shares = [float(row["share_right"]) for row in rows]
    assert penalties == sorted(penalties)
    assert penalties[-1] >= REVIEW
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share < 1 for share in shares)
    assert all(int(row["cases"]) >= 100 for row in rows)


def test_counts_of_data_files_match_their_note() -> None:
    note = (DATA / "README-agencies.md").read_text(encoding="utf-8")
    for path in ("agencies", "agency_aliases", "agency_changes", "provinces"):
        assert f"| `{path}.csv` | {len(read_rows(f'{path}.csv')):,} |" in note
    for path in ("agency_types", "agency_words", "agency_scores"):
        assert f"| `{path}.csv` | {len(read_rows(f'{path}.csv'))} |" in note


def test_every_label_and_word_role_is_there() -> None:
    roles = {row["role"] for row in read_rows("agency_words.csv")}
    for role in roles:
        assert len(set(words(role))) == len(words(role))
    assert words("capital_district") == ("เมือง",)
    assert {"district_label", "province_label_short", "office", "other_body", "follows"} <= roles


def test_agencies_are_those_of_the_shared_registry(registry: Registry) -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not here")
    with (SHARED / "lao.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row)[:5] for row in list(csv.reader(file))[1:]]
    assert [(a.code, a.type, a.name, a.district, a.province) for a in registry.agencies] == rows


def test_full_name(registry: Registry) -> None:
    assert registry.by_code["6530804"].full_name == "องค์การบริหารส่วนตำบลชัยจุมพล"
    assert registry.by_code["3200408"].full_name == "เมืองพัทยา"


def test_type_forms_by_key() -> None:
    by_key = {form.key: form.types for form in type_forms()}
    assert by_key[skeleton("อ.บ.ต.")] == {"อบต."}
    assert by_key[skeleton("ทน.")] == {"เทศบาลนคร"}
    assert by_key[skeleton("เทศบาล")] == {"เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร"}


def test_built_in_registry_is_loaded_once(registry: Registry) -> None:
    assert Registry.load() is registry


def test_extra_agencies_are_added(tmp_path: Path, registry: Registry) -> None:
    path = tmp_path / "agencies.csv"
    rows = f"{HEADER}\nX1,องค์การบริหารส่วนตำบล, ทุ่งสมมติ ,ลับแล,อุตรดิตถ์\n"
    path.write_text(rows, encoding="utf-8-sig")
    extended = Registry.load(path)
    assert len(extended) == len(registry) + 1
    assert extended.by_code["X1"].full_name == "องค์การบริหารส่วนตำบลทุ่งสมมติ"
    assert "X1" not in registry.by_code


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "lacks the column agency_code"),
        ("agency_code,agency_name\nX1,ก\n", 1, "lacks the column agency_type"),
        (f"{HEADER}\nX1,อบต.,,ลับแล,อุตรดิตถ์\n", 2, "agency_name is empty"),
        (f"{HEADER}\nX1,สภาตำบล,ทุ่ง,ลับแล,อุตรดิตถ์\n", 2, "unknown agency_type"),
        (f"{HEADER}\nX1,อบต.,ทุ่ง,ลับแล,อุตรดดิตถ์\n", 2, "if 'อุตรดิตถ์' is meant"),
        (f"{HEADER}\nX1,อบต.,ทุ่ง,ก,ตราด,more\n", 2, "more values"),
        (f"{HEADER}\n6530804,อบต.,ทุ่ง,ลับแล,อุตรดิตถ์\n", 2, "already in the built-in registry"),
        (f"{HEADER}\nX1,อบต.,ก,ข,ตราด\nX1,อบต.,ค,ข,ตราด\n", 3, "already in line 2"),
        (f'{HEADER}\nX1,"อบต."x,ก,ข,ตราด\n', 2, "is no CSV"),
    ],
)
def test_bad_extra_file_names_file_line_and_remedy(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AgencyFileError, match=message) as caught:
        Registry.load(path)
    assert caught.value.line == line
    assert f"{path}, line {line}" in str(caught.value)


def test_extra_file_in_another_encoding_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    path.write_bytes("อบต.".encode("cp874"))
    with pytest.raises(AgencyFileError, match="save it as CSV UTF-8"):
        Registry.load(path)
    with pytest.raises(AgencyFileError, match="cannot be read"):
        Registry.load(tmp_path / "none.csv")
