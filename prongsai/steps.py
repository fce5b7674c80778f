"""What a run tells of while it works: each report that is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from normalize.catalogue.spec import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """A report is done in a stage that has ``total`` of them.

    ``pages`` is 0 where they are not known, ``error`` empty where nothing failed; ``is_new`` says
    whether anything was to do.
    """

    stage: Stage
    total: int
    source_file: str
    pages: int
    error: str
    is_new: bool


Tell = Callable[[Step], None]


def silent(_: Step) -> None:
    """Tell nobody."""
