"""Wear of print: what printing, copying, scanning and storing do to a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator

from extract.scan.engine import Grey
from training.lines import BODY, Line

Picture = np.ndarray[Any, np.dtype[Any]]
# Pixels that a letter without marks is high in a scan: notes of 6 points at 200 dpi to 300 dpi.
SMALLEST, LARGEST = 5.5, 30.0
_SKEW = 2.2  # degrees at most that a page lies askew
_INK = 60  # of 255: paler is no ink when a line is cut out


@dataclass(frozen=True)
class Crop:
    """A worn line, cut out as the page reader cuts it; ``boxes`` has a row of x0, x1 a cluster."""

    grey: Grey
    boxes: np.ndarray[tuple[int, int], np.dtype[np.float64]]


def scanned(line: Line, rng: Generator, body: float | None = None) -> Crop:
    """Print, wear and scan a line; ``body`` is the height in pixels of a letter in the scan."""
    if body is None:
        body = float(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST))))
    ink, matrix = _laid(line.ink, rng, body)
    ys, xs = np.nonzero(ink > _INK)
    if not len(ys):
        ys, xs = np.arange(2), np.arange(2)
    room = 12
    ink = cv2.copyMakeBorder(ink, room, room, room, room, cv2.BORDER_CONSTANT, value=0)
    middle = line.ink.shape[0] / 2
    boxes = matrix[0, 0] * line.boxes + matrix[0, 1] * middle + matrix[0, 2] + room
    top, bottom = ys.min() + room, ys.max() + 1 + room
    left, right = xs.min() + room, xs.max() + 1 + room
    ink = _chance(rng, 0.07, _neighbours, ink, rng, (top, bottom))
    ink = _chance(rng, 0.06, _rules, ink, rng, (top, bottom))
    skew = float(rng.uniform(-_SKEW, _SKEW)) if rng.random() < 0.6 else 0.0
    grey = _skewed(developed(_skewed(ink, skew, 0), rng, body), -skew, None)
    # Cut out with a margin; now and then an edge takes a little of the ink.
    margins = rng.integers(1, 6, 4) if rng.random() < 0.85 else rng.integers(-1, 10, 4)
    top, bottom = max(top - margins[0], 0), min(bottom + margins[1], len(grey))
    left, right = max(left - margins[2], 0), min(right + margins[3], grey.shape[1])
    bottom, right = max(bottom, top + 1), max(right, left + 1)  # of a full stop
    return Crop(np.ascontiguousarray(grey[top:bottom, left:right]), boxes - left)


def empty(shape: tuple[int, ...], rng: Generator) -> Grey:
    """Scan paper without text, of so many rows and columns; rules and stamps may be on it."""
    room = 12
    ink = np.zeros((shape[0] + 2 * room, shape[1] + 2 * room), np.uint8)
    ink = _chance(rng, 0.3, _rules, ink, rng, (room, room + shape[0]))
    grey = developed(ink, rng, LARGEST / 2)
    return np.ascontiguousarray(grey[room:-room, room:-room])


def developed(ink: Grey, rng: Generator, body: float) -> Grey:
    """Turn clean ink (255 is black) at the scan's size into the grey picture of a worn scan.

    ``body`` is the height of a letter in pixels: small letters bear less blur.
    """
    ink = _chance(rng, 0.18, _weight, ink, rng, body)
    ink = _chance(rng, 0.06, _dropouts, ink, rng)
    paper, black = rng.uniform(185, 255), rng.uniform(0, 60)
    if rng.random() < 0.2:
        black = rng.uniform(40, 140)  # grey or coloured print, a pale copy
    blur = abs(rng.normal(0, 0.035 * body)) if rng.random() < 0.75 else 0.0
    picture = ink.astype(np.float32)
    if blur > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), min(blur, 1.6))
    picture = paper + (black - paper) * (picture / 255)
    picture = _chance(rng, 0.08, _stamp, picture, rng)
    picture = _chance(rng, 0.2, _shadow, picture, rng)
    if rng.random() < 0.7:
        noise = np.empty(picture.shape, np.float32)
        cv2.randn(noise, 0, float(abs(rng.normal(0, 8))))
        picture += noise
    grey = np.clip(picture, 0, 255).astype(np.uint8)
    grey = _chance(rng, 0.06, _speckle, grey, rng)
    grey = _chance(rng, 0.15, _resampled, grey, rng, body)
    grey = _chance(rng, 0.25, _two_tone, grey, rng)
    return _chance(rng, 0.5, _jpeg, grey, rng)


def _skewed(picture: Grey, degrees: float, paper: int | None) -> Grey:
    """Turn a line about its middle; what comes into sight is paper, or like its nearest pixel.

    A scan in two tones that is turned upright has steps in its letters.
    """
    if not degrees:
        return picture
    width = picture.shape[1]
    rise = int(np.ceil(np.tan(np.radians(abs(degrees))) * width / 2))
    if paper is not None:  # room for the ends of the line
        picture = cv2.copyMakeBorder(picture, rise, rise, 0, 0, cv2.BORDER_CONSTANT, value=paper)
    middle = (width / 2, picture.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(middle, degrees, 1)
    edge = cv2.BORDER_REPLICATE if paper is None else cv2.BORDER_CONSTANT
    size = (width, picture.shape[0])
    turned = cv2.warpAffine(picture, matrix, size, borderMode=edge, borderValue=paper or 0)
    return turned[rise : turned.shape[0] - rise] if paper is None else turned


def _chance(
    rng: Generator, share: float, change: Callable[..., Picture], picture: Picture, *more: Any
) -> Any:
    return change(picture, *more) if rng.random() < share else picture


def _laid(ink: Grey, rng: Generator, body: float) -> tuple[Grey, Picture]:
    """Bring a line to the scan's size, a little skewed, slanted and stretched."""
    scale = body / BODY
    if scale < 0.7:  # smooth first, or thin strokes are lost
        size = int(np.ceil(0.9 / scale))
        ink = cv2.blur(ink, (size, size))
    wide = scale * float(np.clip(rng.normal(1, 0.05), 0.85, 1.15))
    height, width = ink.shape
    most = min(2.0, np.degrees(0.3 * body / max(width * scale, 1)) + 0.1)
    turn = np.radians(float(np.clip(rng.normal(0, 0.6), -most, most)))
    slant = float(rng.normal(0, 0.02)) if rng.random() < 0.9 else float(rng.uniform(-0.05, 0.25))
    matrix = np.array(
        [
            [wide * np.cos(turn), -slant * scale, 0.0],
            [wide * np.sin(turn), scale * np.cos(turn), 0.0],
        ]
    )
    corners = matrix[:, :2] @ np.array([[0, width, 0, width], [0, 0, height, height]])
    matrix[:, 2] = -corners.min(axis=1) + rng.random(2)
    size = np.ceil(np.ptp(corners, axis=1)).astype(int) + 1
    laid = cv2.warpAffine(ink, matrix, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR)
    return laid, matrix


def _weight(ink: Picture, rng: Generator, body: float) -> Picture:
    """Thicken or thin the strokes."""
    if rng.random() < 0.6 or body < 13:
        kernel = np.ones(((2, 2), (1, 2), (2, 1))[rng.integers(3)], np.uint8)
        thick = cv2.dilate(ink, kernel)
        share = rng.uniform(0.3, 1.0) * min(1.0, body / 16)
        return cv2.addWeighted(thick, share, ink, 1 - share, 0)
    thin = cv2.erode(ink, np.ones((2, 2), np.uint8))
    share = rng.uniform(0.2, 0.8)
    return cv2.addWeighted(thin, share, ink, 1 - share, 0)


def _dropouts(ink: Picture, rng: Generator) -> Picture:
    """Take specks of toner away."""
    holes = (rng.random(ink.shape, np.float32) < rng.uniform(0.005, 0.06)).astype(np.uint8)
    return cv2.subtract(ink, cv2.dilate(holes, np.ones((2, 2), np.uint8)) * 255)


def _neighbours(ink: Picture, rng: Generator, rows: tuple[int, int]) -> Picture:
    """Let ends of the lines above or below reach into the crop."""
    other = np.roll(ink, int(rng.integers(ink.shape[1])), axis=1)
    reach = int(rng.integers(1, 5))
    ink = ink.copy()
    if rng.random() < 0.5:
        ink[rows[0] - 4 - reach : rows[0] - 4] = other[rows[1] - reach : rows[1]]
    else:
        ink[rows[1] + 4 : rows[1] + 4 + reach] = other[rows[0] : rows[0] + reach]
    return ink


def _rules(ink: Picture, rng: Generator, rows: tuple[int, int]) -> Picture:
    """Leave an underline, dots to write on, or the rest of a rule of the table."""
    ink = ink.copy()
    kind, height, width = rng.integers(4), *ink.shape
    left, right = sorted(rng.integers(0, width, 2))
    if kind == 0:
        y = int(rng.integers(rows[1] - 1, min(rows[1] + 4, height - 2)))
        ink[y : y + int(rng.integers(1, 3)), left:right] = int(rng.integers(90, 255))
    elif kind == 1:
        y = int(rng.integers(rows[1] - 2, min(rows[1] + 3, height - 2)))
        ink[y : y + 1, left : right : int(rng.integers(3, 7))] = 255
    elif kind == 2:
        y = max(int(rows[0] - rng.integers(2, 5)), 0)
        ink[y : y + 1, left:right] = int(rng.integers(60, 255))
    else:
        x = int(rng.integers(1, 11)) if rng.random() < 0.5 else width - int(rng.integers(2, 11))
        top, bottom = sorted(rng.integers(0, height, 2))
        ink[top:bottom, x : x + 1] = int(rng.integers(60, 255))
    return ink


def _stamp(picture: Picture, rng: Generator) -> Picture:
    """Lay strokes of a stamp or a signature over the line, paler than its ink."""
    height, width = picture.shape
    over = np.zeros(picture.shape, np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        centre = (int(rng.integers(0, width)), int(rng.integers(-2 * height, 3 * height)))
        axes = (int(rng.integers(8, 4 * height)), int(rng.integers(8, 4 * height)))
        cv2.ellipse(
            over, centre, axes, float(rng.uniform(0, 180)), 0, 360, 255, int(rng.integers(1, 4))
        )
    deep = rng.uniform(0.15, 0.6)
    return picture * (1 - deep * over.astype(np.float32) / 255)


def _shadow(picture: Picture, rng: Generator) -> Picture:
    """Darken the paper from one side to the other."""
    height, width = picture.shape
    ends = rng.uniform(0.65, 1.0, 2)
    across = np.linspace(ends[0], ends[1], width, dtype=np.float32)
    down = np.linspace(1, rng.uniform(0.85, 1.0), height, dtype=np.float32)
    return picture * across * down[:, None]


def _speckle(grey: Picture, rng: Generator) -> Picture:
    """Scatter black and white specks."""
    grey = grey.copy()
    count = int(rng.integers(1, max(2, grey.size // 400)))
    ys, xs = rng.integers(0, grey.shape[0] - 1, count), rng.integers(0, grey.shape[1] - 1, count)
    value = 255 * (rng.random(count) < 0.3)
    for y in (0, int(rng.integers(2))):
        for x in (0, int(rng.integers(2))):
            grey[ys + y, xs + x] = value
    return grey


def _resampled(grey: Picture, rng: Generator, body: float) -> Picture:
    """Store at a smaller size, in which small letters can still be read, and bring it back."""
    height, width = grey.shape
    scale = rng.uniform(min(max(0.6, SMALLEST / body), 0.95), 0.95)
    small = cv2.resize(
        grey,
        (max(int(width * scale), 2), max(int(height * scale), 2)),
        interpolation=cv2.INTER_AREA,
    )
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def _two_tone(grey: Picture, rng: Generator) -> Picture:
    """Make it black and white, as a fax or a bilevel scan."""
    low, high = float(grey.min()), float(np.percentile(grey, 90))
    level = low + (high - low) * rng.uniform(0.4, 0.75)
    return np.where(grey > level, 255, 0).astype(np.uint8)


def _jpeg(grey: Picture, rng: Generator) -> Picture:
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 96))]
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", grey, quality)[1], cv2.IMREAD_GRAYSCALE))
