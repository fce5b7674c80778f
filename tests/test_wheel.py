"""The wheel holds the packages with their data and nothing else, and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extract", "normalize", "analyze", "prongsai")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

# The two tests share one build, so they go to one worker.
pytestmark = pytest.mark.xdist_group("wheel")


def call(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the project's import path and give what it prints."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    call(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT),
        cwd=out,
    )
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that has the wheel.

    The dependencies are those of the environment that runs the tests, lent by a path file;
    its editable install of the project is not lent, since path files do not nest.
    """
    home = tmp_path_factory.mktemp("environment")
    call(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    pip: tuple[str | Path, ...] = (sys.executable, "-m", "pip", "--python", python, "install")
    if find_spec("pip") is None:  # uv made the environment of the tests, without pip
        pip = ("uv", "pip", "install", "--offline", "--python", python)
    call(*pip, "--no-deps", "--no-index", wheel, cwd=home)
    site = Path(call(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=home)[:-1])
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python.parent


def test_wheel_holds_the_packages_with_their_data_and_nothing_else(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
        if "built" not in path.parts  # scripts of others
    }
    library = {path.name for path in ROOT.glob("extract__mypyc.*")}  # where modules are compiled
    assert held == wanted | library
    for package in ("extract", "normalize"):
        assert any(name.startswith(f"{package}/data/") and name.endswith(".csv") for name in held)


def test_wheel_carries_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert f"prongsai-{VERSION}.dist-info/licenses/LICENSE" in names


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_imported_from_the_wheel(installed: Path, package: str, tmp_path: Path) -> None:
    code = f"import {package}; print({package}.__file__)"
    place = Path(call(installed / "python", "-c", code, cwd=tmp_path).strip())
    assert place.is_relative_to(installed.parent)


def test_reference_data_work_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    checks = call(installed / "prongsai", "doctor", cwd=tmp_path)
    assert "7,850 agencies" in checks
    (tmp_path / "own.csv").write_text("name\nO36 แผนปฏิบัติการป้องกันการทุจริต\n", "utf-8")
    args = ("match", "item", "own.csv", "--column", "name", "--year", "2566")
    assert "anticorruption_plan" in call(installed / "prongsai", *args, cwd=tmp_path)


def test_command_answers_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert VERSION in call(installed / "python", "-m", "prongsai", "--version", cwd=tmp_path)
    assert VERSION in call(installed / "prongsai", "--version", cwd=tmp_path)
