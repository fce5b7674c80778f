"""One Document -> the rows that it gives to every record table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from extract.document import Document, Paragraph, Place
from normalize.agencies import resolve_agency
from normalize.agencies.registry import Registry
from normalize.dates import find_fiscal_years, parse_period, stated_period
from normalize.decisions import Decision, agency_of
from normalize.items import read_items
from normalize.measures import read_measures
from normalize.patterns import bare, pattern, plain_slice
from normalize.records import (
    AGENCY_COLUMNS,
    Evidence,
    Records,
    Row,
    one_line,
    set_columns,
    year_columns,
)
from normalize.reference import item_lists
from normalize.scores import read_scores

# Title and letterhead are looked for in this many paragraphs from the top.
TITLE_PARAGRAPHS = 12
# A title is shorter than this (characters); a longer paragraph is running text.
MAX_TITLE_LENGTH = 300


# What is said of an agency that was not found, and no longer where a person has said which it is.
OPEN_AGENCY = ("agency_not_found", "agency_not_in_registry", "agency_ambiguous")


def normalize_document(
    document: Document, registry: Registry, decisions: Iterable[Decision] = ()
) -> tuple[Row, Records]:
    """Return the report's row of ``documents`` and its records; a failed one has only issues.

    ``decisions`` are those that persons made about this report.
    """
    judged = {decision.review_id: decision for decision in decisions}
    records = Records(document.document_id, document.source_file, judged)
    for issue in document.issues:
        place = Evidence(Place(page=issue.page))
        records.issue(issue.severity, issue.code, issue.message, place)
    if document.status == "failed":
        _report_unused(records)
        return _document_row(document, records, {}, None, None, "unknown"), records
    fiscal_year_be = _read_fiscal_year(document, records)
    agency = _read_agency(document, registry, records, fiscal_year_be)
    list_year_be = read_items(document, records, fiscal_year_be)
    read_scores(document, records, fiscal_year_be)
    read_measures(document, records, fiscal_year_be)
    if records.items and fiscal_year_be and fiscal_year_be not in item_lists():
        message = f"no item list of fiscal year {fiscal_year_be} is known"
        records.issue("warning", "no_item_list_for_year", message)
    if not (records.items or records.scores or records.measures):
        message = "the text was read, but no items, scores or measures were found in it"
        records.issue("warning", "nothing_recognised", message)
    who = {name: agency.get(name) for name in AGENCY_COLUMNS}
    for rows in (records.items, records.scores, records.measures):
        set_columns(rows, {"document_id": document.document_id, **who})
    set_columns(records.measures, {"fiscal_year_be": fiscal_year_be})
    _report_unused(records)
    period = _read_period(document)
    return _document_row(document, records, agency, fiscal_year_be, list_year_be, period), records


def _read_agency(
    document: Document, registry: Registry, records: Records, fiscal_year_be: int | None
) -> Row:
    resolved = resolve_agency(document, registry, fiscal_year_be)
    match, raw = resolved.match, resolved.agency_raw
    status: str = match.status
    agency = match.agency if status == "accepted" else None
    decision = records.decision("agency", raw, Evidence(), of_report=True)
    if decision:
        records.settle(decision, Evidence())
        agency = agency_of(decision.decided_value, registry)
        status = "accepted" if agency else "unmatched"
    for severity, code, message in resolved.issues:
        if not decision or code not in OPEN_AGENCY:
            records.issue(severity, code, message)
    if not decision and status != "accepted":
        records.doubt(
            "agency",
            raw,
            Evidence(),
            reason=match.reason or match.method,
            suggestion=match.agency.listed if match.agency else "",
            score=match.score,
            alternatives=[other.listed for other, _ in match.alternatives],
            of_report=True,
        )
    row: Row = {"agency_raw": one_line(raw) or None, "agency_match_status": status}
    if agency:
        row |= {
            "agency_code": agency.code or None,
            "agency_type": agency.type,
            "agency_name": agency.name,
            "district": agency.district or None,
            "province": agency.province or None,
        }
    return row


def _report_unused(records: Records) -> None:
    """Say which decisions about the report, as it was, judge nothing in it now."""
    for decision in records.unused():
        message = (
            f"the decision {decision.review_id} on the {decision.kind} of {decision.raw!r} judges "
            "nothing that is in doubt now: what it judged has changed, or is no longer asked"
        )
        records.issue("info", "decision_not_applied", message)


def _titles(document: Document) -> list[Paragraph]:
    """Return the paragraphs at the top that can be title or letterhead: those above any table."""
    top = list(takewhile(lambda block: isinstance(block, Paragraph), document.blocks))
    paragraphs = [block for block in top if isinstance(block, Paragraph)] or document.paragraphs
    found = paragraphs[:TITLE_PARAGRAPHS]
    return [paragraph for paragraph in found if len(paragraph.text) <= MAX_TITLE_LENGTH]


def _read_fiscal_year(document: Document, records: Records) -> int | None:
    """Return the report's fiscal year (be), which its title names; what else names one suggests it.

    A title may also name the year whose result it speaks of, and a plan names several.
    """
    titles = _titles(document)
    years = [_title_years(title.text) for title in titles]
    years = [*years, _title_years(" ".join(title.text for title in titles))]
    of_report = [own for own, _ in years if own]
    of_result = [scored for own, scored in years if scored and not own]
    first = next(iter([*of_report, *of_result]), set())
    raw = one_line(titles[0].text) if titles else ""
    evidence = Evidence(titles[0].place) if titles else Evidence()
    decision = records.decision("fiscal_year", raw, evidence, of_report=True)
    if decision:
        records.settle(decision, evidence)
        return int(decision.decided_value) if decision.decided_value else None
    if len(first) == 1:
        return first.pop()
    named = Counter(year for text in document.texts() for year in find_fiscal_years(text))
    reason = "the report names no fiscal year"
    if named:
        reason = "the title names no fiscal year, but the text does"
    if first:
        reason = "the title names several fiscal years"
    suggestion = next(iter(find_fiscal_years(_spaced(document.source_file))), None)
    suggestion = suggestion or (min(first) if first else None)
    suggestion = suggestion or (named.most_common(1)[0][0] if named else None)
    records.doubt(
        "fiscal_year",
        raw,
        evidence,
        reason=reason,
        suggestion=str(suggestion or ""),
        alternatives=map(str, sorted(named)),
        of_report=True,
    )
    return None


def _title_years(text: str) -> tuple[set[int], set[int]]:
    """Return the years that a title is of, and the year whose result it speaks of."""
    years = find_fiscal_years(text)
    line = bare(text)
    is_title = pattern("title_year").search(line) and not pattern("score_mention").search(line)
    if not years or not is_title:
        return set(), set()
    result = pattern("assessment_result").search(line)
    after = find_fiscal_years(plain_slice(text, result.start())) if result else []
    scored = set(after[:1])
    # Beside a year whose result it speaks of, an earlier one is what that is compared with.
    return {year for year in years if year > max(scored, default=0)}, scored


def _spaced(source_file: str) -> str:
    """Return a file name such that a year in it reads as "FY2565"."""
    return "".join(c if c.isdigit() else " FY" for c in source_file.rsplit("/", 1)[-1])


def _read_period(document: Document) -> str:
    """Return the period that the title names; "for the fiscal year" alone means the whole year.

    It stands in a line with the year, or in a short line of its own; what is named there and is
    neither a half nor the whole year is "unknown".
    """
    titles = [paragraph.text for paragraph in _titles(document)]
    stated = [
        period for title in titles if _may_name_period(title) if (period := stated_period(title))
    ]
    if stated:
        return next((period for period in stated if period != "unknown"), "unknown")
    whole_year = any(pattern("whole_year").search(bare(title)) for title in titles)
    return "full_year" if whole_year else "unknown"


def _may_name_period(title: str) -> bool:
    is_period = pattern("period_line").match(bare(title)) or parse_period(title, None)
    return bool(find_fiscal_years(title) or is_period)


def _report_type(records: Records) -> str:
    kinds = [
        kind
        for kind, rows in (
            ("oit_checklist", records.items),
            ("measures", records.measures),
            ("score_analysis", records.scores),
        )
        if rows
    ]
    return kinds[0] if len(kinds) == 1 else "mixed" if kinds else "unknown"


def _document_row(
    document: Document,
    records: Records,
    agency: Row,
    fiscal_year_be: int | None,
    list_year_be: int | None,
    period: str,
) -> Row:
    return {
        "document_id": document.document_id,
        "source_file": document.source_file,
        "media_type": document.media_type,
        "pages": document.page_count,
        "text_source": document.text_source,
        "report_type": _report_type(records),
        **dict.fromkeys(("agency_raw", *AGENCY_COLUMNS)),
        "agency_match_status": "unmatched",
        **agency,
        **year_columns(fiscal_year_be),
        "period": period,
        "item_list_year_be": list_year_be,
        "tables": len(document.tables),
        "items": len(records.items),
        "scores": len(records.scores),
        "measures": len(records.measures),
        "warnings": sum(1 for row in records.issues if row["severity"] != "info"),
        "status": document.status,
        "error": document.error or None,
    }
