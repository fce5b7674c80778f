"""Tables of any kind: `python -m benchmarks.icdar_bench ../shared/icdar2013-us`.

The 40 US government PDFs of the ICDAR 2013 table competition. A tool gets whole files, and all
tables that it gives are compared with all that the gold holds, by their adjacency relations (see
benchmarks.scoring.relations). Micro sums the relations of all documents; macro is the mean of the
documents, where a document from which nothing came counts as precision 0. Three documents have two
gold files, "a" and "b", since people disagreed; the "a" file is used, as the PDF has its name.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

from lxml import etree

from benchmarks.child import Run, run_tool
from benchmarks.peers import TOOLS
from benchmarks.scoring import Count, Grid, GridCell, Relation, related_cells, relations

COMPARED = (
    "prongsai",
    "pdfplumber",
    "pdfplumber-text",
    "camelot-lattice",
    "camelot-stream",
    "camelot-network",
    "camelot-hybrid",
    "tabula",
    "tabula-lattice",
    "tabula-stream",
    "pymupdf",
    "pymupdf-lines",
)


def gold_tables(path: Path) -> list[Grid]:
    """Read a `-str.xml` file; the regions of a table that was cut are laid beside one another."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
    return [
        [_cell(cell, region) for region in table.iter("region") for cell in region.iter("cell")]
        for table in root.iter("table")
    ]


def _cell(cell: etree._Element, region: etree._Element) -> GridCell:
    row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
    last_row, last_column = int(cell.get("end-row", row)), int(cell.get("end-col", column))
    return GridCell(
        row + int(region.get("row-increment", 0)),
        column + int(region.get("col-increment", 0)),
        cell.findtext("content") or "",
        last_row - row + 1,
        last_column - column + 1,
        f"page {region.get('page')}",
    )


def print_tool(name: str, run: Run, counts: list[Count]) -> None:
    """Print the row of a tool."""
    if run.missing:
        print(f"| {name} | not installed: {run.missing} | | | | | | | |")
        return
    micro = sum(counts, Count())
    precision = mean(count.precision if count.got else 0.0 for count in counts)
    recall = mean(count.recall for count in counts)
    f1 = mean(count.f1 for count in counts)
    seconds = sum(reading.cpu_seconds for reading in run.readings.values())
    failed = sum(bool(reading.error) for reading in run.readings.values())
    print(
        f"| {name} {run.version} | {micro.precision:.3f} | {micro.recall:.3f} | {micro.f1:.3f} "
        f"| {precision:.3f} | {recall:.3f} | {f1:.3f} | {seconds:.1f} | {failed} |",
        flush=True,
    )


def print_documents(counts: Mapping[str, list[Count]], names: list[str]) -> None:
    """Print the F1 of each document, the worst of the first tool first."""
    print(f"\n| F1 | relations | {' | '.join(counts)} |\n| --- | --- |{' --- |' * len(counts)}")
    first = next(iter(counts.values()))
    for n in sorted(range(len(names)), key=lambda n: first[n].f1):
        row = " | ".join(f"{of_tool[n].f1:.3f}" for of_tool in counts.values())
        print(f"| {names[n]} | {first[n].gold} | {row} |")


def print_failures(gold: list[Grid], run: Run, path: Path) -> None:
    """Print the relations that a tool lost and those that it made up, and the tables it gave."""
    reading = run.readings[path]
    for note in filter(None, [run.missing, reading.error, *reading.notes]):
        print(note)
    for number, grid in enumerate(reading.grids, start=1):
        print(f"table {number}, {next((cell.place for cell in grid), 'empty')}")
        for row in sorted({cell.row for cell in grid}):
            cells = (cell for cell in grid if cell.row == row)
            print("  " + " | ".join(_shown(cell) for cell in sorted(cells, key=_column)))
    wanted, given = relations(gold), relations(reading.grids)
    for title, found in (("lost", wanted - given), ("extra", given - wanted)):
        print(f"\n{title}: {found.total()} of {(wanted if title == 'lost' else given).total()}")
        _print_relations(found)


def _print_relations(found: Counter[Relation]) -> None:
    for (first, second, direction), count in found.items():
        times = f" ({count} times)" if count > 1 else ""
        print(f"  {first[:60]} {'->' if direction == 'right' else '↓'} {second[:60]}{times}")


def _column(cell: GridCell) -> int:
    return cell.column


def _shown(cell: GridCell) -> str:
    span = f" [{cell.row_span}x{cell.column_span}]" * (cell.row_span * cell.column_span > 1)
    return f"{cell.column}:{' '.join(cell.text.split())}{span}"


def main() -> None:
    """Run the tools that are asked for and print their precision and recall."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder of us-NNN.pdf and us-NNN-str.xml")
    parser.add_argument("--tools", help=f"some of {','.join(TOOLS)}", default=",".join(COMPARED))
    parser.add_argument("--failures", metavar="DOC", help="show what the first tool did in us-NNN")
    options = parser.parse_args()
    files = sorted(options.folder.glob("us-*.pdf"))
    names = options.tools.split(",")
    if unknown := [name for name in names if name not in TOOLS]:
        sys.exit(f"no tool is called {', '.join(unknown)}: there are {', '.join(TOOLS)}")
    golds = {path: gold_tables(path.with_name(f"{path.stem}-str.xml")) for path in files}
    if options.failures:
        path = options.folder / f"{options.failures}.pdf"
        if path not in golds:
            sys.exit(f"{options.folder} holds no {path.name}")
        print_failures(golds[path], run_tool(names[0], [path]), path)
        return
    print(f"{len(files)} documents, {sum(map(len, golds.values()))} tables\n")
    print("| tool | micro P | R | F1 | macro P | R | F1 | seconds | failed |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    counts: dict[str, list[Count]] = {}
    for name in names:
        run = run_tool(name, files)
        found = [
            related_cells(golds[path], run.readings[path].grids)
            for path in files
            if not run.missing
        ]
        print_tool(name, run, found)
        if not run.missing:
            counts[name] = found
    if counts:
        print_documents(counts, [path.stem for path in files])


if __name__ == "__main__":
    main()
