"""What printing, stamping and scanning do to a page, decided by a recipe that a seed makes.

Written apart from ``training/``, so that the recogniser is not tested on the damage that it was
trained on.
"""

from __future__ import annotations

import csv
import math
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.corpus.fonts import thai_fonts

Tone = Literal["grey", "bilevel", "photocopy"]
# A grey or colour picture, or a 1-bit one as 0 and 255.
Picture = np.ndarray[Any, np.dtype[np.uint8]]
Layer = np.ndarray[Any, np.dtype[np.float32]]

DPIS = (150, 200, 300)
TONES: tuple[Tone, ...] = ("grey", "bilevel", "photocopy")
MAX_SKEW = 2.0  # degrees
QUALITIES = (50, 90)  # of JPEG
TURNS = (90, 180, 270)
TURNED = 0.1  # share of pages
MM_PER_INCH = 25.4
BLACK = 0.56  # of the light: what reflects less is black in two tones
STAMP_WORDS = Path(__file__).parent / "data" / "stamp_words.csv"
# How ink of a stamp and paper of a colour reflect red, green and blue.
STAMP_INKS = {"red": (0.80, 0.13, 0.20), "blue": (0.18, 0.25, 0.70), "grey": (0.45, 0.45, 0.45)}
PAPERS = {
    "white": (1.0, 1.0, 1.0),
    "cream": (0.99, 0.95, 0.83),
    "green": (0.84, 0.95, 0.85),
    "pink": (0.98, 0.86, 0.88),
    "blue": (0.83, 0.91, 0.98),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp over the text; ``place`` is the share of the page's ink above its middle."""

    shape: Literal["round", "box"]
    ink: str
    strength: float
    width_mm: float
    angle: float
    place: float
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PageWear:
    """What happens to one page; skew and turn are in degrees, counter-clockwise."""

    skew: float
    turn: int
    shadow: float
    stamp: Stamp | None
    seed: int


@dataclass(frozen=True, slots=True)
class Wear:
    """What happens to every page of a report; noise is in grey levels, blur in mm."""

    dpi: int
    tone: Tone
    is_colour: bool
    paper: str
    blur_mm: float
    noise: float
    speckles_per_page: int
    quality: int
    pages: tuple[PageWear, ...]


def make_wear(rng: random.Random, dpi: int, tone: Tone, stamped: bool, pages: int) -> Wear:
    """Decide on the wear of a report of so many pages."""
    is_clean = rng.random() < 0.3
    return Wear(
        dpi=dpi,
        tone=tone,
        is_colour=tone == "grey" and rng.random() < 0.5,
        paper=rng.choice(list(PAPERS)[1:]) if rng.random() < 0.25 else "white",
        blur_mm=rng.uniform(0.02, 0.06),
        noise=rng.uniform(1, 4 if is_clean else 9),
        speckles_per_page=0 if is_clean else rng.randint(20, 300),
        quality=rng.randint(*QUALITIES),
        pages=tuple(_page_wear(rng, stamped) for _ in range(pages)),
    )


def _page_wear(rng: random.Random, stamped: bool) -> PageWear:
    return PageWear(
        skew=rng.uniform(-MAX_SKEW, MAX_SKEW),
        turn=rng.choice(TURNS) if rng.random() < TURNED else 0,
        shadow=rng.uniform(0.2, 0.6) if rng.random() < 0.35 else 0.0,
        stamp=_stamp(rng) if stamped else None,
        seed=rng.randrange(2**32),
    )


def _stamp(rng: random.Random) -> Stamp:
    shape: Literal["round", "box"] = rng.choice(("round", "box"))
    return Stamp(
        shape=shape,
        ink=rng.choice(list(STAMP_INKS)),
        strength=rng.uniform(0.45, 0.85),
        width_mm=rng.uniform(26, 38) if shape == "round" else rng.uniform(38, 60),
        angle=rng.uniform(-25, 25),
        place=rng.uniform(0.1, 0.9),
        words=rng.choice(_stamp_words()),
    )


@cache
def _stamp_words() -> list[tuple[str, str]]:
    with STAMP_WORDS.open(encoding="utf-8", newline="") as file:
        return [(row["first_line"], row["second_line"]) for row in csv.DictReader(file)]


def worn(page: Image.Image, wear: Wear, here: PageWear) -> Picture:
    """Return the picture that a scanner makes of a printed page, as it lies in the file."""
    noise = np.random.default_rng(here.seed)
    light = printed(page, wear)
    if here.stamp:
        light = stamped(light, here.stamp, wear.dpi)
    light = skewed(light, here.skew)
    light = light * _shadow(light.shape[1], here.shadow)
    if not wear.is_colour:
        light = cv2.cvtColor(np.asarray(light, np.float32), cv2.COLOR_RGB2GRAY)
    levels = _toned(light, wear.tone, noise, wear.noise)
    _speckle(levels, wear.speckles_per_page, wear.dpi, noise)
    return np.ascontiguousarray(np.rot90(levels, here.turn // 90))


def printed(page: Image.Image, wear: Wear) -> Layer:
    """Return the light (red, green and blue, from 0 to 1) that a printed page reflects."""
    light = np.asarray(page.convert("RGB"), np.float32) / 255
    light = cv2.GaussianBlur(light, (0, 0), max(wear.blur_mm * wear.dpi / MM_PER_INCH, 0.3))
    return np.asarray(light * np.array(PAPERS[wear.paper], np.float32), np.float32)


def stamped(light: Layer, stamp: Stamp, dpi: int) -> Layer:
    """Return the light of a page with a stamp over it."""
    mask = _stamp_mask(stamp, dpi)
    ink = light.min(axis=2) < 0.5
    across, down = ink.sum(axis=0).cumsum(), ink.sum(axis=1).cumsum()
    if not down[-1]:
        return light
    middle_y = int(np.searchsorted(down, stamp.place * down[-1]))
    middle_x = int(np.searchsorted(across, stamp.place * across[-1]))
    top, left = middle_y - mask.shape[0] // 2, middle_x - mask.shape[1] // 2
    rows = slice(max(top, 0), min(top + mask.shape[0], light.shape[0]))
    columns = slice(max(left, 0), min(left + mask.shape[1], light.shape[1]))
    seen = mask[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    colour = np.array(STAMP_INKS[stamp.ink], np.float32)
    made = light.copy()
    made[rows, columns] *= 1 - (seen * stamp.strength)[..., None] * (1 - colour)
    return made


def _stamp_mask(stamp: Stamp, dpi: int) -> Layer:
    """Return where the stamp leaves ink, from 0 to 1."""
    width = round(stamp.width_mm / MM_PER_INCH * dpi)
    height = width if stamp.shape == "round" else round(width * 0.42)
    line = max(round(0.6 / MM_PER_INCH * dpi), 2)
    picture = Image.new("L", (width, height))
    pen = ImageDraw.Draw(picture)
    frames = (0, 3 * line) if stamp.shape == "round" else (0,)
    for inset in frames:
        box = (inset, inset, width - 1 - inset, height - 1 - inset)
        if stamp.shape == "round":
            pen.ellipse(box, outline=255, width=line)
        else:
            pen.rectangle(box, outline=255, width=line)
    face = str(next(iter(thai_fonts().values())).bold)
    room = width * (0.72 if stamp.shape == "round" else 0.86)
    for words, place in zip(stamp.words, (0.38, 0.64), strict=True):
        font = ImageFont.truetype(face, 100)
        size = min(100 * room / max(font.getlength(words), 1), height * 0.3)
        font = ImageFont.truetype(face, max(round(size), 6))
        pen.text((width / 2, height * place), words, fill=255, font=font, anchor="mm")
    turned = picture.rotate(stamp.angle, Image.Resampling.BILINEAR, expand=True)
    return np.asarray(turned, np.float32) / 255


def skewed(light: Layer, angle: float) -> Layer:
    """Return the light of a page turned by so many degrees, counter-clockwise."""
    height, width = light.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    border = tuple(np.median(light[:5].reshape(-1, light.shape[2]), axis=0).tolist())
    made = cv2.warpAffine(
        light, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=border
    )
    return np.asarray(made, np.float32)


def _shadow(width: int, strength: float) -> Layer:
    """Return the light along a row: it falls off at the left, where the binding lifts the page."""
    away = np.arange(width, dtype=np.float32) / width
    return (1 - strength * np.exp(-away / 0.04))[None, :, None].astype(np.float32)


def _toned(light: Layer, tone: Tone, noise: np.random.Generator, sigma: float) -> Picture:
    """Return the levels that the scanner writes for the light that it gets."""
    if tone == "photocopy":  # grey toner on a grey ground
        light = 0.36 + 0.5 * light
    levels = 255 * light + noise.normal(0, sigma, light.shape).astype(np.float32)
    if tone == "bilevel":
        levels = np.where(levels < 255 * BLACK, 0, 255)
    return np.clip(levels, 0, 255).astype(np.uint8)


def _speckle(levels: Picture, count: int, dpi: int, noise: np.random.Generator) -> None:
    """Draw specks of dirt, and white ones where toner is lost."""
    height, width = levels.shape[:2]
    dark, bright = int(levels.min()), int(levels.max())
    for n in range(count):
        middle = (int(noise.integers(width)), int(noise.integers(height)))
        radius = math.floor(noise.uniform(0, 0.17) / MM_PER_INCH * dpi)
        level = bright if n % 3 == 0 else dark
        cv2.circle(levels, middle, radius, (level,) * 3, cv2.FILLED)
