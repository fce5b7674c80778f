"""The notebooks run as they stand, and hold no outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# What a notebook may import: the public API of the stages, and what every notebook has.
PUBLIC = ("pandas", "pathlib", "extract", "normalize", "analyze")
PUBLIC += ("analyze.figures", "analyze.observed")

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 4


@each_notebook
def test_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=200, resources=resources).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in shown if output.get("name") == "stderr"]
    assert len(shown) > 5, "a notebook that shows nothing teaches nothing"


@each_notebook
def test_notebook_is_stripped(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
            assert cell.metadata == {}


@each_notebook
def test_notebook_has_a_line_of_thai(path: Path) -> None:
    first = nbformat.read(path, as_version=4).cells[0]
    assert "สรุป" in first.source


@each_notebook
def test_notebook_uses_the_public_api_alone(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "code" and line.startswith(("import ", "from ")):
                module = line.split()[1]
                assert module in PUBLIC, line
