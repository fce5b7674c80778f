"""Write the sample reports, the registry and the gold into ``data/raw``."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from .facts import Report, reports
from .gold import gold_files
from .print_pdf import MissingProgramError, print_html, print_word
from .shapes import compose
from .write_html import write_html
from .write_text import write_text

RAW = Path(__file__).resolve().parent.parent / "raw"
PDF_SOURCES = Path(__file__).with_name("pdf_sources.csv")


def text_files() -> dict[str, bytes]:
    """Return every file that is made without a printing program, by path under ``data/raw``."""
    made = gold_files()
    for report in reports():
        writer = report.style["writer"]
        if writer in ("text", "markdown"):
            made[report.source_file] = write_text(compose(report), report)
        elif writer == "html":
            made[report.source_file] = write_html(compose(report), report)
    return made


def pdf_reports() -> list[Report]:
    """Return the reports that are printed to PDF."""
    return [report for report in reports() if report.style["writer"] in ("browser", "word")]


def pdf_sources() -> bytes:
    """Return a table of the digests of what the PDFs show, to see when one is stale."""
    lines = ["source_file,sha256"]
    for report in pdf_reports():
        digest = hashlib.sha256(write_html(compose(report), report)).hexdigest()
        lines.append(f"{report.source_file},{digest}")
    return ("\n".join(lines) + "\n").encode()


def _print(report: Report, target: Path) -> None:
    document = compose(report)
    if report.style["writer"] == "browser":
        print_html(write_html(document, report), target)
    else:
        from .write_word import write_word  # python-docx is needed for these reports only

        print_word(write_word(document, report), target)


def main(arguments: list[str] | None = None) -> int:
    """Run the maker; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python data/make_samples", description=__doc__)
    parser.add_argument("--out", type=Path, default=RAW, help="folder to write into")
    parser.add_argument("--no-pdf", action="store_true", help="leave the PDF files as they are")
    options = parser.parse_args(arguments)
    made = text_files()
    for name, content in made.items():
        target = options.out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    print(f"{len(made)} text, HTML and CSV files", file=sys.stderr)
    if options.no_pdf:
        return 0
    try:
        for report in pdf_reports():
            _print(report, options.out / report.source_file)
            print(report.source_file, file=sys.stderr)
    except MissingProgramError as error:
        print(error, file=sys.stderr)
        return 4
    PDF_SOURCES.write_bytes(pdf_sources())
    return 0
