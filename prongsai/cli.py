"""The command line: parse, call, print, and map errors to exit codes."""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from extract.encoding import EncodingError, decode
from extract.thai import clean_document, convert_digits
from normalize.catalogue.files import write_whole
from normalize.dates import parse_year
from prongsai import __version__, pipeline
from prongsai import diff as differences
from prongsai.dataset import read_dataset
from prongsai.doctor import run_checks
from prongsai.errors import ExitCode, NoInputError, OutputError, ProngsaiError, UsageError
from prongsai.evidence import find_evidence
from prongsai.match_table import matched_table, own_csv, read_own_table
from prongsai.review_commands import review_app
from prongsai.run_commands import analyze, extract, merge, normalize, run
from prongsai.show import as_json as evidence_json
from prongsai.show import as_text, draw, find_report, picture_path, source_lines, why_no_picture
from prongsai.store import Store
from prongsai.terminal import say

app = typer.Typer(
    help="Turn ITA reports of Thai local governments into tidy, traceable datasets.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(review_app, name="review")


AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


class Kind(StrEnum):
    """What a column of a person's table holds."""

    item = "item"
    indicator = "indicator"
    agency = "agency"
    status = "status"


class Digits(StrEnum):
    """Which digits cleaned text has."""

    thai = "thai"
    arabic = "arabic"
    keep = "keep"


def _version(wanted: bool) -> None:
    if wanted:
        print(f"prongsai {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    _version_wanted: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Turn ITA reports of Thai local governments into tidy, traceable datasets."""


for command in (run, extract, normalize, merge, analyze):
    app.command()(command)


@app.command()
def match(
    kind: Annotated[Kind, typer.Argument(help="What the column holds.")],
    file: Annotated[Path, typer.Argument(help="Your CSV file.")],
    column: Annotated[str, typer.Option("--column", help="The column to match.")],
    year_column: Annotated[
        str | None, typer.Option("--year-column", help="Column of fiscal years.")
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", help="Fiscal year (BE or CE) of all rows.")
    ] = None,
    agencies: Annotated[
        Path | None, typer.Option("--agencies", help="CSV of agencies the registry lacks.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; standard output otherwise.")
    ] = None,
) -> None:
    """Add to a table of your own what one of its columns is matched to."""
    year_be = None if year is None else parse_year(year)
    if year is not None and year_be is None:
        raise UsageError(f"--year {year} is no fiscal year", "Give a year such as 2566 or 2023.")
    table = read_own_table(file)
    for doubt in table.doubts:
        say(f"{file}: {doubt}")
    columns, rows = matched_table(
        kind.value,
        table,
        column,
        year_column=year_column,
        year_be=year_be,
        registry=pipeline.load_registry(agencies),
    )
    counts = dict.fromkeys(("accepted", "review", "unmatched"), 0)

    def counted() -> Iterator[list[str]]:
        for row in rows:
            counts[row[len(table.columns)]] += 1  # the first added column is match_status
            yield row

    _write(own_csv(table, columns, counted()), out)
    say(", ".join(f"{count} {status}" for status, count in counts.items()))


@app.command()
def clean(
    file: Annotated[
        Path | None, typer.Argument(help="Text file; standard input otherwise.")
    ] = None,
    digits: Annotated[Digits, typer.Option("--digits", help="Digits to write.")] = Digits.keep,
) -> None:
    """Repair damaged Thai text; a whole text tells more of its damage than its lines."""
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
        decoded = decode(data)
    except OSError as error:
        raise NoInputError(
            f"{file} cannot be opened ({error.strerror})", "Check the path."
        ) from error
    except EncodingError as error:
        raise NoInputError(str(error), "Save the text as UTF-8 and run again.") from error
    for doubt in decoded.doubts:
        say(f"{file or 'standard input'}: {doubt.message}")
    cleaned = clean_document(decoded.text.removeprefix("\ufeff"))
    _write([convert_digits(cleaned, digits.value)], None)


@app.command()
def show(
    out: Annotated[Path, typer.Argument(help="Folder of the dataset.")],
    observation_id: Annotated[
        str,
        typer.Argument(help="An observation_id or review_id of its tables, or how it begins."),
    ],
    picture: Annotated[
        Path | None, typer.Option("--picture", help="PNG file to write; OUT/show/ID.png otherwise.")
    ] = None,
    raw: Annotated[
        Path | None, typer.Option("--raw", help="The report, or its folder, where it was moved.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say where a value stands in its report, and draw the page with its cells marked."""
    store = Store(out)
    evidence = find_evidence(store, observation_id)
    path = picture_path(out, evidence, picture)
    pictures: list[Path] = []
    lines: dict[int, str] = {}
    try:
        data = find_report(store, evidence, raw)
        lines = source_lines(data, evidence)
        pictures = draw(data, evidence, path)
        if not pictures:
            say(why_no_picture(evidence))
    finally:  # what the dataset knows is said, even where the report is gone
        write = evidence_json if as_json else as_text
        _write([write(evidence, pictures, lines)], None)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Folder of the dataset as it was.")],
    new: Annotated[Path, typer.Argument(help="Folder of the dataset as it is.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="CSV file to write all changes to, one a row.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two datasets, by agency and year, and why."""
    found = differences.compare(read_dataset(old), read_dataset(new))
    if out:
        _write(differences.as_csv(found), out)
    _write((differences.as_json if as_json else differences.as_text)(found), None)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what this installation can do, and what it lacks."""
    checks = run_checks()
    if as_json:
        rows = [{"name": c.name, "is_ok": c.is_ok, "detail": c.detail} for c in checks]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for check in checks:
            lacking = "MISSING" if check.is_needed else "absent "
            print(f"{'ok     ' if check.is_ok else lacking} {check.name}: {check.detail}")
    is_complete = all(check.is_ok for check in checks if check.is_needed)
    if not is_complete:
        raise typer.Exit(ExitCode.PROGRAM_MISSING)


def _write(parts: Iterable[str], out: Path | None) -> None:
    if out is None:
        try:
            sys.stdout.buffer.writelines(part.encode("utf-8") for part in parts)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # the reader of a pipe left: it has what it wanted
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    try:
        write_whole(out, parts)
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written ({error.strerror})", "Name another file."
        ) from error


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except ProngsaiError as error:
        say(f"error: {error.cause}\n{error.next_step}")
        sys.exit(error.exit_code)
    except OSError as error:
        say(f"error: {error}\nSee that the disk has room and the folders are yours, and run again.")
        sys.exit(ExitCode.USAGE)
    except Exception:
        traceback.print_exc()
        say("error: this is a defect of Prongsai; please report it with the lines above")
        sys.exit(ExitCode.INTERNAL)
    except SystemExit as end:
        if end.code == ExitCode.INTERRUPTED:
            say("stopped; run the same command again to go on")
        raise
    sys.exit(ExitCode.DONE)
