"""`python -m benchmarks.hostile FOLDER [--scale S]` writes the hostile files."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.hostile import write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="1 makes the files as bad as can")
    given = parser.parse_args()
    paths = write(given.folder, given.scale)
    size = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} files, {size // 1_000_000} MB -> {given.folder}")


if __name__ == "__main__":
    main()
