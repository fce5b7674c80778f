"""Which files of a folder are reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.read import REPORT_SUFFIXES
from prongsai.errors import NoInputError

# The file in the folder of reports that adds agencies to the registry.
EXTRA_AGENCIES = "agencies.csv"


@dataclass(frozen=True, slots=True)
class Found:
    """A report file and its name in the dataset: its path below the folder that was given."""

    path: Path
    source_file: str


@dataclass(frozen=True, slots=True)
class Input:
    """The reports of a run in order of their names, and the file of extra agencies, if any."""

    reports: tuple[Found, ...]
    extra_agencies: Path | None
    others: tuple[str, ...]


def find_reports(paths: Sequence[Path]) -> Input:
    """Walk folders for reports; a file that is named itself is taken whatever its name is.

    Hidden files are passed over, and links to folders are not followed. Files of other kinds are
    listed in ``others``. Raises NoInputError where a path is missing or nothing is a report.
    """
    reports: dict[str, Found] = {}
    others: list[str] = []
    extra: Path | None = None
    for path in paths:
        if not path.exists():
            raise NoInputError(
                f"there is no file or folder {path}", "Check the path and run again."
            )
        if path.is_file():
            _add(reports, Found(path, path.name))
            continue
        if (path / EXTRA_AGENCIES).is_file():
            extra = path / EXTRA_AGENCIES
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path)
            if any(part.startswith(".") for part in name.parts) or not file.is_file():
                continue
            if file.suffix.lower() in REPORT_SUFFIXES:
                _add(reports, Found(file, name.as_posix()))
            elif file != extra:
                others.append(name.as_posix())
    if not reports:
        kinds = ", ".join(sorted(REPORT_SUFFIXES))
        where = ", ".join(map(str, paths))
        raise NoInputError(f"no reports in {where}", f"Put report files there ({kinds}).")
    return Input(tuple(sorted(reports.values(), key=lambda f: f.source_file)), extra, tuple(others))


def _add(reports: dict[str, Found], found: Found) -> None:
    """Add a report under a name of its own: a second file of that name gets its folder in front."""
    known = reports.get(found.source_file)
    if known and known.path.resolve() != found.path.resolve():
        found = Found(found.path, f"{found.path.parent.name}/{found.source_file}")
    reports[found.source_file] = found
