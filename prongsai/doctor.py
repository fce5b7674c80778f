"""What this installation can do: versions, reference data, and programs it can use."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from normalize.agencies.registry import Registry
from normalize.catalogue import catalogue
from normalize.reference import item_lists
from prongsai import __version__

LIBRARIES = (
    *("pypdfium2", "pikepdf", "fonttools", "pythainlp", "pandas", "rapidfuzz"),
    *("openpyxl", "xlsxwriter", "altair", "vl-convert-python", "fontpkg-sarabun"),
    *("onnxruntime", "opencv-python-headless"),
)
# What an extra installs, with its name and what needs it.
EXTRAS = {
    "pyarrow": ("parquet", "Parquet needs it"),
    "distributed": ("cluster", "a run on several machines needs it"),
    "universal-pathlib": ("cluster", "reports at an address need it"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it is in order, and what to do if not.

    What is not needed may be absent: the program does its work without it.
    """

    name: str
    is_ok: bool
    detail: str
    is_needed: bool = True


def run_checks() -> list[Check]:
    """Look at everything; a failed check says what to do."""
    from extract.scan.engine import EngineError  # OpenCV takes a while to load
    from extract.scan.tesseract import Tesseract

    checks = [
        Check("prongsai", True, __version__),
        Check("python", sys.version_info >= (3, 11), platform.python_version()),
    ]
    for name in LIBRARIES:
        try:
            checks.append(Check(name, True, version(name)))
        except PackageNotFoundError:
            checks.append(Check(name, False, "missing: install Prongsai again (pip install .)"))
    try:
        checks.append(Check("tesseract", True, Tesseract().name))
    except EngineError as error:
        checks.append(Check("tesseract", False, str(error), is_needed=False))
    for name, (extra, what) in EXTRAS.items():
        try:
            checks.append(Check(name, True, version(name)))
        except PackageNotFoundError:
            detail = f'missing: only {what} (pip install "prongsai[{extra}]")'
            checks.append(Check(name, False, detail, is_needed=False))
    years = item_lists()
    span = f"fiscal years {min(years)}-{max(years)} (BE), {sum(map(len, years.values()))} items"
    checks.append(Check("item lists", True, span))
    checks.append(Check("registry", True, f"{len(Registry.load().agencies):,} agencies"))
    checks.append(Check("catalogue", True, f"{len(catalogue().tables)} tables"))
    return checks
