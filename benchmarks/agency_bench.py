"""How well agency names are matched: precision and recall of accepted matches, scores, speed.

Run: python -m benchmarks.agency_bench [--seed N] [--table]. The rules were made with seeds up to
300; report figures with a seed above that. ``--table`` prints the share of right matches by
penalty, over five seeds from the given one, for normalize/data/agency_scores.csv.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from benchmarks.agency_cases import Case, Cases
from normalize.agencies import AgencyMatch, match_agency
from normalize.agencies.match import LEAD
from normalize.agencies.registry import Registry
from normalize.datafiles import read_rows

REPORTED_SEED = 303
WRITTEN, OTHERS = 3000, 1000
NONE_SHARE = 1 / 9
"""Strings that name no agency beside those that name one, in the shares and the table."""
SCORES = (0.0, 0.25, 0.5, 0.75, 0.85, 0.95, 0.995, 1.01)
Matched = list[tuple[Case, AgencyMatch]]


def verdict(case: Case, match: AgencyMatch) -> str:
    """Say what came of a case."""
    if match.status != "accepted":
        return match.status if not case.is_open else "left open"
    return "right" if match.agency is case.agency else "WRONG"


def report(title: str, cases: list[Case], registry: Registry, by_kind: bool) -> Matched:
    """Match the cases and print what came of them."""
    began = time.process_time()
    matched = [(case, match_agency(case.text, registry)) for case in cases]
    seconds = time.process_time() - began
    counts: dict[str, Counter[str]] = {}
    for case, match in matched:
        counts.setdefault(case.kind, Counter())[verdict(case, match)] += 1
    total = sum(counts.values(), Counter[str]())
    print(f"{title}: {len(cases)} cases, {len(cases) / seconds:,.0f} per second; {dict(total)}")
    for kind, count in counts.items() if by_kind else ():
        print(f"  {kind:20}", dict(count))
    named = [verdict(*one) for one in matched if one[0].agency and not one[0].is_open]
    if named:
        precision = total["right"] / max(1, total["right"] + total["WRONG"])
        print(f"  precision {precision:.4f}, recall {named.count('right') / len(named):.4f}")
    return matched


def share_right(matched: Iterable[tuple[Case, AgencyMatch]], weight: float) -> tuple[int, float]:
    """Return how many matches name a best agency, and the share of these that are right."""
    named = [(case, match) for case, match in matched if match.agency]
    right = sum(match.agency is case.agency for case, match in named)
    total = sum(1 if case.agency else weight for case, _ in named)
    return len(named), right / total if total else 0.0


def calibration(matched: Matched, weight: float) -> None:
    """Print the share of right matches by score."""
    print(f"scores (a string without an agency counts {weight:.3f})")
    for low, high in pairwise(SCORES):
        band = [one for one in matched if one[1].agency and low <= one[1].score < high]
        count, share = share_right(band, weight)
        mean = sum(match.score for _, match in band) / max(1, len(band))
        print(f"  {low:.3f} to {high:.3f}: {count:6} matches, mean {mean:.3f}, right {share:.3f}")


def table(matched: Matched, weight: float) -> None:
    """Print the share of right matches by penalty, of those with a clear lead."""
    low = -1.0
    for row in read_rows("agency_scores.csv"):
        high = float(row["penalty_to"])
        clear = [one for one in matched if low < one[1].penalty <= high and one[1].lead >= LEAD]
        count, share = share_right(clear, weight)
        print(f"{row['penalty_to']},{share:.4f},{count}")
        low = high


def made(seed: int, registry: Registry) -> tuple[list[Case], list[Case], list[Case]]:
    """Return clean cases, damaged ones, and strings that name no agency."""
    cases = Cases(registry, random.Random(seed))
    clean = [cases.written() for _ in range(WRITTEN)]
    damaged = [cases.damaged() for _ in range(WRITTEN)]
    return clean, damaged, [case for _ in range(OTHERS) for case in cases.others()]


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=REPORTED_SEED)
    parser.add_argument("--table", action="store_true")
    args = parser.parse_args()
    registry = Registry.load()
    match_agency("", registry)
    everything: Matched = []
    for seed in range(args.seed, args.seed + (5 if args.table else 1)):
        clean, damaged, others = made(seed, registry)
        everything += report("clean", clean, registry, not args.table)
        everything += report("damaged", damaged, registry, not args.table)
        everything += report("no agency", others, registry, not args.table)
    named = sum(case.agency is not None for case, _ in everything)
    weight = NONE_SHARE * named / (len(everything) - named)
    calibration(everything, weight)
    if args.table:
        table(everything, weight)


if __name__ == "__main__":
    main()
