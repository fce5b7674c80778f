"""``python -m benchmarks.country OUT [--agencies N] [--years 2562-2569] [--seed N] ...``."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from pathlib import Path

from benchmarks.country.dataset import choose_agencies, make_country
from benchmarks.country.repeats import repeated
from benchmarks.country.variants import VARIANTS, make_variant


def years(text: str) -> tuple[int, ...]:
    """Return the fiscal years (be) of "2563-2568" or "2565"."""
    first, _, last = text.partition("-")
    return tuple(range(int(first), int(last or first) + 1))


def main() -> None:
    """Make a country and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.country", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the dataset")
    parser.add_argument("--agencies", type=int, help="how many; all if not given")
    parser.add_argument("--provinces", default="", help="names, by commas; all if not given")
    parser.add_argument("--years", type=years, default=years("2562-2569"), help="2563-2568 (be)")
    parser.add_argument("--seed", type=int, default=1, help="decides all that is invented")
    parser.add_argument("--cells", action="store_true", help="write cells.csv too, the evidence")
    parser.add_argument("--variant", choices=VARIANTS, help="a tiny or hostile dataset instead")
    parser.add_argument("--times", type=int, default=1, help="files for each file, mostly alike")
    given = parser.parse_args()
    began = time.perf_counter()
    if given.variant:
        country = make_variant(given.variant, given.seed)
    else:
        provinces = tuple(filter(None, given.provinces.split(",")))
        agencies = choose_agencies(given.agencies, provinces)
        country = make_country(agencies, given.years, given.seed, with_cells=given.cells)
    if given.times > 1:
        country = repeated(country, given.times, given.seed)
    made = time.perf_counter()
    words = ["OUT", *sys.argv[2:]]
    country.save(given.out, f"python -m benchmarks.country {shlex.join(words)}")
    for name, frame in country.tables.items():
        print(f"{name}: {len(frame)} rows")
    print(f"made in {made - began:.1f} s, written in {time.perf_counter() - made:.1f} s")


if __name__ == "__main__":
    main()
