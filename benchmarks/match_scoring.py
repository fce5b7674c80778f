"""What the bench of the matchers counts: verdicts on cases, and figures of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from benchmarks.match_cases import TIERS, Case
from normalize.reference import item_lists

# right: as the label says. wrong: something false was given. open: nothing, or a doubt too many.
Outcome = Literal["right", "wrong", "open"]
OUTCOMES: tuple[Outcome, ...] = ("right", "wrong", "open")
# Lower ends of the bins of match_score.
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
# A figure of calibration may move by so much without being called worse.
ECE_SLACK = 0.005

Row = Mapping[str, Any]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a case.

    ``is_wanted`` says that there is an answer to give, ``is_given`` that one was. ``score`` is the
    match_score of the best candidate and ``is_best_right`` whether that is the answer; both are
    None where no candidate or no single answer is.
    """

    case: Case
    got: str
    outcome: Outcome
    is_wanted: bool
    is_given: bool
    score: float | None = None
    is_best_right: bool | None = None


def judge_match(case: Case, row: Row, key: str) -> Verdict:
    """Judge an item or agency; ``key`` is the column that names it."""
    wanted = case.answer[0].split(";") if case.answer[0] else []
    status = str(row["match_status"])
    candidates = [_key(text) for text in str(row.get("alternatives") or "").split("; ") if text]
    if status == "accepted":
        best, number = str(row.get(key) or ""), row.get("item_no")
        is_right = wanted == [best] and (case.answer[1:] in ((), ("",), (str(number),)))
        is_unfinished = wanted == [best] and not is_right and number is None
        outcome: Outcome = "right" if is_right else "open" if is_unfinished else "wrong"
    else:
        best = candidates[0] if candidates and status == "review" else ""
        if len(wanted) > 1:
            is_right = status == "review" and (key == "concept_id" or {*wanted} <= {*candidates})
        else:
            is_right = not wanted and status == "unmatched"
        outcome = "right" if is_right else "open"
    return Verdict(
        case,
        f"{status} {row.get(key) or ''} {row.get('item_no') or ''}".strip(),
        outcome,
        len(wanted) == 1,
        status == "accepted",
        float(row.get("match_score") or 0) if best and len(wanted) < 2 else None,
        wanted == [best] if best and len(wanted) < 2 else None,
    )


def judge_status(case: Case, row: Row) -> Verdict:
    """Judge a status; "unclear" is no answer, it sends a remark to review."""
    status, score = str(row["status"]), row.get("score")
    is_given, is_wanted = status != "unclear", case.answer[0] != "unclear"
    is_right = status == case.answer[0]
    if case.answer[1]:
        is_right &= score is not None and float(score) == float(case.answer[1])
    outcome: Outcome = "right" if is_right else "wrong" if is_given else "open"
    got = status if score is None else f"{status} {score:g}"
    shown = float(row["match_score"]) if is_given else None
    return Verdict(case, got, outcome, is_wanted, is_given, shown, is_right if is_given else None)


def judge_repair(case: Case, repaired: str) -> Verdict:
    """Judge a repair; one that brings a text nearer to the right one, not all the way, is open."""
    right = case.answer[0]
    is_nearer = Levenshtein.distance(repaired, right) < Levenshtein.distance(case.text, right)
    is_given = repaired != case.text
    outcome: Outcome = "right" if repaired == right else "wrong"
    if repaired != right and (is_nearer or not is_given):
        outcome = "open"
    return Verdict(case, repaired, outcome, right != case.text, is_given)


@cache
def _listed_items() -> dict[str, str]:
    """Concepts by what ``alternatives`` shows of an item: listed, or its name alone."""
    items = [item for items in item_lists().values() for item in items]
    names = {item.name: item.concept_id for item in items}
    return names | {item.listed: item.concept_id for item in items}


def _key(candidate: str) -> str:
    """Return the code or concept of a candidate as ``alternatives`` lists it."""
    return _listed_items().get(candidate) or candidate.split(" ")[0]


def figures(verdicts: Sequence[Verdict]) -> Figures:
    """Return the figures of a set: counts by tier, and shares from 0 to 1.

    precision: right of what was given, all tiers. recall: right of what has an answer, kept: right
    of what has none or several; both without what is only tolerated. ece: expected calibration
    error, the mean distance of match_score from the share that is right, over the bins.
    """
    counted = [v for v in verdicts if v.case.tier != "tolerated"]
    tiers = {tier: Counter(v.outcome for v in verdicts if v.case.tier == tier) for tier in TIERS}
    bins = calibration(verdicts)
    total = sum(one["count"] for one in bins)
    gap = sum(one["count"] * abs(one["mean_score"] - one["right"]) for one in bins)
    return {
        "cases": len(verdicts),
        **{tier: {name: count[name] for name in OUTCOMES} for tier, count in tiers.items()},
        "precision": _share(v.outcome == "right" for v in verdicts if v.is_given),
        "recall": _share(v.outcome == "right" for v in counted if v.is_wanted),
        "kept": _share(v.outcome == "right" for v in counted if not v.is_wanted),
        "right": _share(v.outcome == "right" for v in counted),
        "wrong": _share(v.outcome == "wrong" for v in counted),
        "ece": round(gap / total, 4) if total else None,
        "calibration": bins,
    }


def calibration(verdicts: Iterable[Verdict]) -> list[Figures]:
    """Return the bins of match_score that hold a candidate: how many, mean score, share right."""
    found: dict[float, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.score is not None:
            low = max(low for low in BINS if low <= verdict.score)
            found.setdefault(low, []).append(verdict)
    return [
        {
            "from": low,
            "count": len(inside),
            "mean_score": round(sum(v.score or 0 for v in inside) / len(inside), 4),
            "right": _share(bool(v.is_best_right) for v in inside),
        }
        for low, inside in sorted(found.items())
    ]


def _share(truths: Iterable[bool]) -> float:
    listed = list(truths)
    return round(sum(listed) / len(listed), 4) if listed else 1.0


def worse(before: Figures, now: Figures) -> list[str]:
    """Say which figures of a set got worse."""
    if before["cases"] != now["cases"]:
        return [f"cases: {before['cases']} were measured, there are {now['cases']}"]
    found = [
        f"{tier} {name}: {now[tier][name]}, was {before[tier][name]}"
        for tier in TIERS
        for name in ("wrong", "right")
        if (now[tier][name] > before[tier][name]) == (name == "wrong")
        and now[tier][name] != before[tier][name]
    ]
    found += [
        f"{name}: {now[name]:.4f}, was {before[name]:.4f}"
        for name in ("precision", "recall", "kept")
        if now[name] < before[name]
    ]
    if before["ece"] is not None and now["ece"] > before["ece"] + ECE_SLACK:
        found.append(f"ece: {now['ece']:.4f}, was {before['ece']:.4f}")
    return found
