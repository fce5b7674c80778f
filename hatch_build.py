"""Builds the loop in C of extract/pdf where a compiler is at hand; else Python does its work."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

MODULE, SOURCE = "extract.pdf._each", "extract/pdf/_each.c"


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the built module beside its source, whence a wheel takes it too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it unless the source is older."""
        source = Path(self.root, SOURCE)
        suffix = ".pyd" if sys.platform == "win32" else ".abi3.so"
        target = source.with_name(MODULE.rpartition(".")[2] + suffix)
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            try:
                _build(source, target)
            except (BaseError, CCompilerError) as error:
                self.app.display_warning(f"{SOURCE} is not built, reading PDFs is slower: {error}")
                return
        build_data["artifacts"].append(target.relative_to(self.root).as_posix())
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _build(source: Path, target: Path) -> None:
    """Build aside and move into place: another process may have the old one in its memory."""
    extension = Extension(MODULE, [str(source)], py_limited_api=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = build_ext(Distribution({"name": MODULE, "ext_modules": [extension]}))
        command.build_lib = command.build_temp = folder
        command.ensure_finalized()
        command.run()
        Path(command.get_ext_fullpath(MODULE)).replace(target)
