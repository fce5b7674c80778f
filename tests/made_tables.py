"""Tables of a small made dataset as the analysis gives them; one of three agencies is silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from normalize.catalogue import catalogue
from normalize.reference import item_lists

Row = Mapping[str, object]

# Fictitious names, two of them of the kind that breaks files.
FORMULA = "=1+1"
TAGGED = '<b>"ทดสอบ"</b> & ที่ตั้ง'
SILENT = "ไร้รายงาน"
AGENCIES = (
    ("X1", FORMULA, "อบต.", "ในเมือง"),
    ("X2", TAGGED, "เทศบาลตำบล", "ในเมือง"),
    ("X3", SILENT, "อบจ.", None),
)
STATUSES = ("complete", "partial", "missing", "in_progress", "not_started")
STATUSES += ("not_reported", "unclear")
NAMES = {item.item_no: (item.concept_id, item.name) for item in item_lists()[2567]}
EMPTY = ("scores", "measures", "measure_steps", "issues", "decisions", "review", "items")


def agency(place: int) -> dict[str, object]:
    """Return the columns of one of the agencies."""
    code, name, kind, district = AGENCIES[place]
    values = (code, name, kind, district, "สมมติ")
    return dict(
        zip(
            ("agency_code", "agency_name", "agency_type", "district", "province"),
            values,
            strict=True,
        )
    )


def frame(table: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Return a table that fits the catalogue."""
    made = catalogue().table(table).frame(rows)
    catalogue().table(table).check(made)
    return made


def item(place: int, item_no: int, status: str | None, year: int = 2567) -> dict[str, object]:
    """Return an accepted item of an agency."""
    concept_id, name = NAMES[item_no]
    return {
        "observation_id": f"{place}-{year}-{item_no}",
        "document_id": f"{place:016x}",
        **agency(place),
        "fiscal_year_be": year,
        "fiscal_year_ce": year - 543,
        "item_list_year_be": year,
        "instrument": "OIT",
        "item_no": item_no,
        "concept_id": concept_id,
        "item_name": name,
        "match_status": "accepted",
        "status": status,
    }


def records() -> dict[str, pd.DataFrame]:
    """Return the record tables."""
    documents = [
        {
            "document_id": f"{place:016x}",
            "source_file": f"{place}.pdf",
            "report_type": "oit_checklist",
            **agency(place),
            "fiscal_year_be": 2567,
            "fiscal_year_ce": 2024,
            "period": "full_year",
            **dict.fromkeys(("tables", "items", "scores", "measures", "warnings"), 0),
            "status": "ok",
        }
        for place in (0, 1)
    ]
    items = [item(0, number, status) for number, status in enumerate(STATUSES, start=1)]
    items += [item(1, 1, "complete"), item(1, 2, "complete")]
    review = [
        {
            "review_id": f"r{number}",
            "kind": "status",
            "document_id": f"{0:016x}",
            "source_file": "0.pdf",
            "page": 3,
            "raw": raw,
            "reason": "no rule",
        }
        for number, raw in enumerate(("- ตามเอกสารแนบ", "@cmd", "http://example.org", "ก" * 40_000))
    ]
    found = {name: frame(name, []) for name in EMPTY}
    return found | {
        "documents": frame("documents", documents),
        "items": frame("items", items),
        "review": frame("review", review),
    }


def tables() -> dict[str, pd.DataFrame]:
    """Return the tables of the analysis."""
    counts = dict.fromkeys(("mixed", "unknown", "failed"), 0)
    kinds = ("oit_checklist", "measures", "score_analysis")
    sent = {(0, 2566): (1, 2, 0), (0, 2567): (1, 0, 1), (1, 2567): (1, 0, 0)}
    coverage = []
    for place in range(3):
        for year in (2566, 2567):
            n = sent.get((place, year), (0, 0, 0))
            reports = dict(zip(kinds, n, strict=True)) | counts
            told = {"reports": sum(n), "is_published": sum(n) > 0}
            coverage.append({**agency(place), "fiscal_year_be": year, **reports, **told})
    return {
        "coverage": frame("coverage", coverage),
        "completeness": frame("completeness", map(_completeness, (0, 1))),
        "rank_agencies": frame("rank_agencies", _ranks()),
        "item_gaps": frame("item_gaps", _gaps()),
        "compare_years": frame("compare_years", _changes()),
        "score_comparison": frame("score_comparison", _scores()),
        "pass_plan": frame("pass_plan", _plan()),
    }


def empty_tables() -> dict[str, pd.DataFrame]:
    """Return the same tables without a row."""
    return {name: frame(name, []) for name in tables()}


def empty_records() -> dict[str, pd.DataFrame]:
    """Return the record tables without a row."""
    return {name: frame(name, []) for name in records()}


def _completeness(place: int) -> Row:
    counts = dict.fromkeys(STATUSES, 1 if place == 0 else 0) | ({"complete": 2} if place else {})
    share = 0.2 if place == 0 else 1.0
    told = {"completeness": share, "weighted_completeness": share, "n_documents": 1}
    return {
        **agency(place),
        "fiscal_year_be": 2567,
        "items_in_list": 35,
        "observed": 7 if place == 0 else 2,
        **counts,
        **told,
    }


def _ranks() -> list[Row]:
    values = {("completeness", 0): 0.2, ("completeness", 1): 1.0, ("overall", 0): 78.5}
    return [
        {
            **agency(place),
            "fiscal_year_be": 2567,
            "metric": metric,
            "value": value,
            "peer_group": group,
            "peers": 2,
            "rank": 2 - place,
            "tied": 1,
            "percentile": 100.0 * place,
        }
        for (metric, place), value in values.items()
        for group in ("country", "type", "province")
    ]


def _gaps() -> list[Row]:
    return [
        {
            "fiscal_year_be": 2567,
            "peer_group": "country",
            "concept_id": NAMES[number][0],
            "item_no": number,
            "item_name": NAMES[number][1],
            "indicator_no": 9,
            "agencies": n,
            **dict.fromkeys(STATUSES, 0),
            "complete": complete,
            "missing": n - complete,
            "share_complete": complete / n,
            "share_partial": 0.0,
            "share_missing": 1 - complete / n,
            "share_not_complete": 1 - complete / n,
            "gap_rank": rank,
        }
        for number, n, complete, rank in ((8, 2, 1, 1), (1, 2, 2, 2))
    ]


def _changes() -> list[Row]:
    told = ((1, "gained"), (1, "gained"), (9, "gained"), (10, "lost"), (11, "kept"))  # O1 has two
    return [
        {
            **agency(0),
            "concept_id": NAMES[number][0],
            "item_name": NAMES[number][1],
            "from_year_be": 2566,
            "to_year_be": 2567,
            "from_item_no": number,
            "to_item_no": number,
            "change": change,
        }
        for number, change in told
    ]


def _scores() -> list[Row]:
    values = {"overall": 78.5, "instrument:OIT": 70.0, "indicator:9": 65.25}
    return [
        {
            **agency(0),
            "fiscal_year_be": year,
            "metric": metric,
            "metric_name": metric,
            "value": value,
            "n_documents": 1,
            "is_disputed": False,
            "value_change": 1.5 if year == 2566 else None,
            "province_median": 80.0,
            "province_n": 4,
            "type_n": 0,
            "country_n": 9,
            "province_difference": -1.5,
            "level": "B" if (metric, year) == ("overall", 2565) else None,
        }
        for year in (2565, 2566)
        for metric, value in values.items()
    ]


def _plan() -> list[Row]:
    return [
        {
            **agency(0),
            "fiscal_year_be": 2566,
            "step": step,
            "item_no": number,
            "concept_id": NAMES[number][0],
            "item_name": NAMES[number][1],
            "sub_indicator_no": "9.1",
            "status": "missing",
            "adds_oit": 10.0,
            "adds_total": 4.0,
            "oit_after": 70.0 + 10 * step,
            "total_after": 78.5 + 4 * step,
            "pass_mark": 85.0,
            "is_passing": 78.5 + 4 * step >= 85,
            "total_before": 78.5,
            "basis": "published",
        }
        for step, number in ((1, 8), (2, 9))
    ]
