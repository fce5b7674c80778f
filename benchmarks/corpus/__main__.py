"""``python -m benchmarks.corpus OUT --seed N [--producers chromium,...]``."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from .fonts import needs_shaping, thai_fonts
from .gold import gold
from .layouts import LAYOUTS, compose
from .producers import PRODUCERS, UNSHAPED, MissingProgramError
from .turn import turn


def main() -> int:
    """Make a corpus; return 0, or 4 where a producer is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the PDFs and their gold")
    parser.add_argument("--seed", type=int, required=True, help="decides content and layout")
    parser.add_argument("--producers", default=",".join(PRODUCERS), help="names, by commas")
    parser.add_argument("--layouts", default=",".join(LAYOUTS), help="names, by commas")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    missing = []
    for producer in given.producers.split(","):
        start = time.monotonic()
        fonts = [
            name for name in thai_fonts() if producer not in UNSHAPED or not needs_shaping(name)
        ]
        reports = [
            compose(given.seed, producer, layout, fonts) for layout in given.layouts.split(",")
        ]
        try:
            PRODUCERS[producer](reports, given.out)
        except (MissingProgramError, ImportError, subprocess.SubprocessError) as error:
            missing.append(producer)
            detail = getattr(error, "stderr", b"") or b""
            text = detail.decode(errors="replace")[-400:]
            print(f"warning: no {producer}: {error} {text}", file=sys.stderr)
            continue
        pages = 0
        for report in reports:
            path = given.out / f"{report.name}.pdf"
            pages += turn(path, report.style.turn)
            content = json.dumps(gold(report), ensure_ascii=False, indent=1)
            path.with_suffix(".json").write_text(content + "\n", encoding="utf-8")
        seconds = time.monotonic() - start
        print(f"{producer}: {len(reports)} reports, {pages} pages, {seconds:.1f} s")
    if missing:
        print(f"left out: {', '.join(missing)}")
    return 4 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
