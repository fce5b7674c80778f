"""Tools side by side on a corpus of Thai PDFs: `python -m benchmarks.pdf_bench CORPUS_DIR`.

The corpus (see benchmarks/corpus) holds NAME.pdf beside NAME.json with the cells that a person
sees: a header stands once, a row cut by a page break is one, a table over many pages is one. A cell
is right when its text is, all white space ignored; it is in place when it also stands in the right
row and column of the right table. Each tool reads all files in one process of its own; start-up and
imports do not count, one file is read before to warm up. A file that crashes a tool or takes it
over two minutes counts as empty. Seconds are processor seconds unless they are called wall.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks.child import Run, run_tool
from benchmarks.failures import KINDS, failures, shown
from benchmarks.peers import TOOLS
from benchmarks.scoring import Count, cells_in_place, exact_cells, gold_grids

COMPARED = (
    "prongsai",
    "pdfplumber",
    "pdfplumber-flow",
    "camelot-lattice",
    "camelot-stream",
    "tabula",
    "pymupdf",
    "pymupdf-lines",
)
# The bars of the project: over all, on each producer and layout, and how many times faster than
# pdfplumber's extract_tables.
RECALL_BAR, PRECISION_BAR, GROUP_BAR, SPEED_BAR, MEMORY_BAR_MB = 0.99, 0.98, 0.95, 10, 300
LONG_PAGES = (50, 500)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a tool got right in one document."""

    name: str
    kinds: dict[str, str]
    cells: Count
    in_place: Count
    error: str


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a tool read the files that it could read."""

    pages: int
    cpu_seconds: float
    wall_seconds: float

    @property
    def pages_per_cpu_second(self) -> float:
        """Pages per second of processor time, all threads and child processes counted."""
        return self.pages / self.cpu_seconds if self.cpu_seconds else 0.0

    @property
    def pages_per_second(self) -> float:
        """Pages per second of the clock on the wall."""
        return self.pages / self.wall_seconds if self.wall_seconds else 0.0


def score(run: Run, golds: Mapping[Path, dict[str, Any]]) -> list[Scored]:
    """Compare what a tool gave with the gold, document by document."""
    rows = []
    for path, reading in run.readings.items():
        gold = gold_grids(golds[path])
        kinds = {key: golds[path][key] for key in ("producer", "layout", "font")}
        exact, placed = exact_cells(gold, reading.grids), cells_in_place(gold, reading.grids)
        rows.append(Scored(path.stem, kinds, exact, placed, reading.error))
    return rows


def total(rows: Sequence[Scored], of: Callable[[Scored], Count]) -> Count:
    """Sum a count over documents."""
    return sum(map(of, rows), Count())


def speed(run: Run, pages: Mapping[Path, int]) -> Speed:
    """Sum pages and seconds over the files that were read."""
    read = {path: reading for path, reading in run.readings.items() if not reading.error}
    return Speed(
        sum(pages[path] for path in read),
        sum(reading.cpu_seconds for reading in read.values()),
        sum(reading.wall_seconds for reading in read.values()),
    )


def grouped(rows: Sequence[Scored], kind: str) -> dict[str, list[Scored]]:
    """Return the documents by producer, layout or font."""
    names = sorted({row.kinds[kind] for row in rows})
    return {name: [row for row in rows if row.kinds[kind] == name] for name in names}


def page_count(path: Path) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def print_tools(runs: Mapping[str, Run], scores: Mapping[str, list[Scored]], pages: Any) -> None:
    """Print a row for each tool."""
    print("| tool | recall | precision | in place | pages/s | wall | peak MB | failed |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, run in runs.items():
        if run.missing:
            print(f"| {name} | not installed: {run.missing} | | | | | | |")
            continue
        rows = scores[name]
        exact, placed = total(rows, lambda r: r.cells), total(rows, lambda r: r.in_place)
        fast = speed(run, pages)
        print(
            f"| {name} {run.version} | {exact.recall:.4f} | {exact.precision:.4f} "
            f"| {placed.recall:.4f} | {fast.pages_per_cpu_second:.1f} "
            f"| {fast.pages_per_second:.1f} | {run.peak_mb:.0f} "
            f"| {sum(bool(row.error) for row in rows)} |"
        )


def print_groups(rows: Sequence[Scored], kind: str) -> None:
    """Print a row for each producer, layout or font; a star marks what is under the bar."""
    print(f"| {kind} | files | cells | recall | precision | in place |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, group in grouped(rows, kind).items():
        exact, placed = total(group, lambda r: r.cells), total(group, lambda r: r.in_place)
        is_under = min(exact.recall, exact.precision) < GROUP_BAR
        print(
            f"| {name}{' *' * is_under} | {len(group)} | {exact.gold} | {exact.recall:.4f} "
            f"| {exact.precision:.4f} | {placed.recall:.4f} |"
        )


def print_peers_by_group(scores: Mapping[str, list[Scored]], kind: str) -> None:
    """Print the recall of every tool for each producer or layout."""
    names = list(scores)
    print(f"| recall by {kind} | {' | '.join(names)} |")
    print(f"| --- |{' --- |' * len(names)}")
    for group in grouped(next(iter(scores.values())), kind):
        recalls = (
            total(grouped(rows, kind)[group], lambda r: r.cells).recall for rows in scores.values()
        )
        print(f"| {group} | {' | '.join(f'{recall:.3f}' for recall in recalls)} |")


def print_bars(rows: Sequence[Scored], runs: Mapping[str, Run], pages: Mapping[Path, int]) -> None:
    """Say for each bar whether it is met."""
    exact = total(rows, lambda r: r.cells)
    groups = [
        (min(count.recall, count.precision), name)
        for kind in ("producer", "layout")
        for name, group in grouped(rows, kind).items()
        for count in [total(group, lambda r: r.cells)]
    ]
    worst, name = min(groups)
    _bar(f"recall {exact.recall:.4f}", exact.recall >= RECALL_BAR, RECALL_BAR)
    _bar(f"precision {exact.precision:.4f}", exact.precision >= PRECISION_BAR, PRECISION_BAR)
    _bar(f"weakest producer or layout {worst:.4f} ({name})", worst >= GROUP_BAR, GROUP_BAR)
    if "pdfplumber" in runs and not runs["pdfplumber"].missing:
        own, peer = speed(runs["prongsai"], pages), speed(runs["pdfplumber"], pages)
        ratio = own.pages_per_cpu_second / peer.pages_per_cpu_second if peer.pages else 0.0
        wall = own.pages_per_second / peer.pages_per_second if peer.pages else 0.0
        said = f"pages/s {ratio:.1f} times pdfplumber's ({wall:.1f} by the wall clock)"
        _bar(said, ratio >= SPEED_BAR, SPEED_BAR)


def _bar(said: str, is_met: bool, bar: float) -> None:
    print(f"- {said}: bar {bar:g} {'met' if is_met else 'NOT MET'}")


def print_failures(run: Run, golds: Mapping[Path, dict[str, Any]], limit: int) -> None:
    """Print the first wrong cells of each file, and how many there are of each kind and where."""
    kinds: Counter[str] = Counter()
    where: Counter[tuple[str, str]] = Counter()
    if run.missing:
        sys.exit(run.missing)
    for path, reading in run.readings.items():
        gold = golds[path]
        grids = gold_grids(gold)
        found = failures(grids, reading.grids, reading.paragraphs)
        exact, placed = exact_cells(grids, reading.grids), cells_in_place(grids, reading.grids)
        if not found and exact.right == placed.right:
            continue
        counts = Counter(failure.kind for failure in found)
        kinds += counts
        where[gold["layout"], gold["producer"]] += len(found)
        said = [f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]]
        said += [f"{exact.right - placed.right} right but not in place"] * (exact != placed)
        print(f"\n{path.stem} ({gold['font']}): {', '.join(said)}")
        shapes, got_shapes = (" ".join(map(_shape, side)) for side in (grids, reading.grids))
        print(f"  tables: gold {shapes or 'none'}; got {got_shapes or 'none'}")
        for note in list(filter(None, [reading.error, *reading.notes]))[:4]:
            print(f"  {note}")
        entries = list(shown(found))
        for lines in entries[:limit]:
            print("\n".join(lines))
        if len(entries) > limit:
            print(f"  ... {len(entries) - limit} more")
    print("\nWrong cells by kind:")
    for kind in KINDS:
        print(f"  {kinds[kind]:5} {kind}: {KINDS[kind]}")
    producers = sorted({gold["producer"] for gold in golds.values()})
    print(f"\n{'Wrong cells':14} {' '.join(producers)}")
    for layout in sorted({gold["layout"] for gold in golds.values()}):
        row = (f"{where[layout, name] or '.':>{len(name)}}" for name in producers)
        print(f"{layout:14} {' '.join(row)}")


def _shape(grid: Sequence[Any]) -> str:
    rows = max((cell.row + cell.row_span - 1 for cell in grid), default=0)
    return f"{rows}x{max((cell.column + cell.column_span - 1 for cell in grid), default=0)}"


def read_long_report(files: Sequence[Path]) -> None:
    """Print memory and speed of Prongsai on the corpus bound into one report, short and long."""
    for pages in LONG_PAGES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{pages}-pages.pdf"
            bind(files, pages, path)
            run = run_tool("prongsai", [path], file_seconds=600)
            reading = run.readings[path]
            rate = pages / reading.cpu_seconds if reading.cpu_seconds else 0.0
            said = f"{pages} pages, {path.stat().st_size / 1e6:.1f} MB on disk: "
            said += f"peak memory {run.peak_mb:.0f} MB, {rate:.1f} pages/s {reading.error}"
            _bar(said, run.peak_mb < MEMORY_BAR_MB and not reading.error, MEMORY_BAR_MB)


def bind(files: Sequence[Path], pages: int, path: Path) -> None:
    """Write a PDF of so many pages, taken from the files in turn as often as needed."""
    with pypdfium2.PdfDocument.new() as book:
        while len(book) < pages:
            for file in files:
                with pypdfium2.PdfDocument(file) as part:
                    taken = min(len(part), pages - len(book))
                    if taken:
                        book.import_pages(part, list(range(taken)))
        book.save(path)


def results(
    runs: Mapping[str, Run], scores: Mapping[str, list[Scored]], pages: Mapping[Path, int]
) -> dict[str, Any]:
    """Return everything that was measured, for a program to read."""
    return {
        name: {
            "version": run.version,
            "peak_mb": run.peak_mb,
            "speed": asdict(speed(run, pages)),
            "documents": [asdict(row) for row in scores[name]],
        }
        for name, run in runs.items()
        if not run.missing
    }


def main() -> None:
    """Run the tools that are asked for and print what they got right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder of NAME.pdf and NAME.json")
    parser.add_argument("--tools", help=f"some of {','.join(TOOLS)}", default=",".join(COMPARED))
    parser.add_argument("--only", help="only files whose name matches, as *-merged*", default="*")
    parser.add_argument("--out", type=Path, help="write all figures there, as JSON")
    parser.add_argument(
        "--failures", type=int, help="show so many wrong cells a file of the first tool"
    )
    parser.add_argument("--long", action="store_true", help="only the memory of a 500-page report")
    options = parser.parse_args()
    files = sorted(p for p in options.corpus.glob(f"{options.only}.pdf"))
    files = [path for path in files if path.with_suffix(".json").exists()]
    if not files:
        sys.exit(f"{options.corpus} holds no {options.only}.pdf with its .json beside it")
    names = options.tools.split(",")
    if unknown := [name for name in names if name not in TOOLS]:
        sys.exit(f"no tool is called {', '.join(unknown)}: there are {', '.join(TOOLS)}")
    if options.long:
        read_long_report(files)
        return
    golds = {path: json.loads(path.with_suffix(".json").read_text("utf-8")) for path in files}
    if options.failures is not None:
        print_failures(run_tool(names[0], files), golds, options.failures)
        return
    pages = {path: page_count(path) for path in files}
    runs: dict[str, Run] = {}
    for name in names:
        print(f"reading with {name} ...", file=sys.stderr)
        runs[name] = run_tool(name, files)
    scores = {name: score(run, golds) for name, run in runs.items() if not run.missing}
    print(f"{len(files)} files, {sum(pages.values())} pages, Python {platform.python_version()}\n")
    print_tools(runs, scores, pages)
    if scores.get("prongsai"):
        for kind in ("layout", "producer", "font"):
            print()
            print_groups(scores["prongsai"], kind)
    for kind in ("layout", "producer") if len(scores) > 1 else ():
        print()
        print_peers_by_group(scores, kind)
    if scores.get("prongsai"):
        print()
        print_bars(scores["prongsai"], runs, pages)
    if options.out:
        found = results(runs, scores, pages)
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
