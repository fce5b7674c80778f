"""Printed and scanned reports: `python -m benchmarks.scan_corpus OUT --seed N --from CORPUS_DIR`.

Takes reports of the PDF corpus (see benchmarks/corpus), a choice balanced over producers, layouts
and fonts, and prints checklists and score reports of fictitious agencies besides. Writes for each

    OUT/NAME.pdf, .png, .jpg or .tif   the scan
    OUT/NAME.json                      its gold: cells; items and scores where they are known
    OUT/NAME.recipe.json               what was done to it
    OUT/printed/NAME.pdf               the report before

and OUT/agencies.csv. Most scans are PDFs of pictures; in a ``mixed`` one some
pages keep their text.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from benchmarks.scan_reports import print_reports
from benchmarks.scan_wear import DPIS, TONES, Picture, Wear, make_wear, worn
from extract.document import POINTS_PER_INCH

# How reports come: a picture file holds one page (.png, .jpg) or all of them (.tif).
FORMS = ("pdf", "pdf", "pdf", "pdf", "mixed", "picture")
EPOCH = time.gmtime(1735689600)  # the date inside of every file


@dataclass(frozen=True, slots=True)
class Scan:
    """A report to scan: the printed PDF, its gold, and how the scan is kept."""

    name: str
    printed: Path
    gold: Path
    form: str
    wear: Wear


def chosen(corpus: Path, limit: int, rng: random.Random) -> list[Path]:
    """Return reports of a corpus so that each producer, layout and font comes about as often."""
    left = sorted(path for path in corpus.glob("*.pdf") if path.with_suffix(".json").exists())
    rng.shuffle(left)
    traits = {path: _traits(path) for path in left}
    used: Counter[str] = Counter()
    picked: list[Path] = []
    while left and len(picked) < limit:
        best = min(left, key=lambda path: sum(used[trait] for trait in traits[path]))
        left.remove(best)
        used.update(traits[best])
        picked.append(best)
    return picked


def _traits(path: Path) -> list[str]:
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    digits = gold["style"]["digits"]
    return [f"{kind} {gold[kind]}" for kind in ("producer", "layout", "font")] + [digits]


def planned(printed: list[Path], rng: random.Random) -> Iterator[Scan]:
    """Decide how each report is scanned: resolutions, tones and stamps in turn, the rest by lot."""
    cases = [(dpi, tone, stamped) for stamped in (False, True) for tone in TONES for dpi in DPIS]
    for n, path in enumerate(printed):
        dpi, tone, stamped = cases[n % len(cases)]
        with pypdfium2.PdfDocument(path) as pdf:
            pages = len(pdf)
        form = rng.choice(FORMS)
        if form == "mixed" and pages < 2:
            form = "pdf"
        wear = make_wear(rng, dpi, tone, stamped, pages)
        yield Scan(path.stem, path, path.with_suffix(".json"), form, wear)


def scan(report: Scan, out: Path, rng: random.Random) -> Path:
    """Scan a report; return the file that it made."""
    pictures = list(_pictures(report))
    kept: list[int] = []
    if report.form == "picture":
        made = _save_picture(pictures, report.wear, out / report.name, rng)
    else:
        made = out / f"{report.name}.pdf"
        _save_pdf(pictures, report.wear, made)
        if report.form == "mixed":
            kept = sorted(rng.sample(range(len(pictures)), len(pictures) // 2))
            _keep_text(made, report.printed, kept)
    shutil.copyfile(report.gold, out / f"{report.name}.json")
    recipe = {"file": made.name, "form": report.form, "text_pages": [n + 1 for n in kept]}
    content = json.dumps({**recipe, **asdict(report.wear)}, ensure_ascii=False, indent=1)
    (out / f"{report.name}.recipe.json").write_text(content + "\n", "utf-8")
    return made


def _pictures(report: Scan) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(report.printed) as pdf:
        pdf.init_forms()
        for page, here in zip(pdf, report.wear.pages, strict=True):
            drawn = page.render(scale=report.wear.dpi / POINTS_PER_INCH).to_pil()
            yield _image(worn(drawn, report.wear, here), report.wear)


def _image(levels: Picture, wear: Wear) -> Image.Image:
    image = Image.fromarray(levels)
    return image.convert("1", dither=Image.Dither.NONE) if wear.tone == "bilevel" else image


def _save_pdf(pictures: list[Image.Image], wear: Wear, path: Path) -> None:
    first, *rest = pictures
    how: dict[str, object] = {"save_all": True, "append_images": rest, "resolution": wear.dpi}
    if wear.tone != "bilevel":  # which is kept as a fax is
        how["quality"] = wear.quality
    first.save(path, creationDate=EPOCH, modDate=EPOCH, **how)


def _save_picture(pictures: list[Image.Image], wear: Wear, path: Path, rng: random.Random) -> Path:
    first, *rest = pictures
    suffix = ".tif" if rest else rng.choice((".png", ".jpg", ".tif"))
    if suffix == ".jpg" and wear.tone == "bilevel":
        suffix = ".png"
    made = path.with_suffix(suffix)
    how: dict[str, object] = {"dpi": (wear.dpi, wear.dpi)}
    if suffix == ".jpg":
        how["quality"] = wear.quality
    elif suffix == ".tif":
        how |= {"compression": "group4" if wear.tone == "bilevel" else "tiff_deflate"}
        how |= {"save_all": True, "append_images": rest}
    first.save(made, **how)
    return made


def _keep_text(scanned: Path, printed: Path, pages: list[int]) -> None:
    """Put pages of the printed report in the place of their pictures."""
    with pikepdf.open(scanned, allow_overwriting_input=True) as pdf, pikepdf.open(printed) as text:
        for n in pages:
            pdf.pages[n] = text.pages[n]
        pdf.save(scanned, deterministic_id=True)


def main() -> None:
    """Make a corpus of scans."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path, help="folder for the scans and their gold")
    parser.add_argument("--seed", type=int, required=True, help="decides choice, content and wear")
    parser.add_argument("--from", dest="corpus", type=Path, help="folder of the PDF corpus")
    parser.add_argument("--limit", type=int, default=60, help="reports taken from it")
    parser.add_argument("--made", type=int, default=40, help="checklists and score reports")
    given = parser.parse_args()
    printed = given.out / "printed"
    printed.mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"{given.seed} scans")
    taken = chosen(given.corpus, given.limit, rng) if given.corpus else []
    for path in taken:
        for suffix in (".pdf", ".json"):
            shutil.copyfile(path.with_suffix(suffix), printed / f"{path.stem}{suffix}")
    sources = [printed / path.name for path in taken]
    if given.made:
        golds = print_reports(printed, given.made, given.seed)
        shutil.copyfile(printed / "agencies.csv", given.out / "agencies.csv")
        sources += [printed / f"{name}.pdf" for name in golds]
    for report in planned(sources, rng):
        made = scan(report, given.out, rng)
        wear = report.wear
        print(f"{made.name}: {wear.dpi} dpi, {wear.tone}, {len(wear.pages)} pages", file=sys.stderr)


if __name__ == "__main__":
    main()
