"""Coloured stamps on colour pictures, and what is coloured and stays."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageDraw
from test_scan_tables import DOTS, POINT, grey, page, text_page, written

from extract.scan.engine import Grey
from extract.scan.paper import evened
from extract.scan.picture import PagePicture, frame_picture

RED, BLUE, YELLOW = (200, 40, 60), (60, 80, 190), (255, 228, 140)


def seen(picture: Image.Image) -> PagePicture:
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(DOTS, DOTS))
    return frame_picture(file.getvalue())


def inked(picture: Image.Image, mask: Image.Image, ink: tuple[int, int, int]) -> Image.Image:
    """Lay coloured ink over a picture where a grey mask is dark: it takes light, as ink does."""
    light = np.asarray(picture.convert("RGB"), np.float64)
    over = (grey(mask) < 128)[..., None]
    return Image.fromarray(np.where(over, light * ink / 255, light).astype(np.uint8))


def stamp() -> Image.Image:
    """A ring with words in it that do not touch it."""
    mask = page()
    pen = ImageDraw.Draw(mask)
    pen.ellipse([one * POINT for one in (200, 200, 300, 300)], outline=0, width=5)
    written(mask, 222, 255, 5, high=10, pitch=11)
    return mask


def beside(plain: Grey) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(cv2.dilate((plain < 128).astype(np.uint8), np.ones((5, 5))) == 0)


def test_stamp_over_a_coloured_cell_is_taken_out() -> None:
    """Blue ink on yellow is dark in all channels."""
    plain = page().convert("RGB")
    ImageDraw.Draw(plain).rectangle([one * POINT for one in (60, 180, 500, 230)], fill=YELLOW)
    even = evened(seen(inked(plain, stamp(), BLUE)).grey, DOTS)
    assert (even.grey < 165).sum() == 0
    assert len(even.shades) == 1


def test_words_in_a_coloured_ring_go_with_it_and_others_stay() -> None:
    others = page()
    written(others, 225, 280, 4)
    mixed = inked(inked(text_page(), stamp(), RED), others, BLUE)
    even = evened(seen(mixed).grey, DOTS).grey
    letters = np.minimum(grey(text_page()), grey(others))
    assert (even[beside(letters)] > 165).all()
    assert (even[(grey(others) < 128) & beside(grey(stamp()))] < 165).mean() > 0.9


def test_small_stamp_full_of_ink_is_no_coloured_cell() -> None:
    """Seen coarsely two rings and the words between them fill most of their box."""
    mask = page()
    pen = ImageDraw.Draw(mask)
    for inset in (0, 5):
        box = [one * POINT for one in (200 + inset, 200 + inset, 266 - inset, 266 - inset)]
        pen.ellipse(box, outline=0, width=4)
    for base, high in ((226, 9), (238, 7), (249, 5)):
        written(mask, 211, base, 5, high=high, pitch=9)
    even = evened(seen(inked(text_page(), mask, RED)).grey, DOTS).grey
    assert (even[beside(grey(text_page()))] > 165).all()


def test_dark_coloured_header_that_a_stamp_touches_is_left_as_it_is() -> None:
    plain, letters = page().convert("RGB"), page()
    box = [one * POINT for one in (60, 180, 500, 230)]
    ImageDraw.Draw(plain).rectangle(box, fill=(31, 78, 121))
    written(letters, 80, 210, 50)
    plain.paste((255, 255, 255), mask=Image.eval(letters, lambda level: 255 - level))
    before, after = seen(plain).grey, seen(inked(plain, stamp(), RED)).grey
    header = np.s_[round(182 * POINT) : round(228 * POINT), round(62 * POINT) : round(190 * POINT)]
    assert (before[header] == after[header]).all()


def test_coloured_stamp_over_black_text_is_taken_out() -> None:
    picture = text_page().convert("RGB")
    ImageDraw.Draw(picture).ellipse((300, 300, 700, 700), outline=(220, 30, 30), width=8)
    read = seen(picture)
    even, clean = evened(read.grey, DOTS).grey, evened(grey(text_page()), DOTS).grey
    assert ((even < 128) != (clean < 128)).mean() < 0.001


def test_small_coloured_letters_are_kept() -> None:
    picture = Image.merge("RGB", (page(), text_page(), text_page()))  # red letters
    assert (seen(picture).grey < 128).mean() > 0.01


def test_noise_of_colour_is_no_stamp() -> None:
    """Specks of colour that a JPEG leaves made whole areas of the paper lighter."""
    picture = np.full((round(842 * POINT), round(595 * POINT), 3), 225, np.uint8)
    noise = np.random.default_rng(1)
    for _ in range(700):
        y, x = noise.integers(600, 1400, 2)
        picture[y : y + 12, x : x + 12] = (225, 225, 188)
    picture[900:910, 900:910] = (225, 225, 120)
    wanted = np.asarray(Image.fromarray(picture).convert("L"), np.int16)
    read = seen(Image.fromarray(picture)).grey.astype(np.int16)
    assert np.abs(read - wanted).max() <= 2


def test_coloured_stamp_on_coloured_paper_is_taken_out() -> None:
    plain = np.asarray(text_page().convert("RGB"), np.float64) * (0.99, 0.95, 0.80)
    picture = Image.fromarray(plain.astype(np.uint8))
    ImageDraw.Draw(picture).ellipse((500, 500, 820, 820), outline=(190, 30, 40), width=8)
    even = evened(seen(picture).grey, DOTS).grey
    assert ((even < 128) != (grey(text_page()) < 128)).mean() < 0.001
