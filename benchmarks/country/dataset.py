"""The country as a dataset: its tables, what is true of them, and a folder to analyze."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.country.columns import table
from benchmarks.country.items import make_items
from benchmarks.country.measures import Measures, make_measures
from benchmarks.country.papers import (
    INVENTED,
    cells_table,
    documents_table,
    issues_table,
    review_table,
)
from benchmarks.country.reports import Reports, make_reports
from benchmarks.country.results import Results, make_results
from benchmarks.country.scores import make_scores
from normalize.agencies.registry import AGENCY_COLUMNS, Agency, Registry
from normalize.catalogue.files import csv_line, write_whole
from normalize.tables import SourceFile
from prongsai import __version__
from prongsai.store import Store

README = f"""# Invented data

{INVENTED}
The agencies' names, types and places are facts of the register; what the tables say of them is not.
Nothing here tells anything about any agency.

Made by Prongsai {__version__} with: {{command}}
"""


@dataclass(slots=True)
class Country:
    """Record tables by name, and what is known to be true of them.

    ``results`` is the state of every item and score, ``reports`` who published and wrote what,
    ``measures`` who copied what; ``planted_scores`` are scores and levels on which reports differ.
    ``extra_agencies`` are those that the registry lacks.
    """

    tables: dict[str, pd.DataFrame]
    results: Results
    reports: Reports
    measures: Measures
    planted_scores: pd.DataFrame
    extra_agencies: tuple[Agency, ...] = ()

    def save(self, out: Path, command: str) -> None:
        """Write the dataset to a folder as ``prongsai normalize`` does, with a README."""
        store = Store(out)
        write_whole(out / "README.md", [README.format(command=command)])
        if self.extra_agencies:
            lines = [csv_line(AGENCY_COLUMNS)]
            lines += [csv_line((a.code, a.type, a.name, a.district, a.province))
                      for a in self.extra_agencies]  # fmt: skip
            write_whole(out / "agencies.csv", lines)
        documents = self.tables["documents"]
        files = [
            SourceFile(name, identifier, "" if pd.isna(error) else error)
            for name, identifier, error in zip(
                documents["source_file"], documents["document_id"], documents["error"], strict=True
            )
        ]
        store.save_files(files, [], store.extra_agencies)
        store.save_decisions([])
        store.drop_tables("analyze")
        store.save_tables(self.tables)
        store.describe({"prongsai": __version__, "normalize": "invented", "lists": "invented"})


def choose_agencies(count: int | None = None, provinces: Sequence[str] = ()) -> tuple[Agency, ...]:
    """Choose agencies of the registry, evenly spread over it: all, or those of some provinces."""
    known = [a for a in Registry.load().agencies if not provinces or a.province in provinces]
    if count is None:
        return tuple(known)
    if count > len(known):
        raise ValueError(f"the registry has only {len(known)} such agencies")
    return tuple(known[n * len(known) // count] for n in range(count))


def make_country(
    agencies: Sequence[Agency], years: Sequence[int], seed: int, *, with_cells: bool = False
) -> Country:
    """Make the record tables of agencies in fiscal years (be), in order of years.

    The same agencies, years and seed give the same tables. ``with_cells`` adds the table cells,
    four times as many rows as all others together.
    """
    results = make_results(Registry(agencies).frame(), sorted(years), seed)
    reports = make_reports(results, seed)
    items = make_items(results, reports, seed)
    scores, planted = make_scores(results, reports, seed)
    measures = make_measures(results, reports, seed)
    tables = {"items": items, "scores": scores, "measures": measures.measures}
    documents = documents_table(results, reports, tables)
    tables["measure_steps"] = measures.steps
    tables["review"] = review_table(items, documents, seed)
    tables["issues"] = issues_table(documents)
    tables["decisions"] = table("decisions", 0, {})
    tables["cells"] = cells_table(tables, documents) if with_cells else table("cells", 0, {})
    in_registry = set(Registry.load().agencies)
    extra = tuple(agency for agency in agencies if agency not in in_registry)
    return Country({"documents": documents, **tables}, results, reports, measures, planted, extra)
