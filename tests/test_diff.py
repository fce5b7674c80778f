"""`prongsai diff` as a person runs it: sample reports, and what happened to them since."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest
from datasets import make_dataset

from prongsai import diff
from prongsai.cli import main
from prongsai.diff import MAX_SHOWN_CHANGES, MAX_SHOWN_YEARS
from prongsai.errors import ExitCode

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "raw"
REPORTS = (
    "chamlong-nakhon-cm-2565.txt",
    "nong-krachok-sai-sao-2565.txt",
    "sommot-buri-pao-2564.txt",
    "ban-saeng-sommot-sm-2565.txt",
)
# Items of the first of them have a tick in one of two columns, for there and for missing.
THERE, MISSING = "\t✓\t\t", "\t\t✓\t"


class Runner:
    """Runs a command in this process and keeps what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.errors = ""

    def __call__(self, *args: object, code: int = 0) -> str:
        self.monkeypatch.setattr(sys, "argv", ["prongsai", *map(str, args)])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, self.errors = self.capsys.readouterr()
        assert (end.value.code or 0) == code, self.errors
        return out


@pytest.fixture
def prongsai(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(monkeypatch, capsys)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in (*REPORTS, "agencies.csv"):
        shutil.copy(SAMPLES / name, folder)
    return folder


def written(raw: Path, name: str) -> Path:
    out = raw.parent / name
    make_dataset([raw], out)
    return out


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def changed(prongsai: Runner, old: Path, new: Path) -> list[dict[str, str]]:
    return list(json.loads(prongsai("diff", old, new, "--json"))["changes"])


def test_reports_that_come_go_change_and_are_renamed(raw: Path, prongsai: Runner) -> None:
    old = written(raw, "old")
    (raw / "sommot-buri-pao-2564.txt").unlink()
    (raw / "ban-saeng-sommot-sm-2565.txt").rename(raw / "renamed.txt")
    edit(raw / REPORTS[0], f"อำนาจหน้าที่{THERE}", f"อำนาจหน้าที่{MISSING}")
    shutil.copy(SAMPLES / "chamlong-nakhon-cm-2567.txt", raw)
    new = written(raw, "new")

    text = prongsai("diff", old, new)
    for words in (
        "old: " + str(old) + ", 4 reports",
        "the same version of program and lists made both",
        "new report: 44 changes (documents 1, items 43) in 1 report",
        "removed report: 14 changes (documents 1, scores 12, review 1) in 1 report",
        "  new report chamlong-nakhon-cm-2567.txt: 44 changes (documents 1, items 43)",
        "จำลองนคร (X000007), fiscal year 2565",
        "      items O3, status: complete -> missing",
        "  removed report sommot-buri-pao-2564.txt: 12 changes (scores 12)",
        "      documents, source_file: ban-saeng-sommot-sm-2565.txt -> renamed.txt",
    ):
        assert words in text.splitlines() or words in text, words
    rows = changed(prongsai, old, new)
    assert {row["cause"] for row in rows} == {
        *("new_report", "removed_report", "changed_report", "renamed_report")
    }
    edited = [row for row in rows if row["cause"] == "changed_report"]
    assert [(row["key"], row["column"], row["new"]) for row in edited] == [
        ("O3", "status", "missing"),
        ("O3", "status_raw", "ไม่มี ✓"),
    ]


def test_nothing_changed(raw: Path, prongsai: Runner) -> None:
    old, new = written(raw, "old"), written(raw, "new")
    assert prongsai("diff", old, new).splitlines()[-1] == "nothing changed"
    told = json.loads(prongsai("diff", old, new, "--json", "--out", raw / "all.csv"))
    assert (told["changes"], told["counts"], told["other_versions"]) == ([], {}, {})
    assert (raw / "all.csv").read_text("utf-8").count("\n") == 1, "the header alone"


def test_csv_has_what_json_has(raw: Path, prongsai: Runner, tmp_path: Path) -> None:
    old = written(raw, "old")
    (raw / REPORTS[1]).unlink()
    new = written(raw, "new")
    prongsai("diff", old, new, "--out", tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = changed(prongsai, old, new)
    assert rows == [{k: "" if v is None else str(v) for k, v in row.items()} for row in told]
    assert list(rows[0]) == list(diff.COLUMNS)


def test_another_version_of_the_lists_is_told(raw: Path, prongsai: Runner) -> None:
    """The agencies beside the reports are a list too: one that is renamed changes its reports."""
    old = written(raw, "old")
    edit(raw / "agencies.csv", "X000002,", "X000902,")
    new = written(raw, "new")
    told = json.loads(prongsai("diff", old, new, "--json"))
    assert list(told["other_versions"]) == ["lists"]
    assert [(r["column"], r["old"], r["new"], r["cause"]) for r in told["changes"]] == [
        ("agency_code", "X000002", "X000902", "version")
    ]
    first, second = (
        json.loads((out / "datapackage.json").read_text("utf-8")) for out in (old, new)
    )
    assert first["made_by"].keys() == {"prongsai", "extract", "normalize", "lists"}
    assert first["made_by"] | {"lists": ""} == second["made_by"] | {"lists": ""}
    assert f"version of lists: {first['made_by']['lists']} -> " in prongsai("diff", old, new)


def test_a_decision_and_its_undoing(raw: Path, prongsai: Runner, tmp_path: Path) -> None:
    old, new = written(raw, "old"), written(raw, "new")
    with (new / "review.csv").open(encoding="utf-8", newline="") as file:
        asked = next(row for row in csv.DictReader(file) if row["kind"] == "status")
    with (tmp_path / "decided.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asked))
        writer.writeheader()
        writer.writerow(asked | {"decision": "complete"})
    prongsai("review", "apply", new, tmp_path / "decided.csv", "--by", "A")
    decided = changed(prongsai, old, new)
    assert {row["cause"] for row in decided} == {"new_decision"}
    assert [(row["table"], row["column"], row["old"], row["new"]) for row in decided] == [
        ("items", "status", "unclear", "complete"),
        ("review", "rows", "3", "2"),
        ("decisions", "decided_value", None, "complete"),
    ]
    assert {row["cause"] for row in changed(prongsai, new, old)} == {"undone_decision"}
    prongsai("review", "undo", new, asked["review_id"])
    assert changed(prongsai, old, new) == []


def test_analyze_does_not_claim_what_others_made(raw: Path, prongsai: Runner) -> None:
    out = written(raw, "out")
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    made_by = package["made_by"] | {"normalize": "earlier"}
    (out / "datapackage.json").write_text(json.dumps(package | {"made_by": made_by}), "utf-8")
    prongsai("analyze", out)
    assert json.loads((out / "datapackage.json").read_text("utf-8"))["made_by"] == made_by
    prongsai("normalize", out)
    again = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert again["made_by"] == package["made_by"]


def test_a_dataset_of_an_earlier_version(raw: Path, prongsai: Runner) -> None:
    """It says no versions, lacks a column, and was published without the documents."""
    old, new = written(raw, "old"), written(raw, "new")
    shutil.rmtree(old / "documents")
    (old / "datapackage.json").unlink()
    lines = [line.split(",") for line in (old / "scores.csv").read_text("utf-8").splitlines()]
    place = lines[0].index("discrepancy_reason")
    assert place == len(lines[0]) - 1
    edited = [",".join(line[:place]) for line in lines]
    edited[1] = edited[1].replace(",68.339,", ",68.3,")
    (old / "scores.csv").write_text("\n".join(edited) + "\n", "utf-8")
    text = prongsai("diff", old, new)
    assert "not told by both: which version of program and lists made them" in text
    assert "not compared, being in one of them alone: scores.discrepancy_reason" in text
    assert "version: 1 change (scores 1) in 1 report" in text
    assert "scores overall, value_computed: 68.3 -> 68.339" in text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("documents.csv", None, "is no dataset: it has no documents.csv"),
        ("items.csv", None, "is no dataset: it has no items.csv"),
        ("items.csv", "", "the column document_id is missing"),
        ("items.csv", "document_id\na\nb,c\n", "row 2 has 2 fields"),
        ("items.csv", "document_id,x,x\n", "a column stands twice"),
        ("items.csv", 'document_id\n"a', "unexpected end of data"),
    ],
)
def test_a_folder_that_is_no_dataset(
    raw: Path, prongsai: Runner, name: str, content: str | None, says: str
) -> None:
    good, bad = written(raw, "good"), written(raw, "bad")
    (bad / name).unlink()
    if content is not None:
        (bad / name).write_text(content, "utf-8")
    for pair in ((good, bad), (bad, good)):
        assert prongsai("diff", *pair, code=ExitCode.NO_INPUT) == ""
        assert says in prongsai.errors
        assert f"{bad}" in prongsai.errors.splitlines()[-1], "says what to do"


def test_every_column_and_cause_is_documented() -> None:
    page = (SAMPLES.parent.parent / "docs" / "diff.md").read_text("utf-8")
    for word in (*diff.COLUMNS, *diff.CAUSES):
        assert f"`{word}`" in page, word


def test_a_folder_that_is_not_there(raw: Path, prongsai: Runner) -> None:
    good = written(raw, "good")
    prongsai("diff", good, raw / "none", code=ExitCode.NO_INPUT)
    assert "prongsai run REPORTS --out" in prongsai.errors
    prongsai("diff", raw / "agencies.csv", good, code=ExitCode.NO_INPUT)
    assert "is no dataset" in prongsai.errors


def test_a_long_list_is_cut_and_says_so(raw: Path, prongsai: Runner) -> None:
    old = written(raw, "old")
    text = (raw / REPORTS[0]).read_text("utf-8").replace(THERE, MISSING)
    (raw / REPORTS[0]).write_text(text, "utf-8")
    new = written(raw, "new")
    count = len(changed(prongsai, old, new))
    assert count > MAX_SHOWN_CHANGES
    lines = prongsai("diff", old, new).splitlines()
    assert f"    and {count - MAX_SHOWN_CHANGES} more" in lines
    assert lines[-1] == "--out FILE.csv writes all of them"


def test_many_agencies_and_years_are_cut(raw: Path, prongsai: Runner) -> None:
    old, new = written(raw, "old"), written(raw, "new")
    header, first, *_ = (new / "documents.csv").read_text("utf-8").splitlines()
    columns = dict(zip(header.split(","), first.split(","), strict=True))
    rows = []
    for n in range(MAX_SHOWN_YEARS + 3):
        own = {"document_id": f"{n:016x}", "source_file": f"{n}.txt", "agency_code": str(n)}
        rows.append(",".join((columns | own).values()))
    (new / "documents.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    years = {(row["agency_code"], row["fiscal_year_be"]) for row in changed(prongsai, old, new)}
    cut = len(years) - MAX_SHOWN_YEARS
    assert f"and {cut} more agencies and years" in prongsai("diff", old, new)


def test_what_a_terminal_would_obey_is_not_printed(raw: Path, prongsai: Runner) -> None:
    old = written(raw, "old")
    (raw / REPORTS[1]).rename(raw / "a\x1b[2Jb\nc.txt")
    new = written(raw, "new")
    text = prongsai("diff", old, new)
    assert "\x1b" not in text
    assert "\nc.txt" not in text


def test_long_values_are_shown_where_they_differ() -> None:
    words = "คำ " * 40
    row = {"old": words + "ก่อน", "new": words + "หลัง", "change": "changed"}
    row |= {"table": "items", "key": "O1", "column": "status_raw"}
    shown = diff._change(dict(row))
    assert "ก่อน -> " in shown
    assert shown.endswith("หลัง")
    joined = diff._change(row | {"old": "กี่" * 50 + "ก", "new": "กี่" * 50 + "ข"})
    assert "...กี่" in joined, "no mark without its consonant"
