"""The commands as a person runs them: output, exit codes, and what each error says to do."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from datasets import extract, make_dataset, normalize

from prongsai.cli import main
from prongsai.discover import find_reports
from prongsai.errors import ExitCode
from prongsai.steps import Step

ROOT = Path(__file__).resolve().parent.parent
CHECKLIST = """\
รายงานผลการเปิดเผยข้อมูลสาธารณะ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ (ข้อมูลสมมติ)
องค์การบริหารส่วนตำบลบ่อแก้ว อำเภอสะเมิง จังหวัดเชียงใหม่
ข้อ\tข้อมูล\tผลการตรวจสอบ
๐๑\tโครงสร้าง\tครบถ้วน
๐๒\tข้อมูลผู้บริหาร\tไม่พบข้อมูล
๐๓\tอำนาจหน้าที่\t
"""


def prongsai(*args: object, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prongsai", *map(str, args)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        check=False,
    )


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read(path: Path) -> list[dict[str, str]]:
    return table(path.read_text("utf-8"))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "report.txt").write_text(CHECKLIST, "utf-8")
    return folder


def test_run_writes_the_whole_contract(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = prongsai("run", raw, "--out", out, "--json")
    assert done.returncode == ExitCode.DONE, done.stderr
    assert json.loads(done.stdout)["items"] == 3
    names = [
        "documents",
        "cells",
        "items",
        "scores",
        "measures",
        "measure_steps",
        "review",
        "decisions",
        "issues",
    ]
    for name in names:
        assert (out / f"{name}.csv").is_file(), name
    for name in ("datapackage.json", "data_dictionary.csv", "codebook.md"):
        assert (out / name).is_file(), name
    assert [row["completeness"] for row in read(out / "analysis" / "completeness.csv")] == ["0.5"]
    items = read(out / "items.csv")
    assert [row["status"] for row in items] == ["complete", "missing", "not_reported"]
    cells = {(c["document_id"], c["table_id"], c["row"]) for c in read(out / "cells.csv")}
    assert {(i["document_id"], i["table_id"], i["row"]) for i in items} <= cells


def test_two_runs_give_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    def written(out: Path) -> dict[str, bytes]:
        assert prongsai("run", raw, "--out", out).returncode == 0
        files = (path for path in out.rglob("*") if path.is_file())
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}

    first = written(tmp_path / "one")
    assert first == written(tmp_path / "two")
    assert first == written(tmp_path / "one"), "a run over an earlier one"


def test_a_report_that_was_removed_drops_out(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (raw / "other.txt").write_text(CHECKLIST.replace("๒๕๖๖", "๒๕๖๕"), "utf-8")
    assert prongsai("run", raw, "--out", out).returncode == 0
    (raw / "other.txt").unlink()
    assert prongsai("run", raw, "--out", out).returncode == 0
    assert [row["source_file"] for row in read(out / "documents.csv")] == ["report.txt"]
    assert len(list((out / "documents").glob("????????????????.json"))) == 1


def test_stages_run_one_by_one_give_what_run_gives(raw: Path, tmp_path: Path) -> None:
    assert prongsai("run", raw, "--out", tmp_path / "run").returncode == 0
    out = tmp_path / "steps"
    assert prongsai("extract", raw, "--out", out).returncode == 0
    assert prongsai("normalize", out).returncode == 0
    assert "completeness.csv: 1 rows" in prongsai("analyze", out).stdout
    for path in (tmp_path / "run").glob("*.csv"):
        assert path.read_bytes() == (out / path.name).read_bytes(), path.name


def test_one_bad_file_stops_nothing(raw: Path, tmp_path: Path) -> None:
    (raw / "empty.txt").touch()
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    office = {"letter.docx", "a.xlsx", "a.xls", "a.pptx", "a.ppt", "a.zip"}
    for name in office:
        (raw / name).write_bytes(b"PK\x03\x04 an Office file")
    (raw / "own.csv").write_text("a,b", "utf-8")
    (raw / "notes.xyz").write_text("not a report", "utf-8")
    done = prongsai("run", raw, "--out", tmp_path / "out")
    assert done.returncode == ExitCode.SOME_FAILED
    documents = {row["source_file"]: row for row in read(tmp_path / "out" / "documents.csv")}
    failed = {name for name, row in documents.items() if row["status"] == "failed"}
    assert failed == {"empty.txt", "binary.txt", "broken.pdf", *office}
    assert "PDF" in documents["a.xlsx"]["error"]
    assert all(documents[name]["error"] for name in failed)
    assert documents["report.txt"]["items"] == "3"
    assert "notes.xyz, own.csv" in done.stderr


def test_a_defect_in_one_report_is_its_own_verdict(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from normalize import tables

    (raw / "second.txt").write_text(CHECKLIST.replace("๒๕๖๖", "๒๕๖๕"), "utf-8")
    real = tables.normalize_document

    def fails_on_second(document, registry, decisions):  # type: ignore[no-untyped-def]
        if document.source_file == "second.txt" and document.status != "failed":
            raise ZeroDivisionError("injected")
        return real(document, registry, decisions)

    monkeypatch.setattr(tables, "normalize_document", fails_on_second)
    summary = make_dataset([raw], tmp_path / "out")
    assert (summary.documents, summary.failed, summary.items) == (2, 1, 3)
    issues = read(tmp_path / "out" / "issues.csv")
    assert "ZeroDivisionError: injected" in next(
        row["message"] for row in issues if row["code"] == "internal_error"
    )


def test_copies_are_read_once(raw: Path, tmp_path: Path) -> None:
    (raw / "sub").mkdir()
    (raw / "sub" / "copy.txt").write_bytes((raw / "report.txt").read_bytes())
    assert prongsai("run", raw, "--out", tmp_path / "out").returncode == 0
    documents = read(tmp_path / "out" / "documents.csv")
    assert [(d["source_file"], d["items"]) for d in documents] == [
        ("report.txt", "3"),
        ("sub/copy.txt", "0"),
    ]
    assert len(read(tmp_path / "out" / "items.csv")) == 3


def test_strict_says_that_review_is_pending(raw: Path, tmp_path: Path) -> None:
    (raw / "report.txt").write_text(CHECKLIST.replace("ครบถ้วน", "ตามคำสั่งที่ ๑"), "utf-8")
    assert prongsai("run", raw, "--out", tmp_path / "out").returncode == ExitCode.DONE
    strict = prongsai("run", raw, "--out", tmp_path / "out", "--strict")
    assert strict.returncode == ExitCode.REVIEW_PENDING


def test_own_agencies_enter_through_a_file(raw: Path, tmp_path: Path) -> None:
    (raw / "report.txt").write_text(CHECKLIST.replace("บ่อแก้ว", "แก้วสมมติ"), "utf-8")
    out = tmp_path / "out"
    assert prongsai("run", raw, "--out", out).returncode == 0
    assert read(out / "documents.csv")[0]["agency_match_status"] == "unmatched"
    (raw / "agencies.csv").write_text(
        "agency_code,agency_type,agency_name,district,province\nX1,อบต.,แก้วสมมติ,สะเมิง,เชียงใหม่\n",
        "utf-8",
    )
    assert prongsai("run", raw, "--out", out).returncode == 0
    assert read(out / "documents.csv")[0]["agency_code"] == "X1"
    assert prongsai("normalize", out).returncode == 0, "the dataset keeps its own agencies"
    assert read(out / "documents.csv")[0]["agency_code"] == "X1"


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["run", "{tmp}/none", "--out", "{tmp}/out"], ExitCode.NO_INPUT, "Check the path"),
        (["run", "{tmp}/empty", "--out", "{tmp}/out"], ExitCode.NO_INPUT, "Put report files there"),
        (["run", "{tmp}/raw", "--out", "{tmp}/file"], ExitCode.USAGE, "Name another folder"),
        (["run", "{tmp}/bad", "--out", "{tmp}/out"], ExitCode.USAGE, "agencies.csv, line 1"),
        (["run", "{tmp}/raw", "--out", "{tmp}/raw"], ExitCode.USAGE, "Name another folder"),
        (["run", "{tmp}/bad", "{tmp}/two", "--out", "{tmp}/out"], ExitCode.USAGE, "into one"),
        (["run", "{tmp}/raw"], ExitCode.USAGE, "--out"),
        (["normalize", "{tmp}/empty"], ExitCode.NO_INPUT, "prongsai extract"),
        (["analyze", "{tmp}/empty"], ExitCode.NO_INPUT, "prongsai normalize"),
        (["match", "item", "{tmp}/none.csv", "--column", "a"], ExitCode.NO_INPUT, "Check the path"),
        (["match", "item", "{tmp}/own.csv", "--column", "b"], ExitCode.USAGE, "The columns are: a"),
        (
            ["match", "item", "{tmp}/own.csv", "--column", "a", "--year", "66"],
            ExitCode.USAGE,
            "Give a year such as 2566",
        ),
        (["match", "item", "{tmp}/open.csv", "--column", "a"], ExitCode.USAGE, "line 3"),
        (["clean", "{tmp}/none.txt"], ExitCode.NO_INPUT, "Check the path"),
    ],
)
def test_each_error_says_what_to_do(
    raw: Path, tmp_path: Path, args: list[str], code: ExitCode, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "own.csv").write_text("a\nx\n", "utf-8")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "report.txt").write_text(CHECKLIST, "utf-8")
    (tmp_path / "bad" / "agencies.csv").write_text("code,name\n1,2\n", "utf-8")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "agencies.csv").write_text("code,name\n1,2\n", "utf-8")
    (tmp_path / "open.csv").write_text('a\nx\n"y\nz\n', "utf-8")
    done = prongsai(*(arg.format(tmp=tmp_path) for arg in args))
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("failure", "code", "says"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), ExitCode.USAGE, "folders are yours"),
        (OSError(errno.ENOSPC, "No space left on device"), ExitCode.USAGE, "No space left"),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, "run the same command again"),
        (ZeroDivisionError("injected"), ExitCode.INTERNAL, "please report it"),
    ],
)
def test_a_write_that_fails_ends_with_a_word(
    raw: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: BaseException,
    code: ExitCode,
    says: str,
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("prongsai.parts.write_whole", fail)
    monkeypatch.setattr(sys, "argv", ["prongsai", "run", str(raw), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == code
    assert says in capsys.readouterr().err


def test_clean_mends_a_pipe() -> None:
    done = prongsai("clean", "--digits", "arabic", stdin="ด าเนินการ ปี ๒๕๖๖\n")
    assert done.stdout == "ดำเนินการ ปี 2566\n"


def test_clean_survives_a_reader_that_leaves(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("แผนงาน\n" * 200_000, "utf-8")
    shell = f"{sys.executable} -m prongsai clean {tmp_path}/long.txt | head -n 1"
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {shell}"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("แผนงาน\n", "")


def test_match_keeps_a_persons_own_values(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "\ufeffid,raw_text,match_score,fy\n"
        "00123,๐๑๐ นโยบายคุ้มครองข้อมูลส่วนบุคคล,NA,๒๕๖๖\n"
        '2,"หน้าแรก, เมนู",,2566\n',
        "utf-8",
    )
    done = prongsai("match", "item", own, "--column", "raw_text", "--year-column", "fy")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("\ufeff"), "what began with a BOM still does"
    first, second = table(done.stdout.removeprefix("\ufeff"))
    assert (first["id"], first["match_score"], first["fy"]) == ("00123", "NA", "๒๕๖๖")
    assert (first["match_status"], first["item_no"]) == ("accepted", "10")
    assert float(first["match_score_matched"]) > 0.9
    assert (second["raw_text"], second["match_status"]) == ("หน้าแรก, เมนู", "unmatched")
    assert "1 accepted, 0 review, 1 unmatched" in done.stderr


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("agency", "อบต.บ่อแก้ว อ.สะเมิง จ.เชียงใหม่", {"agency_code": "6500802"}),
        ("indicator", "7. ประสิทธิภาพการสื่อสาร", {"instrument": "EIT", "indicator_no": "7"}),
        ("status", "อยู่ระหว่างดำเนินการ", {"status": "in_progress"}),
    ],
)
def test_match_kinds(tmp_path: Path, kind: str, value: str, expected: dict[str, str]) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes(f"x;value\n1;{value}\n".encode("cp874"))
    out = tmp_path / "out.csv"
    done = prongsai("match", kind, own, "--column", "value", "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    (row,) = csv.DictReader(io.StringIO(out.read_text("utf-8")), delimiter=";")
    assert row["match_status"] == "accepted"
    assert {name: row[name] for name in expected} == expected


def test_doctor_reports_what_is_there() -> None:
    done = prongsai("doctor", "--json")
    assert done.returncode == 0
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["registry"]["detail"] == "7,850 agencies"
    may_lack = ("tesseract", "pyarrow", "distributed", "universal-pathlib")
    assert all(check["is_ok"] for name, check in checks.items() if name not in may_lack)


def test_doctor_says_how_to_get_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = prongsai("doctor")
    assert done.returncode == 0  # it is not needed
    (line,) = (line for line in done.stdout.splitlines() if "tesseract:" in line)
    assert line.startswith("absent")
    assert "tesseract-ocr-tha" in line


def test_files_of_the_same_name_keep_names_of_their_own(tmp_path: Path) -> None:
    for number, folder in enumerate(("a", "b", "c", "x/c")):
        (tmp_path / folder / "2565").mkdir(parents=True)
        report = CHECKLIST.replace("๒๕๖๖", f"๒๕๖{number + 4}")
        (tmp_path / folder / "2565" / "report.txt").write_text(report, "utf-8")
    folders = [tmp_path / folder for folder in ("a", "b", "c", "x/c")]
    done = prongsai("extract", *folders, folders[1], "--out", tmp_path / "out")
    assert "4 reports (0 failed)" in done.stdout
    found = find_reports(folders, tmp_path / "out").reports
    assert [report.source_file for report in found] == [
        "2565/report.txt",
        "b/2565/report.txt",
        "c-2/2565/report.txt",
        "c/2565/report.txt",
    ]


def test_other_reports_leave_nothing_of_the_old_ones(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert prongsai("run", raw, "--out", out).returncode == 0
    (out / "items.csv").unlink()
    assert prongsai("normalize", out).returncode == 0
    assert (out / "items.csv").is_file()
    assert not list((out / "analysis").iterdir())
    assert prongsai("analyze", out).returncode == 0
    (raw / "report.txt").write_text(CHECKLIST.replace("๒๕๖๖", "๒๕๖๕"), "utf-8")
    assert prongsai("extract", raw, "--out", out).returncode == 0
    assert [path.name for path in out.rglob("*.csv")] == ["cells.csv", "data_dictionary.csv"]
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert "items.csv" not in [resource["path"] for resource in package["resources"]]
    assert prongsai("analyze", out).returncode == ExitCode.NO_INPUT


def test_a_report_of_another_kind_is_read_again(raw: Path, tmp_path: Path) -> None:
    def media_type() -> str:
        assert prongsai("extract", raw, "--out", tmp_path / "out").returncode == 0
        (path,) = (tmp_path / "out" / "documents").glob("????????????????.json")
        return str(json.loads(path.read_text("utf-8"))["media_type"])

    (raw / "report.txt").write_text("<p>ข้อมูล</p>", "utf-8")
    assert media_type() == "text/plain"
    (raw / "report.txt").rename(raw / "report.html")
    assert media_type() == "text/html"


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
def test_a_file_name_that_is_no_utf8_is_spelt_out(raw: Path, tmp_path: Path) -> None:
    (raw / "report.txt").rename(os.fsdecode(os.fsencode(raw) + b"/\xc3\xd2\xc2.txt"))
    (raw / os.fsdecode(b"\xc3.xyz")).touch()
    done = prongsai("run", raw, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (row,) = read(tmp_path / "out" / "documents.csv")
    assert row["source_file"] == r"\xc3\xd2\xc2.txt"
    assert r"\xc3.xyz" in done.stderr


def test_a_dataset_among_the_reports_is_no_report(raw: Path, tmp_path: Path) -> None:
    for _ in range(2):
        done = prongsai("run", raw, "--out", raw / "out")
        assert done.stdout.startswith("1 reports (0 failed)"), done.stdout
        assert done.stderr == ""
    done = prongsai("run", raw, "--out", tmp_path)
    assert done.stdout.startswith("1 reports"), "nor is one that another run left there"


def test_a_table_that_was_edited_is_told(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert prongsai("run", raw, "--out", out).returncode == 0
    (out / "items.csv").write_text("a,b\n1,2\n", "utf-8")
    done = prongsai("analyze", out)
    assert done.returncode == ExitCode.NO_INPUT
    assert f"prongsai normalize {out}" in done.stderr
    assert "Traceback" not in done.stderr


def test_normalizing_tells_its_progress(raw: Path, tmp_path: Path) -> None:
    (raw / "copy.txt").write_bytes((raw / "report.txt").read_bytes())
    (raw / "other.txt").write_text(CHECKLIST.replace("๒๕๖๖", "๒๕๖๕"), "utf-8")
    told: list[Step] = []
    extract([raw], tmp_path / "out")
    for _ in range(2):
        normalize(tmp_path / "out", told.append)
    assert [(step.source_file, step.total, step.is_new) for step in told] == [
        ("copy.txt", 2, True),
        ("other.txt", 2, True),
        ("copy.txt", 2, False),
        ("other.txt", 2, False),
    ]


def test_clean_reads_short_thai_and_says_that_it_guessed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prongsai", "clean"],
        input="สวัสดี".encode("cp874"),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout.decode() == "สวัสดี"
    assert b"guessed to be cp874" in done.stderr


def test_match_says_that_bytes_are_lost(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes("value\nอยู่ระหว่างดำเนินการ".encode() + b"\xff\n")
    done = prongsai("match", "status", own, "--column", "value")
    assert "own.csv: some bytes are not valid utf-8" in done.stderr


def test_match_takes_a_year_of_the_common_era(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("value\nO13\n", "utf-8")
    years = ("2566", "2023", "๒๕๖๖")
    made = [
        prongsai("match", "item", own, "--column", "value", "--year", year).stdout for year in years
    ]
    assert made == [made[0]] * 3
    assert table(made[0])[0]["item_list_year_be"] == "2566"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("status", ("accepted", "not_reported")), ("item", ("unmatched", None))],
)
def test_match_of_blank_cells(tmp_path: Path, kind: str, expected: tuple[str, str | None]) -> None:
    own = tmp_path / "own.csv"
    own.write_text("value\n\n\n", "utf-8")
    done = prongsai("match", kind, own, "--column", "value")
    found = [(row["match_status"], row.get("status")) for row in table(done.stdout)]
    assert found == [expected] * 2, "every row stays"


def test_match_counts_separators_outside_quotes(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text('"a,b,c";raw\n1;ครบถ้วน\n', "utf-8")
    done = prongsai("match", "status", own, "--column", "raw")
    assert done.stdout.startswith("a,b,c;raw;match_status"), done.stderr


def test_the_snippet_of_the_readme_runs(raw: Path) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    done = subprocess.run(
        [sys.executable, "-c", f"{snippet}\nprint(len(records.items), row['fiscal_year_be'])"],
        capture_output=True,
        encoding="utf-8",
        cwd=raw,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.stdout == "3 2566\n", done.stderr


def test_a_command_that_reads_no_picture_does_not_load_what_pictures_take() -> None:
    code = "import sys, prongsai.cli; print({'cv2', 'onnxruntime'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
