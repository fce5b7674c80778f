"""The report files themselves: documents.csv, their cells, doubts and issues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.country.columns import drawn, identifiers, table
from benchmarks.country.facts import ROWS_PER_PAGE, agency_columns, year_column
from benchmarks.country.reports import MEDIA, Reports
from benchmarks.country.results import Results
from benchmarks.country.texts import texts
from normalize.agencies.registry import official_forms
from normalize.catalogue.checks import BE_MINUS_CE

INVENTED = "All of this dataset is invented: results, reports and texts (benchmarks/country)."
SHOWN = {
    "items": ("item_no_raw", "item_name_raw", "status_raw"),
    "scores": ("metric_name", "raw"),
    "measures": ("measure_no", "measure", "responsible", "period_raw", "result", "outcome"),
}
"""The columns of a table of a report, by the kind of record that stands in its rows."""
HEADS = {"items": (0, 1, 2), "scores": (3, 4), "measures": (0, 5, 6, 7, 8, 9)}
PAGE_WIDTH, TOP, ROW_HEIGHT = 480.0, 90.0, 46.0


def documents_table(
    results: Results, reports: Reports, records: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return one row per file; a copy of another file has no records of its own."""
    files = reports.files
    every = np.arange(len(files))
    own = ~files["is_copy"].to_numpy()
    counts = {
        name: files["document_id"].map(records[name]["document_id"].value_counts()).fillna(0)
        for name in ("items", "scores", "measures")
    }
    counts = {name: (values.astype(int).to_numpy() * own) for name, values in counts.items()}
    tables = sum((values > 0).astype(int) for values in counts.values())
    rows = np.maximum.reduce(list(counts.values()))
    is_pdf = np.array([media == "application/pdf" for media, _, _ in MEDIA])[files["medium"]]
    failed = files["failed"].to_numpy()
    parts = files["part"].to_numpy()
    pages = np.where(is_pdf & ~failed, 1 + (rows + 1) // ROWS_PER_PAGE, -1)
    forms = results.agencies["agency_type"].map(official_forms()).fillna("")
    columns = {
        "document_id": drawn(files["document_id"], every),
        "source_file": drawn(files["source_file"], every),
        "media_type": drawn([media for media, _, _ in MEDIA], files["medium"]),
        "pages": drawn([0, *range(1, 9)], pages, "Int64"),
        "text_source": drawn([source for _, _, source in MEDIA], files["medium"]),
        "report_type": drawn(files["report_type"], every),
        **agency_columns(results.agencies, files["agency"]),
        "agency_raw": drawn(forms + results.agencies["agency_name"], files["named"]),
        "agency_match_status": drawn(["accepted", "unmatched"], (files["agency"] < 0).astype(int)),
        "fiscal_year_be": year_column(files["fiscal_year_be"]),
        "fiscal_year_ce": year_column(files["fiscal_year_be"]) - BE_MINUS_CE,
        "period": drawn(["full_year", "first_half", "unknown"],
                        np.where(parts == 2, 1, np.where(failed, 2, 0))),
        "item_list_year_be": year_column(files["list_year"]),
        "tables": pd.array(tables, dtype="Int64"),
        **{name: pd.array(values, dtype="Int64") for name, values in counts.items()},
        "warnings": pd.array(failed.astype(int), dtype="Int64"),
        "status": drawn(["ok", "failed"], failed.astype(int)),
        "error": drawn(["invented: the file is damaged"], np.where(failed, 0, -1)),
    }  # fmt: skip
    return table("documents", len(files), columns)


def cells_table(records: Mapping[str, pd.DataFrame], documents: pd.DataFrame) -> pd.DataFrame:
    """Return the table cells that the records were read from, headers included."""
    own = documents.drop_duplicates("document_id").set_index("document_id")
    made = [_cells_of(name, records[name], own) for name in SHOWN if len(records[name])]
    if not made:
        return table("cells", 0, {})
    order = ["document_id", "table_id", "row", "column"]
    frame = pd.concat(made, ignore_index=True).sort_values(order, ignore_index=True)
    sources = frame["document_id"].map(own["text_source"])
    is_html = frame["document_id"].map(own["media_type"]) == "text/html"
    columns = {name: frame[name].array for name in frame if name != "raw_text"}
    columns["raw_text"] = frame["text"].array
    columns["source"] = pd.array(sources.mask(is_html, "html"), dtype="string")
    is_scan = (sources == "ocr").to_numpy()
    columns["confidence"] = drawn([0.97], np.where(is_scan, 0, -1), "Float64")
    return table("cells", len(frame), columns)


def _cells_of(name: str, rows: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of one kind of record, with a header over each table."""
    if name == "scores":  # totals and instruments have no name of their own
        rows = rows.assign(metric_name=rows["metric_name"].fillna(rows["metric"]))
    places = rows[["document_id", "table_id", "row", "page", "line"]]
    heads = places.drop_duplicates(["document_id", "table_id"]).copy()
    heads["row"] = pd.array(np.ones(len(heads)), dtype="Int64")
    heads["page"] = heads["page"].where(heads["page"].isna(), 1)
    heads["line"] = heads["line"] - 1
    made = []
    width = PAGE_WIDTH / len(SHOWN[name])
    for number, (column, head) in enumerate(zip(SHOWN[name], HEADS[name], strict=True), start=1):
        for part, text in ((heads, texts("head")[head]), (places, rows[column])):
            cell = part.copy()
            cell["text"] = pd.array(text if part is places else [text] * len(part), dtype="string")
            cell["is_header"] = pd.array(np.full(len(part), part is heads), dtype="boolean")
            cell["column"] = number
            left = 60.0 + (number - 1) * width
            top = TOP + (part["row"] % ROWS_PER_PAGE).astype("Float64") * ROW_HEIGHT
            box = {"x0": left, "x1": left + width, "top": top, "bottom": top + ROW_HEIGHT}
            for edge, value in box.items():
                values = value if isinstance(value, pd.Series) else top * 0 + value
                cell[edge] = values.mask(part["page"].isna())
            made.append(cell)
    frame = pd.concat(made, ignore_index=True)
    frame["row_span"] = frame["column_span"] = 1
    return frame


def review_table(items: pd.DataFrame, documents: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return a doubt for each status that is unclear and each item that was not matched."""
    doubtful = (items["match_status"] == "review").to_numpy(dtype=bool)
    rows = items[doubtful | (items["status"] == "unclear").to_numpy(dtype=bool)]
    doubtful = (rows["match_status"] == "review").to_numpy(dtype=bool)
    names = documents.drop_duplicates("document_id").set_index("document_id")["source_file"]
    zeros = np.zeros(len(rows), dtype=np.int64)
    columns: dict[str, Any] = {
        name: rows[name].array for name in ("document_id", "table_id", "row", "page", "line")
    }
    columns |= {
        "review_id": identifiers(seed, 4, len(rows)),
        "kind": drawn(["status", "item"], doubtful.astype(int)),
        "source_file": pd.array(rows["document_id"].map(names), dtype="string"),
        "raw": rows["status_raw"].mask(doubtful, rows["item_name_raw"]).array,
        "suggestion": rows["item_name_raw"].where(doubtful).array,
        "score": rows["match_score"].where(doubtful).array,
        "reason": drawn(["invented: no rule understands it"], zeros),
    }
    return table("review", len(rows), columns)


def issues_table(documents: pd.DataFrame) -> pd.DataFrame:
    """Return what is to be known of the files, first of all that they are invented."""
    named = documents[["document_id", "source_file"]]
    is_failed = documents["status"] == "failed"
    is_copy = documents["document_id"].duplicated()
    is_old = (documents["item_list_year_be"] != documents["fiscal_year_be"]).fillna(False)
    kinds = (
        ("error", "invented_failure", "invented: the file is damaged", is_failed),
        ("info", "duplicate_file", "the same content as another file", is_copy),
        ("warning", "item_list_of_another_year", "its rows follow another year's list", is_old),
    )
    made = [pd.DataFrame({"document_id": [None], "source_file": ["README.md"], "severity": "info",
                          "code": "invented_data", "message": INVENTED})]  # fmt: skip
    made += [
        named[mask.to_numpy(dtype=bool)].assign(severity=severity, code=code, message=message)
        for severity, code, message, mask in kinds
    ]
    frame = pd.concat([part.astype("string") for part in made], ignore_index=True)
    return table("issues", len(frame), {name: frame[name].array for name in frame})
