"""The Documents of a dataset on their way to its record tables: taken as they are, or made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from extract.limits import Limits
from normalize.agencies.registry import Registry
from normalize.tables import rows_of_copy, rows_of_unreadable
from prongsai.packets import Packet
from prongsai.parts import digest
from prongsai.steps import Step, Tell
from prongsai.store import Store
from prongsai.supervisor import Workers, carried_out
from prongsai.tasks import NormalizeTask, records_packet
from prongsai.versions import record_versions


def make_records(store: Store, registry: Registry, workers: Workers, tell: Tell) -> str:
    """Make the records of each Document, or keep those that are; return what they are made of."""
    recording = _Recording(store, registry, workers.limits, tell)
    for task, future in carried_out(recording.tasks(), workers):
        recording.keep(task, future.result())
    return recording.made_of()


def record_parts(store: Store) -> Iterator[Packet]:
    """Yield what each file adds to the record tables, in order of the files.

    Files with the same content are one document: its facts stand under the first.
    """
    seen = set()
    for file in store.files():
        if not file.document_id:
            yield records_packet(rows_of_unreadable(file))
        elif file.document_id in seen:
            first = store.normalized.head(file.document_id)["document"]
            yield records_packet(rows_of_copy(first, file.source_file))
        else:
            seen.add(file.document_id)
            yield store.normalized.read(file.document_id)


class _Recording:
    def __init__(self, store: Store, registry: Registry, limits: Limits, tell: Tell) -> None:
        self._store = store
        self._registry = registry
        self._limits = limits
        self._tell = tell
        self._versions = record_versions(store.extra_agencies)
        self._files = store.files()
        self._keys: dict[str, str] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        for file in self._files:
            if file.document_id:
                self._names[file.document_id].append(file.source_file)

    def tasks(self) -> Iterator[NormalizeTask]:
        """Yield what is to make; all else is there when the next is asked for."""
        decisions = self._store.decisions()
        made: dict[str, list[int]] = defaultdict(list)
        for number, decision in enumerate(decisions):
            for report in {decision.source_file, decision.document_id}:
                made[report].append(number)
        for document_id, (first, *copies) in self._names.items():
            numbers = {n for report in (document_id, first, *copies) for n in made.get(report, ())}
            own = [decisions[number] for number in sorted(numbers)]
            read = self._store.read_part(document_id)
            key = digest(self._versions, read["document"], first, [asdict(made) for made in own])
            kept = self._store.normalized.head(document_id)
            if kept.get("key") in (key, self._lost_key(key)):
                self._keys[document_id] = kept["key"]
                self._told(first, kept, is_new=False)
                continue
            self._keys[document_id] = key
            yield NormalizeTask(
                self._store.document_path(document_id),
                read["document"],
                first,
                document_id,
                read["media_type"],
                own,
                self._registry.extra,
            )

    def keep(self, task: NormalizeTask, answer: Packet) -> None:
        """Keep the records of a Document."""
        key = self._keys[task.document_id]
        if answer.head["is_lost"]:
            key = self._keys[task.document_id] = self._lost_key(key)
        part = Packet({"key": key, **answer.head}, answer.bodies)
        self._store.normalized.save(task.document_id, part)
        self._told(task.source_file, answer.head, is_new=True)

    def made_of(self) -> str:
        """Return a digest of all that the record tables are made of."""
        return digest(self._versions, [asdict(file) for file in self._files], self._keys)

    def _lost_key(self, key: str) -> str:
        """Return the key of what was lost within these limits: with others it is tried again."""
        return digest(key, asdict(self._limits))

    def _told(self, name: str, head: Mapping[str, Any], is_new: bool) -> None:
        error = head["document"]["error"] or ""
        self._tell(Step("normalize", len(self._names), name, 0, error, is_new))
