"""The fonts to train on: Debian's fonts-thai-tlwg and free Thai families of the npm registry.

All are free to use for this: the Thai Linux fonts and TH Sarabun New under the GPL with the font
exception or terms alike, those of Fontsource under the SIL Open Font License. None is kept in the
project. Run ``python -m training.fonts FOLDER`` to gather them.
"""

from __future__ import annotations

import argparse
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from benchmarks.corpus.fonts import npm_package

SYSTEM = Path("/usr/share/fonts/truetype")
PACKAGES = "fonts-thai-tlwg", "fonts-liberation", "fonts-dejavu-core"
TLWG = {
    "Garuda": 3,
    "Kinnari": 2,
    "Laksaman": 3,
    "Loma": 3,
    "Norasi": 3,
    "Sawasdee": 2,
    "TlwgMono": 1,
    "TlwgTypewriter": 1,
    "TlwgTypist": 1,
    "TlwgTypo": 2,
    "Umpush": 3,
    "Waree": 3,
}
# Of Fontsource, with the share of lines; those without loops are rarer in reports.
FONTSOURCE = {
    "sarabun@5.3.0": 5,
    "noto-sans-thai@5.3.0": 1,
    "noto-serif-thai@5.3.0": 1,
    "ibm-plex-sans-thai@5.3.0": 1,
    "niramit@5.3.0": 2,
    "bai-jamjuree@5.3.0": 1,
    "chakra-petch@5.3.0": 1,
    "krub@5.2.7": 1,
    "k2d@5.2.8": 1,
    "maitree@5.3.0": 2,
    "pridi@5.3.0": 1,
    "taviraj@5.3.0": 2,
    "trirong@5.3.0": 2,
    "kanit@5.3.0": 1,
    "prompt@5.3.0": 1,
}
THSARABUN = ("font-th-sarabun-new@1.0.0", 8)
# Never trained on: with them the network shows what it does with a font it has not seen.
KEPT_ASIDE = ("Laksaman", "bai-jamjuree")
# Latin letters and digits of other fonts stand among Thai at times, and signs always do.
LATIN = ("liberation/LiberationSans", "liberation/LiberationSerif")
SIGNS = "dejavu/DejaVuSans"
_MARKS = "\u0e31\u0e34\u0e38\u0e48\u0e49\u0e4d"


@dataclass(frozen=True)
class Face:
    """A face of a family: the files that together hold its characters, and its share of lines."""

    family: str
    files: tuple[Path, ...]
    share: float

    @property
    def has_loose_marks(self) -> bool:
        """Whether the marks take room until a shaper sets them on their letters."""
        file = next(file for file in self.files if ord(_MARKS[0]) in characters(file))
        font = TTFont(file)
        cmap, widths = font.getBestCmap(), font["hmtx"]
        return any(widths[cmap[ord(mark)]][0] > 0 for mark in _MARKS)


def gather(folder: Path) -> None:
    """Bring all fonts together in a folder, a file named family_part_weight.ttf each."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem in (*(f"tlwg/{family}" for family in TLWG), *LATIN, SIGNS):
        for weight in ("regular", "bold"):
            shutil.copy(_of_system(stem, weight), folder / f"{Path(stem).name}_all_{weight}.ttf")
    for package in (*FONTSOURCE, THSARABUN[0]):
        scope = "" if package == THSARABUN[0] else "@fontsource/"
        for name, data in _packed(scope + package):
            font = TTFont(io.BytesIO(data))
            font.flavor = None
            font.save(folder / name)


def _of_system(stem: str, weight: str) -> Path:
    for tail in {"regular": ("-Regular", ""), "bold": ("-Bold",)}[weight]:
        if (found := SYSTEM / f"{stem}{tail}.ttf").exists():
            return found
    raise FileNotFoundError(f"{SYSTEM / stem}.ttf: apt-get install {' '.join(PACKAGES)}")


def _packed(package: str) -> Iterator[tuple[str, bytes]]:
    """Give the font files of a package of the npm registry, each under its name here."""
    family = package.rsplit("/", 1)[-1].split("@")[0]
    with npm_package(package) as archive:
        names = set(archive.getnames())
        for weight, number, tail in (("regular", 400, ""), ("bold", 700, "_bold")):
            inside = {
                part: f"package/files/{family}-{part}-{number}-normal.woff2"
                for part in ("thai", "latin")
            }
            inside["all"] = f"package/fonts/THSarabunNew{tail}-webfont.ttf"
            for part, path in inside.items():
                if path in names:
                    member = archive.extractfile(path)
                    if member is None:
                        raise FileNotFoundError(path)
                    yield f"{family}_{part}_{weight}.ttf", member.read()


def faces(folder: Path, *, is_kept_aside: bool = False) -> list[Face]:
    """Return the faces of a gathered folder to train on, or those kept aside."""
    shares = TLWG | {name.split("@")[0]: share for name, share in FONTSOURCE.items()}
    shares[THSARABUN[0].split("@")[0]] = THSARABUN[1]
    found = []
    for family, share in shares.items():
        if (family in KEPT_ASIDE) != is_kept_aside:
            continue
        for weight, part_of in (("regular", 0.65), ("bold", 0.35)):
            files = tuple(sorted(folder.glob(f"{family}_*_{weight}.ttf"), reverse=True))
            if files:
                found.append(Face(family, files, share * part_of))
    if not found:
        raise FileNotFoundError(f"no fonts in {folder}: run python -m training.fonts {folder}")
    return found


def spare(folder: Path, *, is_bold: bool) -> tuple[tuple[Path, ...], Path]:
    """Return the fonts for Latin letters among Thai, and the font of the signs."""
    weight = "bold" if is_bold else "regular"
    latin = tuple(folder / f"{Path(stem).name}_all_{weight}.ttf" for stem in LATIN)
    return latin, folder / f"{Path(SIGNS).name}_all_{weight}.ttf"


@cache
def characters(path: Path) -> frozenset[int]:
    """Return the code points that a font file has."""
    return frozenset(TTFont(path).getBestCmap())


def main() -> None:
    """Gather the fonts in the folder that the command names."""
    parser = argparse.ArgumentParser(description="Gather the fonts to train on.")
    parser.add_argument("folder", type=Path)
    gather(parser.parse_args().folder)


if __name__ == "__main__":
    main()
