"""Builds what makes PDFs fast to read where a compiler is at hand; else Python does its work.

That is a loop in C that calls pdfium, and the modules that pyproject.toml names, which mypyc turns
into C. They are read as Python wherever they are not built. For an editable install the script of
the dashboard's charts is written too, as it would cost every run seconds.
"""

from __future__ import annotations

import contextlib
import io
import runpy
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

LOOP, LOOP_SOURCE = "extract.pdf._each", "extract/pdf/_each.c"
# The stable interface of Python serves every version; the modules are built for one.
LOOP_SUFFIX = ".pyd" if sys.platform == "win32" else ".abi3.so"
# mypyc puts the code of all modules into one library, to which each module's own file leads.
GROUP = "extract"
LIBRARY = f"{GROUP}__mypyc"
CHARTS = "analyze/dashboard/vega.py"


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts what is built beside its source, whence a wheel takes it too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not there or older than its source."""
        root = Path(self.root)
        if version == "editable":  # a wheel holds nothing of others
            try:
                _write_charts(root)
            except (ImportError, OSError) as error:
                self.app.display_warning(f"each run writes the script of the charts: {error}")
        loop = _file_of(root, LOOP, LOOP_SUFFIX)
        sources = [root / name for name in self.config["compiled"]]
        built = [_file_of(root, _module(root, source)) for source in sources]
        library = _file_of(root, LIBRARY)
        try:
            if _is_stale([loop], [root / LOOP_SOURCE]):
                _build(root, lambda _: [Extension(LOOP, [LOOP_SOURCE], py_limited_api=True)])
            if _is_stale([library, *built], [*sources, Path(__file__)]):
                _build(root, lambda folder: _compiled(self.config["compiled"], folder))
        except (BaseError, CCompilerError) as error:
            self.app.display_warning(f"not all is compiled, reading PDFs is slower: {error}")
            return
        build_data["artifacts"] += [path.relative_to(root).as_posix() for path in (loop, *built)]
        build_data["force_include"][str(library)] = library.name
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _write_charts(root: Path) -> None:
    """Write the script of the charts, if it is not there or old."""
    library = runpy.run_path(str(root / CHARTS))
    script: Path = library["BUILT"]
    if _is_stale([script], [root / CHARTS]):
        script.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=script.parent) as folder:
            aside = Path(folder, script.name)
            aside.write_text(library["written"](), "utf-8")
            aside.replace(script)


def _module(root: Path, source: Path) -> str:
    return ".".join(source.relative_to(root).with_suffix("").parts)


def _file_of(root: Path, module: str, suffix: str | None = None) -> Path:
    *folders, name = module.split(".")
    return root.joinpath(*folders, name + (suffix or sysconfig.get_config_var("EXT_SUFFIX")))


def _is_stale(built: Iterable[Path], sources: Iterable[Path]) -> bool:
    newest = max(source.stat().st_mtime for source in sources)
    return any(not path.exists() or path.stat().st_mtime < newest for path in built)


def _compiled(sources: list[str], folder: str) -> list[Extension]:
    from mypyc.build import mypycify  # takes a second to import

    options = {"opt_level": "2", "debug_level": "0", "group_name": GROUP, "target_dir": folder}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            extensions: list[Extension] = mypycify(sources, **options)
    except SystemExit as error:
        raise BaseError(f"mypyc refuses the modules ({error})") from error
    return extensions


def _build(root: Path, extensions: Callable[[str], list[Extension]]) -> None:
    """Build aside and move into place: another process may have the old files in its memory."""
    aside = root / "build"
    aside.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=aside) as folder, contextlib.chdir(root):
        command = build_ext(Distribution({"ext_modules": extensions(folder)}))
        command.build_lib = command.build_temp = folder
        command.ensure_finalized()
        command.run()
        for extension in command.extensions:
            made = Path(command.get_ext_fullpath(extension.name))
            made.replace(root / made.relative_to(folder))
