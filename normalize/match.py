"""One written value at a time -> what it means: for columns of a person's own table.

Each function returns the added columns, in the order of ``MATCH_COLUMNS``. A value that is nothing
of the kind comes back "unmatched", with every other column empty.
"""

from __future__ import annotations

from html import unescape

from extract.thai import clean_thai, skeleton
from normalize.agencies import match_agency as find_agency
from normalize.agencies.registry import Registry
from normalize.align import ACCEPT, ACCEPT_LEAD, ItemRow, Weight, evidence, probability
from normalize.item_number import parse_item_number
from normalize.naming import SAME_NAME, name_indicator
from normalize.numbers import parse_number
from normalize.patterns import bare, pattern
from normalize.questions import Asked, find_question
from normalize.records import Row
from normalize.reference import indicator_name, item_lists, shared_concept
from normalize.sections import indicator_of_row
from normalize.status import FULL_SCORE, read_status, score_status

KINDS = ("item", "indicator", "agency", "status")
BASE_COLUMNS = ("match_status", "match_score", "match_method", "alternatives")
MATCH_COLUMNS = {
    "item": (
        *BASE_COLUMNS,
        "instrument",
        "item_no",
        "concept_id",
        "item_name",
        "item_list_year_be",
    ),
    "agency": (
        *BASE_COLUMNS,
        "agency_code",
        "agency_type",
        "agency_name",
        "district",
        "province",
    ),
    "indicator": (
        *BASE_COLUMNS,
        "instrument",
        "indicator_no",
        "indicator_name",
        "question_no",
    ),
    "status": (*BASE_COLUMNS, "status", "score"),
}
# A number with the letter O or a word before it, and nothing after it, names an item of a year.
NUMBER_ALONE = 4.0
# Similarity (0-100) from which an indicator that is not sure is worth a look.
LIKE_INDICATOR = 70.0

UNMATCHED: Row = {"match_status": "unmatched", "match_score": 0.0}


def match_item(text: str, fiscal_year_be: int | None = None) -> Row:
    """Match an item's number, name or both against the list of a year (be), or of all years.

    Without a year, what the years agree on is given: number and year stay empty where the lists
    that have the item (and the printed number, if any) differ in them. A year without a list is
    matched like no year.
    """
    cleaned = clean_thai(unescape(text))
    found = parse_item_number(cleaned)
    row = ItemRow(skeleton(found.rest), found.number, has_letter=found.has_letter)
    if (not row.key and row.number is None) or pattern("other_list").match(bare(cleaned)):
        return dict(UNMATCHED)
    lists = item_lists()
    years = [fiscal_year_be] if fiscal_year_be in lists else list(lists)
    is_number_alone = not row.key and pattern("item_prefix").match(bare(cleaned)) is not None
    known = [item for year in years if year for item in lists[year]]
    weights = evidence(row, known)
    if is_number_alone:
        weights = [_number_alone(weight, row.number) for weight in weights]
    weights.sort(key=lambda w: (-w.odds, -w.item.fiscal_year_be, w.item.item_no))
    best = weights[0].item
    odds, words = weights[0].odds, weights[0].words
    if odds <= 0:
        return _of_another_year(text) if len(years) == 1 else dict(UNMATCHED)
    near, rivals = [], []
    for weight in weights:
        if set(weight.item.concepts).isdisjoint(best.concepts):
            rivals.append(weight)
        elif weight.odds > odds - ACCEPT_LEAD:
            near.append(weight.item)
    concept_id = shared_concept(near)
    others = [w.item for w in rivals[:3]]
    lead = odds - max((w.rival_odds for w in rivals), default=0.0) if concept_id else 0.0
    is_sure = odds >= ACCEPT and lead >= ACCEPT_LEAD
    is_accepted = is_sure and (len(years) == 1 or bool(row.key))
    shown: Row = {
        "match_status": "accepted" if is_accepted else "review",
        "match_score": round(probability(odds), 4),
        "match_method": f"{words}; lead {lead:.1f}",
        "alternatives": "; ".join(i.listed for i in (others if is_accepted else [best, *others])),
    }
    if not is_accepted:
        return shown
    same = [item for item in known if item.concept_id == concept_id]
    if row.number is None and len(years) > 1:  # any year of these may be meant, however it words it
        near = [*near, *same]
    numbers = {item.item_no for item in near}
    list_years = {item.fiscal_year_be for item in near}
    return shown | {
        "instrument": "OIT",
        "item_no": best.item_no if len(numbers) == 1 else None,
        "concept_id": concept_id,
        "item_name": next((item.name for item in near if item in same), best.name),
        "item_list_year_be": best.fiscal_year_be if len(list_years) == 1 else None,
    }


def match_agency(text: str, registry: Registry, fiscal_year_be: int | None = None) -> Row:
    """Match an agency's name with or without type, district and province."""
    found = find_agency(text, registry, fiscal_year_be=fiscal_year_be)
    if found.status == "unmatched":
        return {**UNMATCHED, "match_method": found.reason or None}
    shown: Row = {
        "match_status": found.status,
        "match_score": round(found.score, 4),
        "match_method": f"{found.method}; {found.reason}".strip("; "),
        "alternatives": "; ".join(
            agency.listed
            for agency in [
                *([found.agency] if found.agency and found.status == "review" else []),
                *(other for other, _ in found.alternatives),
            ]
        ),
    }
    if found.status != "accepted" or found.agency is None:
        return shown
    agency = found.agency
    return shown | {
        "agency_code": agency.code,
        "agency_type": agency.type,
        "agency_name": agency.name,
        "district": agency.district,
        "province": agency.province,
    }


def match_indicator(text: str, fiscal_year_be: int | None = None) -> Row:
    """Match an indicator by its name in any year, with or without number, or a survey question.

    A question is matched by its wording, by its letter and number in that year (be), or by both.
    """
    cleaned = clean_thai(text)
    named = _match_name(bare(cleaned))
    asked = [] if named["match_status"] == "accepted" else find_question(cleaned, fiscal_year_be)
    return _match_question(asked, fiscal_year_be) if asked else named


def _match_question(asked: list[Asked], fiscal_year_be: int | None) -> Row:
    best = asked[0]
    others = asked[1:] if best.is_sure else asked
    row: Row = {
        "match_status": "accepted" if best.is_sure else "review",
        "match_score": best.score,
        "match_method": best.method,
        "alternatives": "; ".join(question.listed for question in others[:4]),
    }
    if not best.is_sure:
        return row
    return row | {
        "instrument": best.instrument,
        "indicator_no": best.indicator_no,
        "indicator_name": indicator_name(best.indicator_no, fiscal_year_be),
        "question_no": best.question_no,
    }


def _match_name(line: str) -> Row:
    label = pattern("indicator_number").match(line)
    named = name_indicator(
        pattern("indicator_label").sub("", line[label.end() :] if label else line)
    )
    certain = indicator_of_row(line)
    indicator = certain or (named.thing if named and named.is_sure else None)
    shown = indicator or (named.thing if named and named.similarity >= LIKE_INDICATOR else None)
    if shown is None or named is None:
        return dict(UNMATCHED)
    method = f"name {named.similarity:.0f}; lead {named.lead:.0f}"
    agrees = label is None or (not label["letter"] and int(label["number"]) == shown.indicator_no)
    if label:
        method = f"number{'' if agrees else ' ' + label['number'] + ' differs'} + {method}"
    alike = named.similarity if named.thing is shown else SAME_NAME
    row: Row = {"match_score": round(alike / 100, 4), "match_method": method}
    if indicator is None or not agrees:
        alternative = f"{shown.indicator_no} {shown.names[0]}"
        return {"match_status": "review", **row, "alternatives": alternative}
    return {
        "match_status": "accepted",
        **row,
        "instrument": indicator.instrument,
        "indicator_no": indicator.indicator_no,
        "indicator_name": indicator.names[-1],
    }


def match_status(text: str) -> Row:
    """Read a status, or a score as a status; what is not sure is unclear: to review.

    A number without a unit may be anything, but for 0 and 100: what an item scores in the lists.
    """
    cleaned = clean_thai(text)
    reading = read_status(cleaned)
    number = parse_number(cleaned)
    score = float(number) if number is not None and 0 <= number <= 100 else None
    is_bare = score in (0, FULL_SCORE) and not any(map(str.isalpha, cleaned))
    if score is not None and (is_bare or pattern("points").search(bare(cleaned))):
        reading = score_status(score)
    is_known = reading.status != "unclear"
    return {
        "match_status": "accepted" if is_known else "review",
        "match_score": reading.sure if is_known else 0.0,
        "match_method": reading.reason,
        "status": reading.status,
        "score": score,
    }


def _of_another_year(text: str) -> Row:
    """Return a row for review where the text is an item of another year's list."""
    found = match_item(text)
    if found["match_status"] != "accepted":
        return dict(UNMATCHED)
    return {
        "match_status": "review",
        "match_score": found["match_score"],
        "match_method": f"{found['match_method']}; not in the list of this year",
        "alternatives": found["item_name"],
    }


def _number_alone(weight: Weight, number: int | None) -> Weight:
    if number != weight.item.item_no:
        return weight
    return weight._replace(odds=NUMBER_ALONE, rival_odds=NUMBER_ALONE, note="number alone")
