"""`python -m benchmarks.fuzz_pdf --files N --seed S` reads N damaged PDFs and counts the verdicts.

They are the sample reports, the PDFs of the tests and small hostile ones, damaged at random by the
seed, and are read as `prongsai extract` does. What is a defect of ours, or reached a limit, is
defects, and kept in the folder of `--keep`.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.hostile import FILES
from benchmarks.mutations import mutated
from extract.limits import Limits
from extract.read import Ocr
from prongsai.limits import given_limits
from prongsai.pipeline import extract_reports
from prongsai.store import Store
from prongsai.supervisor import Supervisor

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("data/raw", "tests/data/pdf")
LIMITS = ("seconds=20", "memory_mb=2048", "pages=5")
# Hostile files at this scale, and no larger (bytes), are damaged too.
SMALL, SMALL_BYTES = 0.001, 200_000
# So many files are made and read at a time.
BATCH = 200
# How it is said that a defect of ours ended a report or a page.
DEFECT = "please report this as a defect"
# The limits that are lower here than the files are large.
TOLD = ("over_pages",)


def sources() -> list[bytes]:
    """Return the PDFs that are damaged."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.pdf"))]
    hostile = [make(SMALL) for name, make in FILES.items() if name.endswith(".pdf")]
    small = [data for data in hostile if isinstance(data, bytes) and len(data) <= SMALL_BYTES]
    return [path.read_bytes() for path in paths] * 3 + small


def read_batch(folder: Path, ocr: Ocr, limits: Limits) -> dict[str, tuple[str, dict[str, str]]]:
    """Read the files of a folder; return their verdicts, and the errors by their codes."""
    with tempfile.TemporaryDirectory() as out:
        with Supervisor(1, limits) as workers:
            extract_reports([folder], Path(out), workers, ocr)
        store = Store(Path(out))
        found: dict[str, tuple[str, dict[str, str]]] = {}
        for file in store.files():
            document = store.read_document(file.document_id)
            errors = {i.code: i.message for i in document.issues if i.severity == "error"}
            found[file.source_file] = document.status, errors
    return found


def main() -> None:
    """Damage, read and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ocr", choices=("auto", "off", "force"), default="off")
    parser.add_argument("--limit", action="append", metavar="NAME=N", help="as of prongsai")
    parser.add_argument("--keep", type=Path, help="folder for the files that are listed")
    given = parser.parse_args()
    limits = given_limits([*LIMITS, *(given.limit or [])])
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # what it says of files to be damaged
    originals = sources()
    statuses: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    defects = 0
    begun = time.monotonic()
    for first in range(0, given.files, BATCH):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(first, min(first + BATCH, given.files)):
                chance = random.Random(f"{given.seed} {number}")
                data = mutated(chance.choice(originals), chance)
                (Path(folder) / f"{given.seed}-{number}.pdf").write_bytes(data)
            for name, (status, errors) in read_batch(Path(folder), given.ocr, limits).items():
                statuses[status] += 1
                codes.update(errors.keys())
                odd = {
                    code: message
                    for code, message in errors.items()
                    if DEFECT in message or (code.startswith("over_") and code not in TOLD)
                }
                for code, message in odd.items():
                    print(f"{name}: {code}: {message}", flush=True)
                if odd and given.keep:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / name).write_bytes((Path(folder) / name).read_bytes())
                defects += any(DEFECT in message for message in odd.values())
        print(f"{statuses.total()} files, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(f"{statuses.total()} files of seed {given.seed} in {time.monotonic() - begun:.0f} s:")
    print("  " + ", ".join(f"{count} {status}" for status, count in statuses.most_common()))
    print("  " + ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    print(f"  defects: {defects}")
    sys.exit(bool(defects))


if __name__ == "__main__":
    main()
