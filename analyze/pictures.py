"""A chart -> SVG and PNG with Thai text set right, the same bytes on every machine.

The font comes with the program (Sarabun, the type of Thai official documents, in the package
fontpkg-sarabun), so that neither the look nor the layout depends on the fonts of a machine; an SVG
carries the letters that it shows.
"""

from __future__ import annotations

import base64
import io
import re
from functools import cache, lru_cache
from typing import Any

import altair as alt
import fontpkg
import vl_convert
from fontTools import subset

FONT = "Sarabun"
PNG_SCALE = 2.5
"""Pixels for each unit of length of a chart: 240 to the inch where it is printed as large."""

MARGIN = 14
_REGULAR, _BOLD = 400, 700
# The Thai block and ASCII, which every picture may show.
_USUAL = {*map(chr, range(0x20, 0x7F)), *map(chr, range(0x0E01, 0x0E5C))}

# The letter am is a ring over the consonant, under any tone mark, and the letter aa after it. The
# renderer takes the two apart and then forgets the width of the second, so that what follows stands
# upon it (linebender/resvg 1043, mended after the version of vl-convert 1.9). Two letters from the
# start keep their widths; the SVG gets the one letter back, since its text is read by others.
_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")
_RING_AND_AA = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def draw(chart: alt.TopLevelMixin) -> tuple[str, bytes]:
    """Return a chart as SVG text and as PNG, on white, in the font of the program."""
    _load_font()
    with alt.data_transformers.disable_max_rows():  # of the country; bins make few bars of them
        spec = chart.to_dict(validate=False)  # which takes as long as drawing; the tests do it
    # What stands above the highest letters of a title needs room as well.
    spec["config"] = spec.get("config", {}) | {"background": "white", "padding": MARGIN}
    svg: str = vl_convert.vegalite_to_svg(_apart(spec), vl_version=_version(), allowed_base_urls=[])
    png: bytes = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    return _with_font(_RING_AND_AA.sub("\\1\u0e33", svg)), png


def _with_font(svg: str) -> str:
    """Return an SVG with the letters of the font that it may show."""
    others = "".join(sorted(set(svg) - _USUAL))
    faces = "".join(
        f'@font-face{{font-family:"{FONT}";font-weight:{weight};'
        f'src:url("data:font/woff;base64,{_letters(weight, others)}")}}'
        for weight in (_REGULAR, _BOLD)
    )
    head, _, rest = svg.partition(">")
    return f"{head}><style>{faces}</style>{rest}"


@lru_cache(maxsize=16)  # nearly all pictures show usual letters only
def _letters(weight: int, others: str) -> str:
    """Return the part of the font that usual letters and some others need, in base64."""
    options = subset.Options(flavor="woff", layout_features=["*"], recalc_timestamp=False)
    subsetter, made = subset.Subsetter(options), io.BytesIO()
    subsetter.populate(text="".join(sorted(_USUAL)) + others)
    with subset.load_font(str(fontpkg.path(FONT, weight=weight)), options) as font:
        subsetter.subset(font)
        subset.save_font(font, made, options)
    return base64.b64encode(made.getvalue()).decode("ascii")


@cache
def _load_font() -> None:
    vl_convert.register_font_directory(str(fontpkg.path(FONT).parent))


def _version() -> str:
    """Return the version of Vega-Lite that the chart is written in, such as 6.1."""
    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def _apart(part: Any) -> Any:
    """Return a part of a spec with every letter am of its texts as two letters."""
    if isinstance(part, str):
        return _AM.sub("\u0e4d\\1\u0e32", part)
    if isinstance(part, dict):
        return {_apart(key): _apart(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_apart(value) for value in part]
    return part
