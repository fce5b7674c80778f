"""What a run tells of its progress: figures that a person can believe."""

from __future__ import annotations

import pytest

from prongsai import terminal
from prongsai.steps import Step
from prongsai.terminal import LOOKED_BACK, Pace, progress


def step(pages: int = 5, error: str = "", is_new: bool = True, total: int = 1000) -> Step:
    return Step("extract", total, "a.pdf", pages, error, is_new)


def test_pace_tells_what_is_done_how_fast_and_how_long_it_will_take() -> None:
    pace = Pace(1000)
    for second in range(101):
        pace.add(step(error="broken" if second % 50 == 0 else ""), float(second))
    assert str(pace) == "101 of 1,000 reports, 5.0 pages/s, 3 failed, 15 min left"


def test_pace_is_that_of_the_last_minute() -> None:
    pace = Pace(100_000)
    for _ in range(50_000):  # what is there already takes no time, and is no pace
        pace.add(step(is_new=False), 0.5)
    for second in range(1, 3 * LOOKED_BACK):
        pace.add(step(), float(second))
    assert "50,179 of 100,000 reports, 5.0 pages/s, 13 h 50 min left" in str(pace)


def test_nothing_is_promised_before_there_is_a_pace() -> None:
    pace = Pace(10)
    pace.add(step(), 0.0)
    assert str(pace) == "1 of 10 reports"


def test_a_line_now_and_then_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 200, 2))
    monkeypatch.setattr(terminal.time, "monotonic", lambda: float(next(clock)))
    with progress() as tell:
        for _ in range(40):
            tell(step(total=40))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("reading: 15 of 40 reports, 2.")
    assert lines[0].endswith(" left")
