"""Where reports lie: in a folder of this machine, or at an address such as s3://bucket/reports."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import cast

from prongsai.errors import MissingError, UsageError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Say whether a text is an address and no path of this machine."""
    return _ADDRESS.match(text) is not None


def place(text: str, start: Path = Path()) -> Path:
    """Return a folder or file by its path from ``start``, or by its address.

    What stands for an address has the methods of a Path that reading needs. Raises
    MissingError where what reads addresses, or those of this kind, is not installed, and
    UsageError for an address of an unknown kind.
    """
    if not is_address(text):
        return (start / text).resolve() if start != Path() else Path(text)
    try:
        from upath import UPath

        found = UPath(text)
        found.fs  # noqa: B018  # asks for what reads this kind of address
        if found.protocol in ("file", "local"):
            return Path(found.path)
    except ImportError as error:
        raise MissingError(
            f"{text} cannot be read: {error}",
            "Install what reads addresses: pip install 'prongsai[cluster]', and for s3:// s3fs.",
        ) from error
    except ValueError as error:
        raise UsageError(f"{text} cannot be read: {error}", "Check the address.") from error
    return cast(Path, found)


def way(start: Path, end: Path) -> str:
    """Return the way from one folder to another, or where that is if no way leads there."""
    if is_address(str(end)):
        return str(end)
    try:
        return Path(os.path.relpath(end.resolve(), start.resolve())).as_posix()
    except ValueError:  # on another drive
        return end.resolve().as_posix()
