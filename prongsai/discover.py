"""Which files of a folder are reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from extract.media import REPORT_SUFFIXES
from prongsai.errors import NoInputError, UsageError

# The file in the folder of reports that adds agencies to the registry.
EXTRA_AGENCIES = "agencies.csv"
# The file in the folder of reports that keeps what persons decided.
CORRECTIONS = "corrections.csv"
# The folder and the file in it that every dataset has.
DOCUMENTS, FILES = "documents", "files.json"


@dataclass(frozen=True, slots=True)
class Found:
    """A report file and its name in the dataset: its path below the folder that was given."""

    path: Path
    source_file: str


@dataclass(frozen=True, slots=True)
class Input:
    """The reports of a run in order of their names, and what lies beside them.

    That is the file of extra agencies, if any, the files of corrections, and files of other kinds.
    """

    reports: tuple[Found, ...]
    extra_agencies: Path | None
    corrections: tuple[Path, ...]
    others: tuple[str, ...]


def find_reports(paths: Sequence[Path], out: Path) -> Input:
    """Walk folders for reports; a file that is named itself is taken whatever its name is.

    Hidden files and what lies in ``out``, the folder of the dataset, or in another dataset, are
    passed over, and links to folders are not followed. Files of other kinds are listed in
    ``others``. Raises NoInputError where a path is missing or nothing is a report, and UsageError
    where ``out`` is a folder of reports itself or two folders have extra agencies.
    """
    check_there(paths)
    reports: dict[str, Found] = {}
    others: list[str] = []
    extra: Path | None = None
    for path in paths:
        if path.is_file():
            _add(reports, path, path.parent)
            continue
        if path.resolve() == out.resolve():
            raise UsageError(
                f"{path} is the folder of reports and of the dataset",
                "Name another folder with --out.",
            )
        own = path / EXTRA_AGENCIES
        if own.is_file():
            if extra and not extra.samefile(own):
                raise UsageError(
                    f"both {extra} and {own} add agencies",
                    "Put their rows into one of them, take the other away, and run again.",
                )
            extra = own
        is_around_out = path.resolve() in out.resolve().parents
        files = sorted(path.rglob("*"))
        signs = (file for file in files if file.parts[-2:] == (DOCUMENTS, FILES))
        datasets = {sign.parent.parent for sign in signs} - {path}
        for file in files:
            is_hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if is_hidden or not file.is_file():
                continue
            if is_around_out and out.resolve() in file.resolve().parents:
                continue
            if not datasets.isdisjoint(file.parents):  # its pictures are no reports
                continue
            if file.suffix.lower() in REPORT_SUFFIXES:
                _add(reports, file, path)
            elif file not in (extra, path / CORRECTIONS):
                others.append(_name(file, path))
    if not reports:
        kinds = ", ".join(sorted(REPORT_SUFFIXES))
        where = ", ".join(map(str, paths))
        raise NoInputError(f"no reports in {where}", f"Put report files there ({kinds}).")
    ordered = tuple(sorted(reports.values(), key=lambda f: f.source_file))
    return Input(ordered, extra, find_corrections(folders_of(paths)), tuple(others))


def check_there(paths: Iterable[Path]) -> None:
    """Raise NoInputError for the first path that is not there."""
    for path in paths:
        if not path.exists():
            raise NoInputError(
                f"there is no file or folder {path}", "Check the path and run again."
            )


def folders_of(paths: Iterable[Path]) -> list[Path]:
    """Return the folders of reports: those that were given, and those of files that were."""
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))


def find_corrections(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of corrections in these folders, each once."""
    found = (folder / CORRECTIONS for folder in folders)
    return tuple({path.resolve(): path for path in found if path.is_file()}.values())


def _add(reports: dict[str, Found], file: Path, folder: Path) -> None:
    """Add a report by its path below the folder; where that is taken, the folder goes in front."""
    name = _name(file, folder)
    prefix = _name(folder.resolve(), folder.resolve().parent)
    numbered = (f"{prefix}-{number}/{name}" for number in count(2))
    for free in chain((name, f"{prefix}/{name}"), numbered):
        known = reports.setdefault(free, Found(file, free))
        if known.path.absolute() == file.absolute():
            return


def _name(file: Path, folder: Path) -> str:
    """Return the path below the folder; bytes that are no UTF-8 are spelt out."""
    name = file.relative_to(folder).as_posix()
    return os.fsencode(name).decode("utf-8", "backslashreplace")
