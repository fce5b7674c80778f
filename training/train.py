"""Train the reader of lines: ``python -m training.train FONTS OUT --minutes 60``.

The learning rate follows the clock. ``OUT`` is a checkpoint, written every two minutes; with
``--resume`` training goes on from one, or from weights in use (.onnx), with a fresh schedule.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from extract.scan.alphabet import Alphabet
from training.batches import ANY, Batch, served
from training.model import Reader
from training.unfold import unfold

_KEEP = 120.0  # seconds between checkpoints
_MARKS = 0.5  # weight of the marks beside the letters
_AVERAGED = 0.998  # how much of the average a step leaves
_WARM = 0.03  # share of the time


def loss_of(scores: Tensor, targets: Tensor) -> Tensor:
    """Return the mean loss over the frames that are judged, 0 where none is (on empty paper)."""
    total = torch.zeros(())
    parts = scores.split(Alphabet.load().sizes, dim=2)
    for n, (part, weight) in enumerate(zip(parts, (1.0, _MARKS, _MARKS), strict=True)):
        wanted = targets[:, :, n].flatten().long()
        lost = nn.functional.cross_entropy(
            part.flatten(0, 1).float(), wanted, ignore_index=ANY, reduction="sum"
        )
        total = total + weight * lost / (wanted != ANY).sum().clamp(min=1)
    return total


def tensors(batch: Batch) -> tuple[Tensor, Tensor]:
    """Return a batch as the network takes it."""
    strips = torch.from_numpy(batch.strips)[:, None].float() / 255
    return strips.contiguous(memory_format=torch.channels_last), torch.from_numpy(batch.targets)


def train(
    fonts: Path,
    out: Path,
    minutes: float,
    rate: float,
    seed: int,
    resume: Path | None,
    workers: int,
) -> None:
    """Train for so many minutes, and write the averaged weights."""
    torch.manual_seed(seed)
    model = Reader().to(memory_format=torch.channels_last)
    batches = served(fonts, seed, workers)
    first, _ = tensors(next(batches))
    if resume and resume.suffix == ".onnx":
        unfold(model, resume, first)
    elif resume:
        model.load_state_dict(torch.load(resume, weights_only=True))
    average = torch.optim.swa_utils.AveragedModel(model, use_buffers=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    start = kept = time.monotonic()
    step, mean, columns = 0, 0.0, 0
    while (spent := (time.monotonic() - start) / 60 / minutes) < 1:
        factor = min(spent / _WARM, 1.0) * (0.5 + 0.5 * math.cos(math.pi * spent))
        for group in optimizer.param_groups:
            group["lr"] = rate * max(factor, 0.002)
        strips, wanted = tensors(next(batches))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(strips)
        loss = loss_of(scores, wanted)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        average.multi_avg_fn = torch.optim.swa_utils.get_ema_multi_avg_fn(
            min(_AVERAGED, (1 + step) / (10 + step))
        )
        average.update_parameters(model)
        step, columns = step + 1, columns + strips.shape[0] * strips.shape[3]
        mean = loss.item() if step == 1 else 0.98 * mean + 0.02 * loss.item()
        if step % 100 == 0:
            seconds = time.monotonic() - start
            print(
                f"{seconds:6.0f} s, step {step}, loss {mean:.4f}, "
                f"{columns / seconds / 1000:.1f} k columns/s",
                flush=True,
            )
        if time.monotonic() - kept > _KEEP:
            kept = time.monotonic()
            torch.save(average.module.state_dict(), out)
    torch.save(average.module.state_dict(), out)


def main() -> None:
    """Train as the command says."""
    parser = argparse.ArgumentParser(description="Train the reader of lines.")
    parser.add_argument("fonts", type=Path, help="folder that python -m training.fonts made")
    parser.add_argument("out", type=Path, help="checkpoint to write")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    train(
        chosen.fonts,
        chosen.out,
        chosen.minutes,
        chosen.rate,
        chosen.seed,
        chosen.resume,
        chosen.workers,
    )


if __name__ == "__main__":
    main()
