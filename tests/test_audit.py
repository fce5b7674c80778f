"""The locked libraries have no known weakness, where the package index can tell."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AUDIT = (
    *("uvx", "--quiet", "pip-audit", "--disable-pip", "--require-hashes", "--format", "json"),
    *("--progress-spinner", "off", "--timeout", "5", "-r"),
)


def test_no_locked_library_has_a_known_weakness() -> None:
    if not shutil.which("uvx"):
        pytest.skip("pip-audit is run by uv, which is not installed")
    try:
        done = subprocess.run(
            [*AUDIT, ROOT / "requirements.lock"], capture_output=True, text=True, timeout=60
        )
        libraries = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError) as error:
        pytest.skip(f"pip-audit cannot be had or has no answer ({type(error).__name__})")
    told = [library for library in libraries if "vulns" in library]
    if not told:
        pytest.skip("the package index knows no weaknesses of any library")
    assert {one["name"]: one["vulns"] for one in told if one["vulns"]} == {}
