"""The recogniser of lines, on lines of the sample reports that are printed, worn and cut out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from extract.scan.alphabet import Alphabet
from extract.scan.engine import Cluster, EngineError, Reading
from extract.scan.recogniser import Recogniser, _as_written
from extract.scan.strips import HEIGHT, SIDE, fitted
from training.pages import PageLine, page_lines

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "raw"
# Reports with Thai digits and with Arabic ones.
THAI, ARABIC = "than-tua-yang-tm-2567.pdf", "thung-sai-rung-sao-2567.pdf"
DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"


@pytest.fixture(scope="module")
def engine() -> Recogniser:
    return Recogniser()


def lines_of(name: str, dpi: int) -> list[PageLine]:
    return list(page_lines(SAMPLES / name, dpi, np.random.default_rng(5)))[:150]


@pytest.mark.parametrize("name", [THAI, ARABIC])
@pytest.mark.parametrize(("dpi", "most"), [(200, 0.02), (300, 0.02)])
def test_reads_worn_reports(engine: Recogniser, name: str, dpi: int, most: float) -> None:
    lines = lines_of(name, dpi)
    readings = engine.read([line.grey for line in lines])
    wrong = characters = 0
    for line, reading in zip(lines, readings, strict=True):
        wrong += Levenshtein.distance(line.text, reading.text)
        characters += len(line.text)
        wanted = [one for one in line.text if one in DIGITS]
        assert [one for one in reading.text if one in DIGITS] == wanted, line.text
    assert wrong <= most * characters


def test_a_line_reads_the_same_alone_and_among_others(engine: Recogniser) -> None:
    lines = lines_of(THAI, 200)[:12]
    together = engine.read([line.grey for line in lines])
    for line, reading in zip(lines, together, strict=True):
        assert engine.read([line.grey])[0].text == reading.text


def test_clusters_stand_where_their_ink_is(engine: Recogniser) -> None:
    first, second = [line.grey for line in lines_of(THAI, 200) if len(line.text) > 8][:2]
    rows = max(len(first), len(second))
    first, second = (
        np.pad(one, ((0, rows - len(one)), (0, 40)), constant_values=int(one.max()))
        for one in (first, second)
    )
    alone = engine.read([first, second])
    joined = engine.read([np.concatenate((first, second), axis=1)])[0]
    seam = first.shape[1]
    for cluster in joined.clusters:
        assert 0 <= cluster.x0 < cluster.x1 <= seam + second.shape[1]
        assert 0 < cluster.confidence <= 1
    starts = [cluster.x0 for cluster in joined.clusters]
    assert starts == sorted(starts)
    left = "".join(one.text for one in joined.clusters if one.x1 <= seam - 20)
    right = "".join(one.text for one in joined.clusters if one.x0 >= seam)
    assert (left.strip(), right.strip()) == (alone[0].text, alone[1].text)


@pytest.mark.parametrize("shape", [(30, 200), (1, 1), (3, 400), (400, 3), (0, 0), (0, 20)])
@pytest.mark.parametrize("level", [255, 200])
def test_paper_without_ink_reads_as_nothing(
    engine: Recogniser, shape: tuple[int, int], level: int
) -> None:
    assert engine.read([np.full(shape, level, np.uint8)]) == [Reading(())]
    assert engine.read([]) == []


def test_missing_or_damaged_weights_say_what_to_do(tmp_path: Path) -> None:
    damaged = tmp_path / "lines.onnx"
    for content in (None, b"", b"no network"):
        if content is not None:
            damaged.write_bytes(content)
        with pytest.raises(EngineError, match="install Prongsai again"):
            Recogniser(damaged)


def test_name_tells_the_version(engine: Recogniser) -> None:
    assert engine.name.split()[1].isdigit()


def test_strip_of_a_line() -> None:
    line = np.full((20, 50), 220, np.uint8)
    line[5:15, 10:12] = 30
    strip, enlarged = fitted(line)
    assert strip.shape == (HEIGHT, 100 + 2 * SIDE)
    assert enlarged == 2.0
    columns = np.flatnonzero(strip.max(axis=0) > 128)
    assert abs(columns.mean() - (SIDE + 11 * enlarged)) < 1
    assert fitted(np.full((80, 40), 255, np.uint8))[0].shape == (HEIGHT, 20 + 2 * SIDE)


@pytest.mark.parametrize("text", ["ผู้ที่น้ำ", "เแ๑O0๐", "สิทธิ์ ๆ ฯ", "87.65 %", ""])
def test_alphabet_round_trip(text: str) -> None:
    alphabet = Alphabet.load()
    assert "".join(map(alphabet.text, alphabet.clusters(text))) == text


@pytest.mark.parametrize("text", ["\u0e48", "ก\u0e48\u0e48", "ก\u0e48\u0e31", "1\u0e48", "漢"])
def test_alphabet_refuses_what_it_cannot_write(text: str) -> None:
    assert not Alphabet.load().can_write(text)


def test_alphabet_has_all_twenty_digits_and_the_letters() -> None:
    alphabet = Alphabet.load()
    assert set(DIGITS) <= set(alphabet.bases)
    assert set(map(chr, range(0x0E01, 0x0E2F))) <= set(alphabet.bases)
    assert len(set(alphabet.bases)) == len(alphabet.bases)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("\u0e25Iท", "\u0e25เท"),
        ("IIล", "แล"),
        ("งUป", "งบป"),
        ("I ล", "I ล"),
        ("OITล", "OITล"),
        ("AIล", "AIล"),
        ("S๐ny", "Sony"),
        ("/๐29", "/o29"),
        ("sa0.th", "sao.th"),
        ("w0rk", "work"),
        ("web05.th", "web05.th"),
        ("O0", "O0"),
        ("O๐๑", "O๐๑"),
        ("๐.๕๐", "๐.๕๐"),
        (["จ๋", "ำ"], "จำ"),
        (["น้", "ำ"], "น้ำ"),
    ],
)
def test_what_no_text_has_is_put_right(read: Sequence[str], said: str) -> None:
    clusters = tuple(Cluster(letter, n, n + 1, 0.9) for n, letter in enumerate(read))
    reading = Reading(_as_written(clusters))
    assert reading.text == said
    assert (reading.clusters[0].x0, reading.clusters[-1].x1) == (0, len(read))
