"""The Thai fonts of the corpus: Debian's fonts-thai-tlwg, and Sarabun from the npm registry.

The symbol fonts are cut from DejaVu Sans: one keeps its code points, the other has its signs in
the private-use area, where Wingdings has them.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

TLWG = Path("/usr/share/fonts/truetype/tlwg")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
TLWG_FONTS = (
    ("Laksaman", "Laksaman"),
    ("Garuda", "Garuda"),
    ("Kinnari", "Kinnari"),
    ("Loma", "Loma"),
    ("Norasi", "Norasi"),
    ("Umpush", "Umpush"),
    ("Waree", "Waree"),
    ("Sawasdee", "Sawasdee"),
    ("Tlwg Typo", "TlwgTypo"),
)
SARABUN_PACKAGE = "@fontsource/sarabun@5.3.0"
SYMBOLS, DINGBATS = "Corpus Symbols", "Corpus Dingbats"
# Where Wingdings has its signs; Word writes them at U+F000 and the byte.
WINGDINGS = {"☑": 0xF0FE, "☐": 0xF0A8, "☒": 0xF0FD, "✓": 0xF0FC, "✔": 0xF0FC}
SECONDS = 180


@dataclass(frozen=True)
class Font:
    """A family with the files of its regular and bold faces."""

    family: str
    regular: Path
    bold: Path


def cache_folder() -> Path:
    """Return the folder where the made fonts are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base, "prongsai-corpus", "fonts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def thai_fonts() -> dict[str, Font]:
    """Return the Thai fonts that this machine has, by family."""
    found = {}
    for family, stem in TLWG_FONTS:
        font = Font(family, TLWG / f"{stem}.ttf", TLWG / f"{stem}-Bold.ttf")
        if font.regular.exists() and font.bold.exists():
            found[family] = font
    try:
        found["Sarabun"] = _sarabun()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"warning: no Sarabun: {error}", file=sys.stderr)
    if not found:
        raise FileNotFoundError("no Thai font: install fonts-thai-tlwg")
    return found


@cache
def symbol_font(*, is_private: bool) -> Font:
    """Return the font of the signs, at their own code points or where Wingdings has them."""
    family = DINGBATS if is_private else SYMBOLS
    made = cache_folder() / f"{family.replace(' ', '')}.ttf"
    if not made.exists():
        font = TTFont(DEJAVU)
        subsetter = Subsetter()
        subsetter.populate(text="".join(WINGDINGS) + "√ ")
        subsetter.subset(font)
        if is_private:
            signs = font.getBestCmap()
            for cmap in font["cmap"].tables:
                cmap.cmap = {
                    code: signs[ord(sign)]
                    for sign, code in WINGDINGS.items()
                    if cmap.platformID != 1
                }
            font["cmap"].tables = [
                one for one in font["cmap"].tables if one.cmap and one.format == 4
            ]
        rename(font, family, "Regular")
        font.save(made)
    return Font(family, made, made)


@cache
def needs_shaping(family: str) -> bool:
    """Say whether the marks of a font are as wide as letters until a shaper moves them."""
    font = TTFont(thai_fonts()[family].regular)
    cmap, widths = font.getBestCmap(), font["hmtx"]
    return any(widths[cmap[ord(mark)]][0] > 0 for mark in "\u0e31\u0e34\u0e38\u0e48\u0e49\u0e4d")


@cache
def line_height(family: str) -> float:
    """Return the height of a line over the font size, as word processors take it."""
    font = TTFont(thai_fonts()[family].regular)
    lines = font["hhea"], font["OS/2"]
    heights = lines[0].ascent - lines[0].descent, lines[1].usWinAscent + lines[1].usWinDescent
    return float(max(heights)) / float(font["head"].unitsPerEm)


def sign(text: str, *, is_private: bool) -> str:
    """Return a sign as its font has it; √ is in the Symbol font, not in Wingdings."""
    return chr(WINGDINGS.get(text, ord(text))) if is_private else text


def all_fonts() -> list[Font]:
    """Return the Thai fonts and the two symbol fonts."""
    return [
        *thai_fonts().values(),
        symbol_font(is_private=False),
        symbol_font(is_private=True),
    ]


@cache
def fontconfig() -> Path:
    """Write a fontconfig file that adds the made fonts to those of the system."""
    all_fonts()
    made = cache_folder() / "fonts.conf"
    made.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{cache_folder()}</dir></fontconfig>\n",
        encoding="utf-8",
    )
    return made


@contextmanager
def npm_package(name: str) -> Iterator[tarfile.TarFile]:
    """Open a package of the npm registry, fetched by npm itself."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [shutil.which("npm") or "npm", "pack", "--silent", name],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            yield archive


def _sarabun() -> Font:
    """Merge the Thai and Latin parts of the package's web fonts into whole fonts."""
    made = {name: cache_folder() / f"Sarabun-{name}.ttf" for name in ("Regular", "Bold")}
    if not all(path.exists() for path in made.values()):
        with tempfile.TemporaryDirectory() as folder, npm_package(SARABUN_PACKAGE) as archive:
            for name, weight in (("Regular", 400), ("Bold", 700)):
                parts = []
                for subset in ("thai", "latin"):
                    inside = f"package/files/sarabun-{subset}-{weight}-normal.woff2"
                    member = archive.extractfile(inside)
                    if member is None:
                        raise FileNotFoundError(inside)
                    part = TTFont(io.BytesIO(member.read()))
                    part.flavor = None
                    parts.append(Path(folder, f"{subset}-{weight}.ttf"))
                    part.save(parts[-1])
                whole = Merger().merge([str(part) for part in parts])
                rename(whole, "Sarabun", name)
                whole.save(made[name])
    return Font("Sarabun", made["Regular"], made["Bold"])


def rename(font: TTFont, family: str, face: str) -> None:
    """Give a font another family name, in all its names."""
    for record in font["name"].names:
        wanted = {
            1: family,
            2: face,
            3: f"{family} {face}",
            4: f"{family} {face}",
            6: f"{family}-{face}".replace(" ", ""),
            16: family,
            17: face,
        }
        if record.nameID in wanted:
            record.string = wanted[record.nameID]
    font["OS/2"].usWeightClass = 700 if face == "Bold" else 400
