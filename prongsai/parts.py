"""What each report adds to the tables, kept by what it was made of, and joined to whole tables.

A part is a packet: its tables are records as the CSV file has them, its head says what it was
made of ("key"). So a run does again only what has changed, and no more of a dataset is in memory
than one report adds to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

from normalize.catalogue import catalogue
from normalize.catalogue.files import csv_line, whole_file, write_whole
from prongsai.errors import NoInputError
from prongsai.packets import Packet, PacketError, read_head, read_packet

PARTS = "parts"
Kind = Literal["extract", "normalize"]


class Parts:
    """The parts of one stage, one for each content that was worked on."""

    def __init__(self, out: Path, kind: Kind) -> None:
        self._out = out
        self._kind = kind

    def head(self, document_id: str) -> dict[str, Any]:
        """Return the head of a part; empty where there is none, or not all of it."""
        path = self._path(document_id)
        try:
            with path.open("rb") as file:
                head, following = read_head(file)
                return head if file.tell() + following == path.stat().st_size else {}
        except (OSError, PacketError):
            return {}

    def read(self, document_id: str) -> Packet:
        """Return a part; raises NoInputError where it is gone or damaged."""
        path = self._path(document_id)
        try:
            with path.open("rb") as file:
                return read_packet(file)
        except (OSError, PacketError) as error:
            raise NoInputError(f"{path} is missing or damaged", "Run again.") from error

    def save(self, document_id: str, part: Packet) -> None:
        """Write a part."""
        write_whole(self._path(document_id), part.pieces())

    def drop(self, document_id: str) -> None:
        """Remove a part, if it is there: what it is of is about to change."""
        self._path(document_id).unlink(missing_ok=True)

    def keep_only(self, document_ids: Iterable[str]) -> None:
        """Remove the parts of all other contents."""
        kept = {self._path(document_id).name for document_id in document_ids}
        for path in (self._out / PARTS).glob(f"*.{self._kind}"):
            if path.name not in kept:
                path.unlink()

    def _path(self, document_id: str) -> Path:
        return self._out / PARTS / f"{document_id}.{self._kind}"


def digest(*values: object) -> str:
    """Return a digest of plain values, by which two things made of the same are known."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def join(out: Path, tables: Iterable[str], parts: Iterable[Mapping[str, bytes]]) -> None:
    """Write tables of the parts, in their order; each appears whole. Raises OSError."""
    specs = [catalogue().table(name) for name in tables]
    with ExitStack() as stack:
        files = {spec.name: stack.enter_context(whole_file(out / spec.path)) for spec in specs}
        for spec in specs:
            files[spec.name].write(csv_line(spec.columns).encode())
        for part in parts:
            for name, file in files.items():
                file.write(part.get(name, b""))
