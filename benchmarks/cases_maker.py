"""Makes the generated cases of the matchers: `python -m benchmarks.cases_maker [--seed N]`.

Cases by hand stay as they are; add one as a row with source "hand" and run this, which fills in
case_id and half. The same seed gives the same bytes. With `--out FOLDER` and another seed the cases
are new ones, for a look at what no one has seen: `python -m benchmarks.match_bench --cases FOLDER`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

from benchmarks.made_agencies import made_agencies
from benchmarks.made_items import made_items
from benchmarks.made_texts import made_repairs, made_statuses
from benchmarks.match_cases import CASES, EXPECTED, HAND, Case, read_cases, write_cases

SEED = 4101


def made(name: str, seed: int, by_hand: list[Case]) -> Iterable[Case]:
    """Make the generated cases of a set."""
    rng, source = random.Random(f"{name} {seed}"), f"seed {seed}"
    if name == "items":
        return made_items(rng, source)
    if name == "agencies":
        return made_agencies(rng, source)
    if name == "statuses":
        return made_statuses(rng, source, by_hand)
    return made_repairs(rng, source)


def write_all(seed: int = SEED, out: Path = CASES) -> None:
    """Write the cases of every set: those by hand and those of the seed."""
    for name in EXPECTED:
        by_hand = [case for case in read_cases(name) if case.source == HAND]
        count = write_cases(name, [*by_hand, *made(name, seed, by_hand)], out)
        print(f"{name}: {count} cases, {len(by_hand)} by hand")


def main() -> None:
    """Write the cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=CASES, help="another folder for the CSV files")
    arguments = parser.parse_args()
    write_all(arguments.seed, arguments.out)


if __name__ == "__main__":
    main()
