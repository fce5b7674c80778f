"""`prongsai review apply` and `undo`: a person's decisions, checked, into the corrections files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from extract.read import document_id
from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.decisions import (
    COLUMNS,
    Decision,
    ValueRefused,
    are_same_words,
    read_value,
    read_word,
)
from prongsai.corrections import problems_error, read_corrections, write_corrections
from prongsai.discover import CORRECTIONS, find_corrections
from prongsai.errors import NoInputError
from prongsai.packets import Packet
from prongsai.pipeline import (
    Summary,
    analyze_tables,
    drop_what_is_old,
    load_registry,
    normalize_reports,
    refuse_to_lose,
)
from prongsai.recording import make_records, record_parts
from prongsai.review_file import FilledRow, meant, read_filled
from prongsai.steps import silent
from prongsai.store import Store
from prongsai.supervisor import Workers

_ID = re.compile(r"[0-9a-f]+")
Question = dict[str, str]


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: decisions that are new or changed, those as before, and the files."""

    changed: int
    unchanged: int
    files: tuple[Path, ...]
    summary: Summary


def apply_review(out: Path, file: Path, decided_by: str, workers: Workers) -> Applied:
    """Take the decisions of a filled review file into corrections.csv, and normalize anew.

    Every row is checked before anything is written; raises UsageError with all that is not right.
    """
    store = Store(out)
    registry = load_registry(store.extra_agencies)
    if not _is_queue(file, store):
        refuse_to_lose(store)
    rows = read_filled(file)
    questions = _questions(store, registry, workers)
    known = {made.review_id: made for made in store.decisions()}
    problems: list[str] = []
    made: dict[str, tuple[int, Decision]] = {}
    for row in rows:
        try:
            decision = _decision(row, questions, registry)
        except _WrongCell as wrong:
            problems.append(f"{file}, row {row.row}, column {wrong.column}: {wrong.problem}")
            continue
        if decision is None:
            continue
        first_row, first = made.setdefault(decision.review_id, (row.row, decision))
        if first != decision:
            problem = f"row {first_row} decides otherwise on the same doubt"
            problems.append(f"{file}, row {row.row}, column decision: {problem}")
    if problems:
        raise problems_error(problems, "Nothing was applied. Mend these rows and apply again.")
    new = [d for _, d in made.values() if not _is_same(d, known.get(d.review_id))]
    signed = [replace(d, decided_by=decided_by, decided_at=date.today().isoformat()) for d in new]
    files = _add(store, signed, registry)
    summary = _renew(store, registry, workers)
    return Applied(len(new), len(made) - len(new), tuple(files), summary)


def undo_review(out: Path, wanted: Sequence[str], workers: Workers) -> Applied:
    """Take decisions back by their ids, or how these begin, and normalize anew."""
    store = Store(out)
    registry = load_registry(store.extra_agencies)
    refuse_to_lose(store)
    files = {path: read_corrections([path], registry) for path in _files(store)}
    known = {made.review_id for decisions in files.values() for made in decisions}
    gone: set[str] = set()
    problems = []
    for text in wanted:
        like = {key for key in known if _ID.match(text) and key.startswith(text)}
        if len(like) == 1:
            gone |= like
        else:
            count = f"{len(like)} decisions have" if like else "no decision has"
            problems.append(f"{count} the review_id {text}")
    if problems:
        where = ", ".join(map(str, files)) or f"a {CORRECTIONS} beside the reports"
        raise problems_error(problems, f"Nothing was taken back. Take review_ids of {where}.")
    changed = []
    for path, decisions in files.items():
        kept = [made for made in decisions if made.review_id not in gone]
        if len(kept) < len(decisions):
            write_corrections(path, kept)
            changed.append(path)
    return Applied(len(gone), 0, tuple(changed), _renew(store, registry, workers))


class _WrongCell(Exception):  # noqa: N818
    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column
        self.problem = problem


def _is_queue(file: Path, store: Store) -> bool:
    """Say whether a file is the review.csv of the dataset itself."""
    return file.resolve() == (store.out / catalogue().table("review").path).resolve()


def _questions(store: Store, registry: Registry, workers: Workers) -> dict[str, Question]:
    """Return the doubts of the dataset by review_id, open ones and settled ones.

    They are read from the reports, not from review.csv: that is a file that people edit.
    """
    make_records(store, registry, workers, silent)
    rows = [row for part in record_parts(store) for row in _rows(part)]
    return {row["review_id"]: row for row in rows}


def _rows(part: Packet) -> Iterator[Question]:
    for name in ("decisions", "review"):
        lines = io.StringIO(part.bodies.get(name, b"").decode(), newline="")
        yield from csv.DictReader(lines, catalogue().table(name).columns)


def _decision(
    row: FilledRow, questions: dict[str, Question], registry: Registry
) -> Decision | None:
    """Return what a row decides, not signed yet; None where it is blank."""
    answer = row.text("decision")
    if not answer:
        if row.text("note") and row.text("note") != questions.get(row.text("review_id"), {}).get(
            "note", ""
        ):
            raise _WrongCell("decision", "is empty beside a note; choose unsure to keep the note")
        return None
    question = questions.get(row.text("review_id"))
    if question is None:
        raise _WrongCell(
            "review_id",
            f"{row.text('review_id')!r} is no doubt of the dataset: the report has changed, or a "
            "spreadsheet has changed the id; export the queue again",
        )
    for column in ("kind", "raw"):
        if column in row.cells and not _is_shown(row.text(column), question, column):
            raise _WrongCell(column, "is not what the doubt is about; export the queue again")
    suggestion = question.get("suggestion") or row.text("suggestion")
    word = read_word("review_decision", answer)
    about = {name: question[name] for name in COLUMNS[:5]}
    signed = {"note": row.text("note"), "decided_by": "", "decided_at": ""}
    if word in ("none", "unsure"):
        return Decision(**about, decision=word, decided_value="", **signed)
    shown = row.cells.get("suggestion", suggestion)
    if word == "accept" and shown and meant(shown) != meant(suggestion):
        raise _WrongCell("suggestion", "is not the suggestion of now; export the queue again")
    if word == "accept" and not suggestion:
        raise _WrongCell("decision", "there is no suggestion to accept; choose a value or none")
    if word == "other":
        raise _WrongCell("decision", "write the other value itself here")
    try:
        value = _value(suggestion if word == "accept" else answer, question, suggestion, registry)
        accepted = suggestion and value == _value(suggestion, question, suggestion, registry)
    except ValueRefused as error:
        raise _WrongCell("decision", str(error)) from error
    return Decision(
        **about, decision="accept" if accepted else "other", decided_value=value, **signed
    )


def _value(text: str, question: Question, suggestion: str, registry: Registry) -> str:
    return read_value(question["kind"], text, question["raw"], registry, suggestion)


def _is_shown(text: str, question: Question, column: str) -> bool:
    """Say whether a cell shows this value of a doubt; a kind may stand there by its title."""
    if column == "kind":
        return read_word("review_kind", text) == question["kind"]
    return are_same_words(text, meant(question[column]))


def _is_same(decision: Decision, known: Decision | None) -> bool:
    """Say whether a decision is the one that stands, whoever made it and when."""
    if known is None:
        return False
    return replace(decision, decided_by=known.decided_by, decided_at=known.decided_at) == replace(
        known, document_id=decision.document_id, source_file=decision.source_file
    )


def _files(store: Store) -> tuple[Path, ...]:
    """Return the files of corrections of the folders that the reports were read from."""
    return find_corrections(store.raw_folders())


def _add(store: Store, decisions: Sequence[Decision], registry: Registry) -> list[Path]:
    """Write decisions to the file beside the report of each; return the files."""
    homes = {d.document_id: _home(store, d) for d in decisions}
    changed: dict[Path, list[Decision]] = {}
    for folder in dict.fromkeys(homes.values()):
        path = folder / CORRECTIONS
        new = {d.review_id: d for d in decisions if homes[d.document_id] == folder}
        before = read_corrections([path] if path.is_file() else [], registry)
        kept = [d for d in before if d.review_id not in new and not _is_replaced(d, new.values())]
        changed[path] = [*kept, *new.values()]
    for path, lines in changed.items():
        write_corrections(path, lines)
    return list(changed)


def _is_replaced(before: Decision, decisions: Iterable[Decision]) -> bool:
    """Say whether an unsure decision is of the same words, under another name of the report."""
    return before.is_open and any(
        (before.document_id, before.kind, before.raw) == (d.document_id, d.kind, d.raw)
        and before.source_file != d.source_file
        for d in decisions
    )


def _home(store: Store, decision: Decision) -> Path:
    """Return the folder of reports that a decision belongs to: of several, that of its report."""
    folders = store.raw_folders()
    if len(folders) == 1 and folders[0].is_dir():
        return folders[0]
    for folder, path in store.report_places(decision.document_id):
        try:
            if document_id(path.read_bytes()) == decision.document_id:
                return folder
        except OSError:
            continue
    raise NoInputError(
        f"the report {decision.source_file} is not where it was read, or has changed",
        f"Read the reports where they are now: prongsai run REPORTS --out {store.out}",
    )


def _renew(store: Store, registry: Registry, workers: Workers) -> Summary:
    """Write the tables and comparisons anew with the decisions that stand now."""
    store.save_decisions(read_corrections(_files(store), registry))
    drop_what_is_old(store)
    summary = normalize_reports(store.out, workers)
    analyze_tables(store.out)
    return summary
