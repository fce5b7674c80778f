"""The labelled bench of the matchers: `python -m benchmarks.match_bench`.

Prints precision and recall of what is accepted, what is wrong or open by tier, calibration and
speed of items, agencies, statuses and text repair. `--failures N` shows up to N failures a set, of
the half that may be looked at: of the held half this program only ever prints totals.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.match_cases import CASES, HALVES, TIERS, Case, read_cases
from benchmarks.match_scoring import (
    OUTCOMES,
    Figures,
    Verdict,
    figures,
    judge_match,
    judge_repair,
    judge_status,
)
from extract.thai import clean_thai
from normalize.agencies.registry import Registry
from normalize.match import match_agency, match_item, match_status

RESULTS = Path(__file__).parent / "results" / "match.json"
"""The committed figures; a test fails when one gets worse."""

Judge = Callable[[Case], Verdict]


def judges() -> dict[str, Judge]:
    """Return what matches and judges a case of each set."""
    registry = Registry.load()

    def agency(case: Case) -> Verdict:
        row = match_agency(case.text, registry, int(case.year) if case.year else None)
        return judge_match(case, row, "agency_code")

    def item(case: Case) -> Verdict:
        row = match_item(case.text, int(case.year) if case.year else None)
        return judge_match(case, row, "concept_id")

    return {
        "items": item,
        "agencies": agency,
        "statuses": lambda case: judge_status(case, match_status(case.text)),
        "thai": lambda case: judge_repair(case, clean_thai(case.text)),
    }


def measure(folder: Path = CASES) -> tuple[dict[str, list[Verdict]], dict[str, float]]:
    """Return the verdicts of each set, and cases a second (lists and dictionaries loaded).

    A set without a file in the folder is left out.
    """
    verdicts: dict[str, list[Verdict]] = {}
    speeds: dict[str, float] = {}
    for name, judge in judges().items():
        if not (folder / f"{name}.csv").exists():
            continue
        cases = read_cases(name, folder)
        for case in cases[:: len(cases) // 8]:
            judge(case)
        began = time.perf_counter()
        verdicts[name] = [judge(case) for case in cases]
        speeds[name] = len(cases) / (time.perf_counter() - began)
    return verdicts, speeds


def results(verdicts: dict[str, list[Verdict]]) -> dict[str, dict[str, Figures]]:
    """Return the figures of each set and half."""
    return {
        name: {half: figures([v for v in of_set if v.case.half == half]) for half in HALVES}
        for name, of_set in verdicts.items()
    }


def show(
    found: dict[str, dict[str, Figures]], speeds: dict[str, float], halves: Sequence[str]
) -> None:
    """Print the figures of the halves."""
    print(
        "| set | half | cases | precision | recall | kept | right | wrong | ece | per second |",
        end="",
    )
    print("".join(f" {tier} right/wrong/open |" for tier in TIERS))
    print("| --- " * (10 + len(TIERS)) + "|")
    for name, by_half in found.items():
        for half in halves:
            one = by_half[half]
            shares = [
                f"{one[key]:.4f}" for key in ("precision", "recall", "kept", "right", "wrong")
            ]
            ece = "" if one["ece"] is None else f"{one['ece']:.4f}"
            tiers = ["/".join(str(one[tier][outcome]) for outcome in OUTCOMES) for tier in TIERS]
            values = [name, half, str(one["cases"]), *shares, ece, f"{speeds[name]:,.0f}", *tiers]
            print("|", " | ".join(values), "|")
    print("\n| set | half | match_score from | candidates | mean score | share right |")
    print("| --- " * 6 + "|")
    for name, by_half in found.items():
        for half in halves:
            for row in by_half[half]["calibration"]:
                counts = f"{row['count']} | {row['mean_score']:.3f} | {row['right']:.3f}"
                print(f"| {name} | {half} | {row['from']} | {counts} |")


def show_failures(name: str, verdicts: Sequence[Verdict], most: int) -> None:
    """Print the failures of the half that may be looked at, by kind, wrong ones first."""
    of_half = [v for v in verdicts if v.case.half == "tune"]
    failed = [
        v
        for v in of_half
        if v.outcome == "wrong" or (v.outcome == "open" and v.case.tier != "tolerated")
    ]
    failed.sort(key=lambda v: (v.outcome != "wrong", TIERS.index(v.case.tier), v.case.kind))
    every = Counter(v.case.kind for v in of_half)
    print(f"\n{name}, tune half: {len(failed)} failures")
    for kind, count in Counter(v.case.kind for v in failed).most_common():
        wrong = sum(v.outcome == "wrong" for v in failed if v.case.kind == kind)
        print(f"  {kind}: {count} of {every[kind]}, {wrong} wrong")
    for v in failed[:most]:
        wanted = " ".join(v.case.answer).strip() or "unmatched"
        year = f" [{v.case.year}]" if v.case.year else ""
        print(f"  {v.outcome} {v.case.tier}, {v.case.kind}: {v.case.text!r}{year}")
        print(f"    wanted {wanted!r}, got {v.got!r}")


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=[*HALVES, "both"], default="both")
    parser.add_argument("--failures", type=int, default=0, metavar="N")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of the case files")
    parser.add_argument("--out", type=Path, help="write the figures of both halves as JSON")
    arguments = parser.parse_args()
    if arguments.failures and arguments.half == "held":
        parser.error("failures of the held half are not shown; use --half tune")
    verdicts, speeds = measure(arguments.cases)
    found = results(verdicts)
    show(found, speeds, HALVES if arguments.half == "both" else [arguments.half])
    if arguments.failures:
        for name in verdicts:
            show_failures(name, verdicts[name], arguments.failures)
    if arguments.out:
        text = json.dumps(found, indent=2, ensure_ascii=False)
        arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
