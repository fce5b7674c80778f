"""The documentation says what is there: every command, option, exit code and error code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from normalize.tables import RECORD_TABLES
from prongsai.cli import app
from prongsai.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ERRORS = (ROOT / "docs" / "errors.md").read_text("utf-8")
PACKAGES = ("extract", "normalize", "prongsai")
SEVERITIES = ("error", "warning", "info")
# A severity and the code after it, as every call that writes an issue has them.
ISSUE = re.compile(r'"(error|warning|info)",\s*"([a-z]+(?:_[a-z]+)*)"')
FAILURE = re.compile(r'(?:failed(?:_packet)?\(\s*document,|Loss\()\s*"([a-z_]+)"')


def commands(group: Any = None, prefix: str = "") -> dict[str, list[str]]:
    """Return the options of every command; one of a group has the group's name in front."""
    found = {}
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            found |= commands(command, f"{prefix}{name} ")
        else:
            options = [o for p in command.params for o in p.opts if o.startswith("--")]
            found[prefix + name] = options
    return found


def codes_in_source() -> set[tuple[str, str]]:
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            source = path.read_text("utf-8")
            found |= {pair for pair in ISSUE.findall(source) if pair[1] not in SEVERITIES}
            found |= {("error", code) for code in FAILURE.findall(source)}
    return found


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    assert f"prongsai {name}" in README
    for option in commands()[name]:
        assert option in ("--help", "--out") or option in README, option


def test_every_exit_code_is_documented() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", ERRORS, re.M)}
    assert documented == {int(code) for code in ExitCode}


def test_every_issue_code_is_documented_with_its_severity() -> None:
    documented = set(re.findall(r"^\| `([a-z_]+)` \| (error|warning|info) \|", ERRORS, re.M))
    in_source = {(code, severity) for severity, code in codes_in_source()}
    assert len(in_source) > 20, "the search for codes finds them"
    assert in_source == documented


def test_every_table_is_in_the_readme() -> None:
    for name in ("cells", *RECORD_TABLES):
        assert f"`{name}.csv`" in README


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links_between_documents_hold(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
