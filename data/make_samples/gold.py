"""The gold: the facts of the reports as CSV, never taken from the rendered text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from .facts import (
    DONE,
    Measure,
    Report,
    items,
    measures,
    reports,
    scores,
    shows_instruments,
    table,
)

AGENCY_COLUMNS = ("agency_code", "agency_type", "agency_name", "district", "province")


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _documents() -> Iterator[tuple[object, ...]]:
    for report in reports():
        yield (
            report.source_file,
            report.agency["agency_code"],
            report.year,
            report.period,
            report.report_type,
            report.list_year or "",
        )


def _items() -> Iterator[tuple[object, ...]]:
    for report in reports():
        shows_responsible = report.style["item_layout"] in WITH_RESPONSIBLE
        for item in items(report):
            yield (
                report.source_file,
                item.number,
                item.number_raw,
                item.name_raw,
                item.status,
                " ".join(item.status_lines),
                item.responsible if shows_responsible else "",
            )


def _published(report: Report) -> Iterator[tuple[int, str, str, str]]:
    for one in scores(report):
        yield one.year, "overall", one.values["overall"], one.level
        yield one.year, "level", "", one.level
        for metric, value in one.values.items():
            if metric == "overall":
                continue
            if metric.startswith("instrument:") and not shows_instruments(report):
                continue
            yield one.year, metric, value, ""


def _scores() -> Iterator[tuple[object, ...]]:
    for report in reports():
        for row in _published(report):
            yield report.source_file, *row


def _printed_result(measure: Measure) -> str:
    """Return the result as the report prints it: beside a check box without the box's label."""
    is_box = measure.key.startswith("i")
    return measure.result.removeprefix(DONE).strip() if is_box else measure.result


def _measures() -> Iterator[tuple[object, ...]]:
    for report in reports():
        for measure in measures(report):
            yield (
                report.source_file,
                measure.number,
                measure.name.removeprefix("-"),
                "" if measure.key.startswith("m_") else measure.instrument,
                "" if measure.key.startswith("m_") else measure.indicator,
                measure.question,
                measure.responsible,
                measure.period_raw,
                measure.period_start,
                measure.period_end,
                measure.status,
                "" if "points" in report.parts else _printed_result(measure),
                measure.outcome,
                len(measure.steps),
            )


WITH_RESPONSIBLE = frozenset({"boxes2", "boxes2_cut", "boxes3", "remark_owner"})


def gold_files() -> dict[str, bytes]:
    """Return the registry and the gold tables, by path under ``data/raw``."""
    return {
        "agencies.csv": _csv(
            AGENCY_COLUMNS,
            ([row[name] for name in AGENCY_COLUMNS] for row in table("agencies")),
        ),
        "gold/documents.csv": _csv(
            [
                "source_file",
                "agency_code",
                "fiscal_year_be",
                "period",
                "report_type",
                "item_list_year_be",
            ],
            _documents(),
        ),
        "gold/items.csv": _csv(
            [
                "source_file",
                "item_no",
                "item_no_raw",
                "item_name_raw",
                "status",
                "status_raw",
                "responsible",
            ],
            _items(),
        ),
        "gold/scores.csv": _csv(
            ["source_file", "fiscal_year_be", "metric", "value", "level"], _scores()
        ),
        "gold/measures.csv": _csv(
            [
                "source_file",
                "measure_no",
                "measure",
                "instrument",
                "indicator_no",
                "question_no",
                "responsible",
                "period_raw",
                "period_start",
                "period_end",
                "status",
                "result",
                "outcome",
                "n_steps",
            ],
            _measures(),
        ),
    }
