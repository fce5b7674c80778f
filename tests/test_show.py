"""`prongsai show`: a value is found, its cells are told, and the picture marks them."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from datasets import make_dataset
from PIL import Image, ImageChops

from extract import picture as pictures
from extract.document import Box
from extract.picture import MAX_PIXELS, Mark, PictureError, page_picture
from prongsai.cli import main
from prongsai.errors import ExitCode

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
CHECKLIST = """\
รายงานผลการเปิดเผยข้อมูลสาธารณะ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ (ข้อมูลสมมติ)
องค์การบริหารส่วนตำบลบ่อแก้ว อำเภอสะเมิง จังหวัดเชียงใหม่
ข้อ\tข้อมูล\tผลการตรวจสอบ
๐๑\tโครงสร้าง\tครบถ้วน
๐๒\tข้อมูลผู้บริหาร\tตามคำสั่งที่ ๑
๐๓\tอำนาจหน้าที่\t
"""
PDFS = ("tha-chamlong-sm-2566.pdf", "than-tua-yang-tm-2566.pdf")
Show = Callable[..., tuple[int, str, str]]


def dataset(folder: Path, *paths: Path) -> Path:
    """Make a dataset as `prongsai run` does."""
    out = folder / "out"
    make_dataset(paths, out)
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports in raw/ and their dataset in out/; no test writes to it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "raw").mkdir()
    (folder / "raw" / "report.txt").write_text(CHECKLIST, "utf-8")
    for name in (*PDFS, "agencies.csv"):
        shutil.copy(RAW / name, folder / "raw" / name)
    dataset(folder, folder / "raw")
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A copy of it, at another place, that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "project"))


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    def run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["prongsai", "show", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(end.value.code or 0), said.out, said.err

    return run


def rows(project: Path, table: str, **wanted: str) -> list[dict[str, str]]:
    with (project / "out" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [r for r in csv.DictReader(file) if wanted.items() <= r.items()]


def observation(project: Path, table: str, **wanted: str) -> str:
    return rows(project, table, **wanted)[0]["observation_id"]


def text_item(project: Path, item_no: str) -> str:
    return observation(project, "items", item_no=item_no, page="")


def seen(box: dict[str, float], picture: Image.Image) -> bool:
    """Say whether the middle of a box is marked strongly."""
    scale = pictures.DOTS_PER_INCH / pictures.POINTS_PER_INCH
    left, top = round(box["x0"] * scale), round(box["top"] * scale)
    right, bottom = round(box["x1"] * scale), round(box["bottom"] * scale)
    _, _, blue = picture.crop((left + 4, top + 4, right - 4, bottom - 4)).getextrema()
    # Nothing in the box is as blue as white paper is, or the pale yellow of the rest of the row.
    return blue == (blue[0], pictures._YELLOW[2])


def test_a_value_of_a_pdf_is_told_and_drawn(project: Path, show: Show) -> None:
    score = observation(project, "scores", metric="indicator:6")
    code, out, err = show(project / "out", score)
    assert (code, err) == (ExitCode.DONE, "")
    for told in (
        "agency_name     ธารตัวอย่าง",
        "fiscal_year_be  2565",
        "value           90.08",
        "raw             คุณภาพการดำเนินงาน ๙๐.๐๘",
        "than-tua-yang-tm-2566.pdf\n  page 1 of 2, table t1, row 7\n",
        "  column 2  ตัวชี้วัด\n    คุณภาพการดำเนินงาน\n",
        "* column 4  คะแนน\n    ๙๐.๐๘\n    page 1: left 456.",
        f"picture: {project}/out/show/{score}.png",
    ):
        assert told in out
    assert out.count("\n* ") == 1
    assert [path.name for path in (project / "out" / "show").iterdir()] == [f"{score}.png"]


def test_json_has_the_same_for_programs(project: Path, show: Show) -> None:
    score = observation(project, "scores", metric="indicator:6")
    code, out, _ = show(project / "out", score, "--json")
    told = json.loads(out)
    assert code == ExitCode.DONE
    assert (told["record"]["value"], told["record"]["fiscal_year_be"]) == (90.08, 2565)
    assert told["record"]["discrepancy"] is None
    assert (told["table"], told["pages"]) == ("scores", [1])
    (value,) = [cell for cell in told["cells"] if cell["is_value"]]
    assert (value["column"], value["header"], value["text"]) == (4, "คะแนน", "๙๐.๐๘")
    (path,) = told["pictures"]
    assert seen(value["parts"][0]["place"]["box"], Image.open(path))
    name = next(cell for cell in told["cells"] if cell["column"] == 2)
    assert not seen(name["parts"][0]["place"]["box"], Image.open(path))


def test_a_row_over_two_pages_has_two_pictures(project: Path, tmp_path: Path, show: Show) -> None:
    measure = observation(project, "measures", measure_no="2")
    code, out, _ = show(project / "out", measure, "--picture", tmp_path / "row.png")
    assert code == ExitCode.DONE
    assert "pages 1, 2 of 3, table t1, row 4" in out
    assert f"picture: {tmp_path}/row-p1.png\npicture: {tmp_path}/row-p2.png\n" in out
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["row-p1.png", "row-p2.png"]
    steps = out.partition("measure_steps.csv")[2].partition("\n\n")[0].splitlines()[1:]
    assert [step[-8:] for step in steps] == ["(page 1)", "(page 1)", "(page 2)", "(page 2)"]
    assert "* column 2  มาตรการหรือกิจกรรมที่ดำเนินการ" in out


def test_a_score_in_a_sentence_is_marked_there(project: Path, show: Show) -> None:
    score = observation(project, "scores", metric="overall")
    _, out, _ = show(project / "out", score, "--json")
    told = json.loads(out)
    (paragraph,) = told["cells"]
    assert (paragraph["column"], paragraph["is_value"]) == (None, True)
    assert "คะแนนรวม ๘๖.๐๘" in paragraph["text"]
    assert seen(paragraph["parts"][0]["place"]["box"], Image.open(told["pictures"][0]))


def test_a_value_of_a_text_is_told_with_its_line(project: Path, show: Show) -> None:
    code, out, err = show(project / "out", text_item(project, "1"))
    assert code == ExitCode.DONE
    assert "report.txt\n  line 4, table t1, row 2\n" in out
    assert "* column 3  ผลการตรวจสอบ\n    ครบถ้วน\n" in out
    assert "line 4: ๐๑\tโครงสร้าง\tครบถ้วน\n" in out
    assert err == "the report is neither PDF nor a scan, so there is no picture of a page\n"
    assert not (project / "out" / "show").exists()


def test_what_is_not_reported_stands_in_a_blank_cell(project: Path, show: Show) -> None:
    _, out, _ = show(project / "out", text_item(project, "3"))
    assert "status             not_reported" in out
    assert "* column 3  ผลการตรวจสอบ\n    (blank)\n" in out


def test_a_doubt_is_told_with_the_agency(project: Path, show: Show) -> None:
    (doubt,) = rows(project, "review", kind="status")
    code, out, _ = show(project / "out", doubt["review_id"])
    assert code == ExitCode.DONE
    assert f"review.csv  review_id {doubt['review_id']}\n" in out
    assert "agency_name     บ่อแก้ว" in out
    assert "* column 3  ผลการตรวจสอบ\n    ตามคำสั่งที่ ๑\n" in out


def test_an_agency_that_is_not_recognised_is_told_in_its_words(tmp_path: Path, show: Show) -> None:
    (tmp_path / "raw").mkdir()
    unknown = CHECKLIST.replace("บ่อแก้ว", "แก้วสมมติ")
    (tmp_path / "raw" / "report.txt").write_text(unknown, "utf-8")
    out = dataset(tmp_path, tmp_path / "raw")
    assert "agency_raw         องค์การบริหารส่วนตำบลแก้วสมมติ" in show(out, text_item(tmp_path, "1"))[1]


def test_the_beginning_of_an_id_is_enough(project: Path, show: Show) -> None:
    wanted = text_item(project, "1")
    assert show(project / "out", wanted[:12].upper())[1] == show(project / "out", wanted)[1]


def test_an_id_that_is_none_says_what_to_do(project: Path, show: Show) -> None:
    out = project / "out"
    wanted = text_item(project, "1")
    wrong = wanted[:5] + ("0" if wanted[5] != "0" else "1") + wanted[6:]
    code, said, err = show(out, wrong)
    assert (code, said) == (ExitCode.USAGE, "")
    assert f"no value has the id {wrong}; like it: {wanted}" in err
    assert "observation_id of items.csv" in err
    assert "like it" not in show(out, "nothing")[2]
    code, _, err = show(out, rows(project, "documents")[0]["document_id"])
    assert code == ExitCode.USAGE
    assert "is the id of a report" in err
    ids = [row["observation_id"] for row in rows(project, "scores")]
    first = next(one[0] for one in ids if sum(other[0] == one[0] for other in ids) > 1)
    code, _, err = show(out, first)
    assert code == ExitCode.USAGE
    assert f"ids begin with {first}: " in err
    assert "Give more of the id" in err
    assert show(out, " ")[0] == ExitCode.USAGE


def test_reports_and_dataset_that_moved_together_are_found(project: Path, show: Show) -> None:
    shutil.move(project, project.with_name("elsewhere"))
    moved = project.with_name("elsewhere")
    assert show(moved / "out", observation(moved, "scores", metric="overall"))[0] == ExitCode.DONE


def test_a_report_that_is_gone_is_told_and_the_rest_as_well(
    project: Path, tmp_path: Path, show: Show
) -> None:
    score = observation(project, "scores", metric="indicator:6")
    shutil.move(project / "raw", tmp_path / "archive")
    code, out, err = show(project / "out", score)
    assert code == ExitCode.NO_INPUT
    assert "* column 4  คะแนน\n    ๙๐.๐๘\n" in out
    assert "picture" not in out
    assert f"prongsai show {project}/out {score} --raw FOLDER_OR_FILE" in err
    assert show(project / "out", score, "--raw", tmp_path / "archive")[0] == ExitCode.DONE
    renamed = (tmp_path / "archive" / PDFS[1]).rename(tmp_path / "archive" / "old.pdf")
    assert show(project / "out", score, "--raw", tmp_path / "archive")[0] == ExitCode.NO_INPUT
    assert show(project / "out", score, "--raw", renamed)[0] == ExitCode.DONE


def test_a_report_that_changed_is_not_drawn(project: Path, show: Show) -> None:
    score = observation(project, "scores", metric="indicator:6")
    with (project / "raw" / PDFS[1]).open("ab") as file:
        file.write(b"\n% changed")
    code, out, err = show(project / "out", score)
    assert code == ExitCode.NO_INPUT
    assert "picture" not in out
    assert f"{PDFS[1]} is not the report that was read" in err
    assert "prongsai run" in err


def test_a_dataset_that_does_not_know_its_reports_takes_raw(project: Path, show: Show) -> None:
    (project / "out" / "documents" / "raw.json").unlink()
    wanted = text_item(project, "1")
    code, _, err = show(project / "out", wanted)
    assert code == ExitCode.NO_INPUT
    assert "--raw" in err
    assert show(project / "out", wanted, "--raw", project / "raw")[0] == ExitCode.DONE


def test_reports_of_the_same_name_are_told_apart(tmp_path: Path, show: Show) -> None:
    for name, year in (("a", "๒๕๖๖"), ("b", "๒๕๖๕")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.txt").write_text(CHECKLIST.replace("๒๕๖๖", year), "utf-8")
    out = dataset(tmp_path, tmp_path / "a", tmp_path / "b")
    for year in ("2565", "2566"):
        for row in rows(tmp_path, "items", fiscal_year_be=year):
            assert show(out, row["observation_id"])[0] == ExitCode.DONE


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["{raw}", "{id}"], ExitCode.NO_INPUT, "prongsai extract"),
        (["{out}", "{id}", "--picture", "{raw}/a.jpg"], ExitCode.USAGE, "ends in .png"),
        (["{out}", "{id}", "--picture", "{raw}/report.txt/a.png"], ExitCode.USAGE, "--picture"),
        (["{out}"], ExitCode.USAGE, "observation_id"),
    ],
)
def test_each_error_says_what_to_do(
    project: Path, show: Show, args: list[str], code: ExitCode, says: str
) -> None:
    score = observation(project, "scores", metric="overall")
    places = {"raw": project / "raw", "out": project / "out", "id": score}
    found, _, err = show(*(arg.format(**places) for arg in args))
    assert found == code
    assert says in err


def test_a_table_that_is_not_there_or_was_edited_is_told(project: Path, show: Show) -> None:
    items = project / "out" / "items.csv"
    shutil.copy(items, project.parent / "items.csv")
    items.write_text("observation_id,status\n1,2\n", "utf-8")
    code, _, err = show(project / "out", "1234")
    assert code == ExitCode.NO_INPUT
    assert f"prongsai normalize {project}/out" in err
    pages = project / "out" / "measures.csv"
    measure = observation(project, "measures", measure_no="2")
    pages.write_text(pages.read_text("utf-8").replace(",1,t1,", ",1.0,t1,"), "utf-8")
    shutil.copy(project.parent / "items.csv", items)
    assert show(project / "out", measure)[0] == ExitCode.NO_INPUT
    items.unlink()
    code, _, err = show(project / "out", "1234")
    assert code == ExitCode.NO_INPUT
    assert f"Run first: prongsai normalize {project}/out" in err


def test_a_report_commands_no_terminal(tmp_path: Path, show: Show) -> None:
    (tmp_path / "raw").mkdir()
    danger = CHECKLIST.replace("โครงสร้าง\t", "โครงสร้าง\x1b[2J\t")
    (tmp_path / "raw" / "report.txt").write_text(danger, "utf-8")
    out = dataset(tmp_path, tmp_path / "raw")
    assert "\x1b" not in show(out, text_item(tmp_path, "1"))[1]


# The picture itself: a page with one word, 300 points from the left and 500 from the bottom.

WORD = b"BT /F 20 Tf 300 500 Td (Word) Tj ET"
WORD_BOX = (298.0, 494.0, 352.0, 518.0)  # left, bottom, right, top, on the sheet


def page(width: int, height: int, rotation: int = 0, crop: tuple[int, ...] = ()) -> bytes:
    """Make a PDF of one page with the word, turned clockwise and cropped."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R" % (width, height)
        + b"/Resources<</Font<</F %s>>>>>>" % font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(WORD), WORD),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(parts, start=1))
    with pypdfium2.PdfDocument(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>") as document:
        view = document[0]
        view.set_rotation(rotation)
        if crop:
            view.set_cropbox(*crop)
        made = BytesIO()
        document.save(made)
    return made.getvalue()


def as_seen(rotation: int, crop: tuple[int, ...]) -> Box:
    """Turn the box of the word on the sheet into points from the top left as a person sees it."""
    left, bottom, right, top = crop
    x0, y0, x1, y1 = WORD_BOX
    sides = {"left": x0 - left, "right": right - x1, "top": top - y1, "bottom": y0 - bottom}
    wide, high = x1 - x0, y1 - y0
    if rotation == 90:
        return Box(sides["bottom"], sides["left"], sides["bottom"] + high, sides["left"] + wide)
    if rotation == 180:
        return Box(sides["right"], sides["bottom"], sides["right"] + wide, sides["bottom"] + high)
    if rotation == 270:
        return Box(sides["top"], sides["right"], sides["top"] + high, sides["right"] + wide)
    return Box(sides["left"], sides["top"], sides["left"] + wide, sides["top"] + high)


@pytest.mark.parametrize("crop", [(), (40, 60, 560, 800)], ids=["whole", "cropped"])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_mark_lies_on_the_text(rotation: int, crop: tuple[int, ...]) -> None:
    data = page(600, 850, rotation, crop)
    box = as_seen(rotation, crop or (0, 0, 600, 850))
    plain = page_picture(data, 1, [])
    ink = plain.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert ink is not None
    scale = pictures.DOTS_PER_INCH / pictures.POINTS_PER_INCH
    marked_box = [round(edge * scale) for edge in (box.x0, box.top, box.x1, box.bottom)]
    assert marked_box[0] <= ink[0] < ink[2] <= marked_box[2]
    assert marked_box[1] <= ink[1] < ink[3] <= marked_box[3]
    marked = page_picture(data, 1, [Mark(box, True)])
    changed = ImageChops.difference(plain, marked).getbbox()
    assert changed is not None
    assert all(abs(a - b) <= 4 for a, b in zip(changed, marked_box, strict=True))
    assert marked.crop(ink).convert("L").getextrema()[0] < 20, "the text stays dark"
    assert marked.getpixel((marked_box[0] + 3, marked_box[1] + 3)) == pictures._YELLOW


def test_a_row_is_marked_lightly_below_its_cell() -> None:
    row, cell = Box(100, 300, 500, 400), Box(300, 300, 400, 400)
    picture = page_picture(page(600, 850), 1, [Mark(cell, True), Mark(row, False)])
    scale = pictures.DOTS_PER_INCH / pictures.POINTS_PER_INCH
    beside = picture.getpixel((round(150 * scale), round(390 * scale)))
    inside = picture.getpixel((round(310 * scale), round(390 * scale)))
    assert isinstance(beside, tuple)
    assert isinstance(inside, tuple)
    assert beside == pictures._PALE
    assert inside[2] < beside[2] < 255
    assert picture.getpixel((round(300 * scale), round(350 * scale))) == pictures._RED


def test_a_page_as_large_as_a_wall_is_drawn_smaller() -> None:
    box = Box(7000, 7000, 14000, 14000)
    picture = page_picture(page(14400, 14400), 1, [Mark(box, True)])
    assert picture.width * picture.height <= MAX_PIXELS * 1.01
    assert picture.getpixel((picture.width * 3 // 4, picture.height * 3 // 4)) == pictures._YELLOW
    assert picture.getpixel((picture.width // 4, picture.height * 3 // 4)) == (255, 255, 255)


def test_a_box_off_the_page_does_no_harm() -> None:
    plain = page_picture(page(200, 200), 1, [])
    marks = [Mark(Box(-50, -50, -10, -10), True), Mark(Box(900, 900, 950, 800), False)]
    assert page_picture(page(200, 200), 1, marks).size == plain.size


@pytest.mark.parametrize(("data", "number"), [(b"%PDF-1.4\n", 1), (page(200, 200), 2)])
def test_a_page_that_cannot_be_drawn_says_so(data: bytes, number: int) -> None:
    with pytest.raises(PictureError, match=f"page {number} cannot be drawn"):
        page_picture(data, number, [])
