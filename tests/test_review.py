"""The review that remembers: the queue out, a person's decisions in, on every run, and back."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from datasets import apply, make_dataset, normalize, undo
from openpyxl import Workbook, load_workbook
from test_cli import prongsai
from test_review_kinds import REPORT

from normalize.catalogue import catalogue
from normalize.decisions import COLUMNS, label
from prongsai.discover import CORRECTIONS
from prongsai.errors import ExitCode, NoInputError, UsageError
from prongsai.pipeline import analyze_tables
from prongsai.review_export import export_review

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("nong-krachok-sai-sao-2565.txt", "sommot-buri-pao-2564.txt", "agencies.csv")
Rows = list[dict[str, str]]


class Project:
    """A folder of reports and its dataset."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.out = folder / "raw", folder / "out"
        self.raw.mkdir()
        self.corrections = self.raw / CORRECTIONS

    def run(self) -> None:
        make_dataset([self.raw], self.out)
        analyze_tables(self.out)

    def rows(self, table: str) -> Rows:
        return read(self.out / f"{table}.csv")

    def fill(self, answers: Mapping[str, str], note: str = "") -> Path:
        """Answer the doubts whose words contain a key, in a CSV."""
        rows = self.rows("review")
        for row in rows:
            row["decision"] = next((a for k, a in answers.items() if k in row["raw"]), "")
            row["note"] = note if row["decision"] else ""
        return write(self.out.parent / "filled.csv", rows)

    def apply(self, answers: Mapping[str, str], note: str = "") -> None:
        apply(self.out, self.fill(answers, note), "ผู้ตรวจสมมติ")

    def written(self) -> dict[str, bytes]:
        files = (path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in files}


def read(path: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def write(path: Path, rows: Rows, encoding: str = "utf-8", **manner: str) -> Path:
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, list(rows[0]), **manner)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(made.getvalue().encode(encoding))
    return path


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbook and pictures are tested where they are made; at every run here they take minutes."""
    monkeypatch.setattr("prongsai.pipeline.present.present", lambda *_: None)


@pytest.fixture
def samples(tmp_path: Path) -> Project:
    """Two sample reports: three statuses and a score in doubt."""
    project = Project(tmp_path)
    for name in SAMPLES:
        shutil.copy(ROOT / "data" / "raw" / name, project.raw)
    project.run()
    return project


@pytest.fixture
def small(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    (project.raw / "report.txt").write_text(REPORT, "utf-8")
    project.run()
    return project


def test_a_workbook_goes_round(samples: Project) -> None:
    path, count = export_review(samples.out, None)
    assert (path.name, count) == ("review.xlsx", 4)
    book = load_workbook(path)
    sheet, _, lists = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    decision = heads.index("ผลการวินิจฉัย") + 1
    (rule,) = [r for r in sheet.data_validations.dataValidation if "D2" in str(r.sqref)]
    row = int(rule.formula1.split("$")[2].rstrip(":"))
    choice = [cell.value for cell in lists[row] if cell.value]
    assert choice[0] == "ครบถ้วน (complete)"
    assert choice[-2:] == [label(m) for m in catalogue().enum("review_decision")[2:]]
    for number, answer in enumerate(choice[1:2] + choice[-2:], start=2):
        sheet.cell(number, decision).value = answer
    sheet.cell(5, decision).value = 75.4  # typed: a number to the spreadsheet
    book.save(path)
    applied = apply(samples.out, path, "ผู้ตรวจสมมติ")
    assert (applied.changed, applied.unchanged) == (4, 0)
    samples.run()
    items = {row["item_no"]: row for row in samples.rows("items") if "☑" in row["status_raw"]}
    assert [items[n]["status"] for n in ("15", "21", "31")] == ["partial", "unclear", "unclear"]
    (open_,) = samples.rows("review")
    assert (open_["decision"], "๐๒๑" not in open_["raw"]) == ("unsure", True)
    told = [(d["kind"], d["decision"], d["decided_value"]) for d in samples.rows("decisions")]
    assert told == [
        ("status", "other", "partial"),
        ("status", "none", ""),
        ("score", "accept", "75.4"),
    ]
    assert {d["decided_by"] for d in samples.rows("decisions")} == {"ผู้ตรวจสมมติ"}
    assert {d["decided_at"] for d in samples.rows("decisions")} == {date.today().isoformat()}
    again = apply(samples.out, path, "ผู้อื่น")
    assert (again.changed, again.unchanged) == (0, 4), "the same answers change nothing"


def test_every_run_applies_them_and_gives_the_same_bytes(samples: Project) -> None:
    samples.apply({"๐๑๕": "ครบถ้วน", "คะแนนรวม": "accept"})
    applied = samples.written()
    samples.run()
    assert samples.written() == applied, "apply leaves what a run writes"
    shutil.rmtree(samples.out)
    samples.run()
    assert samples.written() == applied
    normalize(samples.out)
    assert len(samples.rows("decisions")) == 2


def test_a_decision_is_a_line_that_reads_well_in_a_diff(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete"}, note="ดูหน้า 3\nแล้ว")
    first = small.corrections.read_bytes()
    assert b"\r" not in first
    header, line = first.decode("utf-8").splitlines()
    assert header == ",".join(COLUMNS)
    assert ",other,complete,ดูหน้า 3 แล้ว,ผู้ตรวจสมมติ," in line
    small.apply({"ผู้บริหาร": "none"})
    lines = small.corrections.read_text("utf-8").splitlines()
    assert len(lines) == 3
    assert line in lines


def test_an_undone_decision_is_asked_again(small: Project) -> None:
    before = small.written()
    small.apply({"โครงสร้าง": "complete", "ผู้บริหาร": "unsure"})
    (decision,) = small.rows("decisions")
    undo(small.out, [decision["review_id"][:6]])
    assert [row["decision"] for row in small.rows("review")] == ["", "unsure"]
    undo(small.out, [row["review_id"] for row in read(small.corrections)])
    assert small.written() == before
    with pytest.raises(UsageError, match="no decision has the review_id"):
        undo(small.out, [decision["review_id"]])


def test_changed_words_are_asked_again(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete"})
    report = small.raw / "report.txt"
    report.write_text(REPORT.replace("ตามคำสั่งที่ ๑", "ตามคำสั่งที่ ๒"), "utf-8")
    small.run()
    assert small.rows("items")[0]["status"] == "unclear"
    assert len(small.rows("review")) == 2
    (issue,) = [i for i in small.rows("issues") if i["code"] == "decision_not_applied"]
    assert issue["severity"] == "info"
    assert "ตามคำสั่งที่ ๑" in issue["message"]
    report.write_text(REPORT.replace("ครบถ้วน", "ไม่พบข้อมูล"), "utf-8")
    small.run()
    assert small.rows("items")[0]["status"] == "complete", "other words changed"


def test_a_renamed_report_keeps_its_decisions(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete", "ผู้บริหาร": "unsure"})
    (small.raw / "report.txt").rename(small.raw / "อื่น.txt")
    small.run()
    assert small.rows("items")[0]["status"] == "complete"
    (decision,) = small.rows("decisions")
    assert decision["source_file"] == "อื่น.txt"
    small.apply({"ผู้บริหาร": "missing"})
    assert len(read(small.corrections)) == 2, "the unsure one under the old name is replaced"
    assert small.rows("review") == []
    (small.raw / "report.txt").write_text(REPORT.replace("๐๓", "๐๔"), "utf-8")
    small.run()
    assert len(small.rows("documents")) == 2, "another report takes the old name"


def test_a_report_that_is_gone_is_told(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete"})
    (small.raw / "report.txt").unlink()
    (small.raw / "other.txt").write_text(REPORT.replace("บ่อแก้ว", "สะเมิงใต้"), "utf-8")
    done = prongsai("run", small.raw, "--out", small.out)
    assert "decided before, but not here now: report.txt" in done.stderr
    assert done.returncode == 0
    assert len(read(small.corrections)) == 1


def test_strict_fails_while_anything_waits(small: Project) -> None:
    def code(*args: object) -> int:
        return prongsai(*args, "--strict").returncode

    small.apply({"โครงสร้าง": "complete", "ผู้บริหาร": "unsure"})
    assert code("run", small.raw, "--out", small.out) == ExitCode.REVIEW_PENDING
    small.apply({"ผู้บริหาร": "none"})
    assert code("run", small.raw, "--out", small.out) == ExitCode.DONE
    assert code("normalize", small.out) == ExitCode.DONE


def test_decisions_go_to_the_folder_of_their_report(tmp_path: Path) -> None:
    project = Project(tmp_path)
    folders = [project.raw / name for name in ("a", "b")]
    for number, folder in enumerate(folders):
        folder.mkdir()
        report = REPORT.replace("๒๕๖๖", f"๒๕๖{number + 5}")
        (folder / "report.txt").write_text(report, "utf-8")
    make_dataset(folders, project.out)
    project.apply({"โครงสร้าง": "complete"})
    assert [row["source_file"] for row in read(folders[0] / CORRECTIONS)] == ["report.txt"]
    assert [row["source_file"] for row in read(folders[1] / CORRECTIONS)] == ["b/report.txt"]
    make_dataset(folders[1:], project.out)
    assert [row["status"] for row in project.rows("items")][:1] == ["complete"]


def test_a_report_that_is_named_itself_has_its_decisions(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete"})
    make_dataset([small.raw / "report.txt"], small.out)
    assert small.rows("items")[0]["status"] == "complete"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_a_csv_of_any_spreadsheet_is_read(small: Project, encoding: str) -> None:
    delimiter = "\t" if encoding == "utf-16" else ";"
    rows = read(small.fill({"โครงสร้าง": "ครบถ้วน", "ผู้บริหาร": "ไม่แน่ใจ"}))
    path = write(small.out / "mine.csv", rows, encoding, delimiter=delimiter)
    apply(small.out, path, "ก")
    assert {row["decision"] for row in read(small.corrections)} == {"unsure", "other"}


def test_review_csv_itself_may_be_filled_in(small: Project) -> None:
    path = small.out / "review.csv"
    rows = read(path)
    rows[0]["decision"] = "complete"
    write(path, rows)
    with pytest.raises(UsageError, match="1 decisions that were not applied"):
        normalize(small.out)
    with pytest.raises(UsageError, match="not applied"):
        small.run()
    apply(small.out, path, "ก")
    small.run()
    assert len(small.rows("review")) == 1


def test_an_export_writes_over_no_answers(small: Project) -> None:
    path, _ = export_review(small.out, small.out / "mine.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "a spreadsheet knows it is UTF-8"
    rows = read(path)
    rows[0]["decision"] = "none"
    write(path, rows)
    with pytest.raises(UsageError, match="not applied"):
        export_review(small.out, path)
    apply(small.out, path, "ก")
    assert export_review(small.out, path)[1] == 1


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    project = Project(tmp_path)
    evil = '=HYPERLINK("http://x.invalid","ดู")'
    rows = REPORT.replace("ตามคำสั่งที่ ๑", "+cmd|' /C calc'!A0").replace("๐๑\t", f"{evil} ๐๑\t")
    (project.raw / "=2566.txt").write_text(rows, "utf-8")
    project.run()
    raw = [row["raw"] for row in project.rows("review")]
    assert any(text.startswith("=") for text in raw), raw
    path, _ = export_review(project.out, None)
    sheet = load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not any(str(c.value).startswith(("=", "+", "-", "@")) for c in cells)
    assert not any(cell.hyperlink for cell in cells)
    sheet["D2"] = sheet["D3"] = "none"
    sheet.parent.save(path)
    apply(project.out, path, "ก")
    assert project.rows("review") == [], "the apostrophe is no change of the words"
    csv_path, _ = export_review(project.out, tmp_path / "a.csv")
    assert "\n=" not in csv_path.read_text("utf-8-sig")


def refused(project: Project, path: Path) -> str:
    """Apply a file that must be refused; nothing may have changed."""
    before = project.written()
    with pytest.raises((UsageError, NoInputError)) as error:
        apply(project.out, path, "ก")
    assert project.written() == before
    assert not project.corrections.exists()
    return str(error.value)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("decision", "ไม่รู้", "row 2, column decision: 'ไม่รู้' is no status"),
        ("decision", "accept", "row 2, column decision: there is no suggestion"),
        ("decision", "other", "row 2, column decision: write the other value itself"),
        ("decision", "", "row 2, column decision: is empty beside a note"),
        ("review_id", "4.2E+15", "row 2, column review_id: '4.2E+15' is no doubt"),
        ("raw", "คำอื่น", "row 2, column raw: is not what the doubt is about"),
        ("kind", "score", "row 2, column kind: is not what the doubt is about"),
    ],
)
def test_a_wrong_row_applies_nothing(small: Project, column: str, value: str, says: str) -> None:
    rows = read(small.fill({"โครงสร้าง": "complete", "ผู้บริหาร": "missing"}, note="ก"))
    rows[0][column] = value
    message = refused(small, write(small.out / "mine.csv", rows))
    assert says in message.replace(str(small.out / "mine.csv"), "")
    assert "Nothing was applied" in message


def test_every_wrong_row_is_told(small: Project) -> None:
    rows = read(small.fill({"โครงสร้าง": "x", "ผู้บริหาร": "y"}))
    rows.append(rows[0] | {"decision": "complete"})
    rows.append(rows[0] | {"decision": "partial"})
    message = refused(small, write(small.out / "mine.csv", rows))
    assert "row 2, column" in message
    assert "row 3, column" in message
    assert "row 5, column decision: row 4 decides otherwise" in message


def test_a_file_that_is_no_review_is_refused(small: Project, tmp_path: Path) -> None:
    rows = [{key: row[key] for key in row if key != "decision"} for row in small.rows("review")]
    assert "lacks the column decision" in refused(small, write(tmp_path / "a.csv", rows))
    assert "lacks the column review_id" in refused(small, write(tmp_path / "b.csv", [{"x": "1"}]))
    assert "Check the path" in refused(small, tmp_path / "none.xlsx")
    (tmp_path / "c.xlsx").write_bytes(b"no workbook")
    assert "is no workbook" in refused(small, tmp_path / "c.xlsx")
    Workbook().save(tmp_path / "d.xlsx")
    assert "lacks the column review_id" in refused(small, tmp_path / "d.xlsx")


BAD_LINES = [
    ({"decision": "maybe"}, "line 2, column decision: 'maybe' is none of accept"),
    ({"kind": "mood"}, "line 2, column kind: 'mood' is none of agency"),
    ({"decided_value": "done"}, "line 2, column decided_value: 'done' is no status"),
    ({"decision": "none"}, "line 2, column decided_value: stands beside the decision none"),
    ({"decided_at": "21/11/2569"}, "line 2, column decided_at: '21/11/2569' is no date"),
    ({"decided_by": " "}, "line 2, column decided_by: is empty"),
    ({"review_id": "1.23457E+15"}, "line 2, column review_id: '1.23457E+15' is not an id"),
    (
        {"kind": "item_list_year", "decided_value": "2555"},
        "line 2, column decided_value: '2555' is no fiscal year of the lists",
    ),
]


@pytest.mark.parametrize(("changes", "says"), BAD_LINES, ids=[says for _, says in BAD_LINES])
def test_a_bad_line_stops_a_run(small: Project, changes: dict[str, str], says: str) -> None:
    small.apply({"โครงสร้าง": "complete"})
    (line,) = read(small.corrections)
    write(small.corrections, [line | changes])
    before = small.written()
    with pytest.raises(UsageError) as error:
        small.run()
    assert f"{small.corrections}, {says}" in error.value.cause
    assert small.written() == before


def test_lines_that_contradict_each_other_stop_a_run(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete"})
    (line,) = read(small.corrections)
    write(small.corrections, [line, line])
    small.run()
    write(small.corrections, [line, line | {"decided_value": "missing"}])
    with pytest.raises(UsageError, match=r"line 3, column decision: .*line 2 decides otherwise"):
        small.run()


def test_signs_that_a_spreadsheet_lost_are_no_other_words(samples: Project) -> None:
    answers = samples.fill({"๐๑๕": "complete", "๐๒๑": "missing"})
    lost = answers.read_bytes().decode("utf-8").encode("cp874", "replace")
    answers.write_bytes(lost)
    apply(samples.out, answers, "ก")
    text = samples.corrections.read_text("utf-8")
    assert "☑" in text, "the words come from the report, not from the file"
    samples.corrections.write_bytes(text.encode("cp874", "replace"))
    samples.run()
    assert len(samples.rows("decisions")) == 2
    assert not [i for i in samples.rows("issues") if i["code"] == "decision_not_applied"]


def test_corrections_of_a_spreadsheet_are_read_where_that_is_certain(small: Project) -> None:
    small.apply({"โครงสร้าง": "complete"})
    rows = read(small.corrections)
    for encoding, delimiter in (("cp874", ","), ("utf-16", "\t"), ("utf-8-sig", ";")):
        write(small.corrections, rows, encoding, delimiter=delimiter)
        small.run()
        assert small.rows("items")[0]["status"] == "complete", encoding
    small.corrections.write_bytes(small.corrections.read_bytes()[:-4] + b"\xff\xff\n")
    with pytest.raises(UsageError, match="some bytes are not valid"):
        small.run()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("review_id,decision\n", "line 1: the file lacks the column kind"),
        (",".join((*COLUMNS, "x")) + "\n", "line 1: the file has a column 'x'"),
        (",".join(COLUMNS) + '\n"open', "line 2: no CSV"),
        (",".join(COLUMNS) + "\n" + "," * 12 + "\n", "line 2: 13 values"),
    ],
)
def test_a_file_of_another_form_stops_a_run(small: Project, content: str, says: str) -> None:
    small.corrections.write_text(content, "utf-8")
    before = small.written()
    with pytest.raises(UsageError) as error:
        small.run()
    assert says in error.value.cause
    assert small.written() == before


def test_the_commands_say_what_they_did(small: Project) -> None:
    done = prongsai("review", "export", small.out)
    assert done.stdout == f"2 doubts -> {small.out / 'review.xlsx'}\n"
    filled = small.fill({"โครงสร้าง": "complete"})
    done = prongsai("review", "apply", small.out, filled, "--by", "ก", "--json")
    assert done.returncode == 0, done.stderr
    assert '"review": 1, "decisions": 1' in done.stdout
    assert "1 decisions new or changed, 0 as before" in done.stderr
    (decision,) = small.rows("decisions")
    done = prongsai("show", small.out, decision["review_id"])
    assert "ตามคำสั่งที่ ๑" in done.stdout
    done = prongsai("review", "undo", small.out, decision["review_id"])
    assert "review.csv: 2 rows" in done.stdout
    done = prongsai("review", "export", small.out, "--to", small.out / "a.txt")
    assert done.returncode == ExitCode.USAGE
    assert "ends in .csv or .xlsx" in done.stderr


def test_reports_that_moved_are_told(small: Project) -> None:
    filled = small.fill({"โครงสร้าง": "complete"})
    small.raw.rename(small.raw.with_name("elsewhere"))
    assert "prongsai run REPORTS" in refused(small, filled)
