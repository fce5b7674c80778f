"""What can go wrong in a command: each error has an exit code, a cause and a next step.

The table of them is in docs/errors.md.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    NO_INPUT = 3
    PROGRAM_MISSING = 4
    SOME_FAILED = 5
    REVIEW_PENDING = 6
    INTERRUPTED = 130


class ProngsaiError(Exception):
    """An error that a person can act on: what happened, and what to do next."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, cause: str, next_step: str) -> None:
        super().__init__(f"{cause}\n{next_step}")
        self.cause = cause
        self.next_step = next_step


class UsageError(ProngsaiError):
    """The arguments cannot be used as they are."""

    exit_code = ExitCode.USAGE


class NoInputError(ProngsaiError):
    """There is nothing readable to work on."""

    exit_code = ExitCode.NO_INPUT


def unopened(error: OSError) -> str:
    """Return why a report is not read that the system will not open, and what to do."""
    return f"the file cannot be opened ({error.strerror or error}): check its permissions"


class MissingError(ProngsaiError):
    """A library or program that this needs is not installed."""

    exit_code = ExitCode.PROGRAM_MISSING


class OutputError(ProngsaiError):
    """The output cannot be written."""

    exit_code = ExitCode.USAGE
