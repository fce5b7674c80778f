"""Words of a remark -> the status they say: clauses, what each says, and what they say together.

``data/status_words.csv`` says which words mean the same (a class), ``data/status_rules.csv`` which
order of classes says what, ``data/status_contrasts.csv`` what a clause and the one behind its "but"
say together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extract.thai import convert_digits
from normalize.datafiles import read_rows
from normalize.remark_words import ALL, NONE, PART, UNKNOWN, Word, words_of
from normalize.respell import respelled

# A text of more characters than this is told at length and no status; the rules never see it.
MAX_STATUS_LENGTH = 400
# What a reading is worth at most that rests on such a word, or stands beside unknown words.
SURE_OF_DAMAGED = 0.9
SURE_OF_SLIP = 0.8
SURE_BESIDE_UNKNOWN = 0.95

_LINK = re.compile(r"(?:https?://|www\.)[!-~]+")
# The letter of a list's entry, as in "a) ".
_ENTRY = re.compile("(?<![^\\s(])[\u0e01-\u0e09][.)]\\s")
# Thai spelling has mai muan in 20 words, in none before this consonant: it was read, or typed, for
# mai malai, with which "not" is written.
_MAIMUAN, _MAIMALAI = re.compile("\u0e43(?=\u0e21)"), "\u0e44"
# A typed tick before words.
_TICK = re.compile(r"^/+(?=\w)")
_BRACKETED = re.compile(r"\(([^()]*\w[^()]*)\)")
# Spaces say nothing between Thai letters; between Latin words they do.
_SPACES = re.compile(r"(?<![a-z])\s+|\s+(?![a-z])")
# A cell of nothing but these says nothing.
_DASHES = "-\u2013\u2014_.\u2026*"
_NAME = re.compile(r"[a-z_]+(?:\.[a-z]+)?")
# Any class, and the rest of a name that may stand for a subclass: "paper" is also "paper.holder".
_ANY, _SUBCLASS = r"<[a-z_.]+>", r"(?:\.[a-z]+)?"
# What a clause may say besides a status. These speak of something else and count only where nothing
# else is said.
ASIDE = ("no_problem", "no_fault", "no_event", "elsewhere")
NOTHING = "nothing"
# A negation or reservation that no rule understands, or clauses that no table puts together.
DOUBT = "doubt"
# What somebody may be working on, where that is the reason.
LACKING = ("missing", "absent", "partial")
# The same thing said and denied; "but" between them changes nothing.
CONTRADICTION = "contradiction"
SHARES = (ALL, PART, NONE)
# The status of clauses that say more than it: what was deficient is no longer; the place is there.
STATUS_OF = {
    **{"mended": "complete", "holder": "complete", "there": "complete"},
    **{"absent": "missing", "undone": "missing", "late": "partial"},
    **{"planned": "not_started", "unmade": "not_started"},
}
# Classes of words that part clauses.
BUT, SO, PAST = "but", "so", ("past", "past.year")
# What stands behind it adds something, or says the contrary.
BRACKET = "bracket"
NOW, YEAR = ("now", "good.current"), "text.year"
# What stands behind these tells why, what for or in which case; it ends at "but" and "so".
BECAUSE = "because"
WHY = (BECAUSE, "purpose", "condition")
# Words of a verb that is no wish.
CERTAIN = ("done", "finish", "full")


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status and why: the words or the box that decided, and how sure (0 to 1) that is.

    ``sure`` is the share of such readings that were right where they were measured; ``says`` is
    what the words of a remark say before it is made a status.
    """

    status: str
    reason: str
    sure: float = 0.0
    says: str = field(default="", compare=False)


NO_RULE = StatusReading("unclear", "no rule fits")
TOO_LONG = StatusReading("unclear", "the text is too long for a status")
BLANK = StatusReading("not_reported", "blank", 1.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """An order of word classes that says something; ``named`` are the classes that decide."""

    says: str
    order: re.Pattern[str]
    named: frozenset[str]
    sure: float


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says, the place of the words that decided, and how sure that is."""

    says: str
    start: int = 0
    end: int = 0
    sure: float = 0.0


Clause = list[Word]


def read_words(text: str) -> StatusReading:
    """Return the status that the words of a text say.

    Spaces, bullets and a link beside words count for nothing; a link alone is a remark.
    """
    text = plain_text(text)
    if len(text) > MAX_STATUS_LENGTH:
        return TOO_LONG
    if all(sign in _DASHES for sign in text):
        return BLANK
    reading = _read(text)
    if not reading.sure:
        slips = {slip.status: slip for slip in map(_read, respelled(text)) if slip.sure}
        if len(slips) == 1:
            (slip,) = slips.values()
            return replace(slip, sure=min(slip.sure, SURE_OF_SLIP))
    return reading


def plain_text(text: str) -> str:
    """Return a text in lower case, without spaces, links beside words and letters of entries.

    Brackets around all of it say nothing either.
    """
    bracketed = _BRACKETED.fullmatch(text.strip())
    text = bracketed[1] if bracketed else text
    text = _ENTRY.sub(" ", _LINK.sub("", text)).strip() or text
    text = _MAIMUAN.sub(_MAIMALAI, convert_digits(text, "arabic").lower())
    return _TICK.sub("", _SPACES.sub("", text))


def begins_with_but(text: str) -> bool:
    """Say whether words take up what stands before them, to limit it."""
    return any(word.kind == BUT for word in words_of("".join(text.split()))[:1])


def _read(text: str) -> StatusReading:
    """Return the status that a text without spaces says, letter by letter."""
    words = words_of(text)
    said = _read_clauses(words)
    if said.says == NOTHING:
        return replace(NO_RULE, says=NOTHING)
    sure = said.sure
    if any(word.kind in UNKNOWN for word in words):
        sure = min(sure, SURE_BESIDE_UNKNOWN)
    reason = text[said.start : said.end]
    status = STATUS_OF.get(said.says, said.says)
    if not sure:
        return StatusReading("unclear", reason, says=said.says)
    return StatusReading(status, reason, sure, said.says)


def _read_clauses(words: Clause) -> _Said:
    """Return what the clauses of a text say together, the last of them with most weight."""
    said: _Said | None = None
    if any(word.kind in (BUT, BRACKET) for word in words):
        whole = _read_clause(words)
        if whole.says == CONTRADICTION:
            return whole
    for clause in _contrasted(words):
        found = _read_with_reasons(clause)
        said = found if said is None else _together(said, found)
    return said or _Said(NOTHING)


def _contrasted(words: Clause) -> list[Clause]:
    """Part a text at "but"; where it tells what was and what is, only what is counts.

    So does the last where each clause begins with a year.
    """
    clauses: list[Clause] = [[]]
    for word in words:
        is_new = word.kind == BUT or (word.kind in NOW and _is_past(clauses[-1]))
        if is_new and clauses[-1]:
            clauses.append([])
        if word.kind != BUT:
            is_now = not clauses[-1] and word.kind in NOW
            clauses[-1].append(word._replace(kind="now") if is_now else word)
    clauses = [clause for clause in clauses if clause]
    present = [clause for clause in clauses if not _is_past(clause)]
    if present and _is_past(clauses[0]):
        clauses = present
    elif all(clause[0].kind == YEAR for clause in clauses):
        clauses = clauses[-1:]
    return [[word for word in clause if word.kind != "now"] for clause in clauses]


def _is_past(clause: Clause) -> bool:
    return bool(clause) and clause[0].kind in PAST


def _read_with_reasons(clause: Clause) -> _Said:
    """Read a clause without the reasons and purposes it gives; where those are all, with them.

    What is lacking because it is being made is in progress.
    """
    places = [n for n, word in enumerate(clause) if word.kind == SO]
    if places:
        cause, effect = clause[: places[-1]], clause[places[-1] + 1 :]
        said = _read_clause(_without_why(effect))
        if said.sure and (not cause or _read_clause(cause).says not in ("plan", "planned")):
            return said
    said = _read_bracketed(_without_why(clause))
    first = next((n for n, word in enumerate(clause) if word.kind == BECAUSE), len(clause))
    if said.says in LACKING and clause[first:]:
        reason = _read_clause(clause[first + 1 :])
        return _together(said, reason) if reason.says == "in_progress" else said
    return said


def _without_why(clause: Clause) -> Clause:
    """Cut a clause off before what tells why, what for or when; a last "already" stays.

    A bare verb with a purpose or a condition may be a wish: it is read whole.
    """
    first = next((n for n, word in enumerate(clause) if word.kind in WHY), len(clause))
    last = clause[first:][-1:]
    main = [*clause[:first], *(word for word in last if word.kind == "done")]
    is_said = any(word.kind in (*CERTAIN, *_taking_back()) for word in main)
    if first == 0 or (first < len(clause) and clause[first].kind != BECAUSE and not is_said):
        return clause
    return main


def _read_bracketed(clause: Clause) -> _Said:
    """Read a clause that ends with brackets: they add to what it says, or say what it lacks."""
    places = [n for n, word in enumerate(clause) if word.kind == BRACKET]
    if len(places) == 1 and places[0] and not any(word.kind in SHARES for word in clause):
        head, inside = _read_clause(clause[: places[0]]), _read_clause(clause[places[0] + 1 :])
        if head.sure and inside.says in (NOTHING, "there", *ASIDE):
            return head
        both = _together(head, inside)
        if head.sure and inside.sure and both.sure:
            return both
    return _read_clause(clause)


def _read_clause(words: Sequence[Word]) -> _Said:
    """Return what the first rule that fits says.

    An aside (no problem, no fault, no event) counts only where the rest of the clause says nothing.
    """
    places = [0]
    for word in words:
        places.append(places[-1] + len(word.kind) + 2)
    order = "".join(f"<{word.kind}>" for word in words)
    for rule in _rules():
        found = rule.order.search(order)
        if not found:
            continue
        first, last = places.index(found.start()), places.index(found.end())
        deciding = [word for word in words[first:last] if rule.named & _classes(word)]
        sure = rule.sure
        if sure and not all(word.is_exact for word in deciding):
            sure = min(sure, SURE_OF_DAMAGED)
        if rule.says in ASIDE:
            rest = _read_clause([*words[:first], *words[last:]])
            if rest.sure:
                return rest
        return _Said(rule.says, deciding[0].start, deciding[-1].end, sure)
    return _Said(NOTHING, words[0].start, words[-1].end) if words else _Said(NOTHING)


def _together(before: _Said, after: _Said) -> _Said:
    """Return what two clauses with "but" between them say."""
    says, sure = _contrasts().get((before.says, after.says), (DOUBT, 0.0))
    if says in (after.says, before.says) and sure:
        sure = min(sure, (after if says == after.says else before).sure or sure)
    return _Said(says, before.start, after.end, sure)


@cache
def _contrasts() -> dict[tuple[str, str], tuple[str, float]]:
    return {
        (before, after): (row["status"], float(row["sure"]))
        for row in read_rows("status_contrasts.csv")
        for before in row["before"].split()
        for after in row["after"].split()
    }


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["says"],
            _order(row["order"]),
            frozenset(_NAME.findall(row["order"])),
            float(row["sure"]),
        )
        for row in read_rows("status_rules.csv")
    )


def _order(written: str) -> re.Pattern[str]:
    """Compile an order of classes.

    A name is a word of that class; ``|``, ``?``, ``*``, ``+``, ``( )``, ``^`` and ``$`` mean what
    they mean in regular expressions, ``..`` is any words, ``~`` any words that take nothing back.
    """
    back = "|".join(_taking_back())
    written = written.replace("..", "@")
    pattern = _NAME.sub(lambda name: f"(?:<{re.escape(name[0])}{_SUBCLASS}>)", written)
    pattern = pattern.replace(" ", "").replace("@", f"(?:{_ANY})*?")
    return re.compile(pattern.replace("~", f"(?:(?!<(?:{back}){_SUBCLASS}>){_ANY})*?"))


def _classes(word: Word) -> set[str]:
    """Return the class of a word and the class which that is part of."""
    return {word.kind, word.kind.split(".")[0]}


@cache
def _taking_back() -> tuple[str, ...]:
    """Return the classes of words that take something back that stands beside them."""
    return tuple(row["word_class"] for row in read_rows("status_words.csv") if row["takes_back"])
