"""A run in parts, on several machines or none: the same bytes as one run on one machine."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasets import CHECKLIST, Here, extract, make_dataset, normalize, written

from benchmarks.scale_bench import cluster
from extract.limits import LIMITS
from prongsai import pipeline
from prongsai.cluster import Cluster
from prongsai.errors import ExitCode, NoInputError, UsageError
from prongsai.places import place
from prongsai.shards import Shard
from prongsai.store import Store

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Twelve reports, of which the last is a copy and one is empty, with agencies of their own."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.txt").write_text(f"{CHECKLIST}\nฉบับที่ {number}\n", "utf-8")
    (folder / "a.txt").write_bytes(b"")
    (folder / "z.txt").write_bytes((folder / "0.txt").read_bytes())
    (folder / "agencies.csv").write_text(
        "agency_code,agency_type,agency_name,district,province\nX1,อบต.,สมมติ,สมมติ,เชียงใหม่\n",
        "utf-8",
    )
    return folder


def read_shard(raw: Path, out: Path, shard: str) -> Path:
    pipeline.extract_reports([raw], out, Here(), shard=Shard.of(shard))
    return out


def test_shards_have_each_report_once() -> None:
    names = [f"{n}.pdf" for n in range(1000)]
    shares = [[name for name in names if Shard(i, 7).has(name)] for i in range(1, 8)]
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert all(100 < len(share) < 190 for share in shares)


def test_merged_shards_are_what_one_run_writes(raw: Path, tmp_path: Path) -> None:
    make_dataset([raw], tmp_path / "whole")
    shards = [read_shard(raw, tmp_path / f"shard{i}", f"{i}/3") for i in (1, 2, 3)]
    normalize(shards[1])
    out = tmp_path / "out"
    for _ in range(2):
        pipeline.merge_shards(shards, out)
        normalize(out)
        assert written(out) == written(tmp_path / "whole")


def test_shards_that_do_not_belong_together_are_refused(raw: Path, tmp_path: Path) -> None:
    shards = [read_shard(raw, tmp_path / f"shard{i}", f"{i}/2") for i in (1, 2)]
    with pytest.raises(UsageError, match="is a shard itself"):
        pipeline.merge_shards(shards, shards[0])
    with pytest.raises(NoInputError, match="no extracted reports"):
        pipeline.merge_shards([*shards, tmp_path / "none"], tmp_path / "out")
    with pytest.raises(UsageError, match="the shards 2/2 are not among"):
        pipeline.merge_shards(shards[:1], tmp_path / "out")
    pipeline.extract_reports([raw], tmp_path / "off", Here(), "off")
    with pytest.raises(UsageError, match="by other versions of the program, or other options"):
        pipeline.merge_shards([*shards, tmp_path / "off"], tmp_path / "out")
    (raw / "1.txt").write_text(CHECKLIST, "utf-8")
    extract([raw], tmp_path / "other")
    with pytest.raises(UsageError, match=r"by the name of 1\.txt"):
        pipeline.merge_shards([*shards, tmp_path / "other"], tmp_path / "out")
    (raw / "agencies.csv").unlink()
    extract([raw], tmp_path / "other")
    with pytest.raises(UsageError, match="files of extra agencies"):
        pipeline.merge_shards([*shards, tmp_path / "other"], tmp_path / "out")
    assert not (tmp_path / "out" / "cells.csv").exists()


def test_a_shard_without_reports_is_a_dataset_too(raw: Path, tmp_path: Path) -> None:
    names = [path.name for path in raw.iterdir()]
    empty = next(i for i in range(1, 41) if not any(Shard(i, 40).has(name) for name in names))
    command = ["-m", "prongsai", "run", raw, "--out", tmp_path / "none", "--shard", f"{empty}/40"]
    done = subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, capture_output=True)
    assert done.returncode == ExitCode.DONE, done.stderr
    whole = read_shard(raw, tmp_path / "whole", "1/1")
    others = [read_shard(raw, tmp_path / f"{i}", f"{i}/40") for i in range(1, 41) if i != empty]
    pipeline.merge_shards([tmp_path / "none", *others], tmp_path / "out")
    assert (tmp_path / "out" / "cells.csv").read_bytes() == (whole / "cells.csv").read_bytes()


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"])
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="from 1/n to n/n"):
        Shard.of(text)


@pytest.mark.parametrize("address", ["file://{raw}", "memory://reports"])
def test_reports_at_an_address(raw: Path, tmp_path: Path, address: str) -> None:
    pytest.importorskip("upath", reason="what reads addresses is not installed")
    where = place(address.format(raw=raw))
    if address.startswith("memory"):
        for path in raw.iterdir():
            (where / path.name).write_bytes(path.read_bytes())
    make_dataset([where], tmp_path / "out")
    make_dataset([raw], tmp_path / "local")
    assert Store(tmp_path / "out").raw_folders() == [where]
    there, here = written(tmp_path / "out"), written(tmp_path / "local")
    differ = {name for name in here if there[name] != here[name]}
    assert differ <= {"documents/raw.json", "parts/stages.json"}  # which say where they were


def test_an_address_of_no_kind_is_refused() -> None:
    pytest.importorskip("upath", reason="what reads addresses is not installed")
    with pytest.raises(UsageError, match="cannot be read"):
        place("nothing://bucket/reports")


@pytest.fixture
def started() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler of this machine, and its two workers."""
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    with cluster(2) as address_and_workers:
        yield address_and_workers


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    started: tuple[str, list[subprocess.Popen[bytes]]], raw: Path, tmp_path: Path
) -> None:
    address, workers = started
    out = tmp_path / "out"
    command = ["-m", "prongsai", "extract", str(raw), "--out", str(out), "--scheduler", address]
    run = subprocess.Popen([sys.executable, *command], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    while run.poll() is None and not [*out.glob("parts/*.extract")]:
        time.sleep(0.05)
    workers[0].kill()
    _, told = run.communicate(timeout=200)
    assert run.returncode == ExitCode.SOME_FAILED, told  # one of the reports is empty
    (out / ".lock").unlink()
    extract([raw], tmp_path / "local")
    assert written(out) == written(tmp_path / "local")


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

    def refuse(*_: object, **__: object) -> None:
        raise OSError("Timed out trying to connect")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(NoInputError, match="no scheduler with workers answers at tcp://nowhere:1"):
        Cluster("tcp://nowhere:1", LIMITS).__enter__()
