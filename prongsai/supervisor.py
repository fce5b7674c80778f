"""Works on reports in processes of their own, so that no report can take the run down with it.

Each process (:mod:`prongsai.worker`) is asked by a thread of the run for one report after another.
One that dies, or is killed at its deadline, costs the report that it was at.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer
from typing import IO, Protocol, TypeVar, cast

from extract.limits import Limits
from prongsai.packets import Packet, PacketError, read_packet
from prongsai.tasks import Loss, Task

# So many reports one process works on before a new one takes its place, whatever it has kept.
TASKS = 200
# In seconds: a process whose processor time is used up is told so by the system a little later.
GRACE = 5
# So many reports at most are on their way at a time: opened, worked on, or waiting to be kept.
UNDER_WAY = 256
# What lies where a person works is not for it to import.
COMMAND = (sys.executable, "-P", "-m", "prongsai.worker")
OWN_FOLDER = str(Path(__file__).resolve().parent.parent)
# Libraries for arithmetic keep to one thread, and take memory as they need it: where pyarrow is
# installed it would reserve a gigabyte of addresses at once.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
# The signals for used-up processor time, and for no reason of one's own; none on Windows.
_OUT_OF_TIME, _KILLED = getattr(signal, "SIGXCPU", None), getattr(signal, "SIGKILL", None)


SomeTask = TypeVar("SomeTask", bound=Task)


class Workers(Protocol):
    """What carries out tasks: processes of this machine, or of several."""

    @property
    def limits(self) -> Limits:
        """What one report may take."""

    def submit(self, task: Task) -> Future[Packet]:
        """Have a task carried out; the future raises NotOpened where its report cannot be had."""


def carried_out(
    tasks: Iterable[SomeTask], workers: Workers
) -> Iterator[tuple[SomeTask, Future[Packet]]]:
    """Have tasks carried out; yield each when it is done, in no order."""
    waiting: dict[Future[Packet], SomeTask] = {}
    for task in tasks:
        waiting[workers.submit(task)] = task
        yield from _done(waiting, seconds=None if len(waiting) >= UNDER_WAY else 0)
    while waiting:
        yield from _done(waiting)


def _done(
    waiting: dict[Future[Packet], SomeTask], seconds: float | None = None
) -> Iterator[tuple[SomeTask, Future[Packet]]]:
    """Yield what is done; wait so long for the first, or as long as it takes."""
    done, _ = wait(waiting, seconds, FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future


class Processes:
    """Processes of this machine, started when they are needed; any thread may ask them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all: set[_Process] = set()
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._is_stopped = False

    def carry_out(self, task: Task, request: Packet | None = None) -> Packet:
        """Have a task carried out by a process that has nothing to do, or by a new one.

        Its request is made here, unless it was made where the run is. Raises NotOpened.
        """
        request = request or task.request()
        process = self._taken()
        answer = process.ask(request)
        if self._is_stopped:
            raise CancelledError
        if answer and process.is_fit():
            self._idle.put(process)
        else:
            process.kill()
            self._all.discard(process)
        return answer or task.lost(process.loss(), self._limits)

    def stop(self) -> None:
        """End them at once: what they work on is given up, and has no verdict."""
        self._is_stopped = True
        for process in list(self._all):
            process.kill()

    def _taken(self) -> _Process:
        try:
            while not (process := self._idle.get_nowait()).is_fit():
                self._all.discard(process)
            return process
        except Empty:
            process = _Process(self._limits)
            self._all.add(process)
            if self._is_stopped:  # meanwhile
                process.kill()
            return process


class Supervisor:
    """Works on ``jobs`` reports at a time, on this machine; use it as a context manager."""

    def __init__(self, jobs: int, limits: Limits) -> None:
        self.limits = limits
        self._processes = Processes(limits)
        self._threads = ThreadPoolExecutor(jobs)

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop at once."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._processes.stop()
        self._threads.shutdown()

    def submit(self, task: Task) -> Future[Packet]:
        """Have a task carried out as soon as a process is free."""
        return self._threads.submit(self._processes.carry_out, task)


class _Process:
    """A process that works on reports, and its deadline."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        folders = filter(None, (OWN_FOLDER, os.environ.get("PYTHONPATH")))
        self._process = subprocess.Popen(
            [*COMMAND, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(folders)},
        )
        self._asked = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        self.tasks = 0
        self._is_late = False

    def ask(self, request: Packet) -> Packet | None:
        """Have a request answered; None where the process did not live to tell."""
        self.tasks += 1
        deadline = Timer(self._limits.seconds + GRACE, self._stop_late)
        deadline.daemon = True
        deadline.start()
        try:
            self._asked.writelines(request.pieces())
            self._asked.flush()
            return read_packet(self._answers)
        except (OSError, PacketError):  # it is gone
            return None
        finally:
            deadline.cancel()

    def is_fit(self) -> bool:
        """Say whether it may do one more."""
        return self.tasks < TASKS and not self._is_late and self._process.poll() is None

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):  # what it did not take any more
            self._asked.close()
        self._answers.close()

    def loss(self) -> Loss:
        """Say why the process did not answer, by how it ended."""
        code = self._process.wait()
        signalled = -code if code < 0 else None
        if self._is_late or (signalled and signalled == _OUT_OF_TIME):
            return Loss("over_seconds", self._limits.reached("seconds"))
        how = signal.strsignal(-code) if code < 0 else f"exit {code}"
        reason = (
            f"the process that worked on it died ({how}), perhaps for lack of memory (limit "
            f"memory_mb={self._limits.memory_mb}): open the file and save it anew; where the file "
            f"is in order, please report this as a defect"
        )
        return Loss("reader_died", reason, from_outside=bool(signalled and signalled == _KILLED))

    def _stop_late(self) -> None:
        self._is_late = True
        self._process.kill()
