"""What writes items.csv as Parquet by fiscal year: time, memory, size, and what must be installed.

Run: python -m benchmarks.parquet_bench DATASET. Each library writes in a process of its own, with
one thread; one that is not installed is left out. Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.analyze_bench import own_peak_mb
from normalize.catalogue import catalogue
from prongsai import parquet
from prongsai.store import Store

ITEMS = catalogue().table("items")
SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
SQL_TYPES |= {"boolean": "BOOLEAN", "date": "DATE"}


def with_pyarrow(dataset: Path, out: Path) -> None:
    """Write as `prongsai` does."""
    parquet._write_table(parquet._pyarrow(), Store(dataset), ITEMS, out)


def with_fastparquet(dataset: Path, out: Path) -> None:
    """Write the frames that `prongsai` reads; more files than one for a year come of it."""
    import fastparquet

    texts = [field.name for field in ITEMS.fields if field.type in ("string", "date")]
    for number, chunk in enumerate(ITEMS.read_chunks(dataset / ITEMS.path)):
        years = chunk[parquet.YEAR].astype("string").fillna(parquet.NO_YEAR)
        fastparquet.write(
            str(out), chunk.assign(**{parquet.YEAR: years}), file_scheme="hive", append=number > 0,
            partition_on=[parquet.YEAR], compression="ZSTD", write_index=False,
            object_encoding=dict.fromkeys(texts, "utf8"),
        )  # fmt: skip


def with_duckdb(dataset: Path, out: Path) -> None:
    """Let the database read the CSV file itself."""
    import duckdb

    types = ", ".join(f"'{field.name}': '{SQL_TYPES[field.type]}'" for field in ITEMS.fields)
    read = f"read_csv('{dataset / ITEMS.path}', header=true, auto_detect=false, delim=',', "
    read += f"quote='\"', escape='\"', nullstr='', columns={{{types}}})"
    how = f"FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({parquet.YEAR})"
    database = duckdb.connect(config={"threads": 1, "memory_limit": "500MB"})
    database.execute(f"COPY (SELECT * FROM {read}) TO '{out}' ({how})")  # noqa: S608


WRITERS: dict[str, Callable[[Path, Path], None]] = {
    "pyarrow": with_pyarrow,
    "fastparquet": with_fastparquet,
    "duckdb": with_duckdb,
}
BESIDES = {"fastparquet": ("cramjam", "fsspec")}
"""What a library brings along that Prongsai does not have."""


def installed_mb(library: str) -> float:
    """Return what a library takes on the disk; raises PackageNotFoundError."""
    names = (library, *BESIDES.get(library, ()))
    files = [Path(str(f.locate())) for name in names for f in distribution(name).files or ()]
    return sum(file.stat().st_size for file in files if file.is_file()) / 2**20


def run_writer(library: str, dataset: Path) -> None:
    """Print the row of a library."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "written"
        began = time.process_time()
        WRITERS[library](dataset, out)
        files = [path for path in out.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 2**20
        told = (f"{installed_mb(library):,.0f}", f"{time.process_time() - began:.1f}",
                f"{own_peak_mb():,.0f}", f"{len(files)}", f"{size:,.0f}")  # fmt: skip
    print(f"| {library} | {' | '.join(told)} |", flush=True)


def main() -> None:
    """Run each writer in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--writer", choices=WRITERS)
    given = parser.parse_args()
    if given.writer:
        return run_writer(given.writer, given.dataset)
    print("| library | installed MB | s of processor | peak MB | files | MB |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for library in WRITERS:
        try:
            distribution(library)
        except PackageNotFoundError:
            continue
        command = [sys.executable, "-m", "benchmarks.parquet_bench", str(given.dataset)]
        subprocess.run([*command, "--writer", library], check=True)
    return None


if __name__ == "__main__":
    main()
