"""The three stages over many files: extract, normalize, analyze."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from analyze.observed import observed
from analyze.tables import tables_of
from extract.read import Ocr, extractor_version
from normalize.agencies.registry import AgencyFileError, Registry
from normalize.catalogue import catalogue
from normalize.decisions import Decision
from normalize.tables import RECORD_TABLES
from prongsai import present
from prongsai.corrections import read_corrections
from prongsai.discover import find_reports, folders_of
from prongsai.errors import UsageError
from prongsai.packets import Packet
from prongsai.parquet import pyarrow_library, write_parquet
from prongsai.parts import digest, join
from prongsai.reading import read_reports
from prongsai.recording import make_records, record_parts
from prongsai.records import read_records
from prongsai.review_file import unapplied
from prongsai.shards import WHOLE, Shard, join_shards, save_shard
from prongsai.steps import Tell, silent
from prongsai.store import PARQUET, Store
from prongsai.supervisor import Workers
from prongsai.versions import analysis_version, cells_version, record_versions


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
    notes: Sequence[str]


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
    workers: Workers,
    ocr: Ocr = "auto",
    tell: Tell = silent,
    shard: Shard = WHOLE,
) -> Extracted:
    """Read reports, or a shard of them, into ``documents/*.json`` and ``cells.csv``.

    A report whose content, kind, extractor, ``ocr`` and limits have not changed is not read again.
    A report that fails, for whatever reason, is a document with status "failed" and stops nothing.
    Where anything is new the tables of later stages go: they tell of the reports before.
    """
    found = find_reports(paths, out)
    registry = load_registry(found.extra_agencies)
    decisions = read_corrections(found.corrections, registry)
    store = Store(out)
    refuse_to_lose(store)
    reports = [report for report in found.reports if shard.has(report.source_file)]
    files = read_reports(reports, store, workers, ocr, tell)
    failed = tuple((file.source_file, file.error) for file in files if file.error)
    store.save_files(files, folders_of(paths), found.extra_agencies)
    absent = store.save_decisions(decisions)
    save_shard(store, shard)
    drop_what_is_old(store)
    _save_cells(store, extractor_version(ocr, workers.limits))
    if shard != WHOLE:  # decisions about the reports of another shard are not absent
        absent = []
    return Extracted(len(files), failed, found.others, tuple(absent))


def merge_shards(shards: Sequence[Path], out: Path) -> None:
    """Join what shards of a run have read; the record tables are made of it as of any run's."""
    store = Store(out)
    refuse_to_lose(store)
    extractor = join_shards(shards, out)
    drop_what_is_old(store)
    _save_cells(store, extractor)


def drop_what_is_old(store: Store) -> None:
    """Remove the tables that tell of other reports, agencies or decisions than there are now."""
    made_of = digest(store.digests(store.told))
    if not store.is_current("told", made_of):
        store.drop_tables("normalize", "analyze")
        store.finish("told", made_of, [], {})


def _save_cells(store: Store, extractor: str) -> None:
    """Write ``cells.csv`` of what this extractor read, if it is not there as it should be."""
    read = list(dict.fromkeys(file.document_id for file in store.files() if file.document_id))
    contents = [store.read_part(document_id)["document"] for document_id in read]
    made_of = digest(cells_version(), contents)
    if not store.is_current("extract", made_of):
        store.drop_tables("normalize", "analyze")
        join(store.out, ("cells",), (store.extracted.read(known).bodies for known in read))
        store.finish("extract", made_of, [catalogue().table("cells").path], {})
    has_records = (store.out / catalogue().table("documents").path).is_file()
    store.describe((store.made_by() if has_records else {}) | {"extract": extractor})


def normalize_reports(out: Path, workers: Workers, tell: Tell = silent) -> Summary:
    """Turn the extracted documents of ``out`` into the record tables.

    What was made of a document before is kept, if neither it, nor what persons decided, nor the
    program has changed. Where anything is new, older comparisons go.
    """
    store = Store(out)
    refuse_to_lose(store)
    registry = load_registry(store.extra_agencies)
    made_of = make_records(store, registry, workers, tell)
    if not store.is_current("normalize", made_of):
        store.drop_tables("normalize", "analyze")
        counts = dict.fromkeys((*RECORD_TABLES, "failed"), 0)
        join(out, RECORD_TABLES, _counted(record_parts(store), counts))
        paths = [catalogue().table(name).path for name in RECORD_TABLES]
        store.finish("normalize", made_of, paths, counts)
    store.describe(store.made_by() | record_versions(store.extra_agencies))
    counts = store.result("normalize")
    shown = {field.name: counts[field.name] for field in fields(Summary) if field.name in counts}
    return Summary(out=str(out), **shown)


def save_parquet(out: Path) -> None:
    """Write the record tables as Parquet too, if they are not there as they should be."""
    store = Store(out)
    tables = [spec.path for spec in catalogue() if spec.stage == "normalize"]
    made_of = digest(store.digests(tables), cells_version(), pyarrow_library().__version__)
    if not store.is_current("parquet", made_of):
        rows = write_parquet(store)
        written = [path.relative_to(out).as_posix() for path in out.glob(f"{PARQUET}/**/*.parquet")]
        store.finish("parquet", made_of, written, rows)


def _counted(parts: Iterable[Packet], counts: dict[str, int]) -> Iterator[Mapping[str, bytes]]:
    """Yield the tables of parts; their rows, and the reports that failed, are added up."""
    for part in parts:
        for name, rows in part.head["rows"].items():
            counts[name] += rows
        counts["failed"] += part.head["document"]["status"] == "failed"
        yield part.bodies


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
    store = Store(out)
    made_of = digest(
        store.digests(spec.path for spec in catalogue() if spec.stage != "analyze"),
        analysis_version(),
        record_versions(store.extra_agencies),
    )
    if not store.is_current("analyze", made_of):
        analyzed = _analyzed(store)
        store.finish("analyze", made_of, store.shown(), asdict(analyzed))
    store.describe(store.made_by())
    return Analyzed(**store.result("analyze"))


def _analyzed(store: Store) -> Analyzed:
    from analyze.dashboard import dashboard  # Altair takes half a second to load

    records = read_records(store)
    seen = observed(records.frames["items"])
    frames = tables_of(records.frames, seen, load_registry(store.extra_agencies).frame())
    store.save_tables(frames)
    page = dashboard(records.frames, frames, seen, store.table)
    store.save_page(page.html)
    present.present(store, records, frames, seen)
    return Analyzed({name: len(frame) for name, frame in frames.items()}, page.notes)
