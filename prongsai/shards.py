"""A run in parts: each takes a share of the reports, on any machine, and the parts are joined."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from normalize.catalogue.files import write_whole
from normalize.tables import SourceFile
from prongsai.errors import UsageError
from prongsai.parts import PARTS
from prongsai.store import Store
from prongsai.versions import cells_version


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
_FILE = "shard.json"


def join_shards(outs: Sequence[Path], out: Path) -> str:
    """Bring what the shards read into one folder; return the version of what read them.

    Nothing is read again. Raises UsageError where the shards do not belong together, and
    NoInputError where one is no dataset.
    """
    shards = [Store(path) for path in outs]
    lists = [shard.files() for shard in shards]
    _check_complete([_shard_of(shard) for shard in shards])
    if any(path.resolve() == out.resolve() for path in outs):
        raise UsageError(f"{out} is a shard itself", "Name another folder with --out.")
    read_by = _read_by(shards, lists)
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
    return read_by


def save_shard(store: Store, shard: Shard) -> None:
    """Note which share of the reports a dataset has, if it is not the whole."""
    path = store.out / PARTS / _FILE
    if shard == WHOLE:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, [json.dumps(asdict(shard)), "\n"])


def _shard_of(store: Store) -> Shard:
    try:
        return Shard(**json.loads((store.out / PARTS / _FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return WHOLE


def _read_by(shards: Sequence[Store], lists: Sequence[Sequence[SourceFile]]) -> str:
    """Return the version of the extractor of all reports; raises UsageError for more than one."""
    found: dict[tuple[str, str], Store] = {}
    for shard, files in zip(shards, lists, strict=True):
        for document_id in {file.document_id for file in files if file.document_id}:
            extractor, cells = shard.read_part(document_id)["read_by"]
            found.setdefault((extractor, cells), shard)
    others = [shard.out for (_, cells), shard in found.items() if cells != cells_version()]
    if len(found) > 1 or others:
        where = " and ".join(dict.fromkeys(str(shard.out) for shard in found.values()))
        raise UsageError(
            f"the reports of {where} were read by other versions of the program, or other options",
            "Run all shards, and merge, with the same program, --ocr and --limit.",
        )
    return next((extractor for extractor, _ in found), shards[0].made_by().get("extract", ""))


def _check_complete(shards: Sequence[Shard]) -> None:
    """Raise UsageError where shards of one run are named, and not all of them."""
    count = max(shard.count for shard in shards)
    there = {shard.number for shard in shards if shard.count == count}
    if missing := [f"{number}/{count}" for number in range(1, count + 1) if number not in there]:
        raise UsageError(
            f"the shards {', '.join(missing)} are not among these folders",
            "Name the folders of all shards.",
        )


def _same(values: Mapping[str, str], what: str) -> None:
    if len(set(values.values())) > 1:
        first, *others = values
        other = next(name for name in others if values[name] != values[first])
        raise UsageError(
            f"{first} and {other} have different {what}",
            "Run all shards with the same program, on the same folder of reports.",
        )


def _text(path: Path | None) -> str:
    return path.read_text("utf-8") if path else ""
