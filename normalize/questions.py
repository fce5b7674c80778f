"""A survey question in any wording, with or without its number -> which question it is.

The lists hold a question's topic, which is shorter than the question: a text means the question
whose topic it covers best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import LCSseq

from extract.thai import skeleton
from normalize.patterns import bare, pattern
from normalize.reference import Question, questions

# Share of a topic that a text must cover, and its lead over the next topic, to be sure.
SURE_COVER, SURE_LEAD = 0.7, 0.1
# Share from which a topic is worth a look, or agrees with a number.
LIKE_COVER = 0.5
# The same for a text that is not said to be a question: names of items share words with topics.
BARE_COVER = 0.85
# Fewer letters in a row may be the same by chance.
MIN_RUN = 4
# What a number alone is worth where the year, or every year, gives it to one indicator.
SURE_OF_NUMBER = 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a text may mean, how sure (0 to 1), and by what.

    ``question_no`` is None where the topic is known and its number in the year is not.
    """

    instrument: str
    indicator_no: int
    question_no: int | None
    topic: str
    score: float
    method: str
    is_sure: bool = False

    @property
    def listed(self) -> str:
        """Letter, number, indicator and topic, as a person who must choose is shown them."""
        number = f"{self.instrument[0]}{self.question_no or ''}"
        return f"{number} ({self.indicator_no}) {self.topic}".strip()


def find_question(text: str, fiscal_year_be: int | None = None) -> list[Asked]:
    """Return the question that a text means first, then others it may mean; empty if none.

    A letter and a number (I3, E7) name a question of a year (be), or of all years where they agree
    on its indicator. Without the letter the wording must tell, also whose survey it is where both
    have the topic. A number that contradicts the wording is never sure.
    """
    line = bare(text)
    lettered = pattern("question").match(line)
    numbered = lettered or pattern("plain_number").match(line)
    number = int(numbered["number"]) if numbered else None
    wording = line[numbered.end() :] if numbered else line
    instrument = f"{lettered['letter'].upper()}IT" if lettered else _whose(wording)
    ranked = _by_topic(wording, instrument, fiscal_year_be)
    least = LIKE_COVER if instrument else BARE_COVER
    likely = [asked for asked in ranked if asked.score >= least]
    if lettered and number is not None:
        agreeing = [asked for asked in likely if asked.question_no == number]
        if agreeing and agreeing[0].score >= SURE_COVER:
            return [replace(agreeing[0], method=f"number + {agreeing[0].method}", is_sure=True)]
        listed = _by_number(instrument, number, fiscal_year_be)
        if likely and _differs(likely[0], number, listed):
            method = f"number differs + {likely[0].method}"
            return [replace(likely[0], score=likely[0].score / 2, method=method), *listed]
        if len(listed) == 1:
            return [replace(listed[0], is_sure=True)]
        return [replace(asked, score=round(asked.score / len(listed), 4)) for asked in listed]
    if not likely:
        return []
    best, *others = likely
    lead = best.score - max((asked.score for asked in ranked[1:]), default=0.0)
    agrees = number is None or best.question_no in (None, number)
    is_sure = best.score >= SURE_COVER and lead >= SURE_LEAD and agrees
    method = f"{best.method}; lead {100 * lead:.0f}"
    alike = sum(asked.score > best.score - SURE_LEAD for asked in likely)
    score = best.score if is_sure else round(best.score / alike, 4)
    return [replace(best, score=score, method=method, is_sure=is_sure), *others]


def _differs(likely: Asked, number: int, listed: list[Asked]) -> bool:
    """Say whether a wording means another question than the number before it."""
    if likely.question_no is not None:
        return likely.question_no != number
    return all(asked.indicator_no != likely.indicator_no for asked in listed)


def _whose(wording: str) -> str:
    """Return whose survey a wording is of, the staff's or the public's; "" if it tells neither."""
    is_staff = pattern("asked_iit").search(wording)
    is_public = pattern("asked_eit").search(wording)
    return "" if bool(is_staff) == bool(is_public) else "IIT" if is_staff else "EIT"


def _by_number(instrument: str, number: int, fiscal_year_be: int | None) -> list[Asked]:
    """Return what the number means in the year, or in all years, one for each indicator."""
    years = dict.fromkeys(year for year, *_ in questions())
    if fiscal_year_be in years:
        years = dict.fromkeys([fiscal_year_be])
    found: dict[int, Asked] = {}
    for year in years:
        question = questions().get((year, instrument, number))
        if question:
            known = found.get(question.indicator_no)
            topic = question.topic or (known.topic if known else "")
            found[question.indicator_no] = Asked(
                instrument, question.indicator_no, number, topic, SURE_OF_NUMBER, "number"
            )
    return list(found.values())


def _by_topic(wording: str, instrument: str, fiscal_year_be: int | None) -> list[Asked]:
    """Return the questions of the instrument, or of both, by how much of their topic is covered."""
    key = skeleton(wording)
    found = []
    for question, topic in _topics():
        if instrument in ("", question.instrument):
            number = _number_in(question, fiscal_year_be)
            cover = _cover(key, topic)
            method = f"topic {100 * cover:.0f}"
            found.append(
                Asked(
                    question.instrument,
                    question.indicator_no,
                    number,
                    question.topic,
                    round(cover, 4),
                    method,
                )
            )
    return sorted(found, key=lambda asked: -asked.score)


@cache
def _topics() -> tuple[tuple[Question, str], ...]:
    """Return a question for each topic, of the latest year that has it, and the topic's key."""
    latest = {(q.instrument, q.topic): q for q in questions().values() if q.topic}
    return tuple((question, skeleton(question.topic)) for question in latest.values())


def _number_in(question: Question, fiscal_year_be: int | None) -> int | None:
    """Return the number of a question in another year; None where that year numbers otherwise."""
    lengths = _list_lengths()
    own = lengths[question.fiscal_year_be, question.instrument]
    other = lengths.get((fiscal_year_be or 0, question.instrument), own)
    return question.question_no if other == own else None


@cache
def _list_lengths() -> dict[tuple[int, str], int]:
    lengths: dict[tuple[int, str], int] = {}
    for year, instrument, _ in questions():
        lengths[year, instrument] = lengths.get((year, instrument), 0) + 1
    return lengths


def _cover(key: str, topic: str) -> float:
    """Return the share of a topic's letters that the text has too, in order and in runs."""
    lengths = [
        step.src_end - step.src_start for step in LCSseq.opcodes(topic, key) if step.tag == "equal"
    ]
    return sum(length for length in lengths if length >= MIN_RUN) / len(topic)
