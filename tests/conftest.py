"""What every test has: no network, and the shared folder where it is there."""

from __future__ import annotations

import socket
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# The first example of a test may read a word list; speed is a matter of the benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_sessionstart() -> None:
    """Stop where a module was changed after it was compiled: the tests would not see the change."""
    for built in (ROOT / "extract").rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
        source = built.with_name(built.name.split(".")[0] + ".py")
        if source.exists() and source.stat().st_mtime > built.stat().st_mtime:
            pytest.exit(f"{source} is newer than what was compiled of it: run `make test`", 3)


@pytest.fixture
def shared() -> Path:
    """The folder beside the project that has the shared reports; skips without them."""
    if not any((SHARED / "reports").glob("*.txt")):
        pytest.skip(f"no reports in {SHARED / 'reports'}")
    return SHARED


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach the network; sockets between processes of this machine stay."""

    def guard(real: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                raise RuntimeError(f"a test tried to reach the network: {address!r}")
            return real(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guard(getattr(socket.socket, name)))
