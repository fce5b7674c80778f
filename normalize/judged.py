"""Lists, items and statuses: what a person decided, else what was read, else a doubt."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.align import ItemRow, Pairing, align
from normalize.decisions import item_of
from normalize.lists import ChosenList
from normalize.records import Evidence, Records, Row
from normalize.reference import Item, item_lists
from normalize.wording import StatusReading


def judged_list(
    chosen: ChosenList, rows: Sequence[ItemRow], evidence: Evidence, records: Records
) -> ChosenList:
    """Return the alignment with the list of the year that a person decided on, else the chosen."""
    decision = records.decision("item_list_year", "", evidence, of_report=True)
    if decision is None:
        return chosen
    records.settle(decision, evidence)
    items = item_lists().get(int(decision.decided_value or 0))
    return ChosenList(align(rows, items), ()) if items else chosen


def judged_item(
    raw: str,
    evidence: Evidence,
    pairing: Pairing,
    records: Records,
    *,
    is_accepted: bool,
    list_year_be: int | None,
) -> tuple[Item | None, Row]:
    """Return a row's item, None while it is in doubt, and the columns that say how it was found.

    A decision for an item of another year's list is not taken: it is asked again.
    """
    item = pairing.item if is_accepted else None
    decision = records.decision("item", raw, evidence, is_sure=is_accepted)
    decided = item_of(decision.decided_value) if decision else None
    if decision and (not decided or list_year_be in (None, decided.fiscal_year_be)):
        records.settle(decision, evidence)
        return decided, {
            "item_list_year_be": decided.fiscal_year_be if decided else list_year_be,
            "match_score": 1.0 if decided else None,
            "match_method": decision.method,
            "match_status": "accepted" if decided else "unmatched",
        }
    if item is None and pairing.item:
        why = "; the year of the list decides" if pairing.is_accepted else ""
        records.doubt(
            "item",
            raw,
            evidence,
            reason=f"{pairing.method}; lead {pairing.lead:.1f}{why}",
            suggestion=pairing.item.listed,
            score=pairing.score,
            alternatives=[other.listed for other, _ in pairing.alternatives],
        )
    return item, {
        "item_list_year_be": list_year_be,
        "match_score": round(pairing.score, 4),
        "match_method": pairing.method,
        "match_status": "accepted" if item else "review",
    }


def judged_status(reading: StatusReading, raw: str, evidence: Evidence, records: Records) -> str:
    """Return a status; unclear while it is in doubt, and where a person says that none fits."""
    is_sure = reading.status != "unclear"
    decision = records.decision("status", raw, evidence, is_sure=is_sure)
    if decision:
        records.settle(decision, evidence)
        return decision.decided_value or "unclear"
    if not is_sure:
        records.doubt("status", raw, evidence, reason=reading.reason)
    return reading.status
