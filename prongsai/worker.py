"""The process that works on reports, one after another, for a run that must outlive each of them.

It is asked by a packet on standard input and answers by one on standard output. It opens no file of
a person, sets its own limits, and ends when the run does.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import BinaryIO

from extract.limits import MB, Limits
from prongsai.packets import PacketError, read_packet
from prongsai.tasks import carry_out

try:
    import resource
except ImportError:  # on Windows: there the deadline of the run is all that holds
    resource = None  # type: ignore[assignment]

# In seconds: so often it looks whether the run is still there.
LOOKS = 1


def main() -> None:
    """Do what is asked for until standard input ends."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the run that asks says when to stop
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    limits = Limits(**json.loads(sys.argv[1]))
    answers = _own_output()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    if resource:
        _hold(resource.RLIMIT_AS, limits.memory_mb * MB)
        _hold(resource.RLIMIT_CORE, 0)
    while True:
        try:
            request = read_packet(sys.stdin.buffer)
        except PacketError:  # there is no more
            return
        if resource:
            used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            _hold(resource.RLIMIT_CPU, int(used) + limits.seconds + 1)
        answers.writelines(carry_out(request, limits).pieces())
        answers.flush()


def _own_output() -> BinaryIO:
    """Return standard output, which from here on nothing else writes to."""
    own = os.dup(1)
    os.dup2(2, 1)
    return io.BufferedWriter(io.FileIO(own, "w"))


def _end_with(run: int) -> None:
    """End this process soon after the run that asked for it is gone, whatever it is doing."""
    while os.getppid() == run:
        time.sleep(LOOKS)
    os._exit(1)


def _hold(kind: int, most: int) -> None:
    """Lower a limit of this process, as far as the system lets it."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    main()
