"""Train the reader of digits: ``python -m training.digits_train FONTS --version 20261121``.

Makes the glyphs, trains, fits the temperature on glyphs of another seed, and writes the network
as ONNX with its classes.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from extract.scan.digits import WEIGHTS
from extract.scan.glyph_cuts import SIDE
from training.digits_glyphs import CLASSES, Glyphs, made

_TOGETHER = 256
_RATE = 4e-3
_OPERATORS = 17  # version of ONNX's operators
_TEMPERATURES = [0.7 + 0.05 * n for n in range(40)]


class Classifier(nn.Module):
    """Glyphs (n, 2, SIDE, SIDE) of ink from 0 to 1 -> scores (n, classes)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *(nn.Conv2d(2, 24, 5, 2, 2, bias=False), nn.BatchNorm2d(24), nn.ReLU()),
            *(nn.Conv2d(24, 48, 3, 1, 1, bias=False), nn.BatchNorm2d(48), nn.ReLU()),
            nn.MaxPool2d(2),
            *(nn.Conv2d(48, 96, 3, 1, 1, bias=False), nn.BatchNorm2d(96), nn.ReLU()),
            *(nn.Conv2d(96, 96, 3, 1, 1, bias=False), nn.BatchNorm2d(96), nn.ReLU()),
            nn.MaxPool2d(2),
            *(nn.Flatten(), nn.Dropout(0.1), nn.Linear(864, 160), nn.ReLU()),
            *(nn.Dropout(0.1), nn.Linear(160, len(CLASSES) + 1)),
        )

    def forward(self, glyphs: Tensor) -> Tensor:
        """Return the scores of the classes."""
        scores: Tensor = self.layers(glyphs)
        return scores


class _Sharer(nn.Module):
    """A classifier whose scores, divided by a temperature, are shares."""

    def __init__(self, classifier: Classifier, temperature: float) -> None:
        super().__init__()
        self.classifier, self.temperature = classifier, temperature

    def forward(self, glyphs: Tensor) -> Tensor:
        shares: Tensor = (self.classifier(glyphs) / self.temperature).softmax(dim=1)
        return shares


def train(glyphs: Glyphs, epochs: int, seed: int) -> Classifier:
    """Train on glyphs so many times; the learning rate rises, then falls to nothing."""
    torch.manual_seed(seed)
    model = Classifier().to(memory_format=torch.channels_last)
    pictures, labels = torch.from_numpy(glyphs.pictures), torch.from_numpy(glyphs.labels).long()
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.02)
    steps = epochs * (len(labels) // _TOGETHER)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, steps, pct_start=0.15)
    start, step, mean = time.monotonic(), 0, 0.0
    for _ in range(epochs):
        order = torch.randperm(len(labels))
        for first in range(0, len(order) - _TOGETHER + 1, _TOGETHER):
            which = order[first : first + _TOGETHER]
            some = (pictures[which].float() / 255).contiguous(memory_format=torch.channels_last)
            loss = nn.functional.cross_entropy(model(some), labels[which])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            step += 1
            mean = loss.item() if step == 1 else 0.99 * mean + 0.01 * loss.item()
            if step % 200 == 0:
                spent = time.monotonic() - start
                print(f"{spent:6.0f} s, step {step} of {steps}, loss {mean:.4f}", flush=True)
    return model.eval()


def temperature_of(model: Classifier, glyphs: Glyphs) -> float:
    """Return the temperature at which the shares fit glyphs that were not trained on."""
    with torch.no_grad():
        scores = torch.cat(
            [model(some.float() / 255) for some in torch.from_numpy(glyphs.pictures).split(2048)]
        )
    labels = torch.from_numpy(glyphs.labels).long()
    right = (scores.argmax(dim=1) == labels).float().mean().item()
    losses = {
        value: nn.functional.cross_entropy(scores / value, labels).item() for value in _TEMPERATURES
    }
    best = min(losses, key=lambda value: losses[value])
    print(f"{len(labels)} other glyphs: {right:.4f} right, temperature {best:.2f}")
    return best


def export(model: Classifier, temperature: float, version: str, out: Path) -> None:
    """Write the network with its classes, its norms folded."""
    torch.onnx.export(
        _Sharer(model, temperature).eval(),
        (torch.zeros(2, 2, SIDE, SIDE),),
        out,
        input_names=["glyphs"],
        output_names=["shares"],
        dynamic_axes={"glyphs": {0: "count"}, "shares": {0: "count"}},
        opset_version=_OPERATORS,
        dynamo=False,
    )
    network = onnx.load(out)
    network.producer_name, network.producer_version = "prongsai", ""
    network.model_version = int(version)
    onnx.helper.set_model_props(network, {"classes": CLASSES})
    onnx.save(network, out)


def main() -> None:
    """Train and export as the command says."""
    parser = argparse.ArgumentParser(description="Train the reader of digits.")
    parser.add_argument("fonts", type=Path, help="folder that python -m training.fonts made")
    parser.add_argument("--version", required=True, help="a whole number, such as the day 20261121")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--lines", type=int, default=140_000)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes that make glyphs")
    chosen = parser.parse_args()
    torch.set_num_threads(1)  # on cores that others use, several wait for one another
    glyphs = made(chosen.fonts, chosen.seed, chosen.lines, chosen.workers)
    print(f"{len(glyphs.labels)} glyphs", flush=True)
    model = train(glyphs, chosen.epochs, chosen.seed)
    others = made(chosen.fonts, chosen.seed + 1, max(chosen.lines // 20, 100), chosen.workers)
    export(model, temperature_of(model, others), chosen.version, chosen.out)


if __name__ == "__main__":
    main()
