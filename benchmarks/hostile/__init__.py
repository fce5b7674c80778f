"""Hostile input: files made to crash a reader, or to take its time, its memory or its disk.

`python -m benchmarks.hostile FOLDER` writes them; `benchmarks.hostile_bench` reads them. A maker
takes ``scale``: 1 makes the file as bad as it can be, a small share the same kind for a quick test.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from benchmarks.hostile import (
    damaged,
    html,
    names,
    pdf_bombs,
    pdf_fonts,
    pdf_pages,
    pdf_pictures,
    pdf_structure,
    pictures,
    texts,
)
from benchmarks.hostile.file_kind import Maker

# Hostile files by name; each maker says in its docstring what is wrong with its file.
FILES: dict[str, Maker] = {
    **pdf_bombs.FILES,
    **pdf_structure.FILES,
    **pdf_pages.FILES,
    **pdf_fonts.FILES,
    **pdf_pictures.FILES,
    **damaged.FILES,
    **pictures.FILES,
    **html.FILES,
    **texts.FILES,
}


def write(folder: Path, scale: float = 1.0, without: Collection[str] = ()) -> list[Path]:
    """Write hostile files into a folder, and those with hostile names into ``names`` in it."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in sorted(FILES.keys() - set(without)):
        content = FILES[name](scale)
        with (folder / name).open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        paths.append(folder / name)
    return paths + names.write(folder / "names")
