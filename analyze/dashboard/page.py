"""One HTML file of parts: template, style, scripts, libraries and packed data, and its policy.

The policy (CSP) lets nothing run or style but what is in the file when it is written, by digest,
and lets nothing be fetched. No text of a report is part of the markup: data are packed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template

import itables

from analyze.dashboard.columns import packed
from analyze.dashboard.vega import charts_library

PARTS = Path(__file__).parent

# The scripts in the order in which one builds on the other; main starts the page.
SCRIPTS = (
    *("dom", "words", "data", "state", "numbers", "parts", "table", "chart"),
    *(
        "evidence",
        "overview",
        "submissions",
        "ranking",
        "heatmap",
        "gaps",
        "plans",
        "scores",
        "trends",
    ),
    *("quality", "agency_items", "agency", "main"),
)

_IMPORT = re.compile(r"^import .*?;\n", re.M | re.S)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.M)
_DATATABLES_EXPORT = re.compile(r"export\{[^}]*?(\w+) as default[^}]*\};?")
# What would end a script element, or begin a comment in it; \x3C is the same sign in a string.
_TAG = re.compile(r"<(?=/script|script|!--)", re.I)


def page(blocks: Mapping[str, object], title: str) -> str:
    """Return the page with these blocks of data, each packed under its name."""
    scripts = [_inline(text) for text in (charts_library(), tables_library(), own_script())]
    style = (PARTS / "style.css").read_text("utf-8")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_digest(text) for text in scripts)}",
            f"style-src {_digest(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return Template((PARTS / "template.html").read_text("utf-8")).substitute(
        policy=policy,
        title=_escaped(title),
        style=style,
        charts=scripts[0],
        tables=scripts[1],
        script=scripts[2],
        data="\n".join(
            f'<script type="text/plain" id="block-{name}">{packed(content)}</script>'
            for name, content in blocks.items()
        ),
    )


@cache
def tables_library() -> str:
    """Return DataTables, as ``DataTable`` of the window, from the installed package itables."""
    bundle = files(itables).joinpath("html", "dt_bundle.js").read_text("utf-8")
    script, found = _DATATABLES_EXPORT.subn(r"window.DataTable=\1;", bundle)
    if found != 1:
        raise RuntimeError("the DataTables of the installed itables has another form: pin itables")
    return script


@cache
def own_script() -> str:
    """Return the modules of the page as one script; each name stands in one module only."""
    parts = [(PARTS / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    return "".join(_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts)


def _inline(script: str) -> str:
    return _TAG.sub(r"\\x3C", script.replace("\r\n", "\n"))


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
