"""Tesseract behind the interface: what it answers, and every way in which it can fail."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from extract.scan import tesseract
from extract.scan.engine import EngineError, Grey
from extract.scan.tesseract import Tesseract

# Lays a program named tesseract on the PATH, which does what the given Python lines say.
Program = Callable[[str], None]
BLANK: Grey = np.full((40, 200), 255, np.uint8)
HEALTHY = """
if "--version" in sys.argv:
    print("tesseract 9.9")
elif "--list-langs" in sys.argv:
    print("eng\\ntha")
else:
    pictures = open(sys.argv[1]).read().split()
    output = sys.argv[2] + ".hocr"
"""
PAGE = "<div class='ocr_page'>{}</div>"
WORD = "<span class='ocrx_word'>{}</span>"
CHARACTER = "<span class='ocrx_cinfo' title='x_bboxes {} 0 {} 30; x_conf {}'>{}</span>"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    def lay(code: str) -> None:
        path = tmp_path / "bin" / "tesseract"
        path.parent.mkdir()
        path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{code}", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("PATH", str(path.parent), prepend=os.pathsep)

    return lay


def answering(*pages: str) -> str:
    html = "<html xmlns='http://www.w3.org/1999/xhtml'><body>" + "".join(pages) + "</body></html>"
    return f"{HEALTHY}    open(output, 'w', encoding='utf-8').write({html!r})\n"


def word(*characters: tuple[int, int, float, str]) -> str:
    return WORD.format("".join(CHARACTER.format(*character) for character in characters))


def test_missing_program_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match=r"not installed.*tesseract-ocr-tha"):
        Tesseract()


def test_missing_thai_data_says_what_to_install(program: Program) -> None:
    program(HEALTHY.replace("\\ntha", ""))
    with pytest.raises(EngineError, match=r"lacks the language data tha.*tesseract-ocr-tha"):
        Tesseract()


def test_name_is_what_the_program_says(program: Program) -> None:
    program(HEALTHY)
    assert Tesseract().name == "tesseract 9.9 tha+eng"


def test_hang_is_ended_with_all_that_it_started(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(f"{HEALTHY}    os.fork()\n    time.sleep(60)\n")
    engine = Tesseract()
    monkeypatch.setattr(tesseract, "DEADLINE_SECONDS", 0.5)
    start = time.monotonic()
    with pytest.raises(EngineError, match=r"did not answer in 0\.5 seconds"):
        engine.read([BLANK])
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("os.abort()", "ended by signal 6"),
        ("sys.exit('no memory')", "failed with code 1: no memory"),
    ],
)
def test_crash_is_an_error(program: Program, end: str, said: str) -> None:
    program(f"{HEALTHY}    {end}\n")
    with pytest.raises(EngineError, match=said):
        Tesseract().read([BLANK])


@pytest.mark.parametrize(
    "content", ["", "<html><", "\0\1\2", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;"]
)
def test_garbage_is_an_error(program: Program, content: str) -> None:
    program(f"{HEALTHY}    open(output, 'w').write({content!r})\n")
    with pytest.raises(EngineError, match="answer"):
        Tesseract().read([BLANK])


def test_no_answer_is_an_error(program: Program) -> None:
    program(f"{HEALTHY}    pass\n")
    with pytest.raises(EngineError, match="cannot be read"):
        Tesseract().read([BLANK])


def test_answer_for_too_few_lines_is_an_error(program: Program) -> None:
    program(answering(PAGE.format("")))
    with pytest.raises(EngineError, match="1 of 2 lines"):
        Tesseract().read([BLANK, BLANK])


def test_nothing_to_read_starts_nothing(program: Program) -> None:
    program(f"{HEALTHY}    sys.exit(1)\n")
    engine = Tesseract()
    assert engine.read([]) == []
    (reading,) = engine.read([np.full((2, 50), 255, np.uint8)])
    assert reading.clusters == ()


def test_marks_join_their_letter_and_sara_am_is_whole(program: Program) -> None:
    letters = [(10, 20, 99, "น"), (10, 35, 98.7, "้"), (10, 20, 99.5, "ํ"), (30, 40, 99.5, "า")]
    program(answering(PAGE.format(word(*letters))))
    (reading,) = Tesseract().read([BLANK])
    assert reading.text == "น้ำ"
    assert [(c.text, c.x0, c.x1, c.confidence) for c in reading.clusters] == [
        ("น้", 0, 20, 0.92),
        ("ำ", 20, 30, 0.993),
    ]


def test_only_words_that_stand_apart_have_a_space(program: Program) -> None:
    words = [word((10, 20, 99, "ก")), word((22, 30, 99, "ข")), word((60, 70, 99, "a"))]
    program(answering(PAGE.format("".join(words))))
    (reading,) = Tesseract().read([BLANK])
    assert reading.text == "กข a"


def test_thai_digit_is_never_sure(program: Program) -> None:
    program(answering(PAGE.format(word((10, 20, 99.9, "๕"), (20, 30, 99.9, "5")))))
    (reading,) = Tesseract().read([BLANK])
    assert [c.confidence for c in reading.clusters] == [0.0, 0.993]
