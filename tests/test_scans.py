"""Scans from the file to the tables: the sample reports, printed, skewed and scanned."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from extract import Document, read_bytes, read_report
from extract.document import UNSURE_DIGIT
from extract.scan import reader
from extract.scan.engine import Cluster, EngineError, Grey, Reading
from extract.unsure import doubted, guessed, shown
from normalize import normalize_documents
from normalize.agencies.registry import Registry
from normalize.score_reading import find_scores
from normalize.tables import SourceFile
from normalize.witness import contradicted, halved

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
CHECKLIST = RAW / "thung-sai-rung-sao-2567.pdf"
DOTS = 200


def printed(path: Path, pages: int | None = None) -> list[Image.Image]:
    """The pages of a report as a printer would print them."""
    with pypdfium2.PdfDocument(path) as document:
        views = list(document)[:pages]
        return [view.render(scale=DOTS / 72).to_pil().convert("L") for view in views]


def scanned(page: Image.Image, turn: float = 0.0, seed: int = 1) -> Image.Image:
    """A page as a scanner gives it: turned (degrees, anticlockwise), grey and noisy."""
    turned = page.rotate(turn, Image.Resampling.BICUBIC, expand=turn % 90 == 0, fillcolor=255)
    noise = np.random.default_rng(seed).normal(0, 6, (turned.height, turned.width))
    grey = 20 + np.asarray(turned, np.float64) * 0.85 + noise
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def saved(pages: list[Image.Image], kind: str = "PDF") -> bytes:
    out = BytesIO()
    first, *others = pages
    if kind in ("PDF", "TIFF"):
        first.save(out, kind, resolution=DOTS, save_all=True, append_images=others)
    else:
        first.save(out, kind, dpi=(DOTS, DOTS))
    return out.getvalue()


def cell_texts(document: Document) -> list[str]:
    cells = (cell for table in document.tables for cell in table.cells)
    return ["".join(cell.text.split()) for cell in cells if cell.text]


def same_share(document: Document, wanted: Document) -> float:
    """The share of the cells of one reading that the other has too."""
    found = cell_texts(document)
    right = 0
    for text in cell_texts(wanted):
        if text in found:
            found.remove(text)
            right += 1
    return right / len(cell_texts(wanted))


# Those that read one scan go to one worker.
of_one_scan = pytest.mark.xdist_group("scan")


@pytest.fixture(scope="module")
def text_layer() -> Document:
    return read_report(CHECKLIST)


@pytest.fixture(scope="module")
def scan() -> Document:
    pages = [scanned(page, 1.2, seed) for seed, page in enumerate(printed(CHECKLIST))]
    return read_bytes(saved(pages), "scan.pdf")


@of_one_scan
def test_scan_reads_like_the_report_that_was_printed(scan: Document, text_layer: Document) -> None:
    assert (scan.status, scan.text_source) == ("ok", "ocr")
    assert scan.page_count == text_layer.page_count
    assert same_share(scan, text_layer) > 0.85


@of_one_scan
def test_cells_of_a_scan_say_how_sure_they_are_and_where_they_stand(
    scan: Document, text_layer: Document
) -> None:
    where = {"".join(c.text.split()): c.place for t in text_layer.tables for c in t.cells}
    near = []
    for cell in (cell for table in scan.tables for cell in table.cells if cell.text):
        assert cell.source == "ocr"
        assert cell.confidence is not None
        assert 0 < cell.confidence <= 1
        wanted = where.get("".join(cell.text.split()))
        if wanted and wanted.page == cell.place.page and wanted.box and cell.place.box:
            middle = [sum(box[0::2]) / 2 for box in (wanted.box, cell.place.box)]
            near.append(abs(middle[0] - middle[1]) < 25)
    assert np.mean(near) > 0.9


@of_one_scan
def test_items_of_a_scan_are_those_of_the_report(scan: Document, text_layer: Document) -> None:
    registry = Registry.load(RAW / "agencies.csv")
    found = []
    for document in (scan, text_layer):
        source = SourceFile(document.source_file, document.document_id, "")
        tables = normalize_documents([source], [document], registry)
        items = tables["items"]
        sure = items[items["match_status"] == "accepted"]
        found.append(set(zip(sure["item_no"], sure["status"], strict=True)))
    read, wanted = found
    assert len(wanted) > 20
    assert len(read & wanted) >= 0.9 * len(wanted)
    assert len(read - wanted) <= 0.03 * len(wanted)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_that_lies_on_its_side_or_head_is_set_upright(turn: int, text_layer: Document) -> None:
    page = scanned(printed(CHECKLIST, 1)[0], turn)
    document = read_bytes(saved([page], "PNG"), "scan.png")
    first = [c for t in text_layer.tables for c in t.cells if c.place.page == 1 and c.text]
    read = cell_texts(document)
    right = sum("".join(cell.text.split()) in read for cell in first)
    assert right > 0.8 * len(first)
    width, height = (s * 72 / DOTS for s in page.size)
    for cell in (cell for table in document.tables for cell in table.cells):
        box = cell.place.box
        assert box is not None
        assert -5 <= box.x0 < box.x1 <= width + 5
        assert -5 <= box.top < box.bottom <= height + 5


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_pictures_are_reports_too(kind: str, text_layer: Document) -> None:
    pages = [scanned(page) for page in printed(CHECKLIST, 2)]
    document = read_bytes(saved(pages, kind), f"scan.{kind.lower()}")
    assert (document.status, document.text_source) == ("ok", "ocr")
    assert document.page_count == (2 if kind == "TIFF" else 1)
    assert len(set(cell_texts(document)) & set(cell_texts(text_layer))) > 20


def test_page_with_text_beside_a_scanned_one_keeps_its_text() -> None:
    with (
        pypdfium2.PdfDocument(CHECKLIST) as report,
        pypdfium2.PdfDocument(saved([scanned(printed(CHECKLIST, 2)[1])])) as other,
        pypdfium2.PdfDocument.new() as made,
    ):
        made.import_pages(report, [0])
        made.import_pages(other, [0])
        out = BytesIO()
        made.save(out)
    document = read_bytes(out.getvalue(), "mixed.pdf")
    assert document.text_source == "mixed"
    sources = {c.place.page: c.source for t in document.tables for c in t.cells}
    assert sources == {1: "text_layer", 2: "ocr"}
    assert [issue.code for issue in document.issues if issue.page == 2][:1] == ["pages_recognised"]


def test_photograph_and_blank_page_are_no_report() -> None:
    waves = np.add.outer(np.sin(np.arange(900) / 40), np.sin(np.arange(700) / 55))
    photograph = Image.fromarray((128 + 60 * waves).astype(np.uint8))
    for page in (photograph, Image.new("L", (1000, 1400), 255)):
        document = read_bytes(saved([page], "PNG"), "a.png")
        assert document.status == "failed"
        assert not document.tables
        assert document.error


def test_engine_that_fails_leaves_the_pages_with_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        name = "broken"

        def read(self, lines: list[Grey]) -> list[Reading]:
            raise EngineError("it hangs: run again")

    monkeypatch.setattr(reader, "default_engine", Broken)
    document = read_bytes(saved([scanned(printed(CHECKLIST, 1)[0])]), "scan.pdf")
    assert document.status == "failed"
    assert "run again" in document.error
    assert "recognition_failed" in [issue.code for issue in document.issues]


def test_number_with_an_unsure_digit_is_no_number() -> None:
    text = "ปี 256" + doubted("7") + " ได้ " + doubted("๘") + "๗.๖๕ คะแนน ข้อ 12"
    box = UNSURE_DIGIT
    assert shown(text) == f"ปี {4 * box} ได้ {2 * box}.{2 * box} คะแนน ข้อ 12"
    assert guessed(text) == "ปี 2567 ได้ ๘๗.๖๕ คะแนน ข้อ 12"


def test_scores_that_do_not_add_up_are_doubtful_unless_another_sum_proves_them() -> None:
    indicators = {f"indicator:{n}": 80.0 + n for n in range(1, 11)}
    values = {**indicators, "instrument:IIT": 83.0, "instrument:EIT": 87.0, "instrument:OIT": 89.5}
    assert contradicted(2567, {**values, "overall": 86.8}) == set()
    wrong_total = contradicted(2567, {**values, "overall": 36.8})
    assert wrong_total == {"overall"}
    wrong_part = contradicted(2567, {**values, "indicator:2": 32.0, "overall": 86.8})
    assert wrong_part == {f"indicator:{n}" for n in range(1, 6)}


@pytest.mark.parametrize(
    ("printed", "doubtful"),
    [
        (("85.00", "39", "91.20", "77.10"), {1}),
        (("85.00", "100", "91.20", "0", "77.10"), set()),
        (("85", "90", "91.20", "77"), set()),
        (("85.00", "39"), {1}),
        (("85", "39"), set()),
    ],
)
def test_whole_number_among_scores_with_decimals_may_be_half_of_one(
    printed: tuple[str, ...], doubtful: set[int]
) -> None:
    assert halved(printed) == doubtful


@pytest.mark.parametrize(("confidence", "count"), [(None, 5), (0.99, 4)])
def test_half_of_a_score_in_a_picture_is_a_doubt(confidence: float | None, count: int) -> None:
    """In a text file the same number counts: there nothing is lost."""
    rows = ["1. การปฏิบัติหน้าที่ | 85.00", "2. การใช้งบประมาณ | 39", "3. การใช้อำนาจ | 91.20"]
    rows += ["4. การใช้ทรัพย์สินของราชการ | 77.10", "5. การแก้ไขปัญหาการทุจริต | 70.55"]
    text = "\n".join(f"| {row} |" for row in ("ตัวชี้วัด | คะแนน", "--- | ---", *rows))
    document = read_bytes(text.encode(), "a.md")
    (table,) = document.tables
    cells = tuple(replace(cell, confidence=confidence) for cell in table.cells)
    document = replace(document, blocks=(replace(table, cells=cells),))
    sure = [score.value for score in find_scores(document, 2566, ()) if not score.doubt]
    assert len(sure) == count
    assert (39.0 in sure) is (confidence is None)


def test_digit_that_the_second_reader_does_not_see_is_unsure() -> None:
    from extract.scan.digits import Digits
    from extract.scan.witnessed import Witnessed

    class Guessing:
        name = "guessing"

        def read(self, lines: list[Grey]) -> list[Reading]:
            return [Reading((Cluster("7", 0.0, float(line.shape[1]), 0.99),)) for line in lines]

    blank = np.full((40, 30), 255, np.uint8)
    (reading,) = Witnessed(Guessing(), Digits()).read([blank])
    assert reading.text == doubted("7")
