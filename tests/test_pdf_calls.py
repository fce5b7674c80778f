"""What is compiled of reading a PDF, and Python, which stands in where it is not."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from extract import read_report
from extract.pdf import calls, page

ROOT = Path(__file__).resolve().parent.parent
REPORTS = sorted((ROOT / "tests" / "data" / "pdf").glob("*.pdf"))
HAS_COMPILER = shutil.which("cc") is not None
needs_compiler = pytest.mark.skipif(not HAS_COMPILER, reason="no C compiler on this machine")


READ_ALL = """
import sys, extract, extract.pdf.page
assert extract.pdf.page.__file__.endswith(".py")
for path in sys.argv[1:]:
    print(extract.read_report(path).to_json(), end="")
"""


@pytest.fixture(params=["C", "Python"])
def either_loop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.setattr(calls, "loop", None)
    elif calls.loop is None:
        pytest.skip("the loop in C is not built: no C compiler on this machine")


def added(first: int, second: int, target: int) -> int:
    if target:
        ctypes.c_int.from_address(target).value = first + second
    return first + second


adder_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
adder = adder_type(lambda *given: added(*(one or 0 for one in given)))
add = calls.Function(adder, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@needs_compiler
def test_loop_in_c_and_the_rules_of_a_page_are_built() -> None:
    assert calls.loop is not None
    assert not str(page.__file__).endswith(".py")


@pytest.mark.usefixtures("either_loop")
def test_each_calls_for_each_element_and_repeats_numbers() -> None:
    written = np.zeros((3, 2), np.int32)
    results = add.each(10, np.array([1, -20, 3]), calls.places(written)[1])
    assert results.tolist() == [11, -10, 13]
    assert written.tolist() == [[0, 11], [0, -10], [0, 13]]


@pytest.mark.usefixtures("either_loop")
def test_each_of_nothing_calls_nothing() -> None:
    assert add.each(10, np.zeros(0, np.int64), 0).tolist() == []


@needs_compiler
def test_arrays_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        add.each(np.arange(3), np.arange(2), 0)
    with pytest.raises(ValueError, match="length"):
        add.each(np.arange(3), range(2), 0)


@needs_compiler
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_both_loops_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_report(path)
    monkeypatch.setattr(calls, "loop", None)
    assert read_report(path) == fast


@pytest.mark.xdist_group("wheel")
def test_package_is_built_without_a_compiler_and_reads_the_same(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("extract", "normalize", "analyze", "prongsai"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("*.so", "*.pyd"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path)
    done = subprocess.run(
        [*map(str, command), str(tree)],
        cwd=tmp_path,
        env={**os.environ, "CC": "no-such-compiler", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "slower" in done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*-none-any.whl")
    pure = tmp_path / "pure"
    with zipfile.ZipFile(wheel) as archive:
        assert not any(name.endswith((".so", ".pyd")) for name in archive.namelist())
        archive.extractall(pure)
    read = subprocess.run(
        [sys.executable, "-c", READ_ALL, *map(str, REPORTS)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(pure), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout == "".join(read_report(path).to_json() for path in REPORTS)
