"""Printing to PDF by the two kinds of programs that agencies use."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 180
EPOCH = "1735689600"  # 2025-01-01, so that a program that asks gets no date of today
BROWSER_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class MissingProgramError(Exception):
    """A program that prints PDFs is not installed."""


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise MissingProgramError(f"{names[0]} is not installed; without it use --no-pdf")
    return found


def _run(command: list[str]) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"}
    subprocess.run(command, check=True, timeout=SECONDS, capture_output=True, env=environment)


def print_html(html: bytes, target: Path) -> None:
    """Print an HTML page to a PDF file by a headless browser."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_bytes(html)
        command = [_program("chromium", "chromium-browser", "google-chrome"), *BROWSER_OPTIONS]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", source.as_uri()]
        _run(command)
        shutil.copyfile(made, target)


def print_word(docx: bytes, target: Path) -> None:
    """Print a .docx file to a PDF file by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(docx)
        profile = Path(folder, "profile").as_uri()
        command = [_program("soffice", "libreoffice"), f"-env:UserInstallation={profile}"]
        command += ["--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        _run(command)
        shutil.copyfile(Path(folder, "report.pdf"), target)
