"""Which program and which lists made a dataset, so that two datasets can be told apart by them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import analyze
import normalize
from extract.read import extractor_version
from prongsai import __version__

_LIBRARIES = ("numpy", "pandas", "rapidfuzz")
_CHART_LIBRARIES = (
    "altair",
    "fontpkg-sarabun",
    "itables",
    "pandas",
    "vl-convert-python",
    "xlsxwriter",
)
# What a package has of our own: code, facts, and what the dashboard is made of.
_OWN = (".py", ".csv", ".js", ".css", ".html", ".json")


def record_versions(extra_agencies: Path | None) -> dict[str, str]:
    """Return the versions that make records of documents.

    ``normalize`` is a digest of the code, with that of extraction, whose repair of Thai it uses;
    ``lists`` of the reference data and of the agencies beside the reports.
    """
    extra = extra_agencies.read_bytes() if extra_agencies else b""
    digest = hashlib.sha256(_lists() + extra)
    return {"prongsai": __version__, "normalize": _code(), "lists": digest.hexdigest()[:12]}


@cache
def cells_version() -> str:
    """Return a digest of the code and fields by which a Document becomes rows of cells."""
    package = _package()
    code = [package / "tables.py", *(package / "catalogue").glob("*.py")]
    fields = [package / "data" / f"{name}.csv" for name in ("tables", "fields", "enums")]
    return _contents([*code, *fields]).hex()[:12]


def analysis_version() -> str:
    """Return a digest of the code and data that make comparisons, and of the libraries they use."""
    made = [f"{name}=={version(name)}" for name in _CHART_LIBRARIES]
    package = Path(analyze.__path__[0])
    files = [path for path in package.rglob("*") if path.suffix in _OWN]
    files += [Path(__file__).with_name(f"{name}.py") for name in ("present", "records")]
    return hashlib.sha256(repr((made, _code())).encode() + _contents(files)).hexdigest()[:12]


@cache
def _code() -> str:
    digest = hashlib.sha256(extractor_version().encode())
    for name in _LIBRARIES:
        digest.update(f"{name}=={version(name)}\n".encode())
    digest.update(_contents(_package().rglob("*.py")))
    return digest.hexdigest()[:12]


@cache
def _lists() -> bytes:
    return _contents(_package().rglob("*.csv"))


def _package() -> Path:
    return Path(normalize.__path__[0])


def _contents(paths: Iterable[Path]) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.digest()
