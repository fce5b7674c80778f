"""Where a report prints scores and levels, and of which fiscal year: sentences and tables.

Only what is plainly the agency's own ITA score is taken. A sentence must speak of ITA or give a
level with the score, and must not speak of a target, an average of others, a change or another
assessment; a whole number in it may be a target, a weight or full marks, and is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from extract.document import UNSURE_DIGIT, Cell, Column, Document, Paragraph, Table
from extract.thai import skeleton
from normalize.dates import find_fiscal_years
from normalize.grades import levels
from normalize.naming import SAME_SUB_INDICATOR, name_sub_indicator
from normalize.patterns import bare, pattern, plain_slice
from normalize.records import Evidence, one_line
from normalize.reference import indicator_name, indicators, sub_indicators
from normalize.sections import indicator_of_row
from normalize.witness import halved

# A line longer than this is running text, where no label is looked for (characters).
MAX_LABEL_LENGTH = 120
NOT_READ = "a digit of the picture could not be read surely"
NO_NUMBER = "the cell says more than one number, or less"
HALF = "a whole number among scores with decimals may be half of a number in the picture"
# How far before a score the words stand that say what it is of (characters).
REACH_BEFORE = 200
# A line of running text from this length (characters) may go on in the next line.
FULL_LINE = 60
_WHOLE = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Score:
    """A printed score or level. ``metric`` is one of overall, level, instrument:IIT,
    indicator:9, sub_indicator:9.1; ``value`` is 0-100; ``fiscal_year_be`` the year scored;
    ``doubt`` says why it may be no score of the agency."""

    metric: str
    name: str
    value: float | None
    level: str
    fiscal_year_be: int | None
    raw: str
    evidence: Evidence
    doubt: str = ""


def find_scores(
    document: Document, report_year_be: int | None, item_tables: Collection[str]
) -> Iterator[Score]:
    """Yield the scores of a document in reading order; what is said twice comes twice.

    ``item_tables`` are the checklists, whose scores are those of items.
    """
    year: int | None = None
    for block in _passages(document):
        if isinstance(block, Paragraph):
            year = _scored_year(block.text, report_year_be) or year
            yield from _paragraph_scores(block, year)
        elif block.table_id not in item_tables and not block.columns_with("measure"):
            yield from _TableReader(block, year).scores()


def _passages(document: Document) -> Iterator[Paragraph | Table]:
    """Yield the blocks, full lines of a text joined with the line below that goes on with them."""
    passage: Paragraph | None = None
    end = 0
    for block in document.blocks:
        line = block.place.line if isinstance(block, Paragraph) else None
        if passage and isinstance(block, Paragraph) and line == end + 1 and _goes_on(block.text):
            passage = replace(passage, text=f"{passage.text} {block.text}")
        else:
            if passage:
                yield passage
            passage = block if isinstance(block, Paragraph) else None
            if passage is None:
                yield block
        end = line or 0
        if passage and isinstance(block, Paragraph) and len(block.text) < FULL_LINE:
            yield passage
            passage = None
    if passage:
        yield passage


def _goes_on(text: str) -> bool:
    """Say whether a line may be the middle of a sentence: it begins no list entry or heading."""
    line = bare(text)
    return not (
        pattern("step_number").match(line)
        or pattern("indicator_heading").match(line)
        or pattern("step_bullet").match(line)
    )


def _scored_year(text: str, report_year_be: int | None) -> int | None:
    """Return the year whose result a paragraph speaks of: the first named after the result.

    Only what stands before the first score counts: behind it other years are compared with.
    """
    line = bare(text)
    first = pattern("score_mention").search(line)
    head = plain_slice(text, 0, first.start()) if first else text
    result = pattern("assessment_result").search(bare(head))
    if not result or pattern("not_own_score").search(_own_clause(bare(head))):
        return None
    years = find_fiscal_years(plain_slice(head, result.start())) or find_fiscal_years(head)
    return next((y for y in years if report_year_be is None or y <= report_year_be), None)


def _paragraph_scores(paragraph: Paragraph, year: int | None) -> Iterator[Score]:
    line = bare(paragraph.text)
    labelled = _labelled(paragraph, line, year)
    if labelled:
        yield labelled
        return
    mentions = list(_mentions(line))
    named = {m.instrument for m in mentions if m.instrument and not m.is_whole and not m.is_other}
    is_own = len(named) > 1
    for mention in mentions:
        is_own |= pattern("assessment_name").search(line[: mention.stop]) is not None
        for score in _mention_scores(paragraph, mention, year, is_own):
            is_own |= not score.doubt
            yield score
    alone = None if mentions else pattern("level_alone").search(line)
    before = line[: alone.start()] if alone else ""
    is_named = pattern("assessment_name").search(before)
    if alone and is_named and not pattern("not_own_score").search(before):
        level = _level(alone["level"])
        raw = plain_slice(paragraph.text, alone.start(), alone.end())
        if level:
            yield Score("level", "", None, level, year, raw, Evidence.of_paragraph(paragraph))


def _labelled(paragraph: Paragraph, line: str, year: int | None) -> Score | None:
    """Read a line that begins with a label and its score: "7. name 91.90 คะแนน"."""
    value = pattern("score_at_end").search(line) if len(line) <= MAX_LABEL_LENGTH else None
    label = line[: value.start()] if value else ""
    if value is None:
        value = pattern("labelled_score").match(line)
        label = value["label"] if value else ""
    if not value or pattern("not_own_score").search(line[: value.end()]):
        return None
    metric = _metric(label, year)
    if not metric or metric[0] in ("overall", "level"):
        return None
    place = Evidence.of_paragraph(paragraph)
    return Score(*metric, float(value["value"]), "", year, one_line(paragraph.text), place)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A number in running text, with the words before it since the last one, and those behind.

    ``start`` is where the words before it begin, ``lead`` where those that say what it is of do,
    all in bare text; ``is_other`` says that the words make it no score of the agency's.
    """

    value: str
    start: int
    stop: int
    end: int
    before: str
    behind: str
    instrument: str
    lead: int
    is_other: bool

    @property
    def is_whole(self) -> bool:
        return _WHOLE.fullmatch(self.value) is not None


def _mentions(line: str) -> Iterator[_Mention]:
    """Yield the numbers of a line that may be scores; what one of a list is, the next ones are.

    What stands before a number that could not be read says nothing of the next one.
    """
    end = 0
    is_other_list = False
    for number in pattern("score_mention").finditer(line):
        unread = line.rfind(UNSURE_DIGIT, 0, number.start()) + 1
        start = max(end, unread, number.start() - REACH_BEFORE)
        before, behind = line[start : number.start()], line[number.end() :]
        instrument = pattern("instrument_lead").search(before)
        overall = pattern("overall_lead").search(before)
        is_other = (
            pattern("not_own_score").search(before if end else _own_clause(before)) is not None
            or pattern("not_own_behind").match(behind) is not None
            or (is_other_list and instrument is not None)
        )
        is_other_list = is_other and instrument is not None
        end = number.end()
        name = instrument["instrument"].upper() if instrument else ""
        lead = instrument.start() if instrument else overall.start("lead") if overall else -1
        yield _Mention(
            number["value"], start, number.start(), end, before, behind, name, lead, is_other
        )


def _own_clause(words: str) -> str:
    """Return what counts of the words before the first number of a text.

    What was compared before the agency "got a score of" the number says nothing about it.
    """
    own = words
    for clause in pattern("own_clause").finditer(words):
        told_before = pattern("comparison").sub(" ", words[: clause.end()])
        if not pattern("not_own_score").search(told_before):
            own = words[clause.end() :]
    return own


def _mention_scores(
    paragraph: Paragraph, mention: _Mention, year: int | None, is_own: bool
) -> Iterator[Score]:
    """Read a score in running text.

    ``is_own`` says that the paragraph speaks of the agency's assessment; a level says it too.
    """
    if mention.lead < 0:
        return
    value = float(mention.value)
    years = find_fiscal_years(plain_slice(paragraph.text, mention.start, mention.stop))
    year = years[-1] if years else year
    evidence = Evidence.of_paragraph(paragraph)
    begin = mention.start + mention.lead
    if mention.instrument:
        if is_own and not mention.is_whole and not mention.is_other:
            raw = plain_slice(paragraph.text, begin, mention.end)
            yield Score(f"instrument:{mention.instrument}", "", value, "", year, raw, evidence)
        return
    if _names_indicator(mention.before):
        return
    stop = mention.end
    behind = mention.behind.lstrip()
    level = pattern("level_word").match(behind)
    named = _level(level["level"]) if level else ""
    if level and named:
        stop += len(mention.behind) - len(behind) + level.end()
    if not (is_own or named):
        return
    raw = plain_slice(paragraph.text, begin, stop)
    doubt = ""
    if mention.is_other:
        doubt = "words beside the number speak of a target, an average, a change or others"
    elif mention.is_whole and not named:
        doubt = "a whole number in a sentence may be a target, a weight or full marks"
    yield Score("overall", "", value, named, year, raw, evidence, doubt)
    if named and not doubt:
        yield Score("level", "", None, named, year, raw, evidence)


def _names_indicator(text: str) -> bool:
    key = skeleton(text)
    return any(skeleton(name) in key for i in indicators() for name in i.names)


@dataclass(frozen=True, slots=True)
class _TableReader:
    table: Table
    year: int | None

    def scores(self) -> Iterator[Score]:
        """Yield the scores of the rows; totals only in a table that also has ITA's parts."""
        found = [
            score
            for number, cells in self.table.body()
            for score in self._row(number, {c: cell for c, cell in cells.items() if cell.text})
        ]
        found = _without_halves(found)
        has_parts = any(score.metric.startswith(("indicator:", "instrument:")) for score in found)
        headers = " ".join(column.header for column in self.table.columns)
        is_assessment = pattern("assessment_name").search(bare(headers)) is not None
        for score in found:
            own_label = pattern("assessment_name").search(bare(score.raw)) is not None
            if has_parts or is_assessment or own_label or ":" in score.metric:
                yield score

    def _row(self, number: int, row: dict[int, Cell]) -> Iterator[Score]:
        """Read what a row is of, then a value or level in each score column."""
        for column, cell in sorted(row.items()):
            if cell.column != column:
                continue
            line = bare(cell.text)
            joined = pattern("score_at_end").search(line)
            metric = _metric(line[: joined.start()] if joined else line, self.year)
            if metric is None or pattern("not_own_score").search(line):
                continue
            evidence = Evidence.of(cell, self.table.table_id, number)
            name = one_line(cell.text)
            if joined:
                yield Score(*metric, float(joined["value"]), "", self.year, name, evidence)
                return
            after = {c: other for c, other in row.items() if c > column and other is not cell}
            yield from self._values(metric, name, after, evidence)
            return

    def _values(
        self, metric: tuple[str, str], name: str, cells: dict[int, Cell], evidence: Evidence
    ) -> Iterator[Score]:
        """Read the values and levels beside the label of a row.

        A column whose header names a fiscal year holds the scores of that year.
        """
        level = ""
        found: list[Score] = []
        for column, cell in sorted(cells.items()):
            header = self.table.columns[column - 1]
            if not self._holds_scores(header):
                continue
            own_year = _header_year(header.header)
            year = own_year or self.year
            raw, line = f"{name} {one_line(cell.text)}", bare(cell.text)
            here = replace(evidence, confidence=cell.confidence)
            number, more = (pattern(p).match(line) for p in ("score_number", "score_and_more"))
            named = _level(cell.text)
            if named and metric[0] == "level":
                yield Score("level", "", None, named, year, raw, here)
            elif named:
                level = named
            elif number and metric[0] != "level":
                found.append(Score(*metric, float(number["value"]), "", year, raw, here))
            elif UNSURE_DIGIT in cell.text and metric[0] != "level":
                guess = f"{name} {one_line(cell.raw_text)}"
                yield Score(*metric, None, "", year, guess, here, NOT_READ)
            elif more and metric[0] != "level" and (header.role == "score" or own_year):
                found.append(Score(*metric, None, "", year, raw, here, NO_NUMBER))
        if len(found) > 1 and len({score.fiscal_year_be for score in found}) < len(found):
            reason = "the row holds several numbers of one year; which is the score is not said"
            yield replace(found[0], raw=" ".join(s.raw for s in found), doubt=reason)
            return
        for score in found:
            yield replace(score, level=level)
            if level and metric[0] == "overall":
                yield replace(score, metric="level", value=None, level=level)

    def _holds_scores(self, header: Column) -> bool:
        """Say whether a column may hold the agency's scores, levels, or both.

        A header that is not known counts where it names a year or nothing at all, in a table that
        has no better column.
        """
        if pattern("not_own_score").search(bare(header.header)):
            return False
        if header.role in ("score", "level"):
            return True
        is_plain = not header.header or _header_year(header.header) is not None
        return header.role == "" and is_plain and not self.table.columns_with("score")


def _without_halves(found: list[Score]) -> list[Score]:
    """Doubt values of a table that were read from a picture and may be half of a number."""
    read = [s for s in found if s.value is not None and s.evidence.confidence is not None]
    printed = [_NUMBER.findall(bare(score.raw)) for score in read]
    doubtful = [read[n] for n in halved([numbers[-1] if numbers else "" for numbers in printed])]
    return [replace(score, doubt=HALF) if score in doubtful else score for score in found]


def _header_year(header: str) -> int | None:
    year = pattern("year_alone").search(bare(header))
    return next(iter(find_fiscal_years(header)), int(year["year"]) if year else None)


def _metric(label: str, year: int | None) -> tuple[str, str] | None:
    """Return (metric, name) that a bare label names, or None."""
    label = label.strip(" :=-")
    if not label or len(label) > MAX_LABEL_LENGTH:
        return None
    indicator = indicator_of_row(label)
    if indicator:
        return f"indicator:{indicator.indicator_no}", indicator_name(indicator.indicator_no, year)
    if pattern("overall_row").match(label):
        return "overall", ""
    if pattern("level_row").match(label):
        return "level", ""
    instrument = pattern("instrument_row").match(label)
    if instrument:
        return f"instrument:{instrument['instrument'].upper()}", ""
    spelt_out = pattern("instrument_name").match(label)
    if spelt_out and spelt_out.lastgroup:
        return f"instrument:{spelt_out.lastgroup}", ""
    named = name_sub_indicator(label.lstrip("0123456789.) "), *([year] if year else []))
    if named and named.similarity >= SAME_SUB_INDICATOR and named.is_sure:
        return f"sub_indicator:{named.thing}", sub_indicators().get(year or 0, {}).get(
            named.thing, ""
        )
    return None


def _level(text: str) -> str:
    """Return the level that a text is, as published: of whichever year's scheme."""
    key = skeleton(text)
    return next((level for level in levels(None) if skeleton(level) == key), "")
