"""Write a checkpoint as ONNX: ``python -m training.export CHECKPOINT VERSION``."""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
import torch

from extract.scan.recogniser import WEIGHTS
from extract.scan.strips import HEIGHT
from training.model import Reader

_OPERATORS = 17  # version of ONNX's operators


def export(checkpoint: Path, version: str, out: Path) -> None:
    """Write the network of a checkpoint, its scale and norms folded, without any data of torch."""
    model = Reader()
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    model.eval()
    torch.onnx.export(
        model,
        (torch.zeros(2, 1, HEIGHT, 64),),
        out,
        input_names=["strips"],
        output_names=["scores"],
        dynamic_axes={"strips": {0: "lines", 3: "columns"}, "scores": {0: "lines", 1: "frames"}},
        opset_version=_OPERATORS,
        dynamo=False,
    )
    made = onnx.load(out)
    made.producer_name, made.producer_version = "prongsai", ""
    made.model_version = int(version)
    onnx.save(made, out)


def main() -> None:
    """Export as the command says."""
    parser = argparse.ArgumentParser(description="Write a checkpoint as ONNX.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("version", help="a whole number, such as the day 20261121")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    export(chosen.checkpoint, chosen.version, chosen.out)


if __name__ == "__main__":
    main()
