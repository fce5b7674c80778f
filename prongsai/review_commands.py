"""The commands of the review: the queue out to a person, the decisions in, and back."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from extract.limits import LIMITS
from prongsai.errors import UsageError
from prongsai.review import Applied, apply_review, undo_review
from prongsai.review_export import export_review
from prongsai.store import Store
from prongsai.supervisor import Supervisor
from prongsai.terminal import print_summary, say

review_app = typer.Typer(
    help="Settle the doubts of review.csv: export the queue, apply decisions, undo them.",
    no_args_is_help=True,
)

Dataset = Annotated[Path, typer.Argument(help="Folder of the dataset.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


@review_app.command()
def export(
    out: Dataset,
    to: Annotated[
        Path | None, typer.Option("--to", help="File .xlsx or .csv; OUT/review.xlsx otherwise.")
    ] = None,
) -> None:
    """Write the queue as a workbook, or as CSV, to be filled in."""
    path, rows = export_review(out, to)
    print(f"{rows} doubts -> {path}")


@review_app.command()
def apply(
    out: Dataset,
    file: Annotated[Path, typer.Argument(help="The filled review file, .xlsx or .csv.")],
    by: Annotated[
        str | None, typer.Option("--by", help="Who decided; the name of the user otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Keep decisions in corrections.csv beside the reports, and write the tables anew."""
    decided_by = by or _user()
    with Store(out).writing(), Supervisor(1, LIMITS) as workers:
        applied = apply_review(out, file, decided_by, workers)
    say(f"{applied.changed} decisions new or changed, {applied.unchanged} as before")
    _tell(applied, as_json)


@review_app.command()
def undo(
    out: Dataset,
    review_ids: Annotated[
        list[str], typer.Argument(help="Each a review_id of decisions.csv, or how it begins.")
    ],
    as_json: AsJson = False,
) -> None:
    """Take decisions back, so that their doubts are asked again, and write the tables anew."""
    with Store(out).writing(), Supervisor(1, LIMITS) as workers:
        undone = undo_review(out, review_ids, workers)
    say(f"{undone.changed} decisions taken back")
    _tell(undone, as_json)


def _tell(done: Applied, as_json: bool) -> None:
    for path in done.files:
        say(f"written: {path}")
    print_summary(done.summary, as_json)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("it is not known who decides", "Say who: --by NAME") from error
