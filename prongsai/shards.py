"""A run in parts: each takes a share of the reports, on any machine, and the parts are joined."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.tables import SourceFile
from prongsai.errors import UsageError
from prongsai.store import Store


@dataclass(frozen=True, slots=True)
class Shard:
    """The share ``number`` of ``count``, from 1; a report is in the same one on every machine."""

    number: int
    count: int

    @classmethod
    def of(cls, text: str) -> Shard:
        """Read "2/5"; raises UsageError."""
        match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
        number, count = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1 <= number <= count:
            raise UsageError(f"--shard {text} is no share", "Give i/n, from 1/n to n/n: 1/4.")
        return cls(number, count)

    def has(self, source_file: str) -> bool:
        """Say whether a report of this name is in the shard."""
        digest = hashlib.sha256(source_file.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8]) % self.count == self.number - 1


WHOLE = Shard(1, 1)


def join_shards(outs: Sequence[Path], out: Path) -> str:
    """Bring what the shards read into one folder; return the version of what read them.

    Nothing is read again. Raises UsageError where the shards do not belong together, and
    NoInputError where one is no dataset.
    """
    shards = [Store(path) for path in outs]
    lists = [shard.files() for shard in shards]
    if any(path.resolve() == out.resolve() for path in outs):
        raise UsageError(f"{out} is a shard itself", "Name another folder with --out.")
    _same({str(shard.out): shard.made_by().get("extract", "") for shard in shards}, "versions")
    texts = {str(shard.out): _text(shard.extra_agencies) for shard in shards}
    _same(texts, "files of extra agencies")
    found: dict[str, tuple[SourceFile, Store]] = {}
    for shard, files in zip(shards, lists, strict=True):
        for file in files:
            known, other = found.setdefault(file.source_file, (file, shard))
            if known != file:
                raise UsageError(
                    f"{shard.out} and {other.out} have another report each by the name of "
                    f"{file.source_file}",
                    "Run shards of the same folder of reports, each with its own i of i/n.",
                )
    whole = Store(out)
    ordered = [found[name] for name in sorted(found)]
    taken: set[str] = set()
    for file, shard in ordered:
        if file.document_id and file.document_id not in taken:
            taken.add(file.document_id)
            whole.take(file.document_id, shard)
    folders = dict.fromkeys(folder for shard in shards for folder in shard.raw_folders())
    extra = shards[0].extra_agencies
    whole.save_files([file for file, _ in ordered], list(folders), extra)
    whole.save_decisions(dict.fromkeys(made for shard in shards for made in shard.decisions()))
    return shards[0].made_by().get("extract", "")


def _same(values: dict[str, str], what: str) -> None:
    if len(set(values.values())) > 1:
        first, *others = values
        other = next(name for name in others if values[name] != values[first])
        raise UsageError(
            f"{first} and {other} have different {what}",
            "Run all shards with the same program, on the same folder of reports.",
        )


def _text(path: Path | None) -> str:
    return path.read_text("utf-8") if path else ""
