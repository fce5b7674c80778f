"""Stamps on grey pages: what is taken out, and what is print and stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from test_scan_tables import DOTS, POINT, grey, page, text_page, written

from extract.pdf.shapes import Area
from extract.scan.rules import ruled_lines
from extract.scan.stamps import without_stamps


def stamped(picture: Image.Image, ink: int) -> Image.Image:
    """Put a stamp over the middle of a page: where it lies over print it makes that no lighter."""
    stamp = page()
    pen = ImageDraw.Draw(stamp)
    for inset in (0, 4):
        box = (240 + inset, 240 + inset, 350 - inset, 350 - inset)
        pen.ellipse([one * POINT for one in box], outline=ink, width=5)
    written(stamp, 262, 300, 5, high=14, pitch=14, fill=ink)
    return Image.fromarray(np.minimum(grey(picture), grey(stamp)))


@pytest.mark.parametrize("ink", [140, 215])
def test_grey_stamp_is_taken_out_and_print_under_it_stays(ink: int) -> None:
    plain = text_page()
    clean = without_stamps(grey(stamped(plain, ink)), DOTS)
    print_or_beside = cv2.dilate((grey(plain) < 128).astype(np.uint8), np.ones((7, 7))) > 0
    assert (clean[~print_or_beside] == 255).all()
    assert ((clean < 100) == (grey(plain) < 100)).all()


def test_grain_of_a_stamp_is_no_print() -> None:
    """Hardly a hundredth of its ink is darker by more than its quarters tell."""
    picture = grey(stamped(text_page(), 170))
    stamp = grey(stamped(page(), 170)) < 255
    places = np.argwhere(stamp)
    for y, x in places[:: len(places) // 60].tolist():
        grain = np.s_[y : y + 3, x : x + 3]
        picture[grain] = np.where(picture[grain] == 170, 150, picture[grain])
    clean = without_stamps(picture, DOTS)
    print_or_beside = cv2.dilate((grey(text_page()) < 128).astype(np.uint8), np.ones((7, 7))) > 0
    assert (clean[~print_or_beside] == 255).all()


def test_pieces_of_the_frame_of_a_stamp_go_with_it_and_words_beside_it_stay() -> None:
    """Where it crosses a rule at a small angle, or runs along print, much of it is hidden."""
    picture, words = page(), page()
    pen = ImageDraw.Draw(picture)
    for part in (
        (262, 228, 330, 214, 341, 269, 265, 284),
        (245, 231, 200, 240, 203, 256),
        (206, 272, 211, 295, 248, 287),
    ):
        pen.line([one * POINT for one in part], fill=140, width=5)
    for base in (256, 274):
        written(picture, 248, base, 6, high=12, pitch=12, fill=140)
    written(picture, 60, 120, 30)
    written(words, 358, 240, 3, high=12, pitch=12, fill=140)
    clean = without_stamps(np.minimum(grey(picture), grey(words)), DOTS)
    assert (clean[grey(picture) == 140] == 255).all()
    assert ((clean == 140) == (grey(words) == 140)).all()


def test_thin_letters_under_a_stamp_are_grey_and_stay() -> None:
    """No print of the page is darker than its hairlines."""
    plain = cv2.dilate(grey(text_page()), np.ones((2, 2)))  # letters of two pixels
    thin = np.where(plain < 128, 115, 255).astype(np.uint8)
    clean = without_stamps(grey(stamped(Image.fromarray(thin), 165)), DOTS)
    under = np.s_[round(240 * POINT) : round(350 * POINT), round(240 * POINT) : round(350 * POINT)]
    assert (clean[under][thin[under] < 128] == 115).mean() > 0.98
    assert (clean == 165).sum() < 0.2 * (grey(stamped(page(), 165)) == 165).sum()


def test_grey_stamp_that_a_dark_row_cuts_is_taken_out() -> None:
    picture = page()
    for base in (270, 330):
        written(picture, 330, base, 6, high=4.5, pitch=4.5)
    plain, halves = grey(picture), grey(stamped(picture, 140))
    row = slice(round(285 * POINT), round(305 * POINT))
    for picture in (plain, halves):  # as evening the row leaves it
        picture[row, round(60 * POINT) : round(500 * POINT)] = 255
    clean = without_stamps(halves, DOTS, [Area(60, 285, 500, 305)])
    print_or_beside = cv2.dilate((plain < 128).astype(np.uint8), np.ones((7, 7))) > 0
    assert (clean[~print_or_beside] == 255).all()


@pytest.mark.parametrize("ink", [0, 200])
def test_arcs_of_a_stamp_are_no_rules(ink: int) -> None:
    picture = page()
    ImageDraw.Draw(picture).line([one * POINT for one in (60, 500, 500, 500)], fill=0, width=3)
    rules = ruled_lines(grey(stamped(picture, ink)), DOTS)
    assert [round(rule.at) for rule in rules.level] == [500]
    assert rules.upright == []


def test_thin_grey_rules_under_a_stamp_stay() -> None:
    picture = page()
    for n in range(6):
        ImageDraw.Draw(picture).line(
            [one * POINT for one in (60, 230 + 26 * n, 540, 230 + 26 * n)], fill=150, width=1
        )
    rules = ruled_lines(without_stamps(grey(stamped(picture, 140)), DOTS), DOTS)
    kept = [0.0] * 6
    for rule in rules.level:
        kept[round((rule.at - 230) / 26)] += rule.end - rule.start
    assert min(kept) > 0.9 * 480


def test_frame_of_a_grey_stamp_goes_with_its_letters_and_a_grey_grid_stays() -> None:
    """Two lines of letters are too low for a stamp by themselves."""
    plain = text_page()
    framed = plain.copy()
    box = [one * POINT for one in (190, 235, 330, 310)]
    ImageDraw.Draw(framed).rectangle(box, outline=140, width=5)
    for base in (265, 285):
        written(framed, 210, base, 7, high=14, pitch=14, fill=140)
    print_or_beside = cv2.dilate((grey(plain) < 128).astype(np.uint8), np.ones((7, 7))) > 0
    both = Image.fromarray(np.minimum(grey(plain), grey(framed)))
    assert (without_stamps(grey(both), DOTS)[~print_or_beside] == 255).all()
    pen = ImageDraw.Draw(plain)
    for n in range(4):
        pen.line([one * POINT for one in (190, 235 + 25 * n, 330, 235 + 25 * n)], 140, 5)
        pen.line([one * POINT for one in (190 + 46 * n, 235, 190 + 46 * n, 310)], 140, 5)
    assert (without_stamps(grey(plain), DOTS) == grey(plain)).all()


def test_page_without_a_stamp_is_left_as_it_is() -> None:
    picture = text_page()
    written(picture, 60, 640, 20, high=14, pitch=14, fill=140)  # a grey heading
    assert (without_stamps(grey(picture), DOTS) == grey(picture)).all()


@pytest.mark.parametrize("ink", [120, 150, 200, 215])
def test_lines_of_coloured_print_in_a_cell_are_no_stamp(ink: int) -> None:
    picture = text_page()
    pen = ImageDraw.Draw(picture)
    for n in range(60):
        left, base = 330 + 10 * (n % 12), 620 + 17 * (n // 12)
        box = (left, base - 8, left + 8.5, base)
        pen.ellipse([one * POINT for one in box], outline=ink, width=4)
    assert (without_stamps(grey(picture), DOTS) == grey(picture)).all()
    # Dark rules between them hide nothing.
    for x in (326, 345, 455):
        pen.line([one * POINT for one in (x, 600, x, 700)], fill=0, width=4)
    assert (without_stamps(grey(picture), DOTS) == grey(picture)).all()


def test_large_pale_letters_are_no_stamp() -> None:
    picture = text_page()
    zigzag = [(250 + 15 * n, 640 + 60 * (n % 2)) for n in range(11)]
    drawn = [(x * POINT, y * POINT) for x, y in zigzag]
    ImageDraw.Draw(picture).line(drawn, fill=212, width=9)
    assert (without_stamps(grey(picture), DOTS) == grey(picture)).all()


def framed(picture: Image.Image, ink: int = 140) -> Image.Image:
    """Lay a level stamp of two lines in a box over a page."""
    stamp = page()
    box = [one * POINT for one in (190, 240, 310, 287)]
    ImageDraw.Draw(stamp).rectangle(box, outline=ink, width=4)
    for base in (258, 278):
        written(stamp, 205, base, 5, high=10, pitch=15, fill=ink)
    return Image.fromarray(np.minimum(grey(picture), grey(stamp)))


def beside_print(plain: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    dark = (grey(plain) < 128).astype(np.uint8)
    return np.asarray(cv2.dilate(dark, np.ones((7, 7))) > 0)


def test_level_stamp_is_taken_out_though_much_of_its_ink_is_its_frame() -> None:
    plain = page()
    written(plain, 60, 280, 25)
    clean = without_stamps(grey(framed(plain)), DOTS)
    assert (clean[~beside_print(plain)] == 255).all()


def test_small_grey_table_with_grey_letters_is_no_stamp() -> None:
    picture = framed(page())
    pen = ImageDraw.Draw(picture)
    pen.line([one * POINT for one in (190, 263, 310, 263)], 140, 4)
    pen.line([one * POINT for one in (255, 240, 255, 287)], 140, 4)
    assert (without_stamps(grey(picture), DOTS) == grey(picture)).all()


def test_grain_of_a_dark_stamp_is_as_dark_as_blurred_print() -> None:
    plain = text_page()
    picture = grey(stamped(plain, 117))
    ink = (grey(stamped(page(), 117)) < 255) & (grey(plain) > 128)
    noise = cv2.GaussianBlur(np.random.default_rng(1).normal(size=picture.shape), (0, 0), 0.8)
    picture[ink] = (117 + 16 * noise / noise.std()).clip(0, 255).astype(np.uint8)[ink]
    clean = without_stamps(picture, DOTS)
    assert (clean[~beside_print(plain)] == 255).mean() > 0.9999
    assert ((clean < 60) == (grey(plain) < 60)).all()


def test_decimal_point_under_a_stamp_stays() -> None:
    """It is two pixels, of which one is black."""
    picture = grey(framed(page(), ink=164))
    y, x = round(283 * POINT), round(250 * POINT)
    picture[y, x : x + 2] = 25, 99
    clean = without_stamps(picture, DOTS)
    assert clean[y, x : x + 2].tolist() == [25, 99]
    assert (clean == 164).sum() < 0.2 * (picture == 164).sum()


def test_words_as_grey_as_a_stamp_that_reach_into_its_box_go_with_it() -> None:
    """Rules that run through a stamp leave parts of it that have no frame of their own."""
    plain, words = page(), page()
    written(plain, 60, 120, 30)
    written(words, 344, 356, 4, high=11, pitch=11, fill=190)
    clean = without_stamps(np.minimum(grey(stamped(plain, 190)), grey(words)), DOTS)
    assert (clean[~beside_print(plain)] == 255).all()


def test_thin_grey_print_beside_a_stamp_stays() -> None:
    """Strokes of a thin seven went, and its top was left, for a minus."""
    picture = page()
    written(picture, 60, 120, 30)
    pen = ImageDraw.Draw(picture)
    for x in (282, 290, 298):
        pen.line([one * POINT for one in (x, 238.2, x + 5, 232)], 150, 2)
    plain = grey(picture)
    clean = without_stamps(grey(stamped(picture, 150)), DOTS)
    assert (clean[plain < 160] < 160).all()
    assert (clean[~beside_print(picture) & (plain == 255)] == 255).mean() > 0.9999


def test_stamp_as_dark_as_thin_print_is_taken_out() -> None:
    """Its ink has one tone; thin print has many, and is darker where it lies under the stamp."""
    plain, stamp = page(), page()
    pen = ImageDraw.Draw(plain)
    for base in range(215, 300, 12):
        for x in range(180, 330, 6):
            drawn = [(x, base - 6), (x + 3.5, base - 6), (x + 1.5, base)]
            pen.line([(one * POINT, y * POINT) for one, y in drawn], fill=110, width=2)
    frame = [(205, 228), (325, 212), (335, 272), (215, 288), (205, 228)]
    ink = ImageDraw.Draw(stamp)
    ink.line([(x * POINT, y * POINT) for x, y in frame], fill=86, width=5)
    for base in (248, 270):
        written(stamp, 228, base, 6, high=14, pitch=15, fill=86)
    light = grey(plain).astype(int) * grey(stamp) // 255
    clean = without_stamps(light.astype(np.uint8), DOTS)
    beside = cv2.dilate((grey(plain) < 255).astype(np.uint8), np.ones((7, 7))) > 0
    assert (clean[~beside] == 255).mean() > 0.9999
    assert (clean[grey(plain) == 110] < 200).mean() > 0.9  # but for what touches its strokes


def test_level_box_of_dark_letters_is_no_stamp() -> None:
    plain = page()
    for base in (120, 220, 310):
        written(plain, 60, base, 60)
    box = framed(plain, ink=86)
    assert (without_stamps(grey(box), DOTS) == grey(box)).all()
