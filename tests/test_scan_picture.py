"""Pages as pictures: files, how a page lies, rules, lines, and what a reader of lines is given."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from extract.pdf.shapes import Area
from extract.pdf.sheet import Sheet
from extract.scan.engine import Cluster, Grey, Reading
from extract.scan.lines import text_lines
from extract.scan.page import read_scan
from extract.scan.paper import evened, flattened
from extract.scan.picture import PagePicture, ScanError, frame_count, frame_picture
from extract.scan.rules import ruled_lines
from extract.scan.upright import lie, upright

DOTS = 200
POINT = DOTS / 72


class Blocks:
    """Reads each line as one cluster that covers it, and is surer of a line with heavy feet."""

    name = "blocks"

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        return [
            Reading((Cluster("ก", 3.0, line.shape[1] - 3.0, self._trust(line)),)) for line in lines
        ]

    @staticmethod
    def _trust(line: Grey) -> float:
        ink = (line < 128).sum(axis=1)
        half = len(ink) // 2
        return 0.9 if ink[:half].sum() < ink[half:].sum() else 0.3


def page(width: float = 595, height: float = 842) -> Image.Image:
    return Image.new("L", (round(width * POINT), round(height * POINT)), 255)


def written(
    picture: Image.Image, x: float, base: float, letters: int, size: float = 12, marks: bool = True
) -> None:
    """Draw a line like Thai: round letters half an em high, marks above every third of them."""
    pen = ImageDraw.Draw(picture)
    high, wide, pen_width = (
        size / 2 * POINT,
        size * 0.42 * POINT,
        max(2, round(size * 0.05 * POINT)),
    )
    for n in range(letters):
        left = x * POINT + n * wide * 1.25
        foot = base * POINT
        pen.rectangle((left, foot - high, left + wide, foot), outline=0, width=pen_width)
        if marks and n % 3 == 0:
            tone = (left + wide / 3, foot - 1.5 * high, left + wide, foot - 1.2 * high)
            pen.rectangle(tone, fill=0)
        if marks and n % 11 == 5:
            below = (left + wide / 2, foot + 0.15 * high, left + wide, foot + 0.4 * high)
            pen.rectangle(below, fill=0)


def text_page() -> Image.Image:
    picture = page()
    for n in range(20):
        written(picture, 60, 90 + 24 * n, 70 - n % 7)
    return picture


def ruled(picture: Image.Image, xs: Sequence[float], ys: Sequence[float], width: int = 2) -> None:
    pen = ImageDraw.Draw(picture)
    for x in xs:
        pen.line((x * POINT, ys[0] * POINT, x * POINT, ys[-1] * POINT), fill=0, width=width)
    for y in ys:
        pen.line((xs[0] * POINT, y * POINT, xs[-1] * POINT, y * POINT), fill=0, width=width)


def grey(picture: Image.Image) -> Grey:
    return np.array(picture.convert("L"))


def scan(picture: Image.Image) -> Sheet:
    return read_scan(PagePicture(grey(picture), DOTS), Blocks())


def skewed(picture: Grey, degrees: float) -> Grey:
    """Turn a picture clockwise about its middle."""
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    turned = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )
    return np.asarray(turned, np.uint8)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode(mode: str) -> None:
    plain = grey(text_page())
    if mode == "I;16":
        picture = Image.fromarray(plain.astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(plain).convert(mode)
    read = frame_picture(saved(picture, "PNG", dpi=(DOTS, DOTS)))
    assert read.dots_per_inch == pytest.approx(DOTS, abs=0.1)
    assert np.abs(read.grey.astype(int) - plain).mean() < 1


def test_see_through_paper_is_white() -> None:
    picture = Image.new("RGBA", (800, 1100), (0, 0, 0, 0))
    assert frame_picture(saved(picture, "PNG")).grey.min() == 255


def test_cmyk_jpeg() -> None:
    plain = text_page()
    read = frame_picture(saved(plain.convert("RGB").convert("CMYK"), "JPEG", dpi=(DOTS, DOTS)))
    assert np.abs(read.grey.astype(int) - grey(plain)).mean() < 3


def test_tiff_of_three_one_bit_pages() -> None:
    pages = [text_page().convert("1"), page().convert("1"), text_page().convert("1")]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert frame_count(data) == 3
    assert frame_picture(data, 2).grey.min() == 255
    assert frame_picture(data, 3).grey.min() == 0


def test_camera_held_sideways() -> None:
    plain = text_page()
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = plain.transpose(Image.Transpose.ROTATE_90)
    read = frame_picture(saved(sideways, "JPEG", exif=exif, dpi=(DOTS, DOTS)))
    assert read.grey.shape == grey(plain).shape
    assert np.abs(read.grey.astype(int) - grey(plain)).mean() < 3


def test_resolution_that_no_paper_has_is_taken_for_a4() -> None:
    read = frame_picture(saved(text_page(), "PNG", dpi=(72, 72)))
    assert read.dots_per_inch == pytest.approx(200, abs=1)
    assert read.width == pytest.approx(595, abs=2)


def test_huge_jpeg_is_scaled_down() -> None:
    read = frame_picture(saved(Image.new("L", (20_000, 20_000), 255), "JPEG"))
    assert read.grey.size <= 12_100_000


def test_huge_png_is_refused() -> None:
    data = saved(Image.new("1", (20_000, 20_000), 1), "PNG")
    with pytest.raises(ScanError, match=r"20000 x 20000 pixels.*300 dots per inch"):
        frame_picture(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_cut_off_picture(kind: str) -> None:
    data = saved(text_page(), kind)
    with pytest.raises(ScanError, match="damaged or cut off"):
        frame_picture(data[: len(data) // 2])


def test_file_that_is_no_picture() -> None:
    with pytest.raises(ScanError, match="no PNG, JPEG or TIFF"):
        frame_count(b"a report")


def test_shadow_is_evened() -> None:
    plain = grey(text_page())
    shade = np.linspace(1.0, 0.45, plain.shape[1])
    even = evened((plain * shade).astype(np.uint8), DOTS).grey
    assert ((even < 128) != (plain < 128)).mean() < 0.005


def test_light_letters_on_a_dark_cell_are_turned() -> None:
    plain = page()
    written(plain, 80, 120, 30)
    dark = grey(plain)
    cell = dark[260:380, 180:900]
    cell[:] = 255 - cell
    even = evened(dark, DOTS)
    lines = text_lines(ruled_lines(even.grey, DOTS).without, [], DOTS).lines
    assert [round(line.baseline / POINT) for line in lines] == [120]


def test_bold_heading_is_no_dark_cell() -> None:
    """Seen coarsely its letters, which are low and close, fill a box."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(40):
        box = (80 + 7 * n, 110, 85 + 7 * n, 120)
        pen.rectangle([one * POINT for one in box], outline=0, width=round(1.2 * POINT))
    heading = grey(picture)
    even = evened(heading, DOTS).grey
    assert ((even < 128) != (heading < 128)).mean() < 0.001


def test_shaded_header_is_an_area() -> None:
    picture = page()
    ImageDraw.Draw(picture).rectangle((60 * POINT, 100 * POINT, 500 * POINT, 130 * POINT), fill=215)
    written(picture, 80, 120, 40)
    (shade,) = evened(grey(picture), DOTS).shades
    assert shade == pytest.approx((60, 100, 500, 130), abs=4)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-3.3, 0.0, 0.4, 1.7])
def test_how_a_page_lies(turn: int, skew: float) -> None:
    turned = np.ascontiguousarray(np.rot90(grey(text_page()), -turn // 90))
    found = lie(flattened(skewed(turned, skew), DOTS), DOTS)
    assert found.turn == turn
    assert found.skew == pytest.approx(skew, abs=0.06)


def test_pieces_of_rules_do_not_turn_a_page() -> None:
    picture = page()
    for n in range(6):  # few letters, many corners of cells
        written(picture, 80, 120 + 90 * n, 12)
    pen = ImageDraw.Draw(picture)
    for x in range(60, 540, 40):
        for y in range(60, 780, 24):
            pen.line([one * POINT for one in (x, y, x + 9, y)], fill=0, width=2)
            pen.line([one * POINT for one in (x, y, x, y + 14)], fill=0, width=2)
    assert lie(flattened(grey(picture), DOTS), DOTS).turn % 180 == 0


def test_page_that_seems_to_lie_on_its_side_is_read_both_ways() -> None:
    """Its letters, a stem on a foot, are nearer to those below than beside."""

    class Feet(Blocks):
        @staticmethod
        def _trust(line: Grey) -> float:
            ink = (line < 128).sum(axis=1)
            return 0.95 if ink[-len(ink) // 3 :].sum() > 0.5 * ink.sum() else 0.7

    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(400):
        x, base = 80 + 13 * (n % 20), 100 + 9 * (n // 20)
        for box in ((x + 2, base - 6, x + 3, base), (x, base - 1.5, x + 5, base)):
            pen.rectangle([round(one * POINT) for one in box], fill=0)
    even = flattened(grey(picture), DOTS)
    assert lie(even, DOTS).turn % 180 == 90
    assert read_scan(PagePicture(grey(picture), DOTS), Feet()).frame.turn == 0


def test_set_upright_again() -> None:
    plain = grey(text_page())
    turned = skewed(np.ascontiguousarray(np.rot90(plain, -1)), 1.2)
    again = upright(turned, lie(flattened(turned, DOTS), DOTS))
    assert again.shape == plain.shape
    assert ((again < 128) != (plain < 128)).mean() < 0.03


@pytest.mark.parametrize("width", [1, 2, 8])
def test_rules_thin_and_thick(width: int) -> None:
    picture = page()
    ruled(picture, (60, 200, 420), (100, 130, 300), width)
    found = ruled_lines(evened(grey(picture), DOTS).grey, DOTS)
    assert [rule.at for rule in found.level] == pytest.approx([100, 130, 300], abs=0.8)
    assert sorted(rule.at for rule in found.upright) == pytest.approx([60, 200, 420], abs=0.8)
    assert found.level[0][1:] == pytest.approx((60, 420), abs=3)
    assert found.without.min() > 128


def test_rule_with_holes_is_one() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    pen.line((200, 500, 1200, 500), fill=0, width=2)
    for x in (400, 700, 1000):
        pen.line((x, 490, x, 510), fill=255, width=5)
    (rule,) = ruled_lines(evened(grey(picture), DOTS).grey, DOTS).level
    assert (rule.start * POINT, rule.end * POINT) == pytest.approx((200, 1200), abs=4)


def test_dashes_and_letters_are_no_rules() -> None:
    picture = text_page()
    ImageDraw.Draw(picture).line((1000, 2000, 1015, 2000), fill=0, width=3)
    found = ruled_lines(evened(grey(picture), DOTS).grey, DOTS)
    assert not found.level
    assert not found.upright


def test_letters_that_touch_a_rule_are_whole() -> None:
    picture = page()
    written(picture, 80, 120, 30, marks=False)
    ImageDraw.Draw(picture).line(
        (60 * POINT, 121 * POINT, 500 * POINT, 121 * POINT), fill=0, width=3
    )
    without = ruled_lines(evened(grey(picture), DOTS).grey, DOTS).without
    (line,) = text_lines(without, [], DOTS).lines
    assert line.baseline / POINT == pytest.approx(120, abs=1.5)


def test_marks_of_close_lines_stay_with_their_own() -> None:
    picture = page()
    for n in range(6):
        written(picture, 60, 100 + 13.5 * n, 40, size=12)
    lines = text_lines(grey(picture), [], DOTS).lines
    assert [line.baseline / POINT for line in lines] == pytest.approx(
        [100 + 13.5 * n for n in range(6)], abs=0.6
    )
    alone = page()
    written(alone, 60, 100, 40, size=12)
    (single,) = text_lines(grey(alone), [], DOTS).lines
    for line in lines:  # each picture holds the ink of its line only
        assert line.picture.shape == pytest.approx(single.picture.shape, abs=2)
        assert (line.picture < 128).sum() == pytest.approx((single.picture < 128).sum(), rel=0.05)


def test_no_line_goes_over_an_upright_rule() -> None:
    picture = page()
    written(picture, 62, 120, 10)
    written(picture, 132, 120, 12)
    ruled(picture, (55, 129, 300), (100, 130))
    found = ruled_lines(evened(grey(picture), DOTS).grey, DOTS)
    lines = text_lines(found.without, found.upright, DOTS).lines
    assert len(lines) == 2
    assert lines[0].right <= 129 * POINT + 2 <= lines[1].left + 4


def test_lone_dash_in_a_row_has_its_baseline() -> None:
    picture = page()
    written(picture, 60, 120, 12)
    ImageDraw.Draw(picture).line((900, 117 * POINT, 912, 117 * POINT), fill=0, width=3)
    lines = text_lines(grey(picture), [], DOTS).lines
    assert [round(line.baseline / POINT) for line in lines] == [120, 120]


@pytest.mark.parametrize("size", [8, 12, 20])
def test_type_size(size: int) -> None:
    picture = page()
    for n in range(5):
        written(picture, 60, 100 + 40 * n, 20, size=size)
    for line in text_lines(grey(picture), [], DOTS).lines:
        assert line.size == pytest.approx(size, rel=0.2)


def test_page_is_read_in_points_of_the_page() -> None:
    read = scan(text_page())
    assert len(read.glyphs.texts) == 20
    assert read.source == "ocr"
    assert read.glyphs.y.tolist() == pytest.approx([90 + 24 * n for n in range(20)], abs=0.5)
    assert read.glyphs.x0.tolist() == pytest.approx([60] * 20, abs=1)
    assert not read.issues


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_lead_back_to_the_file(turn: int) -> None:
    picture = text_page()
    box = (100, 600, 300, 630)
    ImageDraw.Draw(picture).rectangle([round(edge * POINT) for edge in box], outline=0, width=3)
    turned = np.ascontiguousarray(np.rot90(grey(picture), -turn // 90))
    read = read_scan(PagePicture(skewed(turned, 1.0), DOTS), Blocks())
    level = [rule for rule in read.shapes.level if abs(rule.end - rule.start - 200) < 4]
    assert read.frame.turn == turn
    assert read.frame.size == pytest.approx((595, 842), abs=1)
    assert [rule.at for rule in level] == pytest.approx([600, 630], abs=1.5)
    ink = np.argwhere(skewed(turned, 1.0) < 128) / POINT
    for rule in level:  # where the rule is seen there is ink in the file's picture
        seen = read.frame.seen(Area(rule.start, rule.at, rule.end, rule.at))
        middle = (seen.top + seen.bottom) / 2, (seen.x0 + seen.x1) / 2
        assert np.abs(ink - middle).sum(axis=1).min() < 2


def test_doubtful_page_is_settled_by_reading() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(12):
        for m in range(40):  # letters without marks, whose feet are heavy
            x, foot = (60 + 7 * m) * POINT, (90 + 24 * n) * POINT
            pen.rectangle((x, foot - 17, x + 14, foot), outline=0, width=2)
            pen.rectangle((x, foot - 6, x + 14, foot), fill=0)
    assert scan(picture).frame.turn == 0
    assert scan(picture.transpose(Image.Transpose.ROTATE_180)).frame.turn == 180


def test_blank_page() -> None:
    read = scan(page())
    assert not read.glyphs.texts
    assert not read.issues  # blank pages are reported together, by their numbers


def test_specks_are_no_text() -> None:
    plain = grey(page())
    rng = np.random.default_rng(0)
    plain[rng.integers(0, plain.shape[0], 300), rng.integers(0, plain.shape[1], 300)] = 0
    assert not read_scan(PagePicture(plain, DOTS), Blocks()).glyphs.texts


def test_photograph() -> None:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (60, 45), dtype=np.uint8)
    photograph = cv2.resize(coarse, (1654, 2339), interpolation=cv2.INTER_CUBIC)
    noisy = np.clip(photograph + rng.normal(0, 12, photograph.shape), 0, 255).astype(np.uint8)
    read = read_scan(PagePicture(noisy, DOTS), Blocks())
    assert not read.glyphs.texts
    assert [issue.code for issue in read.issues] == ["scan_photograph"]


def test_high_marks_of_close_lines_are_learnt_from_marks_that_stand_free() -> None:
    """Marks nearer to the line above than to their letters, as some programs set them."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(6):
        base = 100 + 11.5 * n
        written(picture, 60, base, 30, size=12, marks=False)
        for m in range(n % 2, 30, 3):
            left, top = (60 + 6.3 * m + 2) * POINT, (base - 10.6) * POINT
            pen.rectangle((left, top, left + 5, top + 6), fill=0)
    lines = text_lines(grey(picture), [], DOTS).lines
    tops = [(line.baseline - line.top) / POINT for line in lines]
    assert tops == pytest.approx([11.6] * 6, abs=0.8)
    assert [(line.bottom - line.baseline) / POINT for line in lines] == pytest.approx(
        [1] * 6, abs=1
    )


def test_specks_beside_a_line_are_not_of_it() -> None:
    picture = page()
    written(picture, 60, 120, 12)
    (clean,) = text_lines(grey(picture), [], DOTS).lines
    pen = ImageDraw.Draw(picture)
    for x, y in ((58.0, 116.0), (150.0, 117.0), (300.0, 118.0)):
        pen.rectangle((x * POINT, y * POINT, x * POINT + 2, y * POINT + 2), fill=0)
    (line,) = text_lines(grey(picture), [], DOTS).lines
    assert (line.left, line.right) == (clean.left, clean.right)
    assert (line.picture == clean.picture).all()


def test_speck_in_a_loop_is_none_of_its_letter() -> None:
    """In a zero it makes a Thai one."""
    picture = page()
    written(picture, 60, 120, 12, marks=False)
    (clean,) = text_lines(grey(picture), [], DOTS).lines
    pen = ImageDraw.Draw(picture)
    for x in (62.5, 75.1, 94):
        pen.rectangle((x * POINT, 116.5 * POINT, x * POINT + 2, 116.5 * POINT + 2), fill=0)
    (line,) = text_lines(grey(picture), [], DOTS).lines
    assert (line.picture == clean.picture).all()


def test_dots_between_and_behind_letters_are_of_the_line() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(3):
        written(picture, 60 + 14 * n, 120, 1, marks=False)
        left = (69 + 14 * n) * POINT
        pen.rectangle((left, 119 * POINT, left + 3, 120 * POINT), fill=0)
    (line,) = text_lines(grey(picture), [], DOTS).lines
    assert line.right / POINT == pytest.approx(98, abs=2)
    assert cv2.connectedComponents((line.picture < 128).astype(np.uint8))[0] == 7


def test_a_short_dash_is_a_hyphen() -> None:
    class Dashes(Blocks):
        def read(self, lines: Sequence[Grey]) -> list[Reading]:
            return [Reading((Cluster("\u2013", 3.0, line.shape[1] - 3.0, 0.9),)) for line in lines]

    picture = page()
    pen = ImageDraw.Draw(picture)
    for n in range(3):
        written(picture, 60, 120 + 24 * n, 12)
        wide = (3, 6, 9)[n]
        foot = (117 + 24 * n) * POINT
        pen.line((300 * POINT, foot, (300 + wide) * POINT, foot), fill=0, width=3)
    read = read_scan(PagePicture(grey(picture), DOTS), Dashes())
    lone = [text for text, x in zip(read.glyphs.texts, read.glyphs.x0, strict=True) if x > 290]
    assert lone == ["-", "\u2013", "\u2013"]


@pytest.mark.parametrize(("dark", "grain"), [(0.22, 5), (0.118, 2)])
def test_faint_rules_are_found(dark: float, grain: float) -> None:
    """A hairline on a photocopy is hardly darker than the paper."""
    picture = page()
    ruled(picture, (60, 240, 400), (100, 150, 200), width=1)
    even = grey(picture)
    noise = np.random.default_rng(5).normal(0, grain, even.shape)
    faint = np.clip(235 - (255 - even.astype(float)) * dark + noise, 0, 255).astype(np.uint8)
    rules = ruled_lines(evened(faint, DOTS).grey, DOTS)
    assert sorted(round(rule.at) for rule in rules.level) == [100, 150, 200]
    assert sorted(round(rule.at) for rule in rules.upright) == [60, 240, 400]
    for rule in rules.level:
        assert rule.start == pytest.approx(60, abs=2.5)
        assert rule.end == pytest.approx(400, abs=2.5)


def test_fainter_rule_goes_from_side_to_side_of_its_table() -> None:
    """Some of it cannot be seen. One in some columns only may part no cells of the others."""
    picture = page()
    ruled(picture, (60, 140, 240, 480), (100, 200, 300), width=1)
    even = grey(picture)
    grain = np.random.default_rng(6)
    for y, x0, x1 in ((150, 60, 200), (150, 300, 480), (250, 60, 240)):
        row = even[round(y * POINT), round(x0 * POINT) : round(x1 * POINT)]
        row -= np.minimum(row, grain.integers(0, 9, row.size).astype(np.uint8))
    level = ruled_lines(even, DOTS).level
    assert sorted(round(rule.at) for rule in level) == [100, 150, 200, 300]
    (faint,) = (rule for rule in level if round(rule.at) == 150)
    assert (round(faint.start), round(faint.end)) == (60, 480)


def test_fainter_rule_needs_two_sides() -> None:
    """Two strokes below each other are one side of a table each, at heights of their own."""
    picture = page()
    pen = ImageDraw.Draw(picture)
    for x, top in ((150, 100), (350, 400)):
        pen.line([one * POINT for one in (x, top, x, top + 200)], fill=0, width=2)
    even = grey(picture)
    row = even[round(150 * POINT), round(60 * POINT) : round(480 * POINT)]
    row -= np.minimum(row, np.random.default_rng(6).integers(0, 9, row.size).astype(np.uint8))
    assert ruled_lines(even, DOTS).level == []


def test_rules_do_not_go_through_a_heading_over_all_columns() -> None:
    """Strokes of its letters lie in line with the hairlines above and below it."""
    picture = page()
    xs, ys = (60, 140, 240, 400), (100, 150, 170, 220, 270)
    ruled(picture, xs, (*ys[:2], *ys[2:]), width=1)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([one * POINT for one in (62, 151.5, 398, 168.5)], fill=255)
    for x in (*xs[1:3], 180, 300):
        pen.line([one * POINT for one in (x, 155, x, 163)], fill=0, width=2)
    rules = ruled_lines(evened(grey(picture), DOTS).grey, DOTS)
    through = {round(rule.at) for rule in rules.upright if rule.start < 160 < rule.end}
    assert through == {60, 400}
    assert sorted(round(rule.at) for rule in rules.level) == list(ys)
    for x in xs[1:3]:
        own = sorted(rule for rule in rules.upright if round(rule.at) == x)
        assert [(round(rule.start), round(rule.end)) for rule in own] == [(100, 150), (170, 270)]


def test_rows_of_text_are_no_faint_rules() -> None:
    picture = page()
    for n in range(12):
        written(picture, 60, 100 + 20 * n, 60)
    rules = ruled_lines(grey(picture), DOTS)
    assert rules.level == []
    assert rules.upright == []


def test_brackets_of_lists_below_one_another_are_no_faint_rule() -> None:
    """Beside a sure rule of the same table, and at the distance of its lines."""
    picture = page()
    ruled(picture, (60, 200, 500), (90, 220), width=4)
    pen = ImageDraw.Draw(picture)
    for n in range(9):
        for x in (205, 220):
            pen.line([one * POINT for one in (x, 94 + 13.6 * n, x, 102.2 + 13.6 * n)], 60, 2)
    rules = ruled_lines(cv2.GaussianBlur(grey(picture), (0, 0), 0.7), DOTS)
    assert [round(rule.at) for rule in rules.upright] == [60, 200, 500]


def test_edge_of_the_paper_is_no_rule() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    pen.line((3 * POINT, 0, 3 * POINT, 400 * POINT), fill=0, width=3)
    pen.line((0, 838 * POINT, 595 * POINT, 838 * POINT), fill=0, width=3)
    rules = ruled_lines(grey(picture), DOTS)
    assert rules.level == []
    assert rules.upright == []


def test_slanted_frame_of_a_stamp_does_not_move_a_rule() -> None:
    picture = page()
    ruled(picture, (60, 400), (100, 200))
    pen = ImageDraw.Draw(picture)
    pen.line((120 * POINT, 95 * POINT, 240 * POINT, 106 * POINT), fill=0, width=4)
    pen.line((120 * POINT, 140 * POINT, 240 * POINT, 151 * POINT), fill=0, width=4)
    rules = ruled_lines(grey(picture), DOTS)
    assert sorted(rule.at for rule in rules.level) == pytest.approx([100, 200], abs=0.7)


@pytest.mark.parametrize(("paper", "fill"), [(255, 0), (220, 120)])
def test_fill_with_light_letters_leaves_no_frame(paper: int, fill: int) -> None:
    """A photocopy makes a black header grey; what counts is that its letters are lighter."""
    picture = Image.new("L", page().size, paper)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([n * POINT for n in (60, 100, 540, 140)], fill=fill)
    letters = page()
    written(letters, 80, 125, 20)
    picture.paste(paper, mask=ImageOps.invert(letters))
    even = evened(grey(picture), DOTS).grey
    rules = ruled_lines(even, DOTS)
    assert rules.level == []
    assert rules.upright == []
    inside = even[round(102 * POINT) : round(138 * POINT), round(62 * POINT) : round(538 * POINT)]
    assert np.median(inside) == 255
    assert 0.02 < (inside < 100).mean() < 0.3


def test_shadow_at_the_edge_is_no_shade() -> None:
    picture = Image.new("L", page().size, 230)
    ImageDraw.Draw(picture).rectangle([n * POINT for n in (400, 700, 595, 842)], fill=205)
    assert evened(grey(picture), DOTS).shades == []


@pytest.mark.parametrize(
    ("said", "trust", "count"),
    [("*", 0.4, 0), ("I", 0.4, 0), ("*", 0.9, 1), ("-", 0.4, 1), ("1", 0.4, 1)],
)
def test_strokes_read_with_doubt_are_dirt(said: str, trust: float, count: int) -> None:
    class Sure(Blocks):
        def read(self, lines: Sequence[Grey]) -> list[Reading]:
            return [Reading((Cluster(said, 3.0, line.shape[1] - 3.0, trust),)) for line in lines]

    picture = page()
    written(picture, 60, 120, 12)
    assert len(read_scan(PagePicture(grey(picture), DOTS), Sure()).glyphs.texts) == count
