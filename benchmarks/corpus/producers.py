"""The producers: programs and libraries that print a report to PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from .flow import Typesetter
from .fonts import all_fonts, fontconfig
from .html import html
from .imitations import ExcelPen, WordPen
from .model import Report
from .pens import FpdfPen, ReportLabPen
from .pictures import logo
from .typst_source import LOGO, typst_source

SECONDS = 240
EPOCH = "1735689600"  # 2025-01-01, so that a program that asks gets no date of today
BROWSER_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


class MissingProgramError(Exception):
    """A program or library that prints PDFs is not installed."""


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise MissingProgramError(f"{names[0]} is not installed")
    return found


def _run(command: list[str]) -> None:
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": EPOCH,
        "TZ": "UTC",
        "FONTCONFIG_FILE": str(fontconfig()),
    }
    subprocess.run(command, check=True, timeout=SECONDS, capture_output=True, env=environment)


def chromium(reports: list[Report], out: Path) -> None:
    """Print from a browser, with tags in the PDF or without."""
    program = _program("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for report in reports:
            source = Path(folder, "report.html")
            source.write_text(html(report), encoding="utf-8")
            tags = ["--disable-pdf-tagging"] if report.style.variant % 2 else []
            _run(
                [
                    program,
                    *BROWSER_OPTIONS,
                    *tags,
                    f"--user-data-dir={folder}/profile",
                    f"--print-to-pdf={out / report.name}.pdf",
                    source.as_uri(),
                ]
            )


def _office(sources: list[Path], out: Path) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile").as_uri()
        command = [_program("soffice", "libreoffice"), f"-env:UserInstallation={profile}"]
        command += ["--headless", "--convert-to", "pdf", "--outdir", str(out)]
        _run([*command, *map(str, sources)])


def writer(reports: list[Report], out: Path) -> None:
    """Print .docx files by LibreOffice Writer."""
    from .word import write_docx

    _program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder, f"{report.name}.docx") for report in reports]
        for report, source in zip(reports, sources, strict=True):
            write_docx(report, source)
        _office(sources, out)


def calc(reports: list[Report], out: Path) -> None:
    """Print .xlsx files by LibreOffice Calc."""
    from .calc import write_xlsx

    _program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder, f"{report.name}.xlsx") for report in reports]
        for report, source in zip(reports, sources, strict=True):
            write_xlsx(report, source)
        _office(sources, out)


def reportlab(reports: list[Report], out: Path) -> None:
    """Draw by ReportLab, without shaping."""
    for report in reports:
        Typesetter(ReportLabPen(report.style), report).set(out / f"{report.name}.pdf")


def fpdf_plain(reports: list[Report], out: Path) -> None:
    """Draw by fpdf2, without shaping."""
    for report in reports:
        pen = FpdfPen(report.style, is_shaped=False)
        Typesetter(pen, report).set(out / f"{report.name}.pdf")


def fpdf_shaped(reports: list[Report], out: Path) -> None:
    """Draw by fpdf2 with its shaping engine."""
    for report in reports:
        pen = FpdfPen(report.style, is_shaped=True)
        Typesetter(pen, report).set(out / f"{report.name}.pdf")


def word_like(reports: list[Report], out: Path) -> None:
    """Draw as Microsoft Word writes Thai."""
    for report in reports:
        Typesetter(WordPen(report.style), report).set(out / f"{report.name}.pdf")


def excel_like(reports: list[Report], out: Path) -> None:
    """Draw as Microsoft Excel writes Thai and amounts."""
    for report in reports:
        Typesetter(ExcelPen(report.style), report).set(out / f"{report.name}.pdf")


def weasyprint(reports: list[Report], out: Path) -> None:
    """Print the HTML pages by WeasyPrint."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig())
    from weasyprint import HTML

    for report in reports:
        HTML(string=html(report)).write_pdf(out / f"{report.name}.pdf")


def typst(reports: list[Report], out: Path) -> None:
    """Typeset by Typst."""
    import typst as compiler

    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(logo(), Path(folder, LOGO))
        for font in all_fonts():
            for path in {font.regular, font.bold}:
                shutil.copy(path, folder)
        for report in reports:
            source = Path(folder, "report.typ")
            source.write_text(typst_source(report), encoding="utf-8")
            compiler.compile(
                str(source), output=str(out / f"{report.name}.pdf"), font_paths=[folder]
            )


Producer = Callable[[list[Report], Path], None]
# These place glyph after glyph; a font whose marks have a width comes out unreadable.
UNSHAPED = ("reportlab", "fpdf-plain", "word-like", "excel-like")
PRODUCERS: dict[str, Producer] = {
    "chromium": chromium,
    "weasyprint": weasyprint,
    "writer": writer,
    "calc": calc,
    "typst": typst,
    "reportlab": reportlab,
    "fpdf-plain": fpdf_plain,
    "fpdf-shaped": fpdf_shaped,
    "word-like": word_like,
    "excel-like": excel_like,
}
