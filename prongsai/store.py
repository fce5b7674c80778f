"""The output folder: documents as JSON, tables as CSV, each whole or not there at all.

What a stage has written is kept with a digest of what it was made of, so that it is not done again.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import portalocker

from extract.document import Document
from normalize.catalogue import catalogue
from normalize.catalogue.codebook import write_codebook
from normalize.catalogue.datapackage import PACKAGE_FILE, write_data_dictionary, write_datapackage
from normalize.catalogue.files import TEMPORARY, write_whole
from normalize.catalogue.frames import SchemaError
from normalize.catalogue.spec import Stage
from normalize.decisions import Decision
from normalize.tables import SourceFile
from prongsai.discover import DOCUMENTS, EXTRA_AGENCIES, FILES
from prongsai.errors import NoInputError, OutputError, UsageError
from prongsai.parts import PARTS, Parts
from prongsai.places import place, way

_DOCUMENT_FILE = re.compile(r"[0-9a-f]{16}\.json")
_RAW = "raw.json"
_DECISIONS = "decisions.json"
_STAGES = "stages.json"
LOCK = ".lock"
DASHBOARD, WORKBOOK = "dashboard.html", "workbook.xlsx"
FIGURES = "analysis/figures"
# The folders of a dataset that files appear in, beside its own.
_FOLDERS = (PARTS, "analysis", FIGURES)
PARQUET = "parquet"


class Store:
    """The files of one output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.extracted = Parts(out, "extract")
        self.normalized = Parts(out, "normalize")
        self._documents = out / DOCUMENTS

    @contextmanager
    def writing(self, is_new: bool = False) -> Iterator[None]:
        """Have the folder for oneself, to write in it; what an earlier run left half done goes.

        The folder is made where it may be a new one. Raises NoInputError where it is not there,
        OutputError where it cannot be written, and UsageError where another run has it.
        """
        if not is_new and not self.out.is_dir():
            raise NoInputError(
                f"there is no folder {self.out}",
                f"Write a dataset first: prongsai run REPORTS --out {self.out}",
            )
        try:
            self._documents.mkdir(parents=True, exist_ok=True)
            lock = (self.out / LOCK).open("a")
        except OSError as error:
            raise OutputError(
                f"the folder {self.out} cannot be written ({error.strerror})",
                "Name another folder with --out, or free this one.",
            ) from error
        with lock:
            try:
                portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
            except portalocker.LockException as error:
                raise UsageError(
                    f"another run is writing to {self.out}",
                    "Wait until it has ended, or name another folder with --out.",
                ) from error
            for left in self.out.glob(f".{PARQUET}.*"):
                shutil.rmtree(left, ignore_errors=True)
            for folder in (self.out, self._documents, *map(self.out.joinpath, _FOLDERS)):
                for path in folder.glob(f".*{TEMPORARY}"):
                    path.unlink()
            yield

    @property
    def told(self) -> list[str]:
        """The files that say what the dataset is of: its reports, agencies and decisions."""
        return [*(f"{DOCUMENTS}/{name}" for name in (FILES, _RAW, _DECISIONS)), EXTRA_AGENCIES]

    def shown(self) -> list[str]:
        """Return the files that `analyze` writes, as they are there."""
        tables = [spec.path for spec in catalogue() if spec.stage == "analyze"]
        figures = [path.relative_to(self.out).as_posix() for path in self.out.glob(f"{FIGURES}/*")]
        return [*tables, DASHBOARD, WORKBOOK, *figures]

    def read_part(self, document_id: str) -> dict[str, Any]:
        """Return what reading a document told; raises NoInputError where that is gone."""
        if head := self.extracted.head(document_id):
            return head
        raise NoInputError(
            f"{self.out / PARTS} lacks what was read of {document_id}",
            f"Extract the reports again: prongsai extract REPORTS --out {self.out}",
        )

    def document_size(self, document_id: str) -> int:
        """Return the size of a stored document in bytes; -1 where there is none."""
        try:
            return self.document_path(document_id).stat().st_size
        except OSError:
            return -1

    def document_path(self, document_id: str) -> Path:
        """Return where a document is stored, as JSON."""
        return self._documents / f"{document_id}.json"

    def save_content(self, document_id: str, content: bytes) -> None:
        """Write a document, as JSON, under its id; what was kept of the one before goes first."""
        self.extracted.drop(document_id)
        write_whole(self.document_path(document_id), [content])

    def take(self, document_id: str, other: Store) -> None:
        """Take over what another store has of a content, if it is not here already."""
        read = other.read_part(document_id)
        is_here = self.document_size(document_id) == read["size"]
        if self.extracted.head(document_id) != read or not is_here:
            self.save_content(document_id, other.document_path(document_id).read_bytes())
            self.extracted.save(document_id, other.extracted.read(document_id))
        records = other.normalized.head(document_id)
        if records and self.normalized.head(document_id) != records:
            self.normalized.save(document_id, other.normalized.read(document_id))

    def save_files(
        self, files: Sequence[SourceFile], folders: Sequence[Path], extra_agencies: Path | None
    ) -> None:
        """Write which files the dataset is of, with its extra agencies; drop other documents.

        The ``folders`` of reports are told from the folder of the dataset, so that the two may move
        together and the dataset is the same wherever they are.
        """
        kept = {file.document_id for file in files} | self._not_opened(files)
        content = json.dumps([asdict(file) for file in files], ensure_ascii=False, indent=1)
        write_whole(self._documents / FILES, [content, "\n"])
        told = json.dumps([way(self.out, folder) for folder in folders], indent=1)
        write_whole(self._documents / _RAW, [told, "\n"])
        for parts in (self.extracted, self.normalized):
            parts.keep_only(kept)
        wanted = {f"{document_id}.json" for document_id in kept}
        for path in self._documents.iterdir():
            if _DOCUMENT_FILE.fullmatch(path.name) and path.name not in wanted:
                path.unlink()
        own = self.out / EXTRA_AGENCIES
        if extra_agencies is None:
            own.unlink(missing_ok=True)
        elif extra_agencies.resolve() != own.resolve():
            write_whole(own, [extra_agencies.read_text("utf-8-sig")])

    def _not_opened(self, files: Iterable[SourceFile]) -> set[str]:
        """Return what was read before of files that cannot be opened now: they may come back."""
        names = {file.source_file for file in files if not file.document_id}
        try:
            return {file.document_id for file in self.files() if file.source_file in names}
        except NoInputError:  # there is no dataset yet
            return set()

    def files(self) -> list[SourceFile]:
        """Return the files of the dataset; raises NoInputError where nothing was extracted."""
        try:
            content = json.loads((self._documents / FILES).read_text("utf-8"))
            return [SourceFile(**file) for file in content]
        except (OSError, ValueError, TypeError) as error:
            raise NoInputError(
                f"{self.out} holds no extracted reports",
                f"Run first: prongsai extract REPORTS --out {self.out}",
            ) from error

    def raw_folders(self) -> list[Path]:
        """Return the folders that the reports were read from; none where that was not kept."""
        try:
            content = json.loads((self._documents / _RAW).read_text("utf-8"))
            return [place(way, self.out) for way in content]
        except (OSError, ValueError, TypeError):
            return []

    def report_places(self, document_id: str, raw: Path | None = None) -> list[tuple[Path, Path]]:
        """Return where a report may lie, as (folder of reports, file), in ``raw`` if that is given.

        A name that another folder had already taken has the name of its own folder in front.
        """
        known = [file.source_file for file in self.files() if file.document_id == document_id]
        names = [way for name in known for way in (name, name.partition("/")[2]) if way]
        folders = [raw] if raw else self.raw_folders()
        return [(folder, folder / name) for folder in folders for name in names]

    def save_decisions(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Keep what persons decided about the reports of the dataset; return what is of others."""
        files = self.files()
        names = {file.source_file for file in files}
        contents = {file.document_id for file in files if file.document_id}
        own: list[Decision] = []
        others: list[Decision] = []
        for made in decisions:
            is_own = made.source_file in names or made.document_id in contents
            (own if is_own else others).append(made)
        own.sort(key=lambda made: (made.source_file, made.document_id, made.review_id))
        text = json.dumps([asdict(made) for made in own], ensure_ascii=False, indent=1)
        write_whole(self._documents / _DECISIONS, [text, "\n"])
        return others

    def decisions(self) -> list[Decision]:
        """Return what persons decided about the reports of the dataset."""
        path = self._documents / _DECISIONS
        try:
            return [Decision(**made) for made in json.loads(path.read_text("utf-8"))]
        except (
            FileNotFoundError,
            NotADirectoryError,
        ):  # a dataset that was written before there were any
            return []
        except (OSError, ValueError, TypeError) as error:
            raise NoInputError(
                f"{path} is missing or damaged",
                f"Read the corrections again: prongsai extract REPORTS --out {self.out}",
            ) from error

    def read_document(self, document_id: str) -> Document:
        """Return a document of the dataset; raises NoInputError where it is gone or damaged."""
        path = self.document_path(document_id)
        try:
            return Document.from_json(path.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoInputError(
                f"{path} is missing or damaged",
                f"Extract the reports again: prongsai extract REPORTS --out {self.out}",
            ) from error

    @property
    def extra_agencies(self) -> Path | None:
        """The dataset's own file of extra agencies, if it has one."""
        path = self.out / EXTRA_AGENCIES
        return path if path.is_file() else None

    def save_tables(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Write tables, each to the path that the catalogue gives it."""
        for name, frame in frames.items():
            spec = catalogue().table(name)
            path = self.out / spec.path
            path.parent.mkdir(parents=True, exist_ok=True)
            spec.write_csv(frame, path)

    def save_page(self, html: str) -> None:
        """Write the dashboard."""
        write_whole(self.out / DASHBOARD, [html])

    def save_workbook(self, book: bytes) -> None:
        """Write the workbook; raises OutputError where it is open in an office program."""
        try:
            write_whole(self.out / WORKBOOK, [book])
        except OSError as error:
            raise OutputError(
                f"{self.out / WORKBOOK} cannot be written ({error.strerror})",
                f"Close it where it is open, and run again: prongsai analyze {self.out}",
            ) from error

    def save_figures(self, pictures: Mapping[str, str | bytes]) -> None:
        """Write pictures by file name, and remove those of before that are none of them."""
        folder = self.out / FIGURES
        for name, picture in pictures.items():
            write_whole(folder / name, [picture])
        for path in folder.glob("*"):
            if path.suffix in (".svg", ".png") and path.name not in pictures:
                path.unlink()
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()

    def drop_tables(self, *stages: Stage) -> None:
        """Remove the tables of these stages, and what shows them: they tell of what was before."""
        if "analyze" in stages:
            for name in (DASHBOARD, WORKBOOK):
                (self.out / name).unlink(missing_ok=True)
            self.save_figures({})
        if "normalize" in stages:
            self.drop_parquet()
        for spec in catalogue().tables:
            if spec.stage in stages:
                (self.out / spec.path).unlink(missing_ok=True)

    def drop_parquet(self) -> None:
        """Remove the folder of Parquet files: it tells of the record tables before."""
        shutil.rmtree(self.out / PARQUET, ignore_errors=True)

    def table(self, name: str, columns: Collection[str] = ()) -> pd.DataFrame:
        """Read a table, or only these columns of it.

        Raises NoInputError where it was not written yet or was changed since.
        """
        with self._reading(name) as path:
            return catalogue().table(name).read_csv(path, columns)

    def chunks(
        self, name: str, columns: Collection[str] = (), repeated: Collection[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Read a table a chunk at a time; ``repeated`` columns as categories. Raises as `table`."""
        with self._reading(name) as path:
            yield from catalogue().table(name).read_chunks(path, columns, repeated)

    @contextmanager
    def _reading(self, name: str) -> Iterator[Path]:
        """Give the path of a table that is read; errors of reading become a NoInputError."""
        spec = catalogue().table(name)
        path = self.out / spec.path
        try:
            yield path
        except OSError as error:
            raise NoInputError(
                f"{self.out} has no {spec.path}", f"Run first: prongsai normalize {self.out}"
            ) from error
        except SchemaError as error:
            raise NoInputError(
                f"{path} is not as it was written: {error}",
                f"Write it anew: prongsai normalize {self.out}",
            ) from error

    def is_current(self, stage: str, made_of: str) -> bool:
        """Say whether a stage has been done with all that it is made of now, and stands so."""
        stamp = self._stamps().get(stage, {})
        written: dict[str, str] = stamp.get("files", {})
        return stamp.get("made_of") == made_of and written == self.digests(written)

    def result(self, stage: str) -> Any:
        """Return what was told of a stage when it was done; KeyError where it was not."""
        return self._stamps()[stage]["result"]

    def finish(self, stage: str, made_of: str, written: Iterable[str], result: Any) -> None:
        """Note that a stage is done: what it was made of, which files it wrote, what to tell."""
        stamp = {"made_of": made_of, "files": self.digests(written), "result": result}
        stamps = {name: kept for name, kept in self._stamps().items() if name != stage}
        text = json.dumps(stamps | {stage: stamp}, indent=1, sort_keys=True)
        write_whole(self.out / PARTS / _STAGES, [text, "\n"])

    def digests(self, names: Iterable[str]) -> dict[str, str]:
        """Return the SHA-256 of files of the folder, by name; "" for one that is not there."""
        found = {}
        for name in sorted(names):
            try:
                with (self.out / name).open("rb") as file:
                    found[name] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:
                found[name] = ""
        return found

    def _stamps(self) -> dict[str, Any]:
        try:
            stamps = json.loads((self.out / PARTS / _STAGES).read_text("utf-8"))
            return stamps if isinstance(stamps, dict) else {}
        except (OSError, ValueError):
            return {}

    def made_by(self) -> dict[str, str]:
        """Return the versions of what made the dataset; empty where it does not say."""
        try:
            package = json.loads((self.out / PACKAGE_FILE).read_text("utf-8"))
            return {str(name): str(version) for name, version in package["made_by"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def describe(self, made_by: Mapping[str, str]) -> None:
        """Write the data package, the data dictionary and the codebook of what is there.

        ``made_by`` are the versions of what made it.
        """
        present = [spec.name for spec in catalogue().tables if (self.out / spec.path).is_file()]
        write_datapackage(self.out, present, made_by)
        write_data_dictionary(self.out)
        write_codebook(self.out)
