"""Batches of worn lines with what each frame should say, made by processes beside the training."""

from __future__ import annotations

import multiprocessing as mp
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np

from extract.scan.alphabet import Parts
from extract.scan.engine import Grey
from extract.scan.strips import FRAME, HEIGHT, SIDE, fitted
from training import texts
from training.fonts import faces
from training.lines import Printer
from training.wear import empty, scanned

ANY = -100  # a frame or a part that is not judged
# Shares of a cluster's width: around its middle frames must name it, at its ends none.
_NAMED, _END = 0.25, 0.15
# Shares of lines: in the face alone, with Latin of either other font, and without a shaper.
_PRINTERS = (0.66, 0.08, 0.08, 0.18)
_EMPTY = 0.015  # share of strips that hold no text
_LINES = 768  # made at once, so that lines of alike width come together
_COLUMNS = 9216  # of a batch
_LONGEST = 1024  # columns; longer strips are cut there
_STEP = 32
# Seconds to wait for a batch, or for a place for one: its maker, or the training, may have died.
_PATIENCE = 300.0

Targets = np.ndarray[tuple[int, int, int], np.dtype[np.int16]]


@dataclass(frozen=True)
class Batch:
    """Strips (n, HEIGHT, w), and per frame the base, the vowel and the tone, or ANY."""

    strips: np.ndarray[Any, np.dtype[np.uint8]]
    targets: Targets


class Maker:
    """Makes worn lines of a seed, in the fonts of a folder."""

    def __init__(self, folder: Path, seed: int, *, is_kept_aside: bool = False) -> None:
        self.random, self.numbers = Random(seed), np.random.default_rng(seed)  # noqa: S311
        found = faces(folder, is_kept_aside=is_kept_aside)
        self._shares = [face.share for face in found]
        self._printers = [
            [
                Printer(face, folder),
                Printer(face, folder, latin=0),
                Printer(face, folder, latin=1),
                Printer(face, folder, is_shaped=not face.has_loose_marks),
            ]
            for face in found
        ]

    def line(self, longest: int = 120) -> tuple[str, Grey, Any, tuple[Parts, ...]]:
        """Return a text, its crop, the boxes of its clusters there, and the clusters."""
        text = texts.line(self.random, longest)
        printers = self.random.choices(self._printers, self._shares)[0]
        printer = self.random.choices(printers, _PRINTERS)[0]
        printed = printer.print(text, self.random)
        crop = scanned(printed, self.numbers)
        return text, crop.grey, crop.boxes, printed.parts

    def batches(self) -> Iterator[Batch]:
        """Make batches without end."""
        while True:
            made = []
            for _ in range(_LINES):
                longest = 120 if self.random.random() < 0.1 else 40
                _, grey, boxes, parts = self.line(longest)
                strip, scale = fitted(grey)
                strip = strip[:, :_LONGEST]
                made.append((strip, targets(boxes * scale + SIDE, parts, strip.shape[1])))
                if self.random.random() < _EMPTY:
                    strip, _ = fitted(empty(grey.shape, self.numbers))
                    made.append((strip, np.full((-(-strip.shape[1] // FRAME), 3), ANY, np.int16)))
                    made[-1][1][:, 0] = 0
            made.sort(key=lambda pair: pair[0].shape[1])
            together: list[Batch] = []
            while made:
                width = -(-made[-1][0].shape[1] // _STEP) * _STEP
                count = max(1, _COLUMNS // width)
                together.append(_batch(made[-count:], width))
                del made[-count:]
            self.random.shuffle(together)
            yield from together


def targets(boxes: Any, parts: tuple[Parts, ...], width: int) -> Targets:
    """Say what the frames of a strip should say: frames by base, vowel and tone."""
    count = -(-width // FRAME)
    wanted = np.full((count, 3), ANY, np.int16)
    middles = (np.arange(count) + 0.5) * FRAME
    left, right = boxes[0, 0], boxes[-1, 1]
    wanted[(middles < left) | (middles > right), 0] = 0
    for x0, x1 in boxes.tolist():
        near = _END * (x1 - x0)
        wanted[(np.abs(middles - x0) < near) | (np.abs(middles - x1) < near), 0] = 0
        for x in (x0, x1):  # a frame without a name parts two clusters, however narrow they are
            wanted[min(max(int(x / FRAME), 0), count - 1), 0] = 0
    for (x0, x1), (base, vowel, tone) in zip(boxes.tolist(), parts, strict=True):
        middle, half = (x0 + x1) / 2, _NAMED * (x1 - x0)
        named = np.abs(middles - middle) < half
        named[min(max(int(middle / FRAME), 0), count - 1)] |= 0 <= middle < width
        wanted[named] = base, vowel, tone
    return wanted


def _batch(made: list[tuple[Grey, Any]], width: int) -> Batch:
    strips = np.zeros((len(made), HEIGHT, width), np.uint8)
    wanted = np.full((len(made), width // FRAME, 3), ANY, np.int16)
    wanted[:, :, 0] = 0
    for n, (strip, frames) in enumerate(made):
        strips[n, :, : strip.shape[1]] = strip
        wanted[n, : len(frames)] = frames
    return Batch(strips, wanted)


def _work(queue: Queue[Batch], folder: Path, seed: int) -> None:
    cv2.setNumThreads(1)
    queue.cancel_join_thread()
    for batch in Maker(folder, seed).batches():
        queue.put(batch, timeout=_PATIENCE)


def served(folder: Path, seed: int, workers: int) -> Iterator[Batch]:
    """Give batches that processes make, each from a seed of its own."""
    queue: Queue[Batch] = mp.get_context("spawn").Queue(64)
    for n in range(workers):
        mp.get_context("spawn").Process(
            target=_work, args=(queue, folder, seed * 1000 + n), daemon=True
        ).start()
    while True:
        yield queue.get(timeout=_PATIENCE)
