"""Fictitious checklists and score reports with known items, statuses and scores, as PDFs.

The maker of the sample reports (data/make_samples) prints them from other facts: its tables of
reports, agencies and scores are written anew from a seed.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import io
import json
import random
import shutil
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

MAKER = Path(__file__).parent.parent / "data" / "make_samples"
YEARS = (2564, 2565, 2566, 2567)
FONTS = ("Laksaman", "Garuda", "Norasi", "Loma", "Kinnari", "Umpush", "Waree", "Sawasdee")
ITEM_LAYOUTS = ("remark", "remark_dash", "remark_owner", "remark_span", "ticks", "boxes2", "boxes3")
THAI_NUMBERS, ARABIC_NUMBERS = ("two_digits", "letter_o", "latin_o"), ("latin_o", "plain")
# Two of three reports hold scores and four of five items; some hold both.
KINDS = ("items", "scores", "both", "items", "both")
SCORE_PARTS = ("scores_sentence+scores", "scores_sentence+scores+sub_scores")
REPORT_COLUMNS = (
    *("source_file", "agency_code", "fiscal_year_be", "period", "report_type"),
    *("item_list_year_be", "parts", "writer", "encoding", "digits", "number_style"),
    *("item_layout", "cell_markup", "boxes", "font", "landscape", "misspelt_name"),
)
TYPES = {"items": "oit_checklist", "scores": "score_analysis", "both": "mixed"}
Row = dict[str, str]


def print_reports(folder: Path, count: int, seed: int) -> dict[str, dict[str, Any]]:
    """Print so many reports into a folder, with agencies.csv; return their gold by file stem."""
    rng = random.Random(f"{seed} reports")
    facts_folder = folder / "facts"
    shutil.copytree(MAKER / "facts", facts_folder, dirs_exist_ok=True)
    agencies = _agencies(rng)
    reports = [_report(rng, n, agencies) for n in range(count)]
    _write(facts_folder / "agencies.csv", agencies)
    _write(facts_folder / "reports.csv", reports)
    _write(facts_folder / "scores.csv", [row for one in reports for row in _scores(rng, one)])
    maker = _maker(facts_folder)
    tables = maker.gold.gold_files()
    (folder / "agencies.csv").write_bytes(tables["agencies.csv"])
    golds: dict[str, dict[str, Any]] = {}
    rows = {name: _by_file(tables[f"gold/{name}.csv"]) for name in ("items", "scores")}
    for report in maker.facts.reports():
        document = maker.shapes.compose(report)
        target = folder / report.source_file
        if report.style["writer"] == "browser":
            maker.print_pdf.print_html(maker.write_html.write_html(document, report), target)
        else:
            maker.print_pdf.print_word(maker.write_word.write_word(document, report), target)
        style = {"digits": report.style["digits"], "fiscal_year_be": report.year}
        golds[target.stem] = {
            "producer": report.style["writer"],
            "font": report.style["font"],
            "layout": f"made-{report.style['item_layout'] or 'scores'}",
            "style": style,
            "tables": [
                _table(maker, block)
                for block in document.blocks
                if isinstance(block, maker.model.Table)
            ],
            "items": rows["items"][report.source_file],
            "scores": rows["scores"][report.source_file],
        }
        content = json.dumps(golds[target.stem], ensure_ascii=False, indent=1)
        target.with_suffix(".json").write_text(content + "\n", "utf-8")
    return golds


def _maker(facts_folder: Path) -> ModuleType:
    """Load the maker of the samples, and give it other facts."""
    spec = importlib.util.spec_from_file_location(
        "make_samples", MAKER / "__init__.py", submodule_search_locations=[str(MAKER)]
    )
    if spec is None:
        raise FileNotFoundError(MAKER)
    maker = sys.modules.setdefault("make_samples", importlib.util.module_from_spec(spec))
    for name in ("facts", "gold", "model", "shapes", "print_pdf", "write_html", "write_word"):
        setattr(maker, name, importlib.import_module(f"make_samples.{name}"))
    maker.facts.FACTS = facts_folder
    for cached in ("table", "reports", "items", "measures", "scores"):
        getattr(maker.facts, cached).cache_clear()
    return maker


def _agencies(rng: random.Random) -> list[Row]:
    with (MAKER / "facts" / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row | {f"quality_{y}": f"{rng.uniform(0.4, 0.95):.2f}" for y in YEARS} for row in rows]


def _report(rng: random.Random, n: int, agencies: list[Row]) -> Row:
    # Every kind, layout, font and writer comes with digits of both kinds.
    kind, digits = KINDS[n % len(KINDS)], ("thai", "arabic")[(n + n // len(FONTS)) % 2]
    agency, year = rng.choice(agencies), rng.choice(YEARS)
    layout = ITEM_LAYOUTS[n % len(ITEM_LAYOUTS)] if kind != "scores" else ""
    style = rng.choice(THAI_NUMBERS if digits == "thai" else ARABIC_NUMBERS)
    parts = [rng.choice(SCORE_PARTS)] if kind != "items" else []
    parts += ["items"] if layout else []
    values = {
        "source_file": f"made-{n:03d}.pdf",
        "agency_code": agency["agency_code"],
        "fiscal_year_be": str(year),
        "period": "full_year",
        "report_type": TYPES[kind],
        "item_list_year_be": str(year) if layout else "",
        "parts": "+".join(parts),
        "writer": "word" if n % 4 == 3 else "browser",
        "digits": digits,
        "number_style": ("none" if layout == "remark_span" else style) if layout else "",
        "item_layout": layout,
        "cell_markup": "lines",
        "boxes": "glyph" if layout.startswith("boxes") else "",
        "font": FONTS[n % len(FONTS)],
        "landscape": "yes" if n % 7 == 6 else "",
    }
    return {column: values.get(column, "") for column in REPORT_COLUMNS}


def _scores(rng: random.Random, report: Row) -> list[Row]:
    """Return the scores that a report prints: of the year before, the mean of their parts."""
    if "scores" not in report["parts"]:
        return []
    year = str(int(report["fiscal_year_be"]) - 1)
    values = {f"indicator:{n}": rng.uniform(48, 99.99) for n in range(1, 11)}
    if "sub_scores" in report["parts"]:
        with (MAKER / "facts" / "sub_indicators.csv").open(encoding="utf-8", newline="") as file:
            numbers = [
                row["sub_indicator_no"]
                for row in csv.DictReader(file)
                if row["fiscal_year_be"] == year
            ]
        parts = {number: round(rng.uniform(40, 99.99), 2) for number in numbers}
        values |= {f"sub_indicator:{number}": value for number, value in parts.items()}
        for indicator in ("9", "10"):
            own = [v for number, v in parts.items() if number.split(".")[0] == indicator]
            values[f"indicator:{indicator}"] = sum(own) / len(own)
    return [
        {
            "source_file": report["source_file"],
            "fiscal_year_be": year,
            "metric": metric,
            "published": f"{value:.2f}",
        }
        for metric, value in values.items()
    ]


def _table(maker: Any, block: Any) -> dict[str, Any]:
    """Return a table of the maker as the gold of the PDF corpus has them."""
    laid = maker.model.grid((*block.header, *block.rows), len(block.widths))
    return {
        "header_rows": len(block.header),
        "cells": [
            {
                "row": row,
                "column": column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "text": "\n".join(cell.paragraphs),
            }
            for row, line in enumerate(laid, start=1)
            for column, cell in enumerate(line, start=1)
        ],
    }


def _by_file(content: bytes) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
        found[row.pop("source_file")].append(row)
    return found


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
