"""Bring weights in use back into a network, so that training can go on from them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

_LAYERS = {"Conv": nn.Conv2d, "Gemm": nn.Linear}


def unfold(model: nn.Module, weights: Path, samples: Tensor) -> None:
    """Load what was exported; the norms, folded then, get the means and scales of ``samples``.

    The network gives the same scores as the file, and its norms are ready to learn. A file of
    another network is refused with ValueError.
    """
    network = onnx.load(weights).graph
    stored = {each.name: numpy_helper.to_array(each) for each in network.initializer}
    folded = [
        [torch.from_numpy(stored[name].copy()) for name in node.input[1:]]
        for node in network.node
        if node.op_type in _LAYERS
    ]
    modules = list(model.modules())
    layers = [each for each in modules if isinstance(each, tuple(_LAYERS.values()))]
    norms = {layer: norm for layer, norm in pairwise(modules) if isinstance(norm, nn.BatchNorm2d)}
    shapes = [layer.weight.shape for layer in layers]
    if shapes != [weight.shape for weight, _ in folded]:
        raise ValueError(f"{weights} holds another network: train from the start, without it")
    with torch.no_grad():
        for layer, (weight, bias) in zip(layers, folded, strict=True):
            layer.weight.copy_(weight)
            if norm := norms.get(layer):
                norm.weight.fill_((1 + norm.eps) ** 0.5)
                norm.bias.copy_(bias)
            else:
                layer.bias.copy_(bias)
        hooks = [norm.register_forward_pre_hook(_fitted) for norm in norms.values()]
        model.eval()(samples)
        model.train()
    for hook in hooks:
        hook.remove()


def _fitted(norm: nn.BatchNorm2d, inputs: tuple[Tensor, ...]) -> None:
    """Give a norm that changes nothing but its bias the mean and the spread of what it sees."""
    mean, spread = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
    norm.weight.copy_((spread + norm.eps).sqrt())
    norm.bias.add_(mean)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(spread)
