"""The three stages over many files: extract, normalize, analyze."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from analyze.observed import observed
from analyze.tables import tables_of
from extract.document import Document
from extract.limits import LIMITS, Limits
from extract.read import Ocr, extractor_version
from normalize.agencies.registry import AgencyFileError, Registry
from normalize.catalogue import catalogue
from normalize.decisions import Decision
from normalize.tables import SourceFile, cells_table, normalize_documents
from prongsai import present
from prongsai.corrections import read_corrections
from prongsai.discover import find_reports
from prongsai.errors import UsageError
from prongsai.reading import Reading
from prongsai.records import read_records
from prongsai.review_file import unapplied
from prongsai.store import Store
from prongsai.supervisor import Supervisor
from prongsai.versions import record_versions

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Extracted:
    """How extraction went: report files, those that failed, and files that are no reports.

    ``absent`` are decisions about reports that are not there.
    """

    files: int
    failed: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    absent: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Analyzed:
    """The rows of each comparison, and what a person should know of what was written."""

    rows: dict[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run wrote, for a person or, as JSON, for a program."""

    out: str
    documents: int
    failed: int
    items: int
    scores: int
    measures: int
    review: int
    decisions: int
    issues: int

    def as_dict(self) -> dict[str, object]:
        """Return the fields as plain values."""
        return asdict(self)


def load_registry(extra: Path | None) -> Registry:
    """Load the registry with extra agencies; raises UsageError where their file is not right."""
    try:
        return Registry.load(extra)
    except OSError as error:
        raise UsageError(
            f"{extra} cannot be opened ({error.strerror})", "Check the path."
        ) from error
    except AgencyFileError as error:
        raise UsageError(
            str(error), "Mend that line, or take the file away, and run again."
        ) from error


def extract_reports(
    paths: Sequence[Path],
    out: Path,
    progress: Progress,
    ocr: Ocr = "auto",
    jobs: int = 1,
    limits: Limits = LIMITS,
) -> Extracted:
    """Read reports into ``documents/*.json`` and ``cells.csv``, ``jobs`` of them at a time.

    A report whose content, kind, extractor, ``ocr`` and ``limits`` have not changed is not read
    again. A report that fails, for whatever reason, is a document with status "failed" and stops
    nothing. The tables of later stages go: they tell of the reports before.
    """
    found = find_reports(paths, out)
    registry = load_registry(found.extra_agencies)
    decisions = read_corrections(found.corrections, registry)
    store = Store(out)
    refuse_to_lose(store)
    store.prepare()
    with Supervisor(jobs, ocr, limits, store.save_content) as readers:
        reading = Reading(store, readers, ocr, limits)
        begun = [reading.begin(report) for report in found.reports]
        files = []
        for position, finish in enumerate(begun, start=1):
            files.append(finish())
            progress(position, len(begun), files[-1].source_file)
    failed = tuple((file.source_file, file.error) for file in files if file.error)
    store.drop_tables("normalize", "analyze")
    store.save_files(files, paths, found.extra_agencies)
    absent = store.save_decisions(decisions)
    store.save_tables({"cells": cells_table(store.documents())})
    store.describe({"extract": extractor_version(ocr, limits)})
    return Extracted(len(files), failed, found.others, tuple(absent))


def normalize_reports(out: Path, progress: Progress | None = None) -> Summary:
    """Turn the extracted documents of ``out`` into the record tables; older comparisons go."""
    store = Store(out)
    refuse_to_lose(store)
    store.files()
    store.prepare()
    return save_records(store, normalized(store, progress))


def normalized(store: Store, progress: Progress | None = None) -> dict[str, pd.DataFrame]:
    """Return the record tables of the extracted documents, with what persons decided."""
    files = store.files()
    registry = load_registry(store.extra_agencies)
    return normalize_documents(files, _counted(store, files, progress), registry, store.decisions())


def save_records(store: Store, frames: Mapping[str, pd.DataFrame]) -> Summary:
    """Write the record tables; older comparisons go."""
    store.drop_tables("analyze")
    store.drop_parquet()
    store.save_tables(frames)
    store.describe(store.made_by() | record_versions(store.extra_agencies))
    return Summary(
        str(store.out),
        len(frames["documents"]),
        int((frames["documents"]["status"] == "failed").sum()),
        len(frames["items"]),
        len(frames["scores"]),
        len(frames["measures"]),
        len(frames["review"]),
        len(frames["decisions"]),
        len(frames["issues"]),
    )


def refuse_to_lose(store: Store) -> None:
    """Raise UsageError where review.csv of the dataset holds decisions that were not applied."""
    path = store.out / catalogue().table("review").path
    if typed := unapplied(path, store.decisions()):
        raise UsageError(
            f"{path} holds {typed} decisions that were not applied and would be lost",
            f"Apply them first: prongsai review apply {store.out} {path}\nOr delete the file.",
        )


def analyze_tables(out: Path) -> Analyzed:
    """Write the comparisons of ``out`` to ``analysis/``, and what shows them to a person."""
    from analyze.dashboard import dashboard  # Altair takes half a second to load

    store = Store(out)
    records = read_records(store)
    seen = observed(records.frames["items"])
    frames = tables_of(records.frames, seen, load_registry(store.extra_agencies).frame())
    store.prepare()
    store.save_tables(frames)
    page = dashboard(records.frames, frames, seen, store.table)
    store.save_page(page.html)
    present.present(store, records, frames, seen)
    store.describe(store.made_by())
    return Analyzed({name: len(frame) for name, frame in frames.items()}, page.notes)


def _counted(
    store: Store, files: Sequence[SourceFile], progress: Progress | None
) -> Iterator[Document]:
    """Yield the documents; each that is done is told to ``progress``."""
    total = len({file.document_id for file in files if file.document_id})
    for done, document in enumerate(store.documents(), start=1):
        yield document
        if progress:
            progress(done, total, document.source_file)
