"""Vega-Embed with Vega, Vega-Lite and the interpreter, from the package vl-convert-python.

That package takes seconds to write them as one script, so an editable install of this one keeps it:
to that end hatch_build.py runs this module by itself.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path

import vl_convert

# Another version of the package writes another script.
BUILT = Path(__file__).parent / "built" / f"charts-{version('vl-convert-python')}.js"


@cache
def charts_library() -> str:
    """Return the script, which gives the window ``vegaEmbed``."""
    return BUILT.read_text("utf-8") if BUILT.is_file() else written()


def written() -> str:
    """Have the script written."""
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
