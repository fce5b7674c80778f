"""The output folder: documents as JSON, tables as CSV, each whole or not there at all."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from extract.document import Document
from normalize.catalogue import catalogue
from normalize.catalogue.codebook import write_codebook
from normalize.catalogue.datapackage import PACKAGE_FILE, write_data_dictionary, write_datapackage
from normalize.catalogue.files import write_whole
from normalize.catalogue.frames import SchemaError
from normalize.catalogue.spec import Stage
from normalize.decisions import Decision
from normalize.tables import SourceFile
from prongsai.discover import DOCUMENTS, EXTRA_AGENCIES, FILES, folders_of
from prongsai.errors import NoInputError, OutputError

_DOCUMENT_FILE = re.compile(r"[0-9a-f]{16}\.json")
_RAW = "raw.json"
_DECISIONS = "decisions.json"
DASHBOARD, WORKBOOK = "dashboard.html", "workbook.xlsx"
FIGURES = "analysis/figures"
PARQUET = "parquet"


class Store:
    """The files of one output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._documents = out / DOCUMENTS

    def prepare(self) -> None:
        """Make the folder; raises OutputError where it cannot be written."""
        try:
            self._documents.mkdir(parents=True, exist_ok=True)
            write_whole(self._documents / ".writable", [""])
            (self._documents / ".writable").unlink()
        except OSError as error:
            raise OutputError(
                f"the folder {self.out} cannot be written ({error.strerror})",
                "Name another folder with --out, or free this one.",
            ) from error

    def document(self, document_id: str, extractor: str) -> Document | None:
        """Return the stored document if this extractor made it, else None."""
        path = self._documents / f"{document_id}.json"
        try:
            document = Document.from_json(path.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return document if document.extractor == extractor else None

    def save_content(self, document_id: str, content: bytes) -> None:
        """Write a document, as JSON, under its id."""
        write_whole(self._documents / f"{document_id}.json", [content])

    def save_files(
        self, files: Sequence[SourceFile], paths: Sequence[Path], extra_agencies: Path | None
    ) -> None:
        """Write which files the dataset is of, with its extra agencies; drop other documents.

        The folders of ``paths`` are told from the folder of the dataset, so that the two may move
        together and the dataset is the same wherever they are.
        """
        content = json.dumps([asdict(file) for file in files], ensure_ascii=False, indent=1)
        write_whole(self._documents / FILES, [content, "\n"])
        told = json.dumps([_way(self.out, folder) for folder in folders_of(paths)], indent=1)
        write_whole(self._documents / _RAW, [told, "\n"])
        wanted = {f"{file.document_id}.json" for file in files}
        for path in self._documents.iterdir():
            if _DOCUMENT_FILE.fullmatch(path.name) and path.name not in wanted:
                path.unlink()
        own = self.out / EXTRA_AGENCIES
        if extra_agencies is None:
            own.unlink(missing_ok=True)
        elif extra_agencies.resolve() != own.resolve():
            write_whole(own, [extra_agencies.read_text("utf-8-sig")])

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
            return [(self.out / way).resolve() for way in content]
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

    def documents(self) -> Iterator[Document]:
        """Yield each stored document of the dataset once."""
        for document_id in dict.fromkeys(f.document_id for f in self.files() if f.document_id):
            yield self.read_document(document_id)

    def read_document(self, document_id: str) -> Document:
        """Return a document of the dataset; raises NoInputError where it is gone or damaged."""
        path = self._documents / f"{document_id}.json"
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


def _way(start: Path, end: Path) -> str:
    """Return the way from one folder to another, or where that is if no way leads there."""
    try:
        return Path(os.path.relpath(end.resolve(), start.resolve())).as_posix()
    except ValueError:  # on another drive
        return end.resolve().as_posix()
