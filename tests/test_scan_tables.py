"""What a scanned table lost by the picture alone: shades, gaps, sizes, stamps, resolution."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from extract.document import HIDDEN
from extract.grid import Grid
from extract.pdf.page import page_blocks
from extract.pdf.ruled import joined
from extract.pdf.shapes import Rule
from extract.pdf.sheet import Sheet
from extract.scan.commas import with_commas, with_doubts, with_points
from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.heights import without_notes
from extract.scan.lines import text_lines
from extract.scan.page import read_scan
from extract.scan.paper import evened
from extract.scan.picture import PagePicture, frame_picture, pdf_picture
from extract.scan.rules import ruled_lines
from extract.scan.upright import lie
from extract.unsure import doubted, guessed, shown

DOTS = 200
POINT = DOTS / 72
LETTER = "\u0e01"


class Letters:
    """Reads letters that white parts, narrow ones as digits, low ones as dashes, and wide gaps."""

    name = "letters"

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        return [Reading(tuple(self._clusters(line))) for line in lines]

    @staticmethod
    def _clusters(line: Grey) -> list[Cluster]:
        dark = (line < 128).any(axis=0)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], dark, [False])).astype(np.int8)))
        made: list[Cluster] = []
        for start, end in edges.reshape(-1, 2).tolist():
            if made and start - made[-1].x1 > 0.35 * 12 * POINT:
                made.append(Cluster(" ", made[-1].x1, start, 0.9))
            is_low = (line[:, start:end] < 128).any(axis=1).sum() < POINT
            text = "-" if is_low else LETTER if end - start > 5 * POINT else "1"
            made.append(Cluster(text, start, end, 0.9))
        return made


def page(fill: int = 255) -> Image.Image:
    return Image.new("L", (round(595 * POINT), round(842 * POINT)), fill)


def written(
    picture: Image.Image,
    x: float,
    base: float,
    letters: int,
    high: float = 7.2,
    pitch: float = 7.3,
    fill: int = 0,
) -> float:
    """Draw round letters so many points high and apart; return where they end."""
    pen = ImageDraw.Draw(picture)
    for n in range(letters):
        left = x + n * pitch
        box = (left, base - high, left + 0.86 * pitch, base)
        pen.ellipse([one * POINT for one in box], outline=fill, width=3)
    return x + letters * pitch


def grey(picture: Image.Image) -> Grey:
    return np.asarray(picture.convert("L"), np.uint8).copy()


def scan(picture: Image.Image) -> Sheet:
    return read_scan(PagePicture(grey(picture), DOTS), Letters())


def grids(sheet: Sheet) -> list[Grid]:
    return [block for block in page_blocks(sheet, 1, []) if isinstance(block, Grid)]


def test_shades_are_found_beside_a_shadow() -> None:
    """Where the binding lifts the page, its shadow ran into the shaded rows."""
    picture = page()
    for n in range(4):
        box = (50, 100 + 60 * n, 545, 130 + 60 * n)
        ImageDraw.Draw(picture).rectangle([one * POINT for one in box], fill=235)
    away = np.arange(picture.width) / picture.width
    dark = (grey(picture) * (1 - 0.5 * np.exp(-away / 0.04))).astype(np.uint8)
    shades = evened(dark, DOTS).shades
    assert [round(shade.top, -1) for shade in shades] == [100, 160, 220, 280]
    assert [(shade.x0, shade.x1) for shade in shades] == [pytest.approx((50, 545), abs=4)] * 4


def test_dark_headers_do_not_hide_how_askew_a_page_lies() -> None:
    """The boxes in which their letters were turned dark are level, with the sharpest edges."""
    picture = page()
    for n in range(4):
        written(picture, 60, 90 + 30 * n, 30 + 7 * n)
    for base in (620, 680):
        written(picture, 80, base, 8)
    dark = grey(picture)
    for top in (596, 656):
        header = dark[round(top * POINT) : round((top + 36) * POINT), 140:1520]
        header[:] = 255 - header
    bilevel = np.where(turned(dark, 1.4) < 128, 0, 255).astype(np.uint8)
    sheet = read_scan(PagePicture(bilevel, DOTS), Letters())
    assert sheet.frame.skew == pytest.approx(1.4, abs=0.1)


def test_shades_hardly_darker_than_grainy_paper_are_found() -> None:
    picture = page(210)
    for n in range(4):
        box = (50, 100 + 60 * n, 545, 130 + 60 * n)
        ImageDraw.Draw(picture).rectangle([one * POINT for one in box], fill=202)
    grain = np.random.default_rng(5).normal(0, 8, (picture.height, picture.width))
    shades = evened(np.clip(grey(picture) + grain, 0, 255).astype(np.uint8), DOTS).shades
    assert [round(shade.top, -1) for shade in shades] == [100, 160, 220, 280]
    assert [(shade.x0, shade.x1) for shade in shades] == [pytest.approx((50, 545), abs=4)] * 4


@pytest.mark.parametrize("bottom", [240, 280])
def test_dark_heading_that_a_stamp_hangs_on_to_is_a_shade(bottom: float) -> None:
    """The stamp is as dark as the heading, and goes on below it."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for box in ((50, 200, 545, 228), (200, 228, 300, bottom)):
        pen.rectangle([one * POINT for one in box], fill=90)
    written(picture, 70, 219, 10, fill=255)
    written(picture, 400, 219, 10, fill=255)
    (shade,) = evened(grey(picture), DOTS).shades
    assert tuple(shade) == pytest.approx((50, 200, 545, 228), abs=3)


def test_shadow_does_not_tell_how_a_page_lies() -> None:
    picture = page()
    for n in range(20):
        written(picture, 60, 90 + 24 * n, 40)
    picture = picture.rotate(-1.5, Image.Resampling.BICUBIC, fillcolor=255)
    ImageDraw.Draw(picture).rectangle((0, 0, 12 * POINT, picture.height), fill=0)
    assert lie(grey(picture), DOTS).skew == pytest.approx(1.5, abs=0.1)


def is_turned(picture: Image.Image) -> bool:
    """Say whether a dark header between 101 and 128 points comes out light."""
    even = evened(grey(picture), DOTS).grey
    inside = even[round(104 * POINT) : round(125 * POINT), round(210 * POINT) : round(538 * POINT)]
    return bool(np.median(inside) == 255)


def test_heading_right_above_a_dark_header_does_not_hide_it() -> None:
    picture = page()
    end = written(picture, 60, 94, 12)
    pen = ImageDraw.Draw(picture)
    pen.line([one * POINT for one in (60, 96, end, 96)], fill=0, width=3)
    pen.rectangle([one * POINT for one in (60, 101, 540, 135)], fill=40)
    written(picture, 80, 122, 20, fill=255)
    assert is_turned(picture)


def test_stamp_beside_a_dark_header_does_not_hide_it() -> None:
    """What it covers above and left of the header is dark together with it."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for box in ((60, 101, 540, 128), (25, 60, 200, 101), (25, 101, 60, 111)):
        pen.rectangle([one * POINT for one in box], fill=0)
    written(picture, 200, 120, 12, fill=255)
    assert is_turned(picture)


def test_black_header_is_one_shade() -> None:
    """What is not quite black between its letters is another grey by a small share of the light."""
    picture = page()
    ImageDraw.Draw(picture).rectangle([one * POINT for one in (50, 100, 545, 145)], fill=6)
    for base in (118, 136):
        written(picture, 60, base, 60, fill=255)
    dark = cv2.GaussianBlur(grey(picture), (0, 0), 1.2)
    (shade,) = evened(dark, DOTS).shades
    assert tuple(shade) == pytest.approx((50, 100, 545, 145), abs=4)


def test_gap_of_less_than_an_em_parts_columns() -> None:
    """An engine reads a space between two columns too; only what a space is wide counts as one."""
    picture = page()
    for n in range(7):
        end = written(picture, 60, 100 + 30 * n, 2, pitch=5)
        written(picture, end + 0.8 * 12, 100 + 30 * n, 9 - n % 3)
        written(picture, 300, 100 + 30 * n, 5)
    (grid,) = grids(scan(picture))
    assert (grid.row_count, grid.width) == (7, 3)


def test_wide_spaces_between_words_part_no_columns() -> None:
    """A typewriter's spaces are wide, which its words tell."""
    picture = page()
    for n in range(7):
        end = 60.0
        for word in (6, 6, 6):
            end = written(picture, end, 100 + 30 * n, word) + 0.75 * 12
        written(picture, 400, 100 + 30 * n, 5)
    (grid,) = grids(scan(picture))
    assert (grid.row_count, grid.width) == (7, 2)


def test_lines_of_about_one_size_share_it() -> None:
    picture = page()
    for n, high in enumerate((7.2, 6.9, 7.2, 7.5, 7.2, 10.0)):
        written(picture, 60, 100 + 30 * n, 20, high, pitch=high)
    sizes = sorted(set(scan(picture).glyphs.size.round(1).tolist()))
    assert sizes == [pytest.approx(12, abs=0.7), pytest.approx(17.2, abs=0.9)]


def test_size_of_a_typewriter_follows_the_width_of_its_letters() -> None:
    picture = page()
    for n in range(5):
        written(picture, 60, 100 + 30 * n, 20, high=4.2, pitch=6.1)
    assert scan(picture).glyphs.size[0] == pytest.approx(10, abs=0.6)


def pdf_of(width: int, height: int, wide: float, tall: float) -> pypdfium2.PdfDocument:
    """A page of A4 with a picture of so many pixels, so many points large."""
    made = io.BytesIO()
    Image.new("L", (width, height), 200).save(made, "JPEG")
    document = pypdfium2.PdfDocument.new()
    sheet = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    made.seek(0)
    picture.load_jpeg(made, inline=True)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(wide, tall))
    sheet.insert_obj(picture)
    sheet.gen_content()
    return document


@pytest.mark.parametrize(
    ("width", "height", "size", "dots"),
    [
        (2479, 3508, (595, 842), 300),
        (1240, 1754, (595, 842), 200),
        (4958, 7016, (595, 842), 300),
        (1000, 1000, (100, 100), 200),  # a logo
    ],
)
def test_page_is_drawn_at_the_resolution_of_its_scan(
    width: int, height: int, size: tuple[float, float], dots: float
) -> None:
    """Small type of a scan of 300 dots was blurred at 200, and its digits were unsure."""
    drawn = pdf_picture(pdf_of(width, height, *size), 1)
    assert drawn.dots_per_inch == pytest.approx(dots, abs=1)


def test_dash_of_small_type_is_read_and_a_speck_is_not() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(4):
        written(picture, 60, 100 + 30 * n, 20, high=3.6, pitch=3.7)
        dash, speck, foot = round(300 * POINT), round(400 * POINT), round((98.5 + 30 * n) * POINT)
        pen.rectangle((dash, foot, dash + 3, foot + 1), fill=0)
        pen.rectangle((speck, foot, speck + 1, foot + 1), fill=0)
    lines = text_lines(grey(picture), [], DOTS).lines
    ends = [(line.left / POINT, line.right / POINT) for line in lines]
    assert sum(right > 300 for _, right in ends) == 4
    assert all(right < 310 for _, right in ends)


def test_mark_upon_a_mark_makes_no_line() -> None:
    picture = page()
    written(picture, 60, 120, 20)
    box = (90, 120 - 7.2 - 8.5, 94, 120 - 7.2 - 1.3)  # as high as a letter
    ImageDraw.Draw(picture).rectangle([one * POINT for one in box], fill=0)
    assert len(text_lines(grey(picture), [], DOTS).lines) == 1


def test_comma_as_high_as_low_letters_is_of_its_line() -> None:
    picture = page()
    end = written(picture, 60, 120, 3, high=4.2)
    box = (end + 1, 118.6, end + 2.5, 121.6)
    ImageDraw.Draw(picture).rectangle([one * POINT for one in box], fill=0)
    written(picture, end + 4, 120, 3, high=4.2)
    assert len(text_lines(grey(picture), [], DOTS).lines) == 1


def text_page() -> Image.Image:
    picture = page()
    for n in range(20):
        written(picture, 60, 100 + 24 * n, 60)
    return picture


def test_print_that_a_paler_stamp_ties_together_is_read() -> None:
    picture = text_page()
    (plain, *_), (line, *_) = (
        text_lines(grey(one), [], DOTS).lines for one in (picture, tied(picture, 120))
    )
    assert (line.left, line.right, line.blots) == (plain.left, plain.right, ())
    assert (line.picture < 60).sum() == pytest.approx((plain.picture < 60).sum(), rel=0.02)


def test_letters_beside_the_frame_of_a_black_stamp_are_unsure() -> None:
    """A letter that touches the frame is gone from the line, as the "not" of a remark was."""
    picture = text_page()
    frame = [one * POINT for one in (150, 200, 250, 186, 258, 246, 158, 260, 150, 200)]
    ImageDraw.Draw(picture).line(frame, fill=0, width=3)
    glyphs = scan(picture).glyphs
    sure = glyphs.confidence[(glyphs.y > 190) & (glyphs.y < 260)]
    assert (sure <= HIDDEN).any()
    assert (sure > HIDDEN).any()
    assert (glyphs.confidence[(glyphs.y < 180) | (glyphs.y > 280)] > HIDDEN).all()


def test_blank_cell_with_ink_that_was_not_read_is_not_surely_blank() -> None:
    """A stamp's frame is cut by the rules of a cell, and a tick that touches it goes with it."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    xs, ys = (60, 200, 300, 400), (100, 140, 180, 220)
    for x in xs:
        pen.line([one * POINT for one in (x, ys[0], x, ys[-1])], fill=0, width=3)
    for y in ys:
        pen.line([one * POINT for one in (xs[0], y, xs[-1], y)], fill=0, width=3)
        written(picture, 66, y + 25, 8)
    for edge in ((230, 214, 270, 146), (330, 176, 370, 144)):
        pen.line([one * POINT for one in edge], fill=0, width=3)
    pen.line([one * POINT for one in (320, 120, 321, 120)], fill=0, width=3)  # a speck
    (grid,) = grids(scan(picture))
    blank = {(cell.row, cell.column): cell.confidence for cell in grid.cells if not cell.text}
    places = [(row, column) for row in (1, 2, 3) for column in (2, 3)]
    held = {(2, 2), (2, 3), (3, 2)}
    assert blank == {place: HIDDEN if place in held else None for place in places}


@pytest.mark.parametrize("ink", [(40, 60, 200), (150, 150, 150)])
def test_blank_cell_under_a_stamp_that_was_taken_out_is_not_surely_blank(
    ink: tuple[int, int, int],
) -> None:
    """A tick of its colour went with it."""
    picture = page().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for x in (60, 200, 300, 400):
        pen.line([one * POINT for one in (x, 100, x, 220)], fill=0, width=3)
    for y in (100, 140, 180, 220):
        pen.line([one * POINT for one in (60, y, 400, y)], fill=0, width=3)
    pen.ellipse([one * POINT for one in (215, 105, 285, 215)], outline=ink, width=6)
    pen.line([one * POINT for one in (276, 160, 279, 165, 285, 155)], fill=ink, width=5)
    mask = Image.new("L", picture.size, 255)
    for y in (100, 140, 180):
        written(mask, 66, y + 25, 8)
    picture.paste((0, 0, 0), mask=Image.eval(mask, lambda level: 255 - level))
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(DOTS, DOTS))
    (grid,) = grids(read_scan(frame_picture(file.getvalue()), Letters()))
    unsure = {(cell.row, cell.column) for cell in grid.cells if cell.confidence == HIDDEN}
    assert unsure == {(1, 2), (2, 2), (3, 2)}


def test_number_whose_last_digit_a_piece_of_a_stamp_touches_is_unsure() -> None:
    """The piece is a line by itself, and the narrow digit that it has swallowed is in no other."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(20):
        written(picture, 60, 100 + 24 * n, 30)
    for x, top in ((333, 117), (337, 117), (341, 117), (345, 115.5)):  # the ones of a number
        pen.line([one * POINT for one in (x, top, x, 124)], fill=0, width=3)
    for edge in ((335, 110.5, 365, 125.5), (335, 110.5, 325, 90)):
        pen.line([one * POINT for one in edge], fill=0, width=3)
    glyphs = scan(picture).glyphs
    number = [
        text
        for text, x, y in zip(glyphs.texts, glyphs.x0, glyphs.y, strict=True)
        if 325 < x < 344 and 120 < y < 128
    ]
    assert number == 3 * [doubted("1")]


def test_piece_of_a_ring_below_a_line_is_no_mark_of_it() -> None:
    picture = page()
    for n in range(6):
        end = written(picture, 60, 116 + 20 * n, 16)
        written(picture, end if n != 1 else end + 18, 116 + 20 * n, 4)
    plain = text_lines(grey(picture), [], DOTS).lines
    ring = [one * POINT for one in (110, 106, 190, 186)]
    ImageDraw.Draw(picture).arc(ring, 310, 350, fill=0, width=3)
    lines = text_lines(grey(picture), [], DOTS).lines
    assert {(line.top, line.bottom) for line in plain} <= {
        (line.top, line.bottom) for line in lines
    }


def test_large_pale_heading_stays_beside_print_that_is_parted() -> None:
    picture = tied(text_page(), 120)
    written(picture, 60, 700, 6, high=30, pitch=30, fill=150)
    assert max(line.size for line in text_lines(grey(picture), [], DOTS).lines) > 30


def tied(picture: Image.Image, ink: int) -> Image.Image:
    """Lay the edge of a stamp over the first letters of the first lines of a page of text."""
    edge = page()
    ImageDraw.Draw(edge).line([one * POINT for one in (62, 85, 75, 155)], fill=ink, width=5)
    return Image.fromarray(np.minimum(grey(picture), grey(edge)))


class Ones(Letters):
    """Reads every letter as a digit."""

    name = "ones"

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        return [
            Reading(tuple(one._replace(text="1") for one in reading.clusters))
            for reading in super().read(lines)
        ]


def test_number_that_may_go_on_under_a_stamp_is_unsure() -> None:
    sheet = read_scan(PagePicture(grey(tied(text_page(), 0)), DOTS), Ones())
    under, below = (
        {text for text, y in zip(sheet.glyphs.texts, sheet.glyphs.y, strict=True) if is_there(y)}
        for is_there in (lambda y: y < 130, lambda y: y > 160)
    )
    assert [guessed(text) for text in under] == ["1"]
    assert under != below == {"1"}


def test_number_whose_decimals_a_ring_has_taken_with_it_is_unsure() -> None:
    """The point is gone too: from what is left of the number to the ring there is some white."""
    picture = text_page()
    for base in (200, 300):
        written(picture, 520, base, 2)
    ImageDraw.Draw(picture).line([one * POINT for one in (546, 140, 540, 204)], fill=0, width=12)
    sheet = read_scan(PagePicture(grey(picture), DOTS), Ones())
    beside, below = (
        {
            text
            for text, x, y in zip(sheet.glyphs.texts, sheet.glyphs.x0, sheet.glyphs.y, strict=True)
            if x > 515 and round(y) == base
        }
        for base in (200, 300)
    )
    assert (beside, below) == ({doubted("1")}, {"1"})


def sparse_row(picture: Grey, chosen: np.random.Generator, at: int, start: int, end: int) -> None:
    """Keep of a level hairline the dots that a scan of two tones keeps."""
    for x in range(start, end):
        if chosen.random() < 0.3:
            picture[at, x] = 0


def test_hairlines_of_which_dots_are_left_are_rules() -> None:
    picture, chosen = grey(page()), np.random.default_rng(1)
    xs, ys = (160, 500, 900, 1500), (300, 420, 640, 900)
    for y in ys:
        sparse_row(picture, chosen, y, xs[0], xs[-1])
    for x in xs:
        sparse_row(picture.T, chosen, x, ys[0], ys[-1])
    rules = ruled_lines(picture, DOTS)
    level, upright = joined(rules.level), joined(rules.upright)
    assert [round(rule.at * POINT) for rule in level] == pytest.approx(ys, abs=1)
    assert [round(rule.at * POINT) for rule in upright] == pytest.approx(xs, abs=1)
    assert all(rule.end - rule.start > 0.9 * 1340 / POINT for rule in level)


def close_columns(second: float | None, *, step: float = 0.0, dash: bool = False) -> list[Grid]:
    """Scan rows of three texts, the second at one place or, without one, behind the first.

    Every other row of it begins by ``step`` further right. The longest first texts may end in a
    dash.
    """
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n, letters in enumerate((3, 8, 5, 2, 8, 4, 6, 8)):
        base = 120 + 40 * n
        pen.line([one * POINT for one in (58, base - 18, 400, base - 18)], fill=0, width=2)
        is_open = dash and letters == 8
        end = written(
            picture, written(picture, 60, base, 4) + 5, base, letters - is_open * (2 + n % 2)
        )
        if is_open:
            pen.line(
                [one * POINT for one in (end + 7, base - 3, end + 13, base - 3)], fill=0, width=2
            )
        start = second + step * (n % 2) if second else end + 6.4
        written(picture, written(picture, start, base, 3 + n % 4) + 5, base, 9)
        written(picture, 330, base, 6)
    pen.line([one * POINT for one in (58, 422, 400, 422)], fill=0, width=2)
    return grids(scan(picture))


def test_columns_as_close_as_words_are_parted_by_a_channel() -> None:
    """The longest texts of a column end right before the next one, which is set flush left."""
    for step in (0.0, 1.6):  # letters have more or less white on their left
        for dash in (False, True):
            (table,) = close_columns(159.0, step=step, dash=dash)
            assert (table.row_count, table.width) == (8, 3)
            open_ones = [cell.row for cell in table.cells if cell.text.endswith("-")]
            assert open_ones == [2, 5, 8] * dash
    assert [table.width for table in close_columns(None)] == [2]


def turned(picture: Grey, degrees: float) -> Grey:
    """Turn a picture clockwise about its middle, as a page lies askew or is set upright."""
    middle = ((picture.shape[1] - 1) / 2, (picture.shape[0] - 1) / 2)
    matrix = cv2.getRotationMatrix2D(middle, -degrees, 1.0)
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.warpAffine(picture, matrix, size, borderValue=(255,)), np.uint8)


@pytest.mark.parametrize("degrees", [0.5, 1.0, 1.8])
def test_hairlines_of_a_page_askew_leave_dots_at_even_distances(degrees: float) -> None:
    """It is dark enough where it lies in one row, and too pale where it lies over two."""
    picture = grey(page())
    xs, ys = (160, 500, 900, 1500), (300, 420, 640, 900)
    for y in ys:
        picture[y, xs[0] : xs[-1]] = 90
    for x in xs:
        picture[ys[0] : ys[-1], x] = 90
    # A column of dots at the distance of its rows is none.
    for y in np.arange(450, 880, 1 / np.tan(np.deg2rad(degrees))).astype(int):
        picture[y : y + 3, 700:703] = 0
    bilevel = np.where(turned(picture, degrees) > 110, 255, 0).astype(np.uint8)
    rules = ruled_lines(turned(bilevel, -degrees), DOTS, degrees)
    level, upright = joined(rules.level), joined(rules.upright)
    assert [round(rule.at * POINT) for rule in level] == pytest.approx(ys, abs=2)
    assert [round(rule.at * POINT) for rule in upright] == pytest.approx(xs, abs=2)
    assert all(rule.end - rule.start > 0.97 * 1340 / POINT for rule in level)


def dashed(degrees: float, share: float) -> list[Rule]:
    """Return the rules of a page askew with rows of dashes at the distance of a hairline's."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    step = 1 / np.tan(np.deg2rad(degrees))
    for y in (300, 420, 640):
        for x in np.arange(160, 1500, step):
            pen.line((x, y, x + share * step, y), fill=0)
    return ruled_lines(grey(picture), DOTS, 1.0).level


def test_dashes_of_a_level_hairline_are_a_rule_without_others_across() -> None:
    ys = sorted(rule.at * POINT for rule in dashed(1.0, 0.4))
    assert ys == pytest.approx([300, 420, 640], abs=2)
    assert dashed(1.0, 0.15) == []  # signs for none in narrow columns
    assert dashed(1.6, 0.4) == []  # the page lies at another slope


def test_leaders_and_letters_in_columns_are_no_hairlines() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(20):
        written(picture, 60, 100 + 24 * n, 8, pitch=6.1)
        for x in range(300, 1300, 12):
            pen.rectangle((x, (100 + 24 * n) * POINT - 2, x + 2, (100 + 24 * n) * POINT), fill=0)
    rules = ruled_lines(grey(picture), DOTS)
    assert rules.level == []
    assert rules.upright == []


def test_letters_below_one_another_between_rules_are_no_hairlines() -> None:
    """The two strokes of II stand in every row of a column."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for y in range(300, 741, 44):
        pen.line((160, y, 1500, y), fill=0, width=3)
        for x in (600, 607) if y < 740 else ():
            pen.line((x, y + 12, x, y + 30), fill=0, width=2)
    for x in (160, 1500):
        pen.line((x, 300, x, 740), fill=0, width=3)
    assert len(joined(ruled_lines(grey(picture), DOTS).upright)) == 2


def test_commas_of_amounts_are_no_points() -> None:
    def read(text: str) -> str:
        clusters = [Cluster(letter, n, n + 1, 0.9) for n, letter in enumerate(text)]
        return "".join(cluster.text for cluster in with_commas(clusters))

    assert read("439.320.00") == "439,320.00"
    assert read("\u0e52.\u0e58\u0e56\u0e51,\u0e52\u0e57\u0e50.\u0e50\u0e50")[1] == ","
    for other in ("1.2.345", "12.05.2567", "95.50", "O1.100.20", "1.250.5"):
        assert read(other) == other


def test_comma_behind_the_number_of_a_paragraph_is_a_point_where_others_have_one() -> None:
    def read(*lines: str) -> list[str]:
        clusters = [
            [Cluster(one, 12 * n, 12 * n + 12, 0.99) for n, one in enumerate(line)]
            for line in lines
        ]
        return ["".join(one.text for one in line) for line in with_points(clusters)]

    lines = ["๓. ก", " ๔, ข", "๑๐,ค", "๒. ง", "5, 6", "1,000", "ก, ข"]
    assert read(*lines) == ["๓. ก", " ๔. ข", "๑๐.ค", "๒. ง", "5, 6", "1,000", "ก, ข"]
    assert read("๓. ก", "๔, ข", "๑๐,ค") == ["๓. ก", "๔, ข", "๑๐,ค"]


@pytest.mark.parametrize(("share", "is_sure"), [(1.0, True), (0.6, False)])
def test_digits_of_small_print_must_be_nearly_certain(share: float, is_sure: bool) -> None:
    """Letters of 10 pixels, and the same page scanned at fewer dots per inch: of 6."""
    picture = page()
    for n in range(6):
        written(picture, 60, 100 + 20 * n, 12, high=3.2, pitch=4.2)
    small = cv2.resize(grey(picture), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    sheet = read_scan(PagePicture(np.asarray(small, np.uint8), DOTS * share), Letters())
    digits = {text for text in sheet.glyphs.texts if guessed(text) == "1"}
    assert digits == ({"1"} if is_sure else {doubted("1")})


@pytest.mark.parametrize(
    ("text", "become"),
    [("○5.20", "○▯.▯▯"), ("95.2○", "▯▯.▯○"), ("○ 5.20", "○ 5.20"), ("(○)5.2", "(○)5.2")],
)
def test_circle_that_touches_a_number_is_a_digit_of_it(text: str, become: str) -> None:
    class Circles(Letters):
        name = "circles"

        def read(self, lines: Sequence[Grey]) -> list[Reading]:
            return [
                Reading(
                    tuple(
                        Cluster(one, cluster.x0, cluster.x1, 0.99)
                        for one, cluster in zip(text, reading.clusters, strict=True)
                    )
                )
                for reading in super().read(lines)
            ]

    picture = page()
    x = 60.0
    for word in text.split():
        x = written(picture, x, 100, len(word)) + 6
    sheet = read_scan(PagePicture(grey(picture), DOTS), Circles())
    assert shown("".join(sheet.glyphs.texts)) == become


@pytest.mark.parametrize(
    ("text", "raised", "become"),
    [
        ("95.50", "1", "▯▯.▯▯▯"),
        ("95.50", "12", "▯▯.▯▯▯▯"),
        ("ก", "1", "ก1"),
        ("95.50", "", "95.50"),
    ],
)
def test_number_of_a_note_is_no_part_of_a_number(text: str, raised: str, become: str) -> None:
    picture = np.full((40, 300), 255, np.uint8)
    clusters = []
    for n, letter in enumerate(text + raised):
        bottom = 30 if n < len(text) else 22
        picture[bottom - (3 if letter == "." else 14) : bottom, 12 * n + 2 : 12 * n + 10] = 0
        clusters.append(Cluster(letter, 12 * n, 12 * n + 12, 0.99))
    made = without_notes(picture, clusters, em=30)
    assert shown("".join(cluster.text for cluster in made)) == become


@pytest.mark.parametrize(("foot", "gap"), [(0, 255), (190, 190)])
def test_digit_whose_foot_comes_off_or_fades_or_that_has_dirt_below_it_is_not_raised(
    foot: int, gap: int
) -> None:
    picture = np.full((40, 40), 255, np.uint8)
    picture[16:30, 2:10] = picture[16:30, 14:22] = picture[37:39, 4:6] = 0
    picture[24:28, 14:22], picture[28:30, 14:22] = gap, foot
    clusters = [Cluster("1", 0, 12, 0.99), Cluster("2", 12, 24, 0.99)]
    assert without_notes(picture, clusters, em=30) == clusters


@pytest.mark.parametrize("foot", [30, 22])
def test_digit_whose_ink_an_engine_took_for_that_of_a_point_is_not_raised(foot: int) -> None:
    """In "5.0" its columns have next to none of the ink of the 0; a note may be read so too."""
    picture = np.full((40, 60), 255, np.uint8)
    picture[16:30, 2:10] = picture[foot - 14 : foot, 16:22] = picture[27:30, 13:15] = 0
    picture[foot - 14, 25] = 0
    clusters = [Cluster("5", 0, 12, 0.99), Cluster(".", 12, 24, 0.99), Cluster("0", 24, 36, 0.99)]
    assert (without_notes(picture, clusters, em=30) == clusters) is (foot == 30)


def test_point_that_may_be_a_comma_is_unsure_beside_thousands() -> None:
    def read(*lines: str, high: int = 2, tail: int = 0, dirt: int = 0) -> list[str]:
        """Read lines; the sign of the second is so high, and ends so much below the digits.

        So far below it there may be a speck.
        """
        pictures = [np.full((40, 12 * len(text)), 255, np.uint8) for text in lines]
        clusters = []
        for row, (picture, text) in enumerate(zip(pictures, lines, strict=True)):
            for n, one in enumerate(text):
                size, below = (high, tail) if row == 1 else (2, 0)
                top, bottom = (30 + below - size, 30 + below) if one in ".," else (10, 30)
                picture[top:bottom, 12 * n + 2 : 12 * n + 10] = 0
                if row == 1 and one == "." and dirt:
                    picture[bottom + dirt : bottom + dirt + 2, 12 * n + 2 : 12 * n + 8] = 0
            row_clusters = [Cluster(one, 12 * n, 12 * n + 12, 0.9) for n, one in enumerate(text)]
            clusters.append(row_clusters)
        made = with_doubts(pictures, clusters, [30.0] * len(lines))
        return [shown("".join(one.text for one in line)) for line in made]

    unsure = "\u25af.\u25af\u25af\u25af"
    points = ("+5.44", "95.50", "1,234.00")
    assert read("2,358", "1.818", *points) == ["2,358", unsure, *points]
    assert read("2,358.00", "1.818", "12.345.678") == ["2,358.00", "1.818", "12.345.678"]
    assert read("2,358", "1.818", *points, high=5, tail=3)[1] == "1,818"
    for high, tail in ((5, 0), (2, 3)):  # a point with dirt on it, and one that stands low
        assert read("2,358", "1.818", *points, high=high, tail=tail)[1] == unsure
    assert read("2,358", "1.818", "+5.44", high=5, tail=3)[1] == unsure  # too few points tell
    assert read("2,358", "1.818", *points, high=2, dirt=5)[1] == unsure


def test_header_and_shaded_row_that_touch_are_two_shades() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    pen.rectangle([one * POINT for one in (50, 100, 545, 125)], fill=190)
    pen.rectangle([one * POINT for one in (50, 125, 545, 160)], fill=235)
    tops = [shade.top for shade in evened(grey(picture), DOTS).shades]
    assert tops == [pytest.approx(100, abs=3), pytest.approx(125, abs=3)]


def test_no_gap_between_numbers_is_a_space() -> None:
    picture = page()
    for n in range(7):
        end = written(picture, 60, 100 + 30 * n, 9, pitch=5)
        written(picture, end + 0.55 * 12, 100 + 30 * n, 9, pitch=5)
        written(picture, 300, 100 + 30 * n, 9)
    (grid,) = grids(scan(picture))
    assert (grid.row_count, grid.width) == (7, 3)
