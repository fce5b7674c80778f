"""Scores and levels of a report, side by side with what their printed parts give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.document import Document
from normalize.grades import TOLERANCE, instrument_score, level_of, overall_score
from normalize.numbers import parse_number
from normalize.records import Records, Row, stable_id
from normalize.reference import INSTRUMENTS
from normalize.score_labels import Score
from normalize.score_reading import find_scores
from normalize.witness import contradicted

NOT_ADDING_UP = "read from a picture, and it does not add up with the other scores"


def read_scores(document: Document, records: Records, fiscal_year_be: int | None) -> None:
    """Add a report's scores, side by side with what its printed parts give.

    A report of one year mostly carries the scores of the year before; the year is taken from the
    words about the result next to the scores, and stays empty where none is said.
    """
    item_tables = {str(row["table_id"]) for row in records.items}
    printed = list(find_scores(document, fiscal_year_be, item_tables))
    kept = [decided for score in printed if (decided := _decided(score, records))]
    for score in kept:
        if score.doubt:
            _ask(score, records)
    found = _dated(_first_of_each(score for score in kept if not score.doubt), records)
    found = _without_contradicted(found, records)
    years = {score.fiscal_year_be for score in found}
    for year in sorted(years, key=lambda y: (y is None, y)):
        _add_year(year, [s for s in found if s.fiscal_year_be == year], records)


def _without_contradicted(scores: list[Score], records: Records) -> list[Score]:
    """Ask about scores that were read from a picture and do not add up; return the others."""
    kept: list[Score] = []
    for year in dict.fromkeys(score.fiscal_year_be for score in scores):
        own = [score for score in scores if score.fiscal_year_be == year]
        values = {score.metric: score.value for score in own if score.value is not None}
        doubtful = contradicted(year, values)
        for score in own:
            is_read = score.evidence.confidence is not None
            if is_read and score.metric in doubtful and score.value is not None:
                _ask(replace(score, doubt=NOT_ADDING_UP), records)
            else:
                kept.append(score)
    return kept


def _ask(score: Score, records: Records) -> None:
    records.doubt("score", score.raw, score.evidence, reason=score.doubt, suggestion=_told(score))


def _decided(score: Score, records: Records) -> Score | None:
    """Return a score as a person decided it: as printed, another number of its words, or none."""
    decision = records.decision("score", score.raw, score.evidence)
    if decision is None:
        return score
    records.settle(decision, score.evidence)
    if not decision.decided_value:
        return None
    number = parse_number(decision.decided_value)
    # What a person has said is no reading of a picture any more.
    score = replace(score, doubt="", evidence=replace(score.evidence, confidence=None))
    if number is not None and score.metric != "level":
        return replace(score, value=float(number))
    if score.value is None and number is None:
        return replace(score, level=decision.decided_value)
    return score


def _dated(scores: list[Score], records: Records) -> list[Score]:
    """Give the scores whose year the report does not say the year that a person decided on."""
    undated = [score for score in scores if score.fiscal_year_be is None]
    if not undated:
        return scores
    first = undated[0]
    decision = records.decision("fiscal_year", first.raw, first.evidence)
    if decision is None:
        reason = f"the report does not say which fiscal year its {len(undated)} scores are of"
        records.doubt("fiscal_year", first.raw, first.evidence, reason=reason)
        return scores
    records.settle(decision, first.evidence)
    year = int(decision.decided_value) if decision.decided_value else None
    return _first_of_each(
        replace(s, fiscal_year_be=year) if s.fiscal_year_be is None else s for s in scores
    )


def _told(score: Score) -> str:
    """Return the value or level of a score as text."""
    return score.level if score.value is None else f"{score.value:.10g}"


def _first_of_each(scores: Iterable[Score]) -> list[Score]:
    """Keep the first of scores that say the same; a total takes the level told beside it."""
    kept: dict[tuple[str, int | None, float | None, str], Score] = {}
    for score in scores:
        if score.value is None or 0 <= score.value <= 100:
            level = score.level if score.value is None else ""
            kept.setdefault((score.metric, score.fiscal_year_be, score.value, level), score)
    levels_told: dict[int | None, set[str]] = {}
    for score in kept.values():
        if score.metric == "level":
            levels_told.setdefault(score.fiscal_year_be, set()).add(score.level)
    return [
        replace(score, level=next(iter(told)))
        if score.metric == "overall"
        and not score.level
        and len(told := levels_told.get(score.fiscal_year_be, set())) == 1
        else score
        for score in kept.values()
    ]


def _add_year(year: int | None, scores: list[Score], records: Records) -> None:
    _report_conflicts(scores, records)
    values = {s.metric: s.value for s in scores if s.value is not None}
    computed = _computed(year, values)
    for score in scores:
        expected = computed.get(score.metric)
        gap = None
        if score.value is not None and expected is not None:
            gap = round(score.value - expected, 4)
        is_off = gap is not None and abs(gap) > TOLERANCE
        reason = _reason(score, expected, values) if is_off and expected is not None else ""
        row: Row = {
            "observation_id": stable_id(
                "score", records.document_id, score.metric, year, score.value, score.level
            ),
            "fiscal_year_be": year,
            "metric": score.metric,
            "metric_name": score.name or None,
            "value": score.value,
            "value_computed": None if expected is None else round(expected, 4),
            "discrepancy": gap,
            "level": score.level or None,
            "level_computed": _level_computed(score, year, values, computed),
            "raw": score.raw,
            "discrepancy_reason": reason or None,
            **score.evidence.columns(),
        }
        records.scores.append(row)
        _doubts(score, row, records)


def _report_conflicts(scores: list[Score], records: Records) -> None:
    """Ask about a metric for which one year has several values or levels; all rows stay."""
    told: dict[str, list[Score]] = {}
    for score in scores:
        told.setdefault(score.metric, []).append(score)
    for metric, several in told.items():
        for score in several if len(several) > 1 else ():
            values = "; ".join(map(_told, several))
            reason = f"the report prints several values of {metric} for one year: {values}"
            records.doubt(
                "score", score.raw, score.evidence, reason=reason, suggestion=_told(score)
            )


def _computed(year: int | None, values: dict[str, float]) -> dict[str, float]:
    """Return what the printed parts give for each instrument and for the total."""
    by_indicator = {
        int(metric.split(":")[1]): value
        for metric, value in values.items()
        if metric.startswith("indicator:")
    }
    found: dict[str, float] = {}
    by_instrument: dict[str, float] = {}
    for instrument in INSTRUMENTS:
        mean = instrument_score(instrument, by_indicator)
        if mean is not None:
            found[f"instrument:{instrument}"] = mean
        printed = values.get(f"instrument:{instrument}", mean)
        if printed is not None:
            by_instrument[instrument] = printed
    overall = overall_score(year, by_instrument) if year else None
    if overall is not None:
        found["overall"] = overall
    return found


def _reason(score: Score, expected: float, values: dict[str, float]) -> str:
    parts = "instruments" if all(f"instrument:{i}" in values for i in INSTRUMENTS) else "indicators"
    source = "indicators" if score.metric.startswith("instrument:") else parts
    return (
        f"published {score.value:.2f}, but the printed {source} give {expected:.2f}; "
        "published values are kept as they are"
    )


def _level_computed(
    score: Score, year: int | None, values: dict[str, float], computed: dict[str, float]
) -> str | None:
    overall = values.get("overall")
    if score.metric not in ("overall", "level") or overall is None or year is None:
        return None
    known = computed | values  # what is printed goes before what its parts give
    by_instrument = {i: known[f"instrument:{i}"] for i in INSTRUMENTS if f"instrument:{i}" in known}
    return level_of(year, overall, by_instrument)


def _doubts(score: Score, row: Row, records: Records) -> None:
    if row["discrepancy_reason"]:
        reason = str(row["discrepancy_reason"])
        records.doubt("score", score.raw, score.evidence, reason=reason, suggestion=_told(score))
        message = f"{score.metric}: {row['discrepancy_reason']}"
        records.issue("warning", "score_discrepancy", message, score.evidence)
    if score.level and row["level_computed"] and score.level != row["level_computed"]:
        message = f"published level {score.level}, but the score means {row['level_computed']}"
        records.issue("warning", "level_discrepancy", message, score.evidence)
