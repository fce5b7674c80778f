"""Plain reports with names that want to lead out of their folder, or to be run."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

REPORT = "ข้อ\tข้อมูล\tสถานะ\n๑\tโครงสร้าง\tมี\n"
# The folder of a name is a folder: "<" with "script>.txt" in it has the name "</script>.txt".
NAMES: tuple[bytes, ...] = (
    b"line\nfeed.txt",
    b"carriage\rreturn.txt",
    b"tab\there.txt",
    b"..\\..\\up.txt",
    b"..%2f..%2fup.txt",
    b"...txt",
    b"-rf.txt",
    b"--out.txt",
    b"\xff\xfe\x80.txt",
    b"\xed\xa0\x80.txt",
    b"\x1b[2J\x1b[31mred\x1b[0m.txt",
    b"bell\x07.txt",
    b"=cmd|'!A1.txt",
    b"@SUM(1).txt",
    b"$(touch x).txt",
    b"`id`;x&.txt",
    b"' OR 1=1.txt",
    b'a",b,"c.txt',
    b"</script>.txt",
    b"<img src=x onerror=alert(1)>.txt",
    b"[red]x[/red].txt",
    b"{0}%s%n.txt",
    b"CON.txt",
    b" .txt",
    "\u202etxt.exe.txt".encode(),
    "e\u0301 \u0e01\u0e4d\u0e32.txt".encode(),
    b"a" * 251 + b".txt",
)


def write(folder: Path) -> list[Path]:
    """Write a report under each name that the file system takes; the reports differ."""
    paths = []
    for number, name in enumerate(NAMES):
        path = folder / os.fsdecode(name)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{REPORT}๒\tรายงาน {number}\tมี\n", "utf-8")
            paths.append(path)
    return paths
