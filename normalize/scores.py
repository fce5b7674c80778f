"""Scores and levels that a report prints, each with the fiscal year that was scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.document import Cell, Document, Paragraph, Table
from extract.thai import skeleton
from normalize.dates import find_fiscal_years
from normalize.grades import TOLERANCE, instrument_score, level_of, levels, overall_score
from normalize.naming import name_sub_indicator
from normalize.patterns import bare, pattern, plain, plain_slice
from normalize.records import Evidence, Records, Row, stable_id
from normalize.reference import INSTRUMENTS
from normalize.sections import indicator_of_row

# A line longer than this is running text, where only the overall score is looked for (characters).
MAX_LABEL_LENGTH = 120
SAME_SUB_INDICATOR = 88.0


@dataclass(frozen=True, slots=True)
class Score:
    """A printed score or level. ``metric`` is one of overall, level, instrument:IIT,
    indicator:9, sub_indicator:9.1; ``value`` is 0-100; ``fiscal_year_be`` the year scored."""

    metric: str
    name: str
    value: float | None
    level: str
    fiscal_year_be: int | None
    raw: str
    evidence: Evidence


def read_scores(document: Document, records: Records, fiscal_year_be: int | None) -> None:
    """Add a report's scores, side by side with what its printed parts give.

    A report of one year mostly carries the scores of the year before; the year is taken from the
    words about the result next to the scores, and stays empty where none is said.
    """
    found = _first_of_each(_scores(document, fiscal_year_be))
    years = {score.fiscal_year_be for score in found}
    for year in sorted(years, key=lambda y: (y is None, y)):
        _add_year(year, [s for s in found if s.fiscal_year_be == year], records)


def _scores(document: Document, report_year_be: int | None) -> Iterator[Score]:
    year: int | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            year = _scored_year(block.text, report_year_be) or year
            yield from _paragraph_scores(block, year)
        else:
            yield from _table_scores(block, year)


def _scored_year(text: str, report_year_be: int | None) -> int | None:
    """Return the year whose result a paragraph speaks of: the first named after the result."""
    result = pattern("assessment_result").search(bare(text))
    if not result:
        return None
    years = find_fiscal_years(plain_slice(text, result.start())) or find_fiscal_years(text)
    return next((y for y in years if report_year_be is None or y <= report_year_be), None)


def _paragraph_scores(paragraph: Paragraph, year: int | None) -> Iterator[Score]:
    line = bare(paragraph.text)
    evidence = Evidence(paragraph.place)
    if len(line) <= MAX_LABEL_LENGTH:
        value = pattern("score_value").search(line)
        metric = _metric(line[: value.start()], year) if value else None
        if value and metric and metric[0] != "overall":
            raw = plain(paragraph.text)
            yield Score(*metric, float(value["value"]), "", year, raw, evidence)
            return
    sentence = pattern("overall_sentence").search(line)
    if not sentence or not pattern("overall_subject").search(line):
        return
    level = pattern("level_word").match(line[sentence.end() :].lstrip())
    end = sentence.end()
    named = ""
    if level:
        named = _level(level["level"], year)
        end += len(line[end:]) - len(line[end:].lstrip()) + level.end()
    raw = plain_slice(paragraph.text, sentence.start(), end)
    yield Score("overall", "", float(sentence["value"]), named, year, raw, evidence)
    if named:
        yield Score("level", "", None, named, year, raw, evidence)
    for part in pattern("instrument_sentence").finditer(line, end):
        metric_name = f"instrument:{part['instrument'].upper()}"
        raw = plain_slice(paragraph.text, part.start(), part.end())
        yield Score(metric_name, "", float(part["value"]), "", year, raw, evidence)


def _table_scores(table: Table, year: int | None) -> Iterator[Score]:
    roles = {column.role for column in table.columns}
    if roles & {"item_no", "item", "measure"}:
        return
    for number, cells in table.body():
        row = {column: cell for column, cell in cells.items() if cell.text}
        if row:
            yield from _row_scores(table, number, row, year)


def _row_scores(
    table: Table, number: int, row: dict[int, Cell], year: int | None
) -> Iterator[Score]:
    """Read the scores of a row: what they are of, then a value or level in each score column.

    A column whose header names a fiscal year holds the scores of that year.
    """
    for column, cell in sorted(row.items()):
        line = bare(cell.text)
        joined = pattern("score_value").search(line)
        label = line[: joined.start()] if joined else line
        metric = _metric(label, year)
        if metric is None or cell.column != column:
            continue
        evidence = Evidence.of(cell, table.table_id, number)
        name = plain(cell.text)
        if joined:
            yield Score(*metric, float(joined["value"]), "", year, name, evidence)
            return
        after = {c: other for c, other in row.items() if c > column and other is not cell}
        yield from _values(table, metric, name, after, year, evidence)
        return


def _values(
    table: Table,
    metric: tuple[str, str],
    name: str,
    cells: dict[int, Cell],
    year: int | None,
    evidence: Evidence,
) -> Iterator[Score]:
    """Read the values and levels that stand beside the label of a row."""
    level = ""
    found: list[Score] = []
    for column, cell in sorted(cells.items()):
        header = table.columns[column - 1]
        own_year = next(iter(find_fiscal_years(header.header)), year)
        text = plain(cell.text)
        raw = f"{name} {text}"
        number = pattern("score_number").match(bare(cell.text))
        if header.role not in ("score", "level", ""):
            continue
        named = _level(text, own_year)
        if named and metric[0] == "level":
            yield Score("level", "", None, named, own_year, raw, evidence)
        elif named:
            level = named
        elif number and metric[0] != "level" and (header.role == "score" or not found):
            found.append(Score(*metric, float(number["value"]), "", own_year, raw, evidence))
    for score in found:
        yield replace(score, level=level)
        if level and metric[0] == "overall":
            yield replace(score, metric="level", value=None, level=level)


def _metric(label: str, year: int | None) -> tuple[str, str] | None:
    """Return (metric, name) that a bare label names, or None."""
    label = label.strip(" :=-")
    if not label or len(label) > MAX_LABEL_LENGTH:
        return None
    indicator = indicator_of_row(label)
    if indicator:
        return f"indicator:{indicator.indicator_no}", indicator.names[0]
    if pattern("overall_row").match(label):
        return "overall", ""
    if pattern("level_row").match(label):
        return "level", ""
    instrument = pattern("instrument_row").match(label)
    if instrument:
        return f"instrument:{instrument['instrument'].upper()}", ""
    named = name_sub_indicator(label.lstrip("0123456789.) "), year)
    if named and named.similarity >= SAME_SUB_INDICATOR and named.is_sure:
        return f"sub_indicator:{named.thing}", ""
    return None


def _level(text: str, year: int | None) -> str:
    key = skeleton(text)
    return next((level for level in levels(year) if skeleton(level) == key), "")


def _first_of_each(scores: Iterator[Score]) -> list[Score]:
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
            "level_computed": _level_computed(score, year, values),
            "raw": score.raw,
            "discrepancy_reason": reason or None,
            **score.evidence.columns(),
        }
        records.scores.append(row)
        _doubts(score, row, records)


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


def _level_computed(score: Score, year: int | None, values: dict[str, float]) -> str | None:
    overall = values.get("overall")
    if score.metric not in ("overall", "level") or overall is None or year is None:
        return None
    by_instrument = {
        i: value
        for i in INSTRUMENTS
        if (value := values.get(f"instrument:{i}", _computed(year, values).get(f"instrument:{i}")))
        is not None
    }
    return level_of(year, overall, by_instrument)


def _doubts(score: Score, row: Row, records: Records) -> None:
    if row["discrepancy_reason"]:
        records.doubt("score", score.raw, score.evidence, reason=str(row["discrepancy_reason"]))
        message = f"{score.metric}: {row['discrepancy_reason']}"
        records.issue("warning", "score_discrepancy", message, score.evidence)
    if score.level and row["level_computed"] and score.level != row["level_computed"]:
        message = f"published level {score.level}, but the score means {row['level_computed']}"
        records.issue("warning", "level_discrepancy", message, score.evidence)
    if score.fiscal_year_be is None:
        records.doubt(
            "fiscal_year",
            score.raw,
            score.evidence,
            reason="the report does not say which fiscal year this score is of",
        )
