"""The network that reads a line: what stands at each place, and which marks it bears.

A line is a strip of HEIGHT rows. Convolutions see a letter and its neighbours; every two columns
of the strip (a frame) get a score for each character that takes room, each vowel above or below
it and each mark above those. Marks share the place of their letter, so they need no room of their
own, and a cluster that Thai cannot write has no name.
"""

from __future__ import annotations

from torch import Tensor, nn

from extract.scan.alphabet import Alphabet


def _seen(inputs: int, outputs: int, size: int | tuple[int, int] = 3) -> nn.Sequential:
    down = (0, size[1] // 2) if isinstance(size, tuple) else size // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, padding=down, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class _Along(nn.Module):
    """Looks along the line, to both sides: each channel by itself, then all together."""

    def __init__(self, channels: int, reach: int) -> None:
        super().__init__()
        size = (1, 2 * reach + 1)
        self.along = nn.Conv2d(
            channels, channels, size, padding=(0, reach), groups=channels, bias=False
        )
        self.norm = nn.BatchNorm2d(channels)
        self.mix = nn.Sequential(
            nn.Conv2d(channels, channels, 1), nn.ReLU(), nn.Conv2d(channels, channels, 1)
        )

    def forward(self, seen: Tensor) -> Tensor:
        """Add what stands beside each place to what is seen there."""
        whole: Tensor = seen + self.mix(self.norm(self.along(seen)))
        return whole


class Reader(nn.Module):
    """Strips (n, 1, HEIGHT, w) of ink from 0 to 1 -> scores (n, w / 2, sum of the parts)."""

    def __init__(self) -> None:
        super().__init__()
        self.places = sum(Alphabet.load().sizes)
        self.seen = nn.Sequential(
            *(_seen(1, 16), nn.MaxPool2d(2)),
            *(_seen(16, 32), _seen(32, 32), nn.MaxPool2d(2)),
            *(_seen(32, 64), _seen(64, 64), nn.MaxPool2d((2, 1))),
            *(_seen(64, 96), _seen(96, 256, (5, 3))),
            *(_Along(256, 3), _Along(256, 3), _Along(256, 3), _Along(256, 3)),
        )
        # A column of features is four columns of the strip wide and gives two frames.
        self.scores = nn.Conv2d(256, 2 * self.places, 1)

    def forward(self, strips: Tensor) -> Tensor:
        """Return the scores of every frame."""
        scores: Tensor = self.scores(self.seen(strips))
        count, _, _, width = scores.shape
        frames = scores.reshape(count, 2, self.places, width)
        return frames.permute(0, 3, 1, 2).reshape(count, 2 * width, self.places)
