"""Works on reports on the machines of a cluster: an existing one of ``dask.distributed``.

Each worker of the cluster has processes of its own (:mod:`prongsai.supervisor`), so that no report
takes it down. It must see the reports under the same path or address, and have the same version of
this program; the dataset is written where the run was started.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from typing import Any

from extract.limits import Limits
from extract.read import extractor_version
from prongsai.errors import MissingError, NoInputError, UsageError
from prongsai.packets import Packet
from prongsai.supervisor import Processes
from prongsai.tasks import ReadTask, Task
from prongsai.versions import cells_version, record_versions

# In seconds: how long a scheduler may take to answer at first.
WAIT = 20


class Cluster:
    """The workers of a scheduler; use it as a context manager."""

    def __init__(self, address: str, limits: Limits) -> None:
        self.limits = limits
        self._address = address
        self._here = Processes(limits)
        self._threads = ThreadPoolExecutor(1)
        self._version = _version()

    def __enter__(self) -> Cluster:
        """Reach the scheduler; raises MissingError, NoInputError."""
        try:
            import distributed
        except ImportError as error:
            raise MissingError(
                f"a cluster needs dask.distributed ({error})",
                "Install it: pip install 'prongsai[cluster]'",
            ) from error
        self._killed = distributed.KilledWorker
        connect: Any = distributed.Client
        try:
            self._client = connect(self._address, timeout=WAIT)
            self._client.wait_for_workers(1, timeout=WAIT)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            raise NoInputError(
                f"no scheduler with workers answers at {self._address} ({error})",
                "Start one (dask scheduler) and its workers (dask worker ADDRESS), and run again.",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Give up what is not done yet."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._here.stop()
        self._client.close()

    def submit(self, task: Task) -> Future[Packet]:
        """Have a task carried out by a worker of the cluster."""
        request = None
        if isinstance(task, ReadTask):
            task = replace(task, path=task.path.absolute())
        else:  # its Document is here and not there
            request = task.request()
        done: Future[Packet] = Future()
        there = self._client.submit(
            _carry_out, task, request, self.limits, self._version, pure=False, retries=2
        )

        def settle(result: Callable[[], Packet]) -> None:
            try:
                done.set_result(result())
            except BaseException as error:
                done.set_exception(error)

        def take(remote: Any) -> None:
            try:
                packet = self._result(remote)
            except self._killed:  # several workers died with this report: it is worked on here
                self._threads.submit(settle, partial(self._here.carry_out, task, request))
            except BaseException as error:
                done.set_exception(error)
            else:
                done.set_result(packet)

        there.add_done_callback(take)
        return done

    def _result(self, remote: Any) -> Packet:
        if remote.status == "cancelled":
            raise NoInputError(
                f"the scheduler at {self._address} is gone",
                "Start it, and run the same command again to go on.",
            )
        try:
            packet: Packet = remote.result()
        finally:
            with suppress(Exception):
                remote.release()
        return packet


def _carry_out(task: Task, request: Packet | None, limits: Limits, version: Any) -> Packet:
    """Carry out a task on a worker of the cluster."""
    if _version() != version:
        raise UsageError(
            "a worker of the cluster has another version of this program",
            "Install the same version on all of them, and run again.",
        )
    return _processes(limits).carry_out(task, request)


@cache
def _processes(limits: Limits) -> Processes:
    return Processes(limits)


@cache
def _version() -> tuple[str, ...]:
    return extractor_version(), cells_version(), *record_versions(None).values()
