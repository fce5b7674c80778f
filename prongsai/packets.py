"""What processes tell each other and what the store keeps: a line of JSON, and bytes after it.

Nothing in it is code, so nothing that a report could say is run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, Any


class PacketError(ValueError):
    """What was read is no packet, or not all of one."""


@dataclass(frozen=True, slots=True)
class Packet:
    """Plain values, and bytes by name: tables, or a Document as JSON."""

    head: dict[str, Any]
    bodies: dict[str, bytes] = field(default_factory=dict)

    def pieces(self) -> list[bytes]:
        """Return the bytes of the packet in order; the same packet always gives the same."""
        sizes = {name: len(body) for name, body in self.bodies.items()}
        line = json.dumps({"head": self.head, "sizes": sizes})
        return [line.encode() + b"\n", *self.bodies.values()]


def read_packet(file: IO[bytes]) -> Packet:
    """Read the next packet; raises PacketError where there is none, and OSError."""
    head, sizes = _first_line(file)
    bodies = {name: file.read(size) for name, size in sizes.items()}
    if any(len(body) != sizes[name] for name, body in bodies.items()):
        raise PacketError("the packet is cut off")
    return Packet(head, bodies)


def read_head(file: IO[bytes]) -> tuple[dict[str, Any], int]:
    """Read the values of the next packet; return them, and how many bytes follow."""
    head, sizes = _first_line(file)
    return head, sum(sizes.values())


def _first_line(file: IO[bytes]) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        content = json.loads(file.readline())
        head, sizes = content["head"], content["sizes"]
        if isinstance(head, dict) and all(isinstance(size, int) for size in sizes.values()):
            return head, sizes
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PacketError("this is no packet") from error
    raise PacketError("this is no packet")
