"""Which agency: one written name, and a whole report."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from extract import read_report
from extract.document import Cell, Column, Document, Paragraph, Part, Place, Table
from extract.thai import skeleton
from normalize.agencies import AgencyMatch, ResolvedAgency, match_agency, resolve_agency
from normalize.agencies.registry import AGENCY_COLUMNS, Registry
from normalize.agencies.text import keyed
from normalize.agencies.weigh import score_of

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
BO_KAEO, CHAI_CHUMPHON, CHAI_MONGKHON = "6500802", "6530804", "5300114"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def code(match: AgencyMatch) -> str | None:
    return match.agency.code if match.agency else None


@pytest.mark.parametrize(
    "text",
    [
        "อบต.บ่อแก้ว อ.สะเมิง จ.เชียงใหม่",
        "จ.เชียงใหม่ อ.สะเมิง อบต.บ่อแก้ว",
        "องค์การบริหารส่วนตำบลบ่อแก้วอำเภอสะเมิงจังหวัดเชียงใหม่",
        "อ.บ.ต. บ่อแก้ว (สะเมิง)",
        "บ่อแก้ว (อบต.) อ.สะเมิง",
        "อบต.บ่อแก้ว สะเมิง เชียงใหม่",
        "องค์การบริหารส่วนตำบล (อบต.) บ่อแก้ว จว.เชียงใหม่",
        "องค์กรบริหารส่วนตำบลบ่อแก้ว ต.บ่อแก้ว อ.สะเมิง จ.ชม",
        "12. สำนักงาน อบต.บ่อแก้ว อ.สะเมิง 50250",
        "องค์การบริหารส่วนต าบลบ่อ แก้ว อ าเภอสะเม ิง",
        "องคการบรหารสวนตาบลบอแกว อาเภอสะเมง",
        "องค์การบริหารส่วนตำบน บ่อแก้ว อำเภดสะเมิง",
    ],
)
def test_all_written_forms_are_accepted(registry: Registry, text: str) -> None:
    match = match_agency(text, registry)
    assert (code(match), match.status) == (BO_KAEO, "accepted")
    assert match.raw == " ".join(text.split())
    assert match.method


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("องค์การบริหารส่วนตำบลชัยจุมพล", CHAI_CHUMPHON),
        ("ทต. ไชยมงคล จ.นครราชสีมา", CHAI_MONGKHON),
        ("เทศบาลไชยมงคล อ.เมือง", CHAI_MONGKHON),
        ("อบจ.ชัยภูมิ", "2360101"),
        ("เมืองพัทยา", "3200408"),
        ("กทม.", ""),
        ("เทศบาลเมืองแกลง จ.ระยอง", "5210306"),
        ("เทศบาลตำบลบางปะหัน จ.อยุธยา", "5140701"),
    ],
)
def test_other_types_and_short_places(registry: Registry, text: str, expected: str) -> None:
    match = match_agency(text, registry)
    assert (code(match), match.status) == (expected, "accepted")


def test_a_slip_in_the_name_needs_a_place(registry: Registry) -> None:
    sure = match_agency("เทศบาลตำบลไชยมังคผล อำเภอเมืองนครราชสีมา", registry)
    assert (code(sure), sure.status) == (CHAI_MONGKHON, "accepted")
    assert "fuzzy name (1 edit) 'ไชยมังคผล' for 'ไชยมงคล'" in sure.method
    assert sure.score < match_agency("เทศบาลตำบลไชยมงคล อ.เมืองนครราชสีมา", registry).score
    alone = match_agency("เทศบาลตำบลไชยมังคผล", registry)
    assert (code(alone), alone.status) == (CHAI_MONGKHON, "review")


@pytest.mark.parametrize(
    "text",
    ["อบต.บ่อแก้วอ.สะเมิงจ.เชียงใหม่", "อ.บ.ต.บ่อแก้วจ.เชียงใหม่", "ที่ทำการอบต.บ่อแก้วอ.สะเมิงจ.เชียงใหม่"],
)
def test_places_may_be_joined_to_the_name(registry: Registry, text: str) -> None:
    match = match_agency(text, registry)
    assert (code(match), match.status) == (BO_KAEO, "accepted")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("อบด.หมื่นไวย อ.เมือง จว.นครราชสีมา", "6300126"),
        ("บอต.บ่อแก้ว อ.สะเมิง จ.เชียงใหม่", BO_KAEO),
        ("เทศบวสตำบลไชยมงคล อ.เมืองนครราชสีมา", CHAI_MONGKHON),
        ("องค์การบริห่รส่วนตำบลบ่อแก้ว อ\ufffdเภอสะเมิง", BO_KAEO),
        ("บ่อแก้ว (องค์การบรหารสวนตำบล) ำเภอสะเมิง จังหัดเชียงใหม่", BO_KAEO),
        ("องค์การบริฟารส่วนตำบล (อบต.) บ่อแก้ว อ.สะเมิง", BO_KAEO),
        ("จังหวัดเชียงใหม่ อำเภอสะเมิง องค์การบริหารส่วนคตำบลบ่อแก้ว", BO_KAEO),
        ("สำนักงารน อบต.บ่อแก้ว อ.สะเมิง", BO_KAEO),
        ("อบต.บ่อแถ้ว ต.บ่อแก้ว อ.สะเมิง จ.เซียงใหม่", BO_KAEO),
        ("Name: อบต.บ่อแก้ว อ.สะเมิง จ.ชม (SAO) - submitted late", BO_KAEO),
        ("อบต.บ(cid:917)อแก(cid:918)ว อ.สะเมิง", BO_KAEO),
        ("อบต.เอเพลอ อำเภอกุมภวาปี จ.อุดรธานี", "6410415"),
        ("วัดยม (อบต.) อ.บางปะอิน จ.พระนครศรีอยุธยา", "6140617"),
        ("อบจ.ศรีศะเกษ", "2330101"),
    ],
)
def test_slips_anywhere_are_read(registry: Registry, text: str, expected: str) -> None:
    match = match_agency(text, registry)
    assert (code(match), match.status) == (expected, "accepted")


def test_a_slip_that_fits_two_names_stays_open(registry: Registry) -> None:
    match = match_agency("อบต.หนองดง อ.นาเชือก จ.มหาสารคาม", registry)
    assert match.status == "review"
    named = {agency.name for agency, _ in match.alternatives}
    assert named | {match.agency.name if match.agency else ""} >= {"หนองแดง", "หนองกุง"}


def test_score_is_a_share_and_falls_with_what_disagrees(registry: Registry) -> None:
    texts = (
        "อบต.บ่อแก้ว อ.สะเมิง จ.เชียงใหม่",
        "อบต.บ่อแถ้ว อ.สะเมิง จ.เชียงใหม่",
        "บ่อแก้ว อ.สะเมิง จ.เชียงใหม่",
        "อบต.บ่อแก้ว อ.สะเมิง จ.ตรัง",
    )
    found = [match_agency(text, registry) for text in texts]
    assert [match.agency for match in found] == [registry.by_code[BO_KAEO]] * 4
    assert [match.status for match in found] == ["accepted", "accepted", "review", "review"]
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert scores == [score_of(match.penalty) for match in found]
    assert "other province" in found[-1].method


def test_a_tie_stays_open_with_its_candidates(registry: Registry) -> None:
    match = match_agency("อบต.บ่อแก้ว", registry)
    assert (match.agency, match.status, match.score) == (None, "review", 0.25)
    assert len({agency.code for agency, _ in match.alternatives}) == 4
    assert "lead 0.00" in match.reason


def test_a_province_hint_settles_a_tie_and_yields_to_the_text(registry: Registry) -> None:
    for hint in ("เชียงใหม่", "จังหวัดเชียงใหม่", "จ.เชียงใหม่", "ชม"):
        assert code(match_agency("อบต.บ่อแก้ว", registry, hint)) == BO_KAEO
    said = match_agency("อบต.บ่อแก้ว จ.กาฬสินธุ์", registry, "เชียงใหม่")
    assert said.agency is not None
    assert said.agency.province == "กาฬสินธุ์"
    assert match_agency("อบต.บ่อแก้ว", registry, "ไม่ทราบ").status == "review"


def test_neighbours_one_edit_apart_are_told_apart(registry: Registry) -> None:
    by_place: dict[tuple[str, str, str], list[str]] = {}
    for agency in registry.agencies:
        by_place.setdefault((agency.type, agency.province, agency.district), []).append(agency.name)
    assert "ยางใหญ่" in by_place["อบต.", "อุบลราชธานี", "น้ำยืน"]
    for agency in random.Random(7).sample(registry.agencies, 300):  # noqa: S311
        if agency.district:
            text = f"{agency.full_name} อ.{agency.district} จ.{agency.province}"
            assert match_agency(text, registry).agency is agency


@pytest.mark.parametrize(
    "text",
    [
        "อบต.ชัยจุมพลเหนือ",
        "อบต.ชัยจุมพลเหนือ อ.ลับแล จ.อุตรดิตถ์",
        "อบต.ชัยจุมพล เหนือ อ.ลับแล",
        "อบต.ชัยจุมพล จ.เชียงใหม่",
        "เทศบาลตำบลชัยจุมพล อ.ลับแล",
        "บ่อแก้ว อ.สะเมิง",
        "กองช่าง อบต.ชัยจุมพล",
        "ทต.เวียง เชียงแสน เชียงราย",
        "เทศบาลตำบลไชยมงคลใต้ อ.เมืองนครราชสีมา",
        "ทม.จระเข้หิน อ.ครบุรี จ.นครราชสีมา",
        "องค์การบริหารส่วนตำบลทองดีไพร",
        "องค์การบริหารส่วนตำบลหนองน้ำใสน้อย",
        "องค์การบริหารส่วนตำบลห้วยยางใหญ่",
        "เทศบาลตำบลทับไทรใหญ่",
        "องค์การบริหารส่วนตำบลอรพิมพ์ .ครบุรี จ.นครราชสีมา",
        "ร.สต.ท่าพระ อ.เมืองขอนแก่น จ.ขอนแก่น",
        "อบต.บ้ากนอก",
        "องค์การบริหารส่วนตำบลท่าโพิ์",
        "พัทลุง-เมือพัทลุง-เทศบาลตำบลทุ่งสมมติ",
        "ท่าบ่อ",
    ],
)
def test_doubt_is_never_accepted(registry: Registry, text: str) -> None:
    assert match_agency(text, registry).status != "accepted"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "อบต.",
        "เทศบาล",
        "ประชาชนทั่วไป",
        "รับผิดชอบต่อหน้าที่",
        "จังหวัดเชียงใหม่",
        "โรงเรียนเทศบาล 1 หนองบัว",
        "ศูนย์พัฒนาเด็กเล็ก อบต.บ่อแก้ว อ.สะเมิง",
        "โรงพยาบาลส่งเสริมสุขภาพตำบลบ่อแก้ว",
        "สมาคมสันนิบาตเทศบาลแห่งประเทศไทย",
        "กรมส่งเสริมการปกครองท้องถิ่น",
        "องค์การบริหารส่วนตำบลทุ่งสมมติสุข อ.ลับแล จ.อุตรดิตถ์",
    ],
)
def test_no_agency_is_unmatched(registry: Registry, text: str) -> None:
    match = match_agency(text, registry)
    assert (match.agency, match.status, match.score) == (None, "unmatched", 0.0)


def test_later_class_and_fiscal_year(registry: Registry) -> None:
    text = "เทศบาลเมืองบ้านเป็ด จ.ขอนแก่น"
    match = match_agency(text, registry)
    assert (code(match), match.status) == ("5400103", "accepted")
    assert "since fiscal year 2569" in match.method
    assert match_agency(text, registry, None, 2570).status == "accepted"
    assert match_agency(text, registry, None, 2566).status == "review"


def test_merged_and_unproven_successors_go_to_review(registry: Registry) -> None:
    merged = match_agency("เทศบาลนครบุรีรัมย์", registry)
    assert merged.status == "review"
    assert {a.code for a, _ in merged.alternatives} == {"4310102", "5310103"}
    renamed = match_agency("เทศบาลตำบลจอมจันทร์ อ.แม่จัน จ.เชียงราย", registry)
    assert renamed.status == "review"
    assert len(renamed.alternatives) == 3


def test_key_places_every_character(registry: Registry) -> None:
    for text in ("อบต. ก าแพง (เพชร) ๒๕", "น้ำคำา  (cid:12)ก", "A-b\nค", ""):
        key = keyed(text)
        assert key.key == skeleton(text)
        assert len(key.begin) == len(key.end) == len(key.gap) - 1 == len(key.key)
        for index, character in enumerate(key.key):
            assert character in skeleton(key.text[key.begin[index] : key.end[index]])


# Whole reports


def report(*lines: str, name: str = "r.txt", cells: tuple[str, ...] = ()) -> Document:
    blocks: list[Paragraph | Table] = [
        Paragraph(line, line, Place(line=n)) for n, line in enumerate(lines, start=1)
    ]
    if cells:
        made = [Cell(1, n, (Part(c, c, Place()),)) for n, c in enumerate(cells, start=1)]
        columns = tuple(Column("", "") for _ in cells)
        blocks.append(Table("t1", 1, 0, columns, tuple(made)))
    return Document("0" * 16, name, "text/plain", None, "text", tuple(blocks))


def codes(resolved: ResolvedAgency) -> list[str]:
    return [code for _, code, _ in resolved.issues]


FILLER = ("ข้อความทั่วไป",) * 14


def test_title_without_spaces_around_the_name(registry: Registry) -> None:
    found = resolve_agency(report("แผนขององค์การบริหารส่วนตำบลชัยจุมพลได้แก่ดังนี้"), registry)
    assert (code(found.match), found.match.status) == (CHAI_CHUMPHON, "accepted")
    assert found.agency_raw == "องค์การบริหารส่วนตำบลชัยจุมพล"
    assert found.issues == ()


def test_name_and_place_broken_over_lines(registry: Registry) -> None:
    lines = ("แผนขององค์การบริหารส่วนตำบล", "บ่อแก้ว", "อำเภอสะเมิง จังหวัดเชียงใหม่")
    assert code(resolve_agency(report(*lines), registry).match) == BO_KAEO


def test_copied_text_names_another_agency(registry: Registry) -> None:
    body = ["องค์การบริหารส่วนตำบลบ้านเป้าจัดอบรม"] * 30
    found = resolve_agency(report("แผน อบต.ชัยจุมพล", *FILLER, *body), registry)
    assert (code(found.match), found.match.status) == (CHAI_CHUMPHON, "accepted")
    assert codes(found) == ["other_agency_named"]
    assert "30 times" in found.issues[0].message


def test_two_titles_go_to_review(registry: Registry) -> None:
    found = resolve_agency(report("แผน อบต.ชัยจุมพล", "เทศบาลตำบลไชยมงคล"), registry)
    assert found.match.status == "review"
    assert codes(found) == ["agency_ambiguous", "other_agency_named"]


def test_type_of_another_kind_without_a_name(registry: Registry) -> None:
    found = resolve_agency(
        report("แผน อบต.ชัยจุมพล", cells=("เว็บไซต์เทศบาล", "งานของเทศบาล")), registry
    )
    assert found.match.status == "accepted"
    assert codes(found) == ["other_agency_type_named"]
    assert "2 times" in found.issues[0].message


@pytest.mark.parametrize("spelt", ["ไชยมังคผล", "ไชยมังคล"])
@pytest.mark.parametrize("also_right", [True, False])
def test_misspelt_letterhead(registry: Registry, spelt: str, also_right: bool) -> None:
    right = ("ประกาศของ เทศบาลตำบลไชยมงคล",) if also_right else ()
    lines = (f"ชื่อหน่วยงาน เทศบาลตำบล{spelt}", "อำเภอเมืองนครราชสีมา จังหวัดนครราชสีมา", *right)
    found = resolve_agency(report(*lines), registry)
    assert (code(found.match), found.match.status) == (CHAI_MONGKHON, "accepted")
    assert codes(found) == ["agency_name_variant"]
    assert spelt in found.issues[0].message


def test_agency_not_in_registry_and_how_to_add_it(registry: Registry, tmp_path: Path) -> None:
    lines = ("แผนงาน", "องค์การบริหารส่วนตำบลชัยจุมพลเหนือ อำเภอลับแล จังหวัดอุตรดิตถ์")
    found = resolve_agency(report(*lines), registry)
    assert (found.match.agency, found.match.status) == (None, "unmatched")
    assert found.agency_raw == "องค์การบริหารส่วนตำบลชัยจุมพลเหนือ"
    assert codes(found) == ["agency_not_in_registry"]
    assert "agencies.csv" in found.issues[0].message
    path = tmp_path / "agencies.csv"
    row = "X1,อบต.,ชัยจุมพลเหนือ,ลับแล,อุตรดิตถ์"
    path.write_text(f"{','.join(AGENCY_COLUMNS)}\n{row}\n", encoding="utf-8")
    extended = resolve_agency(report(*lines), Registry.load(path))
    assert (code(extended.match), extended.match.status) == ("X1", "accepted")


def test_agency_of_a_file_may_have_an_english_name(tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    row = "X1,อบต.,ทุ่งสมมติ ABC,ลับแล,อุตรดิตถ์"
    path.write_text(f"{','.join(AGENCY_COLUMNS)}\n{row}\n", encoding="utf-8")
    assert code(match_agency("อบต.ทุ่งสมมติ ABC อ.ลับแล", Registry.load(path))) == "X1"


def test_ambiguous_name_and_where_its_place_may_stand(registry: Registry) -> None:
    lines = ("แผนงาน", "องค์การบริหารส่วนตำบลบ่อแก้ว")
    found = resolve_agency(report(*lines), registry)
    assert (found.match.agency, found.match.status) == (None, "review")
    assert codes(found) == ["agency_ambiguous"]
    assert len(found.match.alternatives) == 4
    body = resolve_agency(report(*lines, *FILLER, "ชาวอำเภอสะเมิงร่วมงาน"), registry)
    assert code(body.match) == BO_KAEO
    assert "place from the body" in body.match.reason
    path = resolve_agency(report(*lines, name="เชียงใหม่/2566/r.txt"), registry)
    assert code(path.match) == BO_KAEO
    assert "path" in path.match.reason


def test_receiver_of_a_letter_is_not_its_sender(registry: Registry) -> None:
    sender = ("ที่ทำการองค์การบริหารส่วนตำบลชัยจุมพล", "เรื่อง ส่งรายงาน")
    letter = report(*sender, "เรียน นายกองค์การบริหารส่วนจังหวัดอุตรดิตถ์")
    found = resolve_agency(letter, registry)
    assert (code(found.match), found.match.status) == (CHAI_CHUMPHON, "accepted")
    assert codes(found) == ["other_agency_named"]
    alone = report("ที่ว่าการอำเภอลับแล", "เรียน นายกองค์การบริหารส่วนตำบลชัยจุมพล", *FILLER)
    found = resolve_agency(alone, registry)
    assert (code(found.match), found.match.status) == (CHAI_CHUMPHON, "review")
    assert "receiver" in found.match.reason


def test_owner_of_a_school_is_not_its_author(registry: Registry) -> None:
    lines = ("โรงเรียนเทศบาล 1 ไชยมงคล", "สังกัดเทศบาลตำบลไชยมงคล")
    found = resolve_agency(report(*lines), registry)
    assert (code(found.match), found.match.status) == (CHAI_MONGKHON, "review")


def test_place_of_another_agency_beside_the_name(registry: Registry) -> None:
    lines = ("แผน องค์การบริหารส่วนตำบลชัยจุมพล", "อำเภอสะเมิง จังหวัดเชียงใหม่")
    found = resolve_agency(report(*lines), registry)
    assert (code(found.match), found.match.status) == (CHAI_CHUMPHON, "review")
    assert codes(found) == ["agency_ambiguous"]
    assert "another" in found.match.reason


def test_type_with_a_slip_in_the_title(registry: Registry) -> None:
    lines = ("รายงาน องค์การบริหารส่งนตำบลชัยจุมพล", "อำเภอลับแล จังหวัดอุตรดิตถ์")
    found = resolve_agency(report(*lines), registry)
    assert (code(found.match), found.match.status) == (CHAI_CHUMPHON, "review")
    assert codes(found) == ["agency_ambiguous"]


def test_nothing_named_or_only_by_the_file(registry: Registry) -> None:
    school = report("แผนงานของโรงเรียนเทศบาลตำบลไชยมงคล", "ผู้รับผิดชอบต่องาน")
    assert codes(resolve_agency(school, registry)) == ["agency_not_found"]
    by_name = resolve_agency(report("แผนงาน", name="อบต.ชัยจุมพล.txt"), registry)
    assert (code(by_name.match), by_name.match.status) == (CHAI_CHUMPHON, "review")
    pattaya = resolve_agency(report("เมืองพัทยา", "แผนงาน"), registry)
    assert (code(pattaya.match), pattaya.match.status) == ("3200408", "review")


@pytest.mark.parametrize(
    ("name", "expected", "issues"),
    [
        ("ban-pao-sao-2568", "6360404", []),
        ("bo-kaeo-sao-2566", BO_KAEO, ["other_agency_type_named"]),
        ("chai-chumphon-sao-2565", CHAI_CHUMPHON, []),
        ("chai-mongkhon-sm-2566", CHAI_MONGKHON, ["agency_name_variant"]),
        ("chaiyaphum-pao-2564", "2360101", []),
    ],
)
def test_real_reports(registry: Registry, name: str, expected: str, issues: list[str]) -> None:
    path = REPORTS / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    found = resolve_agency(read_report(path), registry)
    assert (code(found.match), found.match.status) == (expected, "accepted")
    assert codes(found) == issues
