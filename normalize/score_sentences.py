"""Scores and levels that a report says in its sentences, and the year that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import UNSURE_DIGIT, Paragraph
from extract.thai import skeleton
from normalize.dates import find_fiscal_years
from normalize.patterns import bare, pattern, plain_slice
from normalize.records import Evidence, one_line
from normalize.reference import indicators
from normalize.score_labels import MAX_LABEL_LENGTH, Score, level_named, metric_named

# How far before a score the words stand that say what it is of (characters).
REACH_BEFORE = 200
_WHOLE = re.compile(r"[0-9]+")


def scored_year(text: str, report_year_be: int | None) -> int | None:
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


def paragraph_scores(paragraph: Paragraph, year: int | None) -> Iterator[Score]:
    """Yield the scores and levels of a paragraph, in reading order.

    ``year`` (be) is of those beside which no year is named.
    """
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
        level = level_named(alone["level"])
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
    metric = metric_named(label, year)
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
    named = level_named(level["level"]) if level else ""
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
