"""Datasets that tests make of reports, in the process of the test where that is all the same."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from extract.limits import LIMITS, Limits
from prongsai import pipeline, review
from prongsai.packets import Packet
from prongsai.pipeline import Extracted, Summary
from prongsai.review import Applied
from prongsai.steps import Tell, silent
from prongsai.tasks import NotOpened, Task, carry_out

CHECKLIST = """# องค์การบริหารส่วนตำบลบ่อแก้ว อำเภอสะเมิง จังหวัดเชียงใหม่ (ข้อมูลสมมติ)
แบบตรวจสอบการเปิดเผยข้อมูลสาธารณะ ปีงบประมาณ พ.ศ. ๒๕๖๖

| ข้อ | ข้อมูล | ผลการดำเนินการ |
| --- | --- | --- |
| O๑ | โครงสร้าง | ดำเนินการครบถ้วน |
| O๒ | ข้อมูลผู้บริหาร | ไม่มี |
"""


class Here:
    """Carries out tasks at once, in this process."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits

    def submit(self, task: Task) -> Future[Packet]:
        future: Future[Packet] = Future()
        try:
            future.set_result(carry_out(task.request(), self.limits))
        except NotOpened as error:
            future.set_exception(error)
        return future


def written(out: Path) -> dict[str, bytes]:
    """Return every file of a dataset."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


def extract(paths: Sequence[Path], out: Path) -> Extracted:
    return pipeline.extract_reports(paths, out, Here())


def normalize(out: Path, tell: Tell = silent) -> Summary:
    return pipeline.normalize_reports(out, Here(), tell)


def make_dataset(paths: Sequence[Path], out: Path) -> Summary:
    extract(paths, out)
    return normalize(out)


def apply(out: Path, file: Path, by: str) -> Applied:
    return review.apply_review(out, file, by, Here())


def undo(out: Path, ids: Sequence[str]) -> Applied:
    return review.undo_review(out, ids, Here())
