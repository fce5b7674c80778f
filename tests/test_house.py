"""The rules of the house: who imports whom, where facts live, what no code may do."""

from __future__ import annotations

import ast
import io
import re
import socket
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extract", "normalize", "analyze", "prongsai")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_MODULE = 400

# What a package may import of the others; prongsai may import all, and nobody imports prongsai.
MAY_IMPORT = {
    "extract": (),
    "normalize": ("extract.document", "extract.thai"),
    "analyze": ("normalize.catalogue", "normalize.reference"),
    "prongsai": ("extract", "normalize", "analyze"),
}
# Code that runs what it reads, and the network.
FORBIDDEN_MODULES = (
    *("pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"),
    *("socket", "ssl", "urllib.request", "http.client", "http.server", "ftplib", "smtplib"),
    *("requests", "httpx", "aiohttp", "urllib3", "asyncio", "webbrowser", "xmlrpc"),
    *("multiprocessing", "concurrent.futures.ProcessPoolExecutor"),  # they pickle
    *("zipfile.ZipFile", "tarfile", "shutil.unpack_archive"),  # archives stay shut
    *("yaml", "runpy", "code", "codeop", "importlib.import_module", "xml"),
)
FORBIDDEN_CALLS = {
    *("eval", "exec", "__import__", "read_pickle", "to_pickle", "import_module"),
    *(
        "system",
        "popen",
        "startfile",
        "execv",
        "execve",
        "spawnl",
        "spawnv",
        "unpack_archive",
        "ZipFile",
    ),
}
# What lets a harmless call run what it reads: a shell, a pickle inside of an array, a parser of
# HTML or XML that fetches.
FORBIDDEN_OPTIONS = {
    ("shell", True),
    ("allow_pickle", True),
    ("no_network", False),
    ("resolve_entities", True),
    ("load_dtd", True),
}

# What these write for people is Thai and English side by side; facts they take from the catalogue.
BILINGUAL = ("normalize/catalogue/codebook.py", "normalize/catalogue/datapackage.py")
# Thai letters, vowels and marks; the ten digits are no words.
THAI = re.compile("[\u0e01-\u0e4f\u0e5a-\u0e7f]")
LOCKS = sorted(ROOT.glob("*.lock"))

every_module = pytest.mark.parametrize(
    "path", MODULES, ids=[path.relative_to(ROOT).as_posix() for path in MODULES]
)
every_lock = pytest.mark.parametrize("path", LOCKS, ids=[path.name for path in LOCKS])


def imported(source: str, package: str) -> Iterator[str]:
    """Dotted names that a module imports; a relative import gives the package it stays in."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package if node.level else str(node.module)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def wrong_imports(source: str, package: str) -> list[str]:
    return [
        name
        for name in imported(source, package)
        if name.split(".")[0] in set(PACKAGES) - {package}
        and not any(within(name, module) for module in MAY_IMPORT[package])
    ]


def dangers(source: str) -> list[str]:
    found = [
        name
        for name in imported(source, "")
        if any(within(name, module) for module in FORBIDDEN_MODULES)
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            is_bare = isinstance(node.func, ast.Name)  # re.compile is another than compile
            found += [name] * (name in FORBIDDEN_CALLS or (is_bare and name == "compile"))
            found += [
                f"{option.arg}={option.value.value}"
                for option in node.keywords
                if isinstance(option.value, ast.Constant)
                and (option.arg, option.value.value) in FORBIDDEN_OPTIONS
            ]
    return found


def thai_in_code(source: str) -> list[str]:
    """Thai written out in code, docstrings and comments apart.

    Digits may stand, and so may a code point written as an escape: they are the alphabet, and
    what belongs in a data file is words.
    """
    docstrings = {
        (node.body[0].lineno, node.body[0].col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node, clean=False) is not None
    }
    return [
        f"line {token.start[0]}: {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type != tokenize.COMMENT
        and THAI.search(token.string)
        and token.start not in docstrings
    ]


def pins(lock: Path) -> set[tuple[str, str]]:
    """Packages and versions of a lock file; a package may have one version per Python."""
    found = re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.M)
    return {(canonicalize_name(name), version) for name, version in found}


@every_module
def test_data_flow_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert wrong_imports(path.read_text("utf-8"), package) == []


@every_module
def test_module_is_one_idea(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@every_module
def test_facts_live_in_data_files(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in BILINGUAL:
        pytest.skip("writes bilingual documents: its Thai is prose, not facts")
    assert thai_in_code(path.read_text("utf-8")) == []


@every_module
def test_nothing_runs_what_it_reads_or_reaches_the_network(path: Path) -> None:
    assert dangers(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("package", "line", "is_right"),
    [
        ("normalize", "from extract.document import Cell", True),
        ("normalize", "from extract import document", True),
        ("normalize", "import extract.thai", True),
        ("normalize", "from extract import read_report", False),
        ("normalize", "import extract", False),
        ("normalize", "from . import numbers", True),
        ("extract", "from normalize.numbers import read", False),
        ("analyze", "from normalize.catalogue import TABLES", True),
        ("analyze", "from extract.document import Cell", False),
        ("analyze", "import prongsai.settings", False),
        ("prongsai", "from analyze import completeness", True),
    ],
)
def test_import_rule(package: str, line: str, is_right: bool) -> None:
    assert (wrong_imports(line, package) == []) is is_right


@pytest.mark.parametrize(
    "line",
    [
        *("import pickle", "from urllib import request", "from socket import socket"),
        *("x = eval(y)", "os.system(x)", "compile(x, y, z)", "run(x, shell=True)"),
        *("np.load(x, allow_pickle=True)", "zipfile.ZipFile(x)", "from xml import sax"),
        *("HTMLParser(no_network=False)", "from concurrent.futures import ProcessPoolExecutor"),
    ],
)
def test_danger_is_seen(line: str) -> None:
    assert dangers(line)


def test_thai_in_code_is_seen() -> None:
    assert thai_in_code('"""ข้อ"""\n# ข้อ\nx = "\\u0e02"\ny = "[0-9๐-๙]"\n') == []
    assert thai_in_code('x = "ข้อ"\n')
    assert thai_in_code('def f(y):\n    """ข้อ"""\n    return f"ข้อ {y}"\n')


def test_no_test_reaches_the_network() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as plug,
        pytest.raises(RuntimeError, match="network"),
    ):
        plug.connect(("127.0.0.1", 9))


@every_lock
def test_lock_names_no_place(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"://|file:|/work|/home|/tmp|index|find-links", text) == []


@every_lock
def test_lock_is_pinned_and_hashed(path: Path) -> None:
    blocks = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())
    assert blocks
    for block in blocks:
        assert re.match(r"[\w.-]+==\S+ ", block), block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize(
    ("lock", "part"),
    [
        ("requirements.lock", "dependencies"),
        ("requirements-dev.lock", "dependencies"),
        ("requirements-dev.lock", "dev"),
        ("requirements-dev.lock", "requires"),
        ("requirements-build.lock", "requires"),
    ],
)
def test_lock_has_what_the_project_asks_for(lock: str, part: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = {
        "dependencies": project["project"]["dependencies"],
        "dev": project["project"]["optional-dependencies"]["dev"],
        "requires": project["build-system"]["requires"],
    }
    locked = pins(ROOT / lock)
    for requirement in map(Requirement, lists[part]):
        found = [version for name, version in locked if name == canonicalize_name(requirement.name)]
        assert found, f"make lock: {requirement} is not in {lock}"
        for version in found:
            assert requirement.specifier.contains(version, prereleases=True), "run make lock"


def test_locks_agree() -> None:
    everything = pins(ROOT / "requirements-dev.lock")
    known = {name for name, _ in everything}
    for path in LOCKS:
        found = pins(path)
        if path.name == "requirements-bench.lock":  # it holds the peers besides
            found = {pin for pin in found if pin[0] in known}
        assert found <= everything, path.name
